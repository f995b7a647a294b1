"""What the counts by layer are called, and how they are made, in Vietnamese."""

from gis.language import Text
from planning.tallies import TALLIES

TABLES = {TALLIES: Text(vi="Đếm theo lớp", en="Counts by layer")}
_SIDES = {"base": Text(vi="hiện hành", en="established"), "proposed": Text(vi="đề xuất", en="proposed")}
_STATES = {
    "inside": Text(vi="Nằm trong", en="Inside"),
    "crossed": Text(vi="Bị ranh giới cắt", en="Cut"),
    "undecidable": Text(vi="Chưa xác định được", en="Undecidable"),
}
COLUMNS = {
    "rows": Text(vi="Tổng số", en="In all"),
    **{
        f"{side}_{state}": Text(vi=f"{name.vi}, {of.vi}", en=f"{name.en}, {of.en}")
        for side, of in _SIDES.items()
        for state, name in _STATES.items()
    },
    "proposed_met": Text(vi="Chắc chắn có đất trong khu đề xuất", en="Surely with land in the proposed zone"),
    "entering": Text(vi="Mới đưa vào khu", en="New in the zone"),
    "leaving": Text(vi="Ra khỏi khu hoàn toàn", en="Leaving the zone"),
    "extended": Text(vi="Được bổ sung thêm đất", en="With more land"),
    "reduced": Text(vi="Bị bớt đất", en="With less land"),
}
OWN_COLUMNS = {
    (TALLIES, "key"): Text(vi="Mã lớp", en="Layer id"),
    (TALLIES, "name"): Text(vi="Lớp", en="Layer"),
    (TALLIES, "valid_from"): Text(vi="Có hiệu lực từ", en="Valid from"),
}
_OF_SIDE = {"base": "hiện hành", "proposed": "đề xuất"}
_OF_STATE = {"inside": "nằm trong", "crossed": "bị cắt", "undecidable": "chưa xác định được"}
HOW = {
    "name of the layer": "tên lớp",
    "day from which the units of the layer are valid": "ngày danh mục đơn vị có hiệu lực",
    "rows of the table": "số hàng của bảng",
    **{
        f"rows of which the state against the {side} boundary is {state}": f"số hàng {told} so với ranh giới {of}"
        for side, of in _OF_SIDE.items()
        for state, told in _OF_STATE.items()
    },
    "rows inside or crossed after, or undecidable with some land inside whatever the error of the line": (
        "số hàng nằm trong hoặc bị cắt sau điều chỉnh, hoặc chưa xác định được nhưng chắc chắn có đất trong khu"
    ),
    "rows outside before that have land in the zone after": "số hàng trước nằm ngoài, sau có đất trong khu",
    "rows inside or crossed before, or undecidable with most of their land inside, that are outside after": (
        "số hàng trước nằm trong hoặc bị cắt, hoặc chưa xác định được nhưng phần lớn đất ở trong khu, sau nằm ngoài"
    ),
    "rows not outside before, with at least 1 m² added": "số hàng trước không nằm ngoài, được bổ sung từ 1 m²",
    "rows not outside after, with at least 1 m² removed": "số hàng sau không nằm ngoài, bị đưa ra từ 1 m²",
}
