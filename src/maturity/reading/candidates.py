"""Gather every cell that could answer one thing, and leave out those that cannot be meant.

A criterion may have several cells: a row copied, a column repeated, a sheet sent twice, a dashboard
that repeats the answers by formulas, an empty copy of the form. What is left here must agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from maturity.reading.tables import FoundTable
from maturity.sheets import BLANK, Cell, CellRange, CellState, Sheet, cell_name

__all__ = ["Place", "gather", "meant"]

_EMPTY = frozenset({CellState.BLANK, CellState.EMPTY_TEXT})


class Place(NamedTuple):
    """A cell that could answer something.

    Attributes:
        sheet: its sheet.
        row: its row.
        column: its column.
        cell: what stands there.
        block: which of the found tables it is in.
        is_unused: whether that table has nothing at all in this answer's columns.
        covered: the merged range that covers it from elsewhere.
    """

    sheet: Sheet
    row: int
    column: int
    cell: Cell
    block: int = 0
    is_unused: bool = False
    covered: CellRange | None = None

    @property
    def name(self) -> str:
        """The cell's name, such as `J5`."""
        return cell_name(self.row, self.column)


def gather(tables: Iterable[FoundTable]) -> dict[tuple[str, str], list[Place]]:
    """Target and rating → every cell that could answer it, in the workbook's order."""
    places: dict[tuple[str, str], list[Place]] = {}
    for block, table in enumerate(tables):
        sheet = table.sheet
        columns = [
            (rating, column, _is_unused(table, columns))
            for rating, columns in table.answers.items()
            for column in columns
        ]
        for found in table.rows:
            if found.target is None:
                continue
            row, target = found.row, found.target
            cells = sheet.rows.get(row, {})
            for rating, column, is_unused in columns:
                place = Place(sheet, row, column, cells.get(column, BLANK), block, is_unused)
                if sheet.merged:
                    place = _under_merge(place)
                answered = (target, rating)
                if answered in places:
                    places[answered].append(place)
                else:
                    places[answered] = [place]
    return places


def _is_unused(table: FoundTable, columns: Iterable[int]) -> bool:
    """Say whether a table has nothing in these columns, like an empty copy of the form."""
    for found in table.rows:
        cells = table.sheet.rows.get(found.row, {})
        for column in columns:
            if column in cells and cells[column].state not in _EMPTY:
                return False
    return True


def _under_merge(place: Place) -> Place:
    """Mark a cell that a merged range covers, unless it is the corner or the range is empty."""
    merged = place.sheet.merge_at(place.row, place.column)
    if merged is None or (place.row, place.column) == (merged.first_row, merged.first_column):
        return place
    corner = place.sheet.cell(merged.first_row, merged.first_column)
    if corner.state in _EMPTY and place.cell.state in _EMPTY:
        return place
    return place._replace(covered=merged)


def meant(places: list[Place]) -> list[Place]:
    """Leave out cells that repeat others by formulas elsewhere, and those of empty copies."""
    typed = [place for place in places if not place.cell.is_formula]
    own_blocks = {place.block for place in typed}
    kept = [place for place in places if not typed or place.block in own_blocks]
    used = [place for place in kept if not place.is_unused]
    return used or kept[:1]
