"""Compare our scores with those that a workbook states itself, cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from maturity.assessment import State, StatedScore
from maturity.normalise import normalise
from maturity.reconciliation import Agreement, Compared, Reconciliation
from maturity.result import Result
from maturity.scoring.agreeing import is_same, with_stated_parts
from maturity.scoring.reconcile_words import explain
from maturity.scoring.stated import Finder, Ours, PartKey

__all__ = ["reconcile"]


def reconcile(result: Result) -> Reconciliation:
    """Compare every score that the workbook states with ours.

    Args:
        result: our result for a return whose layout declares where the workbook states scores.

    Returns:
        One comparison for each such cell. Those that do not agree are explained, and the first
        step at which they part is marked. None at all when the layout declares no cells.
    """
    if not result.assessment.stated:
        return Reconciliation()
    finder = Finder(result)
    answers = result.rubric.answers
    no_answer = frozenset(map(normalise, (*answers.blank, *answers.not_applicable)))
    pairs = [(stated, finder.ours(stated)) for stated in result.assessment.stated]
    order = {rule.score: place for place, rule in enumerate(result.rubric.scoring.rules)}
    pairs.sort(key=lambda pair: order.get(pair[0].score, -1))
    compared = [(_compared(stated, ours, no_answer), ours) for stated, ours in pairs]
    steps = _Steps(compared, finder)
    return Reconciliation(tuple(steps.explained(each, ours) for each, ours in compared))


def _compared(stated: StatedScore, ours: Ours | None, no_answer: Collection[str]) -> Compared:
    value = None if ours is None else ours.value
    return Compared(
        score=stated.score,
        id=(stated.id or stated.criterion) if ours is None else ours.key[1],
        rating="" if ours is None else ours.key[2],
        agreement=_agreement(stated, ours, no_answer),
        ours=None if value is None else float(value),
        stated=stated.value,
        raw=stated.raw,
        sheet=stated.sheet,
        cell=stated.cell,
        decimals=stated.decimals,
    )


def _agreement(stated: StatedScore, ours: Ours | None, no_answer: Collection[str]) -> Agreement:
    if ours is None:
        return Agreement.UNKNOWN
    if stated.state is State.BLANK:
        return Agreement.AGREES if ours.value is None else Agreement.NOT_STATED
    if stated.state is State.UNREADABLE:
        return Agreement.UNREADABLE
    says = normalise(stated.raw)
    if ours.value is None:
        # A word for "no answer", in place of a score, says what we say.
        is_none = stated.value is None and says in no_answer
        return Agreement.AGREES if is_none else Agreement.NOT_SCORED
    if stated.value is None:
        has_word = any(normalise(word) == says for word in ours.words)
        return Agreement.AGREES if has_word else Agreement.DIFFERS
    agrees = is_same(ours.value, Fraction(stated.value), stated.decimals)
    return Agreement.AGREES if agrees else Agreement.DIFFERS


class _Steps:
    """Tells where a workbook and we part ways from what only follows from that.

    Args:
        compared: every comparison, with our side of it.
        finder: finds what our scores are made of.
    """

    def __init__(self, compared: Sequence[tuple[Compared, Ours | None]], finder: Finder) -> None:
        self._finder = finder
        self._stated: dict[PartKey, list[Compared]] = {}
        for each, ours in compared:
            if ours is not None:
                self._stated.setdefault(ours.key, []).append(each)

    def explained(self, each: Compared, ours: Ours | None) -> Compared:
        """Say why a score does not agree, and whether it is the first step that does not."""
        if each.agreement is Agreement.AGREES:
            return each
        if ours is None:
            text = f'The rubric makes no score "{each.score}" for {each.id or "this row"}.'
            return replace(each, explanation=text, is_first_step=True)
        doubtful = [key for key in ours.part_keys if self._is_doubtful(key, each.sheet)]
        follows = bool(doubtful) and self._follows(each, ours, doubtful)
        elsewhere = [
            other
            for other in self._stated[ours.key]
            if other.agreement is Agreement.AGREES and other.cell and other is not each
        ]
        below = [part for key in doubtful for part in self._differing(key, each.sheet)]
        text = explain(each, ours, below, elsewhere, follows=follows)
        return replace(each, explanation=text, is_first_step=not follows)

    def _stated_for(self, key: PartKey, sheet: str) -> Sequence[Compared]:
        """Give what the workbook states for a part: on the same sheet, or else wherever it does."""
        stated = self._stated.get(key, [])
        return [each for each in stated if each.sheet == sheet] or stated

    def _is_doubtful(self, key: PartKey, sheet: str) -> bool:
        stated = self._stated_for(key, sheet)
        if stated:
            return any(each.agreement is not Agreement.AGREES for each in stated)
        return any(self._is_doubtful(part, sheet) for part in self._finder.parts_of(key))

    def _differing(self, key: PartKey, sheet: str) -> Sequence[Compared]:
        """Give the nearest comparisons beneath that do not agree."""
        stated = self._stated_for(key, sheet)
        if stated:
            return [each for each in stated if each.agreement is not Agreement.AGREES]
        parts = self._finder.parts_of(key)
        return [each for part in parts for each in self._differing(part, sheet)]

    def _follows(self, each: Compared, ours: Ours, doubtful: Sequence[PartKey]) -> bool:
        """Say whether a score differs only because of what the workbook states beneath it.

        Where that cannot be worked out, it is taken to: something beneath it does differ.
        """
        if each.stated is None:
            return True
        values: Mapping[PartKey, Fraction | None] = {
            key: self._one_value(key, each.sheet) for key in doubtful
        }
        value = with_stated_parts(ours, values)
        return value is None or is_same(value, Fraction(each.stated), each.decimals)

    def _one_value(self, key: PartKey, sheet: str) -> Fraction | None:
        """Give the one number that the workbook states for a part; None when there are several."""
        values = {each.stated for each in self._stated_for(key, sheet)}
        value = values.pop() if len(values) == 1 else None
        return None if value is None else Fraction(value)
