"""The register of yards as a page of text: the figures, then what each operator is to be asked for."""

from collections.abc import Iterator

from gis.language import Lang, Text
from maps.formatter import show
from maps.labels import fact_title, missing_title, table_title
from planning.record import Record
from planning.yard_papers import MISSING
from planning.yard_register import OPERATORS, REMINDERS

_WIDTH = 58


def page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of the register."""
    return [line.rstrip() for line in _page(record, lang)]


def head(record: Record, lang: Lang) -> Iterator[str]:
    """Yield the notice and the scalar facts of a Record."""
    if record.notice:
        yield f"*** {record.notice} ***"
    for key in record.facts:
        yield f"  {fact_title(key, lang):<{_WIDTH}} {show(record, key, lang).text}"


def end(record: Record, lang: Lang) -> Iterator[str]:
    """Yield what is missing, and the name of the Record."""
    if record.no_data:
        yield ""
        yield _NO_DATA.to(lang, layers=", ".join(missing_title(one, lang) for one in record.no_data))
    yield from ("", _RECORD.to(lang, id=record.id[:12]))


def _page(record: Record, lang: Lang) -> Iterator[str]:
    yield from head(record, lang)
    due = record.tables[REMINDERS].frame
    if len(due):
        yield from ("", table_title(REMINDERS, lang))
    for operator, rows in due.groupby("operator", dropna=False, sort=False):
        yield f"  {_operator(record, operator, lang)}"
        for key in rows["key"]:
            yield f"    {_reminder(record, str(key), lang)}"
    yield from end(record, lang)
    yield _ROUND_TRIP.to(lang)


def _operator(record: Record, operator: object, lang: Lang) -> str:
    row = f"{OPERATORS}[{operator}]" if isinstance(operator, str) else f"{OPERATORS}[–]"
    told = {name: show(record, f"{row}.{name}", lang).text for name in ("yards", "complete")}
    return _OF_OPERATOR.to(lang, name=operator if isinstance(operator, str) else "–", **told)


def _reminder(record: Record, key: str, lang: Lang) -> str:
    row = f"{REMINDERS}[{key}]"
    told = {one: show(record, f"{row}.{one}", lang).text for one in ("yard", "paper", "paper_state", "asked")}
    if record.value(f"{row}.paper_state") == MISSING:
        return _LACKING.to(lang, **told)
    told |= {one: show(record, f"{row}.{one}", lang).text for one in ("number", "expires_on")}
    return _ON_FILE.to(lang, **told)


_OF_OPERATOR = Text(vi="{name}: {yards} bãi, đủ {complete}", en="{name}: yards {yards}, complete {complete}")
_LACKING = Text(vi="{yard}  {paper}: {paper_state} → {asked}", en="{yard}  {paper}: {paper_state} → {asked}")
_ON_FILE = Text(
    vi="{yard}  {paper}: {paper_state} {expires_on}, số {number} → {asked}",
    en="{yard}  {paper}: {paper_state} {expires_on}, no. {number} → {asked}",
)
_RECORD = Text(vi="Hồ sơ kết quả {id}.", en="Record {id}.")
_NO_DATA = Text(
    vi="Không có số liệu, nên chưa thể nói là không thiếu: {layers}",
    en="No data, which does not mean that nothing is missing: {layers}",
)
_ROUND_TRIP = Text(
    vi="Bổ sung, sửa giấy tờ bằng Excel: mocgioi sheet export papers --only layer=yards --out giay-to.xlsx",
    en="Add or correct papers in Excel: mocgioi sheet export papers --only layer=yards --out papers.xlsx",
)
