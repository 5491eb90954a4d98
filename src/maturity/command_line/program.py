"""Name this program as it was called, so that the commands we suggest can be copied and run."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

import maturity

__all__ = ["DEFAULT_RUBRIC", "program_name", "rubric_option"]

DEFAULT_RUBRIC = "local-partnership"
"""The rubric under which returns are scored when none is named."""

_NAME = "maturity"


def program_name() -> str:
    """Say how this program is called from where the caller is.

    Returns:
        `maturity` when a shell finds this very program by that name, or when something else than
        a command line uses us; otherwise its path, or the call of Python with `-m maturity`.
    """
    called = sys.argv[0]
    if Path(called) == Path(maturity.__file__).with_name("__main__.py"):
        return f"{_as_called(sys.executable)} -m {_NAME}"
    is_ours = Path(called).name.removesuffix(".exe") == _NAME
    return _as_called(called) if is_ours and os.path.dirname(called) else _NAME  # noqa: PTH120 - Path forgets "./"


def rubric_option(named: str) -> str:
    """Give what must follow a suggested command so that it uses the same rubric.

    >>> rubric_option("my rubric.yaml"), rubric_option(DEFAULT_RUBRIC)
    (" --rubric 'my rubric.yaml'", '')
    """
    return "" if named == DEFAULT_RUBRIC else f" --rubric {shlex.quote(named)}"


def _as_called(program: str) -> str:
    """Give the shortest way to call a program: its name, or else a path from here."""
    name = Path(program).name
    found = shutil.which(name)
    # Links are not followed: the Pythons of two environments may be links to one and the same.
    if found is not None and _folder_of(found) == _folder_of(program):
        return shlex.quote(name.removesuffix(".exe"))
    path = Path(program)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        program = str(path.relative_to(Path.cwd()))
        if program == name:  # without a folder, a shell would look for it elsewhere
            program = os.path.join(os.curdir, name)  # noqa: PTH118 - Path forgets "./"
    return shlex.quote(program)


def _folder_of(program: str) -> Path:
    return Path(os.path.abspath(program)).parent  # noqa: PTH100 - Path.resolve follows links
