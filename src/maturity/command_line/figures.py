"""Turn scores and counts into the words and figures that people read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from maturity.command_line.safe_text import shown
from maturity.issues import CellLocation, Issue
from maturity.result import Score
from maturity.rubric import Rubric

__all__ = [
    "NO_SCORE",
    "bounds_of",
    "coverage_of",
    "number_of",
    "place_of",
    "title_of",
    "two_decimals",
]

NO_SCORE = "-"


def two_decimals(value: float | None) -> str:
    """Show a score as the result workbook does: two decimals, half rounded up.

    >>> two_decimals(2.125)
    '2.13'
    """
    if value is None:
        return NO_SCORE
    return str(Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def bounds_of(score: Score) -> str:
    """Say between what a score could lie if the missing answers were known; empty if none is."""
    if score.low == score.high:
        return ""
    return f"{two_decimals(score.low)} to {two_decimals(score.high)}"


def coverage_of(score: Score) -> str:
    """Show a score's coverage as a whole percentage, half rounded up.

    Only all is shown as 100 %, and only none as 0 %.
    """
    coverage = score.coverage
    if coverage is None:
        return NO_SCORE
    percent = int((Decimal(repr(coverage)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if 0 < coverage < 1:
        percent = min(max(percent, 1), 99)
    return f"{percent}%"


def number_of(count: int, noun: str) -> str:
    """Count something in words.

    >>> number_of(2, "query")
    '2 queries'
    """
    if count == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {plural}"


def place_of(issue: Issue) -> str:
    """Say where in its own file an issue is, such as `'Leadership'!D7`; empty if nowhere."""
    location = issue.location
    if isinstance(location, CellLocation) and location.sheet is not None:
        return str(CellLocation("", location.sheet, location.cell))
    return ""


def title_of(rubric: Rubric) -> str:
    """Name a rubric and its version, safe to print."""
    return f"{shown(rubric.title)}, version {shown(rubric.version)}"
