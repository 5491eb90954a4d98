"""What published forms do in small: where sections, rows, stated scores and editions stand.

Each form is a table in the test, a line for each row and a bar between cells.
"""

from __future__ import annotations

import pytest
from published_shapes.forms import Form, Result

from maturity.assessment import Assessment
from maturity.issues import FileLocation
from maturity.layout import Layout
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.layout_file import check_layout_source, load_layout
from maturity.reading.rubric_file import load_rubric
from maturity.reconciliation import Agreement
from maturity.scoring.engine import score
from maturity.scoring.reconcile import reconcile

RUBRIC = load_rubric(b"""\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: High}]
ratings: {agreed: {title: Agreed, scored: true}, target: {title: Target, target_for: agreed}}
facets:
  edition: {title: Edition, members: {short: {title: Short}, long: {title: Long}}}
domains:
  - id: A
    title: Area A
    criteria:
      - {id: A1, title: "Are plans kept (by whom)?", facets: {edition: short}}
      - {id: A2, title: "Are plans kept (and where)?", facets: {edition: long}}
  - id: B
    title: Area B
    criteria: [{id: B1, title: Is it so?, facets: {edition: [short, long]}}]
scoring:
  rollups:
    - {score: domain, method: mean}
    - {score: view, by: [domain, rating], ratings: [agreed, target], method: mean}
""")


def form(sheet: str, text: str, *more: tuple[str, str]) -> bytes:
    """Draw a form; a cell with = before it is a score that the workbook states."""
    drawn = Form()
    for name, table in ((sheet, text), *more):
        page = drawn.page(name)
        for row, line in enumerate(table.strip("\n").split("\n"), start=1):
            for column, cell in enumerate(line.split("|")):
                typed = cell.strip()
                page.put(f"{'ABCDEFGHIJ'[column]}{row}", _content(typed))
    return drawn.data()


def _content(typed: str) -> str | Result | None:
    if typed.startswith("="):
        return Result(float(typed[1:]))
    return typed or None


def layout(text: str) -> Layout:
    """Load a layout of tables."""
    return load_layout(f"layout: form\ntitle: Form\n{text}".encode())


def read(data: bytes, text: str) -> Assessment:
    """Read a form by a layout alone."""
    return read_assessment(data, RUBRIC, name="form.xlsx", layouts=[layout(text)])


def codes(assessment: Assessment) -> list[str]:
    """Give the codes of what was remarked, other than missing answers."""
    found = (issue.code.value for issue in assessment.issues)
    return [code for code in found if code not in ("answer-missing", "area-missing")]


def answers(assessment: Assessment) -> dict[str, str]:
    """Give each agreed answer with its cell."""
    found = (each for each in assessment.responses if each.rating == "agreed" and each.cell)
    return {each.criterion: f"{each.level} in {each.cell}" for each in found}


SECTIONS = """
tables:
  - rows: criteria
    parts:
      area: {words: {Plans: A, Truth: B}, carry: true}
      number: {header: [Plans, Truth], count: true}
    id: {compose: "{area}{number}"}
    answers: {agreed: {header: [Answer]}}
"""


def test_section_named_in_each_header_is_carried_down() -> None:
    """A block's header may hold the section's name where others say Question."""
    found = read(
        form(
            "Form",
            """
            Plans     | Answer
            First     | Low
            Second    | High

            Truth     | Answer
            First     | Low
            """,
        ),
        SECTIONS,
    )
    assert answers(found) == {"A1": "1 in B2", "A2": "2 in B3", "B1": "1 in B6"}
    assert codes(found) == []


def test_word_of_the_header_in_the_row_above_is_no_header() -> None:
    """A heading that says Answer by chance is read as what it is."""
    text = """
tables:
  - rows: criteria
    parts: {area: {pattern: "^([AB]): ", carry: true}}
    id: {header: [Number], pattern: "^(?P<number>[0-9])$", compose: "{area}{number}"}
    answers: {agreed: {header: [Answer]}}
"""
    found = read(
        form(
            "Form",
            """
            A: plans | | Answer
            Number | Answer
            1      | Low
            2      | High
            B: truth | | Answer
            Number | Answer
            1      | High
            """,
        ),
        text,
    )
    assert answers(found) == {"A1": "1 in B3", "A2": "2 in B4", "B1": "2 in B7"}


def test_header_spread_over_rows_is_taken_whole() -> None:
    """Where the rows show more together than the lower one alone, they are one header."""
    text = """
tables:
  - rows: criteria
    id: {header: [Number], pattern: "^([AB][0-9])"}
    answers: {agreed: {header: [Answer now]}}
    notes: {why: {header: [Reason]}}
"""
    found = read(
        form(
            "Form",
            """
            Number | Answer | Reason
                   | now    |
            A1.    | Low    | So it is
            A2.    | High   |
            B1.    | High   |
            """,
        ),
        text,
    )
    assert answers(found) == {"A1": "1 in B3", "A2": "2 in B4", "B1": "2 in B5"}
    assert [remark.text for remark in found.remarks] == ["So it is"]


@pytest.mark.parametrize(
    "test",
    ['{is: ["Counts"]}', '{pattern: "^Coun"}', "{letter: C}", "{letter: C, is: [counts]}"],
)
def test_rows_may_be_chosen_by_what_any_cell_says(test: str) -> None:
    """A test without a column looks at all cells of the row."""
    text = f"""
tables:
  - rows: criteria
    id: {{header: [Number]}}
    answers: {{agreed: {{header: [Answer]}}}}
    only: [{test}]
"""
    found = read(
        form(
            "Form",
            """
            Number | Answer |
            A1     | High   |
            A1     | Low    | Counts
            A2     | Low    | Counts
            B1     | Low    | Counts
            """,
        ),
        text,
    )
    assert answers(found) == {"A1": "1 in B3", "A2": "1 in B4", "B1": "1 in B5"}


def test_text_as_key_keeps_what_stands_in_brackets() -> None:
    """Two questions may differ in the remark in brackets at their end alone."""
    text = """
tables:
  - rows: criteria
    id: {header: [Question], by: text}
    answers: {agreed: {header: [Answer]}}
"""
    found = read(
        form(
            "Form",
            """
            Question                     | Answer
            ARE PLANS  KEPT (by whom)    | Low
            Are plans kept (and where)?  | High
            Is it so                     | Low
            """,
        ),
        text,
    )
    assert answers(found) == {"A1": "1 in B2", "A2": "2 in B3", "B1": "1 in B4"}


STATED = """
tables:
  - rows: criteria
    sheets: [Form]
    id: {header: [Number]}
    answers: {agreed: {header: [Answer]}, target: {header: [Aim]}}
  - rows: scores
    score: domain
    sheets: [Form, Board]
    id: {header: [Number], pattern: "^Area (?P<area>.)$", compose: "{area}"}
    stated:
      - {score: view, header: [Answer], id: "{area}/agreed"}
      - {score: view, header: [Aim], id: "{area}/target", decimals: 1}
      - {score: domain, header: [Again]}
"""


def test_one_row_may_state_several_scores() -> None:
    """Each stated column of a table of scores has a roll-up and an id of its own."""
    found = read(
        form(
            "Form",
            """
            Number | Answer | Aim  | Again
            A1     | Low    | High |
            A2     | High   | High |
            Area A | =1.5   | =2   | =1.5
            B1     | High   | High |
            Area B | =2     |      | =1
            """,
        ),
        STATED,
    )
    compared = reconcile(score(found))
    assert [(each.score, each.id, each.cell, each.agreement) for each in compared.compared] == [
        ("domain", "A", "D4", Agreement.AGREES),
        ("domain", "B", "D6", Agreement.DIFFERS),
        ("view", "A/agreed", "B4", Agreement.AGREES),
        ("view", "A/target", "C4", Agreement.AGREES),
        ("view", "B/agreed", "B6", Agreement.AGREES),
    ]


def test_rows_and_cells_that_another_table_reads_are_not_unknown() -> None:
    """A row of totals among the answers is known when the layout says that it states scores."""
    data = form(
        "Form",
        """
        Number | Answer | Aim  | Remark | Again
        A1     | Low    | High |        |
        A2     | High   | High |        |
        Area A | =1.5   | =2   |        | =1.5
        B1     | High   | High |        |
        """,
    )
    text = STATED.replace(
        "id: {header: [Number]}", 'id: {header: [Number], pattern: "^[AB][0-9]$"}'
    )
    assert codes(read(data, text)) == []
    alone = text[: text.index("  - rows: scores")]
    assert codes(read(data, alone)) == ["cells-unclaimed"]


def test_plain_table_says_nothing_of_rows_that_another_reads() -> None:
    """The same goes for a table whose rows are found by bare ids."""
    data = form(
        "Form",
        """
        Number | Answer | Aim  | Again
        A1     | Low    | High |
        A2     | High   | High |
        B1     | High   | High |
        Area A | =1.5   | =2   | =1.5
        Else   | Low    |      |
        """,
    )
    rows = [issue for issue in read(data, STATED).issues if issue.code.value == "row-unknown"]
    assert [issue.message.split('"')[1] for issue in rows] == ["Else"]


def test_cells_that_labels_and_declared_places_read_are_claimed() -> None:
    """What stands in a column of answers and is read in another way is no lost answer."""
    text = """
fingerprint: {sheets: [Form]}
metadata: {team: {label: [Team]}}
tables:
  - rows: criteria
    id: {letter: A, pattern: "^[AB][0-9]$"}
    answers: {agreed: {letter: B}}
stated: [{score: domain, sheet: Form, cells: {B5: B}}]
"""
    found = read(
        form(
            "Form",
            """
            Team  | Blue
            A1    | Low
            A2    | High
            B1    | High
            Total | =2
            Lost  | Low
            """,
        ),
        text,
    )
    assert codes(found) == ["cells-unclaimed"]
    assert (
        '1 cells in the columns of answers belong to no item, so they were not read: "Low" in B6'
        in (str(found.issues[-1]))
    )


def test_edition_that_asks_less_misses_nothing() -> None:
    """Criteria of the other edition stay blank, and nobody is told to put their rows back."""
    data = form(
        "Form",
        """
        Number | Answer
        A1     | Low
        B1     | High
        """,
    )
    text = """
tables: [{rows: criteria, id: {header: [Number]}, answers: {agreed: {header: [Answer]}}}]
"""
    assert codes(read(data, text)) == ["criterion-missing"]
    assert codes(read(data, f"asks: {{edition: [short]}}\n{text}")) == []
    assert score(read(data, f"asks: {{edition: [short]}}\n{text}")).domains["A"].value == 1


TICKS = """
tables:
  - rows: criteria
    id: {header: [Number]}
    groups:
      - answers: {agreed: {header: [Low], words: {x: 1}}}
      - answers: {agreed: {header: [High], words: {x: 2}}}
"""


def test_answer_may_be_a_cross_under_its_level() -> None:
    """A column for each level, side by side; the one with a cross is the answer."""
    found = read(
        form(
            "Form",
            """
            Number | Low | High
            A1     | x   |
            A2     |     | X
            B1     |     |
            """,
        ),
        TICKS,
    )
    assert answers(found) == {"A1": "1 in B2", "A2": "2 in C3", "B1": "None in B4"}
    assert codes(found) == []


def test_two_crosses_are_no_answer() -> None:
    """Nobody knows which of them is meant."""
    found = read(
        form(
            "Form",
            """
            Number | Low | High
            A1     | x   | x
            A2     |     | x
            B1     | x   |
            """,
        ),
        TICKS,
    )
    assert found.response("A1", "agreed").state.value == "unreadable"
    assert codes(found) == ["answer-conflict"]


def test_words_in_place_of_a_score_mean_what_the_layout_says() -> None:
    """A text may stand for a number, and another one, or an error, for no score at all."""
    text = """
tables:
  - rows: criteria
    sheets: [Form]
    id: {header: [Number]}
    answers: {agreed: {header: [Answer]}}
    stated: [{score: domain, header: [Area], words: {"#DIV/0!": blank, rather low: 1.5}}]
  - rows: scores
    score: domain
    sheets: [Board]
    id: {header: [Area]}
    answers: {value: {header: [Score], words: {none yet: blank, low to high: 1.5}}}
stated:
  - {score: domain, sheet: Board, cells: {E1: A, E2: B}, words: {"-": blank}}
"""
    data = form(
        "Form",
        """
        Number | Answer | Area
        A1     | Low    | Rather low.
        A2     | High   |
        B1     |        | #DIV/0!
        """,
        ("Board", "Area | Score | | | =1.5\nA | low to high | | | -\nB | None yet"),
    )
    compared = reconcile(score(read(data, text)))
    assert [each.agreement for each in compared.compared] == [Agreement.AGREES] * 6


def test_sheets_and_lists_that_are_gone_are_said() -> None:
    """A form from which sheets were taken is read, and what could not be compared is said."""
    text = """
answer_lists: {levels: {cells: "Lists!A1:A2"}}
tables:
  - rows: criteria
    sheets: [Form]
    id: {header: [Number]}
    answers: {agreed: {header: [Answer]}}
  - {rows: scores, score: domain, sheets: [Board], id: {header: [X]}, answers: {value: {header: [S]}}}
stated: [{score: domain, sheet: Scores, cells: {B2: A}}]
"""
    found = read(form("Form", "Number | Answer\nA1 | Low\nA2 | Low\nB1 | High"), text)
    assert sorted(codes(found)) == ["answer-list-unknown", "sheet-missing", "sheet-missing"]
    assert found.stated == ()


WRONG = [
    ("asks: {editon: [short]}", ["facet-unknown @ editon: [sho"]),
    ("asks: {rating: [agreed]}", ["facet-unknown @ rating: [agr"]),
    ("asks: {edition: [short, middle]}", ["facet-unknown @ middle]}"]),
    ("asks: {domain: [A]}", []),
]


@pytest.mark.parametrize(
    ("id_", "is_known"), [("A/agreed", True), ("A", False), ("A/agred", False)]
)
def test_stated_scores_have_ids_that_their_roll_up_can_make(id_: str, is_known: bool) -> None:
    """A slip in an id is found when the layout is checked, with what it may be."""
    table = "{rows: criteria, id: {header: [Number]}, answers: {agreed: {header: [Answer]}}}"
    text = (
        f"layout: form\ntitle: Form\ntables: [{table}]\n"
        f"stated: [{{score: view, sheet: Board, cells: {{B2: {id_}}}}}]\n"
    )
    assert shown(text) == ([] if is_known else [f"rollup-unknown @ {id_}}}}}]"])
    of_scores = text[: text.index("stated:")].replace(
        f"[{table}]",
        f"[{table}, {{rows: scores, score: view, id: {{header: [X]}}, ids: {{x: {id_}}}, "
        "answers: {value: {header: [Score]}}}]",
    )
    assert len(shown(of_scores)) == (not is_known)


def test_slips_in_patterns_and_scores_are_said_once() -> None:
    """What follows from a slip is not said beside it."""
    text = (
        "layout: form\ntitle: Form\ntables:\n  - rows: criteria\n"
        '    id: {header: [Number], pattern: "(?P<n>([0-9]+)+)", compose: "A{n}"}\n'
        "    answers: {agreed: {header: [Answer]}}\n"
        "stated: [{score: vew, sheet: Board, cells: {B2: A}}]\n"
    )
    assert shown(text) == ['value-wrong @ "(?P<n>([0-9', "rollup-unknown @ vew, sheet:"]
    wrong = text.replace("([0-9]+)+", "[0-9]+").replace("A{n}", "A{m}")
    assert shown(wrong)[0].startswith("value-wrong @")


def test_ids_are_not_listed_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A roll-up of many facets is not spelled out to look for one id."""
    monkeypatch.setattr("maturity.checks.layout_rubric._MOST_IDS", 3)
    table = "{rows: criteria, id: {header: [Number]}, answers: {agreed: {header: [Answer]}}}"
    stated = "{score: view, sheet: Board, cells: {B2: Z}}"
    assert shown(f"layout: form\ntitle: Form\ntables: [{table}]\nstated: [{stated}]\n") == []


@pytest.mark.parametrize(("line", "expected"), WRONG)
def test_editions_ask_for_what_the_rubric_knows(line: str, expected: list[str]) -> None:
    """Facets and their members are checked, and suggestions made."""
    table = "{rows: criteria, id: {header: [Number]}, answers: {agreed: {header: [Answer]}}}"
    text = f"layout: form\ntitle: Form\n{line}\ntables: [{table}]\n"
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: {header: [Number]}", "id: {label: [Number]}"),
        ("parts: {area: {letter: A}}", "parts: {area: {label: [Area]}}"),
        ("only: [{letter: A}]", "only: [{label: [Area], is: [x]}]"),
    ],
)
def test_items_are_not_told_apart_by_labels(old: str, new: str) -> None:
    """A label is looked for within an item, so that it cannot say where the item is."""
    text = (
        "layout: form\ntitle: Form\ntables:\n  - {rows: criteria, id: {header: [Number]}, "
        "parts: {area: {letter: A}}, only: [{letter: A}], answers: {agreed: {header: [Answer]}}}\n"
    )
    assert _but_unused(text) == []
    assert _but_unused(text.replace(old, new)) == [
        f"value-wrong @ label: {new.split('label: ')[1]}"[:26]
    ]


def _but_unused(text: str) -> list[str]:
    """Give what is shown, other than parts that nothing is put together of."""
    return [each for each in shown(text) if not each.startswith("unused")]


def shown(text: str) -> list[str]:
    """Check a layout; give each issue as its code and the text that it points to."""
    lines = text.split("\n")
    found = []
    for issue in check_layout_source(text.encode(), RUBRIC)[1]:
        place = issue.location
        assert isinstance(place, FileLocation)
        assert place.line is not None
        assert place.column is not None
        there = lines[place.line - 1][place.column - 1 :]
        found.append(f"{issue.code.value} @ {there[:12].strip()}")
    return found
