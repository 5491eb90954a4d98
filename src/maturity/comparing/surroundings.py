"""Say what a roll-up looks at beside the parts that it puts together.

Gates, tables, counts and ladders may look at other answers, other ratings, other scores and other
facets, and another rating may stand in for what is missing; what has changed there changes the
score as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maturity.comparing.names import Names
from maturity.rubric import Rubric
from maturity.rules import Condition, CountAs, RollUp

__all__ = ["Surroundings", "places_in", "surroundings"]

_ANSWERS = "criterion"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a roll-up looks at beside its parts.

    Attributes:
        facets: the facets by which it chooses what to look at.
        ratings: the ratings that it puts together.
        other_ratings: further ratings that it looks at.
        rollups: the roll-ups whose scores it looks at.
        is_whole_return: whether it looks at answers outside the group that it scores.
    """

    facets: tuple[str, ...]
    ratings: tuple[str, ...]
    other_ratings: tuple[str, ...]
    rollups: tuple[str, ...]
    is_whole_return: bool


def surroundings(rule: RollUp, scored_rating: str) -> Surroundings:
    """Find what a roll-up looks at beside its parts.

    Args:
        rule: the roll-up.
        scored_rating: the rating that is used where none is named.
    """
    conditions = [test for outer in _outermost(rule) for test in _tests(outer)]
    facets = [facet for condition in conditions for facet in condition.where]
    ratings = rule.ratings or (scored_rating,)
    others = [each for condition in conditions for each in condition.ratings or ()]
    if rule.ladder is not None:
        facets.append(rule.ladder.along)
    others += _beside(rule)
    rollups = [condition.of for condition in conditions if condition.of != _ANSWERS]
    # One that puts scores together has answers for its group only by way of these.
    is_whole_return = any(
        condition.of == _ANSWERS and (condition.across == "return" or rule.of != _ANSWERS)
        for condition in conditions
    )
    return Surroundings(
        facets=tuple(dict.fromkeys(facets)),
        ratings=ratings,
        other_ratings=tuple(each for each in dict.fromkeys(others) if each not in ratings),
        rollups=tuple(dict.fromkeys(rollups)),
        is_whole_return=is_whole_return,
    )


def places_in(facet: str, rubric: Rubric, names: Names, kept: Mapping[str, str]) -> object:
    """Give the members of a facet in order, and to which of them each criterion belongs.

    Args:
        facet: `domain`, `principle`, `rating` or a facet.
        rubric: one of the versions.
        names: what its ids are called.
        kept: criterion → its new id, for those that ask the same.

    Returns:
        Something that is equal for two versions when nothing differs; None for no such facet.
    """
    built_in = {"domain", "principle", "rating"}
    if facet not in built_in and facet not in rubric.facets:
        return None
    members = [names.member(facet, each) for each in rubric.facet_members(facet)]
    if facet == "rating":
        return members
    where = {
        new: {names.member(facet, each) for each in rubric.memberships(old, facet)}
        for old, new in kept.items()
    }
    within = {
        (key, inner): names.member(facet, member.within[facet])
        for key, other in rubric.facets.items()
        for inner, member in other.members.items()
        if facet in member.within
    }
    return members, where, within


def _outermost(rule: RollUp) -> Iterator[Condition]:
    yield from (gate.when for gate in rule.gates)
    yield from (row.when for row in rule.rows if row.when is not None)
    if rule.counts is not None:
        yield rule.counts
    if rule.ladder is not None:
        yield rule.ladder.reached


def _beside(rule: RollUp) -> Iterator[str]:
    """Yield the ratings whose answers to the same criteria have a say in what is counted."""
    # Weights come from criteria, from facets, or else from a rating.
    yield from (each for each in rule.weight_sources if each not in (_ANSWERS, *rule.grouping))
    if isinstance(rule.limit, str):
        yield rule.limit
    for policy in (rule.missing, rule.not_applicable):
        if isinstance(policy, CountAs) and isinstance(policy.count_as, str):
            yield policy.count_as


def _tests(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions that look at answers or scores, from a condition inwards.

    One that puts others together looks at nothing itself, and the cover is the same whatever
    the version.
    """
    inner = (*condition.all_of, *condition.any_of)
    if condition.not_ is not None:
        inner = (*inner, condition.not_)
    for each in inner:
        yield from _tests(each)
    if not inner and not condition.metadata:
        yield condition
