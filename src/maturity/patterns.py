"""Compile patterns and fill in templates that come from a file, safely.

A rubric may pick the members of a facet out of ids with a regular expression. Python's engine
backtracks, so an expression such as `(a+)+b` can take longer than the age of the universe. What is
accepted here cannot: no repeated group, no look-around, no back-reference, and few open repeats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["PatternRefused", "compile_pattern", "fields_in", "fill_in", "find_in"]

_LONGEST_PATTERN = 300
_MOST_REPEATS = 3
# How far into a text is looked, by the number of open repeats: with each of them, the time that a
# text of one letter over and over can cost grows by a power.
_REACH = (1000, 1000, 200, 100)

_OPEN_REPEAT = re.compile(r"[*+]|\{\d*,\}")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")
_FORBIDDEN = re.compile(r"\(\?(?![:P])|\(\?P[=>]|\\[1-9]")
_FIELD = re.compile(r"\{([^{}]*)\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_ESCAPED = re.compile(r"\\[^1-9]")


class PatternRefused(ValueError):  # noqa: N818 - it says what happened
    """The pattern is wrong, or could run for ever; the text says which."""


@lru_cache(maxsize=256)
def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern, ignoring case.

    Args:
        text: a Python regular expression without look-around, back-references or repeated groups.

    Raises:
        PatternRefused: with the reason, for a person.
    """
    if len(text) > _LONGEST_PATTERN:
        raise PatternRefused(f"is longer than {_LONGEST_PATTERN} characters")
    # Characters in classes and behind a backslash mean nothing to the checks below.
    bare = _CLASS.sub("x", _ESCAPED.sub("x", text))
    if _FORBIDDEN.search(bare):
        raise PatternRefused("uses look-around, a back-reference or an inline flag")
    if _REPEATED_GROUP.search(bare):
        raise PatternRefused("repeats a group, which can take for ever")
    if len(_OPEN_REPEAT.findall(bare)) > _MOST_REPEATS:
        raise PatternRefused(f"has more than {_MOST_REPEATS} open repeats such as * or +")
    try:
        return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternRefused(f"is not a regular expression: {error}") from error


def find_in(pattern: str, text: str) -> re.Match[str] | None:
    """Find a pattern in a text, in bounded time.

    Only the first 1,000 characters are looked at, or 200 with two open repeats in the pattern, or
    100 with three. A match that reaches the end of such a cut is none.

    Args:
        pattern: a pattern that `compile_pattern` accepts.
        text: any text.
    """
    compiled = compile_pattern(pattern)
    reach = _reach(pattern)
    match = compiled.search(text[:reach])
    return None if match is not None and match.end() == reach < len(text) else match


@lru_cache(maxsize=256)
def _reach(pattern: str) -> int:
    bare = _CLASS.sub("x", _ESCAPED.sub("x", pattern))
    return _REACH[len(_OPEN_REPEAT.findall(bare))]


def fields_in(template: str) -> tuple[str, ...]:
    """Name the parts that stand in braces in a template such as `{theme}.{number}`."""
    return tuple(_FIELD.findall(template))


def fill_in(template: str, parts: Mapping[str, str]) -> str | None:
    """Put the parts of a template together; None when one of them is missing.

    Braces are replaced by hand: a template comes from a file and must not reach `str.format`.

    Example:
        >>> fill_in("{theme}.{number}", {"theme": "A", "number": "2"})
        'A.2'
    """
    if any(name not in parts for name in fields_in(template)):
        return None
    return _FIELD.sub(lambda field: parts[field[1]], template)
