"""index_page(): links every scenario's map and workbook, with what was made when from what."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from gis.language import Lang, Text
from maps.formatter import show
from maps.labels import REGIONS, fact_title, missing_title
from maps.numerals import moment_text
from maps.webmap.assets import font_faces
from maps.webmap.words import CREATED, NET, RECORD, SOFTWARE
from maps.yard_recognition import recognition_lines
from maps.yard_words import YARDS
from planning.record import Record

_FIGURES = ("base", "proposed", "added", "removed")
_WORDS = {
    "title": Text(vi="Kết quả phân tích các phương án", en="Analysis of the scenarios"),
    "map": Text(vi="Bản đồ tương tác", en="Interactive map"),
    "workbook": Text(vi="Bảng số liệu Excel", en="Excel workbook"),
    "inputs": Text(vi="Lớp đầu vào", en="Input layers"),
    "rows": Text(vi="đối tượng", en="rows"),
    "no_data": Text(vi="Không có số liệu", en="No data"),
    "nothing": Text(vi="Dự án chưa có phương án nào.", en="The project has no scenario yet."),
    "yards": YARDS,
    "record": RECORD,
    "created": CREATED,
    "software": SOFTWARE,
    "net": NET,
}


@dataclass(frozen=True, slots=True)
class Card:
    """One scenario on the front page: its Record and the names of its files beside the page."""

    record: Record
    map: str
    workbook: str


def index_page(project: str, notice: str, cards: Sequence[Card], lang: Lang) -> str:
    """Return the front page as text; what users wrote is escaped, and nothing is fetched when it opens."""
    here = files("maps.index")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string((here / "index.html.jinja").read_text(encoding="utf-8"))
    return template.render(
        lang=lang,
        project=project,
        notice=notice,
        words={name: text.to(lang) for name, text in _WORDS.items()},
        fonts="\n".join(font_faces()),
        style=(here / "index.css").read_text(encoding="utf-8"),
        cards=[_card(card, lang) for card in cards],
    )


def _card(card: Card, lang: Lang) -> dict[str, Any]:
    record = card.record
    figures = [
        {"title": REGIONS[name].to(lang), "part": name, "fact": show(record, f"area_m2.{name}", lang)}
        for name in _FIGURES
    ]
    stated = ("zone.status", "zone.accuracy_m", "zone.declared_area_m2", "zone.drawn_less_declared_m2")
    return {
        "name": record.scenario,
        "reason": record.reason,
        "map": card.map,
        "workbook": card.workbook,
        "figures": [*figures, {"title": NET.to(lang), "part": "net", "fact": show(record, "area_m2.net", lang)}],
        "stated": [{"title": fact_title(key, lang), "fact": show(record, key, lang)} for key in stated],
        "broken": list(recognition_lines(record, lang)),
        "no_data": [missing_title(name, lang) for name in record.no_data],
        "inputs": record.inputs,
        "id": record.id,
        "created": moment_text(record.stamp.created, lang),
        "software": record.stamp.software,
    }
