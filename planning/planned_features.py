"""What the features of a plan stand for: the land use that a functional area or a restriction plans."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from layers import constraints, functional_areas
from layers.land_use import land_uses
from planning.parcel_check import Features
from planning.parcel_layers import ESTABLISHED

# Stands where a feature plans no land use.
NO_USE = ""


def planned_uses(features: Features) -> npt.NDArray[np.object_]:
    """Return the land-use code that each feature stands for, shape (all features,); `NO_USE` where it stands for none.

    A restriction stands for the use that its kind protects, a functional area for the use that it names; both as
    established, not as a scenario proposes them.
    """
    of_kind = np.array([_uses_of_kinds().get(kind, NO_USE) for kind in features.kind], dtype=object)
    of_plan = np.array([use if use in land_uses() else NO_USE for use in features.planned_use], dtype=object)
    planned = np.where(features.layer == constraints.SCHEMA.name, of_kind, NO_USE)
    planned = np.where(features.layer == functional_areas.SCHEMA.name, of_plan, planned)
    return np.where(features.version == ESTABLISHED, planned, NO_USE)


@cache
def _uses_of_kinds() -> Mapping[str, str]:
    with (files("planning") / "data" / "restriction_uses.csv").open(encoding="utf-8") as file:
        return {row["kind"]: row["code"] for row in csv.DictReader(file)}
