"""Recognition of yards by customs: what a scenario breaks is told, whatever it changes and wherever one looks."""

import json
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame

from desk.cli.app import main
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.workspace import Workspace
from maps.index.page import Card, index_page
from maps.webmap.page import map_page
from maps.workbook import write_workbook
from maps.yard_page import page
from maps.yard_recognition import recognition_lines
from planning import scenario as scenarios
from planning.analysis_json import as_json
from planning.edits import AddPolygon, CutPolygon, Feature
from planning.effect import analyse
from planning.law.yard_recognition import AT_RISK, CHANGES, GAINED, KEPT, LOST, _worse
from planning.record import Record
from planning.scenario import Scenario
from planning.yard_answer import as_json as yards_as_json
from planning.yard_capacity import yard_capacity
from planning.yard_register import yard_register

FAR_M = 30_000.0


@pytest.fixture
def far(project: Workspace) -> Workspace:
    """Return the small project in a wide zone with three yards of one hectare each, its gates thirty kilometres away."""
    zone = project.read("zone")
    zone = zone.set_geometry(GeoDataFrame(geometry=[cell(-3, -3, 9, 8).geometry], crs=zone.crs).geometry)
    yards = drawn("......\n......\n.xyz..\n......\n......", key="code", cell_m=100.0)
    yards = yards.assign(
        name=["Bãi X", "Bãi Y", "Bãi Z"], operator=["Công ty Y"] * 3, kind=["bãi tập kết, kiểm tra hàng hóa"] * 3
    )
    gates = project.read("gates")
    return project.write({"zone": zone, "yards": yards, "gates": gates.set_geometry(gates.translate(FAR_M, 0.0))})


def told(workspace: Workspace, *edits: object) -> Record:
    scenarios.add(workspace, Scenario("x", tuple(edits)))
    return analyse(workspace, "x")


def cell(west: float, south: float, east: float, north: float, key: str | None = None) -> Feature:
    e, n = ORIGIN_EASTING, ORIGIN_NORTHING
    return Feature(shapely.box(e + west * 100, n + south * 100, e + east * 100, n + north * 100), key)


def changes(record: Record) -> dict[str, str]:
    return record.tables["yards.recognition"].frame.set_index("key")["recognition"].to_dict()


def test_the_register_tells_a_broken_recognition_first(far: Workspace) -> None:
    """On the page after nothing but the notice that data are invented, in JSON as a list of codes."""
    scenarios.add(far, Scenario("x", (CutPolygon((cell(-3, -3, 2.5, 8),)),)))
    record = yard_register(far, date(2026, 1, 1), scenario="x")
    lines = [line for line in page(record, "vi") if line and not line.startswith("***")]
    assert [line.split()[0] for line in lines[1:3]] == ["x", "y"]
    assert yards_as_json(record)["recognition_broken"] == ["x", "y"]
    assert "recognition_broken" not in yards_as_json(yard_capacity(far))


def test_land_that_leaves_breaks_the_yard_on_it(far: Workspace) -> None:
    """The new line runs through the middle of y, 50 m past x; z stays. No gate is near."""
    record = told(far, CutPolygon((cell(-3, -3, 2.5, 8),)))
    assert changes(record) == {"x": LOST, "y": LOST, "z": KEPT}
    assert record.value("yards.recognition.lost") == 2
    assert record.value("yards.recognition[x].gate_area_m") > 29_000
    assert record.value("criteria[YD-06].verdict") == "not_met"


def test_a_line_within_its_accuracy_leaves_it_open(far: Workspace) -> None:
    """The zone is known to 5 m: a line 3 m from two yards puts both at risk."""
    record = told(far, CutPolygon((cell(-3, -3, 2.03, 8),)))
    assert changes(record) == {"x": AT_RISK, "y": AT_RISK, "z": KEPT}


def test_a_yard_that_is_cut_below_the_least_area_loses_it(far: Workspace) -> None:
    """Of 10,000 m² 4,900 are left: too small for a customs site, though its place is as it was."""
    record = told(far, CutPolygon((cell(1, 2, 1.51, 3),), target="yards"))
    row = record.tables["yards.recognition"].row("x")
    assert (row["recognition"], row["place_proposed"], row["size_base"]) == (LOST, "met", "met")
    assert (row["size_proposed"], row["least_area_m2"]) == ("not_met", 5_000.0)


def test_given_up_and_new_yards_are_no_loss(far: Workspace) -> None:
    """A plan that ends a yard breaks no recognition; the criterion agrees."""
    gone = CutPolygon((cell(1, 2, 2, 3),), target="yards")
    new = AddPolygon((cell(0, 1, 1, 2, "n"),), target="yards")
    record = told(far, gone, new)
    assert changes(record) == {"x": "closed", "y": KEPT, "z": KEPT, "n": "new"}
    assert record.value("criteria[YD-06].verdict") == "met"


def test_land_that_comes_in_lets_a_yard_be_recognised(far: Workspace) -> None:
    """A yard out of the zone and far from every gate comes in."""
    yards = far.read("yards")
    yards = yards.set_geometry(yards.translate(800.0, 0.0))
    record = told(far.write({"yards": yards}), AddPolygon((cell(9, -3, 11.5, 8),)))
    assert changes(record) == {"x": GAINED, "y": GAINED, "z": "not_recognised"}


def test_near_a_gate_a_yard_may_leave(project: Workspace) -> None:
    """158 m from a gate the zone does not matter."""
    project = project.write({"yards": project.read("yards").assign(kind="bãi tập kết")})
    record = told(project, CutPolygon((cell(2, 0, 6, 5),)))
    assert changes(record) == {"y": KEPT}


def test_two_demands_are_as_good_as_the_worse() -> None:
    """As all_of does for one yard."""
    every = ["met", "not_met", "cannot_tell", "needs_input"]
    first, second = (np.array(side, dtype=object) for side in zip(*[(a, b) for a in every for b in every], strict=True))
    order = ["not_met", "needs_input", "cannot_tell", "met"]
    assert _worse(first, second).tolist() == [min(pair, key=order.index) for pair in zip(first, second, strict=True)]


@pytest.mark.slow
def test_every_output_tells_it(far: Workspace, tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON, terminal, map, workbook and front page name the yard that is lost."""
    record = told(far, CutPolygon((cell(-3, -3, 1.5, 8),)))
    answer = as_json(record)["yards_recognition"]
    assert (answer["lost"], answer["at_risk"], answer["gained"]) == (1, 0, 0)
    assert answer["rows"][0]["recognition"] == LOST
    (line,) = recognition_lines(record, "vi")
    assert line.startswith("x Bãi X: mất điều kiện công nhận. Vị trí: đạt → không đạt, cách khu vực cửa khẩu 29.")
    page = map_page(record, "vi").html
    for text in ("bãi mất điều kiện hải quan công nhận", "yards.recognition.lost", "yards.recognition[x].recognition"):
        assert json.dumps(text, ensure_ascii=True)[1:-1] in page or text in page
    assert "mất điều kiện công nhận" in index_page("P", "", [Card(record, "a", "b")], "vi")
    write_workbook(record, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    cells = [cell for row in book["Công nhận bến bãi (hải quan)"].iter_rows(values_only=True) for cell in row]
    assert "mất điều kiện công nhận" in cells
    with pytest.raises(SystemExit) as end:
        main(["-p", str(far.path), "--lang", "en", "analyse", "x"])
    assert end.value.code == 0
    assert "x Bãi X: loses its recognition." in " ".join(capsys.readouterr().out.split())


def test_no_yard_that_loses_says_nothing(project: Workspace) -> None:
    """No warning without a reason; without yards there is no table and no fact."""
    record = told(project, CutPolygon((cell(5, 0, 6, 1),)))
    assert list(recognition_lines(record, "vi")) == []
    yards = GeoDataFrame(project.read("yards").iloc[:0])
    assert set(changes(record).values()) <= set(CHANGES)
    assert pd.isna(yards["code"]).sum() == 0
