"""The layout language at its edges: a layout and the picture of a workbook → what is read.

docs/how-to/layout-language.md has the plain case of each clause; here are those that go wrong.
"""

from __future__ import annotations

import time

import pytest
from pictured_workbooks import layout_of, pictured, rubric_of, told

from maturity.errors import MismatchError
from maturity.issues import Issue, IssueCode
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.grid import read_workbook

RUBRIC = """\
rubric: library
version: "1"
title: Library services
status: draft
levels:
  - {value: 1, label: Low}
  - {value: 2, label: Middle}
  - {value: 3, label: High}
answers: {blank: [To do], not_applicable: [N/A]}
ratings:
  level: {title: Level, scored: true}
  goal: {title: Goal}
domains:
  - id: A
    title: Books
    criteria:
      - {id: A1, title: Choice of books, aliases: [Stock]}
      - {id: A2, title: Books for children, prompt: Is there enough for children?, not_applicable: x}
  - id: B
    title: Visitors
    criteria:
      - {id: B1, title: Opening hours}
      - {id: B2, title: A quiet room}
scoring: {rollups: [{score: domain, method: mean}]}
"""
SMALL = rubric_of(RUBRIC)


def check(layout: str, picture: str, expected: str) -> None:
    """Read a picture with a layout; compare every line."""
    read = told(picture, SMALL, layout_of(layout, SMALL))
    assert read == [line.strip() for line in expected.strip().splitlines()]


def issues(layout: str, picture: str) -> list[Issue]:
    """Give every issue of a picture."""
    return list(
        read_assessment(
            pictured(picture), SMALL, name="f.xlsx", layouts=[layout_of(layout, SMALL)]
        ).issues
    )


def messages(layout: str, picture: str, code: IssueCode) -> list[str]:
    """Give the messages of one code."""
    return [issue.message for issue in issues(layout, picture) if issue.code is code]


PLAIN = """\
tables:
  - rows: criteria
    id: {header: [Ref]}
    answers: {level: {header: [Level]}}
"""
TWO_ANSWERS = """\
tables:
  - rows: criteria
    header_rows: [1]
    id: {header: [Ref]}
    answers: {level: {header: [Level]}, goal: {header: [Goal]}}
"""


# --- fingerprints ---------------------------------------------------------------------------------

BY_LETTER = """\
fingerprint: {%s}
metadata: {edition: {label: [Edition]}}
tables:
  - {rows: criteria, sheets: [Form], id: {letter: A}, answers: {level: {letter: B}}}
"""


@pytest.mark.parametrize(
    ("fingerprint", "reason"),
    [
        ("sheets: [Form, Lists, Notes]", 'the workbook has no sheet "Lists" or "Notes"'),
        ("markers: [Known words, More words]", 'no cell says "More words"'),
        ('cells: {Form!D1: "Known words", Form!D2: x, Gone!A1: x}', "in Form!D2 and Gone!A1"),
        ('editions: ["2"]', 'the workbook is edition "3"'),
        ('sheets: [form], markers: [known words], editions: ["3.0"]', ""),
    ],
)
def test_a_fingerprint_of_places_must_hold_as_a_whole(fingerprint: str, reason: str) -> None:
    """Letters fit any workbook, so that a layout of letters is refused where its marks lack."""
    picture = """
    [Form]
      | A       | B | D
    1 | Edition | 3 | Known words
    2 | A1      | 2 |
    """
    read = told(picture, SMALL, layout_of(BY_LETTER % fingerprint, SMALL))
    if reason:
        assert read[0].startswith("refused:")
        assert reason in read[0]
    else:
        assert read == ["edition: 3, in Form!B1", "A1 level: 2, in Form!B2"]


def test_an_edition_that_is_not_said_speaks_against_places() -> None:
    """A workbook without an edition is not of the layout that wants one."""
    picture = """
    [Form]
      | A  | B
    2 | A1 | 2
    """
    read = told(picture, SMALL, layout_of(BY_LETTER % 'editions: ["2"]', SMALL))
    assert "the workbook does not say its edition" in read[0]


def test_no_item_where_items_should_stand_is_said() -> None:
    """A layout without headers says how many ids it found in their place."""
    picture = """
    [Form]
      | A  | B
    2 | Z1 | 2
    """
    read = told(picture, SMALL, layout_of(BY_LETTER % "sheets: [Form]", SMALL))
    assert read[0].endswith("The form: no known id where its items stand.")


def test_nothing_of_a_form_refuses_the_workbook() -> None:
    """An empty workbook is no return."""
    with pytest.raises(MismatchError, match="workbook-unknown"):
        read_assessment(pictured("[Form]"), SMALL, layouts=[layout_of(PLAIN, SMALL)])


# --- sheets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("sheets: [Gone, Lost]", 'on a sheet named "Gone", "Lost"'),
        ('sheet_pattern: "^Part [0-9]$"', 'on a sheet named "^Part [0-9]$"'),
    ],
)
def test_a_table_on_a_missing_sheet_is_told(where: str, expected: str) -> None:
    """What a missing sheet would have held is not silently blank."""
    layout = f"{PLAIN}  - {{rows: criteria, {where}, id: {{header: [Ref]}}, answers: {{goal: {{header: [Goal]}}}}}}"
    picture = """
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | 2
    """
    (told_,) = messages(layout, picture, IssueCode.SHEET_MISSING)
    assert expected in told_


def test_stated_scores_on_a_missing_sheet_are_told() -> None:
    """The cells cannot be compared, and the reader says how many there are."""
    layout = f"{PLAIN}stated: [{{score: domain, sheet: Summary, cells: {{A1: A, A2: B}}}}]"
    picture = """
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | 2
    """
    (told_,) = messages(layout, picture, IssueCode.SHEET_MISSING)
    assert 'no sheet "Summary"' in told_
    assert "2 scores" in told_


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    """A hidden answer counts, and the reader says so."""
    layout = """
    tables:
      - rows: criteria
        parts: {number: {header: [Ref]}}
        id: {compose: "{number}"}
        answers: {level: {header: [Level]}}
    """
    check(
        layout.replace("\n    ", "\n").strip(),
        """
        [Form] very hidden
          | A   | B
        1 | Ref | Level
        2 | A1  | 2
        hidden column B
        hidden row 2
        [Cover]
          | A
        """,
        """
        A1 level: 2, in Form!B2
        issue sheet-hidden at 'Form'
        issue cells-hidden at 'Form'
        """,
    )


# --- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "picture", "expected"),
    [
        pytest.param(
            TWO_ANSWERS,
            """
            [Form]
              | A   | B     | C
            1 | Ref | Level | Aim
            2 | A1  | 2     | 3
            """,
            """
            A1 level: 2, in Form!B2
            issue column-missing
            """,
            id="a word of a fixed header is missing",
        ),
        pytest.param(
            TWO_ANSWERS.replace("[1]", "[1, 2]"),
            """
            [Form]
              | A   | B     | C
            1 | Ref | Level |
            2 |     | Goal  | Level
            3 | A1  | 2     | 2
            """,
            """
            A1 level: 2, in Form!B3
            A1 goal: 2, in Form!B3
            issue column-repeated at 'Form'!C2
            issue answer-repeated at 'Form'!B3
            """,
            id="two rows of a fixed header name one column twice",
        ),
        pytest.param(
            PLAIN.replace("[Level]", "[Level of now]").replace("{header: [Ref]}", "{letter: A}"),
            """
            [Form]
              | A     | B
            1 | A2    | 1
            2 |       | Level
            3 |       | of
            4 |       | now
            5 | A1    | 2
            """,
            """
            A1 level: 2, in Form!B5
            """,
            id="a header over three rows; what stands above it is not read",
        ),
        pytest.param(
            PLAIN.replace("[Level]", "[Level], under: [Now]"),
            """
            [Form]
              | A   | B     | C     | D
            1 |     |       | Now   |
            2 | Ref | Level | Level | Level
            3 | A1  | 1     | 2     | 2
            """,
            """
            A1 level: 2, in Form!C3
            issue column-repeated at 'Form'!D2
            issue answer-repeated at 'Form'!C3
            """,
            id="a heading that is not merged spans up to the next",
        ),
        pytest.param(
            PLAIN.replace("[Level]", "[Level], under: [Then]"),
            """
            [Form]
              | A   | B     | C
            1 |     |       | Now
            2 | Ref | Level | Level
            3 | A1  | 1     | 2
            """,
            """
            refused: This workbook is not a return for Library services: none of the 1 known layouts fits its sheets "Form". The form: 1 known ids, and no table with the columns "Ref", "Level".
            """,
            id="no column stands under the heading",
        ),
        pytest.param(
            PLAIN.replace("[Level]", "[Level], nth: 3"),
            """
            [Form]
              | A   | B     | C
            1 | Ref | Level | Level
            2 | A1  | 1     | 2
            """,
            """
            refused: This workbook is not a return for Library services: none of the 1 known layouts fits its sheets "Form". The form: 1 known ids, and no table with the columns "Ref", "Level".
            """,
            id="there are fewer columns than the one that is meant",
        ),
        pytest.param(
            """\
tables:
  - rows: criteria
    id: {header: [Ref], nth: 1}
    answers: {level: {header: [Level], nth: 1}, goal: {header: [Goal]}}
    required: [level]
""",
            """
            [Form]
              | A   | B     | C
            1 | Ref | Level | Goal
            2 | A1  | 1     | 2
            4 | Ref | Level |
            5 | B1  | 3     | 3
            """,
            """
            A1 level: 1, in Form!B2
            A1 goal: 2, in Form!C2
            B1 level: 3, in Form!B5
            issue column-missing
            """,
            id="a later block lacks a column that is not required",
        ),
    ],
)
def test_headers(layout: str, picture: str, expected: str) -> None:
    """Each block's own header says where its columns are."""
    check(layout, picture, expected)


# --- ids ------------------------------------------------------------------------------------------

SECTIONS = """\
tables:
  - rows: criteria
    parts:
      part: {letter: A, pattern: "^Part ([A-Z])", carry: true}
      section: {letter: A, pattern: "^Section ([0-9])", carry: true}
    id: {letter: B, pattern: "^[a-z]$", compose: "{part}{section}"}
    answers: {level: {header: [Level]}}
"""


@pytest.mark.parametrize(
    ("layout", "picture", "expected"),
    [
        pytest.param(
            SECTIONS,
            """
            [Form]
              | A         | B | C
            1 |           |   | Level
            2 | Part A    |   |
            3 | Section 1 |   |
            4 |           | a | 2
            5 | Part B    |   |
            6 |           | a | 3
            7 | Section 2 |   |
            8 |           | a | 1
            """,
            """
            A1 level: 2, in Form!C4
            B2 level: 1, in Form!C8
            issue cells-unclaimed at 'Form'!C6
            """,
            id="a new part ends what the parts below it carry",
        ),
        pytest.param(
            SECTIONS,
            """
            [Form]
              | A         | B | C
            1 |           |   | Level
            2 | Part A    |   |
            3 | Section 1 |   |
            4 | Section 2 |   |
            5 |           | a | 2
            """,
            """
            A2 level: 2, in Form!C5
            """,
            id="a section without items",
        ),
        pytest.param(
            """\
tables:
  - rows: criteria
    parts:
      section: {letter: A, words: {Books: A, Visitors: B}, carry: true}
      number: {letter: B, count: true}
    id: {compose: "{section}{number}"}
    answers: {level: {header: [Level]}}
""",
            """
            [Form]
              | A        | B     | C
            1 |          |       | Level
            2 | Books    |       |
            3 |          | One?  | 1
            4 |          |       | more on one
            5 |          | Two?  | 2
            6 | Visitors |       |
            7 |          | One?  | 3
            merged B3:B4
            """,
            """
            A1 level: 1, in Form!C3
            A2 level: 2, in Form!C5
            B1 level: 3, in Form!C7
            issue cells-unclaimed at 'Form'!C4
            """,
            id="a count starts again, and takes a merged cell once",
        ),
        pytest.param(
            """\
tables:
  - rows: criteria
    sheet_pattern: "(?P<section>[AB])$"
    parts: {number: {header: [Nr], pad: 2}, kind: {sheet: true, pattern: "^Form"}}
    id: {compose: "{section}{number}"}
    answers: {level: {header: [Level]}}
    ids: {A01: A1, B02: B2}
""",
            """
            [Form A]
              | A  | B
            1 | Nr | Level
            2 | 1  | 1
            [Part B]
              | A  | B
            1 | Nr | Level
            2 | 2  | 3
            """,
            """
            A1 level: 1, in Form A!B2
            B2 level: 3, in Part B!B2
            """,
            id="a part of the sheet's name, and numbers filled up with zeros",
        ),
        pytest.param(
            SECTIONS.replace('pattern: "^Section ([0-9])"', 'words: {One: "1", Two: "2"}'),
            """
            [Form]
              | A      | B | C
            1 | Part A |   | Level
            2 | One    |   | Level
            3 |        | a | 2
            4 | Two    |   | Level
            5 |        | a | 3
            6 | Part B |   | Level
            7 |        | a | 1
            """,
            """
            A1 level: 2, in Form!C3
            A2 level: 3, in Form!C5
            issue cells-unclaimed at 'Form'!C7
            """,
            id="headings in the rows of headers",
        ),
        pytest.param(
            """\
tables:
  - rows: criteria
    parts:
      section: {pattern: "^([AB])", carry: true}
      number: {header: [Number], pattern: "([0-9])", carry: true}
    id: {header: [Ask], compose: "{section}{number}"}
    answers: {level: {header: [Level]}}
""",
            """
            [Form]
              | A      | B    | C     | D
            1 | Number | Ask  | Level | B: visitors
            2 | 1      | Yes? | 2     |
            3 | 2      |      | 3     |
            """,
            """
            B1 level: 2, in Form!C2
            issue cells-unclaimed at 'Form'!C3
            """,
            id="a heading anywhere in the header's row; a row without a question is none",
        ),
        pytest.param(
            PLAIN.replace("[Ref]", '[Ref], pattern: "([A-Z])-([0-9])"').replace(
                "[Level]}}", "[Level]}}\n    ids: {A-1: A1}"
            ),
            """
            [Form]
              | A         | B
            1 | Ref       | Level
            2 | see A-1.  | 2
            3 | see A-2.  | 1
            """,
            """
            A1 level: 2, in Form!B2
            issue row-unknown at 'Form'!A3
            """,
            id="a pattern with two groups gives all that it matches",
        ),
        pytest.param(
            PLAIN.replace("[Ref]", '[Ref], pattern: "(?P<kind>Q|Z)(?P<id>[A-Z][0-9])?"'),
            """
            [Form]
              | A   | B
            1 | Ref | Level
            2 | QA1 | 2
            3 | Q   | 1
            """,
            """
            A1 level: 2, in Form!B2
            issue row-unknown at 'Form'!A3
            """,
            id="the group named id gives the id",
        ),
        pytest.param(
            PLAIN.replace("[Ref]", "[Ref], by: text"),
            """
            [Form]
              | A                             | B
            1 | Ref                           | Level
            2 | Stock                         | 1
            3 | Is there enough for children? | 2
            4 | B1                            | 3
            """,
            """
            A1 level: 1, in Form!B2
            A2 level: 2, in Form!B3
            B1 level: 3, in Form!B4
            """,
            id="a text may be an alias, a prompt or an id",
        ),
        pytest.param(
            PLAIN.replace("[Ref]}", '[Ref], pattern: "^([A-Z][0-9])$"}').replace(
                "    answers", "    title: {header: [Question]}\n    answers"
            ),
            """
            [Form]
              | A   | B             | C
            1 | Ref | Question      | Level
            2 |     | Opening hours | 2
            3 | Z1  | A quiet room  | 3
            4 | A1  | A quiet room  | 1
            5 | Z2  | Parking       | 1
            6 | Z3  | More parking  |
            """,
            """
            A1 level: 1, in Form!C4
            B1 level: 2, in Form!C2
            B2 level: 3, in Form!C3
            issue row-by-title at 'Form'!A2
            issue row-by-title at 'Form'!A3
            issue row-title-differs at 'Form'!A4
            issue row-unknown at 'Form'!A5
            """,
            id="a row whose id is lost is known by its title",
        ),
        pytest.param(
            PLAIN.replace("[Ref]}", "[Ref], nth: 1}\n    only: [{header: [Kind]}]"),
            """
            [Form]
              | A   | B     | C
            1 | Ref | Level | Kind
            2 | A1  | 2     | question
            3 | A2  | 3     |
            """,
            """
            A1 level: 2, in Form!B2
            """,
            id="rows count where something stands in a column",
        ),
        pytest.param(
            PLAIN.replace("[Ref]}", '[Ref], nth: 1}\n    only: [{header: [Kind], pattern: "^q"}]'),
            """
            [Form]
              | A   | B     | C
            1 | Ref | Level | Kind
            2 | A1  | 2     | question
            3 | A2  | 3     | example of a question
            """,
            """
            A1 level: 2, in Form!B2
            """,
            id="rows count where a pattern is found in a column",
        ),
    ],
)
def test_ids(layout: str, picture: str, expected: str) -> None:
    """An id is put together of what the layout says, and of nothing else."""
    marked = layout.replace("tables:", "fingerprint: {markers: [Level]}\ntables:", 1)
    check(marked, picture, expected)


def test_metrics_and_scores_by_their_text() -> None:
    """Rows of metrics and of scores may be known by their titles as well."""
    rubric = rubric_of(RUBRIC, "metrics: {M1: {title: Loans in a year, unit: count}}\n")
    layout = layout_of(
        f"""{PLAIN}
  - rows: metrics
    id: {{header: [Figure], by: text}}
    answers: {{value: {{header: [Value]}}}}
  - rows: scores
    score: domain
    id: {{header: [Section], by: text}}
    answers: {{value: {{header: [Score]}}}}
""",
        rubric,
    )
    picture = """
    [Form]
      | A               | B
    1 | Ref             | Level
    2 | A1              | 2
    4 | Figure          | Value
    5 | Loans in a year | 71
    7 | Section         | Score
    8 | books           | 2
    """
    assessment = read_assessment(pictured(picture), rubric, name="", layouts=[layout])
    assert [(value.metric, value.value) for value in assessment.metrics] == [("M1", 71)]
    assert [(each.score, each.id, each.value) for each in assessment.stated] == [("domain", "A", 2)]


def test_the_score_of_everything_and_an_answer_set() -> None:
    """A score of the whole has the roll-up's own name; an answer set may have words for N/A."""
    rubric = rubric_of(
        RUBRIC,
        """\
answer_sets:
  yes_no:
    levels: [{value: 0, label: "No"}, {value: 4, label: "Yes"}]
    not_applicable: [Not here]
ratings:
  level: {title: Level, scored: true}
  goal: {title: Goal, answers: yes_no}
scoring: {rollups: [{score: whole, by: [], method: mean}]}
""",
    )
    layout = layout_of(
        f"""{PLAIN.replace("level: {", "goal: {header: [Goal]}, level: {")}
    ids: {{"1": A1}}
  - rows: scores
    score: whole
    id: {{header: [Score]}}
    answers: {{value: {{header: [Mean]}}}}
""",
        rubric,
    )
    picture = """
    [Form]
      | A     | B     | C
    1 | Ref   | Level | Goal
    2 | 1     | 2     | Yes
    3 | A2    | N/A   | not here
    5 | Score | Mean  |
    6 | Whole | 2     |
    """
    assert told(picture, rubric, layout) == [
        "A1 level: 2, in Form!B2",
        "A1 goal: 4, in Form!C2",
        "A2 level: not applicable, in Form!B3",
        "A2 goal: not applicable, in Form!C3",
        "stated whole whole: 2, in Form!B6: agrees",
    ]


def test_columns_of_an_earlier_year_are_passed_over() -> None:
    """In a table with letters, too, the heading of a column may say that it is last year's."""
    layout = PLAIN.replace("{header: [Ref]}", "{letter: A}").replace(
        "answers: {", "answers: {goal: {label: [Goal]}, "
    )
    check(
        layout,
        """
        [Form]
          | A   | B                 | C     | D    | E | F
        1 | Ref | Level (last year) | Level |      |   |
        2 | A1  | 1                 | 2     | Goal | 3 |
        3 | A2  | 3                 | 1     |      | Goal | 2
        """,
        """
        A1 level: 2, in Form!C2
        A1 goal: 3, in Form!E2
        A2 level: 1, in Form!C3
        A2 goal: 2, in Form!F3
        issue column-repeated at 'Form'!C1
        """,
    )


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "agree",
            """
            A1 level: unreadable "1", in Form!B2
            A2 level: 2, in Form!B4
            issue answer-conflict at 'Form'!B2
            issue answer-repeated at 'Form'!B4
            """,
        ),
        (
            "refuse",
            """
            A1 level: unreadable "1", in Form!B2
            A2 level: unreadable "2", in Form!B4
            issue answer-conflict at 'Form'!B2
            issue answer-conflict at 'Form'!B4
            """,
        ),
        (
            "first",
            """
            A1 level: 1, in Form!B2
            A2 level: 2, in Form!B4
            """,
        ),
        (
            "last",
            """
            A1 level: 3, in Form!B8
            A2 level: 2, in Form!B5
            """,
        ),
    ],
)
def test_duplicates(policy: str, expected: str) -> None:
    """What a second row means, in one block or in the next, is what the layout says."""
    check(
        f"{PLAIN}    duplicates: {policy}\n",
        """
        [Form]
          | A   | B
        1 | Ref | Level
        2 | A1  | 1
        4 | A2  | 2
        5 | A2  | 2
        7 | Ref | Level
        8 | A1  | 3
        """,
        expected,
    )


def test_first_and_last_are_of_one_sheet() -> None:
    """Rows of two sheets must agree all the same, and other tables too."""
    layout = (
        f"{PLAIN}    duplicates: last\nanswers: [{{criterion: A1, rating: goal, label: [Goal]}}]"
    )
    check(
        layout,
        """
        [One]
          | A    | B
        1 | Ref  | Level
        2 | A1   | 1
        3 | A1   | 2
        5 | Goal | 3
        [Two]
          | A   | B
        1 | Ref | Level
        2 | A1  | 1
        """,
        """
        A1 level: unreadable "2", in One!B3
        A1 goal: 3, in One!B5
        issue answer-conflict at 'One'!B3
        """,
    )


# --- items of several rows ------------------------------------------------------------------------

BELOW = """\
fingerprint: {sheets: [Form]}
tables:
  - rows: criteria
    sheets: [Form]
    id: {letter: A}
    answers: {level: {letter: B, down: 1}, goal: {label: [Goal]}}
"""


def test_the_last_item_may_end_in_empty_cells() -> None:
    """An answer that was left out below the last filled row is a blank with a place."""
    check(
        BELOW,
        """
        [Form]
          | A  | B      | C
        1 | A1 | One?   |
        2 |    | 2      |
        3 |    | Goal   | 3
        4 | A2 | Goal   |
        """,
        """
        A1 level: 2, in Form!B2
        A1 goal: 3, in Form!C3
        A2 level: not answered, in Form!B5
        A2 goal: not answered, in Form!C4
        """,
    )


def test_an_item_too_short_for_its_answer_is_told() -> None:
    """No cell of the next item is taken, and the answer that is nowhere is not silently blank."""
    picture = """
    [Form]
      | A  | B
    1 | A1 | One?
    2 | A2 | 3
    3 |    | 2
    4 |    | Goal
    """
    check(
        BELOW,
        picture,
        """
        A2 level: 2, in Form!B3
        A2 goal: not answered, in Form!C4
        issue column-missing at 'Form'!A1
        issue column-missing at 'Form'!A1
        """,
    )
    assert messages(BELOW, picture, IssueCode.COLUMN_MISSING) == [
        'The place of the answer, "column B", was not found for A1.',
        'The place of the answer, "Goal", was not found for A1.',
    ]


def test_a_label_of_a_table_is_never_a_value() -> None:
    """Beside a label without a value stands nothing, though the next label follows it."""
    check(
        """\
fingerprint: {sheets: [Form]}
tables:
  - rows: criteria
    sheets: [Form]
    id: {letter: A}
    answers: {level: {label: [Level]}, goal: {label: [Goal]}}
    notes: {why: {label: [Why]}}
""",
        """
        [Form]
          | A  | B     | C    | D | E
        1 | A1 | Level | Goal | 3 |
        2 | A2 | Level |      | 2 |
        3 |    | Goal  |      | 1 |
        4 |    | Why   |      |   | so
        merged B2:C2
        """,
        """
        A1 goal: 3, in Form!D1
        A2 level: 2, in Form!D2
        A2 goal: 1, in Form!D3
        A2 why: so, in Form!E4
        issue column-missing at 'Form'!A1
        """,
    )


def test_cells_of_no_item_are_told() -> None:
    """Totals under the headings of answers are not read, and eight of them are named."""
    rows = "\n".join(f"{row} | | {row}" for row in range(3, 13))
    picture = f"""
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | 2
    {rows}
    """
    layout = PLAIN.replace("[Ref]", "[Ref], nth: 1")
    (told_,) = messages(layout, picture, IssueCode.CELLS_UNCLAIMED)
    assert told_.startswith("10 cells in the columns of answers belong to no item")
    assert told_.endswith('"10" in B10 and 2 more.')


def test_a_sheet_on_which_no_item_begins_has_no_table() -> None:
    """Letters fit any sheet; where no id is found under them, nothing is said to be unclaimed."""
    check(
        """\
fingerprint: {markers: [Our form]}
tables:
  - rows: criteria
    id: {letter: A, pattern: "^[AB][12]$"}
    answers: {level: {letter: B}}
""",
        """
        [Form]
          | A        | B
        1 | Our form |
        2 | A1       | 2
        [Notes]
          | A        | B
        1 | Remember | the milk
        """,
        """
        A1 level: 2, in Form!B2
        issue sheet-unknown at 'Notes'
        """,
    )


# --- single values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "picture", "expected"),
    [
        pytest.param(
            "answers: [{criterion: A1, rating: level, label: [Level], at: below}]",
            """
            [Form]
              | A     | B
            1 | Level |
            3 | 2     |
            merged A1:B2
            """,
            "A1 level: 2, in Form!A3",
            id="a value below a merged label",
        ),
        pytest.param(
            """\
metadata: {team: {label: [Team], at: below}, due: {label: [Due], type: date}}
answers:
  - {criterion: A1, rating: level, label: [Level]}
  - {criterion: A2, rating: level, label: [Same], at: below}
""",
            """
            [Form]
              | A     | B
            1 | Same  |
            2 | Level | Same
            3 | Team  | 3
            4 | Due   |
            """,
            """
            A2 level: 3, in Form!B3
            issue column-missing
            """,
            id="labels in the places of values are no values",
        ),
        pytest.param(
            "answers: [{criterion: A1, rating: level, label: [Level]}]",
            """
            [Form]
              | A     | B
            1 | Level |
            """,
            "A1 level: not answered, in Form!B1",
            id="a label without a value",
        ),
        pytest.param(
            """\
answers:
  - {criterion: A1, rating: level, label: [Level], sheets: [Form]}
  - {criterion: A2, rating: level, label: [Level], section: [Children], sheets: [Form]}
""",
            """
            [Other]
              | A     | B
            1 | Level | 1
            [Form]
              | A        | B
            1 | Level    | 2
            2 | Children |
            3 | Level    | 2
            """,
            """
            A1 level: 2, in Form!B1
            A2 level: 2, in Form!B3
            issue answer-repeated at 'Form'!B1
            """,
            id="a label without a section stands in any section",
        ),
        pytest.param(
            """\
answers:
  - {criterion: A1, rating: level, label: [Level]}
  - {criterion: A1, rating: goal, cell: "Gone!B2"}
  - {criterion: A2, rating: goal, cell: Nowhere}
  - {criterion: B1, rating: goal, label: [Aim]}
""",
            """
            [Form]
              | A     | B
            1 | Level | 2
            """,
            """
            A1 level: 2, in Form!B1
            issue column-missing
            issue column-missing
            issue column-missing
            """,
            id="places that are not in the workbook are told",
        ),
        pytest.param(
            """\
metadata:
  team: {label: [Team], at: below}
  where: {cell: "Gone!B2"}
  empty: {cell: "Form!D9"}
  count: {label: [Count], type: number}
  wrong: {label: [Wrong], type: number}
  due: {label: [Due], type: date, pattern: "by (.+)$"}
  code: {label: [Code], pattern: "^[0-9]+$"}
answers: [{criterion: A1, rating: level, label: [Level]}]
""",
            """
            [Form]
              | A     | B               | C
            1 | Level | 2               | Team
            2 | Count | 7               |
            3 | Wrong | seven           |
            4 | Due   | by 3 May 2026   |
            5 | Code  | 12b             |
            """,
            """
            count: 7 (a int), in Form!B2
            wrong: seven, in Form!B3
            due: 2026-05-03 (a date), in Form!B4
            code: 12b, in Form!B5
            A1 level: 2, in Form!B1
            issue metadata-unreadable at 'Form'!B3
            issue metadata-unreadable at 'Form'!B5
            """,
            id="metadata that is not what it should be",
        ),
        pytest.param(
            """\
metadata: {area: {label: [Area]}, due: {label: [Due], at: below, required: true}, closed: {cell: "Gone!A1", required: true}}
answers: [{criterion: A1, rating: level, label: [Level], words: {"Yes": 3}}]
""",
            """
            [Form]
              | A     | B    | C
            1 | Area  | Due  | x
            2 | Level | yes  |
            """,
            """
            due: yes, in Form!B2
            A1 level: 3, in Form!B2
            issue metadata-missing
            """,
            id="a label is no value of the label beside it",
        ),
    ],
)
def test_single_values(layout: str, picture: str, expected: str) -> None:
    """A single value stands where its label or cell says, or it is told that it does not."""
    check(layout, picture, expected)


# --- what answers mean ----------------------------------------------------------------------------


def with_list(declared: str) -> str:
    """Give a layout with a list named `levels`."""
    return f"answer_lists: {{levels: {declared}}}\n{PLAIN}other_sheets: [Lists]\n"


LISTS = """
[Form]
  | A   | B
1 | Ref | Level
2 | A1  | Some
3 | A2  | N/A
4 | B1  | Much
[Lists] hidden
  | A      | B     | C
1 | Little | "1,0" | Aside
2 | Some   | 2     |
3 |        | 9     |
4 | Much   | "3"   |
5 | N/A    |       |
name Words = Lists!$A$1:$A$4
name Alias = Words
name Totals = SUM(Lists!$A$1:$A$4)
"""


@pytest.mark.parametrize(
    "declared",
    [
        '{cells: "Lists!A1:A4"}',
        '{cells: "Lists!A1:A5", values: in-order}',
        '{cells: "Lists!$A$4:$A$1", values: beside}',
        "{cells: Alias, values: [1, 2, 3]}",
        "{cells: words, values: [1, 2, blank, 3]}",
        '{cells: "lists!A1:A5", values: "Lists!B1:B5"}',
        "{words: {Some: 2, Much: 3}}",
    ],
)
def test_a_list_with_a_blank_in_it(declared: str) -> None:
    """Blank cells are no words, and words for nothing need no value."""
    check(
        with_list(declared),
        LISTS,
        """
        A1 level: 2, in Form!B2
        A2 level: not applicable, in Form!B3
        B1 level: 3, in Form!B4
        """,
    )


def test_a_word_that_means_two_things_is_none() -> None:
    """A word that stands twice in a list counts where both mean the same, and else is told."""
    picture = """
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | Same
    3 | A2  | Both
    [Lists]
      | A    | B
    1 | Same | 2
    2 | Both | 1
    3 | same | 2
    4 | BOTH | 3
    """
    declared = with_list('{cells: "Lists!A1:A4", values: beside}')
    check(
        declared,
        picture,
        """
        A1 level: 2, in Form!B2
        A2 level: unreadable "Both", in Form!B3
        issue answer-list-unknown
        issue level-unknown at 'Form'!B3
        """,
    )
    (told_,) = messages(declared, picture, IssueCode.ANSWER_LIST_UNKNOWN)
    assert told_ == 'The answer list "levels" says twice what "both" means, differently.'


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ("{cells: Gone}", '"Gone" is neither a range of cells nor the name of one'),
        ('{cells: "Gone!A1:A3"}', 'is on a sheet "Gone" that the workbook does not have'),
        ("{cells: Totals}", '"Totals" is a formula, which is not worked out here'),
        ('{cells: "Lists!A1:C900"}', "has too many cells for a list"),
        ('{cells: "Lists!A1:A2"}', "has 2 words and 3 values"),
        ('{cells: "Lists!A1:C1", values: beside}', "stands in several columns"),
        ('{cells: "Lists!A1:A4", values: "Gone!A1:A4"}', '"Gone!A1:A4" is on a sheet "Gone"'),
    ],
)
def test_a_list_that_cannot_be_read_is_told(declared: str, reason: str) -> None:
    """A list that does not say what each word means gives nothing, and an error says why."""
    found = messages(with_list(declared), LISTS, IssueCode.ANSWER_LIST_UNKNOWN)
    assert reason in found[0]
    assert len(set(found)) == len(found)


DROP_DOWNS = """\
tables:
  - rows: criteria
    id: {header: [Ref]}
    answers: {level: {header: [Level], drop_down: in-order}}
other_sheets: [Lists]
"""


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("drop-down B2:B3 of Never, Often, Always", 2),
        ("drop-down B2:B3 = Lists!$A$1:$A$4", 2),
        ("drop-down B2:B3 = Words", 2),
        ("drop-down B2:B3 kept apart = Lists!$A$1:$A$4", 2),
        ("drop-down B2:B3 kept apart = Words", 2),
        ("drop-down B2:B3 of Choose, Never, Often, Always", "has 4 words and 3 values"),
        ("drop-down B2:B3 = INDIRECT($D$1)", '"INDIRECT($D$1)", is a formula'),
        ("drop-down B2:B3 = Lists!$A:$A", '"Lists!$A:$A", is whole columns or rows'),
        ("drop-down B2:B3 = Gone!$A$1:$A$3", 'is on a sheet "Gone"'),
        ("drop-down B7 of Never, Often, Always", "Often"),
    ],
)
def test_drop_downs(rule: str, expected: int | str) -> None:
    """The words of a cell's own list are found wherever it keeps them, or the reader says why not."""
    picture = f"""
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | Often
    3 | A2  | To do
    {rule}
    [Lists] very hidden
      | A
    1 | Never
    2 |
    3 | Often
    4 | Always
    name Words = Lists!$A$1:$A$4
    """
    read = told(picture, SMALL, layout_of(DROP_DOWNS, SMALL))
    if isinstance(expected, int):
        assert read == [f"A1 level: {expected}, in Form!B2", "A2 level: not answered, in Form!B3"]
        return
    assert read[0] == 'A1 level: unreadable "Often", in Form!B2'
    assert expected in " ".join(issue.message for issue in issues(DROP_DOWNS, picture))


def test_a_range_without_a_sheet_is_of_the_drop_downs_own() -> None:
    """Where a drop-down names no sheet, its own is meant."""
    check(
        DROP_DOWNS,
        """
        [Form]
          | A   | B     | D
        1 | Ref | Level | Never
        2 | A1  | Often | Often
        3 | A2  | N/A   | Always
        drop-down B2:B3 = $D$1:$D$3
        """,
        """
        A1 level: 2, in Form!B2
        A2 level: not applicable, in Form!B3
        issue column-unknown
        """,
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1", "A1 goal: 1, in Form!B2"),
        ('"2"', "A1 goal: not answered, in Form!B2"),
        ("3.0", "A1 goal: 3, in Form!B2"),
        ("0", 'A1 goal: unreadable "0", in Form!B2'),
        ("4", 'A1 goal: unreadable "4", in Form!B2'),
        ("1.5", 'A1 goal: unreadable "1.5", in Form!B2'),
        ('"1,0"', 'A1 goal: unreadable "1,0", in Form!B2'),
        ("High", "A1 goal: 3, in Form!B2"),
        ("N/A", "A1 goal: not applicable, in Form!B2"),
    ],
)
def test_places_in_a_list(typed: str, expected: str) -> None:
    """A whole number from 1 is a place; as text too, even where a level has that value."""
    layout = PLAIN.replace(
        "level: {header: [Level]", "goal: {header: [Level], index: [1, blank, 3]"
    )
    picture = f"""
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | {typed}
    """
    read = told(picture, SMALL, layout_of(layout, SMALL))
    assert read[0] == expected


def test_a_place_beyond_the_list_is_told_as_that() -> None:
    """The number 4 is no place among three, which is another thing than no level."""
    layout = PLAIN.replace("{header: [Level]", "{header: [Level], index: in-order")
    picture = """
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | 4
    """
    (told_,) = messages(layout, picture, IssueCode.LEVEL_OFF_SCALE)
    assert told_.startswith('"4" is not the place of an answer in the list')


TABLED = """\
answer_tables:
  - sheets: [Lists]
    id: {letter: A}
    words: [{letter: B}, {letter: D}]
    values: [{letter: C}, {letter: E}]
answers_by_item:
  - {sheets: [Items], id: {letter: A, pattern: "^([AB][0-9])"}, answer_list: {%s}}
tables:
  - rows: criteria
    sheets: [Form]
    id: {header: [Ref]}
    answers: {level: {header: [Level]}, goal: {header: [Goal], answer_list: second}}
    required: [level]
"""
TABLES = """
[Form]
  | A   | B     | C
1 | Ref | Level | Goal
2 | A1  | Yes   | Yes
3 | A2  | Maybe |
4 | B1  | Yes   |
5 | B2  | Low   |
[Items]
  | A       | B
1 | A1 one? | first
2 | A2 two? | SECOND
3 | B1 one? | third
4 | Any     | first
[Lists]
  | A      | B   | C   | D     | E
1 | first  | No  | 1   | Yes   | "2,0"
2 | Second | Yes | 3   | Maybe | 7
3 | empty  | No  |     |       | 2
4 | FIRST  | No  | 1   | Never | 1
"""


def test_lists_of_items() -> None:
    """Each item has its list; a list that is not there, or counts what no level is, is told."""
    check(
        TABLED % "letter: B",
        TABLES,
        """
        A1 level: 2, in Form!B2
        A1 goal: 3, in Form!C2
        A2 level: unreadable "Maybe", in Form!B3
        A2 goal: not answered, in Form!C3
        B1 level: unreadable "Yes", in Form!B4
        B1 goal: not answered, in Form!C4
        B2 level: 1, in Form!B5
        B2 goal: not answered, in Form!C5
        issue answer-list-unknown
        issue level-off-scale at 'Form'!B3
        issue level-unknown at 'Form'!B4
        """,
    )
    (told_,) = messages(TABLED % "letter: B", TABLES, IssueCode.ANSWER_LIST_UNKNOWN)
    assert told_ == 'The workbook has no answer list "third", which an item is said to have.'


def test_a_list_beside_a_label_that_is_not_there() -> None:
    """Where the list's name is not found, the item has none, and nothing stops."""
    read = told(TABLES, SMALL, layout_of(TABLED % "label: [List]", SMALL))
    assert read[0] == 'A1 level: unreadable "Yes", in Form!B2'


# --- scores that the workbook states --------------------------------------------------------------


def test_stated_scores() -> None:
    """Empty cells of a column state nothing; errors and texts are given as they stand."""
    check(
        """\
tables:
  - rows: criteria
    sheets: [Form]
    parts: {section: {header: [Section]}}
    id: {header: [Ref]}
    answers: {level: {header: [Level]}, goal: {header: [Goal]}}
    stated:
      - {score: criterion, rating: level, header: [Counts]}
      - {score: domain, header: [Score], id: "{section}"}
      - {score: domain, header: [Again]}
  - {rows: scores, score: criterion, sheets: [Summary], id: {header: [Ref]}, answers: {value: {header: [Counts]}}}
  - {rows: scores, score: domain, sheets: [Summary], id: {header: [Section]}, answers: {value: {header: [Mean]}}, last_row: 3}
stated:
  - {score: criterion, rating: goal, sheet: Summary, cells: {G1: A1, G2: A2}}
  - {score: domain, sheet: Summary, cells: {G3: A, G4: B}}
""",
        """
        [Form]
          | A   | B     | C    | D       | E      | F     | G
        1 | Ref | Level | Goal | Section | Counts | Score | Again
        2 | A1  | 1     | 3    | A       | 1      | 1.5   |
        3 | A2  | 2     |      |         | Middle | 1.5   | 1.5
        4 | B1  | 3     |      | B       |        | "3,0" |
        5 | Z9  | 3     |      | B       | 9      | 9     | 9
        [Summary]
          | A   | B      | D       | E    | G
        1 | Ref | Counts | Section | Mean | 3
        2 | A1  | 1      | A       | #DIV/0! |
        3 | A2  | 1      | B       |      | 1.5
        4 | Z9  | 1      |         |      |
        5 |     |        |         |      | 1
        """,
        """
        A1 level: 1, in Form!B2
        A1 goal: 3, in Form!C2
        A2 level: 2, in Form!B3
        A2 goal: not answered, in Form!C3
        B1 level: 3, in Form!B4
        B1 goal: not answered, in Form!C4
        stated criterion A1 level: 1, in Form!E2: agrees
        stated criterion A2 level: Middle, in Form!E3: agrees
        stated criterion A1 level: 1, in Summary!B2: agrees
        stated criterion A2 level: 1, in Summary!B3: differs
        stated criterion A1 goal: 3, in Summary!G1: agrees
        stated criterion A2 goal: , in Summary!G2: agrees
        stated domain A: 1.5, in Form!F2: agrees
        stated domain A: 1.5, in Form!G3: agrees
        stated domain B: 3,0, in Form!F4: agrees
        stated domain A: #DIV/0!, in Summary!E2: unreadable
        stated domain B: , in Summary!E3: not stated
        stated domain A: 1.5, in Summary!G3: agrees
        stated domain B: , in Summary!G4: not stated
        issue row-unknown at 'Form'!A5
        issue row-unknown at 'Summary'!A4
        """,
    )


# --- limits ---------------------------------------------------------------------------------------


def test_formatted_rows_cost_nothing() -> None:
    """A hundred thousand rows with a format and no content are not there for the reader."""
    form = """
    [Form]
      | A   | B
    1 | Ref | Level
    2 | A1  | 2
    """
    layout = layout_of(PLAIN.replace("[Ref]", "[Ref], nth: 1"), SMALL)
    padded = pictured(f"{form}formatted rows 3 to 100000")
    assert list(read_workbook(padded).sheets[0].rows) == [1, 2]
    start = time.process_time()
    found = read_assessment(padded, SMALL, name="", layouts=[layout]).response("A1", "level")
    assert found.level == 2
    assert time.process_time() - start < 5


def test_blank_rows_end_nothing() -> None:
    """A table goes on below five thousand blank rows, and what is carried still holds."""
    check(
        """\
tables:
  - rows: criteria
    parts: {section: {header: [Section], carry: true}}
    id: {header: [Nr], compose: "{section}{number}", pattern: "^(?P<number>[0-9])"}
    answers: {level: {header: [Level]}}
""",
        """
        [Form]
             | A       | B  | C
        1    | Section | Nr | Level
        2    | A       | 1  | 2
        5003 |         | 2  | 3
        """,
        """
        A1 level: 2, in Form!C2
        A2 level: 3, in Form!C5003
        """,
    )
