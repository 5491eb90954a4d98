"""Read and tidy ranges of cells, rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from maturity.sheets import CellRange, column_number

__all__ = ["hidden_between", "joined", "parse_range"]

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_RANGE = re.compile(
    r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?", re.ASCII
)
_WHOLE_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})", re.ASCII)
_WHOLE_ROWS = re.compile(r"\$?([1-9][0-9]{0,6}):\$?([1-9][0-9]{0,6})", re.ASCII)


def parse_range(reference: str) -> CellRange | None:
    """Read a range such as `A1:C3`, `B2`, `A:C` or `1:3`; None when it is not one.

    >>> parse_range("C3:A1")
    CellRange(first_row=1, first_column=1, last_row=3, last_column=3)
    """
    reference = reference.strip()
    if match := _RANGE.fullmatch(reference):
        letters, number, other_letters, other_number = match.groups()
        rows = (int(number), int(other_number or number))
        columns = (column_number(letters), column_number(other_letters or letters))
    elif match := _WHOLE_COLUMNS.fullmatch(reference):
        rows = (1, _LAST_ROW)
        columns = (column_number(match[1]), column_number(match[2]))
    elif match := _WHOLE_ROWS.fullmatch(reference):
        rows = (int(match[1]), int(match[2]))
        columns = (1, _LAST_COLUMN)
    else:
        return None
    if max(rows) > _LAST_ROW or max(columns) > _LAST_COLUMN:
        return None
    return CellRange(min(rows), min(columns), max(rows), max(columns))


def joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join ranges (first, last) that touch or overlap; ascending. Ranges back to front are dropped.

    >>> joined([(4, 4), (1, 2), (3, 3)])
    ((1, 4),)
    """
    result: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if last < first:
            continue
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def hidden_between(shown: Iterable[int], last: int) -> tuple[tuple[int, int], ...]:
    """Give the ranges that lie between the numbers shown, from 1 to the last possible one.

    >>> hidden_between([1, 2, 5], 9)
    ((3, 4), (6, 9))
    """
    hidden = []
    expected = 1
    for number in sorted(set(shown)):
        if number > expected:
            hidden.append((expected, number - 1))
        expected = number + 1
    if expected <= last:
        hidden.append((expected, last))
    return tuple(hidden)
