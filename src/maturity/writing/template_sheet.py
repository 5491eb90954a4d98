"""Draw one page of a template: its cells, what may be entered in them, and how it is protected."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from maturity.sheets import cell_name, column_letters
from maturity.writing.cells import check_code
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
    areas,
    reference,
)
from maturity.writing.template_rules import is_long_list, rule_options
from maturity.writing.template_style import SHINE, TEMPLATE_STYLES
from maturity.writing.text import cell_text, clean_text, could_be_formula

__all__ = ["FormSheet", "Formats"]

_LEAST_HEIGHT = 18.0
_INPUT_HEIGHT = 24.0
_LOOSE = 1.9  # the height of a line that stands alone, of its font's size
_TABS = {COVER: "#1B365D", GUIDANCE: "#1B365D", BASELINE: "#5B7F3A"}
_DOMAIN_TAB = "#4A7EBB"
_A4, _A3 = 9, 8
# Locked cells are there to be read; everything that helps with reading and answering is free.
_FREE = ("format_cells", "format_columns", "format_rows", "sort", "autofilter")


class Formats:
    """The template's styles as formats of one workbook.

    Args:
        workbook: the XlsxWriter workbook.
    """

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def style(self, name: str) -> Any:
        """Give the format of a style, or of several joined by `+`; the last one wins."""
        if name not in self._made:
            look: dict[str, object] = {}
            for part in name.split("+"):
                # The apostrophe that keeps text that looks like a formula from becoming one.
                look |= {"quote_prefix": True} if part == "quoted" else TEMPLATE_STYLES[part]
            self._made[name] = self._workbook.add_format(look)
        return self._made[name]

    def shine(self) -> Any:
        """Give the format of the descriptor that was chosen."""
        if "shine" not in self._made:
            self._made["shine"] = self._workbook.add_format(dict(SHINE))
        return self._made["shine"]


class FormSheet:
    """One sheet of the template, while it is drawn. Rows and columns count from 1.

    Args:
        worksheet: the XlsxWriter worksheet.
        page: what it shows.
        pages: all pages by key, for links and counts.
        formats: the workbook's formats.
    """

    def __init__(
        self, worksheet: Any, page: FormPage, pages: Mapping[str, FormPage], formats: Formats
    ) -> None:
        self.page = page
        self._sheet = worksheet
        self._pages = pages
        self._formats = formats

    def long_lists(self) -> Iterator[tuple[str, ...]]:
        """Yield the lists of answers that must stand in cells, not in the rules themselves."""
        for _, _, entry in self.page.entries():
            if entry.rule is not None and is_long_list(entry.rule.words):
                yield entry.rule.words

    def draw(self, lists: Mapping[tuple[str, ...], str]) -> None:
        """Write the page's cells, rules and looks.

        Args:
            lists: the place of each long list.
        """
        for column, width in enumerate(self.page.widths, start=1):
            options = {"hidden": column in self.page.hidden_columns}
            self._check(self._sheet.set_column(column - 1, column - 1, width, None, options))
        for row, line in enumerate(self.page.lines, start=1):
            options = {"hidden": row in self.page.hidden_rows}
            height = _height(line, self.page.widths)
            self._check(self._sheet.set_row(row - 1, height, None, options))
            for column, entry in line.items():
                self._draw_entry(row, column, entry)
        self._allow(lists)
        self._let_descriptors_shine()
        self._set_up()

    # --- cells ------------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, style: str) -> None:
        """Write text as text, whatever it looks like."""
        clean = cell_text(text)
        look = self._formats.style(f"{style}+quoted" if could_be_formula(clean) else style)
        if clean:
            self._check(self._sheet.write_string(row - 1, column - 1, clean, look))
        else:
            self._check(self._sheet.write_blank(row - 1, column - 1, None, look))

    def _draw_entry(self, row: int, column: int, entry: Entry) -> None:
        value, sheet = entry.value, self._sheet
        place, look = (row - 1, column - 1), self._formats.style(entry.style)
        if entry.rows > 1:
            corner = (row + entry.rows - 2, column - 1)
            self._check(sheet.merge_range(*place, *corner, "", look))
        if isinstance(value, Link) and value.page not in self._pages:
            value = value.text
        if value is None or isinstance(value, str):
            self.text(row, column, value or "", entry.style)
        elif isinstance(value, Link):
            target = f"internal:{reference(self._pages[value.page].name)}!A1"
            self._check(sheet.write_url(*place, target, look, cell_text(value.text)))
        elif isinstance(value, OpenCount):
            self._check(sheet.write_formula(*place, *self._open_count(value, look)))
        elif isinstance(value, Formula):
            self._check(sheet.write_formula(*place, value.text, look, value.result))
        elif isinstance(value, bool):
            self._check(sheet.write_boolean(*place, value, look))
        elif isinstance(value, datetime.date):
            dated = self._formats.style(f"{entry.style}+date")
            self._check(sheet.write_datetime(*place, value, dated))
        else:
            number = float(value) if isinstance(value, Decimal) else value
            self._check(sheet.write_number(*place, number, look))

    def _open_count(self, count: OpenCount, look: Any) -> tuple[str, Any, str]:
        """Give a formula such as `=COUNTBLANK(...)&" of 25"`, its look, and what it shows now."""
        parts, still_open, asked = [], 0, 0
        for page in (self._pages[key] for key in count.pages if key in self._pages):
            counted = [place for place in page.entries() if place[2].counted]
            asked += len(counted)
            still_open += sum(entry.value in (None, "") for _, _, entry in counted)
            parts += [
                f"COUNTBLANK({reference(page.name)}!{area})"
                for area in areas((row, column) for row, column, _ in counted)
            ]
        formula = f'={"+".join(parts) or "0"}&" of {asked}"'
        return formula, look, f"{still_open} of {asked}"

    # --- rules ------------------------------------------------------------------------------------

    def _allow(self, lists: Mapping[tuple[str, ...], str]) -> None:
        entries = list(self.page.entries())
        for rule in {entry.rule: None for _, _, entry in entries if entry.rule is not None}:
            places = areas((row, column) for row, column, entry in entries if entry.rule == rule)
            first, *others = ([value - 1 for value in place] for place in places)
            options = rule_options(rule, lists) | ({"other_cells": others} if others else {})
            self._check(self._sheet.data_validation(*first, options))

    def _let_descriptors_shine(self) -> None:
        """Highlight the descriptor of the level that was chosen in each row."""
        for row, column, entry in self.page.entries():
            answer = self._answer_column(row, entry.shines[0]) if entry.shines else None
            if entry.shines is None or answer is None:
                continue
            place = f"${column_letters(answer)}{row}"
            tests = ",".join(f'{place}&""={_in_formula(word)}' for word in entry.shines[1])
            options = {
                "type": "formula",
                "criteria": f"=OR({tests})",
                "format": self._formats.shine(),
            }
            self._check(
                self._sheet.conditional_format(row - 1, column - 1, row - 1, column - 1, options)
            )

    def _answer_column(self, row: int, rating: str) -> int | None:
        line = self.page.lines[row - 1]
        found = (place for place, entry in line.items() if entry.key and entry.key[1] == rating)
        return next(found, None)

    # --- the sheet --------------------------------------------------------------------------------

    def _set_up(self) -> None:
        page, sheet = self.page, self._sheet
        sheet.set_paper(_A3 if page.wide else _A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&9&A&R&9Page &P of &N")
        sheet.hide_gridlines(2)
        sheet.set_tab_color(_TABS.get(page.key, _DOMAIN_TAB))
        if page.wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0 if page.wide else 1)
        if page.header:
            self._check(sheet.repeat_rows(page.header - 1))
            sheet.freeze_panes(page.header, page.kept_columns)
        sheet.protect("", dict.fromkeys(_FREE, True))
        first = next((place for place in page.entries() if place[2].rule), None)
        if first is not None:
            self._check(sheet.set_selection(cell_name(*first[:2])))
        if page.visibility == "hidden":
            sheet.hide()
        elif page.visibility == "very hidden":
            sheet.very_hidden()

    def _check(self, code: int | None) -> None:
        check_code(code, self.page.name, "Shorten the rubric's texts, or split its domains.")


def _height(line: Mapping[int, Entry], widths: Sequence[float]) -> float:
    heights = (_entry_height(entry, widths[column - 1]) for column, entry in line.items())
    return max(heights, default=_LEAST_HEIGHT)


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
