"""What officers said of findings, beside the findings: the newest word of each; the answer itself stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from layers.ledger import Ledger, Line, read_ledger
from layers.workspace import Workspace
from planning.findings import Finding
from planning.record import Column

COLUMNS: Mapping[str, Column] = {
    "mark": Column("text", "newest word of an officer in the ledger"),
    "mark_reason": Column("text", "newest word of an officer in the ledger"),
    "mark_paper": Column("text", "newest word of an officer in the ledger"),
    "mark_by": Column("text", "newest word of an officer in the ledger"),
    "mark_on": Column("date", "newest word of an officer in the ledger"),
    "mark_of": Column("text", "what the finding said when the word was given, where it says something else now"),
}


@dataclass(frozen=True, eq=False)
class Marks:
    """The words of a ledger by the finding that they speak of; those of a broken ledger do not count."""

    ledger: Ledger

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """Read the words of a project."""
        return cls(read_ledger(workspace))

    @cached_property
    def _newest(self) -> Mapping[tuple[str, str, str, str], Line]:
        lines = self.ledger.lines if self.ledger.is_whole else ()
        return {line.said.about: line for line in lines}

    def newest(self, finding: Finding) -> Line | None:
        """Return the newest word on a finding; None where nobody spoke, or where it was taken back."""
        line = self._newest.get(finding.about)
        return None if line is None or line.said.word == "reopened" else line

    def columns_of(self, finding: Finding) -> Mapping[str, str | None]:
        """Return the columns `COLUMNS` of a finding."""
        line = self.newest(finding)
        if line is None:
            return dict.fromkeys(COLUMNS)
        said = line.said
        return {
            "mark": said.word,
            "mark_reason": said.reason,
            "mark_paper": said.paper or None,
            "mark_by": said.by,
            "mark_on": line.said_at[:10],
            "mark_of": None if said.answer == finding.answer else said.answer,
        }
