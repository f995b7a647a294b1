"""Investment projects with what happened on their land: handover, milestones, extensions, what was last seen."""

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame

from layers.demo.noise import uniform
from layers.demo.place import CRS, INVENTED
from layers.demo.sites import Site, sites

# Fates, one after another: what an officer should find among the projects.
ON_TIME, LATE, LATE_EXTENDED, IDLE, IDLE_FORCE_MAJEURE, NO_DATES = FATES = (
    "on_time",
    "late",
    "late_extended",
    "idle",
    "idle_force_majeure",
    "no_dates",
)
_STATUS = {
    ON_TIME: "đang hoạt động",
    LATE: "chậm tiến độ",
    LATE_EXTENDED: "được gia hạn",
    IDLE: "chưa sử dụng đất",
    IDLE_FORCE_MAJEURE: "tạm dừng do bất khả kháng",
    NO_DATES: "chưa rõ",
}
_KINDS = (
    "Trung tâm logistics",
    "Kho lạnh nông sản",
    "Khu thương mại dịch vụ",
    "Nhà máy chế biến",
    "Khách sạn cửa khẩu",
    "Khu dân cư",
)


def project_fate(number: int) -> str:
    """Return what became of a project, by its number."""
    return FATES[(number * 5 + 1) % len(FATES)]


def projects(seed: int) -> GeoDataFrame:
    """Return the projects."""
    own = _own(seed)
    return GeoDataFrame([_row(site, seed) for site in own], geometry=[site.shape for site in own], crs=CRS)


def events(seed: int) -> DataFrame:
    """Return the events of all projects, one row each."""
    return DataFrame([row for site in _own(seed) for row in _events(site, seed)])


def _own(seed: int) -> list[Site]:
    return [site for site in sites(seed) if site.kind == "project"]


def _handover(site: Site, seed: int) -> date:
    return date(2014, 1, 1) + timedelta(days=int(3_200 * uniform(seed + 91, np.array([site.number]))[0]))


def _row(site: Site, seed: int) -> dict[str, Any]:
    fate, start = project_fate(site.number), _handover(site, seed)
    plan = [{"name": "khởi công", "due": _later(start, 6)}, {"name": "hoàn thành", "due": _later(start, 30)}]
    return {
        "code": f"DA{site.number:02d}",
        "name": f"{_KINDS[site.number % len(_KINDS)]} minh họa số {site.number:02d}",
        "investor": f"Nhà đầu tư Minh Họa {site.number:02d}",
        "handover_date": None if fate == NO_DATES else start.isoformat(),
        "milestones": None if fate == NO_DATES else json.dumps(plan, ensure_ascii=False),
        "status": _STATUS[fate],
        "document": INVENTED,
    }


def _later(start: date, months: int) -> str:
    return (start + timedelta(days=round(30.4375 * months))).isoformat()


def _events(site: Site, seed: int) -> list[dict[str, Any]]:
    fate, start = project_fate(site.number), _handover(site, seed)
    seen = "2025-11-15"
    rows = [] if fate == NO_DATES else [("handover", start.isoformat(), "bàn giao đất thực địa")]
    if fate in (ON_TIME, LATE, LATE_EXTENDED):
        rows.append(("milestone", _later(start, 6 if fate == ON_TIME else 20), "khởi công"))
    if fate == ON_TIME:
        rows.append(("milestone", _later(start, 29), "hoàn thành"))
    if fate == LATE_EXTENDED:
        rows.append(("extension", "2025-02-10", "gia hạn 24 tháng"))
    if fate == IDLE_FORCE_MAJEURE:
        rows.append(("force_majeure", _later(start, 8), "thiên tai, có văn bản xác nhận"))
    what = {
        ON_TIME: "đang sử dụng",
        IDLE: "để trống, không có công trình",
        IDLE_FORCE_MAJEURE: "để trống",
        NO_DATES: "có tường rào",
    }.get(fate, "đang xây dựng dở dang")
    rows += [("observation", "2024-10-20", what), ("observation", seen, what)]
    return [
        {
            "layer": "projects",
            "feature": f"DA{site.number:02d}",
            "kind": kind,
            "day": day,
            "value": value,
            "document": INVENTED,
        }
        for kind, day, value in rows
    ]
