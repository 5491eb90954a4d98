"""Find where a layout's columns stand in one block of a table, however the layout says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from maturity.layout import Column
from maturity.reading.layout_keys import ReadingKey, TableKey, fold_label
from maturity.reading.tables import window
from maturity.reading.words import SheetWords
from maturity.sheets import Sheet, column_number

__all__ = ["Block", "find_blocks"]

_BELOW_ALL = 1 << 30
_HEIGHTS = (1, 2, 3)
# How far above a header the heading that spans several of its columns may stand.
_ROWS_ABOVE = 5
_ROWS_TRIED = 100


@dataclass(frozen=True, slots=True)
class Block:
    """A table's header, if it has one, and the rows below it up to the next.

    Attributes:
        sheet: the sheet.
        first: the header's first row; 0 when the table has no header.
        last: its last row.
        words: column → the known words in its header.
        end: the first row that is no longer the block's.
    """

    sheet: Sheet
    first: int
    last: int
    words: Mapping[int, frozenset[str]]
    end: int = _BELOW_ALL
    _places: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def places(self, column: Column) -> tuple[int, ...]:
        """Give the sheet's columns in which a column of the layout stands; none for a label."""
        found = self._places.get(id(column))
        if found is None:
            found = self._places[id(column)] = tuple(self._found(column))
        return found

    def _found(self, column: Column) -> Iterator[int]:
        if column.letter is not None:
            yield column_number(column.letter)
        elif column.header is not None:
            wanted = frozenset(map(fold_label, column.header))
            here = [place for place, known in self.words.items() if not known.isdisjoint(wanted)]
            if column.under is not None:
                spans = frozenset(map(fold_label, column.under))
                here = [place for place in here if self._is_under(place, spans)]
            yield from here if column.nth is None else here[column.nth - 1 : column.nth]

    def _is_under(self, column: int, spans: frozenset[str]) -> bool:
        """Say whether a heading above the header spans a column of it."""
        rows = range(max(1, self.first - _ROWS_ABOVE), self.last + 1)
        return any(fold_label(_spanning(self.sheet, row, column)) in spans for row in rows)


def _spanning(sheet: Sheet, row: int, column: int) -> str:
    """Give the text that spans a place: of the merged range, or of the next cell to the left."""
    merged = sheet.merge_at(row, column)
    if merged is not None:
        return sheet.cell(merged.first_row, merged.first_column).raw
    texts = [cell.raw for place, cell in sheet.rows.get(row, {}).items() if place <= column]
    return next((text for text in reversed(texts) if text.strip()), "")


def find_blocks(words: SheetWords, key: TableKey, vocabulary: ReadingKey) -> list[Block]:
    """Find every block of a table on a sheet, from the top.

    Args:
        words: the sheet and the known words on it.
        key: the table.
        vocabulary: every word that the layouts know.

    Returns:
        The blocks; one that is the whole sheet when no column is found by a header.
    """
    sheet, table = words.sheet, key.table
    if table.header_rows:
        first, last = min(table.header_rows), max(table.header_rows)
        return [Block(sheet, first, last, window(words, first, last, vocabulary))]
    needed = _needed(key)
    if not needed:
        return [Block(sheet, 0, 0, {})]
    found: list[Block] = []
    known = (
        row for row, columns in words.rows.items() if not key.known.isdisjoint(columns.values())
    )
    for row in known:
        if not found or row > found[-1].last:
            found += _best(words, key, needed, row, vocabulary)
    if not found and any(" " in word for column in needed for word in column.words_of_header):
        # No row of a header that is spread over rows need say a word that is known.
        for row in islice(words.sheet.rows, _ROWS_TRIED):
            found = found or _best(words, key, needed, row, vocabulary)
    ends = [*(block.first for block in found), _BELOW_ALL][1:]
    return [
        Block(sheet, block.first, block.last, block.words, end)
        for block, end in zip(found, ends, strict=True)
    ]


def _needed(key: TableKey) -> tuple[Column, ...]:
    """The columns without whose headers a row is no header of the table."""
    table = key.table
    columns = (
        table.id,
        *(column for name, column in table.answers.items() if name in key.required),
    )
    return tuple(column for column in columns if column.header is not None)


def _best(
    words: SheetWords,
    key: TableKey,
    needed: tuple[Column, ...],
    row: int,
    vocabulary: ReadingKey,
) -> list[Block]:
    """Give the rows from this one that show the most columns, if any do; as few as will do."""
    best: list[Block] = []
    most = 0
    for height in _HEIGHTS:
        block, shown = _shown(words, key, needed, (row, row + height - 1), vocabulary)
        if shown > most:
            best, most = [block], shown
    if not best or best[0].first == best[0].last:
        return best
    # A word of the header may stand by chance in the row above it.
    _, below = _shown(words, key, needed, (row + 1, best[0].last), vocabulary)
    return [] if below >= most else best


def _shown(
    words: SheetWords,
    key: TableKey,
    needed: tuple[Column, ...],
    rows: tuple[int, int],
    vocabulary: ReadingKey,
) -> tuple[Block, int]:
    """Take some rows for a header, and count the columns that it shows; 0 when one is lacking."""
    block = Block(words.sheet, *rows, window(words, *rows, vocabulary))
    if not all(block.places(column) for column in needed):
        return block, 0
    headed = (column for column in key.table.columns if column.header)
    return block, sum(1 for column in headed if block.places(column))
