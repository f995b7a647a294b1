"""A layer as the file that an officer hands on: GPKG, SHP, TAB, DXF, GeoJSON, XLSX; whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import shapely
from ezdxf.filemanagement import new as new_drawing
from geopandas import GeoDataFrame
from openpyxl.cell import WriteOnlyCell
from pandas import DataFrame
from pyproj import CRS

from gis.crs import Operation, crs_name, moved, operation
from gis.errors import NotWritten
from gis.formats.write import FAILED, flush, write_gpkg
from gis.language import Text
from layers.catalog import schema_of
from layers.drawings import BOUNDARY_LEVEL, LABEL_LEVEL
from layers.errors import ExportRefused
from layers.schema import TableSchema
from layers.workspace import Workspace

_DBF_NAME = 10
_LABEL_HEIGHT_M = 2.0


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes
    ----------
    names : name in the file by our field, of those that had to change
    left_out : personal fields that nobody asked for
    notes : what the format cannot hold
    """

    files: tuple[str, ...]
    rows: int
    crs: str
    operation: Operation | None
    names: Mapping[str, str]
    left_out: tuple[str, ...]
    notes: tuple[Text, ...]


def export_layer(
    workspace: Workspace, layer: str, path: Path, crs: CRS | None = None, *, personal: bool = False
) -> Exported:
    """Write a layer or table of the project in the format of the suffix.

    Parameters
    ----------
    crs : system of the file; None for the project's (GeoJSON: always WGS 84)
    personal : with owners and addresses, which stay out otherwise

    Raises
    ------
    LayerUnknown, LayerMissing, ExportRefused
    """
    schema, write = schema_of(layer), _WRITERS.get(path.suffix.lower())
    frame = workspace.read(layer)
    if write is None or not (isinstance(frame, GeoDataFrame) or path.suffix.lower() in (".gpkg", ".xlsx")):
        raise ExportRefused(path=path, formats=", ".join(_WRITERS))
    left_out = [] if personal else [one.name for one in schema.fields if one.personal and one.name in frame]
    target = CRS.from_epsg(4326) if path.suffix.lower() == ".geojson" else crs
    frame, moved = _placed(frame.drop(columns=left_out), target)
    names = _short_names(frame) if path.suffix.lower() == ".shp" else {}
    with tempfile.TemporaryDirectory(prefix=".mocgioi-", dir=path.parent) as folder:
        write(frame.rename(columns=names), Path(folder) / path.name, schema)
        files = sorted(Path(folder).iterdir())
        for file in files:
            flush(file)
        for file in files:
            os.replace(file, path.parent / file.name)  # noqa: PTH105 -- atomic
    return Exported(
        files=tuple(str(path.parent / one.name) for one in files),
        rows=len(frame),
        crs=crs_name(frame.crs) if isinstance(frame, GeoDataFrame) else "",
        operation=moved,
        names=names,
        left_out=tuple(left_out),
        notes=_NOTES.get(path.suffix.lower(), ()),
    )


def _placed(frame: DataFrame, crs: CRS | None) -> tuple[DataFrame, Operation | None]:
    if crs is None or not isinstance(frame, GeoDataFrame):
        return frame, None
    return moved(frame, crs), operation(frame.crs, crs)


def _short_names(frame: DataFrame) -> dict[str, str]:
    """Return names of at most ten characters, each once, of the columns that are longer."""
    taken = {str(name).lower() for name in frame.columns if len(str(name)) <= _DBF_NAME}
    names = {}
    for name in map(str, frame.columns):
        if len(name) > _DBF_NAME:
            tries = (name[:_DBF_NAME], *(f"{name[: _DBF_NAME - len(str(n))]}{n}" for n in range(2, 1000)))
            names[name] = next(one for one in tries if one.lower() not in taken)
            taken.add(names[name].lower())
    return names


def _gpkg(frame: DataFrame, path: Path, schema: TableSchema) -> None:
    write_gpkg(frame, path, schema.name)


def _shp(frame: DataFrame, path: Path, schema: TableSchema) -> None:
    _by_gdal(frame, path, schema, "ESRI Shapefile", encoding="UTF-8")


def _tab(frame: DataFrame, path: Path, schema: TableSchema) -> None:
    # MapInfo keeps coordinates as whole numbers of a grid over these bounds: the closer they are, the finer it is.
    west, south, east, north = frame.total_bounds
    bounds = f"{west - 1000:.0f},{south - 1000:.0f},{east + 1000:.0f},{north + 1000:.0f}"
    _by_gdal(frame, path, schema, "MapInfo File", layer_options={"BOUNDS": bounds, "ENCODING": "UTF-8"})


def _geojson(frame: DataFrame, path: Path, schema: TableSchema) -> None:
    _by_gdal(frame, path, schema, "GeoJSON", layer_options={"RFC7946": "YES", "COORDINATE_PRECISION": "9"})


def _by_gdal(frame: DataFrame, path: Path, schema: TableSchema, driver: str, **options: object) -> None:
    try:
        pyogrio.write_dataframe(frame, path, layer=path.stem, driver=driver, **options)
        written = pyogrio.read_info(path, force_feature_count=True)["features"]
    except FAILED as error:
        raise NotWritten(path=path.name, reason=f"{error}.") from error
    if written != len(frame):
        raise NotWritten(path=path.name, reason=f"{written} / {len(frame)} ({schema.name}).")


def _dxf(frame: DataFrame, path: Path, schema: TableSchema) -> None:
    """Write outlines on layer 10 and the key as a label inside on layer 11, as cadastral drawings have them."""
    drawing = new_drawing("R2010", setup=False)
    drawing.header["$INSUNITS"] = 6  # metres
    space = drawing.modelspace()
    for level in (BOUNDARY_LEVEL, LABEL_LEVEL):
        drawing.layers.add(level)
    labels = frame[schema.key[-1]].astype(str)
    for shape, label in zip(frame.geometry, labels, strict=True):
        if shape is None or shape.is_empty:
            continue
        lines = shapely.get_parts(shapely.boundary(shape) if shape.area else shape)
        for line in lines:
            if line.geom_type == "LineString":
                space.add_lwpolyline(line.coords, close=line.is_closed, dxfattribs={"layer": BOUNDARY_LEVEL})
        place = shape.representative_point()
        attributes = {"layer": LABEL_LEVEL, "insert": (place.x, place.y), "height": _LABEL_HEIGHT_M}
        space.add_text(label, dxfattribs=attributes)
    drawing.saveas(path)


def _xlsx(frame: DataFrame, path: Path, schema: TableSchema) -> None:
    """Write the attributes; texts are text cells, so that no value becomes a formula."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(schema.name)
    rows = DataFrame(frame.drop(columns="geometry", errors="ignore"))
    sheet.append([str(name) for name in rows.columns])
    for row in rows.itertuples(index=False):
        sheet.append([_cell(sheet, value) for value in row])
    book.save(path)


def _cell(sheet: object, value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, bool | int | float):
        return value
    cell = WriteOnlyCell(sheet, value=str(value))
    cell.data_type = "s"
    return cell


_WRITERS: Mapping[str, Callable[[DataFrame, Path, TableSchema], None]] = {
    ".gpkg": _gpkg,
    ".shp": _shp,
    ".tab": _tab,
    ".dxf": _dxf,
    ".geojson": _geojson,
    ".xlsx": _xlsx,
}
_NOTES: Mapping[str, tuple[Text, ...]] = {
    ".tab": (
        Text(
            vi="MapInfo không ghi hệ quy chiếu VN-2000; khi nhập lại cần --crs",
            en="MapInfo does not record the datum VN-2000; importing it again needs --crs",
        ),
    ),
    ".dxf": (
        Text(
            vi="DXF chỉ có đường (lớp 10) và nhãn (lớp 11), không có thuộc tính và hệ tọa độ",
            en="DXF holds lines (layer 10) and labels (layer 11), no attributes and no coordinate system",
        ),
    ),
    ".xlsx": (Text(vi="Excel không có hình", en="a workbook holds no shapes"),),
    ".geojson": (Text(vi="GeoJSON luôn là WGS 84", en="GeoJSON is always WGS 84"),),
}
