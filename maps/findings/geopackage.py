"""Findings as a GeoPackage that QGIS opens with symbols: places as points, overlaps and gaps as areas."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.formats.write import write_gpkg
from gis.language import Lang, Text
from layers.report import Report
from maps.findings.sentences import layer_title, sentences, title
from maps.findings.symbols import Drawn, qml
from maps.whole_file import whole_file

PLACES, AREAS = "findings", "finding_areas"
_NAME = Text(vi="Kết quả kiểm tra", en="Findings of a check")
# The table in which QGIS looks for the styles of a GeoPackage.
_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
        f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))
"""
_ADD_STYLE = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
                              styleSLD, useAsDefault, description, owner)
    SELECT '', '', table_name, column_name, ?, ?, '', 1, ?, '' FROM gpkg_geometry_columns WHERE table_name = ?
"""
_LIST = """
    INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles')
"""


def write_geopackage(report: Report, path: Path, lang: Lang) -> None:
    """Write the findings as two layers with their styles; a file that is there is replaced whole or not at all.

    Findings without a place are rows of the layer of points without a shape, so that none is lost.
    """
    columns = _columns(report, lang)
    places, areas = _places(report.findings), _areas(report.findings)
    there = ~shapely.is_missing(areas)
    # GDAL wants a GeoPackage to be called one: it is written in a folder of its own and moved from there.
    with whole_file(path) as beside, TemporaryDirectory(prefix=".mocgioi-", dir=path.parent) as folder:
        made = Path(folder) / f"{PLACES}.gpkg"
        write_gpkg(GeoDataFrame(columns, geometry=places, crs=report.findings.crs), made, PLACES)
        drawn = GeoDataFrame(columns[there], geometry=areas[there], crs=report.findings.crs)
        write_gpkg(drawn, made, AREAS, append=True)
        _add_styles(made, lang)
        made.replace(beside)


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


def _add_styles(path: Path, lang: Lang) -> None:
    drawn: tuple[tuple[str, Drawn], ...] = ((PLACES, "point"), (AREAS, "area"))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES)
        database.execute(_LIST)
        for table, kind in drawn:
            database.execute(_ADD_STYLE, (table, qml(kind, lang), _NAME.to(lang), table))
