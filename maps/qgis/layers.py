"""The layers of a project as a QGIS project: what lies in ``layers/``, drawn as the map and the sheets draw it."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from geopandas import GeoDataFrame

from gis.language import Lang, Text
from layers import admin_units, constraints, functional_areas, gates, infrastructure, parcels, projects, yards, zone
from layers.admin_units import layer_of_vintage
from layers.catalog import schema_of
from layers.workspace import Workspace
from maps.qgis.project import project_of
from maps.qgis.project_layer import Lettering, ProjectLayer
from maps.qgis.symbols import Drawn
from maps.style import LayerStyle, Look, classes, layer_styles
from maps.whole_file import whole_file

_CRS = Text(vi="Hệ tọa độ VN-2000, {crs}", en="VN-2000, {crs}")
# From top to bottom; the style that each has in a Record.
_STYLES = {
    gates.SCHEMA.name: "gates",
    yards.SCHEMA.name: "yards",
    projects.SCHEMA.name: "yards",
    zone.SCHEMA.name: "base",
    functional_areas.SCHEMA.name: "functional_areas",
    constraints.SCHEMA.name: "constraints",
    parcels.SCHEMA.name: "parcels",
    infrastructure.SCHEMA.name: "infrastructure",
    admin_units.SCHEMA.name: layer_of_vintage("0001-01-01"),
}
_DRAWN: tuple[Drawn, ...] = ("point", "line", "area")
_NAMED = ("gates", "yards", "functional_areas", "projects")
_MANY_CLASSES = 12


def write_qgis(workspace: Workspace, path: Path, lang: Lang = "vi") -> list[str]:
    """Write a QGIS project of the layers of a project; return their names.

    It names each layer by the way from where it stands itself, so that both may be moved together.

    Raises
    ------
    LayerMissing
        There is no zone: nobody knows where the project should open.
    """
    west, south, east, north = (float(edge) for edge in workspace.read(zone.SCHEMA.name).total_bounds)
    found = [layer for name in _STYLES if workspace.has(name) for layer in _layers(workspace, name, path, lang)]
    project = workspace.project
    notes = [note for note in (project.notice, _CRS.to(lang, crs=project.crs)) if note]
    lettering = Lettering(project.name, notes)
    with whole_file(path) as beside:
        beside.write_bytes(project_of(found, project.crs, (west, south, east, north), lettering, lang))
    return list(dict.fromkeys(layer.table for layer in found))


def _layers(workspace: Workspace, name: str, path: Path, lang: Lang) -> Iterator[ProjectLayer]:
    """Yield a layer of QGIS for each dimension of shapes that a layer of the project has."""
    frame = workspace.read(name)
    shapes = frame.geometry.values
    dimensions = np.unique(shapely.get_dimensions(shapes[~shapely.is_missing(shapes)]))
    looks, field, style = _looks(name, frame, lang)
    title = schema_of(name).title.to(lang)
    file = os.path.relpath(workspace.file_of(name), path.resolve().parent).replace(os.sep, "/")
    for dimension in sorted(dimensions.tolist(), reverse=False):
        yield ProjectLayer(
            file,
            name,
            title,
            style.group.to(lang),
            _DRAWN[dimension],
            looks,
            field,
            "name" if name in _NAMED else "",
            legend="" if len(looks) > _MANY_CLASSES else title,
            mixed=len(dimensions) > 1,
        )


def _looks(name: str, frame: GeoDataFrame, lang: Lang) -> tuple[list[tuple[str, Look]], str, LayerStyle]:
    (style,) = layer_styles([_STYLES[name]], lang)
    if not style.class_field or style.class_field not in frame.columns:
        return [("", style.look)], "", style
    values = frame[style.class_field].astype(object).where(frame[style.class_field].notna(), None)
    looks = classes(style, set(values), lang)
    return [(value or "", look) for value, look in looks.items()], style.class_field, style
