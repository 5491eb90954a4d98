"""What a run comes to, over all returns."""

from __future__ import annotations

from collections import Counter

import pytest

from maturity.command_line.run_summary import _usual

# Returns by band, how many were scored, and what is said of them.
BANDS = [
    ({}, 0, ""),
    ({"Low": 3}, 3, "Low"),
    ({"Low": 3, "High": 2}, 5, "Low"),
    ({"Low": 2, "High": 2}, 4, "mixed"),
    ({"Low": 4, "Middle": 3, "High": 3}, 10, "mixed"),
    ({"Low": 2}, 4, "mixed"),  # two have a score and no band
]


@pytest.mark.parametrize(("bands", "scored", "expected"), BANDS)
def test_mostly_means_more_than_half(bands: dict[str, int], scored: int, expected: str) -> None:
    """The most frequent band alone is not what most returns have."""
    assert _usual(Counter(bands), scored) == expected
