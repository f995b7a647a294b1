"""The demo's variants as scenarios of a project: plain values become edits."""

from typing import Any

from layers.demo.variants import Variant, VariantEdit, variants
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import KINDS, AddUnits, Edit, Feature, RemoveUnits
from planning.scenario import Scenario


def add_variants(workspace: Workspace, seed: int) -> tuple[str, ...]:
    """Store the variants of the demo with that seed as scenarios; return their names.

    Raises
    ------
    ScenarioExists
    """
    proposed = [_scenario(variant) for variant in variants(seed)]
    for scenario in proposed:
        scenarios.add(workspace, scenario)
    return tuple(scenario.name for scenario in proposed)


def _scenario(variant: Variant) -> Scenario:
    return Scenario(variant.name, tuple(_edit(one) for one in variant.edits), reason=variant.reason)


def _edit(edit: VariantEdit) -> Edit:
    kind: Any = KINDS[edit.kind]
    what = (edit.units, edit.vintage) if kind in (AddUnits, RemoveUnits) else (_features(edit),)
    made: Edit = kind(*what, reason=edit.reason, target=edit.target, accuracy_m=edit.accuracy_m)
    return made


def _features(edit: VariantEdit) -> tuple[Feature, ...]:
    if edit.features is None:
        return ()
    known = [name for name in edit.features.columns if name not in ("code", "geometry")]
    keys = edit.features["code"] if "code" in edit.features else [None] * len(edit.features)
    rows = edit.features[known].to_dict(orient="records")
    return tuple(
        Feature(shape, key, tuple((str(name), str(value)) for name, value in row.items()))
        for shape, key, row in zip(edit.features.geometry, keys, rows, strict=True)
    )
