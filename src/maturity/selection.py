"""Say which answers a rule is about, and which scores a roll-up may make."""

from __future__ import annotations

from itertools import product

from maturity.answer_rule import AnswerRule
from maturity.condition import Members, Where
from maturity.rubric import Rubric

__all__ = ["changed_criteria", "changed_ratings", "is_in", "members_of", "scores_of"]


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


def scores_of(rubric: Rubric, score: str | None) -> dict[str, str]:
    """Give every score that a roll-up may make: id → title.

    Args:
        rubric: the rubric.
        score: the roll-up's name; for one that is not there, no score is given.
    """
    rule = next((rule for rule in rubric.scoring.rules if rule.score == score), None)
    if rule is None:
        return {}
    if not rule.grouping:
        return {rule.score: rule.title or rule.score}
    members = [rubric.facet_members(facet).items() for facet in rule.grouping]
    return {
        "/".join(key for key, _ in group): " / ".join(title for _, title in group)
        for group in product(*members)
    }
