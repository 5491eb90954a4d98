"""Hold what one return scored under one rubric, and why.

These are nouns only; `maturity.scoring.engine` makes them. Every score carries its bounds, coverage
and contributions, so that a person can work it out again by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from maturity.assessment import Assessment, State
from maturity.reconciliation import Reconciliation
from maturity.rubric import Rubric

__all__ = ["Contribution", "Difference", "Gap", "Priority", "Result", "Score"]


class Contribution(NamedTuple):
    """What one answer, or one score below, gave to a score.

    Attributes:
        id: the criterion's id, or the id of the score below.
        rating: the rating's id; empty for a score below.
        state: what became of the answer, as the rubric's answer rules left it. A score below that
            could not be given is `blank`, and one to which nothing applies is `not_applicable`.
        value: the level or score that was used; None when it gave none.
        weight: its weight as the rubric gives it, before any share is taken.
        share: its part of the weight that was counted, 0 to 1. The value of a mean is the sum of
            value × share over the contributions that were counted.
        treatment: `counted`, `left out`, `not applicable`, `counted as lowest`, or `counted as` and
            the number that the rubric counts for what is not there. Where an answer rule changed
            the answer, its sentence follows: `not applicable: There is no service of this kind.`
        sheet: where the answer stands; None for a score below or an answer without a cell.
        cell: likewise.
    """

    id: str
    rating: str
    state: State
    value: float | None
    weight: float
    share: float
    treatment: str
    sheet: str | None = None
    cell: str | None = None

    @property
    def applies(self) -> bool:
        """Whether it counts, or would if it were not missing."""
        return not self.treatment.startswith("not applicable")


@dataclass(frozen=True, slots=True)
class Score:
    """One score, or the reason why there is none.

    Attributes:
        score: the roll-up that made it, such as `domain`.
        id: the group, such as `LG`; members of several facets are joined by `/`, as in `LG/early`.
        members: facet → member for this group.
        value: the score on the rubric's level scale; None when it cannot be given.
        low: the least that it could be, whatever the missing answers turn out to be: for a mean,
            what it would be if each were the lowest level. None where it could be nothing.
        high: likewise the most.
        coverage: the share of the group's weight that is answered, 0 to 1. None when nothing in the
            group applies.
        band: the name of the stretch of the scale in which the exact value lies.
        reason: why there is no value; None when there is one.
    """

    score: str
    id: str
    members: Mapping[str, str]
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    band: str | None
    reason: str | None
    _ratio: tuple[int, int] | None = field(repr=False)
    _explain: Callable[[], tuple[Contribution, ...]] = field(repr=False, compare=False)

    @property
    def exact(self) -> Fraction | None:
        """The value as an exact fraction, from which its band was chosen."""
        return None if self._ratio is None else Fraction(*self._ratio)

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What each answer or score below gave to this one, in the rubric's order."""
        return self._explain()

    def record(self) -> dict[str, str | float | None]:
        """Give the score as a plain row: `score, id, value, low, high, coverage, band, reason`."""
        return {
            "score": self.score,
            "id": self.id,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "coverage": self.coverage,
            "band": self.band,
            "reason": self.reason,
        }


class Gap(NamedTuple):
    """How far a criterion's scored level is from its target, both on the level scale."""

    criterion: str
    level: int | Decimal
    target: int | Decimal

    @property
    def size(self) -> int | Decimal:
        """Levels still to go; negative when the target is below the level."""
        return self.target - self.level


class Difference(NamedTuple):
    """Partners who see one criterion differently.

    Attributes:
        criterion: the criterion's id.
        levels: partner rating → level, for the partners who answered; at least two.
        range: the distance between the highest and the lowest, in levels.
        is_large: whether the rubric says that this is far enough apart to be talked about.
    """

    criterion: str
    levels: Mapping[str, int | Decimal]
    range: int | Decimal
    is_large: bool


class Priority(NamedTuple):
    """A criterion below its target, or without one, in the order in which to look at them.

    Attributes:
        rank: 1 for the first.
        criterion: the criterion's id.
        level: the scored level.
        target: the level aimed at; None when there is none.
        gap: levels still to go; None without a target.
        next_level: the next level up.
        next_step: the descriptor of the next level: what would be seen there.
    """

    rank: int
    criterion: str
    level: int | Decimal
    target: int | Decimal | None
    gap: int | Decimal | None
    next_level: int | Decimal
    next_step: str


def _nothing_compared(_result: Result) -> Reconciliation:
    return Reconciliation()


@dataclass(frozen=True)
class Result:
    """What one return scored.

    Attributes:
        assessment: the return, with its answers and issues.
        scores: every score, roll-up by roll-up in the rubric's order.
        gaps: for each criterion with a level and a target, how far apart they are.
        differences: for each criterion rated by two partners or more, how far apart they are.
        priorities: criteria to work on, in order: largest gap first, then lowest level, then the
            rubric's order.
    """

    assessment: Assessment
    scores: tuple[Score, ...]
    gaps: tuple[Gap, ...]
    differences: tuple[Difference, ...]
    priorities: tuple[Priority, ...]
    _reconcile: Callable[[Result], Reconciliation] = field(
        default=_nothing_compared, repr=False, compare=False
    )

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Our scores beside those that the workbook states itself; empty when it states none."""
        return self._reconcile(self)

    @property
    def rubric(self) -> Rubric:
        """The rubric under which it was scored."""
        return self.assessment.rubric

    @cached_property
    def by_rollup(self) -> Mapping[str, Mapping[str, Score]]:
        """Roll-up name → score id → score."""
        found: dict[str, dict[str, Score]] = {}
        for score in self.scores:
            found.setdefault(score.score, {})[score.id] = score
        return found

    @property
    def domains(self) -> Mapping[str, Score]:
        """The scores of the roll-up `domain`, by domain id; empty when the rubric has none."""
        return self.by_rollup.get("domain", {})

    @property
    def principles(self) -> Mapping[str, Score]:
        """The scores of the roll-up `principle`, by principle id; empty when there is none."""
        return self.by_rollup.get("principle", {})

    @property
    def overall(self) -> Score | None:
        """The overall score; None when the rubric asks for none."""
        return self.by_rollup.get("overall", {}).get("overall")

    def records(self) -> list[dict[str, object]]:
        """Give the scores as plain rows, for a data frame or another program.

        Returns:
            One row per score with the keys `score, id, value, low, high, coverage, band, reason`.
        """
        return [dict(score.record()) for score in self.scores]
