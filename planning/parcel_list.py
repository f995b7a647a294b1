"""All parcels against all layers as one Record: a row per parcel, a row per pair, and a summary that counts them.

Tables::

    parcels            the parcel, and of each layer: strongest state, classes, area, share
    parcels.layers     every class that touches a parcel, as in its extract
    parcels.by_layer   parcels by state, by layer and version

Defence and security land stays out unless it is asked for: the parcels are counted, with their area, so that what is
told and what is withheld add up.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from gis.measure import MM2_PER_M2, to_m2, to_mm2
from gis.states import CROSSED, INSIDE, OUTSIDE, STATES, UNDECIDABLE
from layers.conform import as_multi
from layers.withheld import withheld
from planning.cadastre import PERSONAL, Ints
from planning.extract import CHANGES, LAYERS, PARCEL
from planning.parcel_check import Pairs, Touched
from planning.parcel_desk import ParcelDesk
from planning.parcel_layers import ESTABLISHED
from planning.record import Column, Fact, Record, Stamp, Table

# A parcel inside one class and cut by another is inside the layer.
_STRENGTH = (INSIDE, CROSSED, UNDECIDABLE, OUTSIDE)
_BETWEEN = "; "
_STATE = Column("state", "strongest state against the classes of the layer")
_COUNT = Column("count", "parcels by state against the layer")
BY_LAYER: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "layer": Column("text", "layer that was asked"),
    "version": Column("text", "as established, or as the scenario proposes it"),
    **dict.fromkeys(STATES, _COUNT),
    "no_data": Column("count", "parcels without a shape, or that a feature without a shape may touch"),
    "area_m2": Column("m2", "sum of the areas, overlaps counted each time"),
}
PAIRS: Mapping[str, Column] = {
    "key": LAYERS["key"],
    "parcel": Column("text", "key of the parcel"),
    **{name: one for name, one in LAYERS.items() if name not in ("key", "papers", "source")},
}


def parcel_list(
    desk: ParcelDesk, *, personal: bool = False, with_defence: bool = False, shapes: bool = False
) -> Record:
    """Return what the layers say of every parcel.

    Parameters
    ----------
    personal : with owners and addresses
    with_defence : with defence land, among restrictions and among parcels
    shapes : with the shapes of the parcels, for a file that draws them
    """
    touched = desk.check.touching()
    shown = np.ones(len(desk.cadastre), dtype=np.bool_) if with_defence else ~withheld_parcels(desk)
    pairs = _shown_pairs(desk, touched.pairs, shown, with_defence=with_defence)
    key = dated_keys(desk)
    project = desk.workspace.project
    return Record(
        project=project.name,
        scenario=desk.asked.scenario,
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={one.key: one for one in _facts(desk, shown, personal=personal, with_defence=with_defence)},
        tables={
            "parcels.by_layer": _by_layer(desk, pairs, shown & (desk.cadastre.fabric.area_mm2 > 0), int(shown.sum())),
            "parcels": _parcels(desk, touched, pairs, key, shown, personal=personal),
            "parcels.layers": _pairs(desk, pairs, key),
        },
        geometry={"parcels": drawn_parcels(desk, shown)} if shapes else {},
        inputs=desk.inputs,
        no_data=desk.asked.no_data,
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), desk.software),
    )


def withheld_parcels(desk: ParcelDesk) -> npt.NDArray[np.bool_]:
    """Return which parcels are defence or security land, by what they are used for, shape (n,)."""
    written = desk.cadastre.fields(("land_use",))["land_use"]
    return withheld(DataFrame({"land_use": written}))


def dated_keys(desk: ParcelDesk) -> Series:
    """Return the key of every parcel with the day of its commune code, as its extract is called."""
    of = desk.cadastre.communes
    plain = desk.cadastre.keys
    rest = plain.str.split("/", n=1).str[1]
    dated = of["commune"].astype("str") + "@" + of["valid_from"].astype("str") + "/" + rest
    return dated.where(of["valid_from"].notna(), plain)


def choice_facts(*, personal: bool, with_defence: bool) -> Iterator[Fact]:
    """Yield what the person who asked wanted to be told."""
    asked = "whether the person who asked wanted it"
    yield Fact("choice.personal", "shown" if personal else "left out", "text", asked)
    yield Fact("choice.defence", "shown" if with_defence else "left out", "text", asked)


def drawn_parcels(desk: ParcelDesk, chosen: npt.NDArray[np.bool_]) -> GeoDataFrame:
    """Return the shapes of the chosen parcels, those that have one."""
    drawn = np.flatnonzero(chosen & (desk.cadastre.fabric.area_mm2 > 0))
    shapes = as_multi(desk.cadastre.fabric.drawn(drawn))
    keys = dated_keys(desk).iloc[drawn].to_numpy(dtype=object)
    return GeoDataFrame({"key": keys}, geometry=shapes, crs=desk.cadastre.fabric.crs)


def personal_columns(desk: ParcelDesk) -> DataFrame:
    """Return owner and address of every parcel, read from the layer itself."""
    path = desk.workspace.file_of("parcels")
    there = [name for name in PERSONAL if name in pyogrio.read_info(path, layer="parcels")["fields"]]
    rows = pyogrio.read_dataframe(path, layer="parcels", columns=there, read_geometry=False, use_arrow=True)
    return DataFrame(rows).reindex(columns=list(PERSONAL))


def parcel_columns(desk: ParcelDesk, key: Series, names: tuple[str, ...], *, personal: bool) -> DataFrame:
    """Return the columns of `planning.extract.PARCEL` that are asked for, of all parcels."""
    told = desk.cadastre.fields([name for name in names if name not in PERSONAL])
    drawn = desk.cadastre.fabric.area_mm2
    told["key"] = key.to_numpy()
    told["unit_m2"] = np.where(drawn > 0, drawn / MM2_PER_M2, np.nan)
    called = {(one.code, one.day): (one.name, one.parent) for one in desk.communes.all}
    units = list(zip(*(desk.cadastre.communes[name].astype(object) for name in ("commune", "valid_from")), strict=True))
    number, distinct = pd.factorize(Series(units, dtype=object))
    for place, name in enumerate(("commune_name", "district")):
        names_of = np.array([(called.get(one) or (None, None))[place] for one in distinct], dtype=object)
        told[name] = names_of[number]
    for name, first, second in (
        ("drawn_less_measured_m2", "unit_m2", "measured_area_m2"),
        ("measured_less_legal_m2", "measured_area_m2", "legal_area_m2"),
    ):
        if name in names:
            told[name] = (told[first].astype("float64") - told[second].astype("float64")).round(6)
    if personal:
        owners = personal_columns(desk)
        told = told.assign(**{name: owners[name].to_numpy() for name in PERSONAL})
    return told[[name for name in names if personal or name not in PERSONAL]]


def _facts(desk: ParcelDesk, shown: npt.NDArray[np.bool_], *, personal: bool, with_defence: bool) -> Iterator[Fact]:
    yield Fact("parcels.count", int(shown.sum()), "count", "rows of the parcel layer")
    without = int((desk.cadastre.fabric.area_mm2[shown] == 0).sum())
    yield Fact("parcels.without_shape", without, "count", "rows whose shape is missing or empty: no data")
    if not with_defence:
        how = "defence and security land: counted, not drawn"
        yield Fact("withheld.parcels", int((~shown).sum()), "count", how)
        yield Fact("withheld.parcels_m2", to_m2(int(desk.cadastre.fabric.area_mm2[~shown].sum())), "m2", how)
    yield from choice_facts(personal=personal, with_defence=with_defence)


def _shown_pairs(desk: ParcelDesk, pairs: Pairs, shown: npt.NDArray[np.bool_], *, with_defence: bool) -> Pairs:
    told = shown[pairs.unit]
    return pairs.taken(told if with_defence else told & ~desk.check.features.withheld[pairs.feature])


def _parcels(
    desk: ParcelDesk, touched: Touched, pairs: Pairs, key: Series, shown: npt.NDArray[np.bool_], *, personal: bool
) -> Table:
    columns = {name: one for name, one in PARCEL.items() if personal or name not in PERSONAL}
    told = parcel_columns(desk, key, tuple(columns), personal=personal)
    if touched.changes:
        told, columns = told.assign(**touched.changes), {**columns, **CHANGES}
    for place, layer in enumerate(desk.asked.layers):
        name = _column_name(layer.name, layer.version)
        own = pairs.taken(desk.check.features.place[pairs.feature] == place)
        told = told.assign(**_summary(desk, own, name, is_whole=not layer.unknown))
        columns |= {
            f"{name}_state": _STATE,
            f"{name}_class": Column("text", "keys of the features that touch"),
            f"{name}_m2": Column("m2", "sum of the areas, overlaps counted each time"),
        }
    return Table(told[shown].reset_index(drop=True), columns)


def _summary(desk: ParcelDesk, own: Pairs, name: str, *, is_whole: bool) -> dict[str, Any]:
    """Return strongest state, classes and area of every parcel in one layer.

    Without a shape none of it is known, and where a feature of the layer has none, nobody is outside for sure.
    """
    count = len(desk.cadastre)
    known = desk.cadastre.fabric.area_mm2 > 0
    rank = np.array([_STRENGTH.index(one) for one in STATES])[own.state]
    best = np.full(count, len(_STRENGTH) - 1, dtype=np.int64)
    np.minimum.at(best, own.unit, rank)
    area = np.zeros(count, dtype=np.int64)
    np.add.at(area, own.unit, to_mm2(np.nan_to_num(own.area_m2)))
    state = np.array(_STRENGTH if is_whole else (*_STRENGTH[:-1], None), dtype=object)[best]
    state[~known] = None
    return {
        f"{name}_state": state,
        f"{name}_class": _classes(desk.check.features.key[own.feature], own.unit, count),
        f"{name}_m2": np.where(known, area / MM2_PER_M2, np.nan),
    }


def _classes(keys: npt.NDArray[np.object_], unit: Ints, count: int) -> npt.NDArray[np.object_]:
    """Return the classes of every unit as one text, None where there is none."""
    joined = np.full(count, None, dtype=object)
    first = np.diff(unit, prepend=-1) != 0
    joined[unit[first]] = keys[first]
    several = np.flatnonzero(~first)
    if len(several):
        every = np.isin(unit, unit[several])
        texts = Series(keys[every]).groupby(unit[every]).agg(_BETWEEN.join)
        joined[texts.index] = texts.to_numpy(dtype=object)
    return joined


def _column_name(layer: str, version: str) -> str:
    plain = layer.replace("@", "_").replace("-", "_")
    return plain if version == ESTABLISHED else f"{plain}_{version}"


def _pairs(desk: ParcelDesk, pairs: Pairs, key: Series) -> Table:
    features = desk.check.features
    of = {
        name: getattr(features, name)[pairs.feature]
        for name in ("layer", "version", "name", "kind", "document", "accuracy_m")
    }
    classes = features.key[pairs.feature]
    parcel = key.to_numpy(dtype=object)[pairs.unit]
    version = np.where(features.version == ESTABLISHED, "", f"@{desk.asked.scenario}")
    ends = "|" + features.layer.astype(object) + version.astype(object) + "/" + features.key
    numbers = {name: getattr(pairs, name) for name in ("area_m2", "share", "share_min", "share_max", "length_m")}
    told = {
        "key": parcel + ends[pairs.feature] if len(parcel) else parcel,
        "parcel": parcel,
        **of,
        "class": classes,
        "state": np.array(STATES, dtype=object)[pairs.state],
        **numbers,
        "accuracy_m": of["accuracy_m"].astype(np.float64),
    }
    return Table(DataFrame({name: told[name] for name in PAIRS}, copy=False), PAIRS)


def _by_layer(desk: ParcelDesk, pairs: Pairs, known: npt.NDArray[np.bool_], count: int) -> Table:
    place = desk.check.features.place[pairs.feature]
    rows = []
    for number, layer in enumerate(desk.asked.layers):
        own = pairs.taken(place == number)
        rank = np.array([_STRENGTH.index(one) for one in STATES])[own.state]
        order = np.lexsort((rank, own.unit))
        first = order[np.diff(own.unit[order], prepend=-1) != 0]
        told = np.bincount(own.state[first], minlength=len(STATES))
        states = dict(zip(STATES, map(int, told), strict=True))
        away = int(known.sum()) - len(first)
        states[OUTSIDE] = 0 if layer.unknown else away
        area = to_m2(int(to_mm2(np.nan_to_num(own.area_m2)).sum()))
        name = {"key": f"{layer.name}@{layer.version}", "layer": layer.name, "version": layer.version}
        rows.append({**name, **states, "no_data": count - len(first) - states[OUTSIDE], "area_m2": area})
    return Table(DataFrame(rows, columns=list(BY_LAYER)), BY_LAYER)
