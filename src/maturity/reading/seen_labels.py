"""Find labels with a value beside them, such as those on a cover."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from maturity.inspection import SeenLabel, SeenTable
from maturity.sheets import Cell, CellState, Sheet, cell_name

__all__ = ["find_labels"]

_LONGEST_LABEL = 60
_LONGEST_VALUE = 200
_MOST_CELLS = 3
_MOST_LABELS = 40


def find_labels(sheet: Sheet, tables: Collection[SeenTable]) -> tuple[SeenLabel, ...]:
    """Find labels above a sheet's tables, or anywhere on a sheet without one.

    A label is a short text with one value to its right, or one that ends with a colon.
    """
    first = min((row for table in tables for row in (*table.header_rows, *table.items)), default=0)
    found = [
        label
        for row, cells in sheet.rows.items()
        if not first or row < first
        for label in _in_row(sheet, row, {c: cell for c, cell in cells.items() if cell.raw.strip()})
    ]
    return tuple(found[:_MOST_LABELS])


def _in_row(sheet: Sheet, row: int, cells: dict[int, Cell]) -> Iterator[SeenLabel]:
    if not cells or len(cells) > _MOST_CELLS:
        return
    places = list(cells)
    first = cells[places[0]]
    text = first.raw.strip()
    has_colon = text.endswith(":")
    if first.state is not CellState.TEXT or not 1 < len(text) <= _LONGEST_LABEL:
        return
    if len(places) == 1:
        if has_colon:
            merged = sheet.merge_at(row, places[0])
            after = (places[0] if merged is None else merged.last_column) + 1
            yield SeenLabel(text, "", cell_name(row, after), "text")
        return
    value = cells[places[1]]
    said = value.raw.strip()
    is_prose = text.endswith((".", "?", "!")) or len(said) > _LONGEST_VALUE
    # A second text that ends with a colon is a label itself.
    if (len(places) == 2 or has_colon) and not is_prose and not said.endswith(":"):
        yield SeenLabel(text, said, cell_name(row, places[1]), _type(value))


def _type(cell: Cell) -> str:
    if cell.shown_as in ("date", "datetime"):
        return "date"
    return "number" if cell.state is CellState.NUMBER else "text"
