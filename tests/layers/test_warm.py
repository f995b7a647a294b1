"""The warm cache gives what the layer gives, and is never trusted when it is stale or damaged."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pytest

from gis.errors import GeometryInvalid
from gis.testing import drawn
from layers import warm
from layers.parcels import SCHEMA
from layers.warm import warm_rows
from layers.workspace import Workspace


def test_the_second_opening_equals_the_first(project: Workspace) -> None:
    """Attributes and areas are those of the layer; owners are not in the cache."""
    cold_rows, cold = warm_rows(project, SCHEMA)
    kept, fabric = warm_rows(project, SCHEMA)
    assert kept.equals(cold_rows)
    assert np.array_equal(fabric.area_mm2, cold.area_mm2)
    assert not {"owner", "address", "geometry"} & {*kept.column_names}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"x"),
    ],
)
@pytest.mark.parametrize("what", ["*.arrow", "*.bin", "shelf.json"])
def test_a_spoilt_cache_is_rebuilt(project: Workspace, what: str, spoil: object) -> None:
    """Cut short, gone or nonsense: the layer is asked again."""
    rows, fabric = warm_rows(project, SCHEMA)
    for path in (project.path / "cache" / "parcels").glob(what):
        spoil(path)  # type: ignore[operator]
    again, rebuilt = warm_rows(project, SCHEMA)
    assert again.equals(rows)
    assert np.array_equal(rebuilt.area_mm2, fabric.area_mm2)


def test_a_changed_layer_is_not_answered_from_the_cache(project: Workspace) -> None:
    """The cache is keyed by the identity of the layer."""
    warm_rows(project, SCHEMA)
    changed = project.write({"parcels": project.read("parcels").iloc[:2]})
    assert len(warm_rows(changed, SCHEMA)[0]) == 2


def test_an_invalid_parcel_is_named_by_its_key(project: Workspace, tmp_path: Path) -> None:
    """The message carries commune, sheet and number."""
    rows = project.read("parcels")
    bow_tie = drawn("a").geometry[0].buffer(0)
    coordinates = list(bow_tie.exterior.coords)
    coordinates[1], coordinates[2] = coordinates[2], coordinates[1]
    rows.loc[1, "geometry"] = type(bow_tie)(coordinates)
    with pytest.raises(GeometryInvalid, match="a/1/b"):
        warm_rows(project.write({"parcels": rows}), SCHEMA)


def test_of_two_that_need_it_at_once_one_builds_it(project: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits and finds it built; both have the same."""
    build, built, both = warm._built, [], Barrier(2)

    def slowly(*asked: Any) -> Any:
        built.append(asked)
        time.sleep(0.2)
        return build(*asked)

    def ask() -> int:
        both.wait()
        return len(warm_rows(Workspace.open(project.path), SCHEMA)[0])

    monkeypatch.setattr(warm, "_built", slowly)
    with ThreadPoolExecutor(2) as threads:
        rows = [one.result() for one in [threads.submit(ask), threads.submit(ask)]]
    assert len(built) == 1
    assert rows[0] == rows[1] == len(project.read("parcels"))
