"""The page of a map: facts with their keys, data that nothing can read as code, and no address of anything outside."""

import base64
import hashlib
import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gis.language import Lang
from layers.workspace import Workspace
from maps.errors import AssetMissing, AssetUnknown
from maps.formatter import show
from maps.testing import HOSTILE, PAYLOADS, hostile, ways_to_tell
from maps.webmap import assets
from maps.webmap.page import Page, map_page, write_map
from maps.webmap.payload import payload, payloads
from planning import scenario
from planning.edits import RemoveFeatures
from planning.effect import analyse
from planning.record import Record

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def shown(value):
    """Yield every (text, fact key) that stands in plain page data."""
    if isinstance(value, dict):
        if "t" in value and "f" in value:
            yield value["t"], value["f"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from shown(one)


@given(
    some.recursive(
        some.text() | some.sampled_from(PAYLOADS),
        lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    )
)
def test_data_is_inert_and_comes_back_equal(value):
    """Whatever the text, nothing of it can open a template, a tag or a string; the value decoded is the value given."""
    written = payload(value)
    assert not re.search("[{}%#<>&'`$\u2028\u2029]", written)
    assert payloads(f"var a = {written};") == [value]


def test_hostile_text_is_rendered_by_nobody(record: Record):
    """In every field at once: the page holds the text only as escaped data, and holds it whole."""
    page = map_page(hostile(record)).html
    _head, *layers, panel, _ = payloads(page)
    assert "owned'</script>" not in page
    assert "{{7*7}}" not in page.replace("".join(assets.scripts()), "")
    assert ">49<" not in page
    assert '"49"' not in page
    assert panel["project"] == panel["scenario"] == panel["notice"] == panel["reason"] == HOSTILE
    names = {feature["n"] for layer in layers for feature in layer["features"] if layer["id"] == "yards"}
    assert names == {HOSTILE}
    assert len(_SCRIPT.findall(page)) == len(assets.scripts()) + 1


def test_every_number_of_the_panel_is_a_fact(record: Record, page_of_record: Page):
    """Text and key agree with the Record, cell by cell."""
    *_, panel, _ = payloads(page_of_record.html)
    told = [(text, key) for text, key in shown(panel) if key not in record.no_data]
    assert len(told) > 80
    for text, key in told:
        assert text in ways_to_tell(record, key, "vi")


def test_a_scenario_that_moves_no_boundary_has_a_map_without_bars(project: Workspace):
    """Yards alone are re-planned: nothing comes in or goes out, and that is no error in either language."""
    scenario.add(project, scenario.Scenario("bo-bai", (RemoveFeatures(("y",)),)))
    given_up = analyse(project, "bo-bai")
    for lang in get_args(Lang):
        *_, panel, _ = payloads(map_page(given_up, lang).html)
        kinds = {block["kind"] for section in panel["sections"] for block in section["blocks"]}
        assert "bars" not in kinds
        assert "facts" in kinds


def test_popups_tell_facts(record: Record, page_of_record: Page):
    """Each value that a click shows is the fact of its key."""
    _, *layers, _, _ = payloads(page_of_record.html)
    parcels = next(layer for layer in layers if layer["id"] == "parcels")
    for feature in parcels["features"]:
        for (_, before, after), text in zip(parcels["fields"], feature["v"], strict=True):
            if after not in ("].land_use", "].legal_use", "].planned_use"):
                assert text == show(record, f"{before}{feature['k']}{after}", "vi").text
    assert parcels["features"][0]["v"][0].startswith("ONT – ")


def test_policy_names_every_script_and_no_network(page_of_record: Page):
    """The page's own scripts run by their hashes; nothing else does."""
    page = page_of_record.html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in _SCRIPT.findall(page)]
    assert policy.startswith("default-src 'none'; script-src " + " ".join(f"'sha256-{one}'" for one in hashes))
    assert "http:" not in policy
    assert "https:" not in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"<(link|iframe|img|object|embed)\b", page)
    assert "@import" not in page
    assert set(re.findall(r"url\(([^#)]{5})", assets.style_sheet())) == {"data:"}


def test_same_record_same_bytes(record: Record, page_of_record: Page):
    """A map can be compared with the one before."""
    assert map_page(record) == page_of_record


def test_bare_project_says_what_is_missing(bare_record: Record):
    """Layers that the project lacks are named as no data, not left out."""
    *_, panel, _ = payloads(map_page(bare_record).html)
    missing = next(section for section in panel["sections"] if section["title"] == "Không có số liệu")
    rows = next(block["rows"] for block in missing["blocks"] if block["kind"] == "facts")
    assert [value["t"] for _, value in rows] == ["không có số liệu"] * len(bare_record.no_data)
    assert {"Thửa đất", "Bến bãi", "Độ chính xác của ranh giới khu"} <= {title["t"] for title, _ in rows}


def test_a_feature_without_a_place_is_told_but_not_drawn(record: Record):
    """A gate whose place is not known stays in the table; so does a whole layer of such."""
    gates = record.geometry["gates"]
    for lost in ([True, False], [True, True]):
        frame = gates.assign(geometry=gates.geometry.mask(lost))
        _, *layers, panel, _ = payloads(map_page(replace(record, geometry={**record.geometry, "gates": frame})).html)
        drawn = [feature["k"] for layer in layers if layer["id"] == "gates" for feature in layer["features"]]
        assert drawn == [key for key, gone in zip(gates["key"], lost, strict=True) if not gone]
        rows = next(section["blocks"][0]["rows"] for section in panel["sections"] if section["title"] == "Cửa khẩu")
        assert len(rows) == 2


def test_a_record_read_back_draws_the_same_map(record: Record, page_of_record: Page, tmp_path):
    """What was kept is what is drawn."""
    record.save(tmp_path / "record")
    assert map_page(Record.load(tmp_path / "record")) == page_of_record


def test_the_old_map_stays_when_the_new_one_fails(record: Record, tmp_path):
    """A failed run leaves the file that was there, and no other."""
    path = tmp_path / "out" / "map.html"
    path.parent.mkdir()
    path.write_text("old")
    broken = replace(record, facts={})
    with pytest.raises(Exception, match="area_m2"):
        write_map(broken, path)
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]
    write_map(record, path, "en")
    assert 'lang="en"' in path.read_text(encoding="utf-8")


def test_unknown_asset_fails_loudly():
    """A style sheet that reaches for a file nobody has looked at is refused, in whatever spelling."""
    known = assets._without_addresses("a{background:url(images/layers.png);color:red}", "x.css")
    assert known == "a{color:red}"
    for css in (
        "a{background:url(new.png)}",
        'a{background:URL("new.png")}',
        "@import url(new.css);",
        "@media print{a{src:url('new.png')}}",
    ):
        with pytest.raises(AssetUnknown, match="new"):
            assets._without_addresses(css, "x.css")


def test_missing_asset_fails_loudly():
    """An incomplete installation says which file it lacks."""
    with pytest.raises(AssetMissing, match="leaflet/none"):
        assets._asset("leaflet/none.js")
