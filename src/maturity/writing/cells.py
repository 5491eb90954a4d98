"""Write the cells of one sheet: text as text, whatever it looks like, in rows high enough."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from typing import Any

from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.writing.row_heights import HIGHEST_ROW, text_height
from maturity.writing.text import cell_text, could_be_formula, estimated_lines, quoted, result_text
from maturity.writing.theme import FONT, STYLES

__all__ = ["Cells", "check_code"]

_LINK_LIMIT = 60_000
_NOTE_LIMIT = 4_000
_DEFAULT_WIDTH = 8.43
# `row_heights` counts in digits of Arial 11, which are a pixel wider than those of our Arial 10.
_UNIT = 7 / 8


class Cells:
    """The cells of one sheet. Rows and columns count from 1.

    Args:
        worksheet: XlsxWriter's sheet.
        name: its name.
        style: gives the format for the name of a style.
    """

    def __init__(self, worksheet: Any, name: str, style: Callable[[str], Any]) -> None:
        self.name = name
        self._sheet = worksheet
        self._style = style
        self._links = 0
        self._widths: list[float] = []
        self._heights: dict[int, float] = {}
        self._joined: dict[tuple[int, int], int] = {}
        worksheet.set_comments_author("maturity")

    def text(self, row: int, column: int, text: str, style: str = "cell") -> None:
        """Write text as text, whatever it looks like."""
        clean = cell_text(text)
        if not clean:
            self._check(self._sheet.write_blank(row - 1, column - 1, None, self._style(style)))
            return
        look = self._style(f"{style}+quoted" if could_be_formula(clean) else style)
        self._check(self._sheet.write_string(row - 1, column - 1, clean, look))
        self._make_room(row, column, clean, style)

    def number(self, row: int, column: int, value: float, style: str = "number") -> None:
        """Write a finite number."""
        look = self._style(style)
        self._check(self._sheet.write_number(row - 1, column - 1, value, look))

    def moment(self, row: int, column: int, moment: object, style: str) -> None:
        """Write a date, a time or both; no earlier than 1900."""
        look = self._style(style)
        self._check(self._sheet.write_datetime(row - 1, column - 1, moment, look))

    def boolean(self, row: int, column: int, value: bool, style: str) -> None:
        """Write TRUE or FALSE."""
        look = self._style(style)
        self._check(self._sheet.write_boolean(row - 1, column - 1, value, look))

    def formula(
        self, row: int, column: int, formula: str, value: float | str, style: str = "cell"
    ) -> None:
        """Write a formula of ours, without text from a return, and the value it has now."""
        known = result_text(value) if isinstance(value, str) else value
        look = self._style(style)
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
        look = self._style(style)
        self._check(
            self._sheet.write_url(row - 1, column - 1, target, look, cell_text(text) or place[1])
        )

    def remark(self, row: int, column: int, text: str) -> None:
        """Put a note on a cell; it is seen when the cell is pointed at."""
        clean = cell_text(text, _NOTE_LIMIT)
        size = {"width": 320, "height": 24 + 17 * estimated_lines(clean, 46), "font_name": FONT}
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
        look = self._style(style)
        self._check(self._sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", look))
        self._joined[top, left] = right

    def header(self, row: int, titles: Sequence[str], figures: Container[int] = ()) -> None:
        """Write the header row of a table from the first column; columns of figures are centred."""
        for column, title in enumerate(titles, start=1):
            self.text(row, column, title, "header_figure" if column in figures else "header")

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
        wrapped = _wrapped(style)
        if wrapped is None:
            return
        size, is_bold = wrapped
        last = self._joined.get((row, column), column)
        width = sum(self._widths[column - 1 : last]) or _DEFAULT_WIDTH
        if size <= 10 and "\n" not in text and len(text) < width * 0.8:
            return  # the usual case: it fits on one line of the usual height
        self.height(row, text_height(text, width * _UNIT, size, bold=is_bold))

    def finish(self) -> None:
        """Set the heights of the rows, once everything is written."""
        for row, height in self._heights.items():
            self._check(self._sheet.set_row(row - 1, min(height, HIGHEST_ROW)))

    def _check(self, code: int | None) -> None:
        if code:
            check_code(
                code, self.name, "Report this with the file; until then, write JSON instead."
            )


@lru_cache(maxsize=256)
def _wrapped(style: str) -> tuple[float, bool] | None:
    """Give the size of a style's font and whether it is bold; nothing if it does not wrap."""
    look = STYLES[style.rpartition("+")[2]]
    if not look.get("text_wrap"):
        return None
    return float(str(look["font_size"])), bool(look.get("bold"))


def check_code(code: int | None, sheet: str, remedy: str) -> None:
    """Look at what XlsxWriter answered: it refuses by a number, not by an exception.

    Args:
        code: its answer.
        sheet: the sheet's name.
        remedy: what to do about a refusal.

    Raises:
        WriteError: when it refused.
    """
    if code:
        message = (
            f'The sheet "{sheet}" cannot hold what belongs there '
            f"(XlsxWriter refused it with {code})."
        )
        location = FileLocation(sheet)
        raise WriteError(Issue(IssueCode.WRITE_LIMIT, Severity.ERROR, message, remedy, location))
