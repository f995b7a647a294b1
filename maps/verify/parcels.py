"""The parcels that stand beside the Record, too many for it to draw: its table proves their keys, areas and uses."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from gis.measure import to_mm2
from layers import parcels
from maps.verify.difference import Difference, told
from planning.record import Record
from planning.undrawn import UndrawnParcels

_PROVEN = ("land_use", "planned_use")


def parcel_differences(file: str, stored: UndrawnParcels, record: Record) -> Iterator[Difference]:
    """Yield every parcel that the Record does not know, or that has another area or use than it says."""
    name = parcels.SCHEMA.name
    known = record.tables[name].frame.set_index("key")
    keys = stored.rows["key"]
    for key in keys[~keys.isin(known.index)]:
        yield Difference(file, f"{name}[{key}]", "", told(key), "")
    for key in known.index[~known.index.isin(keys)]:
        yield Difference(file, f"{name}[{key}]", "", "", told(key))
    there = DataFrame(stored.rows).assign(unit_m2=stored.fabric.area_m2).set_index("key")
    there = there[there.index.isin(known.index)]
    wanted = known.loc[there.index]
    other = to_mm2(there["unit_m2"].to_numpy()) != to_mm2(wanted["unit_m2"].fillna(0).to_numpy())
    yield from _named(file, name, "unit_m2", there, wanted, other)
    for column in _PROVEN:
        if column in there and column in wanted:
            other = there[column].fillna("").to_numpy() != wanted[column].fillna("").to_numpy()
            yield from _named(file, name, column, there, wanted, other)


def _named(
    file: str, name: str, column: str, found: DataFrame, wanted: DataFrame, other: npt.NDArray[np.bool_]
) -> Iterator[Difference]:
    for key, one, due in zip(found.index[other], found[column][other], wanted[column][other], strict=True):
        fact = f"{name}[{key}].{column}"
        yield Difference(file, fact, fact, told(one), told(due))
