"""How the vehicles of the model of flow are shared among the gates: as somebody states it, else by slots of the yards.

What is stated of a gate without yards is not sent to the others: those vehicles are told, and are in no queue. A gate
with yards of which nothing is stated while others are has no data, and is told too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.text import name_key
from layers.gates import gates_by_word
from planning.record import Column, Fact, Table

UNSERVED = "yards.flow_unserved"
SHARE = Column(
    "share", "share of the vehicles; no data: shares are stated, but none of this gate, and nothing is told of it"
)
_HOW = "vehicles that the inputs send to gates without yards: in no queue of the model"
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "gate as the inputs state it"),
    "share": Column("share", "share of the vehicles by the inputs"),
    "vehicles": Column("count", _HOW),
}


@dataclass(frozen=True, slots=True)
class GateShares:
    """Shares of the vehicles.

    Attributes
    ----------
    served : by gate that has yards; None where shares are stated, but none of this gate
    unserved : by gate without yards, as it is stated; None where nobody states shares
    """

    served: Mapping[str, float | None]
    unserved: Mapping[str, float] | None

    def table(self, vehicles_per_day: float) -> Table:
        """Return the gates without yards, with the vehicles that come to them."""
        rows = [
            {"key": gate, "share": share, "vehicles": share * vehicles_per_day}
            for gate, share in (self.unserved or {}).items()
        ]
        return Table(DataFrame(rows, columns=list(_COLUMNS)), _COLUMNS)

    def facts(self, vehicles_per_day: float) -> Iterator[Fact]:
        """Yield how many vehicles come to gates without yards; no data where nobody states shares."""
        known = None if self.unserved is None else sum(self.unserved.values()) * vehicles_per_day
        yield Fact("yards.flow.unserved", known, "count", _HOW)


def gate_shares(
    slots: Mapping[str, float], stated: Sequence[tuple[str, float]], gates: GeoDataFrame | None
) -> GateShares:
    """Return the share of each gate.

    Parameters
    ----------
    slots : of the yards of each gate that has some
    stated : by name or code of a gate; their sum does not matter, a share of zero is none
    gates : those of the project
    """
    if not stated:
        total = sum(slots.values())
        return GateShares({gate: one / total if total else 0.0 for gate, one in slots.items()}, None)
    whole = sum(share for _, share in stated)
    names = {name_key(gate): gate for gate in slots}
    served: dict[str, float | None] = dict.fromkeys(slots)
    unserved: dict[str, float] = {}
    for word, share in stated:
        gate = names.get(name_key(_name_of(word, gates)))
        if gate is not None:
            served[gate] = (served[gate] or 0.0) + share / whole
        elif share > 0:
            unserved[word] = share / whole
    return GateShares(served, unserved)


def _name_of(word: str, gates: GeoDataFrame | None) -> str:
    """Return the name of the gate that a word names or gives the code of; the word where the project has none such."""
    if gates is None or not len(gates):
        return word
    place = gates_by_word(gates["name"], gates["code"]).get(name_key(word))
    return word if place is None else str(gates["name"].iloc[place])
