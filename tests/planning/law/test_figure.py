"""Figures: exact numbers with intervals, and verdicts that hang on no rounding."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from planning.law.figure import Figure, square_metres
from planning.law.finding import agreed, all_of, at_least, at_most, none_of

numbers = some.integers(-10_000, 10_000).map(lambda number: Fraction(number, 7))


parts = some.integers(0, 500).map(lambda number: Fraction(number, 7))


@some.composite
def figures(draw):
    value, below, above = draw(numbers), draw(parts), draw(parts)
    ends = draw(some.sampled_from(["both", "low", "high", "none"]))
    return Figure(
        value,
        value - below if ends in ("both", "low") else None,
        value + above if ends in ("both", "high") else None,
        "m2",
    )


def inside(number, figure):
    return (figure.low is None or figure.low <= number) and (figure.high is None or number <= figure.high)


@given(figures(), figures())
def test_what_is_computed_lies_in_its_interval(one, other):
    """Sum, difference, size: the value is never outside what is said of it."""
    for figure in (one + other, one - other, -one, abs(one), one.of(Fraction(7))):
        assert inside(figure.value, figure)


@given(figures(), figures(), some.floats(0, 1), some.floats(0, 1))
def test_an_interval_holds_every_possible_value(one, other, here, there):
    """Wherever the true numbers lie in their intervals, their sum and difference lie in those of the result."""

    def picked(figure, part):
        if figure.low is None or figure.high is None:
            return figure.value
        return figure.low + Fraction(part) * (figure.high - figure.low)

    first, second = picked(one, here), picked(other, there)
    assert inside(first + second, one + other)
    assert inside(first - second, one - other)
    assert inside(abs(first), abs(one))


@given(figures(), numbers)
def test_a_verdict_is_met_only_where_no_error_can_spoil_it(figure, threshold):
    """Met, not met and open are exactly what the interval allows; the other demand is their mirror."""
    verdict = at_most(figure, threshold).verdict
    worst, best = figure.high, figure.low
    assert (verdict == "met") == (worst is not None and worst <= threshold)
    assert (verdict == "not_met") == (best is not None and best > threshold)
    mirrored = at_least(-figure, -threshold).verdict
    assert mirrored == verdict


def test_at_the_threshold_a_demand_is_met():
    """A tenth is a tenth, not the nearest binary fraction; one square millimetre decides."""
    area = square_metres(39_400 * 10_000 * 1_000_000)
    tenth = Fraction("0.1") * area.value
    assert at_most(square_metres(39_400_000_000_000), tenth).verdict == "met"
    assert at_most(square_metres(39_400_000_000_001), tenth).verdict == "not_met"
    assert at_least(square_metres(39_400_000_000_000), tenth).verdict == "met"
    assert at_least(square_metres(39_399_999_999_999), tenth).verdict == "not_met"
    assert none_of(Figure.exact(0, "count")).verdict == "met"


@given(some.lists(some.sampled_from(["met", "not_met", "cannot_tell", "needs_input"]), min_size=1))
def test_several_verdicts_make_one(verdicts):
    """All demands: one that fails decides. Readings: only where all say the same."""
    together = all_of(verdicts)
    assert ("not_met" in verdicts) == (together == "not_met")
    assert (together == "met") == (set(verdicts) == {"met"})
    common = agreed(verdicts)
    assert (common in ("met", "not_met")) == (set(verdicts) in ({"met"}, {"not_met"}))
