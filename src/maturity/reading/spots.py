"""Find single values: beside or below a label, in a section or not, or in a fixed cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from maturity.layout import MetadataCell, Spot
from maturity.normalise import normalise
from maturity.reading.cell_ranges import cells_of
from maturity.reading.labels import beside_label
from maturity.reading.layout_keys import LayoutKey, SpotKey
from maturity.reading.words import SheetWords
from maturity.sheets import Cell, Sheet, Workbook

__all__ = ["FoundSpot", "find_spots"]


class FoundSpot(NamedTuple):
    """A single value as it stands in the workbook."""

    sheet: Sheet
    row: int
    column: int
    cell: Cell


def find_spots(
    workbook: Workbook, sheets: Sequence[SheetWords], key: LayoutKey
) -> dict[str | int, list[FoundSpot]]:
    """Find every place of a layout's single values.

    Args:
        workbook: the workbook.
        sheets: its known words.
        key: the layout.

    Returns:
        Metadata key, or number of a single answer → its places. Metadata that is given nowhere has
        none; a single answer has its cell, filled or not.
    """
    found: dict[str | int, list[FoundSpot]] = {}
    for words in sheets:
        if words.all.isdisjoint(key.labels):
            continue
        for spot, row, column in _labels(words, key):
            place = _value(words, spot.spot, row, column, key)
            if place is not None:
                found.setdefault(spot.name, []).append(place)
    for fixed in key.fixed:
        area = cells_of(workbook, fixed.spot.cell or "")
        if isinstance(area, str):
            continue
        row, column, cell = next(area.cells())
        if cell.raw.strip() or not isinstance(fixed.spot, MetadataCell):
            found.setdefault(fixed.name, []).append(FoundSpot(area.sheet, row, column, cell))
    return found


def _labels(words: SheetWords, key: LayoutKey) -> Iterator[tuple[SpotKey, int, int]]:
    """Yield each label that counts, with its place."""
    section = None
    name = normalise(words.sheet.name)
    for row, columns in words.rows.items():
        for column, word in columns.items():
            if word in key.sections:
                section = word
            for spot in key.labels.get(word, ()):
                is_here = not spot.sheets or name in spot.sheets
                if is_here and (not spot.sections or section in spot.sections):
                    yield spot, row, column


def _value(
    words: SheetWords, spot: Spot, row: int, column: int, key: LayoutKey
) -> FoundSpot | None:
    sheet = words.sheet
    if spot.at == "right" and isinstance(spot, MetadataCell):
        return _first_to_the_right(words, row, column, key)
    place = beside_label(sheet, (row, column), spot.at, key.labels)
    if place is None:
        return None
    cell = sheet.cell(*place)
    if isinstance(spot, MetadataCell) and not cell.raw.strip():
        return None
    return FoundSpot(sheet, *place, cell)


def _first_to_the_right(
    words: SheetWords, row: int, column: int, key: LayoutKey
) -> FoundSpot | None:
    """Give the first filled cell to the right of a label, unless another label comes first."""
    labels = words.rows.get(row, {})
    for place, cell in words.sheet.rows[row].items():
        if place > column and cell.raw.strip():
            is_label = labels.get(place) in key.labels
            return None if is_label else FoundSpot(words.sheet, row, place, cell)
    return None
