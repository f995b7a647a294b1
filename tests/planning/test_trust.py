"""What must never become a silent number: no data, damaged files, changes from outside, land that is withheld."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shapely import box

from gis.states import OUTSIDE
from layers.errors import KeyRepeated, LayerChanged
from layers.whole_folder import current_version
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.analysis_json import as_json
from planning.context import OpenedParcels
from planning.current import analyse_and_keep, current_record, kept_record, up_to_date_record
from planning.edits import AddPolygon, CutPolygon, Feature, ReplaceBoundary
from planning.effect import analyse
from planning.errors import RecordDamaged, ScenarioDamaged, UnitWithoutShape
from planning.proposal import require_applicable
from planning.scenario import Scenario

DAY = "2009-04-01"


def shapeless(project: Workspace, layer: str, code: str) -> Workspace:
    """Return the project with the shape of one row taken away."""
    rows = project.read(layer)
    rows.loc[rows["code"] == code, "geometry"] = None
    return project.write({layer: rows})


def test_a_unit_without_a_shape_has_no_data_not_zero(planned: Workspace) -> None:
    """Its areas are null, it is undecidable, and the table says how many there are; the sums still close."""
    record = analyse(shapeless(planned, "functional_areas", "f"), "x")
    row = next(row for row in as_json(record)["by"]["functional_areas"]["rows"] if row["key"] == "f")
    assert (row["unit_m2"], row["base_m2"], row["state"]) == (None, None, "undecidable")
    assert record.value("by.functional_areas.without_shape") == 1
    assert record.value("by.functional_areas.total.base_m2") == 40_000.0


def test_a_unit_without_a_shape_cannot_be_added(planned: Workspace) -> None:
    """Its area is unknown, so it adds an error and not zero."""
    with pytest.raises(UnitWithoutShape, match="d"):
        analyse(shapeless(planned, "admin_units", "d"), "x")


def test_shares_before_are_of_the_area_before(project: Workspace) -> None:
    """Half a functional area is cut away: it was inside to 100 %, not to 200 %."""
    shape = project.read("functional_areas").geometry[0]
    west, south, east, north = shape.bounds
    half = box(west, south, (west + east) / 2, north)
    scenarios.add(project, Scenario("x", (CutPolygon((Feature(half),), target="functional_areas"),)))
    shares = analyse(project, "x").tables["by.functional_areas"].frame[["share_base", "share_proposed"]]
    assert (shares.max(axis=None), shares.min(axis=None)) == (1.0, 1.0)


def test_a_yard_that_is_closed_is_outside(project: Workspace) -> None:
    """A yard cut away as a whole is gone, not undecidable."""
    shape = project.read("yards").geometry[0]
    scenarios.add(project, Scenario("x", (CutPolygon((Feature(shape),), target="yards"),)))
    assert analyse(project, "x").value("yards[y].state_proposed") == OUTSIDE


def test_replacing_by_two_shapes_of_one_key_keeps_both(project: Workspace) -> None:
    """Neither shape is lost; adding one key twice is refused before it is stored."""
    shape = project.read("yards").geometry[0]
    west, south, east, north = shape.bounds
    middle = (west + east) / 2
    twice = (Feature(box(west, south, middle, north), "y"), Feature(box(middle, south, east, north), "y"))
    scenarios.add(project, Scenario("x", (ReplaceBoundary(twice, target="yards"),)))
    assert analyse(project, "x").value("yards[y].unit_m2") == 20_000.0
    new = Feature(shape, "n")
    with pytest.raises(KeyRepeated):
        require_applicable(project, Scenario("z", (AddPolygon((new, new), target="yards"),)))


def test_a_scenario_that_lost_its_shapes_is_damaged(project: Workspace) -> None:
    """An edit without its polygons is no edit of zero area."""
    shape = project.read("yards").geometry[0]
    scenarios.add(project, Scenario("x", (AddPolygon((Feature(shape),)),)))
    (project.path / "scenarios" / "x.gpkg").unlink()
    with pytest.raises(ScenarioDamaged):
        analyse(project, "x")


def test_a_spoilt_record_is_never_served(analysed: Workspace) -> None:
    """A changed table, a broken JSON: named when asked for, made anew when something is to be drawn."""
    for spoil in (_spoil_table, _spoil_json):
        spoil(folder_of(analysed))
        with pytest.raises(RecordDamaged):
            kept_record(analysed, "x")
        assert up_to_date_record(analysed, "x").is_whole
        assert kept_record(analysed, "x").value("parcels[a/1/a].unit_m2") == 40_000.0


def test_a_spoilt_table_is_told_when_it_is_asked_for(analysed: Workspace) -> None:
    """Whether a Record is current is told from its facts; a table is held against them before anyone reads it."""
    _spoil_table(folder_of(analysed))
    record = current_record(analysed, "x")
    assert record is not None
    assert record.value("area_m2.base") == 160_000.0
    with pytest.raises(RecordDamaged, match="parcels"):
        record.value("parcels[a/1/a].unit_m2")
    assert not record.is_whole


def folder_of(project: Workspace) -> Path:
    """Return where the Record of the scenario x stands."""
    folder = current_version(project.path / "records" / "x")
    assert folder is not None
    return folder


def _spoil_json(folder: Path) -> None:
    (folder / "record.json").write_text("{", encoding="utf-8")


def _spoil_table(folder: Path) -> None:
    path = folder / "tables" / "parcels.parquet"
    frame = pd.read_parquet(path)
    frame.loc[0, "unit_m2"] = 1e9
    frame.to_parquet(path, index=False)


def test_a_changed_notice_or_reason_makes_a_record_old(analysed: Workspace) -> None:
    """What every output prints is compared, not only the layers."""
    assert current_record(analysed, "x") is not None
    path = analysed.path / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Dữ liệu minh họa", "Dữ liệu thử"), encoding="utf-8")
    assert current_record(Workspace.open(analysed.path), "x") is None


def test_an_edit_that_is_still_in_the_journal_is_seen(planned: Workspace) -> None:
    """A program that holds the layer open in write-ahead mode has committed beside the file."""
    before = planned.identity("parcels")
    path = planned.file_of("parcels")
    holder = sqlite3.connect(path)
    holder.execute("PRAGMA journal_mode=WAL")
    triggers = holder.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (trigger,) in triggers:  # they call functions of GDAL
        holder.execute(f'DROP TRIGGER "{trigger}"')
    holder.execute("UPDATE parcels SET land_use = 'ODT'")
    holder.commit()
    assert planned.identity("parcels").sha256 != before.sha256
    holder.close()


def test_two_openings_do_not_lose_each_others_rows(planned: Workspace) -> None:
    """A layer that somebody else wrote since is not overwritten; another layer of his stays in project.toml."""
    other = Workspace.open(planned.path)
    rows = planned.read("gates")
    planned.write({"gates": rows.iloc[:1]})
    with pytest.raises(LayerChanged, match="gates"):
        other.write({"gates": rows})
    other.write({"yards": planned.read("yards").assign(name="Tên mới")})
    assert Workspace.open(planned.path).project.layers["gates"].rows == 1


def test_defence_land_is_counted_and_not_drawn(planned: Workspace) -> None:
    """Shapes of defence areas and parcels stay out of the Record's geometry."""
    constraints = planned.read("constraints").assign(kind=["defence", "rừng phòng hộ"])
    parcels = planned.read("parcels").assign(land_use=["CQP", "CAN", "LUC", "CQP*", None, "ONT"])
    record = analyse(planned.write({"constraints": constraints, "parcels": parcels}), "x")
    assert len(record.geometry["constraints"]) == 1
    assert record.geometry["parcels"]["land_use"].dropna().tolist() == ["LUC", "ONT"]
    assert (record.value("withheld.constraints"), record.value("withheld.parcels")) == (1, 3)


def test_the_json_of_an_analysis_has_no_nan(planned: Workspace) -> None:
    """What is not known is null."""
    answer = as_json(analyse(shapeless(planned, "yards", "y"), "x"))
    json.dumps(
        answer["by"], allow_nan=False, default=lambda value: value.item() if isinstance(value, np.generic) else value
    )
    assert answer["yards"][0]["nearest_gate"] is None


def test_a_record_of_simple_and_multipart_parcels_is_read_back(planned: Workspace) -> None:
    """A file holds one kind of geometry; the Record has it before it is written, so its identity stays."""
    rows = planned.read("parcels")
    shapes = list(rows.geometry)
    shapes[0] = shapes[0].union(shapes[5])  # two parts that do not touch
    shapes[5] = None
    workspace = planned.write({"parcels": rows.set_geometry(shapes)})
    record = analyse_and_keep(workspace, "x")
    assert kept_record(workspace, "x").id == record.id
    assert len(record.geometry["parcels"]) == 5


def test_parcels_that_were_opened_for_an_earlier_scenario_are_not_believed_once_saved_anew(planned: Workspace) -> None:
    """Facts and shapes are of the layer that the Record names, also in the analyses that follow."""
    opened = OpenedParcels(planned)
    before = analyse(planned, "x", opened)
    rows = planned.read("parcels")
    planned.write({"parcels": rows.iloc[:3]})
    record = analyse(planned, "x", opened)
    assert before.value("parcels.count") == len(rows)
    assert record.value("parcels.count") == len(record.geometry["parcels"]) == 3
    assert len(analyse(planned, "x").geometry["parcels"]) == 3
