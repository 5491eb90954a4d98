"""Compare our scores with those that a workbook states itself, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from maturity.assessment import State, StatedScore
from maturity.normalise import normalise
from maturity.reconciliation import Agreement, Compared, Reconciliation
from maturity.result import Contribution, Result, Score
from maturity.rubric import Rubric
from maturity.scoring.plan import Group, plan_for

__all__ = ["reconcile"]

_ANSWERS = "criterion"
# A spreadsheet keeps about fifteen digits; what is left after that is no difference.
_TOLERANCE = Fraction(1, 10**9)
_MOST_PARTS = 8


class _Ours(NamedTuple):
    """What we give for one stated score, and what it is made of."""

    score: str
    id: str
    rating: str
    value: Fraction | None
    words: tuple[str, ...]
    reason: str
    parts: tuple[Contribution, ...]
    method: str


def reconcile(result: Result) -> Reconciliation:
    """Compare every score that the workbook states with ours.

    Args:
        result: our result for a return whose layout declares where the workbook states scores.

    Returns:
        One comparison for each such cell. Those that do not agree are explained, and the first
        step at which they part is marked. None at all when the layout declares no cells.
    """
    finder = _Finder(result)
    pairs = [(stated, finder.ours(stated)) for stated in result.assessment.stated]
    order = {rule.score: place for place, rule in enumerate(result.rubric.scoring.rules)}
    pairs.sort(key=lambda pair: order.get(pair[0].score, -1))
    found = [_compared(stated, ours) for stated, ours in pairs]
    doubtful = {
        (each.score, each.id, each.rating)
        for each in found
        if each.agreement is not Agreement.AGREES
    }
    return Reconciliation(
        result,
        tuple(
            _explained(each, ours, doubtful, finder)
            for each, (_, ours) in zip(found, pairs, strict=True)
        ),
    )


class _Finder:
    """Find which of our scores a stated one should be."""

    def __init__(self, result: Result) -> None:
        rubric = result.rubric
        self._scores = {(score.score, score.id): score for score in result.scores}
        self._groups = plan_for(rubric).groups
        self._places = _positions(rubric)
        self._rubric = rubric
        self._result = result
        self.rules = {rule.score: rule for rule in rubric.scoring.rules}
        self._answers: dict[tuple[str, str], Contribution] | None = None

    def ours(self, stated: StatedScore) -> _Ours | None:
        """Give our side of a stated score; None when the rubric makes no such score."""
        if stated.score == _ANSWERS:
            return self._answer(stated)
        id_ = stated.id or self._containing(stated)
        score = self._scores.get((stated.score, id_)) or self._scores.get(
            (stated.score, f"{id_}/{stated.rating}")
        )
        if score is None:
            return None
        method = self.rules[score.score].method
        return _Ours(
            score.score,
            score.id,
            "",
            score.exact,
            () if score.band is None else (score.band,),
            score.reason or "",
            score.contributions,
            method,
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

    def _answer(self, stated: StatedScore) -> _Ours | None:
        rating = stated.rating or self._rubric.scored_rating
        if (stated.criterion, rating) not in self._places:
            return None
        if self._answers is None:
            self._answers = _counted(self._groups, self._result.scores)
        part = self._answers.get((stated.criterion, rating))
        response = self._result.assessment.response(stated.criterion, rating)
        value = response.level if part is None else part.value
        labels = {
            level.value: level.label for level in self._rubric.levels_for(stated.criterion, rating)
        }
        words = () if response.level is None else (labels[response.level], response.raw)
        reason = f"the answer is {response.state.value.replace('_', ' ')}"
        exact = None if value is None else Fraction(str(value))
        return _Ours(_ANSWERS, stated.criterion, rating, exact, words, reason, (), "")


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


def _compared(stated: StatedScore, ours: _Ours | None) -> Compared:
    return Compared(
        score=stated.score,
        id=(stated.id or stated.criterion) if ours is None else ours.id,
        rating="" if ours is None else ours.rating,
        agreement=_agreement(stated, ours),
        ours=None if ours is None or ours.value is None else float(ours.value),
        stated=stated.value,
        raw=stated.raw,
        sheet=stated.sheet,
        cell=stated.cell,
    )


def _agreement(stated: StatedScore, ours: _Ours | None) -> Agreement:
    if ours is None:
        return Agreement.UNKNOWN
    if stated.state is State.BLANK:
        return Agreement.AGREES if ours.value is None else Agreement.NOT_STATED
    if stated.state is State.UNREADABLE:
        return Agreement.UNREADABLE
    if stated.value is None:
        says = normalise(stated.raw)
        is_same = any(normalise(word) == says for word in ours.words)
        return Agreement.AGREES if is_same else Agreement.DIFFERS
    if ours.value is None:
        return Agreement.NOT_SCORED
    is_same = _is_same(ours.value, Fraction(stated.value), stated.decimals)
    return Agreement.AGREES if is_same else Agreement.DIFFERS


def _is_same(ours: Fraction, stated: Fraction, decimals: int | None) -> bool:
    """Compare to one part in 1,000 million, after the workbook's own rounding."""
    if decimals is not None:
        ours = _rounded(ours, decimals)
    return abs(ours - stated) <= _TOLERANCE * max(Fraction(1), abs(stated))


def _rounded(value: Fraction, decimals: int) -> Fraction:
    """Round halves away from zero, as spreadsheets do."""
    scaled = value * 10**decimals
    # The numerator and denominator may be long, so the half is compared exactly.
    whole = abs(scaled).__floor__()
    if abs(scaled) - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if scaled >= 0 else -whole, 10**decimals)


def _explained(
    each: Compared, ours: _Ours | None, doubtful: set[tuple[str, str, str]], finder: _Finder
) -> Compared:
    """Say why a score does not agree, and whether it is the first step that does not."""
    if each.agreement is Agreement.AGREES:
        return each
    if ours is None:
        text = f'The rubric makes no score "{each.score}" for {each.id or "this row"}.'
        return _with(each, text, is_first_step=True)
    below = finder.rules[ours.score].of if ours.score in finder.rules else ""
    parts = [(below, part.id, part.rating) for part in ours.parts]
    is_first_step = not any(part in doubtful for part in parts)
    return _with(each, _sentence(each, ours), is_first_step=is_first_step)


def _with(each: Compared, explanation: str, *, is_first_step: bool) -> Compared:
    return Compared(
        **{
            name: getattr(each, name)
            for name in Compared.__slots__
            if name not in ("is_first_step", "explanation")
        },
        is_first_step=is_first_step,
        explanation=explanation,
    )


def _sentence(each: Compared, ours: _Ours) -> str:
    says = f"The workbook says {each.raw}" if each.raw else "The workbook says nothing"
    if each.agreement is Agreement.UNREADABLE:
        says = f"The workbook's cell shows {each.raw or 'a formula whose result was not saved'}"
    if ours.value is None:
        return f"{says}; we give no score, because {ours.reason.rstrip('.')}."
    made = f"ours is {_number(ours.value)}"
    if ours.parts:
        shown = ", ".join(_part(part) for part in ours.parts[:_MOST_PARTS])
        more = len(ours.parts) - _MOST_PARTS
        rest = f" and {more} more" if more > 0 else ""
        made += f", the {ours.method.replace('-', ' ')} of {shown}{rest}"
    guess = _other_rule(each, ours)
    return f"{says}; {made}.{f' {guess}' if guess else ''}"


def _part(part: Contribution) -> str:
    value = part.treatment if part.value is None else _number(Fraction(str(part.value)))
    return f"{part.id} {value}"


def _number(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal("1e-9"), rounding=ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def _other_rule(each: Compared, ours: _Ours) -> str:
    """Say under which other rule for what is missing a mean or sum would agree."""
    gaps = [part for part in ours.parts if part.state is not State.ANSWERED]
    if each.stated is None or not gaps or ours.method not in ("mean", "weighted-mean", "sum"):
        return ""
    known = [part for part in ours.parts if part.state is State.ANSWERED]
    for words, parts in (
        ("left out", [(part.value or 0, part.weight) for part in known]),
        (
            "counted as 0",
            [(part.value or 0, part.weight) for part in known] + [(0, p.weight) for p in gaps],
        ),
    ):
        value = _mean_or_sum(ours.method, parts)
        if value is not None and _is_same(value, Fraction(each.stated), None):
            return f"It would agree if what is missing were {words}."
    return ""


def _mean_or_sum(method: str, parts: Iterable[tuple[float, float]]) -> Fraction | None:
    pairs = [(Fraction(str(value)), Fraction(str(weight))) for value, weight in parts]
    total = sum((value * weight for value, weight in pairs), Fraction(0))
    weight = sum((weight for _, weight in pairs), Fraction(0))
    if method == "sum":
        return total
    return total / weight if weight else None
