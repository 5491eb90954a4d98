"""Compile patterns that come from a file, refusing those that could run for ever.

A rubric may pick the members of a facet out of ids with a regular expression. Python's engine
backtracks, so an expression such as `(a+)+b` can take longer than the age of the universe. What is
accepted here cannot: no repeated group, no look-around, no back-reference, and few open repeats.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["LONGEST_TEXT", "PatternRefused", "compile_pattern"]

_LONGEST_PATTERN = 300
_MOST_REPEATS = 3
# Texts longer than this are prose, not ids or headings; matching them costs without use.
LONGEST_TEXT = 100

_OPEN_REPEAT = re.compile(r"[*+]|\{\d*,\}")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")
_FORBIDDEN = re.compile(r"\(\?(?![:P])|\(\?P[=>]|\\[1-9]")
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
