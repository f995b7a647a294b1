"""Fixtures of all tests: a small project drawn as text, real data where it is there, tools that CI must have."""

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Matrices are small here: threads of the linear algebra would only wait for each other, beside those of the other workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pandas as pd
import pytest
from geopandas import GeoDataFrame, points_from_xy
from hypothesis import settings
from shapely import LineString, Point

from gis.formats.limits import LIMITS
from gis.formats.reader import Reader
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn, examples
from layers.workspace import Workspace

# The machines are shared: an example that is slow today proves nothing.
settings.register_profile("mocgioi", deadline=None, max_examples=examples(100))
settings.load_profile("mocgioi")

IN_CI = os.environ.get("CI") == "true"


def missing(what: str) -> None:
    """Skip on a user's machine; in CI a tool that is missing is a failure."""
    if IN_CI:
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"{what} is not on this machine")


def pytest_collection_finish() -> None:
    """Leave the program and the collected tests out of every later collection of garbage: they stay to the end."""
    gc.freeze()


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


OLD_COMMUNES = """
    aaabbb
    aaabbb
    aaabbb
    cccddd
    cccddd
"""
PARCELS = """
    112244
    113344
    555566
    778899
    778899
"""


@pytest.fixture(scope="session")
def land_office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the land office's project once."""
    return land_office_project(tmp_path_factory.mktemp("mau") / "dia-chinh").path


@pytest.fixture
def land_office(land_office_template: Path, tmp_path: Path) -> Workspace:
    """Return a project of four communes of 2009 merged into two in 2025, nine parcels, and what touches them."""
    return Workspace.open(shutil.copytree(land_office_template, tmp_path / "dia-chinh"))


def land_office_project(folder: Path) -> Workspace:
    """Make the land office's project: codes that mean other communes since 2025, names that occur twice."""
    cell = {"cell_m": 100.0}
    old = drawn(OLD_COMMUNES, key="code", **cell)
    new = old.dissolve(by=["x", "x", "y", "y"]).reset_index(drop=True)
    old = old.assign(
        code=["06184", "06208", "06166", "06136"],
        name=["Thị trấn Đồng Đăng", "Xã Thụy Hùng", "Xã Tân Thanh", "Xã Thụy Hùng"],
        parent=["Huyện Cao Lộc", "Huyện Cao Lộc", "Huyện Văn Lãng", "Huyện Văn Lãng"],
        valid_from="2009-04-01",
    )
    new = new.assign(
        code=["06184", "06166"],
        name=["Xã Đồng Đăng", "Xã Hoàng Văn Thụ"],
        parent="Tỉnh Lạng Sơn",
        valid_from="2025-07-01",
    )
    parcels = drawn(PARCELS, key="letter", **cell).drop(columns="letter")
    parcels = parcels.assign(
        commune=["06184", "06184", "06208", "06208", "06184", "06208", "06166", "06166", "06136"],
        sheet_no=["1", "1", "1", "1", "2", "1", "1", "1", "1"],
        parcel_no=["1", "2", "1", "2", "1", "3", "1", "2", "1"],
        valid_from="2009-04-01",
        measured_area_m2=[40_000.0, 20_000.0, 20_000.0, 40_000.0, 40_000.0, 20_000.0, 40_000.0, 40_000.0, 40_000.0],
        legal_area_m2=[39_000.0, 19_000.0, None, 40_000.0, 40_000.0, 20_000.0, 40_000.0, 40_000.0, 40_000.0],
        land_use=["ONT-C+CLN-P", "LUC", "CLN", "TMD", "LUC", "CQP", "BHK", "ONT*", "XYZ"],
        legal_use=["ONT", "LUC", "CLN", "TMD", "ONT", "CQP", "HNK", "ONT", "ONT"],
        planned_use=["ONT-C+CLN-P", "TMD", None, "TMD", "LUC", "CQP", "HNK", "ONT", "ONT"],
        owner=[f"Ông Nguyễn Minh Họa {n}" for n in range(8)] + ["Bà Trần Thử"],
        address="Số 1",
        owner_class=["hộ gia đình, cá nhân"] * 3 + ["tổ chức kinh tế"] * 3 + ["hộ gia đình, cá nhân"] * 3,
        national_id=[None] * 8 + ["VN-CHINH-THUC-9"],
        accuracy_m=0.07,
        document=["Giấy chứng nhận 1", *[None] * 8],
    )
    constraints = concat(
        drawn("......\nkkk...\nkkk...\n......\n......", key="code", **cell).assign(kind="rice_land", document="QĐ 1"),
        drawn("......\n.mm...\n.mm...\n......\n......", key="code", **cell).assign(kind="river_corridor"),
        drawn("......\n......\n......\n......\n.....q", key="code", **cell).assign(kind="defence"),
    )
    constraints = constraints.assign(name=["Lúa", "Suối", "Thao trường"], accuracy_m=[5.0, 0.0, 1.0])
    road = GeoDataFrame(
        {"code": ["D1", "T1"], "name": ["Đường 1", "Trạm 1"], "kind": ["national_road", "substation"]},
        geometry=[
            LineString([(ORIGIN_EASTING - 9, ORIGIN_NORTHING + 150), (ORIGIN_EASTING + 609, ORIGIN_NORTHING + 150)]),
            Point(ORIGIN_EASTING + 150, ORIGIN_NORTHING + 450),
        ],
        crs="EPSG:9215",
    )
    lines = {"parcel": "06184/1/1", "land_use": ["ONT", "CLN"], "role": ["main", "secondary"]}
    papers = {
        "layer": ["parcels", "constraints"],
        "feature": ["06184/1/1", "k"],
        "kind": ["giấy chứng nhận", "quyết định"],
    }
    workspace = Workspace.create(folder, "Địa chính minh họa", "EPSG:9215")
    return workspace.write(
        {
            "zone": drawn("zzzz..\nzzzz..\nzzzz..\n......\n......", **cell).assign(
                name="Khu minh họa", status="approximate", accuracy_m=5.0, document="QĐ 138"
            ),
            "admin_units": concat(old, new),
            "parcels": parcels,
            "parcel_uses": pd.DataFrame({**lines, "measured_area_m2": [10_000.0, 30_000.0], "legal_area_m2": None}),
            "papers": pd.DataFrame({**papers, "number": ["GCN-1", "12/QĐ"], "issued_on": ["2015-01-02", None]}),
            "constraints": constraints,
            "infrastructure": road,
        }
    )
