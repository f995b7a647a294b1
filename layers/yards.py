"""Freight yards and warehouses, with what their papers license."""

from gis.language import Text
from layers.schema import LayerSchema, number, text

SCHEMA = LayerSchema(
    name="yards",
    title=Text(vi="Bến bãi", en="Yards"),
    key=("code",),
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("operator", "Đơn vị khai thác", "Operator"),
        text("kind", "Loại", "Kind"),
        text("gate", "Cửa khẩu phục vụ", "Gate served"),
        text("status", "Tình trạng", "Status"),
        number("licensed_area_m2", "Diện tích được cấp phép (m²)", "Licensed area (m²)"),
        number("leased_area_m2", "Diện tích thuê đất (m²)", "Leased area (m²)"),
        text("parcels", "Các thửa được thuê (mã xã/tờ/thửa; …)", "Parcels leased (commune/sheet/number; …)"),
        number("capacity_vehicles", "Sức chứa (xe)", "Capacity (vehicles)"),
        text("dossier", "Tình trạng hồ sơ", "State of the dossier"),
        text("document", "Văn bản", "Document"),
    ),
)
