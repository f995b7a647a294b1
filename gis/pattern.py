"""Patterns that pick fields out of a text: names of files, labels of drawings. No regular expressions from users."""

import re
from dataclasses import dataclass
from functools import cache

from gis.errors import PatternWrong

_FIELD = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text with ``{field}`` where a value stands; ``*`` for anything, white space for white space.

    Examples
    --------
    >>> Pattern("{commune}_to{sheet_no}").fields_of("06184_to12")
    {'commune': '06184', 'sheet_no': '12'}
    >>> Pattern("{land_use} {parcel_no}/{area}").fields_of("LUC  12/345,6")
    {'land_use': 'LUC', 'parcel_no': '12', 'area': '345,6'}
    >>> Pattern("{a}-{b}").fields_of("12") is None
    True
    """

    text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The names between braces, in their order."""
        return tuple(_FIELD.findall(self.text))

    def fields_of(self, text: str) -> dict[str, str] | None:
        """Return the values that `text` holds, None where it is not of this pattern."""
        found = _compiled(self.text).fullmatch(text.strip())
        return found.groupdict() if found else None


@cache
def _compiled(text: str) -> re.Pattern[str]:
    names = _FIELD.findall(text)
    if not names or len(set(names)) < len(names) or "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
        raise PatternWrong(pattern=text)
    parts = []
    for piece in _FIELD.split(text)[::2]:
        plain = [re.escape(one).replace(r"\*", ".*?") for one in piece.split()]
        before, after = piece[:1].isspace(), piece[-1:].isspace() and bool(plain)
        parts.append((r"\s+" if before else "") + r"\s+".join(plain) + (r"\s+" if after else ""))
    groups = [f"(?P<{name}>.+?)" for name in names]
    return re.compile("".join(one + two for one, two in zip(parts, [*groups, ""], strict=True)), re.DOTALL)
