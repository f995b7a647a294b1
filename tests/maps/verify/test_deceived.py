"""What a forger with time would try: exchanged numbers, notes on top, fields that change when printed."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest

from maps.appendix.names import EXCEL, SHEETS, WORD
from maps.sheet.page import Page
from maps.verify.difference import Difference
from maps.verify.document import read_document
from maps.verify.expected import Expected
from maps.verify.folder import file_differences
from maps.verify.mutating import exchanged_labels
from maps.verify.sheets import pages_expected, sheet_differences

# An appendix takes ten seconds to make: the slow suite, which forges it digit by digit, makes it once for all.
pytestmark = pytest.mark.slow


def changed_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Rewrite one part of an archive."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode("utf-8")
    assert change(before) != before
    parts[part] = change(before).encode("utf-8")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def exchanged(page: Page, name: str) -> Page:
    """Return a page on which two numbers of a list of texts have changed places."""
    rows = [list(row) for row in page.texts[name]]
    rows[0][1], rows[1][1] = rows[1][1], rows[0][1]
    assert rows != [list(row) for row in page.texts[name]]
    return replace(page, texts={**page.texts, name: rows})


@pytest.mark.parametrize(("kind", "name"), [("map", "facts"), ("table", "rows")])
def test_numbers_that_have_changed_places_are_found(finished: Path, expected: Expected, kind: str, name: str) -> None:
    """A page with the same letters, and even the same words, is another page."""
    pages = [one.page for one in expected.pages]
    at = next(place for place, page in enumerate(pages) if page.kind == kind and len(page.texts[name]) > 1)
    forged = [exchanged(page, name) if place == at else page for place, page in enumerate(pages)]
    crs = expected.composed.record.crs
    found = list(sheet_differences(SHEETS, (finished / SHEETS).read_bytes(), pages_expected(forged, crs)))
    assert {one.place for one in found} == {expected.pages[at].place}


@pytest.mark.parametrize("seed", range(4))
def test_labels_that_have_changed_places_are_found(
    finished: Path, expected: Expected, tmp_path: Path, seed: int
) -> None:
    """Two texts of equal look and length leave every letter of the page: each is named in its place, with what it says."""
    path = tmp_path / SHEETS
    path.write_bytes((finished / SHEETS).read_bytes())
    told = exchanged_labels(path, random.Random(seed))  # noqa: S311 -- a seed, no secret
    found = list(file_differences(SHEETS, path, expected))
    assert len(found) == 2, told
    assert all(one.place.startswith(told.partition(":")[0]) and ", label " in one.place for one in found)
    one, other = found
    assert ("".join(one.printed.split()), "".join(other.printed.split())) == (
        "".join(other.expected.split()),
        "".join(one.expected.split()),
    )


@pytest.mark.parametrize(("right_mm", "down_mm"), [(0.6, 0.0), (0.0, 0.1)])
def test_a_label_that_was_moved_is_found(finished: Path, expected: Expected, right_mm: float, down_mm: float) -> None:
    """Half a millimetre along its line or a tenth across it, and nothing stands where the label stood."""
    pages = [one.page for one in expected.pages]
    at = next(place for place, page in enumerate(pages) if page.labels)
    first, *others = pages[at].labels
    moved = replace(first, x_mm=first.x_mm + right_mm, y_mm=first.y_mm + down_mm)
    pages[at] = replace(pages[at], labels=(moved, *others))
    crs = expected.composed.record.crs
    (found,) = sheet_differences(SHEETS, (finished / SHEETS).read_bytes(), pages_expected(pages, crs))
    assert (found.place, found.expected) == (f"{expected.pages[at].place}, label 1", first.text)


def test_a_note_on_a_page_is_found(appendix: Path, expected: Expected) -> None:
    """What is stuck on top of a page is no text of the page."""
    with pikepdf.open(BytesIO((appendix / SHEETS).read_bytes())) as document:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[9, 9, 99, 99])
        document.pages[0].obj.Annots = pikepdf.Array([note])
        document.save(appendix / SHEETS)
    assert [one.place for one in named(appendix, SHEETS, expected)] == ["page 1 (location), notes"]


def test_a_field_that_would_change_in_print_is_found(appendix: Path, expected: Expected) -> None:
    """The number that a field shows now says nothing of what Word makes of it later."""
    changed_part(
        appendix / WORD, "word/document.xml", lambda xml: xml.replace("SEQ Bang \\* ARABIC", "SEQ Bang \\r 9", 1)
    )
    (found,) = named(appendix, WORD, expected)
    assert (found.place.startswith("field"), found.printed) == (True, "SEQ Bang \\r 9")


def test_what_nobody_reads_is_no_part_of_word(appendix: Path, expected: Expected) -> None:
    """A symbol is shown and is no text."""
    symbol = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p><w:sectPr'
    changed_part(appendix / WORD, "word/document.xml", lambda xml: xml.replace("<w:sectPr", symbol, 1))
    assert [one.printed for one in named(appendix, WORD, expected)] == ["sym"]


def test_a_picture_more_is_found(appendix: Path, expected: Expected) -> None:
    """A map that is shown a second time is one map too many; the same map may well stand in the file once."""

    def doubled(xml: str) -> str:
        start = xml.rindex("<w:r>", 0, xml.index("<w:drawing>"))
        end = xml.index("</w:r>", start) + len("</w:r>")
        return xml[:end] + xml[start:end] + xml[end:]

    before = len(read_document((appendix / WORD).read_bytes()).pictures)
    changed_part(appendix / WORD, "word/document.xml", doubled)
    assert [one.printed for one in named(appendix, WORD, expected)] == [str(before + 1)]


def test_a_text_written_into_the_cell_itself_is_read(appendix: Path, expected: Expected) -> None:
    """Excel knows texts that are not in its list of texts."""
    cell = '<sheetData><row r="1"><c r="Z1" t="inlineStr"><is><t>1,00 ha</t></is></c></row>'
    changed_part(appendix / EXCEL, "xl/worksheets/sheet2.xml", lambda xml: xml.replace("<sheetData>", cell, 1))
    (found,) = named(appendix, EXCEL, expected)
    assert (found.place.endswith("!Z1"), found.printed, found.expected) == (True, "1,00 ha", "")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE layer_styles SET styleQML = replace(styleQML, 'pass=\"0\"', 'pass=\"1\"')",
        "UPDATE gpkg_spatial_ref_sys SET definition = replace(definition, '107.25', '107.75') WHERE srs_id = 9215",
        "CREATE VIEW them AS SELECT 1",
        "UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1",
    ],
)
def test_what_a_package_says_of_its_layers_is_compared(appendix: Path, expected: Expected, change: str) -> None:
    """Styles, systems, views and counts are read by QGIS as well as rows are."""
    with closing(sqlite3.connect(appendix / "QuyHoach.gpkg")) as database, database:
        database.execute(change)
    assert named(appendix, "QuyHoach.gpkg", expected)


def named(appendix: Path, name: str, expected: Expected) -> list[Difference]:
    """Return what is found in one file; each difference says where, and what instead of what."""
    found = list(file_differences(name, appendix / name, expected))
    assert all(one.file == name and one.place and one.printed != one.expected for one in found)
    return found
