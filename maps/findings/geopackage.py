"""Findings as a GeoPackage that QGIS opens with symbols: places as points, overlaps and gaps as areas."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.language import Lang, Text
from layers.report import Report
from maps.findings.sentences import layer_title, sentences, title
from maps.findings.symbols import qml
from maps.styled import Styled, write_styled

PLACES, AREAS = "findings", "finding_areas"
_NAME = Text(vi="Kết quả kiểm tra", en="Findings of a check")


def write_geopackage(report: Report, path: Path, lang: Lang) -> None:
    """Write the findings as two layers with their styles; a file that is there is replaced whole or not at all.

    Findings without a place are rows of the layer of points without a shape, so that none is lost.
    """
    columns = _columns(report, lang)
    places, areas = _places(report.findings), _areas(report.findings)
    there = ~shapely.is_missing(areas)
    located = GeoDataFrame(columns, geometry=places, crs=report.findings.crs)
    drawn = GeoDataFrame(columns[there], geometry=areas[there], crs=report.findings.crs)
    layers = (Styled(PLACES, located, qml("point", lang)), Styled(AREAS, drawn, qml("area", lang)))
    write_styled(layers, path, _NAME.to(lang))


def _columns(report: Report, lang: Lang) -> DataFrame:
    findings = report.findings
    return DataFrame(
        {
            "severity": findings["severity"].astype(str),
            "finding": [title(rule, lang) for rule in findings["rule"]],
            "rule": findings["rule"].astype(str),
            "layer": [layer_title(layer, lang) for layer in findings["layer"]],
            **{name: findings[name].astype(str) for name in ("feature", "others", "field", "value")},
            "message": sentences(findings, lang),
            "area_m2": findings["area_mm2"].to_numpy() / 1e6,
            "width_m": findings["width_m"].to_numpy(dtype=np.float64),
            "since": findings["since"].astype(str),
        }
    )


def _places(findings: GeoDataFrame) -> npt.NDArray[np.object_]:
    easting, northing = findings["easting"].to_numpy(), findings["northing"].to_numpy()
    there = np.isfinite(easting) & np.isfinite(northing)
    points = np.full(len(findings), None, dtype=object)
    points[there] = shapely.points(easting[there], northing[there])
    return points


def _areas(findings: GeoDataFrame) -> npt.NDArray[np.object_]:
    """Return what has an area as a multipolygon, None for the others."""
    shapes = np.asarray(findings.geometry.values, dtype=object)
    areas = np.full(len(shapes), None, dtype=object)
    for row in np.flatnonzero(shapely.get_dimensions(shapes) == 2):
        parts = shapely.get_parts(shapes[row])
        areas[row] = shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])
    return areas
