"""project_of(): a QGIS project as .qgz: layers in groups with their symbols, the CRS, and a print layout on A3.

Written as XML, because no QGIS stands where it is written; paths are relative, so that the folder can be moved. The
elements are those that QGIS 3.22 and later read; what is left out takes QGIS's own defaults.
"""

from collections.abc import Sequence
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gis.crs import parse_crs
from gis.language import Lang
from maps.qgis.layout import layouts
from maps.qgis.project_layer import Lettering, ProjectLayer
from maps.qgis.symbols import Drawn, labelling, renderer
from maps.sheet.paper import Bounds

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION = "3.22.16"
_GEOMETRIES: dict[Drawn, str] = {"area": "Polygon", "line": "Line", "point": "Point"}
_DATE_IN_ARCHIVE = (1980, 1, 1, 0, 0, 0)


def project_of(
    layers: Sequence[ProjectLayer], crs: str, extent: Bounds, lettering: Lettering, lang: Lang = "vi"
) -> bytes:
    """Return a project as the bytes of a .qgz; the same layers give the same bytes.

    Parameters
    ----------
    layers : the first is drawn on top
    crs : ``EPSG:n`` of the project and of every layer
    extent : west, south, east, north that the project opens on, m
    """
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        text = _DOCTYPE + ET.tostring(_root(layers, crs, extent, lettering, lang), encoding="unicode")
        archive.writestr(ZipInfo("du-an.qgs", _DATE_IN_ARCHIVE), text.encode(), ZIP_DEFLATED)
    return content.getvalue()


def _root(layers: Sequence[ProjectLayer], crs: str, extent: Bounds, lettering: Lettering, lang: Lang) -> ET.Element:
    root = ET.Element("qgis", projectname=lettering.title, version=_VERSION)
    ET.SubElement(root, "homePath", path="")
    ET.SubElement(root, "title").text = lettering.title
    _add_crs(ET.SubElement(root, "projectCrs"), crs)
    _add_tree(root, layers)
    canvas = ET.SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "meters"
    _add_extent(canvas, extent)
    _add_crs(ET.SubElement(canvas, "destinationsrs"), crs)
    order = ET.SubElement(root, "layerorder")
    listed = ET.SubElement(root, "projectlayers")
    for layer in layers:
        ET.SubElement(order, "layer", id=layer.id)
        listed.append(_map_layer(layer, crs))
    _add_properties(root)
    root.append(layouts(layers, extent, lettering, lang))
    return root


def _add_tree(root: ET.Element, layers: Sequence[ProjectLayer]) -> None:
    tree = ET.SubElement(root, "layer-tree-group")
    for group in dict.fromkeys(layer.group for layer in layers):
        branch = ET.SubElement(tree, "layer-tree-group", name=group, expanded="1", checked="Qt::Checked")
        for layer in layers:
            if layer.group == group:
                ET.SubElement(
                    branch,
                    "layer-tree-layer",
                    id=layer.id,
                    name=layer.title,
                    source=layer.source,
                    providerKey="ogr",
                    expanded="0",
                    checked="Qt::Checked" if layer.shown else "Qt::Unchecked",
                )


def _map_layer(layer: ProjectLayer, crs: str) -> ET.Element:
    told = ET.Element(
        "maplayer",
        type="vector",
        geometry=_GEOMETRIES[layer.drawn],
        labelsEnabled="1" if layer.label else "0",
        styleCategories="AllStyleCategories",
    )
    for tag, text in (("id", layer.id), ("datasource", layer.source), ("layername", layer.title)):
        ET.SubElement(told, tag).text = text
    _add_crs(ET.SubElement(told, "srs"), crs)
    ET.SubElement(told, "provider", encoding="UTF-8").text = "ogr"
    told.append(renderer(layer.looks, layer.drawn, layer.field))
    if layer.label:
        told.append(labelling(layer.label))
    return told


def _add_crs(parent: ET.Element, crs: str) -> None:
    """Name a CRS as QGIS reads it: by its full text; its code alone is not enough."""
    known = parse_crs(crs)
    told = ET.SubElement(parent, "spatialrefsys")
    ET.SubElement(told, "wkt").text = known.to_wkt()
    ET.SubElement(told, "authid").text = crs
    ET.SubElement(told, "description").text = known.name


def _add_extent(parent: ET.Element, extent: Bounds) -> None:
    told = ET.SubElement(parent, "extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), extent, strict=True):
        ET.SubElement(told, name).text = repr(float(value))


def _add_properties(root: ET.Element) -> None:
    properties = ET.SubElement(root, "properties")
    paths = ET.SubElement(properties, "Paths")
    ET.SubElement(paths, "Absolute", type="bool").text = "false"
    systems = ET.SubElement(properties, "SpatialRefSys")
    ET.SubElement(systems, "ProjectionsEnabled", type="int").text = "1"
    measure = ET.SubElement(properties, "Measurement")
    ET.SubElement(measure, "AreaUnits", type="QString").text = "ha"
    ET.SubElement(measure, "DistanceUnits", type="QString").text = "meters"
    # Areas are planar grid areas, as everywhere in the appendix.
    ellipsoid = ET.SubElement(properties, "Measure")
    ET.SubElement(ellipsoid, "Ellipsoid", type="QString").text = "NONE"
