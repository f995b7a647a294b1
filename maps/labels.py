"""What facts, tables and columns are called, in both languages, in the words that offices use."""

import re
from dataclasses import dataclass

from gis.language import Lang, Text
from layers.admin_units import layer_of_vintage
from layers.catalog import schema_of
from layers.errors import LayerUnknown
from layers.schema import Field
from maps import form_words, parcel_words, robustness_words, tally_words, terrain_words, yard_words
from maps.numerals import day_text
from maps.plan_labels import (
    PLAN_COLUMNS,
    PLAN_FACTS,
    PLAN_OWN_COLUMNS,
    PLAN_TABLES,
    UNITS,
    units_title,
    vintage_tables,
    vintage_title,
)
from maps.provenance import HOW
from planning.record import Fact, Record

ZONE = Text(vi="Khu kinh tế", en="The zone")
AREAS = Text(vi="Diện tích", en="Areas")
HOLES = Text(vi="Lỗ hổng trong ranh giới vẽ", en="Holes of the drawn boundary")
PARCELS = Text(vi="Thửa đất", en="Parcels")
LINE = Text(vi="Mốc ranh giới", en="Boundary markers")
WITHHELD = Text(vi="Không công bố", en="Withheld")
LAW = Text(vi="Pháp lý", en="Law")
BALANCE = Text(vi="Cân bằng sử dụng đất", en="Land-use balance")
OTHERS = Text(vi="Số liệu khác", en="Other facts")

REGIONS = {
    "base": Text(vi="Hiện hành", en="Established"),
    "proposed": Text(vi="Đề xuất", en="Proposed"),
    "kept": Text(vi="Giữ nguyên", en="Kept"),
    "added": Text(vi="Bổ sung", en="Added"),
    "removed": Text(vi="Đưa ra", en="Removed"),
}

# Scalar facts in reading order, under the heading that they belong to.
FACTS: dict[Text, dict[str, Text]] = {
    ZONE: {
        "zone.name": Text(vi="Tên", en="Name"),
        "zone.status": Text(vi="Tình trạng ranh giới", en="Status of the boundary"),
        "zone.accuracy_m": Text(vi="Độ chính xác của ranh giới", en="Accuracy of the boundary"),
        "zone.document": Text(vi="Văn bản", en="Document"),
        "zone.source_scale": Text(vi="Tỷ lệ bản đồ nguồn", en="Scale of the source"),
        "zone.declared_area_m2": Text(vi="Diện tích theo quyết định", en="Declared area"),
        "zone.drawn_less_declared_m2": Text(vi="Diện tích vẽ trừ theo quyết định", en="Drawn less declared"),
        "zone.drawn_less_declared_share": Text(
            vi="Chênh lệch so với quyết định", en="Difference, of the declared area"
        ),
    },
    AREAS: {
        "area_m2.base": Text(vi="Diện tích hiện hành (theo hình vẽ)", en="Established area (drawn)"),
        "area_m2.proposed": Text(vi="Diện tích đề xuất (theo hình vẽ)", en="Proposed area (drawn)"),
        "area_m2.kept": Text(vi="Giữ nguyên", en="Kept"),
        "area_m2.added": Text(vi="Bổ sung vào khu", en="Added"),
        "area_m2.removed": Text(vi="Đưa ra khỏi khu", en="Removed"),
        "area_m2.net": Text(vi="Tăng, giảm (bổ sung trừ đưa ra)", en="Net change (added less removed)"),
        "area_m2.gross": Text(vi="Tổng biến động (bổ sung cộng đưa ra)", en="Gross change (added and removed)"),
        "share_of_declared.net": Text(vi="Tăng, giảm so với quyết định", en="Net change, of the declared area"),
        "share_of_declared.gross": Text(vi="Tổng biến động so với quyết định", en="Gross change, of the declared area"),
        "area_m2.residual.base": Text(vi="Số dư khi khép: hiện hành", en="Closing residual: established"),
        "area_m2.residual.proposed": Text(vi="Số dư khi khép: đề xuất", en="Closing residual: proposed"),
    },
    HOLES: {
        "zone.holes.base": Text(vi="Số lỗ hổng: hiện hành", en="Holes: established"),
        "zone.holes_m2.base": Text(vi="Diện tích lỗ hổng: hiện hành", en="Area of holes: established"),
        "zone.sliver_holes.base": Text(vi="Trong đó khe hở mảnh: hiện hành", en="Slivers among them: established"),
        "zone.sliver_holes_m2.base": Text(vi="Diện tích khe hở mảnh: hiện hành", en="Area of slivers: established"),
        "zone.holes.proposed": Text(vi="Số lỗ hổng: đề xuất", en="Holes: proposed"),
        "zone.holes_m2.proposed": Text(vi="Diện tích lỗ hổng: đề xuất", en="Area of holes: proposed"),
        "zone.sliver_holes.proposed": Text(vi="Trong đó khe hở mảnh: đề xuất", en="Slivers among them: proposed"),
        "zone.sliver_holes_m2.proposed": Text(vi="Diện tích khe hở mảnh: đề xuất", en="Area of slivers: proposed"),
    },
    PARCELS: {
        "parcels.count": Text(vi="Tổng số thửa đất", en="Parcels in all"),
        "parcels.inside": Text(vi="Nằm trong ranh giới đề xuất", en="Inside the proposed boundary"),
        "parcels.outside": Text(vi="Nằm ngoài ranh giới đề xuất", en="Outside the proposed boundary"),
        "parcels.crossed": Text(vi="Bị ranh giới đề xuất cắt", en="Cut by the proposed boundary"),
        "parcels.undecidable": Text(vi="Chưa xác định được ở độ chính xác này", en="Undecidable at this accuracy"),
    },
    LINE: {
        "markers.base.count": Text(vi="Số mốc: hiện hành", en="Markers: established"),
        "markers.proposed.count": Text(vi="Số mốc: đề xuất", en="Markers: proposed"),
    },
    LAW: {
        "law.procedure": Text(vi="Thủ tục theo mọi cách hiểu", en="Procedure by all readings"),
        "law.title": Text(vi="Bộ quy tắc", en="Rule set"),
        "law.rule_set": Text(vi="Mã bộ quy tắc", en="Id of the rule set"),
        "law.in_force_from": Text(vi="Có hiệu lực từ", en="In force from"),
        "law.checked_on": Text(vi="Đối chiếu văn bản ngày", en="Compared with the instruments on"),
        "law.met": Text(vi="Tiêu chí đạt", en="Criteria met"),
        "law.not_met": Text(vi="Tiêu chí không đạt", en="Criteria not met"),
        "law.cannot_tell": Text(vi="Tiêu chí chưa kết luận được", en="Criteria that cannot be told"),
        "law.needs_input": Text(vi="Tiêu chí cần bổ sung thông tin", en="Criteria that need input"),
    },
    BALANCE: {
        f"balance.codes.{name}.{side}_m2": Text(vi=f"{vi}: {of_vi}", en=f"{en}: {of_en}")
        for name, vi, en in (
            ("old_only", "Đất ghi mã trước 2024", "Land in codes from before 2024"),
            ("new_only", "Đất ghi mã chỉ có từ 2024", "Land in codes of 2024 only"),
            ("unknown", "Đất ghi mã không có trong danh mục", "Land in codes that no list has"),
        )
        for side, of_vi, of_en in (("base", "hiện hành", "established"), ("proposed", "đề xuất", "proposed"))
    },
}

COLUMNS: dict[str, Text] = {
    "key": Text(vi="Mã", en="Code"),
    "name": Text(vi="Tên", en="Name"),
    "kind": Text(vi="Loại", en="Kind"),
    "commune": Text(vi="Mã xã", en="Commune code"),
    "sheet_no": Text(vi="Tờ bản đồ số", en="Sheet"),
    "parcel_no": Text(vi="Thửa đất số", en="Parcel"),
    "land_use": Text(vi="Loại đất hiện trạng", en="Current land use"),
    "legal_use": Text(vi="Loại đất theo giấy tờ", en="Legal land use"),
    "planned_use": Text(vi="Chức năng quy hoạch", en="Planned use"),
    "owner_class": Text(vi="Đối tượng sử dụng", en="Class of land user"),
    "measured_area_m2": Text(vi="Diện tích đo đạc", en="Measured area"),
    "legal_area_m2": Text(vi="Diện tích theo giấy tờ", en="Legal area"),
    "operator": Text(vi="Đơn vị khai thác", en="Operator"),
    "dossier": Text(vi="Tình trạng hồ sơ", en="State of the dossier"),
    "document": Text(vi="Văn bản", en="Document"),
    "unit_m2": Text(vi="Diện tích trên bản đồ", en="Area on the map"),
    **{f"{region}_m2": title for region, title in REGIONS.items()},
    "gross_m2": Text(vi="Tổng gộp cả chồng lấn", en="Gross, overlaps counted each time"),
    "share_base": Text(vi="Tỷ lệ trong ranh giới hiện hành", en="Share in the established boundary"),
    "share_proposed": Text(vi="Tỷ lệ trong ranh giới đề xuất", en="Share in the proposed boundary"),
    "share_proposed_min": Text(vi="Tỷ lệ đề xuất, ít nhất", en="Proposed share, at least"),
    "share_proposed_max": Text(vi="Tỷ lệ đề xuất, nhiều nhất", en="Proposed share, at most"),
    "state_base": Text(vi="So với ranh giới hiện hành", en="Against the established boundary"),
    "state_proposed": Text(vi="So với ranh giới đề xuất", en="Against the proposed boundary"),
    "nearest_gate": Text(vi="Cửa khẩu gần nhất", en="Nearest gate"),
    "gate_distance_m": Text(vi="Khoảng cách đến cửa khẩu", en="Distance to the gate"),
    "ring": Text(vi="Vòng", en="Ring"),
    "northing_m": Text(vi="X (bắc)", en="X (northing)"),
    "easting_m": Text(vi="Y (đông)", en="Y (easting)"),
    "edge_m": Text(vi="Chiều dài cạnh", en="Length of the edge"),
    "azimuth_deg": Text(vi="Góc phương vị", en="Azimuth"),
    "unit_inside": Text(vi="Phía trong khu", en="Inside the zone"),
    "unit_outside": Text(vi="Phía ngoài khu", en="Outside the zone"),
    "change": Text(vi="Ghi chú", en="Note"),
}

# Of the tables of law and balance.
COLUMNS |= {
    "title": Text(vi="Nội dung", en="What it says"),
    "verdict": Text(vi="Kết luận", en="Verdict"),
    "value": Text(vi="Giá trị", en="Value"),
    "value_min": Text(vi="Ít nhất", en="At least"),
    "value_max": Text(vi="Nhiều nhất", en="At most"),
    "relation": Text(vi="Yêu cầu", en="Demand"),
    "threshold": Text(vi="Ngưỡng", en="Threshold"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "citation": Text(vi="Căn cứ", en="Citation"),
    "confidence": Text(vi="Độ tin cậy của căn cứ", en="Confidence"),
    "source": Text(vi="Nguồn", en="Source"),
    "note": Text(vi="Ghi chú", en="Note"),
    "clause": Text(vi="Tiêu chí", en="Criterion"),
    "of_declared": Text(vi="So với diện tích theo quyết định", en="Of the declared area"),
    "of_drawn": Text(vi="So với diện tích vẽ", en="Of the drawn area"),
    "limit": Text(vi="Giới hạn diện tích", en="Limit on the area"),
    "counted": Text(vi="Cách tính thay đổi", en="How the change is counted"),
    "districts": Text(vi="Cách hiểu danh sách huyện", en="How districts are read"),
    "procedure": Text(vi="Thủ tục", en="Procedure"),
    "place_base": Text(vi="Vị trí, khu hiện hành", en="Place, established zone"),
    "place_proposed": Text(vi="Vị trí, khu đề xuất", en="Place, proposed zone"),
    "gate_area_m": Text(vi="Khoảng cách đến khu vực cửa khẩu", en="Distance to the gate area"),
    "group": Text(vi="Nhóm đất", en="Main group"),
    "regime": Text(vi="Danh mục có mã này", en="Lists with the code"),
    "base_percent": Text(vi="Cơ cấu hiện hành", en="Share, established"),
    "proposed_percent": Text(vi="Cơ cấu đề xuất", en="Share, proposed"),
    "change_m2": Text(vi="Tăng, giảm", en="Change"),
    "phase": Text(vi="Giai đoạn", en="Phase"),
    "horizon": Text(vi="Đến năm", en="Up to"),
}

_OWN_COLUMNS: dict[tuple[str, str], Text] = {
    **PLAN_OWN_COLUMNS,
    **tally_words.OWN_COLUMNS,
    **form_words.OWN_COLUMNS,
    **terrain_words.OWN_COLUMNS,
    ("parcels", "planned_use"): Text(vi="Loại đất quy hoạch", en="Planned land use"),
    ("markers.base", "key"): Text(vi="Số hiệu mốc", en="Marker"),
    ("markers.proposed", "key"): Text(vi="Số hiệu mốc", en="Marker"),
    ("balance.transition_codes", "planned_use"): Text(vi="Loại đất quy hoạch", en="Planned land use"),
}

FACTS[WITHHELD] = {
    "withheld.constraints": Text(vi="Khu vực quốc phòng không vẽ", en="Defence areas not drawn"),
    "withheld.parcels": Text(vi="Thửa đất quốc phòng, an ninh không vẽ", en="Defence and security parcels not drawn"),
}
COLUMNS |= parcel_words.COLUMNS | tally_words.COLUMNS | yard_words.COLUMNS
_OWN_COLUMNS |= yard_words.OWN_COLUMNS
FACTS[LAW] |= robustness_words.FACTS
FACTS[form_words.TITLE] = form_words.FACTS
FACTS[terrain_words.TITLE] = terrain_words.FACTS
COLUMNS |= form_words.COLUMNS | robustness_words.COLUMNS | terrain_words.COLUMNS
FACTS |= PLAN_FACTS
COLUMNS |= PLAN_COLUMNS
COLUMNS["without_shape"] = Text(vi="Số đối tượng không có hình", en="Rows without a shape")

_TABLES: dict[str, Text] = {
    "by.functional_areas": Text(vi="Khu chức năng", en="Functional areas"),
    "by.land_use": Text(vi="Loại đất hiện trạng", en="Current land use"),
    "by.constraints": Text(vi="Khu vực hạn chế", en="Constraints"),
    "balance.groups": Text(vi="Cơ cấu theo nhóm đất", en="Balance by group"),
    "balance.land_use": Text(vi="Cơ cấu theo loại đất", en="Balance by land use"),
    "balance.land_use_2024": Text(vi="Cơ cấu theo mã năm 2024", en="Balance in codes of 2024"),
    "balance.overlays": Text(vi="Chỉ tiêu chồng lớp, không cộng", en="Overlay totals, not summed"),
    "balance.functional_areas": Text(vi="Cơ cấu theo khu chức năng", en="Balance by functional area"),
    "balance.horizons": Text(vi="Cơ cấu theo giai đoạn", en="Balance by horizon"),
    "balance.transition": Text(vi="Hiện trạng sang quy hoạch", en="From current to planned"),
    "balance.transition_codes": Text(vi="Hiện trạng sang loại đất QH", en="From current to planned codes"),
    "criteria": Text(vi="Tiêu chí pháp lý", en="Legal criteria"),
    "criteria.readings": Text(vi="Các cách hiểu, phần chi tiết", en="Readings and parts"),
    "criteria.procedures": Text(vi="Thủ tục theo từng cách hiểu", en="Procedure by reading"),
    "yards.recognition": Text(vi="Công nhận bến bãi (hải quan)", en="Recognition of yards (customs)"),
    "yards": Text(vi="Bến bãi", en="Yards"),
    "gates": Text(vi="Cửa khẩu", en="Border gates"),
    "parcels": Text(vi="Thửa đất", en="Parcels"),
    "markers.proposed": Text(vi="Mốc ranh giới đề xuất", en="Markers, proposed boundary"),
    "markers.base": Text(vi="Mốc ranh giới hiện hành", en="Markers, established boundary"),
    **PLAN_TABLES,
}
_VINTAGE = Text(vi="Đơn vị hành chính từ {day}", en="Administrative units from {day}")
_VINTAGE_SHORT = Text(vi="ĐVHC từ {day}", en="Units from {day}")
VINTAGES = f"by.{layer_of_vintage('')}"

# What `Record.no_data` may name besides layers.
_MISSING = {
    "parcels.land_use": Text(vi="Loại đất hiện trạng của thửa", en="Current land use of parcels"),
    "zone.accuracy_m": Text(vi="Độ chính xác của ranh giới khu", en="Accuracy of the zone's boundary"),
}

_TABLES |= parcel_words.TABLES | robustness_words.TABLES | form_words.TABLES | tally_words.TABLES | terrain_words.TABLES
FACTS[PARCELS] |= parcel_words.FACTS
_ROWS = "rows."
_ROWS_OF = Text(vi="Số đối tượng: {layer}", en="Features: {layer}")
_TABLES |= yard_words.TABLES
_MISSING |= yard_words.MISSING_FIELDS | terrain_words.LAYERS
FACTS[yard_words.YARDS] = yard_words.FACTS

TOTAL = Text(vi="Cộng", en="Sum")
WHOLE_ZONE = Text(vi="Toàn khu", en="Whole zone")
ROUNDING = Text(vi="Lệch khi làm tròn riêng từng dòng", en="Residual of rounding row by row")
RESIDUAL = Text(vi="Chênh lệch (toàn khu trừ cộng)", en="Residual (whole zone less sum)")
_CLOSING = {
    "total": Text(vi="{table}: cộng, {column}", en="{table}: sum, {column}"),
    "residual_m2": Text(vi="{table}: chênh lệch, {column}", en="{table}: residual, {column}"),
    "rounding": Text(vi="{table}: lệch khi làm tròn riêng, {column}", en="{table}: residual of rounding, {column}"),
    None: Text(vi="{table}: {column}", en="{table}: {column}"),
}
_CLOSING_KEY = re.compile(
    r"((?:by|crosswalk)\..+?)(?:\.(total|residual_m2))?\.(\w+)|(balance\..+?)\.(total|rounding)\.(\w+)"
)
_HORIZON = re.compile(r"balance\.horizons\.(.+)")
_AT_HORIZON = Text(vi="{table} {horizon}", en="{table} {horizon}")


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that are read together, under one heading."""

    title: str
    keys: tuple[str, ...]


def sections(record: Record, lang: Lang) -> tuple[Section, ...]:
    """Return the scalar facts of a Record under their headings; one without a place of its own comes last."""
    known = [Section(heading.to(lang), section_keys(heading, record)) for heading in FACTS]
    told = {key for section in known for key in section.keys}
    others = tuple(key for key in record.facts if key not in told and not closes_table(key))
    return tuple(section for section in (*known, Section(OTHERS.to(lang), others)) if section.keys)


def closes_table(key: str) -> bool:
    """Tell whether a fact belongs under a table: its sum, its residual."""
    return _CLOSING_KEY.fullmatch(key) is not None


def section_keys(heading: Text, record: Record) -> tuple[str, ...]:
    """Return the keys of the facts that stand under one heading, those that the Record has."""
    counted = [key for key in record.facts if units_title(key, "vi")] if heading is UNITS else ()
    return (*(key for key in FACTS[heading] if key in record.facts), *counted)


def fact_title(key: str, lang: Lang) -> str:
    """Return what a scalar fact is called; a key that nobody has named yet stands for itself."""
    for facts in FACTS.values():
        if key in facts:
            return facts[key].to(lang)
    if key.startswith(_ROWS):
        return _ROWS_OF.to(lang, layer=layer_title(key.removeprefix(_ROWS), lang))
    closing = _CLOSING_KEY.fullmatch(key)
    if closing is None:
        return units_title(key, lang) or key
    table, kind, column = closing.groups()[:3] if closing[1] else closing.groups()[3:]
    titled = column_title(column if column in COLUMNS else f"{column}_m2", lang)
    return _CLOSING[kind].to(lang, table=table_title(table, lang), column=titled)


def column_title(column: str, lang: Lang, table: str = "") -> str:
    """Return what a column is called, in a table that may call it its own way; an unnamed one stands for itself."""
    if (table, column) in _OWN_COLUMNS:
        return _OWN_COLUMNS[table, column].to(lang)
    if column in COLUMNS:
        return COLUMNS[column].to(lang)
    field = _field(table, column)
    return field.title.to(lang) if field else column


def _field(table: str, column: str) -> Field | None:
    """Return the field of the layer whose rows are those of a table."""
    try:
        return schema_of(table.removeprefix("by.").partition("@")[0]).field(column)
    except LayerUnknown:
        return None


def table_title(table: str, lang: Lang) -> str:
    """Return what a table of the Record is called.

    Examples
    --------
    >>> table_title("by.admin_units@2025-07-01", "vi")
    'Đơn vị hành chính từ 01/07/2025'
    """
    if table.startswith(VINTAGES):
        return _VINTAGE.to(lang, day=day_text(table.removeprefix(VINTAGES), lang))
    horizon = _HORIZON.fullmatch(table)
    if horizon is not None:
        return _AT_HORIZON.to(lang, table=_TABLES["balance.horizons"].to(lang), horizon=horizon[1])
    return _TABLES[table].to(lang) if table in _TABLES else vintage_title(table, lang) or table


def layer_title(layer: str, lang: Lang) -> str:
    """Return what a drawn layer is called."""
    titled = table_title(f"by.{layer}", lang)
    return missing_title(layer, lang) if titled == f"by.{layer}" else titled


def sheet_name(table: str, lang: Lang) -> str:
    """Return the name of a table's sheet: at most 31 characters, none that Excel forbids.

    Examples
    --------
    >>> sheet_name("by.admin_units@2025-07-01", "vi")
    'ĐVHC từ 01-07-2025'
    """
    if table.startswith(VINTAGES):
        short = _VINTAGE_SHORT.to(lang, day=day_text(table.removeprefix(VINTAGES), lang))
    else:
        short = vintage_title(table, lang, short=True) or table_title(table, lang)
    return re.sub(r"[][:*?/\\]", "-", short)[:31]


def table_order(record: Record) -> tuple[str, ...]:
    """Return the tables of a Record in reading order, the newest administrative units first."""
    vintages = sorted((name for name in record.tables if name.startswith(VINTAGES)), reverse=True)
    known = (*vintage_tables([*record.tables]), *(name for name in _TABLES if name in record.tables))
    return (*vintages, *known, *(name for name in record.tables if name not in {*vintages, *known}))


def missing_title(name: str, lang: Lang) -> str:
    """Return what a missing layer or field is called."""
    if name in _MISSING:
        return _MISSING[name].to(lang)
    try:
        return schema_of(name).title.to(lang)
    except LayerUnknown:
        return name


def how_text(fact: Fact, lang: Lang) -> str:
    """Return how a fact was made, in words."""
    return HOW.get(fact.how, fact.how) if lang == "vi" else fact.how


def key_title(key: str, lang: Lang) -> str:
    """Return what any fact is called: a scalar, or the cell of a table with its row.

    Examples
    --------
    >>> key_title("by.land_use[LUC].added_m2", "vi")
    'Loại đất hiện trạng, LUC: Bổ sung'
    """
    table, opened, rest = key.partition("[")
    if not opened:
        return fact_title(key, lang)
    row, _, column = rest.rpartition("].")
    return f"{table_title(table, lang)}, {row}: {column_title(column, lang, table)}"
