"""How findings look: one colour a severity, on the map and in QGIS (a QML style with a category for each)."""

from collections.abc import Mapping, Sequence
from typing import Literal
from xml.etree import ElementTree as ET

from gis.language import Lang
from layers.rules.rule import SEVERITIES, Severity
from maps.findings.sentences import SEVERITY_TITLES

Drawn = Literal["point", "area"]

# Apart for every kind of colour vision, and from dark to light in grey print.
COLOURS: Mapping[Severity, str] = {"error": "#b00020", "warning": "#e08a00", "note": "#4d7ea8"}
_FIELD = "severity"
_SYMBOLS: Mapping[Drawn, tuple[str, str, dict[str, str]]] = {
    "point": (
        "marker",
        "SimpleMarker",
        {
            "name": "circle",
            "size": "2.6",
            "size_unit": "MM",
            "outline_color": "255,255,255,255",
            "outline_width": "0.3",
        },
    ),
    "area": ("fill", "SimpleFill", {"style": "solid", "outline_style": "solid", "outline_width": "0.4"}),
}
_OPAQUE, _PALE = 255, 90


def qml(drawn: Drawn, lang: Lang) -> str:
    """Return the QGIS style of findings drawn as points or as areas: a category for each severity."""
    return categorised(_FIELD, [(one, SEVERITY_TITLES[one].to(lang), COLOURS[one]) for one in SEVERITIES], drawn)


def categorised(field: str, categories: Sequence[tuple[str, str, str]], drawn: Drawn) -> str:
    """Return a QGIS style with a category (value, label, colour) for each value of a field."""
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = ET.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=field, enableorderby="0", forceraster="0", symbollevels="0"
    )
    listed, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    for number, (value, label, colour) in enumerate(categories):
        ET.SubElement(listed, "category", value=value, symbol=str(number), label=label, render="true")
        _add_symbol(symbols, str(number), drawn, colour)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")


def _add_symbol(symbols: ET.Element, name: str, drawn: Drawn, colour: str) -> None:
    kind, layer_class, properties = _SYMBOLS[drawn]
    symbol = ET.SubElement(symbols, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    layer = ET.SubElement(symbol, "layer", {"class": layer_class, "pass": "0", "locked": "0", "enabled": "1"})
    colours = {"color": _rgba(colour, _OPAQUE if drawn == "point" else _PALE)}
    if drawn == "area":
        colours["outline_color"] = _rgba(colour, _OPAQUE)
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in {**properties, **colours}.items():
        ET.SubElement(options, "Option", type="QString", name=key, value=value)


def _rgba(colour: str, opacity: int) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{opacity}"
