"""Hold a workbook as it was found: sheets of cells in seven states, anchored at A1.

These are nouns only. `maturity.reading.grid` makes them; readers and writers share them.
Rows and columns count from 1, as in a spreadsheet: `A1` is row 1, column 1.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

from maturity.issues import Issue

__all__ = [
    "BLANK",
    "Cell",
    "CellRange",
    "CellState",
    "DropDown",
    "Sheet",
    "Visibility",
    "Workbook",
    "cell_name",
    "column_letters",
    "column_number",
    "exact_number",
    "is_cell_name",
    "parse_cell_name",
    "parse_place",
]

_CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_PLACE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<cell>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})"
)


class CellState(IntEnum):
    """What a cell holds. Blank, empty text and a formula without a result are three things."""

    BLANK = 0
    EMPTY_TEXT = 1
    NUMBER = 2
    TEXT = 3
    BOOLEAN = 4
    ERROR = 5
    UNCALCULATED = 6


class Cell(NamedTuple):
    """One cell's content, without its place, so that equal cells can share one object.

    Attributes:
        state: which of the seven states it is in.
        value: the number (int or float), text, boolean or error code; None where there is none.
        raw: the content as a person would quote it: the text unchanged, the number as stored,
            an ISO date for a number shown as a date, `TRUE`, `#N/A`; empty where there is none.
        shown_as: how the number format presents a number: empty (plainly), `date`, `time`,
            `datetime`, `duration` or `percent`.
        moment: the date, time or date and time that a number shown as one stands for; None where
            the number is not such a thing (negative, too large, the 1900 leap-day that never was).
        is_formula: whether a formula stands in the cell.
    """

    state: CellState
    value: int | float | str | bool | None = None
    raw: str = ""
    shown_as: str = ""
    moment: datetime.date | datetime.datetime | datetime.time | None = None
    is_formula: bool = False


BLANK = Cell(CellState.BLANK)


class CellRange(NamedTuple):
    """A rectangle of cells, corners included, counting from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Say whether a place lies in the rectangle."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )

    def __str__(self) -> str:
        first = cell_name(self.first_row, self.first_column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


class DropDown(NamedTuple):
    """A list of allowed answers on some cells: its source formula and, where inline, its words."""

    ranges: tuple[CellRange, ...]
    source: str
    words: tuple[str, ...]


class Visibility(StrEnum):
    """Whether a person sees the sheet when the workbook is opened."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's cells and what hides or joins them.

    Attributes:
        name: as written, spaces included.
        rows: row number → column number → cell. Blank cells and empty rows are absent. Row
            numbers ascend and, within a row, so do column numbers.
        visibility: whether it is seen.
        is_grid: False for chart sheets, dialogue sheets and macro sheets; these have no rows.
        merged: the merged ranges.
        hidden_rows: ranges (first, last) of hidden rows.
        hidden_columns: ranges (first, last) of hidden columns.
        drop_downs: the drop-down lists; only when asked for.
        notes: (row, column) → text of the note or comment there; only when asked for.
        formulas: (row, column) → formula text without `=`; only when asked for.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    visibility: Visibility = Visibility.VISIBLE
    is_grid: bool = True
    merged: tuple[CellRange, ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    drop_downs: tuple[DropDown, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    # First column → its merged ranges from the top, made when the first is asked for: a sheet may
    # have 100,000 of them.
    _by_column: dict[int, list[CellRange]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def cell(self, row: int, column: int) -> Cell:
        """Give the cell at a place; a blank one where nothing is stored."""
        cells = self.rows.get(row)
        return BLANK if cells is None else cells.get(column, BLANK)

    def is_row_hidden(self, row: int) -> bool:
        """Say whether the row is hidden."""
        return any(first <= row <= last for first, last in self.hidden_rows)

    def is_column_hidden(self, column: int) -> bool:
        """Say whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def drop_down_at(self, row: int, column: int) -> DropDown | None:
        """Give the drop-down list on a cell, if any; lists are known only when asked for."""
        for drop_down in self.drop_downs:
            if any(area.covers(row, column) for area in drop_down.ranges):
                return drop_down
        return None

    def merge_at(self, row: int, column: int) -> CellRange | None:
        """Give the merged range that covers a place, if any."""
        if self.merged and not self._by_column:
            for merged in sorted(self.merged):
                self._by_column.setdefault(merged.first_column, []).append(merged)
        for first, ranges in self._by_column.items():
            if first <= column:
                # Ranges do not overlap, so only the last one that begins above can cover the place.
                place = bisect_right(ranges, row, key=lambda merged: merged.first_row)
                if place and ranges[place - 1].covers(row, column):
                    return ranges[place - 1]
        return None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it was found.

    Attributes:
        name: the file's name without its folder, or what the caller called it.
        digest: SHA-256 of the file's bytes, as `sha256:` and 64 hexadecimal digits.
        format: `xlsx` (also `.xlsm .xltx .xltm`), `ods`, `xls` or `xlsb`, by content.
        sheets: in the workbook's own order.
        issues: what is odd about the file itself, such as links to other workbooks.
        defined_names: name → formula text; only when asked for.
        cannot_show: what this format or its reader does not tell us, such as `merged cells`.
    """

    name: str
    digest: str
    format: str
    sheets: tuple[Sheet, ...]
    issues: tuple[Issue, ...] = ()
    defined_names: Mapping[str, str] = field(default_factory=dict)
    cannot_show: frozenset[str] = frozenset()


@cache
def column_letters(column: int) -> str:
    """Turn a column number into its letters: 1 is `A`, 28 is `AB`."""
    letters = ""
    while column > 0:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """Turn a column's letters into its number: `A` is 1, `AB` is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def exact_number(cell: Cell) -> int | Decimal:
    """Give a number cell's value as a person sees it.

    That is 71.6, though the file may store 71.599999999999994.

    Raises:
        ValueError: when the cell holds no number.
    """
    if cell.state is not CellState.NUMBER:
        raise ValueError(f"a cell in state {cell.state.name} holds no number")
    return cell.value if isinstance(cell.value, int) else Decimal(repr(cell.value))


def cell_name(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does: row 7, column 4 is `D7`."""
    return f"{column_letters(column)}{row}"


def parse_cell_name(name: str) -> tuple[int, int]:
    """Turn a cell's name into row and column: `D7` is (7, 4).

    Raises:
        ValueError: when it is not a cell's name.
    """
    match = _CELL_NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is not the name of a cell")
    return int(match[2]), column_number(match[1])


def is_cell_name(name: str) -> bool:
    """Say whether a text is written as the name of a cell."""
    return _CELL_NAME.fullmatch(name) is not None


def parse_place(text: str) -> tuple[str, int, int] | None:
    """Take a cell of a sheet apart: `Cover!C4` is sheet `Cover`, row 4, column 3.

    Returns:
        Sheet, row and column; None when the text is not written so.
    """
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    name = match["plain"] or match["quoted"].replace("''", "'")
    return name, *parse_cell_name(match["cell"])
