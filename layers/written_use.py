"""Land use as the books write it: ``ONT-C+CLN-P``, ``ONT*``, ``LUC+ONT``; one use each, with its role.

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
_ONE = re.compile(r"(?P<code>[^*\-]+?)\s*(?P<star>\*)?\s*(?:-\s*(?P<role>[CP]))?\s*(?P<late_star>\*)?")
_ROLES: dict[str, Role] = {"C": "main", "P": "secondary"}


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
        """Tell whether the list of land-use codes has it, in any regime."""
        return self.code in land_uses()


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


def _use(part: str, *, alone: bool) -> WrittenUse:
    found = _ONE.fullmatch(part)
    if found is None:
        return WrittenUse(part, "main" if alone else None)
    role = _ROLES[found["role"]] if found["role"] else "main" if alone else None
    return WrittenUse(found["code"].strip(), role, bool(found["star"] or found["late_star"]))
