"""Say which answers a rule is about: by facets, by name, by rating."""

from __future__ import annotations

from maturity.answer_rule import AnswerRule
from maturity.condition import Members, Where
from maturity.rubric import Rubric

__all__ = ["changed_criteria", "changed_ratings", "is_in", "members_of"]


def members_of(wanted: Members) -> tuple[str, ...]:
    """Give the members that a `where` names; a number stands for the member written so."""
    return tuple(map(str, wanted if isinstance(wanted, tuple) else (wanted,)))


def is_in(rubric: Rubric, criterion: str, where: Where) -> bool:
    """Say whether a criterion belongs to the members to which a rule is restricted.

    Args:
        rubric: the rubric.
        criterion: a criterion's id.
        where: facet → member or members; a rating is no matter of criteria and is passed over.
    """
    return all(
        not set(members_of(wanted)).isdisjoint(rubric.memberships(criterion, facet))
        for facet, wanted in where.items()
        if facet != "rating"
    )


def changed_criteria(rubric: Rubric, rule: AnswerRule) -> tuple[str, ...]:
    """List the criteria whose answers an answer rule may change, in the rubric's order."""
    return tuple(
        criterion
        for criterion in rubric.criteria
        if (not rule.items or criterion in rule.items) and is_in(rubric, criterion, rule.where)
    )


def changed_ratings(rubric: Rubric, rule: AnswerRule) -> tuple[str, ...]:
    """List the ratings under which an answer rule may change answers."""
    return tuple(rubric.ratings) if rule.ratings is None else rule.ratings
