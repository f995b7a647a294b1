"""Cases for the rules: what a rule asks is given, nothing is read."""

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from planning.law.case import Case
from planning.law.change import Change
from planning.law.choice import rule_set_named
from planning.law.figure import square_metres
from planning.law.finding import Finding
from planning.law.rule_set import Clause
from planning.law.rules import RULES

HA_MM2 = 10_000 * 1_000_000


@pytest.fixture(scope="session")
def clauses() -> dict[str, Clause]:
    """Return the clauses of the shipped rule set by id."""
    return {clause.id: clause for clause in rule_set_named("nd-35-2022").clauses}


@pytest.fixture(scope="session")
def asked(clauses: dict[str, Clause]) -> Callable[..., Finding]:
    """Return a function that asks one clause of a case whose subjects are given by name."""
    rules = {rule.name: rule for rule in RULES}

    def ask(clause: str, *, tables: dict[str, Any] | None = None, planned: Any = None, **subjects: Any) -> Finding:
        context = subjects.pop("context", SimpleNamespace())
        case = Case(context, tables or {}, planned)
        vars(case).update(subjects)
        return rules[clauses[clause].asks].ask(case, clauses[clause])

    return ask


@pytest.fixture(scope="session")
def change() -> Callable[..., Change]:
    """Return a function that makes a change of areas in mm², on a zone of 39,400 ha, known to a margin in m²."""

    def make(
        added: int = 0,
        removed: int = 0,
        declared_ha: int | None = 39_400,
        base_ha: int = 39_400,
        margin: float | None = 0,
    ) -> Change:
        known = None if margin is None else Fraction(margin)
        base = base_ha * HA_MM2
        areas = {"base": base, "proposed": base + added - removed, "added": added, "removed": removed}
        figures = {
            name: square_metres(area, known if area else Fraction(0)).not_below(0) for name, area in areas.items()
        }
        return Change(None if declared_ha is None else Fraction(declared_ha * 10_000), **figures)

    return make
