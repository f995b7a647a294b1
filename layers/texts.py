"""Texts of a file in Unicode: what is legacy is converted once, by a person's word, and its original is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas import DataFrame, Series

from gis.errors import EncodingUnknown
from gis.language import Text
from gis.vietnamese.detect import Guess, guess, to_unicode
from gis.vietnamese.legacy import ENCODINGS, Encoding
from layers.errors import EncodingUnconfirmed
from layers.wishes import Note

# Below this share of Vietnamese syllables a column of Unicode is told; half of them may be names of foreign firms.
_LEAST_SCORE = 0.5

Said = Mapping[str, Encoding | Literal["auto"]]


@dataclass(frozen=True)
class Texts:
    """A frame whose texts are Unicode.

    Attributes
    ----------
    originals : the converted columns as they came
    """

    frame: DataFrame
    originals: DataFrame
    notes: tuple[Note, ...] = field(default=())


def parse_encoding(words: list[str]) -> Said:
    """Return what ``--encoding`` says: one encoding for all, or ``COLUMN=ENCODING``.

    Raises
    ------
    EncodingUnknown
    """
    said: dict[str, Any] = {}
    for word in words:
        column, _, name = word.rpartition("=")
        if name.lower() not in (*ENCODINGS, "auto"):
            raise EncodingUnknown(encoding=name, encodings=", ".join((*ENCODINGS, "auto")))
        said[column or "*"] = name.lower()
    return said


def guesses_of(frame: DataFrame) -> dict[str, Guess]:
    """Return the guess for each column of text that is not plain ASCII."""
    return {str(name): guess(_distinct(frame[name])) for name in frame.columns if _is_marked(frame[name])}


def in_unicode(frame: DataFrame, said: Said, path: Path) -> Texts:
    """Return the frame with its legacy texts in Unicode.

    Raises
    ------
    EncodingUnknown
        A column is named that is not there.
    EncodingUnconfirmed
        A column looks like legacy text and nobody said so.
    TextUnicodeAlready, TextNotOfEncoding
    """
    unknown = [name for name in said if name != "*" and name not in frame.columns]
    if unknown:
        raise EncodingUnknown(encoding=unknown[0], encodings=", ".join(map(str, frame.columns)))
    guesses = guesses_of(frame)
    chosen = {name: _chosen(name, one, said, path) for name, one in guesses.items()}
    converted: dict[str, Series] = {}
    notes = [_foreign(name, guesses[name]) for name, one in chosen.items() if _is_foreign(guesses[name], one)]
    for name, encoding in chosen.items():
        if encoding != "unicode":
            converted[name], found = _converted(frame[name], encoding)
            notes += found
    return Texts(frame.assign(**converted), DataFrame({name: frame[name] for name in converted}), tuple(notes))


def _chosen(name: str, found: Guess, said: Said, path: Path) -> Encoding:
    word = said.get(name, said.get("*"))
    if word is not None and word != "auto":
        # "--encoding tcvn3" for a whole file leaves the columns alone that are Unicode beyond doubt.
        return "unicode" if name not in said and found.best == "unicode" and found.sure else word
    if found.best == "unicode" or (found.readings[0].score == 0 and word is None):
        return "unicode"
    if word == "auto" and found.sure:
        return found.best
    samples = "; ".join(f"{one.encoding} {one.score:.0%}: “{one.samples[0]}”" for one in found.readings[:3])
    raise EncodingUnconfirmed(path=path, column=name, samples=samples)


def _is_foreign(found: Guess, chosen: Encoding) -> bool:
    return (
        chosen == "unicode"
        and found.best == "unicode"
        and found.readings != ()
        and found.readings[0].score < _LEAST_SCORE
    )


def _foreign(name: str, found: Guess) -> Note:
    return Note("text-not-vietnamese", _FOREIGN.filled(column=name, sample=found.readings[0].samples[0]))


def _converted(values: Series, encoding: Encoding) -> tuple[Series, list[Note]]:
    result = to_unicode(_distinct(values), encoding, str(values.name))
    changed = values.isin(list(result.values))
    notes = [Note("text-converted", _CONVERTED.filled(column=values.name, encoding=encoding), int(changed.sum()))]
    if result.capitals_lost:
        notes.append(Note("capitals-lost", _CAPITALS.filled(column=values.name), len(values)))
    return values.map(lambda one: result.values.get(one, one), na_action="ignore"), notes


def _is_marked(values: Series) -> bool:
    if not (pd.api.types.is_string_dtype(values.dtype) or values.dtype == object):
        return False
    try:
        return not pc.all(pc.string_is_ascii(pa.array(values, type=pa.large_string(), from_pandas=True))).as_py()
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # a column of something else than text
        return False


def _distinct(values: Series) -> list[str]:
    return [str(one) for one in values.dropna().unique()]


_CONVERTED = Text(
    vi="cột “{column}” được chuyển từ {encoding} sang Unicode, bản gốc giữ trong originals/",
    en="column “{column}” was converted from {encoding} to Unicode, the original is kept in originals/",
)
_FOREIGN = Text(
    vi="cột “{column}” giữ nguyên nhưng không giống chữ Việt (ví dụ “{sample}”)",
    en="column “{column}” was left as it is but is not like Vietnamese (such as “{sample}”)",
)
_CAPITALS = Text(
    vi="cột “{column}” không có chữ hoa nào: có thể bản gốc viết hoa bằng phông .VnTimeH",
    en="column “{column}” has no capitals: it may have been shown in capitals by the font .VnTimeH",
)
