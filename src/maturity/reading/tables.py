"""Find a layout's tables on a sheet: headers by their words, rows by their ids.

A header may stand in any row and any columns, spread over up to three rows, and may be repeated
block after block. Nothing here reads an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from maturity.reading.layout_keys import ReadingKey, TableKey, fold_label
from maturity.reading.words import SheetWords
from maturity.sheets import Sheet

__all__ = ["FoundRow", "FoundTable", "find_tables", "window"]

# The rows that may make up one header, from the row in which a word of it was found.
_BELOW_ALL = 1 << 30
_WINDOWS = ((0, 0), (0, 1), (-1, 0), (0, 2), (-1, 1), (-2, 0))


class FoundRow(NamedTuple):
    """A row of a table.

    Attributes:
        row: its number.
        target: the criterion or metric it is about; None when its id names none.
        by_title: whether it was recognised by its title because its id is lost or not known.
        cells: rating → the cells that answer it, as (row, column), where these do not stand in
            this row under the table's columns; None where they do.
        notes: kind of note → the cell, likewise.
        parts: the pieces of its id by name.
        typed: what the pieces of its id say together; None when the cell in the id column does.
        stated: for each of the table's columns with scores of the workbook's own, the cell.
    """

    row: int
    target: str | None
    by_title: bool = False
    cells: Mapping[str, tuple[tuple[int, int], ...]] | None = None
    notes: Mapping[str, tuple[int, int]] | None = None
    parts: Mapping[str, str] | None = None
    typed: str | None = None
    stated: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as it stands on a sheet.

    Attributes:
        sheet: the sheet.
        key: the table of the layout that it is.
        header: first and last row of its header.
        id_column: the column with the ids.
        has_id_header: whether that column has a header that the layout knows.
        answers: rating → its columns; more than one when the header is there twice.
        notes: kind of note → its column.
        title_column: the column with the titles, if there is one.
        unknown: columns with a header that the layout does not know, with that header.
        rows: its rows that hold anything in the id or answer columns.
        unclaimed: cells in answer columns whose row names no item, as (row, column).
    """

    sheet: Sheet
    key: TableKey
    header: tuple[int, int]
    id_column: int
    has_id_header: bool
    answers: Mapping[str, tuple[int, ...]]
    notes: Mapping[str, int]
    title_column: int | None
    unknown: tuple[tuple[int, str], ...]
    rows: tuple[FoundRow, ...]
    unclaimed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    last: int
    words: Mapping[int, frozenset[str]]


def find_tables(words: SheetWords, key: TableKey, vocabulary: ReadingKey) -> list[FoundTable]:
    """Find every block of a table on a sheet, from the top."""
    if key.required_words.isdisjoint(words.all) and not _may_be_spread(words, key):
        return []
    headers = list(_headers(words, key, vocabulary))
    ends = [*(header.first for header in headers), _BELOW_ALL][1:]
    found = (_table(words, key, header, end) for header, end in zip(headers, ends, strict=True))
    return [table for table in found if table is not None]


def _may_be_spread(words: SheetWords, key: TableKey) -> bool:
    """Say whether a header could be spread over rows: its id header is here with some ids."""
    return not key.id_headers.isdisjoint(words.all) and not words.all.isdisjoint(key.targets)


def _headers(words: SheetWords, key: TableKey, vocabulary: ReadingKey) -> Iterator[_Header]:
    below = 0
    for row, columns in words.rows.items():
        if row <= below:
            continue
        here = set(columns.values())
        if here.isdisjoint(key.id_headers) and here.isdisjoint(key.required_words):
            continue
        header = _best_header(words, key, row, below, vocabulary)
        if header is not None:
            yield header
            below = header.last


def _best_header(
    words: SheetWords, key: TableKey, row: int, below: int, vocabulary: ReadingKey
) -> _Header | None:
    """Give the rows around one that show the most answer columns; the row alone if it has all."""
    best, most = None, 0
    for up, down in _WINDOWS:
        first, last = row + up, row + down
        if first <= below or _has_ids(words, key, first, last):
            continue
        header = _Header(first, last, window(words, first, last, vocabulary))
        if _is_header(header, words, key):
            ratings = len(_ratings(header, key))
            if ratings > most:
                best, most = header, ratings
            if ratings == len(key.table.answers):
                break
    return best


def _has_ids(words: SheetWords, key: TableKey, first: int, last: int) -> bool:
    """Say whether a row of answers is among these rows, so that they cannot be one header."""
    return any(
        word in key.targets
        for row in range(first, last + 1)
        for word in words.rows.get(row, {}).values()
    )


def _ratings(header: _Header, key: TableKey) -> set[str]:
    present = frozenset().union(*header.words.values())
    return {key.answers[word] for word in present if word in key.answers}


def window(
    words: SheetWords, first: int, last: int, vocabulary: ReadingKey
) -> dict[int, frozenset[str]]:
    """Give, for each column, the known words in these rows: each alone, and all joined."""
    if first == last:
        columns = words.rows.get(first, {})
        return {column: frozenset({word}) for column, word in columns.items()}
    rows = [row for row in range(first, last + 1) if row in words.sheet.rows]
    found: dict[int, frozenset[str]] = {}
    for column in sorted({column for row in rows for column in words.sheet.rows[row]}):
        texts = [words.sheet.cell(row, column).raw for row in rows]
        joined = vocabulary.look_up(" ".join(text for text in texts if text)[:500])
        alone = {words.rows.get(row, {}).get(column) for row in rows}
        known = {word for word in (*alone, joined) if word is not None}
        if known:
            found[column] = frozenset(known)
    return found


def _is_header(header: _Header, words: SheetWords, key: TableKey) -> bool:
    ratings = _ratings(header, key)
    if not key.required <= ratings:
        return False
    if any(not known.isdisjoint(key.id_headers) for known in header.words.values()):
        return True
    return len(ratings) > 1 and _id_column(words, key, header.last, _BELOW_ALL) is not None


def _id_column(words: SheetWords, key: TableKey, above: int, below: int) -> int | None:
    """Give the column that holds the most known ids between two rows, if any does."""
    counts = Counter(
        column
        for row, columns in words.rows.items()
        if above < row < below
        for column, word in columns.items()
        if word in key.targets
    )
    return max(counts, key=lambda column: (counts[column], -column)) if counts else None


def _table(words: SheetWords, key: TableKey, header: _Header, end: int) -> FoundTable | None:
    headed = [
        column for column, known in header.words.items() if not known.isdisjoint(key.id_headers)
    ]
    by_content = _id_column(words, key, header.last, end)
    id_column = by_content if by_content in headed or not headed else headed[0]
    if id_column is None:
        return None
    answers: dict[str, tuple[int, ...]] = {}
    notes: dict[str, int] = {}
    title_column = None
    for column, known in header.words.items():
        for word in known:
            if word in key.answers:
                rating = key.answers[word]
                # Two words of a heading spread over rows may both name the rating.
                answers[rating] = (*(c for c in answers.get(rating, ()) if c != column), column)
            elif word in key.notes:
                notes.setdefault(key.notes[word], column)
            elif word in key.titles and title_column is None:
                title_column = column
    table = FoundTable(
        sheet=words.sheet,
        key=key,
        header=(header.first, header.last),
        id_column=id_column,
        has_id_header=id_column in headed,
        answers=answers,
        notes=notes,
        title_column=title_column,
        unknown=tuple(_unknown_columns(words, key, header, id_column)),
        rows=(),
    )
    return _with_rows(table, words, end)


def _unknown_columns(
    words: SheetWords, key: TableKey, header: _Header, id_column: int
) -> Iterator[tuple[int, str]]:
    for column, cell in words.sheet.rows.get(header.last, {}).items():
        known = header.words.get(column, frozenset())
        is_known = not known.isdisjoint(key.known)
        if cell.raw.strip() and not is_known and column != id_column:
            yield column, cell.raw


def _with_rows(table: FoundTable, words: SheetWords, end: int) -> FoundTable:
    columns = [column for places in table.answers.values() for column in places]
    targets = table.key.targets
    rows = []
    for row, cells in table.sheet.rows.items():
        if not table.header[1] < row < end:
            continue
        word = words.rows.get(row, {}).get(table.id_column)
        if word in table.key.id_headers:
            # Another table begins here, such as a list of actions with the same references.
            break
        target = targets.get(word) if word is not None else None
        if target is not None:
            rows.append(FoundRow(row, target))
        elif any(column in cells and cells[column].raw.strip() for column in columns):
            rows.append(_row_without_id(table, row))
    return FoundTable(
        **{name: getattr(table, name) for name in FoundTable.__slots__ if name != "rows"},
        rows=tuple(rows),
    )


def _row_without_id(table: FoundTable, row: int) -> FoundRow:
    """Recognise a row whose id is lost or not known by its title, if that is the form's own."""
    if table.title_column is None:
        return FoundRow(row, None)
    title = fold_label(table.sheet.cell(row, table.title_column).raw)
    target = table.key.title_targets.get(title)
    return FoundRow(row, target, by_title=target is not None)
