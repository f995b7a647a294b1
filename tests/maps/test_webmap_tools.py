"""What people do with the map: find, measure, draw, compare, print, link; in a real browser with the network off."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from pyproj import Transformer
from rasterio.io import MemoryFile

from layers.workspace import Workspace
from maps.formatter import show
from maps.numerals import number_text
from maps.testing import HOSTILE, hostile
from maps.webmap.page import write_map
from maps.webmap.settings import Wishes
from planning import scenario
from planning.current import kept_record
from planning.edits import AddUnits
from planning.effect import analyse
from planning.inventory import inventory
from planning.record import Record

pytestmark = pytest.mark.browser


@pytest.fixture
def page(offline, map_file: Path) -> Iterator[Any]:
    """Open the map of the small project; nothing may go wrong or out of it."""
    with offline(1700, 900) as opened:
        yield opened.go(map_file)
        assert opened.complaints == []
        assert opened.requests == [map_file.as_uri()]


def texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_text_contents()


def click_on(page: Page, *places: tuple[float, float]) -> None:
    """Click at places given as latitude and longitude."""
    for lat, lng in places:
        x, y = page.evaluate(
            """([lat, lng]) => {
                const point = map_record.latLngToContainerPoint([lat, lng]);
                const frame = map_record.getContainer().getBoundingClientRect();
                return [frame.left + point.x, frame.top + point.y];
            }""",
            [lat, lng],
        )
        page.mouse.click(x, y)
        page.wait_for_timeout(30)


def corners(page: Page) -> list[tuple[float, float]]:
    """Return three places inside the zone, away from the controls."""
    west, south, east, north = page.evaluate(
        "(() => { const box = map_record.mg.extent; return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]; })()"
    )
    across, up = east - west, north - south
    return [(south + up * y, west + across * x) for x, y in ((0.62, 0.2), (0.93, 0.25), (0.8, 0.7))]


def test_search_finds_without_accents(page: Page):
    """Communes, yards, gates by name, parcels by key; the first answer is a key press away."""
    box = page.locator(".mg-search-input")
    for typed, found in (
        ("dong dang", "Đồng Đăng"),
        ("bai y", "Bãi Y"),
        ("ĐỒNG ĐĂNG", "Đồng Đăng"),
        ("a/1/c", "Thửa đất số a/1/c"),
        ("cua khau hai", "Cửa khẩu Hai"),
    ):
        box.fill(typed)
        expect(page.locator(".mg-result strong").first).to_have_text(found)
        box.press("Enter")
        expect(page.locator(".mg-card-name")).to_have_text(found)
        assert page.locator(".mg-result").count() == 0


def test_search_says_when_there_is_nothing(page: Page):
    """And takes the keyboard: arrows choose, Escape closes."""
    box = page.locator(".mg-search-input")
    box.fill("xyz")
    expect(page.locator(".mg-nothing")).to_be_visible()
    box.fill("cua khau")
    expect(page.locator(".mg-result")).to_have_count(2)
    box.press("ArrowDown")
    assert page.locator(".mg-chosen").get_attribute("id") == box.get_attribute("aria-activedescendant") == "mg-result-1"
    box.press("Escape")
    assert page.locator(".mg-result").count() == 0


def test_coordinates_are_those_of_proj(page: Page):
    """VN-2000 in the page agrees with PROJ to a centimetre over the zone and its surroundings."""
    west, south, east, north = page.evaluate("map_record.mg.settings.grid.box")
    rng = np.random.default_rng(5)
    lng, lat = rng.uniform(west, east, 400), rng.uniform(south, north, 400)
    told = page.evaluate(
        "places => places.map(([lat, lng]) => MocGioi.grid(map_record, { lat, lng }))",
        np.column_stack([lat, lng]).tolist(),
    )
    truth = np.column_stack(Transformer.from_crs(4326, 9215, always_xy=True).transform(lng, lat))
    assert np.abs(np.array(told) - truth).max() < 0.01
    assert page.evaluate("map_record.mg.settings.grid.error_m") < 0.001
    assert page.evaluate("MocGioi.grid(map_record, { lat: 10, lng: 106 })") is None
    page.mouse.move(700, 400)
    assert "VN-2000" in texts(page, ".mg-grid")[0]


def test_live_numbers_are_written_like_all_others(page: Page):
    """What the page must write itself looks as the formatter writes it."""
    for value in (0.04, 7.25, 1234.5, 9_876_543.21):
        assert page.evaluate("value => MocGioi.number(value, 2)", value) == number_text(value, "#,##0.00", "vi")


def test_measuring_is_planar(page: Page):
    """Area and perimeter of three clicks are those of the project's plane."""
    page.locator("[data-tool=measure]").click()
    places = corners(page)
    click_on(page, *places)
    page.keyboard.press("Enter")
    x, y = Transformer.from_crs(4326, 9215, always_xy=True).transform(
        [lng for _, lng in places], [lat for lat, _ in places]
    )
    area = abs(sum(x[i] * y[(i + 1) % 3] - x[(i + 1) % 3] * y[i] for i in range(3))) / 2
    told = texts(page, ".mg-tool-told b")
    written = float(told[0].split(" ")[0].replace(".", "").replace(",", "."))
    # A click is good to a pixel.
    assert abs(written / area - 1) < 0.02
    page.keyboard.press("Escape")
    assert page.locator(".mg-tool").is_hidden()


def test_a_sketch_becomes_a_scenario(page: Page, planned: Workspace, tmp_path):
    """What is drawn and saved goes into `scenario add` as it is, and is where it was drawn."""
    page.locator("[data-tool=draw]").click()
    page.locator(".mg-form select").select_option("cut")
    page.locator(".mg-form input").first.fill("Vùng thử {{7*7}}")
    places = corners(page)
    click_on(page, *places)
    page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.locator(".mg-primary").click()
    path = tmp_path / "cat-di.geojson"
    download.value.save_as(path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["features"][0]["properties"]["name"] == "Vùng thử {{7*7}}"
    words = ("-p", planned.path, "scenario", "add", "ve-tay", "--cut", path, "--reason", "vẽ trên bản đồ")
    subprocess.run([sys.executable, "-m", "desk", *map(str, words)], check=True, capture_output=True)
    record = analyse(Workspace.open(planned.path), "ve-tay")
    drawn = Transformer.from_crs(4326, 9215, always_xy=True).transform(
        [lng for _, lng in places], [lat for lat, _ in places]
    )
    west, _, east, _ = record.geometry["removed"].total_bounds
    assert west >= min(drawn[0]) - 2
    assert east <= max(drawn[0]) + 2
    assert record.value("area_m2.removed") > 0
    assert f"--cut {path.name}" in texts(page, ".mg-command")[0]


def test_a_boundary_that_crosses_itself_is_not_saved(page: Page):
    """The page says so instead; a corner can be taken back and moved."""
    page.locator("[data-tool=draw]").click()
    a, b, c = corners(page)
    middle = ((a[0] + b[0]) / 2, a[1] - (b[1] - a[1]) / 2)
    click_on(page, a, c, b, middle)
    crossed = page.evaluate(
        "places => MocGioi.crossesItself(places.map(([lat, lng]) => ({ lat, lng })))", [[0, 0], [1, 1], [0, 1], [1, 0]]
    )
    assert crossed is True
    page.keyboard.press("Backspace")
    assert page.locator(".mg-handle").count() == 3
    page.keyboard.press("Enter")
    assert page.evaluate("MocGioi.crossesItself([{lat: 0, lng: 0}, {lat: 0, lng: 1}, {lat: 1, lng: 0}])") is False


def test_corners_attract(page: Page):
    """A click near a corner of the zone is that corner, to the digit."""
    near = page.evaluate(
        """() => {
            const layer = map_record.mg.layers.find((one) => one.data.id === 'base');
            const [lat, lng] = [...layer.features[0].parts[0][0]].sort((one, other) => other[1] - one[1])[0];
            const point = map_record.latLngToContainerPoint([lat, lng]).add([4, -3]), near = map_record.containerPointToLatLng(point);
            return { corner: [lat, lng], near: [near.lat, near.lng] };
        }"""
    )
    page.locator("[data-tool=measure]").click()
    click_on(page, tuple(near["near"]))
    handle = page.evaluate(
        "(() => { let at = null; map_record.eachLayer((one) => { if (one.options.draggable) at = one.getLatLng(); }); return [at.lat, at.lng]; })()"
    )
    assert handle == pytest.approx(near["corner"], abs=1e-12)


def test_before_and_after(page: Page, record: Record):
    """The divider moves with mouse and keys; each side shows its own zone and its own figure."""
    page.locator("[data-tool=compare]").click()
    figures = {one.get_attribute("data-fact"): one.text_content() for one in page.locator(".mg-badge b").all()}
    assert figures == {key: show(record, key, "vi").text for key in ("area_m2.base", "area_m2.proposed")}
    divider = page.get_by_role("slider")
    divider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert divider.get_attribute("aria-valuenow") == "60"
    assert "40%" in page.evaluate("document.querySelector('.mg-second').style.clipPath")
    page.get_by_text("Hai bản đồ").click()
    left, right = page.locator("#mg-second").bounding_box(), page.locator("#map_record").bounding_box()
    assert left["x"] >= right["x"] + right["width"] - 4
    page.evaluate("map_record.setView([21.9, 106.7], 13, { animate: false })")
    page.locator("[data-tool=compare]").click()
    assert page.locator(".mg-second").count() == 0
    assert page.evaluate("map_record.hasLayer(map_record.mg.layers.find((one) => one.data.id === 'base'))")


@pytest.mark.slow
def test_two_variants_side_by_side(offline, planned: Workspace, record: Record, tmp_path):
    """The second has its own zone and its own numbers, led back to its own Record."""
    scenario.add(planned, scenario.Scenario("khac", (AddUnits(("b",), "2009-04-01"),)))
    one, two = record, analyse(planned, "khac")
    path = tmp_path / "map.html"
    write_map(one, path, "vi", planned, Wishes(beside=two))
    with offline() as opened:
        page = opened.go(path)
        page.locator("[data-tool=compare]").click()
        assert texts(page, ".mg-badge span") == ["mo-rong", "khac"]
        cells = page.locator(".mg-tool td[data-fact='area_m2.added']").all()
        assert [cell.text_content() for cell in cells] == [
            show(each, "area_m2.added", "vi").text for each in (one, two)
        ]
        assert cells[1].get_attribute("data-record") == two.id
        assert (opened.complaints, opened.requests) == ([], [path.as_uri()])


def test_a_link_brings_the_view_back(offline, map_file: Path):
    """Place, layers, colours and the chosen feature stand in the address; nonsense in it is passed over."""
    with offline() as opened:
        page = opened.go(map_file)
        page.locator("[data-layer=yards]").uncheck()
        page.locator("[data-theme-of=parcels]").select_option(index=1)
        page.locator(".mg-search-input").fill("cua khau hai")
        page.locator(".mg-result").click()
        expect(page.locator(".mg-card-name")).to_have_text("Cửa khẩu Hai")
        expect(page).to_have_url(re.compile("&s=gates,"))
        fragment = "#" + page.url.partition("#")[2]
    with offline() as opened:
        page = opened.go(map_file, fragment)
        expect(page.locator(".mg-card-name")).to_have_text("Cửa khẩu Hai")
        assert not page.locator("[data-layer=yards]").is_checked()
        assert page.locator("[data-theme-of=parcels]").evaluate("one => one.selectedIndex") == 1
        assert opened.complaints == []
    with offline() as opened:
        opened.go(map_file, "#x/y/z&l=%E0%A4%A&t=parcels:99,none:1&s=none,none")
        assert opened.complaints == []


def test_parcels_are_coloured_by_where_they_lie(page: Page):
    """The legend follows the choice: the four states instead of land uses."""
    page.locator("[data-theme-of=parcels]").select_option(label="So với ranh giới đề xuất")
    page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 16.5, { animate: false })")
    expect(page.locator(".mg-legend-row", has_text="nằm trong")).to_have_count(1)
    assert page.locator(".mg-legend-row", has_text="ONT").count() == 0


def test_the_keyboard_reaches_everything(page: Page):
    """Tab comes to the map, arrows move it, Enter asks what is under the cross."""
    page.locator("#map_record").focus()
    before = page.evaluate("map_record.getCenter().lng")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert page.evaluate("map_record.getCenter().lng") > before
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator(".mg-card")).to_have_count(1)
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, input, select')].filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length)).length"
    )
    assert unnamed == 0


def test_one_sheet_of_paper(page: Page):
    """The print view holds title, notice, map and legend, and nothing to press."""
    page.evaluate(
        "window.print = () => { window.printed = [...document.querySelectorAll('.mg-buttons, .mg-search, .mg-switcher')].filter((one) => one.offsetParent).length; }"
    )
    page.locator("[data-tool=print]").click()
    page.wait_for_timeout(1_300)
    assert page.evaluate("window.printed") == 0
    assert page.locator("h1").is_visible()
    assert page.locator(".mg-legend").is_visible()
    assert page.locator(".mg-notice").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".mg-search-input").is_visible()


def test_a_map_of_layers_needs_no_scenario(offline, project: Workspace, tmp_path):
    """The layers as they stand, their own fields, no personal one; what was not asked for is not drawn."""
    path = tmp_path / "map.html"
    write_map(inventory(project, ("parcels", "yards")), path, "vi", project)
    with offline() as opened:
        page = opened.go(path)
        assert page.title() == "Khu minh họa"
        layers = page.evaluate("map_record.mg.layers.map((one) => one.data.id)")
        assert sorted(layers) == ["base", "parcels", "yards"]
        page.locator(".mg-search-input").fill("a/1/d")
        page.locator(".mg-result").first.click()
        rows = dict(zip(texts(page, ".mg-card th"), texts(page, ".mg-card td"), strict=True))
        assert rows["Diện tích đo đạc"] == "40.000,0 m²"
        assert "Người minh họa" not in page.content()
        assert page.locator("[data-tool=compare]").count() == 0
        assert opened.complaints == []


@pytest.fixture
def tiled(monkeypatch, project: Workspace, tmp_path) -> Any:
    """Return the map of parcels as tiles, with its files beside it."""
    monkeypatch.setattr("maps.webmap.drawing.FEATURES_MAX", 3)
    monkeypatch.setattr("maps.webmap.page.EMBEDDED_MAX", 0)
    monkeypatch.setattr("maps.webmap.tiled._PICTURED_FROM", 1)
    path = tmp_path / "bản đồ lớn.html"
    write_map(inventory(project, ("parcels",)), path)
    return path


def test_tiles_beside_the_page(offline, tiled):
    """From file://: only files of the folder are loaded, a click identifies, the cells are the Record's."""
    with offline() as opened:
        page = opened.go(tiled)
        page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 17, { animate: false })")
        expect(page.locator(".mg-label-parcels").first).to_be_visible()
        assert set(texts(page, ".mg-label-parcels")) <= {"ONT", "LUC", "CLN"}
        page.locator(".mg-search-input").fill("a/1/e")
        page.locator(".mg-result", has_text="a/1/e").first.click()
        expect(page.locator(".mg-card-name")).to_have_text("Thửa đất số a/1/e")
        rows = dict(zip(texts(page, ".mg-card th"), texts(page, ".mg-card td"), strict=True))
        assert rows["Diện tích trên bản đồ"] == "40.000,0 m²"
        cell = page.locator(".mg-card td[data-fact='parcels[a/1/e].unit_m2']")
        assert cell.count() == 1
        page.keyboard.press("Escape")
        lat, lng = page.evaluate("(() => { const at = map_record.mg.extent.getCenter(); return [at.lat, at.lng]; })()")
        page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 15, { animate: false })")
        click_on(page, (lat, lng))
        expect(page.locator(".mg-card")).to_have_count(1)
        folder = tiled.with_suffix(".files").as_uri()
        assert all(one.startswith(folder) for one in opened.requests[1:])
        assert len(opened.requests) > 3
        assert opened.complaints == []


@pytest.mark.parametrize("ratio", [1, pytest.param(1.25, marks=pytest.mark.slow)])
def test_a_pan_takes_along_what_is_painted(offline, tiled, ratio: float):
    """After a step of the map the screen of tiles is, pixel by pixel, the one that is painted anew there."""
    with offline(device_scale_factor=ratio) as opened:
        page = opened.go(tiled)
        page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 16.5, { animate: false })")
        whole = "map_record.mg.layers.find((one) => one.data.tiles).screen.isWhole()"
        page.wait_for_function(whole)
        for step in ([130, 70], [-390, 20], [15, -260], [-40, 60]):
            page.evaluate("step => map_record.panBy(step, { animate: false })", step)
            page.wait_for_function(whole)
        page.evaluate(
            """() => { window.pixels = () => { const canvas = document.querySelector('canvas.mg-tiles');
                return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data; };
                window.taken = window.pixels();
                map_record.mg.layers.find((one) => one.data.tiles).screen.repaint(); }"""
        )
        page.wait_for_function(whole)
        painted, apart = page.evaluate(
            """() => { const anew = window.pixels(), apart = (most, value, place) => Math.max(most, Math.abs(value - anew[place]));
                return [window.taken.some((value) => value > 0), window.taken.reduce(apart, 0)]; }"""
        )
        assert painted
        assert apart <= 1


STRIPES = """() => {
    const canvas = document.querySelector("canvas.mg-tiles");
    for (const one of document.querySelectorAll(".leaflet-map-pane *, .leaflet-control-container")) if (!one.contains(canvas)) one.remove();
    const context = canvas.getContext("2d"), { width, height } = canvas;
    context.fillStyle = "#fff"; context.fillRect(0, 0, width, height);
    context.fillStyle = "#000";
    for (let x = 0; x < width / 2; x += 2) context.fillRect(x, 0, 1, height);
    for (let y = 0; y < height; y += 2) context.fillRect(width / 2, y, width / 2, 1);
}"""


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("step", [pytest.param([0, 0], marks=pytest.mark.slow), [131, 71]])
def test_dots_of_the_tiles_are_dots_of_the_screen(offline, tiled, step: list[int]):
    """On a screen of 125 % lines of one dot stay black and white, after a step of the map, too; blurred they would be grey."""
    with offline(1283, 797, device_scale_factor=1.25) as opened:
        page = opened.go(tiled)
        page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 16.5, { animate: false })")
        page.evaluate("step => map_record.panBy(step, { animate: false })", step)
        page.wait_for_function("map_record.mg.layers.find((one) => one.data.tiles).screen.isWhole()")
        page.evaluate(STRIPES)
        with MemoryFile(page.locator(".mg-map").screenshot()) as file, file.open() as source:
            dots = source.read(1).astype(int)
        height, width = dots.shape
        assert np.abs(np.diff(dots[: height // 2, : width // 4], axis=1)).min() > 240
        assert np.abs(np.diff(dots[: height // 2, -width // 4 :], axis=0)).min() > 240


def test_layers_that_share_a_drawing_keep_their_order(offline, record: Record, tmp_path):
    """Hidden and shown again in any order, a higher layer is drawn above a lower one; few drawings hold them all."""
    write_map(record, tmp_path / "map.html")
    with offline() as opened:
        page = opened.go(tmp_path / "map.html")
        order = """() => [...document.querySelectorAll('.leaflet-pane > svg.leaflet-zoom-animated')].map((svg) => {
            const owner = new Map();
            for (const one of map_record.mg.layers) if (one.drawn) one.drawn.eachLayer((shape) => owner.set(shape._path, one.data.order));
            return [...svg.querySelectorAll('path')].map((path) => owner.get(path)).filter(Boolean);
        })"""
        first = page.evaluate(order)
        page.evaluate(
            "map_record.mg.layers.filter((one) => map_record.hasLayer(one)).reverse()"
            ".forEach((one) => { one.remove(); one.addTo(map_record); })"
        )
        assert page.evaluate(order) == first
        assert all(drawing == sorted(drawing) for drawing in first)
        assert len([drawing for drawing in first if len(set(drawing)) > 1]) > 0


@pytest.mark.slow
def test_tiles_inside_the_page(offline, tiled, monkeypatch, project: Workspace, tmp_path):
    """A layer that is not too large travels in the page itself: one file, one request."""
    monkeypatch.setattr("maps.webmap.page.EMBEDDED_MAX", 10_000_000)
    path = tmp_path / "one.html"
    write_map(inventory(project, ("parcels",)), path)
    assert not path.with_suffix(".files").exists()
    with offline() as opened:
        page = opened.go(path)
        page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 16, { animate: false })")
        expect(page.locator(".mg-label-parcels").first).to_be_visible()
        colour = page.evaluate(
            """() => { const tile = document.querySelector('canvas.mg-tiles'), data = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height).data;
                return data.some((value, place) => place % 4 === 3 && value > 0); }"""
        )
        assert colour
        assert (opened.complaints, opened.requests) == ([], [path.as_uri()])


class Ranges(SimpleHTTPRequestHandler):
    """A web server that answers ranges of bytes, as those of offices do."""

    def do_GET(self) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not wanted:
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        first, last = int(wanted[1]), min(int(wanted[2]), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(content[first : last + 1])

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.mark.slow
def test_a_served_map_reads_its_tiles_in_ranges(browser, monkeypatch, project: Workspace, tmp_path):
    """One archive beside the page; nothing is asked of anybody but its own server."""
    monkeypatch.setattr("maps.webmap.drawing.FEATURES_MAX", 3)
    path = tmp_path / "bản đồ.html"
    write_map(inventory(project, ("parcels",)), path, wishes=Wishes(served=True))
    archive = next(path.with_suffix(".files").rglob("*.pmtiles"))
    assert archive.read_bytes().startswith(b"PMTiles")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Ranges, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page, requests, complaints = context.new_page(), [], []
    page.on("request", lambda one: requests.append((one.url, one.headers.get("range"))))
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    home = f"http://127.0.0.1:{server.server_port}"
    page.goto(f"{home}/{quote(path.name)}")
    page.wait_for_selector("body[data-ready]", state="attached")
    page.evaluate("map_record.setView(map_record.mg.extent.getCenter(), 16, { animate: false })")
    expect(page.locator(".mg-label-parcels").first).to_be_visible()
    assert all(url.startswith((home, "blob:")) for url, _ in requests)
    assert any(url.endswith(".pmtiles") and told for url, told in requests)
    assert [one for one in complaints if "favicon" not in one] == []
    context.close()
    server.shutdown()
    server.server_close()


def test_a_folder_left_behind_is_told(offline, tiled):
    """The page without its files says what is missing, and goes on."""
    folder = tiled.with_suffix(".files")
    folder.rename(folder.with_name("gone"))
    with offline() as opened:
        page = opened.go(tiled)
        expect(page.locator(".mg-complaint")).to_contain_text("Hãy chép cả thư mục")


@pytest.mark.slow
def test_hostile_text_in_large_layers_is_shown_and_does_nothing(offline, monkeypatch, record: Record, tmp_path):
    """Payloads in the cells of tiles, in names, in a comparison: text stored is text shown."""
    monkeypatch.setattr("maps.webmap.drawing.FEATURES_MAX", 1)
    path = tmp_path / "map.html"
    write_map(hostile(record), path, "vi", None, Wishes(beside=hostile(record)))
    with offline() as opened:
        page = opened.go(path)
        page.locator(".mg-search-input").fill("7*7")
        expect(page.locator(".mg-result").first).to_be_visible()
        assert all(HOSTILE in one for one in texts(page, ".mg-result strong"))
        page.locator("[data-tool=compare]").click()
        assert texts(page, ".mg-badge span") == [HOSTILE, HOSTILE]
        assert page.title() != "owned"
        assert page.locator("img:not(.leaflet-image-layer), iframe, object, a[href]").count() == 0
        assert (opened.complaints, opened.requests) == ([], [path.as_uri()])


@pytest.mark.slow
def test_the_record_of_the_command_is_the_one_that_is_kept(planned: Workspace, tmp_path):
    """`mocgioi map` with and without a scenario, in both languages; layers that are not there are an error."""
    run = [sys.executable, "-m", "desk", "-p", str(planned.path)]
    for words in (
        ("map", "mo-rong"),
        ("map", "--layers", "yards,gates"),
        ("map", "mo-rong", "--lang", "en", "--layers", "gates"),
    ):
        done = subprocess.run(
            [*run, *words, "--out", str(tmp_path / "m.html")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert kept_record(planned, "mo-rong").scenario == "mo-rong"
    done = subprocess.run(
        [*run, "map", "--layers", "projects", "--out", str(tmp_path / "n.html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert not (tmp_path / "n.html").exists()
