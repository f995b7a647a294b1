"""All parcels whose uses differ, best evidence first, as a Record: what an officer should look at, and no verdict."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
from pandas import DataFrame

from planning import marks
from planning.parcel_desk import ParcelDesk
from planning.parcel_list import choice_facts, dated_keys, drawn_parcels, parcel_columns, withheld_parcels
from planning.record import Column, Fact, Record, Stamp, Table
from planning.use_against_plan import COLUMNS, GAPS, differences, finding_of

_PARCEL = ("commune_name", "sheet_no", "parcel_no", "owner_class", "owner", "address", "unit_m2")
ROWS: Mapping[str, Column] = {
    "key": COLUMNS["key"],
    "rank": COLUMNS["rank"],
    "parcel": Column("text", "key of the parcel"),
    "commune_name": Column("text", "name of the commune in the vintage of its code"),
    **dict.fromkeys(("sheet_no", "parcel_no", "owner_class", "owner", "address"), Column("text", "as in the layer")),
    "unit_m2": Column("m2", "planar grid area of the unit"),
    **{name: one for name, one in COLUMNS.items() if name not in ("key", "rank")},
}
SUMS: Mapping[str, Column] = {
    "key": Column("text", "class of the rows"),
    "cases": Column("count", "differences that need checking"),
    "parcels": Column("count", "parcels that are listed"),
    "area_m2": Column("m2", "area of the parcel that is concerned"),
}


def use_register(
    desk: ParcelDesk, *, personal: bool = False, with_defence: bool = False, shapes: bool = False
) -> Record:
    """Return every difference between current, legal and planned use.

    Parameters
    ----------
    personal : with owners and addresses
    with_defence : with parcels of defence and security land, and defence areas among the restrictions
    shapes : with the shapes of the parcels that are listed
    """
    touched = desk.check.touching()
    told = differences(desk, None, touched)
    shown = np.ones(len(desk.cadastre), dtype=np.bool_) if with_defence else ~withheld_parcels(desk)
    rows = told.rows[shown[told.rows["unit"].to_numpy(dtype=np.int64)]]
    if not with_defence:
        rows = rows[rows["second_use"] != "CQP"]
    table = _table(desk, rows.reset_index(drop=True), personal=personal)
    listed = np.zeros(len(desk.cadastre), dtype=np.bool_)
    listed[rows["unit"].to_numpy(dtype=np.int64)] = True
    project = desk.workspace.project
    return Record(
        project=project.name,
        scenario=desk.asked.scenario,
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={
            one.key: one
            for one in (*_facts(rows, told.not_compared), *choice_facts(personal=personal, with_defence=with_defence))
        },
        tables={"parcels.by_gap": _sums(rows), "parcels.to_check": table},
        geometry={"parcels": drawn_parcels(desk, listed)} if shapes else {},
        inputs=desk.inputs,
        no_data=desk.asked.no_data,
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), desk.software),
    )


def _table(desk: ParcelDesk, rows: DataFrame, *, personal: bool) -> Table:
    units = rows["unit"].to_numpy(dtype=np.int64)
    key = dated_keys(desk)
    names = tuple(name for name in _PARCEL if personal or name not in ("owner", "address"))
    parcels = parcel_columns(desk, key, names, personal=personal).iloc[units].reset_index(drop=True)
    parcel = key.iloc[units].to_numpy(dtype=object)
    number = DataFrame({"parcel": parcel}).groupby("parcel", sort=False).cumcount() + 1
    written = desk.cadastre.written_keys.iloc[units]
    findings = [
        finding_of(str(feature), row) for feature, row in zip(written, rows.to_dict(orient="records"), strict=True)
    ]
    words = [desk.marks.columns_of(one) for one in findings]
    told = rows.drop(columns="unit").assign(
        key=parcel + "|" + number.astype(str).to_numpy(dtype=object) if len(rows) else parcel,
        parcel=parcel,
        finding=[one.ref for one in findings],
        **{name: [word[name] for word in words] for name in marks.COLUMNS},
        **{name: parcels[name].to_numpy() for name in names},
    )
    columns = {name: one for name, one in ROWS.items() if name in told}
    return Table(told[list(columns)], columns)


def _facts(rows: DataFrame, not_compared: Mapping[str, int]) -> Iterator[Fact]:
    yield Fact("parcels.to_check.count", len(rows), "count", "differences that need checking")
    yield Fact("parcels.to_check.parcels", int(rows["unit"].nunique()), "count", "parcels that are listed")
    for name, count in not_compared.items():
        yield Fact(f"parcels.not_compared.{name}", count, "count", "parcels that could not be compared")


def _sums(rows: DataFrame) -> Table:
    told: list[Mapping[str, Any]] = []
    for gap in GAPS:
        own = rows[rows["gap"] == gap]
        area = float(own["area_m2"].sum()) if len(own) else 0.0
        told.append({"key": gap, "cases": len(own), "parcels": own["unit"].nunique(), "area_m2": round(area, 6)})
    return Table(DataFrame(told).astype({"cases": "float64", "parcels": "float64"}), SUMS)
