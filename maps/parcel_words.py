"""What the facts of a parcel are called, and the words for their codes, in both languages."""

from gis.language import Lang, Text
from layers.events import KINDS as EVENT_KINDS
from layers.ledger import WORD_TITLES

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
    "mark": Text(vi="Ý kiến cán bộ", en="Officer's word"),
    "parcels": Text(vi="Số thửa", en="Parcels"),
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
    "gap": {
        "group": Text(vi="khác nhóm đất", en="other group of land"),
        "use": Text(vi="khác loại đất cùng nhóm", en="other use of the same group"),
        "part": Text(vi="khác ở một phần mục đích", en="a part of the uses differs"),
    },
    "mark": WORD_TITLES,
    "effect": {
        "added": Text(vi="đưa vào khu", en="added"),
        "removed": Text(vi="đưa ra khỏi khu", en="removed"),
        "cut": Text(vi="bị ranh giới mới cắt", en="cut by the new line"),
        "undecidable": Text(vi="chưa xác định được", en="undecidable"),
        "joined": Text(vi="không còn bị cắt", en="no longer cut"),
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

HOW: dict[str, str] = {
    "name of the commune in the vintage of its code": "tên xã theo danh mục có hiệu lực của mã",
    "parent of the commune in the vintage of its code": "đơn vị cấp trên theo danh mục có hiệu lực của mã",
    "unit_m2 less measured_area_m2": "diện tích trên bản đồ trừ diện tích đo đạc",
    "measured_area_m2 less legal_area_m2": "diện tích đo đạc trừ diện tích theo giấy tờ",
    "why the shape cannot be measured": "lý do không đo được hình thửa",
    "area inside the zone by the scenario, as its analysis tells": (
        "diện tích trong khu theo kết quả phân tích phương án"
    ),
    "current, by the papers, or planned": "hiện trạng, theo giấy tờ hoặc quy hoạch",
    "code as written": "mã như đã ghi",
    "marked as residential part of rural land": "dấu * của phần đất ở nông thôn",
    "whether the list of land-use codes has it": "có trong danh mục loại đất hay không",
    "layer that was asked": "lớp được kiểm tra",
    "as established, or as the scenario proposes it": "hiện hành, hoặc như phương án đề xuất",
    "key of the feature in its layer": "khóa của đối tượng trong lớp",
    "area_m2 / area of the parcel": "diện tích chia cho diện tích thửa",
    "length of the line inside the parcel": "chiều dài đường nằm trong thửa",
    "stated accuracy of the line": "độ chính xác đã nêu của đường",
    "papers of the feature": "giấy tờ của đối tượng",
    "files that the layer came from": "tệp nguồn của lớp",
    "area in any of the classes, overlaps counted once": (
        "diện tích thuộc ít nhất một đối tượng, chồng lấn tính một lần"
    ),
    "gross_m2 less net_m2": "tổng gộp trừ diện tích trừ chồng lấn",
    "official identifier, as in the layer": "mã định danh chính thức, như trong lớp",
    "GeoHash of the point, 12 characters, computed: not official": (
        "GeoHash 12 ký tự của điểm, tự tính: không chính thức"
    ),
    "first characters that hold within the accuracy of the transformation": (
        "số ký tự đầu không đổi trong độ chính xác của phép chuyển tọa độ"
    ),
    "point that was used": "điểm đã dùng",
    "easting of the point": "tọa độ Y (Đông) của điểm",
    "northing of the point": "tọa độ X (Bắc) của điểm",
    "transformation to WGS 84 that was used": "phép chuyển sang WGS 84 đã dùng",
    "stated accuracy of the transformation": "độ chính xác đã nêu của phép chuyển",
    "layer or kind of restriction, none of it touches": "lớp hoặc loại hạn chế không chạm vào thửa",
    "newest recorded run of checks": "lần kiểm tra mới nhất được ghi",
    "newest word of an officer in the ledger": "ý kiến mới nhất của cán bộ trong sổ",
    "what the finding said when the word was given, where it says something else now": (
        "nội dung phát hiện khi cán bộ cho ý kiến, nếu nay đã khác"
    ),
    "order of the evidence: gap, sure share, area, accuracy, date": (
        "thứ tự theo chứng cứ: mức khác nhau, tỷ lệ chắc chắn, diện tích, độ chính xác, ngày giấy tờ"
    ),
    "what is compared": "nội dung được so",
    "what it is compared with": "nội dung để so",
    "other group of land, other use, or only a part of several uses": (
        "khác nhóm đất, khác loại đất, hoặc chỉ khác một phần"
    ),
    "area of the parcel that is concerned": "diện tích thửa có liên quan",
    "share that is concerned whatever the error of the line": "tỷ lệ chắc chắn có liên quan, với mọi sai số của đường",
    "newest paper of what is compared": "giấy tờ mới nhất",
    "whether the person who asked wanted it": "theo lựa chọn của người hỏi",
    "defence land that touches the parcel: counted, not told": "đất quốc phòng chạm vào thửa: chỉ đếm, không nêu",
}


def word_of(column: str, value: str, lang: Lang) -> str:
    """Return the word for a code of ours in a column; what people wrote stays as it is.

    Examples
    --------
    >>> word_of("role", "main", "vi"), word_of("name", "main", "vi")
    ('chính', 'main')
    """
    found = WORDS.get(column, {}).get(value)
    return found.to(lang) if found else value


def event_title(kind: str, lang: Lang) -> str:
    """Return what a kind of event is called; an unknown kind stands as it is written."""
    return _EVENTS[kind].to(lang) if kind in _EVENTS else kind
