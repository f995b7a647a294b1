"""Fixtures of the maps: Records of the small project, and a browser with the network off."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from geopandas import GeoDataFrame
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright
from shapely import LineString, Point

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from maps.webmap.page import Page, map_page, write_map
from planning import scenario
from planning.edits import AddUnits, CutPolygon, Feature
from planning.effect import analyse
from planning.record import Record


def with_scenario(workspace: Workspace) -> Workspace:
    """Return the project with a road and the scenario ``mo-rong``: a commune comes in, a corner goes out."""
    west, south = ORIGIN_EASTING, ORIGIN_NORTHING
    road = LineString([(west, south + 250), (west + 600, south + 250)])
    kinds = {"code": ["D1"], "name": ["Đường 1"], "kind": ["đường bộ"]}
    workspace = workspace.write({"infrastructure": GeoDataFrame(kinds, geometry=[road], crs=workspace.crs)})
    corner = Point(west, south + 500).buffer(150)
    edits = (AddUnits(("d",), "2009-04-01"), CutPolygon((Feature(corner),)))
    scenario.add(workspace, scenario.Scenario("mo-rong", edits, reason="Mở rộng về phía đông"))
    return workspace


@pytest.fixture
def planned(project: Workspace) -> Workspace:
    """Return the small project with its scenario."""
    return with_scenario(project)


@pytest.fixture(scope="session")
def record(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Return the Record of a scenario on the small project, with every layer."""
    folder = shutil.copytree(project_template, tmp_path_factory.mktemp("ban-do") / "du-an")
    return analyse(with_scenario(Workspace.open(folder)), "mo-rong")


@pytest.fixture(scope="session")
def page_of_record(record: Record) -> Page:
    """Return the map of that Record, in Vietnamese."""
    return map_page(record)


@pytest.fixture(scope="session")
def map_file(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the map of that Record once; nobody changes the file."""
    path = tmp_path_factory.mktemp("trang") / "bản đồ.html"
    write_map(record, path)
    return path


@pytest.fixture(scope="session")
def bare_record(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Return the Record of a project that holds a zone and nothing else."""
    zone = Workspace.open(project_template).read("zone")
    workspace = Workspace.create(tmp_path_factory.mktemp("trong") / "du-an", "Chỉ có ranh giới", "EPSG:9215")
    workspace = workspace.write({"zone": zone[["name", "geometry"]]})
    hole = zone.geometry.iloc[0].centroid.buffer(50)
    scenario.add(workspace, scenario.Scenario("cat", (CutPolygon((Feature(hole),)),)))
    return analyse(workspace, "cat")


@dataclass
class Opened:
    """A page and what went wrong or out of it."""

    page: BrowserPage
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, path: Path, fragment: str = "") -> BrowserPage:
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("body[data-ready]", state="attached")
        self.page.wait_for_selector(".mg-legend-row", state="attached")
        self.page.evaluate("document.fonts.ready.then(() => true)")  # a late font moves what is to be clicked
        return self.page


# Every window would get two pages for its address bar, which nobody sees, and a process in store for the next page:
# more than half of the processor time of opening a map. Pages are painted when they are there, as Playwright has it.
_UNSEEN = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,PaintHolding"


@pytest.fixture(scope="session")
def browser(chromium: str):
    with sync_playwright() as playwright:
        switches = ["--no-sandbox", f"--disable-features={_UNSEEN}"]
        opened = playwright.chromium.launch(executable_path=chromium, args=switches)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def offline(browser) -> Callable[..., AbstractContextManager[Opened]]:
    """Return how to open a page with the network off; what goes wrong or out of it is collected."""

    @contextmanager
    def opened_in(width: int = 1280, height: int = 800, **options: Any) -> Iterator[Opened]:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        opened = Opened(context.new_page())
        page, complaints = opened.page, opened.complaints
        page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda one: opened.requests.append(one.url))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        yield opened
        context.close()

    return opened_in
