"""What is withheld cannot be worked out from what is shown, even by who knows the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.suppression import Withheld, publishable_groups, withheld_counts

# Counts | threshold | what is shown, with . for what is withheld.
ROWS = [
    ((6, 7, 9), 5, "6 7 9"),
    ((0, 7, 9), 5, "0 7 9"),
    ((2, 7, 9, 12), 5, ". . 9 12"),  # 2 alone would be 30 - 7 - 9 - 12
    ((2, 3, 9, 12), 5, ". . 9 12"),  # 2 + 3 = 5, and 1 + 4 would be 5 too
    ((1, 1, 9, 12), 5, ". . . 12"),  # 1 + 1 = 2 is about two areas
    ((4, 4, 9, 12), 5, ". . . 12"),  # 4 + 4 = 8 can only be 4 + 4
    ((0, 4, 9, 12), 5, ". . . 12"),  # 0 + 4 = 4 is about four areas
    ((1, 9), 5, ". ."),
    ((5, 5, 4), 5, ". . ."),  # with the first 5 alone, the rest would be 5 and 4
    ((1, 1), 2, ". ."),
    ((2, 0), 2, ". ."),  # were it shown, "withheld" could only be 1 and 1
    ((1, 2, 3), 1, "1 2 3"),
    ((), 5, ""),
]


@pytest.mark.parametrize(("counts", "threshold", "shown"), ROWS)
def test_small_counts_take_others_with_them(
    counts: tuple[int, ...], threshold: int, shown: str
) -> None:
    """A small count is withheld, and as many others as it takes to hide it."""
    hidden = withheld_counts(counts, threshold)
    words = ("." if hide else str(count) for count, hide in zip(counts, hidden, strict=True))
    assert " ".join(words) == shown


def rows_of(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Give every row of so many counts that add up to a total."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in rows_of(total - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize("threshold", [2, 3, 4, 5])
@pytest.mark.parametrize("cells", [2, 3, 4])
def test_no_withheld_count_is_determined_by_what_is_shown(threshold: int, cells: int) -> None:
    """Among all rows of which the same is shown, each withheld count takes two values or more."""
    for total in range(threshold, threshold + 10):
        alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
        for row in rows_of(total, cells):
            hidden = withheld_counts(row, threshold)
            small = [0 < count < threshold for count in row]
            assert all(hide for hide, is_small in zip(hidden, small, strict=True) if is_small)
            shown = (None if hide else count for count, hide in zip(row, hidden, strict=True))
            alike[tuple(shown)].append(row)
        for shown_row, rows in alike.items():
            for place, count in enumerate(shown_row):
                assert count is not None or len({row[place] for row in rows}) > 1, (shown_row, rows)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=7), st.integers(2, 12))
def test_withheld_counts_together_are_never_about_too_few(
    counts: list[int], threshold: int
) -> None:
    """The total less what is shown is itself a count, so it is 0 or not below the threshold."""
    hidden = withheld_counts(counts, threshold)
    together = sum(count for count, hide in zip(counts, hidden, strict=True) if hide)
    assert together == 0 or together >= min(threshold, sum(counts))
    assert sum(hidden) != 1


# Groups, the most important first | what is said of each, at a threshold of 5.
GROUPS = [
    (["abcde"], [None]),
    (["abcd"], ["too_few"]),
    (["abcdefgh", "abcdef"], [None, "by_subtraction"]),  # gh would be left
    (["abcdefghij", "abcde"], [None, None]),
    (["abcdefghijk", "abcde", "fghij"], [None, None, "by_subtraction"]),  # k would be left
    (["abcdefghij", "abcde", "abcde"], [None, None, None]),
    (["abcdefgh", "hijklmno"], [None, None]),  # h alone cannot be taken out
    (["abcdefgh", "abcdefghijklm", "hijklm"], [None, None, "by_subtraction"]),
    ([""], ["too_few"]),
    # By how much de differ from kl is about four.
    (["abcdefghijklm", "abcde", "abckl"], [None, None, "by_subtraction"]),
    (["abcdefghijklm", "abcdef", "abcklm"], [None, None, None]),  # def and klm are six
]


@pytest.mark.parametrize(("groups", "said"), GROUPS)
def test_groups_are_withheld_that_give_others_away(
    groups: list[str], said: list[str | None]
) -> None:
    """A group is shown unless it, or what is left by taking groups from one another, is small."""
    assert list(publishable_groups(groups, 5)) == said


@given(
    st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), min_size=1, max_size=4),
    st.integers(2, 4),
)
def test_no_small_set_is_a_sum_of_what_is_shown(
    groups: list[frozenset[str]], threshold: int
) -> None:
    """Adding and subtracting shown groups, in any mixture, never leaves a figure about too few."""
    reasons = publishable_groups(groups, threshold)
    shown = [group for group, reason in zip(groups, reasons, strict=True) if reason is None]
    for factors in product((-2, -1, 0, 1, 2), repeat=len(shown)):
        sums = {
            member: sum(f for f, group in zip(factors, shown, strict=True) if member in group)
            for member in "abcdefgh"
        }
        left = [member for member, value in sums.items() if value]
        assert not 0 < len(left) < threshold, (shown, factors)


def test_every_size_of_a_small_remainder_is_found() -> None:
    """Of ten areas, a group of 6 to 9 leaves 4 to 1 and is withheld; one of 5 leaves 5."""
    everyone = frozenset("abcdefghij")
    for size in range(5, 11):
        for group in list(combinations("abcdefghij", size))[:20]:
            said = publishable_groups([everyone, group], 5)[1]
            assert said == (Withheld.BY_SUBTRACTION if 5 < size < 10 else None)


def test_sums_and_halves_are_looked_at_too() -> None:
    """(abcdef + defghi - ghiabc) / 2 is def: three areas, though no group is within another."""
    groups = ["abcdef", "defghi", "ghiabc"]
    assert list(publishable_groups(groups, 3)) == [None, None, None]
    assert list(publishable_groups(groups, 4)) == [None, None, "by_subtraction"]
