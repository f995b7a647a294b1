"""Bring a correction sheet back: what was changed in it, what changed meanwhile, what cannot be taken, cell by cell.

A cell counts as changed when it differs from what was exported. It comes in when the project still holds what was
exported; where both sides changed it is a conflict, and the project stays as it is unless the sheet is preferred.
Rows that are not in the sheet stay; rows are added to and removed from tables, not from layers with shapes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from gis.formats.cells import cells_of
from gis.language import Text
from layers.catalog import schema_of
from layers.correction_sheet import META_SHEET, shown
from layers.errors import LayerUnknown, SheetForeign, VersionMissing
from layers.filled_sheet import NO_SHEET, FilledSheet, SheetLine, stated
from layers.schema import Field, LayerSchema, TableSchema
from layers.versions import history, rows_of
from layers.workspace import Workspace, key_fields
from layers.written_values import Refused, value_of


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that was changed in the sheet: what was exported, what the sheet and what the project say now."""

    place: str
    key: str
    field: str
    exported: str
    sheet: str
    project: str


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One cell, or row, that cannot be taken, and why."""

    place: str
    key: str
    field: str
    value: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a sheet brings.

    Attributes
    ----------
    changed : cells that come in
    conflicts : cells that changed on both sides; they come in only where the sheet is preferred
    refused : cells and rows that cannot be taken
    added, removed : keys of rows
    exported_version : version of the layer that the sheet was made from
    """

    layer: str
    changed: tuple[CellChange, ...]
    conflicts: tuple[CellChange, ...]
    refused: tuple[RefusedCell, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    exported_version: int
    rows: DataFrame = field(compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of it comes in."""
        return not (self.changed or self.added or self.removed)


def read_corrections(workspace: Workspace, path: Path, *, prefer_sheet: bool = False) -> Corrections:
    """Hold a filled-in sheet against what was exported and what the project holds now; nothing is written.

    Parameters
    ----------
    prefer_sheet : where both sides changed, the sheet wins

    Raises
    ------
    FileError
        What the safe door refuses.
    SheetForeign
        It is no correction sheet, or one of another project or of a version that nobody recorded.
    """
    sheets = cells_of(path)
    about = stated(sheets, path)
    schema = _schema(about, path)
    base, number = _base(workspace, schema, about, path)
    name, filled = next(((one, cells) for one, cells in sheets.items() if one != META_SHEET), ("", ()))
    sheet = FilledSheet.of(name, filled, schema, path)
    case = _Case(schema, sheet, base, workspace.read(schema.name), prefer_sheet)
    return case.held(number)


def apply_corrections(workspace: Workspace, found: Corrections, file: str) -> Workspace:
    """Write what comes in as the newest version of the layer; nothing where nothing does.

    Raises
    ------
    LayerChanged
        Somebody else wrote the layer since it was held against the sheet.
    """
    if found.is_empty:
        return workspace
    return workspace.write({found.layer: found.rows}, why="import", detail=f"{file} ({len(found.changed)})")


def _schema(about: Mapping[str, str], path: Path) -> TableSchema:
    try:
        return schema_of(about["layer"])
    except LayerUnknown as error:
        raise SheetForeign(path=path, reason=NO_SHEET) from error


def _base(workspace: Workspace, schema: TableSchema, about: Mapping[str, str], path: Path) -> tuple[DataFrame, int]:
    """Return the rows that were exported, and their version."""
    if not workspace.has(schema.name):
        raise SheetForeign(path=path, reason=_NO_VERSION.filled(sha256=about["sha256"][:12]))
    version = next((one for one in history(workspace.path, schema.name) if one.sha256 == about["sha256"]), None)
    if version is None:
        raise SheetForeign(path=path, reason=_NO_VERSION.filled(sha256=about["sha256"][:12]))
    try:
        rows = rows_of(workspace.path, schema.name, version.number, key_fields(schema))
    except VersionMissing as error:
        raise SheetForeign(path=path, reason=_NO_VERSION.filled(sha256=about["sha256"][:12])) from error
    return rows.reset_index(drop=True), version.number


@dataclass(frozen=True)
class _Case:
    # The three sides: what was exported, what the sheet says, what the project holds.
    schema: TableSchema
    sheet: FilledSheet
    base: DataFrame
    now: DataFrame
    prefer_sheet: bool

    def held(self, version: int) -> Corrections:
        rows, keep = self.now.copy(), np.ones(len(self.now), dtype=np.bool_)
        told = _Told()
        place_now = self._places_now()
        seen: set[int] = set()
        for line in self.sheet.lines:
            if line.exported is None:
                self._add(line, told)
            elif not 0 <= line.exported < len(self.base) or line.exported in seen:
                told.refused.append(self._refused_row(line, _TWICE if line.exported in seen else _NO_ROW))
            else:
                seen.add(line.exported)
                self._hold(line, place_now[line.exported], rows, keep, told)
        rows = rows[keep].reset_index(drop=True)
        if told.rows:
            rows = pd.concat([rows, DataFrame(told.rows)], ignore_index=True)
        return Corrections(
            layer=self.schema.name,
            changed=tuple(told.changed),
            conflicts=tuple(told.conflicts),
            refused=tuple(told.refused),
            added=tuple(told.added),
            removed=tuple(told.removed),
            exported_version=version,
            rows=rows,
        )

    def _places_now(self) -> dict[int, int | None]:
        """Return where each exported row stands now, None where it is gone; repeated keys are told apart by order."""
        known = {key: place for place, key in enumerate(_keys(self.now, self.schema))}
        return {place: known.get(key) for place, key in enumerate(_keys(self.base, self.schema))}

    def _hold(
        self,
        line: SheetLine,
        place: int | None,
        rows: DataFrame,
        keep: np.ndarray[Any, np.dtype[np.bool_]],
        told: "_Told",
    ) -> None:
        assert line.exported is not None
        changes = list(self._changes(line, told))
        if place is None:
            if changes or line.deletes:
                told.refused.append(self._refused_row(line, _GONE))
            return
        if line.deletes:
            self._remove(line, place, keep, told)
            return
        for name, value, change in changes:
            now = shown(self.now[name].iloc[place] if name in self.now else None, self._field(name))
            change = replace(change, project=now)  # noqa: PLW2901 -- the same change, with what the project says
            if now == change.sheet:
                continue
            if now != change.exported:
                told.conflicts.append(change)
                if not self.prefer_sheet:
                    continue
            told.changed.append(change)
            if name not in rows:
                rows[name] = None
            rows.loc[rows.index[place], name] = value

    def _changes(self, line: SheetLine, told: "_Told") -> Iterator[tuple[str, Any, CellChange]]:
        """Yield the cells of a line that are not as they were exported; those that cannot be read are refused."""
        assert line.exported is not None
        key = self._key(line.exported)
        for name in self.sheet.columns:
            cell, one = line.cells.get(name), self._field(name)
            exported = shown(self.base[name].iloc[line.exported] if name in self.base else None, one)
            if cell is not None and cell.text == exported:
                continue
            value = value_of(cell, one)
            place = self.sheet.place(line.row, name)
            if isinstance(value, Refused):
                told.refused.append(RefusedCell(place, key, name, cell.text if cell else "", value.reason))
            elif shown(value, one) != exported:
                if name in self.schema.key and (isinstance(self.schema, LayerSchema) or value is None):
                    told.refused.append(RefusedCell(place, key, name, cell.text if cell else "", _KEY))
                else:
                    yield name, value, CellChange(place, key, name, exported, shown(value, one), "")

    def _add(self, line: SheetLine, told: "_Told") -> None:
        if isinstance(self.schema, LayerSchema):
            told.refused.append(self._refused_row(line, _NO_NEW))
            return
        values = {name: value_of(line.cells.get(name), self._field(name)) for name in self.sheet.columns}
        refused = {name: one for name, one in values.items() if isinstance(one, Refused)}
        for name, one in refused.items():
            told.refused.append(
                RefusedCell(self.sheet.place(line.row, name), "", name, line.cells[name].text, one.reason)
            )
        missing = [name for name in self.schema.key if values.get(name) is None]
        if missing:
            told.refused.append(self._refused_row(line, _KEY_MISSING.filled(fields=", ".join(missing))))
        if refused or missing:
            return
        key = "/".join(str(values[name]) for name in self.schema.key)
        there = {one.partition("#")[0] for one in _keys(self.now, self.schema)} | set(told.added)
        if key in there:
            told.refused.append(self._refused_row(line, _EXISTS.filled(key=key)))
            return
        told.added.append(key)
        told.rows.append(values)

    def _remove(self, line: SheetLine, place: int, keep: np.ndarray[Any, np.dtype[np.bool_]], told: "_Told") -> None:
        assert line.exported is not None
        differs = [
            name
            for name in self.sheet.columns
            if name in self.now
            and shown(self.now[name].iloc[place], self._field(name))
            != shown(self.base[name].iloc[line.exported] if name in self.base else None, self._field(name))
        ]
        if differs and not self.prefer_sheet:
            told.refused.append(self._refused_row(line, _CHANGED.filled(fields=", ".join(differs))))
            return
        keep[place] = False
        told.removed.append(self._key(line.exported))

    def _refused_row(self, line: SheetLine, reason: Text) -> RefusedCell:
        first = next(iter(self.sheet.columns))
        key = self._key(line.exported) if line.exported is not None and 0 <= line.exported < len(self.base) else ""
        return RefusedCell(self.sheet.place(line.row, first), key, "", "", reason)

    def _key(self, exported: int) -> str:
        return "/".join(str(self.base[name].iloc[exported]) for name in self.schema.key)

    def _field(self, name: str) -> Field:
        found = self.schema.field(name)
        assert found is not None
        return found


@dataclass
class _Told:
    # What was found so far.
    changed: list[CellChange] = field(default_factory=list)
    conflicts: list[CellChange] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def _keys(rows: DataFrame, schema: TableSchema) -> list[str]:
    """Return the key of each row; the second of a repeated one gets ``#2``."""
    key = rows[list(key_fields(schema))].astype(object).fillna("").astype(str).agg("/".join, axis=1)
    repeats = key.groupby(key).cumcount()
    return [one if not number else f"{one}#{number + 1}" for one, number in zip(key, repeats, strict=True)]


_NO_VERSION = Text(
    vi="phiếu lập từ nội dung {sha256} mà dự án này không có trong lịch sử",
    en="the sheet was made from the content {sha256}, which the history of this project does not have",
)
_TWICE = Text(
    vi="dòng này bị chép thành hai; chỉ dòng đầu được nhận", en="the row is there twice; only the first counts"
)
_NO_ROW = Text(vi="không rõ dòng này là đối tượng nào", en="nobody knows which feature this row is")
_GONE = Text(vi="đối tượng không còn trong dự án", en="the feature is not in the project any more")
_KEY = Text(vi="không sửa khóa của đối tượng trong phiếu", en="the key of a feature is not changed in a sheet")
_NO_NEW = Text(vi="không thêm đối tượng có hình bằng phiếu", en="features with shapes are not added by a sheet")
_KEY_MISSING = Text(vi="thiếu: {fields}", en="missing: {fields}")
_EXISTS = Text(vi="đã có dòng {key}", en="the row {key} is there already")
_CHANGED = Text(
    vi="không xóa: dự án đã đổi {fields} sau khi xuất phiếu",
    en="not removed: the project has changed {fields} since the sheet was made",
)
