"""Investment projects that hold land."""

from gis.language import Text
from layers.schema import LayerSchema, date, text

SCHEMA = LayerSchema(
    name="projects",
    title=Text(vi="Dự án đầu tư", en="Investment projects"),
    key=("code",),
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("investor", "Nhà đầu tư", "Investor"),
        date("handover_date", "Ngày bàn giao đất", "Handover date"),
        text("milestones", "Tiến độ", "Milestones"),
        text("status", "Tình trạng", "Status"),
        text("document", "Văn bản", "Document"),
    ),
)
