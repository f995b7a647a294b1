"""Making the zone from whole administrative units, where no drawn boundary exists: approximate, and saying so."""

from collections.abc import Mapping, Sequence

import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from layers.predecessors import PART, WHOLE
from layers.workspace import Workspace
from planning.units import named_units, units_of_vintage


def zone_of_units(
    workspace: Workspace,
    units: Sequence[str],
    vintage: str | None,
    values: Mapping[str, object],
    part_units: Sequence[str] = (),
) -> tuple[GeoDataFrame, DataFrame]:
    """Return a one-row zone layer, the union of whole units, and the list of those units (``zone_units``).

    Parameters
    ----------
    units : codes, names or ``parent/name``
    part_units : units of which the decision names a part only; where no line through them is known they are drawn whole
    vintage : ISO day of the units; None for the only vintage there is
    values : fields of the zone; ``status`` is *approximate* unless it is given

    Raises
    ------
    VintageUnknown, UnitUnknown, UnitAmbiguous, UnitOfOtherKind, UnitOfWhichVintage
    """
    day, whole = named_units(workspace, units, vintage)
    _, part = named_units(workspace, part_units, day)
    rows, codes = units_of_vintage(workspace, day), (*whole, *part)
    area = shapely.union_all(rows.geometry[rows["code"].isin(codes)].values)
    fields = {"name": workspace.project.name, "status": "approximate", **values}
    named = rows[rows["code"].isin(codes)].reindex(columns=["code", "name", "parent", "valid_from"])
    listed = named.assign(
        part=[PART if code in part else WHOLE for code in named["code"]], document=values.get("document")
    )
    return GeoDataFrame([fields], geometry=[area], crs=workspace.crs), DataFrame(listed)
