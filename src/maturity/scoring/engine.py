"""Score one assessment under its rubric, exactly, with bounds, coverage and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from types import EllipsisType
from typing import NamedTuple

from maturity.assessment import Assessment, Response, State
from maturity.result import Result, Score
from maturity.rubric import Rubric
from maturity.scoring.aggregation import METHODS, Ratio
from maturity.scoring.conditions import Value, View
from maturity.scoring.explain import Explanation, reason_for
from maturity.scoring.findings import differences, gaps, levels_by_rating, priorities
from maturity.scoring.plan import Group, Plan, plan_for
from maturity.scoring.prepared import Prepared, prepare
from maturity.scoring.special import parts_in, work_out

__all__ = ["score"]


class _Evaluation(NamedTuple):
    """A group worked out: exact value, bounds and coverage; None where there is none."""

    value: Ratio | None
    low: Ratio | None
    high: Ratio | None
    coverage: Ratio | None
    label: str = ""
    because: str = ""


_NOTHING_APPLIES = _Evaluation(None, None, None, None)


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
    worked_out = _plainly(plan, answers) if plan.is_plain else _Specially(rubric, answers).all()
    scores: list[Score] = []
    for group, evaluation in zip(plan.groups, worked_out, strict=True):
        if group.is_of_answers:
            parts = Explanation(group, assessment.responses, (), plan.may_be_not_applicable)
        else:
            parts = Explanation(group, (), tuple(scores[place] for place in group.parts))
        scores.append(_score(group, evaluation, parts))
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


def _plainly(plan: Plan, answers: _Answers) -> list[_Evaluation]:
    """Work out plain roll-ups over answers, in whole numbers."""
    return [_plain_group(group, answers) for group in plan.groups]


def _plain_group(group: Group, answers: _Answers) -> _Evaluation:
    method = METHODS[group.rule.method]
    factor = answers.plan.level_factor
    if group.rule.method == "sum":
        factor *= group.weight_factor
    levels = [answers.levels[place] for place in group.parts]
    values = [level for level in levels if level is not None]
    if len(values) == len(levels):
        if not group.whole:
            return _NOTHING_APPLIES
        value = _unscaled(method(values, group.weights), factor)
        return _Evaluation(value, value, value, (group.whole, group.whole))
    return _plain_with_gaps(group, answers, factor)


def _plain_with_gaps(group: Group, answers: _Answers, factor: int) -> _Evaluation:
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
        return _NOTHING_APPLIES
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
    return _Evaluation(
        None if value is None else _unscaled(value, factor),
        _unscaled(low, factor),
        _unscaled(high, factor),
        (answered, whole),
    )


def _unscaled(ratio: Ratio, factor: int) -> Ratio:
    return ratio[0], ratio[1] * factor


@lru_cache(maxsize=64)
def _prepared(rubric: Rubric) -> tuple[Prepared, ...]:
    groups = plan_for(rubric).groups
    return tuple(prepare(rubric, groups, place) for place in range(len(groups)))


class _Specially:
    """Work out every kind of roll-up in three views: as answered, at the lowest, the highest."""

    def __init__(self, rubric: Rubric, answers: _Answers) -> None:
        self._plan = answers.plan
        self._prepared = _prepared(rubric)
        self._answers = answers
        given = self._exact(None)
        self._actual = View(given, [], given)
        self._low = View(self._exact(answers.plan.lowest), [], given)
        self._high = View(self._exact(answers.plan.highest), [], given)

    def _exact(self, instead: Sequence[int] | None) -> list[Value]:
        """Give the answers as exact numbers, the missing ones filled in if asked for."""
        found: list[Value] = []
        for place, level in enumerate(self._answers.levels):
            if place in self._answers.does_not_apply:
                found.append(...)
            elif level is not None:
                found.append(Fraction(level, self._plan.level_factor))
            elif instead is not None:
                found.append(Fraction(instead[place], self._plan.level_factor))
            else:
                found.append(None)
        return found

    def all(self) -> list[_Evaluation]:
        """Work out all groups, in order."""
        found: list[_Evaluation] = []
        for prepared in self._prepared:
            found.append(self._one(prepared, found))
        return found

    def _one(self, prepared: Prepared, earlier: list[_Evaluation]) -> _Evaluation:
        group = prepared.group
        lowest = self._extremes(group, self._low, self._plan.lowest)
        highest = self._extremes(group, self._high, self._plan.highest)
        if group.rule.over is None:
            low = work_out(prepared, self._low, lowest, strict=False).value
            high = work_out(prepared, self._high, highest, strict=False).value
        else:
            low, high = self._divided(prepared, lowest, highest)
        coverage = self._coverage(prepared, earlier)
        outcome = work_out(prepared, self._actual, lowest)
        value = outcome.value
        if isinstance(value, Fraction) and not self._is_enough(group, coverage):
            value = None
        self._actual.scores.append(value)
        self._low.scores.append(low)
        self._high.scores.append(high)
        bounds = sorted(each for each in (low, high) if isinstance(each, Fraction))
        because = outcome.because if value is outcome.value else ""
        if not bounds or isinstance(value, EllipsisType):
            return _NOTHING_APPLIES._replace(because=because)
        return _Evaluation(
            _ratio(value),
            bounds[0].as_integer_ratio(),
            bounds[-1].as_integer_ratio(),
            coverage,
            outcome.label,
            because,
        )

    def _divided(
        self, prepared: Prepared, lowest: Sequence[Fraction], highest: Sequence[Fraction]
    ) -> tuple[Value, Value]:
        """Give the bounds of a quotient: both of its parts may be low or high."""
        values = [
            work_out(prepared, view, extremes, strict=False, divisors=divisors).value
            for view, extremes in ((self._low, lowest), (self._high, highest))
            for divisors in (self._low, self._high)
        ]
        known = sorted(value for value in values if isinstance(value, Fraction))
        return (known[0], known[-1]) if known else (values[0], values[-1])

    def _extremes(self, group: Group, view: View, answers: Sequence[int]) -> Sequence[Fraction]:
        """Give the lowest, or highest, that each part could be."""
        if group.is_of_answers:
            return [Fraction(answers[place], self._plan.level_factor) for place in group.parts]
        return [
            value if isinstance(value := view.scores[place], Fraction) else Fraction(0)
            for place in group.parts
        ]

    def _coverage(self, prepared: Prepared, earlier: list[_Evaluation]) -> Ratio | None:
        """Give the answered share of a group's weight; for scores, the mean share beneath them."""
        group = prepared.group
        answered, whole = Fraction(0), 0
        is_counted = False
        parts = zip(group.parts, parts_in(prepared, self._actual), group.weights, strict=True)
        for place, value, weight in parts:
            if group.is_of_answers:
                leaves = isinstance(value, EllipsisType) and group.rule.not_applicable != "missing"
                share = None if leaves else Fraction(isinstance(value, Fraction))
                is_counted = is_counted or (leaves and group.rule.not_applicable != "skip")
            else:
                below = earlier[place].coverage
                share = None if below is None else Fraction(*below)
            if share is not None:
                answered += share * weight
                whole += weight
        if not whole and is_counted:
            # Nothing needs an answer, and there is a score all the same, so nothing is missing.
            return (1, 1)
        return (answered / whole).as_integer_ratio() if whole else None

    def _is_enough(self, group: Group, coverage: Ratio | None) -> bool:
        if coverage is None:
            return True
        least, most = group.least
        return coverage[0] * most >= least * coverage[1]


def _ratio(value: Value) -> Ratio | None:
    return value.as_integer_ratio() if isinstance(value, Fraction) else None


def _score(group: Group, evaluation: _Evaluation, parts: Explanation) -> Score:
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
