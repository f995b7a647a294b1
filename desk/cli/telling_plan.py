"""What `analyse` tells of the line and the yards: stretches that moved, yards that are re-planned, lists that disagree."""

import typer

from desk.cli.tables import print_table
from gis.displacement import CANNOT_TELL, MOVED
from gis.language import Lang, Text
from maps.labels import fact_title, table_title
from maps.numerals import count_text
from planning.movement import NAME as MOVEMENT
from planning.record import Record
from planning.replanned_yards import NAME as REPLANNED
from planning.whole_or_cut import DIFFER
from planning.whole_or_cut import NAME as WHOLE_OR_CUT


def tell_plan(record: Record, lang: Lang) -> None:
    """Print the stretches of the boundary that moved or may have, the re-planned yards, and units in conflict."""
    for table in _TOLD:
        if table in record.tables:
            _tell_rows(record, table, lang)
    _tell_conflicts(record, lang)


def _tell_rows(record: Record, table: str, lang: Lang) -> None:
    """Print the first rows of a table; of the boundary only what moved or may have, the largest first."""
    rows = record.tables[table].frame
    if table == MOVEMENT:
        rows = rows[rows["kind"].isin([MOVED, CANNOT_TELL])].sort_values("area_m2", ascending=False, kind="stable")
    if not len(rows):
        return
    shown, every = count_text(min(len(rows), _MOST), lang), count_text(len(rows), lang)
    typer.echo(f"\n{table_title(table, lang)} ({_SHOWN.to(lang, shown=shown, all=every)})")
    columns = [column for column in _TOLD[table] if column in rows]
    print_table(record, table, columns, lang, rows.head(_MOST))


def _tell_conflicts(record: Record, lang: Lang) -> None:
    """Print the units of which the lists and the shapes say different things."""
    for table in (name for name in record.tables if name.startswith(WHOLE_OR_CUT)):
        rows = record.tables[table].frame
        differ = rows[rows["agreement"] == DIFFER]
        if len(differ):
            typer.echo(f"\n{fact_title(f'{table}.differ', lang)}")
            print_table(record, table, ("name", "listed_base", "shapes_base", "share_base"), lang, differ)


_MOST = 12
_TOLD = {
    MOVEMENT: ("key", "kind", "length_m", "displacement_max_m", "added_m2", "removed_m2"),
    REPLANNED: ("name", "change", "area_before_m2", "area_after_m2", "gate_distance_after_m", "papers"),
}
_SHOWN = Text(vi="{shown} / {all}", en="{shown} of {all}")
