"""What facts on the form of the zone are called, and how they are made, in Vietnamese."""

from gis.language import Text
from planning.form import GATE_DISTANCES, NECKS

TITLE = Text(vi="Hình dạng khu", en="Form of the zone")
_SIDES = {"base": Text(vi="hiện hành", en="established"), "proposed": Text(vi="đề xuất", en="proposed")}
_FIGURES = {
    "parts": Text(vi="Số phần tách rời", en="Separate parts"),
    "largest_part": Text(vi="Phần lớn nhất, so với toàn khu", en="Largest part, of the zone"),
    "outline_m": Text(vi="Chiều dài đường bao ngoài", en="Length of the outline"),
    "compactness": Text(vi="Độ gọn (hình tròn = 1)", en="Compactness (a circle is 1)"),
    "necks": Text(vi="Số đoạn thắt hẹp hơn giới hạn", en="Necks narrower than the limit"),
    "border_m": Text(vi="Chiều dài chung với biên giới quốc gia", en="Length shared with the national border"),
}
FACTS = {
    f"zone.{name}.{side}": Text(vi=f"{title.vi}: {of.vi}", en=f"{title.en}: {of.en}")
    for name, title in _FIGURES.items()
    for side, of in _SIDES.items()
} | {"zone.neck_width_m": Text(vi="Giới hạn bề rộng đoạn thắt", en="Limit on the width of necks")}
TABLES = {
    NECKS: Text(vi="Đoạn thắt của khu", en="Necks of the zone"),
    GATE_DISTANCES: Text(vi="Khoảng cách cửa khẩu đến khu", en="Distance of gates to the zone"),
}
COLUMNS = {
    "distance_base_m": Text(vi="Cách khu hiện hành", en="From the established zone"),
    "distance_proposed_m": Text(vi="Cách khu đề xuất", en="From the proposed zone"),
}
OWN_COLUMNS = {(NECKS, "area_m2"): Text(vi="Diện tích", en="Area")}
HOW = {
    "land narrower than the limit that joins wider parts: lost when the zone is narrowed and widened again": (
        "phần đất hẹp hơn giới hạn nối các phần rộng hơn: mất đi khi thu hẹp khu rồi nới lại"
    ),
    "side/number, from west to east": "bên/số thứ tự, từ tây sang đông",
    "a point within the neck": "một điểm trong đoạn thắt",
    "straight distance on the grid to the zone, 0 inside: established": (
        "khoảng cách thẳng trên mặt phẳng tọa độ đến khu hiện hành, 0 nếu ở trong"
    ),
    "straight distance on the grid to the zone, 0 inside: proposed": (
        "khoảng cách thẳng trên mặt phẳng tọa độ đến khu đề xuất, 0 nếu ở trong"
    ),
    "limit of what is narrow; a choice of the program": "giới hạn bề rộng; do chương trình chọn",
    "separate parts of the drawn zone": "số phần tách rời của khu theo hình vẽ",
    "area of the largest part / area of the zone": "diện tích phần lớn nhất chia cho diện tích khu",
    "length of the outer rings, holes not counted": "chiều dài các vòng ngoài, không kể lỗ hổng",
    "4π · area / outline²: 1 is a circle": "4π nhân diện tích chia bình phương đường bao; hình tròn bằng 1",
    "length of the outline within the accuracy of its line of the national border among the infrastructure": (
        "chiều dài đường bao nằm trong độ chính xác của ranh giới tính từ đường biên giới trong lớp hạ tầng"
    ),
}
