"""The reading process: opens untrusted files where a crash, a hang or a flood of memory harms nobody.

Started by `gis.formats.reader` as a program of its own. It answers JSON lines on stdout, rows as Arrow files. It has
one driver, no network, no more memory than it was given, and imports neither pandas nor geopandas: it starts fast.
"""

import errno
import json
import sys
from dataclasses import asdict
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any


class _Without(MetaPathFinder):
    """Rows stay in Arrow here, nobody needs frames; without these two the libraries load in half the time."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:  # noqa: ARG002 -- its signature
        """Refuse them, as if they were not installed."""
        if fullname in ("pandas", "geopandas"):
            raise ModuleNotFoundError(fullname, name=fullname)


if __name__ == "__main__":
    sys.meta_path.insert(0, _Without())

from gis.formats.arrow import TooMuch, write  # noqa: E402 -- after the line above
from gis.formats.gdal import Gdal  # noqa: E402
from gis.formats.memory import limit_memory  # noqa: E402


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job: list the layers of a file, and write the rows of one where ``out`` says so.

    With ``rescue`` the records of that layer are asked one by one: ``rows`` for all of them with their values,
    ``reasons`` for what is wrong alone.
    """
    path = Path(job["path"])
    if job["opener"] == "geotiff":
        if job.get("pixels"):
            from gis.formats.picture import warped  # noqa: PLC0415 -- only for a backdrop

            return warped(path, Path(job["out"]), job["crs"], job["pixels"])
        from gis.formats.raster import raster_layer  # noqa: PLC0415 -- only for this format

        layer = raster_layer(path, job["cells"], whole=job["out"] is not None and job["most"] is None)
        return {"layers": [layer], "notes": [], "broken": {}, "elements": None}
    problems = _problems(path) if job["driver"] == "GeoJSON" else None
    if problems and problems.refused:
        return {"geojson": problems.refused}
    source = _opened(path, job)
    layers = [source.layer(name) for name in source.names]
    broken: dict[int, str] = problems.broken if problems else {}
    if problems and broken and [one["rows"] for one in layers] != [problems.features]:
        return {"geojson": [*broken.values()]}  # the driver counts other features than we do
    chosen = [one for one in layers if job["layer"] in (None, one["name"])]
    if len(chosen) == 1 and 0 < chosen[0]["rows"] <= job["rows"]:
        broken |= source.broken(chosen[0]["name"])
        _write_rows(source, chosen[0], job, broken)
    notes = problems.told if problems else []
    return {"layers": layers, "notes": notes, "broken": broken, "elements": _elements(path, job)}


def _elements(path: Path, job: dict[str, Any]) -> dict[str, Any] | None:
    if job["driver"] not in ("DXF", "DGN") or job["out"] is None or job["most"]:
        return None
    from gis.formats.elements import elements_of  # noqa: PLC0415 -- only for these formats

    return asdict(elements_of(path, job["driver"], Path(job["out"])))


def _problems(path: Path) -> Any:
    from gis.formats.geojson import problems_of  # noqa: PLC0415 -- only for this format

    return problems_of(path)


def _write_rows(source: Any, layer: dict[str, Any], job: dict[str, Any], broken: dict[int, str]) -> None:
    if not isinstance(source, Gdal) or job["rescue"] is None:
        if job["out"]:
            write(source.batches(layer["name"], job["most"]), Path(job["out"]), job["bytes"])
        return
    from gis.formats.rescue import one_by_one, reasons  # noqa: PLC0415 -- only where something is broken

    if job["rescue"] == "rows":
        write(one_by_one(source, layer, broken), Path(job["out"]), job["bytes"])
    else:
        broken |= reasons(source, layer)


def _opened(path: Path, job: dict[str, Any]) -> Any:
    if job["opener"] == "csv":
        from gis.formats.tables import csv_table  # noqa: PLC0415 -- only for this format

        return csv_table(path)
    if job["opener"] == "xlsx":
        from gis.formats.tables import xlsx_table  # noqa: PLC0415 -- only for this format

        return xlsx_table(path)
    if job["opener"] == "parquet":
        from gis.formats.parquet import Parquet  # noqa: PLC0415 -- only for this format

        return Parquet(path)
    return Gdal(path, job["driver"], job["encoding"])


def main() -> None:
    """Answer the jobs that come on stdin, one JSON object a line."""
    limit_memory(int(sys.argv[1]))
    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except TooMuch as error:
            told = {"large": str(error)}
        except MemoryError:
            told = {"memory": True}
        except OSError as error:
            is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            told = {"full": error.errno} if is_full else {"error": str(error)}
        except Exception as error:  # noqa: BLE001 -- whatever a hostile file provokes is an answer, not a crash
            told = {"error": str(error) or type(error).__name__}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
