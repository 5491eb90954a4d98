"""Compare two cohorts, area by area, without having held their workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from maturity.cohort.cohort import Cohort
from maturity.cohort.comparison import compare_made_of
from maturity.cohort.moved import CohortMovement, area_movement
from maturity.cohort.returns import CohortReturn, rebuilt
from maturity.result import Result
from maturity.rubric import Rubric
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
            again = _Again(old[key], before.rubric, found, after.rubric)
            comparison = compare_made_of(*again(), after.made_of, again)
            moved.append(area_movement(key, found.area, comparison))
    return CohortMovement(
        areas=tuple(moved),
        only_before=tuple(each.area for key, each in old.items() if key not in new),
        only_after=tuple(each.area for key, each in new.items() if key not in old),
    )


@dataclass(frozen=True, slots=True, eq=False)  # each is itself alone, and so can be remembered
class _Again:
    """Gives the two results of an area when called, by scoring its answers again.

    To hold all results would take several times the memory of a cohort.
    """

    before: CohortReturn
    rubric_before: Rubric
    after: CohortReturn
    rubric_after: Rubric

    def __call__(self) -> tuple[Result, Result]:
        """Give the earlier and the later result."""
        return _results(self)


@lru_cache(maxsize=1)  # whoever asks about one score of an area asks about the others next
def _results(area: _Again) -> tuple[Result, Result]:
    return (
        score(rebuilt(area.before, area.rubric_before)),
        score(rebuilt(area.after, area.rubric_after)),
    )
