"""Workbooks as other people publish them, drawn cell by cell with the results of their formulas.

Nothing here knows a model: each shape beside this module draws one, and works out its own results
with plain arithmetic. What people do to such a workbook by hand can be done to it as well.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import xlsxwriter

from maturity.sheets import column_letters, parse_cell_name

__all__ = ["Form", "Page", "Result"]

Number = int | float | Fraction
_X14 = (
    '<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="{count}" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">{lists}'
    "</x14:dataValidations></ext></extLst>"
)
_X14_LIST = (
    '<x14:dataValidation type="list"><x14:formula1><xm:f>{source}</xm:f></x14:formula1>'
    "<xm:sqref>{place}</xm:sqref></x14:dataValidation>"
)


@dataclass(frozen=True)
class Result:
    """What a formula of the workbook gave: a score that it states."""

    value: Number | str


Content = Number | str | Result | None


@dataclass
class Page:
    """One sheet; rows and columns count from 1."""

    cells: dict[tuple[int, int], Content] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    lists: list[tuple[int, int, str]] = field(default_factory=list)
    hidden: bool = False
    extended_lists: bool = False
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, place: str, *values: Content) -> None:
        """Write values from a cell to the right; None leaves a cell empty."""
        row, column = parse_cell_name(place)
        for offset, value in enumerate(values):
            if value is not None:
                self.cells[row, column + offset] = value

    def merge(self, first: str, last: str) -> None:
        """Merge a range, which shows what its first cell holds."""
        self.merges.append((*parse_cell_name(first), *parse_cell_name(last)))

    def choose(self, place: str, source: str) -> None:
        """Give a cell a drop-down list."""
        self.lists.append((*parse_cell_name(place), source))

    def insert_rows(self, before: int, count: int = 1) -> None:
        """Insert empty rows, as somebody does who needs space for a remark."""
        self._shift(0, before, count)

    def insert_columns(self, before: int, count: int = 1) -> None:
        """Insert empty columns."""
        self._shift(1, before, count)

    def _shift(self, axis: int, before: int, count: int) -> None:
        def moved(number: int) -> int:
            return number + count if number >= before else number

        def place(row: int, column: int) -> tuple[int, int]:
            return (moved(row), column) if axis == 0 else (row, moved(column))

        self.cells = {place(*cell): content for cell, content in self.cells.items()}
        self.merges = [(*place(a, b), *place(c, d)) for a, b, c, d in self.merges]
        self.lists = [(*place(row, column), source) for row, column, source in self.lists]
        if axis == 1:
            self.hidden_columns = set(map(moved, self.hidden_columns))


@dataclass
class Form:
    """A workbook: sheets in order, and defined names."""

    pages: dict[str, Page] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def page(self, name: str, *, hidden: bool = False, extended_lists: bool = False) -> Page:
        """Add a sheet; its drop-down lists may be kept where newer versions of Excel keep them."""
        page = self.pages[name] = Page(hidden=hidden, extended_lists=extended_lists)
        return page

    def write_list(self, sheet: str, column: str, words: Sequence[Content]) -> str:
        """Write words down a column of a sheet, and give the range in which they stand."""
        for row, word in enumerate(words, start=1):
            self.pages[sheet].put(f"{column}{row}", word)
        return f"'{sheet}'!${column}$1:${column}${len(words)}"

    def rename(self, old: str, new: str) -> None:
        """Rename a sheet, in its place."""
        self.pages = {new if name == old else name: page for name, page in self.pages.items()}

    @property
    def stated(self) -> int:
        """How many scores the workbook states."""
        cells = (content for page in self.pages.values() for content in page.cells.values())
        return sum(isinstance(content, Result) for content in cells)

    def data(self) -> bytes:
        """Give the workbook's bytes."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            for name, page in self.pages.items():
                _draw(book.add_worksheet(name), page)
            for name, place in self.names.items():
                book.define_name(name, f"={place}")
        return _with_extended_lists(stream.getvalue(), list(self.pages.values()))


def _draw(sheet: xlsxwriter.worksheet.Worksheet, page: Page) -> None:
    if page.hidden:
        sheet.hide()
    for column in sorted(page.hidden_columns):
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
    for first_row, first_column, last_row, last_column in page.merges:
        sheet.merge_range(first_row - 1, first_column - 1, last_row - 1, last_column - 1, "")
    for (row, column), content in sorted(page.cells.items(), key=lambda pair: pair[0]):
        if isinstance(content, Result):
            sheet.write_formula(row - 1, column - 1, "=T(0)", None, _plain(content.value))
        elif isinstance(content, str):
            sheet.write_string(row - 1, column - 1, content)
        elif content is not None:
            sheet.write_number(row - 1, column - 1, float(content))
    for row, column, source in page.lists if not page.extended_lists else ():
        choice = {"validate": "list", "source": f"={source}"}
        sheet.data_validation(row - 1, column - 1, row - 1, column - 1, choice)


def _plain(value: Number | str) -> float | str:
    return value if isinstance(value, str) else float(value)


def _with_extended_lists(data: bytes, pages: Sequence[Page]) -> bytes:
    """Put drop-down lists into the extension at the end of a sheet, as Excel does."""
    if not any(page.extended_lists for page in pages):
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", member.filename)
            if number is not None and pages[int(number[1]) - 1].extended_lists:
                extension = _extension(pages[int(number[1]) - 1].lists)
                content = content.replace(b"</worksheet>", extension + b"</worksheet>")
            new.writestr(member, content)
    return stream.getvalue()


def _extension(lists: Iterable[tuple[int, int, str]]) -> bytes:
    drawn = [
        _X14_LIST.format(source=source, place=f"{column_letters(column)}{row}")
        for row, column, source in lists
    ]
    return _X14.format(count=len(drawn), lists="".join(drawn)).encode()
