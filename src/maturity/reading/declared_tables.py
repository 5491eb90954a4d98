"""Find a table that is described by more than the words in its headers.

Ids by pattern or put together of parts, columns by letter, items of several rows, labels within an
item, several items side by side: the layout says how, and nothing here knows any workbook. Tables
that are found by their words alone are in `tables`, which forgives more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from maturity.layout import Column, RowTest
from maturity.patterns import find_in
from maturity.reading.block_columns import Block, find_blocks
from maturity.reading.labels import beside_label, find_label
from maturity.reading.layout_keys import ReadingKey, TableKey, fold_label
from maturity.reading.row_keys import RowKey, RowKeys
from maturity.reading.tables import FoundRow, FoundTable
from maturity.reading.words import SheetWords
from maturity.sheets import Sheet

__all__ = ["find_declared_tables"]

_LAST_ROW = 1_048_576


@dataclass(slots=True)
class _Item:
    """A row that begins an item, and the last row that belongs to it."""

    row: int
    key: RowKey
    by_title: bool
    last_row: int = 0


@dataclass(slots=True)
class _Found:
    """What was found in one block."""

    block: Block
    items: list[_Item] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


def find_declared_tables(
    words: SheetWords, key: TableKey, vocabulary: ReadingKey
) -> list[FoundTable]:
    """Find every block of a table on a sheet, from the top.

    Args:
        words: the sheet and the known words on it.
        key: the table.
        vocabulary: every word that the layouts know.
    """
    blocks = find_blocks(words, key, vocabulary)
    if not blocks:
        return []
    found = _walk(words.sheet, key, blocks)
    if not any(each.items for each in found):
        return []
    tables = (_table(words.sheet, key, each) for each in found)
    # A block in which no item is known still tells what was not read.
    return [table for table in tables if table.rows or table.unclaimed]


def _walk(sheet: Sheet, key: TableKey, blocks: Sequence[Block]) -> list[_Found]:
    """Go down the sheet once, and give each row to its block."""
    found = [_Found(block) for block in blocks]
    starts = [block.first for block in blocks]
    outside = Block(sheet, 0, 0, {})
    keys = RowKeys(key, sheet)
    first, last = key.table.first_row or 1, key.table.last_row or _LAST_ROW
    for row in sheet.rows:
        number = bisect_right(starts, row) - 1
        block = blocks[number] if number >= 0 else outside
        if block.first <= row <= block.last:
            _end_item(found, row)
            keys.read_header(row, block.places, _headed(key, block))
            continue
        parts = keys.read(row, block.places)
        if keys.is_new_section:
            _end_item(found, row)
        if number < 0 or not first <= row <= last or not _counts(key, block, row):
            continue
        item = _item(key, keys, block, row, parts)
        if item is None:
            found[number].others.append(row)
        else:
            _end_item(found, row)
            found[number].items.append(item)
    # The last item may end in cells that are empty, which no sheet stores.
    below = max((column.down for column in key.table.columns), default=0)
    _end_item(found, min(last, max(sheet.rows, default=0) + below) + 1)
    return found


def _headed(key: TableKey, block: Block) -> frozenset[int]:
    """Give the columns of a block that have a header of the table."""
    return frozenset(c for c, known in block.words.items() if not known.isdisjoint(key.known))


def _end_item(found: Sequence[_Found], row: int) -> None:
    """Let the item that is open end above a row."""
    for each in found:
        if each.items and not each.items[-1].last_row:
            each.items[-1].last_row = row - 1


def _counts(key: TableKey, block: Block, row: int) -> bool:
    return all(_holds(test, block, row) for test in key.table.only)


def _holds(test: RowTest, block: Block, row: int) -> bool:
    if test.is_placed:
        texts = [block.sheet.cell(row, column).raw.strip() for column in block.places(test)]
    else:
        texts = [cell.raw.strip() for cell in block.sheet.rows[row].values()]
    if test.is_ is not None:
        wanted = frozenset(map(fold_label, test.is_))
        return any(fold_label(text) in wanted for text in texts)
    pattern = test.pattern
    if pattern is None:
        return any(texts)
    return any(find_in(pattern, text) is not None for text in texts)


def _item(
    key: TableKey, keys: RowKeys, block: Block, row: int, parts: dict[str, str]
) -> _Item | None:
    """Recognise the item that begins in a row, by its id or else by its title."""
    id_column = key.table.id
    texts = [block.sheet.cell(row, column).raw for column in block.places(id_column)]
    text = next((text for text in texts if text.strip()), "")
    row_key = keys.key(text, parts)
    if row_key is not None and row_key.target is not None:
        return _Item(row, row_key, by_title=False)
    if key.table.title is not None:
        for column in block.places(key.table.title):
            title = block.sheet.cell(row, column).raw
            target = key.title_targets.get(fold_label(title))
            if target is not None:
                return _Item(row, RowKey(target, text, parts), by_title=True)
    return None if row_key is None else _Item(row, row_key, by_title=False)


def _table(sheet: Sheet, key: TableKey, found: _Found) -> FoundTable:
    block, table = found.block, key.table
    id_places = block.places(table.id) or tuple(
        place for part in table.parts.values() for place in block.places(part)
    )
    made = (_row(sheet, key, block, item) for item in found.items)
    rows = tuple(row for row in made if row.target is not None or _is_filled(sheet, row))
    answers = {rating: block.places(column) for rating, column in table.answers.items()}
    for rating, column in table.answers.items():
        if column.label is not None:
            answers[rating] = tuple(sorted({c for row in rows for _, c in _cells(row, rating)}))
    title = () if table.title is None else block.places(table.title)
    notes = {
        kind: places for kind, column in table.notes.items() if (places := block.places(column))
    }
    return FoundTable(
        sheet=sheet,
        key=key,
        header=(block.first, block.last),
        id_column=id_places[0] if id_places else 1,
        has_id_header=True,
        answers={rating: places for rating, places in answers.items() if places},
        notes={kind: places[0] for kind, places in notes.items()},
        title_column=title[0] if title else None,
        unknown=(),
        rows=rows,
        unclaimed=tuple(_unclaimed(sheet, key, found, answers.values(), rows)),
    )


def _is_filled(sheet: Sheet, row: FoundRow) -> bool:
    """Say whether anything stands in the answer cells of an item that nobody knows."""
    cells = (place for places in (row.cells or {}).values() for place in places)
    return any(sheet.cell(*place).raw.strip() for place in cells)


def _cells(row: FoundRow, rating: str) -> tuple[tuple[int, int], ...]:
    return () if row.cells is None else row.cells.get(rating, ())


def _row(sheet: Sheet, key: TableKey, block: Block, item: _Item) -> FoundRow:
    table = key.table
    own = {
        rating: tuple(_places(sheet, key, block, item, column))
        for rating, column in table.answers.items()
    }
    notes = {
        kind: places[0]
        for kind, column in table.notes.items()
        if (places := tuple(_places(sheet, key, block, item, column)))
    }
    stated = (tuple(_places(sheet, key, block, item, column)) for column in table.stated)
    return FoundRow(
        row=item.row,
        target=item.key.target,
        by_title=item.by_title,
        cells={rating: places for rating, places in own.items() if places},
        notes=notes,
        parts=item.key.parts,
        typed=item.key.typed,
        stated=tuple(places[0] if places else None for places in stated),
    )


def _places(
    sheet: Sheet, key: TableKey, block: Block, item: _Item, column: Column
) -> Iterator[tuple[int, int]]:
    """Yield the cells of an item in which a column of the layout stands."""
    if column.label is not None:
        words = frozenset(map(fold_label, column.label))
        label = find_label(sheet, range(item.row, item.last_row + 1), words)
        value = None if label is None else beside_label(sheet, label, column.at, _labels(key))
        if value is not None:
            yield value
        return
    row = item.row + column.down
    if row <= max(item.last_row, item.row):
        yield from ((row, place) for place in block.places(column))


def _labels(key: TableKey) -> frozenset[str]:
    return frozenset(fold_label(word) for c in key.table.columns for word in c.label or ())


def _unclaimed(
    sheet: Sheet,
    key: TableKey,
    found: _Found,
    columns: Iterable[tuple[int, ...]],
    rows: Sequence[FoundRow],
) -> Iterator[tuple[int, int]]:
    """Yield filled cells of the answer columns that no item has claimed."""
    claimed = {place for row in rows for places in (row.cells or {}).values() for place in places}
    claimed |= {place for row in rows for place in row.stated if place is not None}
    claimed |= {place for row in rows for place in (row.notes or {}).values()}
    wanted = sorted({column for places in columns for column in places})
    labels = _labels(key)
    for row in found.others:
        for column in wanted:
            text = sheet.cell(row, column).raw
            is_label = bool(labels) and fold_label(text) in labels
            if text.strip() and not is_label and (row, column) not in claimed:
                yield row, column
