"""Repairs of a layer in a project: proposed, taken as a new version, refused when the layer is another one."""

from pathlib import Path

import geopandas
import pytest
import shapely
from geopandas import GeoDataFrame
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.errors import LayerChanged, NothingToMend
from layers.mend import Scope, apply, propose
from layers.testing import parcels
from layers.versions import history
from layers.workspace import Workspace


def strip(west: float, east: float) -> shapely.Polygon:
    """Return 100 m of land between two eastings."""
    placed = (ORIGIN_EASTING + west, ORIGIN_NORTHING, ORIGIN_EASTING + east, ORIGIN_NORTHING + 100.0)
    return box(*placed)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a project whose second parcel lies one metre over the first."""
    rows = parcels("ab", owner="Người minh họa", legal_area_m2=9_900.0, measured_area_m2=[10_000.0, 9_900.0])
    rows = rows.set_geometry([strip(0, 100), strip(99, 199)], crs=rows.crs)
    return Workspace.create(tmp_path / "p", "p", "EPSG:9215").write({"parcels": rows})


def test_the_measured_area_tells_whose_the_strip_is(workspace: Workspace) -> None:
    """The second parcel was measured without it; figures and owners stay what they are."""
    proposal = propose(workspace, "parcels")
    assert proposal.changes[["feature", "kind", "other"]].to_numpy().tolist() == [["a/1/b", "overlap", "a/1/a"]]
    assert proposal.units[["before_mm2", "after_mm2", "stated_mm2", "far"]].to_numpy().tolist() == [
        [10_000_000_000, 9_900_000_000, 9_900_000_000, False]
    ]
    before, after = workspace.read("parcels"), apply(workspace, proposal).read("parcels")
    assert after.drop(columns="geometry").equals(before.drop(columns="geometry"))
    assert shapely.equals(after.geometry.iloc[1], strip(100, 199))
    assert shapely.to_wkb(after.geometry.iloc[0]) == shapely.to_wkb(before.geometry.iloc[0])


def test_a_repair_is_a_version_and_can_be_taken_back(workspace: Workspace) -> None:
    """The old version stays; repairing again writes nothing."""
    mended = apply(workspace, propose(workspace, "parcels"))
    assert [one.why for one in history(workspace.path, "parcels")] == ["write", "repair"]
    assert history(workspace.path, "parcels")[-1].detail == "overlap 1"
    again = propose(mended, "parcels")
    assert not len(again.changes)
    assert apply(mended, again) is mended
    assert len(history(workspace.path, "parcels")) == 2


def test_a_proposal_holds_for_the_layer_that_it_was_made_for(workspace: Workspace) -> None:
    """Somebody moved a boundary in between: refused, nothing is written."""
    proposal = propose(workspace, "parcels")
    rows = workspace.read("parcels")
    other = workspace.write({"parcels": rows.assign(land_use="ONT")})
    with pytest.raises(LayerChanged):
        apply(other, proposal)
    assert len(history(workspace.path, "parcels")) == 2


def test_only_what_is_asked(workspace: Workspace) -> None:
    """Another kind proposes nothing; a narrower limit leaves the strip to people."""
    assert not len(propose(workspace, "parcels", Scope(kinds=("spike",))).changes)
    careful = propose(workspace, "parcels", Scope(overlap_width_m=0.5))
    assert careful.exceptions["reason"].tolist() == ["too_wide"]


def test_units_of_one_day_fit_together(tmp_path: Path) -> None:
    """Communes of two vintages lie over one another by right; within one they do not."""
    rows = drawn("ab", key="code", cell_m=100.0).assign(name=["A", "B"], valid_from="2009-04-01")
    rows = rows.set_geometry([strip(0, 101), strip(100, 200)], crs=rows.crs)
    now = drawn("c", key="code", cell_m=100.0).assign(name="C", valid_from="2025-07-01")
    both = GeoDataFrame(geopandas.pd.concat([rows, now], ignore_index=True), crs=rows.crs)
    workspace = Workspace.create(tmp_path / "p", "p", "EPSG:9215").write({"admin_units": both})
    proposal = propose(workspace, "admin_units")
    assert proposal.units["feature"].tolist() == ["a@2009-04-01"]
    assert not len(proposal.exceptions)


def test_constraints_may_overlap_and_still_be_mended(tmp_path: Path) -> None:
    """Only what is wrong with a shape by itself is."""
    crossed = shapely.Polygon(shapely.get_coordinates(strip(0, 100))[[0, 2, 1, 3, 0]])
    rows = GeoDataFrame({"code": ["a", "b"]}, geometry=[crossed, strip(0, 50)], crs="EPSG:9215")
    workspace = Workspace.create(tmp_path / "p", "p", "EPSG:9215").write({"constraints": rows})
    proposal = propose(workspace, "constraints")
    assert proposal.changes["kind"].tolist() == ["validity"]
    assert proposal.changes["after_mm2"].tolist() == [5_000_000_000]


def test_layers_without_areas_are_refused(project: Workspace) -> None:
    """Points and tables."""
    for layer in ("gates", "papers"):
        with pytest.raises(NothingToMend):
            propose(project, layer)


def test_rows_that_repeat_another_go(tmp_path: Path) -> None:
    """The same key, values and shape: one stays. Another value: both stay, and people decide."""
    rows = parcels("ab", owner=["Một", None])
    same = GeoDataFrame(geopandas.pd.concat([rows, rows], ignore_index=True), crs=rows.crs)
    workspace = Workspace.create(tmp_path / "p", "p", "EPSG:9215").write({"parcels": same})
    proposal = propose(workspace, "parcels")
    assert proposal.changes["kind"].tolist() == ["repeated_row", "repeated_row"]
    mended = apply(workspace, proposal)
    assert mended.read("parcels")["parcel_no"].tolist() == ["a", "b"]
    other = mended.write({"parcels": same.assign(owner=["Một", None, "Hai", None])}, why="write")
    left = propose(other, "parcels")
    assert left.changes["feature"].tolist() == ["a/1/b"]
    assert left.exceptions["reason"].tolist() == ["same_shape"]


def test_defence_land_is_mended_and_not_placed(workspace: Workspace) -> None:
    """What is told of it has neither a point nor a shape."""
    held = workspace.write({"parcels": workspace.read("parcels").assign(land_use=["ONT", "CQP"])})
    proposal = propose(held, "parcels")
    assert len(proposal.changes) == 1
    assert proposal.changes[["easting", "northing"]].isna().all(axis=None)
    assert proposal.changes.geometry.isna().all()
    assert not len(proposal.repaired)
