"""Mutants of every format: no crash, no hang, and what comes in other than it was is visible in the import report."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.errors import MocGioiError, ReadingStopped, RecordsBroken
from gis.formats.accepted import FORMATS, accepted_format, side_files
from gis.pattern import Pattern
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.elevation import import_raster
from layers.intake import import_files
from layers.wishes import Wishes
from layers.workspace import Workspace

SUFFIXES = [one.suffix for one in FORMATS if one.suffix not in (".json", ".tiff")]
KEYS = {"commune": "06184", "sheet_no": "12"}
WITHOUT_SYSTEM = (".tab", ".mif", ".dxf", ".dgn")


def parcels() -> GeoDataFrame:
    """Return four parcels with texts, numbers and a hole."""
    rows = drawn("aaab\nacab\naaab\nddbb", key="SHTHUA")
    return rows.assign(DIENTICH=[800.1, 500.2, 100.3, 200.4], DIADANH=["Đồng Đăng", "Nà Pài", "Phú Xá", "Yên Trạch"])


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, cut a piece out, or put one in."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if not changed:
            return b"\0"
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place] = chance.randrange(256)
            case 2:
                del changed[place : place + chance.randint(1, 64)]
            case _:
                changed[place:place] = chance.randbytes(chance.randint(1, 16))
    return bytes(changed) or b"\0"


def made(path: Path, write_as: Callable[[GeoDataFrame, Path], Path]) -> Path:
    """Write the parcels, or for GeoTIFF an elevation model."""
    if path.suffix != ".tif":
        return write_as(parcels().to_crs(4326) if path.suffix in (".geojson", ".kml") else parcels(), path)
    place = rasterio.Affine(10, 0, ORIGIN_EASTING, 0, -10, ORIGIN_NORTHING)
    options = {"width": 9, "height": 7, "count": 1, "dtype": "float32", "crs": "EPSG:9215", "transform": place}
    with rasterio.open(path, "w", driver="GTiff", **options) as raster:
        raster.write(np.arange(63, dtype="float32").reshape(1, 7, 9))
    return path


def brought_in(path: Path, folder: Path, *, quarantine: bool = False) -> tuple[Any, Any]:
    """Import a file into a new project; return what came in, and what the report shows of it."""
    workspace = Workspace.create(folder, "Thử", "EPSG:9215")
    if path.suffix == ".tif":
        report = import_raster(workspace, path)
        with rasterio.open(workspace.path / "layers" / "elevation.tif") as raster:
            return (raster.read().tobytes(), raster.transform, raster.nodata), report
    wishes = Wishes(
        values=KEYS,
        crs=workspace.crs if path.suffix in WITHOUT_SYSTEM else None,
        label=Pattern("{parcel_no}") if path.suffix in (".dxf", ".dgn") else None,
        join=path.suffix in (".csv", ".xlsx"),
        quarantine=quarantine,
    )
    if wishes.join:
        there = parcels().rename(columns={"SHTHUA": "parcel_no"}).assign(**KEYS)
        workspace = workspace.write({"parcels": there[[*KEYS, "parcel_no", "geometry"]]})
    after, told = import_files(workspace, [path], "parcels", wishes)
    return content(after.read("parcels")), told


def content(rows: DataFrame) -> list[str]:
    """Return every value and every corner of the rows, by key."""
    texts = (
        DataFrame(rows.drop(columns="geometry")).astype(str).assign(wkb=shapely.to_wkb(rows.geometry.values, hex=True))
    )
    return sorted("|".join(f"{name}={row[name]}" for name in sorted(texts)) for row in texts.to_dict("records"))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutants_do_no_harm(
    tmp_path: Path,
    write_as: Callable[[GeoDataFrame, Path], Path],
    record_property: Callable[[str, object], None],
    suffix: str,
    full_bars: bool,
) -> None:
    """200 of each format in full, a seeded few otherwise: refused in words, the same rows, or other rows that show."""
    (tmp_path / "goc").mkdir()
    source, chance = made(tmp_path / "goc" / f"thua{suffix}", write_as), random.Random(suffix)  # noqa: S311
    before, shown = brought_in(source, tmp_path / "p")
    outcomes = Counter[str]()
    for number in range(200 if full_bars else 4):
        folder = tmp_path / "lan"
        path = mutant(source, folder, chance)
        try:
            now, told = brought_in(path, folder / "p")
        except MocGioiError as error:
            outcomes.update(refusal(error, path, folder / "q"))
        else:
            assert (now == before) is (told.sha256 == shown.sha256), number
            outcomes["the same" if now == before else "visible"] += 1
        shutil.rmtree(folder)
    record_property("outcomes", dict(outcomes))


def refusal(error: MocGioiError, path: Path, folder: Path) -> list[str]:
    """Return what became of a mutant that was refused: by its error, and whether its sound records could come in."""
    assert not isinstance(error, ReadingStopped) or "longer" not in str(error), path
    return [type(error).__name__, *(["rescued"] if isinstance(error, RecordsBroken) and rescued(path, folder) else [])]


def mutant(source: Path, folder: Path, chance: random.Random) -> Path:
    """Copy a file with all that belongs to it and change one of them."""
    folder.mkdir()
    if source.is_dir():
        path = Path(shutil.copytree(source, folder / source.name))
        targets = sorted(path.iterdir())
    else:
        targets = [Path(shutil.copy(one, folder / one.name)) for one in side_files(source, accepted_format(source))]
        path = folder / source.name
    target = chance.choice(targets)
    target.write_bytes(mutated(target.read_bytes(), chance))
    return path


def rescued(path: Path, folder: Path) -> bool:
    """Bring in what is sound of a mutant with broken records: every record is there or told to be aside."""
    try:
        now, told = brought_in(path, folder, quarantine=True)
    except MocGioiError:
        return False
    aside = sum(one.rows for file in told.files for one in file.notes if one.code == "quarantined")
    assert len(now) > 0
    assert aside > 0
    return True
