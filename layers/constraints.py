"""What restricts the land: border belt, protective forest, rice land, defence, corridors; they may overlap."""

from gis.language import Text
from layers.schema import LayerSchema, number, text

# Kinds whose shapes stay out of what is published.
WITHHELD_KINDS = ("defence",)

SCHEMA = LayerSchema(
    name="constraints",
    title=Text(vi="Khu vực hạn chế", en="Constraints"),
    key=("code",),
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("kind", "Loại", "Kind"),
        text("document", "Văn bản", "Document"),
        number("accuracy_m", "Độ chính xác (m)", "Accuracy (m)"),
    ),
)
