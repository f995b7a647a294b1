"""Balance: contested ground is given out so that every unit stays as close to its own area as all of them can."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

# A unit that is this part of itself away from its area counts far more than several that are nearly right.
FAIR_SHARE = 0.005
_UNFAIR = 100.0
# A gain smaller than this is the rounding of sums.
_NOTHING = 1e-12
# How often a unit that stays unfair is tried again.
_SHAKES = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide: which units gain how much ground, m²; earlier options of a choice win where all is equal."""

    units: tuple[int, ...]
    gains_m2: tuple[float, ...]


Choice = Sequence[Option]


def balanced(choices: Sequence[Choice], area_m2: Sequence[float], wanted_m2: Sequence[float]) -> list[int]:
    """Return the position of the option taken in each choice.

    The sum over the units of the squared relative difference to the wanted area becomes small: first large ground is
    given out, each to whom it does best; then choices are taken back as long as the sum shrinks; then units that are
    still unfair are shaken, which finds exchanges of several choices.

    Parameters
    ----------
    choices : options of each choice, at least one
    area_m2 : area of every unit without any contested ground
    wanted_m2 : area that it should have, above zero
    """
    table = _Table(choices, list(area_m2), list(wanted_m2))
    for choice in sorted(range(len(choices)), key=lambda one: -max(sum(option.gains_m2) for option in choices[one])):
        table.take(choice, table.best(choice))
    table.settle(range(len(choices)))
    table.shake()
    return table.taken


@dataclass(eq=False)
class _Table:
    choices: Sequence[Choice]
    area_m2: list[float]
    wanted_m2: list[float]
    taken: list[int] = field(init=False)
    choices_of: dict[int, list[int]] = field(init=False)
    sum: float = 0.0

    def __post_init__(self) -> None:
        self.taken = [-1] * len(self.choices)
        self.choices_of = {}
        for choice, options in enumerate(self.choices):
            for unit in dict.fromkeys(unit for option in options for unit in option.units):
                self.choices_of.setdefault(unit, []).append(choice)

    def best(self, choice: int) -> int:
        """Return the option that adds least to what is unfair; the one that is taken where none is better."""
        costs = [self._cost(choice, option) for option in range(len(self.choices[choice]))]
        least = min(costs)
        now = self.taken[choice]
        return now if now >= 0 and costs[now] <= least + _NOTHING else costs.index(least)

    def take(self, choice: int, option: int) -> None:
        """Take an option in place of what was taken."""
        self.sum += self._cost(choice, option)
        for unit, gain in self._moves(choice, option):
            self.area_m2[unit] += gain
        self.taken[choice] = option

    def settle(self, choices: Sequence[int], fixed: int = -1) -> list[tuple[int, int]]:
        """Take better options until there is none; return what was taken before, to go back."""
        waiting, undone = deque(choices), []
        queued = set(choices)
        while waiting:
            choice = waiting.popleft()
            queued.discard(choice)
            option = self.best(choice)
            if choice == fixed or option == self.taken[choice]:
                continue
            undone.append((choice, self.taken[choice]))
            touched = [unit for unit, _ in self._moves(choice, option)]
            self.take(choice, option)
            again = [one for unit in touched for one in self.choices_of[unit] if one not in queued]
            waiting.extend(dict.fromkeys(again))
            queued.update(again)
        return undone

    def shake(self) -> None:
        """Force another option upon every unfair unit, settle, and go back where that did not help."""
        for unit in sorted(self.choices_of, key=self._unfair, reverse=True):
            tries = _SHAKES
            for choice in self.choices_of[unit]:
                for option in range(len(self.choices[choice])):
                    if not self._unfair(unit) or not tries:
                        break
                    if option != self.taken[choice]:
                        self._try(choice, option)
                        tries -= 1

    def _try(self, choice: int, option: int) -> None:
        before, now = self.sum, self.taken[choice]
        beside = [one for unit, _ in self._moves(choice, option) for one in self.choices_of[unit]]
        self.take(choice, option)
        undone = [(choice, now), *self.settle(list(dict.fromkeys(beside)), fixed=choice)]
        if self.sum > before - _NOTHING:
            for one, earlier in reversed(undone):
                self.take(one, earlier)

    def _unfair(self, unit: int) -> float:
        return max(0.0, abs(self.area_m2[unit] / self.wanted_m2[unit] - 1.0) - FAIR_SHARE)

    def _moves(self, choice: int, option: int) -> list[tuple[int, float]]:
        gains: dict[int, float] = {}
        for sign, one in ((-1.0, self.taken[choice]), (1.0, option)):
            if one >= 0:
                taken = self.choices[choice][one]
                for unit, gain in zip(taken.units, taken.gains_m2, strict=True):
                    gains[unit] = gains.get(unit, 0.0) + sign * gain
        return list(gains.items())

    def _cost(self, choice: int, option: int) -> float:
        moves = self._moves(choice, option)
        return sum(self._off(unit, gain) - self._off(unit, 0.0) for unit, gain in moves)

    def _off(self, unit: int, gain: float) -> float:
        away = abs((self.area_m2[unit] + gain) / self.wanted_m2[unit] - 1.0)
        unfair = max(0.0, away - FAIR_SHARE)
        return away * away + _UNFAIR * unfair * unfair
