"""Proposals as files and sentences: every change and every exception is told, as text and nothing more."""

import json
from pathlib import Path

import geopandas
import numpy as np
import openpyxl
import pytest
import shapely
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.mend import Proposal, propose
from layers.testing import parcels
from layers.workspace import Workspace
from maps.errors import ProposalFormatUnknown
from maps.mending.files import write_proposal
from maps.mending.sentences import change_sentences, exception_sentences, json_answer

HOSTILE = '=HYPERLINK("http://x","{{7*7}}")'


def field(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    here = ORIGIN_EASTING + west, ORIGIN_NORTHING + south, ORIGIN_EASTING + east, ORIGIN_NORTHING + north
    return box(*here)


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    """Return a proposal with an overlap, an invalid shape read in two ways, a needle and two parcels of one shape."""
    rows = parcels("abcdef", parcel_no=[HOSTILE, "b", "c", "d", "e", "f"])
    nested = field(300, 0, 400, 100).difference(field(310, 10, 360, 60))
    nested = shapely.Polygon(nested.exterior, [*nested.interiors, field(320, 20, 340, 40).exterior])
    ring = shapely.get_coordinates(field(500, 0, 600, 100))
    middle = (ring[1] + ring[2]) / 2
    needle = [middle, middle + np.array([0, 5]), middle + np.array([0.01, 0])]
    spiked = shapely.Polygon([*ring[:2], *needle, *ring[2:]])
    shapes = [
        field(0, 0, 100, 100),
        field(99, 0, 200, 100),
        nested,
        spiked,
        field(700, 0, 800, 100),
        field(700, 0, 800, 100),
    ]
    workspace = Workspace.create(tmp_path / "p", "p", "EPSG:9215")
    return propose(workspace.write({"parcels": rows.set_geometry(shapes, crs=rows.crs)}), "parcels")


def test_sentences_say_who_gains_and_who_loses(proposal: Proposal) -> None:
    """Both readings of an invalid shape are told where they differ."""
    told = change_sentences(proposal, "en")
    assert any(
        one.endswith("by its structure the shape has 7,500.0 m², by even and odd 7,900.0 m² (as stored 7,100.0 m²).")
        for one in told
    )
    assert any("loses 100.0 m², which" in one for one in told)
    assert all("{" not in one.replace(HOSTILE, "") for one in told)
    left = exception_sentences(proposal, "vi")
    assert len(left) == len(proposal.exceptions) == 1
    assert "Hãy giữ một bên và xóa bên kia" in left[0]


def test_a_workbook_holds_every_change_as_text(proposal: Proposal, tmp_path: Path) -> None:
    """A key that looks like a formula is the text that it is."""
    write_proposal(proposal, tmp_path / "đề nghị.xlsx")
    book = openpyxl.load_workbook(tmp_path / "đề nghị.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    rows = [[cell.value for cell in row] for row in book["Thay đổi"].iter_rows(min_row=4)]
    assert [row[3] for row in rows] == change_sentences(proposal, "vi")
    assert len(list(book["Để lại cho người"].iter_rows(min_row=4))) == len(proposal.exceptions)
    assert len(list(book["Đối tượng"].iter_rows(min_row=4))) == len(proposal.units)


def test_a_geopackage_shows_ground_that_changes_hands(proposal: Proposal, tmp_path: Path) -> None:
    """Changes, exceptions and the features as they would be, each with a style."""
    path = tmp_path / "de_nghi.gpkg"
    write_proposal(proposal, path)
    changes, left, repaired, styles = (
        geopandas.read_file(path, layer=name) for name in ("changes", "exceptions", "repaired", "layer_styles")
    )
    assert set(changes.geom_type) == set(repaired.geom_type) == {"MultiPolygon"}
    assert set(changes["effect"]) == {"gained", "lost"}
    assert left["reason"].tolist() == ["same_shape"]
    assert repaired["feature"].tolist() == proposal.repaired["feature"].tolist()
    assert styles["f_table_name"].tolist() == ["changes", "exceptions", "repaired"]


def test_the_json_answer_adds_up(proposal: Proposal, tmp_path: Path) -> None:
    """Totals by kind are those of the changes; a unit's difference is the sum of its changes."""
    write_proposal(proposal, tmp_path / "p.json", "en")
    answer = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert answer == json.loads(json.dumps(json_answer(proposal, "en")))
    assert (answer["applied"], answer["version"]) == (False, None)
    for unit in answer["units"]:
        own = [one["difference_m2"] for one in answer["changes"] if one["feature"] == unit["feature"]]
        assert sum(own) == pytest.approx(unit["difference_m2"], abs=1e-6)
    gained = sum(one["gained_m2"] - one["lost_m2"] for one in answer["totals"].values())
    assert gained == pytest.approx(sum(one["difference_m2"] for one in answer["changes"]), abs=1e-6)


def test_other_formats_are_refused(proposal: Proposal, tmp_path: Path) -> None:
    """Naming those there are."""
    with pytest.raises(ProposalFormatUnknown, match=r"\.xlsx, \.gpkg, \.json"):
        write_proposal(proposal, tmp_path / "x.pdf")
