"""Terrain in the Record: regions, areas and yards, closing with what is missing."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from pyproj import CRS
from rasterio import Affine

from gis.raster import opened
from gis.terrain import zonal
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from gis.warp import warp
from layers.rasters import ELEVATION, RASTERS, raster_path
from layers.workspace import Workspace
from maps.labels import COLUMNS, fact_title, layer_title, table_title
from maps.provenance import HOW
from planning.current import analyse_and_keep, current_record
from planning.effect import analyse
from planning.record import Record
from planning.story import origins, why
from planning.terrain_answers import asked, asked_for_all


def _put(workspace: Workspace, name: str, values) -> Path:
    raster = next(one for one in RASTERS if one.name == name)
    path = raster_path(workspace, raster)
    place = Affine(50.0, 0, ORIGIN_EASTING - 50, 0, -50.0, ORIGIN_NORTHING + 550)
    size = {"height": values.shape[0], "width": values.shape[1], "count": 1, "dtype": values.dtype}
    with rasterio.open(path, "w", driver="GTiff", crs="EPSG:9215", transform=place, nodata=0, **size) as file:
        file.write(values, 1)
    return path


def test_without_rasters_there_is_nothing(record: Record) -> None:
    """No table, no fact, no input."""
    assert not [name for name in (*record.tables, *record.facts) if name.startswith("terrain")]


def test_terrain_of_the_scenario(planned: Workspace) -> None:
    """Regions, functional areas and yards are told; classes and missing ground are the whole; rasters are inputs."""
    column = np.mgrid[0:12, 0:14][1]
    path = _put(planned, "elevation", (300 + 5.0 * column).astype(np.float32))
    flood = np.ones((12, 14), dtype=np.uint8)
    flood[:, 8:] = 2
    flood[0:3, :] = 0
    _put(planned, "flood", flood)
    record = analyse_and_keep(planned, "x")
    assert [one.layer for one in record.inputs if one.layer in ("elevation", "flood")] == ["elevation", "flood"]
    table = record.tables["terrain"].frame.set_index("key")
    assert {"base", "proposed", "added", "removed", "functional_areas/f", "yards/y"} <= {*table.index}
    assert record.value("terrain[base].mean_slope") == pytest.approx(0.1)
    assert record.value("terrain[base].gentle_share") == 1.0
    assert record.value("terrain[removed].gentle_share") is None
    assert record.value("terrain.elevation.crs") == "EPSG:9215"
    assert record.value("terrain.elevation.cell_width_m") == 50.0
    rows = record.tables["terrain.classes"].frame
    for (ground, _), some in rows.groupby(["ground", "raster"]):
        assert some["area_m2"].sum() == pytest.approx(table.loc[ground, "unit_m2"], abs=1e-5), ground
    assert record.value("terrain.classes[base/flood/no_data].area_m2") == 400 * 100.0
    assert current_record(planned, "x") is not None
    _put(planned, "flood", flood + 1)
    assert current_record(planned, "x") is None
    path.unlink()
    assert "terrain" not in analyse(planned, "x").tables


def test_heights_are_whole_tenths(planned: Workspace) -> None:
    """A height of single precision is told with the digits that it is rounded to, and with no others."""
    _put(planned, "elevation", np.full((12, 14), 252.8, dtype=np.float32))
    record = analyse(planned, "x")
    assert {record.value(f"terrain[base].{name}_m") for name in ("lowest", "mean", "highest")} == {252.8}


def test_kept_terrain_is_the_computed_one_or_is_made_anew(planned: Workspace) -> None:
    """Bit for bit, types as well: from the cache, from a cache that was spoilt, and of another raster never."""
    heights = (300.3 + 0.7 * np.mgrid[0:12, 0:14][1]).astype(np.float32)
    _put(planned, "elevation", heights)
    computed = analyse(planned, "x")
    assert analyse(planned, "x").id == computed.id
    (kept,) = (planned.path / "cache" / "derived" / "terrain-elevation").glob("*.bin")
    kept.write_bytes(bytes(byte ^ 1 for byte in kept.read_bytes()))
    assert analyse(planned, "x").id == computed.id
    _put(planned, "elevation", heights + 1)
    higher = analyse(planned, "x").value("terrain[base].mean_m") - computed.value("terrain[base].mean_m")
    assert higher == pytest.approx(1.0, abs=0.11)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_raster_that_is_replaced_while_it_is_read_is_not_kept(
    planned: Workspace, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Replaced just before or just after its heights are read: no answer is kept under the name of the other raster."""
    path = _put(planned, "elevation", np.full((12, 14), 300, dtype=np.float32))
    low = path.read_bytes()
    _put(planned, "elevation", np.full((12, 14), 900, dtype=np.float32))
    high = path.read_bytes()
    path.write_bytes(low)
    shapes = planned.read("yards").geometry.to_numpy()

    def replaced(content: bytes) -> None:
        other = path.with_name("other.tif")
        other.write_bytes(content)
        other.replace(path)

    def caught(*words: Any) -> Any:
        if moment == "before":
            replaced(high)
            with opened(path, CRS("EPSG:9215")) as raster:
                return zonal(raster, *words[1:])
        told = zonal(*words)
        replaced(high)
        return told

    with monkeypatch.context() as once:
        once.setattr("planning.terrain_answers.zonal", caught)
        asked_for_all(planned, ELEVATION, shapes)
    assert not (planned.path / "cache" / "derived" / "terrain-elevation").exists()
    for content, height_m in ((high, 900.0), (low, 300.0), (high, 900.0)):
        replaced(content)
        for told in (asked_for_all(planned, ELEVATION, shapes), asked(planned, ELEVATION, shapes)[0]):
            assert told["elevation"].statistics["mean"].tolist() == [height_m]


def test_why_a_slope_is_what_it_is(planned: Workspace) -> None:
    """A fact of terrain hangs on the line, the grounds and the rasters, not on parcels; the system on its file alone."""
    _put(planned, "elevation", np.full((12, 14), 300, dtype=np.float32))
    record = analyse(planned, "x")
    for key, layers in (
        ("terrain[base].mean_slope", {"zone", "functional_areas", "yards", "elevation", "scenario/x"}),
        ("terrain.elevation.crs", {"elevation"}),
    ):
        assert {one.input.layer for one in origins(planned, record, why(record, key))} == layers
    assert layer_title("elevation", "vi") == "Độ cao"


def test_defence_land_is_not_placed(planned: Workspace) -> None:
    """An area planned for defence has no row of its own; the zone's sums hold it."""
    areas = planned.read("functional_areas")
    planned = planned.write({"functional_areas": areas.assign(planned_use=["CQP", "TMD"])})
    _put(planned, "elevation", np.full((12, 14), 300, dtype=np.float32))
    grounds = {*analyse(planned, "x").tables["terrain"].frame["key"]}
    assert ("functional_areas/f" in grounds, "functional_areas/g" in grounds) == (False, True)


def test_every_making_is_told_in_vietnamese(planned: Workspace) -> None:
    """Facts, tables and columns have words in both languages."""
    path = _put(planned, "elevation", np.full((12, 14), 300, dtype=np.float32))
    path.rename(came := path.with_name("came.tif"))
    origin = warp([came], CRS("EPSG:9215"), path)
    record = analyse(planned, "x")
    assert record.value("terrain.elevation.operation") == origin.operation
    for name in ("terrain", "terrain.classes", "tallies"):
        assert table_title(name, "vi") != name
        for column, meaning in record.tables[name].columns.items():
            assert meaning.how in HOW, meaning.how
            assert column in COLUMNS
    for key, fact in record.facts.items():
        if key.startswith("terrain."):
            assert fact_title(key, "vi") != key
            assert fact.how in HOW
