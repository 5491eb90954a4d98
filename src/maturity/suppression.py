"""Keep small groups out of what is published: no figure about too few, none by subtraction.

Two questions are answered here, on plain numbers and sets. Which counts of a row may be shown
beside its total? Which groups may be shown beside one another? Both answers hold against a reader
who knows the rule: what is withheld can never be worked out from what is shown and how it was
chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

__all__ = ["DEFAULT_THRESHOLD", "Withheld", "publishable_groups", "withheld_counts"]

DEFAULT_THRESHOLD = 5
"""The fewest areas about which a figure is published, unless a caller says otherwise."""


class Withheld(StrEnum):
    """Why a figure is not shown."""

    SMALL_COUNT = "small_count"
    """A count in its row is or could be about fewer areas than the threshold. Which one, is not
    said: knowing that would be enough to work it out."""
    TOO_FEW = "too_few"
    """It is about fewer areas than the threshold."""
    BY_SUBTRACTION = "by_subtraction"
    """Beside the other figures it would show one about fewer areas than the threshold."""


def withheld_counts(counts: Sequence[int], threshold: int) -> tuple[bool, ...]:
    """Choose which counts of one row are withheld, where the row's total is known.

    Counts of 1 up to below the threshold are withheld, and the zeros beside them. Where the rest
    could then be worked out, the smallest count left is withheld too, and where that is not enough
    the whole row.

    Args:
        counts: how many areas are in each class; they add up to the known total.
        threshold: the least count above 0 that may be shown.

    Returns:
        For each count whether it is withheld. Never say which of them was the small one.

    Example:
        >>> withheld_counts([2, 7, 9, 12], 5)
        (True, True, False, False)
    """
    # Of two areas in two classes, only one in each would be withheld, and so everybody would know.
    is_telling = len(counts) == sum(counts) == threshold == 2
    if not is_telling and not any(0 < count < threshold for count in counts):
        return (False,) * len(counts)
    hidden = {place for place, count in enumerate(counts) if count < threshold}
    if not _is_ambiguous(len(hidden), sum(counts[place] for place in hidden), threshold):
        shown = [place for place in range(len(counts)) if place not in hidden]
        if shown:
            hidden.add(min(shown, key=lambda place: (counts[place], place)))
        if not _hides_each(counts, hidden, threshold):
            hidden = set(range(len(counts)))
    return tuple(place in hidden for place in range(len(counts)))


def _is_ambiguous(cells: int, total: int, threshold: int) -> bool:
    """Say whether so many counts below the threshold can make a total in more ways than one.

    The total itself must not be about too few.
    """
    return cells > 1 and threshold <= total < cells * (threshold - 1)


def _hides_each(counts: Sequence[int], hidden: set[int], threshold: int) -> bool:
    """Say whether each hidden count could be another one, for a reader who knows the rule."""
    possible = _possible_values(counts, hidden, threshold)
    return all(len(possible[place]) > 1 for place in hidden)


def _possible_values(
    counts: Sequence[int], hidden: set[int], threshold: int
) -> dict[int, set[int]]:
    """Collect each hidden count's values over all rows of which the same would be shown."""
    total = sum(counts[place] for place in hidden)
    possible: dict[int, set[int]] = {place: set() for place in hidden}
    if _is_ambiguous(len(hidden), total, threshold):
        _add_splits(possible, sorted(hidden), total, threshold)
    for extra in hidden:
        rest = sorted(hidden - {extra})
        for count in range(threshold, _highest_extra(counts, hidden, extra, total) + 1):
            left = total - count
            fits = 0 < left <= len(rest) * (threshold - 1)
            if fits and not _is_ambiguous(len(rest), left, threshold):
                possible[extra].add(count)
                _add_splits(possible, rest, left, threshold)
    return possible


def _highest_extra(counts: Sequence[int], hidden: set[int], extra: int, total: int) -> int:
    """Give the most that a count can be to be withheld as the smallest of those left."""
    shown = [place for place in range(len(counts)) if place not in hidden]
    limits = [counts[place] - (place < extra) for place in shown]
    return min([total, *limits])


def _add_splits(
    possible: dict[int, set[int]], places: Sequence[int], total: int, threshold: int
) -> None:
    """Add the values that counts below the threshold can have when they make a total."""
    lowest = max(0, total - (len(places) - 1) * (threshold - 1))
    for place in places:
        possible[place].update(range(lowest, min(threshold - 1, total) + 1))


def publishable_groups(
    groups: Sequence[Collection[str]], threshold: int
) -> tuple[Withheld | None, ...]:
    """Choose which groups' figures may be shown together, those that come first before others.

    A group is withheld when it has too few members, or when its figure and those shown before it
    would by adding and subtracting give a figure about too few: the rest of a larger group, what
    two groups share, or by how much the few in one alone differ from the few in the other.

    Args:
        groups: each group's members, the most important first.
        threshold: the fewest members about which a figure may be shown.

    Returns:
        For each group None, when it may be shown, or why not.

    Example:
        >>> all_areas, region = set("abcdefgh"), set("abcdef")
        >>> [str(reason) for reason in publishable_groups([all_areas, region], 5)]
        ['None', 'by_subtraction']
    """
    return _publishable(tuple(map(frozenset, groups)), threshold)


@lru_cache(maxsize=512)
def _publishable(groups: tuple[frozenset[str], ...], threshold: int) -> tuple[Withheld | None, ...]:
    shown: list[frozenset[str]] = []
    reasons: list[Withheld | None] = []
    for group in groups:
        if not group or len(group) < threshold:
            reasons.append(Withheld.TOO_FEW)
        elif _shows_too_few([*shown, group], threshold):
            reasons.append(Withheld.BY_SUBTRACTION)
        else:
            shown.append(group)
            reasons.append(None)
    return tuple(reasons)


def _shows_too_few(groups: Sequence[frozenset[str]], threshold: int) -> bool:
    """Say whether these groups' sums, in any mixture, give a figure about too few members."""
    sizes: dict[tuple[bool, ...], int] = {}
    for member in frozenset[str]().union(*groups):
        parts = tuple(member in group for group in groups)
        sizes[parts] = sizes.get(parts, 0) + 1
    atoms = sorted(sizes)
    rows = _reduced([Fraction(atom[place]) for atom in atoms] for place in range(len(groups)))
    for chosen in _small_unions([sizes[atom] for atom in atoms], threshold):
        others = [place for place in range(len(atoms)) if place not in chosen]
        # A mixture that is nothing for all others is about the chosen few alone.
        if len(_reduced([row[place] for place in others] for _, row in rows)) < len(rows):
            return True
    return False


def _small_unions(sizes: Sequence[int], threshold: int) -> Iterator[tuple[int, ...]]:
    """Give sets of atoms that hold too few members together; only those that cannot be larger."""
    small = [place for place, size in enumerate(sizes) if size < threshold]
    for count in range(1, min(len(small), threshold - 1) + 1):
        for chosen in combinations(small, count):
            room = threshold - sum(sizes[place] for place in chosen)
            rest = (sizes[place] for place in small if place not in chosen)
            if room > 0 and all(size >= room for size in rest):
                yield chosen


_Row = list[Fraction]


def _reduced(rows: Iterable[_Row]) -> list[tuple[int, _Row]]:
    """Bring rows into echelon form: each with the place of its leading 1."""
    found: list[tuple[int, _Row]] = []
    for row in rows:
        rest = _remainder(found, row)
        lead = next((place for place, value in enumerate(rest) if value), None)
        if lead is not None:
            found.append((lead, [value / rest[lead] for value in rest]))
    return found


def _remainder(rows: Sequence[tuple[int, _Row]], vector: _Row) -> _Row:
    """Take out of a vector what rows in echelon form can make of it."""
    rest = vector
    for lead, row in rows:
        factor = rest[lead]
        if factor:
            rest = [value - factor * part for value, part in zip(rest, row, strict=True)]
    return rest
