"""Extracts on paper: all that the page says, a true map, corners that lead back to the layer, nobody's name unasked."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import shapely

from layers.workspace import Workspace
from maps.errors import SheetsDiffer
from maps.formatter import show
from maps.parcel_page import sections
from maps.parcel_sheet import batch, book
from maps.parcel_sheet.batch import write_extracts
from maps.parcel_sheet.book import ExtractWishes, printed_extract, write_extract
from maps.parcel_sheet.drawing import ground_of, parcel_map, window_around
from maps.parcel_sheet.page import extract_page
from maps.provenance import HOW
from maps.sheet.compose import pdf_of
from maps.sheet.ledger import flow_differences, require_flow_agreement
from maps.sheet.page import Page, TitleBlock
from maps.testing import HOSTILE, PAYLOADS
from planning.extract import extract
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import Hit, find
from planning.parcel_wish_list import find_each
from planning.record import Record
from planning.surroundings import CORNERS, NEIGHBOURS, with_surroundings

KEY = "06184@2009-04-01/1/1"


@pytest.fixture(scope="module")
def desk(land_office_template: Path) -> ParcelDesk:
    """Return the land office's project, opened; nobody changes it."""
    return ParcelDesk.open(Workspace.open(land_office_template))


def hit_of(desk: ParcelDesk, key: str = KEY) -> Hit:
    return find(desk.cadastre, desk.communes, key).hits[0]


def drawn(desk: ParcelDesk, key: str = KEY) -> tuple[Record, Page]:
    """Return an extract with its surroundings, and its page."""
    record = extract(desk, hit_of(desk, key))
    window = window_around(tuple(record.geometry["parcels"].total_bounds.tolist()))
    record = with_surroundings(record, desk, hit_of(desk, key), ground_of(window), with_defence=False)
    return record, extract_page(record, parcel_map(record, window, "vi"), TitleBlock(), "vi")


def text_of(pdf: bytes) -> str:
    """Return what a reader finds in a file, spaces told once."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join("\n".join(pages).split())


def test_the_paper_says_what_the_screen_says(desk: ParcelDesk) -> None:
    """Every part of the page is there under its number; areas are those of the Record, through the one formatter."""
    record, pdf = printed_extract(desk, hit_of(desk), ExtractWishes(block=TitleBlock("Phòng Đăng ký đất đai")))
    told = text_of(pdf)
    for section in sections(record, "vi"):
        assert section.title in told
    for column in ("measured_area_m2", "legal_area_m2", "unit_m2", "measured_less_legal_m2"):
        assert show(record, f"parcels[{KEY}].{column}", "vi").text in told
    assert "bị ranh giới cắt 20.000,0 m² 50,00% (47,50% – 52,50%) 5 m QĐ 1" in told
    assert "Phòng Đăng ký đất đai" in told
    assert record.id[:12] in told


def test_names_stay_out_unless_they_are_asked_for(desk: ParcelDesk) -> None:
    """Neither in the text nor in the Record behind it; asked for, both say so."""
    record, pdf = printed_extract(desk, hit_of(desk), ExtractWishes())
    assert "Nguyễn" not in text_of(pdf)
    assert "owner" not in record.tables["parcels"].columns
    _, asked = printed_extract(desk, hit_of(desk), ExtractWishes(personal=True))
    assert "Ông Nguyễn Minh Họa 0" in text_of(asked)
    assert "Dữ liệu cá nhân: có, theo yêu cầu" in text_of(asked)


def test_the_corners_are_those_of_the_parcel(desk: ParcelDesk) -> None:
    """Their polygon is the parcel, and their edges are as long as its outline, to a millimetre a corner."""
    record, page = drawn(desk)
    corners = record.tables[CORNERS].frame
    shape = record.geometry["parcels"].geometry.iloc[0]
    assert shapely.Polygon(corners[["easting_m", "northing_m"]].to_numpy()).area == pytest.approx(shape.area, abs=0.5)
    assert corners["edge_m"].sum() == pytest.approx(shape.length, abs=1e-3 * len(corners))
    rows = [row for part in page.texts["parts"] for block in part.get("blocks", ()) for row in block["rows"]]
    assert [row[0] for row in rows] == [f"{number:.0f}" for number in corners["number"]]


def test_neighbours_are_on_the_map_and_defence_land_is_not(desk: ParcelDesk) -> None:
    """Every parcel that meets the window (LADM-COL #475), but for what is withheld; asked for, that too."""
    record, page = drawn(desk, "06208/1/2")
    window = shapely.box(*page.window)
    keys, shapes = desk.cadastre.keys, desk.cadastre.fabric.geometries
    near = {key for key, shape in zip(keys, shapes, strict=True) if shapely.intersects(shape, window)}
    withheld = {"06208/1/3"} & near
    assert set(record.geometry[NEIGHBOURS]["key"]) >= near - withheld - {"06208/1/2"}
    assert not withheld & set(record.geometry[NEIGHBOURS]["key"])
    assert withheld
    hit = hit_of(desk, "06208/1/2")
    open_record = with_surroundings(extract(desk, hit), desk, hit, page.window, with_defence=True)
    assert withheld <= set(open_record.geometry[NEIGHBOURS]["key"])


def test_the_scale_of_the_map_is_true(desk: ParcelDesk) -> None:
    """The parcel measures on the printed page what its length over the scale is, to a third of a millimetre."""
    record, page = drawn(desk)
    black = page.pictures["parcel-map.svg"].replace(b"#ffdf8a", b"#00ff00").replace(b'fill-opacity="0.85"', b"")
    green = replace(page, pictures={**page.pictures, "parcel-map.svg": black.replace(b"#b3142a", b"#00ff00")})
    image = pypdfium2.PdfDocument(pdf_of([green], record, "vi"))[0].render(scale=300 / 72).to_numpy()
    found = (image[:, :, 1] > 200) & (image[:, :, 0] < 60) & (image[:, :, 2] < 60)
    west, south, east, north = record.geometry["parcels"].total_bounds
    scale = (page.window[2] - page.window[0]) / page.layout["map"]["width"]
    for axis, length in ((0, east - west), (1, north - south)):
        places = np.flatnonzero(found.any(axis=axis))
        # The outline reaches half its width of 0.44 mm beyond.
        assert (places[-1] - places[0] + 1) * 25.4 / 300 == pytest.approx(length / scale + 0.44, abs=0.33)


def test_a_lost_line_or_sheet_is_named(desk: ParcelDesk, tmp_path: Path) -> None:
    """The finished file is read back: a line that is missing, one too many, a whole sheet."""
    record, page = drawn(desk)
    pdf = pdf_of([page], record, "vi")
    assert not list(flow_differences(page, pdf))
    more = replace(page, texts={**page.texts, "foot": "Một câu không được in"})
    with pytest.raises(SheetsDiffer, match="thiếu"):
        require_flow_agreement(more, pdf, "vi")
    with pytest.raises(SheetsDiffer, match="thừa"):
        require_flow_agreement(page, pdf_of([more], record, "vi"), "vi")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) > 1
    document.del_page(1)
    path = tmp_path / "cut.pdf"
    document.save(path)
    assert list(flow_differences(page, path.read_bytes()))


@pytest.mark.parametrize("text", [HOSTILE, *(pytest.param(one, marks=pytest.mark.slow) for one in PAYLOADS)])
def test_user_text_is_printed_as_it_stands(land_office: Workspace, text: str) -> None:
    """A place name that looks like markup is a place name."""
    rows = land_office.read("parcels").assign(place_name=text)
    desk = ParcelDesk.open(land_office.write({"parcels": rows}))
    write_extract(desk, hit_of(desk), land_office.path / "x.pdf", ExtractWishes())


def test_a_list_is_written_whole_and_what_is_not_is_named(desk: ParcelDesk, tmp_path: Path) -> None:
    """One file a parcel; unknown, ambiguous and withheld ones are told, and hold up none."""
    keys = ("06184/1/1", "tt Đồng Đăng/1/1", "06208/1/2", "Đồng Đăng/1/1", "06184/9/9", "06208/1/3")
    found = find_each(desk.cadastre, desk.communes, keys)
    assert [hit.key for hit in found.hits] == [KEY, "06208@2009-04-01/1/2", "06208@2009-04-01/1/3"]
    assert [key for key, _ in found.refused] == ["Đồng Đăng/1/1", "06184/9/9"]
    folder = tmp_path / "trich-luc"
    done = write_extracts(desk, found.hits, folder, ExtractWishes())
    assert [path.name for path in done.written] == ["06184@2009-04-01_1_1.pdf", "06208@2009-04-01_1_2.pdf"]
    assert [key for key, _ in done.refused] == ["06208@2009-04-01/1/3"]
    assert sorted(path.name for path in folder.iterdir()) == [path.name for path in done.written]


@pytest.mark.slow
def test_two_processes_write_what_one_writes(desk: ParcelDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files and the same refusals, told in the same order; in a batch no neighbour is lost (LADM-COL #475)."""
    hits = find_each(desk.cadastre, desk.communes, ("06184/1/1", "06208/1/3", "06208/1/2")).hits
    alone = write_extracts(desk, hits, tmp_path / "mot", ExtractWishes())
    monkeypatch.setattr(batch, "_FEW", 0)
    steps: list[None] = []
    together = write_extracts(desk, hits, tmp_path / "hai", ExtractWishes(), "vi", lambda: steps.append(None))
    assert [path.name for path in together.written] == [path.name for path in alone.written]
    assert [text_of(path.read_bytes()) for path in together.written] == [
        text_of(path.read_bytes()) for path in alone.written
    ]
    assert [(key, str(error)) for key, error in together.refused] == [(key, str(error)) for key, error in alone.refused]
    assert len(steps) == 3


def test_an_export_that_disagrees_leaves_the_old_file(
    desk: ParcelDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there stays, whole."""
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(book, "pdf_of", lambda pages, *rest: pdf_of([*pages, *pages], *rest))
    with pytest.raises(SheetsDiffer):
        write_extract(desk, hit_of(desk), path, ExtractWishes())
    assert path.read_bytes() == b"old"


def test_a_parcel_without_a_shape_has_an_extract_without_a_map(land_office: Workspace) -> None:
    """What is known is told, the shape is listed as no data."""
    rows = land_office.read("parcels")
    rows.loc[rows["parcel_no"] == "1", "geometry"] = None
    desk = ParcelDesk.open(land_office.write({"parcels": rows}))
    _, pdf = printed_extract(desk, hit_of(desk), ExtractWishes())
    assert "Hình của thửa đất" in text_of(pdf)
    assert "Sơ đồ thửa đất" not in text_of(pdf)


def test_every_column_says_in_both_languages_how_it_was_made(desk: ParcelDesk) -> None:
    """The corners too: a number that nobody can explain is not handed out."""
    record, _ = drawn(desk)
    assert all(column.how in HOW for column in record.tables[CORNERS].columns.values())
