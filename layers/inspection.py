"""What a file seems to be, before anything is imported: encodings, meanings of its fields, and the command to use."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.crs import crs_name
from gis.formats.read import REASON, ROW, FileLayer, FileRows, samples
from gis.language import Text
from gis.vietnamese.detect import Guess
from layers.catalog import LAYERS, TABLES
from layers.columns import guess_column_map
from layers.drawings import DRAWINGS
from layers.import_command import RASTER, import_command
from layers.incoming import note_of_geojson
from layers.schema import LayerSchema, TableSchema
from layers.texts import guesses_of
from layers.workspace import Workspace

# Enough rows to see the texts of a sheet, few enough for a province.
SAMPLED_ROWS = 2000
_KINDS = {"polygon": "Polygon", "line": "LineString", "point": "Point"}


@dataclass(frozen=True)
class Inspected:
    """One layer of a file.

    Attributes
    ----------
    suspected : layer or table of the project that its fields look like; None where nothing matches
    meanings : our field by the file's column, as the import would read it
    encodings : guess by column, of columns with other text than plain ASCII
    broken : reasons of records that the header or the first rows show to be broken, with their rows (from 1)
    words : the import command to use; what only a person knows stands in it as ``?``
    notes : why the command says what the file does not, and what is to be filled in
    """

    layer: FileLayer
    crs: str | None
    suspected: str | None
    meanings: Mapping[str, str]
    encodings: Mapping[str, Guess]
    broken: tuple[tuple[int, str], ...]
    notes: tuple[Text, ...]
    words: tuple[str, ...]

    @property
    def command(self) -> str:
        """The words as they are pasted into a terminal of this system."""
        return subprocess.list2cmdline(self.words) if os.name == "nt" else shlex.join(self.words)


def inspect_layers(path: Path, workspace: Workspace | None = None) -> tuple[Inspected, ...]:
    """Look at every layer of a file, by its header and its first rows.

    Parameters
    ----------
    workspace : the project that the file is meant for; tells the system of coordinates that state none

    Raises
    ------
    FileError
        What the safe door refuses.
    """
    found = samples(path, SAMPLED_ROWS)
    return tuple(_inspected(path, one, workspace, several=len(found) > 1) for one in found)


def _inspected(path: Path, rows: FileRows, workspace: Workspace | None, *, several: bool) -> Inspected:
    schema = _suspected(rows)
    columns = guess_column_map(rows.frame, schema).columns if schema else {}
    encodings = guesses_of(DataFrame(rows.frame.drop(columns="geometry", errors="ignore")))
    layer = rows.layer.name if several else None
    options, notes = import_command(path, layer, rows, schema, columns, encodings, workspace)
    broken = rows.broken[[ROW, REASON]].itertuples(index=False) if len(rows.broken) else ()
    return Inspected(
        layer=rows.layer,
        crs=crs_name(rows.layer.crs) if rows.layer.crs is not None else None,
        suspected=schema.name if schema else None,
        meanings={theirs: ours for ours, theirs in columns.items()},
        encodings=encodings,
        broken=tuple((int(row), reason) for row, reason in broken),
        notes=(*(note_of_geojson(one) for one in rows.notes), *notes),
        words=("mocgioi", "import", str(path), *options),
    )


def _suspected(rows: FileRows) -> TableSchema | None:
    """Return what most of its key, then most of its fields look like, among what its shapes can be."""
    if rows.driver == RASTER:
        return None
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
