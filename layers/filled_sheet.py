"""A filled-in correction sheet as it was found: where it comes from, and the filled cells of each row by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gis.formats.cells import Cell, address
from gis.language import Text
from layers.correction_sheet import DELETE_COLUMN, META_SHEET, NAMES_ROW, ROW_COLUMN, TITLES_ROW
from layers.errors import SheetForeign
from layers.schema import TableSchema


def stated(sheets: Mapping[str, tuple[Cell, ...]], path: Path) -> Mapping[str, str]:
    """Return what a sheet says of its origin; raise SheetForeign where it says nothing."""
    told: dict[int, dict[int, str]] = {}
    for cell in sheets.get(META_SHEET, ()):
        told.setdefault(cell.row, {})[cell.column] = cell.text
    about = {row.get(1, ""): row.get(2, "") for row in told.values()}
    if not {"layer", "sha256"} <= set(about):
        raise SheetForeign(path=path, reason=NO_SHEET)
    return about


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of a sheet.

    Attributes
    ----------
    row : its place in the sheet, from 1
    exported : row of the export that it stands for, from 0; None for a new one
    cells : its filled cells by field
    deletes : the row is to be removed
    """

    row: int
    exported: int | None
    cells: Mapping[str, Cell]
    deletes: bool


@dataclass(frozen=True)
class FilledSheet:
    """The rows of a sheet; `columns` are the columns of its fields, from 1."""

    name: str
    columns: Mapping[str, int]
    lines: tuple[SheetLine, ...]

    @classmethod
    def of(cls, name: str, filled: tuple[Cell, ...], schema: TableSchema, path: Path) -> "FilledSheet":
        """Take the filled cells of a sheet; raise SheetForeign where they are not of one that we made."""
        heads = {cell.text: cell.column for cell in filled if cell.row == NAMES_ROW}
        if ROW_COLUMN not in heads:
            raise SheetForeign(path=path, reason=NO_SHEET)
        by_row: dict[int, dict[int, Cell]] = {}
        for cell in filled:
            if cell.row > TITLES_ROW:
                by_row.setdefault(cell.row, {})[cell.column] = cell
        columns = {one.name: heads[one.name] for one in schema.fields if one.name in heads}
        lines = tuple(_line(row, cells, heads, columns) for row, cells in sorted(by_row.items()))
        return cls(name, columns, tuple(one for one in lines if one.cells or one.exported is not None))

    def place(self, row: int, field: str) -> str:
        """Return the place of a cell as people write it, ``Giấy tờ!D12``."""
        return f"{self.name}!{address(row, self.columns.get(field, 1))}"


def _line(row: int, cells: Mapping[int, Cell], heads: Mapping[str, int], columns: Mapping[str, int]) -> SheetLine:
    number = cells.get(heads[ROW_COLUMN])
    exported = int(float(number.text)) - 1 if number is not None and number.text.replace(".", "", 1).isdigit() else None
    mark = cells.get(heads.get(DELETE_COLUMN, -1))
    own = {name: cells[column] for name, column in columns.items() if column in cells and cells[column].text.strip()}
    return SheetLine(row, exported, own, mark is not None and mark.text.strip().casefold() == "x")


NO_SHEET = Text(vi="đây không phải là phiếu do Mốc Giới xuất ra", en="this is no sheet that Mốc Giới made")
