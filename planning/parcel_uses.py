"""The uses of a parcel, one line per use: from the table of uses, else from the codes as the books write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layers.written_use import WrittenUse, written_uses

Basis = Literal["current", "legal", "planned"]
BASES: Mapping[Basis, str] = {"current": "land_use", "legal": "legal_use", "planned": "planned_use"}


@dataclass(frozen=True, slots=True)
class Use:
    """One line.

    Attributes
    ----------
    basis : what the parcel is used for, may be used for by its papers, or is planned for
    code : land-use code as written, without role and star
    role : main or secondary; None where it is not said
    star : marked as the residential part of rural land
    is_known : the list of codes has it
    measured_area_m2, legal_area_m2 : None where nobody says how the parcel divides
    """

    basis: Basis
    code: str
    role: str | None
    star: bool
    is_known: bool
    measured_area_m2: float | None
    legal_area_m2: float | None


def uses_of(row: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> tuple[Use, ...]:
    """Return the uses of one parcel.

    Parameters
    ----------
    row : attributes of the parcel
    lines : its rows of the table ``parcel_uses``; they say how its current use divides
    """
    return (
        *(_of_table(lines) if lines else _written(row, "current")),
        *_written(row, "legal"),
        *_written(row, "planned"),
    )


def _of_table(lines: list[Mapping[str, Any]]) -> Iterator[Use]:
    main_first = sorted(lines, key=lambda line: (line.get("role") != "main", str(line["land_use"])))
    for line in main_first:
        one = WrittenUse(str(line["land_use"]), None)
        areas = line.get("measured_area_m2"), line.get("legal_area_m2")
        yield Use("current", one.code, line.get("role"), one.star, one.is_known, *areas)


def _written(row: Mapping[str, Any], basis: Basis) -> Iterator[Use]:
    written = row.get(BASES[basis])
    uses = written_uses(str(written)) if written else ()
    alone = len(uses) == 1
    measured, legal = row.get("measured_area_m2"), row.get("legal_area_m2")
    for one in uses:
        areas = (measured if alone and basis == "current" else None, legal if alone and basis != "planned" else None)
        yield Use(basis, one.code, one.role, one.star, one.is_known, *areas)
