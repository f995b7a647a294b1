"""A list in a sentence: the names of the rows that a question picks, each with what is measured of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
from pandas import DataFrame

from gis.language import Lang, Text
from gis.text import nfc
from layers.admin_units import KINDS
from maps.formatter import fact_text
from maps.labels import missing_title
from maps.sentences.claims import (
    APPROXIMATE,
    MANY,
    NOTHING_KNOWN,
    ONE,
    ZERO,
    Run,
    amount_agrees,
    amount_shape,
    amount_text,
)
from maps.sentences.facts import dated_key, is_approximate
from planning.record import Fact, Record
from planning.tallies import members

Picks = Callable[[DataFrame], DataFrame]
_AND = Text(vi=" và ", en=" and ")
_COMMON_NOUNS = (*(f"{kind.capitalize()} " for kind in KINDS), "Cửa khẩu ", "Bến bãi ", "Bãi ", "Kho ", "Đường ")


def tallied(tally: str) -> Picks:
    """Pick the rows that a tally counts."""
    return lambda rows: members(rows, tally)


def positive(column: str) -> Picks:
    """Pick the rows that have some of what a column measures."""
    return lambda rows: rows[rows[column].fillna(0) > 0]


def equal(column: str, value: str) -> Picks:
    """Pick the rows of which a column says that."""
    return lambda rows: rows[rows[column] == value]


@dataclass(frozen=True, slots=True)
class Names:
    """Rows of a table, told by their names.

    Attributes
    ----------
    table : of the Record
    picks : which rows
    label : column that names a row; a name that occurs twice is told with its code
    amounts : columns told in brackets; the first is "about" where the zone's line is approximate
    """

    table: str
    picks: Picks
    label: str = "name"
    amounts: tuple[str, ...] = ()

    def case(self, record: Record) -> str:
        """Return no_data, zero, one or many."""
        rows = self._rows(record)
        return NOTHING_KNOWN if rows is None else {0: ZERO, 1: ONE}.get(len(rows), MANY)

    def write(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return the names with what is measured of them, a comma between them and "and" before the last."""
        rows = self._rows(record)
        keys = [] if rows is None else [str(key) for key in rows["key"]]
        labels = self._labels(record, lang)
        runs: list[Run] = []
        for place, key in enumerate(keys):
            if place:
                runs.append(Run(_AND.to(lang) if place == len(keys) - 1 else ", "))
            runs.append(Run(labels[key], self._key(record, key, self.label)))
            runs += self._measured(record, key, lang)
        return tuple(runs)

    def _measured(self, record: Record, key: str, lang: Lang) -> list[Run]:
        runs: list[Run] = []
        for place, column in enumerate(self.amounts):
            fact = record.fact(self._key(record, key, column))
            runs += [
                Run("; " if place else " ("),
                Run(amount_text(fact, lang, about=self._about(record, place)), fact.key),
            ]
        return [*runs, Run(")")] if runs else []

    def shape(self, lang: Lang) -> str:  # noqa: ARG002 -- every claim is asked for its language
        """Return the expression of any list."""
        return ".+?"

    def agrees(self, text: str, record: Record, lang: Lang) -> bool:
        """Tell whether the list names exactly the rows that the question picks, each once, with their amounts."""
        rows = self._rows(record)
        named = self._read(text, record, lang)
        if rows is None or named is None or sorted(key for key, _ in named) != sorted(map(str, rows["key"])):
            return False
        return all(
            amount_agrees(amount, record.fact(self._key(record, key, column)), lang, about=self._about(record, place))
            for key, amounts in named
            for place, (column, amount) in enumerate(zip(self.amounts, amounts, strict=True))
        )

    def never(self) -> Mapping[str, str]:
        """Return what a list of names cannot be."""
        return {} if self.amounts else {APPROXIMATE: "rows are in a class or not; undecidable is a class of its own"}

    def _read(self, text: str, record: Record, lang: Lang) -> list[tuple[str, list[str]]] | None:
        """Return key and amounts of each name in a list; None where something is no name of the table."""
        keys = {label: key for key, label in self._labels(record, lang).items()}
        label = "|".join(re.escape(one) for one in sorted(keys, key=len, reverse=True))
        amounts = "; ".join([f"({amount_shape(lang)})"] * len(self.amounts))
        item = re.compile(rf"({label})" + (rf" \({amounts}\)" if amounts else ""))
        between = re.compile(rf", |{_AND.to(lang)}")
        found: list[tuple[str, list[str]]] = []
        place, text = 0, nfc(text)
        while found == [] or place < len(text):
            gap = between.match(text, place) if found else None
            one = item.match(text, gap.end() if gap else place) if keys and (gap or not found) else None
            if one is None:
                return None
            found.append((keys[one[1]], [str(group) for group in one.groups()[1:]]))
            place = one.end()
        return found

    def _rows(self, record: Record) -> DataFrame | None:
        name = dated_key(record, self.table)
        return self.picks(record.tables[name].frame) if name in record.tables else None

    def _labels(self, record: Record, lang: Lang) -> Mapping[str, str]:
        """Return how each row of the table is named, by its key; no two alike."""
        name = dated_key(record, self.table)
        if name not in record.tables:
            return {}
        keys = [str(key) for key in record.tables[name].frame["key"]]
        told = pd.Series([_name(record.fact(f"{name}[{key}].{self.label}"), lang) for key in keys], keys)
        return {
            key: f"{label} [{key}]" if twice else label
            for (key, label), twice in zip(told.items(), told.duplicated(keep=False), strict=True)
        }

    def _key(self, record: Record, key: str, column: str) -> str:
        return f"{dated_key(record, self.table)}[{key}].{column}"

    def _about(self, record: Record, place: int) -> bool:
        return place == 0 and is_approximate(record)


def _name(fact: Fact, lang: Lang) -> str:
    """Return a name as it stands within a sentence: common nouns before it are written small."""
    name = nfc(fact_text(fact, lang))
    small = fact.unit == "words" or name.startswith(_COMMON_NOUNS)
    return name[:1].lower() + name[1:] if small else name


@dataclass(frozen=True, slots=True)
class MissingLayers:
    """The layers that an analysis asked for and did not find."""

    def case(self, record: Record) -> str:
        """Return zero, one or many."""
        return {0: ZERO, 1: ONE}.get(len(record.no_data), MANY)

    def write(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return what they are called, a semicolon between them."""
        return (Run("; ".join(self._titles(record, lang)), "no_data"),)

    def shape(self, lang: Lang) -> str:  # noqa: ARG002 -- every claim is asked for its language
        """Return the expression of any list."""
        return ".+?"

    def agrees(self, text: str, record: Record, lang: Lang) -> bool:
        """Tell whether exactly these layers are named."""
        return sorted(nfc(text).split("; ")) == sorted(self._titles(record, lang))

    def never(self) -> Mapping[str, str]:
        """Return what the list of missing layers cannot be."""
        return {NOTHING_KNOWN: "it is itself what is not known", APPROXIMATE: "a layer is there or not"}

    @staticmethod
    def _titles(record: Record, lang: Lang) -> list[str]:
        return [nfc(missing_title(name, lang)) for name in record.no_data]
