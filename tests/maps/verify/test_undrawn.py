"""An appendix of more parcels than a Record draws: they are in every file, and the folder alone proves them."""

from pathlib import Path
from typing import NamedTuple

import geopandas
import pyogrio
import pytest

from layers.workspace import Workspace
from maps.appendix.composed import Composed
from maps.appendix.names import MAP, PARCELS
from maps.appendix.wishes import AppendixWishes
from maps.appendix_folder import write_appendix
from maps.verify.folder import verify
from maps.verify.parcels import parcel_differences
from planning import scenario
from planning.edits import AddUnits
from planning.effect import analyse
from planning.record import Record
from planning.undrawn import UndrawnParcels


class Twice(NamedTuple):
    """The same analysis with its parcels drawn, and with too many of them to draw."""

    drawn: Record
    left_out: Record
    parcels: UndrawnParcels


@pytest.fixture
def twice(project: Workspace, monkeypatch: pytest.MonkeyPatch) -> Twice:
    """Analyse twice."""
    scenario.add(project, scenario.Scenario("mo-rong", (AddUnits(("d",), "2009-04-01"),)))
    drawn = analyse(project, "mo-rong")
    monkeypatch.setattr("planning.drawing.PARCELS_DRAWN_MAX", 0)
    left_out = analyse(project, "mo-rong")
    parcels = UndrawnParcels.of(left_out, project)
    assert parcels is not None
    return Twice(drawn, left_out, parcels)


def test_a_stored_parcel_comes_back_to_the_last_bit(twice: Twice, tmp_path: Path) -> None:
    """The file beside the Record gives the shapes, boxes and areas that the layer gave; its areas prove it."""
    twice.parcels.store(tmp_path / "thua.parquet")
    again = UndrawnParcels.stored(tmp_path / "thua.parquet")
    assert again.every().geometry.geom_equals_exact(twice.parcels.every().geometry, tolerance=0).all()
    assert list(parcel_differences("thua.parquet", again, twice.left_out)) == []
    changed = again.every()
    changed.loc[0, "land_use"] = "CLN"
    changed.loc[1, "geometry"] = changed.geometry[1].buffer(0.001)
    changed.drop(index=2).to_parquet(tmp_path / "khac.parquet")
    found = list(parcel_differences("khac", UndrawnParcels.stored(tmp_path / "khac.parquet"), twice.left_out))
    facts = {one.fact.partition("].")[2] for one in found}
    assert (facts, len(found)) == ({"", "unit_m2", "land_use"}, 3)


def test_the_same_parcels_go_into_the_packages(twice: Twice) -> None:
    """Row by row and corner by corner as if the Record had drawn them."""
    drawn, left_out = (
        Composed(record, AppendixWishes(), undrawn=parcels).packages
        for record, parcels in ((twice.drawn, None), (twice.left_out, twice.parcels))
    )
    assert left_out.keys() == drawn.keys()
    for name, layers in drawn.items():
        for one, other in zip(layers, left_out[name], strict=True):
            assert (one.name, one.qml) == (other.name, other.qml)
            assert one.rows.drop(columns="geometry").equals(other.rows.drop(columns="geometry"))
            assert one.rows.geometry.geom_equals_exact(other.rows.geometry, tolerance=0).all()


@pytest.mark.slow
def test_the_folder_alone_proves_them(twice: Twice, tmp_path: Path) -> None:
    """Sheets, map and package hold them; a corner that is moved in the package is named, and so is one beside the Record."""
    folder = tmp_path / "phu-luc"
    assert write_appendix(twice.left_out, folder, AppendixWishes(), undrawn=twice.parcels).is_same
    kept = geopandas.read_parquet(folder / PARCELS)
    assert len(kept) == len(twice.drawn.geometry["parcels"])
    layers = {name: pyogrio.read_info(folder / "HienTrang.gpkg", layer=name)["features"]
              for name, _ in pyogrio.list_layers(folder / "HienTrang.gpkg")}  # fmt: skip
    assert len(kept) in layers.values()
    assert kept["key"][0] in (folder / MAP).read_text(encoding="utf-8") or any(folder.glob("*.files"))
    kept.loc[0, "geometry"] = kept.geometry[0].buffer(0.01)
    kept.to_parquet(folder / PARCELS, index=False)
    facts = {one.fact for one in verify(folder).differences if one.file == PARCELS}
    assert f"parcels[{kept['key'][0]}].unit_m2" in facts
