"""Findings as files: read back, nothing in them is more than text, QGIS finds its symbols."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas
import openpyxl
import pyogrio
import pytest

from layers.report import Report
from layers.rules.rule import SEVERITIES
from layers.validate import check
from layers.workspace import Workspace
from maps.errors import FindingsFormatUnknown
from maps.findings.files import write_findings
from maps.findings.sentences import sentences
from maps.webmap.findings import findings_layer


def test_a_workbook_holds_texts_only(report: Report, tmp_path: Path) -> None:
    """Every finding is a row, every cell a text; a value that looks like a formula is the text that it is."""
    path = tmp_path / "kiểm tra.xlsx"
    write_findings(report, path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    rows = [[cell.value for cell in row] for row in book["Phát hiện"].iter_rows(min_row=4)]
    assert [row[8] for row in rows] == sentences(report.findings, "vi")
    assert any(str(row[7]).startswith("=HYPERLINK") for row in rows)
    assert "coverage.overlap (1)" in " ".join(str(cell.value) for cell in cells)


def test_a_geopackage_has_places_areas_and_symbols(report: Report, tmp_path: Path) -> None:
    """All findings as points, faults with an area as areas too, a default style of each with the severities."""
    path = tmp_path / "kiem_tra.gpkg"
    write_findings(report, path)
    places, areas = (geopandas.read_file(path, layer=name) for name in ("findings", "finding_areas"))
    assert places["message"].tolist() == sentences(report.findings, "vi")
    assert set(places.geom_type.dropna()) == {"Point"}
    assert set(areas.geom_type) == {"MultiPolygon"}
    assert {"coverage.overlap", "coverage.gap"} <= set(areas["rule"])
    assert places.crs.to_epsg() == 9215
    with closing(sqlite3.connect(path)) as database:
        styles = database.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
        listed = database.execute("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'").fetchall()
        version = database.execute("PRAGMA user_version").fetchone()[0]
    assert [(table, column, default) for table, column, default, _ in styles] == [
        ("findings", "geom", 1),
        ("finding_areas", "geom", 1),
    ]
    assert listed == [("attributes",)]
    assert version == 10300
    for (_, _, _, qml), kind in zip(styles, ("marker", "fill"), strict=True):
        root = ET.fromstring(qml)  # noqa: S314 -- written by the test's own call
        renderer = root.find("renderer-v2")
        assert renderer is not None
        assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "severity")
        categories = renderer.findall("categories/category")
        assert [one.get("value") for one in categories] == list(SEVERITIES)
        symbols = {one.get("name"): one.get("type") for one in renderer.findall("symbols/symbol")}
        assert {symbols[one.get("symbol")] for one in categories} == {kind}
    assert set(places["severity"]) <= set(SEVERITIES)


def test_json_is_the_answer_of_the_command(report: Report, tmp_path: Path) -> None:
    """The file holds the same objects."""
    write_findings(report, tmp_path / "x.json", "en")
    assert len(json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["findings"]) == len(report.findings)


def test_other_formats_are_refused(report: Report, tmp_path: Path) -> None:
    """With the formats that there are; nothing is written."""
    with pytest.raises(FindingsFormatUnknown, match="gpkg"):
        write_findings(report, tmp_path / "x.pdf")
    assert not list(tmp_path.glob("x*"))


def test_no_findings_are_files_too(tmp_path: Path) -> None:
    """A sound project gives whole files without rows."""
    report = check(Workspace.create(tmp_path / "p", "p", "EPSG:9215"))
    for name in ("x.xlsx", "x.gpkg", "x.json"):
        write_findings(report, tmp_path / name)
    assert pyogrio.read_info(tmp_path / "x.gpkg", layer="findings")["features"] == 0
    assert findings_layer(report.findings, "vi") is None


def test_findings_are_a_layer_of_the_map(report: Report) -> None:
    """A dot at each place with the colour of its severity; a click tells the sentence."""
    layer = findings_layer(report.findings, "vi")
    assert layer is not None
    placed = report.findings["easting"].notna()
    told = [feature["v"][1] for feature in layer.content["features"]]
    assert told == sentences(report.findings[placed], "vi")
    assert [look["key"] for look in layer.content["themes"][0]["looks"]] == list(SEVERITIES)
    assert {feature["t"] for feature in layer.content["features"]} == {"P"}
