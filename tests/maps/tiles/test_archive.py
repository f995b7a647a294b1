"""Tiles of a layer: every feature is found again at the finest zoom, by readers that are not ours."""

import gzip
import io

import numpy as np
import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame, GeoSeries
from hypothesis import given, settings
from hypothesis import strategies as some
from pmtiles.reader import MemorySource, Reader, all_tiles
from shapely import LineString, MultiPolygon, Point, Polygon, box

from gis.synthetic import units
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, examples
from maps.tiles import archive as archives
from maps.tiles.archive import FINEST, archive, first_zoom
from maps.tiles.cutting import EXTENT, cut
from maps.tiles.encoding import Attributes, varints
from maps.tiles.flat import AREA, Flat, flat_layers, to_degrees, to_world
from maps.tiles.tidying import double_areas, tidy

CRS = "EPSG:9215"


def at(shape):
    """Return a shape of metres at the origin of the tests."""
    return shapely.transform(shape, lambda points: points + np.array([ORIGIN_EASTING, ORIGIN_NORTHING]))


def flats(*shapes) -> tuple[Flat, ...]:
    return flat_layers(np.array([at(one) for one in shapes], dtype=object), GeoSeries([], crs=CRS).crs)


def plain(count: int) -> Attributes:
    return Attributes(("use",), ("A", "B"), (np.arange(count) % 2)[:, None])


def written(shapes: GeoSeries, tmp_path) -> GeoDataFrame:
    """Return what GDAL reads of the archive at its finest zoom, the pieces of each feature together, in metres."""
    content = archive("parcels", flat_layers(shapes.values, shapes.crs), plain(len(shapes))).content
    path = tmp_path / "parcels.pmtiles"
    path.write_bytes(content)
    read = pyogrio.read_dataframe(path, layer="parcels").set_crs(3857).to_crs(shapes.crs)
    return read.assign(geometry=read.geometry.make_valid()).dissolve("mvt_id").sort_index()


def test_another_program_reads_the_same_parcels(tmp_path):
    """GDAL cuts what it reads at the tiles' edges; put together again the parcels are where they were, on average to 0.15 m."""
    parcels = units(3, 30, 30, 30.0).set_crs(CRS, allow_override=True)
    shapes = GeoSeries(
        shapely.transform(parcels.geometry.values, lambda one: one + np.array([440_000, 2_420_000])), crs=CRS
    )
    read = written(shapes, tmp_path)
    assert read.index.tolist() == list(range(len(shapes)))
    assert read["use"].tolist() == ["A", "B"] * (len(shapes) // 2)
    strayed = shapely.area(shapely.symmetric_difference(read.geometry.values, shapes.values))
    assert (strayed / shapes.length).max() < 0.15
    assert abs(read.area.sum() / shapes.area.sum() - 1) < 1e-3


def test_large_features_with_holes_are_cut_and_keep_their_area(tmp_path):
    """A road around a town lies on hundreds of tiles; its hole stays a hole."""
    ring = at(Polygon(box(0, 0, 9_000, 7_000).exterior.coords, [box(300, 300, 8_700, 6_700).exterior.coords[::-1]]))
    two = at(MultiPolygon([box(20_000, 0, 26_000, 50), box(20_000, 900, 20_020, 4_000)]))
    read = written(GeoSeries([ring, two], crs=CRS), tmp_path)
    assert read.area.to_numpy() == pytest.approx([ring.area, two.area], rel=2e-3)
    assert not read.geometry.iloc[0].contains(at(Point(4_000, 3_000)))


def test_the_archive_is_whole_and_says_what_it_holds(tmp_path):
    """Header, metadata and every tile by the reference reader; the same layer gives the same bytes."""
    flat = flats(*(box(x, y, x + 40, y + 40) for x in range(0, 4_000, 50) for y in range(0, 400, 50)))
    made = archive("parcels", flat, plain(640))
    reader = Reader(MemorySource(made.content))
    header, told = reader.header(), reader.metadata()
    assert (
        (header["min_zoom"], header["max_zoom"]) == (made.first_zoom, made.last_zoom) == (first_zoom(flat[0]), FINEST)
    )
    assert [one["id"] for one in told["vector_layers"]] == ["parcels"]
    tiles = dict(all_tiles(MemorySource(made.content)))
    assert {zoom for zoom, _, _ in tiles} == set(range(made.first_zoom, FINEST + 1))
    assert all(gzip.decompress(content).startswith(b"\x1a") for content in tiles.values())
    assert archive("parcels", flat, plain(640)).content == made.content


def test_lines_and_points_are_layers_of_their_own(tmp_path):
    """A layer of infrastructure holds all three."""
    flat = flats(box(0, 0, 90, 90), LineString([(0, 0), (30_000, 500)]), Point(700, 20), Point(900, 20))
    path = tmp_path / "x.pmtiles"
    path.write_bytes(archive("infra", flat, plain(4)).content)
    names = {name for name, _ in pyogrio.list_layers(path)}
    assert names == {"infra", "infra.2", "infra.1"}
    line = pyogrio.read_dataframe(path, layer="infra.2").set_crs(3857).to_crs(CRS)
    assert line.geometry.union_all().length == pytest.approx(at(LineString([(0, 0), (30_000, 500)])).length, rel=2e-3)
    assert set(pyogrio.read_dataframe(path, layer="infra.1")["mvt_id"]) == {2, 3}


def test_far_away_only_what_can_be_seen_and_the_largest_first(monkeypatch):
    """Thinned above the finest zoom; at the finest everything is there, a speck if need be."""
    monkeypatch.setattr(archives, "_MOST_FEATURES", 5)
    small = [box(x, 0, x + 0.02, 0.02) for x in range(0, 900, 100)]
    large = [box(x, 200, x + 60 + x / 100, 260) for x in range(0, 900, 100)]
    (flat,) = flats(*small, *large)
    zoom = FINEST - 1
    region = tuple(np.floor(flat.boxes[0, :2] * (1 << 13)).astype(int).tolist())
    seen = archives._chosen(flat, zoom, region, 13)
    assert np.unique(seen.tile, axis=0, return_counts=True)[1].max() <= 5
    assert seen.unit.min() >= len(small)
    finest = tidy(AREA, cut(flat, FINEST, np.arange(len(flat))), 1)
    assert set(finest.unit) == set(range(18))


@given(some.lists(some.integers(0, 2**35 - 1), min_size=1, max_size=40))
def test_numbers_of_variable_length_read_back(numbers):
    """Seven bits a byte, the lowest first, as the format wants it."""
    content, sizes = varints(np.array(numbers))
    stream, read = io.BytesIO(content.tobytes()), []
    while stream.tell() < len(content):
        value = shift = 0
        while True:
            byte = stream.read(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        read.append(value)
    assert read == numbers
    assert sizes.sum() == len(content)


@settings(max_examples=examples(40))
@given(
    some.lists(
        some.tuples(some.floats(0, 4_000), some.floats(0, 4_000), some.floats(0.001, 900)), min_size=1, max_size=12
    )
)
def test_no_feature_is_lost_and_rings_turn_the_right_way(circles):
    """Whatever the size: at the finest zoom each feature is on every tile that its middle is on."""
    shapes = [Point(x, y).buffer(r, 6).difference(Point(x, y).buffer(r / 2, 6)) for x, y, r in circles]
    (flat,) = flats(*shapes)
    pieces = tidy(AREA, cut(flat, FINEST, np.arange(len(flat))), 1)
    assert set(pieces.unit) == set(range(len(shapes)))
    assert ((double_areas(pieces) > 0) == pieces.is_shell).all()
    size = EXTENT << FINEST
    for unit, box_ in enumerate(flat.boxes):
        tiles = pieces.tile[pieces.unit == unit]
        shown = set(map(tuple, tiles.tolist()))
        corner = tuple(np.floor(box_[:2] * size / EXTENT).astype(int).tolist())
        assert corner in shown or box_[2] - box_[0] > 1 / (1 << FINEST)


@given(some.floats(-179, 179), some.floats(-80, 80))
def test_the_world_and_back(longitude, latitude):
    """Degrees survive the projection of web maps."""
    back = to_degrees(to_world(np.array([longitude]), np.array([latitude])))
    assert back[0] == pytest.approx([longitude, latitude], abs=1e-9)
