"""project_of(): a QGIS project as .qgz: layers in groups with their symbols, the CRS, and a print layout on A3.

Written as XML, because no QGIS stands where it is written; paths are relative, so that the folder can be moved. The
elements are those that QGIS 3.22 and later read; what is left out takes QGIS's own defaults.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gis.crs import parse_crs
from gis.language import Lang, Text
from maps.qgis.symbols import Drawn, labelling, renderer
from maps.sheet.paper import Bounds
from maps.style import Look

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION = "3.22.16"
_GEOMETRIES: dict[Drawn, str] = {"area": "Polygon", "line": "Line", "point": "Point"}
_STORED: dict[Drawn, str] = {"area": "Polygon", "line": "LineString", "point": "Point"}
_PAPER_MM, _BORDER_MM, _TITLE_MM, _PANEL_MM = (420.0, 297.0), 10.0, 16.0, 78.0
# What QGIS calls the kinds of things on a layout.
_PAGE_ITEM, _MAP_ITEM, _LABEL_ITEM, _LEGEND_ITEM, _BAR_ITEM = "65638", "65639", "65641", "65642", "65646"
_LAYOUT = Text(vi="Bản đồ A3", en="A3 map")
_DATE_IN_ARCHIVE = (1980, 1, 1, 0, 0, 0)


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
    root.append(_layouts(layers, extent, lettering, lang))
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


def _layouts(layers: Sequence[ProjectLayer], extent: Bounds, lettering: Lettering, lang: Lang) -> ET.Element:
    root = ET.Element("Layouts")
    layout = ET.SubElement(root, "Layout", name=_LAYOUT.to(lang), units="mm", printResolution="300")
    ET.SubElement(layout, "Snapper", snapToGrid="0", snapToGuides="1", snapToItems="1", tolerance="5")
    ET.SubElement(layout, "Grid", resolution="10", resUnits="mm", offsetX="0", offsetY="0", offsetUnits="mm")
    pages = ET.SubElement(layout, "PageCollection")
    width, height = _PAPER_MM
    _add_item(pages, _PAGE_ITEM, "page", (0, 0, width, height))
    top, panel = _BORDER_MM + _TITLE_MM, width - _BORDER_MM - _PANEL_MM
    frame = (_BORDER_MM, top, panel - _BORDER_MM - 4, height - top - _BORDER_MM)
    _add_label(layout, "title", (_BORDER_MM, _BORDER_MM, width - 2 * _BORDER_MM, _TITLE_MM - 2), lettering.title, 18)
    shown = _add_item(layout, _MAP_ITEM, "map", frame, frame="true", followPreset="false", keepLayerSet="false")
    west, south, east, north = _filled(extent, frame[2] / frame[3])
    ET.SubElement(shown, "Extent", xmin=repr(west), ymin=repr(south), xmax=repr(east), ymax=repr(north))
    legend = _add_item(
        layout,
        _LEGEND_ITEM,
        "legend",
        (panel, top, _PANEL_MM, 190),
        map_uuid=_item_id("map"),
        resizeToContents="1",
        splitLayer="1",
        columnCount="1",
        symbolWidth="6",
        symbolHeight="3.4",
        wrapChar="",
        legendFilterByAtlas="0",
    )
    legend.append(_legend_styles())
    legend.append(_legend_tree(layers))
    _add_label(layout, "notes", (panel, height - 70, _PANEL_MM, 42), "\n".join(lettering.notes), 9)
    _add_bar(layout, (panel, height - 24, _PANEL_MM, 14), (east - west) / frame[2])
    return root


def _legend_styles() -> ET.Element:
    styles = ET.Element("styles")
    for name, size in (("title", 12), ("group", 10), ("subgroup", 9), ("symbolLabel", 8)):
        style = ET.SubElement(styles, "style", name=name, alignment="1", marginTop="1.2", marginLeft="1")
        ET.SubElement(style, "styleFont", description=_font(size), style="")
        style.append(_text_style(size))
    return styles


def _legend_tree(layers: Sequence[ProjectLayer]) -> ET.Element:
    tree = ET.Element("layer-tree-group")
    for layer in layers:
        if layer.legend:
            entry = ET.SubElement(
                tree, "layer-tree-layer", id=layer.id, name=layer.title, source=layer.source, providerKey="ogr"
            )
            told = ET.SubElement(ET.SubElement(entry, "customproperties"), "Option", type="Map")
            ET.SubElement(told, "Option", type="QString", name="legend/title-label", value=layer.legend)
    return tree


def _add_bar(layout: ET.Element, place: Bounds, metres_per_mm: float) -> None:
    """Add a scale bar of two parts, each the largest round length that has room."""
    room_m = place[2] * 0.4 * metres_per_mm
    part = max(step * 10**power for power in range(6) for step in (1, 2, 5) if step * 10**power <= max(room_m, 1))
    bar = _add_item(
        layout,
        _BAR_ITEM,
        "bar",
        place,
        mapUuid=_item_id("map"),
        style="Single Box",
        unitType="meters",
        unitLabel="m",
        numSegments="2",
        numSegmentsLeft="0",
        numUnitsPerSegment=str(part),
        numMapUnitsPerScaleBarUnit="1",
        segmentMillimeters=repr(part / metres_per_mm),
        segmentSizeMode="0",
        height="3",
    )
    bar.append(_text_style(9))


def _add_label(layout: ET.Element, name: str, place: Bounds, text: str, size: int) -> None:
    item = _add_item(layout, _LABEL_ITEM, name, place, labelText=text, htmlState="0", halign="1", valign="32")
    # Until 3.22 a label has a font of its own; later ones read the style.
    ET.SubElement(item, "LabelFont", description=_font(size), style="")
    ET.SubElement(item, "FontColor", red="0", green="0", blue="0")
    item.append(_text_style(size))


def _font(size: int) -> str:
    """Return a typeface as Qt writes it."""
    return f"Times New Roman,{size},-1,5,50,0,0,0,0,0"


def _text_style(size: int) -> ET.Element:
    return ET.Element(
        "text-style", fontFamily="Times New Roman", fontSize=str(size), fontSizeUnit="Point", textColor="0,0,0,255"
    )


def _add_item(parent: ET.Element, kind: str, name: str, place: Bounds, **own: str) -> ET.Element:
    left, top, width, height = place
    at = f"{left:g},{top:g},mm"
    told = {
        "type": kind,
        "uuid": _item_id(name),
        "templateUuid": _item_id(name),
        "id": name,
        "position": at,
        "positionOnPage": at,
        "size": f"{width:g},{height:g},mm",
        "visibility": "1",
        "opacity": "1",
        "background": "true",
        "referencePoint": "0",
        "frame": "false",
        **own,
    }
    return ET.SubElement(parent, "LayoutItem", told)


def _item_id(name: str) -> str:
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'mocgioi/{name}')}}}"


def _filled(extent: Bounds, ratio: float) -> Bounds:
    """Return an extent with a little room around, in the shape of its frame."""
    west, south, east, north = extent
    width, height = (east - west) * 1.06, (north - south) * 1.06
    width, height = max(width, height * ratio), max(height, width / ratio)
    middle_e, middle_n = (west + east) / 2, (south + north) / 2
    return middle_e - width / 2, middle_n - height / 2, middle_e + width / 2, middle_n + height / 2
