"""Find what to talk about: gaps to target, partners who differ, and what to work on next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from maturity.assessment import Response
from maturity.result import Difference, Gap, Priority
from maturity.rubric import Rubric

__all__ = ["Levels", "differences", "gaps", "levels_by_rating", "priorities"]

Levels = Mapping[str, Mapping[str, int | Decimal]]


def levels_by_rating(rubric: Rubric, responses: Sequence[Response]) -> Levels:
    """Sort the answers that have a level: rating → criterion → level.

    Args:
        rubric: the rubric.
        responses: the answers as they count, so that nothing is said of what does not apply.
    """
    found: dict[str, dict[str, int | Decimal]] = {rating: {} for rating in rubric.ratings}
    for response in responses:
        if response.level is not None:
            found[response.rating][response.criterion] = response.level
    return found


def gaps(rubric: Rubric, levels: Levels) -> tuple[Gap, ...]:
    """Compare each criterion's scored level with its target, where both are known."""
    if rubric.target_rating is None:
        return ()
    reached, targets = levels[rubric.scored_rating], levels[rubric.target_rating]
    return tuple(
        Gap(criterion, reached[criterion], targets[criterion])
        for criterion in rubric.criteria
        if criterion in reached and criterion in targets
    )


def differences(rubric: Rubric, levels: Levels) -> tuple[Difference, ...]:
    """Compare the partners' ratings of each criterion that two of them or more have rated."""
    partners = [(rating, levels[rating]) for rating in rubric.partner_ratings]
    least = rubric.scoring.disagreement.min_range
    found = []
    for criterion in rubric.criteria:
        views = {rating: view[criterion] for rating, view in partners if criterion in view}
        if len(views) > 1:
            spread = max(views.values()) - min(views.values())
            found.append(Difference(criterion, views, spread, is_large=spread >= least))
    return tuple(found)


def priorities(rubric: Rubric, levels: Levels) -> tuple[Priority, ...]:
    """Put the criteria that have a way to go in the order in which to look at them.

    A criterion counts when its level is known, is not the highest, and is below its target or has
    no target that could be read. The order is: largest gap (none last), lowest level, the rubric's.
    """
    reached = levels[rubric.scored_rating]
    targets = levels[rubric.target_rating] if rubric.target_rating is not None else {}
    top = rubric.levels[-1].value
    drafts = []
    for criterion, level in reached.items():
        target = targets.get(criterion)
        if level < top and (target is None or target > level):
            gap = None if target is None else target - level
            drafts.append((-(gap or 0), level, criterion, target, gap))
    # The levels come in the rubric's order, and sorting keeps that order among equals.
    drafts.sort(key=lambda draft: draft[:2])
    return tuple(
        Priority(rank, criterion, level, target, gap, *_next_step(rubric, criterion, level))
        for rank, (_, level, criterion, target, gap) in enumerate(drafts, start=1)
    )


def _next_step(rubric: Rubric, criterion: str, level: int | Decimal) -> tuple[int | Decimal, str]:
    following = next(step.value for step in rubric.levels if step.value > level)
    return following, rubric.criteria[criterion].levels.get(following, "")
