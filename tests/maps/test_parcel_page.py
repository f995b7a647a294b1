"""The page of a parcel: in both languages, every number by the one formatter, nothing unknown left unsaid."""

import re

import pytest

from gis.language import Lang
from layers.workspace import Workspace
from maps.labels import how_text
from maps.layer_names import layer_title
from maps.parcel_page import page
from maps.provenance import HOW
from planning.extract import extract
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import find
from planning.record import Record


def record_of(workspace: Workspace, key: str, **wishes: bool) -> Record:
    desk = ParcelDesk.open(workspace)
    return extract(desk, find(desk.cadastre, desk.communes, key).hits[0], **wishes)


def test_the_page_in_vietnamese(land_office: Workspace) -> None:
    """Areas, uses, layers, overlaps, what does not touch and what is not known."""
    told = "\n".join(page(record_of(land_office, "tt Đồng Đăng/1/1"), "vi"))
    for line in (
        "Thửa đất số 1, tờ bản đồ số 1, Thị trấn Đồng Đăng, Huyện Cao Lộc (mã xã 06184 có hiệu lực từ 01/04/2009)",
        "  Diện tích đo đạc               40.000,0 m²",
        "  Đo đạc trừ theo giấy tờ        +1.000,0 m²",
        "  Hiện trạng                     ONT Đất ở tại nông thôn (chính): diện tích đo đạc 10.000,0 m²",
        "      bị ranh giới cắt, 20.000,0 m², 50,00% (47,50% – 52,50%); đường biết chính xác đến 5 m",
        "      Văn bản: QĐ 1; quyết định 12/QĐ",
        "  Khu vực hạn chế: gộp 30.000,0 m², trừ chồng lấn còn 20.000,0 m² (chồng lấn 10.000,0 m²)",
        "  Bến bãi",
        "  Kết quả kiểm tra dữ liệu (chưa chạy kiểm tra)",
        "  loại đất hiện trạng ONT-C+CLN-P ≠ loại đất theo giấy tờ ONT: khác ở một phần mục đích, 30.000,0 m²",
        "Cần cán bộ kiểm tra (không phải kết luận)",
        "Dữ liệu cá nhân: không kèm.",
    ):
        assert line in told
    assert "Nguyễn" not in told


def test_the_page_in_english_with_the_owner(land_office: Workspace) -> None:
    """Asked for, the owner is told, and that it was asked for."""
    told = "\n".join(page(record_of(land_office, "tt Đồng Đăng/1/1", personal=True), "en"))
    assert "Ông Nguyễn Minh Họa 0" in told
    assert "cut by the line, 20,000.0 m², 50.00% (47.50% – 52.50%); line known to 5 m" in told
    assert "Personal data: shown, as asked." in told


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_key_of_ours_is_shown_as_a_word(land_office: Workspace, lang: Lang) -> None:
    """Every column and code of a page has a name in both languages."""
    for key in ("06184/1/1", "06208/1/1", "06136/1/1"):
        told = re.sub(r"\[.*?\]", "", "\n".join(page(record_of(land_office, key), lang)))
        for code in ("_m2", "_area", "accuracy_m", "land_use", "crossed:", "undecidable,", "legal_use"):
            assert code not in told


def test_every_making_has_a_vietnamese_wording(land_office: Workspace) -> None:
    """Where a number comes from can be read in Vietnamese."""
    record = record_of(land_office, "06184/1/1", personal=True)
    made = {column.how for table in record.tables.values() for column in table.columns.values()}
    assert made - HOW.keys() == set()
    assert how_text(record.fact("choice.personal"), "vi") == "theo lựa chọn của người hỏi"


def test_layers_are_called_as_people_call_them() -> None:
    """Vintages, features, accuracies, findings."""
    assert layer_title("functional_areas", "vi") == "Khu chức năng"
    assert layer_title("constraints/HC07", "en") == "Constraints: HC07"
    assert layer_title("admin_units@2009-04-01.accuracy_m", "en") == "Administrative units from 1 April 2009: accuracy"
    assert layer_title("parcels.geometry", "vi") == "Hình của thửa đất"
