"""Tell from a number format whether a number is shown as a date, a time or a percentage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maturity.normalise import remembered

__all__ = ["BUILT_IN_FORMATS", "shown_as"]

# What Excel means by the format numbers that a file need not spell out (ECMA-376, 18.8.30). The
# East Asian and Thai ones differ between languages in the order of their parts, not in kind.
BUILT_IN_FORMATS: dict[int, str] = {
    **dict.fromkeys((9, 10, 67, 68), "percent"),
    **dict.fromkeys((14, 15, 16, 17), "date"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "time"),
    22: "datetime",
    46: "duration",
    **dict.fromkeys((27, 28, 29, 30, 31, 34, 35, 36), "date"),
    **dict.fromkeys((50, 51, 52, 53, 54, 55, 56, 57, 58), "date"),
    **dict.fromkeys((32, 33), "time"),
    **dict.fromkeys((71, 72, 73, 74, 81), "date"),
    **dict.fromkeys((75, 76, 78, 80), "time"),
    77: "datetime",
    79: "duration",
}

# Each branch starts with another character and none can match in two ways, so the time taken
# grows with the length of the format and no faster.
_TOKEN = re.compile(
    r"""
      "[^"]*"?                         # words in quotes
    | [\\_*].?                         # a character as it is, a space as wide, a filler
    | \[[^\]]*\]?                      # a colour, a locale, a condition, elapsed time
    | [Gg][Ee][Nn][Ee][Rr][Aa][Ll]
    | [Aa][Mm]/[Pp][Mm] | [Aa]/[Pp]
    | [Ee][+-]                         # an exponent, not a year of an era
    | [Yy]+ | [Mm]+ | [Dd]+ | [Hh]+ | [Ss]+ | [Ee]+ | [Bb]+ | [Gg]+
    | .                                # anything else stands for itself
    """,
    re.VERBOSE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


@remembered
def shown_as(code: str) -> str:
    """Tell how a number format presents a number, from its first section.

    Args:
        code: the format as stored, such as `dd/mm/yyyy;@`.

    Returns:
        `date`, `time`, `datetime`, `duration`, `percent`, or nothing when the number is shown
        plainly.

    >>> shown_as('[$-809]d mmmm yyyy'), shown_as('0.0%'), shown_as('0 "days"')
    ('date', 'percent', '')
    """
    parts = list(_parts(code))
    has_time = any(part in parts for part in ("hour", "second", "half"))
    has_date = any(part in parts for part in ("year", "day"))
    # An `m` is minutes beside hours or seconds, otherwise a month.
    neighbours = [part for part in parts if part != "literal"]
    has_date = has_date or _has_month(neighbours)
    is_elapsed = "elapsed" in parts
    if has_date:
        return "datetime" if has_time or is_elapsed else "date"
    if is_elapsed:
        return "duration"
    if has_time:
        return "time"
    return "percent" if "percent" in parts else ""


def _parts(code: str) -> Iterator[str]:
    """Name the parts of the first section of a format."""
    for match in _TOKEN.finditer(code):
        token = match[0]
        if token == ";":  # noqa: S105 - a piece of a number format, not a secret
            return
        yield _part(token)


_LETTERS = {"y": "year", "b": "year", "d": "day", "h": "hour", "s": "second"}


def _part(token: str) -> str:
    first = token[0].lower()
    if first == "[":
        return "elapsed" if _ELAPSED.fullmatch(token) else "literal"
    if first == "m":
        return "minute or month" if len(token) <= 2 else "month"
    if first == "a" and "/" in token:
        return "half"
    if first == "%":
        return "percent"
    if first == "e":
        return "literal" if token[-1] in "+-" else "year"
    if first == "g":
        return "literal"
    return _LETTERS.get(first, "literal")


def _has_month(parts: list[str]) -> bool:
    """Tell whether one of the format's `m`s is a month."""
    for index, part in enumerate(parts):
        if part == "month":
            return True
        if part != "minute or month":
            continue
        before = parts[index - 1] if index else ""
        after = parts[index + 1] if index + 1 < len(parts) else ""
        if before not in ("hour", "elapsed") and after != "second":
            return True
    return False
