"""Find what to talk about: gaps to target, partners who differ, and what to work on next."""

from __future__ import annotations

from decimal import Decimal

from maturity.assessment import Assessment
from maturity.result import Difference, Gap, Priority
from maturity.rubric import Rubric

__all__ = ["differences", "gaps", "priorities"]

Levels = dict[str, dict[str, int | Decimal]]


def _levels(assessment: Assessment) -> Levels:
    """Rating → criterion → level, for the answers that have one."""
    found: Levels = {rating: {} for rating in assessment.rubric.ratings}
    for response in assessment.responses:
        if response.level is not None:
            found[response.rating][response.criterion] = response.level
    return found


def gaps(assessment: Assessment) -> tuple[Gap, ...]:
    """Compare each criterion's scored level with its target, where both are known."""
    rubric = assessment.rubric
    if rubric.target_rating is None:
        return ()
    levels = _levels(assessment)
    reached, targets = levels[rubric.scored_rating], levels[rubric.target_rating]
    return tuple(
        Gap(criterion, reached[criterion], targets[criterion])
        for criterion in rubric.criteria
        if criterion in reached and criterion in targets
    )


def differences(assessment: Assessment) -> tuple[Difference, ...]:
    """Compare the partners' ratings of each criterion that two of them or more have rated."""
    rubric = assessment.rubric
    levels = _levels(assessment)
    found = []
    for criterion in rubric.criteria:
        views = {
            rating: levels[rating][criterion]
            for rating in rubric.partner_ratings
            if criterion in levels[rating]
        }
        if len(views) > 1:
            spread = max(views.values()) - min(views.values())
            is_large = spread >= rubric.scoring.disagreement.min_range
            found.append(Difference(criterion, views, spread, is_large))
    return tuple(found)


def priorities(assessment: Assessment) -> tuple[Priority, ...]:
    """Put the criteria that have a way to go in the order in which to look at them.

    A criterion counts when its level is known, is not the highest, and is below its target or has
    no target that could be read. The order is: largest gap (none last), lowest level, the rubric's.
    """
    rubric = assessment.rubric
    levels = _levels(assessment)
    reached = levels[rubric.scored_rating]
    targets = levels[rubric.target_rating] if rubric.target_rating is not None else {}
    top = rubric.levels[-1].value
    drafts = []
    for criterion, level in reached.items():
        target = targets.get(criterion)
        if level < top and (target is None or target > level):
            gap = None if target is None else target - level
            drafts.append((-(gap or 0), level, criterion, target, gap))
    place = {criterion: number for number, criterion in enumerate(rubric.criteria)}
    drafts.sort(key=lambda draft: (draft[0], draft[1], place[draft[2]]))
    return tuple(
        Priority(rank, criterion, level, target, gap, *_next_step(rubric, criterion, level))
        for rank, (_, level, criterion, target, gap) in enumerate(drafts, start=1)
    )


def _next_step(rubric: Rubric, criterion: str, level: int | Decimal) -> tuple[int | Decimal, str]:
    following = next(step.value for step in rubric.levels if step.value > level)
    return following, rubric.criteria[criterion].levels.get(following, "")
