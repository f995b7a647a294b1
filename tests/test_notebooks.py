"""The gallery runs: every notebook, from its first cell to its last."""

import os
from pathlib import Path

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what the kernel's own libraries deprecate is not ours
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook that needs something says so in its metadata; where it is not set, it is not run."""
    notebook = nbformat.read(path, as_version=4)
    needed = notebook.metadata.get("mocgioi", {}).get("needs")
    if needed and not os.environ.get(needed):
        pytest.skip(f"{needed} is not set")
    if needed:
        monkeypatch.setenv(needed, str(Path(os.environ[needed]).resolve()))
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    """Outputs would carry the paths and the numbers of somebody's machine."""
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
