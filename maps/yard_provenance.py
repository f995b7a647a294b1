"""How facts of yards are made, in Vietnamese, by the Record's own English wording."""

YARD_HOW: dict[str, str] = {
    "gate stated in the layer, no data where the gates lack it; else that nearest to the outline of the yard": (
        "cửa khẩu ghi trong lớp bến bãi, không có số liệu nếu lớp cửa khẩu không có; không ghi thì cửa khẩu gần nhất"
    ),
    "straight distance on the grid from the outline of the yard to that gate": (
        "khoảng cách thẳng trên lưới từ ranh bãi đến cửa khẩu ấy"
    ),
    "slots of yards of which no entry is known: an upper bound, not to be set equal with the others": (
        "số ô đỗ của bãi chưa biết cổng: là mức tối đa, không so ngang với các bãi khác"
    ),
    "model of flow, mean of the runs: no forecast": "mô hình lưu lượng, trung bình các lần chạy: không phải dự báo",
    "model of flow, largest of the runs: no forecast": "mô hình lưu lượng, lần chạy lớn nhất: không phải dự báo",
    "sum of the vehicles that wait at the end of each hour: no forecast": (
        "cộng số xe chờ vào cuối mỗi giờ: không phải dự báo"
    ),
    "gate and hour of the day": "cửa khẩu và giờ trong ngày",
    "gate served": "cửa khẩu phục vụ",
    "gate served, no data where it is not known: then the model sends no vehicle to the yard": (
        "cửa khẩu phục vụ, không có số liệu nếu chưa rõ: khi đó mô hình không đưa xe vào bãi"
    ),
    "yards whose gate is not known: the model sends no vehicle to them": (
        "bãi chưa rõ cửa khẩu phục vụ: mô hình không đưa xe vào"
    ),
    "share of the vehicles; no data: shares are stated, but none of this gate, and nothing is told of it": (
        "tỷ lệ xe; không có số liệu: đầu vào nêu tỷ lệ nhưng không nêu cửa khẩu này, nên chưa tính được"
    ),
    "gate as the inputs state it": "cửa khẩu ghi trong số liệu đầu vào",
    "share of the vehicles by the inputs": "tỷ lệ xe theo số liệu đầu vào",
    "vehicles that the inputs send to gates without yards: in no queue of the model": (
        "số xe mà đầu vào đưa đến cửa khẩu không có bãi: mô hình không tính vào số xe chờ"
    ),
    "hour of the measured day": "giờ của ngày đo",
    "slots of the yards of the gate that can be used": "số ô đỗ dùng được của các bãi phục vụ cửa khẩu",
    "slots that can be used": "số ô đỗ dùng được",
    "parked_most / slots": "số xe nhiều nhất chia cho số ô đỗ dùng được",
    "what is changed": "đại lượng được thay đổi",
    "factor on the input": "hệ số nhân vào số liệu đầu vào",
    "input of the model": "số liệu đầu vào của mô hình",
    "as the model took it": "giá trị mà mô hình dùng",
    "mean height under the yard, by the elevation model": "độ cao trung bình trong bãi, theo mô hình độ cao",
    "mean slope under the yard, rise over run, by the elevation model": (
        "độ dốc trung bình trong bãi, theo mô hình độ cao"
    ),
    "what the scenario does to the yard": "thay đổi của bãi theo phương án",
    "yards by what the scenario does": "số bãi theo thay đổi",
    "sum of the yards": "cộng các bãi",
    "operators of yards that are given up": "số đơn vị có bãi chấm dứt",
    "name of the figure": "mã số liệu",
    "what was published": "nội dung công bố",
    "as published": "như đã công bố",
    "slots before / vehicles": "số ô đỗ hiện hành chia cho số xe",
    "slots after / vehicles": "số ô đỗ theo phương án chia cho số xe",
    "where the figure was read": "nơi đọc được số liệu",
    "how the figure is known": "mức độ chắc chắn của số liệu",
    "layout with most slots that can be reached, of those that were tried": (
        "cách bố trí có nhiều ô đỗ vào được nhất trong các cách đã thử"
    ),
    "slots / area_m2": "số ô đỗ chia cho diện tích bãi",
    "slots less capacity_vehicles": "số ô đỗ theo bố trí trừ sức chứa đã khai",
    "area of the slots": "tổng diện tích các ô đỗ",
    "direction of the rows, counter-clockwise from grid east": "hướng hàng ô đỗ, ngược chiều kim đồng hồ từ hướng đông",
    "obstacles in the yard: parts of it, areas of roads and waters": (
        "vật cản trong bãi: công trình, vùng đường và sông suối"
    ),
    "lanes that stay free": "số lối giữ trống",
    "entries that are known; without one the layout may be entered anywhere": (
        "số cổng đã biết; nếu chưa biết thì coi như vào được mọi phía"
    ),
    "entries that lead to an aisle": "số cổng nối được vào đường giữa các hàng",
    "yards that were laid out": "số bãi được bố trí",
    "yards of which no entry is known: entered anywhere": "số bãi chưa biết cổng: coi như vào được mọi phía",
    "parameter of the layout: an assumption unless somebody stated it": (
        "tham số bố trí: là giả định nếu không có người nêu"
    ),
    "outer_radius_m - inner_radius_m / √2": "bán kính ngoài trừ bán kính trong chia √2",
    "planar grid area of the yard": "diện tích phẳng của bãi",
    "area_m2 less leased_area_m2": "diện tích trên bản đồ trừ diện tích thuê đất",
    "area_m2 less licensed_area_m2": "diện tích trên bản đồ trừ diện tích được cấp phép",
    "drawn area against that of the paper, within its rounding and the stated accuracy of the outline": (
        "diện tích trên bản đồ so với giấy tờ, trong sai số làm tròn và độ chính xác đã nêu của ranh bãi"
    ),
    "whether the yard lies over any of it: four states within the accuracy of both lines": (
        "bãi có nằm lên hay không: bốn trạng thái theo độ chính xác của cả hai đường"
    ),
    "area of the yard over any of it, as drawn": "diện tích bãi nằm lên, theo hình vẽ",
    "whether the yard lies over parcels that its papers do not lease": "bãi có nằm trên thửa mà giấy tờ không cho thuê",
    "area of the yard over parcels that its papers do not lease, as drawn": (
        "diện tích bãi trên thửa mà giấy tờ không cho thuê, theo hình vẽ"
    ),
    "parcels of which a part is surely in the yard and a part surely not": (
        "số thửa chắc chắn có phần trong bãi và phần ngoài bãi"
    ),
    "leased parcels that the parcel layer does not have": "thửa ghi trong giấy tờ thuê mà lớp thửa đất không có",
    "yard, layer and feature": "bãi, lớp và đối tượng",
    "what the papers of the yard say of the parcel": "giấy tờ của bãi nói gì về thửa",
    "the feature against the outline of the yard, within the accuracy of both": (
        "đối tượng so với ranh bãi, theo độ chính xác của cả hai"
    ),
    "common area as drawn": "diện tích chung theo hình vẽ",
    "common area at least, within the accuracy of both lines": (
        "diện tích chung ít nhất, theo độ chính xác của hai đường"
    ),
    "common area at most, within the accuracy of both lines": (
        "diện tích chung nhiều nhất, theo độ chính xác của hai đường"
    ),
    "yards of which both the drawn area and that of the paper are known": (
        "số bãi biết cả diện tích trên bản đồ và diện tích trong giấy tờ"
    ),
    "yards of which the leased parcels are known": "số bãi đã rõ thửa được thuê",
    "yards by drawn area against the paper": "số bãi theo diện tích trên bản đồ so với giấy tờ",
    "yards that surely lie over any of it": "số bãi chắc chắn nằm lên",
    "what becomes of place and least area of the yard": "thay đổi về điều kiện vị trí và diện tích tối thiểu của bãi",
    "least area for its kind, as established": "diện tích tối thiểu theo loại bãi, hiện hành",
    "least area for its kind, as proposed": "diện tích tối thiểu theo loại bãi, theo phương án",
    "least area that the rule set demands of its kind; none for other kinds": (
        "diện tích tối thiểu mà bộ quy tắc đòi hỏi với loại bãi này; loại khác thì không"
    ),
    "farthest from a gate area that the rule set allows out of the zone": (
        "khoảng cách xa nhất đến khu vực cửa khẩu mà bộ quy tắc cho phép khi ở ngoài khu"
    ),
    "yards by what the scenario makes of their recognition": "số bãi theo thay đổi về điều kiện công nhận",
    "yard and kind of paper": "bãi và loại giấy tờ",
    "key of the yard": "mã bãi",
    "kind of paper, by the words of the rule set": "loại giấy tờ, theo từ ngữ trong bộ quy tắc",
    "newest paper of that kind, against the day that is asked": "giấy tờ mới nhất cùng loại, so với ngày được hỏi",
    "newest paper of that kind, as in the papers table": "giấy tờ mới nhất cùng loại, như trong bảng giấy tờ",
    "days from the day that is asked to the last day of the paper": "số ngày từ ngày được hỏi đến hết hạn",
    "what the paper on file does not say of itself": "nội dung mà bản lưu chưa ghi",
    "papers of that kind on file": "số giấy tờ cùng loại đang lưu",
    "what the operator is asked for": "việc cần đơn vị khai thác làm",
    "kinds of papers by state on the day that is asked": "số loại giấy tờ theo tình trạng vào ngày được hỏi",
    "papers present or expiring / papers that are asked for": "giấy tờ còn hạn chia cho giấy tờ phải có",
    "first last day of a paper that is still valid": "ngày hết hạn sớm nhất của giấy tờ còn hạn",
    "yards of the operator": "số bãi của đơn vị",
    "rows of the yard layer": "số hàng của lớp bến bãi",
    "yards whose papers are all present or expiring": "số bãi có đủ giấy tờ còn hạn",
    "papers of yards of a kind that nobody asks for": "giấy tờ thuộc loại không nằm trong danh mục phải có",
    "papers that name a yard which is not in the layer": "giấy tờ ghi mã bãi không có trong lớp",
}
