"""Compare two results of one area: what moved, what moved it, and what cannot be compared.

Movement is exact. Where a score is a mean, what moved it adds up to the movement: each answer's own
change by its share, and one part for a change in what was counted at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from maturity.cohort.obstacles import (
    between_criteria,
    between_results,
    between_rubrics,
    between_scores,
)
from maturity.issues import Issue
from maturity.result import Contribution, Result, Score

__all__ = [
    "Cause",
    "Comparability",
    "Comparison",
    "CriterionMovement",
    "ScoreMovement",
    "compare",
]


class Comparability(StrEnum):
    """Whether two figures can be compared."""

    COMPARED = "compared"
    """Both were made in the same way from the same questions."""
    WITH_CARE = "with_care"
    """There is a movement, and something beside the answers may have made it."""
    NOT_COMPARED = "not_compared"
    """There is no movement to state."""


class Cause(NamedTuple):
    """One thing that moved a score.

    Attributes:
        id: the criterion, or the score below; empty for a change in what was counted.
        rating: the rating; empty for a score below.
        before: what it counted before, exactly; None for a change in what was counted.
        after: what it counts now.
        effect: what it added to the score, exactly; None where effects do not add up.
    """

    id: str
    rating: str
    before: Fraction | None
    after: Fraction | None
    effect: Fraction | None


class ScoreMovement(NamedTuple):
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
        causes: what moved it, the largest effect first.
        adds_up: whether the effects of the causes add up to the change, which they do for means.
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
    causes: tuple[Cause, ...]
    adds_up: bool


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
    general = between_results(before, after)
    is_same_rubric = before.rubric.digest == after.rubric.digest
    keys = dict.fromkeys((s.score, s.id) for r in (after, before) for s in r.scores)
    criteria = dict.fromkeys((*after.rubric.criteria, *before.rubric.criteria))
    rubric_issues = () if is_same_rubric else between_rubrics(before.rubric, after.rubric)
    return Comparison(
        before=before,
        after=after,
        scores=tuple(_score_movement(before, after, key, rubric_issues) for key in keys),
        criteria=tuple(_criterion_movement(before, after, criterion) for criterion in criteria),
        issues=(*general, *rubric_issues),
    )


def _score_movement(
    before: Result, after: Result, key: tuple[str, str], rubric_issues: tuple[Issue, ...]
) -> ScoreMovement:
    score, member = key
    old = before.by_rollup.get(score, {}).get(member)
    new = after.by_rollup.get(score, {}).get(member)
    old_value = None if old is None else old.exact
    new_value = None if new is None else new.exact
    reasons = rubric_issues or between_scores(key, before, after, old, new)
    change = None
    causes: tuple[Cause, ...] = ()
    adds_up = False
    if old and new and old_value is not None and new_value is not None and not rubric_issues:
        change = new_value - old_value
        causes, adds_up = _causes(before, after, old, new)
    return ScoreMovement(
        score=score,
        id=member,
        before=old_value,
        after=new_value,
        change=change,
        band_before=None if old is None else old.band,
        band_after=None if new is None else new.band,
        state=_state(change is not None, reasons),
        reasons=reasons,
        causes=causes,
        adds_up=adds_up,
    )


def _state(has_change: bool, reasons: tuple[Issue, ...]) -> Comparability:
    if not has_change:
        return Comparability.NOT_COMPARED
    return Comparability.WITH_CARE if reasons else Comparability.COMPARED


class _Part(NamedTuple):
    """What one answer or score below counted: its exact value, and its share of the whole."""

    value: Fraction
    share: Fraction


def _causes(
    before: Result, after: Result, old: Score, new: Score
) -> tuple[tuple[Cause, ...], bool]:
    old_parts, new_parts = _counted(before, old), _counted(after, new)
    adds_up = _is_mean(old, old_parts) and _is_mean(new, new_parts)
    both = [key for key in new_parts if key in old_parts]
    causes = [
        Cause(
            *key,
            before=old_parts[key].value,
            after=new_parts[key].value,
            effect=new_parts[key].share * (new_parts[key].value - old_parts[key].value)
            if adds_up
            else None,
        )
        for key in both
        if new_parts[key].value != old_parts[key].value
    ]
    if old_parts.keys() != new_parts.keys():
        causes.append(_composition(old, new, causes, adds_up))
    causes.sort(key=lambda cause: abs(cause.effect or Fraction(0)), reverse=True)
    return tuple(causes), adds_up


def _composition(old: Score, new: Score, causes: list[Cause], adds_up: bool) -> Cause:
    """Give what a change in what was counted added: all that the answers' own changes did not."""
    effect = None
    if adds_up and old.exact is not None and new.exact is not None:
        own = sum((cause.effect or Fraction(0) for cause in causes), Fraction(0))
        effect = new.exact - old.exact - own
    return Cause("", "", None, None, effect)


def _is_mean(score: Score, parts: Mapping[tuple[str, str], _Part]) -> bool:
    """Say whether a score is the mean of its parts by their shares, with nothing done to it."""
    whole = sum((part.value * part.share for part in parts.values()), Fraction(0))
    return bool(parts) and score.exact == whole


def _counted(result: Result, score: Score) -> dict[tuple[str, str], _Part]:
    """Give what was counted, exactly: floats in contributions are only for showing."""
    parts = [part for part in score.contributions if part.treatment.startswith("counted")]
    weights = [Fraction(str(part.weight)) for part in parts]
    whole = sum(weights)
    return {
        (part.id, part.rating): _Part(value, weight / whole)
        for part, weight in zip(parts, weights, strict=True)
        if whole and (value := _exact(result, score, part)) is not None
    }


def _exact(result: Result, score: Score, part: Contribution) -> Fraction | None:
    """Give the exact value of a part: a level, or the score below from which it comes."""
    if not part.rating:
        rule = next(rule for rule in result.rubric.scoring.rules if rule.score == score.score)
        below = result.by_rollup[rule.of][part.id].exact
        if below is not None:
            return below
    if part.value is None:  # it counts as the lowest level
        scale = result.rubric.levels_for(part.id, part.rating) if part.rating else ()
        return Fraction(scale[0].value) if scale else None
    return Fraction(str(part.value))


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
