"""A rule set as a TOML file, read and checked: a clause that lacks what its rule demands is named.

::

    id = "nd-35-2022"
    title = {vi = "…", en = "…"}
    in_force_from = 2022-07-15
    checked_on = 2026-11-22

    [instruments.nd-35-2022]
    title = {vi = "Nghị định 35/2022/NĐ-CP", en = "Decree 35/2022/NĐ-CP"}
    in_force_from = 2022-07-15          # or "not-found"
    source = "…"

    [[clauses]]
    id = "ZB-08"
    asks = "size_and_gate"              # a rule of `planning.law.rules.RULES`
    instrument = "nd-35-2022"
    article = {vi = "Điều 5.4", en = "Art. 5.4"}
    title = {vi = "…", en = "…"}
    source = "…"
    confidence = "quoted-secondary"
    thresholds = {area_min = {value = 10_000, unit = "ha"}}
    words = {international = ["quốc tế"]}
    needs = {vi = "…", en = "…"}        # what a person has to supply
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gis.language import Text
from planning.errors import RuleSetWrong
from planning.law.rule_set import CONFIDENCES, NO_ARTICLE, Clause, Confidence, Demands, Instrument, RuleSet, Threshold
from planning.record import Unit

# What nobody quotes may have no article to stand in.
_UNQUOTED = CONFIDENCES[2:]
_NOT_FOUND = "not-found"
_UNITS: tuple[Unit, ...] = ("m2", "ha", "m", "share", "count", "date", "degree", "ratio", "month", "day")


def parse(text: str, path: str, rules: Mapping[str, Demands]) -> RuleSet:
    """Return the rule set that a TOML text holds.

    Parameters
    ----------
    path : named in messages
    rules : what each known rule demands of its clause

    Raises
    ------
    RuleSetWrong
        Saying which clause lacks what.
    """
    try:
        # Decimals stay what they are written as: 0.1 is a tenth.
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RuleSetWrong(path=path, place="", problem=_TOML.filled(reason=error)) from error
    return _read(_Table(content, path, ""), rules)


def _read(table: "_Table", rules: Mapping[str, Demands]) -> RuleSet:
    instruments = {key: _instrument(key, one) for key, one in table.tables("instruments")}
    clauses = tuple(_clause(one, instruments, rules) for one in table.rows("clauses"))
    table.require(bool(clauses), _MISSING.filled(field="clauses"))
    seen: set[str] = set()
    for clause in clauses:
        table.at(clause.id).require(clause.id not in seen, _TWICE)
        seen.add(clause.id)
    canonical = json.dumps(table.content, ensure_ascii=False, sort_keys=True, default=str)
    read = RuleSet(
        id=table.text("id"),
        title=table.words("title"),
        in_force_from=table.day("in_force_from"),
        in_force_to=table.day("in_force_to") if "in_force_to" in table.content else None,
        checked_on=table.day("checked_on"),
        clauses=clauses,
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
    )
    table.only("id", "title", "in_force_from", "in_force_to", "checked_on", "instruments", "clauses")
    return read


def _instrument(key: str, table: "_Table") -> Instrument:
    table.only("title", "in_force_from", "in_force_to", "source")
    unknown = table.content.get("in_force_from") == _NOT_FOUND
    return Instrument(
        key=key,
        title=table.words("title"),
        in_force_from=None if unknown else table.day("in_force_from"),
        in_force_to=table.day("in_force_to") if "in_force_to" in table.content else None,
        source=table.text("source"),
    )


_CLAUSE = ("id", "asks", "instrument", "article", "title", "source", "confidence", "needs", "thresholds", "words")


def _clause(table: "_Table", instruments: Mapping[str, Instrument], rules: Mapping[str, Demands]) -> Clause:
    place = table.at(table.text("id"))
    place.only(*_CLAUSE)
    asks, instrument = place.text("asks"), place.text("instrument")
    place.require(asks in rules, _NO_RULE.filled(rule=asks, rules=", ".join(sorted(rules))))
    place.require(instrument in instruments, _NO_INSTRUMENT.filled(instrument=instrument))
    clause = Clause(
        id=place.text("id"),
        asks=asks,
        instrument=instruments[instrument],
        article=place.article(),
        title=place.words("title"),
        source=place.text("source"),
        confidence=place.confidence(),
        needs=place.words("needs") if "needs" in place.content else Text(vi="", en=""),
        words=place.lists("words"),
    )
    return _with_thresholds(clause, place, rules[asks])


def _with_thresholds(clause: Clause, place: "_Table", demands: Demands) -> Clause:
    """Return the clause with its thresholds, each in the unit that its rule takes."""
    thresholds = {name: _threshold(one, clause) for name, one in place.tables("thresholds")}
    for name, unit in demands.thresholds.items():
        place.require(name in thresholds, _NO_THRESHOLD.filled(name=name, unit=unit))
        given = thresholds[name].unit
        place.require(given == unit, _WRONG_UNIT.filled(name=name, given=given, unit=unit))
    strange = sorted(set(thresholds) - set(demands.thresholds))
    place.require(demands.any_threshold or not strange, _STRANGE.filled(field=", ".join(strange)))
    for name in demands.words:
        place.require(bool(clause.words.get(name)), _NO_WORDS.filled(name=name))
    return replace(clause, thresholds=thresholds)


def _threshold(table: "_Table", clause: Clause) -> Threshold:
    table.only("value", "unit", "article", "source", "confidence")
    unit = table.text("unit")
    table.require(unit in _UNITS, _NO_UNIT.filled(unit=unit, units=", ".join(_UNITS)))
    return Threshold(
        value=table.day("value") if unit == "date" else table.number("value"),
        unit=unit,  # type: ignore[arg-type]  # one of the units, as was just required
        article=table.article() if "article" in table.content else clause.article,
        source=table.text("source") if "source" in table.content else clause.source,
        confidence=table.confidence() if "confidence" in table.content else clause.confidence,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    # A table of the file, and what to say where it is wrong.
    content: Mapping[str, Any]
    path: str
    place: str

    def at(self, place: str) -> "_Table":
        return _Table(self.content, self.path, f" [{place}]")

    def require(self, so: bool, problem: Text) -> None:  # noqa: FBT001 -- what is required
        if not so:
            raise RuleSetWrong(path=self.path, place=self.place, problem=problem)

    def only(self, *known: str) -> None:
        strange = sorted(set(self.content) - set(known))
        self.require(not strange, _STRANGE.filled(field=", ".join(strange)))

    def tables(self, name: str) -> "Iterator[tuple[str, _Table]]":
        group = self.content.get(name, {})
        self.require(isinstance(group, dict) and all(isinstance(one, dict) for one in group.values()), _TABLE(name))
        for key, one in group.items():
            yield key, _Table(one, self.path, f"{self.place} [{name}.{key}]")

    def rows(self, name: str) -> "Iterator[_Table]":
        group = self.content.get(name, [])
        self.require(isinstance(group, list) and all(isinstance(one, dict) for one in group), _TABLE(name))
        for number, one in enumerate(group, start=1):
            yield _Table(one, self.path, f" [{name} {number}]")

    def text(self, name: str) -> str:
        value = self.content.get(name)
        self.require(isinstance(value, str) and bool(value.strip()), _MISSING.filled(field=name))
        return str(value).strip()

    def words(self, name: str) -> Text:
        value = self.content.get(name)
        both = isinstance(value, dict) and all(isinstance(value.get(lang), str) for lang in ("vi", "en"))
        self.require(both and all(str(value[lang]).strip() for lang in ("vi", "en")), _MISSING.filled(field=name))  # type: ignore[index]
        return Text(vi=str(value["vi"]), en=str(value["en"]))  # type: ignore[index]  # a table of both, as was required

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        group = self.content.get(name, {})
        self.require(isinstance(group, dict), _TABLE(name))
        fit = all(isinstance(one, list) and all(isinstance(word, str) for word in one) for one in group.values())
        self.require(fit, _TABLE(name))
        return {key: tuple(one) for key, one in group.items()}

    def article(self) -> Text:
        article = NO_ARTICLE if self.content.get("article") == NO_ARTICLE.vi else self.words("article")
        self.require(article != NO_ARTICLE or self.content.get("confidence") in _UNQUOTED, _NO_ARTICLE)
        return article

    def confidence(self) -> Confidence:
        value = self.text("confidence")
        self.require(value in CONFIDENCES, _NO_CONFIDENCE.filled(given=value, known=", ".join(CONFIDENCES)))
        return value  # type: ignore[return-value]  # one of them, as was just required

    def day(self, name: str) -> str:
        value = self.content.get(name)
        self.require(type(value) is date, _NO_DAY.filled(field=name))
        return str(value)

    def number(self, name: str) -> Fraction:
        value = self.content.get(name)
        number = isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()
        self.require(number, _NO_NUMBER.filled(field=name))
        return Fraction(value)  # type: ignore[arg-type]  # a number, as was just required


def _TABLE(name: str) -> Text:  # noqa: N802 -- a text like those below
    return Text(vi=f"“{name}” phải là bảng", en=f"“{name}” must be a table")


_TOML = Text(vi="không phải TOML hợp lệ ({reason})", en="not valid TOML ({reason})")
_MISSING = Text(
    vi="thiếu “{field}” (tiêu đề, điều khoản và phần cần bổ sung phải có cả vi và en)",
    en="“{field}” is missing (title, article and needs are wanted in vi and en)",
)
_TWICE = Text(vi="mã này có hai lần", en="this id stands there twice")
_NO_RULE = Text(
    vi="không có phép hỏi “{rule}”; các phép hỏi: {rules}", en="there is no rule “{rule}”; the rules are: {rules}"
)
_NO_INSTRUMENT = Text(
    vi="văn bản “{instrument}” không có trong [instruments]", en="no instrument “{instrument}” in [instruments]"
)
_NO_ARTICLE = Text(
    vi="thiếu điều khoản; chỉ ghi “–” khi độ tin cậy là suy luận, tự tính, chưa kiểm chứng hoặc chưa tìm thấy",
    en="the article is missing; “–” is for inference, calculated, background-unverified and not-found only",
)
_NO_CONFIDENCE = Text(vi="độ tin cậy “{given}” không thuộc: {known}", en="the confidence “{given}” is none of: {known}")
_NO_DAY = Text(vi="“{field}” phải là một ngày, dạng 2022-07-15", en="“{field}” must be a day such as 2022-07-15")
_NO_NUMBER = Text(vi="“{field}” phải là một số", en="“{field}” must be a number")
_NO_UNIT = Text(vi="đơn vị “{unit}” không thuộc: {units}", en="the unit “{unit}” is none of: {units}")
_NO_THRESHOLD = Text(vi="thiếu ngưỡng “{name}” ({unit})", en="the threshold “{name}” ({unit}) is missing")
_WRONG_UNIT = Text(
    vi="ngưỡng “{name}” ghi đơn vị “{given}”, cần “{unit}”",
    en="the threshold “{name}” is in “{given}”, not in “{unit}”",
)
_NO_WORDS = Text(vi="thiếu danh sách từ “{name}” trong words", en="the list of words “{name}” is missing in words")
_STRANGE = Text(vi="mục không dùng đến: {field}", en="nothing takes: {field}")
