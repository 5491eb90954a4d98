"""Merged ranges: which of them overlap, and which values lie beneath one."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from maturity.reading.findings import Findings
from maturity.reading.merges import note_merge_oddities
from maturity.reading.ranges import hidden_between, joined
from maturity.sheets import Cell, CellRange, CellState

ONE = Cell(CellState.NUMBER, 1, "1")
RANGES = st.builds(
    lambda row, column, rows, columns: CellRange(row, column, row + rows, column + columns),
    *(st.integers(1, 8), st.integers(1, 8), st.integers(0, 4), st.integers(0, 4)),
)


def _noted(merged: list[CellRange]) -> list[tuple[str, str | None]]:
    found = Findings("book.xlsx")
    rows = {row: dict.fromkeys(range(1, 14), ONE) for row in range(1, 14)}
    note_merge_oddities("S", rows, merged, found)
    return [(issue.code.value, issue.cell) for issue in found.close()]


def _overlap(first: CellRange, second: CellRange) -> bool:
    return (
        first.first_row <= second.last_row
        and second.first_row <= first.last_row
        and first.first_column <= second.last_column
        and second.first_column <= first.last_column
    )


@given(st.lists(RANGES, max_size=6))
def test_overlaps_and_covered_values_are_those_of_the_definition(merged: list[CellRange]) -> None:
    """The sweep finds what comparing everything with everything finds."""
    noted = _noted(merged)
    if any(_overlap(first, second) for first, second in itertools.combinations(merged, 2)):
        assert [code for code, _ in noted] == ["file-odd"]
        return
    covered = {
        (row, column)
        for merge in merged
        for row in range(merge.first_row, merge.last_row + 1)
        for column in range(merge.first_column, merge.last_column + 1)
        if (row, column) != (merge.first_row, merge.first_column)
    }
    assert len([cell for _, cell in noted if cell is not None]) == min(len(covered), 20)
    assert {code for code, _ in noted} <= {"cell-covered"}


def test_hundred_thousand_ranges_take_little_time() -> None:
    """The sweep does not compare each range with each."""
    merged = [CellRange(row, column, row, column + 1) for row in range(1, 501)
              for column in range(1, 401, 2)]  # fmt: skip
    rows = {row: {1: ONE} for row in range(1, 501)}
    before = time.process_time()
    note_merge_oddities("S", rows, merged, Findings("book.xlsx"))
    assert time.process_time() - before < 5


@given(st.sets(st.integers(1, 30)))
def test_what_is_not_shown_is_hidden(shown: set[int]) -> None:
    """The ranges between are exactly the numbers that are not shown."""
    hidden = {
        number
        for first, last in hidden_between(shown, 30)
        for number in range(first, last + 1)
    }  # fmt: skip
    assert hidden == set(range(1, 31)) - shown
    assert joined((number, number) for number in hidden) == hidden_between(shown, 30)


def test_range_back_to_front_is_dropped() -> None:
    """It holds nothing."""
    assert joined([(3, 1), (5, 6)]) == ((5, 6),)
