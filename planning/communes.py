"""Communes as people name them: by code or name, of any vintage, with or without accents; and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from gis.text import name_key, search_key
from layers.admin_units import KINDS, SCHEMA, unit_key
from layers.workspace import Workspace

# What people write for a kind, beside the kind itself.
_SHORT_KINDS = {"tt": "thị trấn", "tx": "thị xã", "p": "phường", "ph": "phường", "x": "xã", "tp": "thành phố"}
_SAME_LAND = 0.1


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune of one vintage; `day` is the day from which its code is valid."""

    code: str
    day: str
    name: str
    parent: str

    @property
    def dated_code(self) -> str:
        """The code that can be taken for no other: with its day."""
        return f"{self.code}@{self.day}"


@dataclass(frozen=True, eq=False)
class Communes:
    """The communes of a project, all vintages.

    Attributes
    ----------
    rows : the layer, one row per commune and vintage
    found : communes on the same land that were asked for before
    """

    rows: GeoDataFrame
    found: dict[tuple[Commune, str], tuple[Commune, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """Read the communes of a project; none where it has no such layer."""
        if not workspace.has(SCHEMA.name):
            return cls(GeoDataFrame({"code": [], "name": [], "parent": [], "valid_from": []}, geometry=[]))
        return cls(workspace.read(SCHEMA.name))

    @cached_property
    def all(self) -> tuple[Commune, ...]:
        """Every commune, in the order of the rows."""
        columns = (self.rows[name] if name in self.rows else [None] * len(self.rows) for name in _FIELDS)
        return tuple(Commune(*(_text(value) for value in row)) for row in zip(*columns, strict=True))

    def coded(self, code: str, day: str | None = None) -> tuple[Commune, ...]:
        """Return the communes with that code, of one vintage or of all."""
        return tuple(one for one in self.all if one.code == code and day in (None, one.day))

    def named(self, text: str, day: str | None = None) -> tuple[Commune, ...]:
        """Return the communes that `text` may mean: ``06184``, ``06184@2025-07-01``, ``xã Đồng Đăng``, ``dong dang``.

        A text with accents is taken at its word; without any, every name that it may stand for answers. A kind or a
        district (``Cao Lộc/Thụy Hùng``) narrows.
        """
        text, _, dated = text.strip().partition("@")
        day = dated or day
        parent, _, name = text.rpartition("/")
        found = self.coded(name.strip(), day) or tuple(self._called(name, day))
        return tuple(one for one in found if not parent or _sound(parent) == _sound(one.parent))

    def _called(self, name: str, day: str | None) -> Iterator[Commune]:
        kind, bare = _kind_and_name(name)
        loose = [one for one in self.sounding_like(name) if day in (None, one.day)]
        exact = [one for one in loose if unit_key(one.name) == name_key(bare)]
        for one in exact or (loose if search_key(bare) == bare.casefold() else ()):
            if not kind or search_key(one.name).startswith(search_key(kind)):
                yield one

    def sounding_like(self, name: str) -> tuple[Commune, ...]:
        """Return the communes whose names are the same but for accents, of every vintage and kind."""
        bare = name.partition("@")[0].rpartition("/")[2]
        return self._by_sound.get(_sound(_kind_and_name(bare)[1]), ())

    @cached_property
    def _by_sound(self) -> dict[str, tuple[Commune, ...]]:
        found: dict[str, tuple[Commune, ...]] = {}
        for one in self.all:
            found[_sound(one.name)] = (*found.get(_sound(one.name), ()), one)
        return found

    def on_the_land_of(self, commune: Commune, day: str) -> tuple[Commune, ...]:
        """Return the communes of another vintage that lie on the land of `commune`: predecessors or successors.

        Two communes share land where their shapes have more than a tenth of the smaller one in common.
        """
        if commune.day == day:
            return (commune,)
        if (commune, day) not in self.found:
            self.found[commune, day] = self._sharing_land(commune, day)
        return self.found[commune, day]

    def _sharing_land(self, commune: Commune, day: str) -> tuple[Commune, ...]:
        shape, others = self.shape_of(commune), np.flatnonzero(self.rows["valid_from"] == day)
        if shape is None:
            return ()
        shapes = self._shapes[others]
        common = shapely.area(shapely.intersection(shapes, shape))
        smaller = np.minimum(shapely.area(shapes), shapely.area(shape))
        return tuple(self.all[row] for row in others[np.nan_to_num(common) > _SAME_LAND * smaller])

    def shape_of(self, commune: Commune) -> object | None:
        """Return the shape of a commune; None where the layer has none that can be used."""
        shape = self._shapes[self.all.index(commune)]
        return None if shapely.is_missing(shape) or shapely.is_empty(shape) else shape

    @cached_property
    def _shapes(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        shapes = np.array(self.rows.geometry.values, dtype=object)
        shapes[~shapely.is_valid(shapes)] = None
        return shapes


_FIELDS = ("code", "valid_from", "name", "parent")


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _kind_and_name(name: str) -> tuple[str, str]:
    words = name.replace(".", " ").split()
    if len(words) > 1 and search_key(words[0]) in _SHORT_KINDS:
        return _SHORT_KINDS[search_key(words[0])], " ".join(words[1:])
    plain = " ".join(words)
    kind = next((one for one in KINDS if search_key(plain).startswith(f"{search_key(one)} ")), "")
    return kind, " ".join(words[len(kind.split()) :])


def _sound(name: str) -> str:
    """Return a name without its kind and accents."""
    return search_key(unit_key(name))
