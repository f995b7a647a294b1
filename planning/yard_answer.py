"""The register of yards as plain values, for programs."""

from typing import Any

from planning.law.yard_recognition import RECOGNITION, broken
from planning.plain_rows import plain_rows
from planning.record import Record


def as_json(record: Record) -> dict[str, Any]:
    """Return a Record of yards as plain values: its facts, and every table by the last part of its name."""
    return {
        "project": record.project,
        "scenario": record.scenario,
        "notice": record.notice,
        "crs": record.crs,
        **_broken(record),
        "facts": {key: fact.value for key, fact in record.facts.items()},
        **{
            name.removeprefix("yards."): plain_rows(record, name, tuple(record.tables[name].columns))
            for name in record.tables
        },
        "no_data": list(record.no_data),
        "record": {
            "id": record.id,
            "created": record.stamp.created,
            "software": record.stamp.software,
            "rules": {"id": record.rules.id, "sha256": record.rules.sha256},
            "inputs": [{"layer": one.layer, "rows": one.rows, "sha256": one.sha256} for one in record.inputs],
        },
    }


def _broken(record: Record) -> dict[str, Any]:
    """Return the codes of the yards that lose their recognition, or may lose it; nothing where it was not asked."""
    if RECOGNITION not in record.tables:
        return {}
    return {"recognition_broken": broken(record.tables[RECOGNITION])["key"].astype(str).tolist()}
