"""Roads, railway, rivers, power, water, the border line: what the zone stands on, drawn as lines, areas or points."""

from gis.language import Text
from layers.schema import LayerSchema, text

SCHEMA = LayerSchema(
    name="infrastructure",
    title=Text(vi="Hạ tầng", en="Infrastructure"),
    key=("code",),
    geometry="any",
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("kind", "Loại", "Kind"),
        text("condition", "Tình trạng", "Condition"),
        text("owner_unit", "Đơn vị quản lý", "Managing unit"),
    ),
)
