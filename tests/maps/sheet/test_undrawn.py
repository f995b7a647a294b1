"""Parcels that a Record leaves in the project: the sheets show them all the same, or refuse another layer."""

import shutil
from pathlib import Path

import pytest

from layers.workspace import Workspace
from maps.sheet import plan as plans
from maps.sheet.book import Wishes, book_of
from maps.sheet.page import TitleBlock
from planning import scenario
from planning.edits import AddUnits
from planning.effect import analyse
from planning.errors import RecordOutdated
from planning.record import Record
from planning.undrawn import UndrawnParcels


@pytest.fixture(scope="module")
def many(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, Record]:
    """Return the same analysis twice: with parcels drawn, and with too many of them to draw."""
    project = Workspace.open(shutil.copytree(project_template, tmp_path_factory.mktemp("nhieu") / "du-an"))
    scenario.add(project, scenario.Scenario("mo-rong", (AddUnits(("d",), "2009-04-01"),)))
    drawn = analyse(project, "mo-rong")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("planning.drawing.PARCELS_DRAWN_MAX", 0)
        return drawn, analyse(project, "mo-rong")


def test_sheets_show_the_parcels_that_the_record_leaves_out(project: Workspace, many: tuple[Record, Record]) -> None:
    """Drawn to the letter as if the Record had the shapes: on paper as on the screen (cadastrapp #366)."""
    drawn, left_out = many
    assert (drawn.not_drawn, left_out.not_drawn) == ((), ("parcels",))
    wishes = Wishes(only=("land-use-before", "land-use-after", "stretch"))
    expected = book_of(drawn, wishes, TitleBlock())
    book = book_of(left_out, wishes, TitleBlock(), "vi", UndrawnParcels.of(left_out, project))
    assert [page.key for page in book.pages] == ["land-use-before", "land-use-after", "stretch-1"]
    assert [page.pictures for page in book.pages] == [page.pictures for page in expected.pages]
    assert {page.texts["record"] for page in book.pages} == {f"Hồ sơ kết quả {left_out.id[:12]}"}
    alone = book_of(left_out, Wishes(), TitleBlock())
    assert not any(page.key.startswith("land-use") for page in alone.pages)


def test_another_layer_is_refused(project: Workspace, many: tuple[Record, Record]) -> None:
    """A parcel that has changed since: nothing is drawn that the facts do not tell of."""
    drawn, left_out = many
    assert UndrawnParcels.of(drawn, project) is None
    changed = project.write({"parcels": project.read("parcels").assign(land_use="CLN")})
    with pytest.raises(RecordOutdated, match="parcels"):
        UndrawnParcels.of(left_out, changed)


def test_a_carpet_of_parcels_is_told_not_printed(
    project: Workspace, many: tuple[Record, Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """More parcels than the paper can show: the subject is named, the others are printed."""
    monkeypatch.setattr(plans, "_PARCELS_PER_MM2", 1e-6)
    book = book_of(many[1], Wishes(paper="A4"), TitleBlock(), "vi", UndrawnParcels.of(many[1], project))
    assert len(book.crowded) == 2
    assert not any(page.key.startswith("land-use") for page in book.pages)
    assert "boundary" in [page.key for page in book.pages]
