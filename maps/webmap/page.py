"""write_map(): the interactive map of one Record as one file that opens with the cable out."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gis.language import Lang
from maps.style import GROUPS
from maps.webmap.assets import scripts, style_sheet
from maps.webmap.drawing import DrawnLayer, drawn_layers
from maps.webmap.elements import RecordLayer, RecordMap, RecordPanel
from maps.webmap.panel import panel
from maps.webmap.shapes import bounds
from maps.webmap.words import NO_SCRIPT, WORDS, words
from maps.whole_file import whole_file
from planning.record import Record

# Nothing comes from anywhere but this page: no request, no plug-in, no form, no script but those hashed here.
_POLICY = (
    "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
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


def write_map(record: Record, path: Path, lang: Lang = "vi", over: Sequence[DrawnLayer] = ()) -> None:
    """Write the map of a Record as one HTML file; a file that is there is replaced whole or not at all.

    Parameters
    ----------
    over : layers that are no part of the Record, such as the findings of a check

    Raises
    ------
    AssetMissing
        The installation is not complete.
    """
    with whole_file(path) as beside:
        beside.write_text(map_page(record, lang, over), encoding="utf-8", newline="\n")


def map_page(record: Record, lang: Lang = "vi", over: Sequence[DrawnLayer] = ()) -> str:
    """Return the page as text; raise AssetMissing."""
    html, script = _rendered(record, lang, over)
    every_script = (*scripts(), script)
    head = _PAGE.format(
        lang=lang, policy=_policy(every_script), title=f"{WORDS['brand'].to(lang)} – {WORDS['page'].to(lang)}"
    )
    # Joined, not filled into a template: braces in styles, scripts and data mean nothing here.
    return "".join((
        head, style_sheet(), "\n</style>\n</head>\n<body>\n",
        "<noscript>", NO_SCRIPT.to(lang), "</noscript>\n", html, "\n",
        *(f"<script>{one}</script>\n" for one in every_script),
        "</body>\n</html>\n",
    ))  # fmt: skip


def _rendered(record: Record, lang: Lang, over: Sequence[DrawnLayer]) -> tuple[str, str]:
    """Return what folium makes of the Record: the map's place in the page and the script that fills it."""
    drawn = (*drawn_layers(record, lang), *over)
    chart = RecordMap(_settings(record, lang))
    for position, layer in enumerate(drawn):
        RecordLayer(layer, position).add_to(chart)
    RecordPanel(panel(record, drawn, lang)).add_to(chart)
    figure: Any = chart.get_root()  # a Figure: typed as its parent class
    figure.render()
    return figure.html.render(), figure.script.render()


def _settings(record: Record, lang: Lang) -> dict[str, Any]:
    return {
        "extent": [bounds(record.geometry[region].geometry) for region in ("base", "proposed")],
        "words": words(lang),
        "groups": [group.to(lang) for group in GROUPS],
        # The rule of the facts on holes: narrower than twice the accuracy of the line.
        "sliverWidth": 2 * (record.value("zone.accuracy_m") or 0),
    }


def _policy(sources: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() for source in sources)
    return _POLICY.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))
