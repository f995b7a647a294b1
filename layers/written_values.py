"""Values as people type them into a sheet: read by the type of their field, refused with a reason, never guessed."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.formats.cells import Cell
from gis.language import Text
from gis.text import nfc
from layers.schema import Field

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_VIETNAMESE = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_TWO_READINGS = re.compile(r"[+-]?\d{1,3}\.\d{3}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES, _NO = ("có", "co", "x", "1", "true", "yes"), ("không", "khong", "0", "false", "no")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a value was not taken."""

    reason: Text


def value_of(cell: Cell | None, field: Field) -> Any:
    """Return the value of a cell for a field, None for an empty one, or `Refused`."""
    if cell is None or not cell.text.strip():
        return None
    if cell.kind == "formula":
        return Refused(_FORMULA)
    if cell.kind == "error":
        return Refused(_ERROR.filled(value=cell.text))
    return _READERS[field.type](cell, field)


def number_of(text: str) -> float | Refused:
    """Return a number as written here or abroad; what can be read in two ways is refused.

    Examples
    --------
    >>> number_of("2.159,6"), number_of("2159.6"), number_of("1.234.567"), number_of("12,5")
    (2159.6, 2159.6, 1234567.0, 12.5)
    >>> isinstance(number_of("1.234"), Refused)
    True
    """
    plain = text.replace("\u00a0", "").replace(" ", "")
    if _TWO_READINGS.fullmatch(plain):
        return Refused(_AMBIGUOUS.filled(value=text, one=plain.replace(".", ""), other=plain.replace(".", ",")))
    if _PLAIN.fullmatch(plain):
        return float(plain)
    if _VIETNAMESE.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    return Refused(_NO_NUMBER.filled(value=text))


def _text(cell: Cell, field: Field) -> str | Refused:
    value = nfc(cell.text)
    if not field.codes:
        return value
    known = next((code for code in field.codes if code.casefold() == value.casefold()), None)
    return known or Refused(_NO_CODE.filled(value=value, codes=", ".join(field.codes)))


def _number(cell: Cell, field: Field) -> float | Refused:
    value = float(cell.text) if cell.kind == "number" else number_of(cell.text)
    if isinstance(value, float) and value < 0 and field.name.endswith(("_m2", "_ha", "_m")):
        return Refused(_NEGATIVE.filled(value=cell.text))
    return value


def _date(cell: Cell, _: Field) -> str | Refused:
    found = _DAY.fullmatch(cell.text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        if cell.kind in ("date", "text"):
            return date.fromisoformat(cell.text.strip()).isoformat()
    except ValueError:
        pass
    return Refused(_NO_DAY.filled(value=cell.text))


def _flag(cell: Cell, _: Field) -> bool | Refused:
    word = cell.text.strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    return Refused(_NO_FLAG.filled(value=cell.text))


_READERS = {"text": _text, "number": _number, "date": _date, "flag": _flag}
_FORMULA = Text(vi="ô chứa công thức; hãy ghi giá trị", en="the cell holds a formula; write the value")
_ERROR = Text(vi="ô báo lỗi {value}", en="the cell shows the error {value}")
_AMBIGUOUS = Text(
    vi="“{value}” có thể hiểu là {one} hoặc {other}; hãy ghi rõ",
    en="“{value}” may be {one} or {other}; write it plainly",
)
_NO_NUMBER = Text(vi="“{value}” không phải là số", en="“{value}” is no number")
_NEGATIVE = Text(vi="“{value}”: không thể là số âm", en="“{value}” cannot be negative")
_NO_DAY = Text(
    vi="“{value}” không phải là ngày (31/12/2025 hoặc 2025-12-31)", en="“{value}” is no day (31/12/2025 or 2025-12-31)"
)
_NO_FLAG = Text(vi="“{value}”: hãy ghi có hoặc không", en="“{value}”: write có (yes) or không (no)")
_NO_CODE = Text(vi="“{value}” không thuộc: {codes}", en="“{value}” is none of: {codes}")
