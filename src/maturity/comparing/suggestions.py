"""Suggest which ids that went and came may be one criterion under two names."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from maturity.comparing.pairing import Bond, Pairing
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.rubric_diff import Suggestion

__all__ = ["suggestions"]

# Nearly the same words; two titles about one subject are commonly below 0.7.
_NEAR = 0.8
# Each one that went is held against each one that came.
_MOST = 200
_LONGEST = 300


def suggestions(
    pairing: Pairing, old: Rubric, new: Rubric, *, declared: frozenset[str] = frozenset()
) -> tuple[Suggestion, ...]:
    """Find those that went and came without a word and have nearly the same title or prompt.

    Args:
        pairing: what became of what.
        old: the version before.
        new: the version after.
        declared: new ids that are declared to be new.

    Returns:
        The likeliest first; each id at most once. Nothing is ever taken for declared by it.
    """
    came = [
        name
        for name, origin in pairing.origins.items()
        if origin.bond is Bond.ADDED and name not in declared
    ]
    near = sorted(_near(pairing.removed[:_MOST], came[:_MOST], old, new), key=lambda s: -s.likeness)
    taken: set[tuple[str, str]] = set()
    kept: list[Suggestion] = []
    for each in near:
        ends = {("old", each.old), ("new", each.new)}
        if not ends & taken:
            taken |= ends
            kept.append(each)
    return tuple(kept)


def _near(gone: tuple[str, ...], came: list[str], old: Rubric, new: Rubric) -> Iterator[Suggestion]:
    for before in gone:
        for after in came:
            if (before in old.metrics) is not (after in new.metrics):
                continue
            pairs = zip(_texts(old, before), _texts(new, after), strict=True)
            likeness = max(_likeness(*pair) for pair in pairs)
            if likeness >= _NEAR:
                kind = "metric" if before in old.metrics else "criterion"
                yield Suggestion(kind, before, after, round(likeness, 2))


def _texts(rubric: Rubric, name: str) -> tuple[str, str]:
    if name in rubric.metrics:
        return rubric.metrics[name].title, ""
    criterion = rubric.criteria[name]
    # An id that stands in for a title says nothing about the question.
    return criterion.title if criterion.title != name else "", criterion.prompt


def _likeness(first: str, second: str) -> float:
    if not first or not second:
        return 0
    matcher = SequenceMatcher(None, normalise(first)[:_LONGEST], normalise(second)[:_LONGEST])
    if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0
    return matcher.ratio()
