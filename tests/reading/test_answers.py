"""Reading one cell as an answer."""

from __future__ import annotations

import pytest
from written_sheets import cell_of, made_rubric

from maturity.assessment import State
from maturity.issues import CellLocation, IssueCode, Severity
from maturity.reading.answer_issues import answer_issue, quoted
from maturity.reading.answers import AnswerKey, Doubt
from maturity.rubric import AnswerSet, Level
from maturity.sheets import Cell, CellState

RUBRIC = made_rubric()
KEY = AnswerKey(RUBRIC)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("2", 2),
        ("2.0", 2),
        ('"2"', 2),
        ('"2.0"', 2),
        ('" 2 "', 2),
        ('"\xa02"', 2),
        ('"\u200b2\ufeff"', 2),
        ('"２"', 2),
        ('"2\n"', 2),
        ("Developing", 2),
        ('"  DEVELOPING "', 2),
        ("2 - Developing", 2),
        ("2 – Developing", 2),
        ("2 — developing", 2),
        ("2  -  Developing", 2),
        ("Level 2", 2),
        ("level\xa02", 2),
        ("2-Developing", 2),
        ("2 -developing", 2),
        ("2.", 2),
        ("Developing.", 2),
        ("Beginning", 1),
        ("1 - Beginning", 1),
    ],
)
def test_a_declared_way_of_typing_a_level_is_read(typed: str, level: int) -> None:
    """Case, spaces, dashes and full-width digits make no difference."""
    assert KEY.read(cell_of(typed)) == (State.ANSWERED, level, None)


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("2/3", Doubt.SEVERAL),
        ("2-3", Doubt.SEVERAL),
        ("between 2 and 3", Doubt.SEVERAL),
        ("Emerging/Developing", Doubt.SEVERAL),
        ("2 (but moving to 3)", Doubt.SEVERAL),
        ("2 - Maturing", Doubt.SEVERAL),
        ("2.5", Doubt.BETWEEN),
        ('"2.5"', Doubt.BETWEEN),
        ("2.9999999999999996", Doubt.BETWEEN),
        ("5", Doubt.OFF_SCALE),
        ("0", Doubt.OFF_SCALE),
        ("-1", Doubt.OFF_SCALE),
        ('"5"', Doubt.OFF_SCALE),
        ("Mastring", Doubt.WORDS),
        ("x", Doubt.WORDS),
        ("✓", Doubt.WORDS),
        ("III", Doubt.WORDS),
        ('"2²"', Doubt.WORDS),
        ('"２²"', Doubt.WORDS),
        ('"2,000"', Doubt.WORDS),
        ('"."', Doubt.WORDS),
        ('"²"', Doubt.WORDS),
        ("5 of 4", Doubt.WORDS),
        ("2 or so", Doubt.WORDS),
        ("N/A?", Doubt.WORDS),
        ("TRUE", Doubt.BOOLEAN),
        ("#N/A", Doubt.ERROR),
        ("#DIV/0!", Doubt.ERROR),
        ("=?", Doubt.UNCALCULATED),
        ("date 2026-03-02", Doubt.DATE),
        ("200%", Doubt.PERCENT),
    ],
)
def test_anything_else_is_unreadable(typed: str, doubt: Doubt) -> None:
    """Nothing is guessed: not from a part, a neighbour or a rounding."""
    assert KEY.read(cell_of(typed)) == (State.UNREADABLE, None, doubt)


@pytest.mark.parametrize("typed", ["", '""', '" "', '"\xa0"', "TBC", "tbc", "-", "–", "?"])
def test_an_empty_cell_and_a_word_for_it_are_blank(typed: str) -> None:
    """Spaces alone, and the rubric's words for "not yet", count as an empty cell."""
    cell = cell_of(typed) if typed else Cell(CellState.BLANK)
    assert KEY.read(cell).state is State.BLANK


@pytest.mark.parametrize("typed", ["N/A", "n/a", "NA", '" n/a "'])
def test_a_word_for_not_applicable_is_that(typed: str) -> None:
    """Whether it is allowed is the criterion's business, not the cell's."""
    assert KEY.read(cell_of(typed)).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("Mturing", IssueCode.LEVEL_UNKNOWN, 'Did you mean "Maturing"?'),
        ("x", IssueCode.LEVEL_UNKNOWN, '"x" is not a level here. Enter one level: 1 (Emerging)'),
        ("2/3", IssueCode.LEVEL_BETWEEN, "names more than one level"),
        ("2.5", IssueCode.LEVEL_BETWEEN, "lies between two levels"),
        ("7", IssueCode.LEVEL_OFF_SCALE, "is not on the scale"),
        ("date 2026-03-02", IssueCode.ANSWER_DATE, "2-3 or 2/3"),
        ("200%", IssueCode.ANSWER_PERCENT, "looks like 200 %"),
        ("TRUE", IssueCode.ANSWER_BOOLEAN, "yes-or-no"),
        ("#REF!", IssueCode.ANSWER_ERROR, "#REF!"),
        ("=?", IssueCode.ANSWER_UNCALCULATED, "Open the workbook in Excel, save it"),
        ("N/A", IssueCode.NOT_APPLICABLE_NOT_ALLOWED, "not allowed for LG1"),
        ("TBC", IssueCode.ANSWER_MISSING, '"TBC" means not answered'),
        ('""', IssueCode.ANSWER_MISSING, "LG1 has no agreed level. Enter a level"),
    ],
)
def test_the_issue_quotes_what_was_typed_and_says_what_to_do(
    typed: str, code: IssueCode, words: str
) -> None:
    """Code, place, sentence and remedy."""
    cell = cell_of(typed)
    location = CellLocation("return.xlsx", "Leadership", "J5")
    issue = answer_issue(KEY.read(cell), cell, RUBRIC, location, criterion="LG1", rating="agreed")
    assert issue is not None
    assert issue.code is code
    assert words in str(issue)
    assert str(issue).startswith("return.xlsx, 'Leadership'!J5: ")
    assert (issue.criterion, issue.rating, issue.raw) == ("LG1", "agreed", cell.raw)


@pytest.mark.parametrize(
    ("typed", "criterion", "rating", "severity"),
    [
        ("N/A", "CV1", "agreed", None),
        ("N/A", "LG1", "education", Severity.QUERY),
        ("N/A", "LG1", "agreed", Severity.ERROR),
        ('""', "LG1", "education", None),
        ('""', "LG1", "agreed", Severity.QUERY),
        ("x", "LG1", "education", Severity.ERROR),
        ("3", "LG1", "agreed", None),
    ],
)
def test_the_scored_rating_matters_most(
    typed: str, criterion: str, rating: str, severity: Severity | None
) -> None:
    """A gap in the scored rating is a query, in another rating nothing; a doubt is an error."""
    cell = cell_of(typed)
    issue = answer_issue(
        KEY.read(cell), cell, RUBRIC, CellLocation("f"), criterion=criterion, rating=rating
    )
    assert (None if issue is None else issue.severity) == severity


def test_an_answer_set_of_its_own_has_its_own_words() -> None:
    """Sentences count in their set alone, and the issue names what that set allows."""
    options = (Level(value=0, label="No"), Level(value=1, label="Yes, for most of them"))
    criterion = RUBRIC.criteria["LG1"].model_copy(update={"answers": "yes"})
    domain = RUBRIC.domains[0].model_copy(update={"criteria": (criterion,)})
    rubric = RUBRIC.model_copy(
        update={"domains": (domain,), "answer_sets": {"yes": AnswerSet(levels=options)}}
    )
    key = AnswerKey(rubric, "yes")
    assert key.read(cell_of("yes, for MOST of them")) == (State.ANSWERED, 1, None)
    assert key.read(cell_of("0")) == (State.ANSWERED, 0, None)
    reading = key.read(cell_of("Developing"))
    assert reading.doubt is Doubt.WORDS
    issue = answer_issue(
        reading,
        cell_of("Developing"),
        rubric,
        CellLocation("f"),
        criterion="LG1",
        rating="agreed",
    )
    assert issue is not None
    assert issue.remedy == "Enter one level: 0 (No), 1 (Yes, for most of them)."


def test_a_long_answer_is_quoted_in_part() -> None:
    """A quotation stays on one line and within 80 characters."""
    assert quoted("a\nb") == '"a b"'
    assert quoted("x" * 500) == '"' + "x" * 79 + '…"'
