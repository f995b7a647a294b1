"""Naming administrative units: by code or by name, always within one vintage, never guessed."""

from collections.abc import Sequence

from geopandas import GeoDataFrame

from layers.admin_units import SCHEMA, unit_key
from layers.workspace import Workspace
from planning.errors import UnitAmbiguous, UnitUnknown, VintageUnknown


def choose_vintage(workspace: Workspace, vintage: str | None) -> str:
    """Return `vintage` if the project has it; without one, the only vintage there is.

    Raises
    ------
    VintageUnknown
        No such vintage, or several and none was named: a code without its date is an error.
    """
    present = workspace.vintages()
    chosen = vintage or (present[0] if len(present) == 1 else None)
    if chosen not in present:
        raise VintageUnknown(vintage=vintage or "–", vintages=", ".join(present) or "–")
    return chosen


def units_of_vintage(workspace: Workspace, vintage: str) -> GeoDataFrame:
    """Return the administrative units valid from the day `vintage`, row numbers from 0."""
    units = workspace.read(SCHEMA.name)
    return units[units["valid_from"] == vintage].reset_index(drop=True)


def find_codes(units: GeoDataFrame, wanted: Sequence[str], vintage: str) -> tuple[str, ...]:
    """Return the code of each unit in `wanted`: a code, a name, or ``parent/name``.

    Names are compared without their kind (xã, phường, …), whatever tone placement, case and spaces.

    Raises
    ------
    UnitUnknown, UnitAmbiguous
    """
    return tuple(_find(units, one.strip(), vintage) for one in wanted)


def _find(units: GeoDataFrame, wanted: str, vintage: str) -> str:
    if (units["code"] == wanted).any():
        return wanted
    parent, _, name = wanted.rpartition("/")
    hits = units[units["name"].map(unit_key, na_action="ignore") == unit_key(name)]
    if parent and "parent" in units:
        hits = hits[hits["parent"].map(unit_key, na_action="ignore") == unit_key(parent)]
    if len(hits) > 1:
        raise UnitAmbiguous(unit=wanted, vintage=vintage, units="; ".join(_described(hits)))
    if hits.empty:
        raise UnitUnknown(unit=wanted, vintage=vintage)
    return str(hits["code"].iloc[0])


def _described(units: GeoDataFrame) -> list[str]:
    parents = units["parent"].fillna("–") if "parent" in units else ["–"] * len(units)
    return [
        f"{code} ({name}, {parent})" for code, name, parent in zip(units["code"], units["name"], parents, strict=True)
    ]
