"""Balance: who gets contested ground."""

from gis.repair.balance import Option, balanced


def option(**gains: float) -> Option:
    """Return an option by letters: a is unit 0."""
    return Option(tuple(ord(unit) - ord("a") for unit in gains), tuple(gains.values()))


def test_ground_goes_to_whom_it_hurts_least() -> None:
    """Ten square metres are nothing to the large unit."""
    choice = [option(a=10.0), option(b=10.0)]
    assert balanced([choice], [100.0, 10_000.0], [100.0, 10_000.0]) == [1]


def test_ground_goes_to_whom_it_is_missing() -> None:
    """The small unit had it before."""
    choice = [option(a=10.0), option(b=10.0)]
    assert balanced([choice], [90.0, 10_000.0], [100.0, 10_000.0]) == [0]


def test_where_all_is_equal_the_first_option_stands() -> None:
    """So that the answer does not depend on rounding."""
    assert balanced([[option(a=1.0), option(b=1.0)]], [50.0, 50.0], [50.0, 50.0]) == [0]


def test_exchanges_of_several_choices_are_found() -> None:
    """What came first to the wrong unit is given back when a later choice needs it."""
    choices = [[option(a=60.0), option(b=60.0)], [option(a=50.0), option(c=50.0)], [option(b=55.0), option(c=55.0)]]
    taken = balanced(choices, [950.0, 940.0, 945.0], [1000.0, 1000.0, 1000.0])
    assert taken == [1, 0, 1]
