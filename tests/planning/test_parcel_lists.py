"""Lists of parcels: all of them, those that a scenario affects, those whose uses differ; sums that close."""

import numpy as np
import pytest
from shapely import box

from gis.measure import to_mm2
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.affected_parcels import CLOSING, affected_parcels
from planning.edits import AddPolygon, AddUnits, CutPolygon, Feature
from planning.effect import analyse
from planning.extract import extract
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import find
from planning.parcel_list import parcel_list
from planning.record import Record
from planning.use_register import use_register


def affected(workspace: Workspace, *edits: object, **wishes: bool) -> Record:
    scenarios.add(workspace, scenarios.Scenario("x", edits))  # type: ignore[arg-type]
    return affected_parcels(ParcelDesk.open(workspace, "x"), **wishes)


def test_a_list_tells_of_each_parcel_what_its_extract_tells(land_office: Workspace) -> None:
    """The same facts under the same keys."""
    desk = ParcelDesk.open(land_office)
    every = parcel_list(desk, with_defence=True)
    for key in every.tables["parcels"].frame["key"]:
        one = extract(desk, find(desk.cadastre, desk.communes, key).hits[0], with_defence=True)
        for column in one.tables["parcels"].columns:
            assert one.value(f"parcels[{key}].{column}") == every.value(f"parcels[{key}].{column}")
        for row in one.tables["parcels.layers"].frame["key"]:
            for column in ("state", "area_m2", "share_min", "share_max", "length_m", "name", "document"):
                fact = f"parcels.layers[{row}].{column}"
                assert one.value(fact) == every.value(fact)


def test_the_summary_counts_every_parcel_in_every_layer(land_office: Workspace) -> None:
    """Inside, outside, crossed, undecidable and no data are all of them; defence stays out and is counted."""
    record = parcel_list(ParcelDesk.open(land_office))
    by_layer = record.tables["parcels.by_layer"].frame
    states = ["inside", "outside", "crossed", "undecidable", "no_data"]
    assert (by_layer[states].sum(axis=1) == 8).all()
    assert (record.value("parcels.count"), record.value("withheld.parcels")) == (8, 1)
    assert record.value("withheld.parcels_m2") == 20_000.0
    row = by_layer[by_layer["layer"] == "constraints"].iloc[0]
    assert (row["crossed"], row["undecidable"], row["outside"]) == (3, 2, 3)
    assert "owner" not in record.tables["parcels"].columns
    assert "owner" in parcel_list(ParcelDesk.open(land_office), personal=True).tables["parcels"].columns


def test_a_layer_with_a_lost_shape_leaves_nobody_outside(land_office: Workspace) -> None:
    """The lost feature may touch anybody."""
    rows = land_office.read("constraints")
    rows.loc[0, "geometry"] = None
    record = parcel_list(ParcelDesk.open(land_office.write({"constraints": rows})))
    row = record.tables["parcels.by_layer"].frame.set_index("layer").loc["constraints"]
    assert (row["outside"], row["no_data"]) == (0, 5)
    states = record.tables["parcels"].frame["constraints_state"]
    assert not (states == "outside").any()


def test_what_a_scenario_does_is_listed_and_the_sums_close(land_office: Workspace) -> None:
    """One parcel comes in whole, one is cut, others are not even touched; land that is no parcel is told."""
    west, south, *_ = land_office.read("zone").total_bounds
    cut = box(west, south + 100, west + 50, south + 250)
    record = affected(land_office, AddUnits(("06136",), "2009-04-01"), CutPolygon((Feature(cut),)))
    rows = record.tables["parcels.affected"].frame.set_index("key")
    assert rows.loc["06136@2009-04-01/1/1", "effect"] == "added"
    assert rows.loc["06136@2009-04-01/1/1", "added_m2"] == 40_000.0
    assert rows.loc["06184@2009-04-01/1/1", "effect"] == "cut"
    assert "06208@2009-04-01/1/2" not in rows.index
    analysed = analyse(land_office, "x")
    for region in ("added", "removed"):
        assert record.value(f"area_m2.{region}") == analysed.value(f"area_m2.{region}")
        for by in ("owner_class", "land_use", "effect"):
            table = record.tables[f"parcels.by_{by}"].frame.set_index("key")[f"{region}_m2"]
            classes = table.drop(list(CLOSING))
            assert to_mm2(classes).sum() == to_mm2(table["=listed"])
            closing = sum(to_mm2(table[name]) for name in ("=listed", "=withheld", "=slivers", "=no_parcel"))
            assert closing == to_mm2(table["=zone"]) == to_mm2(record.value(f"area_m2.{region}"))


def test_land_that_is_no_parcel_is_told(land_office: Workspace) -> None:
    """A strip away from all parcels comes in: no parcel, and all of its area."""
    _, south, east, _ = land_office.read("parcels").total_bounds
    record = affected(land_office, AddPolygon((Feature(box(east + 20, south, east + 50, south + 100)),)))
    assert record.value("parcels.affected.count") == 0
    assert record.value("parcels.by_land_use[=no_parcel].added_m2") == 3_000.0


def test_defence_parcels_are_summed_but_not_listed(land_office: Workspace) -> None:
    """The table closes with them; asked for, they are rows."""
    edit = AddUnits(("06208",), "2009-04-01")
    record = affected(land_office, edit)
    assert record.value("parcels.by_land_use[=withheld].added_m2") == 20_000.0
    assert "CQP" not in record.tables["parcels.affected"].frame["land_use"].tolist()
    asked = affected_parcels(ParcelDesk.open(land_office, "x"), with_defence=True)
    assert "CQP" in asked.tables["parcels.affected"].frame["land_use"].tolist()
    assert asked.value("parcels.by_land_use[=withheld].added_m2") == 0.0


def test_a_neighbour_that_is_only_touched_is_not_affected(land_office: Workspace) -> None:
    """Half a millimetre of overlap is tolerance; its area still closes the table."""
    shape = land_office.read("parcels").set_index(["commune", "sheet_no", "parcel_no"]).geometry["06136", "1", "1"]
    west, south, east, north = shape.bounds
    record = affected(land_office, AddPolygon((Feature(box(west - 0.0005, south, east, north)),)))
    assert record.tables["parcels.affected"].frame["key"].tolist() == ["06136@2009-04-01/1/1"]
    assert record.value("parcels.by_effect[=slivers].added_m2") == pytest.approx(0.1, abs=1e-3)


def test_differences_of_use_are_listed_by_evidence(land_office: Workspace) -> None:
    """Rank, finding, parcel; defence stays out."""
    record = use_register(ParcelDesk.open(land_office))
    rows = record.tables["parcels.to_check"].frame
    assert rows["rank"].is_monotonic_increasing
    assert rows["finding"].iloc[0].startswith("USE-PLAN:parcels/")
    assert record.value("parcels.to_check.count") == len(rows)
    assert record.tables["parcels.by_gap"].frame["cases"].sum() == len(rows)
    assert "CQP" not in rows["second_use"].tolist()
    assert np.isfinite(rows["unit_m2"]).all()
