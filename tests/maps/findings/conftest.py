"""A report with findings of many kinds, some with text that tries to be more than text."""

import pytest
import shapely

from layers.report import Report
from layers.testing import parcels
from layers.validate import check
from layers.workspace import Workspace

HOSTILE = '=HYPERLINK("http://x","{{7*7}}")'


@pytest.fixture
def report(project: Workspace) -> Report:
    """Return findings of geometry, coverage, attributes and agreement."""
    frame = parcels(
        "aabb\naa.b\nccbb",
        land_use=["ONT", HOSTILE, "odt"],
        measured_area_m2=[50_000.0, 60_000.0, None],
        handover_date=["2099-01-01", None, None],
    )
    frame.loc[2, "geometry"] = frame.geometry[2].union(shapely.box(440_200, 2_420_000, 440_210, 2_420_100))
    road = parcels("r").assign(code="QL", kind="national_road_area", geometry=shapely.box(0, 0, 1, 1))
    return check(project, ["parcels"], rows={"parcels": frame, "infrastructure": road}, today="2026-11-22")
