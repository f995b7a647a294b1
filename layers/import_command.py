"""The import command that a file asks for: what the file itself tells, and ``?`` for what only a person knows."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from geopandas import GeoDataFrame
from pandas import DataFrame, Series
from pyproj import CRS

from gis.doctor import diagnose
from gis.errors import DataError
from gis.formats.read import FileRows, number_of, points_of
from gis.language import Text
from gis.linework import on
from gis.pattern import Pattern
from gis.vietnamese.detect import Guess
from gis.vn2000 import zone_of
from layers.drawings import DRAWINGS, cadastral_levels
from layers.elevation import NAME as ELEVATION
from layers.errors import FiguresUnclear
from layers.figures import with_figures
from layers.known_place import known_place
from layers.land_use import land_uses
from layers.schema import LayerSchema, TableSchema
from layers.workspace import Workspace

# What only a person knows; the import refuses it.
OPEN = "?"
RASTER = "GTiff"
# Northings of Vietnam in metres lie above this, eastings of every zone below.
_LEAST_NORTHING, _LEAST_EASTING = 900_000.0, 100_000.0
# Labels as drawings have them: the number alone, or use, number and area as a fraction.
_LABELS = (
    "{parcel_no}",
    "{land_use} {parcel_no}/{measured_area_m2}",
    "{parcel_no}/{measured_area_m2}",
    "{parcel_no}/{measured_area_m2} {land_use}",
    "{parcel_no} {land_use}",
    "{land_use} {parcel_no}",
    "{land_use}-{parcel_no}",
)
_COMMUNE_DIGITS, _MOST_SHEET_DIGITS = 5, 3

Said = tuple[list[str], list[Text]]


def import_command(
    path: Path,
    layer: str | None,
    rows: FileRows,
    schema: TableSchema | None,
    columns: Mapping[str, str],
    encodings: Mapping[str, Guess],
    workspace: Workspace | None,
) -> Said:
    """Return the options of the import, and what is to be said of them.

    Parameters
    ----------
    layer : to be named, where the file has several
    rows : the first rows of the layer
    schema : the layer or table that it looks like
    columns, encodings : how its columns will be read
    workspace : the project that it is meant for; its place tells the system of coordinates that state none
    """
    if rows.driver == RASTER:
        return ["--as", ELEVATION], []
    parts: list[Said] = [
        (["--as", schema.name], []) if schema else (["--as", OPEN], [_NO_LAYER]),
        (["--layer", layer], []) if layer else ([], []),
        _place(rows, schema, workspace),
        (_texts(encodings), []),
        _keys(path, rows, schema, columns) if schema else ([], []),
        _figures(rows, schema, columns) if schema else ([], []),
        (["--quarantine"], [_BROKEN.filled(count=len(rows.broken))]) if len(rows.broken) else ([], []),
    ]
    options = [word for words, _ in parts for word in words]
    notes = [note for _, said in parts for note in said]
    if workspace is not None and schema is not None and workspace.has(schema.name) and "--join" not in options:
        notes.append(_PRESENT.filled(layer=schema.name))
    return options, notes


def _place(rows: FileRows, schema: TableSchema | None, workspace: Workspace | None) -> Said:
    if not isinstance(schema, LayerSchema | None):
        return [], []
    if rows.driver in DRAWINGS:
        options, notes = _crs(rows.frame, workspace)
        return ["--label", _label(rows.frame), *options], notes
    if isinstance(rows.frame, GeoDataFrame):
        return _crs(rows.frame, workspace)
    columns = _coordinates(rows.frame)
    if columns is None:
        return ["--join"], []
    points, _ = points_of(rows.frame, Path(rows.layer.name), *columns, _ANY, rescue=True)
    options, notes = _crs(points.set_crs(None, allow_override=True), workspace)
    return ["--coordinates", ",".join(columns), *options], notes


def _label(frame: GeoDataFrame) -> str:
    """Return the first usual pattern that every label is of, with a number for the parcel and a code for its use."""
    labels = frame.loc[on(frame, cadastral_levels().label) & frame["Text"].notna().to_numpy(), "Text"]
    for pattern in map(Pattern, _LABELS):
        found = [pattern.fields_of(str(one)) for one in labels]
        if all(one and one["parcel_no"].isdecimal() and _is_use(one.get("land_use")) for one in found):
            return pattern.text
    return OPEN


def _is_use(code: str | None) -> bool:
    return code is None or code in land_uses()


def _coordinates(frame: DataFrame) -> tuple[str, str] | None:
    """Return the columns of northing and easting, told by the size of their numbers; None where there are no two."""
    sizes = {str(name): size for name in frame if (size := _sizes(frame[name])) is not None}
    northings = [name for name, (least, _) in sizes.items() if least >= _LEAST_NORTHING]
    eastings = [name for name, (least, most) in sizes.items() if least >= _LEAST_EASTING and most < _LEAST_NORTHING]
    return (northings[0], eastings[0]) if northings and eastings else None


def _sizes(values: Series) -> tuple[float, float] | None:
    """Return the least and the greatest of a column of numbers; None where most of it is none."""
    found = []
    for text in values.dropna().astype(str):
        try:
            found.append(number_of(text))
        except ValueError:
            continue
    return (min(found), max(found)) if found and len(found) > 0.9 * len(values) else None


def _crs(frame: GeoDataFrame, workspace: Workspace | None) -> Said:
    """Name the system of a file that states none with a code: as its parameters say, or as it lies in the project."""
    if frame.crs is not None and frame.crs.to_authority() is not None:
        return [], []
    zone = zone_of(frame.crs) if frame.crs is not None else None
    if zone is not None:
        return ["--crs", f"EPSG:{zone.epsg}"], [_BY_PARAMETERS.filled(name=zone.name)]
    fitting = _fitting(frame, workspace) if workspace is not None else None
    return (["--crs", fitting], [_BY_PLACE]) if fitting else (["--crs", OPEN], [_NO_SYSTEM])


def _fitting(frame: GeoDataFrame, workspace: Workspace) -> str | None:
    """Return the system in which the file lies where the project does; None where none does, or several do."""
    try:
        found = diagnose(frame.set_crs(None, allow_override=True), known_place(workspace), workspace.crs)
    except DataError:
        return None
    systems = {one.epsg for one in found.best if one.problem != "axes"}
    own = workspace.crs.to_epsg()
    fitting = own if own in systems else systems.pop() if len(systems) == 1 else None
    return f"EPSG:{fitting}" if fitting else None


def _texts(encodings: Mapping[str, Guess]) -> list[str]:
    legacy = {name: one for name, one in encodings.items() if one.best != "unicode"}
    if legacy and all(one.sure for one in legacy.values()):
        return ["--encoding", "auto"]
    return [word for name, one in legacy.items() for word in ("--encoding", f"{name}={one.best}")]


def _keys(path: Path, rows: FileRows, schema: TableSchema, columns: Mapping[str, str]) -> Said:
    told = {"parcel_no"} if rows.driver in DRAWINGS else set(columns)
    missing = [name for name in schema.key if name not in told]
    pattern = _pattern_of(path.stem, missing)
    options: list[str] = ["--from-name", pattern] if pattern else []
    notes = []
    for field in schema.fields:
        if field.name in missing and f"{{{field.name}}}" not in (pattern or ""):
            options += ["--set", f"{field.name}={OPEN}"]
            notes.append(
                Text(
                    vi=_FILL_IN.to("vi", name=field.name, title=field.title.vi),
                    en=_FILL_IN.to("en", name=field.name, title=field.title.en),
                )
            )
    if isinstance(schema, LayerSchema) and schema.vintage and "valid_from" not in told:
        options += ["--vintage", OPEN]
        notes.append(_FILL_IN_DAY)
    return options, notes


def _pattern_of(stem: str, missing: Sequence[str]) -> str | None:
    """Return the pattern of a file name that tells commune (five digits) and sheet (up to three); None if unclear."""
    numbers = re.findall(r"\d+", stem)
    communes = [one for one in numbers if len(one) == _COMMUNE_DIGITS]
    sheets = [one for one in numbers if len(one) <= _MOST_SHEET_DIGITS]
    found = {
        name: of_it[0]
        for name, of_it in (("commune", communes), ("sheet_no", sheets))
        if name in missing and len(of_it) == 1
    }
    if not found or len(found) < len(set(missing) & {"commune", "sheet_no"}) or set(stem) & set("{}*"):
        return None
    by_number = {number: f"{{{name}}}" for name, number in found.items()}
    return re.sub(r"\d+", lambda one: by_number.get(one.group(), one.group()), stem)


def _figures(rows: FileRows, schema: TableSchema, columns: Mapping[str, str]) -> Said:
    named = DataFrame(rows.frame).rename(columns={theirs: ours for ours, theirs in columns.items()})
    try:
        with_figures(named, schema, None)
    except FiguresUnclear as error:
        return ["--decimal", OPEN], [Text(vi=error.to("vi"), en=error.to("en"))]
    return [], []


_ANY = CRS.from_epsg(4326)
_NO_LAYER = Text(
    vi="không rõ tệp thuộc lớp nào: thay ? bằng tên lớp", en="no layer is like this file: put the name of one for ?"
)
_BROKEN = Text(
    vi="{count} bản ghi hỏng sẽ được để riêng (--quarantine)",
    en="{count} broken records will be put aside (--quarantine)",
)
_PRESENT = Text(
    vi="dự án đã có lớp {layer}: thêm --append để nối vào hoặc --replace để thay",
    en="the project has a layer {layer}: add --append to add to it, or --replace",
)
_BY_PARAMETERS = Text(
    vi="tệp không ghi mã EPSG; tham số của nó là của {name}",
    en="the file states no EPSG code; its parameters are of {name}",
)
_BY_PLACE = Text(
    vi="tệp không ghi hệ tọa độ; hệ này đặt nó đúng chỗ của dự án (xem mocgioi doctor)",
    en="the file states no system; this one puts it where the project is (see mocgioi doctor)",
)
_NO_SYSTEM = Text(
    vi="tệp không ghi hệ tọa độ: thay ? trong --crs, hoặc hỏi mocgioi doctor",
    en="the file states no system: fill in --crs, or ask mocgioi doctor",
)
_FILL_IN = Text(vi="thay ? của {name}: {title}", en="fill in {name}: {title}")
_FILL_IN_DAY = Text(
    vi="thay ? của --vintage: ngày hiệu lực của mã, ví dụ 2025-07-01",
    en="fill in --vintage: the day from which the codes are valid, such as 2025-07-01",
)
