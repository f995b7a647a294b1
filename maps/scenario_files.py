"""The files of one scenario in ``out/``: its map and its workbook, brought up to date with its Record."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gis.language import Lang
from layers.workspace import Workspace
from maps.guard.known import Known, known_of
from maps.release import release_map
from maps.tiles.side import folder_of
from maps.webmap.overrides import Override
from maps.webmap.settings import Wishes
from maps.workbook import write_workbook
from planning.current import analyse_and_keep, current_record
from planning.effect import software
from planning.record import Record

FOLDER, MANIFEST = "out", "manifest.json"
Manifest = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done for a scenario.

    Attributes
    ----------
    record : of which its files are made
    analysed : whether the Record is new
    files : what the manifest says of each of its files
    written : those of them that are new
    """

    record: Record
    analysed: bool
    files: Manifest
    written: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ScenarioFiles:
    """The files of scenarios.

    Attributes
    ----------
    lang : language of the files
    overrides : rules of the guard that are set aside for every map
    before : what the manifest says of the files that are there
    """

    workspace: Workspace
    lang: Lang
    overrides: tuple[Override, ...]
    before: Manifest

    @property
    def out(self) -> Path:
        """Where they stand."""
        return self.workspace.path / FOLDER

    def is_due(self, name: str) -> bool:
        """Tell whether a scenario has no current Record, or a file that is not made from it."""
        record = current_record(self.workspace, name)
        return record is None or bool(self._old(record))

    def brought_up_to_date(self, name: str) -> Done:
        """Analyse a scenario if its inputs changed, and write those of its files that are older than its Record.

        Raises
        ------
        GuardRefused
        Those of `planning.effect.analyse`
        """
        record, analysed = current_record(self.workspace, name), False
        old = () if record is None else self._old(record)
        if record is None or (old and not record.is_whole):
            record, analysed = analyse_and_keep(self.workspace, name), True
            old = self._old(record)
        for file in old:
            self._write(record, self.out / file)
        told = {
            file: {**wanted, "sha256": _sha256(self.out / file), "side": _side(self.out / file)}
            for file, wanted in self._wanted(record).items()
        }
        return Done(record, analysed, told, old)

    @cached_property
    def _known(self) -> Known:
        return known_of(self.workspace)

    def _write(self, record: Record, path: Path) -> None:
        if path.suffix == ".xlsx":
            write_workbook(record, path, self.lang)
        else:
            release_map(record, self.workspace, path, self.lang, Wishes(overrides=self.overrides), self._known)

    def _wanted(self, record: Record) -> dict[str, dict[str, Any]]:
        """Return the files of a scenario, and what the manifest says of each that is made from this Record."""
        wanted = {"record": record.id, "lang": self.lang, "software": software()}
        page = {**wanted, "overrides": [[one.rule, one.reason] for one in self.overrides]}
        return {f"{record.scenario}.html": page, f"{record.scenario}.xlsx": wanted}

    def _old(self, record: Record) -> tuple[str, ...]:
        wanted = self._wanted(record)
        return tuple(
            file for file in wanted if not _is_current(self.out / file, self.before.get(file, {}), wanted[file])
        )


def manifest_of(out: Path) -> dict[str, Any]:
    """Return what the manifest of a folder says of its files; nothing where it cannot be read."""
    try:
        content = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    # Names of files beside the manifest and nothing else: it decides what may be removed.
    return {name: known for name, known in content.items() if Path(name).name == name and isinstance(known, dict)}


def _is_current(path: Path, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Tell whether a file is the one that was made from this Record: a file that a hand has changed is not."""
    same = path.is_file() and wanted.items() <= known.items() and known.get("sha256") == _sha256(path)
    return same and known.get("side") == _side(path)


def _side(path: Path) -> list[str]:
    """Return the files in the folder beside a page, which is named by their content."""
    folder = folder_of(path)
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
