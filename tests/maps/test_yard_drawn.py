"""Layouts of yards as a Record, on the terminal, on the map and on paper."""

from pathlib import Path

import pypdfium2
import pytest
from geopandas import GeoDataFrame
from shapely import Point, box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from maps.errors import ListFormatUnknown
from maps.labels import column_title, fact_title, how_text
from maps.yard_files import write_layouts
from maps.yard_page import capacity_page
from planning.errors import FeatureUnknown
from planning.record import Fact, Record
from planning.yard_capacity import yard_capacity
from planning.yard_layout import DesignVehicle

E, N = ORIGIN_EASTING + 300, ORIGIN_NORTHING + 200


@pytest.fixture
def desk(project: Workspace) -> Workspace:
    """Return the small project, whose yard of 200 × 100 m has a house, a lane that stays free, and a gate."""
    parts = {
        "code": ["h", "l", "g", "o"],
        "yard": ["y", "y", "y", "z"],
        "kind": ["obstacle", "kept_lane", "entry", "obstacle"],
        "name": ["Nhà", "Lối chữa cháy", "Cổng", "Nhà"],
    }
    shapes = [
        box(E + 10, N + 10, E + 40, N + 25),
        box(E + 90, N, E + 96, N + 100),
        Point(E + 93, N - 2),
        box(E - 99, N - 99, E - 90, N - 90),
    ]
    yards = project.read("yards").assign(capacity_vehicles=180.0)
    return project.write({"yards": yards, "yard_parts": GeoDataFrame(parts, geometry=shapes, crs=project.crs)})


@pytest.fixture
def record(desk: Workspace) -> Record:
    return yard_capacity(desk)


def test_the_record_tells_what_fits_beside_what_is_stated(record: Record, desk: Workspace) -> None:
    """Slots, parts and the measures that they rest on; the same layout has the same name."""
    row = record.tables["yards.capacity"].row("y")
    assert 90 < row["slots"] < 165
    assert row["slots_less_stated"] == row["slots"] - 180
    assert (row["obstacles"], row["kept_lanes"], row["entries"], row["entries_joined"]) == (1, 1, 1, 1)
    assert record.value("yards.vehicle.length_m") == 16.5
    assert record.id == yard_capacity(desk).id
    slots = record.geometry["yard_slots"].geometry.iloc[0]
    assert len(slots.geoms) == row["slots"]
    assert not slots.intersects(box(E + 10, N + 10, E + 40, N + 25))


def test_another_vehicle_is_another_record(desk: Workspace, record: Record) -> None:
    """More rigid trucks than articulated ones; a yard that is not there is an error."""
    rigid = yard_capacity(desk, vehicle=DesignVehicle(length_m=9.0, aisle_m=14.0))
    assert rigid.value("yards.capacity.slots") > record.value("yards.capacity.slots")
    with pytest.raises(FeatureUnknown):
        yard_capacity(desk, ("w",))


def test_a_project_without_parts_says_so(project: Workspace) -> None:
    """Nobody knows an entry: the layout may be entered anywhere, and that is told."""
    record = yard_capacity(project)
    assert record.no_data == ("yard_parts",)
    assert record.value("yards.capacity.no_entry") == 1


def test_it_is_told_and_drawn(record: Record, desk: Workspace, tmp_path: Path) -> None:
    """Terminal, map and sheet; the sheet was read back before it was written."""
    told = "\n".join(capacity_page(record, "vi"))
    assert "y  Bãi Y: 20.000,0 m²" in told
    assert "Đường nối, theo bán kính quay (m)" in told
    write_layouts(record, desk, tmp_path / "a.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_range()
    assert "BỐ TRÍ Ô ĐỖ XE: BÃI Y" in text
    assert "Ô đỗ xe theo phương án bố trí" in text
    write_layouts(record, desk, tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "yards.capacity[y].slots" in page
    assert "yard_slots" in page
    with pytest.raises(ListFormatUnknown):
        write_layouts(record, desk, tmp_path / "a.docx")


def test_every_fact_of_a_layout_has_a_name(record: Record) -> None:
    """No key or making stands for itself."""
    for column, meaning in record.tables["yards.capacity"].columns.items():
        assert column_title(column, "vi", "yards.capacity") != column
        assert how_text(Fact("", None, "text", meaning.how), "vi") != meaning.how
    for key, fact in record.facts.items():
        assert fact_title(key, "vi") != key
        assert how_text(fact, "vi") != fact.how or key.startswith("zone.")
