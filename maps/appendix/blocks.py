"""The pieces of a document, before anyone knows whether it becomes Word: what is said, and which fact it shows."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["label", "title", "note", "body", "notice", "right", "sign"]
Counted = Literal["table", "map"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words; of a fact where `key` is not empty; a live reference where `target` names a caption."""

    text: str
    key: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    pieces: tuple[Piece, ...]
    tone: Tone = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Caption:
    """``Bảng 3. …``: the number counts itself, and others refer to it by `name`."""

    counted: Counted
    number: int
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    name : of the table of the Record that it shows; empty for scalar facts
    heads, weights : heading and share of the width of each column
    right : whether the cells of a column are numbers
    rows : cells row by row
    closing : how many rows at the end are sums
    """

    name: str
    heads: tuple[str, ...]
    weights: tuple[float, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[Piece, ...], ...]
    closing: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A map: the page of the file of sheets, counted from 0."""

    page: int
    name: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs: function, name; and where and when."""

    place: str
    columns: tuple[tuple[str, str], ...]


Block = Paragraph | Heading | Caption | Grid | Picture | Signatures
