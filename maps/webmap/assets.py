"""What a page carries inside itself: Leaflet, the fonts, our own script and style. Nothing is fetched when it opens."""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import tinycss2

from maps.errors import AssetMissing, AssetUnknown

LEAFLET = "leaflet/dist/leaflet.js"
_LEAFLET_CSS = "leaflet/dist/leaflet.css"
# Where developer tools would look for the source of Leaflet: beside the page, where it is not.
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
# Pictures of Leaflet's own markers and layer switch, and a filter for browsers long gone: we draw none of them.
_LEFT_OUT = {"images/layers.png", "images/layers-2x.png", "images/marker-icon.png", "#default#VML"}

_FONT = "@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
_WEIGHTS = (400, 600)
# The ranges of the two subsets, as their package states them.
_SUBSETS = {
    "vietnamese": (
        "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
        "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"
    ),
    "latin": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
        "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
    ),
}

# Our own scripts, in the order in which they build on each other.
SCRIPTS = (
    "page.js",
    "chunks.js",
    "shapes.js",
    "layers.js",
    "labels.js",
    "identify.js",
    "coordinates.js",
    "controls.js",
    "search.js",
    "sketch.js",
    "measure.js",
    "draw.js",
    "compare.js",
    "print.js",
    "tools.js",
    "backdrop.js",
    "permalink.js",
    "bars.js",
    "panel.js",
)
# What pages with large layers carry besides: the reader of their archives, and what draws them.
PMTILES = "pmtiles/dist/pmtiles.js"
LARGE_SCRIPTS = ("archive.js", "rows.js", "screen.js", "tiled.js")
STYLE = "page.css"


@cache
def scripts(*, large: bool = False) -> tuple[str, ...]:
    """Return Leaflet and our own scripts as source text; raise AssetMissing.

    Parameters
    ----------
    large : with those that large layers need
    """
    libraries = (LEAFLET, PMTILES) if large else (LEAFLET,)
    own = (*SCRIPTS, *LARGE_SCRIPTS) if large else SCRIPTS
    return (*(_SOURCE_MAP.sub("", _asset(name).decode()) for name in libraries), *(_static(name) for name in own))


@cache
def style_sheet() -> str:
    """Return fonts, Leaflet's style and ours as one style sheet without any address.

    Raises
    ------
    AssetMissing, AssetUnknown
    """
    return "\n".join((*font_faces(), _without_addresses(_asset(_LEAFLET_CSS).decode(), _LEAFLET_CSS), _static(STYLE)))


def font_faces() -> list[str]:
    """Return the font rules of a page, the fonts inside them; raise AssetMissing."""
    return [
        f"@font-face{{font-family:'Be Vietnam Pro';font-style:normal;font-weight:{weight};font-display:block;"
        f"src:url(data:font/woff2;base64,{_font(subset, weight)}) format('woff2');unicode-range:{letters}}}"
        for weight in _WEIGHTS
        for subset, letters in _SUBSETS.items()
    ]


def _font(subset: str, weight: int) -> str:
    return base64.b64encode(_asset(_FONT.format(subset=subset, weight=weight))).decode()


def _without_addresses(css: str, name: str) -> str:
    """Return the style sheet without the declarations that name a file; one that is not known is an error."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rule_without_addresses(rule, name) for rule in rules)


def _rule_without_addresses(rule: tinycss2.ast.Node, name: str) -> str:
    if rule.type != "qualified-rule":
        if rule.type != "at-rule" or rule.lower_at_keyword != "media" or list(_addresses(rule.content)):
            raise AssetUnknown(asset=name, address=rule.message if rule.type == "error" else rule.serialize())
        return str(rule.serialize())
    declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    plain = [one.serialize() for one in declarations if not _names_a_file(one, name)]
    return f"{tinycss2.serialize(rule.prelude)}{{{';'.join(plain)}}}"


def _names_a_file(declaration: tinycss2.ast.Node, name: str) -> bool:
    found = list(_addresses(declaration.value))
    for address in found:
        if address not in _LEFT_OUT:
            raise AssetUnknown(asset=name, address=address)
    return bool(found)


def _addresses(tokens: Iterable[tinycss2.ast.Node]) -> Iterator[str]:
    """Yield what ``url(…)`` names among the tokens, however deep."""
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield tinycss2.serialize(token.arguments)
        else:
            yield from _addresses(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def _asset(name: str) -> bytes:
    file = files("maps.webmap") / "assets" / name
    if not file.is_file():
        raise AssetMissing(asset=name)
    return file.read_bytes()


def _static(name: str) -> str:
    return (files("maps.webmap") / "static" / name).read_text(encoding="utf-8")
