"""What people read of an analysis: figures, units, the plan, the verdicts of the law."""

import typer

from desk.cli import show
from desk.cli.tables import print_table
from desk.cli.telling_plan import tell_plan
from gis.language import Lang, Text
from gis.states import OUTSIDE
from maps.formatter import show as shown
from maps.formatter import table_texts
from maps.labels import column_title, fact_title, missing_title, sections, table_order, table_title
from maps.numerals import count_text
from maps.yard_recognition import recognition_lines
from planning.law.finding import CANNOT_TELL, NEEDS_INPUT
from planning.law.judgement import CRITERIA, PROCEDURES
from planning.record import Record

# What is read of a unit on a terminal; the rest stands in the map and the workbook.
_COLUMNS = ("share_base", "share_proposed", "added_m2", "removed_m2")


def tell_analysis(record: Record, lang: Lang) -> None:
    """Print what a Record says, section by section."""
    if record.notice:
        typer.echo(f"*** {record.notice} ***")
    for section in sections(record, lang):
        show.page(["", section.title])
        show.rows(
            ("", ""), [("  " + fact_title(key, lang), shown(record, key, lang).text) for key in section.keys], (1,)
        )
    broken = list(recognition_lines(record, lang))
    if broken:
        show.page(["", _BROKEN.to(lang)])
        show.page(f"  {line}" for line in broken)
    for table in table_order(record):
        if table.startswith("by."):
            _tell_units(record, table, lang)
    tell_plan(record, lang)
    _tell_law(record, lang)
    if record.no_data:
        show.page(["", _NO_DATA.to(lang, layers=", ".join(missing_title(one, lang) for one in record.no_data))])
    show.page([_KEPT.to(lang, id=record.id[:12], scenario=record.scenario)])


def _tell_units(record: Record, table: str, lang: Lang) -> None:
    """Print the rows that the zone meets before or after; the others are outside, which the table's title says."""
    rows = record.tables[table].frame
    met = rows[(rows["state_base"] != OUTSIDE) | (rows["state_proposed"] != OUTSIDE)]
    typer.echo(
        f"\n{table_title(table, lang)} ({_MET.to(lang, met=count_text(len(met), lang), all=count_text(len(rows), lang))})"
    )
    headings = ("", *(column_title(column, lang) for column in _COLUMNS))
    names, *figures = (
        table_texts(table, record.tables[table], met, column, lang, symbol=True) for column in ("name", *_COLUMNS)
    )
    named = ["  " + " ".join(dict.fromkeys(pair)) for pair in zip(met["key"], names, strict=True)]
    show.rows(headings, list(zip(named, *figures, strict=True)), (1, 2, 3, 4))


def _tell_law(record: Record, lang: Lang) -> None:
    """Print the verdicts that are decided or open, each with its figures and why, and the ids of what needs input."""
    criteria = record.tables[CRITERIA].frame
    show.page(["", table_title(CRITERIA, lang)])
    told = criteria["key"][criteria["verdict"] != NEEDS_INPUT]
    show.rows(("", ""), [row for key in told for row in _criterion(record, key, lang)])
    asked = criteria["key"][criteria["verdict"] == NEEDS_INPUT]
    show.page([_ASKED.to(lang, count=count_text(len(asked), lang), ids=", ".join(asked))])
    if record.value("law.procedure") == CANNOT_TELL and PROCEDURES in record.tables:
        show.page(["", table_title(PROCEDURES, lang)])
        print_table(record, PROCEDURES, ("limit", "counted", "districts", "procedure"), lang)


def _criterion(record: Record, key: str, lang: Lang) -> list[tuple[str, str]]:
    """Return what is read of one criterion: what it demands; the verdict with value and threshold; why."""
    title, verdict, note = (_cell(record, key, column, lang) for column in ("title", "verdict", "note"))
    lines = [title, f"→ {verdict}{_compared(record, key, lang)}", note]
    return [(f"  {key}" if place == 0 else "", line) for place, line in enumerate(lines) if line]


def _compared(record: Record, key: str, lang: Lang) -> str:
    row = record.tables[CRITERIA].row(key)
    if row["value"] is None:
        return ""
    told = f": {_cell(record, key, 'value', lang)}"
    if row["verdict"] == CANNOT_TELL and row["value_min"] != row["value_max"]:
        told += f" ({_cell(record, key, 'value_min', lang)} … {_cell(record, key, 'value_max', lang)})"
    if row["threshold"] is None:
        return told
    wanted = f"{_cell(record, key, 'relation', lang)} {_cell(record, key, 'threshold', lang)}"
    return f"{told}; {_DEMAND.to(lang, wanted=wanted)}"


def _cell(record: Record, key: str, column: str, lang: Lang) -> str:
    return shown(record, f"{CRITERIA}[{key}].{column}", lang).text


_BROKEN = Text(
    vi="Bến bãi mất, hoặc có thể mất, điều kiện hải quan công nhận",
    en="Yards that lose, or may lose, the conditions of their customs recognition",
)
_DEMAND = Text(vi="yêu cầu {wanted}", en="demanded {wanted}")
_ASKED = Text(
    vi="Cần bổ sung thông tin ({count}): {ids}. Xem từng mục: mocgioi rules MÃ",
    en="Needs input ({count}): {ids}. See each: mocgioi rules ID",
)
_MET = Text(vi="{met} / {all}, còn lại nằm ngoài", en="{met} of {all}, the others are outside")
_NO_DATA = Text(
    vi="Không có số liệu, nên chưa thể nói là không bị ảnh hưởng: {layers}",
    en="No data, which does not mean “not affected”: {layers}",
)
_KEPT = Text(vi="Hồ sơ kết quả {id} đã lưu tại records/{scenario}.", en="Record {id} is kept in records/{scenario}.")
