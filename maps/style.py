"""One table of how layers, regions, kinds and land-use codes look, for the web, the sheets and QGIS.

Added is blue, removed is vermilion, kept is grey: the three stay apart for every kind of colour vision, and the
hatching keeps them apart in grey print.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from gis.language import Lang, Text
from gis.states import CROSSED, INSIDE, OUTSIDE, UNDECIDABLE
from gis.text import search_key
from layers import constraints, functional_areas, gates, infrastructure, parcels, yard_parts, yards
from layers.kinds import kind_title
from layers.land_use import land_uses
from maps.codes import code_word
from maps.formatter import NO_DATA, STATES
from maps.labels import VINTAGES, layer_title, table_title
from maps.parcel_words import TABLES, word_of

Hatch = Literal["", "/", "\\", "|"]


@dataclass(frozen=True, slots=True)
class Look:
    """How one class of features is drawn.

    Attributes
    ----------
    key : of the class within its layer
    title : for the legend
    fill : ``#rrggbb``; empty for none
    opacity : of the fill, 0 to 1
    line : ``#rrggbb``; empty for none
    width : of the line, pixels on screen
    dash : lengths of dashes and gaps, pixels; empty for a solid line
    hatch : direction of the hatching in the colour of the line; empty for none
    casing : colour of a wider line under the line; empty for none
    """

    key: str
    title: str
    fill: str = ""
    opacity: float = 0.0
    line: str = ""
    width: float = 1.0
    dash: str = ""
    hatch: Hatch = ""
    casing: str = ""


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """How one layer of a Record is drawn.

    Attributes
    ----------
    layer : name in `Record.geometry`
    group : heading in the switcher
    order : drawn from small to large
    visible : shown when the map opens
    labelled : its features carry their names
    minimum_zoom : below it the layer is not drawn, 0 for always
    look : of a feature without a class of its own
    class_field : field whose values are classes; empty for none
    other_fields : fields by which the reader may colour it instead
    """

    layer: str
    title: str
    group: Text
    order: int
    look: Look
    visible: bool = True
    labelled: bool = False
    minimum_zoom: float = 0
    class_field: str = ""
    other_fields: tuple[str, ...] = ()

    @property
    def class_fields(self) -> tuple[str, ...]:
        """The fields by which the layer may be coloured, the first one first; one empty name where there is none."""
        return (self.class_field, *self.other_fields)


CHANGE = Text(vi="Ranh giới và biến động", en="Boundary and change")
PLAN = Text(vi="Quy hoạch và cửa khẩu", en="Plan and gates")
LAND = Text(vi="Đất đai", en="Land")
GROUND = Text(vi="Nền bản đồ", en="Background")
GROUPS = (CHANGE, PLAN, LAND, GROUND)

_TITLES = {
    "proposed": Text(vi="Ranh giới đề xuất", en="Proposed boundary"),
    "base": Text(vi="Ranh giới hiện hành", en="Established boundary"),
    "added": Text(vi="Phần bổ sung", en="Added"),
    "removed": Text(vi="Phần đưa ra", en="Removed"),
    "kept": Text(vi="Phần giữ nguyên", en="Kept"),
    "neighbours": Text(vi="Thửa lân cận", en="Parcels around"),
    "asked": Text(vi="Thửa đất được hỏi", en="The parcel"),
    "corners": Text(vi="Đỉnh thửa", en="Corners of the parcel"),
    "markers": Text(vi="Mốc ranh giới đề xuất", en="Markers of the proposed boundary"),
    "crossed_parcels": Text(vi="Thửa bị ranh giới cắt", en="Parcels cut by the line"),
    "movement": Text(vi="Ranh giới dời hay vẽ lại", en="Moved or redrawn"),
    functional_areas.SCHEMA.name: functional_areas.SCHEMA.title,
    constraints.SCHEMA.name: constraints.SCHEMA.title,
    infrastructure.SCHEMA.name: infrastructure.SCHEMA.title,
    yards.SCHEMA.name: yards.SCHEMA.title,
    yard_parts.SCHEMA.name: yard_parts.SCHEMA.title,
    "yard_slots": Text(vi="Ô đỗ xe theo phương án bố trí", en="Slots of the layout"),
    "yard_aisles": Text(vi="Đường giữa các hàng ô đỗ", en="Aisles along the rows"),
    "yard_lanes": Text(vi="Đường nối, lối từ cổng", en="Lanes across rows and from entries"),
    gates.SCHEMA.name: gates.SCHEMA.title,
    parcels.SCHEMA.name: Text(vi="Thửa đất", en="Parcels"),
    "projects.idle": TABLES["projects.idle"],
}

_NEWEST_UNITS = Look("", "", fill="#fbfaf6", opacity=1, line="#9b948a", width=0.9)
_OLDER_UNITS = Look("", "", line="#8a6d9e", width=0.9, dash="1 4")

# group, order, visible, labelled, minimum zoom, class field, look
_LAYERS: dict[str, tuple[Text, int, bool, bool, float, str, Look]] = {
    "kept": (CHANGE, 20, True, False, 0, "", Look("", "", fill="#8d9aa5", opacity=0.22)),
    "added": (CHANGE, 22, True, False, 0, "", Look("", "", fill="#0072b2", opacity=0.3, line="#0072b2", width=1)),
    "removed": (CHANGE, 23, True, False, 0, "", Look("", "", fill="#d55e00", opacity=0.28, line="#d55e00", hatch="/")),
    "infrastructure": (GROUND, 30, True, True, 0, "kind", Look("", "", line="#7d7468", width=1.5)),
    "constraints": (PLAN, 34, True, True, 0, "kind", Look("", "", line="#5c5c5c", width=1, hatch="\\")),
    "functional_areas": (PLAN, 36, True, True, 0, "kind", Look("", "", fill="#aa4499", opacity=0.35, line="#aa4499")),
    "parcels": (
        LAND,
        40,
        True,
        True,
        13,
        "land_use",
        Look("", "", fill="#dcdcdc", opacity=0.92, line="#6e6a64", width=0.6),
    ),
    "neighbours": (LAND, 32, True, True, 0, "", Look("", "", fill="#ffffff", opacity=0.6, line="#857f77", width=0.6)),
    "asked": (LAND, 33, True, True, 0, "", Look("", "", fill="#ffdf8a", opacity=0.85, line="#b3142a", width=2.2)),
    "corners": (LAND, 62, True, True, 0, "", Look("", "", fill="#7a0f1d", opacity=1, line="#ffffff", width=0.35)),
    "markers": (CHANGE, 58, True, True, 0, "", Look("", "", fill="#7a0f1d", opacity=1, line="#ffffff", width=0.4)),
    "projects": (
        LAND,
        42,
        True,
        True,
        0,
        "status",
        Look("", "", fill="#00695c", opacity=0.12, line="#00695c", width=1.8),
    ),
    "projects.idle": (LAND, 43, True, False, 0, "condition", Look("", "", fill="#b9b3a9", opacity=0.5, line="#5b5b5b")),
    "crossed_parcels": (LAND, 44, True, False, 12, "", Look("", "", line="#b0005c", width=2.2)),
    "movement": (CHANGE, 54, False, False, 0, "kind", Look("", "", line="#5c5c5c", width=3)),
    "base": (CHANGE, 53, True, False, 0, "", Look("", "", line="#22262a", width=1.4, dash="6 6")),
    "proposed": (CHANGE, 52, True, False, 0, "", Look("", "", line="#c2182f", width=4)),
    "yards": (
        PLAN,
        56,
        True,
        True,
        0,
        "dossier",
        Look("", "", fill="#7a4b12", opacity=0.6, line="#4d2e08", width=1.4),
    ),
    "yard_aisles": (PLAN, 57, True, False, 0, "", Look("", "", fill="#ffe9a8", opacity=1, line="#e2c873", width=0.4)),
    "yard_lanes": (PLAN, 57, True, False, 0, "", Look("", "", fill="#f0b35c", opacity=1, line="#b97d24", width=0.4)),
    "yard_slots": (PLAN, 58, True, False, 0, "", Look("", "", fill="#8fb8dc", opacity=1, line="#1f4e79", width=0.6)),
    "yard_parts": (PLAN, 59, True, False, 0, "kind", Look("", "", fill="#8a8178", opacity=1, line="#3c3631", width=1)),
    "gates": (PLAN, 60, True, True, 0, "", Look("", "", fill="#12324a", opacity=1, line="#ffffff")),
}

# A layer that nobody has given a look yet: above the parcels, under the boundary.
_OTHERS = (LAND, 46, True, False, 0, "kind", Look("", "", fill="#7b5ea7", opacity=0.35, line="#4b2e83", width=1.4))


def _area(colour: str) -> Look:
    return Look("", "", fill=colour, opacity=0.35, line=colour)


def _hatched(colour: str, hatch: Hatch) -> Look:
    return Look("", "", line=colour, width=1, hatch=hatch)


# By which else a layer may be coloured.
_OTHER_FIELDS = {"parcels": ("state_proposed", "legal_use", "planned_use")}
_LAND_USES = ("land_use", "legal_use", "planned_use")

# Where a parcel lies: light and dark apart, blue against red, so that every kind of colour vision tells them.
_STATE_LOOKS = {
    INSIDE: Look("", "", fill="#9ecae1", opacity=0.9, width=0.6),
    OUTSIDE: Look("", "", fill="#eceae4", opacity=0.9, width=0.6),
    CROSSED: Look("", "", fill="#b0005c", opacity=0.9, width=0.6),
    UNDECIDABLE: Look("", "", fill="#f2b701", opacity=0.9, width=0.6),
}

# Idle and late land: what an officer must look at is dark and warm, what is settled is cool and pale.
_CONDITION_LOOKS = {
    "met": Look("", "", fill="#9d1c35", opacity=0.75, line="#5e0f1f", width=1.8),
    "met_after_extension": Look("", "", fill="#d55e00", opacity=0.75, line="#7a3500", width=1.8),
    "cannot_tell": Look("", "", fill="#f2b701", opacity=0.7, line="#7a5c00", width=1.8),
    "force_majeure": Look("", "", fill="#7a68a6", opacity=0.6, line="#463a66", width=1.8),
    "extended": Look("", "", fill="#4f86c6", opacity=0.55, line="#234a78", width=1.8),
    "not_met": Look("", "", fill="#cfe3dc", opacity=0.6, line="#5f8a7c", width=1.4),
}

# What a kind is drawn like, by words that stand in it without accents; the first that fits.
_KINDS: dict[str, tuple[tuple[tuple[str, ...], Look], ...]] = {
    "functional_areas": (
        (("phi thue quan", "non tariff"), _area("#999933")),
        (("thue quan", "tariff"), _area("#6f8fb3")),
        (("trung chuyen", "transit"), _area("#b0733f")),
        (("che xuat", "export processing"), _area("#aa4499")),
        (("cong nghiep", "industrial"), _area("#332288")),
        (("thuong mai", "trade"), _area("#cc6677")),
        (("du lich", "tourism"), _area("#117733")),
        (("cang can", "icd", "dry port"), _area("#44aa99")),
        (("cua khau", "gate"), _area("#882255")),
        (("do thi", "urban"), _area("#c49a9a")),
        (("nong nghiep", "agriculture"), _area("#ddcc77")),
    ),
    "infrastructure": (
        (("bien gioi", "border"), Look("", "", line="#3f3f3f", width=1.6, dash="12 4 2 4")),
        (
            ("song", "suoi", "kenh", "ho", "river", "water", "nuoc"),
            Look("", "", fill="#b5dcec", opacity=0.9, line="#7cbcd8", width=2.6),
        ),
        # The ground of roads and railways: a pale floor under their lines.
        (("area",), Look("", "", fill="#fffdf7", opacity=0.95, line="#d8cfbe", width=0.6)),
        (("duong sat", "rail"), Look("", "", line="#ffffff", width=1.6, dash="7 7", casing="#3a3a3a")),
        (("dien", "power"), Look("", "", line="#7d5ba6", width=1.2, dash="2 4")),
        (("duong", "quoc lo", "cao toc", "road"), Look("", "", line="#b9822f", width=2.2, casing="#ffffff")),
    ),
    # Vermilion for what moved, blue for what was only redrawn, ochre where nobody can tell: apart in every eye.
    "movement": (
        (("moved",), Look("", "", line="#d55e00", width=4.5)),
        (("redrawn",), Look("", "", line="#0072b2", width=3)),
        (("cannot tell",), Look("", "", line="#e69f00", width=3.5, dash="6 4")),
        (("unchanged",), Look("", "", line="#9a9a9a", width=1.5)),
    ),
    "yards": (
        (("day du", "complete"), Look("", "", fill="#1b7f79", opacity=0.75, line="#0c4a46", width=1.4)),
        (("het han", "expired"), Look("", "", fill="#f0a800", opacity=0.85, line="#6b4700", width=1.4)),
        (("thieu", "lacking", "missing"), Look("", "", fill="#c1440e", opacity=0.8, line="#6e2404", width=1.4)),
    ),
    "yard_parts": (
        (("obstacle",), Look("", "", fill="#7a5c55", opacity=1, line="#3f2a25", width=1)),
        (("kept lane",), Look("", "", fill="#bfe3bf", opacity=1, line="#3f8f4f", width=1, dash="4 3")),
        (("entry",), Look("", "", fill="#c2182f", opacity=1, line="#ffffff", width=1.4)),
    ),
    "constraints": (
        (("rung", "forest"), _hatched("#2f7d32", "/")),
        (("lua", "rice"), _hatched("#9a7b00", "|")),
        (("bien gioi", "border"), _hatched("#8c3b3b", "\\")),
        (("quoc phong", "an ninh", "defence"), _hatched("#6b1f1f", "|")),
        (("duong bo", "duong sat", "road", "railway"), _hatched("#6f6a62", "\\")),
        (("dien", "power"), _hatched("#7d5ba6", "|")),
        (("di tich", "heritage"), _hatched("#b8860b", "/")),
        (("sat lo", "landslide"), _hatched("#a0522d", "\\")),
        (("nuoc", "song", "suoi", "ngap", "water", "river", "flood"), _hatched("#2f7fa8", "\\")),
    ),
}

# What ends the kind of an area that a line takes up.
_GROUND = "_area"
_GROUND_OF = Text(vi="{kind}, phần đất", en="{kind}, its ground")

# For kinds that nobody foresaw: muted colours that stay apart for every kind of colour vision (after Paul Tol).
_PALETTE = ("#aa4499", "#44aa99", "#999933", "#882255", "#332288", "#ddcc77", "#117733", "#cc6677", "#88ccee")


def layer_styles(layers: Iterable[str], lang: Lang) -> tuple[LayerStyle, ...]:
    """Return the style of each layer of a Record that is drawn, in drawing order; the newest units are visible."""
    layers = tuple(layers)
    vintages = sorted((name for name in layers if f"by.{name}".startswith(VINTAGES)), reverse=True)
    units = [_units_style(name, position, lang) for position, name in enumerate(vintages)]
    known = [_style(name, lang) for name in layers if name not in vintages]
    return tuple(sorted((*units, *known), key=lambda style: style.order))


def classes(
    style: LayerStyle, values: Iterable[str | None], lang: Lang, field: str | None = None
) -> dict[str | None, Look]:
    """Return the look of every value of a class field, by value, in the order of the legend.

    Parameters
    ----------
    field : one of `LayerStyle.class_fields`, the first where it is not said
    """
    field = style.class_field if field is None else field
    present = set(values)
    if field.startswith("state_"):
        return _known_classes(style, present, _STATE_LOOKS, {state: STATES[state].to(lang) for state in STATES}, lang)
    if field == "condition":
        words = {one: word_of(field, one, lang) for one in _CONDITION_LOOKS}
        return _known_classes(style, present, _CONDITION_LOOKS, words, lang)
    named = sorted(value for value in present if value)
    if field in _LAND_USES:
        known = list(land_uses())
        named.sort(key=lambda code: (known.index(base_code(code)) if base_code(code) else len(known), code))
    looks: dict[str | None, Look] = {
        value: _class_look(style, value, position, lang, field) for position, value in enumerate(named)
    }
    unnamed = replace(style.look, key="", title=NO_DATA.to(lang)) if looks else style.look
    return {**looks, **{value: unnamed for value in present if not value}}


def _known_classes(
    style: LayerStyle, present: set[str | None], known: Mapping[str, Look], titles: Mapping[str, str], lang: Lang
) -> dict[str | None, Look]:
    """Return the looks of known classes, those that are there; a layer in them has no other class."""
    looks: dict[str | None, Look] = {
        one: replace(look, key=one, title=titles[one], line=look.line or style.look.line)
        for one, look in known.items()
        if one in present
    }
    unnamed = replace(style.look, key="", title=NO_DATA.to(lang))
    return {**looks, **{value: unnamed for value in present if value not in looks}}


def base_code(code: str) -> str:
    """Return the known land-use code that leads a written one, empty where there is none.

    Examples
    --------
    >>> base_code("ONT-C+CLN-P"), base_code("LUC*"), base_code("?")
    ('ONT', 'LUC', '')
    """
    lead = re.split(r"[+\-*\s]", code, maxsplit=1)[0]
    return lead if lead in land_uses() else ""


def land_use_title(code: str, lang: Lang) -> str:
    """Return a written code with the name of its land use, because colours repeat."""
    use = land_uses().get(base_code(code))
    return f"{code} – {use.title.to(lang)}" if use else code


def _class_look(style: LayerStyle, value: str, position: int, lang: Lang, field: str) -> Look:
    if field in _LAND_USES:
        use = land_uses().get(base_code(value))
        colour = "#{:02x}{:02x}{:02x}".format(*use.colour) if use and use.colour else style.look.fill
        return replace(style.look, key=value, title=land_use_title(value, lang), fill=colour)
    title = code_word(f"{style.layer}[].kind", value, lang) or kind_title(value, lang)
    if value.endswith(_GROUND):  # beside the line of the same name
        title = _GROUND_OF.to(lang, kind=title)
    told = f"{value.replace('_', ' ')} {kind_title(value, 'vi')}"
    words = " ".join(re.findall(r"\w+", search_key(told)))
    for wanted, look in _KINDS.get(style.layer, ()):
        if any(f" {one} " in f" {words} " for one in wanted):
            return replace(look, key=title, title=title)
    colour = _PALETTE[position % len(_PALETTE)]
    filled = colour if style.look.fill else ""
    return replace(style.look, key=title, title=title, fill=filled, line=colour)


def _style(layer: str, lang: Lang) -> LayerStyle:
    group, order, visible, labelled, minimum_zoom, class_field, look = _LAYERS.get(layer, _OTHERS)
    title = _TITLES[layer].to(lang) if layer in _TITLES else layer_title(layer, lang)
    titled = replace(look, key=layer, title=title)
    other = _OTHER_FIELDS.get(layer, ())
    return LayerStyle(layer, title, group, order, titled, visible, labelled, minimum_zoom, class_field, other)


def _units_style(layer: str, position: int, lang: Lang) -> LayerStyle:
    newest = position == 0
    title = table_title(f"by.{layer}", lang)
    look = replace(_NEWEST_UNITS if newest else _OLDER_UNITS, key=layer, title=title)
    return LayerStyle(layer, title, GROUND, 10 + position, look, visible=newest, labelled=True)
