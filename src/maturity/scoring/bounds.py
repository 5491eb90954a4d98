"""Find between what a score must lie, whatever the missing answers turn out to be.

Each part counts one of some numbers, or leaves the group. The least score is looked for among those
that the parts give with their least numbers, the greatest among those with their greatest; a part
that may leave is taken in only where it moves the score that way.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from itertools import product
from typing import NamedTuple

from maturity.condition import Condition
from maturity.rules import CountAs, RollUp
from maturity.scoring.methods import Entry, adjusted, by_method
from maturity.scoring.plan import Group
from maturity.scoring.possible import EXEMPT, Possible, Possibles, chances, outcomes
from maturity.scoring.prepared import Prepared, counted_value
from maturity.scoring.special import weight_of

__all__ = ["possible_score"]

_ADDS_UP = ("sum", "count")


class _Part(NamedTuple):
    """What a part may count.

    Attributes:
        weights: the weights that it may have, whole numbers in order.
        numbers: what it may count, in order; for `count` and `share`, 1 where it passes and 0.
        leaves: whether it may count nothing.
        lacks: whether it may be without a value, even when nothing is missing in the return.
        top: for points, the most that it could count.
    """

    weights: tuple[int, ...]
    numbers: tuple[Fraction, ...]
    leaves: bool
    lacks: bool
    top: Fraction

    @property
    def may_weigh_nothing(self) -> bool:
        """Whether it may count nothing, or weigh nothing."""
        return self.leaves or not any(self.weights[:1])


def possible_score(prepared: Prepared, possibles: Possibles) -> Possible:
    """Say what a group's score could be.

    Args:
        prepared: the group.
        possibles: what its parts, and what its conditions look at, could be.
    """
    rule = prepared.group.rule
    leaves = lacks = False
    if rule.method == "table":
        numbers, lacks = _rows(prepared, possibles)
    elif rule.method == "ladder":
        numbers = _steps(prepared, possibles)
    else:
        parts = _parts(prepared, possibles)
        counting = [part for part in parts if any(part.weights)]
        numbers = _extremes(prepared, counting)
        leaves = all(part.may_weigh_nothing for part in counting)
        lacks = _may_be_missing(prepared, possibles, parts)
    if rule.rows or rule.ladder is not None:
        # The least coverage is asked of what a table or a ladder looks at, too.
        lacks = lacks or (bool(rule.min_coverage) and _may_be_thin(prepared, possibles))
    if not numbers:
        return Possible(leaves=leaves, lacks=lacks)
    if rule.over is not None:
        numbers, undivided = _divided(prepared, possibles, numbers)
        lacks = lacks or undivided
        if not numbers:
            return Possible(leaves=leaves, lacks=True)
    changed = sorted(adjusted(rule, number) for number in numbers)
    low, high = _gated(prepared, possibles, changed[0], changed[-1])
    return Possible((low, high), between=True, leaves=leaves, lacks=lacks)


def _divided(
    prepared: Prepared, possibles: Possibles, numbers: Sequence[Fraction]
) -> tuple[list[Fraction], bool]:
    """Divide by what the other score could be; say whether that may be 0 or missing."""
    if prepared.divisor is None:
        return [], True
    other = possibles.scores[prepared.divisor]
    ends = [*other.numbers[:1], *other.numbers[-1:]]
    may_be_zero = not ends or ends[0] <= 0 <= ends[-1]
    if ends and may_be_zero and prepared.least_divisor is not None:
        # Next to 0 a quotient is largest, so its bounds are those of the divisors nearest to it.
        low, high = ends
        least = prepared.least_divisor
        ends += [least] if high else []
        ends += [-least] if low else []
    undivided = other.lacks or other.leaves or may_be_zero
    return [number / end for number in numbers for end in ends if end], undivided


def _rows(prepared: Prepared, possibles: Possibles) -> tuple[list[Fraction], bool]:
    """Give the scores of the rows of a table that may be the first to hold; whether none may."""
    found = []
    for row, tied in zip(prepared.group.rule.rows, prepared.rows, strict=True):
        may = frozenset({True}) if tied is None else outcomes(tied, possibles)
        if True in may:
            found.append(Fraction(row.then))
        if False not in may:
            return found, False
    return found, True


def _steps(prepared: Prepared, possibles: Possibles) -> list[Fraction]:
    """Give the numbers of the steps that may be the highest one reached."""
    ladder = prepared.group.rule.ladder
    steps = [outcomes(tied, possibles) for tied in prepared.steps]
    climbs = ladder is None or ladder.cumulative
    found = []
    for number in range(len(steps) + 1):
        below, above = steps[:number], steps[number:]
        needed, refused = (below, above[:1]) if climbs else (below[-1:], above)
        if all(True in step for step in needed) and all(False in step for step in refused):
            found.append(Fraction(number))
    return found


def _gated(
    prepared: Prepared, possibles: Possibles, low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction]:
    for gate, tied in zip(prepared.group.rule.gates, prepared.gates, strict=True):
        may = outcomes(tied, possibles)
        ceiling = Fraction(gate.at_most)
        low = min(low, ceiling) if True in may else low
        high = min(high, ceiling) if False not in may else high
    return low, high


def _parts(prepared: Prepared, possibles: Possibles) -> list[_Part]:
    """Work out what each part may count."""
    values = possibles.answers if prepared.group.is_of_answers else possibles.scores
    found = []
    for part, place in enumerate(prepared.group.parts):
        possible = values[place]
        if prepared.together:
            others = [possibles.answers[other] for other in prepared.together[part]]
            possible = possible._replace(leaves=any(other.leaves for other in others))
            possible = EXEMPT if EXEMPT in others else possible
        found.append(_part(prepared, possibles, part, possible))
    return found


def _part(prepared: Prepared, possibles: Possibles, part: int, possible: Possible) -> _Part:
    """Work out what a part may count, by what the rule says of N/A and of what is missing."""
    group, rule = prepared.group, prepared.group.rule
    numbers = _counted(prepared, possibles, part, possible)
    leaves, lacks = False, possible.lacks
    if possible.leaves and rule.not_applicable == "missing":
        # It is taken as any answer that could be given, like everything that is missing.
        numbers |= {counted_value(rule, number) for number in prepared.scales[part]}
        lacks = True
    elif possible.leaves:
        instead, leaves = _instead(
            rule.not_applicable, rule, possibles, prepared.for_exempt[part : part + 1]
        )
        numbers |= instead
    if lacks and rule.missing == "lowest":
        numbers |= {counted_value(rule, number) for number in prepared.scales[part][:1]}
        # A score that could be nothing has no lowest value either.
        leaves = leaves or not group.is_of_answers
    elif lacks:
        instead, may_leave = _instead(
            rule.missing, rule, possibles, prepared.for_missing[part : part + 1]
        )
        numbers |= instead
        leaves = leaves or may_leave
    top = prepared.tops[part] if prepared.tops else Fraction(0)
    if rule.counts is not None:
        numbers = _passing(rule.counts, numbers, between=possible.between)
    weights, is_weighed = _weights(prepared, possibles, part)
    if not is_weighed:
        leaves = lacks = True
    return _Part(weights, tuple(sorted(numbers)), leaves, lacks, top)


def _weights(prepared: Prepared, possibles: Possibles, part: int) -> tuple[tuple[int, ...], bool]:
    """Give what a part may weigh, in order, and whether it is sure to be weighed."""
    own = prepared.group.weights[part]
    if not prepared.importance:
        return (own,), True
    answers = [possibles.answers[place] for place in prepared.importance[part]]
    found = {
        weight_of(prepared, own, levels) or 0
        for levels in product(*(answer.numbers for answer in answers))
    }
    return tuple(sorted(found)), not any(answer.leaves or answer.lacks for answer in answers)


def _counted(
    prepared: Prepared, possibles: Possibles, part: int, possible: Possible
) -> set[Fraction]:
    """Give what the numbers of a part may count, through value map and limit."""
    rule = prepared.group.rule
    limits: list[Fraction | None] = [None]
    if prepared.limits:
        limit = possibles.answers[prepared.limits[part]]
        limits = [*limit.numbers, *([None] if limit.leaves or limit.lacks else [])]
    numbers = {*possible.numbers}
    if possible.between:
        low, high = possible.numbers[0], possible.numbers[-1]
        numbers |= {Fraction(key) for key in rule.values if low < key < high}
    found = {counted_value(rule, number, limit) for number in numbers for limit in limits}
    if possible.between and rule.values:
        # Next to a value that counts as another one, values count as they are.
        plain = rule.model_copy(update={"values": {}})
        found |= {counted_value(plain, number) for number in possible.numbers}
    return found


def _instead(
    policy: str | CountAs, rule: RollUp, possibles: Possibles, beside: Sequence[int]
) -> tuple[set[Fraction], bool]:
    """Give what counts for something that is not there, and whether it may be left out."""
    if not isinstance(policy, CountAs):
        return set(), True
    if not isinstance(policy.count_as, str):
        return {Fraction(policy.count_as)}, False
    other = possibles.answers[beside[0]]
    numbers = {counted_value(rule, number) for number in other.numbers}
    return numbers, other.leaves or other.lacks


def _passing(condition: Condition, numbers: set[Fraction], *, between: bool) -> set[Fraction]:
    found = chances(condition, Possible(tuple(sorted(numbers)), between=between and bool(numbers)))
    return {Fraction(each == "passes") for each in found}


def _may_be_missing(prepared: Prepared, possibles: Possibles, parts: Sequence[_Part]) -> bool:
    """Say whether there may be no score, even when nothing is missing in the return."""
    rule = prepared.group.rule
    if rule.min_coverage and _may_be_thin(prepared, possibles):
        return True
    if not any(part.lacks for part in parts):
        return False
    is_empty = all(part.lacks or part.may_weigh_nothing for part in parts)
    return rule.missing == "refuse" or is_empty


def _may_be_thin(prepared: Prepared, possibles: Possibles) -> bool:
    """Say whether coverage may be less than whole, even when nothing is missing in the return."""
    group = prepared.group
    beneath = [possibles.answers[place] for place in group.positions]
    # Where "not applicable" counts as missing, here or in a roll-up beneath, it lowers coverage.
    may_lower = not group.is_of_answers or group.rule.not_applicable == "missing"
    weighing = [possibles.answers[place] for place in prepared.weighing]
    return any(each.lacks or (each.leaves and may_lower) for each in beneath) or any(
        each.lacks or each.leaves for each in weighing
    )


def _extremes(prepared: Prepared, parts: Sequence[_Part]) -> list[Fraction]:
    """Give the least and the greatest that the parts can make; nothing where they make nothing."""
    found = []
    for sign, end in ((1, 0), (-1, -1)):
        certain: list[Entry] = []
        optional: list[Entry] = []
        for part in parts:
            if part.numbers:
                # What a part may weigh beyond its least is like a part that may leave.
                least = next(weight for weight in part.weights if weight)
                entry = Entry(least, part.numbers[end], part.top)
                (optional if part.may_weigh_nothing else certain).append(entry)
                if part.weights[-1] > least:
                    optional.append(entry._replace(weight=part.weights[-1] - least))
        optional.sort(key=partial(_pull, prepared.group), reverse=sign < 0)
        found += _best(prepared, certain, optional, sign)
    return found


def _pull(group: Group, entry: Entry) -> Fraction:
    """Say where an entry pulls the score: for points its own share of what is possible."""
    if group.rule.method in _ADDS_UP:
        return entry.weight * entry.value
    if group.rule.method == "points":
        return entry.value / entry.top if entry.top else Fraction(0)
    return entry.value


def _best(
    prepared: Prepared, certain: list[Entry], optional: list[Entry], sign: int
) -> list[Fraction]:
    """Take in, one by one, the optional entries that move the score downwards (sign 1) or upwards.

    A mean, a median or an extreme is moved only by values beyond it, a sum by those beyond zero.
    So the entries that help are the first ones, however many there are.
    """
    group = prepared.group
    adds_up = group.rule.method in _ADDS_UP
    taken = certain or optional[:1]
    rest = optional if certain else optional[1:]
    if not taken:
        return []
    score = _made(prepared, taken)
    for entry in rest:
        standing = Fraction(0) if adds_up else score
        if sign * _pull(group, entry) >= sign * standing:
            break
        taken = [*taken, entry]
        score = _made(prepared, taken)
    return [score]


def _made(prepared: Prepared, entries: Sequence[Entry]) -> Fraction:
    group = prepared.group
    if group.rule.counts is None:
        return by_method(group, entries, prepared.factor)
    passed = sum(entry.weight * entry.value for entry in entries)
    whole = prepared.factor if group.rule.method == "count" else sum(e.weight for e in entries)
    return Fraction(passed) / whole
