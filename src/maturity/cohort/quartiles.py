"""Describe how values are spread: quartiles and means, exactly, by a method that is named."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["QUARTILE_METHOD", "QUARTILE_WORDS", "Spread", "quantile", "spread_of"]

QUARTILE_METHOD = "linear"
"""The method's usual name: Hyndman and Fan's type 7, QUARTILE.INC in spreadsheets."""

QUARTILE_WORDS = (
    "Quartiles are interpolated between the two nearest values, ends included (type 7 of Hyndman "
    "and Fan; QUARTILE.INC in spreadsheets)."
)
"""The method in a sentence."""


class Spread(NamedTuple):
    """How values are spread, on their own scale, exactly.

    Attributes:
        lowest: the lowest value.
        lower_quartile: a quarter of the way from the lowest to the highest, by rank.
        median: half of the way.
        upper_quartile: three quarters of the way.
        highest: the highest value.
        mean: the plain mean.
    """

    lowest: Fraction
    lower_quartile: Fraction
    median: Fraction
    upper_quartile: Fraction
    highest: Fraction
    mean: Fraction


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """Give the value at a share of the way through ordered values.

    Args:
        ordered: at least one value, lowest first.
        share: 0 for the lowest, 1 for the highest.

    Example:
        >>> quantile([Fraction(1), Fraction(2), Fraction(4)], Fraction(3, 4))
        Fraction(3, 1)
    """
    place, part = divmod((len(ordered) - 1) * share, 1)
    below = ordered[int(place)]
    return below if not part else below + part * (ordered[int(place) + 1] - below)


def spread_of(values: Sequence[Fraction]) -> Spread | None:
    """Describe values; None when there are none."""
    if not values:
        return None
    ordered = sorted(values)
    return Spread(
        lowest=ordered[0],
        lower_quartile=quantile(ordered, Fraction(1, 4)),
        median=quantile(ordered, Fraction(1, 2)),
        upper_quartile=quantile(ordered, Fraction(3, 4)),
        highest=ordered[-1],
        mean=sum(ordered, Fraction(0)) / len(ordered),
    )
