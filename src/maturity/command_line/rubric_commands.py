"""Carry out `maturity lint` and `maturity rubrics`."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import get_terminal_size

from maturity.command_line.arguments import existing_paths, is_absent
from maturity.command_line.endings import ExitCode, Misuse
from maturity.command_line.figures import number_of, title_of
from maturity.command_line.program import program_name
from maturity.command_line.safe_text import say, shown, wrapped
from maturity.errors import WorkbookError
from maturity.issues import CellLocation, FileLocation, Issue, Severity
from maturity.reading.against import lint_against
from maturity.reading.lint import lint_rubric
from maturity.reading.rubric_file import load_rubric
from maturity.reading.shipped import shipped_names

__all__ = ["lint", "list_rubrics"]

_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip; the older format of Excel
_RUBRIC_KEY = re.compile(rb"^rubric *:", re.MULTILINE)
_LAYOUT_KEY = re.compile(rb"^(layout|lookalike) *:", re.MULTILINE)
_BYTES_LOOKED_AT = 65_536


def lint(rubric: str, *, as_json: bool, against: Sequence[str] = ()) -> ExitCode:
    """Check a rubric and show every problem.

    Args:
        rubric: a shipped rubric's name, a folder or a file.
        as_json: whether to show one JSON document, not text.
        against: workbooks to check it together with.

    Returns:
        1 when there are errors or queries, else 0; 3 when a workbook could not be used.

    Raises:
        Misuse: when there is no such rubric or workbook, or it is a layout or a workbook.
    """
    workbooks = list(existing_paths(against))
    if rubric not in shipped_names():
        _refuse_other_kinds(Path(rubric))
    issues = lint_rubric(rubric)
    if is_absent(issues):
        raise Misuse("\n".join(map(str, issues)))
    groups = {rubric: issues}
    is_sound = all(issue.severity is not Severity.ERROR for issue in issues)
    unusable = False
    for path in workbooks:
        groups[str(path)], is_refused = _against(rubric, path) if is_sound else ((), False)
        unusable = unusable or is_refused
    every = [issue for group in groups.values() for issue in group]
    counts = Counter(issue.severity for issue in every)
    if as_json:
        _print_json(rubric, list(map(str, workbooks)), every, counts)
    else:
        for name, group in groups.items():
            _print_group(name, group, is_checked=is_sound or name == rubric)
    found_any = counts[Severity.ERROR] + counts[Severity.QUERY]
    if unusable:
        return ExitCode.UNUSABLE
    return ExitCode.ISSUES if found_any else ExitCode.CLEAN


def _against(rubric: str, path: Path) -> tuple[tuple[Issue, ...], bool]:
    """Check a sound rubric together with a workbook; say also whether that could not be read."""
    try:
        return lint_against(rubric, path), False
    except WorkbookError as error:
        return error.issues, True


def _print_group(name: str, issues: Sequence[Issue], *, is_checked: bool) -> None:
    """Print the issues of a rubric or workbook, and how many there are."""
    for issue in issues:
        say(_fitting(f"{issue}"))
    counts = Counter(issue.severity for issue in issues)
    found = ", ".join(number_of(counts[severity], severity.value) for severity in Severity)
    words = found if issues else "no issues"
    if not is_checked:
        words = "not checked, because the rubric has errors"
    say(_fitting(f"{name}: {words}"))


def _refuse_other_kinds(path: Path) -> None:
    """Say what a file is when it is plainly no rubric, in place of a fault for each of its keys."""
    start = b""
    with suppress(OSError):  # what cannot be read is told by the linter
        if path.is_file():
            with path.open("rb") as file:
                start = file.read(_BYTES_LOOKED_AT)
    if start.startswith(_WORKBOOK_STARTS):
        raise Misuse(
            f'"{path}": this is a workbook, not a rubric. Lint the rubric it is scored with;'
            f" to check the workbook: {program_name()} score --issues {shlex.quote(str(path))}"
        )
    if _LAYOUT_KEY.search(start) and not _RUBRIC_KEY.search(start):
        folder = path.absolute().parent.parent
        command = f": {program_name()} lint {shlex.quote(str(path.parent.parent))}"
        known = path.parent.name == "layouts" and (folder / "rubric.yaml").is_file()
        raise Misuse(
            f'"{path}": this is a layout; lint the folder of its rubric{command if known else "."}'
        )


def _fitting(line: str) -> str:
    """Break a line between words on a terminal; in a pipe or a file it stays one line."""
    if not sys.stdout.isatty():
        return shown(line)
    return wrapped(line, get_terminal_size().columns, indent="  ")


def _print_json(
    rubric: str, workbooks: Sequence[str], issues: Sequence[Issue], counts: Counter[Severity]
) -> None:
    document = {
        "schema": "maturity-lint/1",
        "rubric": rubric,
        "against": workbooks,
        "issues": [{**_place(issue), **issue.record()} for issue in issues],
        "counts": {
            "errors": counts[Severity.ERROR],
            "queries": counts[Severity.QUERY],
            "notes": counts[Severity.NOTE],
        },
    }
    say(json.dumps(document, indent=1))


def _place(issue: Issue) -> dict[str, object]:
    match issue.location:
        case FileLocation(file, line, column):
            return {"file": file, "line": line, "column": column}
        case CellLocation(file):
            return {"file": file, "line": None, "column": None}
    return {"file": None, "line": None, "column": None}


def list_rubrics() -> ExitCode:
    """Show the rubrics that come with this library.

    Returns:
        0.
    """
    for name in shipped_names():
        rubric = load_rubric(name)
        say(wrapped(f"{name}  {title_of(rubric)}", get_terminal_size().columns, indent="  "))
        criteria = number_of(len(rubric.criteria), "criterion").replace("criterions", "criteria")
        say(
            f"  {number_of(len(rubric.domains), 'domain')}, {criteria},"
            f" {number_of(len(rubric.levels), 'level')}; status: {rubric.status}"
        )
    return ExitCode.CLEAN
