"""Flow through the yards: a MODEL, no forecast. Vehicles come to gates by the hour, stay in yards, or wait for a slot.

Vehicles arrive at each gate as a Poisson process whose rate follows the hours of the day; each takes a slot in the yard
of that gate with the largest share of free slots, stays a log-normal time, and leaves. Where every slot of the gate is
taken, vehicles wait in their order: that is the queue on the road. Days before the measured one fill the yards. A yard
whose gate nobody knows is sent no vehicle: it is listed, and its slots are in no sum. Vehicles that the inputs send to
a gate without yards are listed, and are in no queue. The random numbers are seeded: the same inputs give the same
answer. Inputs, their sources and confidences stand in a table of the Record; how far the answer hangs on them stands in
that of sensitivity.
"""

import tomllib
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import simpy
from pandas import DataFrame

from layers import gates
from layers.workspace import Workspace
from planning.effect import software
from planning.errors import FlowInputsWrong
from planning.gate_shares import SHARE, UNSERVED, GateShares, gate_shares
from planning.law.choice import rules_of
from planning.record import Column, Fact, Record, Stamp, Table
from planning.yard_capacity import CAPACITY, UPPER, yard_capacity
from planning.yard_layout import DesignVehicle

HOURS, GATES, SENSITIVITY, INPUTS = (
    "yards.flow_hours",
    "yards.flow_gates",
    "yards.flow_sensitivity",
    "yards.flow_inputs",
)
FLOW_YARDS = "yards.flow"
_MODEL = "model of flow, mean of the runs: no forecast"
_WORST = "model of flow, largest of the runs: no forecast"
_LEFT_OUT = "yards whose gate is not known: the model sends no vehicle to them"
_FILLING_DAYS, _DAY_H = 3, 24
Floats = npt.NDArray[np.float64]

_HOURS: Mapping[str, Column] = {
    "key": Column("text", "gate and hour of the day"),
    "gate": Column("text", "gate served"),
    "hour": Column("count", "hour of the measured day"),
    "arrivals": Column("count", _MODEL),
    "parked": Column("count", _MODEL),
    "waiting": Column("count", _MODEL),
}
_GATES: Mapping[str, Column] = {
    "key": Column("text", "gate served"),
    "share": SHARE,
    "slots": Column("count", "slots of the yards of the gate that can be used"),
    "slots_upper": UPPER,
    "arrivals": Column("count", _MODEL),
    "parked_most": Column("count", _MODEL),
    "waiting_most": Column("count", _MODEL),
    "waiting_worst": Column("count", _WORST),
    "overflow_hours": Column("count", "sum of the vehicles that wait at the end of each hour: no forecast"),
}
_YARDS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "gate": Column("text", "gate served, no data where it is not known: then the model sends no vehicle to the yard"),
    "gate_stated": Column("text", "as in the layer"),
    "slots": Column("count", "slots that can be used"),
    "slots_upper": UPPER,
    "parked_most": Column("count", _MODEL),
    "used": Column("share", "parked_most / slots"),
}
_SENSITIVITY: Mapping[str, Column] = {
    "key": Column("text", "what is changed"),
    "changed": Column("text", "what is changed"),
    "factor": Column("ratio", "factor on the input"),
    "waiting_most": Column("count", _MODEL),
    "overflow_hours": Column("count", "sum of the vehicles that wait at the end of each hour: no forecast"),
}
_INPUTS: Mapping[str, Column] = {
    "key": Column("text", "input of the model"),
    "input": Column("text", "input of the model"),
    "value": Column("text", "as the model took it"),
    "source": Column("text", "where the figure was read"),
    "confidence": Column("text", "how the figure is known"),
}
_CHANGED = (
    ("as_stated", 1.0),
    ("arrivals", 0.8),
    ("arrivals", 1.2),
    ("stay", 0.8),
    ("stay", 1.2),
    ("slots", 0.8),
    ("slots", 1.2),
)


@dataclass(frozen=True, slots=True)
class FlowInputs:
    """What the model starts from.

    Attributes
    ----------
    vehicles_per_day : all gates together
    hourly : shares of the day by hour, 24 figures; their sum does not matter
    stay_hours, stay_spread : mean hours in a yard, standard deviation of their logarithm
    usable : share of the slots that can be used
    gate_shares : share of the vehicles by name or code of a gate, their sum does not matter; empty: in proportion to
        the slots of its yards
    sources : source and confidence of each figure
    """

    vehicles_per_day: float
    hourly: tuple[float, ...]
    stay_hours: float
    stay_spread: float
    usable: float
    gate_shares: tuple[tuple[str, float], ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def read(cls, path: Path | None = None) -> "FlowInputs":
        """Read inputs from a TOML file, over those that are shipped; raise FlowInputsWrong."""
        shipped = tomllib.loads((files("planning") / "data" / "yard_flow.toml").read_text(encoding="utf-8"))
        try:
            own = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path else {}
            every = {**shipped, **own}
            plain = {name: every[name]["value"] for name in shipped}
            shares = tuple((str(gate), float(share)) for gate, share in every.get("gates", {}).get("value", {}).items())
            said = tuple(
                (name, str(one.get("source", "")), str(one.get("confidence", ""))) for name, one in every.items()
            )
            inputs = cls(
                **{name: float(plain[name]) for name in ("vehicles_per_day", "stay_hours", "stay_spread", "usable")},
                hourly=tuple(float(one) for one in plain["hourly"]),
                gate_shares=shares,
                sources=said,
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise FlowInputsWrong(path=path, reason=error) from error
        if not inputs._is_sound:
            raise FlowInputsWrong(path=path, reason="hourly, vehicles_per_day, stay_hours, stay_spread, usable, gates")
        return inputs

    @property
    def _is_sound(self) -> bool:
        positive = (self.vehicles_per_day, self.stay_hours, self.usable, sum(self.hourly))
        numbers = (*positive, *self.hourly, self.stay_spread, *(share for _, share in self.gate_shares))
        known = all(np.isfinite(one) and one >= 0 for one in numbers)
        shared = not self.gate_shares or sum(share for _, share in self.gate_shares) > 0
        return known and shared and len(self.hourly) == _DAY_H and min(positive) > 0 and self.usable <= 1


@dataclass(frozen=True, eq=False)
class GateFlow:
    """One day at one gate, mean over the runs.

    Attributes
    ----------
    arrivals, parked, waiting : by hour, shape (24,); at the end of the hour
    waiting_worst : most vehicles that waited in any run
    overflow_hours : sum of the vehicles that wait at the end of each hour
    parked_most : by yard, shape (yards,)
    """

    arrivals: Floats
    parked: Floats
    waiting: Floats
    waiting_worst: int
    overflow_hours: float
    parked_most: Floats


def simulate(slots: Sequence[int], per_day: float, inputs: FlowInputs, seed: int, runs: int) -> GateFlow:
    """Return a day at one gate.

    Parameters
    ----------
    slots : that can be used, of each yard of the gate
    per_day : vehicles a day to this gate
    seed : of the random numbers; each run has its own stream
    runs : how many days are measured
    """
    seeds = np.random.SeedSequence(seed).spawn(runs)
    days = [_Day(slots, per_day, inputs, np.random.default_rng(one)).run() for one in seeds]
    arrivals, parked, waiting = (
        np.mean([day[name] for day in days], axis=0) for name in ("arrivals", "parked", "waiting")
    )
    return GateFlow(
        arrivals=arrivals,
        parked=parked,
        waiting=waiting,
        waiting_worst=int(max(day["waiting"].max() for day in days)),
        overflow_hours=float(waiting.sum()),
        parked_most=np.mean([day["by_yard"] for day in days], axis=0),
    )


class _Day:
    # One run: some days that fill the yards, then the day that is measured.
    def __init__(self, slots: Sequence[int], per_day: float, inputs: FlowInputs, chance: np.random.Generator) -> None:
        self.world = simpy.Environment()
        self.free = list(slots)
        self.slots = np.array(slots, dtype=np.int64)
        self.whole = [max(one, 1) for one in slots]
        self.line: deque[simpy.Event] = deque()
        self.chance, self.spread = chance, inputs.stay_spread
        self.stay = float(np.log(inputs.stay_hours) - inputs.stay_spread**2 / 2)
        hourly = np.array(inputs.hourly)
        self.rates = per_day * hourly / hourly.sum()
        self.start = float(_FILLING_DAYS * _DAY_H)
        self.arrivals = np.zeros(_DAY_H)
        self.parked, self.waiting = np.zeros(_DAY_H), np.zeros(_DAY_H)
        self.by_yard = np.zeros(len(self.free))

    def run(self) -> Mapping[str, Any]:
        """Run to the end of the measured day."""
        self.world.process(self._arriving())
        self.world.process(self._counting())
        self.world.run(until=self.start + _DAY_H + 1e-6)
        told = ("arrivals", "parked", "waiting", "by_yard")
        return {name: getattr(self, name) for name in told}

    def _arriving(self) -> Generator[simpy.Event, None, None]:
        for hour in range((_FILLING_DAYS + 1) * _DAY_H):
            count = self.chance.poisson(self.rates[hour % _DAY_H])
            for moment in np.sort(self.chance.uniform(hour, hour + 1, count)).tolist():
                yield self.world.timeout(max(moment - self.world.now, 0.0))
                if moment >= self.start:
                    self.arrivals[hour % _DAY_H] += 1
                self.world.process(self._staying())

    def _staying(self) -> Generator[simpy.Event, int, None]:
        if any(self.free):  # some yards at most: plain numbers, for arrays would take longer
            yard = max(range(len(self.free)), key=lambda one: self.free[one] / self.whole[one])
            self.free[yard] -= 1
        else:
            turn = self.world.event()
            self.line.append(turn)
            yard = yield turn  # whoever leaves hands his slot over
        yield self.world.timeout(float(self.chance.lognormal(self.stay, self.spread)))
        if self.line:
            self.line.popleft().succeed(yard)
        else:
            self.free[yard] += 1

    def _counting(self) -> Generator[simpy.Event, None, None]:
        yield self.world.timeout(self.start)
        for hour in range(_DAY_H):
            yield self.world.timeout(1.0)
            taken = self.slots - self.free
            self.parked[hour], self.waiting[hour] = taken.sum(), len(self.line)
            self.by_yard = np.maximum(self.by_yard, taken)


def yard_flow(
    workspace: Workspace,
    inputs: FlowInputs,
    scenario: str | None = None,
    vehicle: DesignVehicle | None = None,
    seed: int = 2018,
    runs: int = 3,
) -> Record:
    """Return the flow through the yards of a project, or of a scenario: a model.

    Raises
    ------
    Those of `planning.yard_capacity.yard_capacity`
    """
    capacity = yard_capacity(workspace, (), scenario, vehicle)
    yards = capacity.tables[CAPACITY].frame
    yards = yards.assign(usable=np.floor(yards["slots"] * inputs.usable))
    yards["usable_upper"] = yards["usable"].where(yards["slots_upper"] > 0, 0.0)
    served, left_out = yards[yards["gate"].notna()], yards[yards["gate"].isna()]
    slots = {str(gate): float(one) for gate, one in served.groupby("gate")["slots"].sum().items()}
    named = workspace.read(gates.SCHEMA.name) if workspace.has(gates.SCHEMA.name) else None
    shares = gate_shares(slots, inputs.gate_shares, named)
    days = _days(served, shares, inputs, seed, runs)
    tables = {
        GATES: _gates(served, days, shares),
        UNSERVED: shares.table(inputs.vehicles_per_day),
        FLOW_YARDS: _of_yards(served, days, left_out),
        HOURS: _of_hours(days),
        SENSITIVITY: _sensitivity(served, shares, inputs, seed, runs),
        INPUTS: _inputs(inputs, seed, runs),
    }
    return replace(
        capacity,
        facts={one.key: one for one in (*_facts(tables), *shares.facts(inputs.vehicles_per_day))},
        tables=tables,
        geometry={"yards": capacity.geometry["yards"]},
        rules=rules_of(workspace),
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), software()),
    )


def _days(yards: DataFrame, shares: GateShares, inputs: FlowInputs, seed: int, runs: int) -> Mapping[str, GateFlow]:
    per_day = {gate: one * inputs.vehicles_per_day for gate, one in shares.served.items() if one is not None}
    return {
        gate: simulate([int(one) for one in rows["usable"]], per_day[gate], inputs, seed + place, runs)
        for place, (gate, rows) in enumerate(yards.groupby("gate", sort=True))
        if gate in per_day
    }


def _gates(yards: DataFrame, days: Mapping[str, GateFlow], shares: GateShares) -> Table:
    usable = yards.groupby("gate")["usable"].sum()
    upper = yards.groupby("gate")["usable_upper"].sum()
    rows = [
        {
            "key": gate,
            "share": shares.served[gate],
            "slots": float(usable[gate]),
            "slots_upper": float(upper[gate]),
            **_day_at(days.get(gate)),
        }
        for gate in usable.index
    ]
    return Table(DataFrame(rows, columns=list(_GATES)).astype({"share": np.float64}), _GATES)


def _day_at(day: GateFlow | None) -> Mapping[str, float]:
    """Return the sums of a day at a gate; no data where nobody says how many vehicles come to it."""
    if day is None:
        return dict.fromkeys(("arrivals", "parked_most", "waiting_most", "waiting_worst", "overflow_hours"), np.nan)
    return {
        "arrivals": float(day.arrivals.sum()),
        "parked_most": float(day.parked.max()),
        "waiting_most": float(day.waiting.max()),
        "waiting_worst": float(day.waiting_worst),
        "overflow_hours": day.overflow_hours,
    }


def _of_yards(yards: DataFrame, days: Mapping[str, GateFlow], left_out: DataFrame) -> Table:
    """Return the yards by gate, those whose gate is not known at the end."""
    rows = pd.concat([yards.sort_values("gate", kind="stable"), left_out])
    by_gate = yards.groupby("gate", sort=True).size().items()
    parked = [days[gate].parked_most if gate in days else np.full(count, np.nan) for gate, count in by_gate]
    most = np.concatenate([*parked, np.full(len(left_out), np.nan)])
    slots = rows["usable"].to_numpy(dtype=np.float64)
    used = np.divide(most, slots, out=np.full(len(rows), np.nan), where=slots > 0)
    told = rows.assign(slots=slots, slots_upper=rows["usable_upper"], parked_most=most, used=used)
    return Table(told[list(_YARDS)].reset_index(drop=True), _YARDS)


def _of_hours(days: Mapping[str, GateFlow]) -> Table:
    rows = [
        {
            "key": f"{gate}/{hour:02d}",
            "gate": gate,
            "hour": float(hour),
            **{name: float(getattr(day, name)[hour]) for name in ("arrivals", "parked", "waiting")},
        }
        for gate, day in days.items()
        for hour in range(_DAY_H)
    ]
    return Table(DataFrame(rows, columns=list(_HOURS)), _HOURS)


def _sensitivity(yards: DataFrame, shares: GateShares, inputs: FlowInputs, seed: int, runs: int) -> Table:
    rows = []
    for what, factor in _CHANGED:
        changed, ground = inputs, yards
        if what == "arrivals":
            changed = replace(inputs, vehicles_per_day=inputs.vehicles_per_day * factor)
        elif what == "stay":
            changed = replace(inputs, stay_hours=inputs.stay_hours * factor)
        elif what == "slots":
            ground = yards.assign(usable=np.floor(yards["usable"] * factor))
        days = _days(ground, shares, changed, seed, runs)
        rows.append(
            {
                "key": f"{what} × {factor:g}",
                "changed": what,
                "factor": factor,
                "waiting_most": float(np.sum([day.waiting for day in days.values()], axis=0).max()) if days else np.nan,
                "overflow_hours": float(sum(day.overflow_hours for day in days.values())) if days else np.nan,
            }
        )
    return Table(DataFrame(rows, columns=list(_SENSITIVITY)), _SENSITIVITY)


def _inputs(inputs: FlowInputs, seed: int, runs: int) -> Table:
    sources = {name: (source, confidence) for name, source, confidence in inputs.sources}
    shares = "; ".join(f"{gate}: {share:g}" for gate, share in inputs.gate_shares)
    said = {
        "vehicles_per_day": f"{inputs.vehicles_per_day:g}",
        "hourly": " ".join(f"{one:g}" for one in inputs.hourly),
        "stay_hours": f"{inputs.stay_hours:g}",
        "stay_spread": f"{inputs.stay_spread:g}",
        "usable": f"{inputs.usable:g}",
        "gates": shares or "by_slots",
        "seed": str(seed),
        "runs": str(runs),
    }
    rows = [
        {
            "key": name,
            "input": name,
            "value": value,
            "source": sources.get(name, ("", ""))[0],
            "confidence": sources.get(name, ("", "assumption"))[1],
        }
        for name, value in said.items()
    ]
    return Table(DataFrame(rows, columns=list(_INPUTS)), _INPUTS)


def _facts(tables: Mapping[str, Table]) -> Iterator[Fact]:
    """Yield the sums; where no gate with yards is known to get vehicles, nothing can be said of queues."""
    gates, yards = tables[GATES].frame, tables[FLOW_YARDS].frame
    sent = bool(gates["arrivals"].notna().any())
    waiting = tables[HOURS].frame.groupby("hour")["waiting"].sum()
    left_out = yards[yards["gate"].isna()]
    yield Fact("yards.flow.arrivals", float(gates["arrivals"].sum()) if sent else None, "count", _MODEL)
    yield Fact("yards.flow.slots", int(gates["slots"].sum()), "count", "slots that can be used")
    yield Fact("yards.flow.slots_upper", int(gates["slots_upper"].sum()), "count", UPPER.how)
    yield Fact("yards.flow.left_out", len(left_out), "count", _LEFT_OUT)
    yield Fact("yards.flow.left_out_slots", int(left_out["slots"].sum()), "count", _LEFT_OUT)
    yield Fact("yards.flow.waiting_most", float(waiting.max()) if sent else None, "count", _MODEL)
    overflow_hours = float(gates["overflow_hours"].sum()) if sent else None
    yield Fact("yards.flow.overflow_hours", overflow_hours, "count", _MODEL)
