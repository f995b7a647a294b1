"""Finding the words of a clause in what sources wrote: whatever case, spaces or tone placement."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pandas import Series

from gis.text import name_key
from planning.coded import Coded


def speaks_of(text: str, words: Sequence[str]) -> bool:
    """Tell whether a text holds one of the words.

    Examples
    --------
    >>> speaks_of("Quốc tế  (đường bộ)", ["quốc tế"]), speaks_of("cửa khẩu phụ", ["quốc tế"])
    (True, False)
    """
    key = _key(text)
    return any(_key(word) in key for word in words)


_key = lru_cache(maxsize=4096)(name_key)


def that_speak_of(texts: Series, words: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which texts hold one of the words, shape (n,); a missing text holds none."""
    return Coded.of(texts).rows(lambda text: speaks_of(text, words))
