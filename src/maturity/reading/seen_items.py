"""Find the rows of a sheet that look like items: by ids, by texts beside drop-down lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from maturity.normalise import normalise
from maturity.reading.id_shapes import id_and_text, is_counting, shape_of, whole_id
from maturity.reading.seen_kinds import is_answer_header, is_scale_word
from maturity.sheets import Cell, CellState, Sheet

__all__ = ["Items", "find_items"]

Listed = Mapping[tuple[int, int], tuple[str, ...]]
_FEWEST_NUMBERS = 3
_FEWEST_IDS = 2
# A header stands near the top; looking for one in each row of a list of data would take long.
_ROWS_WITH_HEADERS = 40
_MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Items:
    """Rows that look like items.

    Attributes:
        column: the column with their ids, or with their texts where they have none.
        ids: row → id as written; empty texts where items have none.
        texts: row → the text that shares the id's cell, or is all that tells the item.
        is_id_in_text: whether the ids begin a longer text.
        is_above: whether the texts stand above the answers, so that the column is the answers'.
        first: the first column that may belong to them.
        last: the last one.
    """

    column: int
    ids: Mapping[int, str]
    texts: Mapping[int, str]
    is_id_in_text: bool = False
    is_above: bool = False
    first: int = 1
    last: int = 16_384

    @property
    def has_ids(self) -> bool:
        """Whether they are known by ids."""
        return any(self.ids.values())


def find_items(sheet: Sheet, listed: Listed) -> list[Items]:
    """Find the groups of items on a sheet, from the left.

    Args:
        sheet: the sheet.
        listed: its cells with a drop-down list.
    """
    columns: dict[int, dict[int, Cell]] = {}
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            columns.setdefault(column, {})[row] = cell
    with_list = {row for row, _ in listed}
    candidates = [
        items
        for column, cells in sorted(columns.items())
        for items in _in_column(column, cells, listed, with_list)
    ]
    best = max(candidates, key=lambda items: _rank(items, with_list), default=None)
    if best is not None and (not listed or not with_list.isdisjoint(best.ids)):
        return _side_by_side(best, candidates)
    return list(_by_text(sheet, columns, listed)) or ([] if best is None else [best])


def _in_column(
    column: int, cells: Mapping[int, Cell], listed: Listed, with_list: Collection[int]
) -> Iterator[Items]:
    free = {row: cell for row, cell in cells.items() if (row, column) not in listed}
    found = {row: id_ for row, cell in free.items() if (id_ := whole_id(cell))}
    ids = _of_one_kind(found, with_list)
    if _are_ids(ids, free):
        yield Items(column, ids, {})
    pairs = {row: pair for row, cell in free.items() if (pair := id_and_text(cell))}
    ids = _of_one_kind({row: id_ for row, (id_, _) in pairs.items()}, with_list)
    if len(ids) >= _FEWEST_NUMBERS and len(set(ids.values())) > 1 and _are_ids(ids, free):
        yield Items(column, ids, {row: pairs[row][1] for row in ids}, is_id_in_text=True)


def _of_one_kind(found: Mapping[int, str], with_list: Collection[int]) -> dict[int, str]:
    """Leave the ids whose rows can be answered, else those of the commonest look."""
    answerable = {row: id_ for row, id_ in found.items() if row in with_list}
    if len(answerable) >= _FEWEST_IDS:
        # A row that somebody added has no list, and its id looks like those around it.
        alike = set(map(shape_of, answerable.values()))
        first, last = min(answerable), max(answerable)
        return {
            row: id_
            for row, id_ in found.items()
            if row in answerable or (shape_of(id_) in alike and first < row <= last + 1)
        }
    shapes = Counter(map(shape_of, found.values()))
    commonest = max(shapes, key=lambda shape: shapes[shape], default="")
    return {row: id_ for row, id_ in found.items() if shape_of(id_) == commonest}


def _are_ids(ids: Mapping[int, str], cells: Mapping[int, Cell]) -> bool:
    distinct = len(set(map(normalise, ids.values())))
    if distinct < _FEWEST_IDS or distinct < len(ids) / 4:
        return False
    if any(not any(character.isalpha() for character in id_) for id_ in ids.values()):
        is_reckoned = sum(cells[row].is_formula for row in ids) > len(ids) / 2
        return len(ids) >= _FEWEST_NUMBERS and not is_reckoned and is_counting(ids)
    return distinct >= len(ids) / 2


def _rank(items: Items, with_list: Collection[int]) -> tuple[int, bool, float, int, int]:
    answerable = sum(row in with_list for row in items.ids)
    shape = shape_of(next(iter(items.ids.values())))
    share = len(set(items.ids.values())) / len(items.ids)
    return answerable, len(shape) > 1, round(share, 1), len(items.ids), -items.column


def _side_by_side(best: Items, candidates: list[Items]) -> list[Items]:
    """Give all groups of items that stand side by side with the best, each with its columns."""
    shapes = set(map(shape_of, best.ids.values()))
    beside = [
        items
        for items in candidates
        if items is best
        or (
            items.is_id_in_text == best.is_id_in_text
            and set(map(shape_of, items.ids.values())) == shapes
            and len(items.ids.keys() & best.ids.keys()) > len(best.ids) / 2
            and not set(items.ids.values()) & set(best.ids.values())
            and len(next(iter(shapes))) > 1
        )
    ]
    starts = [items.column for items in beside]
    ends = [*(start - 1 for start in starts[1:]), 16_384]
    return [
        replace(items, first=first, last=last)
        for items, first, last in zip(beside, [1, *starts[1:]], ends, strict=True)
    ]


def _by_text(
    sheet: Sheet, columns: Mapping[int, Mapping[int, Cell]], listed: Listed
) -> Iterator[Items]:
    """Find items that have no ids: by what stands beside or above their drop-down lists."""
    left: dict[int, dict[int, str]] = {}
    above: dict[int, dict[int, str]] = {}
    done: set[int] = set()
    before = _texts_before(sheet, listed)
    usual = _usual_column(before.values())
    for row, column in sorted(listed):
        texts = before[row]
        place = usual if usual in texts else max(texts, key=lambda c: len(texts[c]), default=0)
        beside = (place, texts[place]) if texts and row not in done else None
        if beside is not None:
            left.setdefault(beside[0], {})[row] = beside[1]
            done.add(row)
        elif row not in done and (text := _text_above(sheet, row, column)):
            above.setdefault(column, {})[row] = text
    for column, texts in left.items():
        yield Items(column, dict.fromkeys(texts, ""), texts)
    for column, texts in above.items():
        ids = dict.fromkeys(texts, "")
        yield Items(column, ids, texts, is_above=True, first=column, last=column)
    if not listed:
        yield from _below_header(sheet, columns)


def _texts_before(sheet: Sheet, listed: Listed) -> dict[int, dict[int, str]]:
    """Give, for each row with drop-down lists, the texts to the left of the first of them."""
    first: dict[int, int] = {}
    for row, column in listed:
        first[row] = min(column, first.get(row, column))
    return {
        row: {
            place: cell.raw.strip()
            for place, cell in sheet.rows[row].items()
            if place < column and cell.state is CellState.TEXT and cell.raw.strip()
        }
        for row, column in first.items()
    }


def _usual_column(rows: Iterable[Mapping[int, str]]) -> int:
    """Give the column that has a text in the most rows; of several, the one with most to say."""
    counts: dict[int, tuple[int, int]] = {}
    for texts in rows:
        for column, text in texts.items():
            count, size = counts.get(column, (0, 0))
            counts[column] = (count + 1, size + len(text))
    return max(counts, key=lambda column: counts[column], default=0)


def _text_above(sheet: Sheet, row: int, column: int) -> str:
    for higher in range(row - 1, max(0, row - 4), -1):
        cell = sheet.cell(higher, column)
        if cell.state is CellState.TEXT and cell.raw.strip():
            return cell.raw.strip()
    return ""


def _below_header(sheet: Sheet, columns: Mapping[int, Mapping[int, Cell]]) -> Iterator[Items]:
    """Find texts below a header that has a column for answers, where nothing else shows them."""
    headers = (
        (row, place)
        for row, cells in islice(sheet.rows.items(), _ROWS_WITH_HEADERS)
        for place, cell in islice(cells.items(), _MOST_COLUMNS)
        if cell.state is CellState.TEXT and is_answer_header(cell.raw)
    )
    for row, place in islice(headers, _ROWS_WITH_HEADERS):
        filled = {
            column: {r: c.raw.strip() for r, c in columns[column].items() if _is_item(r, c, row)}
            for column in sheet.rows[row]
            if column < place
        }
        column = max(filled, key=lambda each: len(filled[each]), default=0)
        answers = [c.raw for r, c in columns[place].items() if r > row and c.raw.strip()]
        texts = filled.get(column, {})
        if len(texts) >= _FEWEST_NUMBERS and all(map(is_scale_word, answers)):
            yield Items(column, dict.fromkeys(texts, ""), texts)
            return


def _is_item(row: int, cell: Cell, header: int) -> bool:
    return row > header and cell.state is CellState.TEXT and len(cell.raw.strip()) > 3
