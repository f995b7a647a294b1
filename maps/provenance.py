"""How facts are made, in Vietnamese: the wording that stands beside each number, by the Record's own English one."""

from maps import parcel_words

_REGIONS = {"base": "hiện hành", "proposed": "đề xuất", "kept": "giữ nguyên", "added": "bổ sung", "removed": "đưa ra"}
_STATE = "bốn trạng thái so với ranh giới, theo độ chính xác đã nêu của ranh giới"

HOW: dict[str, str] = {
    **parcel_words.HOW,
    "as stated in the zone layer": "như ghi trong lớp ranh giới khu",
    "declared_area_ha of the zone layer": "trường “Diện tích theo quyết định” của lớp ranh giới khu",
    "area_m2.base less zone.declared_area_m2": "diện tích vẽ hiện hành trừ diện tích theo quyết định",
    "zone.drawn_less_declared_m2 / zone.declared_area_m2": "chênh lệch chia cho diện tích theo quyết định",
    "planar grid area in the project's CRS, to 1 mm²": "diện tích phẳng trong hệ tọa độ của dự án, làm tròn đến 1 mm²",
    "area_m2.added - area_m2.removed": "diện tích bổ sung trừ diện tích đưa ra",
    "area_m2.added + area_m2.removed": "diện tích bổ sung cộng diện tích đưa ra",
    "area_m2.net / zone.declared_area_m2": "tăng, giảm chia cho diện tích theo quyết định",
    "area_m2.gross / zone.declared_area_m2": "tổng biến động chia cho diện tích theo quyết định",
    "area_m2.base - kept - removed": "hiện hành trừ giữ nguyên trừ đưa ra",
    "area_m2.proposed - kept - added": "đề xuất trừ giữ nguyên trừ bổ sung",
    "holes of the drawn zone; slivers have a mean width below twice the accuracy of the line": (
        "lỗ hổng của ranh giới vẽ; khe hở mảnh là lỗ hổng có bề rộng trung bình dưới hai lần độ chính xác của ranh giới"
    ),
    "sum of the rows": "cộng các hàng của bảng",
    **{
        f"area_m2.{region} less the sum of the rows": f"diện tích {name} của toàn khu trừ cộng các hàng"
        for region, name in _REGIONS.items()
    },
    "sum of the areas, overlaps counted each time": "cộng các diện tích, phần chồng lấn được tính mỗi lần",
    "rows of the parcel layer": "số hàng của lớp thửa đất",
    "parcels by state against the proposed boundary": "số thửa theo trạng thái so với ranh giới đề xuất",
    "key of the layer": "khóa của lớp",
    "name as in the layer": "tên như trong lớp",
    "as in the layer": "như trong lớp",
    "planar grid area of the unit": "diện tích phẳng của đối tượng",
    "planar grid area of the overlay in the project's CRS, rounded to 1 mm² per unit": (
        "diện tích phẳng của phần chồng ghép trong hệ tọa độ của dự án, mỗi đối tượng làm tròn đến 1 mm²"
    ),
    "base_m2 / area of the unit before": (
        "diện tích trong ranh giới hiện hành chia cho diện tích đối tượng trước điều chỉnh"
    ),
    "rows whose shape is missing or empty: no data": "số đối tượng không có hình, nên không có số liệu",
    "defence and security land: counted, not drawn": "đất quốc phòng, an ninh: chỉ đếm, không vẽ",
    "proposed_m2 / unit_m2": "diện tích trong ranh giới đề xuất chia cho diện tích đối tượng",
    "share that is inside whatever the error of the line, within its accuracy": (
        "tỷ lệ chắc chắn nằm trong, với mọi sai số của ranh giới trong độ chính xác đã nêu"
    ),
    "share that may be inside, within the accuracy of the line": (
        "tỷ lệ có thể nằm trong, theo độ chính xác của ranh giới"
    ),
    "four states against the line, by its stated accuracy": _STATE,
    "name of the gate nearest to the outline of the yard": "tên cửa khẩu gần đường bao của bãi nhất",
    "straight distance on the grid from the outline of the yard to the gate": (
        "khoảng cách thẳng trên mặt phẳng tọa độ từ đường bao của bãi đến cửa khẩu"
    ),
    "inside or outside; undecidable nearer to the line than its accuracy": (
        "trong hoặc ngoài; không kết luận khi gần ranh giới hơn độ chính xác của nó"
    ),
    "clockwise from the north-western corner; a corner that stays keeps its number": (
        "theo chiều kim đồng hồ từ góc tây bắc; mốc giữ nguyên giữ số hiệu cũ"
    ),
    "rings of the line: parts from large to small, then holes": "các vòng: từ phần lớn đến phần nhỏ, rồi đến lỗ hổng",
    "grid coordinate X of VN-2000, to 1 mm": "tọa độ phẳng X (bắc) VN-2000, đến 1 mm",
    "grid coordinate Y of VN-2000, to 1 mm": "tọa độ phẳng Y (đông) VN-2000, đến 1 mm",
    "straight distance on the grid to the next corner": "khoảng cách phẳng đến mốc tiếp theo",
    "grid azimuth to the next corner, clockwise from grid north": (
        "góc phương vị tọa độ đến mốc tiếp theo, theo chiều kim đồng hồ từ bắc lưới"
    ),
    "administrative unit 1 m to the right of the middle of the edge, in the zone": (
        "đơn vị hành chính cách giữa cạnh 1 m về phía trong khu"
    ),
    "administrative unit 1 m to the left of the middle of the edge, out of the zone": (
        "đơn vị hành chính cách giữa cạnh 1 m về phía ngoài khu"
    ),
    "corner of both lines, of the proposed line alone or of the established line alone": (
        "mốc có ở cả hai ranh giới, chỉ ở ranh giới đề xuất hoặc chỉ ở ranh giới hiện hành"
    ),
    "corners of the line": "số góc của ranh giới",
}
