"""Carry out `maturity lint`, `maturity template` and `maturity rubrics`."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.command_line.figures import number_of
from maturity.command_line.misuse import Misuse, UnusableError, is_absent, rubric_named
from maturity.command_line.terminal import console_for, shown, wrapped
from maturity.errors import RubricError, WriteError
from maturity.issues import CellLocation, FileLocation, Issue, Severity

if TYPE_CHECKING:
    from maturity.rubric import Rubric

__all__ = ["lint_rubrics", "list_rubrics", "make_template"]

_CLEAN, _ISSUES = 0, 1


def lint_rubrics(rubric: str, *, as_json: bool) -> int:
    """Check a rubric and show every problem.

    Args:
        rubric: a shipped rubric's name, a folder or a file.
        as_json: whether to show one JSON document, not text.

    Returns:
        1 when there are errors or queries, else 0.

    Raises:
        Misuse: when there is no such rubric.
    """
    from maturity.reading.lint import lint_rubric

    issues = lint_rubric(rubric)
    if issues and is_absent(RubricError(*issues)):
        raise Misuse("\n".join(map(str, issues)))
    counts = Counter(issue.severity for issue in issues)
    if as_json:
        _print_json(rubric, issues, counts)
    else:
        for issue in issues:
            _say(shown(f"{issue}"))
        found = ", ".join(number_of(counts[severity], severity.value) for severity in Severity)
        _say(f"{shown(rubric)}: {found if issues else 'no issues'}")
    return _ISSUES if counts[Severity.ERROR] + counts[Severity.QUERY] else _CLEAN


def _print_json(rubric: str, issues: Sequence[Issue], counts: Counter[Severity]) -> None:
    import json

    document = {
        "schema": "maturity-lint/1",
        "rubric": rubric,
        "issues": [{**_place(issue), **issue.record()} for issue in issues],
        "counts": {"errors": counts[Severity.ERROR], "queries": counts[Severity.QUERY],
                   "notes": counts[Severity.NOTE]},
    }
    _say(json.dumps(document, indent=1))


def _place(issue: Issue) -> dict[str, object]:
    match issue.location:
        case FileLocation(file, line, column):
            return {"file": file, "line": line, "column": column}
        case CellLocation(file):
            return {"file": file, "line": None, "column": None}
    return {"file": None, "line": None, "column": None}


def make_template(
    rubric: str, output: Path, *, created: datetime.datetime, overwrite: bool
) -> int:
    """Write the blank workbook to send out.

    Args:
        rubric: a shipped rubric's name, a folder or a file.
        output: the workbook to write.
        created: the date to write into it.
        overwrite: whether a file that is there already may be replaced.

    Returns:
        0.

    Raises:
        Misuse: when it cannot be written there.
        UnusableError: when the rubric is wrong.
    """
    from maturity.writing.template import write_template

    if output.is_dir():
        raise Misuse(f'"{output}" is a folder. Name the workbook too: -o {output / "blank.xlsx"}.')
    if output.exists() and not overwrite:
        # It may be a return that somebody has filled in.
        raise Misuse(f'"{output}" is there already. Choose another name, or add --overwrite.')
    loaded = rubric_named(rubric)
    try:
        write_template(loaded, output, created=created)
    except WriteError as error:
        raise UnusableError(str(error)) from error
    _say(f"{shown(output)} is written: {_title_of(loaded)}.")
    if loaded.status_note:
        _say(wrapped(loaded.status_note, console_for(sys.stdout).width))
    option = "" if rubric == "local-partnership" else f" --rubric {shown(rubric)}"
    _say(f"When it comes back: maturity score RETURN.xlsx -o results{option}")
    return _CLEAN


def list_rubrics() -> int:
    """Show the rubrics that come with this library.

    Returns:
        0.
    """
    from maturity.reading.rubric_file import load_rubric
    from maturity.reading.shipped import shipped_names

    for name in shipped_names():
        rubric = load_rubric(name)
        _say(f"{name}  {_title_of(rubric)}")
        criteria = number_of(len(rubric.criteria), "criterion").replace("criterions", "criteria")
        _say(f"  {number_of(len(rubric.domains), 'domain')}, {criteria},"
             f" {number_of(len(rubric.levels), 'level')}; status: {rubric.status}")
    return _CLEAN


def _title_of(rubric: Rubric) -> str:
    return f"{shown(rubric.title)}, version {shown(rubric.version)}"


def _say(text: str) -> None:
    print(text)  # noqa: T201 - the command line talks
