"""Show one return to a person: its scores in full, and what to mend in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from maturity.batch import FileOutcome
from maturity.batch.records import record_of
from maturity.command_line.figures import (
    bounds_of,
    coverage_of,
    number_of,
    place_of,
    two_decimals,
)
from maturity.command_line.reconcile_report import in_a_sentence
from maturity.command_line.safe_text import shown, wrapped
from maturity.command_line.tally import area_of
from maturity.command_line.terminal import plain_table, print_table
from maturity.issues import Issue, Severity
from maturity.result import Result, Score
from maturity.rubric import RollUp

__all__ = ["COLOURS", "show_issues", "show_return"]

COLOURS = {Severity.ERROR: "red", Severity.QUERY: "yellow", Severity.NOTE: "cyan"}
_MOST_ISSUES = 8


def show_return(
    console: Console, outcome: FileOutcome, result: Result, *, with_all_issues: bool
) -> None:
    """Print one return: who, how complete, its domains and principles, what to mend.

    Args:
        console: where to print.
        outcome: the file it came from.
        result: what it scored.
        with_all_issues: whether every issue is listed, not only the worst errors and queries.
    """
    title = wrapped(_title(outcome, result), console.width, indent="  ")
    console.print(title, style="bold", soft_wrap=True)
    rollups = _rollups_to_show(result)
    for rollup in rollups:
        console.print()
        print_table(console, _table(rollup, result))
        if rollup is rollups[0]:  # for the others the same cells are missing
            _show_reasons(console, result.by_rollup.get(rollup.score, {}).values())
    if result.overall is not None:
        score = result.overall
        console.print(f"\nOverall: {two_decimals(score.value)} {score.band or ''}".rstrip())
        _show_reasons(console, [score])
    if result.assessment.stated:
        words = in_a_sentence(result.reconciliation)
        console.print(f"\n{wrapped(words, console.width, indent='  ')}", soft_wrap=True)
    issues = _worst_first(outcome.issues)
    if not with_all_issues:
        issues = [issue for issue in issues if issue.severity is not Severity.NOTE]
        issues = issues[:_MOST_ISSUES]
    if issues:
        console.print()
        show_issues(console, issues)
    if len(issues) < len(outcome.issues):
        more = "more " if issues else ""
        count = number_of(len(outcome.issues) - len(issues), f"{more}issue")
        console.print(f"\n{count} not shown here: add --issues to see all of them.")


def _title(outcome: FileOutcome, result: Result) -> str:
    record = record_of(outcome)
    given, possible, counts = record.answered, record.answerable, record.issues or {}
    found = ", ".join(number_of(counts.get(each, 0), each.value) for each in Severity)
    date = result.assessment.date
    when = "" if date is None else f", {date.day} {date:%B %Y}"
    return f"{shown(area_of(record))}{when}: {given} of {possible} answered; {found}"


def _rollups_to_show(result: Result) -> Sequence[RollUp]:
    """Choose the domains and principles; in a rubric without these, what comes first."""
    rollups = result.rubric.scoring.rollups
    usual = [rollup for rollup in rollups if rollup.score in {"domain", "principle"}]
    return usual or rollups[:1]


def _table(rollup: RollUp, result: Result) -> Table:
    scores = result.by_rollup.get(rollup.score, {})
    has_bounds = any(bounds_of(score) for score in scores.values())
    title = shown(rollup.title or rollup.score.replace("_", " ").capitalize())
    table = plain_table("", title, ">score", "band", ">coverage", *["could be"] * has_bounds)
    titles = _titles(rollup, result)
    for key, score in scores.items():
        name = titles.get(key, key)
        # An id that is the title in small letters says nothing more.
        identity = "" if key.casefold() == name.casefold() else shown(key)
        bounds = [bounds_of(score)] * has_bounds
        figures = (two_decimals(score.value), shown(score.band or ""), coverage_of(score))
        table.add_row(identity, shown(name), *figures, *bounds)
    return table


def _titles(rollup: RollUp, result: Result) -> Mapping[str, str]:
    """Give each score's title, where the roll-up groups by one facet."""
    facets = rollup.grouping
    return result.rubric.facet_members(facets[0]) if len(facets) == 1 else {}


def _show_reasons(console: Console, scores: Iterable[Score]) -> None:
    for score in scores:
        if score.reason:
            line = wrapped(f"{score.id}: {score.reason}", console.width - 2, indent="  ")
            console.print("  " + line.replace("\n", "\n  "), soft_wrap=True)


def show_issues(console: Console, issues: Iterable[Issue]) -> None:
    """Print issues, worst first: severity, cell, sentence, remedy and code.

    On a terminal they are broken into lines; in a pipe or a file each is one line.
    """
    for issue in _worst_first(issues):
        place = place_of(issue)
        words = " ".join(filter(None, (place and place + ":", issue.message, issue.remedy)))
        line = f"{issue.severity.value:<5}  {shown(words)} [{issue.code.value}]"
        if console.is_terminal:
            line = wrapped(line, console.width - 2, indent=" " * 7)
        console.print(
            "\n".join("  " + part for part in line.splitlines()),
            style=COLOURS[issue.severity],
            soft_wrap=True,
        )


def _worst_first(issues: Iterable[Issue]) -> list[Issue]:
    order = list(Severity)
    return sorted(issues, key=lambda issue: order.index(issue.severity))
