"""How facts are made, in Vietnamese: the wording that stands beside each number, by the Record's own English one."""

from maps import form_words, robustness_words, tally_words, terrain_words
from maps.parcel_provenance import PARCEL_HOW
from maps.plan_provenance import PLAN_HOW
from maps.yard_provenance import YARD_HOW

_REGIONS = {"base": "hiện hành", "proposed": "đề xuất", "kept": "giữ nguyên", "added": "bổ sung", "removed": "đưa ra"}
_STATE = "bốn trạng thái so với ranh giới, theo độ chính xác đã nêu của ranh giới"

HOW: dict[str, str] = {
    **PARCEL_HOW,
    **PLAN_HOW,
    **tally_words.HOW,
    **YARD_HOW,
    **form_words.HOW,
    **robustness_words.HOW,
    **terrain_words.HOW,
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
    "rows of the layer that may be shown": "số đối tượng của lớp, không kể đối tượng không công bố",
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
    # law
    "named by the project, else in force on the day of the analysis": (
        "do dự án chọn, nếu không thì là bộ có hiệu lực vào ngày phân tích"
    ),
    "as in the rule set": "như trong bộ quy tắc",
    "what all readings of the clauses share; else cannot tell": (
        "kết quả chung của mọi cách hiểu; nếu khác nhau thì chưa kết luận"
    ),
    "clauses by verdict": "số tiêu chí theo kết luận",
    "id of the clause in the rule set": "mã tiêu chí trong bộ quy tắc",
    "id of the clause and of the reading": "mã tiêu chí và mã cách hiểu",
    "what the clause demands": "yêu cầu của tiêu chí",
    "a way to read the clause, or a part of what it demands": "một cách hiểu tiêu chí, hoặc một phần của yêu cầu",
    "met, not met; cannot tell: the data do not decide; needs input: they are not there": (
        "đạt, không đạt; chưa kết luận được: dữ liệu không đủ rõ; cần bổ sung: dự án chưa có dữ liệu"
    ),
    "what was compared, in the unit of the row": "giá trị được so sánh, theo đơn vị của hàng",
    "at least, within the stated accuracy and what is not known": "ít nhất, theo độ chính xác đã nêu và phần chưa biết",
    "at most, within the stated accuracy and what is not known": "nhiều nhất, theo độ chính xác và phần chưa biết",
    "what is demanded of the value": "yêu cầu đối với giá trị",
    "from the rule set, in the unit of the row": "theo bộ quy tắc, theo đơn vị của hàng",
    "unit of value and threshold": "đơn vị của giá trị và ngưỡng",
    "instrument and article": "văn bản và điều khoản",
    "how the clause is known": "mức độ chắc chắn của căn cứ",
    "where the clause was read": "nơi đọc được căn cứ",
    "why, and what would decide it": "lý do, và điều gì sẽ cho kết luận",
    "the figure as a share of the declared area": "giá trị so với diện tích theo quyết định",
    "the figure as a share of the drawn area": "giá trị so với diện tích vẽ",
    "the reading: clause on the limit, how the change is counted, how districts are read": (
        "cách hiểu: giới hạn diện tích, cách tính thay đổi, danh sách huyện"
    ),
    "whether the limit binds a reduction too, or only growth": "giới hạn áp dụng cả khi giảm, hay chỉ khi tăng",
    "how the change is counted": "cách tính thay đổi",
    "how the list of districts is read": "cách hiểu danh sách huyện",
    "what the clauses make of the change by this reading": "thủ tục của thay đổi theo cách hiểu này",
    "place in the established zone, or near enough to a gate area": (
        "nằm trong khu hiện hành, hoặc đủ gần khu vực cửa khẩu"
    ),
    "place in the proposed zone, or near enough to a gate area": "nằm trong khu đề xuất, hoặc đủ gần khu vực cửa khẩu",
    "straight distance on the grid to the nearest gate area, or gate": (
        "khoảng cách thẳng trên mặt phẳng tọa độ đến khu vực cửa khẩu, hoặc cửa khẩu, gần nhất"
    ),
    # balance
    "areas of parcels inside the zone, split by the uses of the register": (
        "diện tích các thửa trong khu, thửa nhiều mục đích tách theo sổ"
    ),
    "of the whole zone, to 0.01 % by largest remainder within the group": (
        "so với toàn khu, đến 0,01 %, phần dư lớn nhất trong từng nhóm"
    ),
    "of the whole zone, to 0.01 % by largest remainder": "so với toàn khu, đến 0,01 %, theo phần dư lớn nhất",
    "proposed less established": "đề xuất trừ hiện hành",
    "code of the land use, or what takes its place": "mã loại đất, hoặc mục thay cho mã",
    "name by the list of codes": "tên theo danh mục mã",
    "main group in the list of codes": "nhóm đất trong danh mục mã",
    "circulars whose list has the code": "thông tư có mã này",
    "parcels by the regime of their code": "cộng các thửa theo danh mục của mã",
    "overlay total: the zone itself, or parcels written so; not part of any sum": (
        "chỉ tiêu chồng lớp: chính khu kinh tế, hoặc các thửa ghi mã này; không cộng vào tổng nào"
    ),
    "percentages rounded one by one, less 100 %": "cộng các tỷ lệ làm tròn riêng từng dòng, trừ 100 %",
    "planar grid area inside the zone": "diện tích phẳng nằm trong khu",
    "key of the layer, or what takes its place": "khóa của lớp, hoặc mục thay cho khóa",
    "horizon and planned use": "năm và chức năng quy hoạch",
    "year up to which areas of the plan are counted, from their phase": "tính các khu có giai đoạn đến năm này",
    "planned use as in the layer": "chức năng quy hoạch như trong lớp",
    "current and planned use": "loại đất hiện trạng và chức năng quy hoạch",
    "current land use, a line each where a parcel has several": "loại đất hiện trạng, mỗi mục đích một dòng",
    "planned use; what is planned twice is taken off": "chức năng quy hoạch; phần quy hoạch chồng lấn được trừ đi",
    "parcels inside the zone by the kernel's products, to 1 mm²": "diện tích các thửa trong khu, chồng ghép đến 1 mm²",
}
