"""Setting a rule of the guard aside: with a reason, told on the output and kept in the project."""

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import tomli_w

from gis.language import Text
from layers.commit import committing
from layers.workspace import Workspace
from maps.errors import OverrideWrong
from maps.guard.rules import RULES, Breach
from maps.webmap.overrides import Override

FILE = "overrides.toml"
_REASON_LETTERS = 10


def override_of(given: str) -> Override:
    """Return what ``RULE=REASON`` sets aside; raise OverrideWrong."""
    rule, _, reason = given.partition("=")
    if rule.strip() not in {one.name for one in RULES}:
        raise _wrong(given, _UNKNOWN)
    if len(reason.strip()) < _REASON_LETTERS:
        raise _wrong(given, _NO_REASON)
    return Override(rule.strip(), reason.strip())


def standing(found: Sequence[Breach], overrides: Sequence[Override]) -> tuple[Breach, ...]:
    """Return the breaches that no override sets aside.

    Raises
    ------
    OverrideWrong
        A rule is set aside that nothing breaks: what is kept must have been needed.
    """
    broken = {one.rule for one in found}
    for one in overrides:
        if one.rule not in broken:
            raise _wrong(one.rule, _NOT_NEEDED)
    aside = {one.rule for one in overrides}
    return tuple(one for one in found if one.rule not in aside)


def keep(workspace: Workspace, overrides: Sequence[Override], output: Path, sha256: str) -> None:
    """Keep in the project what was set aside, for which output, and when; nothing is ever removed from it."""
    if not overrides:
        return
    path = workspace.path / FILE
    kept = tomllib.loads(path.read_text(encoding="utf-8"))["override"] if path.is_file() else []
    day = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    rows = [
        {"rule": one.rule, "reason": one.reason, "output": output.name, "sha256": sha256, "at": day}
        for one in overrides
    ]
    with committing(workspace.path) as staged:
        (staged / FILE).write_text(tomli_w.dumps({"override": [*kept, *rows]}), encoding="utf-8", newline="\n")


def _wrong(given: str, reason: Text) -> OverrideWrong:
    return OverrideWrong(given=given, reason=reason, rules=", ".join(one.name for one in RULES))


_UNKNOWN = Text(vi="không có quy tắc này.", en="there is no such rule.")
_NO_REASON = Text(vi="cần một lý do, viết sau dấu =.", en="it needs a reason after the sign =.")
_NOT_NEEDED = Text(vi="không có gì vi phạm quy tắc này.", en="nothing breaks this rule.")
