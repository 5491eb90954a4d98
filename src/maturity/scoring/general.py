"""Work out every kind of roll-up of one return: value, bounds and coverage of each group.

The plain methods over answers have a quicker way in `maturity.scoring.engine`; both give the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from types import EllipsisType
from typing import NamedTuple

from maturity.assessment import Assessment, Response, State
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.scoring.aggregation import Ratio
from maturity.scoring.answer_rules import Counted, looked_at
from maturity.scoring.cases import Cases
from maturity.scoring.conditions import Value, View
from maturity.scoring.plan import Group, Plan, plan_for
from maturity.scoring.possible import Possible
from maturity.scoring.prepared import Prepared, prepare
from maturity.scoring.special import Outcome, parts_in, work_out

__all__ = ["NOTHING_APPLIES", "Evaluation", "cover_of", "evaluate"]


class Evaluation(NamedTuple):
    """A group worked out: exact value, bounds and coverage; None where there is none."""

    value: Ratio | None
    low: Ratio | None
    high: Ratio | None
    coverage: Ratio | None
    label: str = ""
    because: str = ""


NOTHING_APPLIES = Evaluation(None, None, None, None)


@lru_cache(maxsize=64)
def _prepared(rubric: Rubric) -> tuple[tuple[Prepared, frozenset[int]], ...]:
    """Give each group, and the answers on which it depends what its own answers count."""
    plan = plan_for(rubric)
    return tuple(
        (
            prepare(rubric, plan, place),
            looked_at(rubric, group.positions) if group.is_of_answers else frozenset(),
        )
        for place, group in enumerate(plan.groups)
    )


def cover_of(assessment: Assessment) -> Mapping[str, str]:
    """Fold the values of a return's cover for comparison; dates are written 2026-01-31."""
    return {key: normalise(str(found.value)) for key, found in assessment.metadata.items()}


def evaluate(
    assessment: Assessment, counted: Counted, cover: Mapping[str, str]
) -> list[Evaluation]:
    """Work out all groups of a return, in order.

    Args:
        assessment: the return.
        counted: its answers as the answer rules left them.
        cover: its metadata, folded.
    """
    rubric = assessment.rubric
    plan = plan_for(rubric)
    view = View(_values(counted), [], cover)
    cases = Cases(rubric, assessment.responses, cover)
    scores = cases.possibles.scores
    found: list[Evaluation] = []
    for prepared, looks_at in _prepared(rubric):
        group = prepared.group
        coverage = _coverage(prepared, view, found)
        outcome = work_out(prepared, view, _lowest(plan, group, scores))
        if isinstance(outcome.value, Fraction) and not _is_enough(group, coverage):
            outcome = outcome._replace(value=None)
        scores.append(cases.score(prepared, looks_at, outcome.value))
        view.scores.append(outcome.value)
        found.append(_evaluation(outcome, coverage, scores[-1]))
    return found


def _values(counted: Counted) -> list[Value]:
    return [
        _value(response, may_leave)
        for response, may_leave in zip(
            counted.responses, counted.may_be_not_applicable, strict=True
        )
    ]


def _value(response: Response, may_leave: bool) -> Value:
    if response.level is not None:
        return Fraction(response.level)
    return ... if may_leave and response.state is State.NOT_APPLICABLE else None


def _evaluation(outcome: Outcome, coverage: Ratio | None, possible: Possible) -> Evaluation:
    value = outcome.value
    ends = [number.as_integer_ratio() for number in possible.numbers]
    return Evaluation(
        value.as_integer_ratio() if isinstance(value, Fraction) else None,
        ends[0] if ends else None,
        ends[-1] if ends else None,
        None if isinstance(value, EllipsisType) else coverage,
        outcome.label,
        outcome.because,
    )


def _lowest(plan: Plan, group: Group, scores: Sequence[Possible]) -> Sequence[Fraction | None]:
    """Give the lowest that each part could be; None for a score that could be nothing."""
    if group.is_of_answers:
        return [plan.scales[place][0] for place in group.parts]
    return [numbers[0] if (numbers := scores[place].numbers) else None for place in group.parts]


def _coverage(prepared: Prepared, view: View, earlier: Sequence[Evaluation]) -> Ratio | None:
    """Give the answered share of a group's weight; for scores, the mean share beneath them."""
    group = prepared.group
    answered, whole = Fraction(0), 0
    is_counted = False
    parts = zip(group.parts, parts_in(prepared, view), group.weights, strict=True)
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


def _is_enough(group: Group, coverage: Ratio | None) -> bool:
    if coverage is None:
        return True
    least, most = group.least
    return coverage[0] * most >= least * coverage[1]
