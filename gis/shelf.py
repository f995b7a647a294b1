"""Shelf: arrays on disk that are opened by memory map, and never trusted without their checksums."""

import json
import os
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from gis.errors import CacheUnusable
from gis.language import Text
from gis.ragged import Array

_MANIFEST = "shelf.json"
_ALIGN = 64
_BLOCK = 1 << 24
_THREADS = 2

_MISSING = Text(vi="chưa có.", en="there is none.")
_UNREADABLE = Text(vi="tệp mô tả không đọc được.", en="its description cannot be read.")
_STALE = Text(vi="dữ liệu gốc hoặc phần mềm đã thay đổi.", en="the source or the software has changed.")
_DAMAGED = Text(vi="nội dung không khớp mã kiểm tra.", en="the content does not match its checksums.")


def put(folder: Path, arrays: Mapping[str, Array], about: Mapping[str, Any]) -> None:
    """Write `arrays` and what there is to know `about` them, JSON, to `folder`.

    The description is replaced last and at once: a reader sees the old shelf or the new one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / f"{uuid4().hex}.bin"
    places = _write_all(data, arrays)
    checksums = _checksums(np.fromfile(data, np.uint8))
    body = json.dumps({"about": about, "data": data.name, "arrays": places, "checksums": checksums})
    written = folder / f"{_MANIFEST}.{data.stem}"
    _write(written, json.dumps({"body": body, "checksum": zlib.crc32(body.encode())}).encode())
    written.replace(folder / _MANIFEST)
    _drop_others(folder, data)


def take(folder: Path, about: Mapping[str, Any]) -> dict[str, Array]:
    """Return the arrays of `folder`, read-only, still on disk.

    Raises
    ------
    CacheUnusable
        Where there is none, where it is not `about` the same, or where a byte is not as it was written.
    """
    manifest = _manifest(folder)
    if manifest["about"] != json.loads(json.dumps(about)):
        raise CacheUnusable(path=folder, reason=_STALE)
    try:
        data = np.memmap(folder / manifest["data"], dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise CacheUnusable(path=folder, reason=_DAMAGED) from error
    if _checksums(data) != manifest["checksums"]:
        raise CacheUnusable(path=folder, reason=_DAMAGED)
    return {name: _view(data, **place) for name, place in manifest["arrays"].items()}


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        sealed = json.loads((folder / _MANIFEST).read_bytes())
        body, checksum = sealed["body"], sealed["checksum"]
        intact = zlib.crc32(body.encode()) == checksum
    except OSError as error:
        raise CacheUnusable(path=folder, reason=_MISSING) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CacheUnusable(path=folder, reason=_UNREADABLE) from error
    if not intact:
        raise CacheUnusable(path=folder, reason=_DAMAGED)
    manifest: dict[str, Any] = json.loads(body)
    return manifest


def _view(data: Array, start: int, shape: list[int], dtype: str) -> Array:
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    return np.asarray(data[start : start + size]).view(dtype).reshape(shape)


def _write_all(path: Path, arrays: Mapping[str, Array]) -> dict[str, dict[str, Any]]:
    places: dict[str, dict[str, Any]] = {}
    with path.open("wb") as file:
        # A file of length 0 cannot be mapped.
        file.write(bytes(_ALIGN))
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % _ALIGN))
            places[name] = {"start": file.tell(), "shape": list(array.shape), "dtype": array.dtype.str}
            file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
        file.flush()
        os.fsync(file.fileno())
    return places


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _checksums(data: Array) -> list[int]:
    blocks = [data[start : start + _BLOCK] for start in range(0, len(data), _BLOCK)]
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(zlib.crc32, blocks))


def _drop_others(folder: Path, kept: Path) -> None:
    for path in [*folder.glob("*.bin"), *folder.glob(f"{_MANIFEST}.*")]:
        if path != kept:
            try:
                path.unlink()
            except OSError:
                # Still mapped by someone, which Windows does not let go: the next writer drops it.
                continue
