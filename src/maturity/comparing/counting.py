"""Say of every answer whether it still counts for what it counted for: through the answer rules.

An answer counts for the same when the same rules, in the same order, change it and whatever their
conditions look at, and when all of that can be compared as it was given. The return's cover is the
same under every version of a rubric.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maturity.comparing.make_up import Part, Side, part_at
from maturity.rubric_diff import Consequence
from maturity.scoring.answer_rules import Step, steps_of
from maturity.scoring.conditions import Tied

__all__ = ["counted_outlooks"]


@dataclass(frozen=True, slots=True)
class _Course:
    """What becomes of one answer before it counts, in the names of the new version.

    Attributes:
        steps: every rule that may change it, or change what such a rule looks at, the last first.
        looks_at: the answers on which it depends whether those rules hold.
    """

    steps: tuple[object, ...]
    looks_at: frozenset[Part]


def counted_outlooks(
    old: Side, new: Side, answers: Mapping[tuple[str, str], Consequence]
) -> dict[Part, Consequence]:
    """Say of every answer of the new version whether it can be compared as it counts.

    Args:
        old: the version before.
        new: the version after.
        answers: new criterion and rating → whether the answers can be compared as they are given.
    """
    before, after = _courses(old), _courses(new)
    given = {(criterion, rating, ""): each for (criterion, rating), each in answers.items()}
    outlook = dict(given)
    for part, course in after.items():
        is_same = before.get(part) == course
        depends_on = [given[other] for other in course.looks_at] if is_same else []
        is_sure = is_same and all(each is Consequence.COMPARABLE for each in depends_on)
        if given.get(part) is Consequence.COMPARABLE and not is_sure:
            outlook[part] = Consequence.WITH_CARE
    return outlook


def _courses(side: Side) -> dict[Part, _Course]:
    places = range(len(side.rubric.criteria) * len(side.rubric.ratings))
    return {part_at(place, side): _course(place, side) for place in places}


def _course(place: int, side: Side) -> _Course:
    reached, looked_at = {place}, set[int]()
    steps: list[object] = []
    for step in reversed(steps_of(side.rubric)):
        touched = reached.intersection(step.places)
        if touched:
            steps.append(_said(step, touched, side))
            looked_at |= {own for tied in _tests(step.when) for own in tied.places}
            reached |= looked_at
    return _Course(tuple(steps), _parts(looked_at, side))


def _said(step: Step, touched: set[int], side: Side) -> object:
    return step.rule.then, _parts(touched, side), _asked(step.when, side)


def _parts(places: set[int], side: Side) -> frozenset[Part]:
    return frozenset(part_at(place, side) for place in places)


def _asked(tied: Tied, side: Side) -> object:
    """Give what a condition asks, so that two are equal when they ask the same of the same."""
    if _is_compound(tied):
        alone = None if tied.not_ is None else _asked(tied.not_, side)
        every, some = ([_asked(each, side) for each in s] for s in (tied.all_of, tied.any_of))
        return every, some, alone
    condition = tied.condition
    parts = [part_at(place, side) for place in tied.places]
    # Each item's own minimum stands beside it, and not in the condition's list of them.
    test: dict[str, Any] = condition.model_dump(
        include={"is_", "at_most", "need", "missing", "if_empty"}
    )
    if not tied.minimums:
        return test, condition.at_least, frozenset(parts), tied.cover
    return test, dict(zip(parts, tied.minimums, strict=True)), tied.cover


def _tests(tied: Tied) -> Iterator[Tied]:
    """Yield the conditions that look at something themselves, from a condition inwards."""
    if not _is_compound(tied):
        yield tied
        return
    for inner in (*tied.all_of, *tied.any_of, *([] if tied.not_ is None else [tied.not_])):
        yield from _tests(inner)


def _is_compound(tied: Tied) -> bool:
    return bool(tied.all_of or tied.any_of) or tied.not_ is not None
