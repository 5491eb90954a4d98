"""What is in a workbook is told with its grounds, and nothing of it is taken for an answer."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from seen_forms import FORMS, form_of, with_lists
from written_sheets import sheet_of

import maturity
from maturity.inspection import ColumnKind, SeenTable, WorkbookInspection
from maturity.reading.id_shapes import id_and_text, whole_id
from maturity.reading.inspect_workbook import inspect_workbook, inspection_of
from maturity.sheets import Cell, CellState, Sheet, Visibility, Workbook


def only_table(workbook: Workbook) -> SeenTable:
    """Give the one table that is seen in a workbook."""
    (table,) = inspection_of(workbook).tables
    return table


def kinds(table: SeenTable) -> dict[str, str]:
    """Say what each column of a table is taken for."""
    return {column.letter: column.kind.value for column in table.columns}


def text_cell(text: str) -> Cell:
    """Make a cell with a text."""
    return Cell(CellState.TEXT, text, text)


# Text | the id that it is.
IDS = [
    ("LG1", "LG1"),
    ("G-SM-A-1-1", "G-SM-A-1-1"),
    ("1.2", "1.2"),
    ("LG 1.", "LG 1"),
    ("(3)", "3"),
    ("ID.AM-1", "ID.AM-1"),
    ("Ref", None),
    ("2026-03-02", None),
    ("Some words and 1", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "id_"), IDS)
def test_ids_are_known_by_their_look(text: str, id_: str | None) -> None:
    """Short, with a number; dates and prose are none."""
    assert whole_id(text_cell(text)) == id_


@pytest.mark.parametrize(
    ("cell", "id_"),
    [
        (Cell(CellState.NUMBER, 1, "1"), "1"),
        (Cell(CellState.NUMBER, -1, "-1"), None),
        (Cell(CellState.NUMBER, 0.5, "0.5", "percent"), None),
        (Cell(CellState.BOOLEAN, True, "TRUE"), None),
    ],
)
def test_numbers_may_be_ids(cell: Cell, id_: str | None) -> None:
    """A plain number may be one; a percentage, a negative number and a boolean are not."""
    assert whole_id(cell) == id_
    assert id_and_text(cell) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LG1 Shared vision", ("LG1", "Shared vision")),
        ("1.2 Do you know?", ("1.2", "Do you know?")),
        ("A1: Is it?", ("A1", "Is it?")),
        ("1) Is it so?", ("1", "Is it so?")),
        ("Q3: How", None),
        ("Is it so?", None),
    ],
)
def test_ids_that_begin_a_text_are_known(text: str, found: tuple[str, str] | None) -> None:
    """The id ends before a colon, a bracket, a dash or a space, and a text follows."""
    assert id_and_text(text_cell(text)) == found


def test_columns_are_told_by_their_content() -> None:
    """Ids, texts, answers, notes and scores each have their kind."""
    sheet = sheet_of(
        """
        Ref | Question                  | Level | Points | Comment
        LG1 | Is there a shared vision? | 1     | 10     | Seen in the plan of last year
        LG2 | Who decides what?         | 3     | 30     |
        CV1 | Do families take part?    | 2     | 20     |
        """
    )
    rows = {
        row: {
            column: cell._replace(is_formula=True) if column == 4 and row > 1 else cell
            for column, cell in cells.items()
        }
        for row, cells in sheet.rows.items()
    }
    table = only_table(form_of(dataclasses.replace(sheet, rows=rows)))
    assert kinds(table) == {
        "A": "id",
        "B": "text",
        "C": "answer",
        "D": "stated score",
        "E": "note",
    }
    assert table.pattern == "[A-Z]{1,8}[0-9]{1,4}"
    assert table.of(ColumnKind.ANSWER)[0].words == ("1", "3", "2")
    assert table.key_column.header == "Ref"


def test_headers_are_counted_and_spread_headers_are_joined() -> None:
    """A header that stands twice is counted; a heading that spans columns is told."""
    assert only_table(FORMS["repeated headers"][0]()).header_count == 2
    table = only_table(FORMS["two ratings under headings"][0]())
    assert [column.under for column in table.of(ColumnKind.ANSWER)] == ["Today", "In a year"]


def test_merged_headers_are_found_above() -> None:
    """A header that is merged over two rows belongs to the row in which the others stand."""
    sheet = sheet_of(
        """
        Id |                    | Answer |
           | What is looked at  | Now    | Then
        A1 | The first of them  | 1      | 2
        A2 | The second of them | 2      | 2
        """,
        merged="A1:A2 C1:D1",
    )
    table = only_table(form_of(with_lists(sheet, C3_D4="1,2")))
    assert [column.header for column in table.columns] == ["Id", "What is looked at", "Now", "Then"]
    assert table.header_rows == (1, 2)


def test_sections_are_headings_between_the_items() -> None:
    """Texts that stand alone above several items are sections."""
    table = only_table(FORMS["numbers that start again"][0]())
    assert set(table.sections.values()) == {"Leadership", "Workforce"}
    assert table.section_column == 2


def test_a_text_under_each_item_is_no_section() -> None:
    """Guidance that follows each item is not taken for a heading."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Answer
        A1 | The first of them  | 1
           | Look at the plan.  |
        A2 | The second of them | 2
           | Look at the log.   |
        """
    )
    assert only_table(form_of(with_lists(sheet, C2_C5="1,2"))).sections == {}


def test_prose_with_numbers_is_no_table() -> None:
    """Numbered sentences of guidance have neither answers nor a header."""
    sheet = sheet_of(
        """
        1. Read all of this first
        2. Fill in the form then
        3. Send it back at last
        """
    )
    assert inspection_of(form_of(sheet)).tables == ()


def everything() -> Workbook:
    """Make a workbook that has one of each thing."""
    cover = sheet_of(
        """
        A tool
        Council: | Anytown
        Team:    |
        Date     | date 2026-03-02
        Visits   | 12
        """,
        "Cover",
        merged="A3:B3",
    )
    lists = sheet_of("No | 0\nSome | 1\nAll | 2", "Lists", visibility=Visibility.VERY_HIDDEN)
    form = with_lists(
        sheet_of(
            """
            Id | What is looked at  | Answer | Points
            A1 | The first of them  | Some   | =?
            A2 | The second of them |        | =?
            """,
            "Form",
            hidden_columns=((1, 1),),
        ),
        C2_C3="words",
        D2="Nowhere!A1:A2",
    )
    noted = dataclasses.replace(form, notes={(2, 3): "Why?"}, formulas={(2, 4): "A", (3, 4): "B"})
    chart = Sheet("Chart", {}, is_grid=False)
    names = {"words": "Lists!$A$1:$A$3", "Form!_xlnm._FilterDatabase": "Form!$A$1"}
    return dataclasses.replace(form_of(cover, lists, noted, chart), defined_names=names)


def test_everything_is_told() -> None:
    """Sheets of every kind, lists, merges, formulas, notes, names, labels and answer lists."""
    seen = inspection_of(everything())
    cover, lists, form, chart = seen.sheets
    labels = [(each.label, each.value, each.type) for each in cover.labels]
    assert labels == [
        ("Council:", "Anytown", "text"),
        ("Team:", "", "text"),
        ("Date", "2026-03-02", "date"),
        ("Visits", "12", "number"),
    ]
    assert cover.labels[1].cell == "C3"
    assert cover.merged == ("A3:B3",)
    assert lists.visibility == "very hidden"
    assert lists.answer_lists[0].words == ("No", "Some", "All")
    assert lists.answer_lists[0].values == ("0", "1", "2")
    assert (form.formulas, form.formulas_without_result) == (2, 2)
    assert (form.notes, form.hidden_columns) == (("C2",), ("A",))
    assert [each.words for each in form.drop_downs] == [("No", "Some", "All"), ()]
    assert "does not have" in form.drop_downs[1].problem
    assert not chart.is_grid
    assert seen.defined_names == {"words": "Lists!$A$1:$A$3"}


def test_a_list_of_blank_cells_says_so() -> None:
    """A drop-down list whose source is empty offers nothing."""
    form = form_of(with_lists(sheet_of("a | b"), A1="Sheet!D1:D4"))
    (found,) = inspection_of(form).sheets[0].drop_downs
    assert (found.words, found.problem) == ((), "its source is empty")


def test_it_can_be_written_as_json() -> None:
    """The record holds nothing but plain data."""
    record = json.loads(json.dumps(inspection_of(everything()).record()))
    assert record["sheets"][2]["tables"][0]["columns"][0]["kind"] == "id"


@pytest.fixture(scope="module")
def clean(root: Path) -> WorkbookInspection:
    """Inspect an example return with both rubrics."""
    rubrics = [maturity.load_rubric(name) for name in ("local-partnership", "inclusive-setting")]
    path = root / "examples" / "returns" / "970-merrowdale.xlsx"
    return inspect_workbook(path, rubrics=rubrics)


def test_layouts_that_fit_come_first(clean: WorkbookInspection) -> None:
    """Each layout says what it found, or what it missed."""
    assert clean.fits[0].fits
    assert clean.fits[0].why == "35 known ids with 5 ratings; its marks are there."
    other = next(fit for fit in clean.fits if fit.rubric == "inclusive-setting")
    assert not other.fits
    assert "known id" in other.why


def test_empty_sheets_are_told() -> None:
    """A sheet without cells has no size."""
    (sheet,) = inspection_of(form_of(sheet_of(""))).sheets
    assert (sheet.last_row, sheet.last_column, sheet.filled) == (0, 0, 0)
