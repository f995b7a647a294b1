"""Layers that a scenario leaves alone stand alike in every Record, from the cache: the same as if they were drawn anew."""

import shutil
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from gis.formats.write import write_layers
from layers.whole_folder import current_version
from layers.workspace import Workspace
from planning import drawing
from planning.current import analyse_and_keep, kept_record
from planning.effect import analyse
from planning.proposal import REGIONS
from planning.record import Record

FIXED = ["admin_units@2009-04-01", "constraints", "gates", "parcels", "functional_areas", "yards"]


def test_what_was_drawn_once_is_not_drawn_again(analysed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second analysis takes the layers from the cache; its Record is the same, and so is what it stores."""
    first = analyse(analysed, "x")
    monkeypatch.setattr(drawing, "_left_alone", lambda _: pytest.fail("drawn again"))
    second = analyse_and_keep(analysed, "x")
    stored = kept_record(analysed, "x")
    assert first.id == second.id == stored.id
    assert list(first.geometry) == list(stored.geometry)
    for name in (one for one in FIXED if one in first.geometry):
        assert second.geometry[name].equals(stored.geometry[name])


def test_the_regions_are_stored_together_and_read_one_by_one(analysed: Workspace) -> None:
    """One layer of the file has them all; one without land is there, and empty."""
    record = analyse_and_keep(analysed, "x")
    folder = current_version(analysed.path / "records" / "x")
    assert folder is not None
    own, unchanged = (set(pyogrio.list_layers(folder / name)[:, 0]) for name in ("geometry.gpkg", "unchanged.gpkg"))
    assert "regions" in own
    assert not own & {*REGIONS, *FIXED}
    assert {one for one in FIXED if one in record.geometry} <= unchanged
    stored = kept_record(analysed, "x")
    for region in REGIONS:
        assert stored.geometry[region].geometry.geom_equals(record.geometry[region].geometry).all()
        assert len(stored.geometry[region]) == (record.value(f"area_m2.{region}") > 0)
    assert {len(stored.geometry[region]) for region in REGIONS} == {0, 1}


def test_a_record_that_stores_each_layer_by_itself_is_read(analysed: Workspace) -> None:
    """As folders that were handed on earlier do."""
    record = analyse_and_keep(analysed, "x")
    folder = current_version(analysed.path / "records" / "x")
    assert folder is not None
    for name in ("geometry.gpkg", "unchanged.gpkg"):
        (folder / name).unlink()
    write_layers(dict(record.geometry), folder / "geometry.gpkg")
    assert Record.load(folder).id == record.id


def test_a_layer_that_changed_is_drawn_anew(analysed: Workspace) -> None:
    """A gate is moved: the next Record draws it where it stands."""
    analyse(analysed, "x")
    gates = analysed.read("gates")
    analysed.write({"gates": gates.set_geometry(gates.geometry.translate(1.0))})
    drawn = analyse(Workspace.open(analysed.path), "x").geometry["gates"]
    assert np.allclose(drawn.geometry.x, gates.geometry.x + 1.0)


def test_a_damaged_cache_is_drawn_anew(analysed: Workspace) -> None:
    """One byte of the kept layers is wrong: nothing of them is believed."""
    before = analyse(analysed, "x").id
    data = next((analysed.path / "cache" / "derived" / "drawn").glob("*.bin"))
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    assert analyse(analysed, "x").id == before


def test_without_a_cache_the_record_is_the_same(analysed: Workspace) -> None:
    """The cache saves time and tells nothing."""
    before = analyse(analysed, "x").id
    shutil.rmtree(analysed.path / "cache")
    assert analyse(Workspace.open(analysed.path), "x").id == before


def test_a_record_is_stored_in_place_of_another(analysed: Workspace, tmp_path: Path) -> None:
    """Whatever stands in the folder: nothing of it is left."""
    computed, other = analyse(analysed, "x"), analyse_and_keep(analysed, "x")
    for record in (computed, computed, kept_record(analysed, "x"), other):
        record.save(tmp_path)
        assert Record.load(tmp_path).id == record.id
    Record.open(tmp_path).save(tmp_path)
    assert Record.load(tmp_path).id == other.id
