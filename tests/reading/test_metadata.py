"""Reading single values beside their labels."""

from __future__ import annotations

import datetime

import pytest
from written_sheets import made_rubric, sheet_of, workbook_of

from maturity.assessment import Assessment
from maturity.issues import IssueCode
from maturity.reading.assessment_workbook import assessment_of

RUBRIC = made_rubric()
TABLE = sheet_of("Ref | Education | Agreed level\nLG1 | 2 | 2\nLG2 | 2 | 2\nCV1 | 2 | 2", "Answers")
FIGURES = sheet_of("Ref | Value\nM1 | 1\nM2 | 1\nM3 | 1", "Figures")


def read(cover: str) -> Assessment:
    """Read a return with this cover."""
    return assessment_of(workbook_of(sheet_of(cover, "Cover"), TABLE, FIGURES), RUBRIC)


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("date 2026-01-31", datetime.date(2026, 1, 31)),
        ("2026-01-31", datetime.date(2026, 1, 31)),
        ("31/01/2026", datetime.date(2026, 1, 31)),
        ("5.2.2026", datetime.date(2026, 2, 5)),
        ("31 January 2026", datetime.date(2026, 1, 31)),
        ("1st of March 2026", datetime.date(2026, 3, 1)),
        ("3 Sept. 2026", datetime.date(2026, 9, 3)),
    ],
)
def test_a_date_is_read_as_a_date_or_as_british_text(typed: str, date: datetime.date) -> None:
    """Figures alone are day first."""
    found = read(f"Local authority | 980 Northvale\nDate completed: | {typed}\nTool version | 1.0")
    assert found.date == date
    assert found.issues == ()


@pytest.mark.parametrize(
    "typed", ["spring", "31/02/2026", "31 Janvier 2026", "01/2026", "#N/A", "7"]
)
def test_anything_else_is_not_a_date(typed: str) -> None:
    """It is queried, and the value kept as text."""
    found = read(f"Local authority | 980 Northvale\nDate completed | {typed}\nTool version | 1.0")
    assert found.date is None
    assert [issue.code for issue in found.issues] == [IssueCode.METADATA_UNREADABLE]
    assert found.metadata["date"].raw == typed


def test_the_value_is_the_next_filled_cell_of_the_row() -> None:
    """Empty columns may come between; the code and the name are told apart."""
    found = read("Local authority (code and name): | | | 980  Northvale\nTool version | 1.0")
    assert (found.area, found.area_code, found.area_name) == ("980 Northvale", "980", "Northvale")
    assert found.metadata["area"].cell == "D1"


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [("980", "980", ""), ("Northvale", "", "Northvale"), ("980 - Northvale", "980", "Northvale")],
)
def test_an_area_may_lack_code_or_name(typed: str, code: str, name: str) -> None:
    """The code is the part before the first space, when it is a number."""
    found = read(f"Local authority | {typed}\nTool version | 1.0")
    assert (found.area_code, found.area_name) == (code, name)


def test_another_label_is_not_a_value() -> None:
    """Two labels in a row: the first has no value, the second has one."""
    found = read("Local authority | Completed by | The analyst\nTool version | 1.0")
    assert found.area == ""
    assert found.metadata["role"].value == "The analyst"
    assert [issue.code for issue in found.issues] == [IssueCode.AREA_MISSING]


def test_a_cover_that_names_no_area_is_queried_with_where_to_enter_it() -> None:
    """The remedy names the label."""
    found = read("Tool version | 1.0")
    assert [str(issue) for issue in found.issues] == [
        'return.xlsx: The workbook does not give a value for "Local authority". '
        'Enter it to the right of "Local authority". [area-missing]'
    ]


def test_a_missing_edition_is_queried_and_another_value_is_not() -> None:
    """Only values that the layout requires are missed."""
    found = read("Local authority | 980 Northvale")
    assert [issue.code for issue in found.issues] == [IssueCode.METADATA_MISSING]


def test_a_value_given_twice_and_differently_is_queried() -> None:
    """The first one is used; one that is the same is no conflict."""
    cover = "Local authority | 980 A\nLocal authority | 980 a\nTool version | 1.0"
    assert read(cover).issues == ()
    found = read(cover + "\nLocal authority | 981 B")
    assert found.area == "980 A"
    assert [issue.code for issue in found.issues] == [IssueCode.METADATA_CONFLICT]
