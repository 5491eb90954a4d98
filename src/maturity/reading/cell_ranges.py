"""Find the cells that a range such as `Lists!A2:A5`, or a defined name, stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from maturity.normalise import normalise
from maturity.sheets import Cell, CellRange, Sheet, Workbook, parse_cell_name

__all__ = ["RangeCells", "cells_of", "is_range", "sheet_named"]

_RANGE = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})(?::(?P<last>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}))?"
)
_WHOLE = re.compile(r"(?:.*!)?\$?(?:[A-Z]{1,3}:\$?[A-Z]{1,3}|[0-9]+:\$?[0-9]+)")
# A list of answers is short; a name that covers whole columns is no list.
_MOST_CELLS = 1_000


class RangeCells(NamedTuple):
    """The cells of a range.

    Attributes:
        sheet: their sheet.
        range: the rectangle.
    """

    sheet: Sheet
    range: CellRange

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield row, column and content, row by row, blank cells too."""
        area = self.range
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                yield row, column, self.sheet.cell(row, column)


def is_range(text: str) -> bool:
    """Say whether a text is written as a cell or a range, with or without a sheet."""
    return _RANGE.fullmatch(text.strip()) is not None


def cells_of(workbook: Workbook, text: str, beside: Sheet | None = None) -> RangeCells | str:
    """Find the cells of a range or a defined name.

    Args:
        workbook: the workbook; defined names are known only when it was read with them.
        text: such as `Lists!$A$2:$A$5`, `'My lists'!A2` or `Answers`.
        beside: the sheet that is meant when none is named.

    Returns:
        The cells; a sentence's end that says why there are none, such as "names no sheet".
    """
    text = text.strip().removeprefix("=")
    names = {normalise(name): formula for name, formula in workbook.defined_names.items()}
    match = _RANGE.fullmatch(text)
    if match is None:
        # A name may stand for another name, but not for long.
        for _ in range(4):
            text = names.get(normalise(text), text).strip().removeprefix("=")
        match = _RANGE.fullmatch(text)
    if match is None:
        if "(" in text:
            return "is a formula, which is not worked out here"
        if _WHOLE.fullmatch(text):
            return "is whole columns or rows, not the cells of a list"
        return "is neither a range of cells nor the name of one"
    name = match["plain"] or (match["quoted"] or "").replace("''", "'")
    sheet = sheet_named(workbook, name) if name else beside
    if sheet is None:
        return (
            f'is on a sheet "{name}" that the workbook does not have' if name else "names no sheet"
        )
    first, last = parse_cell_name(match["first"]), parse_cell_name(match["last"] or match["first"])
    area = CellRange(*map(min, first, last), *map(max, first, last))
    size = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
    return RangeCells(sheet, area) if size <= _MOST_CELLS else "has too many cells for a list"


def sheet_named(workbook: Workbook, name: str) -> Sheet | None:
    """Find a sheet by its name, case and kinds of space apart; None where there is none."""
    wanted = normalise(name)
    return next((sheet for sheet in workbook.sheets if normalise(sheet.name) == wanted), None)
