"""The QGIS project and its GeoPackages, opened by QGIS itself where it is installed."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyogrio
import pytest

from layers.workspace import Workspace
from maps.appendix.composed import Composed
from maps.appendix.names import PROJECT
from maps.appendix.packages import write_packages
from maps.appendix.wishes import AppendixWishes
from maps.qgis.layers import write_qgis
from planning.record import Record

SYSTEM_PYTHON = "/usr/bin/python3"
SIX = ["maThongTinQH", "maHoSoQH", "maDoiTuong", "tenDoiTuong", "phanLoai", "ghiChu"]
ASK = """
import json, sys
from qgis.core import QgsApplication, QgsProject, QgsLayoutExporter
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
read = project.read(sys.argv[1])
layers = [node.layer() for node in project.layerTreeRoot().findLayers()]
layout = project.layoutManager().printLayouts()[0]
exporter = QgsLayoutExporter(layout)
settings = QgsLayoutExporter.ImageExportSettings()
settings.dpi = int(sys.argv[3])
done = exporter.exportToImage(sys.argv[2], settings)
styles = [layer.listStylesInDatabase()[0] for layer in layers]
print(json.dumps({
    "read": read, "crs": project.crs().authid(), "valid": [layer.isValid() for layer in layers],
    "names": [layer.name() for layer in layers], "systems": sorted({layer.crs().authid() for layer in layers}),
    "renderers": [layer.renderer().type() for layer in layers], "styles": styles,
    "groups": [group.name() for group in project.layerTreeRoot().findGroups()],
    "items": sorted(item.id() for item in layout.items() if hasattr(item, "id") and item.id()), "exported": int(done),
    "counts": [layer.featureCount() for layer in layers]}))
app.exitQgis()
"""


@pytest.fixture(scope="session")
def qgis() -> None:
    """Skip where the system's Python has no QGIS; asked when a test needs it, not by everyone who collects."""
    there = Path(SYSTEM_PYTHON).exists() and shutil.which("qgis") is not None
    words = [SYSTEM_PYTHON, "-c", "import qgis.core"]
    if not there or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("QGIS is not installed")


@pytest.fixture
def packages(record: Record, tmp_path):
    """Write the GeoPackages and the project of a Record."""
    composed = Composed(record, AppendixWishes())
    write_packages(composed.packages, tmp_path)
    (tmp_path / PROJECT).write_bytes(composed.project)
    return tmp_path


def test_classes_carry_the_six_fields(packages):
    """Every class of every package has the fields of the standard, in their order, and a name of its manner."""
    for path in packages.glob("*.gpkg"):
        for name, _ in pyogrio.list_layers(path):
            if name != "layer_styles":
                assert list(pyogrio.read_info(path, layer=name)["fields"])[:6] == SIX
                assert name[-2:] in ("_A", "_L", "_P")


def test_a_projects_own_layers_become_a_project(project: Workspace, tmp_path):
    """Each layer that is there is named once, by its way from the file."""
    path = tmp_path / "ra" / "khu.qgz"
    layers = write_qgis(project, path)
    assert {"zone", "parcels", "gates", "yards"} <= set(layers)
    with ZipFile(path) as archive:
        text = archive.read("du-an.qgs").decode("utf-8")
    for one in re.findall(r"<datasource>([^<|]*)", text):
        assert (path.parent / one).resolve().is_file()


def test_the_same_record_gives_the_same_project(record: Record):
    """Names inside a project do not change from export to export."""
    assert Composed(record, AppendixWishes()).project == Composed(record, AppendixWishes()).project


def opened(project: Path, picture: Path) -> dict[str, Any]:
    """Open a project in QGIS without a screen, print its layout as a picture, and return what QGIS has to say of it."""
    words = [SYSTEM_PYTHON, "-c", ASK, str(project), str(picture), "50"]
    environment = {"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": str(picture.parent)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.slow
@pytest.mark.usefixtures("qgis")
def test_qgis_opens_a_projects_own_layers(project: Workspace, tmp_path):
    """`mocgioi qgis`: every layer of the project is found by its way from the file, and drawn."""
    layers = write_qgis(project, tmp_path / "khu.qgz")
    told = opened(tmp_path / "khu.qgz", tmp_path / "layout.png")
    assert told["read"]
    assert all(told["valid"])
    assert len(told["valid"]) >= len(layers)
    assert min(told["counts"]) > 0
    assert (told["systems"], told["exported"]) == (["EPSG:9215"], 0)


@pytest.mark.slow
@pytest.mark.usefixtures("qgis")
def test_qgis_opens_the_project_with_nothing_missing(packages):
    """Every layer is valid, in the CRS of the project, with its own symbols; the layout prints."""
    picture = packages / "layout.png"
    told = opened(packages / PROJECT, picture)
    assert told["read"]
    assert told["crs"] == "EPSG:9215"
    assert all(told["valid"])
    assert told["systems"] == ["EPSG:9215"]
    assert set(told["renderers"]) <= {"singleSymbol", "categorizedSymbol"}
    assert min(told["counts"]) > 0
    assert set(told["styles"]) == {1}
    assert len(told["groups"]) >= 3
    assert set(told["items"]) >= {"title", "map", "legend", "bar", "notes"}
    assert told["exported"] == 0
    assert picture.stat().st_size > 5000
