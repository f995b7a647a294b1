"""What stands in a project and is sure enough to judge the place of a file by."""

from geopandas import GeoDataFrame

from layers.workspace import Workspace

# Best first.
_SURE = ("admin_units", "zone", "gates")


def known_place(workspace: Workspace) -> GeoDataFrame | None:
    """Return the rows of the best layer that the project has, None where it has none."""
    name = next((one for one in _SURE if workspace.has(one)), None)
    return workspace.read(name) if name else None
