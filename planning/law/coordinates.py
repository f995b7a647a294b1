"""The coordinate system that the province prescribes, and whether the drawn area is the declared one."""

from dataclasses import replace
from fractions import Fraction

from gis.language import Text
from gis.vn2000 import registered_zone
from planning.law.case import Case
from planning.law.figure import Figure
from planning.law.finding import CANNOT_TELL, MET, NOT_MET, NOTHING, UNBOUNDED, Finding, Reading, all_of, at_most, needs
from planning.law.rule_set import Clause

_MERIDIAN = Text(vi="kinh tuyến trục", en="central meridian")
_NOT_VN2000 = Text(
    vi="Hệ tọa độ của dự án không phải hệ VN-2000 phẳng.", en="The project's system is not a projected VN-2000."
)
_NOT_TM3 = Text(vi="Không phải múi chiếu 3 độ.", en="Not a 3-degree zone.")


def vn2000_of_province(case: Case, clause: Clause) -> Finding:
    """Ask whether the project is in the 3-degree VN-2000 zone with the meridian and scale of the province."""
    zone = registered_zone(case.context.workspace.crs.to_epsg())
    if zone is None:
        return Finding(NOT_MET, _NOT_VN2000)
    meridian = Figure.exact(Fraction(str(zone.meridian)), "degree")
    wanted = clause.limit("meridian")
    scale = zone.is_tm3 and Fraction(str(zone.scale)) == clause.limit("scale")
    found = Finding(MET if meridian.value == wanted else NOT_MET, NOTHING, meridian, "=", wanted)
    verdict = all_of((found.verdict, MET if scale else NOT_MET))
    readings = (Reading("meridian", _MERIDIAN, found),)
    return replace(found, verdict=verdict, readings=readings).noting(NOTHING if scale else _NOT_TM3)


_DECLARE = Text(
    vi="Lớp ranh giới chưa ghi diện tích theo quyết định (declared_area_ha).",
    en="The zone layer does not state the declared area (declared_area_ha).",
)
_EXPLAINED = Text(
    vi="Ngưỡng là độ chính xác của ranh giới nhân chu vi.", en="The threshold is the accuracy of the line × its length."
)


def drawn_and_declared(case: Case, clause: Clause) -> Finding:
    """Ask whether drawn and declared area agree as well as the line is known."""
    change = case.change
    if change.declared is None:
        return needs(_DECLARE)
    apart = Figure.exact(abs(change.base.value - change.declared), "m2")
    if change.base.high is None:
        return Finding(CANNOT_TELL, UNBOUNDED, apart, drawn=True)
    return at_most(apart, change.base.high - change.base.value, drawn=True).noting(_EXPLAINED)
