"""What the sheets of a file are about: a row each, in the order in which an appraiser reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gis.language import Text

Extent = Literal["units", "zone", "change"]

UNITS = "units"


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject.

    Attributes
    ----------
    key : part of file names
    title : heading of the sheet
    asks : layer of the Record without which the sheet says nothing; empty for none
    layers : layers of the Record that are drawn; ``units`` are the newest administrative units
    extent : what the window is laid around
    class_fields : the field that tells classes apart, where it is another one than on screen
    facts : keys of the Record that stand on the sheet
    """

    key: str
    title: Text
    asks: str
    layers: tuple[str, ...]
    extent: Extent = "zone"
    class_fields: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


_STATED = ("zone.declared_area_m2", "area_m2.base")
_CHANGE = (
    "zone.declared_area_m2",
    "area_m2.base",
    "area_m2.proposed",
    "area_m2.kept",
    "area_m2.added",
    "area_m2.removed",
    "area_m2.net",
    "area_m2.gross",
)

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "location",
        Text(vi="Sơ đồ vị trí khu kinh tế cửa khẩu", en="Location of the border-gate economic zone"),
        "",
        (UNITS, "infrastructure", "kept", "base", "gates"),
        extent="units",
        facts=_STATED,
    ),
    Subject(
        "current",
        Text(vi="Bản đồ hiện trạng", en="Current state"),
        "",
        (UNITS, "infrastructure", "yards", "base", "gates"),
        facts=_STATED,
    ),
    Subject(
        "boundary",
        Text(vi="Bản đồ ranh giới hiện hành và đề xuất", en="Established and proposed boundary"),
        "",
        (UNITS, "infrastructure", "kept", "added", "removed", "base", "proposed", "gates"),
        facts=_CHANGE,
    ),
    Subject(
        "functional-areas",
        Text(vi="Bản đồ các khu chức năng", en="Functional areas"),
        "functional_areas",
        (UNITS, "infrastructure", "functional_areas", "base", "proposed", "gates"),
    ),
    Subject(
        "land-use-before",
        Text(vi="Bản đồ hiện trạng sử dụng đất", en="Current land use"),
        "parcels",
        (UNITS, "parcels", "base", "proposed"),
    ),
    Subject(
        "land-use-after",
        Text(vi="Bản đồ quy hoạch sử dụng đất", en="Planned land use"),
        "parcels",
        (UNITS, "parcels", "base", "proposed"),
        class_fields={"parcels": "planned_use"},
    ),
    Subject(
        "constraints",
        Text(vi="Bản đồ các khu vực hạn chế", en="Constraints"),
        "constraints",
        (UNITS, "infrastructure", "constraints", "base", "proposed", "gates"),
    ),
    Subject(
        "yards",
        Text(vi="Bản đồ bến bãi", en="Yards"),
        "yards",
        (UNITS, "infrastructure", "yards", "base", "proposed", "gates"),
        facts=("yards.recognition.lost", "yards.recognition.at_risk", "yards.recognition.gained"),
    ),
)
