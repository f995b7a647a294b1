"""Events: handover, milestones, extensions and observations of use, each on its day and with its evidence."""

from gis.language import Text
from layers.schema import TableSchema, date, text

KINDS = ("handover", "milestone", "extension", "observation", "force_majeure")

SCHEMA = TableSchema(
    name="events",
    title=Text(vi="Sự kiện", en="Events"),
    key=("layer", "feature", "kind", "day"),
    fields=(
        text("layer", "Lớp", "Layer"),
        text("feature", "Đối tượng", "Feature"),
        text("kind", "Loại", "Kind", codes=KINDS),
        date("day", "Ngày", "Day"),
        text("value", "Nội dung", "Content"),
        text("document", "Văn bản", "Document"),
    ),
)
