"""The example script and the example notebook run as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest

# The kernel's own dependencies warn about their event loops, which is none of ours.
pytestmark = pytest.mark.filterwarnings("default")


def test_the_script_prints_a_table_of_areas(root: Path) -> None:
    """Every area with a score is a row, and the commonest problem is named."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(root / "examples" / "compare_areas.py")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Merrowdale" in done.stdout
    assert "illustrative" in done.stdout
    assert "level-between" in done.stdout


def test_the_notebook_runs_from_top_to_bottom(root: Path) -> None:
    """Every cell runs, and the last one compares two ways of scoring."""
    notebook = nbformat.read(  # type: ignore[no-untyped-call] # nbformat has no types
        root / "examples" / "explore.ipynb", as_version=4
    )
    assert not any(cell.get("outputs") for cell in notebook.cells), "commit it without outputs"
    client = nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(root / "examples")}}
    )
    client.execute()
    last = notebook.cells[-1]["outputs"][-1]["data"]["text/plain"]
    assert "median" in last
    assert "LG" in last
