"""Fixtures of all tests: a small project drawn as text, real data where it is there, tools that CI must have."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from geopandas import GeoDataFrame, points_from_xy
from hypothesis import settings

from gis.formats.limits import LIMITS
from gis.formats.reader import Reader
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.workspace import Workspace

# The machines are shared: an example that is slow today proves nothing.
settings.register_profile("mocgioi", deadline=None)
settings.load_profile("mocgioi")

IN_CI = os.environ.get("CI") == "true"


def missing(what: str) -> None:
    """Skip on a user's machine; in CI a tool that is missing is a failure."""
    if IN_CI:
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session", autouse=True)
def reading_processes() -> Iterator[None]:
    """Keep one reading process a driver for all tests: starting one costs half a second of a processor.

    A reader with limits of its own starts its own.
    """
    shared, kept = Reader(), pytest.MonkeyPatch()
    enter, leave = Reader.__enter__, Reader.__exit__

    def entered(reader: Reader) -> Reader:
        if reader.limits == LIMITS:
            reader._children = shared._children
        return enter(reader)

    def left(reader: Reader, *error: Any) -> None:
        if reader._children is not shared._children:
            leave(reader, *error)

    kept.setattr(Reader, "__enter__", entered)
    kept.setattr(Reader, "__exit__", left)
    yield
    kept.undo()
    leave(shared, None, None, None)


@pytest.fixture(scope="session")
def testdata() -> Path:
    """Folder of real files; see CONTRIBUTING."""
    folder = os.environ.get("MOCGIOI_TESTDATA")
    if not folder:
        pytest.skip("MOCGIOI_TESTDATA is not set")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium or Chrome browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        missing("Chromium")
    return str(found)


@pytest.fixture(scope="session")
def full_bars() -> bool:
    """Whether the long bars run in full (`make bars`) or as a seeded sample."""
    return os.environ.get("MOCGIOI_BARS") == "full"


@pytest.fixture(scope="session")
def iconv() -> str:
    """Path of an iconv that knows TCVN; that of some systems does not."""
    found = shutil.which("iconv")
    if found is None or subprocess.run([found, "-f", "TCVN"], input=b"", capture_output=True, check=False).returncode:
        missing("iconv with TCVN")
    return str(found)


COMMUNES = """
    aaabbb
    aaabbb
    aaabbb
    cccddd
    cccddd
"""
ZONE = """
    zzzz..
    zzzz..
    zzzz..
    zzzz..
    ......
"""
AREAS = """
    ff....
    ff....
    ..gg..
    ..gg..
    ......
"""


@pytest.fixture(scope="session")
def project_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small project once."""
    return drawn_project(tmp_path_factory.mktemp("mau") / "du-an").path


@pytest.fixture
def project(project_template: Path, tmp_path: Path) -> Workspace:
    """Return a project of 4 communes (two vintages), a zone of 4 × 4 cells of 100 m, and every layer that is asked."""
    return Workspace.open(shutil.copytree(project_template, tmp_path / "du-an"))


def drawn_project(folder: Path) -> Workspace:
    """Make the small project in `folder`."""
    cell = {"cell_m": 100.0}
    communes = drawn(COMMUNES, key="code", **cell)
    before = communes.assign(
        name=["An", "Bình", "Cao Lộc", "Đồng Đăng"], parent="Huyện Cao Lộc", valid_from="2009-04-01"
    )
    now = communes.dissolve(by=["x", "x", "c", "d"]).reset_index(drop=True)
    now = now.assign(code=["c", "d", "a"], name=["Cao Lộc", "Đồng Đăng", "An Bình"], valid_from="2025-07-01")
    parcels = drawn("aabbcc\naabbcc\nddeeff\nddeeff", key="parcel_no", **cell)
    parcels = parcels.assign(
        commune="a",
        sheet_no="1",
        land_use=["ONT", "LUC", "LUC", "CLN", None, "ONT"],
        owner="Người minh họa",
        measured_area_m2=40_000.0,
    )
    constraints = drawn("kk....\nkk....\n......\n......\n......", key="code", **cell)
    overlapping = drawn(".mm...\n.mm...\n......\n......\n......", key="code", **cell)
    constraints = concat(constraints, overlapping).assign(kind="rừng phòng hộ", name=["K", "M"])
    gates = GeoDataFrame(
        {"code": ["G1", "G2"], "name": ["Cửa khẩu Một", "Cửa khẩu Hai"], "kind": "phụ"},
        geometry=points_from_xy(
            [ORIGIN_EASTING + 50, ORIGIN_EASTING + 550], [ORIGIN_NORTHING + 450, ORIGIN_NORTHING + 50]
        ),
        crs="EPSG:9215",
    )
    workspace = Workspace.create(
        folder, "Khu minh họa", "EPSG:9215", notice="Dữ liệu minh họa, không có giá trị pháp lý"
    )
    return workspace.write(
        {
            "zone": drawn(ZONE, **cell).assign(
                name="Khu minh họa", declared_area_ha=15.0, status="approximate", accuracy_m=5.0
            ),
            "admin_units": concat(before, now),
            "functional_areas": drawn(AREAS, key="code", **cell).assign(name=["Phi thuế quan", "Trung chuyển"]),
            "parcels": parcels,
            "constraints": constraints,
            "yards": drawn("......\n......\n...yy.\n......\n......", key="code", **cell).assign(
                name="Bãi Y", operator="Công ty Y"
            ),
            "gates": gates,
        }
    )


def concat(*frames: GeoDataFrame) -> GeoDataFrame:
    """Return the rows of all frames as one."""
    return GeoDataFrame(pd.concat(frames, ignore_index=True), crs=frames[0].crs)
