"""Carry out `maturity diff`: compare two versions of a rubric, and carry a return over."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from maturity.assessment import Assessment
from maturity.changes import ChangeMap
from maturity.command_line.arguments import existing_paths, is_absent, rubric_named
from maturity.command_line.diff_report import show_diff
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.return_report import show_issues
from maturity.command_line.safe_text import say, shown
from maturity.command_line.terminal import console_for
from maturity.comparing.carry import carry_over
from maturity.comparing.diff import diff_rubrics
from maturity.errors import MaturityError, RubricError, WriteError
from maturity.issues import Issue
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.changes_file import find_changes, load_changes
from maturity.rubric import Rubric
from maturity.rubric_diff import RubricDiff
from maturity.scoring.engine import score
from maturity.writing.data import write_json

__all__ = ["DiffOptions", "diff"]


class DiffOptions(NamedTuple):
    """What was asked for on the command line; `maturity.cli` says what each option does."""

    old: str
    new: str
    changes: Path | None = None
    carry: str | None = None
    output: Path | None = None
    as_json: bool = False


class _Carried(NamedTuple):
    assessment: Assessment
    found: tuple[Issue, ...]


def diff(options: DiffOptions, *, created: datetime.datetime) -> ExitCode:
    """Compare two versions of a rubric and show what differs; carry a return over if asked to.

    Args:
        options: what was asked for.
        created: the date to write into the file.

    Returns:
        1 when they differ, else 0.

    Raises:
        Misuse: when there is no such rubric or file, or the options do not go together.
        UnusableError: when a rubric, the change map or the return cannot be used, or the file
            cannot be written.
    """
    path = _return(options)
    old, new = rubric_named(options.old), rubric_named(options.new)
    changes = _changes(options, old, new)
    found = diff_rubrics(old, new, changes)
    carried = None if path is None else _carried(path, old, new, changes)
    if options.output is not None and carried is not None and path is not None:
        _write(carried.assessment, options.output, path, created)
    if options.as_json:
        _print_json(found, carried)
    else:
        _print_text(found, carried, options.output)
    return ExitCode.ISSUES if found.changes else ExitCode.CLEAN


def _return(options: DiffOptions) -> Path | None:
    if options.carry is None:
        if options.output is not None:
            raise Misuse("There is nothing to write to a file. Name a return with --carry.")
        return None
    output = options.output
    if output is not None and output.suffix.lower() != ".json":
        raise Misuse(
            f'"{output}" is not the name of a JSON file. Give one such as -o carried.json.'
        )
    paths = list(existing_paths([options.carry]))
    if len(paths) > 1 or paths[0].is_dir():
        raise Misuse(f'"{options.carry}" is not one file. Name one return to carry over.')
    return paths[0]


def _changes(options: DiffOptions, old: Rubric, new: Rubric) -> ChangeMap | None:
    try:
        if options.changes is not None:
            return load_changes(options.changes, old=old, new=new)
        return find_changes(options.new, old, new)
    except RubricError as error:
        if is_absent(error.issues):
            raise Misuse(str(error)) from error
        reasons = "\n".join(f"  {issue}" for issue in error.issues)
        raise UnusableError(f"The change map cannot be used:\n{reasons}") from error


def _carried(path: Path, old: Rubric, new: Rubric, changes: ChangeMap | None) -> _Carried:
    try:
        assessment = read_assessment(path, old)
    except MaturityError as error:
        reasons = "\n".join(f"  {issue}" for issue in error.issues)
        raise UnusableError(f"The return cannot be carried over:\n{reasons}") from error
    carried = carry_over(assessment, new, changes)
    # What was said in reading follows what is said of carrying over.
    said = len(carried.issues) - len(assessment.issues)
    return _Carried(carried, carried.issues[:said])


def _write(assessment: Assessment, output: Path, path: Path, created: datetime.datetime) -> None:
    try:
        write_json(score(assessment), output, created=created, source=path)
    except WriteError as error:
        raise UnusableError(str(error)) from error


def _print_text(found: RubricDiff, carried: _Carried | None, output: Path | None) -> None:
    console = console_for(sys.stdout)
    show_diff(console, found)
    if carried is not None:
        console.print(f"\n{shown(carried.assessment.source)}", style="bold", soft_wrap=True)
        show_issues(console, carried.found)
        if output is not None:
            say(f"Scored under version {shown(found.new.version)}: {shown(output)}")


def _print_json(found: RubricDiff, carried: _Carried | None) -> None:
    document: dict[str, object] = {
        "schema": "maturity-diff/1",
        "old": _named(found.old),
        "new": _named(found.new),
        "has_change_map": found.change_map is not None,
        "consequence": found.consequence.value,
        "changes": found.records(),
        "scores": [
            {**each._asdict(), "consequence": each.consequence.value} for each in found.scores
        ],
        "suggestions": [each._asdict() for each in found.suggestions],
    }
    if carried is not None:
        document["carried"] = {
            "source": carried.assessment.source,
            "answers": carried.assessment.records(),
            "issues": _records(carried.found),
        }
    say(json.dumps(document, indent=1))


def _named(rubric: Rubric) -> dict[str, str]:
    return {"id": rubric.id, "version": rubric.version, "digest": rubric.digest}


def _records(issues: Sequence[Issue]) -> list[dict[str, str | None]]:
    return [issue.record() for issue in issues]
