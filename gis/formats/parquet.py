"""GeoParquet: one layer of WKB with its system in the metadata. Runs in the reading process."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from gis.formats.arrow import Wrong, named

# A few bytes of dictionary can stand for a large value in every row: small batches keep what is unpacked at once small.
_BATCH_ROWS = 1024


class Parquet:
    """An opened GeoParquet, or a Parquet without shapes."""

    def __init__(self, path: Path) -> None:
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
            yield named(batch, self.geometry or "")
            if most:
                return

    def broken(self, name: str) -> dict[int, str]:  # noqa: ARG002 -- one layer
        """Return nothing: a page of Parquet is whole or it is refused."""
        return {}
