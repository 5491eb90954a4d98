"""Apply the rubric's answer rules: what each answer counts as, and what it could count as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import EllipsisType
from typing import NamedTuple

from maturity.answer_rule import AnswerRule, ImpliedAnswer
from maturity.assessment import Response, State
from maturity.models import Number
from maturity.rubric import Rubric
from maturity.scoring.conditions import Tied, Value, View, holds, tie
from maturity.scoring.plan import Plan, plan_for
from maturity.scoring.possible import EXEMPT, Possible, Possibles, either, outcomes
from maturity.selection import changed_criteria, changed_ratings

__all__ = [
    "Counted",
    "Step",
    "apply_rules",
    "given_answers",
    "looked_at",
    "possible_answers",
    "steps_of",
]


class Counted(NamedTuple):
    """The answers as they count.

    Attributes:
        responses: the answers, with state and level as the rules left them.
        may_be_not_applicable: for each, whether "not applicable" is allowed or made so by a rule.
        because: position → why it counts otherwise than it was given.
    """

    responses: tuple[Response, ...]
    may_be_not_applicable: tuple[bool, ...]
    because: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Step:
    """A rule under one rating.

    Attributes:
        rule: the rule.
        places: positions of the answers that it changes.
        when: its condition, tied to the answers that it looks at.
    """

    rule: AnswerRule
    places: tuple[int, ...]
    when: Tied


@lru_cache(maxsize=64)
def steps_of(rubric: Rubric) -> tuple[Step, ...]:
    """Take the answer rules apart, rating by rating, in the order in which they are applied.

    Args:
        rubric: the rubric.
    """
    ratings = list(rubric.ratings)
    criteria = {criterion: number for number, criterion in enumerate(rubric.criteria)}
    return tuple(
        Step(
            rule,
            tuple(
                criteria[criterion] * len(ratings) + ratings.index(rating)
                for criterion in changed_criteria(rubric, rule)
            ),
            tie(rule.when, rubric, (), None, ratings=(rating,)),
        )
        for rule in rubric.scoring.answer_rules
        for rating in changed_ratings(rubric, rule)
    )


def apply_rules(rubric: Rubric, responses: Sequence[Response], cover: Mapping[str, str]) -> Counted:
    """Work out what each answer counts as.

    Args:
        rubric: the rubric.
        responses: the answers as given.
        cover: the return's metadata, each text folded.
    """
    plan = plan_for(rubric)
    counted = list(responses)
    may_leave = list(plan.may_be_not_applicable)
    values = [_value(response, may_leave[place]) for place, response in enumerate(responses)]
    view = View(values, [], cover)
    because: dict[int, str] = {}
    for step in steps_of(rubric):
        if not holds(step.when, view):
            continue
        for place in step.places:
            changed = _changed(step.rule, counted[place], values[place])
            if changed is not counted[place]:
                counted[place] = changed
                may_leave[place] = may_leave[place] or changed.state is State.NOT_APPLICABLE
                values[place] = _value(changed, may_leave[place])
                because[place] = step.rule.because
    return Counted(tuple(counted), tuple(may_leave), because)


def _value(response: Response, may_leave: bool) -> Value:
    if response.level is not None:
        return Fraction(response.level)
    return ... if response.state is State.NOT_APPLICABLE and may_leave else None


def _changed(rule: AnswerRule, response: Response, value: Value) -> Response:
    """Give an answer as a rule leaves it; the very same where the rule makes no difference."""
    if rule.then == "not_applicable":
        if isinstance(value, EllipsisType):
            return response
        return response._replace(state=State.NOT_APPLICABLE, level=None)
    if not isinstance(rule.then, ImpliedAnswer):
        return response if value is None else response._replace(state=State.BLANK, level=None)
    level = rule.then.answer
    if rule.then.replace:
        stays = value == level
    else:
        stays = value is not None and (isinstance(value, EllipsisType) or value >= level)
    return response if stays else response._replace(state=State.ANSWERED, level=level)


def given_answers(plan: Plan, responses: Sequence[Response]) -> list[Possible]:
    """Say what each answer could be, before any rule: what was given, or any level.

    Args:
        plan: the rubric's plan.
        responses: the answers as given.
    """
    found = []
    for place, response in enumerate(responses):
        if response.level is not None:
            found.append(_known(response.level))
        elif response.state is State.NOT_APPLICABLE and plan.may_be_not_applicable[place]:
            found.append(EXEMPT)
        else:
            found.append(Possible(plan.scales[place], unanswered=True))
    return found


def possible_answers(
    plan: Plan, rubric: Rubric, given: Sequence[Possible], cover: Mapping[str, str]
) -> list[Possible]:
    """Work out what each answer could count as, once the missing answers are known.

    Args:
        plan: the rubric's plan.
        rubric: the rubric.
        given: what each answer could be, before any rule.
        cover: the return's metadata, each text folded.
    """
    found = [*given]
    possibles = Possibles(found, [], cover)
    for step in steps_of(rubric):
        may = outcomes(step.when, possibles)
        if True not in may:
            continue
        for place in step.places:
            changed = _possibly_changed(plan, step.rule, place, found[place])
            found[place] = either(changed, found[place]) if False in may else changed
    return found


def looked_at(rubric: Rubric, places: Iterable[int]) -> frozenset[int]:
    """Give the positions of the answers on which it depends what answers at some places count.

    Args:
        rubric: the rubric.
        places: positions in the assessment's responses.
    """
    reached, found = set(places), set()
    for step in reversed(steps_of(rubric)):
        if not reached.isdisjoint(step.places):
            found |= set(_places_of(step.when))
            reached |= found
    return frozenset(found)


def _places_of(tied: Tied) -> Iterator[int]:
    yield from tied.places
    for inner in (*tied.all_of, *tied.any_of, *([] if tied.not_ is None else [tied.not_])):
        yield from _places_of(inner)


@lru_cache(maxsize=1024)
def _known(level: Number) -> Possible:
    return Possible((Fraction(level),))


def _possibly_changed(plan: Plan, rule: AnswerRule, place: int, before: Possible) -> Possible:
    if rule.then == "not_applicable":
        return EXEMPT
    if not isinstance(rule.then, ImpliedAnswer):
        # What is missing by a rule stays so; the bounds treat it as every missing answer.
        return Possible(plan.scales[place], lacks=True)
    level = Fraction(rule.then.answer)
    if rule.then.replace:
        return Possible((level,))
    numbers = {max(number, level) for number in before.numbers}
    if before.lacks or before.unanswered:
        numbers.add(level)
    return Possible(tuple(sorted(numbers)), leaves=before.leaves)
