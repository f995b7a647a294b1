"""Drawings of a land office become parcels: by the levels of the standard, by what the user says, or by closed shapes."""

from pathlib import Path

import pytest
from ezdxf.filemanagement import new as new_drawing

from gis.pattern import Pattern
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.catalog import schema_of
from layers.drawings import cadastral_levels, parse_levels
from layers.errors import DrawingLeftovers, EncodingUnconfirmed, GeometryWrong, LevelUnknown, PatternNotMatched
from layers.inspection import inspect_layers
from layers.intake import import_files
from layers.wishes import Wishes
from layers.workspace import Workspace

PARCELS = schema_of("parcels")
KEYS = {"commune": "06184", "sheet_no": "12"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")


def drawing(path: Path, *elements: tuple[str, object]) -> Path:
    """Save a DXF of (layer, text at a place) and (layer, corners of a line), in metres from the origin."""
    made = new_drawing("R2010")
    space = made.modelspace()
    for layer, what in elements:
        if isinstance(what, str):
            text, _, place = what.partition("@")
            east, north = map(float, place.split(","))
            at = (ORIGIN_EASTING + east, ORIGIN_NORTHING + north)
            space.add_text(text, dxfattribs={"layer": layer, "insert": at})
        else:
            corners = [(ORIGIN_EASTING + east, ORIGIN_NORTHING + north) for east, north in what]
            space.add_lwpolyline(corners, close=corners[0] == corners[-1], dxfattribs={"layer": layer})
    made.saveas(path)
    return path


def square(west: float, south: float) -> list[tuple[float, float]]:
    """Return the closed outline of a square of 10 m."""
    return [(west, south), (west + 10, south), (west + 10, south + 10), (west, south + 10), (west, south)]


def test_the_levels_of_the_standard_tell_use_and_area(workspace: Workspace, tmp_path: Path) -> None:
    """A parcel along a road is closed by the boundary of the road; level 2 is its use, level 4 its area."""
    path = drawing(
        tmp_path / "x.dxf",
        ("10", [(0, 10), (0, 0), (10, 0), (10, 10)]),
        ("23", [(-5, 10), (15, 10)]),
        ("11", "57@5,5"),
        ("2", "ONT@3,3"),
        ("4", "100,5@6,2"),
    )
    wishes = Wishes(values=KEYS, crs=workspace.crs, quarantine=True)  # the ends of the road's line bound nothing
    after, report = import_files(workspace, [path], "parcels", wishes)
    (row,) = after.read("parcels").to_dict("records")
    assert (row["parcel_no"], row["land_use"], row["measured_area_m2"]) == ("57", "ONT", 100.5)
    assert row["geometry"].area == 100.0
    assert [one.code for one in report.files[0].notes] == ["line-that-bounds-nothing", "decimal-comma"]
    with pytest.raises(DrawingLeftovers, match="2 lines that bound no area"):
        import_files(workspace, [path], "parcels", Wishes(values=KEYS, crs=workspace.crs))


def test_labels_as_fractions_are_spread_over_fields(workspace: Workspace, tmp_path: Path) -> None:
    """Use, number and area in one text; inspect finds the pattern; a label of another form is refused by name."""
    path = drawing(tmp_path / "06184_to12.dxf", ("10", square(0, 0)), ("11", "LUC 57/100,5@5,5"))
    command = inspect_layers(path, workspace)[0].words
    assert "{land_use} {parcel_no}/{measured_area_m2}" in command
    label = Pattern("{land_use} {parcel_no}/{measured_area_m2}")
    after, _ = import_files(workspace, [path], "parcels", Wishes(values=KEYS, crs=workspace.crs, label=label))
    (row,) = after.read("parcels").to_dict("records")
    assert (row["parcel_no"], row["land_use"], row["measured_area_m2"]) == ("57", "LUC", 100.5)
    with pytest.raises(PatternNotMatched, match="LUC 57"):
        import_files(after, [path], "parcels", Wishes(crs=workspace.crs, label=Pattern("{parcel_no}-{land_use}")))


def test_closed_shapes_need_no_levels(workspace: Workspace, tmp_path: Path) -> None:
    """Outlines and numbers on layers of any name; what else is written is narrowed by --level."""
    elements = (("RANH", square(0, 0)), ("RANH", square(20, 0)), ("SO", "1@5,5"), ("SO", "2@25,5"))
    plain = drawing(tmp_path / "a.dxf", *elements)
    after, _ = import_files(workspace, [plain], "parcels", Wishes(values=KEYS, crs=workspace.crs))
    assert sorted(after.read("parcels")["parcel_no"]) == ["1", "2"]
    titled = drawing(tmp_path / "b.dxf", *elements, ("KHUNG", "Tờ bản đồ@50,50"), ("GHICHU", "nhà@2,2"))
    wishes = {"values": KEYS, "crs": workspace.crs, "presence": "replace"}
    with pytest.raises(DrawingLeftovers, match="1 labels outside"):
        import_files(after, [titled], "parcels", Wishes(**wishes))
    levels = parse_levels(["boundary=RANH", "label=SO"], PARCELS)
    again, _ = import_files(after, [titled], "parcels", Wishes(**wishes, levels=levels))
    assert sorted(again.read("parcels")["parcel_no"]) == ["1", "2"]


def test_an_outline_of_the_zone_comes_without_the_texts_around_it(workspace: Workspace, tmp_path: Path) -> None:
    """The title of a sheet is no feature, and is told; an open line is no zone."""
    path = drawing(tmp_path / "x.dxf", ("RANH", square(0, 0)), ("KHUNG", "Ranh giới khu@5,20"))
    wishes = Wishes(values={"name": "Khu"}, crs=workspace.crs)
    after, report = import_files(workspace, [path], "zone", wishes)
    assert after.read("zone").area.tolist() == [100.0]
    assert [one.code for one in report.files[0].notes] == ["text-left-out"]
    with pytest.raises(GeometryWrong, match="LineString"):
        import_files(workspace, [drawing(tmp_path / "y.dxf", ("RANH", square(0, 0)[:-1]))], "zone", wishes)


def test_texts_of_a_drawing_are_unicode_since_2007(workspace: Workspace, tmp_path: Path) -> None:
    """A DXF of AutoCAD 2010 that states the code page 1252 is UTF-8 all the same; an older one is asked about."""
    path = drawing(tmp_path / "x.dxf", ("RANH", square(0, 0)), ("TEN", "Bãi xe Đồng Đăng@5,5"))
    assert b"ANSI_1252" in path.read_bytes()
    wishes = Wishes(values={"code": "B1"}, crs=workspace.crs, label=Pattern("{name}"))
    after, _ = import_files(workspace, [path], "yards", wishes)
    assert after.read("yards")["name"].tolist() == ["Bãi xe Đồng Đăng"]
    legacy = path.read_bytes().replace("Bãi xe Đồng Đăng".encode(), "B·i xe §ång §¨ng".encode("latin-1"))
    path.write_bytes(legacy.replace(b"AC1024", b"AC1015"))
    with pytest.raises(EncodingUnconfirmed, match="tcvn3 100%: “Bãi xe Đồng Đăng”"):
        import_files(after, [path], "yards", wishes)


def test_what_a_level_may_be_is_told() -> None:
    """A role, or a field of the layer; the standard is data with its source."""
    with pytest.raises(LevelUnknown, match="màu=3"):
        parse_levels(["màu=3"], PARCELS)
    with pytest.raises(LevelUnknown):
        parse_levels(["boundary"], PARCELS)
    said = parse_levels(["boundary=RANH", "boundary=23", "owner=30"], PARCELS)
    assert said is not None
    assert (said.boundary, said.label, dict(said.fields)) == (("RANH", "23"), (), {"owner": ("30",)})
    assert cadastral_levels().boundary[0] == "10"
    assert all(PARCELS.field(name) for name in cadastral_levels().fields)
