"""Whenever a writer is killed, its target is absent, as it was, or whole; the next run tidies up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="Windows copies no process and has no such kill"),
]

SEED = 20261124


def killed(root: Path, folder: Path, writer: str, kills: int) -> dict[str, Any]:
    """Kill a writer again and again, in a process that has no threads yet."""
    script = str(root / "tests" / "killed_writers.py")
    paths = os.pathsep.join(map(str, (root / "src", root / "tests")))
    ended = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, script, writer, str(folder), str(kills), str(SEED)],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
    )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(
    ("writer", "kills"),
    [
        ("bytes", 200),
        ("parts", 20),
        ("pair", 20),
        ("json", 20),
        ("workbook", 20),
        ("template", 20),
        ("cohort", 20),
        ("csv", 20),
        ("parquet", 20),
        ("outcomes", 20),
    ],
)
def test_a_killed_writer_leaves_nothing_half(
    root: Path, tmp_path: Path, writer: str, kills: int
) -> None:
    """Nearly all kills fall into a write, and many while a passing file is there."""
    found = killed(root, tmp_path, writer, kills)
    assert found["wrong"] == []
    assert found["inside"] >= 0.9 * kills
    assert found["leftovers"] >= max(1, 0.1 * kills)
    states = [found[state] for state in ("absent", "as before", "new")]
    assert sum(states) == kills * found["files"]
    assert all(states) or kills < 200
    assert found["looked after"] >= 0.2 * kills


def test_a_careless_writer_is_found_out(root: Path, tmp_path: Path) -> None:
    """Or else the test above would prove nothing."""
    assert killed(root, tmp_path, "careless", 40)["wrong"]
