"""A result workbook shows what was typed, how it was read, what it scored and what to mend."""

from __future__ import annotations

import datetime
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from xml.parsers import expat
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import recalculated
from openpyxl.workbook import Workbook as OpenedBook
from result_samples import (
    Answer,
    all_methods_rubric,
    assessment_of,
    nothing_applies_result,
    result_of,
    shipped_rubric,
    small_rubric,
    typed_result,
)

from maturity import load_rubric, read_assessment, score, write_workbook
from maturity.assessment import State
from maturity.batch.records import answered
from maturity.errors import MismatchError, WriteError
from maturity.issues import Issue, IssueCode, Severity
from maturity.layout import RESULT_MARKER
from maturity.result import Result
from maturity.rubric import Level, RollUp, Rubric
from maturity.rules import CountAs, Rounding
from maturity.sheets import Cell, CellRange, CellState, Sheet, Visibility, Workbook
from maturity.writing import workbook_charts, workbook_mirror
from maturity.writing.book import Book

CREATED = datetime.datetime(2026, 3, 7, 9, 30, tzinfo=datetime.UTC)
NASTY = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "@SUM(A1)",
    "+44 20 7946 0000",
    "-2",
    "http://example.org",
    "mailto:someone@example.org",
    "<b>bold</b> & \"quoted\" 'too'",
    "internal:Sheet!A1",
    "_x0041_",
    "bell \x07, nul \x00, lone \ud800, not one \uffff",
    "x" * 40_000,
)


def opened(result: Result, created: datetime.datetime | None = None) -> OpenedBook:
    """Write a result and open it with another library, values and not formulas."""
    return openpyxl.load_workbook(written(result, created), data_only=True)


def written(result: Result, created: datetime.datetime | None = None) -> io.BytesIO:
    """Write a result into memory."""
    stream = io.BytesIO()
    write_workbook(result, stream, created=created)
    stream.seek(0)
    return stream


def texts(book: OpenedBook, sheet: str) -> list[str]:
    """List every text on a sheet, row by row."""
    return [
        value
        for row in book[sheet].iter_rows(values_only=True)
        for value in row
        if isinstance(value, str)
    ]


def row_of(book: OpenedBook, sheet: str, first: str) -> list[object]:
    """Give the row of a sheet that starts with a text."""
    for row in book[sheet].iter_rows(values_only=True):
        if row[0] == first:
            return list(row)
    raise AssertionError(f"no row of {sheet} starts with {first!r}")


def formulas(book: OpenedBook) -> Iterator[tuple[str, str, str]]:
    """Yield each formula with its place."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, str(cell.value)


# --- what stands where ----------------------------------------------------------------------------


def test_sheets_stand_in_the_order_in_which_they_are_read() -> None:
    """The summary first, the return as sent in the middle, the workings last."""
    assert opened(typed_result()).sheetnames == [
        "Summary",
        "Matrix",
        "Priorities",
        "Answers",
        "As sent - Answers as sent",
        "Issues",
        "Baseline",
        "Method",
        "Workings",
    ]


def test_a_score_stands_with_its_band_coverage_bounds_target_and_partners() -> None:
    """One answer of each: a mean of 1 answer, the other counted in the bounds."""
    answers: dict[str, dict[str, Answer]] = {
        "AA1": {"agreed": 3, "target": 4, "left": 1, "right": 4},
        "AA2": {"agreed": State.NOT_APPLICABLE, "target": 2, "left": 2, "right": 4},
        "AA3": {"agreed": 2},
    }
    row = row_of(opened(result_of(small_rubric(), answers)), "Summary", "AA First domain")
    assert row == [
        "AA First domain",
        (3 + 2) / 2,
        "Middle",
        1,
        2.5,
        2.5,
        "2 of 2 answers counted: 100 % of the weight",
        (4 + 2) / 2,
        3 - 2.5,
        (1 + 2) / 2,
        4,
    ]


def test_a_score_that_cannot_be_given_says_so_and_why() -> None:
    """Never 0 and never empty; the chart refers to the same cells."""
    row = row_of(opened(result_of(small_rubric(), {})), "Summary", "AA First domain")
    assert row[1:4] == ["not scored", "–", 0]
    assert "AA1 (blank)" in str(row[6])
    assert row[8] == "–"


def test_a_combination_without_criteria_is_told_apart_from_one_without_answers() -> None:
    """In the matrix a dash means that there is nothing to score."""
    book = opened(result_of(small_rubric(), {}))
    assert row_of(book, "Matrix", "AA First domain")[1:] == [
        "not scored",
        "not scored",
        "not scored",
    ]
    assert row_of(book, "Matrix", "BB Second domain")[1:] == ["not scored", "–", "not scored"]


def test_a_grid_without_scores_of_its_facets_has_no_totals() -> None:
    """Nothing is added up that the rubric does not ask for."""
    matrix = RollUp(score="matrix", by=("domain", "principle"), method="mean")
    book = opened(result_of(small_rubric(matrix), {"AA1": {"agreed": 2}}))
    assert row_of(book, "Matrix", "AA First domain")[:3] == ["AA First domain", 2, "not scored"]
    assert "All together" not in texts(book, "Matrix")


def test_a_grid_may_have_totals_of_one_facet_only() -> None:
    """The principles' scores stand below the grid, and nothing beside it."""
    rules = [rule for rule in small_rubric().scoring.rollups if rule.score != "domain"]
    book = opened(result_of(small_rubric(*rules), {"AA1": {"agreed": 2}, "BB1": {"agreed": 2}}))
    assert row_of(book, "Matrix", "All together")[1:3] == [2, "not scored"]


def test_a_score_that_no_plain_formula_gives_is_written_as_a_value() -> None:
    """The sheet Workings then shows its parts as they were, and changes nothing."""
    rounded = RollUp(score="domain", method="mean", round=Rounding(decimals=0, mode="half-up"))
    answers: dict[str, dict[str, Answer]] = {
        "AA1": {"agreed": 2},
        "AA2": {"agreed": State.NOT_APPLICABLE},
        "AA3": {"agreed": 3},
    }
    file = written(result_of(small_rubric(rounded), answers))
    sheet = openpyxl.load_workbook(file)["Workings"]
    assert [sheet.cell(row, 8).value for row in range(5, 9)] == [3, 2, None, 3]
    assert [sheet.cell(row, 13).value for row in (6, 7)] == ["counted", "not applicable"]


def test_a_score_to_which_nothing_applies_leaves_the_score_above() -> None:
    """Its row shows dashes and no weight."""
    book = opened(nothing_applies_result())
    row = row_of(book, "Summary", "BB Second domain")
    assert row[1:6] == ["not scored", "–", "–", "–", "–"]
    assert row_of(book, "Summary", "together")[1:4] == [2, "Low", 1]


def test_a_target_that_the_rubric_does_not_make_is_a_dash() -> None:
    """A table may have more rows than the scores beside it."""
    result = result_of(small_rubric(), {"AA1": {"agreed": 2, "target": 3}})
    kept = tuple(item for item in result.scores if (item.score, item.id) != ("target", "BB"))
    book = opened(replace(result, scores=kept))
    assert row_of(book, "Summary", "BB Second domain")[7:9] == ["–", "–"]


def test_answers_stand_as_typed_beside_as_read() -> None:
    """With the cell, the descriptors and the issue in words."""
    row = row_of(opened(typed_result("2/3")), "Answers", "AA2")
    assert row[:3] == ["AA2", "Title of AA2", "Answers as sent"]
    assert row[9:12] == ["2/3", "unreadable", "C3"]
    assert 'Error: "2/3" is not a level. Enter one level.' in row
    row = row_of(opened(typed_result()), "Answers", "AA1")
    assert "1 Starting: AA1 at Starting" in row
    assert "2 Growing: AA1 at Growing" in row
    assert "2/3\nand later" in row
    assert "Elsewhere!D2" in row


def test_priorities_name_the_next_step() -> None:
    """With its descriptor, the evidence to look for and the plans as typed."""
    row = row_of(opened(typed_result("in May")), "Priorities", "Rank")
    assert row[0] == "Rank"
    book = opened(typed_result("in May"))
    found = next(row for row in book["Priorities"].iter_rows(values_only=True) if row[0] == 1)
    assert found[1:5] == ("AA1 Title of AA1", "1 Starting", "3 Steady", 2)
    assert found[6] == "2 Growing: AA1 at Growing"
    assert found[7] == "• Minutes\n• Survey"
    assert found[8] == "By when: in May\nand later"
    assert "LARGE: talk about this one" in texts(book, "Priorities")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "No level could be read, so nothing can be ranked. See the sheet Issues."),
        ({"AA1": {"agreed": 4}}, "No criterion whose level could be read is below its target."),
        ({}, "No criterion was rated by two partners, so their views cannot be compared."),
        (
            {"AA1": {"left": 2, "right": 2}},
            "Partners give the same level to every criterion that two of them rated.",
        ),
        ({}, "No criterion has both a level and a target."),
        ({"AA1": {"agreed": 4, "target": 2}}, "above target"),
        ({"AA1": {"agreed": 2, "target": 2}}, "at target"),
        ({"AA1": {"agreed": 1, "target": 2}}, "below target"),
        ({"AA1": {"agreed": 1}}, "no target"),
        ({"AA1": {"left": 2, "right": 3}}, "small"),
    ],
)
def test_priorities_say_in_words_how_things_stand(
    answers: dict[str, dict[str, int]], words: str
) -> None:
    """Also when there is nothing to list."""
    assert words in texts(opened(result_of(small_rubric(), answers)), "Priorities")


def test_errors_come_first_among_the_issues() -> None:
    """Whatever their order in the return."""
    book = opened(typed_result())
    severities = [row[0] for row in book["Issues"].iter_rows(min_row=5, values_only=True)]
    assert severities == ["Error: to mend", "Note: for information"]


def test_a_return_without_issues_says_so() -> None:
    """An empty list would look like a list that was forgotten."""
    book = opened(result_of(small_rubric(), {}))
    assert "Nothing was found that needs mending or explaining." in texts(book, "Issues")
    assert "• Nothing in the return needs mending." in texts(book, "Summary")


_OF_ANSWERS = (
    "Mean of the answers to the criteria, for each domain. Ratings used: Agreed. Every part has "
    "the same weight. A missing answer is left out; it lowers coverage, not the score. An allowed "
    '"not applicable" leaves the group. At least 50 % of the weight must be answered.'
)
_OF_SCORES = (
    'Mean of the scores "mean-skip", for everything together. Every part has the same weight. A '
    "missing score is left out; it lowers coverage, not the score. At least 70 % of the weight "
    "must be answered."
)


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ((Severity.ERROR,), "1 error to mend"),
        ((Severity.QUERY,), "1 query to mend or explain"),
        ((Severity.QUERY, Severity.ERROR, Severity.QUERY), "1 error to mend and 2 queries"),
    ],
)
def test_the_summary_counts_what_is_to_be_mended(
    severities: tuple[Severity, ...], words: str
) -> None:
    """And leads to the sheet that lists it."""
    plain = assessment_of(small_rubric(), {})
    issues = tuple(
        Issue(IssueCode.CELL_ODD, severity, "Odd.", "Mend it.") for severity in severities
    )
    book = opened(score(replace(plain, issues=issues)))
    assert any(words in text for text in texts(book, "Summary"))
    assert any(words.split(" and ", maxsplit=1)[0] in text for text in texts(book, "Issues"))


def test_the_method_is_told_in_words_from_the_rubric() -> None:
    """For every method, policy and kind of roll-up, and with the provenance."""
    said = texts(opened(result_of(all_methods_rubric(), {}), CREATED), "Method")
    for words in (
        _OF_ANSWERS,
        _OF_SCORES,
        "Draft rubric.",
        "Small rubric (small)",
        "7 March 2026, 09:30 UTC",
    ):
        assert words in said
    assert any("the weight per principle × the criterion's own weight" in text for text in said)
    assert any("With any score missing there is no score." in text for text in said)


def test_there_may_be_no_bands_no_grid_and_no_figures() -> None:
    """A rubric with the least that a rubric can have."""
    usual = small_rubric(RollUp(score="domain", method="mean"))
    scoring = usual.scoring.model_copy(update={"bands": ()})
    ratings = {"agreed": usual.ratings["agreed"]}
    rubric = usual.model_copy(
        update={"scoring": scoring, "metrics": {}, "ratings": ratings, "status": "final"}
    )
    rubric = Rubric.model_validate(rubric.model_dump(by_alias=True))
    book = opened(result_of(rubric, {"AA1": {"agreed": 2}}))
    assert "Matrix" not in book.sheetnames
    assert "The rubric names no bands." in texts(book, "Method")
    assert "The rubric asks for no figures." in texts(book, "Baseline")
    assert "Final rubric." in texts(book, "Summary")


def test_scores_of_no_table_stand_in_a_list_of_their_own() -> None:
    """An overall score, scores of scores, and scores by rating."""
    answers: dict[str, dict[str, Answer]] = {
        "AA1": {"agreed": 2, "left": 3},
        "BB1": {"agreed": State.UNREADABLE},
        "BB2": {"agreed": State.NOT_APPLICABLE},
    }
    book = opened(result_of(all_methods_rubric(), answers))
    assert "Other scores" in texts(book, "Summary")
    assert row_of(book, "Summary", "Overall")[1] == 2
    assert row_of(book, "Summary", "by-rating: Left")[1] == 3


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "none of the 2 could be scored"),
        ({"AA1": {"agreed": 2}, "AA2": {"agreed": 2}}, "all that are scored stand at 2.00 (Low)"),
        (
            {
                "AA1": {"agreed": 2},
                "AA3": {"agreed": 4},
                "BB1": {"agreed": 4},
                "BB2": {"agreed": 4},
            },
            "highest BB Second domain 4.00 (High), lowest AA First domain 3.00 (Middle)",
        ),
        ({"AA1": {"left": 1, "right": 2}}, "Partners differ by less than 2 levels everywhere"),
        (
            {"AA1": {"left": 1, "right": 4}},
            "Partners differ by 2 levels or more on 1 criterion (AA1)",
        ),
        (
            {"AA1": {"agreed": State.UNREADABLE}},
            "0 of 5 answered (the rest: 4 not in the return, 1 unreadable)",
        ),
    ],
)
def test_the_summary_says_what_the_result_shows(
    answers: dict[str, dict[str, int]], words: str
) -> None:
    """In plain sentences with the figures in them."""
    said = texts(opened(result_of(small_rubric(), answers)), "Summary")
    assert any(words in text for text in said)


def test_the_summary_names_three_next_steps_at_most() -> None:
    """With what would be seen, also for a rubric that does not describe its levels."""
    answers = {key: {"agreed": 1} for key in ("AA1", "AA2", "AA3", "BB1")}
    said = texts(opened(result_of(small_rubric(), answers)), "Summary")
    assert "1. AA1 Title of AA1 (now 1 Starting). At 2 Growing: AA1 at Growing" in said
    assert not any(text.startswith("4. ") for text in said)


def test_the_date_is_stated_when_it_is_given() -> None:
    """And not otherwise."""
    assert "Result made on: 7 March 2026" in texts(opened(typed_result(), CREATED), "Summary")
    assert not any("made on" in text for text in texts(opened(typed_result()), "Summary"))


def test_the_summary_tells_apart_why_there_is_no_answer() -> None:
    """And counts as the commands do: an allowed "not applicable" is no answer that could be given.

    AA1 answered, AA2 allowed to leave, AA3 not allowed to, BB1 blank, BB2 not in the return: 1 of 4.
    """
    answers: dict[str, dict[str, Answer]] = {
        "AA1": {"agreed": 2},
        "AA2": {"agreed": State.NOT_APPLICABLE},
        "AA3": {"agreed": State.NOT_APPLICABLE},
    }
    plain = assessment_of(small_rubric(), answers)
    responses = tuple(
        answer._replace(sheet="One", cell="C9") if answer.criterion == "BB1" else answer
        for answer in plain.responses
    )
    result = score(replace(plain, responses=responses))
    book = opened(result)
    assert any(
        'Agreed: 1 of 4 answered (the rest: 1 blank, 1 not in the return, 1 "not applicable" where '
        'it is not allowed), besides 1 allowed "not applicable".' in text
        for text in texts(book, "Summary")
    )
    assert answered(result) == (1, 4)
    assert row_of(book, "Answers", "BB1")[10] == "blank"
    assert row_of(book, "Answers", "BB2")[10] == "not in the return"
    assert "not in the return" in texts(book, "Method")


# What a roll-up does with a missing answer to BB2, and what the summary says of BB.
COUNTED_INSTEAD = [
    ("skip", "1 of 2 answers counted: 50 % of the weight"),
    ("lowest", "1 of 2 answered, 2 counted: 50 % of the weight answered"),
    (CountAs(count_as=0), "1 of 2 answered, 2 counted: 50 % of the weight answered"),
]


@pytest.mark.parametrize(("missing", "words"), COUNTED_INSTEAD)
def test_what_counts_in_place_of_an_answer_is_not_said_to_be_one(
    missing: Literal["skip", "lowest"] | CountAs, words: str, soffice: str, tmp_path: Path
) -> None:
    """How many were answered stands beside how many counted, in another program as well."""
    rubric = small_rubric(RollUp(score="domain", method="mean", missing=missing))
    path = tmp_path / "book.xlsx"
    path.write_bytes(written(result_of(rubric, {"BB1": {"agreed": 2}})).getvalue())
    for file in (path, *recalculated(soffice, [path], tmp_path)):
        book = openpyxl.load_workbook(file, data_only=True)
        assert row_of(book, "Summary", "BB Second domain")[6] == words


def test_a_criterion_without_a_title_is_named_once() -> None:
    """Its id stands for the title, and says no more by being said again."""
    rubric = small_rubric()
    criteria = tuple(
        each.model_copy(update={"title": each.id}) for each in rubric.domains[1].criteria
    )
    domains = (rubric.domains[0], rubric.domains[1].model_copy(update={"criteria": criteria}))
    untitled = Rubric.model_validate(
        rubric.model_copy(update={"domains": domains}).model_dump(by_alias=True)
    )
    book = opened(result_of(untitled, {"BB1": {"agreed": 1}}))
    texts = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(str(text) == "BB1" for text in texts)
    assert not any("BB1 BB1" in str(text) for text in texts)


@pytest.mark.parametrize(
    ("weight", "words"), [(1, "50 %"), (3, "75 %"), (15, "93.8 %"), (2999, "99.9 %")]
)
def test_coverage_is_said_of_the_weight(weight: int, words: str) -> None:
    """15 / 16 = 93.75 %, halves up; 2999 / 3000 is not yet 100 %."""
    weighted = RollUp(score="domain", method="weighted-mean", weights="criterion")
    rubric = small_rubric(weighted)
    second = rubric.domains[1]
    first, other = second.criteria
    criteria = (
        first.model_copy(update={"weight": weight}),
        other.model_copy(update={"weight": 1}),
    )
    domains = (rubric.domains[0], second.model_copy(update={"criteria": criteria}))
    rubric = Rubric.model_validate(
        rubric.model_copy(update={"domains": domains}).model_dump(by_alias=True)
    )
    book = opened(result_of(rubric, {"BB1": {"agreed": 2}}))
    said = row_of(book, "Summary", "BB Second domain")[6]
    assert said == f"1 of 2 answers counted: {words} of the weight"


@pytest.mark.parametrize(
    ("answers", "title", "series"),
    [
        ({"AA1": {"agreed": 2}}, "Domains: score", 1),
        ({"AA1": {"agreed": 2, "target": 3}}, "Domains: score and target", 2),
    ],
)
def test_a_chart_shows_targets_only_where_there_are_any(
    answers: dict[str, dict[str, Answer]], title: str, series: int
) -> None:
    """Its axis starts below the lowest level, so that a 1 on a scale from 1 has a bar."""
    with ZipFile(written(result_of(small_rubric(), answers))) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert f"<a:t>{title}</a:t>" in chart
    assert chart.count("<c:ser>") == series
    assert '<c:min val="0.0"/>' in chart
    assert "bars start at 0, which is not a level" in chart


def test_a_scale_from_zero_starts_at_zero() -> None:
    """Below it, programs that draw a missing score as 0 would draw it as a bar."""
    rubric = small_rubric()
    levels = (Level(value=0, label="None"), *rubric.levels)
    with_zero = rubric.model_copy(update={"levels": levels})
    data = workbook_charts.ChartData("Summary", "Domains", 1, 2, 3, 1, (2,))
    book = Book("", "")
    page = book.page(book.name_for("Summary"))
    page.chart(5, 1, workbook_charts.bar_chart(book, with_zero, data), {})
    with ZipFile(io.BytesIO(book.content())) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert '<c:min val="0.0"/>' in chart
    assert "which is not a level" not in chart


def test_the_sheet_method_says_that_this_is_a_result() -> None:
    """In a cell of its own, so that a result sent back is not taken for a return."""
    book = opened(typed_result())
    assert row_of(book, "Method", "Kind of workbook")[1] == RESULT_MARKER


def test_a_result_that_is_sent_back_is_recognised() -> None:
    """It is refused with what to send instead, not read as a return."""
    with pytest.raises(MismatchError, match="a result workbook"):
        read_assessment(written(result_of(shipped_rubric(), {})), shipped_rubric())


# --- the return as sent ---------------------------------------------------------------------------


def test_the_return_is_shown_cell_by_cell_at_the_same_addresses() -> None:
    """Text as text, numbers as numbers, dates as dates, errors as their text."""
    sheet = opened(typed_result("2/3"))["As sent - Answers as sent"]
    assert sheet["A1"].value == "Area"
    assert sheet["C3"].value == "2/3"
    assert sheet["D2"].value == 0.5
    assert sheet["D2"].number_format == "0.00%"
    assert sheet["D3"].value == "#N/A"
    assert sheet["A4"].value is True
    assert sheet["B4"].value == "[formula without a result]"
    assert sheet["A5"].value == datetime.datetime(2026, 3, 7)  # noqa: DTZ001 - as openpyxl gives it
    assert sheet["B5"].value == datetime.time(12)
    assert sheet["C5"].value == datetime.datetime(2026, 3, 7, 12)  # noqa: DTZ001 - likewise
    assert sheet["A6"].value == "-4"
    assert sheet["A7"].value == "1e400"
    assert sheet["A8"].value == "1900-01-01"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A2:B3"]


def test_each_cell_that_was_read_or_is_in_doubt_has_a_note() -> None:
    """A note says how it was read, or what is wrong and what to do; a text beside it too."""
    sheet = opened(typed_result("2/3"))["As sent - Answers as sent"]
    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert notes["C2"] == "AA1, Agreed: read as level 1 Starting."
    assert notes["C3"].startswith("AA2, Agreed: NOT READ. It counts as missing.\n")
    assert notes["C3"].endswith('"2/3" is not a level. Enter one level.')
    assert notes["B9"] == "M1 Share: unreadable."
    assert notes["B8"] == 'Date completed: read as "2026-03-07".'
    said = texts(opened(typed_result("2/3")), "As sent - Answers as sent")
    assert '◄ C3: "2/3" is not a level. Enter one level.' in said
    assert "◄ This row is hidden in the return." in said
    assert "◄ Hidden in the return: column F." in said


def test_a_doubt_about_a_joined_cell_is_noted_where_it_is_seen() -> None:
    """A note on a cell that is covered by another would never be seen."""
    result = typed_result("2/3")
    assert result.assessment.workbook is not None
    other, page = result.assessment.workbook.sheets
    joined = replace(page, merged=(CellRange(2, 3, 3, 3),), visibility=Visibility.VERY_HIDDEN)
    workbook = replace(result.assessment.workbook, sheets=(other, joined))
    result = score(replace(result.assessment, workbook=workbook))
    sheet = opened(result)["As sent - Answers as sent"]
    assert "is not a level" in sheet["C2"].comment.text
    assert sheet["C2"].fill.fgColor.rgb == "FFFBE4E4"
    said = "\n".join(texts(opened(result), sheet.title))
    assert "◄ This sheet is very hidden." in said


def test_the_row_that_names_the_columns_is_bold_and_dates_say_their_month(root: Path) -> None:
    """As in the form itself; 03/04 could be two days."""
    file = root / "examples/returns/972-thornwick-bay.xlsx"
    book = opened(score(read_assessment(file, shipped_rubric())))
    sheet = book[book["Answers"]["F5"].hyperlink.location.split("'")[1]]
    assert [sheet.cell(row, 1).font.bold for row in (3, 4, 5)] == [False, True, False]
    assert sheet["P5"].number_format == "d mmm yyyy"


def test_a_huge_sheet_is_cut_with_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile return must not make a result that nobody can open."""
    monkeypatch.setattr(workbook_mirror, "_MOST_CELLS", 4)
    said = texts(opened(typed_result()), "As sent - Answers as sent")
    assert any(text.endswith("more cells are not shown here.") for text in said)


def test_an_issue_about_no_single_cell_needs_no_note() -> None:
    """An issue may name a range, or something that is not the name of a cell."""
    result = typed_result()
    [note, doubt] = result.assessment.issues
    places = [replace(doubt.location, cell=cell) for cell in ("C3:C4", "somewhere")]  # type: ignore[type-var]  # a cell's place
    issues = (note, *(replace(doubt, location=place) for place in places))
    sheet = opened(score(replace(result.assessment, issues=issues)))["As sent - Answers as sent"]
    assert "is not a level" in sheet["C3"].comment.text


def test_names_of_mirrored_sheets_are_safe_and_told_apart() -> None:
    """Long names, forbidden characters, and names that differ in case only."""
    result = typed_result()
    assert result.assessment.workbook is not None
    names = ("a/b:[c]", "A/B:[C]", "x" * 60, "'History", "History")
    row = {1: {1: Cell(CellState.TEXT, "x", "x")}}
    sheets = tuple(Sheet(name=name, rows=row) for name in names)
    responses = list(result.assessment.responses)
    for place, name in enumerate(names):
        responses[place] = responses[place]._replace(sheet=name, cell="A1")
    workbook = Workbook("return.xlsx", "sha256:0", "xlsx", sheets)
    assessment = replace(result.assessment, workbook=workbook, responses=tuple(responses))
    mirrors = [name for name in opened(score(assessment)).sheetnames if name.startswith("As sent")]
    assert mirrors == [
        "As sent - a b  c",
        "As sent - A B  C (2)",
        "As sent - " + "x" * 21,
        "As sent - 'History",
        "As sent - History",
    ]


def test_a_result_without_its_workbook_has_no_mirrored_sheets() -> None:
    """Cells are then named without links."""
    result = typed_result()
    book = opened(score(replace(result.assessment, workbook=None)))
    assert not any(name.startswith("As sent") for name in book.sheetnames)
    assert row_of(book, "Answers", "AA2")[11] == "C3"
    assert book["Baseline"]["H5"].value == "B9"
    assert book["Issues"]["C5"].value == "C3"


# --- promises -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NASTY)
def test_text_from_a_return_never_becomes_a_formula_or_a_link(text: str) -> None:
    """In any field: answer, area, file name, sheet name, remark, figure, issue."""
    same = openpyxl.load_workbook(written(typed_result("harmless", sheet="harmless")))
    book = openpyxl.load_workbook(written(typed_result(text, sheet=text)))
    assert [place for *place, _ in formulas(book) if place[0][:7] != "As sent"] == [
        place for *place, _ in formulas(same)
    ]
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None or cell.hyperlink.target is None
    with ZipFile(written(typed_result(text, sheet=text))) as archive:
        relations = [name for name in archive.namelist() if name.endswith(".rels")]
        assert not any(b'TargetMode="External"' in archive.read(name) for name in relations)


@settings(max_examples=40)
@given(st.text(st.characters(), max_size=60))
def test_any_text_gives_a_file_that_opens(text: str) -> None:
    """Every part is XML that parses, control characters and lone surrogates included."""
    stream = written(typed_result(text, sheet=text))
    with ZipFile(stream) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                expat.ParserCreate().Parse(archive.read(name), True)
    book = openpyxl.load_workbook(stream)
    assert all(formula.startswith("=") for *_, formula in formulas(book))


def test_formulas_use_only_what_every_program_knows() -> None:
    """No dynamic arrays, no names that only new versions of Excel know."""
    known = {"SUM", "SUMPRODUCT", "IF", "ISNUMBER", "IFERROR", "LOOKUP", "ROUND", "COUNT", "AND"}
    known |= {"MIN", "MAX", "MEDIAN", "COUNTIF"}
    book = openpyxl.load_workbook(written(result_of(all_methods_rubric(), {})))
    used = set()
    for *_, formula in formulas(book):
        used |= {part.split("(")[0] for part in _calls(formula)}
    assert used <= known


def _calls(formula: str) -> list[str]:
    return re.findall(r"[A-Z_.]+\(", formula)


_WRITE_TWICE = """
import datetime, hashlib, io, sys
from result_samples import typed_result
from maturity import write_workbook
stream = io.BytesIO()
write_workbook(typed_result(), stream, created=datetime.datetime(2026, 3, 7, tzinfo=datetime.UTC))
print(hashlib.sha256(stream.getvalue()).hexdigest())
"""


def test_the_same_result_gives_the_same_bytes(root: Path) -> None:
    """In another process with another seed for hashes, and at another time of day."""
    created = datetime.datetime(2026, 3, 7, tzinfo=datetime.UTC)
    digests = {hashlib.sha256(written(typed_result(), created).getvalue()).hexdigest()}
    for seed in ("1", "2"):
        path = os.pathsep.join([str(root / "src"), str(root / "tests")])
        variables = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        command = [sys.executable, "-c", _WRITE_TWICE]
        run = subprocess.run(command, env=variables, check=True, capture_output=True, text=True)  # noqa: S603 - our own script
        digests.add(run.stdout.strip())
    assert len(digests) == 1


def test_the_source_is_never_overwritten(tmp_path: Path) -> None:
    """Known by its path, or by its bytes."""
    source = tmp_path / "return.xlsx"
    source.write_bytes(b"the return")
    digest = "sha256:" + hashlib.sha256(b"the return").hexdigest()
    plain = assessment_of(small_rubric(), {})
    result = score(replace(plain, source_digest=digest))
    for known in (source, None):
        with pytest.raises(WriteError, match="is the return itself"):
            write_workbook(result, source, source=known)
    assert source.read_bytes() == b"the return"
    write_workbook(result, tmp_path / "result.xlsx", source=source)
    assert openpyxl.load_workbook(tmp_path / "result.xlsx").sheetnames[0] == "Summary"


def test_a_return_goes_all_the_way(shared: Path, tmp_path: Path) -> None:
    """The README's five lines, on a messy return."""
    rubric = load_rubric("local-partnership")
    assessment = read_assessment(shared / "annex-a/returns/984-oldcastle-between.xlsx", rubric)
    write_workbook(score(assessment), tmp_path / "scored.xlsx")
    book = openpyxl.load_workbook(tmp_path / "scored.xlsx", data_only=True)
    assert book["Summary"]["A1"].value == f"984 Oldcastle: {shipped_rubric().title}"
    assert "As sent - 1 Leadership and gove" in book.sheetnames
    assert row_of(book, "Answers", "LG1")[12] == "2/3"
