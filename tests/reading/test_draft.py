"""A draft reads the workbook it was made from at once, whatever the workbook's shape."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from packed_workbooks import xlsx
from seen_forms import FORMS, form_of, with_lists
from written_sheets import sheet_of

import maturity
from maturity.assessment import State
from maturity.errors import WorkbookError
from maturity.issues import Severity
from maturity.reading.draft import Draft, draft_of, draft_rubric
from maturity.reading.lint import lint_rubric
from maturity.reading.yaml_writer import Noted, to_yaml
from maturity.sheets import Sheet, Visibility, Workbook

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"


def read(draft: Draft) -> tuple[int, int, int, int]:
    """Give items seen, items read, answers, and cells that could not be read."""
    answers = draft.count(State.ANSWERED, State.NOT_APPLICABLE)
    return draft.items, draft.items_read, answers, draft.count(State.UNREADABLE)


def blanked(workbook: Workbook, draft: Draft) -> Workbook:
    """Empty the cells in which a draft found answers."""
    cells = {(each.sheet, each.cell) for each in draft.assessment.responses}
    sheets = []
    for sheet in workbook.sheets:
        rows = {
            row: {
                column: cell
                for column, cell in columns.items()
                if (sheet.name, name_of(row, column)) not in cells
            }
            for row, columns in sheet.rows.items()
        }
        kept = {row: columns for row, columns in rows.items() if columns}
        sheets.append(dataclasses.replace(sheet, rows=kept))
    return dataclasses.replace(workbook, sheets=tuple(sheets))


def name_of(row: int, column: int) -> str:
    """Name a cell."""
    return f"{chr(ord('A') + column - 1)}{row}"


def test_levels_that_words_and_numbers_name_are_read() -> None:
    """A form that offers 1 to 4 beside a header for each level takes the headers' names."""
    sheet = sheet_of(
        """
        Ref | Question          | 1 - Low | 2 - High | Level
        A1  | Is it written?    | Never   | Always   | 2
        A2  | Is it looked at?  | Rarely  | Often    | High
        """
    )
    draft = draft_of(form_of(with_lists(sheet, E2_E3="1,2")))
    assert read(draft) == (2, 2, 2, 0)
    rubric = draft.assessment.rubric
    assert [(level.value, level.label) for level in rubric.levels] == [(1, "Low"), (2, "High")]
    assert rubric.criteria["A2"].levels == {1: "Rarely", 2: "Often"}


@pytest.mark.parametrize("shape", FORMS)
def test_every_shape_is_read_at_once(shape: str) -> None:
    """Each item is found, and each answer where it stands."""
    make, items, answers, unreadable = FORMS[shape]
    assert read(draft_of(make())) == (items, items, answers, unreadable)


@pytest.mark.parametrize(
    "shape", [each for each in FORMS if each != "answers below their questions"]
)
def test_blank_forms_are_read_at_once(shape: str) -> None:
    """A form that nobody has filled in gives the same items, all of them unanswered."""
    make, items, _, _ = FORMS[shape]
    workbook = make()
    draft = draft_of(blanked(workbook, draft_of(workbook)))
    assert read(draft) == (items, items, 0, 0)


@pytest.mark.parametrize("shape", FORMS)
def test_drafts_have_no_errors(shape: str, tmp_path: Path) -> None:
    """The linter accepts what was drafted."""
    draft = draft_of(FORMS[shape][0]())
    for name, text in draft.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    issues = lint_rubric(tmp_path)
    assert [issue for issue in issues if issue.severity is Severity.ERROR] == []


def test_every_guess_has_a_comment() -> None:
    """Levels, ratings, domains, scoring, fingerprint and tables are all marked as guessed."""
    draft = draft_of(FORMS["plain table without lists"][0]())
    for key in ("levels", "ratings", "domains", "scoring"):
        assert "# guessed" in draft.rubric_yaml.split(f"\n{key}:")[0].splitlines()[-1] or (
            "# guessed" in draft.rubric_yaml.split(f"\n{key}:")[0].splitlines()[-2]
        )
    assert draft.layout_yaml.count("# guessed") >= 3


@pytest.mark.parametrize("name", ["owasp-samm-2-blank.xlsx", "owasp-samm-2-filled.xlsx"])
def test_published_toolbox_is_drafted(name: str, shared: Path) -> None:
    """90 items, answered on the interview (90 cells) and in five columns of the roadmap (450)."""
    draft = draft_rubric(shared / "workbooks" / name)
    assert (draft.items, draft.items_read) == (90, 90)
    cells = draft.count(State.ANSWERED, State.BLANK)
    assert cells == 90 + 5 * 90
    assert draft.count(State.UNREADABLE) == 0
    assert [str(level.value) for level in draft.assessment.rubric.levels] == [
        "0",
        "0.25",
        "0.5",
        "1",
    ]


RETURNS = [
    "980-northvale-clean.xlsx",
    "981-eastmere-labels.xlsx",
    "982-harrowdale-moved.xlsx",
    "986-larkshire-agreed-only.xlsx",
    "987-fenbury-opendocument.ods",
    "988-marlow-cross-legacy.xls",
    "990-ashby-vale-uncached.xlsx",
    "992-brackley-hill-old-edition.xlsx",
]


@pytest.mark.parametrize("name", RETURNS)
def test_every_layout_of_the_returns_is_drafted(name: str, shared: Path) -> None:
    """All items of a return are found without the rubric it was made for."""
    draft = draft_rubric(shared / "annex-a" / "returns" / name)
    assert draft.items_read == draft.items == (30 if name.startswith("986") else 35)


def test_every_example_is_drafted(root: Path) -> None:
    """So are those of our own template, edited as people do."""
    for path in sorted((root / "examples" / "returns").glob("*.xlsx")):
        draft = draft_rubric(path)
        assert draft.items_read == draft.items > 0, path.name


@pytest.mark.parametrize(
    ("rubric", "items"), [("local-partnership", 35), ("inclusive-setting", 22)]
)
def test_our_own_blank_workbooks_are_drafted(rubric: str, items: int) -> None:
    """A template gives back the criteria, the ratings and the levels it was made from."""
    loaded = maturity.load_rubric(rubric)
    target = io.BytesIO()
    maturity.write_template(loaded, target)
    draft = draft_rubric(target.getvalue(), name="blank.xlsx", title="As sent out")
    assert read(draft) == (items, items, 0, 0)
    made = draft.assessment.rubric
    assert list(made.criteria) == list(loaded.criteria)
    assert made.scored_rating == "agreed_level"
    assert [level.label for level in made.levels] == [level.label for level in loaded.levels]
    assert (made.title, made.id) == ("As sent out", "as-sent-out")


def test_lists_kept_in_an_extension_are_read() -> None:
    """Excel keeps lists that refer to another sheet in an extension of the sheet."""

    def cell(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(
        f'<row r="{row}">{cell(f"A{row}", f"K{row}")}{cell(f"B{row}", f"Is part {row} in use?")}</row>'
        for row in (2, 3)
    )
    header = f'<row r="1">{cell("A1", "Id")}{cell("B1", "Part")}{cell("C1", "Use")}</row>'
    words = f'<row r="9">{cell("H9", "Low use")}{cell("I9", "High use")}</row>'
    data = xlsx(
        f"<sheetData>{header}{rows}{words}</sheetData>"
        f'<extLst><ext><x14:dataValidations xmlns:x14="{X14}" xmlns:xm="{XM}">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>$H$9:$I$9</xm:f></x14:formula1>'
        "<xm:sqref>C2:C3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    draft = draft_rubric(data)
    assert read(draft) == (2, 2, 0, 0)
    assert [level.label for level in draft.assessment.rubric.levels] == ["Low use", "High use"]


def two_rows(words: str, first: str = "", second: str = "") -> Workbook:
    """Make a form of two items with a drop-down list of these words."""
    sheet = sheet_of(
        f"""
        Id | What is looked at  | Answer
        A1 | The first of them  | {first}
        A2 | The second of them | {second}
        """
    )
    return form_of(with_lists(sheet, C2_C3=words))


# Words in the form's order | value → label of each level that is guessed.
SCALES = [
    ("No,Partly,Yes", {0: "No", 1: "Partly", 2: "Yes"}),
    ("Yes,Partly,No", {0: "No", 1: "Partly", 2: "Yes"}),
    ("3,1,2", {1: "Level 1", 2: "Level 2", 3: "Level 3"}),
    ("0: Nil,1: Some", {0: "Nil", 1: "Some"}),
    ("Level 2,Level 1", {1: "Level 1", 2: "Level 2"}),
    ("1 Good,2 Good", {1: "1 Good", 2: "2 Good"}),
    ("0,1,Other", {0: "Level 0", 1: "Level 1", 2: "Other"}),
    ("3,Level 3,Other", {3: "Level 3", 4: "Other"}),
    ("No,no,Yes", {0: "No", 1: "Yes"}),
    ("0.5,1.5", {0.5: "Level 0.5", 1.5: "Level 1.5"}),
    ("Please select…,N/A,No,Yes", {0: "No", 1: "Yes"}),
]


@pytest.mark.parametrize(("words", "levels"), SCALES)
def test_words_become_levels(words: str, levels: dict[float, str]) -> None:
    """Numbers count what they say, words count from 0 in the direction that they go."""
    made = draft_of(two_rows(words)).assessment.rubric.levels
    assert {float(level.value): level.label for level in made} == levels


def test_words_for_not_applicable_are_no_levels() -> None:
    """They are declared as such, and each item that offers them may use them."""
    rubric = draft_of(two_rows("Please select,N/A,No,Yes", "N/A")).assessment.rubric
    assert rubric.answers.blank == ("Please select",)
    assert rubric.answers.not_applicable == ("N/A",)
    assert rubric.criteria["A1"].not_applicable


def test_values_beside_the_words_count() -> None:
    """0, 0.25, 0.5 and 1 stand beside the words on another sheet."""
    draft = draft_of(FORMS["a named list with values"][0]())
    assert [str(level.value) for level in draft.assessment.rubric.levels] == [
        "0",
        "0.25",
        "0.5",
        "1",
    ]
    assert maturity.score(draft.assessment).domains["Q"].value == (0.5 + 1) / 2


def test_ids_that_begin_with_a_digit_get_a_letter() -> None:
    """1.1 becomes C1.1, and the layout says how."""
    draft = draft_of(FORMS["numbers with points"][0]())
    assert list(draft.assessment.rubric.criteria) == ["C1.1", "C1.2", "C2.1", "C2.2"]
    assert 'compose: "C{number}"' in draft.layout_yaml
    assert [domain.id for domain in draft.assessment.rubric.domains] == ["C1", "C2"]


def test_numbers_that_start_again_are_put_together_of_parts() -> None:
    """Section and number, or sheet and number, tell the items apart."""
    sections = draft_of(FORMS["numbers that start again"][0]()).assessment.rubric
    assert list(sections.criteria) == ["D1.1", "D1.2", "D1.3", "D2.1", "D2.2"]
    assert [domain.title for domain in sections.domains] == ["Leadership", "Workforce"]
    sheets = draft_of(FORMS["a sheet for each domain"][0]()).assessment.rubric
    assert list(sheets.criteria)[2:4] == ["S1.3", "S2.1"]
    assert [domain.title for domain in sheets.domains] == ["Planning", "Delivery", "Review"]


def test_columns_of_one_header_are_named_by_the_heading_above() -> None:
    """Level under Today is the one that is scored; nothing is called a target but a target."""
    rubric = draft_of(FORMS["two ratings under headings"][0]()).assessment.rubric
    assert [rating.title for rating in rubric.ratings.values()] == [
        "Today: Level",
        "In a year: Level",
    ]
    assert rubric.scored_rating == "today_level"


def test_the_cover_gives_metadata() -> None:
    """Labels with values beside them; a council is the area, and the edition marks the form."""
    cover = sheet_of(
        """
        The tool
        Council:      | Anytown
        Completed on: | date 2026-03-02
        Version       | "3.1"
        Visits        | 12
        A long sentence that says what this is for, and ends. | Text
        """,
        "Cover",
    )
    form = two_rows("1,2", "1")
    layout = draft_of(form_of(cover, *form.sheets)).assessment.layout
    assert layout is not None
    assert set(layout.metadata) == {"area", "date", "edition"}
    assert layout.metadata["date"].type == "date"
    assert layout.fingerprint.editions == ("3.1",)
    assert layout.other_sheets == ("Cover",)


def test_answers_on_another_scale_are_left_out_and_said() -> None:
    """An item has one scale of its own; a column with another one is carried along as text."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Answer | Urgent
        A1 | The first of them  |        |
        A2 | The second of them |        |
        """
    )
    form = form_of(with_lists(sheet, C2="Never,Often", C3="Little,Half,All", D2_D3="Low,Mid,High"))
    draft = draft_of(form)
    assert list(draft.assessment.rubric.ratings) == ["answer"]
    assert "Left out: Urgent, because" in " ".join(draft.rubric_yaml.replace("#", "").split())
    assert "urgent: {header: [Urgent]}" in draft.layout_yaml


def test_other_words_of_the_same_values_are_put_together() -> None:
    """A form that offers other words for the same item elsewhere is read in both places."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Now  | Later
        A1 | The first of them  | Some | Most parts
        A2 | The second of them | Half | All
        A3 | The third of them  | Most |
        """
    )
    lists = {"C2": "Some,Most", "D2": "Some parts,Most parts", "C3_D3": "Half,All,Full"}
    draft = draft_of(form_of(with_lists(sheet, **lists, C4_D4="Some,Most")))
    assert read(draft) == (3, 3, 5, 0)


def test_items_without_ids_and_with_one_text_are_found_by_their_cells() -> None:
    """When neither ids nor texts tell items apart, the layout names each cell."""
    sheet = sheet_of(
        """
        Is it in use? | Yes
        Is it in use? | No
        """
    )
    draft = draft_of(form_of(with_lists(sheet, B1_B2="No,Yes")))
    assert read(draft) == (2, 2, 2, 0)
    assert "cell: \"'Sheet'!B1\"" in draft.layout_yaml


def test_ids_that_a_rubric_cannot_have_are_mapped() -> None:
    """A/1 becomes A_1, and the layout says which is which."""
    sheet = sheet_of(
        """
        Id  | What is looked at    | Answer
        A/1 | The first of them    | 1
        A_1 | Another one than it  | 2
        A/2 | The last one of them | 2
        A/2 | The last one of them | 2
        """
    )
    draft = draft_of(form_of(with_lists(sheet, C2_C5="1,2")))
    assert read(draft) == (3, 3, 3, 0)
    assert '"A/2": A_2' in draft.layout_yaml


def test_same_ids_on_unlike_sheets_are_told_apart_by_the_sheet() -> None:
    """Item 1 of one table is not item 1 of another, when their texts differ."""
    first = with_lists(
        sheet_of(
            """
            No | Statement about it | Level
            1  | It is written down | 1
            2  | It is looked at    | 1
            3  | It is kept safe    | 2
            """,
            "One",
        ),
        C2_C4="1,2",
    )
    second = with_lists(
        sheet_of(
            """
            Nr | Statement as well  | Rating
            1  | Somebody owns it   | 2
            2  | Somebody tests it  | 1
            3  | Somebody sees it   | 1
            """,
            "Two",
        ),
        C2_C4="1,2",
    )
    draft = draft_of(form_of(first, second))
    assert read(draft) == (6, 6, 6, 0)
    assert list(draft.assessment.rubric.criteria)[3] == "S2.1"


def test_the_same_items_on_two_sheets_are_one() -> None:
    """Two sheets with the same ids and header give two ratings of the same items."""
    text = """
        Id | What is looked at  | Answer {0}
        A1 | The first of them  | 1
        A2 | The second of them | 2
        """
    sheets = [
        with_lists(sheet_of(text.format(extra), name), C2_C3="1,2")
        for name, extra in (("First", ""), ("Second", "| Remark"))
    ]
    draft = draft_of(form_of(*sheets))
    assert read(draft) == (2, 2, 4, 0)
    titles = [rating.title for rating in draft.assessment.rubric.ratings.values()]
    assert titles == ["Answer", "Answer (Second)"]


def test_lists_on_hidden_sheets_are_no_items() -> None:
    """Where nothing has a drop-down list, what is hidden is left alone."""
    shown = sheet_of(
        """
        Id | What is looked at  | Level
        A1 | The first of them  | 1
        A2 | The second of them | 2
        """
    )
    hidden = sheet_of(
        """
        Id | What it is in full | Level
        B1 | The first of those | 1
        B2 | The second of them | 2
        """,
        "Lists",
        visibility=Visibility.HIDDEN,
    )
    assert list(draft_of(form_of(shown, hidden)).assessment.rubric.criteria) == ["A1", "A2"]


def test_what_is_no_form_is_refused_with_what_was_seen() -> None:
    """The error counts what there is, and sends the person to the guide."""
    sheet = sheet_of(
        """
        Ref | Town          | Note on it
        T1  | Anytown-by-it | Far
        T2  | Othertown too | Near
        """
    )
    with pytest.raises(WorkbookError, match='2 rows with ids on "Sheet"') as caught:
        draft_of(form_of(sheet))
    assert caught.value.issues[0].code.value == "draft-impossible"


def test_data_with_thousands_of_rows_is_refused() -> None:
    """No assessment has 2,001 items."""
    lines = "\n".join(f"A{n} | The text of number {n} | 1" for n in range(2001))
    with pytest.raises(WorkbookError, match="2,001 rows look like items"):
        draft_of(form_of(sheet_of(f"Id | Text | Level\n{lines}")))


def test_data_with_a_hundred_tables_is_refused() -> None:
    """Nor has any so many tables; to find the best way to read each would take minutes."""
    sheets = [
        sheet_of("Id | Text | Level\nA1 | The text of it | 1\nA2 | The next text | 2", name=f"S{n}")
        for n in range(81)
    ]
    with pytest.raises(WorkbookError, match="81 tables look like tables of items"):
        draft_of(form_of(*sheets))


def test_odd_texts_are_written_so_that_they_can_be_read() -> None:
    """Quotation marks, colons, control characters and lone surrogates do no harm."""
    odd = 'Is it "so": #1, or\x0bnot? \ud800 yes'
    base = two_rows("1,2", "1").sheets[0]
    cell = base.cell(2, 2)._replace(value=odd, raw=odd)
    rows = {**base.rows, 2: {**base.rows[2], 2: cell}}
    sheet: Sheet = dataclasses.replace(base, rows=rows)
    draft = draft_of(form_of(sheet))
    assert draft.items_read == 2
    assert draft.assessment.rubric.criteria["A1"].title.startswith('Is it "so": #1')


def test_columns_named_by_letters_carry_their_notes() -> None:
    """Side by side, each table has a column of remarks of its own."""
    sheet = sheet_of(
        """
        Id | First question of two | Answer | Remark | Id | Second question of it | Answer | Note
        E1 | Was the need seen?    | Yes    | Late   | L1 | Was the plan kept?    | No     | Lost
        E2 | Was the family asked? | No     |        | L2 | Was it any use at all? | Yes   |
        """
    )
    draft = draft_of(form_of(with_lists(sheet, C2_C3="No,Yes", G2_G3="No,Yes")))
    assert read(draft) == (4, 4, 4, 0)
    assert "notes: {remark: {letter: D}}" in draft.layout_yaml
    assert {remark.text for remark in draft.assessment.remarks} == {"Late", "Lost"}


def test_words_that_clash_are_not_put_together() -> None:
    """Where one word counts 0 in one place and 1 in another, the second column is left out."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Now  | Later
        A1 | The first of them  |      |
        A2 | The second of them |      |
        """
    )
    lists = {"C2": "Red,Blue", "D2": "Blue,Red", "C3": "One,Two", "D3": "Two,One"}
    draft = draft_of(form_of(with_lists(sheet, **lists)))
    assert list(draft.assessment.rubric.ratings) == ["now"]
    assert "later: {header: [Later]}" in draft.layout_yaml


def test_columns_left_out_are_left_out_cell_by_cell_too() -> None:
    """A layout that names each cell names none of a column that is left out."""
    sheet = sheet_of(
        """
        Is it in use? | |
        Is it in use? | |
        """
    )
    lists = {"B1": "Red,Blue", "C1": "Blue,Red", "B2": "One,Two", "C2": "Two,One"}
    draft = draft_of(form_of(with_lists(sheet, **lists)))
    assert draft.layout_yaml.count("cell:") == 2


def test_words_with_two_meanings_are_typed_as_they_stand() -> None:
    """Where Level 1 counts 0 and Level 2 counts 1, a typed 1 must not become Level 2's "Level 1"."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Answer
        A1 | The first of them  | Level 1
        A2 | The second of them | Level 2
        A3 | The third of them  | Low
        """
    )
    lists = sheet_of("Level 1 | 0\nLevel 2 | 1", "Lists")
    form = form_of(with_lists(sheet, C2_C3="Lists!A1:A2", C4="Low,High"), lists)
    draft = draft_of(form)
    assert read(draft) == (3, 3, 3, 0)
    rubric = draft.assessment.rubric
    assert rubric.answers.forms == ("{label}",)
    assert "{value}" in (rubric.answer_sets["set1"].forms or ())
    levels = {each.criterion: each.level for each in draft.assessment.responses}
    assert levels == {"A1": 0, "A2": 1, "A3": 0}


# Ids | the domains that are guessed.
PREFIXES = [
    (["G-SM-1", "G-SM-2", "D-TA-1", "D-TA-2"], ["G", "D"]),
    (["X-SM-1", "X-SM-2", "X-TA-1", "X-TA-2"], ["XSM", "XTA"]),
    (["A1", "B1", "C1"], ["All items"]),
    (["X-1-1", "X-2-1", "X-3-1"], ["All items"]),
    (["Q1", "Q2", "Q3"], ["All items"]),
]


@pytest.mark.parametrize(("ids", "domains"), PREFIXES)
def test_ids_show_domains(ids: list[str], domains: list[str]) -> None:
    """Ids that begin alike belong together, where that makes groups of some size."""
    lines = "\n".join(f"{id_} | What is behind {id_} here | 1" for id_ in ids)
    sheet = sheet_of(f"Id | What is looked at | Answer\n{lines}")
    rubric = draft_of(form_of(with_lists(sheet, C2_C5="1,2"))).assessment.rubric
    assert [domain.title for domain in rubric.domains] == domains


def test_typed_figures_that_are_not_whole_are_levels() -> None:
    """0, 0.5 and 1, typed without a list, are the levels; half of them need not be there."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Score
        A1 | The first of them  | 0
        A2 | The second of them | 0.5
        A3 | The third of them  | 1
        """
    )
    rubric = draft_of(form_of(sheet)).assessment.rubric
    assert [str(level.value) for level in rubric.levels] == ["0", "0.5", "1"]


def test_headers_that_number_levels_need_no_names() -> None:
    """Level 1 and Level 2 as headers give bare levels."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Level 1 | Level 2 | Now
        A1 | The first of them  | Little  | Much    | 1
        A2 | The second of them | Nothing | A lot   | 2
        """
    )
    draft = draft_of(form_of(with_lists(sheet, E2_E3="1,2")))
    assert read(draft) == (2, 2, 2, 0)
    assert draft.assessment.rubric.criteria["A1"].levels == {1: "Little", 2: "Much"}


def test_long_lists_of_words_stand_below_one_another() -> None:
    """A list that is too long for one line is a block, and its comments stand above the dashes."""
    text = to_yaml({"words": ["a" * 120, "b"], "items": [{"k": Noted("v", "why"), "o": "p"}]})
    assert text == (f"words:\n  - {'a' * 120}\n  - b\nitems:\n  # why\n  - k: v\n    o: p\n")
    assert to_yaml({"yes": True, "no": False}) == '"yes": true\n"no": false\n'


def test_texts_below_an_answer_header_are_items() -> None:
    """Without ids and lists, a header such as Level shows where answers go."""
    sheet = sheet_of(
        """
        Our level of care
        Statement of the form          | Level
        Doors are kept locked at night | 2
        Keys are counted each week     |
        Visitors are written in a book | 1
        """
    )
    draft = draft_of(form_of(sheet))
    assert read(draft) == (3, 3, 2, 0)


def test_few_words_that_return_are_a_scale() -> None:
    """Words that no one knows are levels where few of them stand below an answer's header."""
    words = ["Begun", "Halted", "Begun", "Ended", "Halted", "Begun", "Ended"]
    lines = "\n".join(f"A{n} | What is done in part {n} | {word}" for n, word in enumerate(words))
    draft = draft_of(form_of(sheet_of(f"Id | What is looked at | Status\n{lines}")))
    assert read(draft) == (7, 7, 7, 0)
    labels = [level.label for level in draft.assessment.rubric.levels]
    assert labels == ["Begun", "Halted", "Ended"]


def test_columns_on_scales_of_their_own_are_ratings() -> None:
    """A column of Yes and No beside one of levels has an answer set of its own."""
    sheet = sheet_of(
        """
        Id | What is looked at  | Level | Target | Seen
        A1 | The first of them  | 1     | 2      | Yes
        A2 | The second of them | 2     | 3      | No
        """
    )
    draft = draft_of(form_of(with_lists(sheet, C2_D3="1,2,3", E2_E3="No,Yes")))
    assert read(draft) == (2, 2, 6, 0)
    ratings = draft.assessment.rubric.ratings
    assert [rating.answers for rating in ratings.values()] == [None, None, "set1"]
    assert ratings["target"].target_for == "level"


def test_a_list_with_nothing_around_it_is_no_item() -> None:
    """A drop-down list that stands alone says not what it asks."""
    sheet = sheet_of("| | 5\n| | 6\n| | 1\n| | 2")
    with pytest.raises(WorkbookError, match="2 drop-down lists"):
        draft_of(form_of(with_lists(sheet, C3_C4="1,2", A1_A2="1,2")))
