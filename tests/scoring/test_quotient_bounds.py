"""Bounds of quotients and of weights next to 0, worked by hand and against every completion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from random_rules import Answer, answers, completions, return_of, rubrics

from maturity.assessment import Assessment, Response, State
from maturity.reading.rubric_file import load_rubric
from maturity.result import Score
from maturity.rubric import Rubric
from maturity.scoring.engine import score
from maturity.scoring.grain import grain_of
from maturity.scoring.plan import plan_for

RUBRIC = """
rubric: next-to-nothing
version: "1"
title: Next to nothing
status: draft
levels: [{{value: 0, label: None}}, {{value: 1, label: Some}}, {{value: 2, label: All}}]
facets: {{half: {{title: Half, members: {{H1: {{title: One}}, H2: {{title: Two}}}}}}}}
ratings: {{agreed: {{title: Agreed, scored: true}}, spare: {{title: Spare}}}}
domains:
  - id: A
    title: A
    criteria:
      - {{id: A1, title: One, weight: 1, facets: {{half: H1}}}}
      - {{id: A2, title: Two, weight: 3, facets: {{half: H2}}}}
scoring:
  rollups: [{rollups}]
"""


def made(rollups: str) -> Rubric:
    """Make the rubric with some roll-ups."""
    return load_rubric(RUBRIC.format(rollups=rollups).encode())


def scored(rubric: Rubric, first: int | None, second: int | None) -> Score:
    """Score A1 and A2, with nothing under the spare rating, and give the last score."""
    responses = []
    for criterion, level in (("A1", first), ("A2", second)):
        state = State.BLANK if level is None else State.ANSWERED
        responses.append(Response(criterion, "agreed", state, level))
        responses.append(Response(criterion, "spare", State.BLANK))
    return score(Assessment(rubric, "made", "sha256:0", None, tuple(responses))).scores[-1]


NEXT_TO_ZERO = (
    # What A1 + A2, at most 2 + 2, is divided by; and the nearest to 0 that this can be, as 1 ÷ n.
    ("{score: d, by: [], where: {half: H1}, method: mean}", 1),
    ("{score: d, by: [], where: {half: H1}, method: mean, scale: {times: 0.5}}", 2),
    ("{score: d, by: [], where: {half: H1}, method: sum}", 1),
    ("{score: d, by: [], where: {half: H1}, method: mean, scale: {plus: -1}}", 1),
    ("{score: d, by: [], where: {half: H1}, method: mean, round: {mode: half-up}}", 1),
)


@pytest.mark.parametrize(("divisor", "n"), NEXT_TO_ZERO)
def test_divisor_that_may_be_near_zero_bounds_hold(divisor: str, n: int) -> None:
    """Not the highest divisor nor the lowest, but the one next to 0 makes the highest quotient."""
    rubric = made(f"{divisor}, {{score: q, by: [], method: sum, over: d}}")
    before = scored(rubric, None, 2)
    assert before.low is not None
    assert before.high is not None
    for level in (0, 1, 2):
        value = scored(rubric, level, 2).value
        assert value is None or before.low <= value <= before.high
    assert before.high == (2 + 2) * n


def test_group_without_a_divisor_has_no_quotient() -> None:
    """The divisor is made of H1 alone, so H2 has none, whatever is answered."""
    divisor = "{score: d, by: [half], where: {half: H1}, method: mean}"
    found = scored(made(f"{divisor}, {{score: q, by: [half], method: sum, over: d}}"), 1, 2)
    assert (found.id, found.low, found.value, found.high) == ("H2", None, None, None)


def test_unweighed_answer_is_left_out_although_missing_counts_as_lowest() -> None:
    """A1 and A2 are answered, and nobody said how much they matter: none counts as lowest."""
    rubric = made("{score: w, by: [], method: weighted-mean, weights: spare, missing: lowest}")
    found = scored(rubric, 1, 2)
    assert found.value is None
    assert [part.treatment for part in found.contributions] == ["left out", "left out"]


def test_weight_of_zero_takes_no_part_in_a_geometric_mean() -> None:
    """(0^0 × 2^3)^(1/3) = 2: what weighs nothing makes nothing 0."""
    rubric = made("{score: g, by: [], method: geometric-mean, weights: {half: {H1: 0, H2: 3}}}")
    found = scored(rubric, 0, 2)
    assert (found.low, found.value, found.high) == (2, 2, 2)


@settings(max_examples=200, deadline=None)
@given(rubrics(), answers(gaps=2))
def test_no_score_is_larger_or_finer_than_its_grain(
    rubric: Rubric, given_: tuple[Answer, ...]
) -> None:
    """Every value but 0 lies between 1 ÷ the highest denominator and the most that it can be."""
    groups = plan_for(rubric).groups
    for completion in completions(rubric, given_):
        for place, found in enumerate(score(return_of(rubric, completion)).scores):
            if found.value:
                grain = grain_of(rubric, place)
                most, least = float(grain.most), 1 / grain.finest
                assert least * (1 - 1e-9) <= abs(found.value) <= most * (1 + 1e-9), groups[place]
