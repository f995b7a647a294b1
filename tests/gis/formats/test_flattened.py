"""Curves, heights and measures: what straight lines in two dimensions cannot hold is counted, never lost in silence."""

import sqlite3
import struct
from collections.abc import Callable
from math import pi
from pathlib import Path

import pytest
import shapely
from ezdxf.filemanagement import new as new_drawing
from geopandas import GeoDataFrame

from gis.formats.read import FileRows, read_rows
from gis.formats.reader import Reader
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn

E, N = ORIGIN_EASTING, ORIGIN_NORTHING


def read(path: Path) -> FileRows:
    """Read the only layer."""
    with Reader() as reader:
        return read_rows(reader, path)


def arc(*points: tuple[float, float]) -> bytes:
    """Return a circular string as WKB."""
    return struct.pack("<BII", 1, 8, len(points)) + b"".join(struct.pack("<dd", *one) for one in points)


def of(kind: int, *parts: bytes) -> bytes:
    """Return what is made of parts as WKB."""
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(parts)


@pytest.mark.parametrize("column", ["CURVEPOLYGON", "MULTISURFACE", "GEOMETRY"])
def test_arcs_of_a_geopackage_become_chords(tmp_path: Path, column: str) -> None:
    """A disc beside a square: its area within a millimetre of its line, counted, whatever the layer calls itself."""
    path = tmp_path / "x.gpkg"
    drawn("ab").to_file(path, layer="x")
    disc = of(10, arc((E, N), (E + 100, N), (E, N)))
    with sqlite3.connect(path) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        head = database.execute("SELECT geom FROM x WHERE fid = 1").fetchone()[0][:40]
        shape = of(12, disc) if column == "MULTISURFACE" else disc
        database.execute("UPDATE x SET geom = ? WHERE fid = 1", (head + shape,))
        database.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = ?", (column,))
    database.close()
    found = read(path)
    assert found.frame.area.tolist() == [pytest.approx(pi * 2500, abs=0.001 * pi * 100), 100.0]
    assert (found.flattened.arcs, found.flattened.deviation_m) == (1, 0.001)


def test_arcs_of_a_dxf_are_counted_and_measured(tmp_path: Path) -> None:
    """An arc, a circle, an ellipse and bulges of both kinds of polylines; a spline that is not read is told by kind."""
    drawing = new_drawing("R2010")
    space = drawing.modelspace()
    space.add_arc((E, N), 1000, 0, 90)
    space.add_circle((E, N), 20)
    space.add_ellipse((E, N), (100, 0), 0.5)
    space.add_lwpolyline([(E, N, 1.0), (E + 10, N, 0.0), (E, N + 10, 0.0)], format="xyb", close=True)
    space.add_polyline2d([(E, N, 1.0), (E + 10, N, 0.0), (E, N + 10, 0.0)], format="xyb")
    space.add_line((E, N, 0), (E + 10, N, 0))
    space.add_spline([(E, N), (E + 5, N + 5), (E + 10, N)])
    drawing.saveas(tmp_path / "x.dxf")
    found = read(tmp_path / "x.dxf")
    assert found.flattened.arcs == 5
    assert found.flattened.deviation_m is not None
    assert 1e-6 < found.flattened.deviation_m < 0.001
    assert found.unread == {"SPLINE": 1}
    assert shapely.Polygon(found.frame.geometry[1]).area == pytest.approx(pi * 400, abs=0.05)


def test_arcs_of_a_dgn_are_counted_and_measured(
    written: Callable[[str], Path], dgn_with_arc: Callable[[float, float, float, float], Path]
) -> None:
    """Its driver draws an arc with 89 chords, up to 15 mm away at 100 m; here a chord stays within a millimetre."""
    found = read(dgn_with_arc(E + 50, N + 50, 100.0, 180.0))
    line = found.frame.geometry[found.frame["Type"] == 16].iloc[0]
    assert line.length == pytest.approx(100 * pi, abs=0.01)
    away = 100 - shapely.Point(E + 50, N + 50).distance(line)
    assert away < 0.001
    assert (found.flattened.arcs, found.flattened.deviation_m) == (1, pytest.approx(away, rel=0.01))
    plain = read(written(".dgn")).flattened
    assert (plain.arcs, plain.deviation_m) == (0, None)


def test_heights_and_measures_are_counted(tmp_path: Path) -> None:
    """A height of zero is no height; a measure is counted apart."""
    shapes = shapely.from_wkt(["POINT Z (1 2 3)", "POINT Z (1 2 0)", "POINT M (1 2 3)", "POINT ZM (1 2 3 4)"])
    path = tmp_path / "x.parquet"
    GeoDataFrame({"code": list("abcd")}, geometry=shapes, crs="EPSG:9215").to_parquet(path)
    found = read(path).flattened
    assert (found.heights, found.measures, found.arcs) == (2, 2, 0)
