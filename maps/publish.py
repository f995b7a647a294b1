"""publish(): analyses of all scenarios, maps, workbooks and a front page; what is up to date is not redone."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from gis.language import Lang
from layers.beside import Errand, errand
from layers.room import shared_out
from layers.workspace import Workspace
from maps.index.page import Card, index_page
from maps.scenario_files import FOLDER, MANIFEST, Done, ScenarioFiles, manifest_of
from maps.tiles.side import folder_of
from maps.webmap.overrides import Override
from maps.whole_file import whole_file
from planning.scenario import names

# The module that draws beside this process.
SECOND = "maps.publishing"
# Fewer scenarios than this are drawn before a second process has started.
_SEVERAL = 2
# What a process that draws maps may hold of each parcel: with room to spare.
_PARCEL_BYTES = 20_000

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the front page, and how many analyses and files had to be made anew."""

    index: Path
    scenarios: tuple[str, ...]
    analysed: tuple[str, ...]
    written: tuple[str, ...]


def publish(
    workspace: Workspace,
    lang: Lang,
    tell: Told = lambda _: None,
    overrides: tuple[Override, ...] = (),
    second: Errand | None = None,
) -> Published:
    """Analyse every scenario whose inputs changed, draw what is older than its Record, and write ``out/index.html``.

    Parameters
    ----------
    lang : language of the outputs
    tell : is called with the name of each scenario before work on it starts
    overrides : rules of the guard that are set aside for every map
    second : a process that runs `SECOND` and waits; without one, it is started where it saves time

    Raises
    ------
    GuardRefused
        A map holds what must not go out.
    Those of `planning.effect.analyse`; what was published before stays as it was.
    """
    out = workspace.path / FOLDER
    out.mkdir(exist_ok=True)
    before = manifest_of(out)
    done = list(_all_done(ScenarioFiles(workspace, lang, overrides, before), tell, second))
    after = {file: told for one in done for file, told in one.files.items()}
    cards = [Card(one.record, f"{one.record.scenario}.html", f"{one.record.scenario}.xlsx") for one in done]
    for file in before.keys() - after.keys():  # of scenarios that were dropped
        (out / file).unlink(missing_ok=True)
        shutil.rmtree(folder_of(out / file), ignore_errors=True)
    with whole_file(out / "index.html") as beside:
        page = index_page(workspace.project.name, workspace.project.notice, cards, lang)
        beside.write_text(page, encoding="utf-8", newline="\n")
    with whole_file(out / MANIFEST) as beside:
        beside.write_text(json.dumps(after, ensure_ascii=False, indent=1), encoding="utf-8")
    analysed = tuple(one.record.scenario for one in done if one.analysed)
    written = tuple(file for one in done for file in one.written)
    return Published(out / "index.html", names(workspace), analysed, written)


def _all_done(files: ScenarioFiles, tell: Told, second: Errand | None) -> Iterator[Done]:
    """Yield what was done for each scenario; of several that are due, a second process does the other half."""
    workspace = files.workspace
    due = [] if files.overrides else [name for name in names(workspace) if files.is_due(name)]
    _, others = shared_out(workspace, due, _SEVERAL, _PARCEL_BYTES)
    with errand(SECOND) if others and second is None else nullcontext(second or Errand(None)) as other:
        if others:
            other.give(str(workspace.path.resolve()), files.lang, *others)
        for name in names(workspace):
            tell(name)
            there = json.loads(other.told or "{}").get(name) if name in others else None
            if there is None:
                yield files.brought_up_to_date(name)
                continue
            checked = replace(files, before={**files.before, **there["files"]}).brought_up_to_date(name)
            written = tuple(dict.fromkeys((*there["written"], *checked.written)))
            yield replace(checked, analysed=checked.analysed or there["analysed"], written=written)
