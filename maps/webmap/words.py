"""The words of the page itself: buttons, headings and notes."""
# ruff: noqa: E501 -- a sentence stands on one line

from gis.language import Lang, Text

WORDS: dict[str, Text] = {
    "page": Text(vi="Bản đồ phương án", en="Map of a scenario"),
    "brand": Text(vi="Mốc Giới", en="Mốc Giới"),
    "scenario": Text(vi="Phương án", en="Scenario"),
    "layers": Text(vi="Lớp bản đồ", en="Layers"),
    "legend": Text(vi="Chú giải", en="Legend"),
    "zoom": Text(vi="Phóng to, thu nhỏ", en="Zoom"),
    "zoomIn": Text(vi="Phóng to", en="Zoom in"),
    "zoomOut": Text(vi="Thu nhỏ", en="Zoom out"),
    "home": Text(vi="Xem toàn khu", en="Show the whole zone"),
    "closer": Text(vi="hiện khi phóng to", en="shown when zoomed in"),
    "alsoHere": Text(vi="Cũng tại vị trí này", en="Also at this place"),
    "showOnMap": Text(vi="Xem trên bản đồ", en="Show on the map"),
    "close": Text(vi="Đóng", en="Close"),
    "panel": Text(vi="Số liệu", en="Figures"),
    "map": Text(vi="Bản đồ", en="Map"),
    "colouredBy": Text(vi="Tô màu theo", en="Coloured by"),
    "chunkMissing": Text(
        vi="Thiếu tệp dữ liệu trong thư mục đi kèm bản đồ. Hãy chép cả thư mục cùng với tệp HTML.",
        en="A data file is missing from the folder beside the map. Copy the folder together with the HTML file.",
    ),
    "north": Text(vi="B", en="N"),
    "tools": Text(vi="Công cụ", en="Tools"),
    "mapHelp": Text(
        vi="Bản đồ. Phím mũi tên để di chuyển, cộng và trừ để phóng to, thu nhỏ, Enter để hỏi đối tượng ở giữa màn hình.",
        en="Map. Arrow keys move it, plus and minus zoom, Enter asks what is at the middle of the screen.",
    ),
    "search": Text(vi="Tìm kiếm", en="Search"),
    "searchFor": Text(vi="Tìm thửa, xã, bến bãi, cửa khẩu…", en="Find a parcel, commune, yard, gate…"),
    "nothingFound": Text(vi="Không tìm thấy", en="Nothing found"),
    "northing": Text(vi="X (Bắc)", en="X (north)"),
    "easting": Text(vi="Y (Đông)", en="Y (east)"),
    "outsideGrid": Text(vi="ngoài vùng tính tọa độ", en="beyond the area of the coordinates"),
    "gridError": Text(vi="tọa độ để xem, không thay cho đo đạc", en="coordinates for display, no survey"),
    "measure": Text(vi="Đo", en="Measure"),
    "measureStart": Text(
        vi="Bấm lên bản đồ để đặt từng điểm; bấm đúp để kết thúc.",
        en="Click on the map to set points; double-click to finish.",
    ),
    "areaOf": Text(vi="Diện tích", en="Area"),
    "lengthOf": Text(vi="Chiều dài", en="Length"),
    "perimeter": Text(vi="Chu vi", en="Perimeter"),
    "displayOnly": Text(
        vi="Tính trên mặt phẳng VN-2000 từ điểm chọn trên màn hình; không thay cho số liệu của hồ sơ.",
        en="In the plane of VN-2000, from places picked on a screen; it does not replace the figures of the Record.",
    ),
    "undo": Text(vi="Bỏ điểm cuối", en="Undo"),
    "again": Text(vi="Làm lại", en="Start again"),
    "draw": Text(vi="Vẽ ranh giới, vùng", en="Draw a boundary or area"),
    "drawFor": Text(vi="Vẽ để làm gì", en="What it is for"),
    "draw_boundary": Text(vi="Ranh giới mới", en="New boundary"),
    "draw_add": Text(vi="Vùng thêm vào", en="Area to add"),
    "draw_cut": Text(vi="Vùng cắt đi", en="Area to cut"),
    "drawName": Text(vi="Tên (không bắt buộc)", en="Name (optional)"),
    "drawCode": Text(vi="Mã, nếu vẽ khu chức năng hoặc bến bãi", en="Code, for a functional area or a yard"),
    "drawStart": Text(
        vi="Bấm lên bản đồ để đặt từng đỉnh; đỉnh gần đỉnh có sẵn sẽ bắt vào đỉnh đó. Kéo đỉnh để sửa, bấm đúp để khép.",
        en="Click on the map to set corners; near an existing corner they catch it. Drag a corner to move it, double-click to close.",
    ),
    "drawCrossed": Text(
        vi="Hình vẽ tự cắt nhau; hãy kéo các đỉnh cho hết cắt.",
        en="The shape crosses itself; drag its corners until it does not.",
    ),
    "areasDrawn": Text(vi="Số vùng", en="Areas"),
    "another": Text(vi="Thêm vùng", en="Another area"),
    "saveGeojson": Text(vi="Lưu GeoJSON", en="Save GeoJSON"),
    "drawSaved": Text(vi="Đã lưu tệp vào thư mục tải xuống.", en="Saved the file to the download folder."),
    "drawThen": Text(vi="Rồi chạy:", en="Then run:"),
    "drawScenario": Text(vi="TÊN", en="NAME"),
    "compare": Text(vi="So sánh", en="Compare"),
    "before": Text(vi="Hiện hành", en="Established"),
    "after": Text(vi="Đề xuất", en="Proposed"),
    "swipe": Text(vi="Vách ngăn", en="Swipe"),
    "sideBySide": Text(vi="Hai bản đồ", en="Side by side"),
    "divider": Text(vi="Vách ngăn giữa hai bản đồ", en="Divider between the two maps"),
    "print": Text(vi="In", en="Print"),
    "link": Text(vi="Chép liên kết đến khung nhìn này", en="Copy a link to this view"),
    "extract": Text(vi="Trích lục của thửa: chép lệnh", en="Extract of the parcel: copy the command"),
    "extractCopied": Text(vi="Đã chép lệnh; dán vào cửa sổ lệnh.", en="Copied; paste it into a terminal."),
    "extractIs": Text(vi="Lệnh lập trích lục:", en="The command for the extract:"),
    "linkCopied": Text(vi="Đã chép liên kết.", en="Copied the link."),
    "linkIs": Text(vi="Liên kết:", en="Link:"),
    "opacity": Text(vi="độ đậm", en="opacity"),
    "backdrop": Text(vi="Ảnh nền", en="Backdrop"),
    "northLong": Text(vi="Hướng Bắc ở phía trên", en="North is up"),
}

# Headings and sentences of the side panel; a name in braces is a fact.
LAYERS_HEADING = Text(vi="Các lớp trên bản đồ", en="Layers of this map")
COMMUNE_BARS = Text(vi="Bổ sung và đưa ra theo xã (ha)", en="Added and removed by commune (ha)")
LAND_USE_BARS = Text(vi="Loại đất được bổ sung và đưa ra (ha)", en="Land use added and removed (ha)")
LAYERS_PAGE = Text(vi="Bản đồ các lớp", en="Map of layers")
OVERRIDES_HEADING = Text(vi="Quy tắc công bố được bỏ qua", en="Publishing rules set aside")
OVERRIDES_NOTE = Text(
    vi="Người lập bản đồ đã bỏ qua các quy tắc sau, với lý do:",
    en="Whoever made this map set these rules aside, for these reasons:",
)
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
