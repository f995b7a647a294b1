"""publish(): analyses of all scenarios, maps, workbooks and a front page; what is up to date is not redone."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gis.language import Lang
from layers.workspace import Workspace
from maps.guard.known import known_of
from maps.index.page import Card, index_page
from maps.release import release_map
from maps.tiles.side import folder_of
from maps.webmap.overrides import Override
from maps.webmap.settings import Wishes
from maps.whole_file import whole_file
from maps.workbook import write_workbook
from planning.effect import analyse_and_keep, current_record, software
from planning.record import Record
from planning.scenario import names

FOLDER = "out"
_MANIFEST = "manifest.json"

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the front page, and how many analyses and files had to be made anew."""

    index: Path
    scenarios: tuple[str, ...]
    analysed: tuple[str, ...]
    written: tuple[str, ...]


def publish(
    workspace: Workspace, lang: Lang, tell: Told = lambda _: None, overrides: tuple[Override, ...] = ()
) -> Published:
    """Analyse every scenario whose inputs changed, draw what is older than its Record, and write ``out/index.html``.

    Parameters
    ----------
    lang : language of the outputs
    tell : is called with the name of each scenario before work on it starts
    overrides : rules of the guard that are set aside for every map

    Raises
    ------
    GuardRefused
        A map holds what must not go out.
    Those of `planning.effect.analyse`; what was published before stays as it was.
    """
    out = workspace.path / FOLDER
    out.mkdir(exist_ok=True)
    before, known = _manifest(out), cache(lambda: known_of(workspace))

    def write_map(record: Record, path: Path, lang: Lang) -> None:
        release_map(record, workspace, path, lang, Wishes(overrides=overrides), known())

    writers: Mapping[str, Callable[[Record, Path, Lang], None]] = {".html": write_map, ".xlsx": write_workbook}
    after: dict[str, Any] = {}
    cards: list[Card] = []
    analysed: list[str] = []
    written: list[str] = []
    for name in names(workspace):
        tell(name)
        record = current_record(workspace, name)
        old = _old_files(out, record, lang, before, overrides) if record is not None else ()
        if record is None or (old and not record.is_whole):
            record = analyse_and_keep(workspace, name)
            analysed.append(name)
            old = _old_files(out, record, lang, before, overrides)
        for file in old:
            writers[Path(file).suffix](record, out / file, lang)
        written.extend(old)
        for file, wanted in _files(record, lang, overrides).items():
            after[file] = {**wanted, "sha256": _sha256(out / file), "side": _side(out / file)}
        cards.append(Card(record, f"{name}.html", f"{name}.xlsx"))
    for file in before.keys() - after.keys():  # of scenarios that were dropped
        (out / file).unlink(missing_ok=True)
        shutil.rmtree(folder_of(out / file), ignore_errors=True)
    with whole_file(out / "index.html") as beside:
        page = index_page(workspace.project.name, workspace.project.notice, cards, lang)
        beside.write_text(page, encoding="utf-8", newline="\n")
    with whole_file(out / _MANIFEST) as beside:
        beside.write_text(json.dumps(after, ensure_ascii=False, indent=1), encoding="utf-8")
    return Published(out / "index.html", names(workspace), tuple(analysed), tuple(written))


def _files(record: Record, lang: Lang, overrides: tuple[Override, ...]) -> dict[str, dict[str, Any]]:
    """Return the files of a scenario, and what the manifest says of each that is made from this Record."""
    wanted = {"record": record.id, "lang": lang, "software": software()}
    page = {**wanted, "overrides": [[one.rule, one.reason] for one in overrides]}
    return {f"{record.scenario}.html": page, f"{record.scenario}.xlsx": wanted}


def _old_files(
    out: Path, record: Record, lang: Lang, before: Mapping[str, Any], overrides: tuple[Override, ...]
) -> list[str]:
    return [
        file
        for file, wanted in _files(record, lang, overrides).items()
        if not _is_current(out / file, before.get(file, {}), wanted)
    ]


def _is_current(path: Path, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Tell whether a file is the one that was made from this Record: a file that a hand has changed is not."""
    same = path.is_file() and wanted.items() <= known.items() and known.get("sha256") == _sha256(path)
    return same and known.get("side") == _side(path)


def _side(path: Path) -> list[str]:
    """Return the files in the folder beside a page, which is named by their content."""
    folder = folder_of(path)
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def _manifest(out: Path) -> dict[str, Any]:
    try:
        content = json.loads((out / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    # Names of files beside the manifest and nothing else: it decides what may be removed.
    return {name: known for name, known in content.items() if Path(name).name == name and isinstance(known, dict)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
