"""Which administrative unit came of which: the list of predecessors as resolutions give it, each row with its source.

A project may hold a list of its own (``mocgioi import list.csv --as predecessors``); without one the list that comes
with the program counts, which knows the communes of Lạng Sơn before and since 1 July 2025.
"""

from functools import cache
from importlib.resources import files

import pandas as pd
from pandas import DataFrame

from gis.language import Text
from layers.conform import conform
from layers.schema import TableSchema, date, text

# A unit went into its successor as a whole, or a part of it did.
WHOLE, PART = PARTS = ("whole", "part")

SCHEMA = TableSchema(
    name="predecessors",
    title=Text(vi="Đơn vị hành chính trước và sau sắp xếp", en="Predecessors of administrative units"),
    key=("old_name", "old_parent", "new_name"),
    fields=(
        text("old_code", "Mã trước", "Code before"),
        text("old_name", "Tên trước", "Name before"),
        text("old_parent", "Huyện trước", "District before"),
        date("old_valid_on", "Danh mục ngày", "As listed on"),
        text("new_code", "Mã sau", "Code since"),
        text("new_name", "Tên sau", "Name since"),
        date("new_valid_from", "Có hiệu lực từ", "Valid from"),
        text("part", "Toàn bộ hay một phần", "Whole or part", codes=PARTS),
        text("source", "Nguồn", "Source"),
        text("confidence", "Độ tin cậy", "Confidence"),
    ),
)


@cache
def shipped() -> DataFrame:
    """Return the list that comes with the program. Not to be changed by the caller."""
    with (files("layers") / "data" / "predecessors.csv").open(encoding="utf-8") as file:
        return conform(pd.read_csv(file, dtype=str), SCHEMA)
