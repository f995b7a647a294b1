"""All clauses on the small project: one failing rule hides nothing, and every verdict says on what it stands."""

from dataclasses import replace

from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.analysis_json import as_json
from planning.current import kept_record
from planning.edits import AddUnits, CutPolygon, Feature, RemoveUnits
from planning.effect import analyse
from planning.errors import UnitUnknown
from planning.law import judgement
from planning.law.rules import RULES
from planning.record import Record
from planning.scenario import Scenario

DAY = "2009-04-01"


def record_of(project: Workspace, *edits) -> Record:
    scenarios.add(project, Scenario("x", edits or (AddUnits(("d",), DAY),)))
    return analyse(project, "x")


def test_every_clause_has_a_verdict_a_citation_and_a_confidence(record: Record):
    """63 rows, none because a rule failed; facts address the cells."""
    rows = as_json(record)["criteria"]
    assert len(rows) == 63
    wanted = {"verdict", "value", "threshold", "unit", "citation", "confidence", "note"}
    assert all(wanted <= set(row) and row["citation"] and row["confidence"] for row in rows)
    assert {row["verdict"] for row in rows} <= {"met", "not_met", "cannot_tell", "needs_input"}
    assert not [row["id"] for row in rows if "Không hỏi được" in row["note"]]
    assert record.fact("criteria[ZB-02].verdict").value == "not_met"
    value, threshold = record.fact("criteria[ZB-02].value"), record.fact("criteria[ZB-02].threshold")
    assert (value.value, value.unit, threshold.value, threshold.unit) == (50_000.0, "m2", 1_500.0, "m2")
    counts = {verdict: record.value(f"law.{verdict}") for verdict in ("met", "not_met", "cannot_tell", "needs_input")}
    assert sum(counts.values()) == 63


def test_one_failing_rule_does_not_hide_the_rest(project: Workspace, monkeypatch):
    """It becomes cannot tell, with the reason in both languages."""

    def broken(case, clause):
        raise ZeroDivisionError("hỏng")

    def refused(case, clause):
        raise UnitUnknown(unit="Q", vintage=DAY)

    wrong = {"size_and_gate": broken, "grounds": refused}
    rules = tuple(replace(rule, ask=wrong.get(rule.name, rule.ask)) for rule in RULES)
    monkeypatch.setattr(judgement, "RULES", rules)
    rows = {row["id"]: row for row in as_json(record_of(project))["criteria"]}
    assert (rows["ZB-08"]["verdict"], "ZeroDivisionError: hỏng" in rows["ZB-08"]["note"]) == ("cannot_tell", True)
    assert "Không có đơn vị hành chính “Q”" in rows["ZB-04"]["note"]
    assert "There is no administrative unit “Q”" in rows["ZB-04"]["note_en"]
    assert rows["ZB-02"]["verdict"] == "not_met"


def test_an_approximate_boundary_is_told_wherever_a_figure_rests_on_it(planned: Workspace, record: Record):
    """The status of the zone stands in the notes; an official line says nothing of the kind."""
    rows = {row["id"]: row for row in as_json(record)["criteria"]}
    assert "gần đúng" in rows["ZB-02"]["note"]
    assert "gần đúng" not in rows["LD-15"]["note"]
    official = planned.write({"zone": planned.read("zone").assign(status="official")})
    assert "gần đúng" not in as_json(analyse(official, "x"))["criteria"][1]["note"]


def test_without_an_accuracy_an_approximate_line_decides_no_threshold(project: Workspace):
    """Nobody knows how far it may be wrong; an official line is taken at its word."""
    zone = project.read("zone").assign(accuracy_m=None)
    project = project.write({"zone": zone})
    rows = {row["id"]: row for row in as_json(record_of(project))["criteria"]}
    assert (rows["ZB-02"]["verdict"], rows["ZB-02"]["value_max"]) == ("cannot_tell", None)
    assert "chưa ghi độ chính xác" in rows["ZB-02"]["note"]
    official = project.write({"zone": zone.assign(status="official")})
    exact = {row["id"]: row["verdict"] for row in as_json(analyse(official, "x"))["criteria"]}
    assert (exact["ZB-02"], exact["ZB-12"]) == ("not_met", "met")
    assert {rows[one]["verdict"] for one in ("ZB-12", "ZB-13")} == {"cannot_tell"}


def test_the_interval_is_accuracy_times_perimeter(record: Record):
    """Five cells come in: a line of 10 sides of 100 m, known to 5 m."""
    row = record.tables["criteria"].row("ZB-02")
    assert (row["value"], row["value_min"], row["value_max"]) == (50_000.0, 45_000.0, 55_000.0)


def test_districts_of_the_older_vintage_are_read(project: Workspace, record: Record):
    """Another district enters; of the same one nothing changes."""
    units = project.read("admin_units")
    other = units.assign(parent=units["parent"].where(units["code"] != "d", "Huyện Lộc Bình"))
    shape = units.geometry[(units["code"] == "d") & (units["valid_from"] == DAY)].iloc[0]
    without = RemoveUnits(("d",), DAY)
    assert record.value("criteria[ZB-12].verdict") == "met"
    changed = project.write({"admin_units": other})
    # d is in the zone with one cell already, which the line leaves at its corner: taking it out takes its district out
    scenarios.add(changed, Scenario("out", (without,)))
    row = analyse(changed, "out").tables["criteria"].row("ZB-12")
    assert (row["verdict"], "Huyện Lộc Bình" in row["note"]) == ("cannot_tell", True)
    assert shape.area == 60_000


def test_today_s_units_tell_former_districts_by_their_predecessors(project: Workspace):
    """Only units since the merger, with the codes of a unit of one former district and of one of another."""
    units = project.read("admin_units")
    now = units[units["valid_from"] == "2025-07-01"].assign(code=["06184", "06541", "06211"])
    record = record_of(project.write({"admin_units": now}), AddUnits(("06541",), "2025-07-01"))
    note = record.value("criteria[ZB-12].note")
    assert "Huyện Lộc Bình" in note
    assert "danh sách huyện cũ" in note


def test_a_yard_that_leaves_is_told(project: Workspace):
    """The yard is cut out of the zone; it stands near a gate of no gate area, and its place is told before and after."""
    yard = project.read("yards").geometry.iloc[0]
    record = record_of(project, CutPolygon((Feature(yard.buffer(50)),)))
    row = record.tables["yards.recognition"].row("y")
    assert row["place_proposed"] == "met"  # a gate 158 m away
    assert record.value("criteria[YD-06].verdict") == "met"


def test_the_record_of_a_judgement_reads_back(analysed: Workspace, record: Record):
    """Rules, verdicts, units of rows and words survive the disk."""
    again = kept_record(analysed, "x")
    assert (again.id, again.rules) == (record.id, record.rules)
    assert again.fact("criteria[ZB-03].value") == record.fact("criteria[ZB-03].value")
    assert as_json(again)["criteria"] == as_json(record)["criteria"]


def test_a_bare_project_needs_input_and_fails_nowhere(project: Workspace, tmp_path):
    """A zone and nothing else: no rule fails, none is met for want of data but those that ask for nothing."""
    bare = Workspace.create(tmp_path / "trong", "Trống", "EPSG:9215").write({"zone": project.read("zone")})
    hole = project.read("zone").geometry.iloc[0].centroid.buffer(10)
    scenarios.add(bare, Scenario("x", (CutPolygon((Feature(hole),)),)))
    rows = as_json(analyse(bare, "x"))["criteria"]
    assert not [row["id"] for row in rows if "Không hỏi được" in row["note"]]
    assert {row["id"] for row in rows if row["verdict"] == "met"} == {"ZB-02", "ZB-04", "ZB-05", "LD-06"}
