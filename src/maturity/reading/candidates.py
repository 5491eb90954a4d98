"""Gather every cell that could answer one thing, and leave out those that cannot be meant.

A criterion may have several cells: a row copied, a column repeated, a sheet sent twice, a dashboard
that repeats the answers by formulas, an empty copy of the form. What is left here must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from maturity.issues import CellLocation
from maturity.layout import AnswerColumn, SingleAnswer
from maturity.reading.tables import FoundTable
from maturity.sheets import BLANK, Cell, CellRange, CellState, Sheet, cell_name

__all__ = ["Place", "gather", "meant", "named_beside"]

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
        own: what the layout says of the words in it; None where it says nothing.
        is_alone: whether the layout allows no second cell for the same answer.
        whole: which of the layout's tables it is in, whatever the group; -1 for none.
    """

    sheet: Sheet
    row: int
    column: int
    cell: Cell
    block: int = 0
    is_unused: bool = False
    covered: CellRange | None = None
    own: AnswerColumn | SingleAnswer | None = None
    is_alone: bool = False
    whole: int = -1

    @property
    def name(self) -> str:
        """The cell's name, such as `J5`."""
        return cell_name(self.row, self.column)


Places = dict[tuple[str, str], list[Place]]


def gather(tables: Sequence[FoundTable]) -> Places:
    """Target and rating → every cell that could answer it, in the workbook's order."""
    places: Places = {}
    for block, table in enumerate(tables):
        if table.key.is_plain:
            _gather_plain(table, block, places)
            continue
        chooses = table.key.table.duplicates in ("first", "last")
        here: Places = {} if chooses else places
        _gather_declared(table, block, here)
        if chooses:
            for answered, found in here.items():
                places[answered] = _chosen(places.get(answered, []), found, tables)
    return places


def _gather_plain(table: FoundTable, block: int, places: Places) -> None:
    sheet = table.sheet
    columns = [
        (rating, column, _is_unused(table, columns), _own(table, rating))
        for rating, columns in table.answers.items()
        for column in columns
    ]
    for found in table.rows:
        if found.target is None:
            continue
        row, target = found.row, found.target
        cells = sheet.rows.get(row, {})
        for rating, column, is_unused, own in columns:
            cell = cells.get(column, BLANK)
            if own is None:
                place = Place(sheet, row, column, cell, block, is_unused)
            else:
                place = Place(sheet, row, column, cell, block, is_unused, None, own)
            if sheet.merged:
                place = _under_merge(place)
            answered = (target, rating)
            if answered in places:
                places[answered].append(place)
            else:
                places[answered] = [place]


def _gather_declared(table: FoundTable, block: int, places: Places) -> None:
    sheet = table.sheet
    is_alone = table.key.table.duplicates == "refuse"
    for rating in table.answers:
        own = _own(table, rating)
        rows = [
            (found.target, found.cells[rating])
            for found in table.rows
            if found.target is not None and found.cells is not None and rating in found.cells
        ]
        cells = [sheet.cell(*place) for _, there in rows for place in there]
        is_unused = all(cell.state in _EMPTY for cell in cells)
        for target, there in rows:
            for row, column in there:
                cell = sheet.cell(row, column)
                place = Place(
                    sheet, row, column, cell, block, is_unused, None, own, is_alone, table.key.whole
                )
                if sheet.merged:
                    place = _under_merge(place)
                places.setdefault((target, rating), []).append(place)


def _chosen(known: list[Place], found: list[Place], tables: Sequence[FoundTable]) -> list[Place]:
    """Keep the first or the last of the rows that a table repeats, as its layout says.

    Args:
        known: cells found in earlier blocks.
        found: cells of one block.
        tables: all blocks.
    """
    table = tables[found[0].block]
    policy = table.key.table.duplicates
    earlier = [
        place
        for place in known
        if place.sheet is table.sheet and tables[place.block].key is table.key
    ]
    if policy == "first":
        return known if earlier else [*known, *_of_one_row(found, found[0])]
    others = [place for place in known if place not in earlier]
    return [*others, *_of_one_row(found, found[-1])]


def _of_one_row(found: Iterable[Place], chosen: Place) -> list[Place]:
    return [place for place in found if place.row == chosen.row]


def _own(table: FoundTable, rating: str) -> AnswerColumn | None:
    """Give what the layout says of the words in a column, if it says anything."""
    column = table.key.table.answers[rating]
    return column if column.has_own_words else None


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


def named_beside(place: Place, beside: Place) -> str:
    """Name a cell, with its sheet when that is not the one being talked about.

    Args:
        place: the cell.
        beside: the cell that is talked about.
    """
    if place.sheet.name == beside.sheet.name:
        return place.name
    return str(CellLocation("", place.sheet.name, place.name))
