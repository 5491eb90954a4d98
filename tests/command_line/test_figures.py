"""Figures as people read them."""

from __future__ import annotations

import pytest

from maturity.command_line.figures import coverage_of, number_of, place_of, two_decimals
from maturity.issues import CellLocation, FileLocation, Issue, IssueCode, Severity
from maturity.result import Score

DECIMALS = [(None, "-"), (2.0, "2.00"), (2.125, "2.13"), (1.745, "1.75"), (5 / 3, "1.67")]
NUMBERS = [(0, "error", "0 errors"), (1, "query", "1 query"), (1200, "query", "1,200 queries")]
PLACES = [
    (None, ""),
    (FileLocation("a.yaml", 1), ""),
    (CellLocation("a.xlsx"), ""),
    (CellLocation("a.xlsx", "Cover", "B2"), "'Cover'!B2"),
]


@pytest.mark.parametrize(("value", "expected"), DECIMALS)
def test_scores_have_two_decimals_half_up(value: float | None, expected: str) -> None:
    """As the result workbook shows them."""
    assert two_decimals(value) == expected


COVERAGES = [
    (None, "-"),
    (0.0, "0%"),
    (0.0001, "1%"),
    (2 / 3, "67%"),
    (0.764, "76%"),
    (0.765, "77%"),
    (0.9999, "99%"),
    (1.0, "100%"),
]


@pytest.mark.parametrize(("coverage", "expected"), COVERAGES)
def test_coverage_is_rounded_but_never_to_all_or_none(
    coverage: float | None, expected: str
) -> None:
    """Half goes up; what is nearly all or nearly none does not look like it."""
    values = (None, None, None, coverage, None, None)
    score = Score("domain", "LG", {}, *values, _ratio=None, _explain=tuple)
    assert coverage_of(score) == expected


@pytest.mark.parametrize(("count", "noun", "expected"), NUMBERS)
def test_counts_agree_with_their_nouns(count: int, noun: str, expected: str) -> None:
    """One query, two queries."""
    assert number_of(count, noun) == expected


@pytest.mark.parametrize(("location", "expected"), PLACES)
def test_a_place_leaves_the_file_out(
    location: FileLocation | CellLocation | None, expected: str
) -> None:
    """The file is named above the list."""
    issue = Issue(IssueCode.FILE_ODD, Severity.NOTE, "Odd.", "Look.", location)
    assert place_of(issue) == expected
