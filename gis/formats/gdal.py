"""Files that a GDAL driver opens: their headers, and their rows in bulk. Runs in the reading process."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from gis.formats.arrow import BATCH_ROWS, Wrong, named

_VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d{4})")
_FIRST_UTF8_VERSION = 1021


class Gdal:
    """A file opened by pyogrio, with one driver registered."""

    def __init__(self, path: Path, driver: str, encoding: str | None) -> None:
        import pyogrio.raw  # noqa: PLC0415 -- reads its list of forbidden drivers now

        others = set(pyogrio.list_drivers()) - {driver, "MEM", "Memory"}
        if others:
            raise Wrong(f"drivers {sorted(others)[:3]}")
        # Since AC1021 (2007) a DXF is UTF-8, whatever code page it states; the driver goes by the code page.
        pyogrio.set_gdal_config_options({"DXF_ENCODING": "UTF-8" if driver == "DXF" and _is_utf8_dxf(path) else None})
        self.raw, self.info = pyogrio.raw, pyogrio.read_info
        self.path, self.driver, self.encoding = path, driver, encoding
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
        """Yield the rows, the first `most` of them, as Arrow batches."""
        with self._opened(name, most or BATCH_ROWS) as (meta, reader):
            for batch in reader:
                yield named(batch, meta["geometry_name"] or "wkb_geometry")
                if most:
                    return

    def schema(self, name: str) -> Any:
        """Return the columns that `batches` has, without reading a row."""
        with self._opened(name, 1) as (meta, reader):
            return named(pa.RecordBatch.from_pylist([], reader.schema), meta["geometry_name"] or "wkb_geometry").schema

    def broken(self, name: str) -> dict[int, str]:  # noqa: ARG002 -- the same question to every kind of file
        """Return nothing: a driver that reads in bulk leaves shapes out without a word (see `gis.formats.rescue`)."""
        return {}

    def _opened(self, name: str, size: int) -> Any:
        return self.raw.open_arrow(self.path, layer=name, encoding=self.encoding, use_pyarrow=True, batch_size=size)


def _is_utf8_dxf(path: Path) -> bool:
    with path.open("rb") as file:
        version = _VERSION.search(file.read(4096))
    return version is not None and int(version.group(1)) >= _FIRST_UTF8_VERSION
