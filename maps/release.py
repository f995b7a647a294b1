"""release_map(): a map goes out only when the guard has read the finished page."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from gis.language import Lang
from layers.workspace import Workspace
from maps.errors import GuardRefused
from maps.guard.known import Known, known_of
from maps.guard.overriding import keep, standing
from maps.guard.reading import read_page
from maps.guard.rules import Breach, breaches
from maps.tiles.side import folder_of
from maps.webmap.page import NO_WISHES, Page, map_page, write_page
from maps.webmap.settings import Wishes
from maps.webmap.tiled import undrawn
from planning.record import Record


def release_map(
    record: Record,
    workspace: Workspace,
    path: Path,
    lang: Lang = "vi",
    wishes: Wishes = NO_WISHES,
    known: Known | None = None,
) -> None:
    """Write the map of a Record, unless the guard finds what must not go out.

    Parameters
    ----------
    known : what the project says must not go out, where it has been read already

    Raises
    ------
    GuardRefused
        Naming every breach that is not set aside; nothing is written.
    OverrideWrong
    """
    page = map_page(record, lang, undrawn(workspace, record), folder_of(path).name, wishes)
    found = found_in(page, known or known_of(workspace))
    left = standing(found, wishes.overrides)
    if left:
        raise GuardRefused(file=path, breaches=_told(left, lang))
    keep(workspace, wishes.overrides, path, hashlib.sha256(page.html.encode()).hexdigest())
    write_page(page, path)


def found_in(page: Page, known: Known) -> tuple[Breach, ...]:
    """Return everything that the guard finds in a finished page."""
    return breaches(read_page(page.html, page.side), known)


def _told(found: Sequence[Breach], lang: Lang) -> str:
    return "\n".join(f"  {one.rule}: {one.what.to(lang)}" for one in found)
