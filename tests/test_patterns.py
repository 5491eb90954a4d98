"""Patterns from a file: what is accepted cannot run for ever."""

from __future__ import annotations

import time

import pytest

from maturity.patterns import LONGEST_TEXT, PatternRefused, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "member"),
    [
        ("^([A-Z])-", "G-SM-A-1", "G"),
        ("^[A-Z]-[A-Z]{2}", "g-sm-a-1", "g-sm"),
        (r"-([0-9]+)$", "G-SM-A-12", "12"),
        ("[(+*]x", "(x", "(x"),
        (r"\*\+(a)", "*+a", "a"),
    ],
)
def test_a_plain_pattern_is_compiled(pattern: str, text: str, member: str) -> None:
    """Case makes no difference; characters in classes and behind a backslash are themselves."""
    match = compile_pattern(pattern).search(text)
    assert match is not None
    assert match[match.re.groups] == member


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a+)+b", "repeats a group"),
        ("(a|b){3}", "repeats a group"),
        (r"(a)\1", "back-reference"),
        ("(?=a)", "look-around"),
        ("(?i)a", "inline flag"),
        ("a*b*c*d*", "open repeats"),
        ("a{2,}b+c*d+", "open repeats"),
        ("((((", "not a regular expression"),
        ("a" * 301, "longer than 300"),
    ],
)
def test_a_pattern_that_could_run_for_ever_is_refused(pattern: str, reason: str) -> None:
    """The reason is for a person."""
    with pytest.raises(PatternRefused, match=reason):
        compile_pattern(pattern)


def test_the_worst_pattern_that_is_accepted_is_quick() -> None:
    """Three open repeats over the longest text take milliseconds."""
    pattern = compile_pattern("a*a*a*b")
    start = time.process_time()
    assert pattern.search("a" * LONGEST_TEXT) is None
    assert time.process_time() - start < 2
