"""The form of the zone in the Record, before and after."""

import pytest
from geopandas import GeoDataFrame
from shapely import LineString

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from maps.labels import fact_title, table_title
from maps.provenance import HOW
from planning.effect import analyse
from planning.record import Record


def test_form_before_and_after(record: Record) -> None:
    """Parts, outline, border and gates on both sides; without a border line there is no data, not zero."""
    assert (record.value("zone.parts.base"), record.value("zone.parts.proposed")) == (1, 1)
    assert record.value("zone.outline_m.base") == 1600.0
    assert record.value("zone.compactness.base") == pytest.approx(0.7854, abs=1e-4)
    assert record.value("zone.border_m.base") is None
    assert record.value("form.gates[G1].distance_base_m") == 0.0
    assert record.value("form.gates[G2].distance_base_m") == pytest.approx(158.114, abs=1e-3)
    assert record.value("form.gates[G2].distance_proposed_m") == 0.0
    for key, fact in record.facts.items():
        if key.rpartition(".")[0] in ("zone.parts", "zone.border_m", "zone.necks", "zone.outline_m"):
            assert fact_title(key, "vi") != key
            assert fact.how in HOW
    for name in ("form.necks", "form.gates"):
        assert table_title(name, "vi") != name
        assert all(column.how in HOW for column in record.tables[name].columns.values())


def test_the_shared_border(planned: Workspace) -> None:
    """The outline within the accuracy of the border is shared with it."""
    west, north = ORIGIN_EASTING, ORIGIN_NORTHING + 500
    line = LineString([(west - 300, north + 3), (west + 250, north + 3), (west + 250, north + 900)])
    rows = {"code": ["B"], "name": ["Biên giới"], "kind": ["border"]}
    project = planned.write({"infrastructure": GeoDataFrame(rows, geometry=[line], crs=planned.crs)})
    record = analyse(project, "x")
    assert record.value("zone.border_m.base") == pytest.approx(260, abs=12)
