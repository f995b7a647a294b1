"""Fixtures of checks: parcels drawn as text, and what a report says by one rule."""

from typing import Any

from geopandas import GeoDataFrame

from gis.testing import drawn
from layers.report import Report


def parcels(picture: str, cell_m: float = 100.0, **columns: Any) -> GeoDataFrame:
    """Return parcels of commune a, sheet 1, of the vintage of 2009 and the scale 1:500, numbered by their letters."""
    frame = drawn(picture, key="parcel_no", cell_m=cell_m)
    usual = {"commune": "a", "sheet_no": "1", "valid_from": "2009-04-01", "source_scale": "1:500"}
    return frame.assign(**{**usual, **columns})


def of(report: Report, rule: str, *columns: str) -> list[Any]:
    """Return columns of the findings of one rule: values of one column, or tuples of several."""
    rows = report.findings[report.findings["rule"] == rule]
    values = [rows[name].tolist() for name in columns]
    return values[0] if len(columns) == 1 else list(zip(*values, strict=True))
