"""Products, unions and rests of covers."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.cover import Cover, dissolved, product, union, with_rest
from gis.errors import CrsMixed
from gis.fabric import Fabric
from gis.overlay import net_mm2, shares, shares_mm2
from gis.synthetic import area_over, layer, units
from gis.testing import drawn, examples

seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(40), deadline=None)


def test_product_of_drawn_covers() -> None:
    """A class of the product is where one class of each cover meet; touching is not meeting."""
    communes, uses = drawn("aabb\naabb"), drawn("xxxx\nyy.y")
    found = product(Cover.from_frame(communes), Cover.from_frame(uses))
    assert found.keys.tolist() == [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    assert shapely.area(found.geometries).tolist() == [200.0, 200.0, 200.0, 100.0]


def test_shares_in_a_product_carry_the_keys_of_all() -> None:
    """One pass over the fabric answers for all covers at once."""
    frame = drawn("pq")
    zone = Cover.from_frame(layer([frame.geometry[0].buffer(5, join_style="mitre")], ["in"]))
    both = product(Cover.from_frame(drawn("ab")), with_rest(zone, frame.total_bounds, "out"))
    found = shares(Fabric.from_frame(frame), both)
    assert found.values.tolist() == [[0, ("a", "in"), 100.0], [1, ("b", "in"), 50.0], [1, ("b", "out"), 50.0]]


def test_covers_of_two_systems_have_no_product() -> None:
    """Two coordinate systems never meet."""
    with pytest.raises(CrsMixed):
        product(Cover.from_frame(drawn("a")), Cover.from_frame(drawn("a").to_crs("EPSG:32648")))


def test_polygons_of_one_key_become_one_class() -> None:
    """Overlaps within a key count once, overlaps between keys stay."""
    west, east = drawn("aa."), drawn(".aa")
    frame = layer([west.geometry[0], east.geometry[0], east.geometry[0]], ["river", "river", "defence"])
    cover = dissolved(Cover.from_frame(frame))
    assert cover.keys.tolist() == ["river", "defence"]
    assert shapely.area(cover.geometries).tolist() == [300.0, 200.0]


@small
@given(seeds)
def test_products_agree_with_their_factors(seed: int) -> None:
    """Summed over the other cover, the product gives each cover's own shares."""
    frame = units(seed, 5, 5)
    fabric = Fabric.from_frame(frame)
    zone = with_rest(Cover.from_frame(layer([area_over(frame, seed)], ["in"])), frame.total_bounds, "out")
    blocks = with_rest(Cover.from_frame(layer([area_over(frame, seed // 3)], ["b"])), frame.total_bounds, "rest")
    both = product(zone, blocks)
    found = shares_mm2(fabric, both)
    assert (np.bincount(found.unit, weights=found.area_mm2, minlength=len(fabric)) == fabric.area_mm2).all()
    table = shares(fabric, both)
    for place, factor in enumerate((zone, blocks)):
        alone = shares(fabric, factor).groupby("cover")["area_m2"].sum()
        summed = table.groupby(table["cover"].map(lambda key, place=place: key[place]))["area_m2"].sum()
        assert np.abs(alone.sub(summed, fill_value=0)).max() <= len(fabric) * 2e-6


@small
@given(seeds)
def test_net_is_gross_without_overlaps(seed: int) -> None:
    """Net is never more than gross or than the unit, and what is left is outside every class."""
    frame = units(seed, 5, 5)
    fabric = Fabric.from_frame(frame)
    cover = Cover.from_frame(layer([area_over(frame, seed), area_over(frame, seed + 1), area_over(frame, seed // 2)]))
    found = shares_mm2(fabric, cover)
    gross, net = np.bincount(found.unit, weights=found.area_mm2, minlength=len(fabric)), net_mm2(fabric, cover)
    assert (net <= gross + len(cover)).all()
    assert (net <= fabric.area_mm2).all()
    outside = shapely.area(shapely.difference(frame.geometry.values, union(cover).geometries[0]))
    assert np.abs(fabric.area_mm2 - net - outside * 1e6).max() <= 1.5
