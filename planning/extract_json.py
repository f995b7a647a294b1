"""The JSON of an extract, printed from its Record. The names are a contract that others rely on."""

from collections.abc import Mapping
from typing import Any

from pandas import DataFrame

from planning.parcel_key import Found, Hit
from planning.record import Record, Value

_LAYER = (
    *("layer", "class", "state", "area_m2", "share", "share_min", "share_max", "document"),
    *("version", "name", "kind", "length_m", "accuracy_m", "papers", "source"),
)
# What a Record of many parcels lists one by one; that of all parcels goes to a file.
_ROWS = ("parcels.affected", "parcels.to_check")
_PARCEL = ("measured_area_m2", "legal_area_m2", "unit_m2", "land_use", "legal_use", "planned_use", "owner_class")


def as_json(record: Record) -> dict[str, Any]:
    """Return the extract as plain values: areas in m², None where there is no data, lists empty where nothing is."""
    parcel = next(iter(_rows(record, "parcels")))
    away = [str(row["layer"]) for row in _rows(record, "parcels.not_affected")]
    identifier = next(iter(_rows(record, "parcels.identifier")), None)
    return {
        "project": record.project,
        "notice": record.notice,
        "scenario": record.scenario or None,
        "crs": record.crs,
        "key": parcel["key"],
        **{name: parcel[name] for name in _PARCEL},
        "parcel": {name: value for name, value in parcel.items() if name != "key"},
        "uses": _rows(record, "parcels.uses"),
        "layers": [{name: row[name] for name in _LAYER} for row in _rows(record, "parcels.layers")],
        "overlaps": _rows(record, "parcels.nets"),
        "not_affected_by": [name for name in away if "/" not in name],
        "kinds_not_affected_by": [name for name in away if "/" in name],
        "no_data": list(record.no_data),
        "withheld": record.facts["withheld.constraints"].value if "withheld.constraints" in record.facts else 0,
        "findings": _rows(record, "parcels.findings"),
        "to_check": _rows(record, "parcels.to_check"),
        "papers": _rows(record, "parcels.papers"),
        "events": _rows(record, "parcels.events"),
        "identifier": identifier,
        "personal": record.value("choice.personal"),
        "record": {
            "id": record.id,
            "created": record.stamp.created,
            "software": record.stamp.software,
            "inputs": [{"layer": one.layer, "rows": one.rows, "sha256": one.sha256} for one in record.inputs],
        },
    }


def list_as_json(record: Record) -> dict[str, Any]:
    """Return what a Record of many parcels tells: counts by layer, or the affected parcels with their sums."""
    sums = [name for name in record.tables if name.startswith("parcels.by_")]
    return {
        "project": record.project,
        "notice": record.notice,
        "scenario": record.scenario or None,
        "facts": {key: fact.value for key, fact in record.facts.items()},
        **{name.removeprefix("parcels."): _plain(record.tables[name].frame) for name in sums},
        "rows": next((_plain(record.tables[name].frame) for name in _ROWS if name in record.tables), None),
        "no_data": list(record.no_data),
        "personal": record.value("choice.personal"),
        "record": {"id": record.id, "created": record.stamp.created, "software": record.stamp.software},
    }


def _plain(frame: DataFrame) -> list[dict[str, Any]]:
    return list(frame.astype(object).where(frame.notna(), None).to_dict(orient="records"))


def hits_as_json(found: Found) -> dict[str, Any]:
    """Return what a question may mean, where it is not one parcel."""
    return {"hits": [_hit(one) for one in found.hits], "other_readings": [_hit(one) for one in found.other]}


def _hit(hit: Hit) -> dict[str, Any]:
    named = hit.commune
    commune = (
        {"code": named.code, "name": named.name, "valid_from": named.day, "district": named.parent} if named else None
    )
    asked = {"code": hit.asked.code, "name": hit.asked.name, "valid_from": hit.asked.day} if hit.asked else None
    told = {"key": hit.key, "commune": commune, "found_by": hit.way, "through": asked}
    return told if hit.owner is None else {**told, "owner": hit.owner}


def _rows(record: Record, name: str) -> list[Mapping[str, Value]]:
    if name not in record.tables:
        return []
    table = record.tables[name]
    return [table.row(str(key)) for key in table.frame["key"]]
