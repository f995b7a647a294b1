"""What a scenario does to parcels: those that it adds, removes and cuts, for site clearance and compensation.

A parcel is listed when the scenario changes its state against the zone's line, or takes or gives more of it than the
snapping tolerance along its outline: a neighbour that is only touched is not affected. Sums by class of land user and
by land use close: the listed parcels, the slivers of parcels that are not listed, and land that is no parcel at all
are together what the scenario adds and removes of the zone.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from pandas import DataFrame, Series

from gis.bound import SNAP_M
from gis.measure import MM2_PER_M2, area_mm2, to_m2, to_mm2
from gis.states import CROSSED, OUTSIDE, STATES, UNDECIDABLE
from layers import zone
from planning.cadastre import NO_VALUE
from planning.extract import CHANGES, PARCEL
from planning.parcel_check import Pairs
from planning.parcel_desk import ParcelDesk
from planning.parcel_layers import ESTABLISHED, PROPOSED
from planning.parcel_list import choice_facts, dated_keys, drawn_parcels, parcel_columns, withheld_parcels
from planning.record import Column, Fact, Record, Stamp, Table

ADDED, REMOVED, CUT, OPEN = EFFECTS = ("added", "removed", "cut", "undecidable")
# Closing rows of the tables of sums, after the rows of the classes.
LISTED, WITHHELD, SLIVERS, NO_PARCEL, ZONE = CLOSING = ("=listed", "=withheld", "=slivers", "=no_parcel", "=zone")
_TOLD = (
    *(
        "key",
        "commune",
        "commune_name",
        "district",
        "valid_from",
        "sheet_no",
        "parcel_no",
        "owner_class",
        "owner",
        "address",
    ),
    *("land_use", "legal_use", "planned_use", "measured_area_m2", "legal_area_m2", "unit_m2", "document"),
)
_STATE = Column("state", "four states against the line, by its stated accuracy")
ROWS: Mapping[str, Column] = {
    **{name: PARCEL[name] for name in _TOLD},
    **CHANGES,
    "state_base": _STATE,
    "state_proposed": _STATE,
    "effect": Column("text", "what the scenario does to the parcel, by its states and areas"),
}
SUMS: Mapping[str, Column] = {
    "key": Column("text", "class of the parcels, as in the layer; rows with = close the table"),
    "parcels": Column("count", "parcels that are listed"),
    "unit_m2": Column("m2", "planar grid area of the unit"),
    "added_m2": CHANGES["added_m2"],
    "removed_m2": CHANGES["removed_m2"],
}
BY = ("owner_class", "land_use", "effect")
_SUMMED = ("unit_m2", "added_m2", "removed_m2")


def affected_parcels(
    desk: ParcelDesk, *, personal: bool = False, with_defence: bool = False, shapes: bool = False
) -> Record:
    """Return the parcels that the scenario of an opened desk affects, with sums that close.

    Parameters
    ----------
    desk : opened with a scenario
    personal : with owners and addresses
    with_defence : with parcels of defence and security land; without it they are counted and summed in one row
    shapes : with the shapes of the listed parcels
    """
    assert desk.asked.proposal is not None
    every = _every_parcel(desk, personal=personal)
    affected = _affected(desk, every)
    withheld = np.zeros(len(every), dtype=np.bool_) if with_defence else withheld_parcels(desk)
    listed = every[affected & ~withheld].reset_index(drop=True)
    project = desk.workspace.project
    columns = {name: one for name, one in ROWS.items() if name in listed}
    sums = {f"parcels.by_{by}": _sums(desk, every, affected, withheld, by) for by in BY}
    return Record(
        project=project.name,
        scenario=desk.asked.scenario,
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={one.key: one for one in _facts(desk, listed, personal=personal, with_defence=with_defence)},
        tables={**sums, "parcels.affected": Table(listed[list(columns)], columns)},
        geometry={"parcels": drawn_parcels(desk, affected & ~withheld)} if shapes else {},
        inputs=desk.inputs,
        no_data=desk.asked.no_data,
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), desk.software),
    )


def _every_parcel(desk: ParcelDesk, *, personal: bool) -> DataFrame:
    touched = desk.check.touching()
    told = parcel_columns(desk, dated_keys(desk), _TOLD, personal=personal)
    states = {
        f"state_{name}": _states(desk, touched.pairs, version)
        for name, version in (("base", ESTABLISHED), ("proposed", PROPOSED))
    }
    told = told.assign(**touched.changes, **states)
    return told.assign(effect=_effects(told))


def _states(desk: ParcelDesk, pairs: Pairs, version: str) -> npt.NDArray[np.object_]:
    """Return the state of every parcel against the zone; without a shape it cannot be told."""
    features = desk.check.features
    own = pairs.taken(
        (features.layer == zone.SCHEMA.name)[pairs.feature] & (features.version == version)[pairs.feature]
    )
    state = np.where(desk.cadastre.fabric.area_mm2 > 0, OUTSIDE, UNDECIDABLE).astype(object)
    state[own.unit] = np.array(STATES, dtype=object)[own.state]
    return state


def _effects(told: DataFrame) -> npt.NDArray[np.object_]:
    open_ = (told["state_base"] == UNDECIDABLE) | (told["state_proposed"] == UNDECIDABLE)
    conditions = [told["state_proposed"] == CROSSED, open_, told["added_m2"] >= told["removed_m2"]]
    return np.asarray(np.select(conditions, [CUT, OPEN, ADDED], REMOVED), dtype=object)


def _affected(desk: ParcelDesk, every: DataFrame) -> npt.NDArray[np.bool_]:
    moved = to_mm2(every["added_m2"]) + to_mm2(every["removed_m2"])
    slack = to_mm2(desk.cadastre.fabric.length_m * SNAP_M)
    return np.asarray((moved > slack) | (every["state_base"] != every["state_proposed"]), dtype=np.bool_)


def _facts(desk: ParcelDesk, listed: DataFrame, *, personal: bool, with_defence: bool) -> Iterator[Fact]:
    how = "parcels by what the scenario does to them"
    yield Fact("parcels.affected.count", len(listed), "count", how)
    for effect in EFFECTS:
        yield Fact(f"parcels.affected.{effect}", int((listed["effect"] == effect).sum()), "count", how)
    for region in ("added", "removed"):
        area = to_m2(_zone_mm2(desk, region))
        yield Fact(f"area_m2.{region}", area, "m2", "planar grid area in the project's CRS, to 1 mm²")
    yield from choice_facts(personal=personal, with_defence=with_defence)


def _zone_mm2(desk: ParcelDesk, region: str) -> int:
    assert desk.asked.proposal is not None
    return area_mm2(getattr(desk.asked.proposal.regions, region))


def _sums(
    desk: ParcelDesk, every: DataFrame, affected: npt.NDArray[np.bool_], withheld: npt.NDArray[np.bool_], by: str
) -> Table:
    """Return the sums by class, and the rows that close them with what the zone gains and loses."""
    listed = affected & ~withheld
    classes = every[by].astype(object).where(every[by].notna(), NO_VALUE)
    rows = [_row(str(one), every, listed & (classes == one)) for one in sorted(classes[listed].unique())]
    rows += [_row(LISTED, every, listed), _row(WITHHELD, every, affected & withheld), _row(SLIVERS, every, ~affected)]
    in_zone = {f"{region}_m2": _zone_mm2(desk, region) for region in ("added", "removed")}
    rest = {
        name: in_zone[name] - sum(int(to_mm2(row[name])) for row in rows[-3:]) for name in ("added_m2", "removed_m2")
    }
    for key, areas in ((NO_PARCEL, rest), (ZONE, in_zone)):
        rows.append({"key": key, "parcels": None, "unit_m2": None, **{name: to_m2(one) for name, one in areas.items()}})
    return Table(DataFrame(_numbers(rows), columns=list(SUMS)), SUMS)


def _row(key: str, every: DataFrame, chosen: npt.NDArray[np.bool_] | Series) -> dict[str, Any]:
    own = every[chosen]
    sums = {name: int(to_mm2(own[name].fillna(0.0)).sum()) / MM2_PER_M2 for name in _SUMMED}
    if key == SLIVERS:
        sums["unit_m2"] = np.nan  # parcels beside the line, whose own area means nothing here
    return {"key": key, "parcels": None if key == SLIVERS else len(own), **sums}


def _numbers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    columns = {name: [row[name] for row in rows] for name in SUMS}
    return {
        name: cells if name == "key" else np.array([np.nan if one is None else one for one in cells], dtype=np.float64)
        for name, cells in columns.items()
    }
