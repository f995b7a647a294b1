"""What the facts of a parcel are called, and the words for their codes, in both languages."""

from gis.language import Lang, Text
from layers.events import KINDS as EVENT_KINDS
from layers.ledger import WORD_TITLES

_EFFECTS = {
    "added": Text(vi="đưa vào khu", en="added"),
    "removed": Text(vi="đưa ra khỏi khu", en="removed"),
    "cut": Text(vi="bị ranh giới mới cắt", en="cut by the new line"),
    "undecidable": Text(vi="chưa xác định được", en="undecidable"),
}

_GAPS = {
    "group": Text(vi="khác nhóm đất", en="other group of land"),
    "use": Text(vi="khác loại đất cùng nhóm", en="other use of the same group"),
    "part": Text(vi="khác ở một phần mục đích", en="a part of the uses differs"),
}
_CONDITIONS = {
    "met": Text(vi="đủ điều kiện thời gian, cần cán bộ kiểm tra", en="meets the time condition, an officer must check"),
    "met_after_extension": Text(
        vi="đủ điều kiện thời gian sau khi hết gia hạn, cần cán bộ kiểm tra",
        en="meets the time condition after its extension, an officer must check",
    ),
    "extended": Text(vi="đang được gia hạn", en="extended"),
    "force_majeure": Text(
        vi="có văn bản bất khả kháng, cần cán bộ kiểm tra", en="force majeure, an officer must check"
    ),
    "not_met": Text(vi="chưa đủ điều kiện thời gian", en="does not meet the time condition"),
    "cannot_tell": Text(vi="chưa thể kết luận", en="cannot tell"),
}
MISSING: dict[str, Text] = {
    "handover": Text(vi="ngày và biên bản bàn giao đất", en="day and record of the handover"),
    "handover_paper": Text(vi="biên bản bàn giao đất", en="record of the handover"),
    "schedule": Text(vi="tiến độ dự án", en="schedule of the project"),
    "schedule_unreadable": Text(vi="tiến độ dự án đọc được (tên mốc và ngày)", en="a schedule that can be read"),
    "observation": Text(vi="biên bản ghi nhận hiện trạng mới", en="a newer observation of the land"),
    "observation_unclear": Text(vi="ghi nhận hiện trạng rõ ràng", en="a clear observation of the land"),
    "extension_paper": Text(vi="quyết định gia hạn", en="decision of the extension"),
    "extension_length": Text(vi="thời gian gia hạn", en="length of the extension"),
    "force_majeure_paper": Text(vi="văn bản xác nhận bất khả kháng", en="paper on force majeure"),
    "law": Text(vi="luật có hiệu lực ở ngày này", en="the law in force on that day"),
}

COLUMNS: dict[str, Text] = {
    "commune_name": Text(vi="Xã, phường", en="Commune"),
    "district": Text(vi="Huyện, thành phố", en="District"),
    "valid_from": Text(vi="Mã xã có hiệu lực từ", en="Commune code valid from"),
    "drawn_less_measured_m2": Text(vi="Trên bản đồ trừ đo đạc", en="On the map less measured"),
    "measured_less_legal_m2": Text(vi="Đo đạc trừ theo giấy tờ", en="Measured less legal"),
    "place_name": Text(vi="Xứ đồng", en="Place name"),
    "origin_of_use": Text(vi="Nguồn gốc sử dụng", en="Origin of use"),
    "owner": Text(vi="Người sử dụng đất", en="Land user"),
    "address": Text(vi="Địa chỉ", en="Address"),
    "handover_date": Text(vi="Ngày bàn giao", en="Handover date"),
    "source_scale": Text(vi="Tỷ lệ bản đồ", en="Scale of the map"),
    "accuracy_m": Text(vi="Độ chính xác", en="Accuracy"),
    "shape_problem": Text(vi="Hình thửa", en="Shape of the parcel"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "role": Text(vi="Vai trò", en="Role"),
    "layer": Text(vi="Lớp", en="Layer"),
    "version": Text(vi="Phương án", en="Version"),
    "class": Text(vi="Đối tượng", en="Feature"),
    "state": Text(vi="Trạng thái", en="State"),
    "area_m2": Text(vi="Diện tích", en="Area"),
    "share": Text(vi="Tỷ lệ", en="Share"),
    "share_min": Text(vi="Tỷ lệ, ít nhất", en="Share, at least"),
    "share_max": Text(vi="Tỷ lệ, nhiều nhất", en="Share, at most"),
    "length_m": Text(vi="Chiều dài trong thửa", en="Length inside"),
    "net_m2": Text(vi="Diện tích trừ chồng lấn", en="Net of overlaps"),
    "overlap_m2": Text(vi="Phần chồng lấn", en="Overlap"),
    "papers": Text(vi="Giấy tờ", en="Papers"),
    "source": Text(vi="Tệp nguồn", en="Source files"),
    "rank": Text(vi="Thứ tự", en="Rank"),
    "first": Text(vi="So", en="Compared"),
    "first_use": Text(vi="Mã ghi", en="Written"),
    "second": Text(vi="Với", en="With"),
    "second_use": Text(vi="Mã ghi ở đó", en="Written there"),
    "gap": Text(vi="Khác nhau", en="Difference"),
    "date": Text(vi="Giấy tờ mới nhất", en="Newest paper"),
    "number": Text(vi="Số", en="Number"),
    "issuer": Text(vi="Cơ quan cấp", en="Issuer"),
    "issued_on": Text(vi="Ngày cấp", en="Issued on"),
    "expires_on": Text(vi="Ngày hết hạn", en="Expires on"),
    "note": Text(vi="Ghi chú", en="Note"),
    "effect": Text(vi="Tác động", en="Effect"),
    "national_id": Text(vi="Mã định danh chính thức", en="Official identifier"),
    "provisional_id": Text(vi="Mã định danh tạm tính", en="Provisional identifier"),
    "sure": Text(vi="Số ký tự đầu chắc chắn", en="First characters that are sure"),
    "point": Text(vi="Điểm đặc trưng", en="Feature point"),
    "transform": Text(vi="Phép chuyển sang WGS 84", en="Transformation to WGS 84"),
    "northing_m": Text(vi="X (Bắc)", en="Northing"),
    "easting_m": Text(vi="Y (Đông)", en="Easting"),
    "finding": Text(vi="Mã phát hiện", en="Finding"),
    "mark": Text(vi="Ý kiến cán bộ", en="Officer's word"),
    "mark_reason": Text(vi="Lý do", en="Reason"),
    "mark_paper": Text(vi="Văn bản", en="Paper"),
    "mark_by": Text(vi="Người cho ý kiến", en="Said by"),
    "mark_on": Text(vi="Ngày cho ý kiến", en="Said on"),
    "mark_of": Text(vi="Nội dung khi đó", en="What it said then"),
    "parcels": Text(vi="Số thửa", en="Parcels"),
    "parcel": Text(vi="Thửa đất", en="Parcel"),
    "code": Text(vi="Mã", en="Code"),
    "investor": Text(vi="Nhà đầu tư", en="Investor"),
    "condition": Text(vi="Điều kiện thời gian", en="Time condition"),
    "met_on": Text(vi="Đủ điều kiện từ", en="Met since"),
    "next_on": Text(vi="Mốc sắp tới", en="Next day due"),
    "extended_until": Text(vi="Gia hạn đến", en="Extended until"),
    "idle_condition": Text(vi="Không sử dụng liên tục", en="Disuse"),
    "idle_since": Text(vi="Tính từ", en="Counted from"),
    "seen_on": Text(vi="Ghi nhận gần nhất", en="Last seen on"),
    "seen": Text(vi="Hiện trạng khi đó", en="As it was seen"),
    "idle_months": Text(vi="Số tháng không sử dụng", en="Months of disuse"),
    "idle_term_months": Text(vi="Ngưỡng (tháng)", en="Term (months)"),
    "late_condition": Text(vi="Chậm tiến độ", en="Delay"),
    "milestone": Text(vi="Mốc tiến độ chậm nhất", en="Milestone most overdue"),
    "due_on": Text(vi="Hạn của mốc", en="Due on"),
    "late_months": Text(vi="Số tháng chậm", en="Months of delay"),
    "late_term_months": Text(vi="Ngưỡng chậm (tháng)", en="Term of delay (months)"),
    "missing": Text(vi="Còn thiếu", en="Missing"),
    "law": Text(vi="Luật áp dụng", en="Law"),
    "law_at_handover": Text(vi="Luật khi bàn giao", en="Law at the handover"),
    "confidence": Text(vi="Độ tin cậy của căn cứ", en="Confidence"),
    "cases": Text(vi="Số trường hợp", en="Cases"),
    "met": Text(vi="Đủ điều kiện thời gian", en="Meet the time condition"),
    "due": Text(vi="Sắp đến hạn", en="Falling due"),
    "no_data": Text(vi="Không có số liệu", en="No data"),
    "inside": Text(vi="Nằm trong", en="Inside"),
    "outside": Text(vi="Nằm ngoài", en="Outside"),
    "crossed": Text(vi="Bị cắt", en="Cut"),
    "undecidable": Text(vi="Chưa xác định được", en="Undecidable"),
}

TABLES: dict[str, Text] = {
    "parcels.by_layer": Text(vi="Thửa theo từng lớp", en="Parcels by layer"),
    "parcels.layers": Text(vi="Các lớp chạm vào thửa", en="Layers that touch parcels"),
    "parcels.affected": Text(vi="Thửa bị tác động", en="Affected parcels"),
    "parcels.by_owner_class": Text(vi="Theo đối tượng sử dụng", en="By class of land user"),
    "parcels.by_land_use": Text(vi="Theo loại đất hiện trạng", en="By current land use"),
    "parcels.by_effect": Text(vi="Theo tác động", en="By effect"),
    "parcels.to_check": Text(vi="Cần cán bộ kiểm tra", en="Needs checking"),
    "parcels.by_gap": Text(vi="Theo mức khác nhau", en="By difference"),
    "projects.by_condition": Text(vi="Theo điều kiện thời gian", en="By time condition"),
    "projects.by_investor": Text(vi="Theo nhà đầu tư", en="By investor"),
    "projects.idle": Text(vi="Đất chưa sử dụng, chậm tiến độ", en="Idle and late land"),
}

FACTS: dict[str, Text] = {
    "parcels.to_check.count": Text(vi="Chỗ khác nhau cần kiểm tra", en="Differences that need checking"),
    "parcels.to_check.parcels": Text(vi="Số thửa", en="Parcels"),
    "parcels.not_compared.land_use.missing": Text(
        vi="Không so được, thiếu loại đất hiện trạng", en="Not compared, no current land use"
    ),
    "parcels.not_compared.land_use.unknown": Text(
        vi="Không so được, mã lạ ở loại đất hiện trạng", en="Not compared, unknown current land use"
    ),
    "parcels.not_compared.legal_use.missing": Text(
        vi="Không so được, thiếu loại đất theo giấy tờ", en="Not compared, no legal land use"
    ),
    "parcels.not_compared.legal_use.unknown": Text(
        vi="Không so được, mã lạ ở loại đất theo giấy tờ", en="Not compared, unknown legal land use"
    ),
    "parcels.not_compared.planned_use.missing": Text(
        vi="Không so được, thiếu loại đất quy hoạch", en="Not compared, no planned land use"
    ),
    "parcels.not_compared.planned_use.unknown": Text(
        vi="Không so được, mã lạ ở loại đất quy hoạch", en="Not compared, unknown planned land use"
    ),
    "projects.on": Text(vi="Tính đến ngày", en="As of"),
    **{
        f"projects.{one}": Text(vi=f"Trường hợp {text.vi}", en=f"Cases: {text.en}") for one, text in _CONDITIONS.items()
    },
    "projects.due": Text(vi="Sắp đến hạn", en="Falling due"),
    "projects.within_days": Text(vi="Trong vòng (ngày)", en="Within (days)"),
    "projects.transition": Text(
        vi="Bàn giao theo luật cũ, quy định chuyển tiếp chưa kiểm tra",
        en="Handed over under an older law, transition not checked",
    ),
    "parcels.without_shape": Text(vi="Thửa không có hình", en="Parcels without a shape"),
    "withheld.parcels_m2": Text(vi="Diện tích thửa quốc phòng, an ninh không nêu", en="Area of parcels withheld"),
    "choice.personal": Text(vi="Dữ liệu cá nhân", en="Personal data"),
    "choice.defence": Text(vi="Đất quốc phòng, an ninh", en="Defence and security land"),
    "parcels.affected.count": Text(vi="Thửa bị tác động", en="Affected parcels"),
    "parcels.affected.added": Text(vi="Thửa đưa vào khu", en="Parcels added"),
    "parcels.affected.removed": Text(vi="Thửa đưa ra khỏi khu", en="Parcels removed"),
    "parcels.affected.cut": Text(vi="Thửa bị ranh giới mới cắt", en="Parcels cut by the new line"),
    "parcels.affected.undecidable": Text(vi="Thửa chưa xác định được", en="Parcels undecidable"),
}

# Codes of ours, by the column in which they stand.
WORDS: dict[str, dict[str, Text]] = {
    "basis": {
        "current": Text(vi="hiện trạng", en="current"),
        "legal": Text(vi="theo giấy tờ", en="by the papers"),
        "planned": Text(vi="quy hoạch", en="planned"),
    },
    "role": {"main": Text(vi="chính", en="main"), "secondary": Text(vi="phụ", en="secondary")},
    "version": {
        "established": Text(vi="hiện hành", en="established"),
        "proposed": Text(vi="theo phương án", en="as proposed"),
    },
    "first": {
        "land_use": Text(vi="loại đất hiện trạng", en="current land use"),
        "legal_use": Text(vi="loại đất theo giấy tờ", en="legal land use"),
    },
    "second": {
        "legal_use": Text(vi="loại đất theo giấy tờ", en="legal land use"),
        "planned_use": Text(vi="loại đất quy hoạch", en="planned land use"),
        "functional_areas": Text(vi="khu chức năng", en="functional area"),
        "constraints": Text(vi="khu vực hạn chế", en="restriction"),
    },
    "gap": _GAPS,
    "mark": WORD_TITLES,
    "effect": _EFFECTS,
    "key": {
        **_EFFECTS,
        **_CONDITIONS,
        **_GAPS,
        "=listed": Text(vi="Cộng các thửa trong danh sách", en="Sum of the parcels listed"),
        "=withheld": Text(vi="Thửa quốc phòng, an ninh không nêu", en="Defence and security parcels withheld"),
        "=slivers": Text(vi="Mép thửa chỉ chạm, trong sai số", en="Edges of parcels only touched, within tolerance"),
        "=no_parcel": Text(vi="Đất không thuộc thửa nào", en="Land that is no parcel"),
        "=zone": Text(vi="Toàn bộ thay đổi của khu", en="Whole change of the zone"),
    },
    "condition": _CONDITIONS,
    "idle_condition": _CONDITIONS,
    "late_condition": _CONDITIONS,
    "seen": {
        "unused": Text(vi="để trống", en="unused"),
        "used": Text(vi="đang sử dụng", en="in use"),
        "building": Text(vi="đang xây dựng", en="under construction"),
        "unclear": Text(vi="không rõ", en="unclear"),
    },
    "confidence": {
        "quoted-secondary": Text(vi="dẫn lại, chưa đọc nguyên văn", en="quoted by others, text not read"),
        "background-unverified": Text(vi="chưa kiểm chứng", en="not verified"),
    },
    "shape_problem": {"missing": Text(vi="không có hình", en="there is none")},
    "choice.personal": {
        "shown": Text(vi="có, theo yêu cầu", en="shown, as asked"),
        "left out": Text(vi="không kèm", en="left out"),
    },
    "choice.defence": {
        "shown": Text(vi="có, theo yêu cầu", en="shown, as asked"),
        "left out": Text(vi="không kèm", en="left out"),
    },
    "point": {
        "a point inside the parcel (which point is official is not known)": Text(
            vi="một điểm nằm trong thửa (chưa rõ điểm nào là chính thức)",
            en="a point inside the parcel (which point is official is not known)",
        ),
    },
}
_EVENTS = dict(
    zip(
        EVENT_KINDS,
        (
            Text(vi="bàn giao đất", en="handover"),
            Text(vi="mốc tiến độ", en="milestone"),
            Text(vi="gia hạn", en="extension"),
            Text(vi="ghi nhận hiện trạng", en="observation"),
            Text(vi="bất khả kháng", en="force majeure"),
        ),
        strict=True,
    )
)


def missing_words(missing: str, lang: Lang) -> str:
    """Return what papers are missing, in words.

    Examples
    --------
    >>> missing_words("handover, schedule", "vi")
    'ngày và biên bản bàn giao đất; tiến độ dự án'
    """
    return "; ".join(MISSING[one].to(lang) if one in MISSING else one for one in missing.split(", "))


def word_of(column: str, value: str, lang: Lang) -> str:
    """Return the word for a code of ours in a column; what people wrote stays as it is.

    Examples
    --------
    >>> word_of("role", "main", "vi"), word_of("name", "main", "vi")
    ('chính', 'main')
    """
    if column == "missing":
        return missing_words(value, lang)
    found = WORDS.get(column, {}).get(value)
    return found.to(lang) if found else value


def event_title(kind: str, lang: Lang) -> str:
    """Return what a kind of event is called; an unknown kind stands as it is written."""
    return _EVENTS[kind].to(lang) if kind in _EVENTS else kind
