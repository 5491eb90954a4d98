"""Work out a group by everything that a roll-up can say, as the values stand.

The plain methods over answers have a quicker way in `maturity.scoring.engine`; both give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import EllipsisType
from typing import NamedTuple

from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import Condition, CountAs, RollUp
from maturity.scoring.conditions import Tied, Value, View, holds, tie
from maturity.scoring.methods import Entry, adjusted, by_method
from maturity.scoring.plan import Group, Plan

__all__ = ["Outcome", "Prepared", "counted_value", "parts_in", "prepare", "work_out"]


class Outcome(NamedTuple):
    """What came of a group in one view.

    Attributes:
        value: the score; None when it is missing, `...` when nothing applies.
        label: what a table's row calls it; empty for none.
        because: the sentence of the row or gate that decided it; empty for none.
    """

    value: Value
    label: str = ""
    because: str = ""


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
    return Prepared(
        group=group,
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


def work_out(prepared: Prepared, view: View, lowest: Sequence[Fraction | None]) -> Outcome:
    """Work out a group as it stands.

    Args:
        prepared: the group.
        view: the values.
        lowest: for each part, the lowest value that it could have; None where it could have none.
    """
    group, rule = prepared.group, prepared.group.rule
    if rule.method == "table":
        outcome = _first_row(prepared, view)
    elif rule.method == "ladder":
        outcome = Outcome(Fraction(_steps_reached(prepared, view)))
    else:
        entries, applies, has_enough = _entries(prepared, view, lowest)
        if not applies:
            return Outcome(...)
        if not has_enough or not sum(entry.weight for entry in entries):
            return Outcome(None)
        outcome = Outcome(by_method(group, entries))
    if not isinstance(outcome.value, Fraction):
        return outcome
    return _gated(prepared, view, outcome, adjusted(rule, outcome.value))


def _entries(
    prepared: Prepared, view: View, lowest: Sequence[Fraction | None]
) -> tuple[list[Entry], bool, bool]:
    """Give what counts, whether anything applies, and whether what is missing allows a score."""
    group, rule = prepared.group, prepared.group.rule
    entries: list[Entry] = []
    applies = refused = False
    given = 0
    raw = parts_in(prepared, view)
    for part, (found, weight) in enumerate(zip(raw, group.weights, strict=True)):
        leaves = isinstance(found, EllipsisType) and rule.not_applicable != "missing"
        value = _counted(prepared, view, part, found, lowest[part])
        if leaves and value is None:
            continue
        applies = applies or weight > 0
        if value is not None:
            top = prepared.tops[part] if prepared.tops else Fraction(0)
            entries.append(Entry(weight, value, top))
            given += weight if leaves or isinstance(found, Fraction) else 0
        else:
            refused = refused or rule.missing == "refuse"
    # A score of nothing but the lowest level would pass for an answer; a number that the rubric
    # counts instead is the rubric's own choice.
    is_empty = not given and not isinstance(rule.missing, CountAs)
    return entries, applies, not (refused or is_empty)


def _counted(
    prepared: Prepared, view: View, part: int, found: Value, lowest: Fraction | None
) -> Fraction | None:
    """Give what a part counts; None where nothing stands in for what is not there."""
    rule = prepared.group.rule
    if isinstance(found, Fraction):
        limit = view.answers[prepared.limits[part]] if prepared.limits else None
        return counted_value(rule, found, limit)
    leaves = isinstance(found, EllipsisType) and rule.not_applicable != "missing"
    policy = rule.not_applicable if leaves else rule.missing
    if policy == "lowest":
        return None if lowest is None else counted_value(rule, lowest)
    if not isinstance(policy, CountAs):
        return None
    if not isinstance(policy.count_as, str):
        return Fraction(policy.count_as)
    places = prepared.for_exempt if leaves else prepared.for_missing
    other = view.answers[places[part]]
    return counted_value(rule, other) if isinstance(other, Fraction) else None


def parts_in(prepared: Prepared, view: View) -> list[Value]:
    """Give a group's parts as a view has them.

    Where the rule says so, "not applicable" under one of the ratings makes all of a criterion's
    answers so.
    """
    values = view.answers if prepared.group.is_of_answers else view.scores
    raw = [values[place] for place in prepared.group.parts]
    if not prepared.together:
        return raw
    return [
        ... if any(view.answers[other] is ... for other in others) else value
        for value, others in zip(raw, prepared.together, strict=True)
    ]


def counted_value(rule: RollUp, value: Fraction, limit: object = None) -> Fraction:
    """Give what a value counts: through the value map and up to its limit."""
    mapped = rule.values.get(_as_key(rule, value))
    counted = value if mapped is None else Fraction(mapped)
    if isinstance(rule.limit, str):
        return min(counted, limit) if isinstance(limit, Fraction) else counted
    return counted if rule.limit is None else min(counted, Fraction(rule.limit))


def _as_key(rule: RollUp, value: Fraction) -> int | Decimal:
    return next((key for key in rule.values if Fraction(key) == value), Decimal("NaN"))


def _first_row(prepared: Prepared, view: View) -> Outcome:
    for row, tied in zip(prepared.group.rule.rows, prepared.rows, strict=True):
        if tied is None or holds(tied, view):
            return Outcome(Fraction(row.then), row.label, row.because)
    return Outcome(None)


def _steps_reached(prepared: Prepared, view: View) -> int:
    """Give the number of the highest step reached; each lower one too, where steps build up."""
    ladder = prepared.group.rule.ladder
    best = 0
    for number, tied in enumerate(prepared.steps, start=1):
        if holds(tied, view):
            best = number
        elif ladder is None or ladder.cumulative:
            break
    return best


def _gated(prepared: Prepared, view: View, outcome: Outcome, value: Fraction) -> Outcome:
    """Hold the score down to the lowest gate that holds."""
    because = outcome.because
    for gate, tied in zip(prepared.group.rule.gates, prepared.gates, strict=True):
        if value > Fraction(gate.at_most) and holds(tied, view):
            value, because = Fraction(gate.at_most), gate.because
    return Outcome(value, outcome.label, because)
