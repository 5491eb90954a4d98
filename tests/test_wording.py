"""Lists, quotations and suggestions in messages."""

from __future__ import annotations

import pytest

from maturity.wording import did_you_mean, listed, quoted


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", 2, "c"], "a, 2 or c"),
        (["a", "b", "c", "d"], "a, b, c or 1 more"),
    ],
)
def test_lists_read_as_in_a_sentence(words: list[object], expected: str) -> None:
    """A long list is cut and counted."""
    assert listed(words, most=3) == expected


def test_long_quotations_are_cut() -> None:
    """What was typed is quoted whole up to 60 characters."""
    assert quoted("x" * 60) == '"' + "x" * 60 + '"'
    assert quoted("x" * 61) == '"' + "x" * 60 + '…"'


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("opennes", 'Did you mean "Openness"?'),
        ("zebra", ""),
        ("o" * 81, ""),
    ],
)
def test_near_words_are_suggested(word: str, expected: str) -> None:
    """A near word is suggested in its own spelling; what is far or long is not compared."""
    assert did_you_mean(word, ["Openness", "Fairness"]) == expected
