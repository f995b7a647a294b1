"""The log of a scenario: edits made, undone and redone, in their order. Nothing is ever taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planning.edits import Edit

Did = Literal["edit", "undo", "redo"]


@dataclass(frozen=True)
class Step:
    """One entry of the log.

    Attributes
    ----------
    did : an edit was made, undone, or redone
    number : of the edit, from 1 in the order of making
    at : ISO moment; empty where it is not known
    by : who did it, as stated
    edit : where one was made
    made_on : what the edit was made on, and its SHA-256: see `planning.footing`
    """

    did: Did
    number: int
    at: str = ""
    by: str = ""
    edit: Edit | None = None
    made_on: tuple[tuple[str, str], ...] = ()


Log = Sequence[Step]


def made(log: Log) -> tuple[Step, ...]:
    """Return the entries that made an edit, in force or not."""
    return tuple(step for step in log if step.edit is not None)


def in_force(log: Log) -> tuple[int, ...]:
    """Return the numbers of the edits that are in force, in the order of making, which is that of applying."""
    numbers: set[int] = set()
    for step in log:
        if step.did == "undo":
            numbers.discard(step.number)
        else:
            numbers.add(step.number)
    return tuple(sorted(numbers))


def edits_in_force(log: Log) -> tuple[Edit, ...]:
    """Return the edits that are in force."""
    numbers = in_force(log)
    return tuple(step.edit for step in log if step.edit is not None and step.number in numbers)


def to_undo(log: Log) -> int | None:
    """Return the number of the newest edit in force, None where there is none."""
    return max(in_force(log), default=None)


def to_redo(log: Log) -> int | None:
    """Return the number of the edit that was undone last, None where a new one was made since."""
    undone: list[int] = []
    for step in log:
        match step.did:
            case "edit":
                undone.clear()
            case "undo":
                undone.append(step.number)
            case "redo":
                undone = [number for number in undone if number != step.number]
    return undone[-1] if undone else None
