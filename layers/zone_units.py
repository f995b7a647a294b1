"""The units that a decision names as the zone's, each wholly or in part: what counts, whatever the drawing shows."""

from gis.language import Text
from layers.predecessors import PARTS
from layers.schema import TableSchema, date, text

SCHEMA = TableSchema(
    name="zone_units",
    title=Text(vi="Đơn vị hành chính thuộc khu theo văn bản", en="Units of the zone by decision"),
    key=("name", "parent"),
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("parent", "Đơn vị cấp trên", "Parent unit"),
        date("valid_from", "Danh mục có hiệu lực từ", "Vintage"),
        text("part", "Toàn bộ hay một phần", "Whole or part", codes=PARTS),
        text("document", "Văn bản", "Document"),
    ),
)
