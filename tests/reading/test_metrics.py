"""Reading one cell as a figure of the baseline."""

from __future__ import annotations

from decimal import Decimal

import pytest
from written_sheets import cell_of, made_rubric

from maturity.assessment import State
from maturity.reading.metrics import MetricKey

RUBRIC = made_rubric()
KEY = MetricKey(RUBRIC)


@pytest.mark.parametrize(
    ("metric", "typed", "value"),
    [
        ("M1", "71.6", Decimal("71.6")),
        ("M1", "71.599999999999994", Decimal("71.6")),
        ("M1", "14", 14),
        ("M1", '"71.6"', Decimal("71.6")),
        ("M1", '"71.6%"', Decimal("71.6")),
        ("M1", '"71.6 %"', Decimal("71.6")),
        ("M1", "71.6%", Decimal("71.6")),
        ("M2", "1234", 1234),
        ("M2", '"1,234"', 1234),
        ("M3", '"£1,234.50"', Decimal("1234.50")),
        ("M3", '"-£3"', -3),
        ("M3", "-3", -3),
    ],
)
def test_a_figure_is_read_as_people_see_it(metric: str, typed: str, value: object) -> None:
    """A percentage is 71.6 whether it was typed as 71.6, as text or as 71.6 %."""
    figure = KEY.read(cell_of(typed), RUBRIC.metrics[metric])
    assert figure == (State.ANSWERED, value, None)


@pytest.mark.parametrize(
    ("metric", "typed", "oddity"),
    [
        ("M1", "about 70", "is not a figure"),
        ("M1", '"1,5"', "is not a figure"),
        ("M1", '"12,34"', "is not a figure"),
        ("M1", '"5 of 20"', "is not a figure"),
        ("M1", '"<5"', "is not a figure"),
        ("M1", "#N/A", "is an error value"),
        ("M1", "=?", "is a formula whose result was not saved"),
        ("M1", "TRUE", "is not a figure"),
        ("M1", "date 2026-01-01", "is a date or a time, not a figure"),
        ("M2", "50%", "is a percentage, but this measure is not"),
        ("M2", '"50%"', "is a percentage, but this measure is not"),
        ("M1", '"£5"', "is an amount of money, but this measure is not"),
    ],
)
def test_anything_else_is_unreadable_with_the_reason(metric: str, typed: str, oddity: str) -> None:
    """A figure is never picked out of words, nor its unit changed."""
    assert KEY.read(cell_of(typed), RUBRIC.metrics[metric]) == (State.UNREADABLE, None, oddity)


@pytest.mark.parametrize(
    ("metric", "typed", "oddity"),
    [
        ("M1", "101", "is not between 0 and 100 per cent"),
        ("M1", "-1", "is not between 0 and 100 per cent"),
        ("M2", "3.5", "is not a whole number, although this measure is a count"),
        ("M2", "-3", "is below zero"),
    ],
)
def test_an_unusual_figure_is_read_and_queried(metric: str, typed: str, oddity: str) -> None:
    """The figure stands; a person is asked about it."""
    figure = KEY.read(cell_of(typed), RUBRIC.metrics[metric])
    assert figure.state is State.ANSWERED
    assert figure.oddity == oddity


@pytest.mark.parametrize(
    ("typed", "state"),
    [('""', State.BLANK), ("TBC", State.BLANK), ("n/a", State.NOT_APPLICABLE)],
)
def test_words_for_no_figure_are_known(typed: str, state: State) -> None:
    """The rubric's words for blank and not applicable count here as well."""
    assert KEY.read(cell_of(typed), RUBRIC.metrics["M1"]).state is state
