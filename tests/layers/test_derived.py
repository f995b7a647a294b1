"""What is kept in cache/derived is what would be computed now, whatever happened to the folder."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gis.ragged import Array
from layers.derived import derived
from layers.workspace import Workspace


class Maker:
    """Counts how often it is asked."""

    def __init__(self, *areas: int) -> None:
        self.areas, self.times = areas, 0

    def __call__(self) -> dict[str, Array]:
        self.times += 1
        return {"area_mm2": np.array(self.areas, dtype=np.int64), "mean": np.array([0.1, np.nan])}


def test_the_second_asking_is_answered_from_the_cache(project: Workspace) -> None:
    """Bit for bit, with the types of the arrays, and writable: nobody's file stays open."""
    make = Maker(1, 2**60)
    first, again = (derived(project, "areas", {"parcels": "a1"}, make) for _ in range(2))
    assert make.times == 1
    assert all(again[name].tobytes() == first[name].tobytes() for name in first)
    assert again["area_mm2"].dtype == np.int64
    assert again["mean"].flags.writeable


def test_what_was_made_from_something_else_is_made_anew(project: Workspace) -> None:
    """The entry is known by the identity of its inputs, not by its name; the newer one takes its place."""
    derived(project, "areas", {"parcels": "a1"}, Maker(1))
    assert derived(project, "areas", {"parcels": "b2"}, Maker(2))["area_mm2"].tolist() == [2]
    assert derived(project, "areas", {"parcels": "b2"}, Maker(3))["area_mm2"].tolist() == [2]


def test_what_was_made_of_inputs_that_changed_meanwhile_is_not_kept(project: Workspace) -> None:
    """Asked after the work: the answer is handed on, an older entry stays what it was, and the next one computes."""
    derived(project, "areas", {"raster": "a1"}, Maker(1))
    moved = Maker(2)
    for _ in range(2):
        assert derived(project, "areas", {"raster": "b2"}, moved, lambda: moved.times == 0)["area_mm2"].tolist() == [2]
    assert moved.times == 2
    assert derived(project, "areas", {"raster": "a1"}, Maker(3))["area_mm2"].tolist() == [1]


def test_another_program_does_not_trust_it(project: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of the program, or of one of its modules, may compute otherwise."""
    derived(project, "areas", {}, Maker(1))
    monkeypatch.setattr("layers.derived._program", lambda: "999")
    assert derived(project, "areas", {}, Maker(2))["area_mm2"].tolist() == [2]


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [_flipped, lambda path: path.write_bytes(path.read_bytes()[:-9]), Path.unlink])
@pytest.mark.parametrize("what", ["*.bin", "shelf.json"])
def test_a_spoilt_entry_is_made_anew(project: Workspace, what: str, spoil: Callable[[Path], object]) -> None:
    """One bit turned, cut short, or gone: it is computed again, and kept again."""
    make = Maker(7)
    derived(project, "areas", {}, make)
    for path in (project.path / "cache" / "derived" / "areas").glob(what):
        spoil(path)
    assert [derived(project, "areas", {}, make)["area_mm2"].tolist() for _ in range(2)] == [[7], [7]]
    assert make.times == 2


def test_a_cache_that_cannot_be_written_costs_time_alone(project: Workspace) -> None:
    """A file stands where the folder should: the answer is the same."""
    (project.path / "cache").mkdir(exist_ok=True)
    (project.path / "cache" / "derived").write_text("no folder")
    assert derived(project, "areas", {}, Maker(5))["area_mm2"].tolist() == [5]
