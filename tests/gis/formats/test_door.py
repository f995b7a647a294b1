"""The safe door: every format comes in whole, what is not what it says stays out, and nothing harms this process."""

import http.server
import json
import os
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import rasterio

from gis.errors import (
    CrsWithoutCode,
    FileDamaged,
    FileError,
    FileMissing,
    FileRefused,
    FileTooLarge,
    GeoJsonWrong,
    LayerAmbiguous,
    LayerEmpty,
    NothingSound,
    ReadingStopped,
    RecordsBroken,
    SideFileMissing,
)
from gis.formats.limits import Limits
from gis.formats.read import inspect, read_as_it_is, read_rows
from gis.formats.reader import Reader
from gis.testing import drawn

ROWS = [".gpkg", ".shp", ".geojson", ".fgb", ".parquet", ".kml", ".gdb", ".tab", ".mif"]


@pytest.mark.parametrize("suffix", ROWS)
def test_every_format_brings_the_same_rows(written: Callable[[str], Path], suffix: str) -> None:
    """Four parcels with their names and places, whatever they were written in."""
    path = written(suffix)
    frame = read_as_it_is(path)
    name = "Name" if suffix == ".kml" and "so_thua" not in frame else "so_thua"
    assert sorted(frame[name]) == ["a", "b", "c", "d"]
    placed = frame.set_crs(9215, allow_override=True) if suffix in (".tab", ".mif") else frame.to_crs(9215)
    assert placed.area.sum() == pytest.approx(900.0, rel=1e-3)
    assert "Đồng Đăng" in set(frame["ten"])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_tables_come_as_texts(written: Callable[[str], Path], suffix: str) -> None:
    """No number loses its leading zero on the way in."""
    frame = read_as_it_is(written(suffix))
    assert frame["so_thua"].tolist() == ["a", "b", "c", "d"]
    assert frame["ten"].tolist()[0] == "Đồng Đăng"


def test_a_system_without_a_code_is_asked_for(written: Callable[[str], Path]) -> None:
    """MapInfo forgets the datum VN-2000: the file says WGS 84, 200 m away; the likely code is in the message."""
    from gis.formats.read import read  # noqa: PLC0415 -- only here

    with pytest.raises(CrsWithoutCode, match="EPSG:9215"):
        read(written(".tab"))


def test_an_elevation_model_is_told(tmp_path: Path) -> None:
    """A GeoTIFF shows its size and system."""
    path = tmp_path / "dem.tif"
    transform = rasterio.Affine(10, 0, 440_000, 0, -10, 2_420_000)
    with rasterio.open(
        path, "w", driver="GTiff", width=5, height=4, count=1, dtype="float32", crs="EPSG:9215", transform=transform
    ) as raster:
        raster.write(np.ones((1, 4, 5), dtype="float32"))
    found = inspect(path)[0]
    assert found.geometry == "Raster 5 × 4"
    assert found.crs is not None
    assert found.crs.to_epsg() == 9215
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(FileDamaged):
        inspect(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.dwg", b"AC1032" + bytes(100)),
        ("x.dgn", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("x.dxf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_closed_drawings_are_told_what_to_save_as(tmp_path: Path, name: str, content: bytes) -> None:
    """DWG and DGN v8."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefused, match="save as DXF or DGN v7"):
        inspect(tmp_path / name)


@pytest.mark.parametrize(
    "path", ["/vsicurl/http://127.0.0.1/x.gpkg", "/vsizip/x.zip/x.shp", "http://127.0.0.1/x.geojson"]
)
def test_paths_that_are_no_files_are_refused(path: str) -> None:
    """Neither the network nor a virtual file system."""
    with pytest.raises((FileRefused, FileMissing)):
        inspect(Path(path))


def test_nothing_asks_the_network(tmp_path: Path) -> None:
    """A KML with a network link and a picture, a VRT under another name, a TAB that opens another: no request."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

        do_HEAD = do_GET  # noqa: N815

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = f"http://127.0.0.1:{server.server_port}/x"
    kml = (
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>"
        f"<NetworkLink><Link><href>{link}.kml</href></Link></NetworkLink>"
        f"<Placemark><name>a</name><styleUrl>{link}#s</styleUrl><Point><coordinates>106,21</coordinates></Point>"
        "</Placemark></Document></kml>"
    )
    vrt = (
        "<OGRVRTDataSource><OGRVRTLayer name='a'>"
        f"<SrcDataSource>/vsicurl/{link}.json</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    for name, content in (
        ("a.kml", kml),
        ("b.geojson", vrt),
        ("c.kml", vrt),
        ("d.json", json.dumps({"type": "Topology", "objects": {}, "href": link})),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        try:
            read_as_it_is(tmp_path / name)
        except FileError:
            continue
    server.shutdown()
    server.server_close()
    assert asked == []


def test_a_view_in_a_geopackage_reads_no_other_file(written: Callable[[str], Path], tmp_path: Path) -> None:
    """SQL inside the file has no reach."""
    secret = tmp_path / "secret.txt"
    secret.write_text("x", encoding="utf-8")
    path = written(".gpkg")
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE VIEW v AS SELECT load_extension('{secret}') AS a")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')"
        )
    database.close()
    with pytest.raises(FileError):
        read_as_it_is(path, "v")


@pytest.mark.parametrize(
    "content",
    [
        "!table\n!version 300\nDefinition Table\n  Type LINKED\n",
        '!table\n!version 300\nopen table "../../khac.tab" Interactive\ncreate view x as select * from khac\n',
        '!table\n!version 300\nDefinition Table\n  File "/etc/passwd"\n  Type NATIVE\n',
    ],
)
def test_a_table_that_points_elsewhere_is_refused(written: Callable[[str], Path], content: str) -> None:
    """MapInfo views and links."""
    path = written(".tab")
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused):
        inspect(path)


def test_entities_and_links_out_of_the_folder_are_refused(written: Callable[[str], Path], tmp_path: Path) -> None:
    """A billion laughs; a side file that is a link to somewhere else."""
    bomb = tmp_path / "x.kml"
    bomb.write_text('<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa">]><kml>&a;</kml>', encoding="utf-8")
    with pytest.raises(FileRefused, match="DOCTYPE"):
        inspect(bomb)
    path = written(".shp")
    elsewhere = tmp_path / "khac"
    elsewhere.mkdir()
    shutil.move(path.with_suffix(".dbf"), elsewhere / "x.dbf")
    path.with_suffix(".dbf").symlink_to(elsewhere / "x.dbf")
    with pytest.raises(FileRefused, match=r"thua\.dbf"):
        inspect(path)


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    """An archive of zeros that unpacks to a thousand times its size."""
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40 * 1024**2))
    with pytest.raises(FileTooLarge):
        inspect(path)


def test_an_archive_of_a_later_zip_is_refused_in_words(written: Callable[[str], Path]) -> None:
    """A byte that says that version 9.2 of ZIP is needed."""
    path = written(".xlsx")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 6] = 92
    path.write_bytes(content)
    with pytest.raises(FileDamaged, match="version 9"), Reader() as reader:
        reader.read(path)


def test_a_bomb_of_rows_or_cells_does_not_go_off(tmp_path: Path) -> None:
    """One megabyte that every row of a Parquet repeats; a raster of a billion cells that weighs nothing."""
    path = tmp_path / "bom.parquet"
    with Reader(Limits(text_bytes=16 * 1024**2, ratio=10.0)) as reader:
        for told in (True, False):
            rows = pa.table({"a": pa.DictionaryArray.from_arrays([0] * 100, ["x" * 1024**2])})
            pq.write_table(rows, path, store_schema=told)
            assert path.stat().st_size < 2 * 1024**2
            with pytest.raises(FileTooLarge):
                read_rows(reader, path)
    raster = tmp_path / "bom.tif"
    size = {"width": 40_000, "height": 40_000, "count": 1, "dtype": "uint8", "crs": "EPSG:9215", "sparse_ok": True}
    place = rasterio.Affine(1, 0, 440_000, 0, -1, 2_420_000)
    with rasterio.open(raster, "w", driver="GTiff", transform=place, **size):
        pass
    assert raster.stat().st_size < 4 * 1024**2
    with pytest.raises(FileTooLarge, match="40000"):
        inspect(raster)


def test_limits_hold(written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Size, rows, time, memory, death: each a message, none a crash of this process."""
    path = written(".gpkg")
    for limits, error in (
        (Limits(file_bytes=10), FileTooLarge),
        (Limits(rows=2), FileTooLarge),
        (Limits(seconds=0.001, seconds_per_mib=0.0), ReadingStopped),
        (Limits(memory_bytes=64 * 1024**2), ReadingStopped),
    ):
        if error is ReadingStopped and limits.seconds == 60.0 and os.name == "nt":
            continue  # Windows has no such limit
        with Reader(limits) as reader, pytest.raises(error):
            reader.read(path)
    with Reader(Limits(seconds=59.0)) as reader:
        reader.read(path)
        child = next(iter(reader._children.values()))
        child._process.kill()
        with pytest.raises(ReadingStopped, match="died"):
            reader.read(path)
        assert reader.read(path).rows.num_rows == 4


def test_a_shapefile_cut_anywhere_is_refused(written: Callable[[str], Path]) -> None:
    """At every block of 16 bytes, of the shapes, the index and the attributes: no row enters."""
    path = written(".shp")
    with Reader() as reader:
        for part in (".shp", ".shx", ".dbf"):
            whole = path.with_suffix(part).read_bytes()
            for size in range(0, len(whole) - 1, 16):
                path.with_suffix(part).write_bytes(whole[:size])
                with pytest.raises((FileDamaged, FileRefused)):
                    read_rows(reader, path)
            path.with_suffix(part).write_bytes(whole)
        assert len(read_rows(reader, path).frame) == 4


@pytest.mark.parametrize(
    ("suffix", "side"), [(".shp", ".shx"), (".shp", ".dbf"), (".mif", ".mid"), (".tab", ".dat"), (".tab", ".map")]
)
def test_a_missing_side_file_is_named(written: Callable[[str], Path], suffix: str, side: str) -> None:
    """The driver would guess or invent; here the set is complete or refused."""
    path = written(suffix)
    path.with_suffix(side).unlink()
    with pytest.raises(SideFileMissing, match=f"thua{side}"):
        inspect(path)


@pytest.mark.slow
def test_every_malformed_geojson_is_refused_or_reported(testdata: Path) -> None:
    """44 of 44, each by the name of the rule."""
    files = sorted((testdata / "geojson_bad").glob("*.geojson"))
    told = []
    with Reader() as reader:
        for path in files:
            try:
                told.append(bool(read_rows(reader, path).notes))
            except (GeoJsonWrong, RecordsBroken, NothingSound, FileRefused, LayerEmpty) as error:
                told.append(bool(error.to("vi")))
    assert told == [True] * 44


def test_geopackages_of_the_conformance_suite(testdata: Path) -> None:
    """Good ones come in, an empty one and one with a broken view are told, a null shape keeps its row."""
    folder = testdata / "gpkg_ets"
    assert len(read_as_it_is(folder / "features-0_FIXED.gpkg")) == len(read_as_it_is(folder / "features-0.gpkg")) == 51
    for name in ("empty.gpkg", "gdal_sample_view.gpkg"):
        with pytest.raises(FileError):
            read_as_it_is(folder / name)
    with pytest.raises(LayerAmbiguous):
        read_as_it_is(folder / "null_geometry.gpkg")
    assert read_as_it_is(folder / "null_geometry.gpkg", "new_geopackage").geometry.isna().any()


def test_texts_without_a_stated_encoding_come_as_their_bytes(tmp_path: Path) -> None:
    """A DBF of TCVN3 without .cpg: one character a byte, so that nothing is lost before it is judged."""
    path = tmp_path / "x.shp"
    pyogrio.write_dataframe(drawn("a").assign(ten="§ång §¨ng"), path, encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink()
    assert read_as_it_is(path)["ten"].tolist() == ["§ång §¨ng"]


def test_a_small_file_does_not_wait_long(written: Callable[[str], Path]) -> None:
    """A reading process is reused: the second file of an import costs no start."""
    path = written(".gpkg")
    with Reader(Limits(seconds=59.0)) as reader:
        read_rows(reader, path)
        child = reader._children["GPKG"]
        read_rows(reader, path)
        assert reader._children == {"GPKG": child}


def test_code_that_lies_beside_a_file_is_not_run(
    written: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of downloads may hold a json.py; reading a file there runs nothing of it."""
    path = written(".gpkg")
    for name in ("json.py", "csv.py", "pyarrow.py", "gis.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Reader(Limits(seconds=59.0)) as reader:  # a reading process of its own, started here
        assert len(read_rows(reader, path).frame) == 4
    assert not (tmp_path / "ran").exists()
