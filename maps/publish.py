"""publish(): analyses of all scenarios, maps, workbooks and a front page; what is up to date is not redone."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis.language import Lang
from layers.workspace import Workspace
from maps.index.page import Card, index_page
from maps.webmap.page import write_map
from maps.whole_file import whole_file
from maps.workbook import write_workbook
from planning.effect import analyse_and_keep, current_record, software
from planning.record import Record
from planning.scenario import names

FOLDER = "out"
_MANIFEST = "manifest.json"
_WRITERS: Mapping[str, Callable[[Record, Path, Lang], None]] = {".html": write_map, ".xlsx": write_workbook}

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the front page, and how many analyses and files had to be made anew."""

    index: Path
    scenarios: tuple[str, ...]
    analysed: tuple[str, ...]
    written: tuple[str, ...]


def publish(workspace: Workspace, lang: Lang, tell: Told = lambda _: None) -> Published:
    """Analyse every scenario whose inputs changed, draw what is older than its Record, and write ``out/index.html``.

    Parameters
    ----------
    lang : language of the outputs
    tell : is called with the name of each scenario before work on it starts

    Raises
    ------
    Those of `planning.effect.analyse`; what was published before stays as it was.
    """
    out = workspace.path / FOLDER
    out.mkdir(exist_ok=True)
    before = _manifest(out)
    after: dict[str, Any] = {}
    cards: list[Card] = []
    analysed: list[str] = []
    written: list[str] = []
    for name in names(workspace):
        tell(name)
        record = current_record(workspace, name)
        old = _old_files(out, record, lang, before) if record is not None else ()
        if record is None or (old and not record.is_whole):
            record = analyse_and_keep(workspace, name)
            analysed.append(name)
            old = _old_files(out, record, lang, before)
        for file in old:
            _WRITERS[Path(file).suffix](record, out / file, lang)
        written.extend(old)
        after |= {file: {**wanted, "sha256": _sha256(out / file)} for file, wanted in _files(record, lang).items()}
        cards.append(Card(record, f"{name}.html", f"{name}.xlsx"))
    for file in before.keys() - after.keys():  # of scenarios that were dropped
        (out / file).unlink(missing_ok=True)
    with whole_file(out / "index.html") as beside:
        page = index_page(workspace.project.name, workspace.project.notice, cards, lang)
        beside.write_text(page, encoding="utf-8", newline="\n")
    with whole_file(out / _MANIFEST) as beside:
        beside.write_text(json.dumps(after, ensure_ascii=False, indent=1), encoding="utf-8")
    return Published(out / "index.html", names(workspace), tuple(analysed), tuple(written))


def _files(record: Record, lang: Lang) -> dict[str, dict[str, str]]:
    """Return the files of a scenario, and what the manifest says of each that is made from this Record."""
    wanted = {"record": record.id, "lang": lang, "software": software()}
    return {f"{record.scenario}{suffix}": wanted for suffix in _WRITERS}


def _old_files(out: Path, record: Record, lang: Lang, before: Mapping[str, Any]) -> list[str]:
    return [
        file
        for file, wanted in _files(record, lang).items()
        if not _is_current(out / file, before.get(file, {}), wanted)
    ]


def _is_current(path: Path, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Tell whether a file is the one that was made from this Record: a file that a hand has changed is not."""
    return path.is_file() and wanted.items() <= known.items() and known.get("sha256") == _sha256(path)


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
