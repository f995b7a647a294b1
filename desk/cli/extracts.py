"""Extracts of many parcels as the commands print them: what was written, and what was not, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from desk.cli import show
from desk.cli.context import Desk
from gis.errors import MocGioiError
from gis.language import Lang, Text
from maps.numerals import count_text
from maps.parcel_sheet.batch import write_extracts
from maps.parcel_sheet.book import ExtractWishes
from planning.parcel_desk import ParcelDesk
from planning.parcel_wish_list import find_each
from planning.record import Record

# The tables that list parcels, and the column of their keys.
_LISTS = (("parcels.affected", "key"), ("parcels.to_check", "parcel"))


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a list of parcels.

    Attributes
    ----------
    folder : where the files stand
    written : files
    refused : keys without a file, with the reason
    """

    folder: Path
    written: tuple[Path, ...]
    refused: tuple[tuple[str, MocGioiError], ...]

    def as_json(self, lang: Lang) -> dict[str, Any]:
        """Return the same for programs."""
        refused = [{"key": key, "error": error.to(lang)} for key, error in self.refused]
        return {"files": [str(path) for path in self.written], "refused": refused}

    def tell(self, desk: Desk) -> None:
        """Say what was written; what was not is exit code 1."""
        if not desk.as_json:
            show.line(desk, _WRITTEN, count=count_text(len(self.written), desk.lang), folder=self.folder)
            for key, error in self.refused:
                show.line(desk, _REFUSED, key=key, error=error.to(desk.lang))
        if self.refused:
            raise typer.Exit(1)


def listed(record: Record) -> tuple[str, ...]:
    """Return the parcels that a list tells of, each once."""
    table, column = next(one for one in _LISTS if one[0] in record.tables)
    return tuple(dict.fromkeys(record.tables[table].frame[column]))


def print_extracts(
    desk: Desk, parcels: ParcelDesk, keys: Iterable[str], folder: Path, wishes: ExtractWishes
) -> Printed:
    """Write an extract of each parcel that a key names, a file each."""
    found = find_each(parcels.cadastre, parcels.communes, keys)
    with show.stepping(desk, _PRINTING, len(found.hits)) as step:
        batch = write_extracts(parcels, found.hits, folder, wishes, desk.lang, step)
    return Printed(folder, batch.written, (*found.refused, *batch.refused))


_PRINTING = Text(vi="Đang in trích lục…", en="Printing extracts…")
_WRITTEN = Text(
    vi="Đã ghi {count} trích lục vào {folder}, từng tệp đã đọc lại và khớp.",
    en="Wrote {count:extract|extracts} to {folder}, each read back and in agreement.",
)
_REFUSED = Text(vi="Chưa ghi “{key}”: {error}", en="Not written “{key}”: {error}")
