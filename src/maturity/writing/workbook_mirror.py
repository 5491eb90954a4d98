"""Show the return's sheets as they were sent, with a note on each cell that was read or doubted.

Every cell keeps its address, so that a note here can be followed in the return itself. Nothing is
put into the return's cells; what we have to say stands in notes and in one column to the right.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Mapping

from maturity.assessment import Assessment
from maturity.issues import Issue
from maturity.sheets import Cell, CellRange, CellState, Sheet, cell_name
from maturity.writing.book import Page
from maturity.writing.workbook_findings import Findings, Place
from maturity.writing.workbook_words import (
    count_of,
)

__all__ = ["write_mirror"]

# A return of the usual kind has some hundred cells on a sheet; a hostile one may have a million.
_MOST_CELLS = 20_000
_MOST_MERGES = 2_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_383
_WIDEST, _NARROWEST = 27, 8
_MARK_WIDTH = 60
_EARLIEST = datetime.date(1900, 1, 1)


def write_mirror(page: Page, assessment: Assessment, sheet: Sheet, findings: Findings) -> None:
    """Write one sheet of the return.

    Args:
        page: the sheet to write.
        assessment: the return.
        sheet: its sheet.
        findings: what there is to say of the cells of all its sheets.
    """
    cells, left_out = _shown_cells(sheet)
    notes = findings.notes.get(sheet.name, {})
    doubts = findings.doubts.get(sheet.name, {})
    joined = _joined_places(sheet, cells)
    last_column = max((column for _, column in cells), default=1)
    page.widths(*_widths(cells, joined, last_column), 3, _MARK_WIDTH)
    said = _said(notes, doubts, joined)
    doubted = {_seen(place, joined) for place in doubts}
    for area in dict.fromkeys(joined.values()):
        page.merge(*area, "doubt" if area[:2] in doubted else "sent")
    alone = _alone_in_row(cells)
    headers = _header_rows(assessment, cells)
    for place in sorted({**cells, **said}):
        if _seen(place, joined) != place:
            continue
        style = "doubt" if place in doubted else "read" if place in said else "sent"
        if style == "sent" and place[0] in alone and place not in joined:
            style = "sent_alone"
        elif style == "sent" and place[0] in headers:
            style = "sent_header"
        _write_cell(page, place, cells.get(place), style)
    for place, words in said.items():
        page.remark(*place, "\n".join(words))
    marks = _marks(sheet, cells, doubts, left_out)
    _write_marks(page, marks, min(last_column + 2, _MOST_COLUMNS))
    page.printing(is_large=True)


# --- what there is to show ------------------------------------------------------------------------


def _shown_cells(sheet: Sheet) -> tuple[dict[Place, Cell], int]:
    """Give the cells that are shown, and the number of those that are too many."""
    cells: dict[Place, Cell] = {}
    left_out = 0
    for row, columns in sheet.rows.items():
        for column, cell in columns.items():
            if cell.state is CellState.BLANK:
                continue
            if len(cells) < _MOST_CELLS and row <= _MOST_ROWS and column <= _MOST_COLUMNS - 2:
                cells[row, column] = cell
            else:
                left_out += 1
    return cells, left_out


def _seen(place: Place, joined: Mapping[Place, CellRange]) -> Place:
    """Give the cell in which a place is seen: itself, or the first of those it is joined with."""
    return joined[place][:2] if place in joined else place


def _said(
    notes: Mapping[Place, list[str]],
    doubts: Mapping[Place, list[Issue]],
    joined: Mapping[Place, CellRange],
) -> Mapping[Place, list[str]]:
    """Put together what is said of each cell that is seen: how it was read, and what is wrong."""
    said: dict[Place, list[str]] = {}
    for place, words in notes.items():
        said.setdefault(_seen(place, joined), []).extend(words)
    for place, issues in doubts.items():
        words = [f"{issue.message} {issue.remedy}" for issue in issues]
        said.setdefault(_seen(place, joined), []).extend(words)
    return said


# --- cells ----------------------------------------------------------------------------------------


def _joined_places(sheet: Sheet, cells: Mapping[Place, Cell]) -> Mapping[Place, CellRange]:
    """Give each place that the return joins with others, with its rectangle."""
    merged: dict[Place, CellRange] = {}
    last_row = max((row for row, _ in cells), default=1)
    for area in sheet.merged[:_MOST_MERGES]:
        places = list(_places_of(area)) if _can_merge(area, last_row) else []
        if len(places) > 1 and not any(place in merged for place in places):
            merged.update(dict.fromkeys(places, area))
    return merged


def _can_merge(area: CellRange, last_row: int) -> bool:
    height, width = area.last_row - area.first_row + 1, area.last_column - area.first_column + 1
    return area.first_row <= last_row and height * width <= _MOST_CELLS


def _places_of(area: CellRange) -> Iterator[Place]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield row, column


def _write_cell(page: Page, place: Place, cell: Cell | None, style: str) -> None:
    """Write a cell as found: a number as a number, a date as a date, an error as its text."""
    if cell is None:
        page.text(*place, "", style)
        return
    match cell.state:
        case CellState.NUMBER:
            _write_number(page, place, cell, style)
        case CellState.BOOLEAN:
            page.boolean(*place, bool(cell.value), style)
        case CellState.UNCALCULATED:
            page.text(*place, "[formula without a result]", style)
        case _:
            page.text(*place, cell.raw or str(cell.value or ""), style)


def _write_number(page: Page, place: Place, cell: Cell, style: str) -> None:
    moment = cell.moment
    if cell.shown_as in ("date", "datetime", "time") and _can_be_written(moment):
        page.moment(*place, moment, f"sent_{cell.shown_as}+{style}")
        return
    number = _finite(cell.value)
    if number is None or cell.shown_as not in ("", "percent"):
        page.text(*place, cell.raw, style)
    elif cell.shown_as == "percent":
        page.number(*place, number, f"sent_percent+{style}")
    else:
        page.number(*place, number, style)


def _can_be_written(moment: datetime.date | datetime.time | None) -> bool:
    if isinstance(moment, datetime.datetime):
        moment = moment.date()
    if isinstance(moment, datetime.date):
        return moment > _EARLIEST
    return moment is not None


def _finite(value: object) -> float | None:
    number = float(str(value))  # through text, so that a number too large becomes infinite
    return number if math.isfinite(number) else None


# --- the look -------------------------------------------------------------------------------------


def _widths(
    cells: Mapping[Place, Cell], joined: Mapping[Place, CellRange], last_column: int
) -> list[float]:
    longest = [0] * last_column
    alone = _alone_in_row(cells)
    for (row, column), cell in cells.items():
        if (row, column) not in joined and row not in alone:
            longest[column - 1] = max(longest[column - 1], len(cell.raw))
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]


def _alone_in_row(cells: Mapping[Place, Cell]) -> set[int]:
    """Give the rows with one filled cell only: titles and sentences, which may run on."""
    counts = Counter(row for row, _ in cells)
    return {row for row, count in counts.items() if count == 1}


def _header_rows(assessment: Assessment, cells: Mapping[Place, Cell]) -> set[int]:
    """Give the rows that name the columns: those with two or more of the layout's headers."""
    tables = () if assessment.layout is None else assessment.layout.tables
    words = {
        word.casefold()
        for table in tables
        for column in (table.id, *table.answers.values(), *table.notes.values())
        for word in column.header or ()
    }
    counts = Counter(
        row for (row, _), cell in cells.items() if " ".join(cell.raw.split()).casefold() in words
    )
    return {row for row, count in counts.items() if count > 1}


def _marks(
    sheet: Sheet, cells: Mapping[Place, Cell], doubts: Mapping[Place, list[Issue]], left_out: int
) -> Mapping[int, list[str]]:
    """Say in words, row by row, what is in doubt, what was hidden and what is not shown."""
    marks: dict[int, list[str]] = {}
    for (row, column), issues in sorted(doubts.items()):
        words = [f"{cell_name(row, column)}: {issue.message} {issue.remedy}" for issue in issues]
        marks.setdefault(row, []).extend(words)
    rows = sorted({row for row, _ in cells})
    for row in rows:
        if sheet.is_row_hidden(row):
            marks.setdefault(row, []).append("This row is hidden in the return.")
    if rows and sheet.visibility.value != "visible":
        marks.setdefault(rows[0], []).append(f"This sheet is {sheet.visibility.value}.")
    hidden = [column for column in sorted({c for _, c in cells}) if sheet.is_column_hidden(column)]
    if hidden:
        names = ", ".join(cell_name(1, column).rstrip("1") for column in hidden)
        marks.setdefault(rows[0], []).append(f"Hidden in the return: column {names}.")
    if left_out:
        rest = f"{count_of(left_out, 'more cell is', 'more cells are')} not shown here."
        marks.setdefault(rows[-1] + 1, []).append(rest)
    return marks


def _write_marks(page: Page, marks: Mapping[int, list[str]], column: int) -> None:
    for row, words in marks.items():
        page.text(row, column, "\n".join(f"◄ {text}" for text in words), "mark")
