"""Reads files in a process of their own, which may die: one driver each, no network, limits on time and memory."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from gis.errors import CrsMissing, FileDamaged, FileTooLarge, GeoJsonWrong, ReadingStopped
from gis.formats.accepted import Format, accepted_format, refused, side_files
from gis.formats.limits import LIMITS, Limits, require_size
from gis.formats.structure import broken_records, require_whole
from gis.language import Text

_NAMED_PROBLEMS = 8
_HOME = Path(__file__).parents[2]
# Nothing in a file may make a driver reach for the network or for code.
_CLOSED = {
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "GDAL_DRIVER_PATH": "disable",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "CPL_LOG": os.devnull,
    # Arcs of a drawing become chords of a quarter of a degree, and no longer than this many metres.
    "OGR_ARC_STEPSIZE": "0.25",
    "OGR_ARC_MAX_GAP": "0.45",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Content:
    """What the reading process found.

    Attributes
    ----------
    layers : name, rows, geometry, crs (as text), fields of each layer
    rows : Arrow rows of the chosen layer; None where none was asked for or several could be meant
    notes : rules that a GeoJSON breaks without doubt about its content
    broken : why records (from 1) of the chosen layer cannot be relied on
    arcs, unread : of a drawing: elements that became chords, and kinds of elements that the driver passed over
    """

    format: Format
    layers: tuple[dict[str, Any], ...]
    rows: pa.Table | None
    notes: tuple[str, ...]
    broken: Mapping[int, str | Text]
    arcs: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Reader:
    """A reading process per driver, started when first needed; a context that ends them.

    Raises (from `read`)
    ------
    FileMissing, FileRefused, FileTooLarge, FileDamaged, SideFileMissing, GeoJsonWrong, ReadingStopped
    """

    limits: Limits = LIMITS
    _children: dict[str, "_Child"] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children.values():
            child.stop()
        self._children.clear()

    def read(self, path: Path, layer: str | None = None, *, rows: bool = True, most: int | None = None) -> Content:
        """Return the layers of a file, and the rows (the first `most`) of the one that is named, or of the only one."""
        return self._content(path, layer, rows=rows, most=most, rescue=None)

    def rescue(self, path: Path, layer: str | None, *, rows: bool) -> Content:
        """Ask the records of a layer one by one: why they cannot be read, and with `rows` what can be had of them."""
        return self._content(path, layer, rows=rows, most=None, rescue="rows" if rows else "reasons")

    def _content(self, path: Path, layer: str | None, *, rows: bool, most: int | None, rescue: str | None) -> Content:
        known = accepted_format(path)
        sides = side_files(path, known)
        require_size(path, sides, self.limits)
        require_whole(path, known, sides, self.limits)
        with tempfile.TemporaryDirectory(prefix="mocgioi-") as folder:
            out = Path(folder) / "rows.arrow"
            wanted = {"layer": layer, "out": str(out) if rows else None, "most": most, "rescue": rescue}
            job = {**wanted, "bytes": self.limits.bytes_for(sides)}
            told = self._ask(path, known, job, self.limits.seconds_for(sides))
            table = _table(out, path) if out.is_file() else None
        large = next(
            (one for one in told["layers"] if one["rows"] > self.limits.rows and known.opener != "geotiff"), None
        )
        if large is not None:
            raise FileTooLarge(path=path, size=f"{large['rows']}", limit=f"{self.limits.rows}")
        broken = {int(row): reason for row, reason in told["broken"].items()} | broken_records(path, known, sides)
        elements = told["elements"] or {}
        return Content(known, tuple(told["layers"]), table, tuple(told["notes"]), broken, **elements)

    def _ask(self, path: Path, known: Format, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        file = {
            "path": str(path.resolve()),
            "driver": known.driver,
            "opener": known.opener,
            "encoding": _encoding(path, known),
            "rows": self.limits.rows,
            "cells": self.limits.cells,
        }
        if known.driver not in self._children:
            self._children[known.driver] = _Child(known.driver, self.limits)
        told = self._children[known.driver].ask({**file, **job}, seconds)
        if "layers" in told:
            return told
        self._children.pop(known.driver).stop()
        if "geojson" in told:
            raise GeoJsonWrong(path=path, problems="; ".join(told["geojson"][:_NAMED_PROBLEMS]))
        if "large" in told:
            raise FileTooLarge(path=path, size=told["large"], limit=f"{self.limits.ratio:.0f}:1, {self.limits.cells}")
        if "full" in told:
            raise OSError(told["full"], os.strerror(told["full"]), tempfile.gettempdir())
        if "error" in told:
            raise FileDamaged(path=path, reason=f"{told['error'].rstrip('.')}.")
        raise ReadingStopped(path=path, reason=_STOPPED[told["stopped"]] if "stopped" in told else _STOPPED["memory"])


class _Child:
    """One reading process and the thread that listens to it."""

    def __init__(self, driver: str, limits: Limits) -> None:
        environment = {**os.environ, **_CLOSED, "GDAL_SKIP": ",".join(_others(driver)), "PYTHONPATH": str(_HOME)}
        self._process = subprocess.Popen(  # noqa: S603 -- this Python, this module
            [sys.executable, "-P", "-m", "gis.formats.child", str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
            encoding="utf-8",
        )
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return the answer to one job, or why there is none."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            return {"stopped": "time"}
        except OSError:
            return {"stopped": "death"}
        told: dict[str, Any] = json.loads(answer) if answer else {"stopped": "death"}
        return told

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not yet sent to a process that died has nowhere to go
                    pipe.close()


def elevation_of(path: Path) -> dict[str, Any]:
    """Return name, size and system of a GeoTIFF, which a reading process has opened; raise as `Reader.read` does."""
    with Reader() as reader:
        return reader.read(path).layers[0]


def picture_of(path: Path, crs: str | None, pixels: int) -> tuple[bytes, tuple[float, float, float, float]]:
    """Return a GeoTIFF as a PNG in the projection of web maps, and west, south, east, north in metres of it.

    Raises
    ------
    Those of `Reader.read`, FileRefused where it is no picture, CrsMissing
    """
    with Reader() as reader:
        content = reader.read(path, rows=False)
        if content.format.opener != "geotiff":
            raise refused(path, _NO_PICTURE)
        with tempfile.TemporaryDirectory(prefix="mocgioi-") as folder:
            out = Path(folder) / "picture.png"
            job = {"path": str(path.resolve()), "opener": "geotiff", "out": str(out), "crs": crs, "pixels": pixels}
            seconds = reader.limits.seconds_for(side_files(path, content.format))
            told = reader._children[content.format.driver].ask(job, seconds)
            if "error" in told:
                raise FileDamaged(path=path, reason=f"{told['error'].rstrip('.')}.")
            if "picture" not in told:
                raise ReadingStopped(path=path, reason=_STOPPED[told.get("stopped", "memory")])
            if told["picture"] is None:
                raise CrsMissing(path=path)
            return out.read_bytes(), tuple(told["picture"])


_NO_PICTURE = Text(vi="ảnh nền cần là GeoTIFF có tọa độ.", en="a backdrop must be a GeoTIFF with coordinates.")


@cache
def _others(driver: str) -> tuple[str, ...]:
    """Return every driver of this GDAL but one; a new GDAL with new drivers changes nothing."""
    import pyogrio  # noqa: PLC0415 -- heavy; only when a file is really read

    return tuple(sorted(set(pyogrio.list_drivers()) - {driver}))


def _encoding(path: Path, known: Format) -> str | None:
    """Return Latin-1 for a DBF that states no encoding: its bytes come in, and are judged by column."""
    sides = {one.suffix.lower() for one in side_files(path, known)}
    return "ISO-8859-1" if known.driver == "ESRI Shapefile" and ".cpg" not in sides else None


def _table(out: Path, path: Path) -> pa.Table:
    try:
        with pa.OSFile(str(out)) as file:
            table = pa.ipc.open_file(file).read_all()
            # A driver may hand on what it did not check itself: values that reach past their buffer, text that is none.
            table.validate(full=True)
            return table
    except (pa.ArrowInvalid, OSError) as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error


_STOPPED = {
    "time": Text(vi="quá thời gian cho phép.", en="it took longer than allowed."),
    "memory": Text(vi="cần quá nhiều bộ nhớ.", en="it needs too much memory."),
    "death": Text(vi="tiến trình đọc tệp bị ngắt đột ngột.", en="the reading process died."),
}
