"""Score one assessment under its rubric, exactly, with bounds, coverage and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.assessment import Assessment, Response, State
from maturity.result import Result, Score
from maturity.scoring.aggregation import METHODS, Ratio
from maturity.scoring.answer_rules import Counted, apply_rules
from maturity.scoring.explain import Explanation, reason_for
from maturity.scoring.findings import differences, gaps, levels_by_rating, priorities
from maturity.scoring.general import NOTHING_APPLIES, Evaluation, cover_of, evaluate
from maturity.scoring.plan import Group, Plan, plan_for
from maturity.scoring.reconcile import reconcile

__all__ = ["score"]


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
    counted = Counted(assessment.responses, plan.may_be_not_applicable, {})
    if plan.is_plain:
        worked_out = _plainly(plan, _Answers(plan, assessment.responses))
    else:
        cover = cover_of(assessment)
        if rubric.scoring.answer_rules:
            counted = apply_rules(rubric, assessment.responses, cover)
        worked_out = evaluate(assessment, counted, cover)
    scores: list[Score] = []
    for group, evaluation in zip(plan.groups, worked_out, strict=True):
        children = () if group.is_of_answers else tuple(scores[place] for place in group.parts)
        scores.append(_score(group, evaluation, Explanation(group, counted, children)))
    levels = levels_by_rating(rubric, counted.responses)
    return Result(
        assessment=assessment,
        scores=tuple(scores),
        gaps=gaps(rubric, levels),
        differences=differences(rubric, levels),
        priorities=priorities(rubric, levels),
        _reconcile=reconcile,
    )


class _Answers:
    """The answers as whole numbers, by position."""

    def __init__(self, plan: Plan, responses: Sequence[Response]) -> None:
        numbers = plan.level_numbers
        allowed = plan.may_be_not_applicable
        self.plan = plan
        self.levels = [
            numbers[response.level] if response.level is not None else None
            for response in responses
        ]
        self.does_not_apply = {
            place
            for place, response in enumerate(responses)
            if response.state is State.NOT_APPLICABLE and allowed[place]
        }


def _plainly(plan: Plan, answers: _Answers) -> list[Evaluation]:
    """Work out plain roll-ups over answers, in whole numbers."""
    return [_plain_group(group, answers) for group in plan.groups]


def _plain_group(group: Group, answers: _Answers) -> Evaluation:
    method = METHODS[group.rule.method]
    factor = answers.plan.level_factor
    if group.rule.method == "sum":
        factor *= group.weight_factor
    levels = [answers.levels[place] for place in group.parts]
    values = [level for level in levels if level is not None]
    if len(values) == len(levels):
        if not group.whole:
            return NOTHING_APPLIES
        value = _unscaled(method(values, group.weights), factor)
        return Evaluation(value, value, value, (group.whole, group.whole))
    return _plain_with_gaps(group, answers, factor)


def _plain_with_gaps(group: Group, answers: _Answers, factor: int) -> Evaluation:
    """Work out a group with missing answers: this one rule serves every empty case."""
    rule, plan = group.rule, answers.plan
    method = METHODS[rule.method]
    skips = rule.not_applicable == "skip"
    values: list[int] = []
    weights: list[int] = []
    missing: list[tuple[int, int]] = []
    for place, weight in zip(group.parts, group.weights, strict=True):
        level = answers.levels[place]
        if level is not None:
            values.append(level)
            weights.append(weight)
        elif not (skips and place in answers.does_not_apply):
            missing.append((place, weight))
    answered = sum(weights)
    whole = answered + sum(weight for _, weight in missing)
    if not whole:
        return NOTHING_APPLIES
    all_weights = [*weights, *(weight for _, weight in missing)]
    low = method([*values, *(plan.lowest[place] for place, _ in missing)], all_weights)
    high = method([*values, *(plan.highest[place] for place, _ in missing)], all_weights)
    value: Ratio | None = None
    least, most = group.least
    if answered and answered * most >= least * whole:
        if rule.missing == "lowest" or not missing:
            value = low
        elif rule.missing == "skip":
            value = method(values, weights)
    return Evaluation(
        None if value is None else _unscaled(value, factor),
        _unscaled(low, factor),
        _unscaled(high, factor),
        (answered, whole),
    )


def _unscaled(ratio: Ratio, factor: int) -> Ratio:
    return ratio[0], ratio[1] * factor


def _score(group: Group, evaluation: Evaluation, parts: Explanation) -> Score:
    value, low, high, coverage, label, because = evaluation
    band = None if value is None else label or _band(group, value)
    reason: str | None = because or None
    if value is None and not because:
        reason = reason_for(group, parts(), coverage)
    shown = None if value is None else value[0] / value[1]
    return Score(
        group.rule.score,
        group.id,
        group.members,
        shown,
        shown if low is value else None if low is None else low[0] / low[1],
        shown if high is value else None if high is None else high[0] / high[1],
        None if coverage is None else coverage[0] / coverage[1],
        band,
        reason,
        value,
        parts,
    )


def _band(group: Group, value: Ratio) -> str | None:
    top, bottom = value
    for cut_top, cut_bottom, label in group.cuts:
        if top * cut_bottom >= cut_top * bottom:
            return label
    return None
