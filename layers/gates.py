"""Border gates, crossings and clearance lanes: points."""

from gis.language import Text
from layers.schema import LayerSchema, text

SCHEMA = LayerSchema(
    name="gates",
    title=Text(vi="Cửa khẩu", en="Border gates"),
    key=("code",),
    geometry="point",
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("kind", "Loại", "Kind"),
        text("document", "Văn bản", "Document"),
    ),
)
