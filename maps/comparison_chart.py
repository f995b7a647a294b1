"""comparison_svg(): scenarios side by side as one picture: what each adds and removes, and the verdicts that differ."""

from collections.abc import Iterator, Sequence
from html import escape

from gis.language import Lang, Text
from maps.formatter import fact_text
from maps.labels import REGIONS, fact_title, table_title
from planning.comparison import Comparison, Differing
from planning.record import Fact, Record

# Blue and vermilion stay apart for every kind of colour vision; each verdict also stands there in words.
_INKS = {"added": "#0072b2", "removed": "#d55e00"}
_VERDICTS = {"met": "#cfe3dc", "not_met": "#f2c3a2", "cannot_tell": "#f5e6a8", "needs_input": "#e4e4e4"}
_WIDTH, _NAMES, _ROW, _BAR, _EDGE = 960, 230, 44, 14, 16
_LEAST_CELL = 120
_TITLE = Text(vi="Diện tích bổ sung và đưa ra", en="Area added and removed")
_FONT = 'font-family="Be Vietnam Pro, Noto Sans, Arial, sans-serif"'


def comparison_svg(found: Comparison, lang: Lang = "vi") -> str:
    """Return the chart as SVG; every number in it is written by the one formatter, with its key beside it."""
    records = found.records
    width = max(_WIDTH, _NAMES + _LEAST_CELL * len(records) + 2 * _EDGE)
    body = [*_heading(_said(records[0], lang), _TITLE.to(lang), _EDGE)]
    below = 70 + _ROW * len(records)
    for row, record in enumerate(records):
        body += _bars(record, _most(records), 62 + _ROW * row, lang)
    if found.verdicts:
        body += _heading("", table_title("criteria", lang), below)
        body += _cells(records, found.verdicts, below + 34, width, lang)
        below += 60 + 26 * len(found.verdicts)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {below}" width="{width}" height="{below}">'
    return f'{head}<rect width="100%" height="100%" fill="#fff"/><g {_FONT} font-size="13">{"".join(body)}</g></svg>\n'


def _heading(notice: str, title: str, top: int) -> Iterator[str]:
    yield _text(_EDGE, top + 14, title, 'font-weight="bold" font-size="15"')
    if notice:
        yield _text(_EDGE, top + 32, notice, 'font-style="italic" fill="#7a1f1f"')


def _said(record: Record, lang: Lang) -> str:
    """Return what stands under the title in any case: the notice, and what kind of line the areas come of."""
    line = f"{fact_title('zone.status', lang)}: {fact_text(record.fact('zone.status'), lang)}"
    return " · ".join(part for part in (record.notice, line) if part)


def _most(records: Sequence[Record]) -> float:
    return max([float(record.value(f"area_m2.{name}") or 0) for record in records for name in _INKS] + [1.0])


def _bars(record: Record, most_m2: float, top: int, lang: Lang) -> Iterator[str]:
    yield _text(_EDGE, top + 20, record.scenario, "")
    room = _WIDTH - _NAMES - 260
    for place, (name, ink) in enumerate(_INKS.items()):
        fact = record.fact(f"area_m2.{name}")
        length = room * float(fact.value or 0) / most_m2 if isinstance(fact.value, float) else 0.0
        y = top + place * (_BAR + 4)
        yield f'<rect x="{_NAMES}" y="{y}" width="{length:.1f}" height="{_BAR}" fill="{ink}"/>'
        told = f"{REGIONS[name].to(lang)}: {fact_text(fact, lang)}"
        yield _text(_NAMES + length + 6, y + 12, told, f'data-fact="{escape(fact.key)}" font-size="12"')


def _cells(records: Sequence[Record], verdicts: Sequence[Differing], top: int, width: int, lang: Lang) -> Iterator[str]:
    cell = (width - _NAMES - _EDGE) / len(records)
    for place, record in enumerate(records):
        yield _text(_NAMES + cell * place + 4, top, record.scenario, 'font-size="12"')
    for row, one in enumerate(verdicts):
        y = top + 10 + 26 * row
        yield _text(_EDGE, y + 16, one.key.partition("[")[2].partition("]")[0], "")
        for place, verdict in enumerate(one.values):
            x = _NAMES + cell * place
            colour = _VERDICTS.get(str(verdict), "#fff")
            yield f'<rect x="{x:.1f}" y="{y}" width="{cell - 4:.1f}" height="22" fill="{colour}"/>'
            told = fact_text(Fact(one.key, verdict, one.unit, ""), lang)
            yield _text(x + 6, y + 15, told, f'data-fact="{escape(one.key)}" font-size="12"')


def _text(x: float, y: float, text: str, how: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {how}>{escape(text)}</text>'
