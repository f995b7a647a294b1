"""Land use as the books write it: ``ONT-C+CLN-P``, ``ONT*``, ``LUC+ONT``; the one reader of it.

The main purpose carries ``-C``, a secondary one ``-P``, and rural residential land of a garden a star
(TT 25/2014/TT-BTNMT, Annex 15, note 1.6).
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from layers.land_use import land_uses

Role = Literal["main", "secondary"]

_BETWEEN = re.compile(r"[+,;/]")
_ONE = re.compile(r"(?P<code>[^*\-]+?)\s*(?P<star>\*)?\s*(?:-\s*(?P<role>[CP]))?\s*(?P<late_star>\*)?", re.IGNORECASE)
_ROLES: dict[str, Role] = {"C": "main", "P": "secondary"}
_MAIN_FIRST: tuple[Role | None, ...] = ("main", None, "secondary")


@dataclass(frozen=True, slots=True)
class WrittenUse:
    """One use of a parcel.

    Attributes
    ----------
    code : as written, without role and star
    role : None where several uses are written without one
    star : marked as residential part of rural land
    """

    code: str
    role: Role | None
    star: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether the list of land-use codes has it, in any regime, spelt as it is written."""
        return self.code in land_uses()

    @property
    def listed(self) -> str:
        """The code as the list spells it; one that the list does not have stands as it is written."""
        spelt = self.code.upper().replace(" ", "")
        return spelt if spelt in land_uses() else self.code


@cache
def written_uses(written: str) -> tuple[WrittenUse, ...]:
    """Return the uses of a written code, in their order; what is no code stands as it is written.

    Examples
    --------
    >>> [(one.code, one.role, one.star) for one in written_uses("ONT-C+CLN-P")]
    [('ONT', 'main', False), ('CLN', 'secondary', False)]
    >>> [(one.code, one.role, one.star) for one in (*written_uses("ONT*"), *written_uses("LUC+ONT"))]
    [('ONT', 'main', True), ('LUC', None, False), ('ONT', None, False)]
    """
    parts = [part.strip() for part in _BETWEEN.split(written) if part.strip()]
    return tuple(_use(part, alone=len(parts) == 1) for part in parts)


@cache
def codes_of(written: str) -> tuple[str, ...]:
    """Return the codes of a written land use as the list spells them, each once, the main one first.

    Examples
    --------
    >>> codes_of("CLN-P+ONT-C"), codes_of("ont*"), codes_of("LUC/CQP"), codes_of("17")
    (('ONT', 'CLN'), ('ONT',), ('LUC', 'CQP'), ('17',))
    """
    uses = sorted(written_uses(written), key=lambda use: _MAIN_FIRST.index(use.role))
    return tuple(dict.fromkeys(use.listed for use in uses))


def _use(part: str, *, alone: bool) -> WrittenUse:
    found = _ONE.fullmatch(part)
    if found is None:
        return WrittenUse(part, "main" if alone else None)
    role = _ROLES[found["role"].upper()] if found["role"] else "main" if alone else None
    return WrittenUse(found["code"].strip(), role, bool(found["star"] or found["late_star"]))
