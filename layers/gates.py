"""Border gates, crossings and clearance lanes: points."""

import pandas as pd
from pandas import Series

from gis.language import Text
from gis.text import name_key
from layers.schema import LayerSchema, text

SCHEMA = LayerSchema(
    name="gates",
    title=Text(vi="Cửa khẩu", en="Border gates"),
    key=("code",),
    geometry="point",
    fields=(
        text("code", "Mã", "Code"),
        text("name", "Tên", "Name"),
        text("kind", "Loại", "Kind"),
        text("document", "Văn bản", "Document"),
    ),
)


def gates_by_word(names: Series, codes: Series) -> dict[str, int]:
    """Return the position of every gate by what may be stated of it, its name or its code; names count before codes.

    Look a statement up by its `gis.text.name_key`.

    Examples
    --------
    >>> known = gates_by_word(Series(["Hữu Nghị", None]), Series(["CK1", "CK2"]))
    >>> known[name_key("hữu  nghị")], known[name_key("ck2")], known.get(name_key("?"))
    (0, 1, None)
    """
    words: dict[str, int] = {}
    for column in (names, codes):
        for place, word in enumerate(column):
            if not pd.isna(word):
                words.setdefault(name_key(str(word)), place)
    return words
