"""Work out a group by everything that a roll-up can say, as the values stand.

The plain methods over answers have a quicker way in `maturity.scoring.engine`; both give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from types import EllipsisType
from typing import NamedTuple

from maturity.rules import CountAs
from maturity.scoring.conditions import Value, View, holds
from maturity.scoring.methods import Entry, adjusted, by_method
from maturity.scoring.prepared import Prepared, counted_value

__all__ = ["Outcome", "parts_in", "weight_of", "work_out"]


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


def work_out(prepared: Prepared, view: View, lowest: Sequence[Fraction | None]) -> Outcome:
    """Work out a group as it stands.

    Args:
        prepared: the group.
        view: the values.
        lowest: for each part, the lowest value that it could have; None where it could have none.
    """
    group, rule = prepared.group, prepared.group.rule
    if rule.method == "table":
        outcome = _first_row(prepared, view)
    elif rule.method == "ladder":
        outcome = Outcome(Fraction(_steps_reached(prepared, view)))
    else:
        entries, applies, has_enough = _entries(prepared, view, lowest)
        if not applies:
            return Outcome(...)
        weighty = [entry for entry in entries if entry.weight]
        if not has_enough or not weighty:
            return Outcome(None)
        outcome = Outcome(by_method(group, weighty, prepared.factor))
    value = outcome.value
    if not isinstance(value, Fraction):
        return outcome
    if rule.over is not None:
        divisor = None if prepared.divisor is None else view.scores[prepared.divisor]
        if not isinstance(divisor, Fraction) or not divisor:
            return Outcome(None, because=f'The score "{rule.over}", to divide by, is 0 or missing.')
        value /= divisor
    return _gated(prepared, view, outcome, adjusted(rule, value))


def _entries(
    prepared: Prepared, view: View, lowest: Sequence[Fraction | None]
) -> tuple[list[Entry], bool, bool]:
    """Give what counts, whether anything applies, and whether what is missing allows a score."""
    rule = prepared.group.rule
    entries: list[Entry] = []
    applies = refused = False
    given = 0
    raw = parts_in(prepared, view)
    for part, (found, weight) in enumerate(zip(raw, _weights(prepared, view), strict=True)):
        leaves = isinstance(found, EllipsisType) and rule.not_applicable != "missing"
        if weight is None:
            # What nobody weighed cannot be counted.
            if not (leaves and rule.not_applicable == "skip"):
                applies, refused = True, refused or rule.missing == "refuse"
            continue
        value = _counted(prepared, view, part, found, lowest[part])
        if leaves and value is None:
            continue
        applies = applies or weight > 0
        if value is not None:
            top = prepared.tops[part] if prepared.tops else Fraction(0)
            entries.append(Entry(weight, value, top))
            given += weight if leaves or isinstance(found, Fraction) else 0
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
        weight_of(prepared, weight, [view.answers[place] for place in places])
        for weight, places in zip(prepared.group.weights, prepared.importance, strict=True)
    ]


def weight_of(prepared: Prepared, own: int, answers: Sequence[Value]) -> int | None:
    """Multiply a part's own weight by the answers that weigh it; None when one is not given."""
    given = [answer for answer in answers if isinstance(answer, Fraction)]
    if len(given) < len(answers):
        return None
    return int(own * prod(given, start=Fraction(1)) * prepared.importance_factor)


def _counted(
    prepared: Prepared, view: View, part: int, found: Value, lowest: Fraction | None
) -> Fraction | None:
    """Give what a part counts; None where nothing stands in for what is not there."""
    rule = prepared.group.rule
    if isinstance(found, Fraction):
        limit = view.answers[prepared.limits[part]] if prepared.limits else None
        return counted_value(rule, found, limit)
    leaves = isinstance(found, EllipsisType) and rule.not_applicable != "missing"
    policy = rule.not_applicable if leaves else rule.missing
    if policy == "lowest":
        return None if lowest is None else counted_value(rule, lowest)
    if not isinstance(policy, CountAs):
        return None
    if not isinstance(policy.count_as, str):
        return Fraction(policy.count_as)
    places = prepared.for_exempt if leaves else prepared.for_missing
    other = view.answers[places[part]]
    return counted_value(rule, other) if isinstance(other, Fraction) else None


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


def _gated(prepared: Prepared, view: View, outcome: Outcome, value: Fraction) -> Outcome:
    """Hold the score down to the lowest gate that holds."""
    because = outcome.because
    for gate, tied in zip(prepared.group.rule.gates, prepared.gates, strict=True):
        if value > Fraction(gate.at_most) and holds(tied, view):
            value, because = Fraction(gate.at_most), gate.because
    return Outcome(value, outcome.label, because)
