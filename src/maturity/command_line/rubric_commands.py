"""Carry out `maturity lint` and `maturity rubrics`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from maturity.command_line.arguments import is_absent
from maturity.command_line.endings import ExitCode, Misuse
from maturity.command_line.figures import number_of, title_of
from maturity.command_line.safe_text import say, shown
from maturity.issues import CellLocation, FileLocation, Issue, Severity
from maturity.reading.lint import lint_rubric
from maturity.reading.rubric_file import load_rubric
from maturity.reading.shipped import shipped_names

__all__ = ["lint", "list_rubrics"]


def lint(rubric: str, *, as_json: bool) -> ExitCode:
    """Check a rubric and show every problem.

    Args:
        rubric: a shipped rubric's name, a folder or a file.
        as_json: whether to show one JSON document, not text.

    Returns:
        1 when there are errors or queries, else 0.

    Raises:
        Misuse: when there is no such rubric.
    """
    issues = lint_rubric(rubric)
    if is_absent(issues):
        raise Misuse("\n".join(map(str, issues)))
    counts = Counter(issue.severity for issue in issues)
    if as_json:
        _print_json(rubric, issues, counts)
    else:
        for issue in issues:
            say(shown(f"{issue}"))
        found = ", ".join(number_of(counts[severity], severity.value) for severity in Severity)
        say(f"{shown(rubric)}: {found if issues else 'no issues'}")
    found_any = counts[Severity.ERROR] + counts[Severity.QUERY]
    return ExitCode.ISSUES if found_any else ExitCode.CLEAN


def _print_json(rubric: str, issues: Sequence[Issue], counts: Counter[Severity]) -> None:
    document = {
        "schema": "maturity-lint/1",
        "rubric": rubric,
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
        say(f"{name}  {title_of(rubric)}")
        criteria = number_of(len(rubric.criteria), "criterion").replace("criterions", "criteria")
        say(
            f"  {number_of(len(rubric.domains), 'domain')}, {criteria},"
            f" {number_of(len(rubric.levels), 'level')}; status: {rubric.status}"
        )
    return ExitCode.CLEAN
