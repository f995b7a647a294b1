"""The words of the page itself: buttons, headings and notes."""
# ruff: noqa: E501 -- a sentence stands on one line

from gis.language import Lang, Text

WORDS: dict[str, Text] = {
    "page": Text(vi="Bản đồ phương án", en="Map of a scenario"),
    "brand": Text(vi="Mốc Giới", en="Mốc Giới"),
    "scenario": Text(vi="Phương án", en="Scenario"),
    "layers": Text(vi="Lớp bản đồ", en="Layers"),
    "legend": Text(vi="Chú giải", en="Legend"),
    "zoomIn": Text(vi="Phóng to", en="Zoom in"),
    "zoomOut": Text(vi="Thu nhỏ", en="Zoom out"),
    "home": Text(vi="Xem toàn khu", en="Show the whole zone"),
    "closer": Text(vi="hiện khi phóng to", en="shown when zoomed in"),
    "alsoHere": Text(vi="Cũng tại vị trí này", en="Also at this place"),
    "showOnMap": Text(vi="Xem trên bản đồ", en="Show on the map"),
    "close": Text(vi="Đóng", en="Close"),
    "panel": Text(vi="Số liệu", en="Figures"),
    "map": Text(vi="Bản đồ", en="Map"),
    "north": Text(vi="B", en="N"),
    "northLong": Text(vi="Hướng Bắc ở phía trên", en="North is up"),
}

# Headings and sentences of the side panel; a name in braces is a fact.
AREA_HEADING = Text(vi="Biến động diện tích", en="Change of area")
BOUNDARY_HEADING = Text(vi="Ranh giới và độ tin cậy", en="The boundary and how far to trust it")
YARDS_HEADING = Text(vi="Bến bãi bị ảnh hưởng", en="Yards affected")
GATES_HEADING = Text(vi="Cửa khẩu", en="Border gates")
LAW_HEADING = Text(vi="Căn cứ pháp lý", en="Legal criteria")
INPUT_HEADING = Text(vi="Tiêu chí cần bổ sung thông tin", en="Criteria that need input")
MISSING_HEADING = Text(vi="Không có số liệu", en="No data")
ABOUT_HEADING = Text(vi="Về bản đồ này", en="About this map")

APPROXIMATE = Text(
    vi="Ranh giới ở mức gần đúng, độ chính xác {accuracy}. Diện tích đo theo hình vẽ không thay cho số liệu trong quyết định.",
    en="The boundary is approximate, its accuracy {accuracy}. Areas measured from the drawing do not replace those of the decision.",
)
SLIVERS = Text(
    vi="Ranh giới vẽ còn {count} khe hở mảnh, cộng {area}, do các đường ranh giới xã trong dữ liệu nguồn không khít nhau. Các khe này không tính vào diện tích.",
    en="The drawn boundary keeps {count} sliver holes, {area} in all, because commune lines of the source do not quite meet. They do not count as area.",
)
NOT_AFFECTED_YARDS = Text(
    vi="Không có bến bãi nào đổi trạng thái hay bị ranh giới cắt.",
    en="No yard changes its state or is cut by the line.",
)
RULES = Text(
    vi="Theo bộ quy tắc {rules}, có hiệu lực từ {since}, đối chiếu văn bản ngày {checked}.",
    en="By the rule set {rules}, in force from {since}, compared with the instruments on {checked}.",
)
READINGS_DIFFER = Text(
    vi="Các cách hiểu quy định cho kết quả khác nhau, nên chưa kết luận:",
    en="The readings of the law differ, so nothing is concluded:",
)
MISSING_NOTE = Text(
    vi="Các lớp sau chưa có trong dự án, nên không thể kết luận là không bị ảnh hưởng:",
    en="The project does not hold these, so nothing can be said of them; it does not mean “not affected”:",
)
NOT_DRAWN = Text(
    vi="{layer}: quá nhiều đối tượng để vẽ trên bản đồ này; số liệu vẫn được tính đủ.",
    en="{layer}: too many features to draw on this map; the figures are complete.",
)
THINNED = Text(
    vi="Đường ranh giới của lớp “{layer}” được giản lược đến {tolerance} khi hiển thị; số liệu tính trên dữ liệu gốc.",
    en="The lines of “{layer}” are simplified by up to {tolerance} on screen; the figures come from the full data.",
)
DISPLAY_ONLY = Text(
    vi="Bản đồ hiển thị bằng WGS 84 để minh họa. Diện tích là diện tích phẳng tính trong {crs}.",
    en="The map is drawn in WGS 84 for illustration. Areas are planar grid areas in {crs}.",
)
NO_SCRIPT = Text(
    vi="Bản đồ này cần JavaScript. Hãy mở bằng trình duyệt có bật JavaScript.",
    en="This map needs JavaScript. Open it in a browser that has it switched on.",
)
RECORD = Text(vi="Mã hồ sơ kết quả", en="Record")
CREATED = Text(vi="Lập lúc", en="Computed on")
SOFTWARE = Text(vi="Phần mềm", en="Software")
CRS = Text(vi="Hệ tọa độ tính toán", en="Coordinate system of the figures")
INPUTS = Text(vi="Lớp đầu vào", en="Input layers")
DISTANCE = Text(vi="Cách cửa khẩu", en="Distance")
NET = Text(vi="Tăng, giảm", en="Net change")
REASON = Text(vi="Lý do", en="Reason")


def words(lang: Lang) -> dict[str, str]:
    """Return the words of the page's own script in one language."""
    return {name: text.to(lang) for name, text in WORDS.items()}
