"""Work that is done in turn is the same work: results in their order, errors where they are raised."""

import pytest

from gis.cores import InTurn, one_core, threads


def test_results_come_in_the_order_of_the_work() -> None:
    """As from threads."""
    with InTurn() as in_turn, threads(10**6) as beside:
        assert list(in_turn.map(str, range(5))) == list(beside.map(str, range(5))) == ["0", "1", "2", "3", "4"]
        assert list(in_turn.map(pow, (2, 3, 4), (5, 2))) == list(beside.map(pow, (2, 3, 4), (5, 2))) == [32, 9]
        assert in_turn.submit(int, "12", base=3).result() == beside.submit(int, "12", base=3).result() == 5


def test_an_error_is_raised_where_the_work_is_given() -> None:
    """Nothing after it is done."""
    with InTurn() as in_turn, pytest.raises(ZeroDivisionError):
        in_turn.submit(divmod, 1, 0)


def test_one_core_is_given_back() -> None:
    """After an error, too, and not before the outermost block ends."""

    def fail() -> None:
        with one_core():
            with one_core():
                pass
            assert isinstance(threads(10**6), InTurn)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with threads(10**6) as beside:
        assert not isinstance(beside, InTurn)
