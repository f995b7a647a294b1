"""Land users: classes by what the land is used for, and names that nobody can take for a real person's."""

import numpy as np
import numpy.typing as npt

from layers.demo.noise import FloatArray, IntArray

Texts = npt.NDArray[np.object_]
HOUSEHOLD, COMPANY, OFFICE, COMMUNITY, RELIGIOUS, COMMUNE = CLASSES = (
    "hộ gia đình, cá nhân",
    "tổ chức kinh tế",
    "cơ quan, tổ chức nhà nước",
    "cộng đồng dân cư",
    "cơ sở tôn giáo, tín ngưỡng",
    "UBND cấp xã quản lý",
)
_BY_USE = {
    COMPANY: ("TMD", "SKC", "SKX", "SKS", "CNT", "DNL", "DBV"),
    OFFICE: (
        "TSC",
        "DTS",
        "DSK",
        "DGD",
        "DYT",
        "DVH",
        "DTT",
        "CAN",
        "CQP",
        "DTL",
        "DCT",
        "DPC",
        "DMT",
        "DRA",
        "RPH",
        "DDT",
        "DDD",
    ),
    COMMUNITY: ("DSH", "DKV"),
    RELIGIOUS: ("TON", "TIN"),
    COMMUNE: ("NTD", "MNC", "BCS", "DCS", "NCS", "DCH"),
}
_TITLES = {
    HOUSEHOLD: (
        "Ông Minh Văn Họa",
        "Bà Minh Thị Họa",
        "Ông Ví Văn Dụ",
        "Bà Ví Thị Dụ",
        "Hộ ông Thử Văn Nghiệm",
        "Hộ bà Giả Thị Định",
        "Ông Mẫu Văn Số",
        "Bà Mẫu Thị Liệu",
    ),
    COMPANY: ("Công ty TNHH Minh Họa", "Công ty Cổ phần Ví Dụ", "Hợp tác xã Thử Nghiệm"),
    OFFICE: ("Cơ quan minh họa",),
    COMMUNITY: ("Cộng đồng thôn minh họa",),
    RELIGIOUS: ("Cơ sở tín ngưỡng minh họa",),
    COMMUNE: ("UBND cấp xã (minh họa)",),
}


def classes(land_use: Texts) -> Texts:
    """Return the class of land user that the main use suggests."""
    found = np.full(len(land_use), HOUSEHOLD, dtype=object)
    for name, uses in _BY_USE.items():
        found[np.isin(land_use.astype(str), uses)] = name
    return found


def names(owner_class: Texts, chance: FloatArray, number: IntArray) -> Texts:
    """Return invented names with a number, so that two users are two."""
    found = np.empty(len(owner_class), dtype=object)
    numbers = number.astype(str).astype(object)
    for name, titles in _TITLES.items():
        here = owner_class == name
        drawn = (chance[here] * len(titles)).astype(np.int64)
        found[here] = np.array(titles, dtype=object)[drawn] + " " + numbers[here]
    return found
