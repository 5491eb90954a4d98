"""Score one assessment under its rubric, exactly, with bounds, coverage and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from maturity.assessment import Assessment, Response, State
from maturity.result import Result, Score
from maturity.scoring.aggregation import METHODS, Ratio
from maturity.scoring.explain import Explanation, reason_for
from maturity.scoring.findings import differences, gaps, levels_by_rating, priorities
from maturity.scoring.plan import Group, Plan, plan_for

__all__ = ["score"]


class _Evaluation(NamedTuple):
    """A group worked out: exact value, bounds and coverage; None where there is none."""

    value: Ratio | None
    low: Ratio | None
    high: Ratio | None
    coverage: Ratio | None


_NOTHING_APPLIES = _Evaluation(None, None, None, None)


class _Inputs(NamedTuple):
    """What a group puts together, sorted by whether it can be used.

    Values are exact; for missing parts the lowest and highest they could be stand in their place.
    """

    values: Sequence[int | Fraction]
    weights: Sequence[int]
    lowest: Sequence[int | Fraction]
    highest: Sequence[int | Fraction]
    missing_weights: Sequence[int]
    answered: int | Fraction
    factor: int


def score(assessment: Assessment) -> Result:
    """Score a return.

    Args:
        assessment: the return, as read; its rubric says how it is scored.

    Returns:
        Every score that the rubric asks for, each with its bounds, coverage, band, contributions
        and, where there is no value, the reason. Gaps, differences and priorities beside them.
    """
    rubric = assessment.rubric
    plan = plan_for(rubric)
    answers = _Answers(plan, assessment.responses)
    evaluations: list[_Evaluation] = []
    scores: list[Score] = []
    for group in plan.groups:
        if group.rule.of == "criterion":
            inputs = answers.inputs(group)
            parts = Explanation(group, assessment.responses, (), plan.may_be_not_applicable)
        else:
            children = tuple(scores[place] for place in group.parts)
            below = [evaluations[place] for place in group.parts]
            inputs = _inputs_of_scores(group, below)
            parts = Explanation(group, (), children)
        evaluation = _evaluate(group, inputs)
        evaluations.append(evaluation)
        scores.append(_score(plan, group, evaluation, parts))
    levels = levels_by_rating(assessment)
    return Result(
        assessment=assessment,
        scores=tuple(scores),
        gaps=gaps(rubric, levels),
        differences=differences(rubric, levels),
        priorities=priorities(rubric, levels),
    )


class _Answers:
    """The answers as whole numbers, by position."""

    def __init__(self, plan: Plan, responses: Sequence[Response]) -> None:
        numbers = plan.level_numbers
        allowed = plan.may_be_not_applicable
        self._factor = plan.level_factor
        self._lowest = min(numbers.values())
        self._highest = max(numbers.values())
        self._levels = [
            numbers[response.level] if response.level is not None else None
            for response in responses
        ]
        self._does_not_apply = {
            place
            for place, response in enumerate(responses)
            if response.state is State.NOT_APPLICABLE and allowed[place]
        }

    def inputs(self, group: Group) -> _Inputs:
        """Sort a group's answers into those that count and those that are missing."""
        levels = [self._levels[place] for place in group.parts]
        answered = [level for level in levels if level is not None]
        if len(answered) == len(levels):
            whole = sum(group.weights)
            return _Inputs(answered, group.weights, (), (), (), whole, self._factor)
        return self._partial_inputs(group)

    def _partial_inputs(self, group: Group) -> _Inputs:
        values: list[int] = []
        weights: list[int] = []
        missing: list[int] = []
        skips = group.rule.not_applicable == "skip"
        for place, weight in zip(group.parts, group.weights, strict=True):
            level = self._levels[place]
            if level is not None:
                values.append(level)
                weights.append(weight)
            elif not (skips and place in self._does_not_apply):
                missing.append(weight)
        return _Inputs(
            values=values,
            weights=weights,
            lowest=[self._lowest] * len(missing),
            highest=[self._highest] * len(missing),
            missing_weights=missing,
            answered=sum(weights),
            factor=self._factor,
        )


def _inputs_of_scores(group: Group, below: list[_Evaluation]) -> _Inputs:
    """Sort a group's scores likewise; a score to which nothing applies leaves the group."""
    values: list[Fraction] = []
    weights: list[int] = []
    lowest: list[Fraction] = []
    highest: list[Fraction] = []
    missing: list[int] = []
    answered = Fraction(0)
    for evaluation, weight in zip(below, group.weights, strict=True):
        if evaluation.coverage is None or evaluation.low is None or evaluation.high is None:
            continue
        answered += Fraction(*evaluation.coverage) * weight
        if evaluation.value is not None:
            values.append(Fraction(*evaluation.value))
            weights.append(weight)
        else:
            lowest.append(Fraction(*evaluation.low))
            highest.append(Fraction(*evaluation.high))
            missing.append(weight)
    return _Inputs(values, weights, lowest, highest, missing, answered, 1)


def _evaluate(group: Group, inputs: _Inputs) -> _Evaluation:
    """Work out a group. This is the one rule for every empty and every incomplete case."""
    used = sum(inputs.weights)
    whole = used + sum(inputs.missing_weights)
    if not whole:
        return _NOTHING_APPLIES
    rule = group.rule
    method = METHODS[rule.method]
    if inputs.missing_weights:
        weights = [*inputs.weights, *inputs.missing_weights]
        low = _unscaled(method([*inputs.values, *inputs.lowest], weights), inputs.factor)
        high = _unscaled(method([*inputs.values, *inputs.highest], weights), inputs.factor)
    else:
        low = high = _unscaled(method(inputs.values, inputs.weights), inputs.factor)
    coverage = (inputs.answered.numerator, inputs.answered.denominator * whole)
    least, most = group.least
    value: Ratio | None = None
    if used and coverage[0] * most >= least * coverage[1]:
        if rule.missing == "lowest" or not inputs.missing_weights:
            value = low
        elif rule.missing == "skip":
            value = _unscaled(method(inputs.values, inputs.weights), inputs.factor)
    return _Evaluation(value, low, high, coverage)


def _unscaled(ratio: Ratio, factor: int) -> Ratio:
    return ratio[0], ratio[1] * factor


def _score(plan: Plan, group: Group, evaluation: _Evaluation, parts: Explanation) -> Score:
    value, low, high, coverage = evaluation
    return Score(
        score=group.rule.score,
        id=group.id,
        members=group.members,
        value=None if value is None else value[0] / value[1],
        low=None if low is None else low[0] / low[1],
        high=None if high is None else high[0] / high[1],
        coverage=None if coverage is None else coverage[0] / coverage[1],
        band=_band(plan, value) if group.on_scale and value is not None else None,
        reason=None if value is not None else reason_for(group, parts(), coverage),
        _ratio=value,
        _explain=parts,
    )


def _band(plan: Plan, value: Ratio) -> str | None:
    top, bottom = value
    for cut_top, cut_bottom, label in plan.band_cuts:
        if top * cut_bottom >= cut_top * bottom:
            return label
    return None
