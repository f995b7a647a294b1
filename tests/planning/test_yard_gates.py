"""The gate of a yard whose layer leaves it blank, or names one that the layer of gates lacks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from geopandas import GeoDataFrame
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.workspace import Workspace
from maps.yard_page import flow_page
from planning.cadastre import NO_VALUE
from planning.context import Context
from planning.proposal import established
from planning.yard_flow import FlowInputs, yard_flow
from planning.yard_gates import served_gates
from planning.yard_register import yard_register

STATED = {"u": "  ", "v": None, "x": "", "y": "?", "z": "Cửa khẩu lạ"}
BLANK, UNKNOWN = ("u", "v", "x"), ("y", "z")
NEAREST = "Cửa khẩu Một"
FEW = replace(FlowInputs.read(), vehicles_per_day=200.0)


@pytest.fixture
def port(project: Workspace) -> Workspace:
    """Return the small project with five yards: three state no gate, two state one that the layer of gates lacks."""
    yards = drawn("uv....\nxx....\n...yy.\n......\nzz....", key="code", cell_m=100.0)
    return project.write({"yards": yards.assign(gate=list(STATED.values()), operator=["A", "", " ", None, "A"])})


def test_a_blank_gate_is_no_data_in_the_register(port: Workspace) -> None:
    """Spaces, an empty text and nothing are one and the same; so is an operator who is not stated."""
    register = yard_register(port, date(2026, 1, 1)).tables["yards.register"].frame.set_index("key")
    assert register.loc[[*BLANK], ["gate"]].isna().to_numpy().all()
    assert register.loc[[*UNKNOWN], "gate"].to_dict() == {key: STATED[key] for key in UNKNOWN}
    operators = yard_register(port, date(2026, 1, 1)).tables["yards.by_operator"].frame.set_index("key")
    assert operators["yards"].to_dict() == {"A": 2, NO_VALUE: 3}


def test_flow_sends_a_yard_without_a_gate_to_the_nearest(port: Workspace) -> None:
    """A gate that is stated and not known is none: its yard gets no vehicle, and is told with what is stated."""
    flow = yard_flow(port, FEW, runs=1)
    yards = flow.tables["yards.flow"].frame.set_index("key")
    assert yards["gate"].fillna("").to_dict() == {**dict.fromkeys(BLANK, NEAREST), **dict.fromkeys(UNKNOWN, "")}
    assert yards.loc[[*UNKNOWN], ["parked_most", "used"]].isna().to_numpy().all()
    assert flow.tables["yards.flow_gates"].frame["key"].tolist() == [NEAREST]
    assert flow.value("yards.flow.left_out") == len(UNKNOWN)
    slots = yards["slots"].sum()
    assert flow.value("yards.flow.slots") + flow.value("yards.flow.left_out_slots") == slots > 0
    for lang in ("vi", "en"):
        told = "\n".join(flow_page(flow, lang))
        assert all(f"  {key}: " in told and f"“{STATED[key]}”" in told for key in UNKNOWN)


def test_without_gates_what_is_stated_is_all_that_is_known(port: Workspace) -> None:
    """A blank gate is no data then; yards that state one keep it; that gates are missing is told."""
    gates = port.read("gates").iloc[:0]
    flow = yard_flow(port.write({"gates": gates}), FEW, runs=1)
    told = flow.tables["yards.flow"].frame.set_index("key")["gate"].fillna("")
    assert told.to_dict() == {**dict.fromkeys(BLANK, ""), **{key: STATED[key] for key in UNKNOWN}}
    assert "lớp bến bãi không ghi cửa khẩu" in "\n".join(flow_page(flow, "vi"))


def test_where_no_gate_is_known_there_is_no_answer(project: Workspace) -> None:
    """No vehicle was sent, so no queue is no answer: it is no data, never zero."""
    project.write({"yards": project.read("yards").assign(gate="?")})
    flow = yard_flow(project, FEW, runs=1)
    asked = ("arrivals", "waiting_most", "overflow_hours")
    assert [flow.value(f"yards.flow.{one}") for one in asked] == [None] * 3
    assert flow.tables["yards.flow_sensitivity"].frame["waiting_most"].isna().all()
    assert flow.value("yards.flow.left_out") == 1
    assert "không có số liệu" in "\n".join(flow_page(flow, "vi"))


def test_rows_that_did_not_come_through_a_layer_may_be_blank(port: Workspace) -> None:
    """A drawing of a scenario: blank is not stated, and then the distance to the nearest gate is known."""
    gates = Context(port, established(port)).gates
    yard = box(ORIGIN_EASTING, ORIGIN_NORTHING, ORIGIN_EASTING + 9, ORIGIN_NORTHING + 9)
    rows = GeoDataFrame({"gate": ["\u00a0", "?", " cửa khẩu  hai "]}, geometry=[yard] * 3, crs=port.crs)
    names, distances_m = served_gates(rows, gates)
    assert names.tolist() == [NEAREST, None, "Cửa khẩu Hai"]
    assert np.isnan(distances_m).tolist() == [False, True, False]


def test_without_a_layer_of_yards_nothing_is_counted(project: Workspace, tmp_path: Path) -> None:
    """No data, never zero: nobody says whether there are any."""
    bare = Workspace.create(tmp_path / "trong", "trống", "EPSG:9215").write({"zone": project.read("zone")})
    facts = {one.key: one.value for one in yard_register(bare, date(2026, 1, 1)).facts.values()}
    assert {key for key, value in facts.items() if value is not None} == {"yards.on", "yards.within_days"}
