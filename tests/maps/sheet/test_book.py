"""Sheets on paper: true to scale, every text there once, every row of the table, a difference stops the export."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import shapely
from geopandas import GeoDataFrame
from pikepdf import Pdf
from pyproj import Transformer

from maps.errors import SheetsDiffer, SheetTooSmall, SheetUnknown
from maps.formatter import show
from maps.sheet import book as books
from maps.sheet.book import Book, Wishes, book_of, write_book, write_pictures
from maps.sheet.compose import pdf_of
from maps.sheet.coordinates import marker_texts
from maps.sheet.ledger import differences, require_agreement
from maps.sheet.page import Page, TitleBlock, page_of
from maps.sheet.plan import plan
from maps.testing import PAYLOADS
from planning.markers import PROPOSED
from planning.record import Record, Table

BLOCK = TitleBlock("Ban Quản lý", "Nguyễn Thị Ảnh", "", "", "Số 01/TTr", "2026-11-20")


@pytest.fixture(scope="module")
def book(record: Record) -> Book:
    """Return all sheets of the small project on A3."""
    return book_of(record, Wishes(), BLOCK)


def texts_of(pdf: bytes) -> list[str]:
    """Return what a reader finds on each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def test_every_subject_stretch_and_commune_has_its_sheet(book: Book, record: Record) -> None:
    """Subjects first, then one sheet per changed stretch and per commune that changes, then the table."""
    keys = [page.key for page in book.pages]
    assert keys[:3] == ["location", "current", "boundary"]
    assert {"functional-areas", "land-use-before", "land-use-after", "constraints", "yards"} < set(keys)
    changed = record.tables["by.admin_units@2025-07-01"].frame.query("added_m2 > 0 or removed_m2 > 0")
    assert {f"unit-{key}" for key in changed["key"]} == {key for key in keys if key.startswith("unit-")}
    assert len([key for key in keys if key.startswith("stretch-")]) == 2
    assert keys[-1] == "markers-1"
    assert len(keys) == len(set(keys))


def test_facts_stand_on_the_sheet_as_the_record_has_them(book: Book, record: Record) -> None:
    """The areas of the boundary sheet are the Record's, through the one formatter; text can be selected."""
    text = " ".join(texts_of(book.pdf)[2].split())
    assert "BẢN ĐỒ RANH GIỚI HIỆN HÀNH VÀ ĐỀ XUẤT" in text
    assert "Diện tích đề xuất (theo hình vẽ)" in text
    for key in ("area_m2.proposed", "area_m2.added", "area_m2.net", "zone.declared_area_m2"):
        assert show(record, key, "vi").text in text
    assert "Nguyễn Thị Ảnh" in text
    assert "20/11/2026" in text
    assert "Dữ liệu minh họa, không có giá trị pháp lý" in text
    assert "RANH GIỚI GẦN ĐÚNG" in text


def test_the_scale_is_true_on_the_rendered_page(record: Record) -> None:
    """A square of 100 m on the ground measures 100 m over the scale on the page, to a fifth of a millimetre."""
    black = GeoDataFrame({"key": ["x"]}, geometry=[shapely.box(440_200, 2_430_100, 440_300, 2_430_200)], crs=9215)
    only = replace(record, geometry={**record.geometry, "added": black, "removed": black.iloc[:0]})
    planned = next(sheet for sheet in plan(only, "A3", "vi").sheets if sheet.key == "stretch-1")
    page = page_of(only, replace(planned, layers=("added",)), {"stretch-1": 1}, BLOCK, "vi")
    svg = page.pictures["1-map.svg"].replace(b"#0072b2", b"#00ff00").replace(b'fill-opacity="0.3"', b"")
    pdf = pdf_of([replace(page, pictures={**page.pictures, "1-map.svg": svg})], only, "vi")
    dpi = 300
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_numpy()
    green = (image[:, :, 1] > 200) & (image[:, :, 0] < 60) & (image[:, :, 2] < 60)
    rows, columns = (np.flatnonzero(green.any(axis=axis)) for axis in (1, 0))
    expected_mm = 100_000 / planned.window.scale
    for measured in (rows, columns):
        # The outline of the area reaches half its width beyond it.
        assert (measured[-1] - measured[0] + 1) * 25.4 / dpi == pytest.approx(expected_mm + 0.2, abs=0.2)


def test_every_row_of_the_coordinate_table_is_read_back(record: Record, full_bars: bool) -> None:
    """Each of 20,000 corners (3,000 unless bars are full) is there, whole, once, in order (QGIS #44086 drops rows)."""
    turn = np.linspace(0, 2 * np.pi, 20_000 if full_bars else 3_000, endpoint=False)
    table = record.tables[PROPOSED]
    rows = table.frame.iloc[np.zeros(len(turn), dtype=int)].reset_index(drop=True)
    rows = rows.assign(
        key=np.arange(1, len(turn) + 1).astype(str),
        easting_m=np.round(445_000 + 9_000 * np.cos(turn), 3),
        northing_m=np.round(2_420_000 + 9_000 * np.sin(turn), 3),
    )
    many = replace(record, tables={**record.tables, PROPOSED: Table(rows, table.columns)})
    book = book_of(many, Wishes(only=("markers",)), BLOCK)
    read = [line.split() for text in texts_of(book.pdf) for line in text.splitlines()]
    cells = marker_texts(many, "vi")
    expected = list(zip(cells["key"], cells["northing_m"], cells["easting_m"], strict=True))
    found = [tuple(words[:3]) for words in read if len(words) > 3 and "," in words[1] and "," in words[2]]
    assert found == expected


def test_a_boundary_of_several_communes_is_listed_once(book: Book, record: Record) -> None:
    """A corner has one row, however many communes the line runs along (LADM-COL #413: a boundary listed six times)."""
    table = record.tables[PROPOSED].frame
    assert table["unit_inside"].nunique() > 1
    drawn = np.unique(shapely.get_coordinates(record.geometry["proposed"].geometry.values).round(3), axis=0)
    assert np.array_equal(drawn, np.unique(table[["easting_m", "northing_m"]].to_numpy(), axis=0))
    pages = [text for page, text in zip(book.pages, texts_of(book.pdf), strict=True) if page.kind == "table"]
    words = " ".join(" ".join(pages).split())
    cells = marker_texts(record, "vi")
    for row in zip(cells["key"], cells["northing_m"], cells["easting_m"], strict=True):
        assert words.count(" " + " ".join(row) + " ") == 1
    assert len(table) == len(drawn)


def test_long_names_of_communes_take_their_room(record: Record) -> None:
    """Names that need several lines make pages with fewer rows; no row is lost or breaks onto an unnumbered page."""
    table = record.tables[PROPOSED]
    rows = table.frame.iloc[np.zeros(130, dtype=int)].assign(key=np.arange(130).astype(str))
    rows["unit_inside"] = "Xã có tên rất dài để thử xem bảng tọa độ có còn đủ chỗ trên trang giấy hay không"
    long = replace(record, tables={**record.tables, PROPOSED: Table(rows.reset_index(drop=True), table.columns)})
    pages = book_of(long, Wishes(only=("markers",)), BLOCK).pages
    assert sum(len(page.texts["rows"]) for page in pages) == 130
    assert len(pages) > 3


def broken(pages: Sequence[Page], **changes: object) -> list[Page]:
    """Return the pages with the first one's expected texts changed: what was sent is not what is expected."""
    return [replace(pages[0], texts={**pages[0].texts, **changes}), *pages[1:]]


def test_a_difference_is_named_with_its_sheet(book: Book) -> None:
    """A lost word, a doubled one, one digit, a lost or doubled page (QGIS #38356): told with the number of the sheet."""
    told = [one.to("vi") for one in differences(broken(book.pages, bar=["0", "7", "9 m"]), book.pdf)]
    assert any("tờ 1 (location) thiếu" in one for one in told)
    assert any("tờ 1 (location) thừa" in one for one in told)
    assert any("trang" in one.to("vi") for one in differences(book.pages[:-1], book.pdf))
    assert any("trang" in one.to("vi") for one in differences([*book.pages, book.pages[-1]], book.pdf))
    with pytest.raises(SheetsDiffer, match="thiếu"):
        require_agreement(broken(book.pages, title="BẢN ĐỒ KHÁC"), book.pdf, "vi")
    assert not list(differences(book.pages, book.pdf))


def test_a_letter_without_a_glyph_stops_the_export(record: Record) -> None:
    """Nothing is printed as an empty box."""
    with pytest.raises(SheetsDiffer, match="漢"):
        book_of(replace(record, reason="漢"), Wishes(only=("boundary",)), BLOCK)


@pytest.mark.parametrize("text", PAYLOADS)
def test_user_text_is_printed_as_it_stands(record: Record, text: str) -> None:
    """Markup of typst, SVG or HTML in a name is a text like any other: the ledger finds it letter for letter."""
    yards = record.geometry["yards"].assign(name=text)
    hostile = replace(record, reason=text, geometry={**record.geometry, "yards": yards})
    book_of(hostile, Wishes(only=("yards",)), TitleBlock(office=text))


def test_a_legend_that_does_not_fit_asks_for_larger_paper(record: Record) -> None:
    """More classes than the paper holds: one clear message, no file."""
    areas = record.geometry["functional_areas"]
    many = areas.iloc[np.zeros(400, dtype=int)].assign(kind=[f"loại khu chức năng thứ {n}" for n in range(400)])
    crowded = replace(record, geometry={**record.geometry, "functional_areas": many})
    with pytest.raises(SheetTooSmall, match="A4"):
        book_of(crowded, Wishes(paper="A4", only=("functional-areas",)), BLOCK)


def test_missing_layers_are_named_not_drawn_empty(bare_record: Record) -> None:
    """A zone alone: its sheets are printed, the subjects without data are listed."""
    book = book_of(bare_record, Wishes(), TitleBlock())
    assert "Bản đồ bến bãi" in book.without
    assert "yards" not in [page.key for page in book.pages]


def test_neighbours_are_the_sheets_whose_windows_meet(record: Record) -> None:
    """Each atlas sheet names its neighbours, and they name it."""
    sheets = {sheet.key: sheet for sheet in plan(record, "A3", "vi").sheets if sheet.neighbours}
    assert sheets
    for key, sheet in sheets.items():
        assert key not in sheet.neighbours
        assert all(key in sheets[other].neighbours for other in sheet.neighbours)


def test_the_legend_holds_what_is_on_the_sheet_only(book: Book) -> None:
    """The sheet of yards has no land use in its legend; the one of land use has every code that is drawn."""
    pages = {page.key: page for page in book.pages}
    assert not any("LUC" in title for title in pages["yards"].texts["legend"])
    assert any(title.startswith("LUC – ") for title in pages["land-use-before"].texts["legend"])


def test_fonts_are_inside_and_the_file_is_archivable(book: Book) -> None:
    """PDF/A-2b says so of itself, and every font is embedded."""
    assert b"pdfaid:part" in book.pdf
    assert b"/FontFile" in book.pdf or b"FontFile" in book.pdf


def test_the_file_is_whole_or_the_old_one_stays(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that fails its ledger leaves the file that was there."""
    path = tmp_path / "to.pdf"
    write_book(record, path, Wishes(only=("boundary",)), BLOCK)
    before = path.read_bytes()
    with pytest.raises(SheetUnknown, match="boundary"):
        write_book(record, path, Wishes(only=("nothing",)), BLOCK)
    monkeypatch.setattr(books, "pdf_of", lambda pages, *_: pdf_of([*pages[:-1], pages[0]], record, "vi"))
    with pytest.raises(SheetsDiffer):
        write_book(record, path, Wishes(only=("boundary", "yards")), BLOCK)
    assert path.read_bytes() == before


def test_pictures_have_the_resolution_that_was_asked(record: Record, tmp_path: Path) -> None:
    """At 200 dpi an A4 sheet is 1654 × 2339 dots, lying or standing."""
    book = book_of(record, Wishes(paper="A4", only=("boundary",)), BLOCK)
    (path,) = write_pictures(book, record, tmp_path / "png", 200)
    header = path.read_bytes()[16:24]
    size = sorted((int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")))
    assert size == pytest.approx([1654, 2339], abs=2)


def test_gis_programs_find_each_map_in_its_place(book: Book) -> None:
    """The corners of the frame, taken back to the grid, are those of the window to a centimetre."""
    page = book.pages[2]
    assert page.window is not None
    with Pdf.open(BytesIO(book.pdf)) as document:
        (viewport,) = document.pages[2].obj.VP
        assert "VP" not in document.pages[-1].obj  # a table has no place
        degrees = [float(value) for value in viewport.Measure.GPTS]
        box = [float(value) for value in viewport.BBox]
    to_grid = Transformer.from_crs(4756, 9215, always_xy=True)
    east, north = to_grid.transform(degrees[1::2], degrees[0::2])
    west, south, right, top = page.window
    assert east == pytest.approx([west, west, right, right], abs=0.01)
    assert north == pytest.approx([south, top, top, south], abs=0.01)
    scale = (right - west) / ((box[2] - box[0]) * 25.4 / 72 / 1000)
    assert scale == pytest.approx(round(scale, -2), rel=1e-6)
