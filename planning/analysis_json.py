"""The JSON of an analysis, printed from its Record. The names are a contract that others rely on."""

from typing import Any

from gis.states import STATES
from planning.balance.answer import balance_rows
from planning.breakdown import AREAS
from planning.law.answer import criteria_rows, recognition_answer
from planning.law.judgement import PROCEDURES
from planning.plain_rows import plain_rows
from planning.proposal import REGIONS
from planning.record import Record
from planning.robustness import ROBUSTNESS

_BREAKDOWNS = ("functional_areas", "land_use", "constraints")
_OF_VINTAGES = ("by.admin_units@", "by.districts@")
_ROW = ("key", "name", *AREAS)


def as_json(record: Record) -> dict[str, Any]:
    """Return the analysis as plain values: areas in m², None where there is no data, lists empty where nothing is."""
    return {
        "project": record.project,
        "scenario": record.scenario,
        "reason": record.reason,
        "notice": record.notice,
        "crs": record.crs,
        "zone": _zone(record),
        "area_m2": {name: record.value(f"area_m2.{name}") for name in (*REGIONS, "net", "gross")},
        "by": _breakdowns(record),
        "parcels": {name: record.value(f"parcels.{name}") for name in ("count", *STATES)},
        "yards": plain_rows(
            record,
            "yards",
            (
                *("key", "name", "operator", "state_base", "state_proposed", "share_proposed"),
                *("nearest_gate", "gate_distance_m", "unit_m2", "base_m2", "proposed_m2"),
            ),
        ),
        "yards_recognition": recognition_answer(record),
        "gates": plain_rows(record, "gates", ("key", "name", "state_base", "state_proposed")),
        "edits": _all_rows(record, "edits"),
        "movement": {**_movement(record), "stretches": _all_rows(record, "movement")},
        "yards_replanned": _all_rows(record, "yards_replanned"),
        "whole_or_cut": _tables(record, "whole_or_cut@"),
        "crosswalk": _tables(record, "crosswalk."),
        "criteria": criteria_rows(record),
        "procedure": _value(record, "law.procedure"),
        "procedures": plain_rows(record, PROCEDURES, ("limit", "counted", "districts", "procedure")),
        "robustness": plain_rows(record, ROBUSTNESS, ("key", "verdict", "margin", "unit", "line_error_m")),
        "balance": balance_rows(record),
        "no_data": list(record.no_data),
        "record": {
            "id": record.id,
            "created": record.stamp.created,
            "software": record.stamp.software,
            "rules": {"id": record.rules.id, "sha256": record.rules.sha256},
            "inputs": [{"layer": one.layer, "rows": one.rows, "sha256": one.sha256} for one in record.inputs],
        },
    }


def _zone(record: Record) -> dict[str, Any]:
    names = [key.removeprefix("zone.") for key in record.facts if key.startswith("zone.")]
    plain = {name: record.value(f"zone.{name}") for name in names if "." not in name}
    holes = {
        region: {"count": record.value(f"zone.holes.{region}"), "slivers": record.value(f"zone.sliver_holes.{region}")}
        for region in ("base", "proposed")
    }
    return {**plain, "holes": holes}


def _movement(record: Record) -> dict[str, Any]:
    """Return the facts of the movement, those of each kind of stretch together."""
    told: dict[str, Any] = {}
    for key in record.facts:
        if key.startswith("movement."):
            _, first, *rest = key.split(".")
            if rest:
                told.setdefault(first, {})[rest[0]] = record.value(key)
            else:
                told[first] = record.value(key)
    return told


def _tables(record: Record, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): _all_rows(record, name) for name in record.tables if name.startswith(prefix)}


def _all_rows(record: Record, name: str) -> list[dict[str, Any]]:
    return plain_rows(record, name, tuple(record.tables[name].columns)) if name in record.tables else []


def _breakdowns(record: Record) -> dict[str, Any]:
    vintages = [name.removeprefix("by.") for name in record.tables if name.startswith(_OF_VINTAGES)]
    return {name: _breakdown(record, f"by.{name}") for name in (*vintages, *_BREAKDOWNS)}


def _breakdown(record: Record, name: str) -> dict[str, Any]:
    residual = {region: _value(record, f"{name}.residual_m2.{region}") for region in REGIONS}
    total = {column: _value(record, f"{name}.total.{column}") for column in AREAS}
    rows = plain_rows(record, name, (*_ROW, "state_base", "state_proposed", "gross_m2"))
    for row in rows:
        row["state"] = row["state_proposed"]
    answer: dict[str, Any] = {"rows": rows, "total": total, "residual_m2": residual}
    if name == "by.constraints":
        answer["gross_m2"] = _value(record, f"{name}.gross_m2")
    return answer


def _value(record: Record, key: str) -> Any:
    return record.value(key) if key in record.facts else None
