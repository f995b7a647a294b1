"""Idle and late land: at, just under and just over every term; what is not written is never decided."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from geopandas import GeoDataFrame

from gis.testing import drawn
from layers.workspace import Workspace
from maps.idle_page import page
from planning.idle_land import Judged, judge
from planning.idle_register import idle_register
from planning.idle_rules import crop_of, months_later, regime_on, regimes, seen_as, whole_months
from planning.land_history import history_of

HANDOVER = date(2023, 1, 31)
DAY = timedelta(days=1)


def event(kind: str, day: date, value: str = "", document: str = "BB") -> dict[str, Any]:
    return {"kind": kind, "day": day.isoformat(), "value": value, "document": document}


def judged(on: date, *events: dict[str, Any], crop: Any = None, **row: Any) -> Judged:
    return judge(history_of(row, [event("handover", HANDOVER), *events], on), on, crop)


def seen(day: date, what: str = "để trống") -> dict[str, Any]:
    return event("observation", day, what)


@pytest.mark.parametrize(("crop", "months"), [(None, 12), ("annual", 12), ("perennial", 18), ("forest", 24)])
@pytest.mark.parametrize(("days", "condition"), [(-1, "not_met"), (0, "met"), (1, "met")])
def test_disuse_at_under_and_over_its_term(crop: Any, months: int, days: int, condition: str) -> None:
    """Seen unused on the very day on which the term is over, the day before, the day after."""
    day = months_later(HANDOVER, months) + days * DAY
    found = judged(day, seen(day), crop=crop)
    assert found.idle.condition == condition
    assert found.idle.meets_on == months_later(HANDOVER, months)
    assert found.idle.months == (months - 1 if days < 0 else months)


@pytest.mark.parametrize(("days", "condition"), [(-1, "not_met"), (0, "met"), (1, "met")])
def test_delay_at_under_and_over_its_term(days: int, condition: str) -> None:
    """Twenty-four months after a milestone was due."""
    due = date(2024, 2, 29)
    on = months_later(due, 24) + days * DAY
    found = judged(on, seen(on, "đang xây dựng"), milestones=f'[{{"name": "hoàn thành", "due": "{due}"}}]')
    assert found.late.condition == found.condition == condition
    assert found.late.meets_on == date(2026, 2, 28)
    assert found.met_on == (date(2026, 2, 28) if condition == "met" else None)


def test_unused_too_early_and_never_seen_again_cannot_be_told() -> None:
    """Nobody saw the land when the term was over: the paper that is missing is named."""
    on = date(2025, 1, 1)
    found = judged(on, seen(date(2023, 6, 1)), milestones="x 2030-01-01")
    assert found.idle.condition == found.condition == "cannot_tell"
    assert found.missing == ("observation",)
    assert judged(on, milestones="x 2030-01-01").condition == "cannot_tell"
    assert judged(date(2023, 12, 1), milestones="x 2030-01-01").condition == "not_met"


def test_use_starts_the_term_anew() -> None:
    """A milestone that was reached, or land that was seen in use, is use."""
    on = date(2025, 6, 1)
    plan = '[{"name": "Khởi công", "due": "2023-06-30"}, {"name": "hoàn thành", "due": "2026-01-01"}]'
    built = judged(on, event("milestone", date(2024, 9, 1), "khởi công"), seen(on), milestones=plan)
    assert (built.idle.since, built.idle.condition) == (date(2024, 9, 1), "not_met")
    used = judged(on, seen(date(2024, 8, 1), "đang sử dụng"), seen(on), milestones=plan)
    assert used.idle.since == date(2024, 8, 1)
    assert (
        judged(date(2025, 8, 1), seen(date(2024, 8, 1), "đang sử dụng"), milestones=plan).idle.condition
        == "cannot_tell"
    )


def test_an_unclear_observation_decides_nothing() -> None:
    """A wall is neither use nor disuse."""
    on = date(2025, 1, 1)
    found = judged(on, seen(on, "có tường rào"), milestones="x 2030-01-01")
    assert (found.condition, found.missing) == ("cannot_tell", ("observation_unclear",))


@pytest.mark.parametrize(("days", "condition"), [(-1, "extended"), (0, "extended"), (1, "met_after_extension")])
def test_an_extension_suspends_to_its_last_day(days: int, condition: str) -> None:
    """Six months from the decision, whatever was before."""
    decided = date(2024, 3, 15)
    on = date(2024, 9, 15) + days * DAY
    found = judged(on, seen(on), event("extension", decided, "gia hạn 6 tháng"))
    assert (found.condition, found.extended_until) == (condition, date(2024, 9, 15))


def test_an_extension_counts_no_longer_than_the_law_allows() -> None:
    """Sixty months are twenty-four; a decision that does not say how long is told to be incomplete."""
    on = date(2025, 1, 1)
    long = judged(on, seen(on), event("extension", date(2024, 3, 15), "gia hạn 60 tháng"))
    assert long.extended_until == date(2026, 3, 15)
    vague = judged(on, seen(on), event("extension", date(2024, 3, 15), "được gia hạn", document=""))
    assert {"extension_length", "extension_paper"} <= set(vague.missing)


def test_force_majeure_takes_the_case_out_with_its_paper() -> None:
    """Without a paper nobody can tell."""
    on = date(2025, 1, 1)
    assert judged(on, seen(on), event("force_majeure", date(2023, 9, 1), "bão")).condition == "force_majeure"
    bare = judged(on, seen(on), event("force_majeure", date(2023, 9, 1), "bão", document=""))
    assert (bare.condition, "force_majeure_paper" in bare.missing) == ("cannot_tell", True)


def test_without_handover_or_schedule_nothing_is_decided() -> None:
    """Both papers are missing; a schedule that cannot be read is told apart."""
    on = date(2025, 1, 1)
    bare = judge(history_of({}, [], on), on)
    assert (bare.condition, bare.missing) == ("cannot_tell", ("handover", "schedule"))
    stated = judge(history_of({"handover_date": "2023-01-31", "milestones": "sớm"}, [], on), on)
    assert stated.missing == ("handover_paper", "schedule_unreadable", "observation")


def test_schedules_are_read_as_offices_write_them() -> None:
    """JSON, and names with days in either order of the digits."""
    told = history_of({"milestones": "khởi công: 30/6/2023; hoàn thành 2024-12-31"}, [], date(2025, 1, 1)).milestones
    assert [(one.name, one.due) for one in told] == [
        ("khởi công", date(2023, 6, 30)),
        ("hoàn thành", date(2024, 12, 31)),
    ]


def test_what_happens_later_is_not_known_yet() -> None:
    """The register of a past day does not know the future."""
    on = date(2023, 6, 1)
    found = judged(on, seen(date(2025, 1, 1)), event("extension", date(2024, 1, 1), "6 tháng"))
    assert (found.idle.seen_on, found.extended_until) == (None, None)


def test_the_law_is_the_one_in_force_and_the_transition_is_open() -> None:
    """Handed over under the law of 2013, met under that of 2024: both are told."""
    on = date(2025, 1, 1)
    found = judge(history_of({"handover_date": "2024-01-01"}, [seen(on)], on), on)
    assert (found.regime.id, found.regime_at_handover.id, found.met_on) == ("2024", "2013", on)
    assert regime_on(date(2024, 7, 31)).id == "2013"
    assert regime_on(date(2024, 8, 1)).id == "2024"
    assert regime_on(date(2003, 1, 1)) is None
    assert judge(history_of({}, [], date(2003, 1, 1)), date(2003, 1, 1)).missing == ("law",)
    assert {one.confidence for one in regimes()} <= {"quoted-secondary", "background-unverified"}


def test_months_and_words() -> None:
    """Calendar months at the ends of months; words of observations; crops by the main use."""
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert whole_months(date(2024, 2, 29), date(2025, 2, 28)) == 12
    assert [
        seen_as(text) for text in ("Đất bỏ hoang", "ĐANG HOẠT ĐỘNG", "đang thi công móng", "", "không để trống")
    ] == [*("unused", "used", "building", "unclear", "unclear")]
    assert [crop_of(code) for code in ("LUC", "CLN-P+LUC-C", "CLN", "RSX", "ONT", None)] == [
        *("annual", "annual", "perennial", "forest", None, None)
    ]


@pytest.fixture
def estate(land_office: Workspace) -> Workspace:
    """Return a project with three investments and a parcel that was seen unused."""
    shapes = drawn("aabb..\nccc...", key="code", cell_m=50)
    rows = GeoDataFrame(
        shapes.assign(name=["A", "B", "C"], investor=["I", "I", "J"], handover_date=["2023-01-31", "2024-06-01", None])
    )
    happened = pd.DataFrame(
        [
            {"layer": "projects", "feature": "a", **event("observation", date(2024, 6, 1), "để trống")},
            {"layer": "projects", "feature": "b", **event("observation", date(2024, 7, 1), "để trống")},
            {"layer": "parcels", "feature": "06166/1/1", **event("observation", date(2025, 1, 1), "bỏ hoang")},
            {"layer": "parcels", "feature": "06166/1/1", **event("handover", date(2023, 11, 30))},
        ]
    )
    return land_office.write({"projects": rows, "events": happened})


def test_the_register_lists_sums_and_tells_what_falls_due(estate: Workspace) -> None:
    """By project and investor; annual crops of a parcel have their own term; 90 days ahead."""
    record = idle_register(estate, date(2025, 3, 20))
    value = record.value
    assert value("projects.idle[projects/a].condition") == "met"
    assert value("projects.idle[projects/a].met_on") == "2024-01-31"
    assert value("projects.idle[projects/b].next_on") == "2025-06-01"
    assert value("projects.idle[projects/c].missing") == "handover, schedule"
    assert value("projects.idle[parcels/06166/1/1].condition") == "met"
    assert (value("projects.due"), value("projects.met")) == (1, 2)
    assert idle_register(estate, date(2025, 3, 2)).value("projects.due") == 0  # 91 days ahead
    assert idle_register(estate, date(2025, 3, 3)).value("projects.due") == 1  # 90
    assert value("projects.by_investor[I].cases") == 2
    assert value("projects.by_investor[I].area_m2") == 10_000.0
    assert record.rules.id == "idle_land"
    assert record.id == idle_register(estate, date(2025, 3, 20)).id


def test_a_project_without_projects_has_no_data(land_office: Workspace) -> None:
    """An empty register is not "no idle land"."""
    record = idle_register(land_office, date(2025, 1, 1))
    assert record.no_data == ("projects", "events")
    assert len(record.tables["projects.idle"].frame) == 0
    known = {key for key, fact in record.facts.items() if fact.value is not None}
    assert known == {"projects.on", "projects.within_days"}


def test_what_is_there_is_counted_and_what_is_missing_is_told(estate: Workspace, tmp_path: Path) -> None:
    """A count of none is no data where a layer could add to it; with all layers zero is zero."""
    on = date(2025, 3, 20)
    whole = idle_register(estate, on)
    assert (whole.no_data, whole.value("projects.force_majeure")) == ((), 0)
    happened = estate.read("events")
    bare = Workspace.create(tmp_path / "trong", "trống", "EPSG:9215").write({"projects": estate.read("projects")})
    record = idle_register(bare, on, within_days=0)
    assert record.no_data == ("events", "parcels")
    assert (record.value("projects.cannot_tell"), record.value("projects.met")) == (3, None)
    assert (record.value("projects.within_days"), record.value("projects.due")) == (0, None)
    told = "\n".join(page(record, "en"))
    assert "no such land: Events, Parcels" in told
    assert "Không có số liệu" in "\n".join(page(record, "vi"))
    told_of_a_parcel = bare.write({"events": happened})
    assert idle_register(told_of_a_parcel, on).no_data == ("parcels",)
    of_projects = told_of_a_parcel.write({"events": happened[happened["layer"] == "projects"]})
    assert idle_register(of_projects, on).no_data == ()
