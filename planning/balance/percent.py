"""Percentages that sum to 100: rounded down, and what is left goes to the largest remainders."""

from collections.abc import Sequence
from fractions import Fraction

# Percentages are printed with two decimals: a whole is so many hundredths of a percent.
WHOLE = 10_000


def apportioned(amounts: Sequence[int], whole: int = WHOLE) -> list[int]:
    """Share out `whole` in proportion to `amounts`; the parts sum to it exactly.

    Where remainders are equal the larger amount comes first, then the earlier one. Nothing can be shared out where
    the amounts sum to nothing or less: all parts are 0 then.

    Examples
    --------
    >>> apportioned([1, 1, 1])
    [3334, 3333, 3333]
    """
    total = sum(amounts)
    if total <= 0:
        return [0] * len(amounts)
    parts = [int(amount) * whole // total for amount in amounts]
    remainders = [int(amount) * whole % total for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda place: (-remainders[place], -amounts[place], place))
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def shares_of(parts: Sequence[int]) -> list[float]:
    """Return parts of `WHOLE` as shares, 0 to 1.

    Examples
    --------
    >>> shares_of([3334, 6666])
    [0.3334, 0.6666]
    """
    return [part / WHOLE for part in parts]


def rounding_residual(amounts: Sequence[int]) -> float:
    """Return by how much percentages that are rounded one by one miss 100, as a share.

    Examples
    --------
    >>> rounding_residual([1, 1, 1])
    -0.0001
    """
    total = sum(amounts)
    if total <= 0:
        return 0.0
    rounded = sum(round(Fraction(int(amount) * WHOLE, total)) for amount in amounts)
    return (rounded - WHOLE) / WHOLE
