"""verify: a finished appendix is the same as its Record; one digit elsewhere is named, whatever its sums say."""

import json
import os
import random
import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame

from maps.appendix.manifest import Manifest
from maps.appendix.names import EXCEL, MANIFEST, MAP, RECORD, SHEETS, WORD
from maps.appendix.packages import write_package
from maps.appendix.wishes import AppendixWishes
from maps.errors import NotAnAppendix
from maps.styled import Styled
from maps.verify import folder as reading
from maps.verify.folder import file_differences, verify
from maps.verify.geopackage import PackageExpected, geopackage_differences
from maps.verify.mutating import changed_digit
from planning.record import Record

FULL = os.environ.get("MOCGIOI_BARS") == "full"
FILES = (WORD, SHEETS, EXCEL, MAP, "HienTrang.gpkg")


def renewed(folder):
    """Give a folder a manifest whose every sum and link is right for what stands in it now."""
    record = Record.load(folder / RECORD)
    Manifest.of(folder, record, AppendixWishes()).write(folder, record)


@pytest.mark.slow
def test_a_finished_appendix_is_the_same(finished_with_verdict):
    """Every file says what the Record says, and the chain of hashes holds."""
    verdict = finished_with_verdict[1]
    assert verdict.differences == ()
    assert set(FILES) <= set(verdict.files)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_digit_is_found_though_every_sum_is_renewed(appendix, name):
    """With a manifest that fits the forged file, only reading the numbers can tell: and it does."""
    changed_digit(appendix / name, random.Random(1))  # noqa: S311 -- a seed, no secret
    renewed(appendix)
    verdict = verify(appendix)
    # The maps in Word are pages of the PDF: a digit there is another digit here.
    assert {one.file for one in verdict.differences} - ({WORD} if name == SHEETS else set()) == {name}
    assert all(one.place and one.printed != one.expected for one in verdict.differences)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.slow
def test_any_digit_is_found(finished, expected, tmp_path, name):
    """200 random digits and coordinates of each file (a seeded few without MOCGIOI_BARS=full), all named."""
    missed = []
    for seed in range(200 if FULL else 6):
        path = tmp_path / name
        shutil.copyfile(finished / SHEETS, tmp_path / SHEETS)
        shutil.copyfile(finished / name, path)
        told = changed_digit(path, random.Random(seed))  # noqa: S311 -- a seed, no secret
        found = list(file_differences(name, path, expected))
        if not found or not all(one.file == name and one.place and one.printed != one.expected for one in found):
            missed.append((seed, told, found))
    assert missed == []


def test_coordinates_that_are_no_round_numbers_are_read_back(tmp_path):
    """Whatever came from degrees has all digits of a double, more than GDAL writes of an extent; 1e-8 m is found."""
    chance = np.random.default_rng(2008)
    places = np.column_stack([chance.uniform(4e5, 5e5, 40), chance.uniform(2.3e6, 2.5e6, 40)])
    points = GeoDataFrame({"maDoiTuong": [f"{n}" for n in range(40)]}, geometry=shapely.points(places), crs="EPSG:9215")
    layers = [Styled(f"Lop{n}_P", points.iloc[n::20].reset_index(drop=True), "<qgis/>") for n in range(20)]
    write_package(layers, tmp_path / "x.gpkg")
    assert list(geopackage_differences("x", tmp_path / "x.gpkg", PackageExpected(layers))) == []
    with closing(sqlite3.connect(tmp_path / "x.gpkg")) as database, database:
        database.execute("UPDATE gpkg_contents SET max_y = max_y + 1e-8 WHERE table_name = 'Lop7_P'")
    (found,) = geopackage_differences("x", tmp_path / "x.gpkg", PackageExpected(layers))
    assert found.place == "gpkg_contents[Lop7_P]"


@pytest.mark.slow
def test_two_processes_find_what_one_finds(appendix, monkeypatch):
    """What is printed is read in a process of its own; both halves are there, and nothing twice."""
    for name in (WORD, EXCEL):
        changed_digit(appendix / name, random.Random(1))  # noqa: S311 -- a seed, no secret
    monkeypatch.setattr(reading, "_LONG_BYTES", 0)
    by_two, by_one = verify(appendix, processes=2), verify(appendix)
    assert set(by_two.differences) == set(by_one.differences)
    assert {WORD, EXCEL} <= {one.file for one in by_two.differences}


@pytest.mark.slow
def test_a_broken_file_is_a_difference(appendix):
    """A file that cannot be read, or is not there, is named and stops nothing."""
    for name in FILES[:3]:
        (appendix / name).write_bytes(b"x")
    (appendix / "HienTrang.gpkg").unlink()
    files = {one.file for one in verify(appendix).differences}
    assert {*FILES[:3], "HienTrang.gpkg"} <= files


@pytest.mark.slow
def test_a_strange_file_and_the_broken_link_of_the_chain_are_named_and_nothing_else(appendix):
    """What nobody made is no part of the appendix; a manifest that was written by hand does not fit the Record."""
    (appendix / "them.txt").write_text("x", encoding="utf-8")
    told = json.loads((appendix / MANIFEST).read_text(encoding="utf-8"))
    told["chain"]["rules"] = "0" * 64
    (appendix / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    named = [(one.file, one.place) for one in verify(appendix).differences]
    assert named == [("them.txt", "sha256"), (MANIFEST, "chain.rules")]


@pytest.mark.slow
def test_a_record_that_was_changed_is_found(appendix):
    """The Record names itself by its content."""
    path = appendix / RECORD / "record.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"value": ', '"value": 1', 1), encoding="utf-8")
    assert [one.file for one in verify(appendix).differences] == [RECORD]


def test_a_folder_without_a_manifest_is_no_appendix(tmp_path):
    """A clear error, not a list."""
    with pytest.raises(NotAnAppendix):
        verify(tmp_path)
