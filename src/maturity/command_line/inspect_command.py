"""Carry out `maturity inspect`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import get_terminal_size

from maturity.command_line.arguments import rubric_named
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.inspect_report import report_lines
from maturity.command_line.safe_text import say, wrapped
from maturity.errors import WorkbookError
from maturity.reading.inspect_workbook import inspect_workbook
from maturity.reading.rubric_file import load_rubric
from maturity.reading.shipped import shipped_names
from maturity.rubric import Rubric

__all__ = ["existing_file", "inspect"]


def inspect(file: str, rubric: str | None, *, as_json: bool) -> ExitCode:
    """Show what is in a workbook.

    Args:
        file: the workbook.
        rubric: a rubric whose layouts are tried as well; the shipped ones are always tried.
        as_json: whether to show one JSON document, not text.

    Returns:
        0.

    Raises:
        Misuse: when there is no such file or rubric.
        UnusableError: when the file is no workbook that can be read, or the rubric is wrong.
    """
    path = existing_file(file)
    rubrics = tuple(_rubrics(rubric))
    try:
        inspection = inspect_workbook(path, rubrics=rubrics)
    except WorkbookError as error:
        raise UnusableError(str(error)) from error
    if as_json:
        say(json.dumps({"schema": "maturity-inspect/1", **inspection.record()}, indent=1))
        return ExitCode.CLEAN
    width = get_terminal_size().columns
    for line in report_lines(inspection):
        depth = len(line) - len(line.lstrip())
        say(wrapped(line, max(width, 40), indent=" " * (depth + 2)))
    return ExitCode.CLEAN


def _rubrics(rubric: str | None) -> Iterator[Rubric]:
    names = shipped_names()
    if rubric is not None and rubric not in names:
        yield rubric_named(rubric)
    for name in names:
        yield load_rubric(name)


def existing_file(name: str) -> Path:
    """Give the path of a file.

    Raises:
        Misuse: when there is no such file.
    """
    path = Path(name)
    if path.is_dir():
        raise Misuse(f'"{path}" is a folder. Name one workbook.')
    if not path.exists():
        raise Misuse(f'There is no file "{path}". Check the name and the folder.')
    return path
