"""Hold what differs between two versions of a rubric, and what that means for comparing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from maturity.changes import ChangeMap
from maturity.rubric import Rubric

__all__ = ["Change", "Consequence", "RubricDiff", "ScoreOutlook", "Suggestion", "worst"]


class Consequence(StrEnum):
    """Whether what was found before and after a change can be compared.

    `COMPARABLE`: nothing that answers or scores depend on has changed. `WITH_CARE`: the same thing
    is measured on the same scale, and a part of any movement may come from the change.
    `NOT_COMPARABLE`: there is nothing to compare with, or a difference would say nothing.
    """

    COMPARABLE = "comparable"
    WITH_CARE = "comparable with care"
    NOT_COMPARABLE = "not comparable"


def worst(consequences: Iterable[Consequence]) -> Consequence:
    """Give the gravest of several consequences; `COMPARABLE` when there is none."""
    order = list(Consequence)
    return max(consequences, key=order.index, default=Consequence.COMPARABLE)


class Change(NamedTuple):
    """One thing that differs.

    Attributes:
        kind: what it is about, such as `criterion`, `level` or `roll-up`.
        id: which one: its id in the new version, or in the old one where it is gone.
        what: what became of it (`added`, `removed`, `renamed`, `split`, `merged`, `retired`,
            `reworded`, `order`), or the key that differs, such as `prompt`.
        before: what the old version says, in words; None where it says nothing.
        after: what the new version says, in words; None where it says nothing.
        consequence: whether before and after can be compared.
        because: why, in a sentence.
    """

    kind: str
    id: str
    what: str
    before: str | None
    after: str | None
    consequence: Consequence
    because: str


class ScoreOutlook(NamedTuple):
    """Whether one score can be compared with the score of the same name before.

    Attributes:
        score: the roll-up, such as `domain`.
        id: which one, such as `LG`; the new id.
        consequence: whether the two can be compared.
        because: why not, or why with care; empty when they can be compared.
    """

    score: str
    id: str
    consequence: Consequence
    because: str


class Suggestion(NamedTuple):
    """Two ids that may be one criterion under two names. It is never taken for one by itself.

    Attributes:
        kind: `criterion` or `metric`.
        old: the id that is gone.
        new: the id that is new.
        likeness: how alike their titles are, 0 to 1.
    """

    kind: str
    old: str
    new: str
    likeness: float


@dataclass(frozen=True, slots=True)
class RubricDiff:
    """Everything that differs between two versions of a rubric.

    Attributes:
        old: the version before.
        new: the version after.
        change_map: what was declared about the change; None when nothing was.
        changes: what differs, by kind, in the order of the rubrics.
        criteria: new criterion → whether its answers can be compared with those before.
        scores: every score of the new version: whether it can be compared with the one before.
        suggestions: ids that may be one criterion under two names, likeliest first.
    """

    old: Rubric
    new: Rubric
    change_map: ChangeMap | None
    changes: tuple[Change, ...]
    criteria: Mapping[str, Consequence]
    scores: tuple[ScoreOutlook, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def consequence(self) -> Consequence:
        """The gravest consequence of all; `COMPARABLE` when nothing differs."""
        return worst(change.consequence for change in self.changes)

    def records(self) -> list[dict[str, object]]:
        """Give the changes as plain rows, for a data frame or another program.

        Returns:
            One row per change, with the keys `kind, id, what, before, after, consequence,
            because`.
        """
        return [
            {**change._asdict(), "consequence": change.consequence.value} for change in self.changes
        ]
