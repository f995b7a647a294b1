"""The established line is asked of units once for a project: what is kept says what is asked, and of nothing else."""

from typing import Any

import numpy as np
import pytest
from geopandas import GeoDataFrame

from gis.fabric import Fabric
from gis.states import Uncertain, uncertain_of_each
from gis.testing import drawn
from layers.workspace import Workspace
from planning.breakdown import by_unit
from planning.context import Units, parcel_units
from planning.established_line import uncertain_of_both
from planning.proposal import Regions

CROWD = "aab\nacb\nccb"


def units_and_zone() -> tuple[Units, Any]:
    """Return three units, one of them without a shape beside, and an area whose line runs through all."""
    frame = drawn(CROWD, cell_m=100, key="code")
    frame = frame.assign(key=frame["code"], name=frame["code"])
    lost = GeoDataFrame(frame.iloc[[0]].assign(key="lost", code="lost"), geometry=[None], crs=frame.crs)
    rows = GeoDataFrame(np.concatenate([frame, lost]), columns=frame.columns, geometry="geometry", crs=frame.crs)
    return Units("units", rows, rows), frame.union_all().buffer(-50)


def test_what_is_kept_is_what_is_asked(project: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an empty cache, from a full one, and for another scenario: as without any; then only one line is asked."""
    units, zone = units_and_zone()
    first, second = Regions(zone, zone.buffer(10)), Regions(zone, zone.buffer(-20))
    for regions in (first, first, second):
        assert by_unit(units, regions, 5.0, project).equals(by_unit(units, regions, 5.0))
    lines: list[int] = []

    def counted(fabric: Fabric, zones: list[Any], accuracy_m: float) -> list[Uncertain]:
        lines.append(len(zones))
        return uncertain_of_each(fabric, zones, accuracy_m)

    monkeypatch.setattr("planning.established_line.uncertain_of_each", counted)
    by_unit(units, first, 5.0, project)
    by_unit(units, Regions(zone, zone), 5.0, project)
    assert lines == [1]


@pytest.mark.parametrize("changed", ["accuracy", "zone", "shapes", "order"])
def test_what_is_kept_of_something_else_is_asked_anew(project: Workspace, changed: str) -> None:
    """Another accuracy, another established line, another shape, another order of the same shapes."""
    units, zone = units_and_zone()
    regions, accuracy_m = Regions(zone, zone.buffer(10)), 5.0
    uncertain_of_both(project, units, regions, accuracy_m)
    if changed == "accuracy":
        accuracy_m = 7.0
    elif changed == "zone":
        regions = Regions(zone.buffer(3), regions.proposed)
    else:
        rows = units.before.set_geometry(units.before.translate(3)) if changed == "shapes" else units.before[::-1]
        rows = rows.reset_index(drop=True)
        units = Units("units", rows, rows)
    kept = uncertain_of_both(project, units, regions, accuracy_m)
    asked = uncertain_of_each(units.fabric_before, [regions.base, regions.proposed], accuracy_m)
    for one, other in zip(kept, asked, strict=True):
        assert one.fringe_mm2.tolist() == other.fringe_mm2.tolist()
        assert one.beyond_mm2.tolist() == other.beyond_mm2.tolist()


def test_parcels_are_known_by_their_layer(project: Workspace) -> None:
    """They carry no shapes in their rows; when one is moved, the line is asked of them anew."""
    zone = project.read("zone").geometry.union_all()
    regions = Regions(zone, zone.buffer(10))

    def told() -> None:
        units = parcel_units(project)
        assert units is not None
        assert by_unit(units, regions, 5.0, project).equals(by_unit(units, regions, 5.0))

    told()
    rows = project.read("parcels")
    project.write({"parcels": rows.set_geometry(rows.geometry.translate(3))})
    told()


def test_of_parcels_that_somebody_replaces_meanwhile_nothing_is_kept(project: Workspace) -> None:
    """What was computed from the old rows must not stand under the name of the new ones, nor the other way round."""
    zone = project.read("zone").geometry.union_all()
    units = parcel_units(project)
    assert units is not None
    rows = project.read("parcels")
    project.write({"parcels": rows.set_geometry(rows.geometry.translate(3))})
    by_unit(units, Regions(zone, zone.buffer(10)), 5.0, project)
    assert not (project.path / "cache" / "derived" / "line-parcels").exists()
