"""A look of `maps.style` as a symbol of QGIS: fill, hatching, casing, line, dashes; the same for every layer."""

from collections.abc import Iterator, Sequence
from typing import Literal
from xml.etree import ElementTree as ET

from maps.style import Look

Drawn = Literal["area", "line", "point"]
_KINDS: dict[Drawn, str] = {"area": "fill", "line": "line", "point": "marker"}
# A pixel of the screen in millimetres of paper.
_MM = 0.264
_ANGLES = {"/": "45", "\\": "135", "|": "90"}
_HATCH_MM = "2.2"
_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"

Properties = dict[str, str]


def qml(looks: Sequence[tuple[str, Look]], drawn: Drawn, field: str = "", label: str = "") -> str:
    """Return the style of a layer as QML.

    Parameters
    ----------
    looks : value of the field and its look; of one look alone the value does not count
    field : whose values are classes; empty for one look for all
    label : field that is written beside a feature; empty for none
    """
    root = ET.Element(
        "qgis", version="3.22.0", styleCategories="Symbology|Labeling", labelsEnabled="1" if label else "0"
    )
    root.append(renderer(looks, drawn, field))
    if label:
        root.append(labelling(label))
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def renderer(looks: Sequence[tuple[str, Look]], drawn: Drawn, field: str = "") -> ET.Element:
    """Return the renderer of a layer: one symbol, or one for each value of a field."""
    kind = "categorizedSymbol" if field else "singleSymbol"
    root = ET.Element("renderer-v2", type=kind, symbollevels="0", enableorderby="0", forceraster="0")
    if field:
        root.set("attr", field)
        categories = ET.SubElement(root, "categories")
        for number, (value, look) in enumerate(looks):
            ET.SubElement(
                categories, "category", value=value, symbol=str(number), label=look.title or value, render="true"
            )
    symbols = ET.SubElement(root, "symbols")
    for number, (_, look) in enumerate(looks):
        symbols.append(_symbol(str(number), look, drawn))
    return root


def labelling(field: str) -> ET.Element:
    """Return labels from a field, in the typeface of the sheets, with a pale halo."""
    root = ET.Element("labeling", type="simple")
    settings = ET.SubElement(root, "settings")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=field,
        isExpression="0",
        fontFamily="Times New Roman",
        fontSize="9",
        fontSizeUnit="Point",
        textColor="40,40,40,255",
    )
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor="255,255,255,220"
    )
    ET.SubElement(settings, "placement", placement="1", centroidInside="1", fitInPolygonOnly="0")
    ET.SubElement(settings, "rendering", scaleVisibility="0", obstacle="1")
    return root


def _symbol(name: str, look: Look, drawn: Drawn) -> ET.Element:
    symbol = ET.Element("symbol", type=_KINDS[drawn], name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    for symbol_class, properties in _LAYERS[drawn](look):
        _add_layer(symbol, symbol_class, properties)
        if symbol_class == "LinePatternFill":
            _add_hatch(symbol[-1], look)
    return symbol


def _add_layer(symbol: ET.Element, symbol_class: str, properties: Properties) -> None:
    layer = ET.SubElement(symbol, "layer", {"class": symbol_class, "pass": "0", "locked": "0", "enabled": "1"})
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in properties.items():
        ET.SubElement(options, "Option", type="QString", name=key, value=value)


def _add_hatch(layer: ET.Element, look: Look) -> None:
    """Give a hatching the symbol of its lines."""
    inner = ET.SubElement(layer, "symbol", type="line", name="@0@1", alpha="1", clip_to_extent="1", force_rhr="0")
    _add_layer(inner, "SimpleLine", _line(look.line, 0.9, ""))


def _area(look: Look) -> Iterator[tuple[str, Properties]]:
    fill = {"color": _rgba(look.fill, look.opacity)} if look.fill else {"style": "no"}
    outline = (
        {"outline_color": _rgba(look.line), "outline_width": _mm(look.width), "outline_width_unit": "MM"}
        | ({"outline_style": "dash"} if look.dash else {"outline_style": "solid"})
        if look.line
        else {"outline_style": "no"}
    )
    yield "SimpleFill", fill | outline
    if look.hatch:
        yield "LinePatternFill", {"angle": _ANGLES[look.hatch], "distance": _HATCH_MM, "distance_unit": "MM"}


def _lines(look: Look) -> Iterator[tuple[str, Properties]]:
    if look.casing:
        yield "SimpleLine", _line(look.casing, look.width + 2, "")
    yield "SimpleLine", _line(look.line or look.fill, look.width, look.dash)


def _points(look: Look) -> Iterator[tuple[str, Properties]]:
    yield (
        "SimpleMarker",
        {
            "name": "circle",
            "color": _rgba(look.fill or look.line),
            "outline_color": _rgba(look.line or look.fill),
            "outline_width": "0.4",
            "outline_width_unit": "MM",
            "size": "2.6",
            "size_unit": "MM",
        },
    )


_LAYERS = {"area": _area, "line": _lines, "point": _points}


def _line(colour: str, width: float, dash: str) -> Properties:
    told = {"line_color": _rgba(colour), "line_width": _mm(width), "line_width_unit": "MM", "joinstyle": "round"}
    if not dash:
        return told
    lengths = ";".join(_mm(float(length)) for length in dash.split())
    return told | {"use_custom_dash": "1", "customdash": lengths, "customdash_unit": "MM", "capstyle": "flat"}


def _mm(pixels: float) -> str:
    return f"{pixels * _MM:.3f}"


def _rgba(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"
