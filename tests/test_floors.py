"""The floors hold: imports run downwards only, and the command line answers without loading the house."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_imports_run_downwards_only() -> None:
    """The contracts of import-linter are kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_loads_no_heavy_library() -> None:
    """--help answers from a table; geopandas, folium and the like stay on the shelf."""
    heavy = "{'numpy', 'pandas', 'geopandas', 'shapely', 'folium', 'pyogrio', 'rasterio', 'xlsxwriter', 'rich'}"
    script = f"import sys; from desk.cli.app import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]"), done.stdout[-200:]


def test_json_loads_nothing_that_draws() -> None:
    """A program that reads JSON does not wait for tables and bars that nobody sees."""
    script = "import sys; from desk.cli import show; show.as_json({}); print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["{}", "False"]
