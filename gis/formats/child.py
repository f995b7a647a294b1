"""The reading process: opens untrusted files where a crash, a hang or a flood of memory harms nobody.

Started by `gis.formats.reader` as a program of its own. It answers JSON lines on stdout, rows as Arrow files. It has
one driver, no network, no more memory than it was given, and imports neither pandas nor geopandas: it starts fast.
"""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
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

import pyarrow as pa  # noqa: E402 -- after the line above

_SAMPLE = 65536
_DELIMITERS = ",;\t|"
_BATCH_ROWS = 65536


class Wrong(Exception):
    """The file cannot be read; the text is for the user."""


class Gdal:
    """Files that a GDAL driver opens."""

    def __init__(self, path: Path, driver: str, encoding: str | None) -> None:
        import pyogrio.raw  # noqa: PLC0415 -- reads its list of forbidden drivers now

        others = set(pyogrio.list_drivers()) - {driver, "MEM", "Memory"}
        if others:
            raise Wrong(f"drivers {sorted(others)[:3]}")
        self.raw, self.info = pyogrio.raw, pyogrio.read_info
        self.path, self.encoding = path, encoding
        self.names = [str(name) for name, _ in pyogrio.list_layers(path)]

    def layer(self, name: str) -> dict[str, Any]:
        """Return what the header of a layer says."""
        info = self.info(self.path, layer=name, encoding=self.encoding, force_feature_count=True)
        return {
            "name": name,
            "rows": int(info["features"]),
            "geometry": info["geometry_type"] or "",
            "crs": info["crs"],
            "fields": [[str(one), str(kind)] for one, kind in zip(info["fields"], info["dtypes"], strict=True)],
        }

    def batches(self, name: str, most: int | None) -> Iterator[Any]:
        """Yield the rows, the first `most` of them, as Arrow batches with the geometry as WKB in the last column."""
        size = most or _BATCH_ROWS
        source = self.raw.open_arrow(self.path, layer=name, encoding=self.encoding, use_pyarrow=True, batch_size=size)
        with source as (meta, reader):
            for batch in reader:
                yield _named(batch, meta["geometry_name"] or "wkb_geometry")
                if most:
                    return


def _named(batch: Any, geometry: str) -> Any:
    """Return the batch with its geometry called ``geometry`` and its texts in UTF-8."""
    columns = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if field.name == geometry:
            geometry_column = column
        else:
            columns[field.name] = _text(column) if pa.types.is_string(field.type) else column
    if geometry in batch.schema.names:
        columns["geometry"] = geometry_column
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def _text(column: Any) -> Any:
    """Return a text column; bytes that are no UTF-8 come as Latin-1, one character a byte."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return pa.array([_decoded(one) for one in column.cast(pa.binary()).to_pylist()], type=pa.string())
    return column


def _decoded(one: bytes | None) -> str | None:
    if one is None:
        return None
    try:
        return one.decode("utf-8")
    except UnicodeDecodeError:
        return one.decode("latin-1")


class Parquet:
    """GeoParquet: one layer of WKB with its system in the metadata."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 -- only for this format

        self.file = pq.ParquetFile(path)
        self.names = [path.stem]
        geo = json.loads((self.file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
        self.geometry = geo.get("primary_column")
        column = geo.get("columns", {}).get(self.geometry, {})
        if self.geometry and column.get("encoding") != "WKB":
            raise Wrong(f"GeoParquet encoding {column.get('encoding')}, only WKB is read")
        # Without a system the standard says longitude and latitude.
        self.crs = json.dumps(column["crs"]) if column.get("crs") else "OGC:CRS84" if self.geometry else None

    def layer(self, name: str) -> dict[str, Any]:
        """Return what the footer says."""
        schema = self.file.schema_arrow
        fields = [[one.name, str(one.type)] for one in schema if one.name != self.geometry]
        kind = "Unknown" if self.geometry else ""
        return {"name": name, "rows": self.file.metadata.num_rows, "geometry": kind, "crs": self.crs, "fields": fields}

    def batches(self, name: str, most: int | None) -> Iterator[Any]:  # noqa: ARG002 -- one layer
        """Yield the rows."""
        for batch in self.file.iter_batches(batch_size=most or _BATCH_ROWS):
            yield _named(batch, self.geometry or "")
            if most:
                return


class Table:
    """A table of text, from CSV or a sheet of a workbook."""

    def __init__(self, tables: dict[str, list[list[Any]]]) -> None:
        self.tables, self.names = tables, list(tables)

    def layer(self, name: str) -> dict[str, Any]:
        """Return the headings."""
        heads = self.tables[name][0] if self.tables[name] else []
        rows = max(len(self.tables[name]) - 1, 0)
        return {"name": name, "rows": rows, "geometry": "", "crs": None, "fields": [[one, "text"] for one in heads]}

    def batches(self, name: str, most: int | None) -> Iterator[Any]:
        """Yield the rows as one batch of texts."""
        heads, *rows = self.tables[name]
        rows = rows[:most]
        if len(set(heads)) < len(heads) or "" in heads:
            raise Wrong(f"headings must be there, each once: {', '.join(heads)}")
        for place, row in enumerate(rows, start=2):
            if len(row) != len(heads):
                raise Wrong(f"row {place} has {len(row)} values for {len(heads)} columns")
        columns = [pa.array([row[place] for row in rows], type=pa.string()) for place in range(len(heads))]
        yield pa.RecordBatch.from_arrays(columns, names=heads)


def csv_table(path: Path) -> Table:
    """Read a CSV; bytes that are no UTF-8 come as Latin-1, one character a byte."""
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    text = _decoded(content) or ""
    if "\0" in text:
        raise Wrong("it holds zero bytes")
    counts = {one: text.partition("\n")[0].count(one) for one in _DELIMITERS}
    delimiter = max(counts, key=lambda one: counts[one])
    try:
        rows = [
            [one.strip() or None for one in row]
            for row in csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
            if row
        ]
    except csv.Error as error:
        raise Wrong(str(error)) from error
    heads = [[one or "" for one in row] for row in rows[:1]]
    return Table({path.stem: [*heads, *rows[1:]]})


def xlsx_table(path: Path) -> Table:
    """Read the values of a workbook (not its formulas); the first row of a sheet is its headings."""
    import openpyxl  # noqa: PLC0415 -- only for this format

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    return Table({sheet.title: _sheet(sheet) for sheet in book.worksheets})


def _sheet(sheet: Any) -> list[list[Any]]:
    rows = [[_cell(one) for one in row] for row in sheet.iter_rows(values_only=True)]
    rows = [row for row in rows if any(one is not None for one in row)]
    width = max((place + 1 for row in rows for place, one in enumerate(row) if one is not None), default=0)
    padded = [(row + [None] * width)[:width] for row in rows]
    return [[one or "" for one in row] for row in padded[:1]] + padded[1:]


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def _raster(path: Path) -> dict[str, Any]:
    import rasterio  # noqa: PLC0415 -- only for this format

    with rasterio.open(path, driver="GTiff") as raster:
        bands = [[f"band {place}", kind] for place, kind in enumerate(raster.dtypes, start=1)]
        crs = raster.crs.to_wkt() if raster.crs else None
        size = f"Raster {raster.width} × {raster.height}"
        raster.read(1, window=((raster.height - 1, raster.height), (0, raster.width)))
        return {"name": path.stem, "rows": raster.width * raster.height, "geometry": size, "crs": crs, "fields": bands}


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job: list the layers of a file, and write the rows of one where ``out`` says so."""
    path, notes = Path(job["path"]), []
    if job["opener"] == "geotiff":
        return {"layers": [_raster(path)], "notes": []}
    if job["driver"] == "GeoJSON":
        from gis.formats.geojson import is_told, problems_of  # noqa: PLC0415 -- only for this format

        notes = problems_of(path)
        refused = [one for one in notes if not is_told(one)]
        if refused:
            return {"geojson": refused}
    source: Any = _opened(path, job)
    layers = [source.layer(name) for name in source.names]
    chosen = [one for one in layers if job["layer"] in (None, one["name"])]
    if job["out"] and len(chosen) == 1 and 0 < chosen[0]["rows"] <= job["rows"]:
        _write(source.batches(chosen[0]["name"], job["most"]), Path(job["out"]))
    return {"layers": layers, "notes": notes}


def _opened(path: Path, job: dict[str, Any]) -> Any:
    if job["opener"] == "csv":
        return csv_table(path)
    if job["opener"] == "xlsx":
        return xlsx_table(path)
    return Parquet(path) if job["opener"] == "parquet" else Gdal(path, job["driver"], job["encoding"])


def _write(batches: Iterator[Any], out: Path) -> None:
    first = next(batches, None)
    if first is None:
        return
    with pa.OSFile(str(out), "wb") as file, pa.ipc.new_file(file, first.schema) as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)


def limit_memory(size: int) -> None:
    """Give this process no more address space than `size` bytes, where the system can; no core file."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses limits of address space
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main() -> None:
    """Answer the jobs that come on stdin, one JSON object a line."""
    limit_memory(int(sys.argv[1]))
    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except MemoryError:
            told = {"memory": True}
        except Exception as error:  # noqa: BLE001 -- whatever a hostile file provokes is an answer, not a crash
            told = {"error": str(error) or type(error).__name__}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
