"""Fabric: built once, saved, opened by memory map, never trusted when stale or damaged."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from gis.cover import Cover
from gis.drag import BoundaryDrag
from gis.errors import CacheUnusable, CrsNotPlanar, GeometryInvalid
from gis.fabric import Fabric
from gis.overlay import shares
from gis.states import states
from gis.synthetic import area_over, layer, units
from gis.testing import drawn, examples

VN2000 = CRS.from_epsg(9215)


def holed() -> shapely.Polygon:
    """Return a square with a hole."""
    return shapely.box(440_200, 2_420_000, 440_260, 2_420_060) - shapely.box(440_220, 2_420_020, 440_230, 2_420_030)


@pytest.fixture
def mixed() -> Fabric:
    """Return neighbours, a hole, two parts, a null, an empty and a line."""
    parts = shapely.MultiPolygon([shapely.box(440_300, 2_420_000, 440_310, 2_420_010), holed()])
    line = shapely.LineString([(440_000, 2_420_000), (440_100, 2_420_100)])
    others = [None, holed(), parts, shapely.Polygon(), line]
    return Fabric.from_frame(layer([*units(1, 5, 5).geometry, *others]))


def test_areas_and_rows() -> None:
    """A unit is its row; null and empty rows have no area."""
    fabric = Fabric.from_frame(layer([None, drawn("a").geometry[0], shapely.Polygon()]))
    assert len(fabric) == 3
    assert fabric.area_mm2.tolist() == [0, 100_000_000, 0]


def test_degrees_are_refused() -> None:
    """A square degree is no area."""
    with pytest.raises(CrsNotPlanar):
        Fabric.from_frame(drawn("a").to_crs("EPSG:4326"))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_coordinates_that_are_no_numbers_are_refused(bad: float) -> None:
    """NaN and infinity have no place; the row is named."""
    square = [(440_000, 2_420_000), (440_010, 2_420_000), (440_010, bad)]
    with np.errstate(invalid="ignore"), pytest.raises(GeometryInvalid) as refused:
        Fabric.from_frame(layer([drawn("a").geometry[0], shapely.Polygon(square)]))
    assert refused.value.values["example"] == 1


def test_opened_fabric_answers_the_same(mixed: Fabric, tmp_path: Path) -> None:
    """Areas, shares, states, a drag and the shapes themselves are those of the fabric that was saved."""
    mixed.save(tmp_path, identity="abc")
    opened = Fabric.open(tmp_path, VN2000, identity="abc")
    zone = area_over(units(1, 5, 5), 9)
    cover = Cover.from_frame(layer([zone, holed()]))
    assert (opened.area_mm2 == mixed.area_mm2).all()
    assert shares(opened, cover).equals(shares(mixed, cover))
    assert states(opened, zone, 3).equals(states(mixed, zone, 3))
    assert BoundaryDrag(opened, zone, [cover]).totals == BoundaryDrag(mixed, zone, [cover]).totals
    with_area = mixed.area_mm2 > 0
    assert shapely.equals_exact(opened.geometries[with_area], mixed.geometries[with_area]).all()
    assert shapely.is_empty(opened.geometries[~with_area]).all()


def test_stale_cache_is_refused(mixed: Fabric, tmp_path: Path) -> None:
    """Another identity, another system, or nothing there: the owner builds anew."""
    mixed.save(tmp_path, identity="abc")
    for folder, crs, identity in (
        (tmp_path, VN2000, "abd"),
        (tmp_path, CRS.from_epsg(32648), "abc"),
        (tmp_path / "none", VN2000, "abc"),
    ):
        with pytest.raises(CacheUnusable):
            Fabric.open(folder, crs, identity)


def test_saving_again_replaces(mixed: Fabric, tmp_path: Path) -> None:
    """The last fabric saved is the one that is opened, and nothing of the others stays."""
    mixed.save(tmp_path)
    held = Fabric.open(tmp_path, VN2000)
    Fabric.from_frame(drawn("ab")).save(tmp_path)
    assert len(Fabric.open(tmp_path, VN2000)) == 2
    assert len(list(tmp_path.iterdir())) == 2
    assert (held.area_mm2 == mixed.area_mm2).all()


def test_empty_fabric_can_be_saved(tmp_path: Path) -> None:
    """No units are units too."""
    Fabric.from_frame(drawn("a")[:0]).save(tmp_path)
    assert len(Fabric.open(tmp_path, VN2000)) == 0


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from([".bin", ".json"]), st.floats(0, 1, exclude_max=True), st.integers(0, 7), st.booleans())
def test_no_damage_goes_unnoticed(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, part: float, bit: int, cut: bool
) -> None:
    """A byte that changed, or a file cut short, is refused wherever it is."""
    folder = tmp_path_factory.mktemp("cache")
    Fabric.from_frame(drawn("aab\nccb")).save(folder)
    path = next(folder.glob(f"*{suffix}"))
    content = bytearray(path.read_bytes())
    at = int(part * len(content))
    if cut:
        del content[at:]
    else:
        content[at] ^= 1 << bit
    path.write_bytes(bytes(content))
    with pytest.raises(CacheUnusable):
        Fabric.open(folder, VN2000)
