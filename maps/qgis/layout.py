"""The print layout of a QGIS project: an A3 sheet across with title, map, legend, notes and scale bar."""

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from gis.language import Lang, Text
from maps.qgis.project_layer import Lettering, ProjectLayer
from maps.sheet.paper import Bounds

_PAPER_MM, _BORDER_MM, _TITLE_MM, _PANEL_MM = (420.0, 297.0), 10.0, 16.0, 78.0
# What QGIS calls the kinds of things on a layout.
_PAGE_ITEM, _MAP_ITEM, _LABEL_ITEM, _LEGEND_ITEM, _BAR_ITEM = "65638", "65639", "65641", "65642", "65646"
_LAYOUT = Text(vi="Bản đồ A3", en="A3 map")


def layouts(layers: Sequence[ProjectLayer], extent: Bounds, lettering: Lettering, lang: Lang) -> ET.Element:
    """Return the layouts of a project: one."""
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
