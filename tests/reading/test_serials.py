"""Day numbers: the moments they stand for, and those they do not."""

from __future__ import annotations

import datetime
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.reading.serials import Moment, moment_of, serial_of


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("serial", "shown_as", "moment"),
    [
        (1, "date", date(1900, 1, 1)),
        (59, "date", date(1900, 2, 28)),
        (60, "date", None),  # 29 February 1900, which never was
        (60.5, "datetime", None),
        (61, "date", date(1900, 3, 1)),
        (45292, "date", date(2024, 1, 1)),
        (45292.75, "date", date(2024, 1, 1)),
        (45292.75, "datetime", _at("2024-01-01T18:00")),
        (45292.999999999, "datetime", _at("2024-01-02T00:00")),
        (0, "date", None),
        (0.5, "datetime", None),
        (0, "time", time(0, 0)),
        (0.25, "time", time(6, 0)),
        (1.25, "time", _at("1900-01-01T06:00")),
        (2958465, "date", date(9999, 12, 31)),
        (2958466, "date", None),
        (1e300, "date", None),
        (-1, "date", None),
        (45292, "percent", None),
        (45292, "duration", None),
        (45292, "", None),
    ],
)
def test_serial_stands_for_the_moment(serial: float, shown_as: str, moment: Moment | None) -> None:
    """A serial has a moment where there is such a day, and no other."""
    assert moment_of(serial, shown_as) == moment


@pytest.mark.parametrize(
    ("serial", "moment"), [(0, date(1904, 1, 1)), (43830, date(2024, 1, 1)), (60, date(1904, 3, 1))]
)
def test_serial_of_the_1904_system_counts_from_1904(serial: int, moment: date) -> None:
    """Workbooks from old Macs count from another day, without the leap day that never was."""
    assert moment_of(serial, "date", is_1904=True) == moment


@given(st.dates(min_value=date(1900, 1, 1)))
def test_date_turns_into_its_serial_and_back(day: date) -> None:
    """A date stored as such gets the number that Excel would give it."""
    assert moment_of(serial_of(day), "date") == day


@given(st.times())
def test_time_is_a_share_of_the_day(clock: time) -> None:
    """Noon is a half."""
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    assert serial_of(clock) == pytest.approx(seconds / 86_400)


def test_date_and_time_add_up() -> None:
    """A date with a time has the date's number and the time's share."""
    assert serial_of(_at("2024-01-01T12:00")) == 45292 + 1 / 2
