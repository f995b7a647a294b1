"""The model of flow: seeded, plain about what it rests on, and right where the answer is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from layers.workspace import Workspace
from maps.yard_page import flow_page
from planning.errors import FlowInputsWrong
from planning.yard_flow import FlowInputs, simulate, yard_flow

EVEN = FlowInputs(vehicles_per_day=240, hourly=(1.0,) * 24, stay_hours=5.0, stay_spread=0.0, usable=1.0)


def test_with_room_for_all_nobody_waits() -> None:
    """Ten an hour that stay five hours are fifty (Little's law); with a hundred slots nobody waits."""
    day = simulate([60, 40], 240, EVEN, seed=1, runs=12)
    assert day.parked.mean() == pytest.approx(50, abs=4)
    assert day.arrivals.sum() == pytest.approx(240, abs=15)
    assert (day.waiting_worst, day.overflow_hours) == (0, 0.0)
    assert day.parked_most[0] / 60 == pytest.approx(day.parked_most[1] / 40, abs=0.1)


def test_too_few_slots_fill_and_the_queue_grows() -> None:
    """Twenty slots let four an hour go: of ten that come six stay on the road, hour after hour."""
    day = simulate([20], 240, EVEN, seed=1, runs=4)
    assert (day.parked == 20).all()
    assert np.diff(day.waiting).mean() == pytest.approx(6, abs=1)
    assert day.overflow_hours == pytest.approx(day.waiting.sum())


def test_no_slot_is_taken_twice_and_no_vehicle_is_lost() -> None:
    """Parked never exceeds the slots; a gate without slots has everybody waiting."""
    day = simulate([7, 0, 3], 300, replace(EVEN, stay_spread=0.8), seed=3, runs=3)
    assert day.parked.max() <= 10
    assert (day.parked_most <= [7, 0, 3]).all()
    nothing = simulate([0], 24, EVEN, seed=3, runs=1)
    assert nothing.parked.max() == 0
    assert nothing.waiting[-1] >= nothing.arrivals.sum()


def test_the_same_seed_is_the_same_answer(project: Workspace) -> None:
    """Bit for bit; another seed is another day."""
    first, again = (yard_flow(project, EVEN, seed=5, runs=2) for _ in range(2))
    assert first.id == again.id
    assert yard_flow(project, EVEN, seed=6, runs=2).id != first.id
    assert first.value("yards.flow.slots") > 0


def test_inputs_and_sensitivity_are_told(project: Workspace) -> None:
    """What is assumed says so; more arrivals or fewer slots never shorten the queue of an overfull yard."""
    shipped = FlowInputs.read()
    record = yard_flow(project, replace(shipped, vehicles_per_day=400.0), runs=2)
    assert record.value("yards.flow_inputs[stay_hours].confidence") == "assumption"
    assert record.value("yards.flow_inputs[vehicles_per_day].confidence") == "quoted-secondary"
    waits = record.tables["yards.flow_sensitivity"].frame.set_index("key")["waiting_most"]
    assert waits["arrivals × 1.2"] > waits["as_stated × 1"] > waits["arrivals × 0.8"]
    assert waits["slots × 0.8"] > waits["slots × 1.2"]
    told = flow_page(record, "vi")
    assert told[0] == told[-1] == "MÔ HÌNH để so sánh, không phải dự báo."


def test_inputs_come_from_a_file_over_the_shipped_ones(tmp_path: Path) -> None:
    """Counts of one's own; nonsense is refused with the file's name."""
    file = tmp_path / "luu-luong.toml"
    file.write_text(
        '[vehicles_per_day]\nvalue = 90\nsource = "đếm xe"\nconfidence = "quoted-primary"\n', encoding="utf-8"
    )
    inputs = FlowInputs.read(file)
    assert (inputs.vehicles_per_day, inputs.stay_hours) == (90.0, FlowInputs.read().stay_hours)
    assert ("vehicles_per_day", "đếm xe", "quoted-primary") in inputs.sources
    for text in ("[hourly]\nvalue = [1, 2]", "[usable]\nvalue = 1.5", "[stay_hours]\nvalue = -1", "x =", "usable = 3"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(FlowInputsWrong):
            FlowInputs.read(file)
