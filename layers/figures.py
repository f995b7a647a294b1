"""Numbers that people wrote as text: 2.159,6 in Vietnam, 2,159.6 elsewhere; the column tells which, or a person."""

import re

import pandas as pd
from pandas import DataFrame, Series

from gis.language import Text
from layers.errors import FiguresUnclear
from layers.schema import TableSchema
from layers.wishes import Decimal, Note

_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d*,(\d{1,2}|\d{4,})|(\d{4,}|0*),\d{3})")
_POINT = re.compile(
    r"[+-]?(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d*\.(\d{1,2}|\d{4,})|(\d{4,}|0*)\.\d{3})([eE][+-]?\d+)?"
)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_WRITTEN = {
    "comma": re.compile(r"[+-]?(\d{1,3}(\.\d{3})+(,\d*)?|\d+(,\d*)?|,\d+)([eE][+-]?\d+)?"),
    "point": re.compile(r"[+-]?(\d{1,3}(,\d{3})+(\.\d*)?|\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"),
}
_SPACES = str.maketrans("", "", " \u00a0\u202f")


def with_figures(frame: DataFrame, schema: TableSchema, said: Decimal | None) -> tuple[DataFrame, list[Note]]:
    """Return the frame with the texts of number fields as numbers, and a note for each that is written with commas.

    A text that is no number stays, for whoever checks the values.

    Parameters
    ----------
    said : which sign stands before the decimals, where a person says so

    Raises
    ------
    FiguresUnclear
        A column could mean two different numbers, such as 1.200.
    """
    found, notes = {}, []
    for field in schema.fields:
        if field.type == "number" and field.name in frame and _is_text(frame[field.name]):
            texts = [str(one) for one in frame[field.name].dropna().unique()]
            decimal = said or _decimal(texts, field.name)
            if decimal == "comma":
                notes.append(Note("decimal-comma", _WITH_COMMA.filled(field=field.name), len(frame)))
            numbers = {text: _number(text, decimal) for text in texts}
            found[field.name] = frame[field.name].map(
                lambda one, numbers=numbers: numbers[str(one)], na_action="ignore"
            )
    return frame.assign(**found), notes


def _decimal(texts: list[str], field: str) -> Decimal:
    plain = [one.translate(_SPACES) for one in texts]
    comma = any(_COMMA.fullmatch(one) for one in plain)
    point = any(_POINT.fullmatch(one) for one in plain)
    unclear = next((one for one in plain if _EITHER.fullmatch(one)), None)
    if (comma and point) or (unclear and not (comma or point)):
        raise FiguresUnclear(field=field, example=unclear or next(one for one in plain if _COMMA.fullmatch(one)))
    return "comma" if comma else "point"


def _number(text: str, decimal: Decimal) -> float | str:
    plain = text.translate(_SPACES)
    if not _WRITTEN[decimal].fullmatch(plain):
        return text
    thousands, sign = (".", ",") if decimal == "comma" else (",", ".")
    return float(plain.replace(thousands, "").replace(sign, "."))


def _is_text(values: Series) -> bool:
    return bool(pd.api.types.is_string_dtype(values.dtype) or values.dtype == object)


_WITH_COMMA = Text(
    vi="trường “{field}” viết theo kiểu Việt Nam (2.159,6)",
    en="the field “{field}” is written with decimal commas (2.159,6)",
)
