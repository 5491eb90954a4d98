"""Say what moved a score: each answer's own change by its share, and what was newly counted.

Where a score is a mean, the effects add up to its movement, exactly. They are worked out only when
they are asked for: for every score of every area that would cost several times the comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from maturity.result import Contribution, Result, Score

__all__ = ["Cause", "Held", "Results", "why_moved"]


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


class _Part(NamedTuple):
    """What one answer or score below counted: its exact value, and its weight in any unit."""

    value: Fraction
    weight: Fraction


class _Counted(NamedTuple):
    """Everything that a score counted, and the weight of all of it."""

    parts: dict[tuple[str, str], _Part]
    weight: Fraction

    def makes(self, value: Fraction | None) -> bool:
        """Say whether a value is the mean of the parts, with nothing done to it."""
        if value is None or not self.parts:
            return False
        whole = sum((part.value * part.weight for part in self.parts.values()), Fraction(0))
        return value * self.weight == whole


@dataclass(frozen=True, slots=True)
class Held:
    """Gives the two results that are compared, when called. A class, so that it pickles."""

    before: Result
    after: Result

    def __call__(self) -> tuple[Result, Result]:
        """Give the earlier and the later result."""
        return self.before, self.after


Results = Callable[[], tuple[Result, Result]]


def why_moved(results: Results, key: tuple[str, str]) -> tuple[tuple[Cause, ...], bool]:
    """Say what moved a score that both results have.

    Args:
        results: gives the earlier and the later result.
        key: the roll-up, and the score's id.

    Returns:
        The causes, the largest effect first, and whether their effects add up to the movement.
    """
    both = results()
    old, new = (result.by_rollup[key[0]][key[1]] for result in both)
    before, after = (_counted(*each) for each in zip(both, (old, new), strict=True))
    adds_up = before.makes(old.exact) and after.makes(new.exact)
    causes = _own_changes(before, after, adds_up=adds_up)
    if before.parts.keys() != after.parts.keys():
        causes.append(_composition(old.exact, new.exact, causes, adds_up=adds_up))
    causes.sort(key=lambda cause: abs(cause.effect or Fraction(0)), reverse=True)
    return tuple(causes), adds_up


def _own_changes(before: _Counted, after: _Counted, *, adds_up: bool) -> list[Cause]:
    causes = []
    for key, new in after.parts.items():
        old = before.parts.get(key)
        if old is not None and old.value != new.value:
            effect = new.weight * (new.value - old.value) / after.weight if adds_up else None
            causes.append(Cause(*key, before=old.value, after=new.value, effect=effect))
    return causes


def _composition(
    old: Fraction | None, new: Fraction | None, causes: list[Cause], *, adds_up: bool
) -> Cause:
    """Give what a change in what was counted added: all that the answers' own changes did not."""
    effect = None
    if adds_up and old is not None and new is not None:
        own = sum((cause.effect or Fraction(0) for cause in causes), Fraction(0))
        effect = new - old - own
    return Cause("", "", None, None, effect)


def _counted(result: Result, score: Score) -> _Counted:
    """Give what was counted, exactly: floats in contributions are only for showing."""
    parts = [part for part in score.contributions if part.treatment.startswith("counted")]
    weight = sum((_written(part.weight) for part in parts), Fraction(0))
    found = {
        (part.id, part.rating): _Part(value, _written(part.weight))
        for part in parts
        if weight and (value := _exact(result, score, part)) is not None
    }
    return _Counted(found, weight)


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
    return _written(part.value)


@lru_cache(maxsize=4096)
def _written(number: float) -> Fraction:
    """Read a float as it would be written: 0.1 is a tenth."""
    return Fraction(str(number))
