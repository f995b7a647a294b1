"""How facts of parcels are made, in Vietnamese, by the Record's own English wording."""

PARCEL_HOW: dict[str, str] = {
    "differences that need checking": "số chỗ khác nhau cần kiểm tra",
    "parcels that could not be compared": "số thửa không so được",
    "name of the finding, for a word of an officer": "mã phát hiện, để cán bộ cho ý kiến",
    "terms of the law, handover, schedule, observations, extensions and force majeure": (
        "theo thời hạn luật định, bàn giao, tiến độ, ghi nhận hiện trạng, gia hạn và bất khả kháng"
    ),
    "whole calendar months": "số tháng tròn theo lịch",
    "law in force when the condition is met": "luật có hiệu lực khi đủ điều kiện",
    "law in force at the handover": "luật có hiệu lực khi bàn giao",
    "how sure the terms of the law are": "độ tin cậy của thời hạn luật định",
    "class of the rows": "nhóm",
    "projects and parcels": "số dự án và thửa đất",
    "sum of the areas": "tổng diện tích",
    "projects and parcels that meet the time condition, extensions over": "số trường hợp đủ điều kiện thời gian",
    "projects and parcels with something falling due": "số trường hợp có mốc sắp đến hạn",
    "day that was asked": "ngày được hỏi",
    "days that were asked": "số ngày được hỏi",
    "handed over under another law: transition not checked": "bàn giao theo luật khác: chuyển tiếp chưa kiểm tra",
    "strongest state against the classes of the layer": "trạng thái mạnh nhất so với các đối tượng của lớp",
    "parcels by state against the layer": "số thửa theo trạng thái so với lớp",
    "parcels without a shape, or that a feature without a shape may touch": (
        "số thửa không có hình, hoặc có thể bị một đối tượng chưa có hình chạm vào"
    ),
    "keys of the features that touch": "khóa của các đối tượng chạm vào",
    "key of the parcel": "khóa của thửa đất",
    "what the scenario does to the parcel, by its states and areas": (
        "tác động của phương án đến thửa, theo trạng thái và diện tích"
    ),
    "class of the parcels, as in the layer; rows with = close the table": (
        "nhóm thửa như trong lớp; các dòng có dấu = khép bảng"
    ),
    "parcels that are listed": "số thửa trong danh sách",
    "parcels by what the scenario does to them": "số thửa theo tác động của phương án",
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
    "key of the parcel and number of the corner": "khóa của thửa đất và số đỉnh",
    "clockwise from the north-western corner, parts from large to small, then holes": (
        "theo chiều kim đồng hồ từ đỉnh phía tây bắc, phần lớn trước, lỗ thủng sau cùng"
    ),
    "defence land that touches the parcel: counted, not told": "đất quốc phòng chạm vào thửa: chỉ đếm, không nêu",
}
