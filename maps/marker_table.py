"""The coordinate table of boundary markers as a file of its own: CSV for programs, Excel for people."""

from collections.abc import Callable, Mapping
from pathlib import Path

from gis.language import Lang
from maps.errors import TableFormatUnknown
from maps.whole_file import whole_file
from maps.workbook import write_table_workbook
from planning.markers import PROPOSED
from planning.record import Record

# What a spreadsheet would take for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_marker_table(record: Record, path: Path, lang: Lang = "vi") -> int:
    """Write the markers of the proposed line in the format of the suffix; return how many.

    Raises
    ------
    TableFormatUnknown
        Neither ``.csv`` nor ``.xlsx``.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise TableFormatUnknown(path=path)
    write(record, path, lang)
    return len(record.tables[PROPOSED].frame)


def _write_csv(record: Record, path: Path, lang: Lang) -> None:  # noqa: ARG001 -- a file for programs has one language
    frame = record.tables[PROPOSED].frame
    texts = frame.select_dtypes(exclude="number").apply(lambda column: column.map(_no_formula, na_action="ignore"))
    with whole_file(path) as beside:
        # The mark at the start tells Excel that the letters are UTF-8.
        frame.assign(**texts).to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _write_xlsx(record: Record, path: Path, lang: Lang) -> None:
    write_table_workbook(record, PROPOSED, path, lang)


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


_WRITERS: Mapping[str, Callable[[Record, Path, Lang], None]] = {".csv": _write_csv, ".xlsx": _write_xlsx}
