"""Draw the pages of a template as a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from maturity.sheets import cell_name, column_letters
from maturity.writing.book import Book, Page, quoted
from maturity.writing.row_heights import text_height
from maturity.writing.template_page import (
    BASELINE,
    COVER,
    GUIDANCE,
    Entry,
    FormPage,
    Formula,
    Link,
    OpenCount,
    Rule,
    areas,
)
from maturity.writing.template_style import SHINE, TEMPLATE_STYLES
from maturity.writing.text import clean_text
from maturity.writing.theme import FONT

__all__ = ["Properties", "draw"]

Properties = Mapping[str, str]

_LEAST_HEIGHT = 18.0
_INPUT_HEIGHT = 24.0
_LOOSE = 1.9  # the height of a line that stands alone, of its font's size
_EARLIEST = datetime.date(2000, 1, 1)
# What Excel allows for the texts around an answer and for a list that stands in the rule itself.
_LONGEST_TITLE, _LONGEST_ADVICE, _LONGEST_LIST = 32, 255, 255
_LIST_COLUMN = 4  # the first column of the hidden page that may hold a list
_TABS = {COVER: "#1B365D", GUIDANCE: "#1B365D", BASELINE: "#5B7F3A"}
_DOMAIN_TAB = "#4A7EBB"
# Locked cells are there to be read; everything that helps with reading and answering is free.
_FREE = ("format_cells", "format_columns", "format_rows", "sort", "autofilter")


def draw(
    pages: Sequence[FormPage],
    *,
    title: str,
    subject: str,
    properties: Properties,
    created: datetime.datetime | None = None,
) -> bytes:
    """Draw pages as an Excel workbook.

    Args:
        pages: the pages, in order; the last one holds what people need not see.
        title: the document's title.
        subject: what it is about.
        properties: facts to carry in the document's own properties.
        created: when it was made; left out, nothing about the time is said.

    Returns:
        The workbook's bytes; the same for the same arguments.
    """
    book = _FormBook(title, subject, created)
    sheets = {page.key: book.form_page(page, pages) for page in pages}
    for sheet in sheets.values():
        sheet.draw()
    book.carry(properties)
    return book.content()


class _FormBook(Book):
    """A workbook with the template's styles, and with lists on its last page."""

    def __init__(self, title: str, subject: str, created: datetime.datetime | None) -> None:
        super().__init__(title, subject, created)
        # Column widths are counted in digits of this font, also by programs without Calibri.
        self._workbook.formats[0].set_font_name(FONT)
        self._workbook.formats[0].set_font_size(11)
        self._lists: dict[tuple[str, ...], str] = {}
        self._last: _FormSheet | None = None

    def style(self, name: str) -> Any:
        """Give the format of one of the template's styles, or of several joined by `+`."""
        if name not in self._formats:
            look: dict[str, object] = {}
            for part in name.split("+"):
                look |= {"quote_prefix": True} if part == "quoted" else TEMPLATE_STYLES[part]
            self._formats[name] = self._workbook.add_format(look)
        return self._formats[name]

    def shine(self) -> Any:
        """Give the format of the descriptor that was chosen."""
        return self._formats.setdefault("shine", self._workbook.add_format(dict(SHINE)))

    def form_page(self, page: FormPage, pages: Sequence[FormPage]) -> _FormSheet:
        """Add a sheet for a page."""
        self.name_for(page.name)
        sheet = self._workbook.add_worksheet(page.name)
        self._last = _FormSheet(self, sheet, page, {other.key: other for other in pages})
        return self._last

    def carry(self, properties: Properties) -> None:
        """Write facts where they survive the deletion of a sheet, and name the first one's cell."""
        for name, value in properties.items():
            self._workbook.set_custom_property(name, clean_text(value, 255), "text")
        if self._last is not None:
            self._workbook.define_name("maturity_template", f"={quoted(self._last.name)}!$B$1")

    def list_place(self, words: tuple[str, ...]) -> str:
        """Give a formula for a list that is too long to stand in a rule."""
        if words not in self._lists and self._last is not None:
            column = _LIST_COLUMN + len(self._lists)
            for row, word in enumerate(words, start=1):
                self._last.text(row, column, word, "plain")
            letters = column_letters(column)
            sheet = quoted(self._last.name)
            self._lists[words] = f"={sheet}!${letters}$1:${letters}${len(words)}"
        return self._lists[words]


class _FormSheet(Page):
    """One sheet of the template."""

    def __init__(
        self, book: _FormBook, worksheet: Any, page: FormPage, pages: Mapping[str, FormPage]
    ) -> None:
        super().__init__(book, worksheet, page.name)
        self._form_book = book
        self._page = page
        self._pages = pages

    def draw(self) -> None:
        """Write the page's cells, rules and looks."""
        self.widths(*self._page.widths)
        for row, line in enumerate(self._page.lines, start=1):
            self.height(row, _height(line, self._page.widths))
            for column, entry in line.items():
                self._draw_entry(row, column, entry)
        for rule in {entry.rule: None for _, _, entry in self._page.entries() if entry.rule}:
            self._allow(rule)
        self._let_descriptors_shine()
        self._hide()
        self._set_up()

    # --- cells ------------------------------------------------------------------------------------

    def _draw_entry(self, row: int, column: int, entry: Entry) -> None:
        value, style = entry.value, entry.style
        if entry.rows > 1:
            self.merge(row, column, row + entry.rows - 1, column, style)
        if isinstance(value, Link):
            name = self._pages[value.page].name
            self.link(row, column, (name, "A1"), value.text, style)
        elif isinstance(value, OpenCount):
            self.formula(row, column, *self._open_count(value), style)
        elif isinstance(value, Formula):
            self.formula(row, column, value.text.removeprefix("="), value.result, style)
        elif isinstance(value, bool):
            self.boolean(row, column, value, style)
        elif isinstance(value, datetime.date):
            self.moment(row, column, value, f"{style}+date")
        elif isinstance(value, (int, float, Decimal)):
            self.number(row, column, float(value) if isinstance(value, Decimal) else value, style)
        else:
            self.text(row, column, value or "", style)

    def _open_count(self, count: OpenCount) -> tuple[str, str]:
        """Give a formula such as `COUNTBLANK(...)&" of 25"` and what it shows now."""
        parts, still_open, asked = [], 0, 0
        for page in (self._pages[key] for key in count.pages if key in self._pages):
            counted = [place for place in page.entries() if place[2].counted]
            asked += len(counted)
            still_open += sum(entry.value in (None, "") for _, _, entry in counted)
            parts += [
                f"COUNTBLANK({quoted(page.name)}!{area})"
                for area in areas((row, column) for row, column, _ in counted)
            ]
        return f'{"+".join(parts) or "0"}&" of {asked}"', f"{still_open} of {asked}"

    # --- rules ------------------------------------------------------------------------------------

    def _allow(self, rule: Rule) -> None:
        places = areas((r, c) for r, c, entry in self._page.entries() if entry.rule == rule)
        first, *others = places
        options = {
            **self._condition(rule),
            "input_title": _cut(rule.title, _LONGEST_TITLE),
            "input_message": _cut(rule.advice, _LONGEST_ADVICE),
            "error_title": "Please check",
            "error_message": _cut(rule.refusal, _LONGEST_ADVICE),
            "error_type": "stop" if rule.strict else "warning",
            "other_cells": [
                [area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1] for area in others
            ],
        }
        self.allow(*first, {name: value for name, value in options.items() if value})

    def _condition(self, rule: Rule) -> dict[str, object]:
        if rule.kind == "list":
            return {"validate": "list", "source": self._list_source(rule.words)}
        if rule.kind == "date":
            return {"validate": "date", "criteria": ">=", "value": _EARLIEST}
        if rule.kind == "any":
            return {"validate": "any"}
        least = -1e15 if rule.least is None else rule.least
        # XlsxWriter leaves a bound of 0 out unless it is text.
        kind = "integer" if rule.kind == "whole" else "decimal"
        return {"validate": kind, "criteria": ">=", "value": f"{least:.0f}"}

    def _list_source(self, words: tuple[str, ...]) -> list[str] | str:
        inline = ",".join(words)
        is_plain = not any(character in word for word in words for character in ',"=\n')
        if is_plain and inline.isprintable() and len(inline) <= _LONGEST_LIST:
            return list(words)
        return self._form_book.list_place(words)

    # --- the sheet --------------------------------------------------------------------------------

    def _let_descriptors_shine(self) -> None:
        """Highlight the descriptor of the level that was chosen in each row."""
        for row, column, entry in self._page.entries():
            if entry.shines is None:
                continue
            rating, typed = entry.shines
            answer = self._answer_column(row, rating)
            if answer is None:
                continue
            place = f"${column_letters(answer)}{row}"
            tests = ",".join(f'{place}&""={_in_formula(word)}' for word in typed)
            options = {"type": "formula", "criteria": f"=OR({tests})", "format": self._shine()}
            self.condition(row, column, row, column, options)

    def _shine(self) -> Any:
        return self._form_book.shine()

    def _answer_column(self, row: int, rating: str) -> int | None:
        line = self._page.lines[row - 1]
        found = (place for place, entry in line.items() if entry.key and entry.key[1] == rating)
        return next(found, None)

    def _hide(self) -> None:
        for row in self._page.hidden_rows:
            self._check(self._sheet.set_row(row - 1, None, None, {"hidden": True}))
        for column in self._page.hidden_columns:
            width = self._page.widths[column - 1]
            self._check(self._sheet.set_column(column - 1, column - 1, width, None, {"hidden": 1}))
        if self._page.visibility == "hidden":
            self._sheet.hide()
        elif self._page.visibility == "very hidden":
            self._sheet.very_hidden()

    def _set_up(self) -> None:
        page = self._page
        self.printing(header_row=page.header or None, is_large=page.wide)
        if not page.wide:
            self._sheet.set_portrait()
            self._sheet.fit_to_pages(1, 1)
        if page.header:
            self.freeze(page.header + 1, page.kept_columns + 1)
        self.without_grid()
        self._sheet.set_tab_color(_TABS.get(page.key, _DOMAIN_TAB))
        self._sheet.protect("", dict.fromkeys(_FREE, True))
        first = next(_answer_places(page), None)
        if first is not None:
            self._check(self._sheet.set_selection(cell_name(*first)))


def _answer_places(page: FormPage) -> Iterator[tuple[int, int]]:
    return ((row, column) for row, column, entry in page.entries() if entry.rule)


def _height(line: Mapping[int, Entry], widths: Sequence[float]) -> float:
    return max(
        (_entry_height(entry, widths[column - 1]) for column, entry in line.items()),
        default=_LEAST_HEIGHT,
    )


def _entry_height(entry: Entry, width: float) -> float:
    look = TEMPLATE_STYLES[entry.style]
    size = float(str(look["font_size"]))
    least = _INPUT_HEIGHT if entry.key else _LEAST_HEIGHT
    value = entry.value.text if isinstance(entry.value, Link) else entry.value
    if not isinstance(value, str) or entry.rows > 1 or not look.get("text_wrap"):
        return max(least, size * _LOOSE)
    # Once it is highlighted, a descriptor is bold.
    bold = bool(look.get("bold") or entry.shines)
    indented = bool(look.get("indent"))
    return max(least, text_height(value, width, size, bold=bold, indented=indented))


def _in_formula(text: str) -> str:
    return '"' + clean_text(text, 200).replace('"', '""') + '"'


def _cut(text: str, limit: int) -> str:
    clean = clean_text(text)
    if len(clean) <= limit:
        return clean
    return clean[: limit - 1].rpartition(" ")[0] + "…"
