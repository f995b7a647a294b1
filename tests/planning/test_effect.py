"""The effect of a scenario: areas counted by hand, tables that close, *no data* that is never zero."""

import numpy as np
import pytest
from shapely import box

from gis.measure import to_mm2
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.analysis_json import as_json
from planning.current import analyse_and_keep, current_record, kept_record, up_to_date_record
from planning.edits import AddUnits, CutPolygon, Edit, Feature, RemoveUnits
from planning.effect import analyse
from planning.errors import FactUnknown, RecordMissing
from planning.footing import edits_sha256
from planning.record import Record
from planning.scenario import Scenario

DAY = "2009-04-01"
HA = 10_000.0


def record_of(project: Workspace, *edits: Edit) -> Record:
    scenarios.add(project, Scenario("x", edits))
    return analyse(project, "x")


def test_areas_of_the_zone_are_those_counted_on_the_drawing(record: Record) -> None:
    """16 ha, five more, none less; the declared 15 ha and the difference stand beside it."""
    expected = {"base": 16, "proposed": 21, "kept": 16, "added": 5, "removed": 0, "net": 5, "gross": 5}
    assert {name: record.value(f"area_m2.{name}") / HA for name in expected} == expected
    assert record.value("zone.declared_area_m2") == 15 * HA
    assert record.value("zone.drawn_less_declared_m2") == 1 * HA
    assert record.value("share_of_declared.gross") == pytest.approx(5 / 15)
    assert record.value("area_m2.residual.proposed") == 0.0


@pytest.mark.parametrize(
    ("table", "key", "areas", "state"),
    [
        # unit, base, proposed, kept, added, removed in ha
        ("by.admin_units@2009-04-01", "a", (9, 9, 9, 9, 0, 0), "inside"),
        ("by.admin_units@2009-04-01", "b", (9, 3, 3, 3, 0, 0), "crossed"),
        # The end of the old line, known to 5 m, reaches into the corner of d and of g.
        ("by.admin_units@2009-04-01", "d", (6, 1, 6, 1, 5, 0), "undecidable"),
        ("by.admin_units@2025-07-01", "a", (18, 12, 12, 12, 0, 0), "crossed"),
        ("by.functional_areas", "g", (4, 4, 4, 4, 0, 0), "undecidable"),
        ("by.land_use", "ONT", (8, 4, 8, 4, 4, 0), "undecidable"),
        ("by.land_use", "–", (4, 2, 3, 2, 1, 0), "crossed"),
    ],
)
def test_rows_are_those_counted_on_the_drawing(
    record: Record, table: str, key: str, areas: tuple[int, ...], state: str
) -> None:
    """Every area of a unit, and its state against the proposed line."""
    columns = ("unit_m2", "base_m2", "proposed_m2", "kept_m2", "added_m2", "removed_m2")
    assert tuple(record.value(f"{table}[{key}].{column}") / HA for column in columns) == areas
    assert record.value(f"{table}[{key}].state_proposed") == state


def test_overlapping_constraints_are_counted_once_net_and_twice_gross(record: Record) -> None:
    """Two forests of 4 ha share 2 ha: 6 ha net, 8 ha gross."""
    row = record.tables["by.constraints"].row("rừng phòng hộ")
    assert (row["unit_m2"], row["gross_m2"]) == (6 * HA, 8 * HA)
    assert record.value("by.constraints.gross_m2") == 8 * HA


def test_every_table_closes(record: Record) -> None:
    """Rows, total and residual fit to the square millimetre."""
    for name, table in record.tables.items():
        if not name.startswith("by."):
            continue
        for region in ("base", "proposed", "kept", "added", "removed"):
            total = to_mm2(table.frame[f"{region}_m2"]).sum()
            assert total == to_mm2(record.value(f"{name}.total.{region}_m2"))
            assert total + to_mm2(record.value(f"{name}.residual_m2.{region}")) == to_mm2(
                record.value(f"area_m2.{region}")
            )
    assert record.value("by.admin_units@2009-04-01.residual_m2.base") == 0.0
    assert record.value("by.functional_areas.residual_m2.base") == 8 * HA


def test_a_stretch_along_parcel_edges_is_exact_whatever_the_accuracy(record: Record) -> None:
    """The line runs along communes there, so whole communes are inside although the line is known to 5 m only."""
    assert record.value("by.admin_units@2009-04-01[a].share_proposed_min") == 1.0


def test_parcels_yards_and_gates_are_told(record: Record) -> None:
    """Six parcels by state; the yard stays cut in half; a gate comes in."""
    counts = {
        name: record.value(f"parcels.{name}") for name in ("count", "inside", "outside", "crossed", "undecidable")
    }
    assert counts["count"] == sum(counts[name] for name in counts if name != "count") == 6
    yard = as_json(record)["yards"][0]
    assert (yard["state_base"], yard["share_proposed"]) == ("crossed", 0.5)
    assert yard["nearest_gate"] == "Cửa khẩu Hai"
    assert yard["gate_distance_m"] == pytest.approx(np.hypot(50, 150), abs=0.001)
    assert record.value("gates[G1].state_proposed") == "inside"
    assert record.value("gates[G2].state_base") == "outside"
    assert record.value("gates[G2].state_proposed") == "inside"


def test_owners_are_in_no_record(record: Record) -> None:
    """Personal fields stay behind."""
    everything = [*record.tables["parcels"].frame.columns, *record.geometry["parcels"].columns]
    assert "owner" not in everything
    assert not record.tables["parcels"].frame.isin(["Người minh họa"]).any(axis=None)


def test_missing_layers_are_no_data(planned: Workspace) -> None:
    """A layer that is not there is listed; its facts are null, not zero."""
    for layer in ("parcels", "yards", "constraints", "gates", "functional_areas"):
        planned.file_of(layer).unlink()
    answer = as_json(analyse(planned, "x"))
    assert set(answer["no_data"]) == {"parcels", "yards", "constraints", "gates", "functional_areas"}
    assert answer["parcels"] == dict.fromkeys(("count", "inside", "outside", "crossed", "undecidable"))
    assert answer["by"]["constraints"]["rows"] == answer["yards"] == answer["gates"] == []
    assert answer["by"]["constraints"]["residual_m2"]["base"] is None


def test_replanned_layers_are_measured_on_both_sides(project: Workspace) -> None:
    """Half of functional area f is cut away: 4 ha before, 2 after, 2 removed, though the zone stays."""
    left = Feature(project.read("functional_areas").geometry[0].buffer(0).intersection(_left_half(project)))
    record = record_of(project, CutPolygon((left,), target="functional_areas"))
    row = record.tables["by.functional_areas"].row("f")
    assert [row[name] / HA for name in ("unit_m2", "base_m2", "proposed_m2", "kept_m2", "removed_m2")] == [
        2,
        4,
        2,
        2,
        2,
    ]
    assert record.value("area_m2.gross") == 0.0


def _left_half(project: Workspace) -> object:
    west, south, east, north = project.read("functional_areas").geometry[0].bounds
    return box(west, south, (west + east) / 2, north)


def test_a_record_is_read_back_with_the_same_identity(planned: Workspace, record: Record) -> None:
    """Content, not time or place, makes the id; every fact and shape comes back."""
    with pytest.raises(RecordMissing, match="analyse"):
        kept_record(planned, "x")
    assert current_record(planned, "x") is None
    computed = analyse_and_keep(planned, "x")
    again = kept_record(planned, "x")
    assert again.id == computed.id == record.id
    assert {**again.facts} == {**computed.facts}
    assert again.geometry.keys() == computed.geometry.keys()
    assert as_json(again) == as_json(computed)


def test_one_changed_attribute_is_another_record(planned: Workspace, record: Record) -> None:
    """The inputs are in the chain."""
    changed = planned.write({"parcels": planned.read("parcels").assign(owner="Người khác")})
    assert analyse(changed, "x").id != record.id


def test_keys_that_name_nothing_are_told(record: Record) -> None:
    """An unknown fact is an error, not None."""
    for key in ("area_m2.total", "by.land_use[XXX].base_m2", "by.land_use[ONT].colour", "nowhere[a].b"):
        with pytest.raises(FactUnknown):
            record.fact(key)


def test_every_fact_says_how_it_was_made(record: Record) -> None:
    """Scalars and columns carry a unit and their making."""
    assert all(fact.unit and fact.how for fact in record.facts.values())
    for table in record.tables.values():
        assert list(table.frame.columns) == list(table.columns)
        assert table.frame["key"].is_unique
        assert all(column.unit and column.how for column in table.columns.values())


def test_a_record_is_current_until_a_layer_or_an_edit_changes(analysed: Workspace, record: Record) -> None:
    """The edits are an input like the layers; a yard that moves makes the stored Record old."""
    assert record.inputs[-1].layer == "scenario/x"
    assert up_to_date_record(analysed, "x").stamp == record.stamp
    moved = analysed.write({"yards": analysed.read("yards").translate(1).to_frame("geometry").assign(code="y")})
    assert current_record(moved, "x") is None


def test_the_same_edits_have_the_same_identity(project: Workspace) -> None:
    """Another reason, unit or shape is another scenario."""
    edits = (AddUnits(("d",), DAY, "a"),)
    assert edits_sha256(edits) == edits_sha256((AddUnits(("d",), DAY, "a"),))
    assert (
        len(
            {edits_sha256((edit,)) for edit in (AddUnits(("d",), DAY), AddUnits(("c",), DAY), RemoveUnits(("d",), DAY))}
        )
        == 3
    )
