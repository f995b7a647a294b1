"""One table of looks; kinds and codes find theirs."""

import pytest

from maps.style import base_code, classes, land_use_title, layer_styles


def styles(*layers):
    return {style.layer: style for style in layer_styles(layers, "vi")}


def test_only_the_newest_units_are_open():
    """Two vintages at once would be a tangle; the older ones are one click away."""
    units = styles("admin_units@2009-04-01", "admin_units@2025-07-01")
    assert [units[name].visible for name in ("admin_units@2025-07-01", "admin_units@2009-04-01")] == [True, False]


def test_change_is_drawn_over_the_ground():
    """The line of the proposal is never under an area."""
    order = [style.layer for style in layer_styles(["proposed", "parcels", "kept", "admin_units@2025-07-01"], "vi")]
    assert order == ["admin_units@2025-07-01", "kept", "parcels", "proposed"]


@pytest.mark.parametrize(
    ("written", "code"), [("LUC", "LUC"), ("ONT+CLN", "ONT"), ("ODT-C", "ODT"), ("LUC*", "LUC"), ("7", "")]
)
def test_leading_code(written, code):
    """Several uses in one parcel are coloured by the first."""
    assert base_code(written) == code


def test_land_use_has_code_and_name():
    """Colours repeat among codes, so the legend names them."""
    assert land_use_title("CLN", "vi") == "CLN – Đất trồng cây lâu năm"
    assert land_use_title("?", "vi") == "?"


def test_classes_of_land_use_in_the_order_of_the_list():
    """Agricultural land comes first, what is unknown last, no data is a class of its own."""
    looks = classes(styles("parcels")["parcels"], ["?", "ONT", "LUC", None], "vi")
    assert list(looks) == ["LUC", "ONT", "?", None]
    assert looks[None].title == "không có số liệu"
    assert looks["LUC"].fill == "#fffc8c"


def test_kinds_find_their_look_by_words():
    """A railway is a railway with and without accents; what nobody foresaw gets a colour of its own."""
    looks = classes(styles("infrastructure")["infrastructure"], ["Đường sắt", "duong bo", "gì đó", "khác"], "vi")
    assert looks["Đường sắt"].casing
    assert len({look.line for look in looks.values()}) == 4


def test_a_kind_looks_the_same_on_every_map():
    """Colours do not move when another kind appears; punctuation and case do not matter."""
    style = styles("functional_areas", "constraints")
    alone = classes(style["functional_areas"], ["industrial"], "vi")["industrial"]
    among = classes(style["functional_areas"], ["agriculture", "Khu công nghiệp", "industrial"], "vi")
    assert alone == among["industrial"]
    assert alone.fill == among["Khu công nghiệp"].fill
    river = classes(style["constraints"], ["Hành lang sông, suối"], "vi")["Hành lang sông, suối"]
    assert river.line == "#2f7fa8"
