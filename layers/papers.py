"""Papers: the documents that stand behind a feature (lease, permit, decision), one row a paper."""

from gis.language import Text
from layers.schema import TableSchema, date, text

SCHEMA = TableSchema(
    name="papers",
    title=Text(vi="Giấy tờ", en="Papers"),
    key=("layer", "feature", "kind", "number"),
    fields=(
        text("layer", "Lớp", "Layer"),
        text("feature", "Đối tượng", "Feature"),
        text("kind", "Loại giấy tờ", "Kind of paper"),
        text("number", "Số", "Number"),
        text("issuer", "Cơ quan cấp", "Issuer"),
        date("issued_on", "Ngày cấp", "Issued on"),
        date("expires_on", "Ngày hết hạn", "Expires on"),
        text("file", "Tệp", "File"),
        text("note", "Ghi chú", "Note"),
    ),
)
