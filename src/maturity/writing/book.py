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

from maturity.writing.cells import Cells
from maturity.writing.formula_sheet import FormulaSheet
from maturity.writing.text import clean_text, quoted, safe_sheet_name
from maturity.writing.theme import FONT, STYLES, Pair

__all__ = ["Book", "Page", "quoted"]

_OPTIONS = {
    "in_memory": True,  # no temporary files: it also runs where there is no folder for them
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
# Widths of columns are counted in digits of this font, so it must be the one that is used. Without
# a scheme, programs take the font that is named and not one of their own.
_DEFAULT_FORMAT = {"font_name": FONT, "font_size": 10, "font_scheme": "none"}
# XlsxWriter writes the time of day when it is not told a date.
_NO_DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a constant that stands for no date
_LONGEST_WORD = 150  # in a number's format, which may have 255 characters in all
_A4, _A3 = 9, 8
# What landscape A4 takes within our margins, across and down, with room to spare.
_PAPER_PIXELS, _PAPER_POINTS = 950, 500
_USUAL_ROW = 15  # the height of a row that was not given one, in points


class Book:
    """A workbook that is being written.

    Args:
        title: its title, for its properties.
        subject: what it is about, likewise.
        created: when it was made; nothing about the time is written without it.
    """

    def __init__(self, title: str, subject: str, created: datetime.datetime | None = None) -> None:
        self._buffer = BytesIO()
        # A copy, because XlsxWriter adds to it, and the next workbook must start like this one.
        options = {**_OPTIONS, "default_format_properties": dict(_DEFAULT_FORMAT)}
        self._workbook: Any = xlsxwriter.Workbook(self._buffer, options)
        self._formats: dict[str, Any] = {}
        self._own_styles: dict[str, Mapping[str, object]] = {}
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
        page = Page(self, self._workbook.add_worksheet(name, FormulaSheet), name)
        self._pages.append(page)
        return page

    def style(self, name: str) -> Any:
        """Give the format of a style of `theme`, or of several joined by `+`; later ones win."""
        found = self._formats.get(name)
        if found is None:
            properties: dict[str, object] = {}
            properties.update(self._own_styles.get(name, {}))
            for part in () if properties else name.split("+"):
                properties |= {"quote_prefix": True} if part == "quoted" else STYLES[part]
            found = self._formats[name] = self._workbook.add_format(properties)
        return found

    def figure_with_word(self, style: str, word: str) -> str:
        """Give the name of a style that shows a word of ours after the figure in its cell."""
        name = f"{style} {word}"
        if name not in self._own_styles:
            shown = clean_text(word, _LONGEST_WORD).replace('"', "'")
            number_format = f'{STYLES[style]["num_format"]}" {shown}"'
            self._own_styles[name] = {**STYLES[style], "num_format": number_format}
        return name

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


class Page(Cells):
    """One sheet of a book, with what concerns the sheet as a whole."""

    def __init__(self, book: Book, worksheet: Any, name: str) -> None:
        super().__init__(worksheet, name, book.style)
        self.book = book

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
        """Put a chart on the sheet; what describes it may be any text."""
        said = {"description": clean_text(str(options.get("description", "")))}
        self._check(self._sheet.insert_chart(row - 1, column - 1, chart, {**options, **said}))

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
        self._scale_to(
            max(
                self._pixels(1, repeated) + self._pixels(first, last)
                for first, last in zip(firsts, parts, strict=False)
            )
        )
        self._sheet.set_v_pagebreaks(list(parts[:-1]))
        self._check(self._sheet.repeat_columns(0, repeated - 1))

    def printing_on_pages(self, *, blocks: Sequence[tuple[int, int]]) -> None:
        """Print as wide as the paper, and start a page rather than cut a table or chart in two.

        Programs that fit a sheet to the paper by themselves pass over such breaks.

        Args:
            blocks: the first and last row of each thing to keep together; everything is written.
        """
        self.printing()
        room = _PAPER_POINTS / self._scale_to(self._pixels(1, len(self._widths)))
        breaks, top = [], 1
        for first, last in blocks:
            if self._points(top, last) > room:
                breaks.append(first - 1)
                top = first
        self._sheet.set_h_pagebreaks(breaks)

    def _pixels(self, first: int, last: int) -> float:
        return sum(7 * width + 5 for width in self._widths[first - 1 : last])

    def _points(self, first: int, last: int) -> float:
        return sum(self._heights.get(row, _USUAL_ROW) for row in range(first, last + 1))

    def _scale_to(self, pixels: float) -> float:
        """Print so that as many pixels fit across the paper, and give the scale."""
        percent = max(10, min(100, int(100 * _PAPER_PIXELS / pixels)))
        self._sheet.set_print_scale(percent)
        return percent / 100

    def without_grid(self) -> None:
        """Hide the lines between cells, for a page that is read more than worked in."""
        self._sheet.hide_gridlines(2)

    def in_front(self) -> None:
        """Show this sheet when the workbook is opened."""
        self._sheet.activate()
