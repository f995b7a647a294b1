"""The extract of one parcel as a Record: a frozen value whose every number is a fact, for page, PDF, map and workbook.

Tables, each with rows of the one parcel; a table that would be empty is not there::

    parcels               the parcel: areas, uses as written, what a scenario makes of it
    parcels.uses          one line per use: current, legal, planned
    parcels.layers        every class that touches it, with area, share, interval, state and document
    parcels.nets          layers whose classes overlap on it: gross, net, overlap
    parcels.not_affected  layers that do not touch it
    parcels.papers, parcels.events, parcels.findings, parcels.to_check, parcels.identifier

Owner and address are in it only when they were asked for; the fact ``choice.personal`` says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from geopandas.array import GeometryArray
from pandas import DataFrame

from gis.measure import to_m2, to_mm2
from gis.states import STATES
from layers.conform import as_multi
from layers.withheld import withheld
from planning import marks
from planning.cadastre import PERSONAL
from planning.errors import ParcelWithheld
from planning.parcel_check import Pairs, Touched
from planning.parcel_desk import ParcelDesk, bare_key
from planning.parcel_identifier import POINT, provisional
from planning.parcel_key import Hit
from planning.parcel_layers import ESTABLISHED
from planning.parcel_uses import uses_of
from planning.record import Column, Fact, Record, Stamp, Table
from planning.use_against_plan import COLUMNS as TO_CHECK
from planning.use_against_plan import differences, finding_of

_AS_IN_LAYER = "as in the layer"
_TEXT = Column("text", _AS_IN_LAYER)
_M2 = Column("m2", _AS_IN_LAYER)
_OVERLAY = "planar grid area of the overlay in the project's CRS, rounded to 1 mm² per unit"
_KEY = Column("text", "key of the layer")

PARCEL: Mapping[str, Column] = {
    "key": _KEY,
    "commune": _TEXT,
    "commune_name": Column("text", "name of the commune in the vintage of its code"),
    "district": Column("text", "parent of the commune in the vintage of its code"),
    "valid_from": Column("date", _AS_IN_LAYER),
    "sheet_no": _TEXT,
    "parcel_no": _TEXT,
    "measured_area_m2": _M2,
    "legal_area_m2": _M2,
    "unit_m2": Column("m2", "planar grid area of the unit"),
    "drawn_less_measured_m2": Column("m2", "unit_m2 less measured_area_m2"),
    "measured_less_legal_m2": Column("m2", "measured_area_m2 less legal_area_m2"),
    "land_use": _TEXT,
    "legal_use": _TEXT,
    "planned_use": _TEXT,
    "place_name": _TEXT,
    "origin_of_use": _TEXT,
    "owner_class": _TEXT,
    "owner": _TEXT,
    "address": _TEXT,
    "handover_date": Column("date", _AS_IN_LAYER),
    "source_scale": _TEXT,
    "accuracy_m": Column("m", _AS_IN_LAYER),
    "document": _TEXT,
    "shape_problem": Column("text", "why the shape cannot be measured"),
}
_CHANGE = "area inside the zone by the scenario, as its analysis tells"
CHANGES: Mapping[str, Column] = {
    f"{name}_m2": Column("m2", _CHANGE) for name in ("base", "proposed", "kept", "added", "removed")
}
USES: Mapping[str, Column] = {
    "key": _KEY,
    "basis": Column("text", "current, by the papers, or planned"),
    "land_use": Column("text", "code as written"),
    "role": _TEXT,
    "star": Column("text", "marked as residential part of rural land"),
    "known": Column("text", "whether the list of land-use codes has it"),
    "measured_area_m2": _M2,
    "legal_area_m2": _M2,
}
LAYERS: Mapping[str, Column] = {
    "key": _KEY,
    "layer": Column("text", "layer that was asked"),
    "version": Column("text", "as established, or as the scenario proposes it"),
    "class": Column("text", "key of the feature in its layer"),
    "name": Column("text", "name as in the layer"),
    "kind": _TEXT,
    "state": Column("state", "four states against the line, by its stated accuracy"),
    "area_m2": Column("m2", _OVERLAY),
    "share": Column("share", "area_m2 / area of the parcel"),
    "share_min": Column("share", "share that is inside whatever the error of the line, within its accuracy"),
    "share_max": Column("share", "share that may be inside, within the accuracy of the line"),
    "length_m": Column("m", "length of the line inside the parcel"),
    "accuracy_m": Column("m", "stated accuracy of the line"),
    "document": _TEXT,
    "papers": Column("text", "papers of the feature"),
    "source": Column("text", "files that the layer came from"),
}
NETS: Mapping[str, Column] = {
    "key": _KEY,
    "layer": Column("text", "layer that was asked"),
    "gross_m2": Column("m2", "sum of the areas, overlaps counted each time"),
    "net_m2": Column("m2", "area in any of the classes, overlaps counted once"),
    "overlap_m2": Column("m2", "gross_m2 less net_m2"),
}
PAPERS: Mapping[str, Column] = {
    "key": _KEY,
    **dict.fromkeys(("kind", "number", "issuer"), _TEXT),
    "issued_on": Column("date", _AS_IN_LAYER),
    "expires_on": Column("date", _AS_IN_LAYER),
    "note": _TEXT,
}
EVENTS: Mapping[str, Column] = {
    "key": _KEY,
    "kind": _TEXT,
    "day": Column("date", _AS_IN_LAYER),
    "value": _TEXT,
    "document": _TEXT,
}
IDENTIFIER: Mapping[str, Column] = {
    "key": _KEY,
    "national_id": Column("text", "official identifier, as in the layer"),
    "provisional_id": Column("text", "GeoHash of the point, 12 characters, computed: not official"),
    "sure": Column("count", "first characters that hold within the accuracy of the transformation"),
    "point": Column("text", "point that was used"),
    "easting_m": Column("coordinate", "easting of the point"),
    "northing_m": Column("coordinate", "northing of the point"),
    "transform": Column("text", "transformation to WGS 84 that was used"),
    "accuracy_m": Column("m", "stated accuracy of the transformation"),
}
FINDINGS: Mapping[str, Column] = {
    "key": _KEY,
    "finding": Column("text", "name of the finding, for a word of an officer"),
    **{
        name: Column("text", "newest recorded run of checks")
        for name in ("rule", "severity", "field", "value", "others")
    },
    **marks.COLUMNS,
}
NOT_AFFECTED: Mapping[str, Column] = {
    "key": _KEY,
    "layer": Column("text", "layer or kind of restriction, none of it touches"),
}


def extract(desk: ParcelDesk, hit: Hit, *, personal: bool = False, with_defence: bool = False) -> Record:
    """Return what the project knows of one parcel.

    Parameters
    ----------
    desk : the opened project
    hit : the parcel, as `planning.parcel_key` found it
    personal : with owner and address
    with_defence : with defence land among the restrictions, and of a parcel that is defence or security land itself

    Raises
    ------
    ParcelWithheld
        The parcel is defence or security land, and nobody asked for that.
    """
    case = _Case(desk, hit, desk.cadastre.row(hit.position), _touched(desk, hit), personal, with_defence)
    if not with_defence and withheld(DataFrame([case.row]))[0]:
        raise ParcelWithheld(key=hit.key)
    project = desk.workspace.project
    return Record(
        project=project.name,
        scenario=desk.asked.scenario,
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={fact.key: fact for fact in _facts(case)},
        tables=dict(_tables(case)),
        geometry={"parcels": _shape(desk, hit)},
        inputs=desk.inputs,
        no_data=desk.no_data(hit.position),
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), desk.software),
    )


@dataclass(frozen=True, eq=False)
class _Case:
    # One parcel, what touches it, and what of it may be told.
    desk: ParcelDesk
    hit: Hit
    row: Mapping[str, Any]
    touched: Touched
    personal: bool
    with_defence: bool

    @property
    def shown(self) -> Pairs:
        pairs = self.touched.pairs
        return pairs if self.with_defence else pairs.taken(~self.desk.check.features.withheld[pairs.feature])

    @property
    def has_shape(self) -> bool:
        return self.desk.cadastre.shape_problem(self.hit.position) is None


def _touched(desk: ParcelDesk, hit: Hit) -> Touched:
    return desk.check.touching(np.array([hit.position]))


def _facts(case: _Case) -> Iterator[Fact]:
    asked = "whether the person who asked wanted it"
    yield Fact("choice.personal", "shown" if case.personal else "left out", "text", asked)
    yield Fact("choice.defence", "shown" if case.with_defence else "left out", "text", asked)
    if not case.with_defence:
        how = "defence land that touches the parcel: counted, not told"
        yield Fact("withheld.constraints", len(case.touched.pairs.unit) - len(case.shown.unit), "count", how)


def _tables(case: _Case) -> Iterator[tuple[str, Table]]:
    desk, key, feature = case.desk, case.hit.key, bare_key(case.hit.key)
    yield "parcels", _parcel(case)
    if len(case.shown.unit):
        yield "parcels.layers", Table(_layers(case), LAYERS)
    parts = {
        "parcels.uses": (USES, _uses(desk, key, case.row, feature)),
        "parcels.nets": (NETS, _nets(case)),
        "parcels.not_affected": (NOT_AFFECTED, _away(case) if case.has_shape else []),
        "parcels.papers": (PAPERS, _numbered(key, desk.papers.of("parcels", feature), PAPERS)),
        "parcels.events": (EVENTS, _numbered(key, desk.events.of("parcels", feature), EVENTS)),
        "parcels.findings": (FINDINGS, _findings(desk, key, feature)),
        "parcels.to_check": (TO_CHECK, _to_check(case)),
        "parcels.identifier": (IDENTIFIER, _identifier(desk, case.hit, case.row)),
    }
    yield from ((name, _table(rows, columns)) for name, (columns, rows) in parts.items() if rows)


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Column]) -> Table:
    values = {name: [row.get(name) for row in rows] for name in columns}
    typed = {name: _typed(cells, columns[name]) for name, cells in values.items()}
    return Table(DataFrame(typed, copy=False), columns)


def _typed(cells: list[Any], column: Column) -> Any:
    if column.unit in ("m2", "m", "coordinate", "share", "count"):
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
    return np.array(cells, dtype=object)


def _parcel(case: _Case) -> Table:
    desk, hit, row = case.desk, case.hit, case.row
    drawn_mm2 = int(desk.cadastre.fabric.area_mm2[hit.position])
    drawn = to_m2(drawn_mm2) if drawn_mm2 else None
    measured, legal = row.get("measured_area_m2"), row.get("legal_area_m2")
    told: dict[str, Any] = {
        **row,
        "key": hit.key,
        "commune_name": hit.commune.name if hit.commune else None,
        "district": hit.commune.parent or None if hit.commune else None,
        "unit_m2": drawn,
        "drawn_less_measured_m2": _less(drawn, measured),
        "measured_less_legal_m2": _less(measured, legal),
        "shape_problem": desk.cadastre.shape_problem(hit.position),
        **(desk.cadastre.personal(hit.position) if case.personal else {}),
    }
    columns = {name: one for name, one in PARCEL.items() if case.personal or name not in PERSONAL}
    if case.touched.changes:
        told |= {name: values[0] for name, values in case.touched.changes.items()}
        columns |= CHANGES
    return _table([told], columns)


def _less(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else to_m2(int(to_mm2(first) - to_mm2(second)))


def _uses(desk: ParcelDesk, key: str, row: Mapping[str, Any], feature: str) -> list[Mapping[str, Any]]:
    return [
        {
            "key": f"{key}|{number}",
            "basis": one.basis,
            "land_use": one.code,
            "role": one.role,
            "star": "*" if one.star else None,
            "known": "yes" if one.is_known else "no",
            "measured_area_m2": one.measured_area_m2,
            "legal_area_m2": one.legal_area_m2,
        }
        for number, one in enumerate(uses_of(row, desk.uses.of(feature)), start=1)
    ]


def _layers(case: _Case) -> DataFrame:
    desk, pairs, features = case.desk, case.shown, case.desk.check.features
    of = {
        name: getattr(features, name)[pairs.feature]
        for name in ("layer", "version", "name", "kind", "document", "source")
    }
    version = np.where(of["version"] == ESTABLISHED, "", f"@{desk.asked.scenario}")
    classes = features.key[pairs.feature]
    key = [f"{case.hit.key}|{one[0]}{one[1]}/{one[2]}" for one in zip(of["layer"], version, classes, strict=True)]
    papers = [_papers_of(desk, layer, one) for layer, one in zip(of["layer"], classes, strict=True)]
    numbers = {name: getattr(pairs, name) for name in ("area_m2", "share", "share_min", "share_max", "length_m")}
    accuracy = features.accuracy_m[pairs.feature].astype(np.float64)
    state = np.array(STATES, dtype=object)[pairs.state]
    told = {**of, **numbers, "key": key, "class": classes, "state": state, "accuracy_m": accuracy, "papers": papers}
    return DataFrame({name: told[name] for name in LAYERS}, copy=False)


def _papers_of(desk: ParcelDesk, layer: str, feature: str) -> str | None:
    found = desk.papers.of(layer.partition("@")[0], feature)
    return "; ".join(f"{one['kind']} {one['number']}" for one in found) or None


def _nets(case: _Case) -> Sequence[Mapping[str, Any]]:
    pairs, features = case.shown, case.desk.check.features
    areas = pairs.taken(~np.isnan(pairs.area_m2) & (features.version[pairs.feature] == ESTABLISHED))
    layers = features.layer[areas.feature]
    rows = []
    for layer, net in case.touched.nets.items():
        own = areas.area_m2[layers == layer]
        if len(own) > 1:
            gross, net_mm2 = int(to_mm2(own).sum()), int(net[0])
            told = {"gross_m2": to_m2(gross), "net_m2": to_m2(net_mm2), "overlap_m2": to_m2(gross - net_mm2)}
            rows.append({"key": f"{case.hit.key}|{layer}", "layer": layer, **told})
    return rows


def _away(case: _Case) -> list[Mapping[str, Any]]:
    check, pairs = case.desk.check, case.touched.pairs
    away = (*check.not_affected(pairs), *check.kinds_not_met(pairs))
    return [{"key": f"{case.hit.key}|{name}", "layer": name} for name in away]


def _to_check(case: _Case) -> list[Mapping[str, Any]]:
    shown = replace(case.touched, pairs=case.shown)
    rows = differences(case.desk, np.array([case.hit.position]), shown).rows
    told = rows.to_dict(orient="records") if len(rows) else []
    return [_difference(case, number, row) for number, row in enumerate(told, start=1)]


def _difference(case: _Case, number: int, row: Mapping[Any, Any]) -> Mapping[str, Any]:
    plain = {str(name): _none(value) for name, value in row.items()}
    finding = finding_of(bare_key(case.hit.key), plain)
    return {**plain, "key": f"{case.hit.key}|{number}", "finding": finding.ref, **case.desk.marks.columns_of(finding)}


def _numbered(key: str, lines: list[Mapping[str, Any]], columns: Mapping[str, Column]) -> list[Mapping[str, Any]]:
    return [
        {"key": f"{key}|{number}", **{name: line.get(name) for name in columns if name != "key"}}
        for number, line in enumerate(lines, start=1)
    ]


def _findings(desk: ParcelDesk, key: str, feature: str) -> list[Mapping[str, Any]]:
    found = desk.findings.of("parcels", feature) if desk.findings else ()
    return [
        {"key": f"{key}|{number}", "finding": one.ref, **asdict(one), **desk.marks.columns_of(one)}
        for number, one in enumerate(found, start=1)
    ]


def _identifier(desk: ParcelDesk, hit: Hit, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = provisional(desk.cadastre.fabric.drawn(np.array([hit.position])), desk.cadastre.fabric.crs)
    if not found.identifier[0]:
        return [{"key": hit.key, "national_id": row.get("national_id")}] if row.get("national_id") else []
    return [
        {
            "key": hit.key,
            "national_id": row.get("national_id"),
            "provisional_id": str(found.identifier[0]),
            "sure": int(found.sure[0]),
            "point": POINT,
            "easting_m": round(float(found.easting[0]), 3),
            "northing_m": round(float(found.northing[0]), 3),
            "transform": found.transform,
            "accuracy_m": found.accuracy_m,
        }
    ]


def _shape(desk: ParcelDesk, hit: Hit) -> GeoDataFrame:
    shapes = desk.cadastre.fabric.drawn(np.array([hit.position]))
    drawn = desk.cadastre.shape_problem(hit.position) is None
    shape = GeometryArray(as_multi(shapes) if drawn else shapes[:0], crs=desk.cadastre.fabric.crs)
    return GeoDataFrame({"key": [hit.key] if drawn else [], "geometry": shape})


def _none(value: Any) -> Any:
    return None if pd.isna(value) else value
