"""Which rule set: that which the project names, else the one in force; shipped, or the project's own in rules/."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from gis.language import Text
from layers.workspace import Workspace
from planning.errors import RuleSetNotInForce, RuleSetUnknown, RuleSetWrong
from planning.law.rule_file import parse
from planning.law.rule_set import RuleSet
from planning.law.rules import DEMANDS
from planning.record import Rules

# Where a project keeps rule sets of its own: another decree is another file.
FOLDER = "rules"
_SUFFIX = ".toml"

_TAKEN = Text(
    vi="tên này là của một bộ có sẵn; hãy đặt tên khác", en="the name is that of a shipped set; choose another one"
)
_UNREADABLE = Text(vi="không đọc được ({reason})", en="cannot be read ({reason})")
_OTHER_ID = Text(
    vi="tên tệp phải là id của bộ, đang ghi id = “{id}”", en="the file is to be named by its id, which is “{id}”"
)


def rule_set_of(workspace: Workspace) -> RuleSet:
    """Return the rule set that the project names in project.toml, else the one in force today.

    Raises
    ------
    RuleSetUnknown, RuleSetWrong, RuleSetNotInForce
    """
    named = workspace.project.rules
    return rule_set_named(named, workspace.path) if named else in_force(today(), workspace.path)


def rules_of(workspace: Workspace) -> Rules:
    """Return identity and content hash of the project's rule set, as a Record keeps them."""
    chosen = rule_set_of(workspace)
    return Rules(chosen.id, chosen.sha256)


def rule_set_named(name: str, project: Path | None = None) -> RuleSet:
    """Return the rule set of that id, from the project's own or from the shipped ones; raise RuleSetUnknown."""
    known = available(project)
    if name not in known:
        raise RuleSetUnknown(name=name, names=", ".join(sorted(known)))
    return _read(known[name], name)


def in_force(day: str, project: Path | None = None) -> RuleSet:
    """Return the one rule set that is in force on an ISO day; where several are, that which came last.

    Raises
    ------
    RuleSetNotInForce
        None is, or two came on the same day.
    """
    valid = [one for one in (_read(place, name) for name, place in available(project).items()) if one.in_force_on(day)]
    newest = max((one.in_force_from for one in valid), default="")
    chosen = [one for one in valid if one.in_force_from == newest]
    if len(chosen) != 1:
        raise RuleSetNotInForce(day=day, names=", ".join(one.id for one in chosen) or "–")
    return chosen[0]


def rule_set_in(path: Path) -> RuleSet:
    """Return the rule set in a file; raise RuleSetWrong."""
    return _read(path, None)


def available(project: Path | None = None) -> Mapping[str, Traversable]:
    """Return the files of all rule sets by id; a project's own file takes no id of a shipped one.

    Raises
    ------
    RuleSetWrong
        Two files of one id.
    """
    shipped = {place.name.removesuffix(_SUFFIX): place for place in (files("planning") / "data" / "rules").iterdir()}
    shipped = {name: place for name, place in shipped.items() if place.name.endswith(_SUFFIX)}
    own = {path.stem: path for path in sorted((project / FOLDER).glob(f"*{_SUFFIX}"))} if project else {}
    twice = sorted(set(shipped) & set(own))
    if twice:
        raise RuleSetWrong(path=own[twice[0]], place="", problem=_TAKEN)
    return {**shipped, **own}


def today() -> str:
    """Return the ISO day of today."""
    return datetime.now(UTC).astimezone().date().isoformat()


def _read(place: Traversable, name: str | None) -> RuleSet:
    try:
        text = place.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleSetWrong(path=place, place="", problem=_UNREADABLE.filled(reason=error)) from error
    found = _parsed(text, str(place))
    if name is not None and found.id != name:
        raise RuleSetWrong(path=place, place="", problem=_OTHER_ID.filled(id=found.id))
    return found


@lru_cache(maxsize=16)
def _parsed(text: str, path: str) -> RuleSet:
    return parse(text, path, DEMANDS)
