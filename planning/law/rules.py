"""RULES: every rule that a clause can ask, with the thresholds and words that it takes. A new rule is one entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gis.language import Text
from planning.law import conditions, coordinates, parcels, procedure, protection, units, yards
from planning.law.case import Case
from planning.law.finding import Finding, needs
from planning.law.rule_set import Clause, Demands
from planning.record import Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """A small function that asks the layers what a clause demands.

    Attributes
    ----------
    name : by which a clause calls it
    ask : the function; an error in it hides no other rule
    thresholds : that it takes, with their units
    words : lists of words that it takes
    """

    name: str
    ask: Callable[[Case, Clause], Finding]
    thresholds: Mapping[str, Unit] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    @property
    def demands(self) -> Demands:
        """What a clause must bring."""
        return Demands(self.thresholds, self.words, any_threshold=self.ask is input_of_a_person)


_DOCUMENTS = Text(vi="Cần hồ sơ, văn bản do người có trách nhiệm cung cấp.", en="Documents have to be supplied.")


def input_of_a_person(case: Case, clause: Clause) -> Finding:
    """Say what a person has to supply: no layer holds it."""
    return needs(clause.needs if clause.needs.vi else _DOCUMENTS)


_SITE = ("concentrated", "express", "postal", "site", "other")

RULES: tuple[Rule, ...] = (
    Rule("input", input_of_a_person),
    Rule("within_plan_tolerance", procedure.within_plan_tolerance, {"share_max": "share", "area_max": "ha"}),
    Rule("adjustment", procedure.adjustment, {"share_max": "share", "districts_until": "date"}),
    Rule("grounds", procedure.grounds, {"share_max": "share"}),
    Rule("adjacent_land", procedure.adjacent_land, {"distance_max": "m"}),
    Rule("new_districts", procedure.new_districts, {"districts_until": "date"}),
    Rule("both_district_readings", procedure.both_district_readings, {"districts_until": "date"}),
    Rule("size_and_gate", conditions.size_and_gate, {"area_min": "ha", "gates_min": "count"}, ("international",)),
    Rule("let_before_expansion", conditions.let_before_expansion, {"share_min": "share"}, ("allocated", "investor")),
    Rule("establishing_conditions", conditions.establishing_conditions, words=tuple(conditions.KINDS)),
    Rule("below_communes", units.below_communes),
    Rule("parts_of_communes", units.parts_of_communes, {"cut_min": "count"}),
    Rule("units_of_province", units.units_of_province, {"units": "count", "valid_from": "date"}),
    Rule("dated_codes", units.dated_codes),
    Rule("units_of_zone", units.units_of_zone, {"units": "count", "cut": "count", "valid_from": "date"}),
    Rule("border_area", protection.border_area, words=("border",)),
    Rule("border_belt", protection.border_belt, {"width_min": "m", "width_max": "m"}, ("belt", "border")),
    Rule("structures_at_border", protection.structures_at_border, {"distance_min": "m"}, ("border",)),
    Rule(
        "works_at_border",
        protection.works_at_border,
        {"mining_distance_min": "m", "burning_distance_min": "m"},
        ("border", "mining"),
    ),
    Rule("place_of_yards", yards.place_of_yards, {"distance_max": "m"}, ("gate", "gate_area")),
    Rule("recognition", yards.recognition, {"distance_max": "m"}, ("gate", "gate_area")),
    Rule(
        "size_of_yards",
        yards.size_of_yards,
        {"site_min": "m2", "concentrated_min": "m2", "express_min": "m2", "postal_min": "m2"},
        _SITE,
    ),
    Rule("size_of_stations", yards.size_of_stations, {"warehouse_min": "m2"}, ("station",)),
    Rule(
        "size_of_bonded",
        yards.size_of_bonded,
        {"site_min": "m2", "storage_min": "m2", "yard_min": "m2"},
        ("bonded_yard", "bonded_warehouse"),
    ),
    Rule("papers_of_yards", yards.papers_of_yards, words=yards.PAPERS),
    Rule("areas_to_a_decimal", parcels.areas_to_a_decimal, {"step": "m2"}),
    Rule("measured_and_legal", parcels.measured_and_legal, {"columns": "count"}),
    Rule("lines_of_uses", parcels.lines_of_uses),
    Rule("numbers_unique", parcels.numbers_unique),
    Rule("numbers_after_merger", parcels.numbers_after_merger, {"merged_on": "date"}),
    Rule(
        "accuracy_of_scale",
        parcels.accuracy_of_scale,
        {**dict.fromkeys(parcels.SCALE_LIMITS, "m"), "agricultural_factor": "ratio"},
    ),
    Rule("national_ids", parcels.national_ids),
    Rule("known_codes", parcels.known_codes),
    Rule("parcels_in_several_uses", parcels.parcels_in_several_uses),
    Rule("vn2000_of_province", coordinates.vn2000_of_province, {"meridian": "degree", "scale": "ratio"}),
    Rule("drawn_and_declared", coordinates.drawn_and_declared),
)
DEMANDS: Mapping[str, Demands] = {rule.name: rule.demands for rule in RULES}
