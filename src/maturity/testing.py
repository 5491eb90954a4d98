"""Make completed workbooks for tests and examples, in good order or as people send them.

A return is our own template with answers typed in. Edits then do to it what people do: rows are
inserted, sheets renamed, answers merged. An edit is a function from pages to pages; the ones here
cover what was seen in real returns, and your own can stand beside them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from maturity.rubric import Rubric
from maturity.template_layout import METRIC_VALUE
from maturity.writing.template import draw_form
from maturity.writing.template_content import template_pages
from maturity.writing.template_page import (
    BASELINE,
    COVER,
    GUIDANCE,
    Entry,
    FormPage,
    Formula,
    Key,
    Line,
    Typed,
    fill,
)

__all__ = [
    "BASELINE",
    "COVER",
    "GUIDANCE",
    "Edit",
    "Formula",
    "Typed",
    "add_row",
    "completed_template",
    "delete_row",
    "delete_sheet",
    "duplicate_row",
    "hide_column",
    "hide_row",
    "hide_sheet",
    "insert_columns",
    "insert_rows",
    "merge_down",
    "move_column",
    "order_rows",
    "order_sheets",
    "overtype",
    "rename_sheet",
    "write_above",
]

Pages = Sequence[FormPage]
Edit = Callable[[Pages], Pages]
"""What somebody did to the workbook."""


def completed_template(
    rubric: Rubric,
    answers: Mapping[Key, Typed],
    *,
    metadata: Mapping[str, Typed] | None = None,
    metrics: Mapping[str, Typed] | None = None,
    remarks: Mapping[Key, Typed] | None = None,
    edits: Iterable[Edit] = (),
    created: datetime.datetime | None = None,
) -> bytes:
    """Fill in a rubric's template and give it as the bytes of a workbook.

    Args:
        rubric: what is asked.
        answers: (criterion, rating) → what is typed: text, a number, a date, a boolean, None, or a
            `Formula` with or without a result (an error value is a formula's result, `#N/A`).
        metadata: `area`, `partnership`, `date`, `role` or `edition` → what is typed on the cover.
        metrics: metric → what is typed as its figure.
        remarks: (criterion or metric, `evidence`, `actions`, `owner`, `by_when`, `period`, `source`
            or `comment`) → what is typed beside the answers.
        edits: what is then done to the workbook, in order. Hide rows and columns last.
        created: when it was made; nothing is said without it.

    Returns:
        The workbook; the same bytes for the same arguments.

    Raises:
        KeyError: when something is typed that the template does not ask for.
    """
    typed: dict[Key, Typed] = {
        **answers,
        **{("", key): value for key, value in (metadata or {}).items()},
        **{(key, METRIC_VALUE): value for key, value in (metrics or {}).items()},
        **(remarks or {}),
    }
    pages: Pages = template_pages(rubric)
    unknown = typed.keys() - {entry.key for page in pages for _, _, entry in page.entries()}
    if unknown:
        raise KeyError(f"the template has no place for {sorted(unknown)}")
    pages = [fill(page, typed) for page in pages]
    for edit in edits:
        pages = edit(pages)
    return draw_form(rubric, pages, created=created)


# --- sheets -------------------------------------------------------------------------------------


def rename_sheet(sheet: str, name: str) -> Edit:
    """Give a sheet another name. Sheets are called by their domain's id, `COVER` or `BASELINE`."""
    return _on(sheet, lambda page: replace(page, name=name))


def hide_sheet(sheet: str) -> Edit:
    """Hide a sheet."""
    return _on(sheet, lambda page: replace(page, visibility="hidden"))


def delete_sheet(sheet: str) -> Edit:
    """Delete a sheet."""
    return lambda pages: [page for page in pages if page.key != sheet]


def order_sheets(*sheets: str) -> Edit:
    """Bring these sheets to the front, in this order."""
    return lambda pages: [
        *(page for sheet in sheets for page in pages if page.key == sheet),
        *(page for page in pages if page.key not in sheets),
    ]


# --- rows ---------------------------------------------------------------------------------------


def insert_rows(above: str, count: int = 1) -> Edit:
    """Insert empty rows above a criterion's or metric's row."""
    blank: list[Line] = [{} for _ in range(count)]
    return _at_row(above, lambda lines, place: [*lines[:place], *blank, *lines[place:]])


def delete_row(row: str) -> Edit:
    """Delete a criterion's or metric's row."""
    return _at_row(row, lambda lines, place: [*lines[:place], *lines[place + 1 :]])


def duplicate_row(row: str, typed: Mapping[str, Typed]) -> Edit:
    """Copy a row below itself and type other answers into the copy: rating → what is typed."""

    def duplicated(lines: list[Line], place: int) -> list[Line]:
        return [*lines[: place + 1], _retyped(lines[place], typed), *lines[place + 1 :]]

    return _at_row(row, duplicated)


def add_row(below: str, name: str, title: str, typed: Mapping[str, Typed]) -> Edit:
    """Add a row of one's own below another, with an id that the rubric does not know."""

    def added(lines: list[Line], place: int) -> list[Line]:
        line = {
            column: replace(entry, value=None, shines=None)
            for column, entry in lines[place].items()
        }
        first, second, *_ = sorted(line)
        line[first] = replace(line[first], value=name)
        line[second] = replace(line[second], value=title)
        return [*lines[: place + 1], _retyped(line, typed), *lines[place + 1 :]]

    return _at_row(below, added)


def order_rows(*rows: str) -> Edit:
    """Put a sheet's rows in this order: all those between the first and the last of them."""

    def ordered(lines: list[Line], _: int) -> list[Line]:
        places = sorted(_place(lines, row) for row in rows)
        moved = {place: lines[_place(lines, row)] for place, row in zip(places, rows, strict=True)}
        return [moved.get(place, line) for place, line in enumerate(lines)]

    return _at_row(rows[0], ordered)


def hide_row(row: str) -> Edit:
    """Hide a criterion's or metric's row."""

    def hidden(page: FormPage) -> FormPage:
        place = _find(page.lines, row)
        rows = page.hidden_rows if place is None else page.hidden_rows | {place + 1}
        return replace(page, hidden_rows=rows)

    return lambda pages: [hidden(page) for page in pages]


def write_above(sheet: str, *texts: str) -> Edit:
    """Write notes of one's own into new rows above a sheet's table."""

    def written(page: FormPage) -> FormPage:
        above = page.header - 1
        notes: list[Line] = [{2: Entry(text, "line")} for text in texts]
        lines = (*page.lines[:above], *notes, *page.lines[above:])
        return replace(page, lines=lines, header=page.header + len(notes))

    return _on(sheet, written)


# --- columns and cells --------------------------------------------------------------------------


def insert_columns(sheet: str, before: str | int, count: int = 1) -> Edit:
    """Insert empty columns before a rating's or note's column, or before one by its number."""

    def inserted(page: FormPage) -> FormPage:
        place = _column(page, before)
        lines = tuple(
            {column + count * (column >= place): entry for column, entry in line.items()}
            for line in page.lines
        )
        widths = (*page.widths[: place - 1], *[10.0] * count, *page.widths[place - 1 :])
        return replace(page, lines=lines, widths=widths)

    return _on(sheet, inserted)


def move_column(sheet: str, column: str, before: str | int) -> Edit:
    """Move a rating's or note's column before another."""

    def moved(page: FormPage) -> FormPage:
        order = list(range(1, len(page.widths) + 1))
        old, new = _column(page, column), _column(page, before)
        order.remove(old)
        order.insert(order.index(new), old)
        new_place = {old: new for new, old in enumerate(order, start=1)}
        lines = tuple(
            {new_place[place]: line[place] for place in order if place in line}
            for line in page.lines
        )
        return replace(page, lines=lines, widths=tuple(page.widths[place - 1] for place in order))

    return _on(sheet, moved)


def hide_column(sheet: str, column: str | int) -> Edit:
    """Hide a rating's or note's column."""
    return _on(
        sheet,
        lambda page: replace(page, hidden_columns=page.hidden_columns | {_column(page, column)}),
    )


def merge_down(row: str, rating: str, rows: int = 2) -> Edit:
    """Merge an answer's cell with those below it; the answers there are lost, as in Excel."""

    def merged(lines: list[Line], place: int) -> list[Line]:
        column = next(c for c, entry in lines[place].items() if entry.key == (row, rating))
        first = {**lines[place], column: replace(lines[place][column], rows=rows)}
        covered = [
            {other: entry for other, entry in line.items() if other != column}
            for line in lines[place + 1 : place + rows]
        ]
        return [*lines[:place], first, *covered, *lines[place + rows :]]

    return _at_row(row, merged)


def overtype(row: str, column: str | int, value: Typed) -> Edit:
    """Type over any cell of a row, such as its id in column 1; None empties it."""

    def overtyped(page: FormPage) -> FormPage:
        place = _find(page.lines, row)
        if place is None:
            return page
        line, number = page.lines[place], _column(page, column)
        changed = {**line, number: replace(line[number], value=value)}
        return replace(page, lines=(*page.lines[:place], changed, *page.lines[place + 1 :]))

    return lambda pages: [overtyped(page) for page in pages]


# --- helpers ------------------------------------------------------------------------------------


def _on(sheet: str, change: Callable[[FormPage], FormPage]) -> Edit:
    return lambda pages: [change(page) if page.key == sheet else page for page in pages]


def _at_row(row: str, change: Callable[[list[Line], int], list[Line]]) -> Edit:
    def changed(page: FormPage) -> FormPage:
        place = _find(page.lines, row)
        return page if place is None else replace(page, lines=tuple(change([*page.lines], place)))

    return lambda pages: [changed(page) for page in pages]


def _find(lines: Sequence[Line], row: str) -> int | None:
    """Give the place of a row by what its answers are about; the first, where there are several."""
    for place, line in enumerate(lines):
        if any(entry.key is not None and entry.key[0] == row for entry in line.values()):
            return place
    return None


def _place(lines: Sequence[Line], row: str) -> int:
    place = _find(lines, row)
    if place is None:
        raise KeyError(row)
    return place


def _column(page: FormPage, column: str | int) -> int:
    if isinstance(column, int):
        return column
    return next(place for _, place, entry in page.entries() if entry.key and entry.key[1] == column)


def _retyped(line: Line, typed: Mapping[str, Typed]) -> Line:
    return {
        column: replace(entry, value=typed[entry.key[1]])
        if entry.key is not None and entry.key[1] in typed
        else entry
        for column, entry in line.items()
    }
