"""Carry out `maturity compare`: what moved between two returns of one area, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction

from rich.console import Console

from maturity.cohort.comparison import Comparability, Comparison, ScoreMovement, compare
from maturity.command_line.arguments import existing_paths, rubric_named
from maturity.command_line.endings import ExitCode, Misuse, UnusableError
from maturity.command_line.figures import NO_SCORE, number_of
from maturity.command_line.safe_text import say, shown, wrapped
from maturity.command_line.terminal import console_for, plain_table, print_table
from maturity.errors import MaturityError
from maturity.reading.assessment_workbook import read_assessment
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.scoring.engine import score

__all__ = ["compare_returns"]

_SHOWN_ROLLUPS = ("domain", "principle", "overall")
_MOST_CAUSES = 3
_STATES = {
    Comparability.COMPARED: "",
    Comparability.WITH_CARE: "with care",
    Comparability.NOT_COMPARED: "not compared",
}


def compare_returns(before: str, after: str, rubric: str, *, as_json: bool) -> ExitCode:
    """Score two returns and show what moved between them.

    Args:
        before: the earlier return.
        after: the later return.
        rubric: a shipped rubric's name, a folder or a file.
        as_json: whether to show one JSON document, not text.

    Returns:
        1 when something cannot be compared, or only with care, else 0.

    Raises:
        Misuse: when a file is not there.
        UnusableError: when one of them cannot be used.
    """
    loaded = rubric_named(rubric)
    comparison = compare(_scored(before, loaded), _scored(after, loaded))
    if as_json:
        say(json.dumps(_document(comparison), indent=1))
    else:
        _show(console_for(sys.stdout), comparison)
    return ExitCode.ISSUES if comparison.all_issues else ExitCode.CLEAN


def _scored(name: str, rubric: Rubric) -> Result:
    paths = list(existing_paths([name]))
    if len(paths) > 1 or paths[0].is_dir():
        raise Misuse(f'"{name}" is not one file. For folders: maturity cohort NEW --before OLD.')
    try:
        return score(read_assessment(paths[0], rubric))
    except MaturityError as error:
        raise UnusableError(str(error)) from error


def _document(comparison: Comparison) -> dict[str, object]:
    rows = [{**row, "causes": []} for row in comparison.records()]
    for row, movement in zip(rows, comparison.scores, strict=False):
        row["causes"] = [
            {
                "id": cause.id,
                "rating": cause.rating,
                "before": _number(cause.before),
                "after": _number(cause.after),
                "effect": _number(cause.effect),
            }
            for cause in movement.causes
        ]
    return {
        "schema": "maturity-comparison/1",
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "rows": rows,
        "issues": [issue.record() for issue in comparison.all_issues],
    }


def _side(result: Result) -> dict[str, object]:
    assessment, rubric = result.assessment, result.rubric
    return {
        "area": assessment.area,
        "date": None if assessment.date is None else assessment.date.isoformat(),
        "source": assessment.source,
        "source_digest": assessment.source_digest,
        "rubric": rubric.id,
        "version": rubric.version,
        "rubric_digest": rubric.digest,
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _show(console: Console, comparison: Comparison) -> None:
    area = comparison.after.assessment.area or comparison.after.assessment.source
    names = [r.assessment.source for r in (comparison.before, comparison.after)]
    console.print(shown(f"{area}: from {names[0]} to {names[1]}"), style="bold", soft_wrap=True)
    table = plain_table("id", "what moved it, largest first", ">before", ">after", ">moved", "")
    found = {row.score for row in comparison.scores}
    rollups = [each for each in _SHOWN_ROLLUPS if each in found] or sorted(found)[:1]
    for row in comparison.scores:
        if row.score in rollups:
            figures = [_figure(value) for value in (row.before, row.after)]
            cells = [row.id, "; ".join(_causes(row)), *figures, _signed(row.change)]
            table.add_row(*map(shown, cells), _STATES[row.state])
    print_table(console, table)
    for issue in comparison.all_issues:
        line = f"{issue.message} {issue.remedy} [{issue.code.value}]"
        console.print(wrapped(line, console.width, indent="  "), soft_wrap=True)
    moved = [row for row in comparison.criteria if row.change]
    up = sum(row.change is not None and row.change > 0 for row in moved)
    criteria = f"{len(comparison.criteria)} criteria"
    console.print(f"{up} of {criteria} went up, {len(moved) - up} went down.", soft_wrap=True)
    if comparison.all_issues:
        count = number_of(len(comparison.all_issues), "reason")
        console.print(f"{count} to read this with care.", soft_wrap=True)


def _causes(row: ScoreMovement) -> Iterator[str]:
    for cause in row.causes[:_MOST_CAUSES]:
        effect = "" if cause.effect is None else f" {_signed(cause.effect)}"
        yield f"{cause.id or 'what is counted'}{effect}"
    if len(row.causes) > _MOST_CAUSES:
        yield f"{len(row.causes) - _MOST_CAUSES} more"


def _figure(value: Fraction | None) -> str:
    return NO_SCORE if value is None else f"{float(value):.2f}"


def _signed(value: Fraction | None) -> str:
    return NO_SCORE if value is None else f"{float(value):+.2f}"
