"""Percentages that sum to 100, whatever the amounts."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from planning.balance.percent import WHOLE, apportioned, rounding_residual

amounts = some.lists(some.integers(0, 10**15), min_size=1, max_size=12).filter(sum)


@given(amounts)
def test_parts_sum_to_the_whole_and_miss_their_share_by_less_than_one(parts):
    """Largest remainder: 100.00 % in all, each within a hundredth of a percent."""
    found = apportioned(parts)
    assert sum(found) == WHOLE
    total = sum(parts)
    assert all(abs(Fraction(part * WHOLE, total) - share) < 1 for part, share in zip(parts, found, strict=True))


@given(amounts)
def test_a_larger_amount_never_gets_less(parts):
    """The order of the amounts is the order of the percentages."""
    pairs = sorted(zip(parts, apportioned(parts), strict=True))
    assert all(first[1] <= second[1] for first, second in pairwise(pairs) if first[0] < second[0])


def test_the_residual_of_plain_rounding_is_shown():
    """Three thirds are 99.99 %; six sixths 100.02 %; nothing has no percentages."""
    assert (apportioned([1, 1, 1]), rounding_residual([1, 1, 1])) == ([3334, 3333, 3333], -0.0001)
    assert (sum(apportioned([1] * 6)), rounding_residual([1] * 6)) == (10_000, 0.0002)
    assert (apportioned([0, 0]), rounding_residual([0, 0])) == ([0, 0], 0.0)


def test_an_overlap_that_is_taken_off_keeps_the_sum():
    """A negative row is apportioned like the others."""
    assert sum(apportioned([700, 400, -100])) == WHOLE
