"""The map in a real browser, from file:// with the network off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maps.formatter import show
from maps.testing import HOSTILE, hostile, ways_to_tell
from maps.webmap.page import write_map
from planning.record import Record

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened_once(offline, map_file: Path) -> Iterator[Any]:
    """Open the map of the small project for all tests that leave it as it was."""
    with offline() as opened:
        opened.go(map_file)
        yield opened


@pytest.fixture
def drawn(opened_once, map_file: Path) -> Iterator[Any]:
    """Return the opened map, which a test leaves as it was; nothing may go wrong or out of it."""
    opened_once.page.evaluate("map_record.fitBounds(map_record.mg.extent, { animate: false })")
    yield opened_once
    opened_once.page.keyboard.press("Escape")
    expect(opened_once.page.locator(".mg-card")).to_have_count(0)
    assert opened_once.complaints == []
    assert opened_once.requests == [map_file.as_uri()]


def texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_text_contents()


def click_at(page: Page, easting_share: float, northing_share: float) -> None:
    """Click at a place of the zone's extent, given as shares of its width and height."""
    place = page.evaluate(
        """([x, y]) => {
            const box = map_record.mg.extent;
            const lat = box.getSouth() + y * (box.getNorth() - box.getSouth());
            const lng = box.getWest() + x * (box.getEast() - box.getWest());
            const point = map_record.latLngToContainerPoint([lat, lng]);
            const frame = map_record.getContainer().getBoundingClientRect();
            return [frame.left + point.x, frame.top + point.y];
        }""",
        [easting_share, northing_share],
    )
    page.mouse.click(*place)


def test_opens_without_network_request_or_error(drawn):
    """The fixture counts requests and complaints; here the page says whose it is."""
    page = drawn.page
    assert page.title() == "Khu minh họa – mo-rong"
    assert texts(page, ".mg-notice") == ["Dữ liệu minh họa, không có giá trị pháp lý"]
    assert texts(page, "h1") == ["Khu minh họa"]
    assert page.evaluate("document.fonts.check('12px \"Be Vietnam Pro\"', 'Ạ')")
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") >= 2


def test_every_number_carries_its_key_and_is_the_fact(drawn, record: Record):
    """What stands on the screen is the Record's fact as the formatter writes it."""
    told = drawn.page.evaluate(
        "[...document.querySelectorAll('[data-fact]')].map(e => [e.textContent, e.dataset.fact])"
    )
    assert len(told) > 80
    for text, key in told:
        assert text in ways_to_tell(record, key, "vi")
    loose = drawn.page.evaluate(
        "[...document.querySelectorAll('.mg-section:not(:last-of-type) td')]"
        ".filter(e => /[0-9]/.test(e.textContent) && !e.dataset.fact).length"
    )
    assert loose == 0


def test_layers_are_switched(drawn):
    """A layer goes when its box is cleared, its legend with it, and comes back."""
    page = drawn.page
    legend = page.locator(".mg-legend-row", has_text="Phần bổ sung")  # the page's policy forbids waiting by eval
    assert page.evaluate("map_record.hasLayer(map_record.mg.layers.find(l => l.data.id === 'added'))")
    page.locator("[data-layer=added]").uncheck()
    expect(legend).to_have_count(0)
    assert not page.evaluate("map_record.hasLayer(map_record.mg.layers.find(l => l.data.id === 'added'))")
    page.locator("[data-layer=added]").check()
    expect(legend).to_have_count(1)
    boxes = page.evaluate("[...document.querySelectorAll('[data-layer]')].map(e => [e.dataset.layer, e.checked])")
    assert dict(boxes)["admin_units@2009-04-01"] is False
    assert {
        "base",
        "proposed",
        "kept",
        "removed",
        "functional_areas",
        "constraints",
        "yards",
        "gates",
        "parcels",
    } < dict(boxes).keys()


def test_a_click_tells_the_facts_of_what_is_there(drawn, record: Record):
    """The topmost feature first, everything else at the place one click away."""
    page = drawn.page
    click_at(page, 0.58, 0.5)
    assert texts(page, ".mg-card-name") == ["Bãi Y"]
    rows = dict(zip(texts(page, ".mg-card th"), texts(page, ".mg-card td"), strict=True))
    assert rows["Đơn vị khai thác"] == "Công ty Y"
    assert rows["Diện tích trên bản đồ"] == show(record, "yards[y].unit_m2", "vi").text == "20.000,0 m²"
    assert page.locator(".mg-card td[data-fact='yards[y].nearest_gate']").count() == 1
    page.locator(".mg-other", has_text="An Bình").click()
    expect(page.locator(".mg-card-name")).to_have_text(["An Bình"])


def test_a_row_of_the_panel_leads_to_its_place(drawn):
    """The list and the map are one."""
    page = drawn.page
    page.locator(".mg-go", has_text="Đồng Đăng").first.click()
    assert texts(page, ".mg-card-name") == ["Đồng Đăng"]
    page.locator(".mg-go", has_text="Cao Lộc").first.click()
    assert texts(page, ".mg-card-name") == ["Cao Lộc"]
    assert page.evaluate("map_record.hasLayer(map_record.mg.mark)")
    page.keyboard.press("Escape")
    assert page.locator(".mg-card").count() == 0


def test_hostile_text_is_shown_and_does_nothing(offline, record: Record, tmp_path):
    """In every field at once: nothing runs, nothing is fetched, the text shown is the text stored."""
    path = tmp_path / "map.html"
    write_map(hostile(record), path)
    with offline() as opened:
        page = opened.go(path)
        page.locator(".mg-go").first.click()
        shown = page.evaluate(
            "Object.fromEntries(['h1', '.mg-notice', '.mg-reason', '.mg-scenario b', '.mg-card-name', '.mg-table td']"
            ".map(one => [one, document.querySelector(one).textContent]))"
        )
        assert shown == dict.fromkeys(shown, HOSTILE)
        labels = page.evaluate("map_record.mg.layers.flatMap(l => l.features.map(f => f.l)).filter(Boolean)")
        assert set(labels) == {HOSTILE}
        assert page.title() != "owned"
        assert page.locator("img, iframe, object, a[href]").count() == 0
        assert (opened.complaints, opened.requests) == ([], [path.as_uri()])


def test_policy_stops_what_is_not_ours(offline, map_file: Path):
    """Were a script or a picture ever to get in, the page itself would refuse it."""
    with offline() as opened:
        page = opened.go(map_file)
        page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.owned = 1';"
            " document.body.append(s);"
            " const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i); }"
        )
        page.wait_for_timeout(100)
        assert page.evaluate("window.owned") is None
        assert len(opened.complaints) == 2
        assert all("Content Security Policy" in one for one in opened.complaints)


def test_phone(offline, map_file: Path):
    """On a phone the map fills the screen and the figures are one touch away."""
    with offline(390, 844, is_mobile=True, has_touch=True) as opened:
        page = opened.go(map_file)
        assert not page.locator(".mg-panel").is_visible()
        page.locator(".mg-toggle").tap()
        assert page.locator(".mg-panel").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert opened.complaints == []
