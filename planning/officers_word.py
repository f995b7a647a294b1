"""An officer's word on a finding: the finding must be there, its answer is kept, the word joins the ledger."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from layers.ledger import Said, Word, say
from layers.workspace import Workspace
from planning.errors import FindingRefWrong, FindingUnknown
from planning.findings import Finding, recorded_findings
from planning.idle_register import RULE as IDLE
from planning.idle_register import idle_register
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import find
from planning.use_against_plan import RULE as USE
from planning.use_against_plan import differences, finding_of


def parse_ref(text: str) -> tuple[str, str, str, str]:
    """Return rule, layer, feature and field of ``RULE:layer/feature[:field]``.

    Raises
    ------
    FindingRefWrong

    Examples
    --------
    >>> parse_ref("USE-PLAN:parcels/06184/12/345:land_use-legal_use")
    ('USE-PLAN', 'parcels', '06184/12/345', 'land_use-legal_use')
    """
    rule, colon, rest = text.strip().partition(":")
    place, _, field = rest.partition(":")
    layer, slash, feature = place.partition("/")
    if not (colon and slash and rule and layer and feature):
        raise FindingRefWrong(finding=text)
    return rule, layer, feature, field


def findings_of(workspace: Workspace, rule: str, layer: str, feature: str) -> tuple[Finding, ...]:
    """Return what a rule holds against a feature now: of a recorded run of checks, or of a question asked anew."""
    if rule == IDLE:
        return tuple(_idle(workspace, layer, feature))
    if rule == USE:
        return tuple(_uses(workspace, feature))
    recorded = recorded_findings(workspace)
    return tuple(one for one in (recorded.of(layer, feature) if recorded else ()) if one.rule == rule)


def give_word(workspace: Workspace, ref: str, word: Word, *, reason: str, paper: str, by: str) -> Workspace:
    """Add an officer's word on a finding to the ledger.

    Raises
    ------
    FindingRefWrong, FindingUnknown, LedgerDamaged, ProjectBusy
    """
    rule, layer, feature, field = parse_ref(ref)
    there = findings_of(workspace, rule, layer, feature)
    found = next((one for one in there if one.field == field), None)
    if found is None:
        raise FindingUnknown(finding=ref, others=", ".join(one.ref for one in there) or "–")
    sha256 = workspace.identity(layer).sha256
    return say(workspace, Said(word, *found.about, found.answer, sha256, reason, paper, by))


def _idle(workspace: Workspace, layer: str, feature: str) -> Iterator[Finding]:
    table = idle_register(workspace, date.today()).tables["projects.idle"].frame  # noqa: DTZ011 -- the day of the desk
    for row in table[(table["layer"] == layer) & (table["code"] == feature)].itertuples():
        yield Finding(IDLE, layer, feature, value=str(row.condition))


def _uses(workspace: Workspace, feature: str) -> Iterator[Finding]:
    desk = ParcelDesk.open(workspace)
    for hit in find(desk.cadastre, desk.communes, feature).hits:
        units = np.array([hit.position])
        rows = differences(desk, units, desk.check.touching(units)).rows
        yield from (finding_of(feature, row) for row in rows.to_dict(orient="records"))
