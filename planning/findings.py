"""Findings: what checks and questions hold against a feature; a person may mark each as wrong or settled.

Those of checks come from the recorded runs (``checks/findings.parquet``, one row a finding, of the last run of each
layer); where none was run they are *no data*, never "nothing found".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pandas import DataFrame

from layers.report import last_findings
from layers.workspace import Workspace

_TEXTS = ["rule", "severity", "layer", "feature", "others", "field", "value"]
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes
    ----------
    rule, layer, feature, field : what was found where; `field` empty where the whole feature is meant
    severity : as the rule has it
    others : features that have a part in it
    value : what stands there
    """

    rule: str
    layer: str
    feature: str
    field: str = ""
    severity: str = ""
    others: str = ""
    value: str = ""

    @property
    def about(self) -> tuple[str, str, str, str]:
        """What names it in the ledger of officers' words."""
        return self.rule, self.layer, self.feature, self.field

    @property
    def ref(self) -> str:
        """How people name it, ``RULE:layer/feature[:field]``."""
        return f"{self.rule}:{self.layer}/{self.feature}{f':{self.field}' if self.field else ''}"

    @property
    def answer(self) -> str:
        """What it says, as a word of an officer keeps it."""
        return _BETWEEN.join(one for one in (self.value, self.others) if one)


@dataclass(frozen=True, eq=False)
class RecordedFindings:
    """The findings of the last run of checks of each layer."""

    frame: DataFrame

    def of(self, layer: str, feature: str) -> tuple[Finding, ...]:
        """Return the findings in which one feature has a part."""
        rows = self.frame.iloc[self._places.get((layer, feature), [])]
        return tuple(Finding(*row) for row in rows[list(Finding.__slots__)].itertuples(index=False, name=None))

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], list[int]]:
        places: dict[tuple[str, str], list[int]] = {}
        columns = (self.frame[name] for name in ("layer", "feature", "others"))
        for place, (layer, feature, others) in enumerate(zip(*columns, strict=True)):
            for one in (feature, *filter(None, others.split(_BETWEEN))):
                places.setdefault((layer, one), []).append(place)
        return places


def recorded_findings(workspace: Workspace) -> RecordedFindings | None:
    """Return the recorded findings; None where no check was run, or where nobody can read what it found."""
    found = last_findings(workspace.path)
    return None if found is None else RecordedFindings(DataFrame(found[_TEXTS]).fillna("").astype(str))
