"""Functional areas of the master plan: what each part of the zone is for. A park outside the zone may be one too."""

from gis.language import Text
from layers.schema import LayerSchema, flag, text

SCHEMA = LayerSchema(
    name="functional_areas",
    title=Text(vi="Khu chức năng", en="Functional areas"),
    key=("code",),
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("kind", "Loại", "Kind"),
        text("planned_use", "Chức năng quy hoạch", "Planned use"),
        text("phase", "Giai đoạn", "Phase"),
        text("document", "Văn bản", "Document"),
        # Three attributes, not one: an industrial park outside the zone can be under the Board and in the plan.
        flag("managed_by_board", "Ban Quản lý quản lý", "Managed by the Board"),
        flag("in_master_plan", "Trong quy hoạch chung", "In the master plan"),
    ),
)
