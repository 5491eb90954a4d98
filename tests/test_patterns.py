"""Patterns from a file: what is accepted cannot run for ever."""

from __future__ import annotations

import time

import pytest

from maturity.patterns import PatternRefused, compile_pattern, fill_in, find_in


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


@pytest.mark.parametrize("pattern", ["a*b", "a*a*b", "a*a*a*b"])
def test_the_worst_patterns_that_are_accepted_are_quick(pattern: str) -> None:
    """Open repeats over one letter again and again take milliseconds."""
    start = time.process_time()
    assert find_in(pattern, "a" * 30_000) is None
    assert time.process_time() - start < 2


def test_a_match_that_ends_where_the_text_was_cut_is_none() -> None:
    """What would have followed is not known, so nothing is taken."""
    assert find_in("b+", "a" * 990 + "b" * 20) is None
    assert find_in("b+", "a" * 990 + "b" * 10) is not None
    assert find_in("b+c", "a" * 990 + "bc" + "d" * 20) is not None


def test_a_template_is_filled_in_when_every_part_is_there() -> None:
    """A missing part gives none; other braces stay as they are."""
    assert fill_in("{a}-{b}", {"a": "1", "b": "{a}"}) == "1-{a}"
    assert fill_in("{a}-{b}", {"a": "1"}) is None
