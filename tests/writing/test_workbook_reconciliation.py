"""The sheet Reconciliation: what agrees in words, where the two part ways, and every comparison."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from stated_workbooks import ANSWERS, LAYOUT, result_of, with_score

from maturity import score, write_workbook
from maturity.result import Result
from maturity.writing import workbook_reconciliation


def page_of(result: Result) -> list[tuple[object, ...]]:
    """Write a result and give the filled rows of its sheet Reconciliation."""
    stream = io.BytesIO()
    write_workbook(result, stream)
    page = openpyxl.load_workbook(stream)["Reconciliation"]
    rows = page.iter_rows(values_only=True)
    return [row for row in rows if any(cell is not None for cell in row)]


def test_all_that_agrees_is_said_in_words_and_listed() -> None:
    """Seven scores: a line of words, one for each roll-up, and a table."""
    rows = page_of(result_of())
    words = [row[0] for row in rows[:6]]
    assert words == [
        "Reconciliation: our scores beside the workbook's own",
        "The workbook states 7 scores of its own. All agree with ours.",
        "Answers: 4 agree.",
        "domain: 2 agree.",
        "whole: 1 agree.",
        "Every score that the workbook states",
    ]
    assert rows[7] == ("criterion", "LG1", "LG1, Agreed", 2, 2, "agrees", "Answers", "C2", None)
    assert rows[11] == ("domain", "LG", "LG Leading", 2.5, 2.5, "agrees", "Scores", "B1", None)
    assert len(rows) == 7 + 7


def test_first_steps_stand_above_everything_else() -> None:
    """One domain says Early and the workbook has no whole."""
    answers = ANSWERS.replace("LG1 | 2      | 2", "LG1 | | 2").replace("LG2 | 3      ", "LG2 | ")
    scores = [with_score(0, "Early")[0], "CV | 2.5", "All |"]
    rows = page_of(result_of(answers, scores))
    assert str(rows[1][0]).startswith(
        "The workbook states 7 scores of its own. 3 agree with ours and 4 do not."
    )
    assert [row[0] for row in rows[2:5]] == [
        "Answers: 2 agree, 2 not scored by us.",
        "domain: 1 agree, 1 not scored by us.",
        "whole: 1 not stated by the workbook.",
    ]
    assert rows[5][0] == "Where the two part ways: look at these first"
    assert [row[1] for row in rows[7:9]] == ["LG1", "LG2"]
    assert rows[7][3:6] == ("–", 2, "not scored")
    listed = {row[1]: row for row in rows[10:]}
    assert listed["LG"][3:6] == ("–", "Early", "not scored")
    assert listed["whole"][3:6] == (2.5, "–", "not stated")


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    """What a workbook states may be anything; it is never calculated."""
    rows = page_of(result_of(scores=with_score(0, "=1+1")))
    (step,) = [row for row in rows if row[1] == "LG"][:1]
    assert step[4] == "=1+1"
    assert 'The workbook says "=1+1"' in str(step[8])


def test_a_score_that_the_rubric_does_not_make_has_no_title() -> None:
    """It is listed by what the layout calls it."""
    assessment = result_of().assessment
    stated = [each._replace(id="XX") if each.id == "CV" else each for each in assessment.stated]
    rows = page_of(score(replace(assessment, stated=tuple(stated))))
    (step,) = [row for row in rows if row[1] == "XX"][:1]
    assert step[2:6] == ("–", "–", 2.5, "unknown")


def test_a_sheet_that_is_not_shown_as_sent_is_not_linked_to() -> None:
    """The sheet Scores is empty, so there is nothing of it to show."""
    rows = page_of(result_of(scores=["|"]))
    (step,) = [row for row in rows if row[1] == "LG"][:1]
    assert step[3:8] == (2.5, "–", "not stated", "Scores", "B1")


def test_a_long_list_of_first_steps_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first table stays readable; the second has everything."""
    monkeypatch.setattr(workbook_reconciliation, "_MOST_FIRST_STEPS", 1)
    rows = page_of(result_of(scores=["LG | 2", "CV | 2", "All | 2.5"]))
    assert any(row[0] == "1 more are in the table below." for row in rows)


def test_without_stated_scores_there_is_no_such_sheet() -> None:
    """A layout that names no cells gives a workbook as before."""
    stream = io.BytesIO()
    write_workbook(result_of(layout=LAYOUT.split(b"    stated:", maxsplit=1)[0]), stream)
    assert "Reconciliation" not in openpyxl.load_workbook(stream).sheetnames
