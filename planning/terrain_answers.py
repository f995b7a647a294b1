"""What the rasters of a project say of shapes, asked once: by a process, and of shapes that stay, by all of them."""

import csv
import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from pandas import DataFrame
from pyproj import CRS

from gis.crs import crs_name
from gis.ragged import Array
from gis.raster import Raster, opened
from gis.terrain import Answer, Question, zonal
from layers.derived import derived
from layers.rasters import RasterLayer, raster_path, raster_sha256
from layers.workspace import Workspace
from planning.record import Fact

Answers = dict[str, Answer]
_CAME = "as the raster came in, stated in its file"
_PARTS, _STATISTICS = ("classes", "area_mm2", "missing_mm2"), ("least", "mean", "most")


def asked(workspace: Workspace, layer: RasterLayer, shapes: Any) -> tuple[Answers, tuple[Fact, ...]]:
    """Return what a raster says of shapes, and facts of the raster itself; the same shapes are not asked again."""
    wkb, identity = tuple(shapely.to_wkb(shapes)), raster_sha256(workspace, layer)
    answers = _answers(raster_path(workspace, layer), identity, workspace.project.crs, layer, wkb)
    if raster_sha256(workspace, layer) != identity:
        _answers.cache_clear()  # whose answers these are, nobody can tell
    return answers


def asked_for_all(workspace: Workspace, layer: RasterLayer, shapes: Any) -> Answers:
    """Return the answers for shapes that no scenario changes, from the cache of the project where they are there."""
    wkb = shapely.to_wkb(shapes)
    made_from = {
        "raster": raster_sha256(workspace, layer),
        "shapes": hashlib.sha256(b"".join(wkb)).hexdigest(),
        "crs": workspace.project.crs,
        "questions": repr(questions(layer)),
        "libraries": f"{np.__version__} {shapely.geos_version_string} {rasterio.__gdal_version__}",
    }
    kept = derived(
        workspace,
        f"terrain-{layer.name}",
        made_from,
        lambda: _packed(asked(workspace, layer, shapes)[0]),
        lambda: raster_sha256(workspace, layer) == made_from["raster"],
    )
    return _unpacked(kept, layer)


def _packed(answers: Mapping[str, Answer]) -> dict[str, Array]:
    parts = {f"{name}.{part}": getattr(one, part) for name, one in answers.items() for part in _PARTS}
    return parts | {
        f"{name}.{of}": one.statistics[of].to_numpy() for name, one in answers.items() for of in _STATISTICS
    }


def _unpacked(kept: Mapping[str, Array], layer: RasterLayer) -> Answers:
    return {
        one.name: Answer(
            **{part: kept[f"{one.name}.{part}"] for part in _PARTS},
            statistics=DataFrame({of: kept[f"{one.name}.{of}"] for of in _STATISTICS}),
        )
        for one in questions(layer)
    }


@lru_cache(maxsize=8)
def _answers(
    path: Path,
    identity: str,  # noqa: ARG001 -- of the raster as it was then
    crs: str,
    layer: RasterLayer,
    wkb: tuple[bytes, ...],
) -> tuple[Answers, tuple[Fact, ...]]:
    with opened(path, CRS(crs)) as raster:
        shapes = np.array(shapely.from_wkb(wkb), dtype=object)
        return zonal(raster, shapes, questions(layer)), tuple(_about(layer, raster))


def questions(layer: RasterLayer) -> tuple[Question, ...]:
    """Return what is asked of a raster."""
    if layer.is_classes:
        return (Question(layer.name, "class"),)
    return tuple(
        Question(name, "slope" if name == "slope" else "value", edges)
        for name, edges in (("elevation", class_edges("elevation")), ("slope", class_edges("slope")))
    )


@cache
def class_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the classes of a raster as they stand in the data."""
    with (files("planning") / "data" / "terrain_classes.csv").open(encoding="utf-8") as file:
        return tuple(row for row in csv.DictReader(file) if row["raster"] == name)


def class_edges(name: str) -> tuple[float, ...]:
    """Return the edges between the classes, in the unit of the raster (slopes in percent)."""
    factor = 100.0 if name == "slope" else 1.0
    return tuple(round(factor * float(row["high"]), 6) for row in class_rows(name) if row["high"])


def _about(layer: RasterLayer, raster: Raster) -> list[Fact]:
    origin = raster.origin
    how = "resampled into the system of the project" if origin else "as stated in the raster"
    facts = [
        Fact(f"terrain.{layer.name}.crs", crs_name(raster.crs), "text", "as stated in the raster"),
        Fact(f"terrain.{layer.name}.cell_width_m", round(raster.cell_m[0], 3), "m", how),
        Fact(f"terrain.{layer.name}.cell_height_m", round(raster.cell_m[1], 3), "m", how),
    ]
    if origin:
        told = {"source_crs": origin.crs, "source_cell": origin.cell, "operation": origin.operation}
        facts += [Fact(f"terrain.{layer.name}.{name}", text, "text", _CAME) for name, text in told.items()]
        facts.append(Fact(f"terrain.{layer.name}.operation_accuracy_m", origin.accuracy_m, "m", _CAME))
    return facts
