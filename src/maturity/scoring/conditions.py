"""Decide conditions: whether answers or scores are as a rule wants them.

A condition is tied once to the items that it is about, for one group, and then decided for each
return from a view of its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import EllipsisType
from typing import NamedTuple

from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import Condition, CountNeeded, ShareNeeded
from maturity.scoring.plan import Group, containing, members_of

__all__ = ["Tied", "Value", "View", "holds", "passes", "tie"]


# An exact number, None where it is missing, and `...` where nothing applies.
Value = Fraction | None | EllipsisType


class View(NamedTuple):
    """Values to decide by.

    Attributes:
        answers: by position in the assessment's responses.
        scores: by position in the plan's groups, as far as they are worked out.
        given: the answers as given, whatever the view fills in.
    """

    answers: Sequence[Value]
    scores: list[Value]
    given: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Tied:
    """A condition with the positions it is about, and its own minimum for each where it has one."""

    condition: Condition
    places: tuple[int, ...] = ()
    minimums: tuple[Fraction, ...] = ()
    all_of: tuple[Tied, ...] = ()
    any_of: tuple[Tied, ...] = ()
    not_: Tied | None = None


def tie(
    condition: Condition,
    rubric: Rubric,
    groups: Sequence[Group],
    group: Group,
    *,
    within: frozenset[int] | None = None,
) -> Tied:
    """Find what a condition is about.

    Args:
        condition: the condition.
        rubric: the rubric.
        groups: the groups that stand before this one.
        group: the group being scored.
        within: only responses at these positions, and scores made of them alone, for the steps of
            a ladder.
    """
    names = (
        _answer_names(condition, rubric, group, within)
        if condition.of == "criterion"
        else _score_names(condition, rubric, groups, group, within)
    )
    minimums: tuple[Fraction, ...] = ()
    if isinstance(condition.at_least, Mapping):
        names = {place: name for place, name in names.items() if name in condition.at_least}
        minimums = tuple(Fraction(condition.at_least[name]) for name in names.values())
    return Tied(
        condition=condition,
        places=tuple(names),
        minimums=minimums,
        all_of=tuple(tie(c, rubric, groups, group, within=within) for c in condition.all_of),
        any_of=tuple(tie(c, rubric, groups, group, within=within) for c in condition.any_of),
        not_=None
        if condition.not_ is None
        else tie(condition.not_, rubric, groups, group, within=within),
    )


def _answer_names(
    condition: Condition, rubric: Rubric, group: Group, within: frozenset[int] | None
) -> dict[int, str]:
    """Position → criterion, for the answers that a condition is about."""
    ratings = list(rubric.ratings)
    wanted = condition.ratings or group.rule.ratings or (rubric.scored_rating,)
    found = {}
    for number, criterion in enumerate(rubric.criteria):
        if condition.items and criterion not in condition.items:
            continue
        if not all(
            not set(members_of(members)).isdisjoint(rubric.memberships(criterion, facet))
            for facet, members in condition.where.items()
            if facet != "rating"
        ):
            continue
        for rating in wanted:
            if rating not in members_of(condition.where.get("rating", rating)):
                continue
            position = number * len(ratings) + ratings.index(rating)
            inside = condition.across == "return" or _touches(group, position, len(ratings))
            if inside and (within is None or position in within):
                found[position] = criterion
    return found


def _touches(group: Group, position: int, ratings: int) -> bool:
    """Say whether a criterion belongs to a group, under whatever rating."""
    return any(own // ratings == position // ratings for own in group.positions)


def _score_names(
    condition: Condition,
    rubric: Rubric,
    groups: Sequence[Group],
    group: Group,
    within: frozenset[int] | None,
) -> dict[int, str]:
    """Position → score id, for the scores that a condition is about."""
    found = {}
    for place, other in enumerate(groups):
        if other.rule.score != condition.of:
            continue
        if condition.items and other.id not in condition.items:
            continue
        if not all(
            containing(rubric, other, facet) in members_of(members)
            for facet, members in condition.where.items()
        ):
            continue
        inside = condition.across == "return" or other.positions <= group.positions
        if inside and (within is None or other.positions <= within):
            found[place] = other.id
    return found


def holds(tied: Tied, view: View) -> bool:
    """Decide a condition in a view."""
    condition = tied.condition
    if tied.all_of or tied.any_of or tied.not_ is not None:
        return (
            all(holds(each, view) for each in tied.all_of)
            and (not tied.any_of or any(holds(each, view) for each in tied.any_of))
            and (tied.not_ is None or not holds(tied.not_, view))
        )
    values = view.answers if condition.of == "criterion" else view.scores
    passed = asked = 0
    for number, place in enumerate(tied.places):
        value = values[place]
        if isinstance(value, EllipsisType) or (value is None and condition.missing == "skip"):
            continue
        asked += 1
        minimum = tied.minimums[number] if tied.minimums else None
        if value is None:
            passed += condition.missing == "passes"
        else:
            passed += passes(condition, value, minimum)
    if not asked:
        return condition.if_empty
    return _is_enough(condition, passed, asked)


def passes(condition: Condition, value: Fraction, minimum: Fraction | None = None) -> bool:
    """Apply a condition's test to one value; without a test every value passes."""
    if condition.is_ is not None and value not in map(Fraction, condition.is_):
        return False
    least = minimum
    if least is None and condition.at_least is not None:
        least = _number(condition.at_least)
    if least is not None and value < least:
        return False
    return condition.at_most is None or value <= Fraction(condition.at_most)


def _number(limit: Number | Mapping[str, Number]) -> Fraction | None:
    return None if isinstance(limit, Mapping) else Fraction(limit)


def _is_enough(condition: Condition, passed: int, asked: int) -> bool:
    need = condition.need
    if isinstance(need, CountNeeded):
        return passed >= need.count
    if isinstance(need, ShareNeeded):
        return Fraction(passed, asked) >= Fraction(need.share)
    return {"all": passed == asked, "any": passed > 0, "none": passed == 0}[need]
