"""What stands in yards: buildings and other obstacles, lanes that stay free, entries: areas, lines or points."""

from gis.language import Text
from layers.schema import LayerSchema, text

OBSTACLE, LANE, ENTRY = KINDS = ("obstacle", "kept_lane", "entry")

SCHEMA = LayerSchema(
    name="yard_parts",
    title=Text(vi="Công trình, lối đi trong bãi", en="Parts of yards"),
    key=("code",),
    geometry="any",
    fields=(
        text("code", "Mã", "Code"),
        text("yard", "Mã bãi", "Yard"),
        text("kind", "Loại (vật cản, lối giữ trống, cổng)", "Kind", codes=KINDS),
        text("name", "Tên", "Name"),
        text("document", "Văn bản", "Document"),
    ),
)
