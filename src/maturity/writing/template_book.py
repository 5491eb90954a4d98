"""Draw the pages of a template as a workbook that identifies itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from maturity.sheets import column_letters
from maturity.writing.cells import check_code
from maturity.writing.formula_sheet import FormulaSheet
from maturity.writing.template_page import FormPage, reference
from maturity.writing.template_sheet import Formats, FormSheet
from maturity.writing.text import clean_text
from maturity.writing.theme import FONT

__all__ = ["draw"]

# XlsxWriter writes the time of day when it is not told a date.
_NO_DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - a constant that stands for no date
_LONGEST_PROPERTY = 255
_SHORTEN = "Shorten the rubric's texts."
_LIST_COLUMN = 4  # the first column of the last page that may hold a list


def draw(
    pages: Sequence[FormPage],
    *,
    title: str,
    subject: str,
    properties: Mapping[str, str],
    created: datetime.datetime | None = None,
) -> bytes:
    """Draw pages as an Excel workbook.

    Args:
        pages: the pages, in order; the last one holds what people need not see.
        title: the document's title.
        subject: what it is about.
        properties: facts that are carried in the document's own properties.
        created: when it was made; left out, nothing about the time is said.

    Returns:
        The workbook's bytes; the same for the same arguments.
    """
    buffer = BytesIO()
    # No temporary files: it also runs where there is no folder for them.
    workbook: Any = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # Column widths are counted in digits of this font, also by programs without Calibri.
    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(11)
    workbook.set_properties(
        {
            "title": clean_text(title, _LONGEST_PROPERTY),
            "subject": clean_text(subject, _LONGEST_PROPERTY),
            "author": "maturity",
            "created": _NO_DATE if created is None else _as_utc(created),
        }
    )
    for name, value in properties.items():
        said = clean_text(value, _LONGEST_PROPERTY)
        check_code(workbook.set_custom_property(name, said, "text"), name, _SHORTEN)
    _draw_pages(workbook, pages)
    last = pages[-1].name
    check_code(
        workbook.define_name("maturity_template", f"={reference(last)}!$B$1"), last, _SHORTEN
    )
    workbook.close()
    return buffer.getvalue()


def _draw_pages(workbook: Any, pages: Sequence[FormPage]) -> None:
    by_key = {page.key: page for page in pages}
    formats = Formats(workbook)
    sheets = [
        FormSheet(workbook.add_worksheet(page.name, FormulaSheet), page, by_key, formats)
        for page in pages
    ]
    lists: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        for words in sheet.long_lists():
            if words not in lists:
                lists[words] = _write_list(words, sheets[-1], _LIST_COLUMN + len(lists))
    for sheet in sheets:
        sheet.draw(lists)


def _write_list(words: tuple[str, ...], sheet: FormSheet, column: int) -> str:
    """Put a list that is too long for a rule on the last page, and give its place."""
    for row, word in enumerate(words, start=1):
        sheet.text(row, column, word, "line")
    letters = column_letters(column)
    return f"={reference(sheet.page.name)}!${letters}$1:${letters}${len(words)}"


def _as_utc(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo is None else moment.astimezone(datetime.UTC)
