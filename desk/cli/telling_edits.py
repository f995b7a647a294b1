"""How edits and scenarios are told: as JSON, and as lines that people read."""

from typing import Any

from desk.cli.context import Desk
from gis.language import Text
from layers.workspace import Workspace
from maps.formatter import fact_text
from maps.labels import missing_title
from maps.numerals import count_text, day_text
from planning.edits import Edit, title_of, values_of
from planning.record import Fact
from planning.scenario import Scenario
from planning.units import unit_names


def summary(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain values."""
    return {
        "name": scenario.name,
        "base": scenario.base,
        "branched_from": scenario.branched_from,
        "edits": [edit_summary(edit) for edit in scenario.edits],
        "reason": scenario.reason,
    }


def edit_summary(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain values; of its shapes their keys."""
    keys = {"features": [one.key for one in edit.features]} if hasattr(edit, "features") else {}
    return {**values_of(edit), **keys}


def told(desk: Desk, workspace: Workspace, edit: Edit) -> str:
    """Return an edit as one line: what, where, which, on what grounds."""
    line = f"{title_of(edit).to(desk.lang)} ({missing_title(edit.target, desk.lang)}): {_what(desk, workspace, edit)}"
    grounds = [edit.reason, _document(desk, edit), edit.author]
    if edit.accuracy_m is not None:
        grounds.append(f"± {fact_text(Fact('', edit.accuracy_m, 'm', ''), desk.lang)}")
    said = "; ".join(one for one in grounds if one)
    return f"{line} – {said}" if said else line


def _what(desk: Desk, workspace: Workspace, edit: Edit) -> str:
    values = values_of(edit)
    if "units" in values:
        names = unit_names(workspace, values["vintage"])
        named = (f"{code} {names.get(code, '')}".strip() for code in values["units"])
        return f"{', '.join(named)} ({_OF.to(desk.lang, day=day_text(values['vintage'], desk.lang))})"
    if "keys" in values:
        into = f" → {values['into']}" if "into" in values else ""
        fields = ", ".join(f"{field} = {value}" for field, value in values.get("values", ()))
        return ", ".join(values["keys"]) + into + (f": {fields}" if fields else "")
    features = getattr(edit, "features", ())
    keys = ", ".join(one.key for one in features if one.key)
    return keys or _SHAPES.to(desk.lang, count=count_text(len(features), desk.lang))


def _document(desk: Desk, edit: Edit) -> str:
    if not edit.dated:
        return edit.document
    return f"{edit.document} ({day_text(edit.dated, desk.lang)})" if edit.document else day_text(edit.dated, desk.lang)


_OF = Text(vi="danh mục từ {day}", en="vintage of {day}")
_SHAPES = Text(vi="{count} hình", en="{count:shape|shapes}")
