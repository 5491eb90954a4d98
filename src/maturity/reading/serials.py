"""Turn a spreadsheet's day numbers into dates and times, and back."""

from __future__ import annotations

import datetime
import math

__all__ = ["Moment", "moment_of", "serial_of"]

Moment = datetime.date | datetime.datetime | datetime.time

_MILLISECONDS_A_DAY = 86_400_000
# Day 0 of each system, as Excel counts: in the 1900 system, day 60 is 29 February 1900, which never
# was, so the days before it are counted from a day later.
_DAY_ZERO_1900 = datetime.date(1899, 12, 30)
_DAY_ZERO_1904 = datetime.date(1904, 1, 1)
_LEAP_DAY_THAT_NEVER_WAS = 60
_MIDNIGHT = datetime.time()
_FIRST_MIDNIGHT = datetime.datetime.combine(datetime.date.min, _MIDNIGHT)


def moment_of(serial: float, shown_as: str, *, is_1904: bool = False) -> Moment | None:
    """Give the moment that a day number stands for.

    Args:
        serial: days since the system's day 0; the time of day is its fraction.
        shown_as: `date`, `time` or `datetime`; anything else has no moment.
        is_1904: whether the workbook counts from 1 January 1904.

    Returns:
        A date, a time or both, to the nearest millisecond; None where there is no such moment:
        a negative number, a year beyond 9999, 29 February 1900.

    >>> moment_of(45292, "date")
    datetime.date(2024, 1, 1)
    """
    if shown_as not in ("date", "time", "datetime") or not 0 <= serial < 3_000_000:
        return None
    days, milliseconds = divmod(math.floor(serial * _MILLISECONDS_A_DAY + 0.5), _MILLISECONDS_A_DAY)
    clock = (_FIRST_MIDNIGHT + datetime.timedelta(milliseconds=milliseconds)).time()
    if shown_as == "time" and days == 0:
        return clock
    day = _day_of(days, is_1904=is_1904)
    if day is None or shown_as == "date":
        return day
    return datetime.datetime.combine(day, clock)


def _day_of(days: int, *, is_1904: bool) -> datetime.date | None:
    if is_1904:
        zero = _DAY_ZERO_1904
    elif days in (0, _LEAP_DAY_THAT_NEVER_WAS):
        return None
    else:
        zero = _DAY_ZERO_1900
        days += days < _LEAP_DAY_THAT_NEVER_WAS
    try:
        return zero + datetime.timedelta(days=days)
    except OverflowError:
        return None


def serial_of(moment: Moment) -> int | float:
    """Give the day number of a moment, in the 1900 system.

    >>> serial_of(datetime.date(2024, 1, 1))
    45292
    """
    if isinstance(moment, datetime.time):
        return _share_of_day(moment)
    clock = _MIDNIGHT
    if isinstance(moment, datetime.datetime):
        clock = moment.time()
        moment = moment.date()
    days = (moment - _DAY_ZERO_1900).days
    days -= days <= _LEAP_DAY_THAT_NEVER_WAS
    return days if clock == _MIDNIGHT else days + _share_of_day(clock)


def _share_of_day(clock: datetime.time) -> float:
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1_000_000
    return seconds / 86_400
