"""Put a sheet's items, headers, columns and sections together into tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from maturity.inspection import ColumnKind, SeenColumn, SeenTable
from maturity.normalise import fold_answer, normalise
from maturity.reading.answers import typed_forms
from maturity.reading.id_shapes import id_pattern
from maturity.reading.seen_items import Items, find_items
from maturity.reading.seen_kinds import kind_of, level_header
from maturity.rubric import Answers, Level
from maturity.sheets import CellState, Sheet, column_letters

__all__ = ["find_seen_tables"]

Listed = Mapping[tuple[int, int], tuple[str, ...]]
_ROWS_ABOVE = 8
# What columns hold is guessed from so many rows, and from so many columns of a sheet of data.
_MOST_ROWS = 2_000
_MOST_COLUMNS = 300
_LONGEST_HEADER = 160
_LONGEST_SECTION = 120
_WORDS_SHOWN = 15


def find_seen_tables(sheet: Sheet, listed: Listed) -> tuple[SeenTable, ...]:
    """Find what looks like tables of items on a sheet, from the left.

    Args:
        sheet: the sheet.
        listed: its cells with a drop-down list.
    """
    made = (_table(sheet, items, listed) for items in find_items(sheet, listed))
    return tuple(table for table in made if _is_worth_naming(table))


def _is_worth_naming(table: SeenTable) -> bool:
    """Leave out numbered lists of prose and the like: tables have answers, scores or a header."""
    kinds = {column.kind for column in table.columns}
    if not kinds.isdisjoint((ColumnKind.ANSWER, ColumnKind.STATED)):
        return True
    return bool(table.header_rows) and not table.is_id_in_text and ColumnKind.TEXT in kinds


def _table(sheet: Sheet, items: Items, listed: Listed) -> SeenTable:
    every = [row for row in sheet.rows if row in items.ids]
    rows = every[:_MOST_ROWS]
    places = sorted(
        {column for row in rows for column in sheet.rows[row]}
        | {column for row, column in listed if row in items.ids}
        | _headed(sheet, rows[0])
    )
    places = [place for place in places if items.first <= place <= items.last][:_MOST_COLUMNS]
    header = 0 if items.is_above else _header_row(sheet, items, rows, places, listed)
    columns = _columns(sheet, items, rows, places, header, listed)
    texts = items.texts or _texts(sheet, every, columns)
    column, sections = _sections(sheet, every, header)
    return SeenTable(
        sheet=sheet.name,
        header_rows=tuple(sorted({each.header_row for each in columns if each.header_row})),
        header_count=_count(sheet, header, columns),
        columns=columns,
        items=items.ids,
        texts=texts,
        sections=sections,
        section_column=column,
        pattern=id_pattern(items.ids.values()) if items.has_ids else "",
        is_id_in_text=items.is_id_in_text,
        key_letter=column_letters(items.column),
    )


def _headed(sheet: Sheet, first: int) -> set[int]:
    """Give the columns of the rows above the first item, where a blank form has only a header."""
    rows = range(max(1, first - 3), first)
    return {column for row in rows for column in sheet.rows.get(row, {})}


def _header_row(
    sheet: Sheet, items: Items, rows: Sequence[int], places: Sequence[int], listed: Listed
) -> int:
    """Give the row above the first item that looks like a header; 0 when none does."""
    answered = {column for row, column in listed if row in items.ids}
    for row in range(rows[0] - 1, max(0, rows[0] - _ROWS_ABOVE), -1):
        texts = {
            column
            for column, cell in sheet.rows.get(row, {}).items()
            if column in places and cell.raw.strip() and len(cell.raw) <= _LONGEST_HEADER
        }
        over_answers = bool(texts & answered) if answered else len(texts) > 1
        if len(texts) > 1 and (over_answers or items.column in texts):
            return row
    return 0


def _columns(
    sheet: Sheet,
    items: Items,
    rows: Sequence[int],
    places: Sequence[int],
    header: int,
    listed: Listed,
) -> tuple[SeenColumn, ...]:
    offered = {
        fold_answer(word)
        for words in {listed[place] for place in listed if place[0] in items.ids}
        for word in words
    }
    levels = _level_words(sheet, header, rows[0], places) if header else frozenset()
    made = []
    for place in places:
        cells = [cell for row in rows if (cell := sheet.cell(row, place)).raw or cell.is_formula]
        words = list(dict.fromkeys(w for row in rows for w in listed.get((row, place), ())))
        count = sum((row, place) in listed for row in rows)
        header_row, text = _header(sheet, header, place, rows[0]) if header else (0, "")
        kind, why = kind_of(text, cells, count, len(rows), offered, levels)
        if place == items.column and not items.is_above:
            kind, why = (
                (ColumnKind.ID, "short, and different in each row")
                if items.has_ids
                else (ColumnKind.TEXT, "the text that tells the items apart")
            )
        values = list(dict.fromkeys(cell.raw.strip() for cell in cells if cell.raw.strip()))
        if kind is ColumnKind.OTHER and not text and not values:
            continue
        made.append(
            SeenColumn(
                column=place,
                letter=column_letters(place),
                header=text,
                under=_spanning(sheet, header_row - 1, place) if header_row > 1 else "",
                header_row=header_row,
                kind=kind,
                why=why,
                filled=sum(bool(cell.raw.strip()) for cell in cells),
                distinct=len(values),
                words=tuple((words or values)[:_WORDS_SHOWN]) if _has_words(kind) else (),
            )
        )
    return tuple(_without_late_text(made))


def _level_words(sheet: Sheet, header: int, first: int, places: Sequence[int]) -> frozenset[str]:
    """Give the ways to type the levels that the headers of at least two columns name."""
    named = [level_header(_header(sheet, header, place, first)[1]) for place in places]
    levels = [Level(value=each[0], label=each[1] or f"Level {each[0]}") for each in named if each]
    if len({level.value for level in levels}) < 2:
        return frozenset()
    forms = (*Answers().forms, "{value}: {label}", "{value} {label}")
    return frozenset(word for level in levels for word in typed_forms(forms, level))


def _has_words(kind: ColumnKind) -> bool:
    return kind is ColumnKind.ANSWER


def _without_late_text(columns: Sequence[SeenColumn]) -> Iterator[SeenColumn]:
    """Take texts to the right of the answers for notes: the items' own texts stand before them."""
    first = min(
        (each.column for each in columns if each.kind is ColumnKind.ANSWER), default=1 << 30
    )
    for each in columns:
        if each.kind is ColumnKind.TEXT and each.column > first:
            yield SeenColumn(
                **{
                    **{name: getattr(each, name) for name in SeenColumn.__slots__},
                    "kind": ColumnKind.NOTE,
                    "why": "a text to the right of the answers",
                }
            )
        else:
            yield each


def _header(sheet: Sheet, header: int, place: int, first_item: int) -> tuple[int, str]:
    """Give the row and the words of a column's header, where it may be spread over rows."""
    for row in (header, *range(header + 1, first_item), header - 1, header - 2):
        cell = sheet.cell(row, place)
        if cell.raw.strip() and cell.state is not CellState.ERROR:
            is_near = row >= header or sheet.merge_at(header, place) == sheet.merge_at(row, place)
            is_joined = is_near and sheet.merge_at(row, place) is not None
            if row >= header or is_joined:
                return row, cell.raw.strip()[:_LONGEST_HEADER]
    return 0, ""


def _spanning(sheet: Sheet, row: int, place: int) -> str:
    """Give the text that spans a place: of a merged range, or of the next cell to its left."""
    merged = sheet.merge_at(row, place)
    if merged is not None:
        return sheet.cell(merged.first_row, merged.first_column).raw.strip()
    texts = [
        cell.raw.strip() for column, cell in sheet.rows.get(row, {}).items() if column <= place
    ]
    return next((text for text in reversed(texts) if text), "")[:_LONGEST_HEADER]


def _count(sheet: Sheet, header: int, columns: Sequence[SeenColumn]) -> int:
    """Say in how many rows the header stands."""
    shown = [each for each in columns if each.header_row == header and header]
    wanted = [each for each in shown if each.kind in (ColumnKind.ID, ColumnKind.ANSWER)]
    if not wanted:
        return 1 if header else 0
    words = {each.column: normalise(each.header) for each in wanted}
    return sum(
        all(normalise(cells[c].raw) == word if c in cells else False for c, word in words.items())
        for cells in sheet.rows.values()
    )


def _texts(sheet: Sheet, rows: Sequence[int], columns: Sequence[SeenColumn]) -> dict[int, str]:
    """Give each item's text: from the column whose texts are the longest."""
    places = [each.column for each in columns if each.kind is ColumnKind.TEXT]
    if not places:
        return dict.fromkeys(rows, "")
    size = {place: sum(len(sheet.cell(row, place).raw) for row in rows) for place in places}
    longest = max(places, key=lambda place: size[place])
    return {row: sheet.cell(row, longest).raw.strip() for row in rows}


def _sections(sheet: Sheet, rows: Sequence[int], header: int) -> tuple[int, dict[int, str]]:
    """Find headings between the items: texts that stand alone in their row, fewer than items."""
    alone: dict[int, dict[int, str]] = {}
    items = set(rows)
    first = min(header or rows[0], rows[0]) - 4
    for row, cells in sheet.rows.items():
        if row in items or row == header or not first <= row <= rows[-1]:
            continue
        filled = {column: cell for column, cell in cells.items() if cell.raw.strip()}
        texts = {cell.raw.strip() for cell in filled.values()}
        if len(texts) == 1 and next(iter(filled.values())).state is CellState.TEXT:
            text = texts.pop()
            if len(text) <= _LONGEST_SECTION:
                alone.setdefault(min(filled), {})[row] = text
    for column, headings in sorted(alone.items()):
        found = _carried(rows, headings)
        if found is not None:
            return column, found
    return 0, {}


def _carried(rows: Sequence[int], headings: Mapping[int, str]) -> dict[int, str] | None:
    """Give each item its heading; None where these headings are no sections."""
    marks = [*((row, 0, text) for row, text in headings.items()), *((r, 1, "") for r in rows)]
    marks.sort()
    found: dict[int, str] = {}
    current = ""
    for row, is_item, text in marks:
        if is_item:
            found[row] = current
        else:
            current = text
    counts = Counter(found.values())
    is_split = 1 < len(counts) <= max(len(rows) / 2, 2) and len(rows) > len(counts)
    return found if is_split and "" not in counts else None
