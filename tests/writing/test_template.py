"""The blank workbook: what it holds, what it allows, and that it is found again."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from hypothesis import given, settings
from office import recalculated
from openpyxl.worksheet.worksheet import Worksheet
from random_rubrics import rubrics
from written_sheets import made_rubric

from maturity import Rubric, State, WriteError, load_rubric, read_assessment, write_template
from maturity.rubric import Level, Metric
from maturity.sheets import column_letters
from maturity.template_layout import template_layout
from maturity.testing import Typed, completed_template, insert_columns, insert_rows
from maturity.writing.row_heights import HIGHEST_ROW, line_count, text_height
from maturity.writing.template_book import draw
from maturity.writing.template_page import Entry, FormPage
from maturity.writing.template_rules import level_words

_Workbook = openpyxl.Workbook


def _bytes(rubric: Rubric, created: datetime.datetime | None = None) -> bytes:
    stream = io.BytesIO()
    write_template(rubric, stream, created=created)
    return stream.getvalue()


def _opened(rubric: Rubric) -> _Workbook:
    return openpyxl.load_workbook(io.BytesIO(_bytes(rubric)))


@pytest.fixture(scope="module")
def shipped() -> Rubric:
    """Give the rubric that we ship."""
    return load_rubric("local-partnership")


@pytest.fixture(scope="module")
def blank(shipped: Rubric) -> _Workbook:
    """Give its template, as openpyxl sees it."""
    return _opened(shipped)


def _texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def _column(sheet: Worksheet, header: str) -> tuple[int, int]:
    """Give the header row and the column with this header."""
    return next(
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == header and cell.row is not None and cell.column is not None
    )


def _words_at(sheet: Worksheet, place: str) -> list[str]:
    """Give the words of the drop-down at a cell."""
    found = [
        str(validation.formula1)
        for validation in sheet.data_validations.dataValidation
        if place in validation.sqref and validation.type == "list"
    ]
    assert len(found) == 1
    return found[0].strip('"').split(",")


def _answer_cells(rubric: Rubric, sheet: Worksheet, header: str) -> dict[str, str]:
    """Give the cells under a header: criterion → cell."""
    row, column = _column(sheet, header)
    ids = {str(sheet.cell(place, 1).value): place for place in range(row + 1, sheet.max_row + 1)}
    return {
        key: sheet.cell(place, column).coordinate
        for key, place in ids.items()
        if key in rubric.criteria
    }


# --- what it holds --------------------------------------------------------------------------------


def test_sheets_are_cover_guidance_domains_and_figures(blank: _Workbook) -> None:
    """A person sees a cover, guidance, one sheet for each domain and one for the figures."""
    visible = [sheet.title for sheet in blank if sheet.sheet_state == "visible"]
    assert visible[:3] == ["Cover", "Guidance", "LG Leadership and governance"]
    assert visible[-1] == "Baseline data"
    assert len(visible) == 2 + 7 + 1
    assert "SO Specialist support…" in visible


def test_everything_that_is_asked_stands_on_its_domain_s_sheet(
    shipped: Rubric, blank: _Workbook
) -> None:
    """Ids, titles, prompts, descriptors and examples of evidence are all there, uncut."""
    domains = blank.worksheets[2:9]
    for domain, sheet in zip(shipped.domains, domains, strict=True):
        text = "\n".join(_texts(sheet))
        for criterion in domain.criteria:
            parts = (criterion.id, criterion.title, criterion.prompt, *criterion.evidence)
            assert all(part in text for part in (*parts, *criterion.levels.values()))


def test_cover_says_that_the_rubric_is_illustrative(shipped: Rubric, blank: _Workbook) -> None:
    """The status stands where everybody begins."""
    assert shipped.status_note in _texts(blank["Cover"])


def test_cover_of_a_final_rubric_has_no_notice() -> None:
    """Where there is nothing to warn of, nothing is said."""
    final = made_rubric().model_copy(update={"status": "final"})
    assert "Please note" not in _texts(_opened(final)["Cover"])
    assert "Please note" in _texts(_opened(made_rubric())["Cover"])


def test_guidance_explains_levels_and_where_not_applicable_is_allowed(
    shipped: Rubric, blank: _Workbook
) -> None:
    """Every level's meaning is there, and every row that may be left out by right."""
    text = "\n".join(_texts(blank["Guidance"]))
    assert all(level.description in text for level in shipped.levels)
    assert "SO4: " in text
    assert "WD5: " in text
    assert "2/3 or 2-3" in text


def test_guidance_follows_the_rubric() -> None:
    """Without partners, metrics or "not applicable", the guidance does not speak of them."""
    small = made_rubric()
    criteria = tuple(
        domain.model_copy(
            update={
                "criteria": tuple(
                    item.model_copy(update={"not_applicable": None}) for item in domain.criteria
                )
            }
        )
        for domain in small.domains
    )
    ratings = {"agreed": small.ratings["agreed"]}
    bare = small.model_copy(update={"ratings": ratings, "metrics": {}, "domains": criteria})
    text = "\n".join(_texts(_opened(bare)["Guidance"]))
    assert "1. Choose a level" in text
    assert "Baseline data" not in text
    assert "so this answer is not offered" in text


def test_guidance_lists_no_more_exemptions_than_fit_on_a_page() -> None:
    """Where "not applicable" is allowed in many rows, the lists themselves say where."""
    small = made_rubric()
    voice = small.domains[1].criteria[0]
    criteria = tuple(voice.model_copy(update={"id": f"CV{place}"}) for place in range(1, 14))
    domain = small.domains[1].model_copy(update={"criteria": criteria})
    text = "\n".join(_texts(_opened(small.model_copy(update={"domains": (domain,)}))["Guidance"]))
    assert "CV12: " in text
    assert "CV13: " not in text
    assert "Further rows offer it in their lists." in text


def test_metric_s_unit_and_working_are_said() -> None:
    """People read beside each figure in what unit it is wanted."""
    metric = Metric(title="Cost", unit="money", description="Net of grants.")
    sheet = _opened(made_rubric().model_copy(update={"metrics": {"M1": metric}}))["Baseline data"]
    assert "Pounds: type 1500000 for £1.5 million. Net of grants" in _texts(sheet)


# --- what it allows -------------------------------------------------------------------------------


def test_lists_offer_levels_and_not_applicable_only_where_allowed(
    shipped: Rubric, blank: _Workbook
) -> None:
    """SO4 may be answered with N/A, the other rows of its sheet may not."""
    sheet = blank["SO Specialist support…"]
    levels = ["1 - Emerging", "2 - Developing", "3 - Maturing", "4 - Embedded"]
    for header in ("Education", "Agreed level", "Target level"):
        cells = _answer_cells(shipped, sheet, header)
        assert len(cells) == 5
        for criterion, place in cells.items():
            expected = [*levels, "N/A"] if criterion == "SO4" else levels
            assert _words_at(sheet, place) == expected


@pytest.mark.parametrize("label", ["Good, mostly", 'So "called"', "=1", "A long label " * 20])
def test_list_that_cannot_stand_in_a_rule_stands_in_cells(label: str) -> None:
    """A list with commas, or of more than 255 letters, is kept on the hidden sheet."""
    small = made_rubric()
    levels = (Level(value=1, label="Low"), Level(value=2, label=label))
    book = _opened(small.model_copy(update={"levels": levels}))
    (place,) = _words_at(
        book.worksheets[2], _answer_cells(small, book.worksheets[2], "Education")["LG1"]
    )
    assert place == "'Form identity'!$D$1:$D$2"
    assert [cell.value for cell in book["Form identity"]["D"]][:2] == ["1 - Low", f"2 - {label}"]


def test_rubric_that_reads_only_values_offers_only_values() -> None:
    """The lists use the fullest form that the rubric itself can read."""
    answers = made_rubric().answers
    for forms, expected in {
        ("{value}",): "2",
        ("{value}", "Level {value}: {label}"): "Level 2: Developing",
        (): "2",
    }.items():
        update = {"answers": answers.model_copy(update={"forms": forms})}
        assert level_words(made_rubric().model_copy(update=update))[2] == expected


def test_only_answers_can_be_typed_and_no_password_is_needed(
    shipped: Rubric, blank: _Workbook
) -> None:
    """Questions are locked; answers, notes, widths and filters are free."""
    sheet = blank["LG Leadership and governance"]
    row, column = _column(sheet, "Agreed level")
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatColumns  # False means that it is not forbidden
    assert not sheet.protection.autoFilter
    free = [cell.column for cell in sheet[row + 1] if not cell.protection.locked]
    assert free == list(range(column - 3, column + 6))


def test_dates_and_figures_are_checked(blank: _Workbook) -> None:
    """Dates are wanted for the cover and actions; a count has no decimals and is not below 0."""
    kinds = {
        sheet.title: {validation.type for validation in sheet.data_validations.dataValidation}
        for sheet in blank
    }
    assert "date" in kinds["Cover"]
    assert kinds["LG Leadership and governance"] == {"list", "date"}
    assert {"whole", "decimal"} <= kinds["Baseline data"]
    counts = [
        validation
        for validation in blank["Baseline data"].data_validations.dataValidation
        if validation.type == "whole"
    ]
    assert [validation.formula1 for validation in counts] == ["0"]


@pytest.mark.parametrize("description", ["x " * 400, "😀" * 400], ids=["words", "emoji"])
def test_advice_is_cut_to_what_excel_shows(description: str) -> None:
    """Excel shows 255 letters of advice and 32 of its title; longer ones would break the file."""
    small = made_rubric()
    update = {"title": "T" * 90, "description": description}
    rating = small.ratings["agreed"].model_copy(update=update)
    book = _opened(small.model_copy(update={"ratings": {"agreed": rating}}))
    validations = book.worksheets[2].data_validations.dataValidation
    assert {len(validation.promptTitle) for validation in validations} <= {32, len("By when")}
    # Excel counts in units of UTF-16.
    assert all(len(item.prompt.encode("utf-16-le")) <= 2 * 255 for item in validations)


# --- how it looks ---------------------------------------------------------------------------------


def test_domain_prints_on_wide_paper_with_its_header(blank: _Workbook) -> None:
    """A domain fits the width of A3 landscape, with the header on every page and in view."""
    sheet = blank["LG Leadership and governance"]
    row, _ = _column(sheet, "Ref")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert sheet.page_setup.fitToWidth in (None, 1)  # left out, it is 1
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == f"${row}:${row}"
    assert sheet.freeze_panes == f"C{row + 1}"
    assert not sheet.merged_cells.ranges


def test_rows_are_high_enough_for_their_text(shipped: Rubric, blank: _Workbook) -> None:
    """No descriptor is cut: each row has a line's height for each line of its longest text."""
    assert blank.worksheets[2].column_dimensions["C"].width == pytest.approx(29.7, abs=0.1)
    for sheet in blank.worksheets[2:9]:
        for criterion, place in _answer_cells(shipped, sheet, "1 - Emerging").items():
            lines = max(
                line_count(text, 29, 11) for text in shipped.criteria[criterion].levels.values()
            )
            height = sheet.row_dimensions[sheet[place].row].height
            assert lines * 11 * 1.2 <= height <= HIGHEST_ROW


def test_text_that_fits_no_row_gets_the_widest_column() -> None:
    """Beyond what a spreadsheet can show, the row is as high as a row can be."""
    small = made_rubric()
    item = small.domains[1].criteria[0].model_copy(update={"prompt": "line\n" * 60})
    domain = small.domains[1].model_copy(update={"criteria": (item,)})
    sheet = _opened(small.model_copy(update={"domains": (domain,)})).worksheets[2]
    assert sheet.column_dimensions["C"].width > 190
    assert sheet.row_dimensions[sheet.max_row].height == pytest.approx(HIGHEST_ROW, abs=0.5)


def test_long_descriptors_get_wider_columns() -> None:
    """A row can be 409 points high and no higher; longer texts need width."""
    long_text = "Practice is the same across the area. " * 100
    small = made_rubric()
    item = small.domains[1].criteria[0].model_copy(update={"levels": {1: long_text}})
    domain = small.domains[1].model_copy(update={"criteria": (item,)})
    sheet = _opened(small.model_copy(update={"domains": (domain,)})).worksheets[2]
    row, column = _column(sheet, "1 - Emerging")
    width = sheet.column_dimensions[column_letters(column)].width
    assert width > 60
    assert text_height(long_text, width, 11) <= sheet.row_dimensions[row + 1].height


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("one", 1), ("one\ntwo", 2), ("word " * 20, 4), ("x" * 100, 4), ("字" * 30, 2)],
    ids=["empty", "one", "break", "words", "one long word", "ideographs"],
)
def test_lines_are_counted_as_a_column_wraps_them(text: str, lines: int) -> None:
    """Between words where there are any, else anywhere; a column of 30 holds some 32 letters."""
    assert abs(line_count(text, 30, 11) - lines) <= 1
    assert line_count(text, 30, 11, bold=True) >= line_count(text, 30, 11)


def test_links_on_the_cover_lead_to_every_sheet(blank: _Workbook) -> None:
    """The cover is the table of contents."""
    targets = {
        cell.hyperlink.location
        for row in blank["Cover"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    visible = [sheet.title for sheet in blank if sheet.sheet_state == "visible"]
    assert targets == {f"'{title}'!A1" for title in visible if title != "Cover"}


def test_counts_on_the_cover_are_live(soffice: str, tmp_path: Path) -> None:
    """LibreOffice counts the same open answers as we saved, and they are neither all nor none."""
    small = made_rubric()
    answers: dict[tuple[str, str], Typed] = {("LG1", "agreed"): 2, ("CV1", "agreed"): "N/A"}
    edits = (insert_rows("LG2"), insert_columns("LG", before="agreed"))
    path = tmp_path / "part.xlsx"
    path.write_bytes(completed_template(small, answers, edits=edits))
    (again,) = recalculated(soffice, [path], tmp_path)
    saved, counted = (
        [row[1].value for row in openpyxl.load_workbook(file, data_only=True)["Cover"].iter_rows()]
        for file in (path, again)
    )
    assert saved[-4:] == ["3 of 4", "1 of 2", "3 of 3", "7 of 9"]
    assert counted == saved


# --- how it is found again, and written -----------------------------------------------------------


def test_it_carries_its_identity_in_four_places(shipped: Rubric, blank: _Workbook) -> None:
    """On a sheet that is not seen, on every sheet that is, in a name and in its properties."""
    marker = template_layout(shipped).fingerprint.markers[0]
    hidden = blank["Form identity"]
    assert hidden.sheet_state == "veryHidden"
    assert {marker, shipped.id, shipped.version, shipped.digest} <= set(_texts(hidden))
    for sheet in blank.worksheets:
        assert marker in _texts(sheet) or sheet.title == "Guidance"
    assert blank.defined_names["maturity_template"].value == "'Form identity'!$B$1"
    custom = cast("Any", blank).custom_doc_props  # the stubs do not know it
    properties = {item.name: item.value for item in custom.props}
    assert properties["maturity template"] == marker
    assert properties["maturity rubric digest"] == shipped.digest
    assert blank.properties.title == shipped.title


def test_blank_template_is_read_as_a_return_without_answers(shipped: Rubric) -> None:
    """The reader recognises it, finds every cell, and finds them empty."""
    assessment = read_assessment(_bytes(shipped), shipped, name="blank.xlsx")
    assert assessment.layout == template_layout(shipped)
    assert {response.state for response in assessment.responses} == {State.BLANK}
    assert None not in {response.cell for response in assessment.responses}
    assert None not in {metric.cell for metric in assessment.metrics}
    assert assessment.metadata["edition"].value == shipped.version


def test_page_that_no_workbook_can_hold_is_refused() -> None:
    """XlsxWriter says so with a number; we stop and say which sheet it is."""
    page = FormPage("x", "Too wide", "Too wide", ({1: Entry("x")},), widths=(10.0,) * 16_385)
    with pytest.raises(WriteError, match='"Too wide" cannot hold'):
        draw([page], title="", subject="", properties={})


def test_same_rubric_gives_same_bytes(shipped: Rubric) -> None:
    """Nothing depends on the clock; the date of making is said when it is given."""
    moment = datetime.datetime(2026, 1, 9, 12, tzinfo=datetime.UTC)
    assert _bytes(shipped) == _bytes(shipped)
    assert _bytes(shipped, moment) != _bytes(shipped)
    with zipfile.ZipFile(io.BytesIO(_bytes(shipped, moment))) as package:
        assert b"2026-01-09T12:00:00Z" in package.read("docProps/core.xml")


def test_path_and_stream_get_the_same(shipped: Rubric, tmp_path: Path) -> None:
    """A template can be written to a file or handed on."""
    write_template(shipped, tmp_path / "blank.xlsx")
    assert (tmp_path / "blank.xlsx").read_bytes() == _bytes(shipped)


@settings(max_examples=25)
@given(rubrics())
def test_any_rubric_gives_a_workbook_that_is_read_back(rubric: Rubric) -> None:
    """Whatever the titles and numbers, openpyxl opens it and our reader finds each cell."""
    content = _bytes(rubric)
    book = openpyxl.load_workbook(io.BytesIO(content))
    names = [sheet.title for sheet in book]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)
    assessment = read_assessment(content, rubric, name="blank.xlsx")
    assert assessment.layout == template_layout(rubric)
    assert None not in {response.cell for response in assessment.responses}
