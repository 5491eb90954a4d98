"""Conditions, tables, ladders and what roll-ups leave out, as one changed roll-up after another.

Each case shows the code and the beginning of the text to which the problem points.
"""

from __future__ import annotations

import pytest

from maturity.issues import FileLocation
from maturity.reading.rubric_file import check_rubric_source

HEAD = """\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: High}]
answer_sets:
  yes_no: {levels: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]}
facets:
  step: {title: Step, from_id: "^[A-Z]+([0-9])"}
  theme: {title: Theme, members: {T1: {title: T}, T2: {title: T}}}
ratings: {agreed: {title: Agreed, scored: true}, limit: {title: Limit}}
domains:
  - id: LG
    title: Leadership
    criteria: [LG1, {id: LG2, title: Money, facets: {theme: T1}, answers: yes_no}]
  - id: CV
    title: Voice
    criteria: [{id: CV1, title: Forum, facets: {theme: T2}}]
scoring:
  rollups:
    - {score: domain, method: mean}
    - {score: theme, method: mean}
"""


def shown(text: str) -> list[str]:
    """Check a rubric; give each issue as its code and the text that it points to."""
    lines = text.split("\n")
    found = []
    for issue in check_rubric_source(text.encode())[1]:
        place = issue.location
        assert isinstance(place, FileLocation)
        assert place.line is not None
        assert place.column is not None
        assert issue.message.endswith(".")
        assert issue.remedy.endswith((".", "?"))
        there = lines[place.line - 1][place.column - 1 :]
        found.append(f"{issue.code.value} @ {there[:12].strip()}")
    return [each for each in found if not each.startswith("descriptor-missing")]


def test_the_small_rubric_has_no_descriptors_and_nothing_else() -> None:
    """Ids alone stand for criteria whose texts are in the workbook; that is said once."""
    issues = check_rubric_source(HEAD.encode())[1]
    assert [issue.code.value for issue in issues] == ["descriptor-missing"]
    assert "The same goes for 2 more." in issues[0].message


SOUND = [
    "method: points, weights: criterion",
    "method: points",
    "method: count, counts: {at_least: 2}",
    "method: share, counts: {is: [2]}",
    "method: table, rows: [{when: {at_least: 2}, then: 1}, {then: 0}]",
    "method: table, rows: [{when: {of: domain, items: [LG], at_least: 2}, then: 1}]",
    "method: table, rows: [{when: {at_least: {LG1: 2, CV1: 1}}, then: 1}]",
    "method: table, rows: [{when: {of: domain, at_least: {LG: 2}}, then: 1}]",
    "method: table, rows: [{when: {of: theme, where: {theme: T1}, need: {share: 0.5}}, then: 1}]",
    "method: table, rows: [{when: {all_of: [{need: {count: 1}, at_most: 1}]}, then: 1}]",
    "method: table, rows: [{when: {not: {any_of: [{is: [1]}]}, where: {rating: limit}}, then: 1}]",
    "method: ladder, ladder: {along: step, reached: {at_least: 2}}",
    "method: mean, gates: [{when: {items: [LG1], at_most: 1}, at_most: 1, because: Low.}]",
    "method: mean, where: {theme: [T1, T2]}, leave_out: [LG1]",
    "method: mean, where: {step: 1}",
    "method: mean, limit: limit",
    "method: mean, limit: 3, at_least: 0, at_most: 5",
    "method: mean, bands: [{from: 0, label: A}, {from: 9, label: B}]",
    "of: domain, method: mean, leave_out: [CV]",
    "of: domain, method: mean, where: {domain: [LG]}",
    "of: domain, method: points",
    "method: sum, weights: criterion",
    "method: weighted-mean, weights: limit",
    "method: weighted-mean, weights: {domain: {LG: 1, CV: 0}}",
    "of: domain, method: weighted-mean, weights: {domain: {LG: 1, CV: 2}}",
    "ratings: [agreed, limit], method: points, weights: {rating: {agreed: 1, limit: 2}}",
]


@pytest.mark.parametrize("rule", SOUND)
def test_what_the_language_allows_is_sound(rule: str) -> None:
    """Nothing that can be scored is refused."""
    assert shown(f"{HEAD}    - {{score: x, by: [], {rule}}}\n") == []


WRONG = [
    ("method: table", ["key-missing @ {score: x, b"]),
    ("method: ladder", ["key-missing @ {score: x, b"]),
    ("method: share", ["key-missing @ {score: x, b"]),
    ("method: mean, rows: [{then: 1}]", ["unused @ rows: [{then"]),
    ("method: mean, counts: {is: [1]}", ["unused @ counts: {is:"]),
    ("method: count, counts: {items: [LG1]}", ["value-wrong @ {items: [LG1"]),
    ("method: count, counts: {at_least: {LG1: 1}}", ["value-wrong @ {at_least: {"]),
    ("method: table, rows: [{then: 1}, {then: 2}, {then: 3}]", ["unused @ {then: 2}, {"]),
    ("method: mean, where: {them: T1}", ["facet-unknown @ them: T1}}"]),
    ("method: mean, where: {theme: [T1, T3]}", ["facet-unknown @ T3]}}"]),
    ("method: mean, where: {theme: T3}", ["facet-unknown @ T3}}"]),
    ("method: mean, where: {step: 7}", ["facet-unknown @ 7}}"]),
    ("method: mean, where: {rating: limit}", ["facet-unknown @ rating: limi"]),
    ("method: mean, leave_out: [LG9]", ["criterion-unknown @ LG9]}"]),
    ("method: mean, limit: limt", ["rating-unknown @ limt}"]),
    ("of: domain, method: mean, limit: limit", ["value-wrong @ limit}"]),
    ("method: mean, at_least: 5, at_most: 4", ["value-wrong @ 5, at_most:"]),
    (
        "method: mean, bands: [{from: 2, label: A}, {from: 1, label: a}]",
        ["band-order @ 1, label: a}", "id-duplicate @ a}]}"],
    ),
    ("method: ladder, ladder: {along: stp, reached: {}}", ["facet-unknown @ stp, reached"]),
    ("method: ladder, ladder: {along: rating, reached: {}}", ["facet-unknown @ rating, reac"]),
    ("method: ladder, ladder: {along: step, reached: {items: [X]}}", ["criterion-unknown @ X]}}}"]),
    ("method: table, rows: [{when: {of: domian}, then: 1}]", ["rollup-unknown @ domian}, the"]),
    ("method: table, rows: [{when: {of: x}, then: 1}]", ["rollup-unknown @ x}, then: 1}"]),
    (
        "method: table, rows: [{when: {ratings: [agred]}, then: 1}]",
        ["rating-unknown @ agred]}, the"],
    ),
    (
        "method: table, rows: [{when: {of: domain, ratings: [agreed]}, then: 1}]",
        ["unused @ ratings: [ag"],
    ),
    (
        "method: table, rows: [{when: {at_least: {LG9: 1}}, then: 1}]",
        ["criterion-unknown @ LG9: 1}}, th"],
    ),
    (
        "method: table, rows: [{when: {of: domain, at_least: {XX: 1}}, then: 1}]",
        ["criterion-unknown @ XX: 1}}, the"],
    ),
    (
        "method: table, rows: [{when: {of: domain, items: [XX]}, then: 1}]",
        ["criterion-unknown @ XX]}, then:"],
    ),
    (
        "method: table, rows: [{when: {of: domain, where: {step: 1}}, then: 1}]",
        ["facet-unknown @ 1}}, then: 1"],
    ),
    (
        "method: table, rows: [{when: {is: [1], not: {is: [2]}}, then: 1}]",
        ["value-wrong @ {is: [1], no"],
    ),
    (
        "method: mean, gates: [{when: {all_of: [{items: [X]}]}, at_most: 1, because: x}]",
        ["criterion-unknown @ X]}]}, at_mo"],
    ),
    ("method: mean, regroup: {LG1: {theme: T1}}", ["facet-unknown @ theme: T1}}}"]),
    ("of: domain, method: mean, leave_out: [XX]", ["criterion-unknown @ XX]}"]),
    ("of: domain, method: mean, where: {step: 1}", ["facet-unknown @ 1}}"]),
    ("of: domain, method: points, weights: criterion", ["weight-pointless @ points, weig"]),
    ("method: mean, weights: {domain: {LG: 1, CV: 2}}", ["weight-pointless @ weights: {do"]),
    ("method: sum, weights: agreed", ["value-wrong @ agreed}"]),
    ("method: weighted-mean, weights: [limit, limt]", ["facet-unknown @ limt]}"]),
    ("of: domain, method: weighted-mean, weights: limit", ["weight-pointless @ weighted-mea"]),
    ("method: weighted-mean, weights: {domian: {LG: 1}}", ["facet-unknown @ domian: {LG:"]),
    ("method: weighted-mean, weights: {domain: {LG: 1}}", ["key-missing @ domain: {LG:"]),
    (
        "method: weighted-mean, weights: {domain: {LG: 0, CV: 0, XX: 0}}",
        ["weight-pointless @ domain: {LG:", "facet-unknown @ XX: 0}}}"],
    ),
    (
        "method: weighted-mean, weights: {theme: {T1: 1, T2: 2}}",
        ["facet-unknown @ theme: {T1:"],
    ),
    (
        "of: domain, method: weighted-mean, weights: {step: {1: 1, 2: 2}}",
        ["facet-unknown @ {1: 1, 2: 2}"],
    ),
    ("method: sum, over: domain", ["value-wrong @ domain}"]),
    ("method: sum, over: domian", ["rollup-unknown @ domian}"]),
    (
        "method: table, rows: [{when: {need: {shar: 0.5}}, then: 1}]",
        ["key-missing @ need: {shar:", "key-missing @ need: {shar:", "key-unknown @ shar: 0.5}},"],
    ),
]


@pytest.mark.parametrize("lowest", [-1, 0])
def test_weights_that_are_answers_are_never_below_0(lowest: int) -> None:
    """Nor may they all be 0, because nothing would be weighed."""
    scale = f"answer_sets:\n  matters: {{levels: [{{value: {lowest}, label: Little}}]}}\n"
    text = HEAD.replace("answer_sets:\n", scale)
    text = text.replace("{title: Limit}", "{title: Limit, answers: matters}")
    text = text.replace("answers: yes_no}", "answers: {agreed: yes_no}}")
    rule = "{score: x, by: [], method: weighted-mean, weights: limit}"
    assert shown(f"{text}    - {rule}\n")[-1:] == ["value-wrong @ limit}"]


def test_answer_sets_by_rating_are_those_of_known_ratings() -> None:
    """A criterion may have a set of its own under one rating, and the usual one under others."""
    text = HEAD.replace("answers: yes_no}", "answers: {agreed: yes_no}}")
    assert shown(text) == []
    wrong = HEAD.replace("answers: yes_no}", "answers: {agred: yes_no, limit: yesno}}")
    assert shown(wrong) == ["rating-unknown @ agred: yes_n", "value-wrong @ yesno}}]"]


def test_what_a_table_gives_is_not_divided() -> None:
    """A row's score is a name as much as a number."""
    rule = "{score: x, by: [domain], method: table, rows: [{then: 1}], over: domain}"
    assert shown(f"{HEAD}    - {rule}\n") == ["value-wrong @ over: domain"]


@pytest.mark.parametrize(("rule", "expected"), WRONG)
def test_what_cannot_be_scored_is_refused(rule: str, expected: list[str]) -> None:
    """Names are known, tests have one meaning, and every method has what it needs."""
    assert shown(f"{HEAD}    - {{score: x, by: [], {rule}}}\n") == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("by: [theme], method: mean, regroup: {LG1: {theme: T1}}", []),
        ("by: [theme], method: mean, regroup: {LG1: {theme: T9}}", ["facet-unknown @ T9}}}"]),
        (
            "by: [theme], method: mean, regroup: {LG9: {theme: T1}}",
            ["criterion-unknown @ LG9: {theme:"],
        ),
        ("of: domain, by: [theme], method: mean", []),
        ("of: domain, by: [step], method: mean", ["facet-unknown @ [step], meth"]),
        ("of: domain, by: [theme], method: mean, regroup: {CV: {theme: T1}}", []),
        ("of: domain, by: [rating], method: mean", ["facet-unknown @ [rating], me"]),
        (
            "by: [rating], method: mean, regroup: {LG1: {rating: limit}}",
            ["facet-unknown @ rating: limi"],
        ),
    ],
)
def test_groups_that_things_are_moved_to(rule: str, expected: list[str]) -> None:
    """What is moved, and where to, is known; each score is in one group."""
    text = HEAD.replace(
        "criteria: [LG1, {", "criteria: [{id: LG1, title: a, facets: {theme: T1}}, {"
    )
    assert shown(f"{text}    - {{score: x, {rule}}}\n") == expected


@pytest.mark.parametrize(
    ("overall", "expected"),
    [
        ("gates: [{when: {of: domain, items: [LG], at_most: 1}, at_most: 1, because: x}]", []),
        (
            "gates: [{when: {of: domain, items: [XX]}, at_most: 1, because: x}]",
            ["criterion-unknown @ XX]}, at_mos"],
        ),
        ("gates: [{when: {of: what}, at_most: 1, because: x}]", ["rollup-unknown @ what}, at_mo"]),
    ],
)
def test_gates_on_the_overall_score(overall: str, expected: list[str]) -> None:
    """They may look at every roll-up."""
    assert shown(f"{HEAD}  overall: {{of: domain, method: mean, {overall}}}\n") == expected


ROWS = '{value: 0, label: "No"}, {value: 1, label: "Yes"}]'
MANY = ", ".join(f"a{number}" for number in range(12000))
PATTERN = '"^[A-Z]+([0-9])"'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (PATTERN, '"([A-Z]+)([0-9])"', ['value-wrong @ "([A-Z]+)([0']),
        (PATTERN, '"([A-Z]+)*"', ['value-wrong @ "([A-Z]+)*"}']),
        (PATTERN, '"^X"', ["unused @ step: {title"]),
        (
            PATTERN,
            '"[A-Z]+", members: {LG: {title: x}}',
            ["facet-unknown @ CV1, title:"],
        ),
        (
            "{score: theme, method: mean}",
            "{score: theme, method: mean, where: {step: 9}}",
            ["facet-unknown @ 9}}"],
        ),
        ("answers: yes_no", "answers: yes_on", ["unused @ yes_no: {lev", "value-wrong @ yes_on}]"]),
        (", answers: yes_no", "", ["unused @ yes_no: {lev"]),
        ("title: Limit", "title: Limit, answers: marks", ["value-wrong @ marks}}"]),
        (ROWS, ROWS + ', forms: ["{label}"]', []),
        (ROWS, ROWS + ", forms: [x]", ["level-ambiguous @ x]}"]),
        (
            ROWS,
            "{value: 1, label: A}, {value: 0, label: a}]",
            ["level-order @ 0, label: a}", "id-duplicate @ a}]}"],
        ),
        (
            ROWS,
            "{value: 1, label: A, aliases: ['2']}, {value: 2, label: B}]",
            ["level-ambiguous @ {value: 2, l"],
        ),
        (ROWS, f"{{value: 1, label: A, aliases: [{MANY}]}}]", ["value-wrong @ [{value: 1,"]),
        (
            "status: final",
            'status: final\nanswers: {blank: ["Yes", " "]}',
            ['level-ambiguous @ "Yes", " "]}', 'value-wrong @ " "]}'],
        ),
        ("title: Money,", "title: Money, levels: {0: a, 1: b},", []),
        (
            "title: Money,",
            "title: Money, levels: {1: a, 2: b},",
            ["descriptor-unknown @ 2: b}, facet"],
        ),
        ("title: Agreed,", "title: Agreed, answers: yes_no,", []),
    ],
)
def test_answer_sets_and_members_shown_by_ids(old: str, new: str, expected: list[str]) -> None:
    """Scales of their own are checked as the rubric's levels are, and patterns cannot run on."""
    assert old in HEAD
    assert shown(HEAD.replace(old, new)) == expected


def test_patterns_are_limited_in_number() -> None:
    """Each is matched with each id, so there may not be thousands."""
    facets = "".join(f"  f{n}: {{title: x, from_id: '[A-Z]'}}\n" for n in range(20))
    text = HEAD.replace("ratings: {", f"{facets}ratings: {{")
    assert shown(text) == ["unused @ f19: {title:", "value-wrong @ '[A-Z]'}"]


def test_a_pattern_that_is_refused_is_not_used() -> None:
    """What its members are cannot be known, so nothing more is said about them."""
    text = (
        HEAD.replace(PATTERN, '"(a+)+"')
        + "    - {score: x, by: [], method: mean, where: {step: 9}}\n"
    )
    assert shown(text) == ['value-wrong @ "(a+)+"}']


def test_weights_without_a_scored_rating_are_checked_all_the_same() -> None:
    """Nothing is scored, which is said; the weights, which are another rating's, are no fault."""
    text = (
        f"{HEAD}    - {{score: late, of: criterion, by: [domain], method: sum, weights: limit}}\n"
    )
    assert shown(text.replace(", scored: true", "")) == ["rating-scored @ {agreed: {ti"]
