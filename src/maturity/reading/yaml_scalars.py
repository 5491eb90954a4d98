"""Decide what a word written without quotation marks means, where every YAML reader agrees.

YAML has two living versions and many readers. `No` is false to some and text to others, `012` is
ten or twelve, `1e3` a number or a word. What all of them read alike is read; the rest is refused,
so that a rubric means the same in every editor and program.
"""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["Scalar", "plain_value", "why_ambiguous"]

Scalar = str | int | Decimal | bool | None

_CONSTANTS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+", re.ASCII)
# A double, which most readers use for numbers, keeps 15 digits.
_MOST_DIGITS = 15

_AMBIGUOUS = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), reading)
    for pattern, reading in (
        (r"y|yes|n|no|on|off", "true or false"),
        (r"true|false", "true or false, which are written in small letters here"),
        (r"null", "nothing at all"),
        (r"[-+]?0[0-9_]+", "a number in base 8, and others as one in base 10"),
        (r"[-+]?0(o[0-7_]*|x[0-9a-f_]*|b[01_]*)", "a number in base 8, 16 or 2"),
        (r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?", "a number in base 60"),
        (r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)", "a number"),
        (r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)e[-+]?[0-9]+", "a number"),
        (r"[-+]?\.(inf|nan)", "infinity or “not a number”"),
        (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}((t|\s+)[0-9]{1,2}:[0-9:.]+.*)?", "a date"),
        (r"=", "a default value"),
    )
)


def plain_value(text: str) -> Scalar:
    """Give the value of a word without quotation marks: number, true, false, nothing or text.

    Example:
        >>> plain_value("1.10"), plain_value("Emerging")
        (Decimal('1.10'), 'Emerging')
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    # Only a sign and a point may stand beside the digits.
    if len(text) <= _MOST_DIGITS + 2 and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text


def why_ambiguous(text: str) -> str | None:
    """Say how some readers take a word that [plain_value][] takes for text; None if none differs.

    Example:
        >>> why_ambiguous("No")
        'true or false'
    """
    if not isinstance(plain_value(text), str):
        return None
    return next((reading for pattern, reading in _AMBIGUOUS if pattern.fullmatch(text)), None)
