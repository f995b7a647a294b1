"""The VN-2000 systems of Vietnam and their provinces: what the EPSG registry in pyproj says, and nothing else.

Confidence: the registry is the authority for codes, meridians and scale factors. Its lists of provinces are those of
before the mergers of 2025, and provinces that it does not name are not here.
"""

import re
from dataclasses import dataclass
from functools import cache

from pyproj import CRS
from pyproj.aoi import AreaOfInterest
from pyproj.database import get_database_metadata, query_crs_info
from pyproj.enums import PJType

VN2000 = 4756
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
    provinces : as the registry names them; empty for the zones that it describes by longitude
    """

    epsg: int
    name: str
    meridian: float
    scale: float
    provinces: tuple[str, ...]

    @property
    def is_tm3(self) -> bool:
        """Whether it is a 3-degree zone, as land offices use."""
        return "TM-3" in self.name


@cache
def zones() -> tuple[Zone, ...]:
    """Return every projected VN-2000 system of the registry, by code."""
    areas: dict[int, set[str]] = {}
    names = {}
    for info in query_crs_info(auth_name="EPSG", pj_types=PJType.PROJECTED_CRS, area_of_interest=_VIETNAM):
        if info.name.startswith("VN-2000"):
            names[int(info.code)] = info.name
            areas.setdefault(int(info.code), set()).update(
                _provinces(info.area_of_use.name if info.area_of_use else "")
            )
    return tuple(_zone(code, names[code], tuple(sorted(areas[code]))) for code in sorted(names))


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


def _zone(code: int, name: str, provinces: tuple[str, ...]) -> Zone:
    operation = CRS.from_epsg(code).coordinate_operation
    values = {one.name: one.value for one in operation.params} if operation else {}
    meridian, scale = (float(values[name]) for name in _PARAMETERS[:2])
    return Zone(code, name, meridian, scale, provinces)


def _provinces(area: str | None) -> list[str]:
    area = area or ""
    if _WHOLE_ZONE in area.partition(" - ")[2] and "province" not in area:
        return []
    return [name.strip() for name in _BETWEEN.split(_NOT_NAMES.sub("", area)) if name.strip()]
