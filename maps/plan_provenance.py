"""How the facts of a plan are made, in Vietnamese: edits, stretches, yards, vintages, by the Record's own wording."""

PLAN_HOW: dict[str, str] = {
    "scenario and number of the edit": "phương án và số thứ tự của thay đổi",
    "kind of the edit": "loại thay đổi",
    "layer that the edit changes": "lớp bị thay đổi",
    "codes and keys that the edit names": "mã, khóa nêu trong thay đổi",
    "shapes that the edit draws": "số hình vẽ của thay đổi",
    "as stated with the edit": "như ghi cùng thay đổi",
    "land that the edit brings into its layer": "phần đất mà thay đổi đưa vào lớp",
    "land that the edit takes out of its layer": "phần đất mà thay đổi đưa ra khỏi lớp",
    "land that later edits change again, or that features of the layer now have twice": (
        "phần đất bị các thay đổi sau đổi lại, hoặc nay thuộc hai đối tượng của lớp"
    ),
    "what is not as it was when the edit was made": "dữ liệu không còn như lúc lập thay đổi",
    "edits in force, those of the scenarios below included": (
        "số thay đổi có hiệu lực, kể cả của các phương án làm nền"
    ),
    "edits that neither add nor remove land": "số thay đổi không thêm, không bớt đất",
    "edits whose layer, units or base scenario are not as they were when the edit was made": (
        "số thay đổi mà lớp, đơn vị hành chính hoặc phương án nền đã khác so với lúc lập"
    ),
    "number of the stretch, in the order along the proposed boundary": "số thứ tự đoạn, dọc theo ranh giới đề xuất",
    "displacement against the accuracies of both lines": "khoảng lệch so với độ chính xác của hai đường",
    "along the proposed boundary, rings one after the other; none where the new line has no part in it": (
        "dọc theo ranh giới đề xuất, lần lượt từng vòng; để trống khi ranh giới mới không đi qua đoạn này"
    ),
    "length of the stretch on the proposed boundary": "chiều dài của đoạn trên ranh giới đề xuất",
    "length of the stretch on the established boundary": "chiều dài của đoạn trên ranh giới hiện hành",
    "largest distance between the two lines along the stretch": "khoảng cách lớn nhất giữa hai đường trong đoạn",
    "mean distance between the two lines along the stretch": "khoảng cách trung bình giữa hai đường trong đoạn",
    "added_m2 + removed_m2": "diện tích đưa vào cộng diện tích đưa ra",
    "land between the two lines that comes into the zone": "phần đất giữa hai đường được đưa vào khu",
    "land between the two lines that leaves the zone": "phần đất giữa hai đường bị đưa ra khỏi khu",
    "middle of the stretch": "điểm giữa của đoạn",
    "moved if any stretch is; open if any of the others is": (
        "đã dời nếu có đoạn đã dời; chưa kết luận nếu trong các đoạn còn lại có đoạn chưa kết luận được"
    ),
    "the worst that is stated of the edits' sources; no data where one states none": (
        "giá trị kém nhất trong các nguồn của thay đổi; không có số liệu nếu có nguồn không ghi"
    ),
    "√(accuracy_base_m² + accuracy_proposed_m²)": "căn bậc hai của tổng bình phương hai độ chính xác",
    "accuracy_base_m + accuracy_proposed_m": "tổng hai độ chính xác",
    "sum of the stretches": "cộng các đoạn",
    "sum of the stretches, on the proposed boundary": "cộng các đoạn, trên ranh giới đề xuất",
    "sum of the stretches, on the established boundary": "cộng các đoạn, trên ranh giới hiện hành",
    "area_m2.added less the sum of the stretches": "diện tích bổ sung trừ cộng các đoạn",
    "area_m2.removed less the sum of the stretches": "diện tích đưa ra trừ cộng các đoạn",
    "what the scenario does to the yard": "phương án làm gì với bãi",
    "planar grid area of the yard": "diện tích phẳng của bãi",
    "area_after_m2 less area_before_m2": "diện tích sau trừ diện tích trước",
    "area_after_m2 less licensed_area_m2": "diện tích sau trừ diện tích được cấp phép",
    "rows of the papers table that belong to the yard": "số hàng của bảng giấy tờ thuộc về bãi",
    "kinds of those papers": "loại của các giấy tờ đó",
    "yards by what the scenario does": "số bãi theo việc phương án làm",
    "code of the older unit > code of the newer unit": "mã đơn vị trước > mã đơn vị sau",
    "planar grid area that the two units have in common, to 1 mm²": (
        "diện tích phẳng chung của hai đơn vị, làm tròn đến 1 mm²"
    ),
    "unit_m2 / area of the older unit": "diện tích chung chia cho diện tích đơn vị trước",
    "unit_m2 / area of the newer unit": "diện tích chung chia cho diện tích đơn vị sau",
    "as in the list of predecessors": "như trong danh mục đơn vị trước và sau sắp xếp",
    "list of predecessors, shapes, or both": "danh mục trước và sau sắp xếp, hình vẽ, hoặc cả hai",
    "the list's word where it has one, else that of the shapes": "theo danh sách nếu có, nếu không thì theo hình vẽ",
    "by the list of the zone's units, the list of predecessors and the edits that name whole units": (
        "theo danh sách đơn vị của khu, danh mục trước và sau sắp xếp và các thay đổi nêu đích danh đơn vị"
    ),
    "units of the other vintage that the lists know it by": "số đơn vị của danh mục kia ứng với đơn vị này",
    "of those, units that the zone has whole": "trong đó, số đơn vị thuộc trọn trong khu",
    "list against shapes, for the zone as it is established": "so danh sách với hình vẽ, theo ranh giới hiện hành",
    "list against shapes, for the zone as it is proposed": "so danh sách với hình vẽ, theo ranh giới đề xuất",
    "units by state, the list's word first": "số đơn vị theo trạng thái, ưu tiên danh sách",
    "units of which list and shapes say different things": "số đơn vị mà danh sách và hình vẽ nói khác nhau",
    "units of the zone's list that no vintage has": "đơn vị trong danh sách của khu mà không danh mục nào có",
}
