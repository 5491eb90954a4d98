"""Tie a group to what it is made of, once for each rubric: conditions, limits and weights."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import Condition, CountAs, RollUp
from maturity.scoring.conditions import Tied, tie
from maturity.scoring.grain import divisor_of, grain_of, importance_scale
from maturity.scoring.plan import Group, Plan

__all__ = ["Prepared", "counted_value", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A group with its conditions tied to what they are about.

    Attributes:
        group: the group.
        rows: for a table, each row's condition; None for a row that always holds.
        steps: for a ladder, each step's name and condition, lowest first.
        gates: each gate's condition.
        scales: for each part, the levels that it can have; none for a score.
        limits: for each part, the position of the answer that holds its limit; empty for none.
        for_missing: for each part, the position of the answer that counts where it is missing;
            empty where no rating stands in.
        for_exempt: likewise where it does not apply.
        together: where "not applicable" spreads, for each part the positions of all its ratings.
        tops: for points, for each part the highest value that it could have.
        importance: for each part, the positions of the answers that weigh it; empty for none.
        importance_factor: what makes the weights that answers give whole numbers.
        divisor: the position of the score by which the result is divided.
        least_divisor: no value of that score but 0 is nearer to 0; None where nothing is divided.
        weighing: the positions of the answers that are weights, here or in roll-ups beneath.
    """

    group: Group
    rows: tuple[Tied | None, ...] = ()
    steps: tuple[Tied, ...] = ()
    gates: tuple[Tied, ...] = ()
    scales: tuple[tuple[Fraction, ...], ...] = ()
    limits: tuple[int, ...] = ()
    for_missing: tuple[int, ...] = ()
    for_exempt: tuple[int, ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    tops: tuple[Fraction, ...] = ()
    importance: tuple[tuple[int, ...], ...] = ()
    importance_factor: int = 1
    divisor: int | None = None
    least_divisor: Fraction | None = None
    weighing: frozenset[int] = frozenset()

    @property
    def factor(self) -> int:
        """What all weights were multiplied by to become whole numbers."""
        return self.group.weight_factor * self.importance_factor


def prepare(rubric: Rubric, plan: Plan, place: int) -> Prepared:
    """Tie a group's conditions to the answers and scores that they are about."""
    group = plan.groups[place]
    rule, earlier = group.rule, plan.groups[:place]

    def tied(condition: Condition, within: frozenset[int] | None = None) -> Tied:
        return tie(condition, rubric, earlier, group, ratings=rule.ratings, within=within)

    steps: tuple[Tied, ...] = ()
    if rule.ladder is not None:
        steps = tuple(
            tied(rule.ladder.reached, _at_step(rubric, rule.ladder.along, member))
            for member in rubric.facet_members(rule.ladder.along)
        )
    factor, _ = importance_scale(rubric, rule)
    divisor = None if rule.over is None else divisor_of(rubric, place)
    return Prepared(
        group=group,
        importance=_weighed_by(rubric, group),
        importance_factor=factor,
        divisor=divisor,
        least_divisor=None if divisor is None else Fraction(1, grain_of(rubric, divisor).finest),
        weighing=_weighing(rubric, plan, group),
        rows=tuple(None if row.when is None else tied(row.when) for row in rule.rows),
        steps=steps,
        gates=tuple(tied(gate.when) for gate in rule.gates),
        scales=tuple(plan.scales[part] if group.is_of_answers else () for part in group.parts),
        limits=_beside(rubric, group, rule.limit),
        for_missing=_beside(rubric, group, _stand_in(rule.missing)),
        for_exempt=_beside(rubric, group, _stand_in(rule.not_applicable)),
        together=_together(rubric, group) if rule.spread_not_applicable else (),
        tops=_tops(rubric, group) if rule.method == "points" else (),
    )


def _at_step(rubric: Rubric, facet: str, member: str) -> frozenset[int]:
    """Give the positions of all answers to criteria of one member of a facet."""
    ratings = len(rubric.ratings)
    return frozenset(
        number * ratings + rating
        for number, criterion in enumerate(rubric.criteria)
        if member in rubric.memberships(criterion, facet)
        for rating in range(ratings)
    )


def _stand_in(policy: str | CountAs) -> Number | str | None:
    return policy.count_as if isinstance(policy, CountAs) else None


def _beside(rubric: Rubric, group: Group, rating: Number | str | None) -> tuple[int, ...]:
    """Give, for each part, the position of the same criterion's answer under another rating."""
    if not isinstance(rating, str):
        return ()
    ratings = list(rubric.ratings)
    own = ratings.index(rating)
    return tuple(place // len(ratings) * len(ratings) + own for place in group.parts)


def _together(rubric: Rubric, group: Group) -> tuple[tuple[int, ...], ...]:
    ratings = list(rubric.ratings)
    used = [ratings.index(rating) for rating in group.rule.ratings or (rubric.scored_rating,)]
    return tuple(
        tuple(place // len(ratings) * len(ratings) + own for own in used) for place in group.parts
    )


def _tops(rubric: Rubric, group: Group) -> tuple[Fraction, ...]:
    """Give the most that each answer could count, as values and limits leave it."""
    criteria, ratings = list(rubric.criteria), list(rubric.ratings)
    tops = []
    for place in group.parts:
        criterion, rating = divmod(place, len(ratings))
        levels = rubric.levels_for(criteria[criterion], ratings[rating])
        tops.append(max(counted_value(group.rule, Fraction(level.value)) for level in levels))
    return tuple(tops)


def _weighed_by(rubric: Rubric, group: Group) -> tuple[tuple[int, ...], ...]:
    """Give, for each part, the positions of the same criterion's answers that weigh it."""
    wanted = group.rule.weight_ratings
    if not wanted:
        return ()
    return tuple(zip(*(_beside(rubric, group, rating) for rating in wanted), strict=True))


def _weighing(rubric: Rubric, plan: Plan, group: Group) -> frozenset[int]:
    """Give the positions of the answers that are weights in a group, or in any beneath it."""
    own = frozenset(place for places in _weighed_by(rubric, group) for place in places)
    if group.is_of_answers:
        return own
    beneath = (_weighing(rubric, plan, plan.groups[place]) for place in group.parts)
    return own.union(*beneath)


def counted_value(rule: RollUp, value: Fraction, limit: object = None) -> Fraction:
    """Give what a value counts: through the value map and up to its limit."""
    mapped = rule.values.get(_as_key(rule, value))
    counted = value if mapped is None else Fraction(mapped)
    if isinstance(rule.limit, str):
        return min(counted, limit) if isinstance(limit, Fraction) else counted
    return counted if rule.limit is None else min(counted, Fraction(rule.limit))


def _as_key(rule: RollUp, value: Fraction) -> int | Decimal:
    return next((key for key in rule.values if Fraction(key) == value), Decimal("NaN"))
