"""Faults of a file that its driver passes over in silence, found in its own headers before any row is read."""

import re
import sqlite3
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gis.errors import FileDamaged, SideFileMissing
from gis.formats.accepted import FORMATS, Format, refused
from gis.formats.limits import Limits, require_modest_archive
from gis.language import Text

_SHAPEFILE = next(one for one in FORMATS if one.suffix == ".shp")


def require_whole(path: Path, known: Format, sides: Sequence[Path], limits: Limits) -> None:
    """Check what the driver does not; raise FileDamaged, FileRefused, SideFileMissing or FileTooLarge."""
    by_suffix = {one.suffix.lower(): one for one in sides}
    if known.driver == "ESRI Shapefile":
        _require_whole_shapefile(path, by_suffix)
    elif known.driver == "MapInfo File":
        _require_own_table(path, known, by_suffix)
    elif known.driver == "GPKG":
        _require_whole_database(path)
    elif known.driver == "LIBKML":
        _require_no_entities(path)
    elif known.driver == "DGN":
        _require_whole_design(path)
    elif known.driver == "DXF":
        _require_end_of_drawing(path)
    elif known.driver == "XLSX":
        require_modest_archive(path, limits)


def broken_records(path: Path, known: Format, sides: Sequence[Path]) -> dict[int, Text]:
    """Return why records (from 1) of a Shapefile that is otherwise whole cannot be relied on; none of other formats.

    Each must stand where the index says, within the file, with the length that the index says, and be of the kind of
    shape that the file is of. The driver leaves such shapes out without a word.
    """
    if known.driver != "ESRI Shapefile":
        return {}
    index = next(one for one in sides if one.suffix.lower() == ".shx")
    entries = _entries(index)
    if not len(entries):
        return {}
    shapes = np.memmap(path, dtype=np.uint8, mode="r")
    starts, words = 2 * entries[:, 0], entries[:, 1]
    beyond = (starts < 100) | (words < 2) | (starts + 8 + 2 * words > len(shapes))
    near = np.where(beyond, 0, starts)
    said = shapes[near[:, None] + np.arange(4, 8)].astype(np.int64) @ (1 << np.array([24, 16, 8, 0]))
    kinds = shapes[near[:, None] + np.arange(8, 12)].astype(np.int64) @ (1 << np.array([0, 8, 16, 24]))
    other_length = ~beyond & (said != words)
    other_kind = ~beyond & ~other_length & (kinds != 0) & (kinds != int.from_bytes(shapes[32:36].tobytes(), "little"))
    return {
        int(row) + 1: reason
        for rows, reason in ((beyond, _BEYOND), (other_length, _LENGTH), (other_kind, _KIND))
        for row in np.flatnonzero(rows)
    }


def _require_whole_shapefile(path: Path, sides: dict[str, Path]) -> None:
    """Check index, attributes and sizes; a shape file that is too short is told by the records that it lacks."""
    for suffix in (".shx", ".dbf"):
        if suffix not in sides:
            raise SideFileMissing(path=path, side=path.with_suffix(suffix).name)
    _require_stated_size(sides[".shx"])
    rows = len(_entries(sides[".shx"]))
    _require_whole_dbf(sides[".dbf"], rows)
    if path.stat().st_size < 100 or not rows or not broken_records(path, _SHAPEFILE, (sides[".shx"],)):
        _require_stated_size(path)


def _require_stated_size(part: Path) -> None:
    with part.open("rb") as file:
        head = file.read(100)
    stated = struct.unpack(">i", head[24:28])[0] * 2 if len(head) == 100 else -1
    if stated != part.stat().st_size:
        raise FileDamaged(path=part, reason=_CUT.filled(stated=stated, found=part.stat().st_size))


def _entries(index: Path) -> Any:
    """Return place and length of each record in words of 16 bits, shape (n, 2)."""
    entries = np.frombuffer(index.read_bytes()[100:], dtype=">i4")
    return entries[: len(entries) // 2 * 2].reshape(-1, 2).astype(np.int64)


def _require_whole_dbf(table: Path, rows: int) -> None:
    with table.open("rb") as file:
        head = file.read(32)
    records, header, width = struct.unpack("<IHH", head[4:12]) if len(head) == 32 else (-1, 0, 0)
    if records != rows:
        raise FileDamaged(path=table, reason=_ROWS.filled(shapes=rows, rows=records))
    if table.stat().st_size < header + records * width:
        raise FileDamaged(path=table, reason=_CUT.filled(stated=header + records * width, found=table.stat().st_size))


# A TAB can be a view of, or a link to, tables elsewhere; only one that holds its own rows comes in.
_TAB_TYPE = re.compile(rb"type\s+(\w+)", re.IGNORECASE)
_TAB_ELSEWHERE = re.compile(
    rb"open\s+table|create\s+view|isseamless\W+true|^\s*file\s+\"", re.IGNORECASE | re.MULTILINE
)


def _require_own_table(path: Path, known: Format, sides: dict[str, Path]) -> None:
    if known.suffix == ".mif":
        if ".mid" not in sides:
            raise SideFileMissing(path=path, side=path.with_suffix(".mid").name)
        return
    content = path.read_bytes()
    kind = _TAB_TYPE.search(content)
    if kind is None or kind.group(1).upper() not in (b"NATIVE", b"DBF") or _TAB_ELSEWHERE.search(content):
        raise refused(path, _TAB_REFUSED)
    for suffix in (".dat" if kind.group(1).upper() == b"NATIVE" else ".dbf", ".map", ".id"):
        if suffix not in sides:
            raise SideFileMissing(path=path, side=path.with_suffix(suffix).name)


def _require_whole_database(path: Path) -> None:
    """Ask SQLite itself; a GeoPackage that is cut or overwritten answers rows all the same."""
    try:
        with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            answer = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        database.close()
    except (sqlite3.Error, UnicodeError) as error:  # SQLite quotes a broken schema byte by byte
        raise FileDamaged(path=path, reason=f"{error}.") from error
    if answer != "ok":
        raise FileDamaged(path=path, reason=f"{answer}.")


def _require_whole_design(path: Path) -> None:
    """Walk the elements to the end-of-design mark; the driver stops silently where a file is cut."""
    content, place = path.read_bytes(), 0
    while content[place : place + 2] != b"\xff\xff":
        if place + 4 > len(content):
            raise FileDamaged(path=path, reason=_NO_END)
        place += 4 + 2 * int.from_bytes(content[place + 2 : place + 4], "little")


def _require_end_of_drawing(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 64, 0))
        if not file.read().rstrip(b"\x00\x1a \r\n\t").endswith(b"EOF"):
            raise FileDamaged(path=path, reason=_NO_END)


def _require_no_entities(path: Path) -> None:
    """XML that declares entities can grow without end or name other files; KML has no use for them."""
    content = path.read_bytes()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refused(path, _ENTITIES)


_CUT = Text(
    vi="tệp bị cắt cụt hoặc nối thêm: tiêu đề ghi {stated} byte, thực có {found} byte.",
    en="it is cut or has grown: its header says {stated} bytes, it has {found}.",
)
_BEYOND = Text(vi="nằm ngoài tệp .shp (tệp bị cắt cụt?)", en="it lies outside the .shp file (was it cut?)")
_LENGTH = Text(vi="độ dài không khớp với chỉ mục .shx", en="its length is not that of the index .shx")
_KIND = Text(vi="loại hình khác với loại của tệp", en="its kind of shape is not that of the file")
_NO_END = Text(vi="bản vẽ bị cắt cụt: không có dấu kết thúc.", en="the drawing is cut: its end mark is missing.")
_ROWS = Text(
    vi="số hình ({shapes}) khác số dòng thuộc tính ({rows}).",
    en="it has {rows} rows of attributes for {shapes} shapes.",
)
_TAB_REFUSED = Text(
    vi="bảng MapInfo này trỏ tới bảng khác; hãy mở và lưu thành bảng NATIVE riêng.",
    en="this MapInfo table points to other tables; open it and save it as a NATIVE table of its own.",
)
_ENTITIES = Text(
    vi="KML này khai báo thực thể XML (DOCTYPE/ENTITY) hoặc không phải UTF-8.",
    en="this KML declares XML entities (DOCTYPE/ENTITY) or is not UTF-8.",
)
