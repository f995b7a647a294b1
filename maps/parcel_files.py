"""Parcels as files to hand on: GeoPackage, Excel, GeoParquet, each with its facts' keys and with what was chosen.

The files say which Record they come from, whether owners are in them, and what is not known.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame
from xlsxwriter import Workbook

from gis.formats.write import flush, write_gpkg
from gis.language import Lang, Text
from maps.errors import ListFormatUnknown
from maps.formatter import PATTERNS, STATES, head_text, reading_unit, show
from maps.labels import column_title, fact_title, table_title
from maps.layer_names import layer_title
from maps.parcel_words import WORDS
from maps.whole_file import whole_file
from planning.record import Record, Table

# Rows of an Excel sheet, its headings taken off.
SHEET_ROWS = 1_048_000
_MOST_WIDTH = 40


def write_parcels(record: Record, path: Path, lang: Lang = "vi") -> tuple[Path, ...]:
    """Write the tables and shapes of a Record of parcels in the format of the suffix; return the files.

    Raises
    ------
    ListFormatUnknown
    """
    writer = writer_of(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".mocgioi-", dir=path.parent) as folder:
        writer(record, Path(folder) / path.name, lang)
        files = sorted(Path(folder).iterdir())
        for file in files:
            flush(file)
        for file in files:
            os.replace(file, path.parent / file.name)  # noqa: PTH105 -- the words of the guarantee: os.replace is atomic
    return tuple(path.parent / file.name for file in files)


def writer_of(path: Path) -> Callable[[Record, Path, Lang], None]:
    """Return what writes the format of a suffix; raise ListFormatUnknown."""
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ListFormatUnknown(path=path, formats=", ".join(_WRITERS))
    return writer


def needs_shapes(path: Path) -> bool:
    """Tell whether the format of a suffix draws the parcels."""
    return path.suffix.lower() != ".xlsx"


def _gpkg(record: Record, path: Path, lang: Lang) -> None:
    """Write the parcels with their shapes, the other tables without; columns keep their canonical names."""
    main = _main(record)
    frames: dict[str, DataFrame] = {main.partition(".")[0]: _placed(record, record.tables[main])}
    frames |= {_plain_name(name): table.frame for name, table in record.tables.items() if name != main}
    frames["about"] = DataFrame(_about(record, lang), columns=["what", "value"])
    for number, (name, frame) in enumerate(frames.items()):
        write_gpkg(frame, path, name, append=number > 0)


def _parquet(record: Record, path: Path, lang: Lang) -> None:
    """Write the parcels as GeoParquet, and each other table beside it."""
    main = _main(record)
    parcels = _placed(record, record.tables[main])
    parcels.attrs = {"about": dict(_about(record, lang))}
    parcels.to_parquet(path, index=False, compression="zstd")
    others = {name: table.frame for name, table in record.tables.items() if name != main}
    others["about"] = DataFrame(_about(record, lang), columns=["what", "value"])
    for name, frame in others.items():
        beside = path.with_name(f"{path.stem}-{_plain_name(name)}{path.suffix}")
        frame.to_parquet(beside, index=False, compression="zstd")


def _xlsx(record: Record, path: Path, lang: Lang) -> None:
    """Write a sheet per table: numbers as numbers, every text a text cell, the key of the fact in hidden column A."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with whole_file(path) as beside:
        book = Workbook(beside, options)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6EC", "border": 1})
        formats = {unit: book.add_format({"num_format": shape}) for unit, shape in PATTERNS.items()}
        sheet = book.add_worksheet(_ABOUT.to(lang))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 80)
        for row, (what, value) in enumerate(_about(record, lang)):
            sheet.write_string(row, 0, what)
            sheet.write_string(row, 1, value)
        for name, table in record.tables.items():
            _write_table(book, name, table, lang, head, formats)
        book.close()


def _write_table(
    book: Workbook, name: str, table: Table, lang: Lang, head: object, formats: Mapping[str, object]
) -> None:
    columns = list(table.columns)
    for part, start in enumerate(range(0, max(len(table.frame), 1), SHEET_ROWS), start=1):
        title = table_title(name, lang) + (f" {part}" if part > 1 else "")
        sheet = book.add_worksheet(title[:31])
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.freeze_panes(1, 2)
        sheet.write_string(0, 0, "", head)
        for place, column in enumerate(columns, start=1):
            titled = column_titled(column, lang, name)
            unit = reading_unit(f"{name}[", table.columns[column].unit)
            sheet.write_string(0, place, head_text(titled, unit), head)
            sheet.set_column(place, place, min(_MOST_WIDTH, max(12, len(titled) * 0.8)))
        rows = table.frame.iloc[start : start + SHEET_ROWS]
        cells = [_cells(rows[column], column, table.columns[column].unit, lang) for column in columns]
        units = [table.columns[column].unit for column in columns]
        for row, values in enumerate(zip(rows["key"], *cells, strict=True), start=1):
            sheet.write_string(row, 0, f"{name}[{values[0]}].")
            for place, (value, unit) in enumerate(zip(values[1:], units, strict=True), start=1):
                if isinstance(value, str):
                    sheet.write_string(row, place, value)
                elif value == value and value is not None:  # noqa: PLR0124 -- NaN is not itself
                    sheet.write_number(row, place, value, formats.get(unit))


def _cells(values: pd.Series, column: str, unit: str, lang: Lang) -> list[object]:
    """Return the cells of a column: codes of ours as words, numbers as they are, what is not known empty."""
    words = {code: text.to(lang) for code, text in (STATES if unit == "state" else WORDS.get(column, {})).items()}
    if column == "layer":
        words = {str(one): layer_title(str(one), lang) for one in values.dropna().unique()}
    plain = values.astype(object).where(values.notna(), None)
    return [words.get(one, one) if isinstance(one, str) else one for one in plain]


def column_titled(column: str, lang: Lang, table: str) -> str:
    """Return what a column is called; one of a layer by the layer and what of it.

    Examples
    --------
    >>> column_titled("admin_units_2025_07_01_state", "vi", "parcels")
    'Đơn vị hành chính từ 01/07/2025: trạng thái'
    """
    for suffix, title in _PARTS.items():
        base = column.removesuffix(suffix)
        if column.endswith(suffix) and base.startswith(_LAYERS):
            version = _PROPOSED.to(lang) if base.endswith("_proposed") else ""
            return f"{layer_title(_layer_name(base.removesuffix('_proposed')), lang)}{version}: {title.to(lang)}"
    return column_title(column, lang, table)


def _layer_name(column: str) -> str:
    return (
        f"admin_units@{column.removeprefix('admin_units_').replace('_', '-')}"
        if column.startswith("admin_units_")
        else column
    )


def _main(record: Record) -> str:
    return next(one for one in _MAINS if one in record.tables)


def _plain_name(name: str) -> str:
    return name.replace(".", "_")


def _placed(record: Record, table: Table) -> GeoDataFrame:
    """Return the rows with the shape of each; one without a shape keeps its row."""
    shapes = next(iter(record.geometry.values())).set_index("key").geometry
    keys = table.frame["parcel" if "parcel" in table.frame else "key"]
    return GeoDataFrame(table.frame, geometry=shapes.reindex(keys).to_numpy(), crs=shapes.crs)


def _about(record: Record, lang: Lang) -> list[tuple[str, str]]:
    facts = [(fact_title(key, lang), show(record, key, lang).text) for key in record.facts]
    told = [
        (_PROJECT.to(lang), record.project),
        (_NOTICE.to(lang), record.notice),
        (_SCENARIO.to(lang), record.scenario or "–"),
    ]
    missing = [(_NO_DATA.to(lang), layer_title(one, lang)) for one in record.no_data]
    return [*told, *facts, *missing, (_RECORD.to(lang), record.id), (_CRS.to(lang), record.crs)]


_WRITERS: Mapping[str, Callable[[Record, Path, Lang], None]] = {".gpkg": _gpkg, ".xlsx": _xlsx, ".parquet": _parquet}
# The table whose rows have shapes.
_MAINS = ("parcels", "parcels.affected", "parcels.to_check", "projects.idle", "yards.register", "yards.plan")
_LAYERS = ("zone", "admin_units_", "functional_areas", "constraints", "yards", "projects", "infrastructure", "gates")
_PARTS = {
    "_state": Text(vi="trạng thái", en="state"),
    "_class": Text(vi="đối tượng", en="features"),
    "_m2": Text(vi="diện tích", en="area"),
}
_PROPOSED = Text(vi=" (theo phương án)", en=" (as proposed)")
_ABOUT = Text(vi="Về tệp này", en="About this file")
_PROJECT = Text(vi="Dự án", en="Project")
_NOTICE = Text(vi="Lưu ý", en="Notice")
_SCENARIO = Text(vi="Phương án", en="Scenario")
_NO_DATA = Text(vi="Không có số liệu", en="No data")
_RECORD = Text(vi="Mã hồ sơ kết quả", en="Record")
_CRS = Text(vi="Hệ tọa độ", en="Coordinate system")
