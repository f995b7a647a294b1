"""read_page(): everything that a finished page holds, taken from its own text as a stranger would take it."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from maps.islands import Box
from maps.tiles.rows import unpacked
from maps.tiles.side import SideFile
from maps.webmap.assets import scripts
from maps.webmap.payload import PAYLOAD, payloads

_CHUNK = re.compile(r'MocGioi\.chunk\("([^"]*)","([A-Za-z0-9+/=]*)"\)')
_GZIP = b"\x1f\x8b"
_NUMBER = re.compile(r"[+−\d.,\s%]+(?:m²|ha|m)?")


def has_words(text: str) -> bool:
    """Tell whether a text is more than a number and its unit, as most cells of a large layer are."""
    return len(text) > 2 and not _NUMBER.fullmatch(text)


@dataclass(frozen=True)
class Drawn:
    """One layer as the page holds it.

    Attributes
    ----------
    content : the page's own data of the layer
    rows : cells of a layer whose rows stand in chunks, block by block
    """

    content: dict[str, Any]
    rows: tuple[dict[str, Any], ...] = ()

    @property
    def id(self) -> str:
        """Name of the layer."""
        return str(self.content.get("id", ""))

    @property
    def titles(self) -> tuple[str, ...]:
        """What its fields are called."""
        return tuple(str(one[0]) for one in self.content.get("fields", ()))

    def columns(self) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
        """Yield field, keys and texts of everything that a click may show; headings and labels have no field."""
        features = self.content.get("features", ())
        if features:
            keys = [str(one.get("k", "")) for one in features]
            yield "", keys, [str(one.get("n", "")) for one in features]
            yield "", keys, [str(one.get("l", "")) for one in features]
            for place, title in enumerate(self.titles):
                yield title, keys, [str(one["v"][place]) if place < len(one.get("v", ())) else "" for one in features]
        for block in self.rows:
            for place, column in enumerate(block["v"]):
                yield self.titles[place] if place < len(self.titles) else "", block["k"], column

    def feature_keys(self) -> Iterator[str]:
        """Yield the key of every feature."""
        yield from (str(one.get("k", "")) for one in self.content.get("features", ()))
        for block in self.rows:
            yield from block["k"]

    @cached_property
    def _worded(self) -> tuple[tuple[str, Sequence[str], Sequence[str], frozenset[str]], ...]:
        """Each of the `columns` with those of its texts that have words: several rules ask them."""
        known: dict[str, bool] = {}

        def is_worded(text: str) -> bool:
            if text not in known:
                known[text] = has_words(text)
            return known[text]

        return tuple((*one, frozenset(filter(is_worded, set(one[2])))) for one in self.columns())

    def rows_where(self, is_so: Callable[[str], bool], fields: Callable[[str], bool] = lambda _: True) -> set[str]:
        """Return the keys of the features with a text of which something is so; equal texts are asked once."""
        asked: dict[str, bool] = {}
        found: set[str] = set()
        for title, keys, texts, worded in self._worded:
            if not fields(title):
                continue
            asked |= {one: is_so(one) for one in worded.difference(asked)}
            if any(asked[one] for one in worded):
                found |= {key for key, text in zip(keys, texts, strict=False) if asked.get(text, False)}
        return found

    def legend(self) -> Iterator[str]:
        """Yield what the legend says of its classes, and how each class is called inside."""
        for theme in self.content.get("themes", ()):
            for look in theme.get("looks", ()):
                yield from (str(look.get("title", "")), str(look.get("key", "")))

    def box(self) -> Box | None:
        """Return the extent of what it draws, west, south, east, north in degrees."""
        if "extent" in self.content:
            west, south, east, north = map(float, self.content["extent"])
            return west, south, east, north
        scale = self.content.get("scale", 1)
        points = _points([ring for one in self.content.get("features", ()) for ring in _rings(one)])
        if not len(points):
            return None
        (west, south), (east, north) = points.min(axis=0) / scale, points.max(axis=0) / scale
        return float(west), float(south), float(east), float(north)


@dataclass
class _Tags(HTMLParser):
    """Tags with their attributes, and the text between them, of a page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 -- the parser's signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        {"script": self.scripts, "style": self.styles}.get(self._inside, self.texts).append(data)


@dataclass(frozen=True)
class ReadPage:
    """A finished page as it was read.

    Attributes
    ----------
    tags : name and attributes of every tag
    foreign_scripts : scripts that are neither the libraries' nor ours, nor the page's own data
    styles : style sheets
    settings, panel : the page's own data around its layers
    beside : data of another variant
    layers : what is drawn
    pictures : names of the pictures that it carries
    """

    tags: tuple[tuple[str, dict[str, str]], ...]
    foreign_scripts: tuple[str, ...]
    styles: tuple[str, ...]
    settings: dict[str, Any]
    panel: dict[str, Any]
    layers: tuple[Drawn, ...]
    pictures: tuple[str, ...]

    @property
    def policy(self) -> str:
        """What the page allows itself."""
        return next(
            (at["content"] for tag, at in self.tags if at.get("http-equiv", "").lower() == "content-security-policy"),
            "",
        )

    def texts(self) -> Iterator[str]:
        """Yield every text around the layers: headings, facts, notes, whatever a person can read."""
        yield from _strings(self.panel)
        yield from _strings({name: one for name, one in self.settings.items() if name not in ("words", "grid")})

    def facts(self) -> dict[str, str]:
        """Return the text of each fact of the panel, by its key."""
        return dict(_facts(self.panel))


def read_page(html: str, side: Sequence[SideFile] = ()) -> ReadPage:
    """Return what a page holds; its scripts are known by their content, everything else is data or foreign."""
    tags = _Tags()
    tags.feed(html)
    tags.close()
    known = {_digest(one) for large in (False, True) for one in scripts(large=large)}
    others = [one for one in tags.scripts if _digest(one) not in known]
    chunks = dict(_chunks([*others, *(one.content.decode("utf-8", "replace") for one in side)]))
    data = [value for one in others for value in payloads(one)]
    own = [value for value in data if isinstance(value, dict)]
    layers = [value for value in own if "themes" in value or "features" in value]
    another = next((value for value in own if "layers" in value and "figures" in value and "words" not in value), {})
    return ReadPage(
        tags=tuple(tags.tags),
        foreign_scripts=tuple(_foreign(one) for one in others if _foreign(one).strip()),
        styles=tuple(tags.styles),
        settings=next((value for value in own if "words" in value), {}),
        panel=next((value for value in own if "sections" in value), {}),
        layers=tuple(_drawn(one, chunks) for one in (*layers, *another.get("layers", ()))),
        pictures=tuple(name for name, content in chunks.items() if content.startswith(b"\x89PNG")),
    )


def _drawn(content: dict[str, Any], chunks: dict[str, bytes]) -> Drawn:
    start = f"{content.get('id', '')}.rows."
    blocks = [unpacked(one) for name, one in chunks.items() if name.startswith(start) and one.startswith(_GZIP)]
    return Drawn(content, tuple(blocks))


def _foreign(script: str) -> str:
    """Return a script without the calls that we know, the page's own data among them."""
    rest = _CHUNK.sub("", PAYLOAD.sub("", script))
    return re.sub(r"(var \w+ = )?MocGioi\.\w+\([\w, \"]*\)|\w+\.addTo\(\w+\)|\bnull\b|[;,\s]", "", rest)


def _chunks(scripts: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for script in scripts:
        for name, content in _CHUNK.findall(script):
            yield name, base64.b64decode(content)


def _rings(feature: dict[str, Any]) -> Iterator[list[float]]:
    """Yield the lines of a feature, whose vertices travel as steps."""
    rings = (ring for part in feature["g"] for ring in part) if feature.get("t") == "A" else feature.get("g", ())
    yield from (ring[: len(ring) // 2 * 2] for ring in rings)


def _points(rings: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
    """Return all vertices of lines of steps, shape (n, 2); whole numbers stay exact."""
    lengths = np.array([len(ring) // 2 for ring in rings if ring], dtype=np.int64)
    steps = np.array(list(chain.from_iterable(rings)), dtype=np.float64).reshape(-1, 2)
    ways = np.vstack([np.zeros((1, 2)), steps.cumsum(axis=0)])
    starts = lengths.cumsum() - lengths
    return np.asarray(ways[1:] - np.repeat(ways[starts], lengths, axis=0))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _facts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if "f" in value and "t" in value:
            yield str(value["f"]), str(value["t"])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _facts(one)


def _digest(script: str) -> str:
    return hashlib.sha256(script.encode()).hexdigest()
