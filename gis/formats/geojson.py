"""What GeoJSON (RFC 7946) demands and drivers pass over: names of the rules that a file breaks.

Pure Python and self-contained: it runs in the reading process.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

GEOMETRIES = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
# Faults that leave no doubt about the place of things: they are told, not refused.
TOLD = ("winding", "precision", "collection-of-one", "collection-in-collection", "changed-semantics")
_NAMED_ONCE = 8
_FEATURE = re.compile(r"\$\.features\[(\d+)\]")
# What is no feature is counted by no driver.
_OF_THE_LIST = ("feature-expected",)
# Digits after the point beyond which a degree is finer than a tenth of a millimetre.
_DIGITS = 9


class _Twice(ValueError):
    """A name stands twice in one object."""


@dataclass(frozen=True)
class Problems:
    """The rules that a file breaks, as ``rule: place``.

    Attributes
    ----------
    refused : those that leave the whole file in doubt, each rule once
    told : those that are only to be reported, each rule once
    broken : by feature (from 1), the first rule that leaves this feature in doubt and no other
    features : how many there are
    """

    refused: list[str]
    told: list[str]
    broken: dict[int, str]
    features: int


def problems_of(path: Path) -> Problems:
    """Return the rules that the file breaks."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except _Twice as error:
        return Problems([f"duplicate-member: {error}"], [], {}, 0)
    except (ValueError, RecursionError) as error:
        return Problems([f"json: {error}"], [], {}, 0)
    refused: dict[str, str] = {}
    told: dict[str, str] = {}
    broken: dict[int, str] = {}
    for rule, place in _problems(content, "$"):
        inside = _FEATURE.match(place)
        if rule not in TOLD and inside and rule not in _OF_THE_LIST:
            broken.setdefault(int(inside.group(1)) + 1, f"{rule}: {place}")
        else:
            named = told if rule in TOLD else refused
            if rule not in named and len(named) < _NAMED_ONCE:
                named[rule] = place
    features = content.get("features") if isinstance(content, dict) else None
    count = len(features) if isinstance(features, list) else 1
    return Problems(_named(refused), _named(told), broken, count)


def _named(found: dict[str, str]) -> list[str]:
    return [f"{rule}: {place}" for rule, place in found.items()]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return members


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _problems(one: Any, at: str) -> Iterator[tuple[str, str]]:
    if not isinstance(one, dict):
        yield "object-expected", at
        return
    kind = one.get("type")
    if not isinstance(kind, str):
        yield "type-missing", at
    elif kind == "FeatureCollection":
        yield from _collection(one, at)
    elif kind == "Feature":
        yield from _feature(one, at)
    else:
        yield from _geometry(one, at)
    yield from _bbox(one, at)


def _collection(one: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    if "coordinates" in one or "geometry" in one or "properties" in one:
        yield "changed-semantics", at
    features = one.get("features")
    if not isinstance(features, list):
        yield "features-not-a-list", at
        return
    for place, feature in enumerate(features):
        here = f"{at}.features[{place}]"
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield "feature-expected", here
        else:
            yield from _feature(feature, here)
            yield from _bbox(feature, here)


def _feature(one: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    if "coordinates" in one or "geometries" in one or "features" in one:
        yield "changed-semantics", at
    if "id" in one and (not isinstance(one["id"], str | int | float) or isinstance(one["id"], bool)):
        yield "id-not-text-or-number", at
    if not (one.get("properties") is None or isinstance(one["properties"], dict)):
        yield "properties-not-an-object", at
    if one.get("geometry") is not None:
        yield from _geometry(one["geometry"], f"{at}.geometry")
    elif "geometry" not in one:
        yield "geometry-missing", at


def _geometry(one: Any, at: str, *, inside: bool = False) -> Iterator[tuple[str, str]]:
    kind = one.get("type") if isinstance(one, dict) else None
    if not isinstance(one, dict):
        yield "geometry-not-an-object", at
    elif kind == "GeometryCollection":
        yield from _geometries(one, at, inside=inside)
    elif kind not in GEOMETRIES:
        yield "type-unknown", at
    elif not isinstance(one.get("coordinates"), list):
        yield "coordinates-missing", at
    else:
        if "geometry" in one or "properties" in one or "features" in one:
            yield "changed-semantics", at
        yield from _coordinates(one["coordinates"], kind, at)


def _geometries(one: dict[str, Any], at: str, *, inside: bool) -> Iterator[tuple[str, str]]:
    parts = one.get("geometries")
    if not isinstance(parts, list):
        yield "geometries-not-a-list", at
        return
    if inside:
        yield "collection-in-collection", at
    elif len(parts) == 1:
        yield "collection-of-one", at
    for place, part in enumerate(parts):
        yield from _geometry(part, f"{at}.geometries[{place}]", inside=True)


def _coordinates(coordinates: Any, kind: str, at: str) -> Iterator[tuple[str, str]]:
    depth = GEOMETRIES[kind]
    if depth == 0:
        yield from _position(coordinates, at)
        return
    if not isinstance(coordinates, list):
        yield "nesting", at
        return
    if kind in ("MultiPoint", "LineString"):
        if kind == "LineString" and len(coordinates) < 2:
            yield "line-too-short", at
        yield from _positions(coordinates, at)
    elif kind == "Polygon":
        yield from _rings(coordinates, at)
    else:
        for place, part in enumerate(coordinates):
            yield from _coordinates(part, kind.removeprefix("Multi"), f"{at}[{place}]")


def _rings(rings: list[Any], at: str) -> Iterator[tuple[str, str]]:
    for place, ring in enumerate(rings):
        here = f"{at}[{place}]"
        if not isinstance(ring, list):
            yield "nesting", here
            continue
        wrong = list(_positions(ring, here))
        yield from wrong
        if any(rule not in TOLD for rule, _ in wrong):
            continue
        if len(ring) < 4:
            yield "ring-too-short", here
        elif ring[0] != ring[-1]:
            yield "ring-not-closed", here
        elif (_turns_left(ring)) is not (place == 0):
            yield "winding", here


def _positions(positions: list[Any], at: str) -> Iterator[tuple[str, str]]:
    sizes = set()
    for place, position in enumerate(positions):
        yield from _position(position, f"{at}[{place}]")
        sizes.add(len(position) if isinstance(position, list) else 0)
    if len(sizes) > 1:
        yield "mixed-dimensions", at


def _position(position: Any, at: str) -> Iterator[tuple[str, str]]:
    if not isinstance(position, list):
        yield "nesting", at
    elif not all(isinstance(one, int | float) and not isinstance(one, bool) for one in position):
        yield "coordinate-not-a-number", at
    elif not 2 <= len(position) <= 3:
        yield "position-size", at
    elif not all(math.isfinite(one) for one in position):
        yield "coordinate-not-finite", at
    elif any(isinstance(one, float) and len(repr(one).partition(".")[2]) > _DIGITS for one in position):
        yield "precision", at


def _turns_left(ring: list[Any]) -> bool:
    (east, north), doubled = ring[0][:2], 0.0
    for one, two in pairwise(ring):
        doubled += (one[0] - east) * (two[1] - north) - (two[0] - east) * (one[1] - north)
    return doubled >= 0


def _bbox(one: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    if "bbox" not in one:
        return
    bbox = one["bbox"]
    numbers = isinstance(bbox, list) and all(isinstance(value, int | float) for value in bbox)
    if not numbers or len(bbox) not in (4, 6):
        yield "bbox", at
