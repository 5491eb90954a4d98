"""Write the sheets Issues and Baseline: what to mend in the return, and the figures beside it."""

from __future__ import annotations

from maturity.issues import Issue, Severity
from maturity.writing.book import Page
from maturity.writing.workbook_places import Places
from maturity.writing.workbook_words import (
    NONE,
    NOT_IN_RETURN,
    SEVERITY_WORDS,
    STATE_WORDS,
    count_of,
)

__all__ = ["write_baseline", "write_issues"]

_HEADER = 4
_ISSUE_TITLES = (
    "Severity",
    "Sheet",
    "Cell",
    "Criterion",
    "Rating",
    "What was typed",
    "What is wrong",
    "What to do",
    "Code",
)
_UNITS = {
    "percent": "%",
    "rate": "rate",
    "count": "number",
    "money": "£",
    "number": "number",
}
_BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": NONE}


def write_issues(page: Page, places: Places) -> None:
    """Write every issue of the return, errors first."""
    issues = places.result.assessment.issues
    page.text(1, 1, "Issues: what to mend in the return", "title")
    page.height(1, 28)
    page.widths(21, 24, 8, 10, 14, 26, 54, 54, 24)
    page.banner(2, (1, len(_ISSUE_TITLES)), _counts(issues), "words")
    if issues:
        page.header(_HEADER, _ISSUE_TITLES, (3,))
        order = list(Severity)
        ranked = sorted(issues, key=lambda issue: order.index(issue.severity))
        for row, issue in enumerate(ranked, start=_HEADER + 1):
            _write_issue(page, places, row, issue)
        page.filter(_HEADER, 1, _HEADER + len(issues), len(_ISSUE_TITLES))
        page.freeze(_HEADER + 1)
    page.printing(header_row=_HEADER if issues else None)


def _counts(issues: tuple[Issue, ...]) -> str:
    if not issues:
        return "Nothing was found that needs mending or explaining."
    errors, queries, notes = (
        sum(issue.severity is severity for issue in issues) for severity in Severity
    )
    parts = [f"{count_of(errors, 'error')} to mend"] if errors else []
    parts += [f"{count_of(queries, 'query', 'queries')} to mend or explain"] if queries else []
    parts += [f"{count_of(notes, 'note')} for information"] if notes else []
    return (
        f"{', '.join(parts)}. Correct the return and score it again; nothing here has been guessed "
        "or changed."
    )


def _write_issue(page: Page, places: Places, row: int, issue: Issue) -> None:
    rubric = places.rubric
    rating = issue.rating or ""
    known = rubric.ratings.get(rating)
    page.text(row, 1, SEVERITY_WORDS[issue.severity], issue.severity.value)
    page.text(row, 2, issue.sheet or NONE)
    mirror = places.mirrors.get(issue.sheet or "")
    if issue.cell is not None and mirror is not None:
        page.link(row, 3, (mirror, issue.cell), issue.cell, "link")
    else:
        page.text(row, 3, issue.cell or NONE, "centre")
    page.text(row, 4, issue.criterion or NONE)
    page.text(row, 5, known.title if known is not None else rating or NONE)
    page.text(row, 6, issue.raw or "")
    page.text(row, 7, issue.message)
    page.text(row, 8, issue.remedy)
    page.text(row, 9, issue.code.value, "small")


def write_baseline(page: Page, places: Places) -> None:
    """Write every figure of the baseline as typed and as read."""
    metrics = places.result.assessment.metrics
    page.text(1, 1, "Baseline: figures beside the answers", "title")
    page.height(1, 28)
    page.widths(8, 52, 12, 14, 16, 14, 26, 8, 18)
    if not metrics:
        page.text(2, 1, "The rubric asks for no figures.", "plain")
        page.printing()
        return
    page.text(2, 1, "They are read and shown; they do not enter the scores.", "plain")
    page.header(
        _HEADER,
        ("Ref", "Measure", "Unit", "As read", "As typed", "State", "Sheet", "Cell", "Direction"),
    )
    for row, metric in enumerate(metrics, start=_HEADER + 1):
        definition = places.rubric.metrics[metric.metric]
        page.text(row, 1, metric.metric, "name")
        page.text(row, 2, definition.title)
        page.text(row, 3, _UNITS[definition.unit])
        if metric.value is None:
            page.text(row, 4, NONE, "number")
        else:
            page.number(row, 4, float(metric.value), "number")
        page.text(row, 5, metric.raw, "typed")
        page.text(row, 6, STATE_WORDS[metric.state])
        page.text(row, 7, metric.sheet or NOT_IN_RETURN)
        mirror = places.mirrors.get(metric.sheet or "")
        if metric.cell is not None and mirror is not None:
            page.link(row, 8, (mirror, metric.cell), metric.cell, "link")
        else:
            page.text(row, 8, metric.cell or NONE, "centre")
        page.text(row, 9, _BETTER[definition.better])
    page.printing()
