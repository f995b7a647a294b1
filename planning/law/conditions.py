"""What a zone must have, size and an international gate; and what an expansion needs and takes."""

from dataclasses import replace

from gis.language import Text
from gis.states import INSIDE, UNDECIDABLE
from planning.law.allocated import allocated
from planning.law.case import Case
from planning.law.figure import Figure
from planning.law.finding import (
    MET,
    NEEDS_INPUT,
    NOT_MET,
    NOTHING,
    Finding,
    Reading,
    agreed,
    all_of,
    at_least,
    needs,
    none_of,
)
from planning.law.protected import land_of_kind, taken_in
from planning.law.rule_set import Clause, in_unit_of
from planning.law.wording import that_speak_of

_DECLARED = Text(vi="diện tích theo quyết định cộng tăng, giảm", en="declared area and the net change")
_DRAWN = Text(vi="diện tích theo hình vẽ", en="drawn area")
_GATES = Text(vi="cửa khẩu quốc tế nằm trong ranh giới đề xuất", en="international gates inside the proposed boundary")
_GATES_WANTED = Text(vi="Cần lớp cửa khẩu (gates) có loại (kind).", en="The layer of gates with their kind is needed.")


def size_and_gate(case: Case, clause: Clause) -> Finding:
    """Ask whether the proposed zone is large enough and holds an international gate."""
    change, least = case.change, in_unit_of(clause.thresholds["area_min"], "m2")
    drawn = at_least(change.proposed, least, drawn=True)
    areas = [Reading("drawn", _DRAWN, drawn)]
    if change.declared is not None:
        stated = at_least(Figure.exact(change.declared, "m2") + change.net, least, drawn=True)
        areas.insert(0, Reading("declared", _DECLARED, stated))
    gates = Reading("gates", _GATES, _international_gates(case, clause))
    area = agreed(one.finding.verdict for one in areas)
    verdict = all_of((area, gates.finding.verdict))
    return replace(areas[0].finding, verdict=verdict, readings=(*areas, gates)).noting(gates.finding.note)


def _international_gates(case: Case, clause: Clause) -> Finding:
    gates = case.tables.get("gates")
    if gates is None or gates.frame["kind"].isna().all():
        return needs(_GATES_WANTED)
    frame = gates.frame
    named, unnamed = that_speak_of(frame["kind"], clause.words["international"]), frame["kind"].isna().to_numpy()
    state = frame["state_proposed"].astype(object).to_numpy()
    surely = int((named & (state == INSIDE)).sum())
    perhaps = int(((named & (state == UNDECIDABLE)) | (unnamed & (state != "outside"))).sum())
    return at_least(Figure.between(surely, surely, surely + perhaps, "count"), clause.limit("gates_min"))


_FUNCTIONAL = Text(
    vi="đất các khu chức năng trong khu hiện hành", en="land of functional areas in the established zone"
)
_BY_PROJECTS = Text(vi="đã giao, cho thuê: theo dự án đã bàn giao đất", en="let, by projects that took over land")
_BY_PARCELS = Text(
    vi="đã giao, cho thuê: theo nguồn gốc sử dụng và đối tượng sử dụng thửa đất",
    en="let, by origin of use and land user of parcels",
)
_FUNCTIONAL_WANTED = Text(
    vi="Cần lớp khu chức năng (functional_areas) và lớp dự án (projects) hoặc thửa đất có nguồn gốc sử dụng.",
    en="Functional areas and projects, or parcels with their origin of use, are needed.",
)


def let_before_expansion(case: Case, clause: Clause) -> Finding:
    """Ask whether enough functional land is allocated or leased; the other conditions of expansion need documents."""
    found = allocated(case.context, case.planned, clause)
    if found is None or (found.by_projects is None and found.by_parcels is None):
        return needs(_FUNCTIONAL_WANTED)
    let = [
        (key, title, area)
        for key, title, area in (
            ("projects", _BY_PROJECTS, found.by_projects),
            ("parcels", _BY_PARCELS, found.by_parcels),
        )
        if area is not None
    ]
    limit = clause.limit("share_min")
    shares = [Reading(key, title, at_least(area.of(found.functional), limit)) for key, title, area in let]
    areas = [
        Reading(f"{key}_area", title, Finding(share.finding.verdict, NOTHING, area))
        for (key, title, area), share in zip(let, shares, strict=True)
    ]
    whole = Reading("functional", _FUNCTIONAL, Finding(MET, NOTHING, Figure.exact(found.functional, "m2")))
    shown, verdict = shares[0].finding, agreed(one.finding.verdict for one in shares)
    readings = (*shares, *areas, whole)
    if verdict != MET:
        return replace(shown, verdict=verdict, readings=readings)
    return replace(shown, verdict=NEEDS_INPUT, readings=readings).noting(clause.needs)


KINDS = {
    "defence": Text(
        vi="đất quốc phòng, an ninh đưa vào khu (không nêu diện tích)",
        en="defence and security land taken in (its area is withheld)",
    ),
    "protective_forest": Text(vi="rừng phòng hộ đưa vào khu", en="protective forest taken in"),
    "special_use_forest": Text(vi="rừng đặc dụng đưa vào khu", en="special-use forest taken in"),
    "rice": Text(vi="đất chuyên trồng lúa đưa vào khu", en="rice land taken in"),
}
_NO_SUCH = Text(
    vi="Lớp khu vực hạn chế (constraints) không có loại này; chưa thể nói là không có.",
    en="The layer of constraints has none of this kind, which does not mean that there is none.",
)
_TAKEN = Text(vi="Cần ý kiến của cơ quan quản lý loại đất này.", en="The authority for this land has to be asked.")


def establishing_conditions(case: Case, clause: Clause) -> Finding:
    """List what the layers say of the conditions of establishing a zone; the conditions themselves need documents."""
    found = {kind: land_taken_in(case, clause.words[kind]) for kind in KINDS}
    found["defence"] = replace(found["defence"], figure=None, relation="", threshold=None)  # its area is withheld
    readings = tuple(Reading(kind, title, found[kind]) for kind, title in KINDS.items())
    return replace(needs(clause.needs), readings=readings)


def land_taken_in(case: Case, words: tuple[str, ...]) -> Finding:
    """Ask whether the change takes in land of a kind of constraint; land that is taken in needs an authority's word."""
    land = land_of_kind(case.context, words)
    if land is None:
        return needs(_NO_SUCH)
    found = none_of(taken_in(case.context, land), drawn=True)
    return replace(found, verdict=NEEDS_INPUT, note=_TAKEN) if found.verdict == NOT_MET else found
