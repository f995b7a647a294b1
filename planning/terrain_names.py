"""What terrain adds to a Record; apart from how it is computed, so that naming it loads no reader of rasters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planning.record import Fact, Table

TERRAIN, CLASSES = "terrain", "terrain.classes"


@dataclass(frozen=True, eq=False)
class Terrain:
    """Tables and facts of the rasters of a project; none where it holds no raster."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
