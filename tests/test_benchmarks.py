"""Benchmarks run, agree with their peers and tell their figures; no test asserts a time."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import NAMES

ROOT = Path(__file__).parent.parent
# Those that a test below asks for more than that they run.
OF_THEIR_OWN = ("overlay", "drag", "analyse", "import", "coverage", "repair", "sheets", "parcels", "appendix")


def figures(*words: str) -> dict[str, Any]:
    """Return the one JSON object that a benchmark prints."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *words, "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_names_are_told() -> None:
    """`make bench` and `make bars` run whatever stands in the table."""
    told = subprocess.run([sys.executable, "-m", "benchmarks"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert tuple(told.stdout.split()) == NAMES
    assert {"overlay", "drag", "analyse", "import"} <= set(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THEIR_OWN])
def test_every_benchmark_runs(name: str) -> None:
    """A few parcels, one JSON object that names the benchmark; what is not installed is told."""
    told = figures(name, "--parcels", "2000", "--moves", "50")
    assert told["benchmark"] == name
    for peer in told.get("peers", {}).values():
        assert "missing" in peer or peer["seconds"] > 0


@pytest.mark.slow
def test_an_import_loses_nothing() -> None:
    """Every key and the whole area come through."""
    told = figures("import", "--parcels", "2000")
    assert (told["benchmark"], told["parcels"], told["keys_equal"]) == ("import", 2000, True)
    assert told["largest_difference_m2"] < 1e-6


@pytest.mark.slow
def test_overlay_agrees_with_every_installed_peer() -> None:
    """Each unit is within 1 mm² and the peer's own rounding; a peer that is not installed says so."""
    workloads = figures("overlay", "--parcels", "1500")["workloads"]
    assert len(workloads) == 3
    assert set(workloads["boundary"]["peers"]) == {"duckdb", "sedonadb", "postgis", "geopandas"}
    for told in workloads.values():
        assert told["ours"]["seconds"] > 0
        assert "largest_difference_m2" in told["peers"]["geopandas"]
        for peer in told["peers"].values():
            assert "missing" in peer or peer["largest_difference_m2"] <= 2e-6, told


@pytest.mark.slow
def test_a_dragged_boundary_never_differs_from_a_fresh_start() -> None:
    """Every hundredth of 300 moves is compared bit for bit."""
    told = figures("drag", "--parcels", "4000", "--moves", "300")
    assert told["differences"] == 0
    assert told["compared"] >= 4
    assert {"median_ms", "p99_ms", "peak_memory_mb"} <= told.keys()


@pytest.mark.slow
def test_the_analysis_agrees_with_geopandas() -> None:
    """Start to JSON, cold and warm, six covers; parcels as geopandas cuts them."""
    told = figures("analyse", "--parcels", "3000")
    assert len(told["covers"]) >= 5
    assert told["seconds"]["warm"] > 0
    assert told["peers"]["geopandas"]["largest_difference_m2"] <= 2e-6


@pytest.mark.slow
def test_sheets_of_any_size_pass_their_ledger() -> None:
    """A map on A3 and on A1, a table of corners, a batch of extracts, every text read back, beside matplotlib."""
    told = figures("sheets", "--parcels", "2000")
    assert told["benchmark"] == "sheets"
    assert all(0 < one["labels"] <= one["parcels"] - one["left_out"] for one in told["maps"].values())
    assert told["table"]["pages"] == 34
    assert (told["extracts"]["extracts"], told["extracts"]["refused"]) == (100, 0)


@pytest.mark.slow
def test_the_check_finds_every_planted_fault_and_no_other() -> None:
    """By rule, parcels, place and area; GEOS and geopandas see less and say less."""
    told = figures("coverage", "--parcels", "5000")
    assert told["mean_vertices"] >= 8
    assert told["ours"]["found"] == told["planted"] == 36
    assert (told["ours"]["missed"], told["ours"]["invented"]) == ([], [])
    # The list of faults has three decimals; ground that lies open is what its neighbours leave, corners on edges and all.
    assert told["ours"]["largest_difference_m2"] <= 0.001
    assert told["peers"]["GEOS coverage_invalid_edges"]["units"] > 0


@pytest.mark.slow
def test_a_repair_leaves_nothing_to_repair() -> None:
    """Only parcels with faults are drawn anew, none is lost, and the second repair does nothing."""
    told = figures("repair", "--parcels", "3000")
    assert told["ours"]["again"] == told["ours"]["lost_most"] == 0
    assert told["ours"]["redrawn"] < told["planted"]
    assert told["ratio_to_check"] > 0
    assert "seconds" in told["peers"]["GEOS coverage_clean"]


@pytest.mark.slow
def test_all_parcels_against_eight_layers_agree_with_geopandas() -> None:
    """Every pair's area within 1 mm² and the peer's own rounding; one extract of an opened project is timed."""
    told = figures("parcels", "--parcels", "3000")
    assert len(told["layers"]) == 8
    assert told["pairs"] > told["parcels"]
    assert told["extract"]["median_ms"] > 0
    assert told["peers"]["geopandas"]["largest_difference_m2"] <= 2e-6


@pytest.mark.slow
def test_yards_hold_what_a_person_would_draw() -> None:
    """At least 85 % of a layout by hand, a large yard with obstacles, three hundred in the register."""
    told = figures("yards")
    assert min(one["share"] for one in told["by_hand"]) >= 0.85
    assert told["layout"]["slots"] > 1500
    assert told["register"]["yards"] == 300


@pytest.mark.slow
def test_an_appendix_is_whole_and_the_same() -> None:
    """What is written is read back as the same; of a long table of corners none is missing, in Word or in Excel."""
    told = figures("appendix", "--parcels", "300")
    assert told["same"]
    assert told["corners"]["found"] == {"word": told["corners"]["rows"], "excel": told["corners"]["rows"]}
