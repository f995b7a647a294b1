"""The border: which communes are border area, the border belt as it was supplied, and what stands near the line."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from gis.language import Text
from layers.written_use import codes_of
from planning.context import Units
from planning.law.border import Border, border_communes
from planning.law.case import Case
from planning.law.conditions import land_taken_in
from planning.law.figure import Figure, metres
from planning.law.finding import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    NOTHING,
    Finding,
    Reading,
    all_of,
    at_least,
    at_most,
    needs,
)
from planning.law.protected import Land, land_of_kind
from planning.law.rule_set import Clause

_BORDER_WANTED = Text(
    vi="Cần đường biên giới do cơ quan nhà nước cung cấp, trong lớp hạ tầng (infrastructure, kind = border).",
    en="The border line as the state supplies it is needed, in the layer of infrastructure (kind = border).",
)
_UNITS_WANTED = Text(vi="Cần lớp đơn vị hành chính.", en="Administrative units are needed.")
_BELT_WANTED = Text(
    vi="Không có số liệu: cần vành đai biên giới theo quyết định của tỉnh (constraints, kind = border_belt).",
    en="No data: the border belt by decision of the province is needed (constraints, kind = border_belt).",
)
_COMMUNES = Text(vi="Xã, phường giáp biên giới: {names}.", en="Communes that touch the border: {names}.")
_PERHAPS = Text(vi="Chưa xác định được ở độ chính xác này: {names}.", en="Undecidable at this accuracy: {names}.")


def border_area(case: Case, clause: Clause) -> Finding:
    """List the communes of the proposed zone that touch the border, by the newest vintage."""
    border, vintages = case.border(clause.words["border"]), case.context.vintages
    if border is None or not vintages:
        return needs(_BORDER_WANTED if border is None else _UNITS_WANTED)
    newest = vintages[-1]
    found = border_communes(border, newest.before, case.tables[f"by.{newest.layer}"].frame)
    count = len(found.surely)
    figure = Figure.between(count, count, count + len(found.perhaps), "count")
    finding = Finding(CANNOT_TELL if found.perhaps else MET, NOTHING, figure, drawn=True)
    told = [(_COMMUNES, found.surely), (_PERHAPS, found.perhaps)]
    return finding.noting(*(text.filled(names=", ".join(names)) for text, names in told if names))


_BELT_LAND = Text(vi="đất trong vành đai biên giới đưa vào khu", en="land of the border belt taken in")
_WIDTH = Text(vi="bề rộng vành đai, từ đường biên giới vào", en="width of the belt, inwards from the border")


def border_belt(case: Case, clause: Clause) -> Finding:
    """Ask whether the change takes in land of the supplied belt, and whether that is as wide as a belt may be."""
    belt = land_of_kind(case.context, clause.words["belt"])
    if belt is None:
        return needs(_BELT_WANTED)
    taken = land_taken_in(case, clause.words["belt"])
    border = case.border(clause.words["border"])
    width = needs(_BORDER_WANTED) if border is None else _width(border, belt, clause)
    readings = (Reading("taken_in", _BELT_LAND, taken), Reading("width", _WIDTH, width))
    return replace(taken, verdict=all_of((taken.verdict, width.verdict)), readings=readings).noting(width.note)


def _width(border: Border, belt: Land, clause: Clause) -> Finding:
    """Compare how far the belt reaches from the border with the least and the most that a province may set."""
    figure = _around(_reach_m(belt, border.line), belt.accuracy_m)
    least, most = at_least(figure, clause.limit("width_min")), at_most(figure, clause.limit("width_max"))
    return replace(most if least.verdict == MET else least, verdict=all_of((least.verdict, most.verdict)))


@lru_cache(maxsize=4)
def _reach_m(belt: Land, line: Any) -> float:
    """Return how far the outline of the belt is from the border at most, which no scenario changes."""
    corners = shapely.points(shapely.get_coordinates(shapely.segmentize(belt.placed, 50.0)))
    return float(Border(line, None).distances_m(corners).max())


def _around(value_m: float, margin_m: float | None) -> Figure:
    value = metres(value_m)
    if margin_m is None:
        return Figure(value, None, None, "m")
    return Figure.between(value, max(Fraction(0), value - metres(margin_m)), value + metres(margin_m), "m")


_YARDS = Text(vi="bến bãi gần đường biên giới nhất", en="the yard nearest to the border")
_PROJECTS = Text(vi="dự án gần đường biên giới nhất", en="the project nearest to the border")
_MINES = Text(vi="đất khai thác khoáng sản gần đường biên giới nhất", en="the mining land nearest to the border")
_NONE_THERE = Text(vi="Không có đối tượng nào.", en="There is none.")


def structures_at_border(case: Case, clause: Clause) -> Finding:
    """Ask how near to the border yards and projects stand; other structures are in no layer and need a survey."""
    border = case.border(clause.words["border"])
    if border is None:
        return needs(_BORDER_WANTED)
    layers = (("yards", _YARDS, _shapes(case.context.yards)), ("projects", _PROJECTS, case.context.projects))
    readings = tuple(
        Reading(key, title, _nearest(border, rows.geometry.values, clause.limit("distance_min")))
        for key, title, rows in layers
        if rows is not None and len(rows)
    )
    return _with_parts(readings, clause)


def works_at_border(case: Case, clause: Clause) -> Finding:
    """Ask how near to the border land of mining lies; burning is in no layer."""
    border, parcels = case.border(clause.words["border"]), case.context.parcels
    if border is None:
        return needs(_BORDER_WANTED)
    uses = case.context.parcel_texts("land_use")
    if parcels is None or uses is None:
        return needs(clause.needs)
    mining = set(clause.words["mining"])
    there = uses.rows(lambda text: bool(mining & set(codes_of(text))))
    land = parcels.fabric_before.outlines(np.flatnonzero(there)).polygons()
    finding = _nearest(border, land, clause.limit("mining_distance_min")) if len(land) else Finding(MET, _NONE_THERE)
    return _with_parts((Reading("mining", _MINES, finding),), clause)


def _shapes(units: Units | None) -> Any:
    return None if units is None else units.after


def _nearest(border: Border, shapes: Any, least_m: Fraction) -> Finding:
    placed = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    if not len(placed):
        return Finding(CANNOT_TELL, _NONE_THERE)
    return at_least(_around(border.least_distance_m(placed), border.accuracy_m), least_m, drawn=True)


def _with_parts(readings: tuple[Reading, ...], clause: Clause) -> Finding:
    """Return the worst of the parts; where all that the layers hold is far enough, the rest still needs a survey."""
    verdict = all_of(one.finding.verdict for one in readings)
    shown = next((one.finding for one in readings if one.finding.verdict == verdict), needs(clause.needs))
    if verdict in (NOT_MET, CANNOT_TELL):
        return replace(shown, readings=readings)
    return replace(
        needs(clause.needs, shown.figure), readings=readings, threshold=shown.threshold, relation=shown.relation
    )
