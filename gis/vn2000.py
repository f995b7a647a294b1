"""The VN-2000 systems of Vietnam and their provinces: what the EPSG registry in pyproj says, and nothing else.

Confidence: the registry is the authority for codes, meridians and scale factors. Its lists of provinces are those of
before the mergers of 2025, and provinces that it does not name are not here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyproj import CRS
from pyproj.aoi import AreaOfInterest
from pyproj.database import CRSInfo, get_database_metadata, query_crs_info
from pyproj.enums import PJType

VN2000 = 4756
_NAME = "VN-2000"
# Degrees; the registry is asked of systems in use around here only, which is faster.
_VIETNAM = AreaOfInterest(100, 7, 118, 25)
_PARAMETERS = ("Longitude of natural origin", "Scale factor at natural origin", "False easting")
_FALSE_EASTING_M = 500_000.0
_WHOLE_ZONE = "onshore"
_NOT_NAMES = re.compile(r"\b(?:provinces|province|cities|city|municipality)\b|^Vietnam - |\.$")
_BETWEEN = re.compile(r";|,| and ")


@dataclass(frozen=True, slots=True)
class Zone:
    """One projected VN-2000 system.

    Attributes
    ----------
    meridian : central meridian, degrees east
    scale : scale factor on it (k₀): 0.9999 in TM-3, 0.9996 in UTM
    """

    epsg: int
    name: str
    meridian: float
    scale: float

    @property
    def is_tm3(self) -> bool:
        """Whether it is a 3-degree zone, as land offices use."""
        return "TM-3" in self.name


@cache
def zones() -> tuple[Zone, ...]:
    """Return every projected VN-2000 system of the registry, by code."""
    return tuple(zone for code in sorted(provinces()) if (zone := registered_zone(code)) is not None)


@cache
def provinces() -> Mapping[int, tuple[str, ...]]:
    """Return the provinces of every projected VN-2000 system as the registry names them, by code.

    A system that the registry describes by longitude has none.
    """
    named: dict[int, set[str]] = {}
    for info in _registered():
        area = (info.area_of_use.name if info.area_of_use else None) or ""
        named.setdefault(int(info.code), set()).update(_provinces(area))
    return {code: tuple(sorted(names)) for code, names in named.items()}


def _registered() -> Iterator[CRSInfo]:
    found = query_crs_info(auth_name="EPSG", pj_types=PJType.PROJECTED_CRS, area_of_interest=_VIETNAM)
    return (info for info in found if info.name.startswith(_NAME))


def _provinces(area: str) -> list[str]:
    if _WHOLE_ZONE in area.partition(" - ")[2] and "province" not in area:
        return []
    return [name.strip() for name in _BETWEEN.split(_NOT_NAMES.sub("", area)) if name.strip()]


def registered_zone(epsg: int | None) -> Zone | None:
    """Return the projected VN-2000 system of that code, None where it is the code of another system."""
    if epsg is None:
        return None
    crs = CRS.from_epsg(epsg)
    if not crs.is_projected or not crs.name.startswith(_NAME):
        return None
    operation = crs.coordinate_operation
    values = {one.name: one.value for one in operation.params} if operation else {}
    meridian, scale = (float(values[name]) for name in _PARAMETERS[:2])
    return Zone(epsg, crs.name, meridian, scale)


def zone_of(crs: CRS) -> Zone | None:
    """Return the VN-2000 zone with the meridian, the scale factor and the false easting of a system without a code.

    Programs that do not know the datum write its projection alone; which datum was meant is for a person to confirm.
    """
    operation = crs.coordinate_operation
    values = {one.name: float(one.value) for one in operation.params} if operation else {}
    meridian, scale, easting = (values.get(name) for name in _PARAMETERS)
    if easting != _FALSE_EASTING_M:
        return None
    return next((zone for zone in zones() if (zone.meridian, zone.scale) == (meridian, scale)), None)


def registry_version() -> str:
    """Return the version of the EPSG registry that the table is taken from."""
    return str(get_database_metadata("EPSG.VERSION"))
