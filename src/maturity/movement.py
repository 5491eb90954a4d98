"""Compare two cohorts, area by area, without having held their workbooks."""

from __future__ import annotations

from maturity.cohort.cohort import Cohort
from maturity.cohort.comparison import compare
from maturity.cohort.moved import CohortMovement, area_movement
from maturity.cohort.returns import rebuilt
from maturity.scoring.engine import score

__all__ = ["compare_cohorts"]


def compare_cohorts(before: Cohort, after: Cohort) -> CohortMovement:
    """Say what moved between two terms, for each area that is in both.

    Areas are matched by their codes or, without one, by their names. The answers that a cohort
    keeps are scored again for their contributions, one area at a time.

    Args:
        before: the earlier returns.
        after: the later returns.

    Returns:
        The movement of each area in both, and the areas that are in one only.
    """
    old = {each.key: each for each in before.latest}
    new = {each.key: each for each in after.latest}
    moved = []
    for key, found in new.items():
        if key in old:
            results = (
                score(rebuilt(old[key], before.rubric)),
                score(rebuilt(found, after.rubric)),
            )
            moved.append(area_movement(key, found.area, compare(*results)))
    return CohortMovement(
        areas=tuple(moved),
        only_before=tuple(each.area for key, each in old.items() if key not in new),
        only_after=tuple(each.area for key, each in new.items() if key not in old),
    )
