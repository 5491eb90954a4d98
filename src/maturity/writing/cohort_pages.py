"""Write the tables of a cohort's workbook, all in one way: title, words, header, rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from maturity.rubric import Rubric
from maturity.suppression import Withheld
from maturity.writing.book import Page
from maturity.writing.workbook_words import NONE, member_name, rules_of

__all__ = [
    "Column",
    "Value",
    "score_title",
    "two_decimals",
    "write_rows",
    "write_table",
    "write_top",
]

Value = str | int | float | Fraction | Decimal | Withheld | None
_LONGEST_FILTERED = 4


class Column(NamedTuple):
    """One column of a table: its title, its width in characters and the style of its cells."""

    title: str
    width: float
    style: str = "cell"


def score_title(rubric: Rubric, score: str, member: str) -> str:
    """Name a score by its group: `LG Leadership and governance, Early`."""
    rule = rules_of(rubric)[score]
    parts = zip(rule.grouping, member.split("/"), strict=False)
    names = [member_name(rubric, facet, part) for facet, part in parts]
    return ", ".join(names) or rule.title or score


def two_decimals(value: Fraction) -> str:
    """Show an exact value as the cells do: two decimals, halves up.

    Example:
        >>> two_decimals(Fraction(2675, 1000))
        '2.68'
    """
    cents = floor(abs(value) * 100 + Fraction(1, 2))
    return f"{'-' if value < 0 and cents else ''}{cents // 100}.{cents % 100:02}"


def write_top(page: Page, title: str, words: Sequence[str], columns: Sequence[Column]) -> int:
    """Write a page's title and what to know before reading it; give the next free row."""
    page.widths(*(column.width for column in columns))
    page.without_grid()
    page.text(1, 1, title, "title")
    page.height(1, 28)
    row = 2
    for sentence in words:
        row = page.banner(row, (1, max(2, len(columns))), sentence, "words")
    return row + 1


def write_table(
    page: Page,
    title: str,
    words: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    nothing: str = "There is nothing to show here.",
) -> int:
    """Write a page that is one table, and give its last row.

    Args:
        page: the page, still empty.
        title: its title.
        words: what to know before reading it, a sentence or two each.
        columns: the table's columns.
        rows: the cells of each row, one for each column.
        nothing: what to say when there is no row.
    """
    header = write_top(page, title, words, columns)
    last = write_rows(page, header, columns, rows)
    if last == header:
        page.text(header + 1, 1, nothing, "plain")
        page.printing()
        return header + 1
    page.freeze(header + 1, 2)
    if last - header > _LONGEST_FILTERED:
        page.filter(header, 1, last, len(columns))
    page.printing(header_row=header)
    return last


def write_rows(
    page: Page, header: int, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> int:
    """Write a header and rows below it, and give the last row."""
    figures = [n for n, column in enumerate(columns, start=1) if column.style not in _WORDS]
    page.header(header, [column.title for column in columns], figures)
    row = header
    for row, values in enumerate(rows, start=header + 1):
        for place, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
            _write(page, row, place, value, column.style)
    return row


_WORDS = frozenset({"cell", "name", "small", "error", "query", "note"})


def _write(page: Page, row: int, column: int, value: Value, style: str) -> None:
    match value:
        case Withheld():
            page.text(row, column, "withheld", "withheld")
        case None:
            page.text(row, column, NONE, style)
        case str():
            page.text(row, column, value, style)
        case _:
            page.number(row, column, float(value), style)
