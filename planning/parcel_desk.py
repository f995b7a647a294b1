"""The project as an officer has it open: parcels, layers, communes, and the tables that belong to them."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame

from gis.ragged import expand
from layers import events, ledger, papers, parcel_uses, parcels
from layers.workspace import Workspace
from planning.cadastre import Cadastre, Ints
from planning.communes import Communes
from planning.effect import software
from planning.findings import RecordedFindings, recorded_findings
from planning.footing import edits_sha256
from planning.marks import Marks
from planning.parcel_check import ParcelCheck
from planning.parcel_layers import ASKED, AskedLayers, CheckedLayer
from planning.planned_features import planned_uses
from planning.record import Input
from planning.scenario import all_edits

_TABLES = (parcel_uses.SCHEMA.name, papers.SCHEMA.name, events.SCHEMA.name)


@dataclass(frozen=True, eq=False)
class Lines:
    """Rows of a table, found by what they belong to."""

    frame: DataFrame
    by: tuple[str, ...]

    def rows_of(self, keys: npt.NDArray[np.object_]) -> tuple[Ints, Ints]:
        """Return (place in `keys`, row) of every row of each key, where one column is the key."""
        ordered, order = self._ordered
        first = np.searchsorted(ordered, keys, side="left")
        place, found = expand(first, np.searchsorted(ordered, keys, side="right") - first)
        return place, order[found]

    @cached_property
    def _ordered(self) -> tuple[npt.NDArray[np.object_], Ints]:
        keys = self.frame[self.by[0]].to_numpy(dtype=object)
        order = np.argsort(keys, kind="stable")
        return keys[order], order

    @cached_property
    def _places(self) -> Mapping[Any, Any]:
        keys = list(self.by) if len(self.by) > 1 else self.by[0]
        return dict(self.frame.groupby(keys, sort=False).indices) if len(self.frame) else {}

    def of(self, *key: str) -> list[Mapping[str, Any]]:
        """Return the rows of one thing as plain values; None is no data."""
        places = self._places.get(key if len(key) > 1 else key[0])
        if places is None:
            return []
        rows = self.frame.iloc[places].to_dict(orient="records")
        return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]


@dataclass(frozen=True, eq=False)
class ParcelDesk:
    """An opened project; what is expensive is done when it is first asked for, and once.

    Attributes
    ----------
    workspace : the project
    check : its parcels and the layers that they are checked against
    communes : its communes, all vintages
    """

    workspace: Workspace
    check: ParcelCheck
    communes: Communes

    @classmethod
    def open(cls, workspace: Workspace, scenario: str | None = None) -> Self:
        """Open a project for an officer's questions about parcels.

        Raises
        ------
        LayerMissing, ScenarioUnknown, FileDamaged, CrsMixed
        """
        return cls(workspace, ParcelCheck.open(workspace, scenario), Communes.of(workspace))

    @property
    def cadastre(self) -> Cadastre:
        """The parcels."""
        return self.check.cadastre

    @property
    def asked(self) -> AskedLayers:
        """The layers that parcels are checked against."""
        return self.check.asked

    @cached_property
    def uses(self) -> Lines:
        """Uses of parcels, a line each, by parcel key."""
        return Lines(self._table(parcel_uses.SCHEMA.name, ("parcel",)), ("parcel",))

    @cached_property
    def planned_uses(self) -> npt.NDArray[np.object_]:
        """Land use that each feature of the layers stands for, see `planning.planned_features`."""
        return planned_uses(self.check.features)

    @cached_property
    def papers(self) -> Lines:
        """Papers by layer and feature."""
        return Lines(self._table(papers.SCHEMA.name, ("layer", "feature")), ("layer", "feature"))

    @cached_property
    def newest_papers(self) -> Mapping[str, str]:
        """Day of the newest paper of a parcel, by its key."""
        frame = self.papers.frame
        if "issued_on" not in frame or not len(frame):
            return {}
        return dict(frame[frame["layer"] == parcels.SCHEMA.name].groupby("feature")["issued_on"].max())

    @cached_property
    def events(self) -> Lines:
        """Events by layer and feature."""
        return Lines(self._table(events.SCHEMA.name, ("layer", "feature")), ("layer", "feature"))

    @cached_property
    def findings(self) -> RecordedFindings | None:
        """What the newest recorded run of checks found; None where none was run."""
        return recorded_findings(self.workspace)

    @cached_property
    def software(self) -> str:
        """Name and version of the program that answers."""
        return software()

    @cached_property
    def marks(self) -> Marks:
        """What officers said of findings."""
        return Marks.of(self.workspace)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """The layers and tables that answers come from, as they stand."""
        return tuple(self._inputs())

    def no_data(self, position: int) -> tuple[str, ...]:
        """Return what is missing for an answer about one parcel; of a parcel without a shape, every layer is."""
        missing = [
            f"parcels.{name}" for name in ("land_use", "valid_from") if name not in self.cadastre.table.column_names
        ]
        missing += [name for name in _TABLES if not self.workspace.has(name)]
        if self.findings is None:
            missing.append("findings")
        if self.cadastre.shape_problem(position) is None:
            return (*self.asked.no_data, *missing)
        return (
            "parcels.geometry",
            *dict.fromkeys([*(one.name for one in self.asked.layers), *self.asked.no_data]),
            *missing,
        )

    def layer(self, name: str, version: str) -> CheckedLayer:
        """Return one checked layer."""
        return next(one for one in self.asked.layers if (one.name, one.version) == (name, version))

    def _table(self, name: str, key: tuple[str, ...]) -> DataFrame:
        return self.workspace.read(name) if self.workspace.has(name) else DataFrame(columns=list(key))

    def _inputs(self) -> Iterator[Input]:
        for name in (*ASKED[:2], parcels.SCHEMA.name, *ASKED[2:], *_TABLES):
            if self.workspace.has(name):
                entry = self.workspace.identity(name)
                yield Input(name, entry.rows, entry.sha256)
        if self.marks.ledger.lines:
            yield Input(ledger.NAME, *astuple(self.marks.ledger.head))
        if self.asked.scenario:
            edits = all_edits(self.workspace, self.asked.scenario)
            yield Input(f"scenario/{self.asked.scenario}", len(edits), edits_sha256(edits))


def bare_key(dated: str) -> str:
    """Return the key of a parcel as tables write it, without the day of its commune code and the count of repeats.

    Examples
    --------
    >>> bare_key("06184@2009-04-01/12/345#2")
    '06184/12/345'
    """
    commune, _, rest = dated.partition("/")
    return f"{commune.partition('@')[0]}/{rest.partition('#')[0]}"
