"""What texts fold to is remembered, but never so that memory grows with what people send."""

from __future__ import annotations

import pytest

from maturity.normalise import remembered


@pytest.mark.parametrize(
    ("length", "times"),
    [(1, 1), (500, 1), (501, 3), (32_767, 3)],
    ids=["letter", "longest remembered", "longer", "full cell"],
)
def test_long_texts_are_folded_again_and_not_kept(length: int, times: int) -> None:
    """A folder of essays typed where levels belong must not stay in memory."""
    folded: list[str] = []

    def fold(text: str) -> str:
        folded.append(text)
        return text.casefold()

    quick = remembered(fold)
    text = "X" * length
    assert [quick(text), quick(text), quick(text)] == ["x" * length] * 3
    assert len(folded) == times
