"""Write a workbook so that nothing surprises: a thin, strict wrapper around XlsxWriter.

Text is only ever written as text. Every return code is looked at. Rows and columns count from 1, as
in a spreadsheet. The bytes depend on what is written and on nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.writing.text import (
    clean_text,
    could_be_formula,
    estimated_lines,
    safe_sheet_name,
)
from maturity.writing.theme import FONT, STYLES, Pair

__all__ = ["Book", "Page", "quoted"]

_OPTIONS = {
    "in_memory": True,  # no temporary files: it also runs where there is no folder for them
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    # Widths of columns are counted in digits of this font, so it must be the one that is used.
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}
# XlsxWriter writes the time of day when it is not told a date.
_NO_DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a constant that stands for no date
_LINK_LIMIT = 60_000
_NOTE_LIMIT = 4_000
_DEFAULT_WIDTH = 8.43
# How many characters of 10 points fit into one unit of a column's width, on average, and what
# a line takes in height. Measured on rendered pages, with room to spare.
_FIT, _BOLD_FIT = 1.12, 1.02
_LINE, _PADDING, _HIGHEST = 1.28, 3, 409
_A4, _A3 = 9, 8
_PAPER_WIDTH = 140  # of landscape A4 within our margins, in the unit of column widths


def quoted(sheet: str) -> str:
    """Give a sheet's name as it stands in a formula or a link."""
    return "'" + sheet.replace("'", "''") + "'"


class Book:
    """A workbook that is being written.

    Args:
        title: its title, for its properties.
        subject: what it is about, likewise.
        created: when it was made; nothing about the time is written without it.
    """

    def __init__(self, title: str, subject: str, created: datetime.datetime | None = None) -> None:
        self._buffer = BytesIO()
        self._workbook: Any = xlsxwriter.Workbook(self._buffer, _OPTIONS)
        self._formats: dict[str, Any] = {}
        self._names: set[str] = set()
        self._pages: list[Page] = []
        self._workbook.set_properties(
            {
                "title": clean_text(title, 255),
                "subject": clean_text(subject, 255),
                "author": "maturity",
                "created": _NO_DATE if created is None else _as_utc(created),
            }
        )
        self._workbook.set_calc_mode("auto")

    def name_for(self, wanted: str) -> str:
        """Reserve a safe name for a sheet, as near as possible to the one wanted."""
        name = safe_sheet_name(wanted, self._names)
        self._names.add(name.casefold())
        return name

    def page(self, name: str) -> Page:
        """Add a sheet under a name that `name_for` gave."""
        page = Page(self, self._workbook.add_worksheet(name), name)
        self._pages.append(page)
        return page

    def style(self, name: str) -> Any:
        """Give the format of a style of `theme`, or of several, joined by `+`; the last one wins."""
        found = self._formats.get(name)
        if found is None:
            properties: dict[str, object] = {}
            for part in name.split("+"):
                properties |= {"quote_prefix": True} if part == "quoted" else STYLES[part]
            found = self._formats[name] = self._workbook.add_format(properties)
        return found

    def colours(self, pair: Pair) -> Any:
        """Give a format of colours alone, for formatting by what a cell holds."""
        return self._workbook.add_format({"font_color": pair.text, "bg_color": pair.background})

    def chart(self, kind: Mapping[str, str]) -> Any:
        """Make a chart, to be put on a page."""
        return self._workbook.add_chart(dict(kind))

    def content(self) -> bytes:
        """Finish the workbook and give its bytes."""
        for page in self._pages:
            page.finish()
        self._workbook.close()
        return self._buffer.getvalue()


def _as_utc(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo is None else moment.astimezone(datetime.UTC)


class Page:
    """One sheet of a book."""

    def __init__(self, book: Book, worksheet: Any, name: str) -> None:
        self.book = book
        self.name = name
        self._sheet = worksheet
        self._links = 0
        self._widths: list[float] = []
        self._heights: dict[int, float] = {}
        self._joined: dict[tuple[int, int], int] = {}
        worksheet.set_comments_author("maturity")

    # --- cells ------------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, style: str = "cell") -> None:
        """Write text as text, whatever it looks like."""
        clean = clean_text(text)
        if not clean:
            self._check(self._sheet.write_blank(row - 1, column - 1, None, self.book.style(style)))
            return
        look = self.book.style(f"{style}+quoted" if could_be_formula(clean) else style)
        self._check(self._sheet.write_string(row - 1, column - 1, clean, look))
        self._make_room(row, column, clean, style)

    def number(self, row: int, column: int, value: float, style: str = "number") -> None:
        """Write a finite number."""
        look = self.book.style(style)
        self._check(self._sheet.write_number(row - 1, column - 1, value, look))

    def moment(self, row: int, column: int, moment: object, style: str) -> None:
        """Write a date, a time or both; no earlier than 1900."""
        look = self.book.style(style)
        self._check(self._sheet.write_datetime(row - 1, column - 1, moment, look))

    def boolean(self, row: int, column: int, value: bool, style: str) -> None:
        """Write TRUE or FALSE."""
        look = self.book.style(style)
        self._check(self._sheet.write_boolean(row - 1, column - 1, value, look))

    def formula(
        self, row: int, column: int, formula: str, value: float | str, style: str = "cell"
    ) -> None:
        """Write a formula of ours, without text from a return, and the value it has now."""
        known = clean_text(value) if isinstance(value, str) else value
        look = self.book.style(style)
        self._check(self._sheet.write_formula(row - 1, column - 1, "=" + formula, look, known))
        if isinstance(known, str):
            self._make_room(row, column, known, style)

    def link(self, row: int, column: int, place: tuple[str, str], text: str, style: str) -> None:
        """Write a link to a cell of this book, under words of ours.

        Args:
            row: the row it stands in.
            column: the column it stands in.
            place: the sheet and the cell it leads to.
            text: the words that are seen.
            style: how it looks.
        """
        self._links += 1
        if self._links > _LINK_LIMIT:  # Excel allows 65,530 on a sheet
            self.text(row, column, text, style)
            return
        target = f"internal:{quoted(place[0])}!{place[1]}"
        look = self.book.style(style)
        self._check(
            self._sheet.write_url(row - 1, column - 1, target, look, clean_text(text) or place[1])
        )

    def remark(self, row: int, column: int, text: str) -> None:
        """Put a note on a cell; it is seen when the cell is pointed at."""
        clean = clean_text(text, _NOTE_LIMIT)
        size = {"width": 320, "height": 24 + 17 * estimated_lines(clean, 46), "font_name": "Arial"}
        self._check(self._sheet.write_comment(row - 1, column - 1, clean, size))

    def banner(self, row: int, columns: tuple[int, int], text: str, style: str) -> int:
        """Write one text over several columns and give the next row.

        Args:
            row: the row it stands in.
            columns: the first and the last column it covers.
            text: the text.
            style: how it looks.
        """
        self.merge(row, columns[0], row, columns[1], style)
        self.text(row, columns[0], text, style)
        return row + 1

    def merge(self, top: int, left: int, bottom: int, right: int, style: str) -> None:
        """Join a rectangle of more than one cell; write into its first cell afterwards."""
        look = self.book.style(style)
        self._check(self._sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", look))
        self._joined[top, left] = right

    def header(self, row: int, titles: Sequence[str], style: str = "header") -> None:
        """Write the header row of a table, from the first column."""
        for column, title in enumerate(titles, start=1):
            self.text(row, column, title, style)

    # --- the sheet ----------------------------------------------------------------------------------

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns from the first, in characters; before any text."""
        self._widths = list(widths)
        for column, width in enumerate(widths):
            self._check(self._sheet.set_column(column, column, width))

    def height(self, row: int, height: float) -> None:
        """Make a row at least this high, in points."""
        self._heights[row] = max(height, self._heights.get(row, 0))

    def _make_room(self, row: int, column: int, text: str, style: str) -> None:
        """Make a row high enough for its wrapped text.

        Programs differ in whether they do so themselves when they open a file, and none does for
        joined cells.
        """
        look = STYLES[style.rpartition("+")[2]]
        if not look.get("text_wrap"):
            return
        last = self._joined.get((row, column), column)
        width = sum(self._widths[column - 1 : last]) or _DEFAULT_WIDTH
        size = float(str(look["font_size"]))
        fit = (_BOLD_FIT if look.get("bold") else _FIT) * 10 / size
        lines = estimated_lines(text, width * fit - 1)
        if lines > 1 or size > 10:
            self.height(row, lines * size * _LINE + _PADDING)

    def finish(self) -> None:
        """Set the heights of the rows, once everything is written."""
        for row, height in self._heights.items():
            self._check(self._sheet.set_row(row - 1, min(height, _HIGHEST)))

    def freeze(self, row: int, column: int = 1) -> None:
        """Keep what is above and to the left of a cell in sight."""
        self._sheet.freeze_panes(row - 1, column - 1)

    def filter(self, top: int, left: int, bottom: int, right: int) -> None:
        """Offer filters on a table, its header row included."""
        self._check(self._sheet.autofilter(top - 1, left - 1, bottom - 1, right - 1))

    def condition(
        self, top: int, left: int, bottom: int, right: int, options: Mapping[str, object]
    ) -> None:
        """Format cells by what they hold."""
        self._check(
            self._sheet.conditional_format(top - 1, left - 1, bottom - 1, right - 1, dict(options))
        )

    def allow(
        self, top: int, left: int, bottom: int, right: int, options: Mapping[str, object]
    ) -> None:
        """Say what may be entered in cells."""
        self._check(
            self._sheet.data_validation(top - 1, left - 1, bottom - 1, right - 1, dict(options))
        )

    def chart(self, row: int, column: int, chart: Any, options: Mapping[str, object]) -> None:
        """Put a chart on the sheet."""
        self._check(self._sheet.insert_chart(row - 1, column - 1, chart, dict(options)))

    def printing(self, *, header_row: int | None = None, is_large: bool = False) -> None:
        """Print landscape, as wide as the paper, with the header row on each page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(_A3 if is_large else _A4)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&L&8&A&R&8Page &P of &N")
        if header_row is not None:
            self._check(self._sheet.repeat_rows(header_row - 1))

    def printing_in_parts(self, *, header_row: int, repeated: int, parts: Sequence[int]) -> None:
        """Print a wide table in parts side by side, each as large as its paper allows.

        Args:
            header_row: the row that stands on top of each page.
            repeated: how many columns stand on the left of each page.
            parts: the last column of each part.
        """
        self.printing(header_row=header_row)
        firsts = [repeated + 1, *(last + 1 for last in parts)]
        names = sum(self._widths[:repeated])
        widest = max(
            names + sum(self._widths[first - 1 : last])
            for first, last in zip(firsts, parts, strict=False)
        )
        self._sheet.set_print_scale(max(10, min(100, int(100 * _PAPER_WIDTH / widest))))
        self._sheet.set_v_pagebreaks(list(parts[:-1]))
        self._check(self._sheet.repeat_columns(0, repeated - 1))

    def without_grid(self) -> None:
        """Hide the lines between cells, for a page that is read more than worked in."""
        self._sheet.hide_gridlines(2)

    def in_front(self) -> None:
        """Show this sheet when the workbook is opened."""
        self._sheet.activate()

    def _check(self, code: int | None) -> None:
        if code:
            raise WriteError(
                Issue(
                    code=IssueCode.WRITE_LIMIT,
                    severity=Severity.ERROR,
                    message=f'The sheet "{self.name}" cannot hold what belongs there '
                    f"(XlsxWriter refused it with {code}).",
                    remedy="Report this with the file; until then, write JSON instead.",
                    location=FileLocation(self.name),
                )
            )
