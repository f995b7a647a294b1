"""Freight yards with their papers: about thirty, all invented, with dossiers that are complete, missing or expired."""

from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from layers.demo.gates import gates
from layers.demo.noise import FloatArray, uniform
from layers.demo.place import CRS, INVENTED
from layers.demo.sites import Site, sites

_KINDS = (
    "bãi tập kết, kiểm tra hàng hóa",
    "bãi đỗ xe hàng",
    "kho ngoại quan",
    "bãi trung chuyển",
    "kho CFS",
    "chợ đầu mối nông sản",
)
# Kind of paper, share of yards that lack it, share whose paper has expired.
PAPERS = (
    ("đăng ký đầu tư", 0.03, 0.00),
    ("thuê đất", 0.05, 0.05),
    ("giấy phép xây dựng", 0.07, 0.00),
    ("phòng cháy chữa cháy", 0.08, 0.08),
    ("môi trường", 0.07, 0.05),
    ("hải quan", 0.10, 0.09),
)
COMPLETE, LACKING, EXPIRED = "đầy đủ", "thiếu giấy tờ", "có giấy tờ hết hạn"
TODAY = "2026-01-01"


def yards(seed: int) -> GeoDataFrame:
    """Return the yards."""
    standing = [site for site in sites(seed) if site.kind == "yard"]
    states = dossier_states(seed)
    rows = [
        _row(site, states[code_of(site)], uniform(seed + 61, np.full(6, site.number), np.arange(6)))
        for site in standing
    ]
    return GeoDataFrame(rows, geometry=[site.shape for site in standing], crs=CRS)


def code_of(site: Site) -> str:
    """Return the code of a yard.

    Examples
    --------
    >>> code_of(Site("yard", 7, "QL1A", shapely.Polygon()))
    'BB07'
    """
    return f"BB{site.number:02d}"


def operator_of(site: Site) -> str:
    """Return the name of the invented operator; some run several yards."""
    return f"Công ty Bến bãi Minh Họa {1 + site.number * 7 % 19:02d}"


def _row(site: Site, dossier: str, chance: FloatArray) -> dict[str, Any]:
    area_m2 = round(site.shape.area, 1)
    leased = area_m2 if chance[0] < 0.6 else round(area_m2 * (0.75 + 0.35 * chance[1]), 1)
    return {
        "code": code_of(site),
        "name": f"Bến bãi minh họa số {site.number:02d}",
        "operator": operator_of(site),
        "kind": _KINDS[int(chance[2] * len(_KINDS))],
        "gate": _nearest_gate(site),
        "status": "đang hoạt động" if chance[3] < 0.78 else ("đang xây dựng" if chance[3] < 0.9 else "tạm dừng"),
        "licensed_area_m2": area_m2 if chance[4] < 0.65 else round(area_m2 * (0.8 + 0.15 * chance[1]), 1),
        "leased_area_m2": leased if chance[5] < 0.93 else None,
        "capacity_vehicles": float(int(area_m2 / 110 / 5) * 5),
        "dossier": dossier,
        "document": INVENTED,
    }


def _nearest_gate(site: Site) -> str:
    every = gates()
    ours = every[every["code"] != "HNQ"]
    return str(ours["name"].iloc[int(shapely.distance(ours.geometry.values, site.shape).argmin())])


def papers(seed: int) -> DataFrame:
    """Return the papers of the yards: one row for every paper that exists."""
    found = [
        _paper(site, nth, kind, lacks, expires, seed)
        for site in sites(seed)
        if site.kind == "yard"
        for nth, (kind, lacks, expires) in enumerate(PAPERS)
    ]
    return DataFrame([row for row in found if row is not None])


def _paper(site: Site, nth: int, kind: str, lacks: float, expires: float, seed: int) -> dict[str, Any] | None:
    fate, year, day = uniform(seed + 67, np.full(3, site.number), np.full(3, nth), np.arange(3))
    if fate < lacks:
        return None
    issued = 2012 + int(year * 12)
    expired = fate < lacks + expires
    return {
        "layer": "yards",
        "feature": code_of(site),
        "kind": kind,
        "number": f"{site.number:02d}{nth}/MH-{issued}",
        "issuer": "Cơ quan cấp phép (minh họa)",
        "issued_on": f"{issued}-{1 + int(day * 12):02d}-15",
        "expires_on": f"{2023 + int(day * 3)}-06-30"
        if expired
        else (None if nth in (0, 2) else f"{2030 + int(year * 25)}-12-31"),
        "file": None,
        "note": INVENTED,
    }


def dossier_states(seed: int) -> dict[str, str]:
    """Return the state of each yard's dossier as its papers have it."""
    every = papers(seed)
    codes = [code_of(site) for site in sites(seed) if site.kind == "yard"]
    return {code: _state(every[every["feature"] == code]) for code in codes}


def _state(own: DataFrame) -> str:
    if len(own) < len(PAPERS):
        return LACKING
    return EXPIRED if (own["expires_on"].fillna("9999-12-31") < TODAY).any() else COMPLETE
