"""Mutants of every format: no crash of this process, no hang, and every altered row is refused or visible."""

import contextlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame

from gis.errors import MocGioiError
from gis.formats.limits import Limits
from gis.formats.read import FileRows, read_rows
from gis.formats.reader import Reader

SUFFIXES = [".gpkg", ".shp", ".geojson", ".fgb", ".parquet", ".kml", ".tab", ".mif", ".dxf", ".dgn", ".csv", ".xlsx"]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, cut a piece out, or put one in."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
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
        if not changed:
            return b"\0"
    return bytes(changed)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutants_do_no_harm(written: Callable[[str], Path], tmp_path: Path, suffix: str, full_bars: bool) -> None:
    """200 of each format in full, a seeded few otherwise."""
    source, chance = written(suffix), random.Random(suffix)  # noqa: S311 -- a seed, not a secret
    parts = sorted(source.parent.glob(f"{source.stem}.*"))
    with Reader(Limits(seconds=20.0)) as reader:
        for number in range(200 if full_bars else 4):
            folder = tmp_path / f"m{number}"
            folder.mkdir()
            for part in parts:
                shutil.copyfile(part, folder / part.name)
            target = folder / chance.choice(parts).name
            target.write_bytes(mutated(target.read_bytes(), chance))
            with contextlib.suppress(MocGioiError):  # refused in words is what is promised
                check(read_rows(reader, folder / source.name))
            shutil.rmtree(folder)


def check(rows: FileRows) -> None:
    """Ask what came in: a mutant may be another file, it must be a sound one."""
    if isinstance(rows.frame, GeoDataFrame):
        shapes = np.asarray(rows.frame.geometry.values, dtype=object)
        assert len(shapely.is_valid(shapes)) == rows.layer.rows
