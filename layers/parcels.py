"""Land parcels: key (commune of a vintage, sheet, number); measured and legal figures side by side."""

from gis.language import Text
from layers.schema import LayerSchema, date, number, text

SCHEMA = LayerSchema(
    name="parcels",
    title=Text(vi="Thửa đất", en="Parcels"),
    key=("commune", "sheet_no", "parcel_no"),
    unique=False,
    fields=(
        text("commune", "Mã xã", "Commune code"),
        text("sheet_no", "Tờ bản đồ", "Sheet"),
        text("parcel_no", "Số thửa", "Parcel number"),
        date("valid_from", "Mã xã có hiệu lực từ", "Commune code valid from"),
        text("national_id", "Mã định danh thửa đất", "National parcel identifier"),
        number("measured_area_m2", "Diện tích đo đạc (m²)", "Measured area (m²)"),
        number("legal_area_m2", "Diện tích pháp lý (m²)", "Legal area (m²)"),
        text("land_use", "Loại đất hiện trạng", "Current land use"),
        text("legal_use", "Loại đất theo giấy tờ", "Legal land use"),
        text("planned_use", "Loại đất quy hoạch", "Planned land use"),
        text("place_name", "Xứ đồng", "Place name"),
        text("origin_of_use", "Nguồn gốc sử dụng", "Origin of use"),
        text("owner_class", "Đối tượng sử dụng", "Class of land user"),
        text("owner", "Người sử dụng đất", "Land user", personal=True),
        text("address", "Địa chỉ", "Address", personal=True),
        text("source_scale", "Tỷ lệ nguồn", "Source scale"),
        number("accuracy_m", "Độ chính xác (m)", "Accuracy (m)"),
        date("handover_date", "Ngày bàn giao", "Handover date"),
    ),
)
