"""Facts of the zone itself: what it declares, what is drawn, what the scenario makes of it."""

from collections.abc import Iterator, Mapping

import pandas as pd
from geopandas import GeoDataFrame

from gis.form import holes
from gis.measure import M2_PER_HA, to_m2, to_mm2
from planning.context import Context
from planning.proposal import REGIONS
from planning.record import Fact


def stated_facts(zone: GeoDataFrame, accuracy_m: float | None) -> Iterator[Fact]:
    """Yield what the zone layer states of itself; None is *no data*."""
    how = "as stated in the zone layer"
    for field in ("name", "status", "document", "source_scale"):
        values = zone[field].dropna().unique() if field in zone else []
        yield Fact(f"zone.{field}", "; ".join(map(str, values)) or None, "text", how)
    yield Fact("zone.accuracy_m", accuracy_m, "m", how)


def declared_facts(zone: GeoDataFrame, drawn_mm2: int) -> Iterator[Fact]:
    """Yield the declared area, and how far the drawn one is from it."""
    declared_ha = zone["declared_area_ha"].sum(skipna=False) if "declared_area_ha" in zone else float("nan")
    declared_m2 = None if pd.isna(declared_ha) else to_m2(int(to_mm2(declared_ha * M2_PER_HA)))
    difference_m2 = None if declared_m2 is None else to_m2(drawn_mm2 - int(to_mm2(declared_m2)))
    share = difference_m2 / declared_m2 if declared_m2 and difference_m2 is not None else None
    yield Fact("zone.declared_area_m2", declared_m2, "m2", "declared_area_ha of the zone layer")
    yield Fact("zone.drawn_less_declared_m2", difference_m2, "m2", "area_m2.base less zone.declared_area_m2")
    yield Fact("zone.drawn_less_declared_share", share, "share", "zone.drawn_less_declared_m2 / zone.declared_area_m2")


def area_facts(areas_mm2: Mapping[str, int], declared_m2: float | None) -> Iterator[Fact]:
    """Yield the area of each region, net and gross change, their shares of the declared area, and the residuals."""
    for region in REGIONS:
        yield Fact(
            f"area_m2.{region}", to_m2(areas_mm2[region]), "m2", "planar grid area in the project's CRS, to 1 mm²"
        )
    changes = {"net": areas_mm2["added"] - areas_mm2["removed"], "gross": areas_mm2["added"] + areas_mm2["removed"]}
    for change, sign in (("net", "-"), ("gross", "+")):
        how = f"area_m2.added {sign} area_m2.removed"
        yield Fact(f"area_m2.{change}", to_m2(changes[change]), "m2", how)
        share = to_m2(changes[change]) / declared_m2 if declared_m2 else None
        yield Fact(f"share_of_declared.{change}", share, "share", f"area_m2.{change} / zone.declared_area_m2")
    for region, part in (("base", "removed"), ("proposed", "added")):
        residual = areas_mm2[region] - areas_mm2["kept"] - areas_mm2[part]
        yield Fact(f"area_m2.residual.{region}", to_m2(residual), "m2", f"area_m2.{region} - kept - {part}")


def hole_facts(context: Context) -> Iterator[Fact]:
    """Yield the holes of the zone, and which of them are only slivers of a thinned source."""
    how = "holes of the drawn zone; slivers have a mean width below twice the accuracy of the line"
    stated = context.stated_accuracy_m is not None
    for region in ("base", "proposed"):
        found = holes(getattr(context.proposal.regions, region), 2 * context.accuracy_m)
        yield Fact(f"zone.holes.{region}", found.count, "count", how)
        yield Fact(f"zone.holes_m2.{region}", to_m2(found.area_mm2), "m2", how)
        yield Fact(f"zone.sliver_holes.{region}", found.sliver_count if stated else None, "count", how)
        slivers_m2 = to_m2(found.sliver_area_mm2) if stated else None
        yield Fact(f"zone.sliver_holes_m2.{region}", slivers_m2, "m2", how)
