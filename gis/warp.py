"""Rasters come into the system of a project by the registered transformation, and say which one it was.

GDAL left to itself takes the transformation that it likes; here it is told, and what the registry has none for is
refused. Several tiles become one raster.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from geopandas import GeoDataFrame
from pyproj import CRS
from rasterio import Affine
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.warp import reproject
from rasterio.windows import Window
from shapely import Polygon

from gis.crs import Operation, crs_name, moved, operation, pipeline, placed_bounds
from gis.errors import CrsMissing, RasterUnreadable

_NO_CLASS = np.iinfo(np.int32).min
_TAG = "MOCGIOI_"
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the cells of a raster come from; kept in the file itself.

    Attributes
    ----------
    crs, cell : system and cell of the file that came, as text
    operation, accuracy_m : transformation by which they came; accuracy None: not stated
    resampling : "bilinear" of what measures, "nearest" of classes
    """

    crs: str
    cell: str
    operation: str
    accuracy_m: float | None
    resampling: str


def warp(paths: Sequence[Path], crs: CRS, out: Path, *, classes: bool = False) -> Origin:
    """Write GeoTIFFs of one band as one, with square cells in a planar system; where they overlap the first one counts.

    Parameters
    ----------
    paths : GeoTIFFs of one system
    classes : their numbers name classes: each cell takes the nearest; else values between four cells

    Raises
    ------
    CrsMissing, CrsUnrelated, RasterUnreadable
    """
    try:
        with ExitStack() as stack:
            tiles = [stack.enter_context(rasterio.open(path, driver="GTiff")) for path in paths]
            if any(tile.crs is None for tile in tiles):
                raise CrsMissing(path=paths[0])
            source = CRS.from_wkt(tiles[0].crs.to_wkt())
            if any(tile.crs != tiles[0].crs for tile in tiles):
                raise RasterUnreadable(path=paths[-1], reason=crs_name(CRS.from_wkt(tiles[-1].crs.to_wkt())))
            if any((tile.scales, tile.offsets) != (tiles[0].scales, tiles[0].offsets) for tile in tiles):
                raise RasterUnreadable(path=paths[-1], reason="scale, offset")
            origin = _origin(tiles[0], source, operation(source, crs), classes=classes)
            _write(tiles, source, crs, out, origin)
            return origin
    except RasterioError as error:
        raise RasterUnreadable(path=paths[0], reason=error) from error


def origin_of(dataset: Any) -> Origin | None:
    """Return where the cells of an open raster come from; None: they stand as they came."""
    tags = {name.removeprefix(_TAG).lower(): text for name, text in dataset.tags().items() if name.startswith(_TAG)}
    if set(tags) != set(Origin.__slots__):
        return None
    accuracy = tags.pop("accuracy_m")
    return Origin(**tags, accuracy_m=float(accuracy) if accuracy != "None" else None)


def _origin(tile: Any, source: CRS, by: Operation, *, classes: bool) -> Origin:
    unit = "°" if source.is_geographic else "m"
    width, height = tile.res
    cell = f"{width:.6g} × {height:.6g} {unit}"
    return Origin(crs_name(source), cell, by.name, by.accuracy_m, "nearest" if classes else "bilinear")


def _write(tiles: Sequence[Any], source: CRS, crs: CRS, out: Path, origin: Origin) -> None:
    transform, width, height = _grid(tiles, source, crs)
    is_classes = origin.resampling == "nearest"
    kind, missing = ("int32", _NO_CLASS) if is_classes else ("float32", np.nan)
    profile = {"width": width, "height": height, "count": 1, "dtype": kind, "nodata": missing, "transform": transform}
    stored = {"tiled": True, "compress": "deflate", "predictor": 2 if is_classes else 3, "bigtiff": "IF_SAFER"}
    way = pipeline(source, crs)
    with rasterio.open(out, "w", driver="GTiff", crs=crs.to_wkt(), **profile, **stored) as raster:
        for _, window in raster.block_windows(1):
            place = transform @ Affine.translation(window.col_off, window.row_off)
            raster.write(_filled(tiles, source, crs, way, place, window, missing), 1, window=window)
        raster.scales, raster.offsets = tiles[0].scales, tiles[0].offsets
        raster.update_tags(**{f"{_TAG}{name.upper()}": str(getattr(origin, name)) for name in Origin.__slots__})


def _filled(
    tiles: Sequence[Any], source: CRS, crs: CRS, way: str, transform: Affine, window: Window, missing: float
) -> npt.NDArray[Any]:
    """Return a window of the new raster; the first tile that has a value counts."""
    is_classes = missing == _NO_CLASS
    cells = np.full((window.height, window.width), missing, dtype=np.int32 if is_classes else np.float32)
    for tile in reversed(tiles):
        reproject(
            rasterio.band(tile, 1),
            cells,
            src_crs=source.to_wkt(),
            dst_crs=crs.to_wkt(),
            dst_transform=transform,
            dst_nodata=missing,
            init_dest_nodata=False,
            resampling=Resampling.nearest if is_classes else Resampling.bilinear,
            tolerance=0,  # every cell is transformed, none interpolated between others
            **({"COORDINATE_OPERATION": way} if way else {}),
        )
    return cells


def _grid(tiles: Sequence[Any], source: CRS, crs: CRS) -> tuple[Affine, int, int]:
    """Return place and size of square cells, about as large as those of the file, on round coordinates."""
    boxes = np.array([placed_bounds(tuple(tile.bounds), source, crs) for tile in tiles])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    cell = _cell_m(tiles[0], source, crs)
    west, north = np.floor(west / cell) * cell, np.ceil(north / cell) * cell
    width, height = int(np.ceil((east - west) / cell)), int(np.ceil((north - south) / cell))
    return Affine(cell, 0, west, 0, -cell, north), width, height


def _cell_m(tile: Any, source: CRS, crs: CRS) -> float:
    """Return the side of a square as large as the cell in the middle of a raster, in decimetres from 1 m on."""
    column, row = tile.width // 2, tile.height // 2
    corners = [tile.xy(row, column, offset=offset) for offset in ("ul", "ur", "lr", "ll")]
    middle = moved(GeoDataFrame(geometry=[Polygon(corners)], crs=source), crs)
    side = float(np.sqrt(middle.area.iloc[0]))
    return round(side, 1) if side >= 1 else round(side, 3)
