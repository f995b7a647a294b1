"""Every clause of a rule set asked: the table of criteria, their readings, the procedure, and the facts about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from pandas import DataFrame

from gis.errors import MocGioiError
from gis.language import Text
from layers.zone import STATUSES
from planning.context import Context
from planning.law.case import Case
from planning.law.choice import rule_set_of
from planning.law.figure import Figure
from planning.law.finding import CANNOT_TELL, VERDICTS, Finding
from planning.law.procedure import common_procedure, procedures
from planning.law.rule_set import Clause, RuleSet
from planning.law.rules import RULES
from planning.law.yard_recognition import RECOGNITION, recognition_facts, recognition_table
from planning.planned_land import PlannedLand
from planning.record import Column, Fact, Rules, Table

CRITERIA, READINGS, PROCEDURES = "criteria", "criteria.readings", "criteria.procedures"

_VERDICT = Column("state", "met, not met; cannot tell: the data do not decide; needs input: they are not there")
_FIGURES: Mapping[str, Column] = {
    "value": Column("row", "what was compared, in the unit of the row"),
    "value_min": Column("row", "at least, within the stated accuracy and what is not known"),
    "value_max": Column("row", "at most, within the stated accuracy and what is not known"),
    "relation": Column("state", "what is demanded of the value"),
    "threshold": Column("row", "from the rule set, in the unit of the row"),
    "unit": Column("state", "unit of value and threshold"),
}
_CRITERIA: Mapping[str, Column] = {
    "key": Column("text", "id of the clause in the rule set"),
    "title": Column("words", "what the clause demands"),
    "verdict": _VERDICT,
    **_FIGURES,
    "citation": Column("words", "instrument and article"),
    "confidence": Column("state", "how the clause is known"),
    "source": Column("text", "where the clause was read"),
    "note": Column("words", "why, and what would decide it"),
}
_READINGS: Mapping[str, Column] = {
    "key": Column("text", "id of the clause and of the reading"),
    "clause": Column("text", "id of the clause in the rule set"),
    "title": Column("words", "a way to read the clause, or a part of what it demands"),
    "verdict": _VERDICT,
    **_FIGURES,
    "of_declared": Column("share", "the figure as a share of the declared area"),
    "of_drawn": Column("share", "the figure as a share of the drawn area"),
    "note": Column("words", "why, and what would decide it"),
}


@dataclass(frozen=True, eq=False)
class Law:
    """What the law says of a scenario, for the Record."""

    tables: Mapping[str, Table]
    facts: tuple[Fact, ...]
    rules: Rules


def judge_scenario(context: Context, tables: Mapping[str, Table], planned: PlannedLand | None) -> Law:
    """Ask the rule set of the project about a scenario.

    Parameters
    ----------
    tables : of the Record so far
    planned : parcels in the plan

    Raises
    ------
    RuleSetUnknown, RuleSetWrong, RuleSetNotInForce
    """
    return judge(Case(context, tables, planned), rule_set_of(context.workspace))


def judge(case: Case, rules: RuleSet) -> Law:
    """Ask every clause; one that fails hides none of the others."""
    found = {clause.id: ask(case, clause) for clause in rules.clauses}
    table = procedures(case, rules)
    yards = recognition_table(case, rules)
    tables = {
        CRITERIA: Table(_criteria(rules, found), _CRITERIA),
        READINGS: Table(_readings(found), _READINGS),
        **({} if table is None else {PROCEDURES: table}),
        **({} if yards is None else {RECOGNITION: yards}),
    }
    facts = (*_facts(rules, found, common_procedure(table)), *recognition_facts(yards))
    return Law(tables, facts, Rules(rules.id, rules.sha256))


def ask(case: Case, clause: Clause) -> Finding:
    """Ask one clause; an error in its rule becomes *cannot tell*, with the reason."""
    rule = next(one for one in RULES if one.name == clause.asks)
    try:
        found = rule.ask(case, clause)
        return found.noting(*_doubts(case)) if _rests_on_line(found) else found
    except MocGioiError as error:
        return Finding(CANNOT_TELL, Text(vi=_FAILED.vi + error.to("vi"), en=_FAILED.en + error.to("en")))
    except Exception as error:  # noqa: BLE001 -- whatever fails in one rule, the others are still asked
        reason = f"{type(error).__name__}: {error}"
        return Finding(CANNOT_TELL, Text(vi=_FAILED.vi + reason, en=_FAILED.en + reason))


_FAILED = Text(vi="Không hỏi được: ", en="The rule failed: ")
_APPROXIMATE = Text(vi="Ranh giới chỉ là gần đúng.", en="The boundary is approximate only.")
_NOT_STATED = Text(
    vi="Lớp ranh giới chưa ghi độ chính xác.", en="The zone layer does not state the accuracy of its line."
)


def _doubts(case: Case) -> Iterator[Text]:
    """Yield what has to be said wherever a figure rests on the drawn line."""
    if case.status == STATUSES[-1]:
        yield _APPROXIMATE
    if case.context.stated_accuracy_m is None:
        yield _NOT_STATED


def _rests_on_line(found: Finding) -> bool:
    return found.drawn or any(reading.finding.drawn for reading in found.readings)


def _criteria(rules: RuleSet, found: Mapping[str, Finding]) -> DataFrame:
    rows = [
        {
            "key": clause.id,
            "title": clause.title.both(),
            **_told(found[clause.id]),
            "citation": clause.citation.both(),
            "confidence": clause.confidence,
            "source": clause.source,
        }
        for clause in rules.clauses
    ]
    return DataFrame(rows)[list(_CRITERIA)]


def _readings(found: Mapping[str, Finding]) -> DataFrame:
    rows = [
        {
            "key": f"{clause}/{reading.key}",
            "clause": clause,
            "title": reading.title.both(),
            **_told(reading.finding),
            "of_declared": _number(_value(reading.of_declared)),
            "of_drawn": _number(_value(reading.of_drawn)),
        }
        for clause, finding in found.items()
        for reading in finding.readings
    ]
    return DataFrame(rows, columns=list(_READINGS))


def _told(finding: Finding) -> dict[str, Any]:
    figure = finding.figure
    return {
        "verdict": finding.verdict,
        "value": _number(_value(figure)),
        "value_min": _number(figure.low if figure else None),
        "value_max": _number(figure.high if figure else None),
        "relation": finding.relation,
        "threshold": _number(finding.threshold),
        "unit": figure.unit if figure else finding.unit,
        "note": finding.note.both(),
    }


def _value(figure: Figure | None) -> Fraction | None:
    return None if figure is None else figure.value


def _number(value: Fraction | None) -> float:
    return np.nan if value is None else float(value)


def _facts(rules: RuleSet, found: Mapping[str, Finding], procedure: str) -> Iterator[Fact]:
    yield Fact("law.rule_set", rules.id, "text", "named by the project, else in force on the day of the analysis")
    yield Fact("law.title", rules.title.both(), "words", "as in the rule set")
    yield Fact("law.in_force_from", rules.in_force_from, "date", "as in the rule set")
    yield Fact("law.checked_on", rules.checked_on, "date", "as in the rule set")
    yield Fact("law.procedure", procedure, "state", "what all readings of the clauses share; else cannot tell")
    for verdict in VERDICTS:
        count = sum(finding.verdict == verdict for finding in found.values())
        yield Fact(f"law.{verdict}", count, "count", "clauses by verdict")
