"""Work out a group by everything that a roll-up can say, in one view of the values.

The plain methods over answers have a quicker way in `maturity.scoring.engine`; both give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import prod
from types import EllipsisType
from typing import NamedTuple

from maturity.rules import Condition, CountAs, RollUp, Rounding
from maturity.scoring.aggregation import METHODS
from maturity.scoring.conditions import Value, View, holds, passes
from maturity.scoring.plan import Group
from maturity.scoring.prepared import Prepared, counted_value

__all__ = ["Outcome", "parts_in", "work_out"]

# Irrational results are cut after this many digits, far beyond what a float or a cut can show.
_DIGITS = Context(prec=50)


class Outcome(NamedTuple):
    """What came of a group in one view.

    Attributes:
        value: the score; None when it is missing, `...` when nothing applies.
        label: what a table's row calls it; empty for none.
        because: the sentence of the row or gate that decided it; empty for none.
    """

    value: Value
    label: str = ""
    because: str = ""


class _Entry(NamedTuple):
    part: int
    weight: int
    value: Fraction


def work_out(
    prepared: Prepared,
    view: View,
    extremes: Sequence[Fraction],
    *,
    strict: bool = True,
    divisors: View | None = None,
) -> Outcome:
    """Work out a group in one view.

    Args:
        prepared: the group.
        view: the values.
        extremes: for each part, the lowest value it could have, or the highest for an upper bound.
        strict: whether missing parts may make the score impossible; not so for bounds.
        divisors: the view that what the result is divided by comes from; the same when left out.
    """
    group, rule = prepared.group, prepared.group.rule
    if rule.method == "table":
        outcome = _first_row(prepared, view)
    elif rule.method == "ladder":
        outcome = Outcome(Fraction(_steps_reached(prepared, view)))
    else:
        entries, applies, has_enough = _entries(prepared, view, extremes, strict=strict)
        if not applies:
            return Outcome(...)
        if not has_enough and strict:
            return Outcome(None)
        if not sum(entry.weight for entry in entries):
            return Outcome(None)
        outcome = Outcome(_by_method(prepared, group, entries))
    value = outcome.value
    if not isinstance(value, Fraction):
        return outcome
    if rule.over is not None:
        scores = (divisors or view).scores
        divisor = None if prepared.divisor is None else scores[prepared.divisor]
        if not isinstance(divisor, Fraction) or not divisor:
            return Outcome(None, because=f'The score "{rule.over}", to divide by, is 0 or missing.')
        value /= divisor
    return _gated(prepared, view, outcome, _adjusted(rule, value))


def _entries(
    prepared: Prepared, view: View, extremes: Sequence[Fraction], *, strict: bool
) -> tuple[list[_Entry], bool, bool]:
    """Give what counts, whether anything applies, and whether what is missing allows a score."""
    group, rule = prepared.group, prepared.group.rule
    raw = parts_in(prepared, view)
    entries: list[_Entry] = []
    applies = refused = False
    given = 0
    for part, (value, weight) in enumerate(zip(raw, _weights(prepared, view), strict=True)):
        if isinstance(value, EllipsisType) and rule.not_applicable == "skip":
            continue
        if weight is None:
            # What nobody weighed cannot be counted; for bounds it weighs as much as it could.
            applies = True
            refused = refused or rule.missing == "refuse"
            if not strict:
                most = group.weights[part] * prepared.top_importance
                entries.append(_Entry(part, most, counted_value(rule, extremes[part])))
            continue
        if isinstance(value, EllipsisType):
            if isinstance(rule.not_applicable, CountAs):
                entries.append(_Entry(part, weight, Fraction(rule.not_applicable.count_as)))
                applies = applies or weight > 0
                given += weight
                continue
            value = None if strict else extremes[part]  # noqa: PLW2901 - from here on it is missing
        applies = applies or weight > 0
        if value is not None:
            limit = view.answers[prepared.limits[part]] if prepared.limits else None
            entries.append(_Entry(part, weight, counted_value(rule, value, limit)))
            given += weight
        elif rule.missing == "lowest":
            entries.append(_Entry(part, weight, counted_value(rule, extremes[part])))
        elif isinstance(rule.missing, CountAs):
            entries.append(_Entry(part, weight, Fraction(rule.missing.count_as)))
        else:
            refused = refused or rule.missing == "refuse"
    # A score of nothing but the lowest level would pass for an answer; a number that the rubric
    # counts instead is the rubric's own choice.
    is_empty = not given and not isinstance(rule.missing, CountAs)
    return entries, applies, not (refused or is_empty)


def _weights(prepared: Prepared, view: View) -> Sequence[int | None]:
    """Give each part's weight; None where an answer is the weight and is not given."""
    if not prepared.importance:
        return prepared.group.weights
    return [
        weight_of(prepared, weight, [view.given[place] for place in places])
        for weight, places in zip(prepared.group.weights, prepared.importance, strict=True)
    ]


def weight_of(prepared: Prepared, own: int, answers: Sequence[Value]) -> int | None:
    """Multiply a part's own weight by the answers that weigh it; None when one is not given."""
    given = [answer for answer in answers if isinstance(answer, Fraction)]
    if len(given) < len(answers):
        return None
    return int(own * prod(given, start=Fraction(1)) * prepared.importance_factor)


def parts_in(prepared: Prepared, view: View) -> list[Value]:
    """Give a group's parts as a view has them.

    Where the rule says so, "not applicable" under one of the ratings makes all of a criterion's
    answers so. What should be weighed by an answer that is not given is as good as missing.
    """
    values = view.answers if prepared.group.is_of_answers else view.scores
    raw = [values[place] for place in prepared.group.parts]
    if prepared.importance:
        pairs = zip(raw, _weights(prepared, view), strict=True)
        raw = [None if weight is None and value is not ... else value for value, weight in pairs]
    if not prepared.together:
        return raw
    return [
        ... if any(view.answers[other] is ... for other in others) else value
        for value, others in zip(raw, prepared.together, strict=True)
    ]


def _by_method(prepared: Prepared, group: Group, entries: list[_Entry]) -> Fraction:
    rule = group.rule
    factor = group.weight_factor * prepared.importance_factor
    weights = [entry.weight for entry in entries]
    values = [entry.value for entry in entries]
    if rule.method in METHODS:
        return Fraction(*METHODS[rule.method](values, weights)) / (
            factor if rule.method == "sum" else 1
        )
    if rule.method == "geometric-mean":
        return _geometric_mean(values, weights)
    if rule.method == "points":
        possible = sum(
            (entry.weight * prepared.tops[entry.part] for entry in entries), start=Fraction(0)
        )
        earned = sum((e.weight * e.value for e in entries), start=Fraction(0))
        return earned / possible if possible else Fraction(0)
    condition = rule.counts or Condition()
    passed = sum(entry.weight for entry in entries if passes(condition, entry.value))
    if rule.method == "count":
        return Fraction(passed, factor)
    return Fraction(passed, sum(weights))


def _geometric_mean(values: list[Fraction], weights: list[int]) -> Fraction:
    """Give the weighted geometric mean to 50 digits; it is zero as soon as one value is."""
    if any(value <= 0 for value in values):
        return Fraction(0)
    logarithm = Decimal(0)
    for value, weight in zip(values, weights, strict=True):
        number = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
        logarithm = _DIGITS.add(logarithm, _DIGITS.multiply(_DIGITS.ln(number), Decimal(weight)))
    mean = _DIGITS.exp(_DIGITS.divide(logarithm, Decimal(sum(weights))))
    # The last digits are noise; without them the mean of equal values is that value.
    return Fraction(mean.quantize(Decimal(1).scaleb(-40), context=_DIGITS))


def _first_row(prepared: Prepared, view: View) -> Outcome:
    for row, tied in zip(prepared.group.rule.rows, prepared.rows, strict=True):
        if tied is None or holds(tied, view):
            return Outcome(Fraction(row.then), row.label, row.because)
    return Outcome(None)


def _steps_reached(prepared: Prepared, view: View) -> int:
    """Give the number of the highest step reached; each lower one too, where steps build up."""
    ladder = prepared.group.rule.ladder
    best = 0
    for number, tied in enumerate(prepared.steps, start=1):
        if holds(tied, view):
            best = number
        elif ladder is None or ladder.cumulative:
            break
    return best


def _adjusted(rule: RollUp, value: Fraction) -> Fraction:
    """Change the scale, clip and round, in this order."""
    if rule.scale is not None:
        value = Fraction(rule.scale.plus) + Fraction(rule.scale.times) * value
    if rule.at_least is not None:
        value = max(value, Fraction(rule.at_least))
    if rule.at_most is not None:
        value = min(value, Fraction(rule.at_most))
    return value if rule.round is None else _rounded(rule.round, value)


def _rounded(rounding: Rounding, value: Fraction) -> Fraction:
    """Round exactly: the fraction is never made a float on the way."""
    shift = 10**rounding.decimals
    whole, rest = divmod(abs(value) * shift, 1)
    if rounding.mode == "up":
        whole += rest > 0
    elif rounding.mode == "half-up":
        whole += rest >= Fraction(1, 2)
    elif rounding.mode == "half-even":
        whole += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    return Fraction(whole if value >= 0 else -whole, shift)


def _gated(prepared: Prepared, view: View, outcome: Outcome, value: Fraction) -> Outcome:
    """Hold the score down to the lowest gate that holds."""
    because = outcome.because
    for gate, tied in zip(prepared.group.rule.gates, prepared.gates, strict=True):
        if value > Fraction(gate.at_most) and holds(tied, view):
            value, because = Fraction(gate.at_most), gate.because
    return Outcome(value, outcome.label, because)
