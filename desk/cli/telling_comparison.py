"""What people read of a comparison of scenarios: figures, verdicts, yards and communes abreast."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import typer

from desk.cli import show
from gis.language import Lang, Text
from maps.formatter import fact_text
from maps.labels import VINTAGES, column_title, fact_title, table_title
from maps.numerals import number_text
from planning.comparison import Comparison, Differing
from planning.errors import FactUnknown
from planning.law.judgement import CRITERIA
from planning.record import Fact, Record

# What is read of each scenario in any case, before what differs.
_FIGURES = (
    *("area_m2.proposed", "area_m2.added", "area_m2.removed", "area_m2.net", "share_of_declared.net"),
    *("parcels.inside", "parcels.crossed", "parcels.undecidable", "law.procedure", "law.first_flip_m"),
)
# More scenarios than this do not stand beside each other on a terminal.
_ABREAST = 3


def tell_comparison(found: Comparison, lang: Lang) -> None:
    """Print scenarios side by side, and what differs."""
    first = found.records[0]
    if first.notice:
        typer.echo(f"*** {first.notice} ***\n")
    titles = [fact_title(key, lang) for key in _FIGURES]
    _tell_rows(titles, [[_figure(one, key, lang) for one in found.records] for key in _FIGURES], found, lang)
    newest = max((name for name in first.tables if name.startswith(VINTAGES)), default="")
    for heading, table, column, named in (
        (_VERDICTS.to(lang), CRITERIA, "verdict", "title"),
        (table_title("yards", lang), "yards", "state_proposed", "name"),
        (table_title(newest, lang), newest, "proposed_m2", "name"),
    ):
        cells = found.of_table(table, column)
        if cells:
            typer.echo(f"\n{heading}: {column_title(column, lang, table)}")
            rows = [_named(found, one, table, named, lang) for one in cells]
            _tell_rows(rows, [[_text(one, value, lang) for value in one.values] for one in cells], found, lang)
    typer.echo("\n" + _ALL.to(lang, count=number_text(len(found.differences), "#,##0", lang)))


def _figure(record: Record, key: str, lang: Lang) -> str:
    return fact_text(record.facts[key], lang) if key in record.facts else _NONE


def _text(cell: Differing, value: Any, lang: Lang) -> str:
    return fact_text(Fact(cell.key, value, cell.unit, ""), lang)


def _named(found: Comparison, cell: Differing, table: str, column: str, lang: Lang) -> str:
    """Return key and name of the row that a cell stands in, by the first scenario that has it."""
    key = cell.key.removeprefix(f"{table}[").rpartition("].")[0]
    for record in found.records:
        with suppress(FactUnknown):
            return f"{key} {fact_text(record.fact(f'{table}[{key}].{column}'), lang)}"
    return key


def _tell_rows(titles: Sequence[str], texts: Sequence[Sequence[str]], found: Comparison, lang: Lang) -> None:
    """Print a row each with its values abreast; of many scenarios, the values under each other."""
    names = [record.scenario for record in found.records]
    if len(names) <= _ABREAST:
        numbers = range(1, len(names) + 1)
        body = [(f"  {title}", *values) for title, values in zip(titles, texts, strict=True)]
        show.rows(("", *names), body, list(numbers))
        return
    body = []
    for title, values in zip(titles, texts, strict=True):
        body.append((title, ""))
        body += [(f"  {name}", value) for name, value in zip(names, values, strict=True)]
    show.rows(("", ""), body, (1,))


_NONE = "–"
_VERDICTS = Text(vi="Tiêu chí có kết luận khác nhau", en="Criteria that come out differently")
_ALL = Text(
    vi="Có {count} số liệu khác nhau giữa các phương án; xem tất cả: thêm --json",
    en="{count:fact differs|facts differ} between the scenarios; for all of them add --json",
)
