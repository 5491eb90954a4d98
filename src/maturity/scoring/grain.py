"""Say how large and how fine the values of a score can be, so that a quotient of it has bounds.

A score that may be 0 and may be next to 0 would make anything of what is divided by it. But each
score is a fraction whose denominator cannot be higher than weights, levels and rules make it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil, lcm, prod
from typing import NamedTuple

from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import CountAs, RollUp
from maturity.scoring.plan import Group, plan_for

__all__ = ["Grain", "divisor_of", "grain_of", "importance_scale"]

# Irrational means are kept to this many decimals.
_KEPT = 10**40


class Grain(NamedTuple):
    """How large and how fine a score's values can be.

    Attributes:
        most: no value lies further from 0.
        finest: no value, as a fraction in lowest terms, has a higher denominator.
    """

    most: Fraction
    finest: int


def importance_scale(rubric: Rubric, rule: RollUp) -> tuple[int, int]:
    """Give the factor that makes weights of answers whole numbers, and the highest such weight."""
    factor, top = 1, Fraction(1)
    for rating in rule.weight_ratings:
        values = {
            Fraction(level.value)
            for criterion in rubric.criteria
            for level in rubric.levels_for(criterion, rating)
        }
        factor *= lcm(*(value.denominator for value in values))
        top *= max(values)
    return factor, int(top * factor)


@lru_cache(maxsize=1024)
def grain_of(rubric: Rubric, place: int) -> Grain:
    """Say how large and how fine the values of a score can be.

    Args:
        rubric: the rubric.
        place: the position of the score's group in the rubric's plan.
    """
    group = plan_for(rubric).groups[place]
    grain = _made(rubric, group, _beneath(rubric, group))
    rule = group.rule
    if rule.over is not None:
        divisor = divisor_of(rubric, place)
        other = Grain(Fraction(1), 1) if divisor is None else grain_of(rubric, divisor)
        grain = Grain(grain.most * other.finest, grain.finest * ceil(other.most * other.finest))
    if rule.scale is not None:
        plus, times = Fraction(rule.scale.plus), Fraction(rule.scale.times)
        finest = grain.finest * plus.denominator * times.denominator
        grain = Grain(abs(plus) + abs(times) * grain.most, finest)
    grain = _or(grain, (end for end in (rule.at_least, rule.at_most) if end is not None))
    if rule.round is not None:
        grain = Grain(grain.most + 1, 10**rule.round.decimals)
    return _or(grain, (gate.at_most for gate in rule.gates))


def divisor_of(rubric: Rubric, place: int) -> int | None:
    """Give the position of the score by which a group's score is divided; None for none."""
    groups = plan_for(rubric).groups
    own = groups[place]
    return next(
        (
            number
            for number, other in enumerate(groups[:place])
            if other.rule.score == own.rule.over and other.members == own.members
        ),
        None,
    )


def _or(grain: Grain, numbers: Iterable[Number]) -> Grain:
    """Give the grain of values that may be one of some numbers instead."""
    found = [abs(Fraction(number)) for number in numbers]
    return Grain(
        max([grain.most, *found]), max([grain.finest, *(number.denominator for number in found)])
    )


def _beneath(rubric: Rubric, group: Group) -> Grain:
    """Give the grain of what is put together, with one denominator for all of it."""
    plan, rule = plan_for(rubric), group.rule
    levels = [abs(Fraction(value)) for value in plan.level_numbers]
    own: list[Number | str] = [*rule.values.values()]
    own += [] if rule.limit is None else [rule.limit]
    own += [
        policy.count_as
        for policy in (rule.missing, rule.not_applicable)
        if isinstance(policy, CountAs)
    ]
    numbers = [abs(Fraction(number)) for number in own if not isinstance(number, str)]
    parts = [] if group.is_of_answers else [grain_of(rubric, place) for place in group.parts]
    return Grain(
        max([*levels, *numbers, *(part.most for part in parts)]),
        plan.level_factor
        * lcm(*(number.denominator for number in numbers))
        * prod(part.finest for part in parts),
    )


def _made(rubric: Rubric, group: Group, part: Grain) -> Grain:
    """Give the grain of what a method makes of parts."""
    rule = group.rule
    factor, top = importance_scale(rubric, rule)
    factor, whole = factor * group.weight_factor, max(1, group.whole * top)
    method = rule.method
    if method == "table":
        return _or(Grain(Fraction(0), 1), (row.then for row in rule.rows))
    if method == "ladder" and rule.ladder is not None:
        return Grain(Fraction(len(rubric.facet_members(rule.ladder.along))), 1)
    if method == "sum":
        return Grain(part.most * whole / factor, part.finest * factor)
    if method in ("count", "share"):
        return Grain(Fraction(whole), factor if method == "count" else whole)
    steps = max(1, ceil(part.most * part.finest))
    if method == "points":
        return Grain(Fraction(steps * whole), steps * whole)
    if method == "power-mean" and rule.power == -1:
        return Grain(part.most, whole * part.finest * steps ** (len(group.parts) - 1))
    if method == "geometric-mean" or (method == "power-mean" and rule.power != 1):
        return Grain(part.most + 1, _KEPT)
    methods = {"min": 1, "max": 1, "median": 2}
    return Grain(part.most, part.finest * methods.get(method, whole))
