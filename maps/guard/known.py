"""What a project says must not go out, or must be said: the other half of what the guard compares."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pyogrio

from gis.text import search_key
from layers.catalog import LAYERS, TABLES
from layers.schema import TableSchema
from layers.withheld import withheld
from layers.workspace import Workspace

# A name of fewer letters than this is no trace of a person.
_LETTERS = 4


@dataclass(frozen=True)
class Known:
    """What the guard knows of the project beside the page.

    Attributes
    ----------
    personal : values of personal fields, without accents and case, that no public field of the project holds
    withheld : keys of defence and security land, by layer
    status : status of the zone's boundary; empty where it is not stated
    notice : the sentence that every output carries
    """

    personal: frozenset[str]
    withheld: dict[str, frozenset[str]]
    status: str
    notice: str


def known_of(workspace: Workspace) -> Known:
    """Return what the project knows; attributes alone are read."""
    personal: set[str] = set()
    public: set[str] = set()
    hidden_keys: dict[str, frozenset[str]] = {}
    status = ""
    for schema in (*LAYERS, *TABLES):
        if not workspace.has(schema.name):
            continue
        rows = _attributes(workspace, schema)
        fields = [field for field in schema.fields if field.type == "text" and field.name in rows]
        for field in fields:
            (personal if field.personal else public).update(_values(rows[field.name]))
        hidden = rows[withheld(rows)]
        if len(hidden):
            parts = [hidden[name].fillna("–").astype("str") for name in schema.key]
            hidden_keys[schema.name] = frozenset(parts[0].str.cat(parts[1:], sep="/") if len(parts) > 1 else parts[0])
        if schema.name == "zone" and "status" in rows:
            found = rows["status"].dropna().unique()
            status = next((one for one in ("approximate", "digitised", *found) if one in found), "")
    return Known(frozenset(personal - public), hidden_keys, status, workspace.project.notice)


def _attributes(workspace: Workspace, schema: TableSchema) -> pd.DataFrame:
    path = workspace.file_of(schema.name)
    there = set(pyogrio.read_info(path, layer=schema.name)["fields"])
    wanted = [field.name for field in schema.fields if field.name in there and field.type == "text"]
    return pyogrio.read_dataframe(path, layer=schema.name, columns=wanted, read_geometry=False, use_arrow=True)


def _values(column: "pd.Series[str]") -> Iterator[str]:
    return (key for one in column.dropna().unique() if len(key := search_key(str(one))) >= _LETTERS)
