"""What the facts of a plan are called: its edits, stretches and yards, and its vintages of administrative units."""

import re

from gis.displacement import CANNOT_TELL, MOVED, REDRAWN, UNCHANGED
from gis.language import Lang, Text
from maps.numerals import day_text
from maps.yard_words import YARDS_BY_CHANGE

EDITS = Text(vi="Các thay đổi", en="Edits")
MOVEMENT = Text(vi="Dời ranh giới hay vẽ lại", en="Moved or redrawn")
REPLANNED = Text(vi="Bến bãi sắp xếp lại", en="Re-planned yards")
UNITS = Text(vi="Đơn vị hành chính", en="Administrative units")

_KINDS = {
    MOVED: Text(vi="Đã dời", en="Moved"),
    CANNOT_TELL: Text(vi="Chưa thể kết luận", en="Cannot tell"),
    REDRAWN: Text(vi="Vẽ lại, không dời", en="Redrawn, not moved"),
    UNCHANGED: Text(vi="Không đổi", en="Unchanged"),
}
_STRETCHES = {
    "length_m": Text(vi="chiều dài trên ranh giới đề xuất", en="length on the proposed boundary"),
    "base_length_m": Text(vi="chiều dài trên ranh giới hiện hành", en="length on the established boundary"),
    "added_m2": Text(vi="diện tích đưa vào", en="area that comes in"),
    "removed_m2": Text(vi="diện tích đưa ra", en="area that goes out"),
}
_OF_KIND = Text(vi="{kind}: {what}", en="{kind}: {what}")
# Scalar facts in reading order, under the heading that they belong to.
PLAN_FACTS: dict[Text, dict[str, Text]] = {
    EDITS: {
        "edits.count": Text(vi="Số thay đổi có hiệu lực", en="Edits in force"),
        "edits.without_effect": Text(vi="Thay đổi không còn tác dụng", en="Edits without any effect"),
        "edits.changed_since": Text(
            vi="Thay đổi lập trên dữ liệu nay đã khác", en="Edits made on data that changed since"
        ),
        "edits.overlap_m2": Text(vi="Diện tích các thay đổi chồng lên nhau", en="Area on which edits overlap"),
    },
    MOVEMENT: {
        "movement.verdict": Text(vi="Kết luận", en="Verdict"),
        "movement.displacement_max_m": Text(vi="Khoảng lệch lớn nhất giữa hai đường", en="Largest offset"),
        "movement.accuracy_base_m": Text(
            vi="Độ chính xác của ranh giới hiện hành", en="Accuracy of the established line"
        ),
        "movement.accuracy_proposed_m": Text(vi="Độ chính xác của nguồn thay đổi", en="Accuracy of the edits' sources"),
        "movement.agree_m": Text(vi="Lệch đến mức này là vẽ lại", en="Redrawn up to"),
        "movement.differ_m": Text(vi="Lệch quá mức này là đã dời", en="Moved beyond"),
        **{
            f"movement.{kind}.{what}": Text(
                vi=_OF_KIND.to("vi", kind=title.vi, what=told.vi), en=_OF_KIND.to("en", kind=title.en, what=told.en)
            )
            for kind, title in _KINDS.items()
            for what, told in _STRETCHES.items()
            if kind != UNCHANGED or what.endswith("length_m")
        },
        "movement.residual_m2.added": Text(vi="Số dư khi khép: đưa vào", en="Closing residual: comes in"),
        "movement.residual_m2.removed": Text(vi="Số dư khi khép: đưa ra", en="Closing residual: goes out"),
    },
    REPLANNED: {
        **{f"yards_replanned.{change}": title for change, title in YARDS_BY_CHANGE.items()},
        "yards_replanned.total.area_before_m2": Text(vi="Tổng diện tích trước", en="Area before"),
        "yards_replanned.total.area_after_m2": Text(vi="Tổng diện tích sau", en="Area after"),
        "yards_replanned.total.difference_m2": Text(vi="Tăng, giảm", en="Difference"),
    },
    UNITS: {
        "zone_units.unmatched": Text(
            vi="Đơn vị trong danh sách của khu mà không danh mục nào có",
            en="Units of the zone's list that no vintage has",
        ),
    },
}

PLAN_COLUMNS: dict[str, Text] = {
    "edit_kind": Text(vi="Loại thay đổi", en="Kind of edit"),
    "edit_target": Text(vi="Lớp", en="Layer"),
    "named": Text(vi="Mã, khóa", en="Codes, keys"),
    "shapes": Text(vi="Số hình", en="Shapes"),
    "reason": Text(vi="Lý do", en="Reason"),
    "dated": Text(vi="Ngày văn bản", en="Day of the document"),
    "author": Text(vi="Người đề xuất", en="Proposed by"),
    "changed_since": Text(vi="Dữ liệu đã khác từ khi lập", en="Changed since it was made"),
    "begin_m": Text(vi="Bắt đầu tại", en="Begins at"),
    "base_length_m": Text(vi="Chiều dài cũ", en="Old length"),
    "displacement_max_m": Text(vi="Lệch lớn nhất", en="Largest offset"),
    "displacement_mean_m": Text(vi="Lệch trung bình", en="Mean offset"),
    "change": Text(vi="Thay đổi", en="Change"),
    "area_before_m2": Text(vi="Diện tích trước", en="Area before"),
    "area_after_m2": Text(vi="Diện tích sau", en="Area after"),
    "difference_m2": Text(vi="Tăng, giảm", en="Difference"),
    "gate_before": Text(vi="Cửa khẩu gần nhất, trước", en="Nearest gate before"),
    "gate_distance_before_m": Text(vi="Khoảng cách, trước", en="Distance before"),
    "gate_after": Text(vi="Cửa khẩu gần nhất, sau", en="Nearest gate after"),
    "gate_distance_after_m": Text(vi="Khoảng cách, sau", en="Distance after"),
    "paper_kinds": Text(vi="Loại giấy tờ", en="Kinds of papers"),
    "licensed_area_m2": Text(vi="Diện tích được cấp phép", en="Licensed area"),
    "beyond_licence_m2": Text(vi="Vượt diện tích được cấp phép", en="Beyond the licence"),
    "old_code": Text(vi="Mã trước", en="Code before"),
    "old_name": Text(vi="Tên trước", en="Name before"),
    "old_parent": Text(vi="Huyện trước", en="District before"),
    "new_code": Text(vi="Mã sau", en="Code since"),
    "new_name": Text(vi="Tên sau", en="Name since"),
    "share_of_old": Text(vi="Tỷ lệ của đơn vị trước", en="Share of the older unit"),
    "share_of_new": Text(vi="Tỷ lệ của đơn vị sau", en="Share of the newer unit"),
    "listed": Text(vi="Theo danh mục trước và sau", en="By the list of predecessors"),
    "evidence": Text(vi="Căn cứ", en="Evidence"),
    "listed_base": Text(vi="Theo danh sách: hiện hành", en="By list: established"),
    "listed_proposed": Text(vi="Theo danh sách: đề xuất", en="By list: proposed"),
    "shapes_base": Text(vi="Theo hình vẽ: hiện hành", en="By shapes: established"),
    "shapes_proposed": Text(vi="Theo hình vẽ: đề xuất", en="By shapes: proposed"),
    "members": Text(vi="Đơn vị của danh mục kia", en="Units of the other vintage"),
    "members_base": Text(vi="Trong đó thuộc khu: hiện hành", en="Of these in the zone: established"),
    "members_proposed": Text(vi="Trong đó thuộc khu: đề xuất", en="Of these in the zone: proposed"),
    "agreement": Text(vi="Danh sách so với hình vẽ: hiện hành", en="List against shapes: established"),
    "agreement_proposed": Text(vi="Danh sách so với hình vẽ: đề xuất", en="List against shapes: proposed"),
}

# What a column is called in one table, where elsewhere it is something else.
PLAN_OWN_COLUMNS: dict[tuple[str, str], Text] = {
    ("edits", "overlap_m2"): Text(vi="Chồng lên thay đổi khác", en="Overlap with other edits"),
    ("movement", "length_m"): Text(vi="Chiều dài mới", en="New length"),
    ("movement", "area_m2"): Text(vi="Diện tích giữa hai đường", en="Area between the lines"),
    ("yards_replanned", "papers"): Text(vi="Số giấy tờ", en="Papers"),
}

PLAN_TABLES: dict[str, Text] = {
    "edits": EDITS,
    "movement": Text(vi="Các đoạn ranh giới", en="Stretches of the boundary"),
    "yards_replanned": REPLANNED,
}
# Tables of a vintage, or of two: by what their names begin with.
_OF_VINTAGES: dict[str, tuple[Text, Text]] = {
    "by.districts@": (
        Text(vi="Huyện, thành phố cũ (danh mục từ {day})", en="Former districts (vintage of {day})"),
        Text(vi="Huyện cũ {day}", en="Districts {day}"),
    ),
    "whole_or_cut@": (
        Text(vi="Đơn vị trọn vẹn, đơn vị bị cắt (danh mục từ {day})", en="Whole and cut units (vintage of {day})"),
        Text(vi="Trọn vẹn, bị cắt {day}", en="Whole or cut {day}"),
    ),
    "crosswalk.": (
        Text(vi="Diện tích chuyển giữa danh mục {day} và {other}", en="Areas between the vintages {day} and {other}"),
        Text(vi="Trước, sau sắp xếp", en="Before and since"),
    ),
}
_WHOLE_OR_CUT = re.compile(r"whole_or_cut@([\d-]+)\.(?:(inside|crossed|undecidable)_(base|proposed)|differ)")
_UNITS_BY_STATE = {
    "inside": Text(vi="Đơn vị nằm trọn, {region} (danh mục {day})", en="Whole units, {region} (vintage {day})"),
    "crossed": Text(vi="Đơn vị bị cắt, {region} (danh mục {day})", en="Cut units, {region} (vintage {day})"),
    "undecidable": Text(vi="Đơn vị chưa rõ, {region} (danh mục {day})", en="Open units, {region} (vintage {day})"),
}
_LISTS_DIFFER = Text(vi="Danh sách và hình vẽ mâu thuẫn (danh mục {day})", en="List and shapes differ (vintage {day})")
_REGIONS = {"base": Text(vi="hiện hành", en="established"), "proposed": Text(vi="đề xuất", en="proposed")}


def vintage_title(table: str, lang: Lang, *, short: bool = False) -> str | None:
    """Return what a table of one or two vintages is called; None where it is another one.

    Examples
    --------
    >>> vintage_title("by.districts@2009-04-01", "vi")
    'Huyện, thành phố cũ (danh mục từ 01/04/2009)'
    """
    prefix = next((prefix for prefix in _OF_VINTAGES if table.startswith(prefix)), "")
    if not prefix:
        return None
    first, _, second = table.removeprefix(prefix).partition(".")
    return _OF_VINTAGES[prefix][short].to(lang, day=day_text(first, lang), other=day_text(second, lang))


def vintage_tables(tables: list[str]) -> tuple[str, ...]:
    """Return the tables of vintages in reading order, the newest first."""
    newest = sorted(tables, reverse=True)
    return tuple(name for prefix in _OF_VINTAGES for name in newest if name.startswith(prefix))


def units_title(key: str, lang: Lang) -> str | None:
    """Return what a count of whole and cut units is called; None where the key is another one."""
    found = _WHOLE_OR_CUT.fullmatch(key)
    if found is None:
        return None
    day, state, region = found.groups()
    if state is None:
        return _LISTS_DIFFER.to(lang, day=day_text(day, lang))
    return _UNITS_BY_STATE[state].to(lang, region=_REGIONS[region].to(lang), day=day_text(day, lang))
