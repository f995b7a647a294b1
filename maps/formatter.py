"""The one way from a fact to what people read: value, unit and language in, text out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import pandas as pd
from pandas import DataFrame

from gis.language import Lang, Text, in_language
from gis.measure import M2_PER_HA
from gis.states import CROSSED, INSIDE, OUTSIDE, UNDECIDABLE
from layers.kinds import kind_title
from layers.land_use import land_uses
from layers.schema import Field
from layers.zone import STATUS_TITLES
from maps.codes import code_word
from maps.law_words import LAW_WORDS, UNIT_WORDS
from maps.numerals import azimuth_text, day_text, number_text
from maps.parcel_words import word_of
from maps.yard_words import yard_word
from planning.markers import KEPT, NEW, REMOVED
from planning.plain_rows import plain_values
from planning.record import Fact, Record, Table, Unit

NO_DATA = Text(vi="không có số liệu", en="no data")
STATES = {
    INSIDE: Text(vi="nằm trong", en="inside"),
    OUTSIDE: Text(vi="nằm ngoài", en="outside"),
    CROSSED: Text(vi="bị ranh giới cắt", en="cut by the line"),
    UNDECIDABLE: Text(vi="chưa xác định được", en="undecidable"),
    **LAW_WORDS,
}
_CORNERS = {
    KEPT: Text(vi="giữ nguyên", en="kept"),
    NEW: Text(vi="mốc mới", en="new"),
    REMOVED: Text(vi="bỏ", en="dropped"),
}
# What stands in a table of law where there is nothing to say.
_NOTHING = "–"
SYMBOLS: dict[str, str] = {"m2": "m²", "ha": "ha", "m": "m", "share": "%"}

# By the ending of a field's name, longest first.
_UNITS_OF_FIELDS: tuple[tuple[str, Unit], ...] = (("_m2", "m2"), ("_ha", "ha"), ("_m", "m"))
_YES, _NO = Text(vi="có", en="yes"), Text(vi="không", en="no")
_FLAGS = {"có": _YES, "True": _YES, "không": _NO, "False": _NO}

# Decimals by unit; the formats of a workbook follow them.
PATTERNS: dict[str, str] = {
    "m2": "#,##0.0",
    "ha": "#,##0.00",
    "m": "#,##0.#",
    "coordinate": "0.000",
    "share": "#,##0.00%",
    "count": "#,##0",
    "degree": "#,##0.##",
    "ratio": "#,##0.####",
    "month": "#,##0",
    "day": "#,##0",
}
# Units that have no symbol and are told by their word.
_COUNTED_IN = ("month", "day", "degree")
# Units of land and yards are read in m², everything of the size of a zone in ha.
_LAW = ("criteria", "robustness")
_LAW_OF_YARDS = ("criteria[YD", "criteria.readings[YD", "robustness[YD")
_IN_M2 = ("parcels", "projects", "yards", *_LAW_OF_YARDS)
# Differences carry their sign, also when it is plus.
_SIGNED = ("area_m2.net", "share_of_declared.net", "zone.drawn_less_declared_m2", "zone.drawn_less_declared_share")
_SIGNED_CELLS = (
    *(".drawn_less_measured_m2", ".measured_less_legal_m2", "].change_m2"),
    *("difference_m2", "beyond_licence_m2"),
    *(".drawn_less_leased_m2", ".drawn_less_licensed_m2"),
)
_UNIT_CELLS = "].unit"
_KIND_CELLS, _KINDS_AS_ROWS = ".kind", "by.constraints["
_LAND_USE_NAMES = ("by.land_use[", "].name")
# Inputs of a model are texts, for some of them are words or many numbers; the seed is a name.
_INPUTS_OF_FLOW, _SEED = "yards.flow_inputs[", "yards.flow_inputs[seed].value"
_NUMBERS_ALONE = re.compile(r"\d+(?:\.\d+)?(?: \d+(?:\.\d+)?)*")
# Tables in which the row decides how a cell is read.
_READ_BY_ROW = (*_LAW, _LAND_USE_NAMES[0])


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as it is written, and the key that leads back to it."""

    text: str
    key: str


def show(record: Record, key: str, lang: Lang) -> Shown:
    """Return the fact of that key as text with its symbol; raise FactUnknown."""
    return Shown(fact_text(record.fact(key), lang), key)


def fact_text(fact: Fact, lang: Lang, *, symbol: bool = True) -> str:
    """Return a fact as text, in the unit in which people read it."""
    if fact.value is None and fact.key.startswith(_LAW):
        return _NOTHING
    if fact.key.startswith(_LAW) and fact.key.endswith(_UNIT_CELLS):
        return unit_word(reading_unit(fact.key, cast("Unit", fact.value)), lang)
    if fact.value is None:
        return NO_DATA.to(lang)
    if fact.unit in ("text", "words"):
        return in_language(str(fact.value), lang) if fact.unit == "words" else word(fact.key, str(fact.value), lang)
    unit = reading_unit(fact.key, fact.unit)
    written = value_text(in_unit(fact.value, fact.unit, unit), unit, lang, signed=is_signed(fact.key))
    return with_symbol(written, unit) if symbol else written


def reading_unit(key: str, unit: Unit) -> Unit:
    """Return the unit in which a fact is read: m² for parcels and yards, ha for the figures of a zone.

    Examples
    --------
    >>> reading_unit("area_m2.added", "m2"), reading_unit("parcels[06184/12/3].unit_m2", "m2")
    ('ha', 'm2')
    """
    return "ha" if unit == "m2" and not key.startswith(_IN_M2) else unit


def is_signed(key: str) -> bool:
    """Tell whether a fact is a difference, whose sign is written also when it is plus."""
    return key in _SIGNED or key.endswith(_SIGNED_CELLS)


def in_unit(value: Any, unit: Unit, wanted: Unit) -> Any:
    """Return a value of `unit` in the unit `wanted`; None stays None."""
    return value / M2_PER_HA if value is not None and (unit, wanted) == ("m2", "ha") else value


def value_text(value: Any, unit: Unit, lang: Lang, *, signed: bool = False) -> str:
    """Return a value as text, without its symbol; None and NaN are *no data*.

    Examples
    --------
    >>> value_text(1234.5, "ha", "vi"), value_text(1234.5, "ha", "en"), value_text(0.01707, "share", "vi")
    ('1.234,50', '1,234.50', '1,71%')
    """
    if value is None or pd.isna(value):
        return NO_DATA.to(lang)
    if unit == "state":
        return STATES[value].to(lang) if value in STATES else str(value)
    if unit == "date":
        return day_text(str(value), lang)
    if unit == "azimuth":
        return azimuth_text(float(value))
    return number_text(value, PATTERNS[unit], lang, signed=signed) if unit in PATTERNS else str(value)


def with_symbol(written: str, unit: Unit) -> str:
    """Return a written number with the symbol of its unit; a percentage has it already."""
    return written if unit == "share" or unit not in SYMBOLS else f"{written} {SYMBOLS[unit]}"


def column_texts(
    keys: Iterable[str], values: Iterable[Any], unit: Unit, lang: Lang, *, symbol: bool = True
) -> list[str]:
    """Return the cells of one column as text; `keys` are those of the facts."""
    cells = zip(keys, values, strict=True)
    return [fact_text(Fact(key, _none(value), unit, ""), lang, symbol=symbol) for key, value in cells]


def table_texts(
    name: str, table: Table, rows: DataFrame, column: str, lang: Lang, *, symbol: bool = False
) -> list[str]:
    """Return the cells of one column of some rows of a table; a unit that differs by row stands in the cell."""
    unit, key = table.columns[column].unit, f"{name}[].{column}"
    if reads_alike(name, unit):  # each different value is read once
        values = plain_values(rows[column])
        read = {value: fact_text(Fact(key, value, unit, ""), lang, symbol=symbol) for value in set(values)}
        return [read[value] for value in values]
    facts = cell_facts(name, table, rows, column)
    texts = [fact_text(fact, lang, symbol=symbol or unit == "row") for fact in facts]
    return [_with_word(text, fact, lang) for text, fact in zip(texts, facts, strict=True)] if unit == "row" else texts


def reads_alike(name: str, unit: Unit) -> bool:
    """Tell whether equal values of a column of that unit are read alike in every row of a table."""
    return unit != "row" and not f"{name}[".startswith(_READ_BY_ROW)


def cell_facts(name: str, table: Table, rows: DataFrame, column: str) -> list[Fact]:
    """Return the cells of one column of some rows of a table as facts."""
    own = table.columns[column].unit == "row"
    units = [table.unit(column, {"unit": unit}) for unit in (rows["unit"] if own else [None] * len(rows))]
    cells = zip(rows["key"], plain_values(rows[column]), units, strict=True)
    return [Fact(f"{name}[{key}].{column}", value, unit, "") for key, value, unit in cells]


def head_text(title: str, unit: str) -> str:
    """Return the heading of a column with the symbol of its unit; percentages carry theirs in each cell.

    Examples
    --------
    >>> head_text("Diện tích", "ha"), head_text("Cơ cấu", "share"), head_text("Tên", "text")
    ('Diện tích (ha)', 'Cơ cấu', 'Tên')
    """
    symbol = "" if unit == "share" else SYMBOLS.get(unit, "")
    return f"{title} ({symbol})" if symbol else title


def _with_word(text: str, fact: Fact, lang: Lang) -> str:
    """Return a number with the word of a unit that has no symbol: ``12 tháng``."""
    if fact.value is None or fact.unit not in _COUNTED_IN:
        return text
    return f"{text} {UNIT_WORDS[fact.unit].to(lang)}"


def threshold_text(value: Fraction | str, unit: Unit, lang: Lang) -> str:
    """Return a threshold of a rule set as text with its unit.

    Examples
    --------
    >>> threshold_text(Fraction(200), "ha", "vi"), threshold_text(Fraction(1, 100), "share", "en")
    ('200 ha', '1%')
    """
    if isinstance(value, str):
        return day_text(value, lang)
    written = number_text(float(value), "#,##0.####%" if unit == "share" else "#,##0.####", lang)
    return written if unit in ("share", "count") else f"{written} {unit_word(unit, lang)}"


def decimal_text(number: Decimal | None, lang: Lang) -> str:
    """Return a printed number with the decimals that it has; None is *no data*."""
    return NO_DATA.to(lang) if number is None else number_text(float(number), "#,##0.######", lang, signed=False)


def field_text(value: Any, field: Field | None, lang: Lang) -> str:
    """Return a value of a layer as text, a number with all its decimals and its unit; a dash where there is none.

    Examples
    --------
    >>> from layers.schema import number
    >>> field_text("1234.56", number("measured_area_m2", "Diện tích", "Area"), "vi"), field_text(None, None, "vi")
    ('1.234,56 m²', '–')
    """
    if pd.isna(value) or str(value) == "":
        return _NOTHING
    kind = field.type if field else "text"
    if field and kind == "number":
        written = number_text(float(value), "#,##0.###############", lang)
        unit: Unit = next((unit for ending, unit in _UNITS_OF_FIELDS if field.name.endswith(ending)), "count")
        return with_symbol(written, unit)
    if kind == "flag":
        return _FLAGS.get(str(value), Text(str(value), str(value))).to(lang)
    return day_text(str(value), lang) if kind == "date" else str(value)


def unit_word(unit: Unit, lang: Lang) -> str:
    """Return what a unit is called where it stands alone; nothing for a text.

    Examples
    --------
    >>> unit_word("m2", "vi"), unit_word("month", "en"), unit_word("text", "vi")
    ('m²', 'months', '')
    """
    return SYMBOLS.get(unit) or (UNIT_WORDS[unit].to(lang) if unit in UNIT_WORDS else "")


def word(key: str, value: str, lang: Lang) -> str:
    """Return a text fact: a code of ours in words, anything that people wrote as it stands."""
    if key == "zone.status":
        return STATUS_TITLES[value].to(lang) if value in STATUS_TITLES else value
    if key.startswith("markers.") and key.endswith("].change"):
        return _CORNERS[value].to(lang) if value in _CORNERS else value
    coded = code_word(key, value, lang)
    if coded is not None:
        return coded
    if key.endswith(_KIND_CELLS) or (key.startswith(_KINDS_AS_ROWS) and key.endswith("].name")):
        return kind_title(value, lang)
    before, after = _LAND_USE_NAMES
    if key.startswith(before) and key.endswith(after):
        use = land_uses().get(key.removeprefix(before).removesuffix(after))
        return use.title.to(lang) if use else value
    column = key.rpartition("].")[2]
    return _input_text(key, value, lang) or yard_word(column, value, lang) or word_of(column, value, lang)


def _input_text(key: str, value: str, lang: Lang) -> str | None:
    """Return the numbers of an input of the model of flow as they are read; None for what is none."""
    if key == _SEED or not key.startswith(_INPUTS_OF_FLOW) or not _NUMBERS_ALONE.fullmatch(value):
        return None
    return " ".join(number_text(float(one), "#,##0.######", lang) for one in value.split())


def _none(value: Any) -> Any:
    return None if pd.isna(value) else value
