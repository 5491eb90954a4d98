"""Rows are as high as their text wraps, and long texts leave nothing behind."""

from __future__ import annotations

import pytest

from maturity.writing import row_heights
from maturity.writing.row_heights import line_count


@pytest.mark.parametrize("words", [10, 100, 1_000])
def test_lines_do_not_depend_on_how_long_the_text_is(words: int) -> None:
    """Words of ten digits, two to a line of a column that holds two and a half."""
    assert line_count(" ".join(["0123456789"] * words), 26, 10) == words // 2


def test_long_words_are_not_remembered() -> None:
    """A workbook full of essays without a space must not stay in memory."""
    line_count("w" * 990, 30, 10)
    before = row_heights._remembered.cache_info().currsize
    for number in range(20):
        line_count(f"{number}" + "x" * 1_000, 30, 10)
    assert row_heights._remembered.cache_info().currsize == before
    assert before > 0
