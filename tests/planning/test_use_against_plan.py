"""Uses held against each other: renamed codes agree, what differs is ranked by evidence, and it is no verdict."""

import numpy as np
import pytest

from layers.land_use import land_uses
from layers.workspace import Workspace
from planning.parcel_desk import ParcelDesk
from planning.use_against_plan import differences, gap_between


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        ("ONT", "ONT", None),
        ("ONT*", "ONT", None),
        ("BHK", "HNK", None),
        ("NHK", "BHK", None),
        ("CLN-P+ONT-C", "ONT-C+CLN-P", None),
        ("odt", "ODT", None),
        ("LUC", "CLN", "use"),
        ("LUC", "TMD", "group"),
        ("BCS", "LUC", "group"),
        ("ONT-C+CLN-P", "ONT", "part"),
        ("ONT-C+CLN-P", "CLN-C+ONT-P", None),
        ("ONT-C+CLN-P", "CLN-C+LUC-P", "group"),
        ("XYZ", "ONT", None),
        ("ONT", "đất ở", None),
    ],
)
def test_gaps_between_uses(first: str, second: str, gap: str | None) -> None:
    """Codes that stand for each other agree; a code that nobody knows cannot be compared."""
    assert gap_between(first, second) == gap
    assert gap_between(second, first) == gap


def test_every_code_agrees_with_itself() -> None:
    """Also through its successor."""
    assert not [code for code in land_uses() if gap_between(code, code)]


def found(workspace: Workspace, units: np.ndarray | None = None):
    desk = ParcelDesk.open(workspace)
    return desk, differences(desk, units, desk.check.touching(units))


def test_what_differs_is_found_and_ranked(land_office: Workspace) -> None:
    """Other groups of land before other uses, parts last; restrictions speak with their share."""
    desk, told = found(land_office)
    rows = told.rows
    seen = [(desk.cadastre.keys[row.unit], row.first, row.second, row.gap) for row in rows.itertuples()]
    assert ("06184/2/1", "land_use", "legal_use", "group") in seen
    assert ("06184/1/2", "land_use", "planned_use", "group") in seen
    assert ("06184/1/1", "land_use", "legal_use", "part") in seen
    assert ("06208/1/1", "land_use", "constraints", "use") in seen
    assert not [one for one in seen if one[0] == "06166/1/1"]  # BHK and HNK are one use
    gaps = rows["gap"].tolist()
    assert gaps == sorted(gaps, key=("group", "use", "part").index)
    assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
    assert told.not_compared == {"planned_use.missing": 1, "land_use.unknown": 1}


def test_a_part_is_as_large_as_the_lines_of_use_say(land_office: Workspace) -> None:
    """30,000 of 40,000 m² of orchard beside the house that the papers know."""
    desk, told = found(land_office)
    row = told.rows[told.rows["gap"] == "part"].iloc[0]
    assert desk.cadastre.keys[row["unit"]] == "06184/1/1"
    assert (row["share"], row["area_m2"], row["date"]) == (0.75, 30_000.0, "2015-01-02")


def test_a_restriction_counts_with_what_is_sure(land_office: Workspace) -> None:
    """An orchard half in rice land known to 5 m."""
    desk, told = found(land_office)
    rows = told.rows[(told.rows["second"] == "constraints")]
    row = rows[desk.cadastre.keys.iloc[rows["unit"]].to_numpy() == "06208/1/1"].iloc[0]
    assert (row["first_use"], row["second_use"], row["state"], row["document"]) == ("CLN", "LUC", "crossed", "QĐ 1")
    assert row["share_min"] < row["share"] == 0.5


def test_one_parcel_is_told_what_it_is_told_among_all(land_office: Workspace) -> None:
    """The same rows but for their rank."""
    _, every = found(land_office)
    for unit in range(9):
        _, one = found(land_office, np.array([unit]))
        among = every.rows[every.rows["unit"] == unit].drop(columns="rank").reset_index(drop=True)
        assert one.rows.drop(columns="rank").astype(str).equals(among.astype(str))
