"""The register of idle and late land as text and as plain values."""

from collections.abc import Iterator
from typing import Any

from gis.language import Lang, Text
from maps.formatter import show
from maps.labels import fact_title, missing_title
from maps.parcel_page import mark_lines
from maps.sums_page import sums_page
from planning.idle_rules import Regime, regimes, transition_note
from planning.record import Record

_TABLE = "projects.idle"


def page(record: Record, lang: Lang) -> list[str]:
    """Return the lines of the page: counts, cases by condition, what falls due, the law and how sure it is."""
    return [line.rstrip() for line in _page(record, lang)]


def missing_line(record: Record, lang: Lang) -> str:
    """Return the sentence that names the layers nobody has: what they would tell is counted nowhere."""
    return _NO_DATA.to(lang, layers=", ".join(missing_title(one, lang) for one in record.no_data))


def as_json(record: Record) -> dict[str, Any]:
    """Return the register as plain values."""
    table = record.tables[_TABLE]
    rows = [table.row(str(key)) for key in table.frame["key"]]
    return {
        "project": record.project,
        "notice": record.notice,
        "on": record.value("projects.on"),
        "within_days": record.value("projects.within_days"),
        "facts": {key: fact.value for key, fact in record.facts.items()},
        "rows": [{**row, "missing": str(row["missing"]).split(", ") if row["missing"] else []} for row in rows],
        "by_investor": [
            record.tables["projects.by_investor"].row(str(key))
            for key in record.tables["projects.by_investor"].frame["key"]
        ],
        "laws": [_law(one) for one in regimes()],
        "note": transition_note().en,
        "no_data": list(record.no_data),
        "record": {"id": record.id, "created": record.stamp.created, "software": record.stamp.software},
    }


def _law(one: Regime) -> dict[str, Any]:
    days = {"valid_from": one.valid_from.isoformat(), "valid_to": one.valid_to.isoformat() if one.valid_to else None}
    terms = {"idle_months": one.idle_months, "late_months": one.late_months, "extension_months": one.extension_months}
    return {
        "id": one.id,
        "instrument": one.instrument.vi,
        **days,
        **terms,
        "crop_months": dict(one.crop_months),
        "rules": list(one.rules),
        "source": one.source,
        "confidence": one.confidence,
    }


def _page(record: Record, lang: Lang) -> Iterator[str]:
    if record.notice:
        yield f"*** {record.notice} ***"
    for key in record.facts:
        yield f"  {fact_title(key, lang):<76} {show(record, key, lang).text}"
    if record.no_data:
        yield from ("", missing_line(record, lang))
    condition = ""
    for key in record.tables[_TABLE].frame["key"]:
        row = f"{_TABLE}[{key}]"
        now = show(record, f"{row}.condition", lang).text
        if now != condition:
            yield from ("", now[:1].upper() + now[1:])
            condition = now
        yield from _case(record, row, lang)
    yield from sums_page(record, "projects.by_investor", lang)
    yield from _laws(lang)
    yield from ("", _RECORD.to(lang, id=record.id[:12]))


def _case(record: Record, row: str, lang: Lang) -> Iterator[str]:
    def text(name: str) -> str:
        return show(record, f"{row}.{name}", lang).text

    def known(name: str) -> bool:
        return record.value(f"{row}.{name}") is not None

    what = f"{text('code')} {text('name') if known('name') else ''}, {text('investor')}, {text('area_m2')}"
    yield f"  {what} [{text('finding')}]"
    if known("idle_since"):
        seen = _SEEN.to(lang, day=text("seen_on"), seen=text("seen")) if known("seen_on") else _NEVER_SEEN.to(lang)
        yield f"      {_IDLE.to(lang, since=text('idle_since'), seen=seen, term=text('idle_term_months'))}"
    if known("milestone"):
        words = {name: text(name) for name in ("milestone", "due_on", "late_months", "late_term_months")}
        yield f"      {_LATE.to(lang, **words)}"
    for name, told in (("met_on", _MET), ("extended_until", _EXTENDED), ("next_on", _NEXT), ("missing", _MISSING)):
        if known(name):
            yield f"      {told.to(lang, value=text(name))}"
    if known("law_at_handover") and record.value(f"{row}.law") != record.value(f"{row}.law_at_handover"):
        yield f"      {_TRANSITION.to(lang, law=text('law'), before=text('law_at_handover'))}"
    yield from mark_lines(record, row, lang)


def _laws(lang: Lang) -> Iterator[str]:
    yield from ("", _LAWS.to(lang))
    for one in regimes():
        last = one.valid_to.isoformat() if one.valid_to else "–"
        words = {"id": one.id, "name": one.instrument.to(lang), "first": one.valid_from.isoformat(), "last": last}
        yield f"  {_LAW.to(lang, **words, confidence=one.confidence, source=one.source)}"
    yield f"  {transition_note().to(lang)}"


_IDLE = Text(
    vi="không sử dụng: tính từ {since}; {seen}; ngưỡng {term} tháng",
    en="disuse: counted from {since}; {seen}; term {term} months",
)
_SEEN = Text(vi="ghi nhận {day}: {seen}", en="seen on {day}: {seen}")
_NEVER_SEEN = Text(vi="chưa có ghi nhận hiện trạng", en="never seen")
_LATE = Text(
    vi="tiến độ: mốc “{milestone}” hạn {due_on}, chậm {late_months} tháng; ngưỡng {late_term_months} tháng",
    en="schedule: “{milestone}” was due on {due_on}, {late_months} months late; term {late_term_months} months",
)
_MET = Text(vi="đủ điều kiện thời gian từ {value}", en="time condition met since {value}")
_EXTENDED = Text(vi="gia hạn đến {value}", en="extended until {value}")
_NEXT = Text(vi="mốc sắp tới: {value}", en="next day due: {value}")
_MISSING = Text(vi="còn thiếu: {value}", en="missing: {value}")
_TRANSITION = Text(
    vi="bàn giao theo luật {before}, nay là luật {law}: quy định chuyển tiếp chưa kiểm tra",
    en="handed over under the law of {before}, now that of {law}: transition not checked",
)
_LAWS = Text(vi="Căn cứ", en="By law")
_LAW = Text(
    vi="{id}: {name}, hiệu lực {first} đến {last}; độ tin cậy: {confidence}; nguồn: {source}",
    en="{id}: {name}, in force {first} to {last}; confidence: {confidence}; source: {source}",
)
_NO_DATA = Text(
    vi="Không có số liệu, nên chưa thể nói là không có đất như vậy: {layers}",
    en="No data, which does not mean that there is no such land: {layers}",
)
_RECORD = Text(vi="Hồ sơ kết quả {id}.", en="Record {id}.")
