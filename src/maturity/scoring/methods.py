"""Make one number of a group's entries by whatever method a roll-up names, and change its scale.

The plain methods are those of `maturity.scoring.aggregation`; the others stand here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from maturity.rules import Condition, RollUp, Rounding
from maturity.scoring.aggregation import METHODS
from maturity.scoring.conditions import passes
from maturity.scoring.plan import Group

__all__ = ["Entry", "adjusted", "by_method", "rounded"]

# Irrational results are cut after this many digits, far beyond what a float or a cut can show.
_DIGITS = Context(prec=50)


class Entry(NamedTuple):
    """What one part of a group counts.

    Attributes:
        weight: its weight, a whole number.
        value: what it counts.
        top: for points, the highest value that it could have.
    """

    weight: int
    value: Fraction
    top: Fraction = Fraction(0)


def by_method(group: Group, entries: Sequence[Entry], factor: int) -> Fraction:
    """Make one number of entries of which one has a weight above zero.

    Args:
        group: the group.
        entries: what its parts count.
        factor: what their weights were multiplied by to become whole numbers.
    """
    rule = group.rule
    weights = [entry.weight for entry in entries]
    values = [entry.value for entry in entries]
    if rule.method in METHODS:
        return Fraction(*METHODS[rule.method](values, weights)) / (
            factor if rule.method == "sum" else 1
        )
    if rule.method == "geometric-mean":
        return _geometric_mean(values, weights)
    if rule.method == "power-mean":
        return _power_mean(values, weights, rule.power or 1)
    if rule.method == "points":
        return _points(entries)
    condition = rule.counts or Condition()
    passed = sum(entry.weight for entry in entries if passes(condition, entry.value))
    if rule.method == "count":
        return Fraction(passed, factor)
    return Fraction(passed, sum(weights))


def _points(entries: Sequence[Entry]) -> Fraction:
    possible = sum((entry.weight * entry.top for entry in entries), start=Fraction(0))
    earned = sum((entry.weight * entry.value for entry in entries), start=Fraction(0))
    return earned / possible if possible else Fraction(0)


def _geometric_mean(values: list[Fraction], weights: list[int]) -> Fraction:
    """Give the weighted geometric mean to 50 digits; it is zero as soon as one value is."""
    if any(value <= 0 for value in values):
        return Fraction(0)
    logarithm = Decimal(0)
    for value, weight in zip(values, weights, strict=True):
        number = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
        logarithm = _DIGITS.add(logarithm, _DIGITS.multiply(_DIGITS.ln(number), Decimal(weight)))
    mean = _DIGITS.exp(_DIGITS.divide(logarithm, Decimal(sum(weights))))
    return _without_noise(mean)


def _power_mean(values: list[Fraction], weights: list[int], power: int) -> Fraction:
    """Give (Σ weight × value^power ÷ Σ weight)^(1/power): exact for 1 and -1, else to 50 digits."""
    if any(value < 0 or (value == 0 and power < 0) for value in values):
        return Fraction(0)
    raised = sum(
        (weight * value**power for value, weight in zip(values, weights, strict=True)),
        start=Fraction(0),
    )
    mean = raised / sum(weights)
    if abs(power) == 1 or not mean:
        return mean**power
    number = _DIGITS.divide(Decimal(mean.numerator), Decimal(mean.denominator))
    root = _DIGITS.exp(_DIGITS.divide(_DIGITS.ln(number), Decimal(power)))
    return _without_noise(root)


def _without_noise(number: Decimal) -> Fraction:
    """Drop the last digits, which are noise; so the mean of equal values is that value."""
    return Fraction(number.quantize(Decimal(1).scaleb(-40), context=_DIGITS))


def adjusted(rule: RollUp, value: Fraction) -> Fraction:
    """Change the scale, clip and round, in this order."""
    if rule.scale is not None:
        value = Fraction(rule.scale.plus) + Fraction(rule.scale.times) * value
    if rule.at_least is not None:
        value = max(value, Fraction(rule.at_least))
    if rule.at_most is not None:
        value = min(value, Fraction(rule.at_most))
    return value if rule.round is None else rounded(rule.round, value)


def rounded(rounding: Rounding, value: Fraction) -> Fraction:
    """Round exactly: the fraction is never made a float on the way.

    Args:
        rounding: how many decimals are kept, and what becomes of the rest.
        value: any number.
    """
    shift = 10**rounding.decimals
    whole, rest = divmod(abs(value) * shift, 1)
    if rounding.mode == "up":
        whole += rest > 0
    elif rounding.mode == "half-up":
        whole += rest >= Fraction(1, 2)
    elif rounding.mode == "half-even":
        whole += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    return Fraction(whole if value >= 0 else -whole, shift)
