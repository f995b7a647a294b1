"""How wrong the line may be before a verdict flips."""

import pandas as pd
import pytest

from maps.provenance import HOW
from planning.record import Record, Table
from planning.robustness import COLUMNS, ROBUSTNESS, flips_within, robustness


def _criteria(**columns) -> dict[str, Table]:
    plain = {"key": ["ZB-08"], "title": "", "verdict": "met", "value": 1100.0, "value_min": 1090.0, "value_max": 1110.0}
    return {"criteria": Table(pd.DataFrame({**plain, "threshold": 1000.0, "unit": "m2", **columns}), {})}


def test_the_error_that_flips_a_verdict() -> None:
    """100 m² from the threshold, 10 m² of doubt at 5 m: it flips at 50 m."""
    frame = robustness(_criteria(), 5.0).frame
    assert frame["line_error_m"].tolist() == [50.0]
    assert frame["margin"].tolist() == [100.0]


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "cannot_tell"},
        {"unit": "count"},
        {"threshold": None},
        {"value_min": 1100.0, "value_max": 1100.0},
        {"value_min": 1099.5, "value_max": 1100.4},
    ],
)
def test_what_does_not_hang_on_the_line_has_no_error(changed) -> None:
    """Undecided ones, counts, texts and exact figures are not told."""
    assert robustness(_criteria(**changed), 5.0).frame.empty
    assert robustness(_criteria(), None).frame.empty


def test_of_a_scenario(record: Record) -> None:
    """The Record tells it, the first to flip on top, and each making has words."""
    frame = record.tables[ROBUSTNESS].frame
    assert len(frame)
    assert frame["line_error_m"].is_monotonic_increasing
    assert set(flips_within(record, 1e9)) == {*frame["key"]}
    assert flips_within(record, 0.0) == ()
    assert all(column.how in HOW for column in COLUMNS.values())
