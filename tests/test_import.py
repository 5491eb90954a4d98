"""Importing the library is silent and quick, and loads nothing that is not used."""

from __future__ import annotations

import inspect
import os
import statistics
import subprocess
import sys
import time

import pytest

import maturity

HEAVY = {
    "pydantic",
    "yaml",
    "xlsxwriter",
    "xlrd",
    "openpyxl",
    "python_calamine",
    "typer",
    "click",
    "rich",
    "pandas",
    "numpy",
}
WRITERS = {"xlsxwriter", "maturity.writing"}
LEGACY_READERS = {"xlrd", "python_calamine", "openpyxl"}
FACES = {"typer", "click", "rich", "pandas", "maturity.cli", "maturity.command_line"}

# What is used | what it has no business to load.
NOT_LOADED = [
    ("maturity", HEAVY | {"maturity.areas"}),
    ("maturity.__version__", HEAVY),
    ("maturity.Issue", HEAVY),
    ("maturity.load_rubric('local-partnership')", WRITERS | LEGACY_READERS | FACES),
    ("maturity.read_assessment", WRITERS | LEGACY_READERS | FACES),
    ("maturity.score", WRITERS | LEGACY_READERS | FACES | {"maturity.reading"}),
    ("maturity.diff_rubrics", WRITERS | LEGACY_READERS | FACES | {"maturity.reading"}),
    ("maturity.carry_over", WRITERS | LEGACY_READERS | FACES | {"maturity.reading"}),
    ("maturity.load_changes", WRITERS | LEGACY_READERS | FACES),
    ("maturity.score_files", WRITERS | LEGACY_READERS | FACES),
    ("maturity.gather_cohort", WRITERS | LEGACY_READERS | FACES | {"maturity.reading"}),
    ("maturity.compare", WRITERS | LEGACY_READERS | FACES | {"maturity.reading"}),
    ("maturity.find_area('330')", HEAVY | {"maturity.cohort"}),
    ("maturity.write_cohort", LEGACY_READERS | FACES | {"maturity.reading", "pyarrow"}),
    ("maturity.write_tables", LEGACY_READERS | FACES | {"xlsxwriter", "pyarrow"}),
    ("maturity.inspect_workbook", WRITERS | LEGACY_READERS | FACES),
    ("maturity.draft_rubric", WRITERS | LEGACY_READERS | FACES),
    ("maturity.write_json", LEGACY_READERS | FACES | {"xlsxwriter", "maturity.reading"}),
    ("maturity.write_template", LEGACY_READERS | FACES | {"maturity.reading"}),
    ("maturity.write_workbook", LEGACY_READERS | FACES | {"maturity.reading"}),
]

WATCHED_IMPORT = """
import logging, os, sys, sysconfig, threading

libraries = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
source = os.environ["MATURITY_SOURCE"]
homes = tuple(os.path.realpath(path) for path in (*libraries, source))
seen = []

def watch(event, arguments):
    if event in {"socket.connect", "subprocess.Popen", "os.mkdir", "os.remove"}:
        seen.append(event)
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, mode, _ = arguments
        path = os.path.realpath(os.fsdecode(path))
        if (mode or "r")[0] not in "r" or not path.startswith(homes):
            seen.append(f"{event} {path} {mode}")

filters = None
sys.addaudithook(watch)
import warnings
filters = list(warnings.filters)
import maturity
assert not seen, seen
assert threading.active_count() == 1, threading.enumerate()
assert not logging.getLogger().handlers and not logging.getLogger("maturity").handlers
assert warnings.filters == filters, warnings.filters
"""


def python(code: str, *options: str, **environment: str) -> str:
    """Run code in an interpreter of its own and give what it printed."""
    command = [sys.executable, "-W", "error", *options, "-c", code]
    done = subprocess.run(  # noqa: S603 - our own code
        command,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**_environment(), **environment},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def _environment() -> dict[str, str]:
    # Coverage of subprocesses would open files and load modules of its own.
    return {key: value for key, value in os.environ.items() if not key.startswith("COV")}


def test_import_leaves_no_trace() -> None:
    """Importing prints nothing, opens only code, and sets up no logging, threads or filters."""
    source = inspect.getfile(maturity).rpartition("__init__")[0]
    assert python(WATCHED_IMPORT, "-B", MATURITY_SOURCE=source) == ""


@pytest.mark.parametrize(("expression", "unwanted"), NOT_LOADED)
def test_use_loads_nothing_else(expression: str, unwanted: set[str]) -> None:
    """A reader is loaded to read, a writer to write and a command line for the command line."""
    printed = python(f"import maturity, sys; {expression}; print(*sys.modules, sep='\\n')")
    assert not unwanted & set(printed.split())


def test_import_takes_less_than_a_tenth_of_a_second() -> None:
    """Importing costs less than 100 ms beside starting Python, by medians taken in turn."""
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(9):
        for code, times in (("pass", bare), ("import maturity", ours)):
            start = time.perf_counter()
            python(code)
            times.append(time.perf_counter() - start)
    assert statistics.median(ours) - statistics.median(bare) < 0.100


@pytest.mark.parametrize("name", [name for name in maturity.__all__ if not name.startswith("_")])
def test_public_names_exist_and_are_documented(name: str) -> None:
    """Everything listed in `__all__` can be imported and says what it is for."""
    item = getattr(maturity, name)
    documentation = item.__dict__.get("__doc__") if inspect.isclass(item) else item.__doc__
    assert documentation, name
    assert not documentation.startswith(f"{name}("), "made by dataclass"
    assert documentation.splitlines()[0].endswith((".", ":"))


def test_dir_lists_the_public_names() -> None:
    """Completion in a notebook offers the public names and nothing else."""
    assert dir(maturity) == sorted(maturity.__all__)


def test_unknown_names_are_refused() -> None:
    """A misspelt name is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="scoer"):
        maturity.scoer  # noqa: B018 - reading it is the test
