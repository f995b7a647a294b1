"""The shape of a layer: its fields with types and units, its key, its geometry. Frozen values, no behaviour."""

from dataclasses import dataclass
from typing import Literal

from gis.language import Text

FieldType = Literal["text", "number", "date", "flag"]
GeometryType = Literal["polygon", "line", "point", "any"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a layer or table.

    Attributes
    ----------
    name : canonical name; a unit stands in it (``measured_area_m2``)
    type : number is a double; date an ISO day
    title : what people read
    codes : allowed values, empty where the field is free
    personal : owner data, kept out of every published output unless asked for
    """

    name: str
    type: FieldType
    title: Text
    codes: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table without geometry, whose rows belong to the features of a layer.

    Attributes
    ----------
    name : canonical name, also of its file
    key : fields that together name one row; only these are required
    """

    name: str
    title: Text
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of that name, None where the source brought one of its own."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class LayerSchema(TableSchema):
    """A layer: a table whose rows have geometry.

    Attributes
    ----------
    geometry : what a row is drawn as
    vintage : rows carry ``valid_from`` and the key is unique within one vintage only
    unique : a second row with the same key is refused at the door; where False it is a finding
    """

    geometry: GeometryType = "polygon"
    vintage: bool = False
    unique: bool = True


def text(name: str, vi: str, en: str, *, codes: tuple[str, ...] = (), personal: bool = False) -> Field:
    """Return a text field."""
    return Field(name, "text", Text(vi, en), codes, personal)


def number(name: str, vi: str, en: str) -> Field:
    """Return a number field; the unit stands in its name."""
    return Field(name, "number", Text(vi, en))


def date(name: str, vi: str, en: str) -> Field:
    """Return a date field."""
    return Field(name, "date", Text(vi, en))


def flag(name: str, vi: str, en: str) -> Field:
    """Return a yes-or-no field."""
    return Field(name, "flag", Text(vi, en))
