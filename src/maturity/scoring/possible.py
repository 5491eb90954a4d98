"""Say what answers, scores and conditions could be, once the missing answers are known.

Each answer is looked at by itself, so what is found possible may be more than what can come about
together, and is never less. Bounds that rest on it hold whatever the missing answers are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from typing import NamedTuple

from maturity.condition import Condition
from maturity.scoring.conditions import Tied, is_enough, on_cover, passes

__all__ = ["EXEMPT", "Chances", "Possible", "Possibles", "chances", "either", "outcomes"]


class Possible(NamedTuple):
    """What an answer or a score could be.

    Attributes:
        numbers: the numbers that it could be, in order.
        between: whether it could be any number between the first and the last of them as well.
        leaves: whether it may be that it does not apply.
        lacks: whether it may be without a value, even when nothing is missing in the return.
        unanswered: whether it is missing in the return as it stands.
    """

    numbers: tuple[Fraction, ...] = ()
    between: bool = False
    leaves: bool = False
    lacks: bool = False
    unanswered: bool = False


EXEMPT = Possible(leaves=True)


class Possibles(NamedTuple):
    """What could be, to decide by.

    Attributes:
        answers: by position in the assessment's responses.
        scores: by position in the plan's groups, as far as they are worked out.
        cover: the return's metadata, each text folded.
    """

    answers: Sequence[Possible]
    scores: list[Possible]
    cover: Mapping[str, str]


def either(one: Possible, other: Possible) -> Possible:
    """Give what is possible when it is not known which of two answers stands."""
    if one == other:
        return one
    return Possible(
        numbers=tuple(sorted({*one.numbers, *other.numbers})),
        between=one.between or other.between,
        leaves=one.leaves or other.leaves,
        lacks=one.lacks or other.lacks,
        unanswered=one.unanswered or other.unanswered,
    )


Chances = frozenset[str]
_PASSES, _FAILS, _SKIPS = "passes", "fails", "skip"
_ORDERS = tuple(permutations((_PASSES, _FAILS, _SKIPS)))


def chances(condition: Condition, possible: Possible, minimum: Fraction | None = None) -> Chances:
    """Say what a condition's test may do with one item: `passes`, `fails`, `skip` (left out)."""
    found = set()
    if possible.between:
        found |= _of_stretch(condition, possible.numbers, minimum)
    else:
        for number in possible.numbers:
            found.add(_PASSES if passes(condition, number, minimum) else _FAILS)
    if possible.leaves:
        found.add(_SKIPS)
    if possible.lacks or possible.unanswered:
        found.add(condition.missing)
    return frozenset(found)


def _of_stretch(
    condition: Condition, ends: Sequence[Fraction], minimum: Fraction | None
) -> set[str]:
    """Test every number from the first to the last."""
    low, high = ends[0], ends[-1]
    named = [Fraction(number) for number in condition.is_ or ()]
    limits = [minimum] if minimum is not None else []
    limits += [
        Fraction(limit)
        for limit in (condition.at_least, condition.at_most)
        if limit is not None and not isinstance(limit, Mapping)
    ]
    # A test is the same all the way from one of these numbers to the next.
    cuts = sorted({low, high, *(each for each in (*named, *limits) if low < each < high)})
    between = [(one + other) / 2 for one, other in pairwise(cuts)]
    return {
        _PASSES if passes(condition, number, minimum) else _FAILS for number in (*cuts, *between)
    }


def outcomes(tied: Tied, possibles: Possibles) -> frozenset[bool]:
    """Say whether a condition may hold, may not hold, or both."""
    condition = tied.condition
    if tied.all_of or tied.any_of or tied.not_ is not None:
        return _together(tied, possibles)
    if tied.cover:
        return frozenset({is_enough(condition, *on_cover(tied, possibles.cover))})
    values = possibles.answers if condition.of == "criterion" else possibles.scores
    items = [
        chances(condition, values[place], tied.minimums[number] if tied.minimums else None)
        for number, place in enumerate(tied.places)
    ]
    found = {_decided(condition, items, order) for order in _ORDERS}
    if items and all(_SKIPS in item for item in items):
        # All but one may be left out; the orders above leave out all or none.
        alone = {each for item in items for each in item} - {_SKIPS}
        found |= {is_enough(condition, int(each == _PASSES), 1) for each in alone}
    return frozenset(found)


def _decided(condition: Condition, items: Sequence[Chances], order: Sequence[str]) -> bool:
    """Decide a condition where each item does the first thing in this order that it may do."""
    done = [next(each for each in order if each in item) for item in items]
    passed = done.count(_PASSES)
    return is_enough(condition, passed, passed + done.count(_FAILS))


def _together(tied: Tied, possibles: Possibles) -> frozenset[bool]:
    every = [outcomes(each, possibles) for each in tied.all_of]
    if tied.any_of:
        some = [outcomes(each, possibles) for each in tied.any_of]
        # One of them holds unless none does.
        every.append(_negated(_all([_negated(each) for each in some])))
    if tied.not_ is not None:
        every.append(_negated(outcomes(tied.not_, possibles)))
    return _all(every)


def _all(parts: Sequence[frozenset[bool]]) -> frozenset[bool]:
    may_hold = all(True in part for part in parts)
    may_fail = any(False in part for part in parts)
    return frozenset(
        each for each, is_possible in ((True, may_hold), (False, may_fail)) if is_possible
    )


def _negated(part: frozenset[bool]) -> frozenset[bool]:
    return frozenset(not each for each in part)
