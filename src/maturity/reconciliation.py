"""Hold how our scores compare with those that the workbook states itself.

These are nouns only; `maturity.scoring.reconcile` makes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

__all__ = ["Agreement", "Compared", "Reconciliation", "counts_in_words"]


class Agreement(StrEnum):
    """What became of one stated score."""

    AGREES = "agrees"
    """The two are the same, to one part in 1,000 million or to the decimals that are kept."""
    DIFFERS = "differs"
    """Both give a score, and not the same."""
    NOT_STATED = "not stated"
    """The workbook's cell is empty, and we give a score."""
    NOT_SCORED = "not scored"
    """The workbook states a score, and we give none."""
    UNREADABLE = "unreadable"
    """The workbook's cell shows an error, or a formula whose result was not saved."""
    UNKNOWN = "unknown"
    """The layout names a score that the rubric does not make."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One score of ours beside the workbook's own.

    Attributes:
        score: the roll-up; `criterion` for what one answer counts.
        id: the score's or criterion's id.
        rating: the rating of an answer; empty for a score.
        agreement: what became of it.
        ours: our value; None when we give none.
        stated: the workbook's number; None when it gives none.
        raw: what stands in its cell, unchanged.
        sheet: where it stands.
        cell: where it stands.
        decimals: how many decimals the workbook keeps, where it rounds.
        is_first_step: whether the two part ways here: it does not agree although everything that
            it is made of does, or it does not follow from what the workbook states for that.
        explanation: for one that does not agree, how ours is made and what stands beside it.
    """

    score: str
    id: str
    rating: str
    agreement: Agreement
    ours: float | None
    stated: int | Decimal | None
    raw: str
    sheet: str
    cell: str
    decimals: int | None = None
    is_first_step: bool = False
    explanation: str = ""

    def record(self) -> dict[str, object]:
        """Give it as a plain row."""
        return {
            "score": self.score,
            "id": self.id,
            "rating": self.rating,
            "agreement": self.agreement.value,
            "ours": self.ours,
            "stated": None if self.stated is None else float(self.stated),
            "raw": self.raw,
            "sheet": self.sheet,
            "cell": self.cell,
            "decimals": self.decimals,
            "is_first_step": self.is_first_step,
            "explanation": self.explanation,
        }


@dataclass(frozen=True)
class Reconciliation:
    """Every score that a workbook states, beside ours.

    Attributes:
        compared: in the rubric's order: answers first, then roll-up by roll-up.
    """

    compared: tuple[Compared, ...] = ()

    @cached_property
    def counts(self) -> Mapping[Agreement, int]:
        """How many there are of each kind; kinds that do not occur are left out."""
        return Counter(each.agreement for each in self.compared)

    @cached_property
    def by_score(self) -> Mapping[str, Mapping[Agreement, int]]:
        """Roll-up → how many there are of each kind, in the rubric's order."""
        found: dict[str, Counter[Agreement]] = {}
        for each in self.compared:
            found.setdefault(each.score, Counter())[each.agreement] += 1
        return found

    @property
    def differing(self) -> tuple[Compared, ...]:
        """Everything that does not agree, whatever the reason."""
        return tuple(each for each in self.compared if each.agreement is not Agreement.AGREES)

    @property
    def agrees(self) -> bool:
        """Whether something was compared and all of it agrees."""
        return set(self.counts) == {Agreement.AGREES}

    @property
    def first_steps(self) -> tuple[Compared, ...]:
        """The scores at which the two part ways: what to look at first."""
        return tuple(each for each in self.compared if each.is_first_step)

    def records(self) -> list[dict[str, object]]:
        """Give one plain row for each score that the workbook states.

        Returns:
            Rows with the keys `score, id, rating, agreement, ours, stated, raw, sheet, cell,
            decimals, is_first_step, explanation`.
        """
        return [each.record() for each in self.compared]


_IN_WORDS: Mapping[Agreement, str] = {
    Agreement.AGREES: "agree",
    Agreement.DIFFERS: "differ",
    Agreement.NOT_STATED: "not stated by the workbook",
    Agreement.NOT_SCORED: "not scored by us",
    Agreement.UNREADABLE: "unreadable in the workbook",
    Agreement.UNKNOWN: "not known to the rubric",
}


def counts_in_words(counts: Mapping[Agreement, int]) -> str:
    """Say what became of how many stated scores; kinds that do not occur are left out.

    Example:
        >>> counts_in_words({Agreement.DIFFERS: 2, Agreement.AGREES: 1303})
        '1,303 agree, 2 differ'
    """
    return ", ".join(
        f"{counts[kind]:,} {words}" for kind, words in _IN_WORDS.items() if counts.get(kind)
    )
