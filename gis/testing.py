"""Fixtures drawn as text: a map of letters becomes a layer of polygons; on how many examples a property is tried."""

import os

from geopandas import GeoDataFrame
from shapely import box, union_all

# A corner of the Lạng Sơn plane, so that coordinates have the size of real ones.
ORIGIN_EASTING, ORIGIN_NORTHING = 440_000.0, 2_420_000.0


def drawn(picture: str, cell_m: float = 10.0, crs: str = "EPSG:9215", key: str = "name") -> GeoDataFrame:
    """Return the layer drawn in `picture`: each letter is a unit, each character a square cell; ``.`` is nothing.

    Parameters
    ----------
    picture : rows of equal length, north at the top; blank lines and indentation are dropped
    cell_m : side of a cell in metres

    Examples
    --------
    >>> drawn('''
    ...     aab
    ...     a.b
    ... ''').area.tolist()
    [300.0, 200.0]
    """
    rows = [line.strip() for line in picture.splitlines() if line.strip()]
    cells: dict[str, list[object]] = {}
    for up, row in enumerate(reversed(rows)):
        for right, letter in enumerate(row):
            if letter != ".":
                west, south = ORIGIN_EASTING + right * cell_m, ORIGIN_NORTHING + up * cell_m
                cells.setdefault(letter, []).append(box(west, south, west + cell_m, south + cell_m))
    names = sorted(cells)
    return GeoDataFrame({key: names}, geometry=[union_all(cells[name]) for name in names], crs=crs)


def examples(number: int) -> int:
    """Return on how many examples a property is tried: on all of `number` in CI and in full bars, else on a third."""
    whole = os.environ.get("CI") == "true" or os.environ.get("MOCGIOI_BARS") == "full"
    return number if whole else -(-number // 3)
