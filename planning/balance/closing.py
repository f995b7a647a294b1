"""What a balance table sums to, how far plainly rounded percentages would miss 100, and in which codes land stands."""

from collections.abc import Iterator

from gis.measure import to_m2, to_mm2
from planning.balance.land_use import NEW_ONLY, OLD_ONLY, SIDES, UNKNOWN
from planning.balance.percent import rounding_residual
from planning.record import Fact, Table


def closing_facts(name: str, table: Table) -> Iterator[Fact]:
    """Yield ``NAME.total.base_m2``, ``NAME.rounding.base`` … of a balance table.

    A table of several horizons closes once for each of them: ``NAME.2030.total.base_m2``.
    """
    frame = table.frame
    parts = [(name, frame)]
    if "horizon" in frame:
        parts = [(f"{name}.{horizon}", rows) for horizon, rows in frame.groupby("horizon", sort=False)]
    for place, rows in parts:
        for side in SIDES:
            amounts = to_mm2(rows[f"{side}_m2"])
            yield Fact(f"{place}.total.{side}_m2", to_m2(int(amounts.sum())), "m2", "sum of the rows")
            how = "percentages rounded one by one, less 100 %"
            yield Fact(f"{place}.rounding.{side}", rounding_residual(amounts.tolist()), "share", how)


def code_facts(by_code: Table | None) -> Iterator[Fact]:
    """Yield how much land stands in codes of one regime only, and in codes that no list has."""
    if by_code is None:
        return
    frame = by_code.frame
    for name, regime in (("old_only", OLD_ONLY), ("new_only", NEW_ONLY), ("unknown", UNKNOWN)):
        for side in SIDES:
            area = int(to_mm2(frame[f"{side}_m2"][frame["regime"] == regime]).sum())
            yield Fact(f"balance.codes.{name}.{side}_m2", to_m2(area), "m2", "parcels by the regime of their code")
