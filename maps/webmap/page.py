"""write_map(): the interactive map of one Record, one file or a file and its folder, that opens with the cable out."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gis.language import Lang
from layers.workspace import Workspace
from maps.tiles.side import SideFile, call, digest, drop_others, folder_of, script_file, write_side
from maps.webmap.assets import scripts, style_sheet
from maps.webmap.backdrop import Backdrop
from maps.webmap.drawing import DrawnLayer, chosen, drawn_layers
from maps.webmap.elements import RecordLayer, RecordMap, RecordPanel
from maps.webmap.panel import panel
from maps.webmap.relief import relief_picture
from maps.webmap.settings import Wishes, beside, settings
from maps.webmap.tiled import Large, undrawn
from maps.webmap.words import NO_SCRIPT, WORDS
from maps.whole_file import whole_file
from planning.record import Record

# Nothing comes from anywhere but this page: no request, no plug-in, no form, no script but those hashed here.
_POLICY = (
    "default-src 'none'; script-src {sources}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# A page with a folder loads scripts from there: from where it is itself, and nothing else.
_BESIDE, _SERVED = " 'self' file:", " 'self'"
# Chunks of up to this size stand inside the page, so that it is one file.
EMBEDDED_MAX = 900_000
NO_WISHES = Wishes()
_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the files that stand in its folder."""

    html: str
    side: tuple[SideFile, ...] = ()


def write_map(
    record: Record, path: Path, lang: Lang = "vi", workspace: Workspace | None = None, wishes: Wishes = NO_WISHES
) -> None:
    """Write the map of a Record; a page that is there is replaced whole or not at all.

    Parameters
    ----------
    workspace : where the Record was computed; without it layers that the Record leaves there are not drawn

    Raises
    ------
    AssetMissing
        The installation is not complete.
    """
    write_page(
        map_page(record, lang, undrawn(workspace, record) if workspace else {}, folder_of(path).name, wishes), path
    )


def write_page(page: Page, path: Path) -> None:
    """Write a page and its files."""
    write_side(path, page.side)
    with whole_file(path) as beside:
        beside.write_text(page.html, encoding="utf-8", newline="\n")
    drop_others(path, page.side)


def map_page(
    record: Record,
    lang: Lang = "vi",
    large: Mapping[str, Large] | None = None,
    folder: str = "files",
    wishes: Wishes = NO_WISHES,
) -> Page:
    """Return the page with its files.

    Parameters
    ----------
    large : shapes that the Record leaves in the project
    folder : name of the folder beside the page

    Raises
    ------
    AssetMissing
    """
    drawn = chosen(drawn_layers(record, lang, large), wishes.layers)
    drawn = tuple(sorted((*drawn, *(one for extra in wishes.extras for one in extra.layers)), key=_order))
    chunks = [chunk for layer in drawn for chunk in layer.chunks]
    pictures = {"backdrop": wishes.backdrop} if wishes.backdrop else {}
    if wishes.relief:
        pictures["relief"] = relief_picture(wishes.relief, record, lang)
    chunks += [(name, one.png) for name, one in pictures.items()]
    embedded = not wishes.served and sum(len(content) for _, content in chunks) <= EMBEDDED_MAX
    side = () if embedded else _side(drawn, chunks, served=wishes.served)
    beside_it = f"{folder}/{digest(side)}" if side else ""
    if wishes.served:
        drawn = tuple(_in_ranges(layer, beside_it) for layer in drawn)
    html, script = _rendered(record, drawn, wishes, pictures, beside_it, lang)
    handed = [call(name, content) for name, content in chunks] if embedded else []
    every_script = (*scripts(large=any(layer.chunks for layer in drawn)), "\n".join((*handed, script)))
    head = _PAGE.format(
        lang=lang,
        policy=_policy(every_script, beside=bool(side), served=wishes.served),
        title=f"{WORDS['brand'].to(lang)} – {WORDS['page'].to(lang)}",
    )
    # Joined, not filled into a template: braces in styles, scripts and data mean nothing here.
    text = "".join((
        head, style_sheet(), "\n</style>\n</head>\n<body>\n",
        "<noscript>", NO_SCRIPT.to(lang), "</noscript>\n", html, "\n",
        *(f"<script>{one}</script>\n" for one in every_script),
        "</body>\n</html>\n",
    ))  # fmt: skip
    return Page(text, side)


def _order(layer: DrawnLayer) -> int:
    return layer.style.order


def _side(drawn: tuple[DrawnLayer, ...], chunks: list[tuple[str, bytes]], *, served: bool) -> tuple[SideFile, ...]:
    """Return the files beside the page: a script for each chunk; served, the tiles of a layer are one archive."""
    if not served:
        return tuple(script_file(name, content) for name, content in chunks)
    tiled = {f"{layer.style.layer}.tiles" for layer in drawn if layer.chunks}
    parts = [(name.rpartition(".")[0], content) for name, content in chunks]
    archives = tuple(
        SideFile(f"{name}.pmtiles", b"".join(content for one, content in parts if one == name))
        for name in sorted(tiled)
    )
    others = [(name, content) for name, content in chunks if name.rpartition(".")[0] not in tiled]
    return (*archives, *(script_file(name, content) for name, content in others))


def _in_ranges(layer: DrawnLayer, folder: str) -> DrawnLayer:
    """Return the layer with the address of its archive, relative to the page."""
    if not layer.chunks:
        return layer
    told = {**layer.content["tiles"], "url": f"{quote(folder)}/{layer.style.layer}.tiles.pmtiles"}
    return replace(layer, content={**layer.content, "tiles": told})


def _rendered(
    record: Record,
    drawn: tuple[DrawnLayer, ...],
    wishes: Wishes,
    pictures: Mapping[str, Backdrop],
    chunk_folder: str,
    lang: Lang,
) -> tuple[str, str]:
    """Return what folium makes of the Record: the map's place in the page and the script that fills it."""
    chart = RecordMap(settings(record, drawn, wishes, pictures, chunk_folder, lang))
    for position, layer in enumerate(drawn):
        RecordLayer(layer, position).add_to(chart)
    told = panel(record, drawn, lang, wishes.overrides, [one for extra in wishes.extras for one in extra.sections])
    RecordPanel(told, beside(record, wishes.beside, lang)).add_to(chart)
    figure: Any = chart.get_root()  # a Figure: typed as its parent class
    figure.render()
    return figure.html.render(), figure.script.render()


def _policy(sources: Iterable[str], *, beside: bool, served: bool) -> str:
    digests = (base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() for source in sources)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    policy = _POLICY.format(sources=hashes + ((_SERVED if served else _BESIDE) if beside else ""))
    return f"{policy}; connect-src 'self'" if served else policy
