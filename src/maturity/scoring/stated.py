"""Find which score of ours one that a workbook states should be, and what ours is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from maturity.assessment import Response, StatedScore
from maturity.result import Contribution, Result, Score
from maturity.rubric import Rubric
from maturity.scoring.plan import Group, plan_for

__all__ = ["ANSWERS", "Finder", "Ours", "PartKey"]

ANSWERS = "criterion"
"""What a layout calls the scores that are what single answers count."""

PartKey = tuple[str, str, str]
"""A score or answer: roll-up or `criterion`, id, and the rating of an answer."""


class Ours(NamedTuple):
    """What we give for one stated score, and what it is made of.

    Attributes:
        key: which score it is.
        value: its exact value; None when there is none.
        words: what it may be called: its band, or its level's label and the answer as typed.
        reason: why there is no value, or what a table or gate says of it.
        parts: what it is made of; nothing for an answer.
        below: what the parts are: `criterion`, or the roll-up beneath.
        method: how they are put together; empty for an answer.
        response: for an answer, the answer.
    """

    key: PartKey
    value: Fraction | None
    words: tuple[str, ...]
    reason: str
    parts: tuple[Contribution, ...] = ()
    below: str = ""
    method: str = ""
    response: Response | None = None

    @property
    def part_keys(self) -> tuple[PartKey, ...]:
        """Which scores or answers it is made of."""
        return tuple((self.below, part.id, part.rating) for part in self.parts)


class Finder:
    """Finds our side of what a workbook states.

    Args:
        result: our result.
    """

    def __init__(self, result: Result) -> None:
        rubric = result.rubric
        self._result = result
        self._rubric = rubric
        self._scores = {(score.score, score.id): score for score in result.scores}
        self._groups = plan_for(rubric).groups
        self._places = _positions(rubric)
        self._rules = {rule.score: rule for rule in rubric.scoring.rules}
        self._counted: dict[tuple[str, str], Contribution] | None = None

    def ours(self, stated: StatedScore) -> Ours | None:
        """Give our side of a stated score; None when the rubric makes no such score."""
        if stated.score == ANSWERS:
            return self._answer(stated.criterion, stated.rating or self._rubric.scored_rating)
        id_ = stated.id or self._containing(stated)
        score = self._scores.get((stated.score, id_)) or self._scores.get(
            (stated.score, f"{id_}/{stated.rating}")
        )
        return None if score is None else self._of_score(score)

    def parts_of(self, key: PartKey) -> Iterator[PartKey]:
        """Yield what a score is made of; nothing for an answer."""
        score = self._scores.get(key[:2])
        if score is not None:
            yield from self._of_score(score).part_keys

    def _of_score(self, score: Score) -> Ours:
        rule = self._rules[score.score]
        return Ours(
            key=(score.score, score.id, ""),
            value=score.exact,
            words=() if score.band is None else (score.band,),
            reason=score.reason or "",
            parts=score.contributions,
            below=rule.of,
            method=rule.method,
        )

    def _containing(self, stated: StatedScore) -> str:
        """Name the one group of a roll-up to which a criterion's answer belongs."""
        ratings = (stated.rating,) if stated.rating else tuple(self._rubric.ratings)
        wanted = {self._places[stated.criterion, rating] for rating in ratings}
        found = [
            group.id
            for group in self._groups
            if group.rule.score == stated.score and not wanted.isdisjoint(group.positions)
        ]
        return found[0] if len(found) == 1 else ""

    def _answer(self, criterion: str, rating: str) -> Ours | None:
        if (criterion, rating) not in self._places:
            return None
        if self._counted is None:
            self._counted = _counted(self._groups, self._result.scores)
        part = self._counted.get((criterion, rating))
        response = self._result.assessment.responses[self._places[criterion, rating]]
        value = response.level if part is None else part.value
        return Ours(
            key=(ANSWERS, criterion, rating),
            value=None if value is None else Fraction(str(value)),
            words=self._words(response),
            reason=f"the answer is {response.state.value.replace('_', ' ')}",
            response=response,
        )

    def _words(self, response: Response) -> tuple[str, ...]:
        levels = self._rubric.levels_for(response.criterion, response.rating)
        labels = [level.label for level in levels if level.value == response.level]
        return () if response.level is None else (*labels, response.raw)


def _positions(rubric: Rubric) -> Mapping[tuple[str, str], int]:
    pairs = [(criterion, rating) for criterion in rubric.criteria for rating in rubric.ratings]
    return {pair: place for place, pair in enumerate(pairs)}


def _counted(
    groups: Sequence[Group], scores: Sequence[Score]
) -> dict[tuple[str, str], Contribution]:
    """Criterion and rating → what the answer counts in the first roll-up that uses it."""
    found: dict[tuple[str, str], Contribution] = {}
    for group, score in zip(groups, scores, strict=True):
        if group.is_of_answers:
            for part in score.contributions:
                found.setdefault((part.id, part.rating), part)
    return found
