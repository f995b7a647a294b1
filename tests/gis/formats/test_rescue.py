"""Records that cannot be read: told with their place and reason, and the others come in if the user says so."""

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import fiona
import pyogrio
import pytest

from gis.errors import FileDamaged, GeoJsonWrong, NothingSound, RecordsBroken
from gis.formats.read import REASON, ROW, FileRows, read_rows
from gis.formats.reader import Reader
from gis.formats.rescue import reasons
from gis.testing import drawn

ROWS = drawn("abcdef").assign(so=[1, 2, 3, 4, 5, 6], ngay="2024-05-06")


def saved(path: Path, **options: object) -> Path:
    """Write six parcels in the format of the suffix."""
    drivers = {".gpkg": "GPKG", ".fgb": "FlatGeobuf", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON"}
    rows = ROWS if path.suffix != ".geojson" else ROWS.to_crs(4326)
    pyogrio.write_dataframe(rows, path, driver=drivers[path.suffix], **options)
    return path


def patched(path: Path, place: int, content: bytes) -> None:
    """Overwrite bytes of a file."""
    whole = bytearray(path.read_bytes())
    whole[place : place + len(content)] = content
    path.write_bytes(bytes(whole))


def read(path: Path, *, rescue: bool) -> FileRows:
    """Read the only layer."""
    with Reader() as reader:
        return read_rows(reader, path, rescue=rescue)


def with_blob(path: Path, change: Callable[[bytes], object]) -> Path:
    """Change the shape of the third record of a GeoPackage."""
    with sqlite3.connect(path) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        blob = database.execute("SELECT geom FROM x WHERE fid = 3").fetchone()[0]
        database.execute("UPDATE x SET geom = ? WHERE fid = 3", (change(blob),))
    database.close()
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda blob: blob[:60],
        lambda blob: b"XX" + blob[2:],
        lambda blob: blob[:49] + struct.pack("<I", 99_999) + blob[53:],
        lambda blob: blob[:41] + struct.pack("<I", 77) + blob[45:],
        lambda blob: "no shape",
        lambda blob: b"",
    ],
    ids=["cut", "other magic", "too many points", "unknown kind", "text", "empty"],
)
def test_a_damaged_shape_in_a_geopackage(tmp_path: Path, change: Callable[[bytes], object]) -> None:
    """The bulk read leaves it out or gives up; here the record is named, and the five others can come in."""
    path = with_blob(saved(tmp_path / "x.gpkg"), change)
    with pytest.raises(RecordsBroken, match=r"1 of 6 .* \(3: .+--quarantine"):
        read(path, rescue=False)
    found = read(path, rescue=True)
    assert found.frame["name"].tolist() == ["a", "b", "d", "e", "f"]
    assert found.frame.area.tolist() == [100.0] * 5
    assert found.broken[["name", "so", ROW]].to_numpy().tolist() == [["c", 3, 3]]
    assert found.broken[REASON].str.len().iloc[0] > 5


def test_a_shape_that_is_not_there_is_no_damage(tmp_path: Path) -> None:
    """A null shape is asked about, and keeps its row."""
    path = with_blob(saved(tmp_path / "x.gpkg"), lambda blob: None)
    found = read(path, rescue=False)
    assert found.frame.geometry.isna().tolist() == [False, False, True, False, False, False]
    assert found.broken.empty


def record_place(path: Path, number: int) -> int:
    """Return where a record of a Shapefile starts."""
    index = path.with_suffix(".shx").read_bytes()
    return 2 * int.from_bytes(index[92 + 8 * number : 96 + 8 * number], "big")


@pytest.mark.parametrize(
    ("at", "content", "reason"),
    [
        (8 + 36, struct.pack("<i", 9999), "nParts=9999"),
        (8 + 40, struct.pack("<i", 99), "nPoints=99"),
        (8, struct.pack("<i", 77), "kind of shape"),
        (4, struct.pack(">i", 7), "length"),
        (8 + 48, struct.pack("<d", 4e5), "cannot be read"),
    ],
    ids=["parts", "points", "kind", "length", "open ring"],
)
def test_a_damaged_record_in_a_shapefile(tmp_path: Path, at: int, content: bytes, reason: str) -> None:
    """The driver says nothing and leaves the shape out; here the record is named with what is wrong."""
    path = saved(tmp_path / "x.shp")
    patched(path, record_place(path, 3) + at, content)
    with pytest.raises(RecordsBroken, match=f"3: .*{reason}"):
        read(path, rescue=False)
    found = read(path, rescue=True)
    assert found.frame["so"].tolist() == [1, 2, 4, 5, 6]
    assert found.frame.area.tolist() == [100.0] * 5
    assert found.broken[ROW].tolist() == [3]


def test_a_shapefile_that_was_cut_gives_what_it_holds(tmp_path: Path) -> None:
    """Shapes beyond the cut are named with their attributes; without the user's word nothing comes in."""
    path = saved(tmp_path / "x.shp")
    path.write_bytes(path.read_bytes()[: record_place(path, 4) + 20])
    with pytest.raises(RecordsBroken, match="3 of 6"):
        read(path, rescue=False)
    found = read(path, rescue=True)
    assert (found.frame["name"].tolist(), found.broken["name"].tolist()) == (["a", "b", "c"], ["d", "e", "f"])


def test_a_flatgeobuf_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The bulk read gives the whole layer up; record by record the first ones come, with the types they had."""
    path = saved(tmp_path / "x.fgb", layer_options={"SPATIAL_INDEX": "NO"})
    whole = path.read_bytes()
    patched(path, whole.index(b"\x01\x00\x00\x00c") - 30, b"\xff" * 8)
    with pytest.raises(FileDamaged, match="4 of 6"):
        read(path, rescue=False)
    found = read(path, rescue=True)
    path.write_bytes(whole)
    sound = read(path, rescue=False).frame
    assert found.frame.equals(sound[:2])
    assert found.frame.dtypes.tolist() == sound.dtypes.tolist()
    assert found.broken[ROW].tolist() == [3, 4, 5, 6]


def test_a_broken_feature_of_a_geojson(tmp_path: Path) -> None:
    """One ring that is not closed: the rule and the place; the file itself is not in doubt."""
    path = saved(tmp_path / "x.geojson")
    content = path.read_text(encoding="utf-8")
    rings = content.split('"coordinates": [ [ [ ')
    _, comma, rest = rings[3].partition(" ], [ ")
    rings[3] = "106.6, 21.9" + comma + rest
    path.write_text('"coordinates": [ [ [ '.join(rings), encoding="utf-8")
    with pytest.raises(RecordsBroken, match="3: ring-not-closed"):
        read(path, rescue=False)
    assert read(path, rescue=True).frame["name"].tolist() == ["a", "b", "d", "e", "f"]
    path.write_text(content.replace('"features"', '"Features"'), encoding="utf-8")
    with pytest.raises(GeoJsonWrong):
        read(path, rescue=True)


def test_a_short_row_of_a_table(tmp_path: Path) -> None:
    """A CSV row with too few values is one broken row."""
    path = tmp_path / "x.csv"
    path.write_text('a,b\n1,"x\ny"\n2\n3,z\n', encoding="utf-8")
    with pytest.raises(RecordsBroken, match="2: 1 ≠ 2"):
        read(path, rescue=False)
    found = read(path, rescue=True)
    assert found.frame["b"].tolist() == ["x\ny", "z"]


def test_nothing_sound_is_refused(tmp_path: Path) -> None:
    """Where no record can be read the user's word changes nothing."""
    path = saved(tmp_path / "x.shp")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(NothingSound, match="all 6 records"):
        read(path, rescue=True)


def test_the_rescue_has_one_driver(tmp_path: Path) -> None:
    """A virtual file under another name, which its own driver would open, is opened by no other."""
    source = saved(tmp_path / "x.gpkg")
    virtual = tmp_path / "y.geojson"
    virtual.write_text(
        f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    layer = {"name": "x", "fields": [], "rows": 6}
    for driver, opens in (("OGR_VRT", True), ("GeoJSON", False), ("GPKG", False)):
        asked = SimpleNamespace(path=virtual, driver=driver, encoding=None)
        if opens:
            assert reasons(asked, layer) == {}
        else:
            with pytest.raises(fiona.errors.DriverError):
                reasons(asked, layer)
