"""What is refused because it could not be worked out in any reasonable time."""

from __future__ import annotations

import time

import pytest

from maturity.reading.rubric_file import check_rubric_source

HEAD = """\
rubric: small
version: "1"
title: Small
status: final
levels: [{value: 1, label: Low}, {value: 2, label: High}]
ratings: {agreed: {title: Agreed, scored: true}}
"""
CRITERION = "{id: LG1, title: a, levels: {1: a, 2: b}"


def many_facets() -> str:
    """Thirty facets of two members: a thousand million scores."""
    facets = "".join(
        f"  f{n}: {{title: x, members: {{A: {{title: x}}, B: {{title: x}}}}}}\n" for n in range(30)
    )
    places = ", ".join(f"f{n}: [A, B]" for n in range(30))
    names = ", ".join(f"f{n}" for n in range(30))
    return (
        f"{HEAD}facets:\n{facets}domains:\n"
        f"  - {{id: LG, title: x, criteria: [{CRITERION}, facets: {{{places}}}}}]}}\n"
        f"scoring: {{rollups: [{{score: x, by: [{names}], method: mean}}]}}\n"
    )


def many_rules() -> str:
    """Three thousand criteria under three thousand roll-ups."""
    criteria = ", ".join(f"A{n}" for n in range(3000))
    rules = ", ".join(f"{{score: x{n}, by: [], method: mean}}" for n in range(3000))
    return (
        f"{HEAD}domains: [{{id: LG, title: x, criteria: [{criteria}]}}]\n"
        f"scoring: {{rollups: [{rules}]}}\n"
    )


def many_conditions() -> str:
    """Four thousand conditions on three thousand criteria."""
    criteria = ", ".join(f"A{n}" for n in range(3000))
    rows = ", ".join("{when: {at_least: 1}, then: 1}" for _ in range(4000))
    return (
        f"{HEAD}domains: [{{id: LG, title: x, criteria: [{criteria}]}}]\n"
        f"scoring: {{rollups: [{{score: x, by: [], method: table, rows: [{rows}]}}]}}\n"
    )


@pytest.mark.parametrize("make", [many_facets, many_rules, many_conditions])
def test_too_much_is_refused_before_it_is_tried(make: object) -> None:
    """The sizes are counted, and nothing is made."""
    assert callable(make)
    text = make()
    start = time.perf_counter()
    issues = check_rubric_source(text.encode())[1]
    assert time.perf_counter() - start < 10
    assert [issue.code.value for issue in issues if issue.severity == "error"] == ["value-wrong"]


def test_a_container_that_no_id_shows_is_no_place() -> None:
    """A facet found in ids has the members that ids show, and no others."""
    text = (
        f"{HEAD}facets:\n"
        "  step: {title: x, from_id: '[0-9]'}\n"
        "  part: {title: x, members: {P: {title: x, within: {step: S9}}}}\n"
        f"domains: [{{id: LG, title: x, criteria: [{CRITERION}, facets: {{part: P}}}}]}}]\n"
        "scoring:\n  rollups:\n    - {score: part, method: mean}\n"
        "    - {score: x, of: part, by: [step], method: mean}\n"
    )
    codes = [issue.code.value for issue in check_rubric_source(text.encode())[1]]
    assert codes == ["facet-unknown"]
