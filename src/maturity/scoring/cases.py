"""Narrow the bounds of a score by trying the missing answers on which its own answers depend.

What each answer could be is worked out one answer at a time, which forgets that a question and its
follow-up belong together. Where few missing answers decide, each way of giving them is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from maturity.assessment import Response
from maturity.rubric import Rubric
from maturity.scoring.answer_rules import given_answers, possible_answers
from maturity.scoring.bounds import possible_score
from maturity.scoring.conditions import Value
from maturity.scoring.plan import plan_for
from maturity.scoring.possible import Possible, Possibles, either
from maturity.scoring.prepared import Prepared

__all__ = ["Cases"]

# Three missing answers on a scale of four. With more, the bounds are wider and hold all the same.
_MOST = 64


class Cases:
    """The ways in which the answers of one return could be given."""

    def __init__(
        self, rubric: Rubric, responses: Sequence[Response], cover: Mapping[str, str]
    ) -> None:
        self._rubric = rubric
        self._plan = plan_for(rubric)
        self._given = given_answers(self._plan, responses)
        self._cover = cover
        self._tried: dict[frozenset[int], list[list[Possible]]] = {}
        answers = possible_answers(self._plan, rubric, self._given, cover)
        self.possibles = Possibles(answers, [], cover)
        # With every answer given, and none taken away by a rule, every score is what it is.
        self._is_settled = all(
            len(answer.numbers) == 1 and not (answer.leaves or answer.lacks or answer.unanswered)
            for answer in answers
        )

    def score(self, prepared: Prepared, looks_at: frozenset[int], value: Value) -> Possible:
        """Say what a group's score could be.

        Args:
            prepared: the group.
            looks_at: the positions of the answers on which it depends what its own answers count.
            value: the score as it stands.
        """
        if self._is_settled and isinstance(value, Fraction):
            return Possible((value, value), between=True)
        broad = possible_score(prepared, self.possibles)
        deciding = frozenset(place for place in looks_at if self._given[place].unanswered)
        if not deciding or prod(len(self._plan.scales[place]) for place in deciding) > _MOST:
            return broad
        if deciding not in self._tried:
            self._tried[deciding] = list(self._try(sorted(deciding)))
        found = [
            possible_score(prepared, self.possibles._replace(answers=answers))
            for answers in self._tried[deciding]
        ]
        narrow = found[0]
        for each in found[1:]:
            narrow = either(narrow, each)
        return _with_value(narrow, broad, value)

    def _try(self, places: Sequence[int]) -> Iterator[list[Possible]]:
        for levels in product(*(self._plan.scales[place] for place in places)):
            given = [*self._given]
            for place, level in zip(places, levels, strict=True):
                given[place] = Possible((level,))
            yield possible_answers(self._plan, self._rubric, given, self._cover)


def _with_value(narrow: Possible, broad: Possible, value: Value) -> Possible:
    """Take in the score as it stands, unless it lies outside of what it could be anyhow."""
    if not narrow.numbers:
        return narrow
    low, high = narrow.numbers[0], narrow.numbers[-1]
    if isinstance(value, Fraction) and broad.numbers[0] <= value <= broad.numbers[-1]:
        low, high = min(low, value), max(high, value)
    return narrow._replace(numbers=(low, high))
