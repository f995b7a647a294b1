"""Where the places of a sentence find their facts; a fact that the Record does not have is *no data*."""

from planning.errors import FactUnknown
from planning.record import Fact, Record

# Stands in keys for the day of the newest administrative units.
NEWEST = "@newest"
# What was said with the scenario; a field of the Record, read like a fact.
REASON = "reason"
_VINTAGES = "by.admin_units@"


def fact_of(record: Record, key: str) -> Fact:
    """Return the fact of a key, in which `NEWEST` is the newest vintage; without one its value is None."""
    if key == REASON:
        return Fact(REASON, record.reason or None, "text", "as given with the scenario")
    dated = dated_key(record, key)
    try:
        return record.fact(dated)
    except FactUnknown:
        return Fact(dated, None, "text", "not in the Record")


def dated_key(record: Record, key: str) -> str:
    """Return a key or the name of a table with the day of the newest administrative units in it."""
    days = [name.removeprefix(_VINTAGES) for name in record.tables if name.startswith(_VINTAGES)]
    return key.replace(NEWEST, f"@{max(days)}") if days else key


def is_approximate(record: Record) -> bool:
    """Tell whether the line of the zone is only approximate, so that what is measured along it is "about"."""
    return bool(fact_of(record, "zone.status").value == "approximate")
