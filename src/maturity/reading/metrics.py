"""Read one cell as a figure of the baseline, such as a percentage or a count."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from maturity.assessment import State
from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Metric, Rubric
from maturity.sheets import Cell, CellState, exact_number

__all__ = ["Figure", "MetricKey", "metric_key"]

# A figure as people type it: an optional sign and pound sign, digits with or without commas between
# thousands, a decimal point, an optional per cent sign. "1,5" is none of these.
_FIGURE = re.compile(
    r"(?P<sign>[-+]?) ?(?P<pound>£?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})"
    r"(?P<part>\.[0-9]{1,15})? ?(?P<percent>%?)"
)
_BLANKS = frozenset({CellState.BLANK, CellState.EMPTY_TEXT})


class Figure(NamedTuple):
    """What one cell says: a state, the figure in the metric's unit, and what is odd about it.

    `oddity` is a clause to complete "…, which ": it is set for figures that were read but look
    unusual and for cells that could not be read.
    """

    state: State
    value: Number | None = None
    oddity: str | None = None


class MetricKey:
    """The words that stand for no figure in a rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self._blank = {normalise(word) for word in ("", *rubric.answers.blank)}
        self._not_applicable = {normalise(word) for word in rubric.answers.not_applicable}

    def read(self, cell: Cell, metric: Metric) -> Figure:
        """Read a cell as a figure of this metric."""
        if cell.state in _BLANKS:
            return Figure(State.BLANK)
        if cell.state is CellState.NUMBER:
            return _read_number(cell, metric)
        if cell.state is CellState.TEXT:
            return self._read_text(cell.raw, metric)
        if cell.state is CellState.UNCALCULATED:
            return _unreadable("is a formula whose result was not saved")
        if cell.state is CellState.ERROR:
            return _unreadable("is an error value")
        return _unreadable("is not a figure")

    def _read_text(self, text: str, metric: Metric) -> Figure:
        folded = normalise(text)
        if folded in self._blank:
            return Figure(State.BLANK)
        if folded in self._not_applicable:
            return Figure(State.NOT_APPLICABLE)
        match = _FIGURE.fullmatch(folded)
        if match is None:
            return _unreadable("is not a figure")
        if match["percent"] and metric.unit != "percent":
            return _unreadable("is a percentage, but this measure is not")
        if match["pound"] and metric.unit != "money":
            return _unreadable("is an amount of money, but this measure is not")
        digits = match["whole"].replace(",", "") + (match["part"] or "")
        value = Decimal(("-" if match["sign"] == "-" else "") + digits)
        return _checked(value if match["part"] else int(value), metric)


def _read_number(cell: Cell, metric: Metric) -> Figure:
    if cell.shown_as == "percent":
        if metric.unit != "percent":
            return _unreadable("is a percentage, but this measure is not")
        # The cell holds 0.716 and shows 71.6 %: what people see is what they meant.
        return _checked(exact_number(cell) * 100, metric)
    if cell.shown_as:
        return _unreadable("is a date or a time, not a figure")
    value = exact_number(cell)
    return _checked(value, metric)


def _unreadable(why: str) -> Figure:
    return Figure(State.UNREADABLE, oddity=why)


def _checked(value: Number, metric: Metric) -> Figure:
    oddity = None
    if metric.unit == "percent" and not 0 <= value <= 100:
        oddity = "is not between 0 and 100 per cent"
    elif metric.unit == "percent" and 0 < value < 1:
        oddity = "is less than 1 per cent; a share such as 0.716 is 71.6 per cent"
    elif metric.unit == "count" and value != int(value):
        oddity = "is not a whole number, although this measure is a count"
    elif metric.unit in ("count", "rate") and value < 0:
        oddity = "is below zero"
    return Figure(State.ANSWERED, value, oddity)


@lru_cache(maxsize=64)
def metric_key(rubric: Rubric) -> MetricKey:
    """Give the metric key of a rubric."""
    return MetricKey(rubric)
