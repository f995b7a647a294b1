"""A rule of the guard that somebody set aside for one output, and why: told on the output and kept in the project."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Override:
    """One rule set aside.

    Attributes
    ----------
    rule : its name
    reason : why, in words
    """

    rule: str
    reason: str
