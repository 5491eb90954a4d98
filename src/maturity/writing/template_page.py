"""Hold the pages of a template before they are drawn: rows of entries and what each may hold.

What is allowed in a cell belongs to the cell itself, so rows and columns can be moved about before
drawing (`maturity.testing` does) and every rule, formula and link follows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from maturity.sheets import CellRange

__all__ = [
    "BASELINE",
    "COVER",
    "GUIDANCE",
    "IDENTITY",
    "Entry",
    "FormPage",
    "Formula",
    "Key",
    "Line",
    "Link",
    "OpenCount",
    "Rule",
    "Typed",
    "areas",
    "fill",
    "reference",
]

# Keys of the pages that are not a domain's; no domain's id can look like these.
COVER = "@cover"
GUIDANCE = "@guidance"
BASELINE = "@baseline"
IDENTITY = "@identity"

Key = tuple[str, str]
"""What an entry is: (criterion, rating), (criterion, kind of note), or ("", metadata key)."""


class Formula(NamedTuple):
    """A formula, with `=`, and the result saved with it; an empty text saves none."""

    text: str
    result: int | float | str | bool = ""


class OpenCount(NamedTuple):
    """The number of answers that are still open on some pages, counted live."""

    pages: tuple[str, ...]


class Link(NamedTuple):
    """A link to a page of the same workbook."""

    page: str
    text: str


Typed = None | str | int | float | bool | Decimal | datetime.date | Formula
"""What can be typed into an entry."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be entered in a cell, and what a person is told there.

    Attributes:
        kind: a choice from a list, a number with or without decimals, a date, or any text.
        words: the list to choose from.
        title: the heading of the advice.
        advice: what is said when the cell is selected.
        refusal: what is said when something else is typed.
        strict: whether something else is refused; otherwise the person may insist.
        least: the lowest number allowed, if there is one.
    """

    kind: Literal["list", "whole", "decimal", "date", "any"]
    words: tuple[str, ...] = ()
    title: str = ""
    advice: str = ""
    refusal: str = ""
    strict: bool = True
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell.

    Attributes:
        value: what stands in it.
        style: the name of its style in `maturity.writing.template_style`.
        key: what it is, if people fill it in.
        rule: what may be entered, if people fill it in.
        counted: whether it counts as open while it is empty.
        shines: the answers (rating id, typed forms) in this row for which it is highlighted.
        rows: how many rows it is merged over.
    """

    value: Typed | OpenCount | Link = None
    style: str = "plain"
    key: Key | None = None
    rule: Rule | None = None
    counted: bool = False
    shines: tuple[str, tuple[str, ...]] | None = None
    rows: int = 1


Line = Mapping[int, Entry]
"""A row: column number, counting from 1 → entry."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """One sheet.

    Attributes:
        key: a domain's id, or one of the constants above; it stays when the sheet is renamed.
        name: the sheet's name.
        title: its title in full, for links to it.
        lines: its rows, the first being row 1.
        widths: the columns' widths, from the first.
        header: the row of its table's header, kept in view and repeated in print; 0 for none.
        kept_columns: how many columns are kept in view.
        wide: whether it is printed on wide paper.
        visibility: whether it is seen.
        hidden_rows: the rows that are hidden.
        hidden_columns: the columns that are hidden.
    """

    key: str
    name: str
    title: str
    lines: tuple[Line, ...]
    widths: tuple[float, ...]
    header: int = 0
    kept_columns: int = 0
    wide: bool = False
    visibility: Literal["visible", "hidden", "very hidden"] = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def entries(self) -> Iterator[tuple[int, int, Entry]]:
        """Yield every entry with its row and column, counting from 1."""
        for row, line in enumerate(self.lines, start=1):
            for column, entry in line.items():
                yield row, column, entry

    def change(self, how: Callable[[Entry], Entry]) -> FormPage:
        """Give the same page with every entry changed."""
        lines = tuple({place: how(entry) for place, entry in line.items()} for line in self.lines)
        return replace(self, lines=lines)


def fill(page: FormPage, typed: Mapping[Key, Typed]) -> FormPage:
    """Give the same page with values typed into its entries."""

    def filled(entry: Entry) -> Entry:
        if entry.key is None or entry.key not in typed:
            return entry
        return replace(entry, value=typed[entry.key])

    return page.change(filled)


def reference(sheet: str) -> str:
    """Give a sheet's name as it stands in a formula or a link: `It's` is `'It''s'`."""
    return "'" + sheet.replace("'", "''") + "'"


def areas(cells: Iterator[tuple[int, int]]) -> list[CellRange]:
    """Join single cells into few rectangles, so that one rule covers many cells.

    Args:
        cells: (row, column) pairs, row by row.
    """
    runs: list[CellRange] = []
    for row, column in cells:
        last = runs[-1] if runs else None
        if last and last.first_row == row and last.last_column == column - 1:
            runs[-1] = last._replace(last_column=column)
        else:
            runs.append(CellRange(row, column, row, column))
    joined: dict[tuple[int, int, int], CellRange] = {}
    for run in runs:
        above = joined.pop((run.first_row - 1, run.first_column, run.last_column), run)
        key = (run.last_row, run.first_column, run.last_column)
        joined[key] = above._replace(last_row=run.last_row)
    return sorted(joined.values())
