"""Of several returns of one area, the latest counts, and nothing is guessed."""

from __future__ import annotations

import datetime

import pytest

from maturity.command_line.duplicates import AreaReturn, Duplicates, Repeat, decide
from maturity.issues import IssueCode, Severity

MARCH, MAY = datetime.date(2026, 3, 31), datetime.date(2026, 5, 2)

# Returns as source, content and date; what is wanted; source → what counts in its place.
CASES = [
    ([("a", 1, MARCH), ("b", 2, MAY)], "latest", {"a": "b"}),
    ([("a", 1, MAY), ("b", 2, MARCH), ("c", 2, MARCH)], "latest", {"b": "a", "c": "a"}),
    ([("a", 1, MAY), ("b", 1, MAY)], "latest", {"b": "a"}),
    ([("a", 1, None), ("b", 1, None)], "latest", {"b": "a"}),
    # No date, or the same one twice: a person decides, but copies are copies.
    ([("a", 1, MARCH), ("b", 2, None)], "latest", {}),
    ([("a", 1, None), ("b", 2, None)], "latest", {}),
    ([("a", 1, MAY), ("b", 2, MAY), ("c", 2, MAY)], "latest", {"c": "b"}),
    ([("a", 1, MARCH), ("b", 2, MAY)], "all", {}),
    ([("a", 1, MARCH), ("b", 2, MAY)], "refuse", {"a": None, "b": None}),
]


def decided(returns: list[tuple[str, int, datetime.date | None]], wanted: str) -> Repeat:
    """Decide about returns of one area."""
    found = [AreaReturn("901 Testshire", name, str(content), day) for name, content, day in returns]
    return decide(found, Duplicates(wanted))


@pytest.mark.parametrize(("returns", "wanted", "superseded"), CASES)
def test_which_return_counts(
    returns: list[tuple[str, int, datetime.date | None]],
    wanted: str,
    superseded: dict[str, str | None],
) -> None:
    """The latest by its date, all, or none; of copies the first."""
    repeat = decided(returns, wanted)
    assert repeat.superseded == superseded
    assert [each.source for each in repeat.counting] == [
        name for name, _, _ in returns if name not in superseded
    ]


SENTENCES = [
    ("latest", "b.xlsx is the latest by its date and counts. Keep one."),
    ("all", "All of them count, as was asked for."),
    ("refuse", "None of them counts; keep one."),
]


@pytest.mark.parametrize(("wanted", "remedy"), SENTENCES)
def test_a_query_names_the_returns_and_what_counts(wanted: str, remedy: str) -> None:
    """With their dates, and no more than a few of them."""
    issue = decided([("a.xlsx", 1, MARCH), ("b.xlsx", 2, MAY)], wanted).issue
    assert (issue.code, issue.severity) == (IssueCode.AREA_REPEATED, Severity.QUERY)
    assert issue.message == (
        "901 Testshire has 2 returns here: a.xlsx (2026-03-31), b.xlsx (2026-05-02)."
    )
    assert issue.remedy == remedy
    many = decided([(name, 1, None) for name in "abcde"], wanted).issue
    assert (
        many.message == "901 Testshire has 5 returns of the same content here: a, b, c and 2 more."
    )
