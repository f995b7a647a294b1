"""Land books and coordinates: one decimal, accuracy by scale, unique numbers, known codes, the province's meridian."""

from types import SimpleNamespace

import numpy as np
import pytest
from pandas import DataFrame
from pyproj import CRS

from gis.overlay import Shares
from planning.coded import Coded
from planning.law.parcel_books import ParcelBooks
from planning.planned_land import PlannedLand, PlannedSide


def book(register=None, **columns):
    """Return parcels with these columns."""
    frame = DataFrame(columns)
    keys = ("commune", "sheet_no", "parcel_no")
    frame = frame.assign(**{name: [str(row) for row in range(len(frame))] for name in keys if name not in frame})
    key = frame[list(keys)].agg("/".join, axis=1)
    repeats = key.groupby(key).cumcount()
    frame = frame.assign(key=key.where(repeats == 0, key + "#" + (repeats + 1).astype(str)))

    def texts(name):
        return Coded.of(frame[name]) if name in frame and frame[name].notna().any() else None

    context = SimpleNamespace(parcel_field=lambda _: None, parcel_texts=texts, parcel_uses=register)
    return {"context": context, "books": ParcelBooks(context, frame)}


@pytest.mark.parametrize(
    ("areas", "count"), [([100.1, 0.1, 7.0], 0), ([100.11], 1), ([100.10001], 1), ([100.05, None], 1), ([None, 5.0], 0)]
)
def test_areas_to_one_decimal(asked, areas, count):
    """LD-05: 0.1 is kept, 0.11 and 0.05 are not; what is not stated is not wrong."""
    whole = [1.0] * len(areas)
    finding = asked("LD-05", **book(measured_area_m2=areas, legal_area_m2=whole))
    assert (finding.figure.value, finding.verdict) == (count, "not_met" if count else "met")


@pytest.mark.parametrize(
    ("scale", "accuracy_m", "use", "verdict"),
    [
        ("1:200", 0.05, "ODT", "met"),
        ("1:200", 0.051, "ODT", "not_met"),
        ("1:500", 0.07, "ODT", "met"),
        ("1:500", 0.0701, "ODT", "not_met"),
        ("1:1000", 0.15, "ODT", "met"),
        ("1:1000", 0.151, "ODT", "not_met"),
        ("1:1000", 0.225, "LUC", "met"),  # half as much again on fields
        ("1:1000", 0.226, "LUC", "not_met"),
        ("1:1.000", 0.225, "ONT-C+CLN-P", "not_met"),
        ("1:2000", 0.3, "ODT", "met"),
        ("1:2000", 0.301, "ODT", "not_met"),
        ("1:2000", 0.45, "RSX", "met"),
        ("1:2.000", 0.451, "RSX", "not_met"),
        ("1:5000", 1.5, "RSX", "met"),
        ("1:5000", 1.501, "RSX", "not_met"),
        ("1:10000", 3.0, "RSX", "met"),
        ("1/10000", 3.001, "RSX", "not_met"),
        ("1:25000", 3.0, "RSX", "cannot_tell"),
        ("1:500", np.nan, "ODT", "cannot_tell"),
    ],
)
def test_accuracy_by_scale(asked, scale, accuracy_m, use, verdict):
    """LD-07: each scale at its limit and just over it; a scale or accuracy that is not known is open."""
    row = {"source_scale": [scale, "1:500"], "accuracy_m": [accuracy_m, 0.07], "land_use": [use, "ODT"]}
    assert asked("LD-07", **book(**row)).verdict == verdict


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        (("measured_area_m2", "legal_area_m2", "land_use", "legal_use"), "met"),
        (("measured_area_m2", "legal_area_m2", "land_use"), "not_met"),
    ],
)
def test_four_columns_side_by_side(asked, columns, verdict):
    """LD-12: four are kept, three are not enough."""
    assert asked("LD-12", **book(**{name: [1.0] for name in columns})).verdict == verdict


@pytest.mark.parametrize(("lines", "verdict"), [(1, "not_met"), (2, "met"), (3, "met")])
def test_a_line_for_each_use(asked, lines, verdict):
    """LD-13: a parcel of two uses on one line, two, three."""
    register = DataFrame({"parcel": ["0/0/0"] * lines, "land_use": ["ONT", "CLN", "NTS"][:lines]})
    assert asked("LD-13", **book(register, land_use=["ONT-C+CLN-P", "LUC"])).verdict == verdict
    assert asked("LD-13", **book(land_use=["ONT-C+CLN-P"])).verdict == "needs_input"
    assert asked("LD-13", **book(land_use=["LUC", None])).verdict == "met"


NUMBERS = {"commune": ["a"] * 3, "sheet_no": ["1"] * 3}


@pytest.mark.parametrize(("numbers", "count"), [(["1", "2", "3"], 0), (["1", "1", "2"], 1), (["1", "1", "1"], 2)])
def test_numbers_are_unique_in_their_sheet(asked, numbers, count):
    """LD-15: none repeated, one, two; LD-16 counts them where the code is of after the merger."""
    days = ["2025-07-01"] * 3
    finding = asked("LD-15", **book(**NUMBERS, parcel_no=numbers))
    assert (finding.figure.value, finding.verdict) == (count, "not_met" if count else "met")
    merged = asked("LD-16", **book(**NUMBERS, parcel_no=numbers, valid_from=days))
    assert merged.verdict == finding.verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("2025-06-30", "met"), ("2025-07-01", "not_met"), ("2025-07-02", "not_met"), (None, "cannot_tell")],
)
def test_the_day_of_the_merger(asked, day, verdict):
    """LD-16: a repeated number counts from that day on; a code without a day is open."""
    days = ["2009-04-01", day, "2009-04-01"]
    assert asked("LD-16", **book(**NUMBERS, parcel_no=["1", "1", "2"], valid_from=days)).verdict == verdict


@pytest.mark.parametrize(
    ("ids", "verdict"),
    [
        (["w7j2q8k4m5n6"], "met"),
        (["w7j2q8k4m5n"], "not_met"),
        (["w7j2q8k4m5n6z"], "not_met"),
        (["w7j2q8k4m5na"], "not_met"),  # a is no letter of a geohash
        (["w7j2q8k4m5n6", "w7j2q8k4m5n6"], "not_met"),
        (["w7j2q8k4m5n6", None], "cannot_tell"),
        ([None], "needs_input"),
    ],
)
def test_national_identifiers(asked, ids, verdict):
    """LD-17: twelve characters, eleven, thirteen; unique; missing."""
    assert asked("LD-17", **book(national_id=ids)).verdict == verdict


@pytest.mark.parametrize(
    ("uses", "verdict", "named"),
    [
        (["LUC", "ONT-C+CLN-P", None], "met", ""),
        (["BHK", "HNK"], "met", "BHK"),
        (["LUC", "17"], "not_met", "17"),
        (["LUC+XYZ"], "not_met", "LUC+XYZ"),
    ],
)
def test_land_use_codes_of_either_regime(asked, uses, verdict, named):
    """LD-20: codes that no list has fail and are named; those of before 2024 are named."""
    finding = asked("LD-20", **book(land_use=uses))
    assert finding.verdict == verdict
    assert named in finding.note.vi


def test_without_parcels_or_their_fields_input_is_needed(asked):
    """Every rule on parcels."""
    for clause in ("LD-05", "LD-07", "LD-12", "LD-13", "LD-15", "LD-16", "LD-17", "LD-20"):
        assert asked(clause, books=None).verdict == "needs_input"
    assert "accuracy_m" in asked("LD-07", **book(source_scale=["1:500"])).note.vi


def test_parcels_in_several_planned_uses_are_counted(asked):
    """MP-12: of three parcels one lies in two uses."""
    areas = Shares(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.array([5, 2, 3, 5]))
    side = PlannedSide(areas, np.zeros(3, dtype=np.int64))
    finding = asked("MP-12", planned=PlannedLand(("a", "–"), side, side))
    assert (finding.verdict, finding.figure.value) == ("met", 1)
    assert asked("MP-12").verdict == "needs_input"


@pytest.mark.parametrize(
    ("epsg", "verdict"),
    [(9215, "met"), (5898, "not_met"), (9216, "not_met"), (3405, "not_met"), (32648, "not_met")],
)
def test_the_meridian_of_the_province(asked, epsg, verdict):
    """LD-06: 107°15′ in a 3-degree zone; another meridian, UTM and WGS 84 are not it."""
    context = SimpleNamespace(workspace=SimpleNamespace(crs=CRS.from_epsg(epsg)))
    assert asked("LD-06", context=context).verdict == verdict


@pytest.mark.parametrize(
    ("base_ha", "margin", "verdict"),
    [
        (39_300, 1_000_000, "met"),
        (39_300, 999_999.999999, "not_met"),
        (39_300, 1_000_000.000001, "met"),
        (39_500, 1_000_000, "met"),
        (39_300, None, "cannot_tell"),
    ],
)
def test_drawn_and_declared_area_agree_as_well_as_the_line_is_known(asked, change, base_ha, margin, verdict):
    """MP-10: 100 ha apart, the line known to 100 ha, a little better, a little worse, not at all."""
    assert asked("MP-10", change=change(base_ha=base_ha, margin=margin)).verdict == verdict
    assert asked("MP-10", change=change(declared_ha=None)).verdict == "needs_input"
