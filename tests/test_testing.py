"""Completed templates are read back as they were typed, and edits do what people do."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_rubrics import rubrics
from written_sheets import made_rubric

from maturity import Assessment, IssueCode, Rubric, State, load_rubric, read_assessment, score
from maturity.testing import (
    BASELINE,
    COVER,
    Edit,
    Formula,
    Typed,
    add_row,
    completed_template,
    delete_row,
    delete_sheet,
    duplicate_row,
    hide_column,
    hide_row,
    hide_sheet,
    insert_columns,
    insert_rows,
    merge_down,
    move_column,
    order_rows,
    order_sheets,
    overtype,
    rename_sheet,
    write_above,
)
from maturity.writing.template_rules import level_words

_METADATA: Mapping[str, Typed] = {"area": "970 Merrowdale", "date": datetime.date(2026, 1, 9)}


def _answers(rubric: Rubric, typed: Typed = 2) -> dict[tuple[str, str], Typed]:
    return {
        (criterion, rating): typed for criterion in rubric.criteria for rating in rubric.ratings
    }


def _read(*edits: Edit, answers: Mapping[tuple[str, str], Typed] | None = None) -> Assessment:
    rubric = made_rubric()
    content = completed_template(
        rubric,
        _answers(rubric) | dict(answers or {}),
        metadata=_METADATA,
        metrics=dict.fromkeys(rubric.metrics, 5),
        edits=edits,
    )
    return read_assessment(content, rubric, name="made.xlsx")


def _codes(assessment: Assessment) -> set[IssueCode]:
    return {issue.code for issue in assessment.issues}


# --- what is typed is read ------------------------------------------------------------------------


def test_clean_return_has_no_issues() -> None:
    """A template in which everything is filled in raises no question at all."""
    rubric = load_rubric("local-partnership")
    content = completed_template(
        rubric,
        _answers(rubric, "3 - Maturing"),
        metadata=_METADATA,
        metrics=dict.fromkeys(rubric.metrics, 12),
        remarks={("LG1", "evidence"): "Signed vision.", ("M1", "source"): "SEN2"},
    )
    assessment = read_assessment(content, rubric, name="clean.xlsx")
    assert assessment.issues == ()
    assert (assessment.area, assessment.date) == ("970 Merrowdale", datetime.date(2026, 1, 9))
    assert {response.level for response in assessment.responses} == {3}
    assert {metric.value for metric in assessment.metrics} == {12}
    assert ("LG1", "evidence", "Signed vision.") in [remark[:3] for remark in assessment.remarks]


@pytest.mark.parametrize(
    ("typed", "state", "level", "raw"),
    [
        (3, State.ANSWERED, 3, "3"),
        (3.0, State.ANSWERED, 3, "3"),
        ("3 - Maturing", State.ANSWERED, 3, "3 - Maturing"),
        (" maturing ", State.ANSWERED, 3, " maturing "),
        (None, State.BLANK, None, ""),
        ("", State.BLANK, None, ""),
        ("TBC", State.BLANK, None, "TBC"),
        ("-", State.BLANK, None, "-"),
        ("N/A", State.UNREADABLE, None, "N/A"),
        ("2/3", State.UNREADABLE, None, "2/3"),
        ("=1+1", State.UNREADABLE, None, "=1+1"),
        (2.5, State.UNREADABLE, None, "2.5"),
        (True, State.UNREADABLE, None, "TRUE"),
        (datetime.date(2026, 3, 2), State.UNREADABLE, None, "2026-03-02"),
        (Formula("=1+1", 2), State.ANSWERED, 2, "2"),
        (Formula("=1+1"), State.UNREADABLE, None, ""),
        (Formula("=NA()", "#N/A"), State.UNREADABLE, None, "#N/A"),
        (Formula("=1=1", True), State.UNREADABLE, None, "TRUE"),
    ],
)
def test_typed_value_stands_in_its_cell(
    typed: Typed, state: State, level: int | None, raw: str
) -> None:
    """Each kind of thing that can be typed is read as that kind of thing."""
    response = _read(answers={("LG1", "agreed"): typed}).response("LG1", "agreed")
    expected = State.NOT_APPLICABLE if raw == "N/A" else state
    assert (response.level, response.raw) == (level, raw)
    assert response.state in (state, expected)


def test_what_the_template_does_not_ask_for_cannot_be_typed() -> None:
    """A slip in a test is an error, not an answer that is quietly left out."""
    with pytest.raises(KeyError, match="no place"):
        completed_template(made_rubric(), {("LG9", "agreed"): 2})


def test_same_answers_give_same_bytes() -> None:
    """Made workbooks can be committed and compared."""
    rubric = made_rubric()
    assert completed_template(rubric, _answers(rubric)) == completed_template(
        rubric, _answers(rubric)
    )


@settings(max_examples=40)
@given(rubrics(), st.data())
def test_random_answers_under_random_rubrics_are_read_as_typed(
    rubric: Rubric, data: st.DataObject
) -> None:
    """Written by our template and read by its layout, every answer comes back exactly."""
    words = level_words(rubric)
    ways: dict[Typed, tuple[State, object]] = {
        None: (State.BLANK, None),
        "TBC": (State.BLANK, None),
        "2/3": (State.UNREADABLE, None),
        "nonsense": (State.UNREADABLE, None),
        **{int(value): (State.ANSWERED, value) for value in words},
        **{word: (State.ANSWERED, value) for value, word in words.items()},
    }
    choice = st.sampled_from(list(ways))
    answers = {key: data.draw(choice) for key in _answers(rubric)}
    content = completed_template(rubric, answers, metadata=_METADATA)
    assessment = read_assessment(content, rubric, name="random.xlsx")
    for response in assessment.responses:
        typed = answers[response.criterion, response.rating]
        assert (response.state, response.level) == ways[typed]
        assert response.raw == ("" if typed is None else str(typed))
    assert assessment.area == "970 Merrowdale"


# --- what people do to it -------------------------------------------------------------------------

_HARMLESS = {
    "rows inserted": insert_rows("LG2", 3),
    "columns inserted": insert_columns("LG", before="agreed", count=2),
    "columns inserted in front": insert_columns("LG", before=1),
    "sheet renamed": rename_sheet("LG", "Final version "),
    "cover renamed": rename_sheet(COVER, "Front page"),
    "sheets turned round": order_sheets(BASELINE, "CV", "LG"),
    "rows turned round": order_rows("LG2", "LG1"),
    "column moved": move_column("LG", "agreed", before="education"),
    "column moved back": move_column("LG", "education", before="by_when"),
    "notes above the header": write_above("LG", "Workshop 14 January", "Agreed by all"),
    "id typed differently": overtype("LG1", 1, "lg 1."),
}


@pytest.mark.parametrize("edit", _HARMLESS.values(), ids=_HARMLESS.keys())
def test_harmless_edit_changes_no_answer(edit: Edit) -> None:
    """Tables are found by their words, wherever they went."""
    answers: dict[tuple[str, str], Typed] = {
        ("LG1", "agreed"): 1,
        ("LG2", "agreed"): 3,
        ("LG2", "education"): "4 - Embedded",
    }
    untouched, edited = _read(answers=answers), _read(edit, answers=answers)
    assert [response[:5] for response in edited.responses] == [
        response[:5] for response in untouched.responses
    ]
    assert edited.issues == ()


_SAID = {
    "row deleted": (delete_row("LG2"), IssueCode.CRITERION_MISSING),
    "sheet deleted": (delete_sheet("LG"), IssueCode.DOMAIN_MISSING),
    "row added": (add_row("LG2", "LG9", "Our own", {"agreed": 3}), IssueCode.ROW_UNKNOWN),
    "row copied, differing": (duplicate_row("LG1", {"agreed": 4}), IssueCode.ANSWER_CONFLICT),
    "row copied": (duplicate_row("LG1", {}), IssueCode.ANSWER_REPEATED),
    "answers merged": (merge_down("LG1", "agreed"), IssueCode.ANSWER_MERGED),
    "sheet hidden": (hide_sheet("LG"), IssueCode.SHEET_HIDDEN),
    "row hidden": (hide_row("LG1"), IssueCode.CELLS_HIDDEN),
    "column hidden": (hide_column("LG", "agreed"), IssueCode.CELLS_HIDDEN),
    "id emptied": (overtype("LG1", 1, None), IssueCode.ROW_BY_TITLE),
    "area emptied": (overtype("", 2, None), IssueCode.AREA_MISSING),
}


@pytest.mark.parametrize(("edit", "code"), _SAID.values(), ids=_SAID.keys())
def test_edit_that_matters_is_said(edit: Edit, code: IssueCode) -> None:
    """The reader reports what was done."""
    assert code in _codes(_read(edit))


def test_edit_of_a_row_that_is_not_there_changes_nothing() -> None:
    """An edit names rows that one rubric has; under another it has nothing to do."""
    edits = (delete_row("ZZ1"), hide_row("ZZ1"), overtype("ZZ1", 1, "x"))
    assert _read(*edits).issues == ()


def test_order_of_rows_that_are_not_there_is_a_slip() -> None:
    """Rows of another sheet cannot be put in order here."""
    with pytest.raises(KeyError):
        _read(order_rows("LG1", "CV1"))


def test_edits_follow_one_another() -> None:
    """Each edit is done to what the one before it left."""
    assessment = _read(insert_rows("LG1"), insert_columns("LG", before="agreed"), hide_row("LG2"))
    assert assessment.response("LG2", "agreed").cell == "J6"
    assert _codes(assessment) == {IssueCode.CELLS_HIDDEN}


def test_counts_and_links_on_the_cover_follow_the_edits(tmp_path: Path) -> None:
    """The cover counts open answers wherever they went, and does without a deleted sheet."""
    rubric = made_rubric()
    edits = (rename_sheet("LG", "It's ours"), insert_rows("LG2"), delete_sheet("CV"))
    content = completed_template(rubric, {("LG1", "agreed"): 2}, edits=edits)
    assessment = read_assessment(content, rubric, name="made.xlsx")
    assert assessment.workbook is not None
    cover = assessment.workbook.sheets[0]
    shown = [cell.raw for cells in cover.rows.values() for cell in cells.values()]
    assert "3 of 4" in shown  # LG1 and LG2 under two ratings, one of them typed
    assert "0 of 0" in shown  # the sheet that is gone


def test_made_return_can_be_scored() -> None:
    """It is a return like any other."""
    result = score(_read(answers={("LG1", "agreed"): 1, ("LG2", "agreed"): 4}))
    assert result.domains["LG"].value == (1 + 4) / 2
