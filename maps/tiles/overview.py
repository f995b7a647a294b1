"""overview(): a picture of a large layer from afar, one pixel for what lies at its middle; tiles take over near by."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from gis.crs import WGS84
from gis.formats.png import png_of_classes
from maps.tiles.flat import to_degrees, to_world

# Enough for a screen, and for one closer look.
PIXELS = 1_600_000
# Ground that one pixel covers at least; nearer by, the tiles show every parcel.
_LEAST_WORLD = 8.0 / 40_075_017


@dataclass(frozen=True, slots=True)
class Overview:
    """A PNG and where it lies: west, south, east, north in degrees, in the projection of web maps."""

    png: bytes
    box: tuple[float, float, float, float]


def overview(
    shapes: npt.NDArray[np.object_], crs: CRS, codes: npt.NDArray[np.int64], colours: list[str]
) -> Overview | None:
    """Return the picture of areas by class; None where nothing has an area.

    Parameters
    ----------
    shapes : area of every row; null and empty ones are not seen
    codes : class of every row
    colours : ``#rrggbb`` of every class, at most 255
    """
    if not np.nansum(shapely.area(shapes)):
        return None
    box = _world_box(shapely.total_bounds(shapes), crs)
    side = max(float(np.sqrt(np.prod(box[2:] - box[:2]) / PIXELS)), _LEAST_WORLD)
    width, height = np.maximum(np.ceil((box[2:] - box[:2]) / side).astype(int), 1)
    column, line = np.meshgrid(np.arange(width), np.arange(height))
    world = box[:2] + (np.column_stack([column.ravel(), line.ravel()]) + 0.5) * side
    from_wgs84 = Transformer.from_crs(WGS84, crs, always_xy=True)
    middles = shapely.points(*from_wgs84.transform(*to_degrees(world).T))
    pixel, unit = shapely.STRtree(shapes).query(middles, predicate="intersects")
    picture = np.zeros(len(world), np.uint8)
    picture[pixel] = np.minimum(codes[unit], 254) + 1
    corners = to_degrees(np.array([box[:2], box[:2] + np.array([width, height]) * side]))
    (west, north), (east, south) = corners.tolist()
    return Overview(png_of_classes(picture.reshape(height, width), colours), (west, south, east, north))


def _world_box(bounds: npt.NDArray[np.float64], crs: CRS) -> npt.NDArray[np.float64]:
    west, south, east, north = bounds
    # The edge of a box in one projection is bent in the other.
    along = np.linspace(0, 1, 9)
    x = np.concatenate([west + along * (east - west)] * 2 + [np.full(9, west), np.full(9, east)])
    y = np.concatenate([np.full(9, south), np.full(9, north)] + [south + along * (north - south)] * 2)
    world = to_world(*Transformer.from_crs(crs, WGS84, always_xy=True).transform(x, y))
    return np.concatenate([world.min(axis=0), world.max(axis=0)])
