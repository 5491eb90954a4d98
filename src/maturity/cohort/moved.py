"""Hold what moved between two cohorts, area by area, and sum it up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from maturity.cohort.comparison import Comparability, Comparison, CriterionMovement, ScoreMovement
from maturity.cohort.quartiles import spread_of
from maturity.issues import Issue

__all__ = ["AreaMovement", "CohortMovement", "ScoreSummary", "area_movement"]


@dataclass(frozen=True, slots=True)
class AreaMovement:
    """How one area moved.

    Attributes:
        key: what its two returns have in common.
        area: the area as the later cover names it.
        date_before: the date of the earlier return.
        date_after: the date of the later return.
        scores: how each score moved.
        criteria: how each criterion moved.
        issues: what concerns the two returns as a whole.
    """

    key: str
    area: str
    date_before: datetime.date | None
    date_after: datetime.date | None
    scores: tuple[ScoreMovement, ...]
    criteria: tuple[CriterionMovement, ...]
    issues: tuple[Issue, ...]


class ScoreSummary(NamedTuple):
    """How one score moved over all areas.

    Attributes:
        score: the roll-up.
        id: the group.
        compared: how many areas have a movement.
        not_compared: how many have none, and say why.
        with_care: how many of the movements are to be read with care.
        up: how many went up.
        same: how many stayed.
        down: how many went down.
        median: the median movement, exactly; None when there is none.
        mean: the mean movement, likewise.
    """

    score: str
    id: str
    compared: int
    not_compared: int
    with_care: int
    up: int
    same: int
    down: int
    median: Fraction | None
    mean: Fraction | None


@dataclass(frozen=True)
class CohortMovement:
    """What moved between two cohorts.

    Attributes:
        areas: the areas that are in both, in the order of the later cohort.
        only_before: areas that sent no later return.
        only_after: areas that sent no earlier return.
    """

    areas: tuple[AreaMovement, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @cached_property
    def summary(self) -> tuple[ScoreSummary, ...]:
        """How each score moved over all areas, in the rubric's order."""
        rows: dict[tuple[str, str], list[ScoreMovement]] = {}
        for area in self.areas:
            for row in area.scores:
                rows.setdefault((row.score, row.id), []).append(row)
        return tuple(_summary(key, found) for key, found in rows.items())

    def records(self) -> list[dict[str, object]]:
        """Give the movements as plain rows.

        Returns:
            One row per area and score with the keys `area, date_before, date_after, score, id,
            before, after, change, state`.
        """
        return [
            {
                "area": area.area,
                "date_before": area.date_before,
                "date_after": area.date_after,
                "score": row.score,
                "id": row.id,
                "before": None if row.before is None else float(row.before),
                "after": None if row.after is None else float(row.after),
                "change": None if row.change is None else float(row.change),
                "state": row.state.value,
            }
            for area in self.areas
            for row in area.scores
        ]


def _summary(key: tuple[str, str], rows: list[ScoreMovement]) -> ScoreSummary:
    changes = [row.change for row in rows if row.change is not None]
    spread = spread_of(changes)
    return ScoreSummary(
        score=key[0],
        id=key[1],
        compared=len(changes),
        not_compared=len(rows) - len(changes),
        with_care=sum(row.state is Comparability.WITH_CARE for row in rows),
        up=sum(change > 0 for change in changes),
        same=sum(change == 0 for change in changes),
        down=sum(change < 0 for change in changes),
        median=None if spread is None else spread.median,
        mean=None if spread is None else spread.mean,
    )


def area_movement(key: str, area: str, comparison: Comparison) -> AreaMovement:
    """Keep of a comparison what a cohort needs."""
    return AreaMovement(
        key=key,
        area=area,
        date_before=comparison.before.assessment.date,
        date_after=comparison.after.assessment.date,
        scores=comparison.scores,
        criteria=comparison.criteria,
        issues=comparison.issues,
    )
