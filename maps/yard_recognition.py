"""Yards whose recognition a scenario breaks, as lines of text."""
# ruff: noqa: E501 -- a sentence stands on one line

from collections.abc import Iterator

from gis.language import Lang, Text
from maps.formatter import show
from planning.law.yard_recognition import RECOGNITION, broken
from planning.record import Record


def recognition_lines(record: Record, lang: Lang) -> Iterator[str]:
    """Yield one line for each yard that loses its recognition, or may lose it, the lost ones first."""
    if RECOGNITION in record.tables:
        for key in broken(record.tables[RECOGNITION])["key"]:
            row = f"{RECOGNITION}[{key}]"
            told = {one: show(record, f"{row}.{one}", lang).text for one in _TOLD}
            has_least = record.value(f"{row}.least_area_m2") is not None
            yield (_LINE.to(lang, **told) + (_SIZE.to(lang, **told) if has_least else ""))


_TOLD = (
    *("key", "name", "recognition", "place_base", "place_proposed", "gate_area_m", "distance_max_m"),
    *("size_base", "size_proposed", "least_area_m2"),
)
_LINE = Text(
    vi="{key} {name}: {recognition}. Vị trí: {place_base} → {place_proposed}, cách khu vực cửa khẩu {gate_area_m} (tối đa {distance_max_m}).",
    en="{key} {name}: {recognition}. Place: {place_base} → {place_proposed}, {gate_area_m} from a gate area (at most {distance_max_m}).",
)
_SIZE = Text(
    vi=" Diện tích: {size_base} → {size_proposed} (tối thiểu {least_area_m2}).",
    en=" Area: {size_base} → {size_proposed} (at least {least_area_m2}).",
)
