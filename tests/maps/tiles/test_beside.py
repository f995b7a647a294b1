"""What stands beside a page: chunks that make the archive again, rows in the order of their keys, a picture from afar."""

import base64
import re
import zlib

import numpy as np
from geopandas import GeoSeries
from shapely import box

from gis.formats.png import png_of_classes, png_of_rgba
from maps.tiles.overview import overview
from maps.tiles.rows import ROWS, row_blocks, unpacked
from maps.tiles.side import CHUNK, SideFile, call, chunks, digest, drop_others, folder_of, script_file, write_side


def picture(png: bytes) -> np.ndarray:
    """Return the bytes of each line of a PNG, its filter undone."""
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    start = png.index(b"IDAT") + 4
    size = int.from_bytes(png[start - 8 : start - 4], "big")
    lines = np.frombuffer(zlib.decompress(png[start : start + size]), np.uint8).reshape(height, -1)
    plain = lines[:, 1:] if lines[0, 0] == 0 else np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8)
    return plain.reshape(height, width, -1)


def test_chunks_make_the_archive_again():
    """Byte for byte, and a chunk is a script that holds nothing but its name and base64."""
    content = np.random.default_rng(1).bytes(2 * CHUNK + 17)
    parts = chunks("parcels.tiles", content)
    assert [name for name, _ in parts] == ["parcels.tiles.0", "parcels.tiles.1", "parcels.tiles.2"]
    assert b"".join(part for _, part in parts) == content
    script = call(*parts[2])
    assert re.fullmatch(r'MocGioi\.chunk\("parcels\.tiles\.2","[A-Za-z0-9+/=]*"\);', script)
    assert base64.b64decode(script.split('"')[3]) == parts[2][1]


def test_files_stand_whole_and_old_ones_go_last(tmp_path):
    """A new map does not touch the files of the page that still stands; other things in the folder stay."""
    page = tmp_path / "map.html"
    old, new = (script_file("a", b"1"),), (script_file("a", b"2"), SideFile("b.js", b"x"))
    write_side(page, old)
    write_side(page, new)
    assert {one.name for one in folder_of(page).iterdir()} == {digest(old), digest(new)}
    drop_others(page, new)
    assert {one.name for one in folder_of(page).iterdir()} == {digest(new)}
    assert (folder_of(page) / digest(new) / "b.js").read_bytes() == b"x"
    drop_others(page, ())
    assert not folder_of(page).exists()


def test_rows_come_back_by_their_place():
    """A block holds its rows and no others."""
    count = ROWS + 5
    keys = [f"{row:05d}" for row in range(count)]
    boxes = np.tile([106.7, 21.9, 106.8, 22.0], (count, 1))
    boxes[3] = np.nan
    blocks = [unpacked(one) for one in row_blocks(keys, boxes, [[f"t{row}" for row in range(count)]])]
    assert [len(one["k"]) for one in blocks] == [ROWS, 5]
    assert (blocks[1]["k"][0], blocks[1]["v"][0][4]) == (keys[ROWS], f"t{count - 1}")
    assert blocks[0]["b"][:4] == [106_700_000, 21_900_000, 106_800_000, 22_000_000]
    assert blocks[0]["b"][12:16] == [0, 0, 0, 0]


def test_the_picture_shows_what_lies_at_each_pixel():
    """West is class 0, east class 1, nothing in between."""
    shapes = GeoSeries([box(440_000, 2_420_000, 441_000, 2_422_000), box(442_000, 2_420_000, 443_000, 2_422_000)])
    seen = overview(shapes.values, GeoSeries([], crs="EPSG:9215").crs, np.array([0, 1]), ["#ff0000", "#00ff00"])
    assert seen is not None
    drawn = picture(seen.png)[:, :, 0]
    height, width = drawn.shape
    row = drawn[height // 2]
    assert (row[width // 6], row[width // 2], row[-width // 6]) == (1, 0, 2)
    west, south, east, north = seen.box
    assert west < east
    assert south < north
    assert overview(np.array([None, None]), GeoSeries([], crs="EPSG:9215").crs, np.array([0, 0]), ["#000000"]) is None


def test_pictures_read_back():
    """Colour numbers and colours, whatever they are."""
    rng = np.random.default_rng(2)
    classes, colours = rng.integers(0, 3, (7, 5), dtype=np.uint8), rng.integers(0, 256, (9, 4, 4), dtype=np.uint8)
    assert (picture(png_of_classes(classes, ["#010203", "#040506"]))[:, :, 0] == classes).all()
    assert (picture(png_of_rgba(colours)) == colours).all()
