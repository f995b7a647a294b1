"""A scenario on disk: ``NAME.toml`` with its log, which only grows at its end, and ``NAME.gpkg`` with the shapes."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
import tomli_w
from geopandas import GeoDataFrame, GeoSeries
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from gis.crs import parse_crs, require_same_crs
from gis.fabric import require_valid
from gis.formats.write import write_gpkg
from layers.workspace import Workspace
from planning.edit_log import Step
from planning.edits import Feature, edit_of, values_of
from planning.errors import ScenarioDamaged

# Polygons and lines of the edits; QGIS opens both.
_POLYGONS, _LINES = "edits", "lines"
_UNREADABLE = (
    tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError, DataSourceError, DataLayerError
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What the file of a scenario says.

    Attributes
    ----------
    base : scenario that it stands on; None for the established zone
    branched_from : scenario that it was branched from; None for none
    """

    reason: str
    base: str | None
    branched_from: str | None
    log: tuple[Step, ...]


def read_content(path: Path, workspace: Workspace) -> Content:
    """Read the file of a scenario; raise ScenarioDamaged, CrsMixed or GeometryInvalid.

    Files that nobody wrote since are not read again: an analysis asks for its scenario again and again.
    """
    return _read(path, workspace.project.crs, _stamps(path))


def _stamps(path: Path) -> tuple[tuple[int, int] | None, ...]:
    stats = [one.stat() if one.is_file() else None for one in (path, path.with_suffix(".gpkg"))]
    return tuple(None if one is None else (one.st_mtime_ns, one.st_size) for one in stats)


@lru_cache(maxsize=64)
def _read(path: Path, crs: str, _stamps: tuple[tuple[int, int] | None, ...]) -> Content:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        shapes = _read_shapes(path.with_suffix(".gpkg"), parse_crs(crs))
        return Content(
            reason=content.get("reason", ""),
            base=content.get("base"),
            branched_from=content.get("branched_from"),
            log=_log_before_there_were_logs(content, shapes) or tuple(_step(one, shapes) for one in content["log"]),
        )
    except _UNREADABLE as error:
        raise ScenarioDamaged(path=path, reason=error) from error


def write_content(content: Content, folder: Path, name: str, workspace: Workspace) -> None:
    """Write the files of a scenario into a staging folder."""
    folder.mkdir(parents=True, exist_ok=True)
    head = {"reason": content.reason, "base": content.base, "branched_from": content.branched_from}
    values = {**{key: value for key, value in head.items() if value is not None}, "log": [*map(_values, content.log)]}
    (folder / f"{name}.toml").write_text(tomli_w.dumps(values), encoding="utf-8", newline="\n")
    rows = GeoDataFrame(_shape_rows(content.log), columns=_COLUMNS, geometry="geometry", crs=workspace.crs)
    is_area = shapely.get_dimensions(rows.geometry.values) == 2
    for layer, some in ((_POLYGONS, rows[is_area]), (_LINES, rows[~is_area])):
        if len(some):
            path = folder / f"{name}.gpkg"
            write_gpkg(some.reset_index(drop=True), path, layer, append=path.exists())


_COLUMNS = ["edit", "key", "attributes", "geometry"]


def _shape_rows(log: Sequence[Step]) -> list[list[Any]]:
    return [
        [step.number, one.key, json.dumps(dict(one.attributes), ensure_ascii=False), one.geometry]
        for step in log
        for one in getattr(step.edit, "features", ())
    ]


def _values(step: Step) -> dict[str, Any]:
    said = {"at": step.at, "by": step.by}
    values: dict[str, Any] = {
        "did": step.did,
        "number": step.number,
        **{name: value for name, value in said.items() if value},
    }
    if step.edit is not None:
        values |= {"edit": values_of(step.edit), "made_on": dict(step.made_on)}
    return values


def _step(values: Mapping[str, Any], shapes: Mapping[int, tuple[Feature, ...]]) -> Step:
    number = int(values["number"])
    edit = edit_of(values["edit"], shapes.get(number, ())) if values["did"] == "edit" else None
    if values["did"] not in ("edit", "undo", "redo"):
        raise ValueError(values["did"])
    made_on = tuple(dict(values.get("made_on", {})).items())
    return Step(values["did"], number, values.get("at", ""), values.get("by", ""), edit, made_on)


def _log_before_there_were_logs(
    content: Mapping[str, Any], shapes: Mapping[int, tuple[Feature, ...]]
) -> tuple[Step, ...]:
    """Return the log of a file that only lists its edits, counted from 0."""
    return tuple(
        Step("edit", place + 1, edit=edit_of(values, shapes.get(place, ())))
        for place, values in enumerate(content.get("edits", ()))
    )


def _read_shapes(path: Path, crs: CRS) -> dict[int, tuple[Feature, ...]]:
    shapes: dict[int, tuple[Feature, ...]] = {}
    for layer, _ in pyogrio.list_layers(path) if path.is_file() else ():
        frame = pyogrio.read_dataframe(path, layer=layer)
        require_same_crs(GeoSeries(crs=crs), frame)
        require_valid(np.asarray(frame.geometry.values, dtype=object), frame["edit"].to_numpy(), layer=path.name)
        for number, key, attributes, geometry in zip(
            frame["edit"], frame["key"], frame["attributes"], frame.geometry, strict=True
        ):
            known = tuple(json.loads(attributes).items())
            feature = Feature(geometry, key if isinstance(key, str) else None, known)
            shapes[int(number)] = (*shapes.get(int(number), ()), feature)
    return shapes
