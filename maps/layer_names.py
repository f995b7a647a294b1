"""What a layer is called where layers are told: of one vintage, one kind, one feature, or the accuracy of its line."""

from gis.language import Lang, Text
from layers.admin_units import SCHEMA as ADMIN_UNITS
from layers.kinds import kind_title
from maps.labels import missing_title, table_title

_ACCURACY = Text(vi="độ chính xác", en="accuracy")
_MISSING = {
    "parcels.geometry": Text(vi="Hình của thửa đất", en="Shape of the parcel"),
    "parcels.valid_from": Text(vi="Ngày hiệu lực của mã xã", en="Day from which the commune code is valid"),
    "findings": Text(vi="Kết quả kiểm tra dữ liệu (chưa chạy kiểm tra)", en="Findings (no check was run)"),
}


def layer_title(name: str, lang: Lang) -> str:
    """Return what a layer is called: of one vintage, of one kind, of one feature, or the accuracy of its line.

    Examples
    --------
    >>> layer_title("admin_units@2025-07-01", "vi"), layer_title("constraints/rice_land", "vi")
    ('Đơn vị hành chính từ 01/07/2025', 'Khu vực hạn chế: Đất chuyên trồng lúa')
    >>> layer_title("yards.accuracy_m", "vi")
    'Bến bãi: độ chính xác'
    """
    base, _, part = name.partition("/")
    if part:
        return f"{layer_title(base, lang)}: {kind_title(part, lang)}"
    if base.endswith(".accuracy_m") and base != "zone.accuracy_m":
        return f"{layer_title(base.removesuffix('.accuracy_m'), lang)}: {_ACCURACY.to(lang)}"
    if base in _MISSING:
        return _MISSING[base].to(lang)
    return table_title(f"by.{base}", lang) if base.startswith(f"{ADMIN_UNITS.name}@") else missing_title(base, lang)
