"""Files of every accepted format, made from one small layer of parcels."""

import math
import struct
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame

from gis.formats.accepted import FORMATS
from gis.testing import drawn

PARCELS = (
    drawn("aab\naab\nccd")
    .rename(columns={"name": "so_thua"})
    .assign(ten=["Đồng Đăng", "Tân Thanh", "Bảo Lâm", "Yên Trạch"])
)
DRIVERS = {one.suffix: one.driver for one in FORMATS}


def labels_of(frame: GeoDataFrame) -> list[str]:
    """Return the parcel numbers, under either of their names."""
    return list(frame["SHTHUA" if "SHTHUA" in frame else "so_thua"])


def lines_of(frame: GeoDataFrame) -> list[shapely.LineString]:
    """Return each edge of the parcels once, as a surveyor draws it."""
    return list(shapely.get_parts(shapely.node(shapely.union_all(shapely.boundary(frame.geometry.values)))))


def write(frame: GeoDataFrame, path: Path) -> Path:
    """Write a frame in the format of the suffix."""
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".dgn":
        write_dgn(frame, path)
    elif path.suffix == ".dxf":
        write_dxf(frame, path)
    elif path.suffix == ".csv":
        frame.drop(columns="geometry").to_csv(path, index=False)
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        values = frame.drop(columns="geometry")
        for row in [list(values.columns), *values.to_numpy().tolist()]:
            book.active.append(row)
        book.save(path)
    else:
        options = {"BOUNDS": "400000,2300000,500000,2500000"} if path.suffix == ".tab" else {}
        pyogrio.write_dataframe(frame, path, driver=DRIVERS[path.suffix], layer_options=options)
    return path


def write_dxf(frame: GeoDataFrame, path: Path) -> None:
    """Write boundaries on layer 10 and labels on layer 11, as an exchange from a cadastral drawing has them."""
    lines = lines_of(frame)
    points = [one.representative_point() for one in frame.geometry]
    rows = GeoDataFrame(
        {"Layer": ["10"] * len(lines) + ["11"] * len(points), "Text": [None] * len(lines) + labels_of(frame)},
        geometry=[*lines, *points],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(rows, path, driver="DXF")
    # The writer makes points of labels; a drawing has texts.
    content = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    labels = iter(labels_of(frame))
    parts = content.split("  0\nPOINT\n")
    texts = "".join("  0\nTEXT\n" + _with_text(part, next(labels)) for part in parts[1:])
    path.write_text(parts[0] + texts, encoding="utf-8")


def _with_text(part: str, label: str) -> str:
    entity, zero, rest = part.rstrip("\n").partition("\n  0\n")
    return f"{entity.replace('AcDbPoint', 'AcDbText')}\n 40\n1.0\n  1\n{label}{zero}{rest}\n"


def write_dgn(frame: GeoDataFrame, path: Path, *, lines: bool = True) -> None:
    """Write a DGN v7 by hand: the lines by GDAL, their level and the labels as elements of the file format."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shapes = lines_of(frame) if lines else list(shapely.get_parts(frame.geometry.values))
        pyogrio.write_dataframe(GeoDataFrame(geometry=shapes), path, driver="DGN")
    content = bytearray(path.read_bytes())
    place = 0
    while content[place : place + 2] != b"\xff\xff":
        kind = content[place + 1] & 0x7F
        if kind in (3, 4, 6):
            content[place] = (content[place] & 0xC0) | 10
        place += 4 + 2 * struct.unpack_from("<H", content, place + 2)[0]
    scale, origin = _units(content)
    elements = b"".join(
        _text_element(label, shape.representative_point(), scale, origin)
        for label, shape in zip(labels_of(frame), frame.geometry, strict=True)
    )
    path.write_bytes(bytes(content[:place]) + elements + b"\xff\xff")


def _units(content: bytes) -> tuple[float, tuple[float, float]]:
    """Units of resolution per metre and the global origin, from the type 9 element at the start."""
    subunits, uor = _middle_endian(content, 1112), _middle_endian(content, 1116)
    origin = tuple(_vax_double(content[1240 + 8 * axis : 1248 + 8 * axis]) for axis in (0, 1))
    return float(subunits * uor), (origin[0], origin[1])


def _middle_endian(content: bytes, place: int) -> int:
    high, low = struct.unpack_from("<HH", content, place)
    return (high << 16) | low


def _vax_double(raw: bytes) -> float:
    words = struct.unpack("<4H", raw)
    bits = (words[0] << 48) | (words[1] << 32) | (words[2] << 16) | words[3]
    if not (bits >> 55) & 0xFF:
        return 0.0
    sign = -1.0 if bits >> 63 else 1.0
    return sign * (0.5 + (bits & ((1 << 55) - 1)) / 2**56) * 2.0 ** (((bits >> 55) & 0xFF) - 128)


def _text_element(label: str, point: shapely.Point, scale: float, origin: tuple[float, float]) -> bytes:
    text = label.encode("latin-1") + b"\0" * (len(label) % 2)
    east, north = (round(value * scale + start) for value, start in zip((point.x, point.y), origin, strict=True))

    def number(value: int) -> bytes:
        return struct.pack("<HH", (value >> 16) & 0xFFFF, value & 0xFFFF)

    ranges = b"".join(number((value + 2**31) & 0xFFFFFFFF) for value in (east, north, 0, east, north, 0))
    body = struct.pack("<BB", 0, 7) + number(6000) + number(6000) + number(0) + number(east) + number(north)
    body += struct.pack("<BB", len(label), 0) + text
    header = ranges + struct.pack("<HHHH", 0, (len(body) + 0) // 2, 0, 0)
    return struct.pack("<BBH", 11, 17, (len(header) + len(body)) // 2) + header + body


def add_arc_to_dgn(path: Path, east: float, north: float, radius_m: float, degrees: float) -> None:
    """Add an arc on level 10 to a DGN v7, before its end mark."""
    content = path.read_bytes()
    scale, origin = _units(content)
    centre = (_as_vax(east * scale + origin[0]), _as_vax(north * scale + origin[1]))
    axis = _as_vax(radius_m * scale)
    body = struct.pack("<HHHH", 0, 0, *divmod(round(degrees * 360_000), 65_536)) + axis + axis + bytes(4)
    header = bytes(24) + struct.pack("<HHHH", 0, 0, 0, 0)
    element = header + body + centre[0] + centre[1]
    content = content.removesuffix(b"\xff\xff")
    path.write_bytes(content + struct.pack("<BBH", 10, 16, len(element) // 2) + element + b"\xff\xff")


def _as_vax(value: float) -> bytes:
    """Return a number in the D format of the VAX."""
    fraction, exponent = math.frexp(abs(value))
    bits = (value < 0) << 63 | (exponent + 128) << 55 | round((fraction - 0.5) * 2**56)
    return struct.pack("<4H", *(bits >> shift & 0xFFFF for shift in (48, 32, 16, 0)))


@pytest.fixture
def dgn_with_arc(tmp_path: Path) -> Callable[[float, float, float, float], Path]:
    """Return a function that writes the parcels as DGN with an arc beside: easting, northing, radius, degrees."""

    def make(east: float, north: float, radius_m: float, degrees: float) -> Path:
        path = write(PARCELS, tmp_path / "cung.dgn")
        add_arc_to_dgn(path, east, north, radius_m, degrees)
        return path

    return make


@pytest.fixture
def write_as() -> Callable[[GeoDataFrame, Path], Path]:
    """Return the function that writes a frame in the format of a suffix."""
    return write


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes the parcels in the format of a suffix."""
    return lambda suffix: write(PARCELS, tmp_path / f"thua{suffix}")
