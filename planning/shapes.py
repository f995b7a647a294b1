"""Layers of shapes that stand in a Record beside each other: its own, and those that are alike in several Records.

On disk each kind has a GeoPackage; a Record that was read and is stored again has one for all. The regions of the
change, each a shape, are rows of one layer there: to write a layer of one row takes as long as one of a thousand.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
from geopandas import GeoDataFrame

from gis.formats.write import write_layers
from planning.parts import StoredParts, described
from planning.proposal import REGIONS

_OWN, _ALIKE = "geometry.gpkg", "unchanged.gpkg"
# The layer of the regions, each by its key.
_TOGETHER = "regions"


@dataclass(frozen=True, eq=False)
class Alike:
    """Layers as several Records have them.

    Attributes
    ----------
    described : rows and SHA-256 of each
    file : all of them, as a GeoPackage; empty where there are none
    """

    described: Mapping[str, Mapping[str, Any]]
    file: bytes

    def read(self, name: str) -> GeoDataFrame:
        """Return one layer."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "shapes.gpkg"  # GDAL warns of a package in memory, which has no name
            path.write_bytes(self.file)
            return pyogrio.read_dataframe(path, layer=name, use_arrow=True)


class Shapes(Mapping[str, GeoDataFrame]):
    """All layers of a Record by name; those that are alike in others are read when they are first asked for.

    Parameters
    ----------
    names : of all layers, in their order
    own : layers of this Record alone
    alike : the others
    """

    def __init__(self, names: Iterable[str], own: Mapping[str, GeoDataFrame], alike: Alike) -> None:
        self._names, self._own, self._alike = tuple(names), own, alike
        self._read = StoredParts(alike.described, alike.read)

    def __getitem__(self, name: str) -> GeoDataFrame:
        """Return the layer of that name."""
        return self._own[name] if name in self._own else self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names; nothing is read."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return the number of layers."""
        return len(self._names)

    def described(self) -> dict[str, Mapping[str, Any]]:
        """Return rows and SHA-256 of every layer."""
        return {name: described(self._own[name]) if name in self._own else self._alike.described[name] for name in self}

    def save(self, folder: Path) -> None:
        """Write all layers; raise NotWritten."""
        if self._alike.described:
            (folder / _ALIKE).write_bytes(self._alike.file)
        write_layers(_regions_together(self._own), folder / _OWN, indexed=False)


def described_shapes(shapes: Mapping[str, GeoDataFrame]) -> dict[str, Mapping[str, Any]]:
    """Return rows and SHA-256 of every layer."""
    if isinstance(shapes, Shapes):
        return shapes.described()
    return {name: described(frame) for name, frame in shapes.items()}


def save_shapes(shapes: Mapping[str, GeoDataFrame], folder: Path) -> None:
    """Write layers into the folder of a Record, in place of those that stand there; raise NotWritten."""
    layers = shapes if isinstance(shapes, Shapes) else dict(shapes)  # read, before what they are read from is gone
    for name in (_OWN, _ALIKE):
        (folder / name).unlink(missing_ok=True)
    if isinstance(layers, Shapes):
        layers.save(folder)
    else:
        write_layers(layers, folder / _OWN)


@dataclass(frozen=True, eq=False)
class ShapeFiles:
    """The shapes in the folder of a Record; what is asked of a file as a whole is asked once."""

    folder: Path

    def read(self, name: str) -> GeoDataFrame:
        """Return one layer; raise what the library raises where there is none."""
        if name in self._places:
            return pyogrio.read_dataframe(self._places[name], layer=name, use_arrow=True)
        return self._regions[self._regions["key"] == name].reset_index(drop=True)

    @cached_property
    def _places(self) -> Mapping[str, Path]:
        files = [self.folder / name for name in (_ALIKE, _OWN)]
        return {layer: path for path in files if path.exists() for layer in pyogrio.list_layers(path)[:, 0]}

    @cached_property
    def _regions(self) -> GeoDataFrame:
        return pyogrio.read_dataframe(self.folder / _OWN, layer=_TOGETHER, use_arrow=True)


def _regions_together(own: Mapping[str, GeoDataFrame]) -> dict[str, GeoDataFrame]:
    regions = [own[name] for name in REGIONS if name in own]
    others = {name: frame for name, frame in own.items() if name not in REGIONS}
    return {_TOGETHER: pd.concat(regions, ignore_index=True), **others} if regions else others
