"""The demo: a place with the official areas, parcels that cover it, the same rows for the same seed."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely

from gis.measure import M2_PER_HA
from layers.catalog import schema_of
from layers.demo.build import NOTICE, RELIEF, build
from layers.demo.gates import gates
from layers.demo.parcels import cadastre
from layers.demo.place import NEW_VINTAGE, OLD_VINTAGE, fitted_cells, place, zone_shape
from layers.demo.tables import demo_table
from layers.demo.variants import variants
from layers.demo.yards import yards
from layers.identity import rows_sha256
from layers.workspace import Workspace, key_fields

COUNT = 1_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return build(tmp_path_factory.mktemp("demo") / "project", parcels=COUNT, seed=7)


def test_communes_have_their_official_areas() -> None:
    """Every commune with an official area is drawn within 1 % of it."""
    here = place()
    wished = here.communes["area_ha"].to_numpy(dtype=float) * M2_PER_HA
    assert np.abs(shapely.area(here.shapes)[here.official] / wished[here.official] - 1).max() < 0.01


@pytest.mark.slow
def test_the_cells_are_those_that_are_fitted() -> None:
    """Points and weights that are kept are those that the official areas give, to the metre and the square metre."""
    assert fitted_cells().equals(demo_table("demo_cells"))


def test_communes_are_a_coverage_near_their_label_points() -> None:
    """Communes share their lines, and each lies where the real one lies."""
    here = place()
    labels = shapely.points(here.communes[["easting", "northing"]].to_numpy(dtype=float))
    assert shapely.coverage_is_valid(here.shapes)
    assert (shapely.distance(here.shapes, labels)[here.official] < 1_000).all()


def test_both_vintages_are_there(demo: Workspace) -> None:
    """The older communes add up to the newer ones, and the boundary cuts five of these, as it does the real ones."""
    units = demo.read("admin_units")
    assert demo.vintages() == (OLD_VINTAGE, NEW_VINTAGE)
    older, newer = (units[units["valid_from"] == day] for day in demo.vintages())
    assert older.area.sum() == pytest.approx(newer.area.sum())
    share = newer.intersection(demo.read("zone").geometry[0]).area / newer.area
    assert ((share > 0.01) & (share < 0.99)).sum() == 5


def test_the_zone_says_that_it_is_approximate(demo: Workspace) -> None:
    """The drawn area is near the declared one and is not it."""
    zone = demo.read("zone").iloc[0]
    assert zone["status"] == "approximate"
    assert 0 < abs(zone.geometry.area / M2_PER_HA / zone["declared_area_ha"] - 1) < 0.01


def test_parcels_are_a_true_coverage(demo: Workspace) -> None:
    """No two parcels overlap, neighbours share their vertices, keys are unique, the number is the one asked for."""
    parcels = demo.read("parcels")
    assert len(parcels) == COUNT
    assert parcels.is_valid.all()
    assert shapely.coverage_is_valid(parcels.geometry.values)
    assert not parcels.duplicated(["commune", "sheet_no", "parcel_no"]).any()


def test_parcels_are_as_hard_as_real_ones(demo: Workspace) -> None:
    """At least eight different vertices on average; some with holes, some in several parts, some of several uses."""
    parcels = demo.read("parcels")
    parts, row = shapely.get_parts(parcels.geometry.values, return_index=True)
    rings = shapely.get_rings(parts)
    assert (shapely.get_num_coordinates(rings) - 1).sum() / len(parcels) >= 8
    assert (np.bincount(row) > 1).any()
    assert (shapely.get_num_interior_rings(parts) > 0).any()
    assert parcels["land_use"].str.contains("-C+", regex=False).any()


def test_parcels_leave_out_roads_and_waters(demo: Workspace) -> None:
    """Parcels and the land of roads, lanes and waters do not overlap, but for the millimetre to which lines are cut."""
    parcels, works = demo.read("parcels"), demo.read("infrastructure")
    land = works[works["kind"].str.endswith("_area")]
    taken = shapely.union_all(land.geometry.values)
    assert shapely.area(shapely.intersection(parcels.geometry.values, taken)).sum() < 30.0


def test_parcels_lie_in_the_commune_of_their_key(demo: Workspace) -> None:
    """A parcel's commune is the one that it lies in, of the older vintage."""
    parcels, units = demo.read("parcels"), demo.read("admin_units")
    older = units[units["valid_from"] == OLD_VINTAGE].set_index("code").geometry
    inner = shapely.point_on_surface(parcels.geometry.values)
    assert shapely.intersects(older.loc[parcels["commune"]].values, inner).all()


def test_uses_of_a_parcel_sum_to_the_parcel(demo: Workspace) -> None:
    """The lines of a parcel of several uses close."""
    parcels = demo.read("parcels")
    key = parcels["commune"] + "/" + parcels["sheet_no"] + "/" + parcels["parcel_no"]
    whole = parcels.set_index(key)["measured_area_m2"]
    parts = demo.read("parcel_uses").groupby("parcel")["measured_area_m2"].sum()
    assert np.allclose(parts, whole.loc[parts.index], atol=1e-6)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_rows(demo: Workspace, tmp_path: Path) -> None:
    """Two builds of one seed have the same identities, layer by layer."""
    again = build(tmp_path / "again", parcels=COUNT, seed=7)
    assert {name: one.sha256 for name, one in again.project.layers.items()} == {
        name: one.sha256 for name, one in demo.project.layers.items()
    }


@pytest.mark.slow
def test_another_seed_is_another_invention(demo: Workspace) -> None:
    """With another seed the parcels differ, and still there are as many as asked for."""
    other = cadastre(200, 8).layer
    assert len(other) == 200
    there = demo.read("parcels").union_all()
    assert not shapely.equals(other.union_all(), there)


def test_what_is_written_is_what_is_read(demo: Workspace) -> None:
    """The identities in project.toml are those of the files."""
    for name, entry in demo.project.layers.items():
        assert rows_sha256(demo.read(name), key_fields(schema_of(name))) == entry.sha256, name


def test_everything_says_that_it_is_invented(demo: Workspace) -> None:
    """The project carries the notice, and so does every layer that has a document."""
    assert demo.project.notice == NOTICE
    for name in ("zone", "admin_units", "yards", "constraints", "projects", "infrastructure", "parcels"):
        assert demo.read(name)["document"].str.contains("minh họa", case=False).all(), name


def test_no_owner_looks_real(demo: Workspace) -> None:
    """Every land user's name says that it is made up."""
    owner = demo.read("parcels")["owner"]
    assert owner.str.contains("Minh Họa|minh họa|Họa|Ví Dụ|Dụ|Thử|Giả|Mẫu").all()


def test_the_relief_has_hills(demo: Workspace) -> None:
    """The elevation lies under the zone, from a river to hills."""
    with rasterio.open(demo.path / RELIEF, driver="GTiff") as raster:
        heights = raster.read(1) * raster.scales[0]
        west, south, east, north = demo.read("zone").total_bounds
        assert raster.bounds.left < west < east < raster.bounds.right
        assert raster.bounds.bottom < south < north < raster.bounds.top
    assert 200 < heights.min() < 300
    assert 600 < heights.max() < 2_000


def test_variants_can_be_applied(demo: Workspace) -> None:
    """The four variants name units and shapes that exist, and each changes something."""
    codes = set(demo.read("admin_units").query("valid_from == @OLD_VINTAGE")["code"])
    assert len(variants(7)) == 4
    for variant in variants(7):
        assert variant.reason
        for edit in variant.edits:
            assert set(edit.units) <= codes
            assert edit.features is None or (edit.features.is_valid.all() and (edit.features.area > 1_000).all())


@pytest.mark.parametrize("seed", [7, 2018])
def test_a_change_of_the_boundary_breaks_the_recognition_of_a_yard(seed: int) -> None:
    """The reduction leaves a yard out of the zone and farther from every gate than the rule set allows."""
    (reduction,) = (one for one in variants(seed) if one.name == "thu-hep-phia-nam")
    strip = reduction.edits[-1].features.geometry.iloc[0]
    lost = yards(seed)[yards(seed).within(strip)]
    assert len(lost) == 1
    assert lost.geometry.iloc[0].distance(gates().union_all()) > 10_000
    assert shapely.difference(zone_shape(), strip).geom_type == "Polygon"
