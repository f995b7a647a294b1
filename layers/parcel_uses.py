"""Several uses in one parcel: one line per use, measured and legal area each."""

from gis.language import Text
from layers.schema import TableSchema, number, text

ROLES = ("main", "secondary")

SCHEMA = TableSchema(
    name="parcel_uses",
    title=Text(vi="Mục đích sử dụng của thửa", en="Uses of parcels"),
    key=("parcel", "land_use"),
    fields=(
        text("parcel", "Thửa đất", "Parcel"),
        text("land_use", "Loại đất", "Land use"),
        text("role", "Vai trò", "Role", codes=ROLES),
        number("measured_area_m2", "Diện tích đo đạc (m²)", "Measured area (m²)"),
        number("legal_area_m2", "Diện tích pháp lý (m²)", "Legal area (m²)"),
    ),
)
