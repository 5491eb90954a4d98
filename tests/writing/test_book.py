"""A sheet holds what was written, text as text, and says so when it cannot."""

from __future__ import annotations

import datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from maturity.errors import WriteError
from maturity.issues import IssueCode
from maturity.writing.book import Book, Page
from maturity.writing.text import CELL_LIMIT

RISKY = ["=1+1", "@SUM(A1)", "+44", "-5", "http://example.org", "mailto:a@b.org", "<b>bold</b>"]


def new_page() -> Page:
    """Start a book with one sheet of two wide columns."""
    book = Book("Title", "Subject")
    page = book.page(book.name_for("Sheet"))
    page.widths(20, 20)
    return page


def saved(page: Page) -> Worksheet:
    """Finish the book and read its sheet with another library."""
    return openpyxl.load_workbook(BytesIO(page.book.content()))[page.name]


@pytest.mark.parametrize("text", RISKY)
def test_risky_text_stays_text(text: str) -> None:
    """Nothing that a respondent types becomes a formula or a link."""
    page = new_page()
    page.text(1, 1, text)
    sheet = saved(page)
    cell = sheet["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


def test_text_that_starts_like_a_formula_stays_text_when_it_is_edited() -> None:
    """Such a cell is marked as text for programs that look again at what is typed."""
    page = new_page()
    page.text(1, 1, "=1+1")
    page.text(2, 1, "plain")
    sheet = saved(page)
    assert sheet["A1"].quotePrefix
    assert not sheet["A2"].quotePrefix


def test_over_long_text_is_cut_visibly() -> None:
    """40,000 characters do not fit into a cell, and the cell says so."""
    page = new_page()
    page.text(1, 1, "x" * 40_000)
    text = str(saved(page)["A1"].value)
    assert len(text) == CELL_LIMIT
    assert "cut here" in text


def test_each_kind_of_cell_is_written_as_such() -> None:
    """Numbers, dates, truth values, formulas, links and notes come out as what they are."""
    page = new_page()
    page.number(1, 1, 2.5)
    page.moment(2, 1, datetime.date(2026, 3, 7), "sent_date")
    page.boolean(3, 1, True, "sent")
    page.formula(4, 1, "A1*2", 5.0)
    page.formula(5, 1, 'IF(A1>9,"x","y")', "y")
    page.link(6, 1, (page.name, "A1"), "to the top", "link")
    page.remark(6, 1, "a note")
    page.text(7, 1, "")
    sheet = saved(page)
    assert sheet["A1"].value == 2.5
    assert sheet["A2"].value == datetime.datetime(2026, 3, 7)  # noqa: DTZ001 - as openpyxl gives it
    assert sheet["A3"].value is True
    assert sheet["A4"].value == "=A1*2"
    assert sheet["A6"].value == "to the top"
    assert sheet["A6"].hyperlink.location == "'Sheet'!A1"
    assert sheet["A6"].comment.text == "a note"
    assert sheet["A7"].value is None


def test_rows_are_high_enough_for_wrapped_and_joined_text() -> None:
    """Programs do not agree on doing so themselves."""
    page = new_page()
    page.text(1, 1, "short")
    page.text(2, 1, "a long text that takes several lines " * 5)
    next_row = page.banner(3, (1, 2), "a long text over two columns " * 5, "words")
    page.text(4, 9, "beyond the columns that were given widths", "words")
    page.height(5, 1_000)
    sheet = saved(page)
    heights = {row: sheet.row_dimensions[row].height for row in range(1, 6)}
    assert heights[1] is None
    assert (heights[2] or 0) > 90
    assert 30 < (heights[3] or 0) < 90
    assert (heights[4] or 0) > 30
    assert heights[5] == pytest.approx(409, abs=1)
    assert next_row == 4


def test_a_cell_outside_the_sheet_is_an_error_and_not_silence() -> None:
    """XlsxWriter says so in a return code only."""
    page = new_page()
    with pytest.raises(WriteError, match='"Sheet" cannot hold') as caught:
        page.number(1_048_577, 1, 1)
    assert caught.value.issues[0].code is IssueCode.WRITE_LIMIT


def test_more_links_than_a_sheet_allows_are_written_as_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The words stay, the link is given up."""
    monkeypatch.setattr("maturity.writing.cells._LINK_LIMIT", 1)
    page = new_page()
    page.link(1, 1, ("Sheet", "A1"), "first", "link")
    page.link(2, 1, ("Sheet", "A1"), "second", "link")
    sheet = saved(page)
    assert sheet["A1"].hyperlink is not None
    assert (sheet["A2"].value, sheet["A2"].hyperlink) == ("second", None)


def test_a_wide_table_is_printed_in_parts() -> None:
    """Each part is as large as the paper allows, the names repeated on its left."""
    page = new_page()
    page.widths(*[20] * 10)
    page.text(1, 10, "last")
    page.printing_in_parts(header_row=1, repeated=2, parts=[5, 10])
    sheet = saved(page)
    assert sheet.page_setup.scale == 100 * 950 // (7 * (20 * 7 + 5))
    assert [pagebreak.id for pagebreak in sheet.col_breaks.brk] == [5]
    assert sheet.print_title_cols == "$A:$B"


def test_what_belongs_together_is_printed_on_one_page() -> None:
    """A block that would run over the edge of the paper starts a page; one that fits does not."""
    page = new_page()
    page.text(90, 1, "last")
    page.height(3, 100)
    page.printing_on_pages(blocks=[(1, 20), (21, 30), (31, 40), (41, 90)])
    sheet = saved(page)
    assert 19 * 15 + 100 < 500 < 29 * 15 + 100
    assert [pagebreak.id for pagebreak in sheet.row_breaks.brk] == [20, 40]


def test_a_long_word_after_a_figure_is_cut_so_that_its_format_is_allowed() -> None:
    """Excel takes a file for damaged in which a number's format has more than 255 characters."""
    page = new_page()
    page.number(1, 1, 2.5, page.book.figure_with_word("number", 'a "long" band, ' * 40))
    shown = saved(page)["A1"].number_format
    assert len(shown) <= 255
    assert "a 'long' band" in shown
    assert "cut here" in shown


def test_names_of_sheets_are_told_apart() -> None:
    """Two sheets never get one name."""
    book = Book("Title", "Subject")
    assert [book.name_for(name) for name in ("Data", "data", "DATA")] == [
        "Data",
        "data (2)",
        "DATA (3)",
    ]


@pytest.mark.parametrize(
    ("created", "stated"),
    [
        (None, b"2000-01-01T00:00:00Z"),
        (datetime.datetime(2026, 3, 7, 9, 30), b"2026-03-07T09:30:00Z"),  # noqa: DTZ001 - allowed
        (
            datetime.datetime(2026, 7, 7, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=1))),
            b"2026-07-07T08:00:00Z",
        ),
    ],
)
def test_the_date_is_the_one_given_and_never_the_clock(
    created: datetime.datetime | None, stated: bytes
) -> None:
    """The file's own properties hold the date given, or one that stands for none."""
    book = Book("Title", "Subject", created)
    book.page(book.name_for("Sheet"))
    with ZipFile(BytesIO(book.content())) as archive:
        assert stated in archive.read("docProps/core.xml")
