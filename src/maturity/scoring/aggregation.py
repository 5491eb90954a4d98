"""Make one number of many, exactly. Plain functions on numbers; they know no rubric.

Values are whole numbers or fractions on one scale; weights are whole numbers, at least one of them
above zero. Results are exact fractions written as a pair (numerator, denominator), because a pair
of whole numbers is compared and divided faster than a `Fraction` is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import mul

from maturity.models import Number

__all__ = [
    "METHODS",
    "Ratio",
    "highest",
    "lowest",
    "median",
    "scaled",
    "total",
    "weighted_mean",
]

Ratio = tuple[int, int]
Values = Sequence[int | Fraction]


def weighted_mean(values: Values, weights: Sequence[int]) -> Ratio:
    """Give Σ weight × value ÷ Σ weight.

    Example:
        >>> weighted_mean([2, 4], [1, 2])
        (10, 3)
    """
    top: int | Fraction = sum(map(mul, values, weights))
    return top.numerator, top.denominator * sum(weights)


def total(values: Values, weights: Sequence[int]) -> Ratio:
    """Give Σ weight × value."""
    top: int | Fraction = sum(map(mul, values, weights))
    return top.numerator, top.denominator


def lowest(values: Values, weights: Sequence[int]) -> Ratio:
    """Give the least value whose weight is above zero."""
    value = min(value for value, weight in zip(values, weights, strict=True) if weight)
    return value.numerator, value.denominator


def highest(values: Values, weights: Sequence[int]) -> Ratio:
    """Give the greatest value whose weight is above zero."""
    value = max(value for value, weight in zip(values, weights, strict=True) if weight)
    return value.numerator, value.denominator


def median(values: Values, weights: Sequence[int]) -> Ratio:
    """Give the middle value of those whose weight is above zero; of two middle ones, their mean."""
    ordered = sorted(value for value, weight in zip(values, weights, strict=True) if weight)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle].numerator, ordered[middle].denominator
    both = ordered[middle - 1] + ordered[middle]
    return both.numerator, both.denominator * 2


METHODS: Mapping[str, Callable[[Values, Sequence[int]], Ratio]] = {
    "mean": weighted_mean,
    "weighted-mean": weighted_mean,
    "sum": total,
    "min": lowest,
    "max": highest,
    "median": median,
}


def scaled(numbers: Sequence[Number | Fraction]) -> tuple[tuple[int, ...], int]:
    """Turn exact numbers into whole ones by one common factor.

    Returns:
        The whole numbers, and the factor by which each number was multiplied.

    Example:
        >>> from decimal import Decimal
        >>> scaled([1, Decimal("0.5")])
        ((2, 1), 2)
    """
    fractions = [Fraction(number) for number in numbers]
    factor = lcm(*(fraction.denominator for fraction in fractions))
    return tuple(int(fraction * factor) for fraction in fractions), factor
