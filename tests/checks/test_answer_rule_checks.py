"""Answer rules and conditions on the cover, as one changed rubric after another.

Each case shows the code and the beginning of the text to which the problem points.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from maturity.checks.covers import check_covers
from maturity.issues import FileLocation, Issue
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
"""
MEAN = "  rollups: [{score: domain, method: mean}]\n"


def shown(issues: tuple[Issue, ...], text: str) -> list[str]:
    """Give each issue as its code and the text that it points to."""
    lines = text.split("\n")
    found = []
    for issue in issues:
        place = issue.location
        assert isinstance(place, FileLocation)
        assert place.line is not None
        assert place.column is not None
        assert issue.message.endswith(".")
        assert issue.remedy.endswith((".", "?"))
        there = lines[place.line - 1][place.column - 1 :]
        found.append(f"{issue.severity.value} {issue.code.value} @ {there[:12].strip()}")
    return [each for each in found if "descriptor-missing" not in each]


def checked(rule: str) -> list[str]:
    """Check a rubric with one answer rule."""
    text = f"{HEAD}  answer_rules: [{{{rule}, because: Why.}}]\n{MEAN}"
    return shown(check_rubric_source(text.encode())[1], text)


OUT = "then: not_applicable"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (f"items: [LG1], when: {{items: [LG2], at_most: 0}}, {OUT}", []),
        (f"where: {{theme: T1}}, when: {{metadata: {{scope: [A, 2]}}}}, {OUT}", []),
        ("items: [LG1], when: {items: [CV1], at_least: 2}, then: {answer: 2}", []),
        # names
        (f"items: [LG9], when: {{items: [LG2]}}, {OUT}", ["error criterion-unknown @ LG9], when:"]),
        (
            f"where: {{them: T1}}, when: {{items: [LG1]}}, {OUT}",
            ["error facet-unknown @ them: T1}, w"],
        ),
        (
            f"where: {{theme: T3}}, when: {{items: [LG1]}}, {OUT}",
            ["error facet-unknown @ T3}, when: {"],
        ),
        (
            f"where: {{rating: limit}}, when: {{items: [LG1]}}, {OUT}",
            ["error facet-unknown @ rating: limi"],
        ),
        (
            f"items: [LG1], ratings: [agred], when: {{items: [LG2]}}, {OUT}",
            ["error rating-unknown @ agred], when"],
        ),
        (
            f"items: [LG1], ratings: [], when: {{items: [LG2]}}, {OUT}",
            ["error value-wrong @ [], when: {i"],
        ),
        (
            f"items: [LG1], when: {{items: [CV9]}}, {OUT}",
            ["error criterion-unknown @ CV9]}, then:"],
        ),
        (
            f"items: [LG1], when: {{any_of: [{{items: [CV1], ratings: [x]}}]}}, {OUT}",
            ["error rating-unknown @ x]}]}, then:"],
        ),
        (
            f"items: [LG1], when: {{of: domain, at_most: 1}}, {OUT}",
            ["error rollup-unknown @ domain, at_m"],
        ),
        # levels
        (
            "where: {domain: LG}, when: {items: [CV1]}, then: {answer: 1}",
            [],
        ),
        (
            "where: {domain: LG}, when: {items: [CV1]}, then: {answer: 2}",
            ["error value-wrong @ 2}, because:"],
        ),
        (
            "items: [CV1], when: {items: [LG1]}, then: {answer: 3, replace: true}",
            ["error value-wrong @ 3, replace:"],
        ),
        # a rule that would look at what it changes
        (
            f"items: [LG1, LG2], when: {{items: [LG2], at_most: 0}}, {OUT}",
            ["error value-wrong @ {items: [LG2"],
        ),
        (f"items: [LG1], when: {{at_most: 1}}, {OUT}", ["error value-wrong @ {at_most: 1}"]),
        (
            f"items: [LG1], when: {{not: {{at_least: {{LG1: 1}}}}}}, {OUT}",
            ["error value-wrong @ {at_least: {"],
        ),
        (f"items: [LG1], when: {{not: {{at_least: {{CV1: 1}}}}}}, {OUT}", []),
        (
            f"items: [LG1], ratings: [limit], when: {{items: [LG1], ratings: [agreed]}}, {OUT}",
            [],
        ),
        (
            f"items: [LG1], ratings: [limit], when: {{where: {{rating: agreed}}}}, {OUT}",
            ["query unused @ {where: {rat"],
        ),
        # no effect
        (
            f"items: [LG1], where: {{theme: T1}}, when: {{items: [CV1]}}, {OUT}",
            ["query unused @ {items: [LG1"],
        ),
        (
            f"items: [LG1], when: {{items: [CV1], where: {{theme: T1}}}}, {OUT}",
            ["query unused @ {items: [CV1"],
        ),
        (
            f"items: [LG1], when: {{items: [CV1], at_least: 3}}, {OUT}",
            ["query unused @ {items: [CV1"],
        ),
        (
            f"items: [LG1], when: {{items: [CV1], is: [0, 5]}}, {OUT}",
            ["query unused @ {items: [CV1"],
        ),
        (f"items: [LG1], when: {{at_least: {{CV1: 5}}}}, {OUT}", ["query unused @ {at_least: {"]),
        (
            f"items: [LG1], when: {{items: [CV1], at_most: 0}}, {OUT}",
            ["query unused @ {items: [CV1"],
        ),
        (f"items: [LG1], when: {{items: [CV1], at_most: 0, missing: passes}}, {OUT}", []),
        (f"items: [LG1], when: {{items: [CV1], at_most: 0, need: none}}, {OUT}", []),
        (
            f"items: [LG1], when: {{all_of: [{{items: [CV1]}}, {{items: [CV1], at_most: 0}}]}}, {OUT}",
            ["query unused @ {all_of: [{i"],
        ),
        (
            f"items: [LG1], when: {{any_of: [{{items: [CV1], at_most: 0}}]}}, {OUT}",
            ["query unused @ {any_of: [{i"],
        ),
        (f"items: [LG1], when: {{not: {{items: [CV1], at_most: 0}}}}, {OUT}", []),
        # the cover and something else
        (
            f"items: [LG1], when: {{metadata: {{scope: [A]}}, at_most: 1}}, {OUT}",
            ["error value-wrong @ {metadata: {"],
        ),
        (
            f"items: [LG1], when: {{metadata: {{scope: [A]}}, not: {{items: [CV1]}}}}, {OUT}",
            ["error value-wrong @ {metadata: {"],
        ),
    ],
)
def test_a_wrong_answer_rule_is_named_with_its_place(rule: str, expected: list[str]) -> None:
    """Unknown names, levels of another scale, circles and rules without effect."""
    assert checked(rule) == expected


@pytest.mark.parametrize(
    ("rollup", "expected"),
    [
        ("missing: {count_as: limit}, not_applicable: {count_as: limit}", []),
        ("missing: {count_as: limi}", ["error rating-unknown @ limi}}]"]),
        ("not_applicable: {count_as: limi}", ["error rating-unknown @ limi}}]"]),
        ("power: 2", ["error unused @ power: 2}]"]),
        ("gates: [{when: {metadata: {scope: [A]}}, at_most: 1, because: x}]", []),
    ],
)
def test_what_stands_in_is_a_number_or_a_rating(rollup: str, expected: list[str]) -> None:
    """Stand-ins by rating need that rating; a key of another method has no effect."""
    text = f"{HEAD}  rollups:\n    [{{score: domain, method: mean, {rollup}}}]\n"
    assert shown(check_rubric_source(text.encode())[1], text) == expected


def test_scores_have_no_rating_to_stand_in() -> None:
    """A roll-up of scores and the overall score can count numbers only."""
    text = f"""{HEAD}  rollups:
    - {{score: domain, method: mean}}
    - {{score: all, by: [], of: domain, method: power-mean, missing: {{count_as: limit}}}}
    - {{score: none, by: [], method: count, counts: {{metadata: {{scope: [A]}}}}}}
  overall: {{of: domain, method: mean, missing: {{count_as: limit}}}}
"""
    assert shown(check_rubric_source(text.encode())[1], text) == [
        "error key-missing @ {score: all,",
        "error value-wrong @ limit}}",
        "error value-wrong @ {metadata: {",
        "error value-wrong @ limit}}",
    ]


LAYOUT = """\
layout: form
title: A form
metadata: {scope: {label: [Scope]}}
tables:
  - {rows: criteria, id: {header: [Ref]}, answers: {agreed: {header: [Agreed]}}}
"""
ON_COVER = f"""\
{HEAD}  answer_rules:
    - {{items: [LG1], when: {{metadata: {{scope: [A]}}}}, {OUT}, because: x}}
    - {{items: [LG1], when: {{metadata: {{scop: [A]}}}}, {OUT}, because: x}}
  rollups:
    - {{score: domain, method: mean, gates: [{{when: {{metadata: {{size: [A]}}}}, at_most: 1, because: x}}]}}
  overall: {{of: domain, method: mean, gates: [{{when: {{metadata: {{area: [A]}}}}, at_most: 1, because: x}}]}}
"""


def test_a_value_of_the_cover_that_no_layout_finds_is_asked_about(tmp_path: Path) -> None:
    """Our own template's cover counts as well; without layouts nothing can be known."""
    assert shown(check_rubric_source(ON_COVER.encode())[1], ON_COVER) == []
    (tmp_path / "layouts").mkdir()
    (tmp_path / "rubric.yaml").write_text(ON_COVER, encoding="utf-8")
    (tmp_path / "layouts" / "form.yaml").write_text(LAYOUT, encoding="utf-8")
    rubric, issues = check_rubric_source(tmp_path)
    assert rubric is not None
    assert shown(issues, ON_COVER) == ["query unused @ scop: [A]}},", "query unused @ size: [A]}},"]


def test_a_layout_without_a_cover_says_nothing_of_it() -> None:
    """With no values known at all, none can be called unknown."""
    rubric = check_rubric_source(ON_COVER.encode())[0]
    assert rubric is not None
    assert list(check_covers(rubric, ())) == []


def test_too_many_rules_are_refused_before_they_are_tried() -> None:
    """Conditions times answers are counted, and nothing is worked out."""
    criteria = ", ".join(f"A{n}" for n in range(3000))
    rules = ", ".join(
        f"{{items: [A0], when: {{items: [A1]}}, {OUT}, because: x}}" for _ in range(2000)
    )
    text = HEAD[: HEAD.index("domains:")] + (
        f"domains: [{{id: LG, title: x, criteria: [{criteria}]}}]\n"
        f"scoring:\n  answer_rules: [{rules}]\n{MEAN}"
    )
    codes = [i.code.value for i in check_rubric_source(text.encode())[1] if i.severity == "error"]
    assert codes == ["value-wrong"]
