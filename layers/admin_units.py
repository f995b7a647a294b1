"""Administrative units by vintage: a code means a unit only together with the day from which it is valid."""

from functools import lru_cache

from gis.language import Text
from gis.text import name_key
from layers.schema import LayerSchema, date, number, text

SCHEMA = LayerSchema(
    name="admin_units",
    title=Text(vi="Đơn vị hành chính", en="Administrative units"),
    key=("code",),
    vintage=True,
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("parent", "Đơn vị cấp trên", "Parent unit"),
        text("kind", "Loại", "Kind"),
        number("declared_area_ha", "Diện tích công bố (ha)", "Declared area (ha)"),
        date("valid_from", "Có hiệu lực từ", "Valid from"),
        date("valid_to", "Hết hiệu lực", "Valid to"),
    ),
)

# Words before a name that say what kind of unit it is; longest first, so that "thị trấn" is not read as "thị".
KINDS = ("thành phố", "thị trấn", "thị xã", "phường", "huyện", "tỉnh", "xã", "quận")
_KIND_KEYS = tuple(name_key(kind) for kind in KINDS)


# Districts were given up on this day (NQ 203/2025/QH15 amending the Constitution, NQ 1672/NQ-UBTVQH15): the parent of a
# unit that is valid from then on is a province.
DISTRICTS_UNTIL = "2025-07-01"


def unit_key(name: str) -> str:
    """Return a key under which a unit is the same with and without its kind before the name.

    Examples
    --------
    >>> unit_key("Xã Thuỵ Hùng") == unit_key("Thụy Hùng")
    True
    """
    return name_parts(name)[1]


@lru_cache(maxsize=1 << 14)
def name_parts(name: str) -> tuple[str, str]:
    """Return the key of the kind that stands before a name, empty for none, and the key of the name without it.

    Examples
    --------
    >>> name_parts("Phường Tam Thanh")[0] == name_parts("phường")[0]
    True
    >>> name_parts("Tam Thanh")[0]
    ''
    """
    key = name_key(name)
    kind = next((kind for kind in _KIND_KEYS if f"{key} ".startswith(f"{kind} ")), "")
    return kind, key.removeprefix(kind).strip()


def same_unit_name(one: str, other: str) -> bool:
    """Tell whether two names can be of one unit: equal, and of one kind where both say their kind.

    Examples
    --------
    >>> same_unit_name("Hoàng Văn Thụ", "Xã Hoàng Văn Thụ")
    True
    >>> same_unit_name("Phường Hoàng Văn Thụ", "Xã Hoàng Văn Thụ")
    False
    """
    (kind, name), (other_kind, other_name) = name_parts(one), name_parts(other)
    return name == other_name and (not kind or not other_kind or kind == other_kind)


def layer_of_vintage(vintage: str) -> str:
    """Return the name under which results by the units of one vintage are kept.

    Examples
    --------
    >>> layer_of_vintage("2025-07-01")
    'admin_units@2025-07-01'
    """
    return f"{SCHEMA.name}@{vintage}"
