"""See the drop-down lists of a workbook cell by cell, and lists of answers with numbers beside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from maturity.inspection import SeenAnswerList, SeenDropDown
from maturity.reading.answers import typed_number
from maturity.reading.cell_ranges import cells_of
from maturity.sheets import Cell, CellRange, CellState, DropDown, Sheet, Workbook, exact_number

__all__ = ["answer_lists_on", "drop_downs_on", "listed_cells", "number_in", "values_beside"]

# More cells under drop-down lists than any form has; a list on whole columns is cut to its rows.
_MOST_CELLS = 100_000
_MOST_WORDS = 60
_MOST_COLUMNS = 25
_LONGEST_WORD = 200


def drop_downs_on(sheet: Sheet, workbook: Workbook) -> tuple[SeenDropDown, ...]:
    """Describe the drop-down lists of a sheet, with the words that each of them offers."""
    return tuple(
        SeenDropDown(tuple(map(str, each.ranges)), each.source, *_words(each, sheet, workbook))
        for each in sheet.drop_downs
    )


def _words(drop_down: DropDown, sheet: Sheet, workbook: Workbook) -> tuple[tuple[str, ...], str]:
    """Give the words of a list, and why there are none."""
    if drop_down.words:
        return drop_down.words, ""
    found = cells_of(workbook, drop_down.source, sheet)
    if isinstance(found, str):
        return (), f'its source "{drop_down.source}" {found}'
    words = tuple(cell.raw.strip() for _, _, cell in found.cells() if cell.raw.strip())
    return words, "" if words else "its source is empty"


def listed_cells(sheet: Sheet, workbook: Workbook) -> dict[tuple[int, int], tuple[str, ...]]:
    """Give, for each cell of the sheet's used part with a drop-down list, the words of the list."""
    rows = list(sheet.rows)
    if not rows:
        return {}
    widest = max(max(cells) for cells in sheet.rows.values() if cells)
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for drop_down in sheet.drop_downs:
        words, _ = _words(drop_down, sheet, workbook)
        if not 1 < len(words) <= _MOST_WORDS or max(map(len, words)) > _LONGEST_WORD:
            continue
        places = chain.from_iterable(_places(area, rows, widest) for area in drop_down.ranges)
        found |= dict.fromkeys(islice(places, max(0, _MOST_CELLS - len(found))), words)
    return found


def _places(area: CellRange, rows: Sequence[int], widest: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a range in rows that hold something; whole rows are cut short."""
    last = min(area.last_column, max(widest + 1, area.first_column + _MOST_COLUMNS))
    for index in range(bisect_left(rows, area.first_row), len(rows)):
        if rows[index] > area.last_row:
            return
        for column in range(area.first_column, last + 1):
            yield rows[index], column


def number_in(cell: Cell) -> str | None:
    """Give the number in a cell, as written, whether it is one or a text that says one."""
    if cell.state is CellState.NUMBER:
        return None if cell.shown_as else str(exact_number(cell))
    if cell.state is not CellState.TEXT or len(cell.raw) > _LONGEST_WORD:
        return None  # nobody types a number that long, and a file may hold a million such texts
    number = typed_number(cell.raw)
    return None if number is None else str(number)


def answer_lists_on(sheet: Sheet) -> tuple[SeenAnswerList, ...]:
    """Find short columns of different words with different numbers beside them."""
    runs: dict[int, list[list[tuple[int, str, str]]]] = {}
    for row, cells in sheet.rows.items():
        for column in cells:
            pair = _pair(sheet, row, column)
            if pair is not None:
                known = runs.setdefault(column, [])
                if not known or known[-1][-1][0] != row - 1:
                    known.append([])
                known[-1].append((row, *pair))
    return tuple(
        seen
        for column, known in sorted(runs.items())
        for run in known
        for seen in _list(run, column)
    )


def _pair(sheet: Sheet, row: int, column: int) -> tuple[str, str] | None:
    word = sheet.cell(row, column)
    if word.state is not CellState.TEXT or not 0 < len(word.raw.strip()) <= _LONGEST_WORD:
        return None
    value = number_in(sheet.cell(row, column + 1))
    return None if value is None else (word.raw.strip(), value)


def _list(run: Sequence[tuple[int, str, str]], column: int) -> Iterator[SeenAnswerList]:
    words, values = [word for _, word, _ in run], [value for _, _, value in run]
    if 2 <= len(run) <= 12 and len(set(words)) == len(run) == len(set(values)):
        area = CellRange(run[0][0], column, run[-1][0], column)
        yield SeenAnswerList(str(area), tuple(words), tuple(values))


def values_beside(
    workbook: Workbook, wanted: Sequence[tuple[str, ...]]
) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Find where the workbook itself says what the words of a list count.

    The words stand below one another with a number to the right of each, or beside one another in
    one row with as many numbers behind them.

    Args:
        workbook: the workbook.
        wanted: lists of words.

    Returns:
        Words → their numbers, for those lists of which something was found.
    """
    starts: dict[str, list[tuple[str, ...]]] = {}
    for words in wanted:
        # Bare numbers count what they say.
        if any(typed_number(word) is None for word in words):
            starts.setdefault(words[0], []).append(words)
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for sheet in workbook.sheets:
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                for words in starts.get(cell.raw.strip(), ()):
                    if words not in found and (values := _values(sheet, row, column, words)):
                        found[words] = values
    return found


def _values(sheet: Sheet, row: int, column: int, words: tuple[str, ...]) -> tuple[str, ...]:
    size = range(len(words))
    below = tuple(sheet.cell(row + n, column).raw.strip() for n in size)
    along = tuple(sheet.cell(row, column + n).raw.strip() for n in size)
    numbers: list[str | None] = []
    if below == words:
        numbers = [number_in(sheet.cell(row + n, column + 1)) for n in size]
    elif along == words:
        numbers = [number_in(sheet.cell(row, column + len(words) + n)) for n in size]
    values = tuple(number for number in numbers if number is not None)
    return values if len(values) == len(words) and len(set(values)) > 1 else ()
