"""Edit a return as people do, at random, and read the same answers from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from written_sheets import made_rubric, sheet_of, workbook_of

from maturity.assessment import Assessment
from maturity.reading.assessment_workbook import assessment_of
from maturity.sheets import Cell, CellRange, CellState, Sheet, Visibility

RUBRIC = made_rubric()
COVER = sheet_of("The form\n\nLocal authority | 980 Northvale\nTool version | 1.0", "Cover")
FIGURES = sheet_of(
    "Ref | Measure | Value\nM1 | Plans | 71.6\nM2 | Waiting | 3\nM3 | Deficit | 4", "Figures"
)
FIRST = sheet_of(
    "Leadership\n\nRef | What we look at | Education | Agreed level | Evidence\n"
    "LG1 | Shared vision | 1 | 2 | minutes\nLG2 | Decision rights | 2/3 | 4 |",
    "1 Leadership",
)
SECOND = sheet_of(
    "Voice\n\nRef | What we look at | Education | Agreed level\nCV1 | Voice | TBC | N/A", "2 Voice"
)
SHEETS = (COVER, FIRST, SECOND, FIGURES)


def insert_row(sheet: Sheet, at: int, text: str) -> Sheet:
    """Insert a row above row `at`, empty or with a remark in its second column."""
    rows = {row + (row >= at): dict(cells) for row, cells in sheet.rows.items()}
    if text:
        rows[at] = {2: Cell(CellState.TEXT, text, text)}
    return _with(sheet, rows, lambda row, column: (row + (row >= at), column))


def insert_column(sheet: Sheet, at: int, text: str) -> Sheet:
    """Insert a column before column `at`, with a heading in every fourth row."""
    rows = {
        row: {column + (column >= at): cell for column, cell in cells.items()}
        for row, cells in sheet.rows.items()
    }
    for row, cells in rows.items():
        if text and row % 4 == 3:
            cells[at] = Cell(CellState.TEXT, text, text)
    return _with(sheet, rows, lambda row, column: (row, column + (column >= at)))


def shuffle_rows(sheet: Sheet, first: int, order: list[int]) -> Sheet:
    """Put the rows from `first` on in another order."""
    below = [row for row in sheet.rows if row >= first]
    ranked = sorted(below, key=lambda row: order[row % len(order)])
    rows = {row: dict(cells) for row, cells in sheet.rows.items() if row < first}
    rows |= dict(zip(below, (dict(sheet.rows[row]) for row in ranked), strict=True))
    return dataclasses.replace(sheet, rows=_ordered(rows))


def retype(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """Type every text again in another manner."""
    rows = {
        row: {
            column: cell._replace(value=change(cell.raw), raw=change(cell.raw))
            if cell.state is CellState.TEXT
            else cell
            for column, cell in cells.items()
        }
        for row, cells in sheet.rows.items()
    }
    return dataclasses.replace(sheet, rows=rows)


def _with(
    sheet: Sheet,
    rows: dict[int, dict[int, Cell]],
    move: Callable[[int, int], tuple[int, int]],
) -> Sheet:
    merged = tuple(
        CellRange(
            *move(place.first_row, place.first_column), *move(place.last_row, place.last_column)
        )
        for place in sheet.merged
    )
    return dataclasses.replace(sheet, rows=_ordered(rows), merged=merged)


def _ordered(rows: dict[int, dict[int, Cell]]) -> dict[int, dict[int, Cell]]:
    return {row: dict(sorted(cells.items())) for row, cells in sorted(rows.items())}


MANNERS: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    lambda text: f" {text}\n",
    lambda text: text.replace(" ", "\xa0"),
    lambda text: text.replace(" ", "\n", 1),
    lambda text: "\u200b" + text,
]
REMARKS = st.sampled_from(
    ["", "Draft 3, not yet agreed", "Our notes", "see page 4", "Agreed by all?"]
)


@st.composite
def edited(draw: st.DrawFn, sheet: Sheet, table: int) -> Sheet:
    """Edit a sheet up to four times; `table` is the row of its header, or 0."""
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["row", "column", "manner", "hide", "rename", "shuffle"]))
        if kind == "row":
            at = draw(st.integers(1, max(sheet.rows) + 1))
            sheet = insert_row(sheet, at, draw(REMARKS))
            table += table and at <= table
        elif kind == "column":
            # A column between a label and its value may be empty, but nobody types into it.
            text = draw(REMARKS) if table else ""
            sheet = insert_column(sheet, draw(st.integers(1, 5)), text)
        elif kind == "manner":
            sheet = retype(sheet, draw(st.sampled_from(MANNERS)))
        elif kind == "hide":
            sheet = dataclasses.replace(
                sheet, visibility=draw(st.sampled_from(Visibility)), hidden_rows=((4, 4),)
            )
        elif kind == "rename":
            sheet = dataclasses.replace(sheet, name=draw(st.text(max_size=31)))
        elif table:
            sheet = shuffle_rows(sheet, table + 1, draw(st.permutations(range(5))))
    return sheet


def answers(found: Assessment) -> list[tuple[object, ...]]:
    """What was read, without where and how it was typed."""
    return [
        *((r.criterion, r.rating, r.state, r.level) for r in found.responses),
        *((m.metric, m.state, m.value) for m in found.metrics),
        (found.area_code, found.area_name.casefold().strip()),
    ]


@given(
    edited(COVER, 0),
    edited(FIRST, 3),
    edited(SECOND, 3),
    edited(FIGURES, 1),
    st.permutations(range(4)),
)
def test_edits_that_keep_the_words_keep_the_answers(
    cover: Sheet, first: Sheet, second: Sheet, figures: Sheet, order: list[int]
) -> None:
    """Inserting, moving, hiding, renaming and retyping change no answer."""
    plain = answers(assessment_of(workbook_of(*SHEETS), RUBRIC))
    sheets = [cover, first, second, figures]
    book = workbook_of(*(sheets[place] for place in order))
    assert answers(assessment_of(book, RUBRIC)) == plain
