"""Administrative units by vintage: a code means a unit only together with the day from which it is valid."""

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


def unit_key(name: str) -> str:
    """Return a key under which a unit is the same with and without its kind before the name.

    Examples
    --------
    >>> unit_key("Xã Thuỵ Hùng") == unit_key("Thụy Hùng")
    True
    """
    key = name_key(name)
    kind = next((kind for kind in _KIND_KEYS if key.startswith(kind + " ")), "")
    return key.removeprefix(kind).strip()


def layer_of_vintage(vintage: str) -> str:
    """Return the name under which results by the units of one vintage are kept.

    Examples
    --------
    >>> layer_of_vintage("2025-07-01")
    'admin_units@2025-07-01'
    """
    return f"{SCHEMA.name}@{vintage}"
