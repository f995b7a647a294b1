"""Real layers under the rules: what is known of them is found, largest first, and a sound cadastre is left alone."""

from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest

from layers.report import Report
from layers.testing import of

Ask = Callable[..., Report]


def test_communes_of_2009_by_size(testdata: Path, ask: Ask) -> None:
    """493 overlapping pairs (one of 26 cm²) and 950 gaps, the largest first, each with the communes around it."""
    frame = geopandas.read_file(testdata / "vn_communes_2009" / "lang_son_communes_2009.gpkg").to_crs("EPSG:9215")
    communes = frame[["geometry"]].assign(code=frame["commune_id"].astype(str), valid_from="2009-04-01")
    report = ask("admin_units", communes)
    assert report.counts["coverage.sliver_overlap"] == 2  # narrower than the 5 cm of the finest class
    for rule, count, km2 in (("coverage.overlap", 491, 23.5), ("coverage.gap", 950, 25.4)):
        areas = of(report, rule, "area_mm2")
        assert len(areas) == count
        assert round(sum(areas) / 1e12, 1) == km2
        assert areas == sorted(areas, reverse=True)
        assert all(of(report, rule, "others"))
    total = of(report, "agreement.envelope", "stated", "expected")
    assert total[0][0] - total[0][1] == pytest.approx(23_461_196.8 - 25_423_856.8, abs=1.0)
    assert "check.rule_failed" not in report.counts


def test_a_foreign_cadastre(testdata: Path, ask: Ask) -> None:
    """4,241 parcels drawn with shared corners: three overlaps of a few mm, no invalid shape, some areas far apart."""
    path = testdata / "fr_cadastre" / "cadastre_91216_parcelles.gpkg"
    frame = geopandas.read_file(path).to_crs("EPSG:2154").set_crs("EPSG:9215", allow_override=True)
    parcels = frame[["geometry"]].assign(
        commune="91216",
        sheet_no=frame["section"],
        parcel_no=frame["numero"],
        measured_area_m2=frame["contenance"],
        source_scale="1:2000",
    )
    report = ask("parcels", parcels)
    assert "check.rule_failed" not in report.counts
    families = {rule: count for rule, count in report.counts.items() if rule.startswith(("geometry.", "coverage."))}
    assert families.pop("coverage.sliver_overlap") == 3
    assert set(families) <= {"coverage.open_ground", "coverage.sliver_gap"}
    assert report.counts["agreement.drawn_area"] == 83
