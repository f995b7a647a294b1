"""Border gates: three coordinates have a source, the others are invented and say so."""

from functools import cache

import shapely
from geopandas import GeoDataFrame

from layers.demo.place import CRS
from layers.demo.tables import demo_table


@cache
def gates() -> GeoDataFrame:
    """Return the gates. Not to be changed by the caller."""
    table = demo_table("demo_gates")
    points = shapely.points(table[["easting", "northing"]].to_numpy(dtype=float))
    return GeoDataFrame(table[["code", "name", "kind", "document", "confidence"]], geometry=points, crs=CRS)
