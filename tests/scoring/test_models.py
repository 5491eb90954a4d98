"""Rules of published models, against small implementations of their own.

The rubrics here declare the rules in the words of the language; the functions beside them compute
the same from the bare answers. Random answers must give the same result by both ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.assessment import Assessment, Response, State
from maturity.reading.rubric_file import load_rubric
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.scoring.engine import score

Answers = Mapping[str, int | None]


def result_of(rubric: Rubric, answers: Answers) -> Result:
    """Score bare answers; None is a blank."""
    responses = tuple(
        Response(criterion, rating, State.BLANK)
        if answers.get(criterion) is None
        else Response(criterion, rating, State.ANSWERED, answers[criterion])
        for criterion in rubric.criteria
        for rating in rubric.ratings
    )
    return score(Assessment(rubric, "random", "sha256:0", None, responses))


HEAD = """
rubric: model
version: "1"
title: A model
status: draft
levels: [{value: 0, label: None}, {value: 1, label: Partly}, {value: 2, label: Largely}, {value: 3, label: Fully}]
ratings: {answer: {title: Answer, scored: true}}
"""
STEPS = tuple(f"{domain}{step}{letter}" for domain in "AB" for step in "123" for letter in "xy")
LADDERS = load_rubric(
    (
        HEAD
        + """
facets:
  step: {title: Step, from_id: "[0-9]"}
domains:
  - {id: A, title: A, criteria: [A1x, A1y, A2x, A2y, A3x, A3y]}
  - {id: B, title: B, criteria: [B1x, B1y, B2x, B2y, B3x, B3y]}
scoring:
  rollups:
    - {score: domain, method: ladder, ladder: {along: step, reached: {at_least: 2}}}
    - {score: loose, by: [domain], method: ladder, ladder: {along: step, reached: {at_least: 2, need: {count: 1}, missing: skip}, cumulative: false}}
  overall: {of: domain, method: min}
"""
    ).encode()
)


def climbed(answers: Answers, domain: str) -> int:
    """Give the level of the C2M2: every practice of it and of every lower level is in place."""
    for step in "123":
        practices = [answers[name] for name in STEPS if name.startswith(domain + step)]
        if not all(value is not None and value >= 2 for value in practices):
            return int(step) - 1
    return 3


def loosely(answers: Answers, domain: str) -> int:
    """Give the highest step of which one practice is in place, whatever stands below it."""
    reached = [0]
    for step in "123":
        practices = [answers[name] for name in STEPS if name.startswith(domain + step)]
        if any(value is not None and value >= 2 for value in practices):
            reached.append(int(step))
    return max(reached)


def answers_to(names: Sequence[str]) -> st.SearchStrategy[dict[str, int | None]]:
    """Draw an answer to each question, sometimes none."""
    return st.fixed_dictionaries({name: st.sampled_from([None, 0, 1, 2, 3]) for name in names})


@settings(max_examples=1000)
@given(answers_to(STEPS))
def test_staged_levels_are_those_of_an_independent_count(answers: dict[str, int | None]) -> None:
    """Cumulative steps, as in the C2M2, and the least of them overall, as in the Essential Eight."""
    result = result_of(LADDERS, answers)
    levels = {domain: climbed(answers, domain) for domain in "AB"}
    assert {name: found.value for name, found in result.domains.items()} == levels
    assert result.overall is not None
    assert result.overall.value == min(levels.values())
    for domain in "AB":
        assert result.by_rollup["loose"][domain].value == loosely(answers, domain)


STATEMENTS = tuple(
    f"O{outcome}{group}{number}" for outcome in "12" for group in "apn" for number in "12"
)
OUTCOMES = load_rubric(
    (
        HEAD
        + """
facets:
  outcome: {title: Outcome, from_id: "^O[0-9]"}
  group: {title: Group, from_id: "[apn]"}
domains:
  - {id: All, title: All, criteria: [O1a1, O1a2, O1p1, O1p2, O1n1, O1n2, O2a1, O2a2, O2p1, O2p2, O2n1, O2n2]}
scoring:
  rollups:
    - score: outcome
      method: table
      rows:
        - {when: {where: {group: "n"}, at_least: 1, need: any}, then: 0, label: Not achieved}
        - {when: {where: {group: a}, at_least: 1}, then: 2, label: Achieved}
        - {when: {where: {group: p}, at_least: 1}, then: 1, label: Partially achieved}
        - {then: 0, label: Not achieved}
    - score: met
      by: []
      of: outcome
      method: table
      rows:
        - {when: {of: outcome, at_least: {O1: 2, O2: 1}}, then: 1, label: Met}
        - {then: 0, label: Not met}
    - score: one_met
      by: []
      of: outcome
      method: table
      rows:
        - {when: {any_of: [{of: outcome, items: [O1], is: [2]}, {of: outcome, where: {outcome: O2}, is: [2]}]}, then: 1}
        - {then: 0}
"""
    ).encode()
)


def classified(answers: Answers, outcome: str) -> tuple[int, str]:
    """Classify an outcome as the Cyber Assessment Framework's table does: all, some or none."""

    def share(group: str) -> str:
        given_ = [bool(answers[name]) for name in STATEMENTS if name[:3] == f"O{outcome}{group}"]
        return "all" if all(given_) else "some" if any(given_) else "none"

    if share("n") != "none":
        return 0, "Not achieved"
    if share("a") == "all":
        return 2, "Achieved"
    return (1, "Partially achieved") if share("p") == "all" else (0, "Not achieved")


@settings(max_examples=1000)
@given(answers_to(STATEMENTS))
def test_outcome_tables_are_those_of_an_independent_lookup(answers: dict[str, int | None]) -> None:
    """Each outcome by its first row that holds; a profile of least outcomes; either of two."""
    result = result_of(OUTCOMES, answers)
    first, second = (classified(answers, outcome) for outcome in "12")
    found = result.by_rollup["outcome"]
    assert (found["O1"].value, found["O1"].band) == first
    assert (found["O2"].value, found["O2"].band) == second
    assert result.by_rollup["met"]["met"].value == (first[0] >= 2 and second[0] >= 1)
    assert result.by_rollup["one_met"]["one_met"].value == (2 in (first[0], second[0]))


POINTS = load_rubric(
    (
        HEAD
        + """
domains:
  - {id: A, title: A, criteria: [{id: A1, title: One, weight: 5}, {id: A2, title: Two, weight: 3}, {id: A3, title: Three, weight: 1}]}
scoring:
  rollups:
    - {score: deducted, by: [], method: sum, values: {0: 5, 1: 3, 2: 1, 3: 0}, missing: {count_as: 5}, scale: {times: -1, plus: 110}}
    - {score: points, by: [], method: points, weights: criterion, missing: {count_as: 0}}
    - {score: geometric, by: [], method: geometric-mean}
"""
    ).encode()
)


@given(answers_to(("A1", "A2", "A3")))
def test_points_and_deductions_are_those_of_plain_sums(answers: dict[str, int | None]) -> None:
    """A score that starts at 110 and loses points; points over possible; a geometric mean."""
    result = result_of(POINTS, answers)
    costs = {None: 5, 0: 5, 1: 3, 2: 1, 3: 0}
    lost = sum(costs[value] for value in answers.values())
    assert result.by_rollup["deducted"]["deducted"].value == 110 - lost
    weights = {"A1": 5, "A2": 3, "A3": 1}
    earned = sum(weights[name] * (value or 0) for name, value in answers.items())
    assert result.by_rollup["points"]["points"].exact == Fraction(earned, 3 * 9)
    given_ = [value for value in answers.values() if value is not None]
    if given_:
        product = 1
        for value in given_:
            product *= value
        mean = result.by_rollup["geometric"]["geometric"].value
        assert mean is not None
        assert abs(mean - product ** (1 / len(given_))) < 1e-12
