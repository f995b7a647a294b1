"""Results by former districts: sums over the communes of a vintage that still had districts."""

from collections.abc import Iterator

from pandas import DataFrame, Series

from layers.admin_units import DISTRICTS_UNTIL, name_parts
from planning.breakdown import by_class, table_of
from planning.cadastre import NO_VALUE
from planning.context import Units
from planning.record import Table

NAME = "by.districts@"
_PROVINCE = name_parts("tỉnh")[0]


def district_table(units: Units, rows: DataFrame) -> Iterator[tuple[str, Table]]:
    """Yield the areas by district of one vintage, nothing for units that are in none.

    Parameters
    ----------
    units : administrative units of one vintage
    rows : their areas, as from `planning.breakdown.by_unit`
    """
    day = units.layer.partition("@")[2]
    if day >= DISTRICTS_UNTIL or "parent" not in units.before:
        return
    districts = districts_of(units)
    if (districts != NO_VALUE).any():
        yield f"{NAME}{day}", table_of(by_class(rows, districts, {}))


def districts_of(units: Units) -> Series:
    """Return the district of each unit, shape (n,); `NO_VALUE` where none is known. A province is no district."""
    parents = units.before["parent"].astype(object).where(units.before["parent"].notna(), NO_VALUE)
    return parents.where(parents.map(lambda name: name_parts(name)[0]) != _PROVINCE, NO_VALUE)
