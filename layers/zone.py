"""The zone: a multipolygon with a status, the document that set it, its scale and accuracy, its declared area."""

from gis.language import Text
from layers.schema import LayerSchema, date, number, text

# How far a drawn boundary may be relied on.
STATUSES = ("official", "digitised", "approximate")

STATUS_TITLES = {
    "official": Text(vi="chính thức", en="official"),
    "digitised": Text(vi="số hóa", en="digitised"),
    "approximate": Text(vi="gần đúng", en="approximate"),
}

SCHEMA = LayerSchema(
    name="zone",
    title=Text(vi="Ranh giới khu kinh tế", en="Zone boundary"),
    key=("name",),
    fields=(
        text("name", "Tên", "Name"),
        number("declared_area_ha", "Diện tích theo quyết định (ha)", "Declared area (ha)"),
        text("status", "Tình trạng ranh giới", "Status of the boundary", codes=STATUSES),
        text("document", "Văn bản", "Document"),
        text("source_scale", "Tỷ lệ nguồn", "Source scale"),
        number("accuracy_m", "Độ chính xác (m)", "Accuracy (m)"),
        date("valid_from", "Có hiệu lực từ", "Valid from"),
    ),
)
