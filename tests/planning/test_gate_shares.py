"""Shares of the gates: as stated, by slots, and never given to another gate without a word."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from geopandas import GeoDataFrame

from layers.workspace import Workspace
from maps.yard_page import flow_page
from planning.errors import FlowInputsWrong
from planning.gate_shares import gate_shares
from planning.yard_flow import FlowInputs, yard_flow

SLOTS = {"Hữu Nghị": 30.0, "Tân Thanh": 10.0}
GATES = GeoDataFrame({"name": ["Hữu Nghị", "Tân Thanh", "Cốc Nam"], "code": ["CK1", "CK2", "CK3"]})


def test_by_slots_where_nobody_states_shares() -> None:
    """Then nobody says either how many come to gates without yards."""
    found = gate_shares(SLOTS, (), GATES)
    assert (found.served, found.unserved) == ({"Hữu Nghị": 0.75, "Tân Thanh": 0.25}, None)


@pytest.mark.parametrize(
    ("stated", "served", "unserved"),
    [
        ([("Hữu Nghị", 1), ("Tân Thanh", 3)], [0.25, 0.75], {}),
        ([("hữu  nghị", 1), ("CK2", 3)], [0.25, 0.75], {}),
        ([("Hữu Nghị", 0.5), ("CK1", 0.25), ("Tân Thanh", 0.25)], [0.75, 0.25], {}),
        ([("Hữu Nghị", 60), ("Cốc Nam", 40)], [0.6, None], {"Cốc Nam": 0.4}),
        ([("Hữu Nghi", 1), ("Tân Thanh", 1), ("Cốc Nam", 0)], [None, 0.5], {"Hữu Nghi": 0.5}),
        ([("Cốc Nam", 1)], [None, None], {"Cốc Nam": 1.0}),
    ],
)
def test_a_share_stays_with_its_gate(
    stated: Sequence[tuple[str, float]], served: list[float | None], unserved: dict[str, float]
) -> None:
    """By name or code; a gate without yards keeps its vehicles, one that is not stated is no data."""
    found = gate_shares(SLOTS, stated, GATES)
    assert (list(found.served.values()), found.unserved) == (served, unserved)


def test_the_model_tells_the_vehicles_that_it_does_not_send(project: Workspace) -> None:
    """Half of them come to a gate without yards: they are a fact and a line, and no queue elsewhere."""
    inputs = replace(FlowInputs.read(), vehicles_per_day=240.0)
    whole = yard_flow(project, inputs, runs=1)
    (gate,) = whole.tables["yards.flow_gates"].frame["key"]
    assert (whole.value("yards.flow.unserved"), whole.value(f"yards.flow_gates[{gate}].share")) == (None, 1.0)
    half = yard_flow(project, replace(inputs, gate_shares=((gate, 0.5), ("Cửa khẩu lạ", 0.5))), runs=1)
    assert half.value("yards.flow.unserved") == 120.0
    assert half.value("yards.flow.arrivals") == pytest.approx(whole.value("yards.flow.arrivals") / 2, rel=0.3)
    assert "  Cửa khẩu lạ: 50,00%, 120 xe một ngày" in flow_page(half, "vi")
    assert "  Cửa khẩu lạ: 50.00%, 120 vehicles a day" in flow_page(half, "en")
    none = yard_flow(project, replace(inputs, gate_shares=(("Cửa khẩu lạ", 1.0),)), runs=1)
    assert none.value(f"yards.flow_gates[{gate}].share") is None
    assert none.value(f"yards.flow_gates[{gate}].arrivals") is None
    assert [none.value(f"yards.flow.{one}") for one in ("arrivals", "waiting_most")] == [None, None]
    assert none.tables["yards.flow"].frame["parked_most"].isna().all()
    page = flow_page(none, "vi")
    assert f"  {gate}" in page[page.index(next(one for one in page if "nhưng không nêu" in one)) :]


def test_shares_that_are_all_zero_are_refused(tmp_path) -> None:
    """Nobody would come anywhere."""
    file = tmp_path / "luu-luong.toml"
    file.write_text("[gates]\nvalue = {a = 0}", encoding="utf-8")
    with pytest.raises(FlowInputsWrong):
        FlowInputs.read(file)
