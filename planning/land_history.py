"""What happened on a piece of land, read from its events: handover, schedule, what was reached, seen, extended."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.text import nfc
from planning.idle_rules import Seen, months_later, seen_as

_DUE = re.compile(r"(?P<name>[^;,]*?\S)\s*[:=]?\s*(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})\s*(?:[;,]|$)")
_MONTHS = re.compile(r"(\d{1,3})\s*(?:tháng|months?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, with what was said of it and the paper that says so."""

    day: date
    value: str
    document: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a schedule promises, by when, and the day on which it was reached; None: not yet."""

    name: str
    due: date
    reached: date | None


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension: from its decision, for so many months; None where the decision does not say."""

    decided: date
    months: int | None
    document: str

    def until(self, most_months: int) -> date:
        """Return its last day; one that does not say counts as the longest that the law allows."""
        return months_later(self.decided, most_months if self.months is None else min(self.months, most_months))


@dataclass(frozen=True, slots=True)
class LandHistory:
    """The history of one piece of land up to a day.

    Attributes
    ----------
    handover : when the land was handed over; None: not known
    handover_paper : whether an event with a document says so, and not only a field of the layer
    milestones : the schedule; None where none is written, empty where it cannot be read
    seen : observations, oldest first, each as it is to be read
    """

    handover: date | None
    handover_paper: bool
    milestones: tuple[Milestone, ...] | None
    seen: tuple[tuple[Event, Seen], ...]
    extensions: tuple[Extension, ...]
    force_majeure: tuple[Event, ...]


def history_of(row: Mapping[str, Any], events: list[Mapping[str, Any]], on: date) -> LandHistory:
    """Return the history of a row of projects or parcels; what lies after the day `on` is not known yet."""
    told: dict[str, list[Event]] = {}
    for line in events:
        day = _day(line.get("day"))
        if day is not None and day <= on:
            event = Event(day, str(line.get("value") or ""), str(line.get("document") or ""))
            told.setdefault(str(line["kind"]), []).append(event)
    handovers = sorted(told.get("handover", ()), key=lambda one: one.day)
    stated = _day(row.get("handover_date"))
    return LandHistory(
        handover=handovers[-1].day if handovers else stated if stated and stated <= on else None,
        handover_paper=any(one.document for one in handovers),
        milestones=_schedule(row.get("milestones"), told.get("milestone", [])),
        seen=tuple((one, seen_as(one.value)) for one in sorted(told.get("observation", ()), key=lambda one: one.day)),
        extensions=tuple(_extension(one) for one in sorted(told.get("extension", ()), key=lambda one: one.day)),
        force_majeure=tuple(sorted(told.get("force_majeure", ()), key=lambda one: one.day)),
    )


def _schedule(written: Any, reached: list[Event]) -> tuple[Milestone, ...] | None:
    """Return the milestones of a schedule, as JSON or as ``name day; name day``."""
    if not written:
        return None
    days = {nfc(one.value).casefold(): one.day for one in reached}
    return tuple(Milestone(name, due, days.get(nfc(name).casefold())) for name, due in _promised(str(written)))


def _promised(written: str) -> Iterator[tuple[str, date]]:
    try:
        content = json.loads(written)
        pairs = [(str(one["name"]), _day(one["due"])) for one in content]
    except (ValueError, TypeError, KeyError):
        pairs = [(found["name"], _day(found["day"])) for found in _DUE.finditer(written)]
    yield from ((name.strip(), due) for name, due in pairs if due is not None)


def _extension(event: Event) -> Extension:
    months = _MONTHS.search(event.value)
    return Extension(event.day, int(months[1]) if months else None, event.document)


def _day(value: Any) -> date | None:
    text = str(value or "").strip()
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
