"""Every fault that spans the fields of a layout: a piece of YAML → code, place and message.

The place is shown by the text that stands there in the file.
"""

from __future__ import annotations

import pytest

from maturity.issues import FileLocation, IssueCode
from maturity.reading.layout_file import check_layout_source
from maturity.reading.rubric_file import load_rubric

RUBRIC = load_rubric(
    b"""\
rubric: small
version: "1"
title: Small
status: draft
levels: [{value: 1, label: Low}, {value: 2, label: High}]
answer_sets: {yes_no: {levels: [{value: 0, label: "No"}, {value: 5, label: "Yes"}]}}
ratings:
  agreed: {title: Agreed, scored: true}
  doubt: {title: Doubt, answers: yes_no}
domains:
  - id: A
    title: A
    criteria: [{id: A1, title: Same, prompt: One?}, {id: A2, title: Same, prompt: Two?}]
scoring: {rollups: [{score: domain, method: mean}]}
"""
)
SOUND = """\
tables:
  - rows: criteria
    id: {header: [Ref]}
    answers: {agreed: {header: [Level]}}
"""
# What follows is put into the place of the column of answers in the layout above.
COLUMN = "{agreed: {header: [Level]}}"

Expected = list[tuple[str, str, str]]


def found(text: str) -> Expected:
    """Check a layout; give the code, the text at its place, and the message of each fault."""
    whole = f"layout: form\ntitle: Form\n{text}"
    lines = whole.split("\n")
    faults = []
    for issue in check_layout_source(whole.encode(), RUBRIC)[1]:
        place = issue.location
        assert isinstance(place, FileLocation)
        assert place.line is not None
        assert place.column is not None
        assert issue.remedy.endswith(".")
        faults.append((issue.code.value, lines[place.line - 1][place.column - 1 :], issue.message))
    return faults


def check(text: str, expected: Expected) -> None:
    """Compare faults; places and messages need only begin with, or hold, what is expected."""
    faults = found(text)
    assert [fault[0] for fault in faults] == [code for code, _, _ in expected], faults
    for (_, at, message), (_, place, part) in zip(faults, expected, strict=True):
        assert at.startswith(place)
        assert part in message


def table(more: str) -> str:
    """Give the sound layout with more keys in its table."""
    return SOUND + "".join(f"    {line}\n" for line in more.strip("\n").split("\n"))


def test_the_small_layout_is_sound() -> None:
    """What the tables below change has nothing wrong with it."""
    check(SOUND, [])


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("{}", [("key-missing", "agreed", "does not say where the column stands")]),
        (
            "{header: [Level], letter: B}",
            [("value-wrong", "{header", "in 2 ways where it stands: header and letter")],
        ),
        (
            "{header: [Level], letter: B, label: [Level]}",
            [("value-wrong", "{header", "in 3 ways")],
        ),
        ("{letter: B, under: [Now]}", [("unused", "under", '"under" has no effect')]),
        ("{letter: B, nth: 2}", [("unused", "nth", '"nth" has no effect without "header"')]),
        ("{letter: B, at: below}", [("unused", "at", '"at" has no effect without "label"')]),
        ("{label: [Level], down: 1}", [("unused", "down", '"down" has no effect with "label"')]),
        ("{label: [Level], at: below}", []),
        ("{header: [Level], down: 1, nth: 2, under: [Now]}", []),
        ("{header: [Level], answer_list: other}", [("answer-list-unknown", "other", '"other"')]),
        (
            "{header: [Level], words: {Fine: 3}}",
            [("level-off-scale", "3", "3 is not a level of the scale")],
        ),
        ("{header: [Level], words: {Fine: 2, None: blank, Never: not-applicable}}", []),
        (
            "{header: [Level], words: {Fine: 2, fine.: 1, FINE: 2}}",
            [("layout-ambiguous", "fine.", '"fine." means 1, and "Fine" means 2')],
        ),
        ("{header: [Level], drop_down: [1, 7]}", [("level-off-scale", "7]", "7 is not")]),
        ("{header: [Level], index: [blank, 8]}", [("level-off-scale", "8]", "8 is not")]),
        ("{header: [Level], index: in-order, drop_down: in-order}", []),
    ],
)
def test_columns(column: str, expected: Expected) -> None:
    """A column stands in one place, and its words mean what the rubric knows."""
    check(SOUND.replace(COLUMN, f"{{agreed: {column}}}"), expected)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("first_row: 9\nlast_row: 4", [("value-wrong", "4", "comes before the first row, 9")]),
        ("first_row: 4\nlast_row: 4", []),
        ("header_rows: [1, 12]", [("value-wrong", "[1, 12]", "more than ten rows apart")]),
        ("header_rows: [1, 10]", []),
        (
            'sheet_pattern: "(a+)+"',
            [("value-wrong", '"(a+)+"', "repeats a group, which can take for ever")],
        ),
        ('only: [{letter: A, pattern: "("}]', [("value-wrong", '"("', "not a regular")]),
        ("only: [{down: 1}]", [("key-missing", "{down", "does not say where the column stands")]),
        (
            "parts: {section: {letter: A}}",
            [("unused", "{header: [Ref]}", "no id is put together of them")],
        ),
        (
            'parts: {section: {is: A, letter: B}}\nstated: [{score: domain, header: [S], id: "{section}"}]',
            [("value-wrong", "{is: A", "in 2 ways where it stands: letter and is")],
        ),
        (
            'parts: {section: {sheet: true, header: [S]}}\nstated: [{score: domain, letter: C, id: "{section}"}]',
            [("value-wrong", "{sheet", "header and sheet")],
        ),
        (
            'stated: [{score: domain, letter: C, id: "{theme}"}]',
            [("value-wrong", '"{theme}"', 'the part "theme", which the table does not have')],
        ),
        (
            "stated: [{score: domains, letter: C}]",
            [("rollup-unknown", "domains", 'makes no score "domains"')],
        ),
        (
            "stated: [{score: criterion, rating: agred, letter: C}]",
            [("rating-unknown", "agred", 'no rating "agred"')],
        ),
        ("stated: [{score: criterion, letter: C}]", []),
        (
            "groups: [{}, {answers: {agreed: {letter: C}}}]\nnotes: {why: {letter: D, nth: 1}}",
            [("unused", "nth", "has no effect")],
        ),
        (
            "groups: [{notes: {why: {}}}, {answers: {agre: {letter: C}}}]",
            [("key-missing", "why", "does not say"), ("rating-unknown", "agre", '"agre"')],
        ),
        (
            "groups: [{stated: [{score: domain, rating: x, letter: C}]}]",
            [("rating-unknown", "x", 'no rating "x"')],
        ),
        (
            "groups: [{answers: {agreed: {letter: C, words: {a: 9}}}}]",
            [("level-off-scale", "9", "9 is not a level")],
        ),
        ("ids: {one: A9}", [("criterion-unknown", "A9", 'stands for criterion "A9"')]),
        ("required: [agreed, doubt]", [("rating-unknown", "doubt", "is required")]),
    ],
)
def test_tables(keys: str, expected: Expected) -> None:
    """Rows, parts, groups and stated scores of a table are told apart and known."""
    check(table(keys), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            SOUND.replace("{header: [Ref]}", "{header: [Ref], by: text}"),
            [("layout-ambiguous", "text", "A1 and A2 have the same text")],
        ),
        (
            SOUND.replace("{header: [Ref]}", '{header: [Ref], pattern: "(?=x)"}'),
            [("value-wrong", '"(?=x)"', "uses look-around")],
        ),
        (
            SOUND.replace("{header: [Ref]}", '{pattern: "("}'),
            [
                ("key-missing", "id:", "does not say where the column stands"),
                ("value-wrong", '"("', "is not a regular expression"),
            ],
        ),
        (
            SOUND.replace("{header: [Ref]}", '{letter: A, pattern: "(", compose: "{theme}"}'),
            [("value-wrong", '"("', "is not a regular expression")],
        ),
        (
            table("parts: {them: {is: A}}").replace("[Ref]}", '[Ref], compose: "{theme}{no}"}'),
            [("value-wrong", '"{theme}', '"theme"'), ("value-wrong", '"{theme}', '"no"')],
        ),
        (
            SOUND.replace(COLUMN, "{}"),
            [
                ("value-wrong", "tables", "No table holds criteria"),
                ("key-missing", "rows", "does not say where its answers stand"),
            ],
        ),
        (
            "tables:\n  - {rows: criteria, id: {header: [Ref]}, groups: [{}]}\n",
            [
                ("value-wrong", "tables", "No table holds criteria"),
                ("key-missing", "{}", "does not say where its answers stand"),
            ],
        ),
        (
            "fingerprint: {markers: [x]}\ntables:\n"
            "  - {rows: criteria, id: {letter: A}, answers: {agreed: {letter: B}}, header_rows: [1]}\n",
            [("unused", "header_rows", "the rows of the header have no effect")],
        ),
        (
            "tables:\n  - {rows: criteria, id: {letter: A}, answers: {agreed: {letter: B}}}\n",
            [("key-missing", "layout", "there is no fingerprint")],
        ),
        (
            "answers:\n  - {criterion: A1, rating: agreed, cell: Form!B2}\n",
            [("key-missing", "layout", "there is no fingerprint")],
        ),
        ("answers:\n  - {criterion: A1, rating: agreed, label: [Level]}\n", []),
        (
            SOUND
            + "  - rows: scores\n    id: {header: [Id]}\n    answers: {mean: {header: [M]}}\n",
            [
                ("key-missing", "rows", "does not say which scores they are"),
                ("value-wrong", "mean", "holds one figure in a row"),
            ],
        ),
        (
            SOUND
            + "  - {rows: scores, score: dom, id: {header: [Id]}, answers: {value: {header: [M]}}}\n",
            [("rollup-unknown", "dom", 'makes no score "dom"')],
        ),
        (
            SOUND
            + "  - {rows: scores, score: criterion, id: {header: [Id]}, ids: {x: A7}, answers: {value: {header: [M]}}}\n",
            [("criterion-unknown", "A7", 'criterion "A7"')],
        ),
        (
            SOUND
            + "  - {rows: scores, score: domain, id: {header: [Id]}, ids: {x: Any}, answers: {value: {header: [M]}}}\n",
            [("rollup-unknown", "Any", 'makes no score with the id "Any"')],
        ),
        (
            SOUND.replace(COLUMN, "{agreed: {header: [Level]}, doubt: {header: [Doubt]}}")
            + "    stated: [{score: criterion, header: [Counts]}]\n",
            [("key-missing", "{score", "does not say whose answers it counts")],
        ),
        (SOUND.replace("agreed", "doubt"), [("rating-scored", "tables", '"agreed"')]),
    ],
)
def test_whole_layouts(text: str, expected: Expected) -> None:
    """A layout says which workbook it is for, and where the answers that are scored stand."""
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("answer_lists: {levels: {}}", [("key-missing", "levels", "neither its words nor where")]),
        (
            "answer_lists: {levels: {words: {a: 1}, values: [1]}}",
            [("value-wrong", "values", 'The values belong to "cells"')],
        ),
        (
            "answer_lists: {levels: {cells: Lists!A1:A2, values: [1, 4]}}",
            [("level-off-scale", "4]", "4 is not a level")],
        ),
        ("answer_lists: {levels: {words: {a: 5}}}", [("level-off-scale", "5", "5 is not")]),
        ("answer_lists: {yes_no: {words: {a: 5}}}", []),
        (
            "answer_lists: {levels: {words: {a: 1, A: blank}}}",
            [("layout-ambiguous", "A", '"A" means blank, and "a" means 1')],
        ),
        ("answer_lists: {yes_no: {words: {a: 1}}}", [("level-off-scale", "1", "1 is not a level")]),
        (
            "answer_lists: {levels: {cells: A1:A2}}",
            [("value-wrong", "A1:A2", "on which sheet the cells are")],
        ),
        (
            "answer_lists: {levels: {cells: Words, values: B2}}",
            [("value-wrong", "B2", "on which sheet the cells are")],
        ),
        ("answer_lists: {levels: {cells: Words, values: Worth}}", []),
        ("answer_lists: {levels: {cells: Words, values: in-order}}", []),
        (
            "answer_lists: {others: {words: {a: 1}}}",
            [("unused", "others", 'names the answer list "others"')],
        ),
        (
            "answer_lists: {others: {words: {a: 6}}}\n"
            "answers: [{criterion: A2, rating: doubt, label: [D], answer_list: others}]",
            [("level-off-scale", "6", "6 is not a level")],
        ),
        (
            "answer_tables: [{sheets: [L], id: {letter: A}, words: [{letter: B}, {}], values: [{letter: D, nth: 2}]}]",
            [
                ("key-missing", "{}]", "does not say where"),
                ("value-wrong", "[{letter: D", "has 2 columns of words and 1 of values"),
                ("unused", "nth", "no effect"),
            ],
        ),
        (
            'answers_by_item: [{sheets: [Q], id: {letter: A, pattern: "("}, answer_list: {}}]',
            [
                ("value-wrong", '"("', "is not a regular expression"),
                ("key-missing", "answer_list", "does not say where"),
            ],
        ),
        (
            'answers_by_item: [{sheets: [Q], id: {compose: "{x}"}, answer_list: {letter: B}}]',
            [("value-wrong", '"{x}"', 'the part "x"')],
        ),
        (
            "answer_tables: [{sheets: [L], id: {letter: A}, words: [{letter: B}], values: [{letter: D}]}]\n"
            "answers: [{criterion: A2, rating: doubt, label: [D], answer_list: known-in-the-workbook}]",
            [],
        ),
    ],
)
def test_answer_lists(text: str, expected: Expected) -> None:
    """Lists of answers say where they stand, and count what the rubric knows."""
    check(f"{SOUND}{text}\n", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metadata: {area: {}}", [("key-missing", "area", "does not say where the value stands")]),
        (
            "metadata: {area: {label: [A], cell: Cover!A1}}",
            [("value-wrong", "{label", "by a label and in a cell")],
        ),
        ("metadata: {area: {cell: C4}}", [("value-wrong", "C4", '"C4" is not a cell of a sheet')]),
        ("metadata: {area: {cell: Cover!4}}", [("value-wrong", "Cover!4", "is not a cell")]),
        ("metadata: {area: {cell: Name_of_area}}", []),
        ("metadata: {area: {cell: \"'My cover'!C4\"}}", []),
        (
            "metadata: {area: {cell: Cover!C4, at: below, section: [S], sheets: [Cover]}}",
            [
                ("unused", "at", '"at" has no effect'),
                ("unused", "section", '"section"'),
                ("unused", "sheets", '"sheets"'),
            ],
        ),
        ('metadata: {area: {label: [A], pattern: "("}}', [("value-wrong", '"("', "not a regular")]),
        (
            "metadata: {area: {label: [A]}, team: {label: [a]}}",
            [("layout-ambiguous", "a]", "two values of the metadata")],
        ),
        ("metadata: {area: {label: [A]}, team: {label: [a], sheets: [Cover]}}", []),
        (
            "answers: [{criterion: A9, rating: agred, label: [A]}]",
            [("criterion-unknown", "A9", '"A9"'), ("rating-unknown", "agred", '"agred"')],
        ),
        (
            "answers: [{criterion: A1, rating: agreed, label: [A], words: {x: 4}}]",
            [("level-off-scale", "4", "4 is not a level")],
        ),
        (
            "answers: [{criterion: A1, rating: agreed, label: [A], answer_list: x}]",
            [("answer-list-unknown", "x", '"x"')],
        ),
        (
            "fingerprint: {cells: {A1: x}}",
            [("value-wrong", "A1", '"A1" is not a cell of a sheet')],
        ),
        (
            "fingerprint: {editions: ['1']}",
            [("unused", "editions", "does not say where the edition stands")],
        ),
        (
            "stated: [{score: domain, sheet: S, cells: {S!A1: A}}]",
            [("value-wrong", "S!A1", "is not the name of a cell")],
        ),
        (
            "stated: [{score: all, sheet: S, rating: other, cells: {A1: A}}]",
            [("rollup-unknown", "all", '"all"'), ("rating-unknown", "other", '"other"')],
        ),
        (
            "stated: [{score: criterion, sheet: S, cells: {A1: A9}}]",
            [("criterion-unknown", "A9", '"A9"')],
        ),
        ("stated: [{score: criterion, sheet: S, cells: {A1: A1}}]", []),
    ],
)
def test_single_places(text: str, expected: Expected) -> None:
    """Labels, fixed cells and stated scores are written so that they can be found."""
    check(f"{SOUND}{text}\n", expected)


def test_what_groups_share_is_told_once() -> None:
    """A fault of a shared column stands where the column stands, not at each group."""
    text = SOUND.replace("{header: [Ref]}", "{header: [Ref], letter: A}") + (
        "    groups: [{answers: {agreed: {letter: C}}}, {answers: {agreed: {letter: D}}}]\n"
    )
    check(text, [("value-wrong", "{header: [Ref], letter: A}", "in 2 ways")])


def test_a_list_that_is_not_declared_is_named() -> None:
    """The code is the one that the reader gives for a list that the workbook lacks."""
    text = SOUND.replace(COLUMN, "{agreed: {header: [Level], answer_list: level}}")
    assert found(text)[0][0] == IssueCode.ANSWER_LIST_UNKNOWN.value
