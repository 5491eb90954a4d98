"""Say when two numbers are the same, and under which other rule they would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from maturity.assessment import State
from maturity.rules import Rounding
from maturity.scoring.methods import rounded
from maturity.scoring.stated import Ours, PartKey

__all__ = ["is_same", "other_rule", "with_stated_parts"]

# A spreadsheet keeps about fifteen digits; what is left after that is no difference.
_TOLERANCE = Fraction(1, 10**9)
_MOST_DECIMALS = 6


def is_same(ours: Fraction, stated: Fraction, decimals: int | None) -> bool:
    """Compare to one part in 1,000 million, after the workbook's own rounding.

    Args:
        ours: our value.
        stated: the workbook's.
        decimals: how many decimals the workbook keeps; None where it does not round.
    """
    if decimals is not None:
        # As spreadsheets do it.
        ours = rounded(Rounding(decimals=decimals, mode="half-up"), ours)
    return abs(ours - stated) <= _TOLERANCE * max(Fraction(1), abs(stated))


def with_stated_parts(ours: Ours, stated: Mapping[PartKey, Fraction | None]) -> Fraction | None:
    """Work a score out from what the workbook states beneath it.

    Args:
        ours: the score.
        stated: part → the workbook's value for it; None where it states no one number.

    Returns:
        The value; None where the rule is more than a mean or sum of what it counts, or where the
        workbook does not state a number for each of these parts.
    """
    own = [(_exact(part.value or 0), part) for part in ours.parts]
    theirs = [
        (stated.get(key, value), part)
        for key, (value, part) in zip(ours.part_keys, own, strict=True)
    ]
    known = [(value, part) for value, part in theirs if value is not None]
    counted = all(part.share for _, part in own) or ours.method == "sum"
    if len(known) < len(own) or not counted:
        return None
    made = _mean_or_sum(ours.method, ((value, part.weight) for value, part in own))
    # Limits, gates and changes of scale make a score something else than the plain mean or sum.
    if made is None or ours.value is None or not is_same(made, ours.value, None):
        return None
    return _mean_or_sum(ours.method, ((value, part.weight) for value, part in known))


def other_rule(ours: Ours, stated: Fraction) -> str:
    """Say in a sentence under which other rule a score would agree; empty when under none tried.

    Args:
        ours: our score, with a value.
        stated: the workbook's number.
    """
    value = Fraction(0) if ours.value is None else ours.value
    for times, words in ((100, "100 times ours"), (Fraction(1, 100), "a hundredth of ours")):
        if value and is_same(value * times, stated, None):
            return f"The workbook's number is {words}: one of the two is a percentage."
    policy = _other_policy(ours, stated)
    if policy:
        return policy
    for decimals in range(_MOST_DECIMALS):
        if is_same(value, stated, decimals):
            kept = {0: "whole numbers", 1: "1 decimal"}.get(decimals, f"{decimals} decimals")
            return (
                f"It would agree if the workbook rounded to {kept}; if it does, say "
                f'"decimals: {decimals}" in the layout.'
            )
    return ""


def _other_policy(ours: Ours, stated: Fraction) -> str:
    """Say under which other rule for what is missing a mean or sum would agree."""
    gaps = [part for part in ours.parts if part.state is not State.ANSWERED]
    if not gaps:
        return ""
    known = [
        (_exact(part.value or 0), part.weight)
        for part in ours.parts
        if part.state is State.ANSWERED
    ]
    zeros = [(Fraction(0), part.weight) for part in gaps]
    for words, parts in (("left out", known), ("counted as 0", known + zeros)):
        value = _mean_or_sum(ours.method, parts)
        if value is not None and is_same(value, stated, None):
            return f"It would agree if what is missing were {words}."
    return ""


def _mean_or_sum(method: str, parts: Iterable[tuple[Fraction, float]]) -> Fraction | None:
    """Give a mean or sum of values with their weights; None for other methods, or no weight."""
    if method not in ("mean", "weighted-mean", "sum"):
        return None
    pairs = [(value, _exact(weight)) for value, weight in parts]
    total = sum((value * weight for value, weight in pairs), Fraction(0))
    weight = sum((weight for _, weight in pairs), Fraction(0))
    if method == "sum":
        return total
    return total / weight if weight else None


def _exact(number: float) -> Fraction:
    return Fraction(str(number))
