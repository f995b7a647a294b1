"""Ten new scenarios of the demo analysed and compared by one command, beside ten commands that analyse one each."""

import json
import shutil
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from benchmarks.command import answer_of, demo_of
from layers.admin_units import SCHEMA as ADMIN_UNITS
from layers.workspace import Workspace
from layers.zone import SCHEMA as ZONE
from planning import scenario
from planning.edits import AddUnits

SCENARIOS = 10
REPEATS = 3
# Of fewer parcels than the demo has it is a trial of the benchmark: four scenarios, once.
_TRIAL = 5_000


def run(options: Namespace) -> dict[str, Any]:
    """Return the seconds of the comparison, warm, and of the analyses one by one."""
    trial = options.parcels < _TRIAL
    with demo_of(options) as folder:
        names = _scenarios(Workspace.open(folder), options.seed)[: 4 if trial else SCENARIOS]
        answer_of("-p", folder, "analyse", names[0], "--json")  # opens the parcels, and fills the cache
        seconds = [_fresh(folder, "compare", *names) for _ in range(1 if trial else REPEATS)]
        alone = sum(_fresh(folder, "analyse", name) for name in names)
    return {
        "benchmark": "compare",
        "parcels": options.parcels,
        "scenarios": len(names),
        "seconds": float(np.median(seconds)),
        "seconds_all": seconds,
        "one_by_one": alone,
        "ratio_to_one_by_one": round(alone / float(np.median(seconds)), 2),
        "bar": {"seconds": 10 if options.parcels < 100_000 else 30},
    }


def _scenarios(workspace: Workspace, seed: int) -> list[str]:
    """Add scenarios that take in two or three communes each which the zone does not hold whole."""
    zone = shapely.union_all(workspace.read(ZONE.name).geometry.values)
    units = workspace.read(ADMIN_UNITS.name)
    vintage = str(units["valid_from"].min())
    units = units[units["valid_from"] == vintage]
    near = units["code"][units.geometry.intersection(zone).area < units.area / 2]
    generator = np.random.default_rng(seed)
    names = []
    for number in range(SCENARIOS):
        codes = tuple(str(code) for code in generator.choice(near, 2 + number % 2, replace=False))
        name = f"so-sanh-{number}"
        if name not in scenario.names(workspace):
            scenario.add(workspace, scenario.Scenario(name, (AddUnits(codes, vintage),)))
        names.append(name)
    return names


def _fresh(folder: Path, *words: str) -> float:
    shutil.rmtree(folder / "records", ignore_errors=True)
    begin = time.perf_counter()
    answer = answer_of("-p", folder, *words, "--json")
    seconds = time.perf_counter() - begin
    json.loads(answer)
    return seconds
