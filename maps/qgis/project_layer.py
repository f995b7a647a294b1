"""What a QGIS project is made of: its layers, and the words on its layout."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from maps.qgis.symbols import Drawn
from maps.style import Look

_STORED: dict[Drawn, str] = {"area": "Polygon", "line": "LineString", "point": "Point"}


@dataclass(frozen=True, eq=False)
class ProjectLayer:
    """One layer of a project.

    Attributes
    ----------
    file, table : the GeoPackage beside the project, and the table in it
    title, group : as people read them in the list of layers
    looks, field : as in `maps.qgis.symbols.renderer`
    label : field that is written beside the features; empty for none
    shown : drawn when the project opens
    legend : what it is called in the legend of the layout; empty: it is not there
    mixed : the table holds shapes of other dimensions too
    """

    file: str
    table: str
    title: str
    group: str
    drawn: Drawn
    looks: Sequence[tuple[str, Look]]
    field: str = ""
    label: str = ""
    shown: bool = True
    legend: str = ""
    mixed: bool = False

    @property
    def source(self) -> str:
        """The address of the layer, as QGIS writes it."""
        own = f"|geometrytype={_STORED[self.drawn]}" if self.mixed else ""
        way = self.file if self.file.startswith("../") else f"./{self.file}"
        return f"{way}|layername={self.table}{own}"

    @property
    def id(self) -> str:
        """A name for the layer that is the same at every export."""
        return f"{self.table}_{uuid.uuid5(uuid.NAMESPACE_URL, self.source).hex}"


@dataclass(frozen=True, slots=True)
class Lettering:
    """What stands on the layout: a title, and lines below the legend."""

    title: str
    notes: Sequence[str]
