"""The program is named as it was called, so that what we suggest can be copied and run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import maturity
from maturity.command_line.program import program_name

MODULE = str(Path(maturity.__file__).with_name("__main__.py"))

# What was called, what a shell finds by that name, and how it is named; {here} is the folder.
CALLS = [
    ("{here}/bin/maturity", "{here}/bin/maturity", "maturity"),
    ("bin/maturity", "{here}/bin/maturity", "maturity"),
    (".venv/bin/maturity", None, ".venv/bin/maturity"),
    (".venv/bin/maturity", "{here}/bin/maturity", ".venv/bin/maturity"),
    ("{here}/.venv/bin/maturity", None, ".venv/bin/maturity"),
    ("{here}/maturity", None, "./maturity"),
    ("./maturity", None, "./maturity"),
    ("/elsewhere/my env/maturity", None, "'/elsewhere/my env/maturity'"),
    ("maturity", None, "maturity"),
    ("{here}/bin/pytest", None, "maturity"),
]


@pytest.mark.skipif(os.name == "nt", reason="the paths in the table are of the other systems")
@pytest.mark.parametrize(("called", "found", "expected"), CALLS)
def test_a_program_that_is_not_on_the_path_is_named_by_its_own(
    called: str,
    found: str | None,
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The plain name is for the program that a shell would find by it."""
    monkeypatch.chdir(tmp_path)
    answer = None if found is None else found.format(here=tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: answer)
    monkeypatch.setattr(sys, "argv", [called.format(here=tmp_path)])
    assert program_name() == expected


@pytest.mark.skipif(os.name == "nt", reason="the paths in the table are of the other systems")
@pytest.mark.parametrize(("is_found", "expected"), [(True, "python3"), (False, "env/bin/python3")])
def test_a_module_is_named_with_its_python(
    is_found: bool, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m maturity` is suggested to those who called it so."""
    monkeypatch.chdir(tmp_path)
    python = str(tmp_path / "env/bin/python3")
    monkeypatch.setattr("shutil.which", lambda _: python if is_found else None)
    monkeypatch.setattr(sys, "executable", python)
    monkeypatch.setattr(sys, "argv", [MODULE])
    assert program_name() == f"{expected} -m maturity"
