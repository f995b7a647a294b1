"""Idle and late land: does it meet the *time condition* of the law, since when, by which paper; an officer decides.

Land is idle when it was seen unused twelve months or more after it was handed over, or after it was last seen in use.
It is late when a milestone of its schedule is not reached twenty-four months after it was due. An extension suspends
both to its end; force majeure takes the case out, with its paper. What nobody saw or wrote is *cannot tell*, and the
paper that is missing is named. The answer is never "to be recovered".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from planning.idle_rules import Crop, Regime, months_later, regime_on, whole_months
from planning.land_history import LandHistory, Milestone

Condition = Literal["met", "met_after_extension", "extended", "force_majeure", "not_met", "cannot_tell"]
CONDITIONS: tuple[Condition, ...] = get_args(Condition)
Missing = Literal[
    "handover",
    "handover_paper",
    "schedule",
    "schedule_unreadable",
    "observation",
    "observation_unclear",
    "extension_paper",
    "extension_length",
    "force_majeure_paper",
    "law",
]


@dataclass(frozen=True, slots=True)
class Idle:
    """Whether land was unused long enough.

    Attributes
    ----------
    since : handover, or the day on which it was last seen in use
    seen_on, seen : newest observation, and how it is read; None where there is none since
    months : whole months from `since` to the observation
    term_months : the term of the law
    meets_on : the day on which the term is over
    condition : met, not_met, cannot_tell
    """

    since: date | None
    seen_on: date | None
    seen: str | None
    months: int | None
    term_months: int
    meets_on: date | None
    condition: Condition


@dataclass(frozen=True, slots=True)
class Late:
    """Whether the use of land is long enough behind its schedule.

    Attributes
    ----------
    milestone : the one that is not reached and longest overdue; None where none is
    months : whole months from its due day
    meets_on : the day on which the term is over
    """

    milestone: Milestone | None
    months: int | None
    term_months: int
    meets_on: date | None
    condition: Condition


@dataclass(frozen=True, slots=True)
class Judged:
    """One piece of land on one day.

    Attributes
    ----------
    condition : of both rules together, with extension and force majeure
    met_on : since when the time condition is met, the earlier of both rules
    extended_until : last day of the newest extension
    next_on : the next day on which something falls due, if nothing changes
    regime : the law in force when the condition is met, or on the day asked; None where none is known
    regime_at_handover : the law in force at the handover; where it is another one, the transition is open
    missing : papers and facts that are not there
    """

    condition: Condition
    idle: Idle
    late: Late
    met_on: date | None
    extended_until: date | None
    next_on: date | None
    regime: Regime | None
    regime_at_handover: Regime | None
    missing: tuple[Missing, ...]


def judge(history: LandHistory, on: date, crop: Crop | None = None) -> Judged:
    """Return what the law's terms make of a history on a day.

    Parameters
    ----------
    crop : of agricultural land, whose term of disuse is its own; None for other land
    """
    regime = regime_on(on)
    if regime is None:
        nothing = Idle(None, None, None, None, 0, None, "cannot_tell"), Late(None, None, 0, None, "cannot_tell")
        return Judged("cannot_tell", *nothing, None, None, None, None, None, ("law",))
    idle = _idle(history, regime.crop_months[crop] if crop else regime.idle_months, on)
    late = _late(history, regime.late_months, on)
    until = max((one.until(regime.extension_months) for one in history.extensions), default=None)
    met_on = min((one.meets_on for one in (idle, late) if one.condition == "met" and one.meets_on), default=None)
    missing = tuple(dict.fromkeys(_missing(history, idle)))
    condition = _together(idle, late, history, until, on)
    return Judged(
        condition=condition,
        idle=idle,
        late=late,
        met_on=met_on,
        extended_until=until,
        next_on=_next_on(condition, idle, late, until, on),
        regime=regime_on(met_on) if met_on else regime,
        regime_at_handover=regime_on(history.handover) if history.handover else None,
        missing=missing,
    )


def _idle(history: LandHistory, term: int, on: date) -> Idle:
    """Judge the disuse: only what was seen counts, and only since the land was last in use."""
    since = _last_use(history)
    if since is None:
        return Idle(None, None, None, None, term, None, "cannot_tell")
    meets_on = months_later(since, term)
    newest = history.seen[-1] if history.seen and history.seen[-1][0].day >= since else None
    if newest is None:
        return Idle(since, None, None, None, term, meets_on, "cannot_tell" if meets_on <= on else "not_met")
    seen_on, seen = newest[0].day, newest[1]
    months = whole_months(since, seen_on)
    # In use or unused when it was last seen: whether it still was so when the term was over nobody knows.
    condition: Condition = "cannot_tell" if meets_on <= on else "not_met"
    if seen == "unused" and seen_on >= meets_on:
        condition = "met"
    return Idle(since, seen_on, seen, months, term, meets_on, condition)


def _last_use(history: LandHistory) -> date | None:
    """Return the day from which disuse counts: handover, or the last day on which use is known."""
    if history.handover is None:
        return None
    seen = [event.day for event, how in history.seen if how in ("used", "building")]
    reached = [one.reached for one in history.milestones or () if one.reached]
    return max([history.handover, *(day for day in (*seen, *reached) if day >= history.handover)])


def _late(history: LandHistory, term: int, on: date) -> Late:
    if not history.milestones:
        return Late(None, None, term, None, "cannot_tell")
    open_ = [one for one in history.milestones if one.reached is None]
    if not open_:
        return Late(None, None, term, None, "not_met")
    worst = min(open_, key=lambda one: one.due)
    meets_on = months_later(worst.due, term)
    return Late(worst, max(whole_months(worst.due, on), 0), term, meets_on, "met" if meets_on <= on else "not_met")


def _together(idle: Idle, late: Late, history: LandHistory, until: date | None, on: date) -> Condition:
    both = (idle.condition, late.condition)
    if history.force_majeure and "met" in both:
        return "force_majeure" if any(one.document for one in history.force_majeure) else "cannot_tell"
    if "met" in both:
        if until is None:
            return "met"
        return "extended" if on <= until else "met_after_extension"
    return "cannot_tell" if "cannot_tell" in both else "not_met"


def _next_on(condition: Condition, idle: Idle, late: Late, until: date | None, on: date) -> date | None:
    """Return the next day on which a term or an extension is over, if nothing changes until then."""
    days = [until] if condition == "extended" else []
    days += [late.meets_on] if late.condition == "not_met" and late.milestone else []
    days += [idle.meets_on] if idle.condition == "not_met" else []
    return min((day for day in days if day is not None and day >= on), default=None)


def _missing(history: LandHistory, idle: Idle) -> Iterator[Missing]:
    if history.handover is None:
        yield "handover"
    elif not history.handover_paper:
        yield "handover_paper"
    if history.milestones is None:
        yield "schedule"
    elif not history.milestones:
        yield "schedule_unreadable"
    if history.handover is not None and idle.condition == "cannot_tell":
        yield "observation_unclear" if idle.seen == "unclear" else "observation"
    for one in history.extensions:
        if not one.document:
            yield "extension_paper"
        if one.months is None:
            yield "extension_length"
    if any(not one.document for one in history.force_majeure):
        yield "force_majeure_paper"


def columns_of(judged: Judged) -> Mapping[str, Any]:
    """Return the plain values of a judged piece of land, days as ISO texts; None is no data."""
    idle, late = judged.idle, judged.late
    return {
        "condition": judged.condition,
        "met_on": _iso(judged.met_on),
        "next_on": _iso(judged.next_on),
        "extended_until": _iso(judged.extended_until),
        "idle_condition": idle.condition,
        "idle_since": _iso(idle.since),
        "seen_on": _iso(idle.seen_on),
        "seen": idle.seen,
        "idle_months": idle.months,
        "idle_term_months": idle.term_months,
        "late_condition": late.condition,
        "milestone": late.milestone.name if late.milestone else None,
        "due_on": _iso(late.milestone.due) if late.milestone else None,
        "late_months": late.months,
        "late_term_months": late.term_months,
        "missing": ", ".join(judged.missing) or None,
        "law": judged.regime.id if judged.regime else None,
        "law_at_handover": judged.regime_at_handover.id if judged.regime_at_handover else None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
