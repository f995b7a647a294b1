"""What every command knows: which project, which language, how to answer."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from gis.language import LANGUAGES, Lang


@dataclass(frozen=True, slots=True)
class Desk:
    """The shared options of one call."""

    project: Path
    lang: Lang
    as_json: bool
    quiet: bool


def language_of(project: Path, wanted: str | None) -> Lang:
    """Return the language that was asked for, else the project's, else Vietnamese."""
    if wanted in LANGUAGES:
        return wanted
    try:
        stated = tomllib.loads((project / "project.toml").read_text(encoding="utf-8")).get("language")
    except (OSError, ValueError):
        stated = None
    return cast("Lang", stated) if stated in LANGUAGES else "vi"
