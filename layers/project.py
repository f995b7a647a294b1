"""project.toml: what the project is called, its coordinate system, its language, and where each layer came from."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import tomli_w

from gis.language import LANGUAGES, Lang
from layers.errors import ProjectDamaged, ProjectMissing

FILE = "project.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows of a layer came from: the file, its identity, how its coordinates were brought here."""

    file: str
    layer: str
    sha256: str
    imported: str
    rows: int
    crs: str
    operation: str = ""
    operation_accuracy_m: float | None = None
    vintage: str | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class LayerEntry:
    """What the project knows of one of its layers: rows, identity, sources in the order of import."""

    rows: int
    sha256: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """How far the ledger of officers' words goes: number of lines, and the hash of the newest."""

    lines: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """The content of project.toml.

    Attributes
    ----------
    name, crs, language : as written; `crs` is ``EPSG:n``
    notice : a sentence that every output carries ("invented data", say); empty for none
    rules : id of the rule set that verdicts are taken from; empty for the newest
    layers : entry by layer name
    ledger : how far the ledger of officers' words goes
    """

    name: str
    crs: str
    language: Lang = "vi"
    notice: str = ""
    rules: str = ""
    layers: Mapping[str, LayerEntry] = field(default_factory=dict)
    ledger: LedgerHead = LedgerHead()

    @classmethod
    def read(cls, root: Path) -> Self:
        """Read ``root/project.toml``; raise ProjectMissing or ProjectDamaged."""
        path = root / FILE
        if not path.is_file():
            raise ProjectMissing(path=root)
        try:
            content = _parsed(path.read_text(encoding="utf-8-sig"))
            project = cls(**{**content, "layers": dict(content["layers"])})
        except (tomllib.TOMLDecodeError, TypeError, UnicodeDecodeError) as error:
            raise ProjectDamaged(path=path, reason=error) from error
        texts = (project.name, project.crs, project.notice, project.rules)
        if project.language not in LANGUAGES or not all(isinstance(text, str) for text in texts):
            raise ProjectDamaged(path=path, reason="name, crs, language, notice, rules")
        return project

    def write(self, root: Path) -> None:
        """Write ``root/project.toml`` (into a staging folder: see `layers.commit`)."""
        content = _without_none(asdict(self))
        if not self.ledger.lines:
            del content["ledger"]
        (root / FILE).write_text(tomli_w.dumps(content), encoding="utf-8", newline="\n")

    def with_layers(self, entries: Mapping[str, LayerEntry]) -> "Project":
        """Return the project with these entries added or replaced."""
        return replace(self, layers={**self.layers, **entries})


@lru_cache(maxsize=4)  # a command opens its project again and again
def _parsed(text: str) -> Mapping[str, Any]:
    content = tomllib.loads(text)
    entries = {name: _entry(values) for name, values in content.pop("layers", {}).items()}
    ledger = LedgerHead(**content.pop("ledger", {}))
    return {**content, "layers": entries, "ledger": ledger}


def _entry(values: Mapping[str, Any]) -> LayerEntry:
    sources = tuple(Source(**source) for source in values.get("sources", ()))
    return LayerEntry(**{**values, "sources": sources})


def _without_none(value: Any) -> Any:
    """TOML has no null: what is not known is not written."""
    if isinstance(value, Mapping):
        return {name: _without_none(one) for name, one in value.items() if one is not None}
    return [_without_none(one) for one in value] if isinstance(value, list | tuple) else value
