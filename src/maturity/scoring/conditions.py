"""Decide conditions: whether answers, scores or the cover are as a rule wants them.

A condition is tied once to the items that it is about, for one group, and then decided for each
return from a view of its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import EllipsisType
from typing import NamedTuple

from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.rules import Condition, CountNeeded, ShareNeeded
from maturity.scoring.plan import Group, containing
from maturity.selection import is_in, members_of

__all__ = ["Tied", "Value", "View", "holds", "is_enough", "on_cover", "passes", "tie"]


# An exact number, None where it is missing, and `...` where nothing applies.
Value = Fraction | None | EllipsisType


class View(NamedTuple):
    """Values to decide by.

    Attributes:
        answers: by position in the assessment's responses.
        scores: by position in the plan's groups, as far as they are worked out.
        cover: the return's metadata, each text folded.
    """

    answers: Sequence[Value]
    scores: list[Value]
    cover: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tied:
    """A condition with the positions it is about, and its own minimum for each where it has one.

    What it wants of the cover is folded as the cover is.
    """

    condition: Condition
    places: tuple[int, ...] = ()
    minimums: tuple[Fraction, ...] = ()
    cover: Mapping[str, frozenset[str]] = field(default_factory=dict)
    all_of: tuple[Tied, ...] = ()
    any_of: tuple[Tied, ...] = ()
    not_: Tied | None = None


def tie(
    condition: Condition,
    rubric: Rubric,
    groups: Sequence[Group],
    group: Group | None,
    *,
    ratings: tuple[str, ...] | None = None,
    within: frozenset[int] | None = None,
) -> Tied:
    """Find what a condition is about.

    Args:
        condition: the condition.
        rubric: the rubric.
        groups: the groups that stand before this one.
        group: the group being scored; None for an answer rule, which looks at all of the return.
        ratings: the ratings that are tested where the condition names none.
        within: only responses at these positions, and scores made of them alone, for the steps
            of a ladder.
    """

    def inner(conditions: Sequence[Condition]) -> tuple[Tied, ...]:
        return tuple(
            tie(each, rubric, groups, group, ratings=ratings, within=within) for each in conditions
        )

    names: Mapping[int, str] = {}
    if condition.of == "criterion":
        if not condition.metadata:
            wanted = condition.ratings or ratings or (rubric.scored_rating,)
            names = _answer_names(condition, rubric, group, wanted, within)
    elif group is not None:
        names = _score_names(condition, rubric, groups, group, within)
    minimums: tuple[Fraction, ...] = ()
    if isinstance(condition.at_least, Mapping):
        names = {place: name for place, name in names.items() if name in condition.at_least}
        minimums = tuple(Fraction(condition.at_least[name]) for name in names.values())
    return Tied(
        condition=condition,
        places=tuple(names),
        minimums=minimums,
        cover={
            key: frozenset(normalise(str(text)) for text in texts)
            for key, texts in condition.metadata.items()
        },
        all_of=inner(condition.all_of),
        any_of=inner(condition.any_of),
        not_=None if condition.not_ is None else inner((condition.not_,))[0],
    )


def _answer_names(
    condition: Condition,
    rubric: Rubric,
    group: Group | None,
    wanted: tuple[str, ...],
    within: frozenset[int] | None,
) -> dict[int, str]:
    """Position → criterion, for the answers that a condition is about."""
    ratings = list(rubric.ratings)
    found = {}
    for number, criterion in enumerate(rubric.criteria):
        if condition.items and criterion not in condition.items:
            continue
        if not is_in(rubric, criterion, condition.where):
            continue
        for rating in wanted:
            if rating not in members_of(condition.where.get("rating", rating)):
                continue
            position = number * len(ratings) + ratings.index(rating)
            is_inside = (
                group is None
                or condition.across == "return"
                or _touches(group, position, len(ratings))
            )
            if is_inside and (within is None or position in within):
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
    if tied.cover:
        passed, asked = on_cover(tied, view.cover)
        return is_enough(condition, passed, asked)
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
    return is_enough(condition, passed, asked)


def on_cover(tied: Tied, cover: Mapping[str, str]) -> tuple[int, int]:
    """Count the values of the cover that a condition looks at: how many pass, of how many."""
    passed = asked = 0
    for key, wanted in tied.cover.items():
        given = cover.get(key)
        if given is not None:
            asked += 1
            passed += given in wanted
        elif tied.condition.missing != "skip":
            asked += 1
            passed += tied.condition.missing == "passes"
    return passed, asked


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


def is_enough(condition: Condition, passed: int, asked: int) -> bool:
    """Say whether as many of the items pass as a condition needs.

    Args:
        condition: the condition.
        passed: how many items pass.
        asked: how many items there are, without those that are left out.
    """
    if not asked:
        return condition.if_empty
    need = condition.need
    if isinstance(need, CountNeeded):
        return passed >= need.count
    if isinstance(need, ShareNeeded):
        return Fraction(passed, asked) >= Fraction(need.share)
    return {"all": passed == asked, "any": passed > 0, "none": passed == 0}[need]
