"""A number with the interval in which it is known, exact: a verdict must not hang on a rounding."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from gis.measure import MM2_PER_M2
from planning.record import Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and between what it lies.

    Attributes
    ----------
    value : as computed
    low, high : whatever the errors are that were stated; None: nobody knows how far
    unit : of all three
    """

    value: Fraction
    low: Fraction | None
    high: Fraction | None
    unit: Unit

    @classmethod
    def exact(cls, value: Fraction | float, unit: Unit) -> Self:
        """Return a number without doubt."""
        return cls(Fraction(value), Fraction(value), Fraction(value), unit)

    @classmethod
    def between(cls, value: Fraction | float, low: Fraction | float, high: Fraction | float, unit: Unit) -> Self:
        """Return a number in a known interval."""
        return cls(Fraction(value), Fraction(low), Fraction(high), unit)

    def __add__(self, other: "Figure") -> "Figure":
        """Return the sum; its ends are as far out as they can be."""
        ends = (_plus(self.low, other.low), _plus(self.high, other.high))
        return Figure(self.value + other.value, *ends, self.unit)

    def __neg__(self) -> "Figure":
        """Return the number with the other sign."""
        return Figure(-self.value, _minus(self.high), _minus(self.low), self.unit)

    def __sub__(self, other: "Figure") -> "Figure":
        """Return the difference; its ends are as far out as they can be."""
        return self + -other

    def __abs__(self) -> "Figure":
        """Return the size of the number: an interval around zero begins at zero."""
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        farthest = None if self.low is None or self.high is None else max(-self.low, self.high)
        return Figure(abs(self.value), Fraction(0), farthest, self.unit)

    def of(self, whole: Fraction) -> "Figure":
        """Return the number as a share of a whole that is known exactly."""
        ends = [None if end is None else end / whole for end in (self.low, self.high)]
        return Figure(self.value / whole, ends[0], ends[1], "share")

    def not_below(self, least: int) -> "Figure":
        """Return the number with an interval that does not reach below `least`: no area is less than nothing."""
        return replace(self, low=Fraction(least) if self.low is None else max(self.low, Fraction(least)))


def square_metres(area_mm2: int, margin_m2: Fraction | None = Fraction(0)) -> Figure:
    """Return an area of whole mm² that is known to a margin; None: nobody knows how far."""
    value = Fraction(area_mm2, MM2_PER_M2)
    if margin_m2 is None:
        return Figure(value, None, None, "m2")
    return Figure(value, value - margin_m2, value + margin_m2, "m2")


def metres(length_m: float) -> Fraction:
    """Return a length to the millimetre, exactly."""
    return Fraction(round(length_m * 1000), 1000)


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(one: Fraction | None) -> Fraction | None:
    return None if one is None else -one
