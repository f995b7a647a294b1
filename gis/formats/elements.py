"""Elements of a drawing that its driver draws with chords, or passes over. Runs in the reading process."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

_CURVED = ("ARC", "CIRCLE", "ELLIPSE", "SPLINE", "HELIX")
_OF_A_POLYLINE = ("VERTEX", "SEQEND")
# Windows of a sheet, references whose content is read in their place, and what frames the others.
_NO_SHAPES = ("SECTION", "ENDSEC", "BLOCK", "ENDBLK", "INSERT", "ATTRIB", "ATTDEF", "VIEWPORT", "")
_DRAWN = ("ENTITIES", "BLOCKS")

# Elements of DGN v7 that the driver passes over.
_PASSED_OVER = {18: "SURFACE", 19: "SOLID", 22: "POINT STRING", 33: "DIMENSION", 35: "SHARED CELL", 87: "RASTER"}
_ARCS_OF_DGN = (11, 15, 16, 21, 24, 27)


@dataclass
class _Element:
    kind: str
    section: str
    handle: str = ""
    bulged: bool = False


@dataclass(frozen=True)
class Elements:
    """What a drawing holds beside straight lines.

    Attributes
    ----------
    arcs : elements that are drawn with chords
    unread : how many of each kind came out as no row
    """

    arcs: int = 0
    unread: dict[str, int] = field(default_factory=dict)


def elements_of(path: Path, driver: str, rows: Path | None) -> Elements:
    """Look at the elements of a DXF or DGN.

    Parameters
    ----------
    rows : Arrow file of what the driver made of a DXF
    """
    if driver == "DGN":
        kinds = Counter(_kinds_of_dgn(path.read_bytes()))
        unread = {name: kinds[kind] for kind, name in _PASSED_OVER.items() if kinds[kind]}
        return Elements(sum(kinds[kind] for kind in _ARCS_OF_DGN), unread)
    handles = _handles(rows) if rows and rows.is_file() else set()
    arcs, lost = 0, Counter[str]()
    for one in _elements_of_dxf(path):
        if handles and one.section == "ENTITIES" and one.handle and one.handle not in handles:
            lost[one.kind] += 1
        else:
            arcs += one.kind in _CURVED or one.bulged
    return Elements(arcs, dict(lost))


def _elements_of_dxf(path: Path) -> Iterator[_Element]:
    """Walk the pairs of group code and value; the vertices of an old polyline belong to it."""
    lines = path.read_bytes().split(b"\n")
    section, last = "", _Element("", "")
    for raw, value in zip(lines[0::2], lines[1::2], strict=False):
        code = raw.strip()
        if code == b"0":
            kind = value.strip().decode("latin-1")
            if kind in _OF_A_POLYLINE:
                continue
            if last.section in _DRAWN and last.kind not in _NO_SHAPES:
                yield last
            last = _Element(kind, section)
        elif code == b"2" and last.kind == "SECTION":
            section = value.strip().decode("latin-1")
        elif code == b"5" and not last.handle:
            last.handle = value.strip().decode("latin-1").upper()
        elif code == b"42" and last.kind in ("LWPOLYLINE", "POLYLINE"):
            last.bulged |= value.strip().strip(b"-+0.eE") != b""


def _handles(rows: Path) -> set[str]:
    with pa.OSFile(str(rows)) as file:
        table = pa.ipc.open_file(file).read_all()
    found = table["EntityHandle"].to_pylist() if "EntityHandle" in table.column_names else []
    return {one.upper() for one in found if one}


def _kinds_of_dgn(content: bytes) -> Iterator[int]:
    """Yield the kind of each element that is not deleted, up to the end mark."""
    place = 0
    while content[place : place + 2] != b"\xff\xff" and place + 4 <= len(content):
        if not content[place + 1] & 0x80:
            yield content[place + 1] & 0x7F
        place += 4 + 2 * int.from_bytes(content[place + 2 : place + 4], "little")
