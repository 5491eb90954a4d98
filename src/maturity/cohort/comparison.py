"""Compare two results of one area: what moved, what moved it, and what cannot be compared.

Movement is exact. Where a score is a mean, what moved it adds up to the movement: each answer's own
change by its share, and one part for a change in what was counted at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from maturity.cohort.causes import Cause, Held, Results, why_moved
from maturity.cohort.obstacles import (
    between_criteria,
    between_results,
    between_rubrics,
    between_scores,
    same_rubric,
    untouched,
)
from maturity.issues import Issue
from maturity.result import Result, Score

__all__ = [
    "Cause",
    "Comparability",
    "Comparison",
    "CriterionMovement",
    "ScoreMovement",
    "compare",
    "compare_made_of",
]


class Comparability(StrEnum):
    """Whether two figures can be compared."""

    COMPARED = "compared"
    """Both were made in the same way from the same questions."""
    WITH_CARE = "with_care"
    """There is a movement, and something beside the answers may have made it."""
    NOT_COMPARED = "not_compared"
    """There is no movement to state."""


@dataclass(frozen=True, slots=True)
class ScoreMovement:
    """How one score moved.

    Attributes:
        score: the roll-up, such as `domain`.
        id: the group, such as `LG`.
        before: the exact value before; None when there was none.
        after: the exact value after.
        change: after less before, exactly; None when it is not compared.
        band_before: the band before.
        band_after: the band after.
        state: whether it can be compared.
        reasons: why not, or why with care.
    """

    score: str
    id: str
    before: Fraction | None
    after: Fraction | None
    change: Fraction | None
    band_before: str | None
    band_after: str | None
    state: Comparability
    reasons: tuple[Issue, ...]
    _results: Results | None = field(default=None, repr=False, compare=False)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What moved it, the largest effect first; worked out when it is asked for."""
        return () if self._results is None else why_moved(self._results, (self.score, self.id))[0]

    @property
    def adds_up(self) -> bool:
        """Whether the effects of the causes add up to the change, which they do for means."""
        results = self._results
        return results is not None and why_moved(results, (self.score, self.id))[1]


class CriterionMovement(NamedTuple):
    """How the scored answer to one criterion moved.

    Attributes:
        criterion: the criterion's id.
        before: the level before; None when there was none.
        after: the level after.
        change: after less before; None when it is not compared.
        state: whether it can be compared.
        reasons: why not, or why with care.
    """

    criterion: str
    before: int | Decimal | None
    after: int | Decimal | None
    change: int | Decimal | None
    state: Comparability
    reasons: tuple[Issue, ...]


@dataclass(frozen=True)
class Comparison:
    """What moved between two results.

    Attributes:
        before: the earlier result.
        after: the later result.
        scores: one row for each score of either, in the later rubric's order.
        criteria: one row for each criterion of either, likewise.
        issues: what concerns the two as a whole, such as another rubric or another area.
    """

    before: Result
    after: Result
    scores: tuple[ScoreMovement, ...]
    criteria: tuple[CriterionMovement, ...]
    issues: tuple[Issue, ...]

    @property
    def all_issues(self) -> tuple[Issue, ...]:
        """Everything that stands in the way of comparing, each reason once."""
        found = [*self.issues]
        for score in self.scores:
            found += score.reasons
        for criterion in self.criteria:
            found += criterion.reasons
        return tuple(dict.fromkeys(found))

    def records(self) -> list[dict[str, object]]:
        """Give the movements as plain rows.

        Returns:
            One row per score, then one per criterion (with the score `criterion`), with the keys
            `score, id, before, after, change, band_before, band_after, state, reasons`.
        """
        rows: list[dict[str, object]] = [
            {
                "score": row.score,
                "id": row.id,
                "before": _float(row.before),
                "after": _float(row.after),
                "change": _float(row.change),
                "band_before": row.band_before,
                "band_after": row.band_after,
                "state": row.state.value,
                "reasons": _codes(row.reasons),
            }
            for row in self.scores
        ]
        return rows + [
            {
                "score": "criterion",
                "id": row.criterion,
                "before": _float(row.before),
                "after": _float(row.after),
                "change": _float(row.change),
                "band_before": None,
                "band_after": None,
                "state": row.state.value,
                "reasons": _codes(row.reasons),
            }
            for row in self.criteria
        ]


def _float(value: Fraction | Decimal | int | None) -> float | None:
    return None if value is None else float(value)


def _codes(reasons: tuple[Issue, ...]) -> str:
    return ", ".join(dict.fromkeys(issue.code.value for issue in reasons))


def compare(before: Result, after: Result) -> Comparison:
    """Say what moved between two results, what moved it, and what cannot be compared and why.

    Scores are compared under one version of a rubric only. Under two, each score says why it is
    not, and criteria are compared by their ids.

    Args:
        before: the earlier result.
        after: the later result.

    Returns:
        One row per score and per criterion of either result.
    """
    return compare_made_of(before, after, {}, Held(before, after))


def compare_made_of(
    before: Result,
    after: Result,
    made_of: Mapping[tuple[str, str], frozenset[str]],
    results: Results,
) -> Comparison:
    """Do what [compare][] does, faster for who knows already what scores are made of.

    Args:
        before: the earlier result.
        after: the later result.
        made_of: (roll-up, id) → the answers that make this score, as rating and criterion; it may
            be empty.
        results: gives the two again, when somebody asks what moved a score.
    """
    general = between_results(before, after)
    keys = dict.fromkeys((s.score, s.id) for r in (after, before) for s in r.scores)
    criteria = dict.fromkeys((*after.rubric.criteria, *before.rubric.criteria))
    rubric_issues = (
        () if same_rubric(before, after) else between_rubrics(before.rubric, after.rubric)
    )
    safe = untouched(before, after, made_of)
    return Comparison(
        before=before,
        after=after,
        scores=tuple(
            _score_movement(
                key,
                before.by_rollup.get(key[0], {}).get(key[1]),
                after.by_rollup.get(key[0], {}).get(key[1]),
                rubric_issues or None,
                results,
                is_untouched=key in safe,
            )
            for key in keys
        ),
        criteria=tuple(_criterion_movement(before, after, criterion) for criterion in criteria),
        issues=(*general, *rubric_issues),
    )


def _score_movement(
    key: tuple[str, str],
    old: Score | None,
    new: Score | None,
    reasons: tuple[Issue, ...] | None,
    results: Results,
    *,
    is_untouched: bool,
) -> ScoreMovement:
    """Say how one score moved; with reasons already there, it is not compared at all."""
    before, after = (None if each is None else each.exact for each in (old, new))
    change = None if reasons or before is None or after is None else after - before
    if reasons is None:
        reasons = between_scores(key, old, new, is_untouched=is_untouched)
    return ScoreMovement(
        score=key[0],
        id=key[1],
        before=before,
        after=after,
        change=change,
        band_before=None if old is None else old.band,
        band_after=None if new is None else new.band,
        state=_state(change is not None, reasons),
        reasons=reasons,
        _results=None if change is None else results,
    )


def _state(has_change: bool, reasons: tuple[Issue, ...]) -> Comparability:
    if not has_change:
        return Comparability.NOT_COMPARED
    return Comparability.WITH_CARE if reasons else Comparability.COMPARED


def _criterion_movement(before: Result, after: Result, criterion: str) -> CriterionMovement:
    levels = [_level(result, criterion) for result in (before, after)]
    reasons, is_comparable = between_criteria(criterion, before, after)
    change = None
    if is_comparable and levels[0] is not None and levels[1] is not None:
        change = levels[1] - levels[0]
    return CriterionMovement(
        criterion=criterion,
        before=levels[0],
        after=levels[1],
        change=change,
        state=_state(change is not None, reasons),
        reasons=reasons,
    )


def _level(result: Result, criterion: str) -> int | Decimal | None:
    rubric = result.rubric
    if criterion not in rubric.criteria:
        return None
    return result.assessment.response(criterion, rubric.scored_rating).level
