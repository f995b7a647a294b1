"""``python -m benchmarks NAME --json [--parcels N]``: one benchmark, one JSON object; without a name, their names."""

import argparse
import importlib
import json

NAMES = (
    "overlay",
    "drag",
    "analyse",
    "appendix",
    "compare",
    "coverage",
    "import",
    "parcels",
    "repair",
    "sheets",
    "terrain",
    "webmap",
    "yards",
)
# A module cannot have the name of a word of Python.
_MODULES = {"import": "importing"}


def main() -> None:
    """Run the benchmark that the command line names and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES, nargs="?")
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of indented text")
    parser.add_argument("--parcels", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--moves", type=int, default=10_000, help="drag: number of moves")
    parser.add_argument("--project", help="analyse, webmap: a demo project that is there, instead of a new one")
    options = parser.parse_args()
    if options.name is None:
        print("\n".join(NAMES))
        return
    figures = importlib.import_module(f"benchmarks.{_MODULES.get(options.name, options.name)}").run(options)
    print(json.dumps(figures, indent=None if options.json else 2, ensure_ascii=False))


if __name__ == "__main__":
    main()
