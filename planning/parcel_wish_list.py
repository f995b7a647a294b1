"""A list of parcels as people write it: a key a line; what names no parcel, or several, is told and holds up none."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gis.errors import FileMissing, MocGioiError
from planning.cadastre import Cadastre
from planning.communes import Communes
from planning.errors import ListNotText, ParcelAmbiguous
from planning.parcel_key import Hit, find

_COMMENT = "#"
_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class FoundList:
    """The parcels of a list, each once, and the lines that name none, with the reason."""

    hits: tuple[Hit, ...]
    refused: tuple[tuple[str, MocGioiError], ...]


def lines_of(path: Path) -> tuple[str, ...]:
    """Return the keys of a text or CSV file: the first column of every line; lines with ``#`` in front say nothing.

    Raises
    ------
    FileMissing, ListNotText
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise FileMissing(path=path) from error
    except UnicodeDecodeError as error:
        raise ListNotText(path=path) from error
    columns = (line.replace("\t", ";").split(";")[0].strip().strip(_QUOTES).strip() for line in text.splitlines())
    return tuple(one for one in columns if one and not one.startswith(_COMMENT))


def find_each(cadastre: Cadastre, communes: Communes, keys: Iterable[str]) -> FoundList:
    """Return the parcels that keys name, in their order; a key to which several answer is refused, not guessed."""
    hits: dict[int, Hit] = {}
    refused: list[tuple[str, MocGioiError]] = []
    for key in keys:
        try:
            found = find(cadastre, communes, key).hits
            if len(found) > 1:
                raise ParcelAmbiguous(key=key, keys=", ".join(hit.key for hit in found))
            hits.setdefault(found[0].position, found[0])
        except MocGioiError as error:
            refused.append((key, error))
    return FoundList(tuple(hits.values()), tuple(refused))
