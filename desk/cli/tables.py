"""Tables of a Record on the terminal."""

from collections.abc import Sequence

from pandas import DataFrame

from desk.cli import show
from gis.language import Lang
from maps.formatter import SYMBOLS, reading_unit, table_texts
from maps.labels import column_title
from planning.record import Record

_WORDS = ("text", "words", "state")


def print_table(record: Record, name: str, columns: Sequence[str], lang: Lang, rows: DataFrame | None = None) -> None:
    """Print columns of a table, or of some of its rows, in the words and digits of the language."""
    table = record.tables[name]
    frame = table.frame if rows is None else rows
    texts = [table_texts(name, table, frame, column, lang) for column in columns]
    units = [table.columns[column].unit for column in columns]
    numbers = [place for place, unit in enumerate(units) if unit not in _WORDS]
    headings = [_heading(record, name, column, lang) for column in columns]
    show.rows(headings, list(zip(*texts, strict=True)), numbers)


def _heading(record: Record, name: str, column: str, lang: Lang) -> str:
    unit = reading_unit(f"{name}[", record.tables[name].columns[column].unit)
    symbol = SYMBOLS.get(unit, "") if unit != "share" else ""
    return f"{column_title(column, lang, name)} ({symbol})" if symbol else column_title(column, lang, name)
