"""What a file seems to be, before anything is imported: encodings, meanings of its fields, and the command to use."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.crs import crs_name
from gis.formats.read import FileLayer, FileRows, samples
from gis.vietnamese.detect import Guess
from layers.catalog import LAYERS, TABLES
from layers.columns import guess_column_map
from layers.elevation import NAME as ELEVATION
from layers.incoming import DRAWINGS
from layers.schema import LayerSchema, TableSchema
from layers.texts import guesses_of

# Enough rows to see the texts of a sheet, few enough for a province.
SAMPLED_ROWS = 2000
_KINDS = {"polygon": "Polygon", "line": "LineString", "point": "Point"}
_DAY, _CRS, _VALUE = "YYYY-MM-DD", "EPSG:9215", "?"


@dataclass(frozen=True)
class Inspected:
    """One layer of a file.

    Attributes
    ----------
    suspected : layer or table of the project that its fields look like; None where nothing matches
    meanings : our field by the file's column, as the import would read it
    encodings : guess by column, of columns with other text than plain ASCII
    command : the import to use; what only a person knows stands in it as ``?``, ``YYYY-MM-DD`` or an example
    """

    layer: FileLayer
    crs: str | None
    suspected: str | None
    meanings: Mapping[str, str]
    encodings: Mapping[str, Guess]
    notes: tuple[str, ...]
    command: str


def inspect_layers(path: Path) -> tuple[Inspected, ...]:
    """Look at every layer of a file, by its header and its first rows.

    Raises
    ------
    FileError
        What the safe door refuses.
    """
    found = samples(path, SAMPLED_ROWS)
    return tuple(_inspected(path, one, several=len(found) > 1) for one in found)


def _inspected(path: Path, rows: FileRows, *, several: bool) -> Inspected:
    schema = _suspected(rows)
    columns = guess_column_map(rows.frame, schema).columns if schema else {}
    encodings = guesses_of(DataFrame(rows.frame.drop(columns="geometry", errors="ignore")))
    words = ["mocgioi", "import", str(path), "--as", _name_of(schema, rows)]
    words += ["--layer", rows.layer.name] if several else []
    words += _for_place(rows, schema)
    words += _for_texts(encodings)
    words += _for_keys(rows, schema, columns)
    return Inspected(
        layer=rows.layer,
        crs=crs_name(rows.layer.crs) if rows.layer.crs is not None else None,
        suspected=schema.name if schema else None,
        meanings={theirs: ours for ours, theirs in columns.items()},
        encodings=encodings,
        notes=rows.notes,
        command=subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words),
    )


def _name_of(schema: TableSchema | None, rows: FileRows) -> str:
    return ELEVATION if rows.driver == "GTiff" else schema.name if schema else _VALUE


def _suspected(rows: FileRows) -> TableSchema | None:
    """Return what most of its key, then most of its fields look like, among what its shapes can be."""
    if rows.driver in DRAWINGS:
        return next(one for one in LAYERS if one.name == "parcels")
    ranked = []
    for place, schema in enumerate((*LAYERS, *TABLES)):
        if _can_be(rows, schema):
            columns = guess_column_map(rows.frame, schema).columns
            keys = sum(name in columns for name in schema.key) / len(schema.key)
            ranked.append((keys, len(columns), -place, schema))
    best = max(ranked, key=lambda one: one[:3], default=None)
    return best[3] if best is not None and best[1] else None


def _can_be(rows: FileRows, schema: TableSchema) -> bool:
    if not isinstance(rows.frame, GeoDataFrame):
        return True
    if not isinstance(schema, LayerSchema):
        return False
    kind = rows.layer.geometry
    return schema.geometry == "any" or kind in ("", "Unknown") or _KINDS[schema.geometry] in kind


def _for_place(rows: FileRows, schema: TableSchema | None) -> list[str]:
    if rows.driver == "GTiff" or not isinstance(schema, LayerSchema | None):
        return []
    if rows.driver in DRAWINGS:
        return ["--crs", _CRS, "--label", "{parcel_no}"]
    if not isinstance(rows.frame, GeoDataFrame):
        numbers = [str(name) for name in rows.frame if pd.to_numeric(rows.frame[name], errors="coerce").notna().all()]
        return ["--coordinates", ",".join(numbers[:2]), "--crs", _CRS] if len(numbers) >= 2 else ["--join"]
    has_code = rows.layer.crs is not None and rows.layer.crs.to_authority() is not None
    return [] if has_code else ["--crs", _CRS]


def _for_texts(encodings: Mapping[str, Guess]) -> list[str]:
    legacy = {name: one for name, one in encodings.items() if one.best != "unicode"}
    if all(one.sure for one in legacy.values()):
        return ["--encoding", "auto"] if legacy else []
    return [word for name, one in legacy.items() for word in ("--encoding", f"{name}={one.best}")]


def _for_keys(rows: FileRows, schema: TableSchema | None, columns: Mapping[str, str]) -> list[str]:
    if schema is None:
        return []
    told = {"parcel_no"} if rows.driver in DRAWINGS else set(columns)
    words = [word for name in schema.key if name not in told for word in ("--set", f"{name}={_VALUE}")]
    if isinstance(schema, LayerSchema) and schema.vintage and "valid_from" not in told:
        words += ["--vintage", _DAY]
    return words
