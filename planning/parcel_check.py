"""Parcels against layers: every class that a parcel touches, with area, share, interval and state; one parcel or all.

One parcel gets the answers that it gets among all, to the square millimetre.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.class_states import ClassStates, CoverLines
from gis.cover import Cover
from gis.fabric import Fabric
from gis.measure import MM2_PER_M2
from gis.ragged import ordered, starts_of
from gis.states import OUTSIDE, STATES
from layers import constraints
from layers.workspace import Workspace
from planning.cadastre import Cadastre, Ints
from planning.objects_on_parcels import Objects
from planning.parcel_layers import ESTABLISHED, MAY_OVERLAP, TOLD, AskedLayers, CheckedLayer, asked_layers

_OUTSIDE = STATES.index(OUTSIDE)
_CHANGES = ("kept", "added", "removed")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of a parcel and a feature that touches it, by parcel and layer, shape (r,) each.

    Attributes
    ----------
    unit : row position of the parcel
    feature : number of the feature among `Features`
    state : position in `gis.states.STATES`
    area_m2, share, share_min, share_max : NaN for lines and points
    length_m : how long a line runs inside the parcel; NaN for areas
    """

    unit: Ints
    feature: Ints
    state: npt.NDArray[np.int8]
    area_m2: Floats
    share: Floats
    share_min: Floats
    share_max: Floats
    length_m: Floats

    def taken(self, chosen: npt.NDArray[np.bool_]) -> "Pairs":
        """Return the chosen pairs."""
        return Pairs(**{name: values[chosen] for name, values in vars(self).items()})


@dataclass(frozen=True, eq=False)
class Touched:
    """What touches parcels, what of it overlaps, and what a scenario makes of them.

    Attributes
    ----------
    pairs : every feature that touches, withheld ones among them
    nets : by layer whose classes may overlap, area of each parcel in any that is not withheld, mm², shape (n,)
    changes : ``base_m2`` … ``removed_m2`` as the analysis of the scenario tells, shape (n,); empty without one
    """

    pairs: Pairs
    nets: Mapping[str, Ints]
    changes: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class ParcelCheck:
    """The parcels of a project and the layers that they are checked against, laid over each other once.

    Attributes
    ----------
    cadastre, asked : what was opened
    """

    cadastre: Cadastre
    asked: AskedLayers

    @classmethod
    def open(cls, workspace: Workspace, scenario: str | None = None) -> Self:
        """Open a project for questions about parcels.

        Raises
        ------
        LayerMissing
            There is no parcel layer.
        ScenarioUnknown, FileDamaged, CrsMixed
        """
        return cls(Cadastre.open(workspace), asked_layers(workspace, scenario))

    def touching(self, units: Ints | None = None) -> Touched:
        """Return what touches `units` (ascending row positions of parcels; None for all)."""
        whole = self.cadastre.fabric
        part = whole if units is None else whole.part(units)
        found = self._stack.lines.states(units)
        kind = self._stack.kind[found.cover]
        return Touched(
            pairs=self._pairs(part, found.taken((kind == _AREA) & (found.state != _OUTSIDE)), units),
            nets=self._nets(found.taken(kind == _NET), len(part)),
            changes=self._changes(found.taken(kind == _REGION), len(part)) if self.asked.proposal else {},
        )

    @cached_property
    def _stack(self) -> "_Stack":
        return _Stack.of(self.asked, self.cadastre.fabric)

    @cached_property
    def features(self) -> "Features":
        """The features of all layers."""
        return Features.of(self.asked.layers)

    def _pairs(self, part: Fabric, areas: ClassStates, units: Ints | None) -> Pairs:
        stack, lying = self._stack, self._stack.objects.on(part)
        feature = np.concatenate([stack.feature[areas.cover], stack.objects_at[lying.item]])
        unit = np.concatenate([areas.unit, lying.unit])
        order = ordered(unit * (int(feature.max(initial=0)) + 1) + feature)
        whole, none = part.area_mm2[areas.unit], np.full(len(lying.unit), np.nan)
        numbers = (
            areas.area_mm2 / MM2_PER_M2,
            *(one / whole for one in (areas.area_mm2, areas.least_mm2, areas.most_mm2)),
        )
        area, share, least, most = (np.concatenate([values, none])[order] for values in numbers)
        return Pairs(
            unit=unit[order] if units is None else units[unit[order]],
            feature=feature[order],
            state=np.concatenate([areas.state, lying.state])[order],
            area_m2=area,
            share=share,
            share_min=least,
            share_max=most,
            length_m=np.concatenate([np.full(len(areas.unit), np.nan), lying.length_m])[order],
        )

    def _nets(self, found: ClassStates, count: int) -> Mapping[str, Ints]:
        nets = {}
        for feature in np.unique(self._stack.feature[self._stack.kind == _NET]):
            own = self._stack.feature[found.cover] == feature
            net = np.zeros(count, dtype=np.int64)
            net[found.unit[own]] = found.area_mm2[own]
            nets[str(self.features.layer[feature])] = net
        return nets

    def _changes(self, found: ClassStates, count: int) -> Mapping[str, Floats]:
        inside = np.zeros((len(_CHANGES), count), dtype=np.int64)
        inside[self._stack.feature[found.cover], found.unit] = found.area_mm2
        kept, added, removed = inside
        areas = {"base": kept + removed, "proposed": kept + added, "kept": kept, "added": added, "removed": removed}
        return {f"{name}_m2": area / MM2_PER_M2 for name, area in areas.items()}

    def not_affected(self, pairs: Pairs) -> tuple[str, ...]:
        """Return the layers whose every feature has a known place away from the one parcel that `pairs` tell of."""
        touched = set(self.features.layer[pairs.feature])
        unknown = {layer.name for layer in self.asked.layers if layer.unknown}
        names = dict.fromkeys(layer.name for layer in self.asked.layers)
        return tuple(name for name in names if name not in touched and name not in unknown)

    def kinds_not_met(self, pairs: Pairs) -> tuple[str, ...]:
        """Return the kinds of restrictions, ``constraints/rice_land``, of which no feature touches the parcel."""
        met = set(self.features.kind[pairs.feature])
        layers = [one for one in self.asked.layers if one.name == constraints.SCHEMA.name and not one.unknown]
        return tuple(f"{layer.name}/{kind}" for layer in layers for kind in layer.kinds if kind not in met)


# What a class of the stack is: a feature of a layer, all features of a layer as one, a region of the scenario.
_AREA, _NET, _REGION = range(3)


@dataclass(frozen=True, eq=False)
class _Stack:
    # All layers as one cover, so that one pass over the parcels answers for all of them.
    lines: CoverLines
    kind: Ints
    feature: (
        Ints  # number of the feature among those of all layers; of a net the first of its layer; of a region 0 to 2
    )
    objects: Objects
    objects_at: Ints

    @classmethod
    def of(cls, asked: AskedLayers, fabric: Fabric) -> "_Stack":
        first = starts_of(np.array([len(one.rows) for one in asked.layers], dtype=np.int64))
        parts = [_part([], [], _AREA, _NONE, 0), *_parts(asked, first)]
        shapes, accuracy, kind, feature, layer = (np.concatenate(column) for column in zip(*parts, strict=True))
        cover = Cover.of_valid(np.arange(len(shapes)).astype(object), shapes, fabric.crs)
        lines = CoverLines.over(fabric, cover, accuracy, layer)
        drawn = np.concatenate([np.zeros(0, dtype=object), *(one.shapes[one.objects] for one in asked.layers)])
        known = np.concatenate([np.zeros(0), *(one.accuracy_m[one.objects] for one in asked.layers)])
        at = [start + one.objects for start, one in zip(first, asked.layers, strict=False)]
        return cls(lines, kind, feature, Objects.of(drawn, known), np.concatenate([_NONE, *at]))


_NONE: Ints = np.zeros(0, dtype=np.int64)


def _parts(asked: AskedLayers, first: Ints) -> Iterator[tuple[Any, ...]]:
    """Yield shapes, accuracies, kind, feature and number of each layer of the stack."""
    number = 0
    for start, layer in zip(first, asked.layers, strict=False):
        yield _part(layer.shapes[layer.areas], layer.accuracy_m[layer.areas], _AREA, start + layer.areas, number)
        number += 1
    for start, layer in zip(first, asked.layers, strict=False):
        shown = layer.areas[~layer.withheld[layer.areas]]
        if layer.name in MAY_OVERLAP and layer.version == ESTABLISHED and len(shown):
            union = np.array([shapely.union_all(layer.shapes[shown])], dtype=object)
            yield _part(union, np.zeros(1), _NET, np.array([start]), number)
            number += 1
    if asked.proposal:
        regions = [getattr(asked.proposal.regions, one) for one in _CHANGES]
        yield _part(np.array(regions, dtype=object), np.zeros(3), _REGION, np.arange(3), number)


def _part(shapes: Any, accuracy: Any, kind: int, feature: Ints, number: int) -> tuple[Any, ...]:
    count = len(shapes)
    kinds, numbers = np.full(count, kind), np.full(count, number)
    return np.array(shapes, dtype=object), np.array(accuracy, dtype=np.float64), kinds, feature, numbers


@dataclass(frozen=True, eq=False)
class Features:
    """What the features of all layers are called, shape (all features,) each; None is no data.

    Attributes
    ----------
    place : of the layer among those asked
    layer, version, source : of the layer
    key, name, kind, document, planned_use, accuracy_m : of the feature
    withheld : defence land, told only when asked for
    """

    place: Ints
    layer: npt.NDArray[np.object_]
    version: npt.NDArray[np.object_]
    source: npt.NDArray[np.object_]
    key: npt.NDArray[np.object_]
    name: npt.NDArray[np.object_]
    kind: npt.NDArray[np.object_]
    document: npt.NDArray[np.object_]
    planned_use: npt.NDArray[np.object_]
    accuracy_m: npt.NDArray[np.object_]
    withheld: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, layers: tuple[CheckedLayer, ...]) -> "Features":
        """Lay the features of the layers end to end."""
        place = np.repeat(np.arange(len(layers)), [len(one.rows) for one in layers])
        of_layers = {
            name: np.array([getattr(one, attribute) or None for one in layers], dtype=object)[place]
            for name, attribute in (("layer", "name"), ("version", "version"), ("source", "source"))
        }
        told = {name: np.concatenate([_NO_OBJECT, *(one.told[name] for one in layers)]) for name in TOLD}
        withheld = np.concatenate([np.zeros(0, dtype=np.bool_), *(one.withheld for one in layers)])
        return cls(place=place, **of_layers, **told, withheld=withheld)


_NO_OBJECT: npt.NDArray[np.object_] = np.zeros(0, dtype=object)
