"""What a user says about files to import, and what the import tells back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pyproj import CRS

from gis.language import Text
from gis.linework import Levels
from gis.pattern import Pattern
from gis.vietnamese.legacy import Encoding
from layers.columns import ColumnMap

Presence = Literal["refuse", "append", "replace"]
Decimal = Literal["comma", "point"]


@dataclass(frozen=True)
class Wishes:
    """What the user says about the files.

    Attributes
    ----------
    layer : layer inside each file; None for the only one
    columns : None to go by the known aliases
    values : constant by field, for what the file does not say
    presence : what becomes of the rows that are there
    crs : of files that state none, or the wrong one
    vintage : ISO day from which unit codes are valid
    accuracy_m : stated accuracy of the shapes
    encoding : by column, or under ``*`` for all; ``auto`` takes what the texts themselves make sure
    from_name : fields that the names of the files tell
    label : fields that the labels of a drawing tell
    levels : what stands on which level of a drawing; None for the cadastral standard
    coordinates : columns of northing and easting in a table without shapes
    join : the file holds attributes of features that are there
    quarantine : broken records are put aside with their reasons, the others come in
    decimal : the sign before the decimals of numbers that are texts, where the column itself does not tell
    """

    layer: str | None = None
    columns: ColumnMap | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    presence: Presence = "refuse"
    crs: CRS | None = None
    vintage: str | None = None
    accuracy_m: float | None = None
    encoding: Mapping[str, Encoding | Literal["auto"]] = field(default_factory=dict)
    from_name: Pattern | None = None
    label: Pattern | None = None
    levels: Levels | None = None
    coordinates: tuple[str, str] | None = None
    join: bool = False
    quarantine: bool = False
    decimal: Decimal | None = None


@dataclass(frozen=True)
class Note:
    """Something that an officer should know of what came in."""

    code: str
    text: Text
    rows: int = 0


@dataclass(frozen=True)
class FileReport:
    """What came in from one file, and what about it an officer should know.

    Attributes
    ----------
    columns : column of the file by our field
    factors : what the numbers of a field were multiplied with, where the file has another unit
    kept : columns that stay under their own names
    without_geometry, invalid : keys of rows without a shape, with an invalid one (the first 20), and how many
    flattened, measures : shapes whose heights (Z, other than zero), whose measures (M) were dropped
    arcs, arc_deviation_m : shapes or elements with arcs, and how far the chords that they became may lie from them
    area_m2 : sum of the planar areas; a changed outline shows here
    notes : converted texts, what was put aside, what a drawing left over …
    """

    file: str
    layer: str
    rows: int
    crs: str
    operation: str
    operation_accuracy_m: float | None
    columns: Mapping[str, str]
    kept: tuple[str, ...]
    without_geometry: int
    invalid: int
    invalid_keys: tuple[str, ...]
    flattened: int
    measures: int
    arcs: int
    arc_deviation_m: float | None
    area_m2: float
    notes: tuple[Note, ...]
    factors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportReport:
    """What one import did to a layer.

    Attributes
    ----------
    sha256 : identity of the layer's rows now; any change of a coordinate or a value shows here
    """

    layer: str
    rows: int
    repeated_keys: int
    files: tuple[FileReport, ...]
    sha256: str
