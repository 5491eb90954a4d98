"""Finding answers in workbooks that people have edited."""

from __future__ import annotations

import pytest
from written_sheets import made_rubric, sheet_of, workbook_of

from maturity.assessment import Assessment, Response, State
from maturity.errors import MismatchError
from maturity.issues import IssueCode, Severity
from maturity.layout import Fingerprint, Lookalike
from maturity.reading.assessment_workbook import assessment_of
from maturity.sheets import Sheet, Visibility

RUBRIC = made_rubric()
COVER = sheet_of("Local authority | 980 Northvale\nTool version | 1.0", "Cover")
FIGURES = sheet_of("Ref | Value\nM1 | 71.6\nM2 | 3\nM3 | 4", "Figures")
PLAIN = """
    Ref | What we look at | Education | Agreed level | Evidence
    LG1 | Shared vision   | 1         | 2            | minutes
    LG2 | Decision rights | 3         | 4            |
    CV1 | Voice           | 2         | N/A          | survey
"""


def read(*sheets: Sheet, cover: Sheet = COVER, figures: Sheet = FIGURES) -> Assessment:
    """Read a return made of a cover, these sheets and the figures."""
    return assessment_of(workbook_of(cover, *sheets, figures), RUBRIC)


def levels(found: Assessment, rating: str = "agreed") -> dict[str, object]:
    """Criterion → level, or the state where there is none."""
    return {
        response.criterion: response.state.value if response.level is None else response.level
        for response in found.responses
        if response.rating == rating
    }


def codes(found: Assessment) -> list[str]:
    """Give the codes of all issues, with their cells."""
    return [f"{issue.code.value} {issue.cell or ''}".strip() for issue in found.issues]


def test_a_plain_return_is_read_without_an_issue() -> None:
    """Answers, figures and remarks come with their cells."""
    found = read(sheet_of(PLAIN, "Answers"))
    assert found.issues == ()
    assert found.layout is not None
    assert found.layout.id == "form-1-0"
    assert found.response("LG1", "agreed") == Response(
        "LG1", "agreed", State.ANSWERED, 2, "2", "Answers", "D2"
    )
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": "not_applicable"}
    assert levels(found, "education") == {"LG1": 1, "LG2": 3, "CV1": 2}
    assert [(remark.criterion, remark.text, remark.cell) for remark in found.remarks] == [
        ("LG1", "minutes", "E2"),
        ("CV1", "survey", "E4"),
    ]
    assert [(metric.metric, metric.cell) for metric in found.metrics] == [
        ("M1", "B2"),
        ("M2", "B3"),
        ("M3", "B4"),
    ]


def test_records_are_plain_rows() -> None:
    """One per criterion and rating, then one per metric."""
    records = read(sheet_of(PLAIN, "Answers")).records()
    assert len(records) == 3 * 2 + 3
    assert records[1] == {
        "criterion": "LG1",
        "rating": "agreed",
        "state": "answered",
        "level": 2,
        "raw": "2",
        "sheet": "Answers",
        "cell": "D2",
    }
    assert records[6] == {
        "criterion": "M1",
        "rating": "value",
        "state": "answered",
        "level": 71.6,
        "raw": "71.6",
        "sheet": "Figures",
        "cell": "B2",
    }


@pytest.mark.parametrize(
    "text",
    [
        # headers in capitals, with line breaks, brackets and colons
        "REF: | EDUCATION | Agreed  Level (1 to 4)\nLG1 | 1 | 2\nLG2 | 3 | 4\nCV1 | 2 | N/A",
        # rows and columns inserted, other columns between, other order
        "Draft\n\nAgreed level means what we agreed\n\n"
        "| Agreed level | | Ref | Education\n| 2 | | LG1 | 1\n| 4 | | LG2 | 3\n| N/A | | CV1 | 2",
        # ids typed otherwise
        "Ref | Education | Agreed level\n lg 1. | 1 | 2\nLG2: | 3 | 4\ncv1) | 2 | N/A",
        "Ref | Education | Agreed level\nLG1 Shared vision | 1 | 2\n"
        "LG2 - decision rights | 3 | 4\nQ9 | 2 | N/A",
        # a header over two and over three rows
        "| | Agreed\nRef | Education | level\nLG1 | 1 | 2\nLG2 | 3 | 4\nCV1 | 2 | N/A",
        "Ref | Education | Agreed\n| | level\nLG1 | 1 | 2\nLG2 | 3 | 4\nCV1 | 2 | N/A",
        "| Partners | Agreed\nRef | | level\n| Education | (moderated)\n"
        "LG1 | 1 | 2\nLG2 | 3 | 4\nCV1 | 2 | N/A",
        # the header again, block after block, with section headings and blank rows
        "Leadership\nRef | Education | Agreed level\nLG1 | 1 | 2\n\nLG2 | 3 | 4\n\n\n"
        "Voice\nAgreed level | Ref | Education\nN/A | CV1 | 2",
    ],
)
def test_tables_are_found_by_their_words(text: str) -> None:
    """Wherever the header stands and however it is written, the same answers come out."""
    found = read(sheet_of(text, "Any name"))
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": "not_applicable"}
    assert levels(found, "education") == {"LG1": 1, "LG2": 3, "CV1": 2}
    assert not [issue for issue in found.issues if issue.severity is not Severity.NOTE]


def test_answers_may_be_spread_over_sheets_hidden_ones_too() -> None:
    """A hidden sheet's answers count, and it is said."""
    first = sheet_of("Ref | Education | Agreed level\nLG1 | 1 | 2\nLG2 | 3 | 4", "One")
    second = sheet_of(
        "Ref | Education | Agreed level\nCV1 | 2 | 3", "Two", visibility=Visibility.HIDDEN
    )
    found = read(first, second)
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": 3}
    assert [issue.code for issue in found.issues] == [IssueCode.SHEET_HIDDEN]


def test_hidden_rows_and_columns_are_read_and_named() -> None:
    """They hold answers like any others."""
    sheet = sheet_of(
        PLAIN, "Answers", hidden_rows=((3, 3), (9, 9)), hidden_columns=((3, 3), (1, 1))
    )
    found = read(sheet)
    assert levels(found)["LG2"] == 4
    assert [issue.message for issue in found.issues] == [
        "Answers in hidden rows or columns were read: row 3, column C."
    ]


def test_a_hidden_row_without_answers_is_nothing_to_say() -> None:
    """Only what holds answers matters."""
    assert read(sheet_of(PLAIN, "Answers", hidden_rows=((9, 9),))).issues == ()


@pytest.mark.parametrize(
    ("text", "agreed", "found_codes"),
    [
        # the same answer twice is one answer, with a note
        ("LG1 | 1 | 2\nLG1 | | 2", 2, ["answer-repeated C2"]),
        # different answers are none
        ("LG1 | 1 | 2\nLG1 | | 3", "unreadable", ["answer-conflict C2"]),
        ("LG1 | 1 | 2\nLG1 | | N/A", "unreadable", ["answer-conflict C2"]),
        ("LG1 | 1 | 2\nLG1 | | x", "unreadable", ["answer-conflict C2"]),
        # one below that is empty says nothing
        ("LG1 | 1 | 3\nLG1 | |", 3, []),
        # one above that is empty, or says "not yet", may be what is meant
        ("LG1 | 1 | \nLG1 | | 3", "unreadable", ["answer-conflict C2"]),
        ("LG1 | 1 | 3\nLG1 | | TBC", "unreadable", ["answer-conflict C2"]),
        ("LG1 | 1 | TBC\nLG1 | | 3", "unreadable", ["answer-conflict C2"]),
        ("LG1 | 1 | \nLG1 | | x", "unreadable", ["answer-conflict C2"]),
        ("LG1 | 1 | \nLG1 | | ", "blank", ["answer-missing C2"]),
    ],
)
def test_two_rows_for_one_criterion_are_one_answer_only_when_they_agree(
    text: str, agreed: object, found_codes: list[str]
) -> None:
    """Nothing is guessed between two different answers."""
    rows = f"Ref | Education | Agreed level\n{text}\nLG2 | 3 | 4\nCV1 | 2 | 2"
    found = read(sheet_of(rows, "Answers"))
    assert levels(found)["LG1"] == agreed
    assert levels(found, "education")["LG1"] == 1
    assert codes(found) == found_codes


def test_a_conflict_across_sheets_names_both_places() -> None:
    """The sentence quotes what stands where."""
    copy = sheet_of("Ref | Education | Agreed level\nLG1 | | 3", "Copy of Answers")
    found = read(sheet_of(PLAIN, "Answers"), copy)
    assert [issue.message for issue in found.issues] == [
        "LG1 (Agreed level) is answered more than once, and differently: "
        '"2" in D2, "3" in \'Copy of Answers\'!C2.'
    ]


def test_a_repeated_column_counts_like_a_repeated_row() -> None:
    """Two columns under one heading are told, and must agree."""
    found = read(
        sheet_of(
            "Ref | Education | Agreed level | Agreed level\n"
            "LG1 | 1 | 2 | 2\nLG2 | 1 | 2 | 3\nCV1 | 1 | | 4",
            "Answers",
        )
    )
    assert levels(found) == {"LG1": 2, "LG2": "unreadable", "CV1": "unreadable"}
    assert codes(found) == [
        "column-repeated D1",
        "answer-repeated C2",
        "answer-conflict C3",
        "answer-conflict C4",
    ]
    assert '"Agreed level" (C), "Agreed level" (D)' in found.issues[0].message
    assert "nothing in C4" in found.issues[3].message


DATED = sheet_of(
    "Local authority | 980 Northvale\nTool version | 1.0\nDate completed | date 2026-03-01", "Cover"
)


@pytest.mark.parametrize(
    ("headings", "agreed"),
    [
        ("Agreed level (2025) | Agreed level", 3),
        ("Agreed level | Agreed level (2026)", "unreadable"),
        ("Agreed level (2025) | Agreed level (2026)", 3),
        ("Agreed level (last year) | Agreed level", 3),
        ("Agreed level | Agreed level (draft)", "unreadable"),
    ],
)
def test_an_earlier_years_column_is_left_out_only_when_it_says_so(
    headings: str, agreed: object
) -> None:
    """Which of two columns is this year's is never guessed."""
    table = f"Ref | Education | {headings}\nLG1 | 1 | 2 | 3\nLG2 | 1 | 2 | 3\nCV1 | 1 | 2 | 3"
    found = read(sheet_of(table, "Answers"), cover=DATED)
    assert levels(found) == {"LG1": agreed, "LG2": agreed, "CV1": agreed}
    assert codes(found)[0] == "column-repeated D1"


def test_a_year_means_nothing_without_a_date() -> None:
    """Without the return's own year, a year in a heading does not say which column is meant."""
    table = "Ref | Education | Agreed level (2025) | Agreed level\nLG1 | 1 | 2 | 3"
    assert levels(read(sheet_of(table, "Answers")))["LG1"] == "unreadable"


def test_a_sheet_sent_twice_is_told_once() -> None:
    """Four repeated answers and more are one note; the answers are those of the first sheet."""
    found = read(sheet_of(PLAIN, "Answers"), sheet_of(PLAIN, "Answers (2)"))
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": "not_applicable"}
    assert codes(found) == ["answer-repeated C2"]
    assert "6 answers of this sheet stand more than once" in found.issues[0].message
    assert found.response("LG2", "agreed").sheet == "Answers"


def test_an_empty_copy_and_a_dashboard_change_nothing() -> None:
    """A blank copy of the form, and formulas that repeat the answers, are not other answers."""
    copy = sheet_of("Ref | Education | Agreed level\nLG1\nLG2\nCV1", "Blank copy")
    board = sheet_of("Ref | Education | Agreed level\nLG1 | | =?\nLG2 | | =?", "Dashboard")
    found = read(sheet_of(PLAIN, "Answers"), copy, board)
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": "not_applicable"}
    assert found.response("LG1", "agreed").sheet == "Answers"


def test_a_blank_is_not_filled_from_another_table() -> None:
    """An example, or last year's copy, does not answer for a cell that was left empty."""
    example = sheet_of("Ref | Education | Agreed level\nLG1 | 1 | 3", "Example")
    answers = sheet_of("Ref | Education | Agreed level\nLG1 | 1 |\nLG2 | 2 | 2", "Answers")
    assert levels(read(example, answers))["LG1"] == "unreadable"


def test_another_table_below_is_not_read_as_answers() -> None:
    """A list of actions with the same references begins with its own heading."""
    text = PLAIN + "\nRef | Action | | Priority\nLG1 | Do | | 1\nCV1 | Do | | 3"
    found = read(sheet_of(text, "Answers"))
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": "not_applicable"}


def test_a_mistyped_reference_is_known_by_its_title() -> None:
    """It is queried, with what was typed."""
    found = read(sheet_of(PLAIN.replace("LG2 | Decision", "LG-2 | Decision"), "Answers"))
    assert levels(found)["LG2"] == 4
    assert codes(found) == ["row-by-title A3"]
    assert '"LG-2"' in found.issues[0].message


def test_our_own_result_workbook_is_not_a_return() -> None:
    """One that is sent back is recognised, however much of the form it repeats."""
    result = sheet_of("Kind of workbook | maturity-result", "Method")
    with pytest.raises(MismatchError, match="result workbook that maturity wrote"):
        read(sheet_of(PLAIN, "As sent - Answers"), result)


def test_a_merged_answer_belongs_to_its_corner_alone() -> None:
    """The criterion below cannot be known; a merge of empty cells says nothing."""
    sheet = sheet_of(
        "Ref | Education | Agreed level\nLG1 | 1 | 2\nLG2 | | \nCV1 | | 3",
        "Answers",
        merged="C2:C3 B3:B4 A1:A1",
    )
    found = read(sheet)
    assert levels(found) == {"LG1": 2, "LG2": "unreadable", "CV1": 3}
    assert levels(found, "education") == {"LG1": 1, "LG2": "blank", "CV1": "blank"}
    assert "answer-merged C3" in codes(found)
    assert "merged cells C2:C3" in found.issues[-1].message


def test_a_merge_across_ratings_belongs_to_its_corner_alone() -> None:
    """One value over two columns is one partner's, or nobody knows."""
    sheet = sheet_of(
        "Ref | Education | Agreed level\nLG1 | 3 |\nLG2 | 1 | 1\nCV1 | 1 | 1",
        "Answers",
        merged="B2:C2",
    )
    found = read(sheet)
    assert levels(found, "education")["LG1"] == 3
    assert levels(found)["LG1"] == "unreadable"


def test_an_added_row_is_told_with_what_was_typed() -> None:
    """It is kept out of the score, and not dropped in silence."""
    found = read(sheet_of(PLAIN + "LG9 | Our own | 2 | 3 |\n | Average | | 2.5", "Answers"))
    assert codes(found) == ["row-unknown A5", "row-unknown A6"]
    assert 'The reference "LG9" is not one of' in found.issues[0].message
    assert '"2" in C5, "3" in D5' in found.issues[0].message
    assert "This row has none of" in found.issues[1].message


def test_rows_without_entries_are_no_matter() -> None:
    """Headings, notes and empty rows inside the table need no remark."""
    found = read(
        sheet_of(PLAIN + "Notes | see minutes\n\nLG9 | An empty row of our own", "Answers")
    )
    assert found.issues == ()


@pytest.mark.parametrize("title", ["Decision rights", "decision  RIGHTS:", "Rights"])
def test_a_row_that_lost_its_reference_is_known_by_its_title(title: str) -> None:
    """The title must be the rubric's or the form's own, and it is queried."""
    text = PLAIN.replace("LG2 | Decision rights", f" | {title}")
    found = read(sheet_of(text, "Answers"))
    assert levels(found)["LG2"] == 4
    assert codes(found) == ["row-by-title A3"]


def test_a_row_with_neither_reference_nor_title_is_not_guessed() -> None:
    """Its place between two known rows says nothing."""
    found = read(sheet_of(PLAIN.replace("LG2 | Decision rights", " | Something"), "Answers"))
    assert levels(found)["LG2"] == "blank"
    assert codes(found) == ["criterion-missing", "row-unknown A3"]


def test_a_reference_beside_another_criterions_title_is_queried() -> None:
    """Half-sorted rows put answers under the wrong name; a person must look."""
    text = PLAIN.replace("LG1 | Shared vision", "LG1 | Decision rights")
    found = read(sheet_of(text, "Answers"))
    assert codes(found) == ["row-title-differs A2"]
    assert "its title is that of LG2" in found.issues[0].message


def test_missing_rows_sheets_and_columns_are_told() -> None:
    """A whole domain of several criteria is told as one."""
    found = read(sheet_of("Ref | Agreed level\nCV1 | 2", "Answers"))
    assert codes(found) == ["domain-missing", "column-missing"]
    assert "LG1, LG2" in found.issues[0].message
    assert found.response("LG1", "agreed") == Response("LG1", "agreed", State.BLANK)
    found = read(sheet_of("Ref | Education | Agreed level\nLG1 | 1 | 2\nLG2 | 1 | 2", "Answers"))
    assert codes(found) == ["criterion-missing"]


def test_missing_figures_are_told_once() -> None:
    """One query names them all."""
    found = read(sheet_of(PLAIN, "Answers"), figures=sheet_of("Ref | Value\nM2 | 5", "Figures"))
    assert [issue.message for issue in found.issues] == [
        "No row was found for the baseline figures M1, M3."
    ]
    assert [metric.value for metric in found.metrics] == [None, 5, None]
    assert codes(found) == ["metric-missing"]


def test_doubtful_figures_are_told() -> None:
    """Unreadable, unusual, given twice, merged: each with its cell."""
    figures = sheet_of(
        "Ref | Value\nM1 | about 5\nM2 | 3.5\nM3 | 1\nM3 | 2\nM1 |", "Figures", merged="B3:B4"
    )
    found = read(sheet_of(PLAIN, "Answers"), figures=figures)
    assert codes(found) == ["figure-unreadable B2", "figure-unusual B3", "figure-unreadable B4"]
    assert [metric.state for metric in found.metrics] == [
        State.UNREADABLE,
        State.ANSWERED,
        State.UNREADABLE,
    ]


def test_columns_that_the_form_does_not_have_are_told_once() -> None:
    """The same extra columns on several sheets are one note."""
    header = "Ref | Education | Agreed level | Our notes | 1 Emerging | Lead"
    found = read(
        sheet_of(f"{header}\nLG1 | 1 | 2 | x\nLG2 | 1 | 2", "One"),
        sheet_of(f"{header}\nCV1 | 1 | 2 | x", "Two"),
    )
    assert codes(found) == ["column-unknown"]
    assert [issue.message for issue in found.issues] == [
        'The form has no columns "Lead", "Our notes", so they were not read: '
        '"One" (D, F), "Two" (D, F).'
    ]


def test_references_without_a_heading_are_recognised_and_told() -> None:
    """Two answer columns and known references below are enough."""
    found = read(sheet_of(PLAIN.replace("Ref |", " |", 1), "Answers"))
    assert levels(found)["LG1"] == 2
    assert codes(found) == ["header-unknown A1"]


def test_an_unknown_sheet_is_told_and_louder_when_it_holds_references() -> None:
    """Answers under changed headings must not vanish in silence."""
    extra = sheet_of("Anything | at all\n1 | 2", "Scratch")
    renamed = sheet_of("Item | Final\nLG1 | 3\nLG2 | 2", "Second version")
    guidance = sheet_of("Read this", "Guidance")
    chart = Sheet("Chart", {}, is_grid=False)
    empty = sheet_of("", "Empty")
    found = read(sheet_of(PLAIN, "Answers"), extra, renamed, guidance, chart, empty)
    told = [(issue.sheet, issue.severity.value) for issue in found.issues]
    assert told == [("Scratch", "note"), ("Second version", "query"), ("Chart", "note")]
    assert {issue.code for issue in found.issues} == {IssueCode.SHEET_UNKNOWN}


def test_partner_views_left_empty_are_told_once() -> None:
    """The scored rating is told cell by cell; another rating in one note."""
    found = read(
        sheet_of("Ref | Education | Agreed level\nLG1 | | 2\nLG2 | | 2\nCV1 | 3 | 2", "Answers")
    )
    assert [issue.message for issue in found.issues] == [
        "Education: 2 of 3 criteria are not rated: LG1, LG2."
    ]


# --- editions and other workbooks ---------------------------------------------------------------

OLD = "No. | Education view | Overall score\nQ1.1 | 1 | 2\nQ1.2 | 3 | 4\nQ2.1 | 2 | 3"


@pytest.mark.parametrize("edition", ["0.9", "v0.9", "Version 0.9", '" 0.9 "'])
def test_the_edition_on_the_cover_and_the_headings_choose_the_layout(edition: str) -> None:
    """Items are known under their old names."""
    cover = sheet_of(f"Local authority | 980 Northvale\nTool version | {edition}", "Cover")
    found = read(sheet_of(OLD, "Answers"), cover=cover)
    assert found.layout is not None
    assert found.layout.id == "form-0-9"
    assert levels(found) == {"LG1": 2, "LG2": 4, "CV1": 3}
    assert found.issues == ()


def test_an_edition_typed_as_a_number_is_the_same_edition() -> None:
    """A spreadsheet makes 1 of 1.0."""
    cover = sheet_of("Local authority | 980 Northvale\nTool version | 1", "Cover")
    assert read(sheet_of(PLAIN, "Answers"), cover=cover).issues == ()


def test_headings_outweigh_an_edition_that_no_layout_is_for() -> None:
    """It is read by its headings, and queried."""
    cover = sheet_of("Local authority | 980 Northvale\nTool version | 2.0 beta", "Cover")
    found = read(sheet_of(PLAIN, "Answers"), cover=cover)
    assert levels(found)["LG1"] == 2
    assert codes(found) == ["edition-differs"]
    assert '"2.0 beta"' in found.issues[0].message


def test_a_workbook_that_fits_no_layout_is_refused_with_the_reasons() -> None:
    """The sentence says what was looked for and what was found."""
    with pytest.raises(MismatchError) as caught:
        assessment_of(workbook_of(sheet_of("Ref | Score\nLG1 | 2", "Marks")), RUBRIC)
    text = str(caught.value)
    assert caught.value.issues[0].code is IssueCode.WORKBOOK_UNKNOWN
    assert 'fits its sheets "Marks"' in text
    assert (
        'The form, edition 1.0: 1 known ids, and no table with the column "Agreed level".' in text
    )


def test_many_sheet_names_are_cut_short_in_the_refusal() -> None:
    """Eight names are enough."""
    sheets = [sheet_of("x", f"S{number}") for number in range(11)]
    with pytest.raises(MismatchError, match='"S7" and 3 more'):
        assessment_of(workbook_of(*sheets), RUBRIC)


@pytest.mark.parametrize(
    ("fingerprint", "is_known"),
    [
        (Fingerprint(sheets=("List 1", "list  2")), True),
        (Fingerprint(sheets=("List 1", "List 9")), False),
        (Fingerprint(markers=("Child unique ID",)), True),
        (Fingerprint(markers=("Child unique ID", "Gender")), False),
        (Fingerprint(), False),
    ],
)
def test_a_workbook_often_sent_by_mistake_is_recognised(
    fingerprint: Fingerprint, is_known: bool
) -> None:
    """By its sheets, its marks, or both."""
    lookalike = Lookalike(
        id="lists", title="a child-level list", remedy="Send the other.", fingerprint=fingerprint
    )
    rubric = RUBRIC.with_layouts(RUBRIC.layouts, (lookalike,))
    book = workbook_of(sheet_of("Child unique ID", "List 1"), sheet_of("x", "List 2"))
    with pytest.raises(MismatchError) as caught:
        assessment_of(book, rubric)
    assert (caught.value.issues[0].code is IssueCode.WORKBOOK_OTHER) is is_known
    if is_known:
        assert "This looks like a child-level list" in str(caught.value)


def test_layouts_can_be_handed_in() -> None:
    """Only these are tried."""
    old_only = (RUBRIC.layouts[1],)
    with pytest.raises(MismatchError):
        assessment_of(workbook_of(sheet_of(PLAIN, "A")), RUBRIC, layouts=old_only)
    found = assessment_of(workbook_of(sheet_of(OLD, "A")), RUBRIC, layouts=old_only)
    assert levels(found)["LG2"] == 4


# --- what a caller can do with issues -----------------------------------------------------------


def test_raise_for_issues_stops_at_the_severity_asked_for() -> None:
    """Errors alone, or queries too, or everything."""
    found = read(sheet_of(PLAIN.replace("| 4 ", "|  "), "Answers"))
    assert codes(found) == ["answer-missing D3"]
    found.raise_for_issues()
    with pytest.raises(MismatchError, match="LG2 has no agreed level"):
        found.raise_for_issues(Severity.QUERY)
    with pytest.raises(MismatchError):
        found.raise_for_issues(Severity.NOTE)


def test_issues_come_in_the_order_of_the_workbook() -> None:
    """First what is about the whole, then sheet by sheet and row by row."""
    found = read(
        sheet_of("Ref | Agreed level\nLG2 | x\nLG1 | 9", "One"),
        sheet_of("Ref | Agreed level\nCV1 | y", "Two"),
    )
    assert codes(found) == [
        "column-missing",
        "level-unknown B2",
        "level-off-scale B3",
        "level-unknown B2",
    ]


def test_an_unknown_criterion_or_rating_has_no_response() -> None:
    """Asking for it is a mistake of the caller's."""
    with pytest.raises(KeyError):
        read(sheet_of(PLAIN, "Answers")).response("LG9", "agreed")
