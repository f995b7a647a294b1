"""The officer's map: findings of the check, idle and late land, each in its place and told by a click."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from playwright.sync_api import expect
from pyproj import Transformer

from gis.testing import drawn
from layers.report import last_findings, record
from layers.validate import check
from layers.workspace import Workspace
from maps.release import release_map
from maps.webmap.officer import findings_extra, idle_extra
from maps.webmap.settings import Wishes
from planning.idle_register import idle_register
from planning.inventory import inventory

ON = date(2025, 3, 20)


def event(feature: str, kind: str, day: date, value: str) -> dict[str, Any]:
    told = {"kind": kind, "day": day.isoformat(), "value": value, "document": "BB"}
    return {"layer": "projects", "feature": feature, **told}


@pytest.fixture
def estate(project: Workspace) -> Workspace:
    """Return the small project with two investments, one of them unused for years, and a yard without an area."""
    shapes = drawn("aabb..", key="code", cell_m=50)
    rows = GeoDataFrame(
        shapes.assign(name=["Kho A", "Kho B"], investor=["I", "J"], handover_date=["2023-01-31", "2024-06-01"])
    )
    happened = pd.DataFrame([event("a", "observation", date(2024, 6, 1), "để trống")])
    yards = project.read("yards").assign(licensed_area_m2=-1.0)
    return project.write({"projects": rows, "events": happened, "yards": yards})


def wishes_of(project: Workspace, lang: Any = "vi") -> Wishes:
    record(project.path, check(project))
    found = findings_extra(last_findings(project.path), lang)
    return Wishes(extras=(found, idle_extra(idle_register(project, ON), lang)))


def test_nobody_looked_is_not_no_finding() -> None:
    """A map without marks must not be read as data without faults."""
    (told,) = findings_extra(None, "vi").sections
    assert "không có nghĩa là không có lỗi" in told["blocks"][0]["parts"][0]["t"]
    assert findings_extra(None, "vi").layers == ()


def test_idle_land_has_the_looks_of_its_condition(estate: Workspace) -> None:
    """Met is told apart from not met; every cell is a fact of the register."""
    register = idle_register(estate, ON)
    (layer,) = idle_extra(register, "en").layers
    titles = [look["title"] for look in layer.content["themes"][0]["looks"]]
    assert titles[0] == "meets the time condition, an officer must check"
    for feature in layer.content["features"]:
        for (_, before, after), text in zip(layer.content["fields"], feature["v"], strict=True):
            assert register.fact(f"{before}{feature['k']}{after}") is not None
            assert text


def test_idle_parcels_have_their_place(estate: Workspace) -> None:
    """A parcel that was seen unused is drawn; defence land is none of them."""
    codes = ["a/1/b", "a/1/c"]
    seen = [{**event(code, "observation", date(2025, 1, 1), "bỏ hoang"), "layer": "parcels"} for code in codes]
    uses = [
        "CQP" if number == "c" else use
        for number, use in zip(*(estate.read("parcels")[one] for one in ("parcel_no", "land_use")), strict=True)
    ]
    project = estate.write(
        {
            "events": pd.concat([estate.read("events"), pd.DataFrame(seen)], ignore_index=True),
            "parcels": estate.read("parcels").assign(land_use=uses),
        }
    )
    (layer,) = idle_extra(idle_register(project, ON), "vi").layers
    assert {one["k"] for one in layer.content["features"]} == {"projects/a", "projects/b", "parcels/a/1/b"}


@pytest.mark.browser
def test_the_officer_sees_and_clicks(offline, estate: Workspace, tmp_path: Path) -> None:
    """Rows of the panel lead to the land, a dot tells what to do; the guard lets the map out."""
    path = tmp_path / "map.html"
    release_map(inventory(estate), estate, path, "vi", wishes_of(estate))
    with offline() as opened:
        page = opened.go(path)
        page.locator(".mg-go", has_text="Kho A").first.click()
        expect(page.locator(".mg-card-name")).to_have_text("Kho A")
        expect(page.locator(".mg-card td[data-fact='projects.idle[projects/a].met_on']")).to_have_text("31/01/2024")
        page.keyboard.press("Escape")
        key = page.evaluate("map_record.mg.layers.find((one) => one.data.id === 'findings').features[0].k")
        page.evaluate("(key) => MocGioi.showFeature(map_record, 'findings', key)", key)
        expect(page.locator(".mg-card td").nth(1)).to_contain_text(".")
        page.evaluate("MocGioi.showFeature(map_record, 'parcels', 'a/1/b')")
        assert page.locator(".mg-extract").get_attribute("title") == 'mocgioi parcel "a/1/b" --pdf trich-luc.pdf'
        page.evaluate(
            "() => { const layer = map_record.mg.layers.find((one) => one.data.id === 'parcels');"
            " layer.byKey.get('a/1/b').k = 'a\"; rm $(x)'; return MocGioi.showFeature(map_record, 'parcels', 'a/1/b'); }"
        )
        expect(page.locator(".mg-extract")).to_have_count(0)
        assert (opened.complaints, opened.requests) == ([], [path.as_uri()])


@pytest.mark.slow
@pytest.mark.browser
def test_many_findings_are_tiles(offline, estate: Workspace, tmp_path: Path, monkeypatch) -> None:
    """Dots of a large layer are drawn, and a click near one tells it."""
    monkeypatch.setattr("maps.webmap.drawing.FEATURES_MAX", 1)
    path = tmp_path / "map.html"
    release_map(inventory(estate, ("yards",)), estate, path, "vi", wishes_of(estate))
    found = last_findings(estate.path)
    dot = found[found["easting"].notna()].iloc[0]
    with offline() as opened:
        page = opened.go(path)
        assert page.evaluate("map_record.mg.layers.find((one) => one.data.id === 'findings').data.kind") == "P"
        lng, lat = Transformer.from_crs(found.crs, 4326, always_xy=True).transform(dot["easting"], dot["northing"])
        page.evaluate("(at) => map_record.setView(at, 17, { animate: false })", [lat, lng])
        expect(page.locator("canvas.mg-tiles").first).to_be_visible()
        told = page.evaluate(
            """async ([lat, lng]) => {
                const layer = map_record.mg.layers.find((one) => one.data.id === 'findings');
                return (await layer.find(L.latLng(lat, lng))).map((one) => [one.t, one.n]);
            }""",
            [lat, lng],
        )
        assert told
        assert all(kind == "P" for kind, _ in told)
        coloured = page.evaluate(
            """() => [...document.querySelectorAll('.leaflet-mg-58-pane canvas, canvas.mg-tiles')].some((one) => {
                const data = one.getContext('2d').getImageData(0, 0, one.width, one.height).data;
                return data.some((value, place) => place % 4 === 3 && value > 0);
            })"""
        )
        assert coloured
        assert opened.complaints == []
