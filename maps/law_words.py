"""What verdicts, confidences, procedures and units of the law are called."""

from gis.language import Lang, Text
from planning.record import Unit

LAW_WORDS: dict[str, Text] = {
    # verdicts, and how sure a clause is
    "met": Text(vi="đạt", en="met"),
    "not_met": Text(vi="không đạt", en="not met"),
    "cannot_tell": Text(vi="chưa kết luận được", en="cannot tell"),
    "needs_input": Text(vi="cần bổ sung thông tin", en="needs input"),
    "quoted-primary": Text(vi="đã đọc văn bản gốc", en="text read"),
    "quoted-secondary": Text(vi="trích qua nguồn thứ cấp", en="quoted by others"),
    "calculated": Text(vi="tự tính", en="calculated"),
    "inference": Text(vi="suy luận", en="inference"),
    "background-unverified": Text(vi="chưa kiểm chứng", en="unverified"),
    "not-found": Text(vi="chưa tìm thấy", en="not found"),
    # procedures, and the readings that lead to them
    "no_change": Text(vi="ranh giới không đổi", en="no change"),
    "no_procedure": Text(vi="không phải làm thủ tục ranh giới", en="no procedure on the boundary"),
    "adjustment": Text(vi="điều chỉnh ranh giới", en="adjustment"),
    "reduction": Text(vi="điều chỉnh giảm", en="reduction"),
    "expansion": Text(vi="mở rộng", en="expansion"),
    "unsettled": Text(vi="không điều khoản nào quy định", en="no clause settles it"),
    "all_changes": Text(vi="giới hạn cho mọi thay đổi", en="limit on all changes"),
    "growth_only": Text(vi="giới hạn chỉ cho phần tăng", en="limit on growth only"),
    "net": Text(vi="tăng ròng", en="net"),
    "gross": Text(vi="tổng biến động", en="gross"),
    "former_districts": Text(vi="theo huyện cũ", en="by former districts"),
    "no_districts": Text(vi="không còn huyện", en="no districts"),
}
UNIT_WORDS: dict[Unit, Text] = {
    "count": Text(vi="số lượng", en="count"),
    "month": Text(vi="tháng", en="months"),
    "day": Text(vi="ngày", en="days"),
    "ratio": Text(vi="hệ số", en="ratio"),
    "degree": Text(vi="độ", en="degrees"),
    "date": Text(vi="ngày tháng", en="date"),
}
_THRESHOLDS: dict[str, Text] = {
    "share_max": Text(vi="tỷ lệ không quá", en="share at most"),
    "share_min": Text(vi="tỷ lệ ít nhất", en="share at least"),
    "area_max": Text(vi="diện tích không quá", en="area at most"),
    "area_min": Text(vi="diện tích ít nhất", en="area at least"),
    "distance_max": Text(vi="khoảng cách không quá", en="distance at most"),
    "distance_min": Text(vi="khoảng cách ít nhất", en="distance at least"),
    "mining_distance_min": Text(vi="khai khoáng cách ít nhất", en="mining at least"),
    "burning_distance_min": Text(vi="đốt cách ít nhất", en="burning at least"),
    "districts_until": Text(vi="không còn cấp huyện từ", en="no districts from"),
    "gates_min": Text(vi="số cửa khẩu quốc tế ít nhất", en="international gates at least"),
    "cut_min": Text(vi="số xã bị cắt ít nhất", en="communes cut at least"),
    "units": Text(vi="số đơn vị", en="units"),
    "cut": Text(vi="trong đó một phần", en="of which in part"),
    "valid_from": Text(vi="danh mục có hiệu lực từ", en="vintage of"),
    "width_min": Text(vi="bề rộng ít nhất", en="width at least"),
    "width_max": Text(vi="bề rộng không quá", en="width at most"),
    "site_min": Text(vi="địa điểm ít nhất", en="site at least"),
    "concentrated_min": Text(vi="địa điểm tập trung ít nhất", en="concentrated site at least"),
    "express_min": Text(vi="chuyển phát nhanh ít nhất", en="express at least"),
    "postal_min": Text(vi="bưu chính ít nhất", en="postal at least"),
    "warehouse_min": Text(vi="kho ít nhất", en="warehouse at least"),
    "storage_min": Text(vi="kho chứa hàng ít nhất", en="storage at least"),
    "yard_min": Text(vi="bãi ít nhất", en="yard at least"),
    "step": Text(vi="làm tròn đến", en="rounded to"),
    "columns": Text(vi="số cột", en="columns"),
    "merged_on": Text(vi="sáp nhập ngày", en="merged on"),
    "agricultural_factor": Text(vi="hệ số đất nông nghiệp (1:1000, 1:2000)", en="factor of fields (1:1000, 1:2000)"),
    "meridian": Text(vi="kinh tuyến trục", en="central meridian"),
    "scale": Text(vi="hệ số tỷ lệ", en="scale factor"),
    "sent_within": Text(vi="gửi lấy ý kiến trong", en="sent within"),
    "opinions_within": Text(vi="góp ý trong", en="opinions within"),
    "sets": Text(vi="số bộ", en="sets"),
    "originals_min": Text(vi="bản gốc ít nhất", en="originals at least"),
    "idle": Text(vi="không sử dụng liên tục", en="idle for"),
    "late": Text(vi="chậm tiến độ", en="late by"),
    "extension_max": Text(vi="gia hạn không quá", en="extension at most"),
    "annual_crops": Text(vi="cây hằng năm", en="annual crops"),
    "perennials": Text(vi="cây lâu năm", en="perennials"),
    "forest": Text(vi="rừng", en="forest"),
    "share_of_scale_mm": Text(vi="mi-li-mét trên bản đồ", en="millimetres on the map"),
    "short_sides_under": Text(vi="cạnh ngắn là dưới", en="short sides are under"),
    "short_sides_max": Text(vi="cạnh ngắn không quá", en="short sides at most"),
    "near_limit_max": Text(vi="sai số gần hạn không quá", en="errors near the limit at most"),
}


def threshold_name(name: str, lang: Lang) -> str:
    """Return what a threshold of a rule set is called; one that nobody has named stands for itself."""
    return _THRESHOLDS[name].to(lang) if name in _THRESHOLDS else name
