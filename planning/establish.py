"""Making the zone from whole administrative units, where no drawn boundary exists: approximate, and saying so."""

from collections.abc import Mapping, Sequence

import shapely
from geopandas import GeoDataFrame

from layers.workspace import Workspace
from planning.units import choose_vintage, find_codes, units_of_vintage


def zone_of_units(
    workspace: Workspace, units: Sequence[str], vintage: str | None, values: Mapping[str, object]
) -> GeoDataFrame:
    """Return a one-row zone layer: the union of whole units.

    Parameters
    ----------
    units : codes, names or ``parent/name``
    vintage : ISO day of the units; None for the only vintage there is
    values : fields of the zone; ``status`` is *approximate* unless it is given

    Raises
    ------
    VintageUnknown, UnitUnknown, UnitAmbiguous
    """
    day = choose_vintage(workspace, vintage)
    rows = units_of_vintage(workspace, day)
    codes = find_codes(rows, units, day)
    area = shapely.union_all(rows.geometry[rows["code"].isin(codes)].values)
    fields = {"name": workspace.project.name, "status": "approximate", **values}
    return GeoDataFrame([fields], geometry=[area], crs=workspace.crs)
