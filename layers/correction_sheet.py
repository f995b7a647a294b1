"""The correction sheet: attributes or papers as a workbook, to be filled in at the desk and brought back.

The sheet carries the identity of what was exported, and in a hidden column the number of each row in that version, so
that what comes back can be held against what went out and against what has become of it since. Every text is a text
cell: no value becomes a formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from pandas import DataFrame

from gis.formats.write import flush
from gis.language import Lang, Text
from layers.catalog import schema_of
from layers.errors import FieldUnknown
from layers.schema import Field, LayerSchema, TableSchema
from layers.versions import history, rows_of
from layers.workspace import Workspace, key_fields

# The sheet that says where the workbook comes from, and the column that says which row is which.
META_SHEET, ROW_COLUMN, DELETE_COLUMN = "_mocgioi", "_row", "_delete"
NAMES_ROW, TITLES_ROW = 1, 2
_SPARE_ROWS = 30
_SHEET_ROWS = 1_000_000
_WIDTH = 20
_TEXT_FORMAT = "@"
_LOCKED = PatternFill("solid", fgColor="EEEEEE")
_HEAD = PatternFill("solid", fgColor="DDE6EC")


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """What was written.

    Attributes
    ----------
    version, sha256 : of the layer that the sheet was made from
    left_out : personal fields that nobody asked for
    """

    file: str
    layer: str
    rows: int
    fields: tuple[str, ...]
    version: int
    sha256: str
    left_out: tuple[str, ...]


def write_sheet(
    workspace: Workspace,
    layer: str,
    path: Path,
    *,
    only: Mapping[str, str] | None = None,
    personal: bool = False,
    lang: Lang = "vi",
) -> SheetWritten:
    """Write a correction sheet of a layer or table; a file that is there is replaced whole or not at all.

    Parameters
    ----------
    only : value by field: rows that do not have it stay out
    personal : with personal fields

    Raises
    ------
    LayerUnknown, LayerMissing, FieldUnknown
    """
    schema = schema_of(layer)
    workspace = recorded(workspace, layer)
    newest = history(workspace.path, layer)[-1]
    rows = rows_of(workspace.path, layer, newest.number, key_fields(schema))
    fields = [one for one in schema.fields if personal or not one.personal]
    chosen = _chosen(rows, schema, only or {})[:_SHEET_ROWS]
    book = openpyxl.Workbook(write_only=True)
    _write_rows(book, schema, fields, rows, chosen, lang)
    told = SheetWritten(
        file=str(path),
        layer=layer,
        rows=len(chosen),
        fields=tuple(one.name for one in fields),
        version=newest.number,
        sha256=newest.sha256,
        left_out=tuple(one.name for one in schema.fields if one.personal and not personal),
    )
    _write_meta(book, workspace, told)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    try:
        book.save(beside)
        flush(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return told


def recorded(workspace: Workspace, layer: str) -> Workspace:
    """Return the project with the layer as it stands on the disk recorded as its newest version."""
    now = workspace.identity(layer)
    versions = history(workspace.path, layer)
    return workspace if versions and versions[-1].sha256 == now.sha256 else workspace.record(layer)


def shown(value: Any, field: Field) -> str:
    """Return a value as the sheet shows it, as text; empty for no data."""
    if value is None or pd.isna(value):
        return ""
    if field.type == "number":
        return f"{float(value):.15g}"
    return {True: "có", False: "không"}[bool(value)] if field.type == "flag" else str(value)


def _chosen(rows: DataFrame, schema: TableSchema, only: Mapping[str, str]) -> list[int]:
    keep = pd.Series(data=True, index=rows.index)
    for name, value in only.items():
        field = schema.field(name)
        if field is None or name not in rows:
            raise FieldUnknown(layer=schema.name, field=name, fields=", ".join(one.name for one in schema.fields))
        keep &= rows[name].map(lambda one, field=field: shown(one, field)) == value
    return [place for place, kept in enumerate(keep) if kept]


def _write_rows(
    book: Any, schema: TableSchema, fields: Sequence[Field], rows: DataFrame, chosen: list[int], lang: Lang
) -> None:
    sheet = book.create_sheet(schema.title.to(lang)[:31])
    sheet.freeze_panes = "C3"
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[NAMES_ROW].hidden = True
    for place in range(len(fields) + 1):
        sheet.column_dimensions[get_column_letter(place + 2)].width = _WIDTH
    deletes = not isinstance(schema, LayerSchema)
    names = [ROW_COLUMN, *(one.name for one in fields), *([DELETE_COLUMN] if deletes else [])]
    titles = ["", *(one.title.to(lang) for one in fields), *([_DELETE.to(lang)] if deletes else [])]
    sheet.append([_text(sheet, name) for name in names])
    sheet.append([_text(sheet, title, head=True) for title in titles])
    locked = set(schema.key) if isinstance(schema, LayerSchema) else set()
    columns = [
        rows[one.name] if one.name in rows else pd.Series(None, index=rows.index, dtype=object) for one in fields
    ]
    for place in chosen:
        cells = [
            _cell(sheet, column.iloc[place], field, locked=field.name in locked)
            for column, field in zip(columns, fields, strict=True)
        ]
        sheet.append([_text(sheet, str(place + 1)), *cells])
    for _ in range(_SPARE_ROWS if deletes else 0):
        sheet.append([None, *(_text(sheet, "") for _ in fields)])


def _cell(sheet: Any, value: Any, field: Field, *, locked: bool) -> Any:
    if field.type == "number" and not pd.isna(value):
        return WriteOnlyCell(sheet, value=float(value))
    return _text(sheet, shown(value, field), locked=locked)


def _text(sheet: Any, text: str, *, head: bool = False, locked: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    if head:
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, Alignment(wrap_text=True, vertical="top")
    elif locked:
        cell.fill = _LOCKED
    return cell


def _write_meta(book: Any, workspace: Workspace, told: SheetWritten) -> None:
    sheet = book.create_sheet(META_SHEET)
    sheet.sheet_state = "hidden"
    about = {
        "project": workspace.project.name,
        "layer": told.layer,
        "version": str(told.version),
        "sha256": told.sha256,
        "exported": datetime.now().astimezone().isoformat(timespec="seconds"),
        "personal": "no" if told.left_out else "yes",
        "fields": ",".join(told.fields),
    }
    for name, value in about.items():
        sheet.append([_text(sheet, name), _text(sheet, value)])


_DELETE = Text(vi="Xóa dòng (ghi x)", en="Delete the row (write x)")
