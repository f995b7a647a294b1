"""The same parcels in every format come in as the same rows; docs/formats.md says what differs, and is read here."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame

from desk.cli.app import main
from gis.testing import drawn
from gis.vietnamese.legacy import TCVN3
from layers.workspace import Workspace

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"
ROW = re.compile(r"^\| `(\.\w+)` \|([^|]*)\|([^|]*)\|([^|]*)\| ([\d.]+) \|$", re.MULTILINE)
FOUND = {one.group(1): one for one in ROW.finditer(DOCS.read_text(encoding="utf-8"))}
OURS = {
    "MaXa": "commune",
    "SHBANDO": "sheet_no",
    "SHTHUA": "parcel_no",
    "DIENTICH": "measured_area_m2",
    "MALOAIDAT": "land_use",
    "DIADANH": "place_name",
    "handover_date": "handover_date",
}


def parcels() -> GeoDataFrame:
    """Return five parcels, one with a hole that another fills, off every grid."""
    rows = drawn("aaaac\nabbac\naaaac\nddddc\nddeec", key="SHTHUA")
    rows = rows.assign(
        SHTHUA=list("12345"),
        MaXa="06184",
        SHBANDO="12",
        DIENTICH=[900.15, 200.25, 500.35, 600.5, 200.05],
        MALOAIDAT=["ONT", "LUC", "CLN", "TMD", "DGT"],
        DIADANH=["Đồng Đăng", "Nà Pài", "Thạch Đạn", "Cổng Trắng", "Phú Xá"],
        handover_date="2020-05-17",
    )
    return rows.set_geometry(rows.translate(0.12345, 0.6789))[[*OURS, "geometry"]]


def in_tcvn3(rows: GeoDataFrame) -> GeoDataFrame:
    """Return the rows with the bytes of TCVN3 as Latin-1 shows them."""
    codes = {whole: chr(byte) for byte, whole in TCVN3.items()}
    return rows.assign(DIADANH=rows["DIADANH"].map(lambda name: "".join(codes[letter] for letter in name)))


def written(rows: GeoDataFrame, path: Path, texts: str, write_as: Callable[[GeoDataFrame, Path], Path]) -> Path:
    """Write the parcels as a row of the table says."""
    if path.suffix in (".geojson", ".kml"):
        return write_as(rows.to_crs(4326), path)
    if "TCVN3" not in texts:
        return write_as(rows, path)
    if path.suffix == ".shp":
        pyogrio.write_dataframe(in_tcvn3(rows), path, encoding="ISO-8859-1")
        path.with_suffix(".cpg").unlink()
    else:
        options = {"BOUNDS": "400000,2300000,500000,2500000", "ENCODING": "ISO-8859-1"}
        pyogrio.write_dataframe(in_tcvn3(rows), path, driver="MapInfo File", layer_options=options)
        # The charset of the machine, not of the texts: their fonts were TCVN3.
        path.write_bytes(path.read_bytes().replace(b"ISO8859_1", b"WindowsLatin1"))
    return path


@pytest.mark.parametrize("suffix", FOUND)
def test_the_table_of_the_docs_is_true(
    tmp_path: Path,
    write_as: Callable[[GeoDataFrame, Path], Path],
    capsys: pytest.CaptureFixture[str],
    suffix: str,
) -> None:
    """Options as written, fields lost as written and no others, coordinates as near as written."""
    _, texts, options, lost, off_mm = FOUND[suffix].groups()
    rows, lost_fields = parcels(), set(re.findall(r"`(\w+)`", lost))
    workspace = Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")
    if "--join" in options:
        workspace.write({"parcels": rows.rename(columns=OURS)[["commune", "sheet_no", "parcel_no", "geometry"]]})
    path = written(rows, tmp_path / f"06184_to12{suffix}", texts, write_as)
    words = shlex.split(options.strip().strip("`"))
    with pytest.raises(SystemExit) as end:
        main(["-p", str(workspace.path), "import", str(path), "--as", "parcels", *words])
    assert not end.value.code, capsys.readouterr().err
    found = Workspace.open(workspace.path).read("parcels").sort_values("parcel_no", ignore_index=True)
    for theirs, ours in OURS.items():
        carried = ours in found and found[ours].tolist() == rows[theirs].tolist()
        assert carried is (ours not in lost_fields), ours
    off = float(max(shapely.hausdorff_distance(a, b) for a, b in zip(found.geometry, rows.geometry, strict=True)))
    assert off * 1000 <= float(off_mm)
    assert (off == 0) is (float(off_mm) == 0)
    assert [len(one.interiors) for one in found.geometry.map(lambda one: one.geoms[0])] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("suffix", FOUND)
def test_inspect_prints_the_command_that_works(
    tmp_path: Path,
    write_as: Callable[[GeoDataFrame, Path], Path],
    capsys: pytest.CaptureFixture[str],
    suffix: str,
) -> None:
    """What inspect prints is pasted as it stands, and the five parcels are there."""
    _, texts, options, _, _ = FOUND[suffix].groups()
    workspace = Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")
    if "--join" in options:
        rows = parcels().rename(columns=OURS)[["commune", "sheet_no", "parcel_no", "geometry"]]
        workspace.write({"parcels": rows})
    path = written(parcels(), tmp_path / f"06184_to12{suffix}", texts, write_as)
    with pytest.raises(SystemExit):
        main(["-p", str(workspace.path), "inspect", str(path)])
    printed = capsys.readouterr().out
    (command,) = re.findall(r"Lệnh nhập: mocgioi (.*)", printed)
    with pytest.raises(SystemExit) as end:
        main(shlex.split(command))
    assert not end.value.code, (command, capsys.readouterr().err)
    found = Workspace.open(workspace.path).read("parcels")
    assert sorted(found["parcel_no"]) == list("12345")
    assert found["commune"].tolist() == ["06184"] * 5
    for option in ("--encoding auto", "--crs EPSG:9215", "--join"):
        assert (option in command) is (option in options)


def test_inspect_leaves_open_what_only_a_person_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a project, a commune or a day nothing is invented, and a question mark is never taken for a value."""
    path = tmp_path / "thua.shp"
    pyogrio.write_dataframe(parcels().drop(columns=["MaXa"]), path)
    path.with_suffix(".prj").unlink()
    workspace = Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")
    with pytest.raises(SystemExit):
        main(["inspect", str(path), "--lang", "en", "-p", str(tmp_path)])
    printed = capsys.readouterr().out
    assert "--crs '?'" in printed
    assert "fill in commune: Commune code" in printed
    assert "--set 'commune=?'" in printed
    with pytest.raises(SystemExit) as end:
        main(["-p", str(workspace.path), "import", str(path), "--as", "parcels", "--set", "commune=?"])
    assert end.value.code == 2
    assert "commune=?" in capsys.readouterr().err
    assert not workspace.has("parcels")


def test_every_format_that_comes_in_is_in_the_table() -> None:
    """The accepted formats of rows, and those alone."""
    from gis.formats.accepted import FORMATS  # noqa: PLC0415 -- only here

    assert set(FOUND) == {one.suffix for one in FORMATS} - {".json", ".tif", ".tiff"}
