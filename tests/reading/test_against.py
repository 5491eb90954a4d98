"""A rubric, its layout and a real workbook checked together: what each of them has and another not.

Every test starts from a form in which nothing is wrong, and changes one thing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from maturity.errors import RubricError, WorkbookError
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.against import lint_against

RUBRIC = """\
rubric: small
version: "1"
title: Small
status: draft
levels:
  - {value: 0, label: "No"}
  - {value: 1, label: "Yes"}
answers: {not_applicable: [N/A]}
ratings: {agreed: {title: Agreed, scored: true}, target: {title: Target}}
domains:
  - id: LG
    title: Leading
    criteria:
      - {id: LG1, title: Vision, prompt: Is there a vision?}
      - {id: LG2, title: Roles}
scoring:
  rollups:
    - {score: domain, method: mean}
"""
LAYOUT = """\
layout: form
title: Form
metadata:
  area: {label: [Area]}
  edition: {cell: Cover!B2}
tables:
  - rows: criteria
    sheets: [Answers]
    id: {header: [Ref]}
    title: {header: [What]}
    answers:
      agreed: {header: [Agreed]}
      target: {header: [Target]}
    ignore: [{header: [Help]}]
    stated: [{score: criterion, rating: agreed, header: [Counts]}]
    required: [agreed]
stated:
  - {score: domain, sheet: Scores, cells: {B1: LG}}
other_sheets: [Guidance]
"""
CHOSEN = "form.xlsx layout-chosen"


def form() -> openpyxl.Workbook:
    """Make the form: a cover, two criteria with drop-down lists, a score, guidance and lists."""
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    cover["A1"], cover["A2"] = "Area", "Edition"
    answers = book.create_sheet("Answers")
    for row in (
        ("Ref", "What", "Agreed", "Target", "Help", "Counts"),
        ("LG1", "Vision", None, None, "Look here", "=C2"),
        ("LG2", "Roles", None, None, None, "=C3"),
    ):
        answers.append(row)
    book.create_sheet("Scores")["B1"] = "=AVERAGE(Answers!F2:F3)"
    book["Scores"]["A1"] = "LG"
    book.create_sheet("Guidance")["A1"] = "How to fill this in"
    offer(book, '"No,Yes,N/A"', "C2:D3")
    return book


def offer(book: openpyxl.Workbook, source: str, cells: str) -> None:
    """Put a drop-down list on cells of the sheet Answers."""
    drop_down = DataValidation(type="list", formula1=source)
    drop_down.add(cells)
    book["Answers"].add_data_validation(drop_down)


def no_lists(book: openpyxl.Workbook) -> None:
    """Take every drop-down list away."""
    book["Answers"].data_validations.dataValidation.clear()


def as_it_is(book: openpyxl.Workbook) -> None:
    """Leave the form as it is."""


Change = Callable[[openpyxl.Workbook], None]


def setting(sheet: str, **cells: str | int | None) -> Change:
    """Give a change that types into cells."""

    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
        for cell, typed in cells.items():
            page[cell] = typed

    return change


def offering(source: str, cells: str = "C2:D3") -> Change:
    """Give a change that replaces the drop-down lists."""

    def change(book: openpyxl.Workbook) -> None:
        no_lists(book)
        book.create_sheet("Lists")
        for row, word in enumerate(("No", "Yes", "Maybe"), start=1):
            book["Lists"][f"A{row}"] = word
        offer(book, source, cells)

    return change


def checked(
    folder: Path, change: Change = as_it_is, *, rubric: str = RUBRIC, layout: str = LAYOUT
) -> list[Issue]:
    """Write the three files and check them together; without the layout of our own template."""
    (folder / "layouts").mkdir()
    (folder / "rubric.yaml").write_text(rubric, encoding="utf-8")
    (folder / "layouts" / "form.yaml").write_text(layout, encoding="utf-8")
    book = form()
    change(book)
    book.save(folder / "form.xlsx")
    return list(lint_against(folder, folder / "form.xlsx"))


def told(folder: Path, issues: list[Issue]) -> list[str]:
    """Write each issue as its place and code, and in brackets its severity when it is no query."""
    return [
        f"{issue.location} {issue.code.value}".replace(f"{folder}/", "").replace("\\", "/")
        for issue in issues
    ]


def test_a_form_in_which_nothing_is_wrong_has_one_note(tmp_path: Path) -> None:
    """The layout that fits is named, with how much of it was found."""
    issues = checked(tmp_path)
    assert told(tmp_path, issues) == [CHOSEN]
    assert issues[0].message == (
        'The workbook was read with the layout "form". Found in it: criteria 2 of 2, columns of '
        "answers 2, single values 0, sheets 1."
    )
    assert issues[0].severity is Severity.NOTE


WORKBOOKS: list[tuple[Change, list[str], str]] = [
    (
        setting("Answers", A3=None, B3=None, C3=None, D3=None, F3=None),
        ["form.xlsx criterion-missing", "form.xlsx criterion-missing"],
        "Agreed: the form has no cell for 1 of 2 criteria: LG2.",
    ),
    (
        setting("Answers", A5="LG1", B5="Vision", F5="=C5"),
        [
            "form.xlsx, 'Answers'!C2 criterion-repeated",
            "form.xlsx, 'Answers'!D2 criterion-repeated",
        ],
        "The form asks for LG1 (Agreed) in 2 cells: also in Answers!C5.",
    ),
    (
        setting("Answers", D1="Goal"),
        [
            "layouts/form.yaml:13:15 column-missing",
            "form.xlsx, 'Answers'!D1 column-unknown",
        ],
        'Target was not found on "Answers".',
    ),
    (
        setting("Cover", A1="Where"),
        ["layouts/form.yaml:4:17 label-missing"],
        'No cell of the workbook says "Area", beside which the value "area" is looked for.',
    ),
    (
        setting("Answers", F2=None, F3=None),
        ["layouts/form.yaml:15:14 stated-missing"],
        'Counts on "Answers" states no score in any row.',
    ),
    (
        setting("Scores", B1=None),
        ["layouts/form.yaml:18:48 stated-missing"],
        'The cell "Scores" B1, in which the workbook is said to state the domain "LG", is empty.',
    ),
    (
        setting("Extra", A1="Something"),
        ["form.xlsx, 'Extra' sheet-unknown"],
        "The form has no such sheet, so it was not read.",
    ),
    (
        setting("Answers", G3="A remark", G4="Not in a row of an item"),
        ["form.xlsx, 'Answers'!G3 column-unknown"],
        'The layout does not name column G of a table, which holds "A remark" in the rows of its',
    ),
    (
        setting("Answers", G1="Notes", G2="A", G3="B"),
        ["form.xlsx, 'Answers'!G1 column-unknown"],
        'which holds "Notes" and 2 more cells in the rows of its items.',
    ),
    (
        setting("Answers", B2="A shared vision"),
        ["form.xlsx, 'Answers'!B2 text-differs"],
        'The row of LG1 says "A shared vision", and the rubric says "Vision".',
    ),
    (setting("Answers", B2="Is there a vision?"), [], ""),
    (
        setting("Answers", B2=None),
        ["form.xlsx, 'Answers'!B2 text-differs"],
        'The row of LG1 does not say "Vision".',
    ),
    (setting("Answers", C2="Perhaps"), ["form.xlsx, 'Answers'!C2 level-unknown"], '"Perhaps"'),
    (no_lists, [], ""),
    (offering("Lists!$A$1:$A$2"), [], ""),
    (
        offering("Lists!$A$1:$A$3"),
        ["form.xlsx, 'Answers'!C2 drop-down-unknown"],
        'The drop-down list on this cell offers "Maybe", which is no answer to LG1. The same list '
        "is on 3 more answer cells.",
    ),
    (
        offering('"No,Perhaps,Maybe"', "C3"),
        ["form.xlsx, 'Answers'!C3 drop-down-unknown"],
        'The drop-down list on this cell offers "Perhaps" and "Maybe", which are no answers to LG2.',
    ),
    (
        offering("Lists!$A$1:$A$1"),
        ["form.xlsx, 'Answers'!C2 drop-down-short"],
        "The drop-down list on this cell offers no word for 1 (Yes).",
    ),
    (
        offering("INDIRECT(A2)"),
        ["form.xlsx, 'Answers'!C2 drop-down-unread"],
        'takes its words from "INDIRECT(A2)", which were not checked, because that is',
    ),
]


@pytest.mark.parametrize(("change", "expected", "sentence"), WORKBOOKS)
def test_what_is_wrong_in_the_workbook_is_told_where_it_is_mended(
    change: Change, expected: list[str], sentence: str, tmp_path: Path
) -> None:
    """At its cell, or at the line of the layout that names what is not there."""
    lists = (
        ["form.xlsx, 'Lists' sheet-unknown"] if change.__qualname__.startswith("offering") else []
    )
    issues = checked(tmp_path, change)
    assert told(tmp_path, issues) == [CHOSEN, *expected, *lists]
    assert sentence in issues[1 if expected else 0].message


LAYOUTS = [
    (
        LAYOUT.replace("sheet: Scores", "sheet: Score"),
        ["layouts/form.yaml:18:28 sheet-missing", "form.xlsx, 'Scores' sheet-unknown"],
        'The workbook has no sheet "Score", on which it is said to state 1 scores.',
    ),
    (
        LAYOUT.replace("Cover!B2", "Front!B2"),
        ["layouts/form.yaml:5:19 label-missing"],
        'The cell of the value "edition", "Front!B2", is on a sheet "Front" that the workbook does',
    ),
    (
        LAYOUT.replace("{label: [Area]}", "{label: [Area], section: [Who]}"),
        ["layouts/form.yaml:4:17 label-missing"],
        'No cell of the workbook says "Area"',
    ),
    (
        LAYOUT.replace("{label: [Area]}", "{label: [Area], sheets: [Answers]}"),
        ["layouts/form.yaml:4:17 label-missing"],
        'No cell of the workbook says "Area"',
    ),
    (
        LAYOUT.replace(
            "stated:\n  - {",
            "  - {rows: metrics, sheets: [Figures], id: {header: [Ref]},"
            " answers: {value: {header: [Value]}}}\nstated:\n  - {",
        ),
        ["layouts/form.yaml:17:5 sheet-missing"],
        'The workbook has no such table of metrics on "Figures".',
    ),
    (
        LAYOUT.replace("title: {header: [What]}\n", "titles: {Vision: LG1, Roles: LG2}\n").replace(
            "[{header: [Help]}]", "[{header: [Help]}, {header: [What]}]"
        ),
        [],
        "",
    ),
    (
        LAYOUT + "answer_lists: {levels: {cells: Nowhere!A1:A2}}\n",
        ["form.xlsx answer-list-unknown"],
        'The answer list "levels" was not found: "Nowhere!A1:A2" is on a sheet "Nowhere" that',
    ),
]


@pytest.mark.parametrize(("layout", "expected", "sentence"), LAYOUTS)
def test_what_is_wrong_in_the_layout_is_told_at_its_line(
    layout: str, expected: list[str], sentence: str, tmp_path: Path
) -> None:
    """The workbook is as it should be, and the layout is not."""
    issues = checked(tmp_path, layout=layout)
    assert told(tmp_path, issues) == [CHOSEN, *expected]
    assert sentence in issues[1 if expected else 0].message


def test_a_table_that_repeats_the_answers_by_formulas_is_no_second_place(tmp_path: Path) -> None:
    """A dashboard shows what was answered; the answers are typed in one place only."""

    def change(book: openpyxl.Workbook) -> None:
        page = book.create_sheet("Copy")
        page.append(("Ref", "What", "Agreed", "Target", "Counts"))
        page.append(("LG1", "Vision", "=Answers!C2", "=Answers!D2", "=C2"))

    layout = LAYOUT.replace("sheets: [Answers]", "sheets: [Answers, Copy]")
    assert told(tmp_path, checked(tmp_path, change, layout=layout)) == [CHOSEN]


def test_without_a_title_column_the_longest_text_of_a_row_is_quoted(tmp_path: Path) -> None:
    """No cell of the row says what the rubric says of LG2."""
    layout = LAYOUT.replace("title: {header: [What]}", "notes: {what: {header: [What]}}")
    issues = checked(tmp_path, setting("Answers", B3="Who decides what"), layout=layout)
    assert told(tmp_path, issues) == [CHOSEN, "form.xlsx, 'Answers'!B3 text-differs"]
    assert (
        issues[1].message == 'The row of LG2 says "Who decides what", and the rubric says "Roles".'
    )


SPREAD = """\
layout: spread
title: Spread
fingerprint: {sheets: [Answers]}
metadata:
  area: {cell: Answers!G1}
  role: {label: [Role], at: below}
tables:
  - rows: criteria
    sheets: [Answers]
    id: {letter: A, pattern: "^(?P<id>(?P<domain>[A-Z]+)[0-9])"}
    title: {letter: B}
    answers: {agreed: {letter: C}, target: {label: [Goal]}}
    notes: {evidence: {letter: D, down: 1}}
    stated: [{score: domain, letter: E, id: "{domain}"}]
stated:
  - {score: criterion, sheet: Answers, cells: {F1: LG1, F9: LG2}}
other_sheets: [Cover, Guidance, Scores]
"""


def spread(book: openpyxl.Workbook) -> None:
    """Fill the sheet of answers with items of two rows, without a header."""
    page = book["Answers"]
    page.delete_rows(1, 9)
    no_lists(book)
    for row in (
        ("LG1", "Vision", None, None, 1, 1, "Northvale"),
        (None, None, "Goal", None, "Yes", "Left"),
        ("LG2", "Roles", None, None, 1),
        ("Role", None, "Goal"),
        ("Officer",),
        ("LG", "Vision", None, None, 1),
        ("LG9", "Something else", "Yes", None, 1),
    ):
        page.append(row)
    page["F9"] = 1


def test_items_of_several_rows_are_accounted_for_row_by_row(tmp_path: Path) -> None:
    """Letters, labels, notes a row below and single cells are all known; F2 is not."""
    issues = checked(tmp_path, spread, layout=SPREAD)
    assert told(tmp_path, issues)[:3] == [
        CHOSEN,
        "form.xlsx, 'Answers'!C1 criterion-repeated",
        "form.xlsx, 'Answers'!F2 column-unknown",
    ]


def test_scores_that_are_put_together_wrongly_are_told_at_their_id(tmp_path: Path) -> None:
    """No domain is called LG/x, wherever it stands."""
    layout = SPREAD.replace('id: "{domain}"}', 'id: "{domain}/x"}')
    issues = checked(tmp_path, spread, layout=layout)
    assert told(tmp_path, issues)[1] == "layouts/form.yaml:14:45 score-unknown"
    assert 'is said to state the domain "LG/x", which the rubric does not make.' in (
        issues[1].message
    )
    assert issues[1].message.startswith('Column E on "Answers" is said')


def test_words_of_the_workbook_that_count_no_level_are_told_once(tmp_path: Path) -> None:
    """The workbook's own list gives Maybe the value 0.5, which is no level of the rubric."""

    def change(book: openpyxl.Workbook) -> None:
        no_lists(book)
        lists = book.create_sheet("Lists")
        for row in (("No", 0), ("Yes", 1), ("Maybe", 0.5)):
            lists.append(row)

    layout = LAYOUT.replace("[Guidance]", "[Guidance, Lists]")
    layout += 'answer_lists: {levels: {cells: "Lists!A1:A3", values: beside}}\n'
    issues = checked(tmp_path, change, layout=layout)
    assert told(tmp_path, issues) == [CHOSEN, "form.xlsx, 'Answers'!C2 level-off-scale"]
    assert issues[1].message == (
        'The list of answers for this cell gives "maybe" a value that is no level of the scale: '
        "0 and 1."
    )


def test_items_to_which_the_workbook_gives_no_list_are_named(tmp_path: Path) -> None:
    """The table of items has LG1 and not LG2."""

    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Items").append(("LG1", "A"))
        book.create_sheet("Sets").append(("A", "No", "Yes", 0, 1))

    layout = LAYOUT + (
        "answer_tables:\n"
        "  - sheets: [Sets]\n"
        "    id: {letter: A}\n"
        "    words: [{letter: B}, {letter: C}]\n"
        "    values: [{letter: D}, {letter: E}]\n"
        "answers_by_item:\n"
        "  - {sheets: [Items], id: {letter: A}, answer_list: {letter: B}}\n"
    )
    issues = checked(tmp_path, change, layout=layout)
    assert told(tmp_path, issues) == [CHOSEN, "layouts/form.yaml:25:1 answer-list-unknown"]
    assert issues[1].message.endswith("gives no answer list to LG2.")


def test_every_layout_says_why_it_was_not_the_one(tmp_path: Path) -> None:
    """One has other headers, and one would fit if it were better marked."""
    (tmp_path / "layouts").mkdir()
    other = LAYOUT.replace("layout: form", "layout: other").replace("[Ref]", "[Number]")
    less = LAYOUT.replace("layout: form", "layout: less").replace("target: {header: [Target]}", "")
    (tmp_path / "layouts" / "other.yaml").write_text(other, encoding="utf-8")
    (tmp_path / "layouts" / "less.yaml").write_text(less, encoding="utf-8")
    (tmp_path / "layouts").rename(tmp_path / "more")
    (tmp_path / "set").mkdir()
    folder = tmp_path / "set"
    (folder / "layouts").mkdir()
    for file in (tmp_path / "more").iterdir():
        file.rename(folder / "layouts" / file.name)
    (folder / "layouts" / "form.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    lookalike = (
        "lookalike: list\ntitle: a list\nremedy: Send the form.\nfingerprint: {markers: [X]}\n"
    )
    (folder / "layouts" / "list.yaml").write_text(lookalike, encoding="utf-8")
    form().save(folder / "form.xlsx")
    issues = lint_against(folder, folder / "form.xlsx", name="sent.xlsx")
    assert told(folder, list(issues[:3])) == [
        "sent.xlsx layout-chosen",
        "layouts/less.yaml:1 layout-other",
        "layouts/other.yaml:1 layout-other",
    ]
    assert issues[1].message == (
        'sent.xlsx was not read with the layout "less". 2 criteria, 1 columns of answers and none '
        "of its marks were found."
    )
    assert "no table with the column" in issues[2].message


def test_a_workbook_that_fits_no_layout_says_so_at_each_layout(tmp_path: Path) -> None:
    """One error for the workbook, and one note for each layout at its file."""
    issues = checked(tmp_path, setting("Answers", A1="Number", C1="Level"))
    assert told(tmp_path, issues) == [
        "form.xlsx workbook-unknown",
        "layouts/form.yaml:1 layout-other",
    ]


def test_our_own_template_is_checked_without_a_layout_file(tmp_path: Path) -> None:
    """Its layout is made from the rubric, so what is missing is told for the workbook."""
    from maturity import load_rubric, write_template

    (tmp_path / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    write_template(load_rubric(tmp_path), tmp_path / "blank.xlsx")
    assert told(tmp_path, list(lint_against(tmp_path, tmp_path / "blank.xlsx"))) == [
        "blank.xlsx layout-chosen"
    ]
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    for row in book["Cover"].iter_rows():
        for cell in row:
            if str(cell.value).startswith("Area"):
                cell.value = "Where"
    book.save(tmp_path / "blank.xlsx")
    found = lint_against(tmp_path, tmp_path / "blank.xlsx")
    assert "blank.xlsx label-missing" in told(tmp_path, list(found))


def test_what_cannot_be_read_at_all_stops(tmp_path: Path) -> None:
    """A rubric with an error, and a file that is no workbook."""
    (tmp_path / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    with pytest.raises(WorkbookError):
        lint_against(tmp_path, tmp_path / "text.xlsx")
    with pytest.raises(RubricError):
        lint_against(b"rubric: x", tmp_path / "text.xlsx")


def test_the_toolbox_is_accounted_for_but_for_its_own_slips(shared: Path, root: Path) -> None:
    """Ten lists of its roadmap offer words of other questions; nothing else is amiss."""
    issues = lint_against(
        root / "tests" / "published", shared / "workbooks" / "owasp-samm-2-blank.xlsx"
    )
    worse = [issue for issue in issues if issue.severity is not Severity.NOTE]
    assert {issue.code for issue in worse} == {IssueCode.DROP_DOWN_UNKNOWN}
    assert {issue.sheet for issue in worse} == {"Roadmap"}
    assert len(worse) == 10
