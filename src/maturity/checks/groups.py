"""Check what each score would be made of: that it can exist, and that it belongs where it is put.

The groups are made here as the engine makes them, from criteria alone. Only their sizes are counted
first, because a rubric of thirty facets could ask for a thousand million scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from maturity.checks.answer_rules import check_answer_rules_together
from maturity.checks.conditions import with_inner
from maturity.checks.ids import suggest
from maturity.checks.rules import conditions_of
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import Condition, Overall, RollUp
from maturity.selection import is_in, members_of
from maturity.wording import listed, quoted

__all__ = ["check_groups"]

_ANSWERS = "criterion"
_MOST_SCORES = 10_000
_MOST_STEPS = 1_000_000
# Deciding a condition costs less, and is done once for all returns.
_MOST_TESTS = 10_000_000


class _Score(NamedTuple):
    """A score that a roll-up would make: its place in facets, and the criteria underneath."""

    id: str
    members: Mapping[str, str]
    criteria: frozenset[str]
    weight: Number = 1


def check_groups(rubric: Rubric) -> Iterator[Fault]:
    """Yield faults in what the scores would be made of.

    Args:
        rubric: a rubric without any other error.
    """
    too_much = _too_much(rubric)
    if too_much is not None:
        yield too_much
        return
    yield from check_answer_rules_together(rubric)
    made: dict[str, list[_Score]] = {}
    for place, rule in enumerate(rubric.scoring.rollups):
        path: Path = ("scoring", "rollups", place)
        yield from _conditions(rubric, conditions_of(rule, path), made)
        if rule.of == _ANSWERS:
            yield from _not_in_one_member(rubric, rule, path)
            made[rule.score] = _of_answers(rubric, rule)
            yield from _weightless(rule, path, made[rule.score])
        else:
            inner = made[rule.of]
            yield from _named_scores(rule, path, inner)
            unplaced = list(_unplaced(rubric, rule, path, inner))
            yield from unplaced
            made[rule.score] = _of_scores(rubric, rule, inner)
            if unplaced:
                continue
        if not made[rule.score]:
            yield query(
                IssueCode.UNUSED,
                path,
                f"The roll-up {quoted(rule.score)} makes no score: nothing belongs to"
                f" {listed(rule.grouping, 'and') or 'it'}.",
                "Give criteria a place there, or take the roll-up away.",
            )
    overall = rubric.scoring.overall
    if isinstance(overall, Overall):
        yield from _conditions(rubric, conditions_of(overall, ("scoring", "overall")), made)


def _too_much(rubric: Rubric) -> Fault | None:
    """Count scores and what they are made of, before anything is made."""
    scores = steps = 0
    tests = _count_rule_tests(rubric)
    if tests > _MOST_TESTS:
        return error(
            IssueCode.VALUE_WRONG,
            ("scoring", "answer_rules"),
            "The answer rules take too many steps to be worked out.",
            "Say with fewer rules what many have in common.",
        )
    parts: dict[str, int] = {}
    sizes = {facet: len(rubric.facet_members(facet)) for facet in _used_facets(rubric)}
    for place, rule in enumerate(rubric.scoring.rollups):
        path: Path = ("scoring", "rollups", place)
        own = prod(sizes[facet] for facet in rule.grouping)
        scores += own
        tests += sum(1 for _ in conditions_of(rule, path)) * own * len(rubric.criteria)
        if scores <= _MOST_SCORES:
            of_answers = rule.of == _ANSWERS
            parts[rule.score] = (
                _count_parts(rubric, rule, _MOST_STEPS - steps) if of_answers else parts[rule.of]
            )
            # A score of scores looks for its place in each facet by all criteria underneath.
            facets = 1 if of_answers else 1 + len(rule.grouping) + len(rule.where)
            steps += parts[rule.score] * facets
        if scores > _MOST_SCORES or steps > _MOST_STEPS or tests > _MOST_TESTS:
            return error(
                IssueCode.VALUE_WRONG,
                path,
                f"With the roll-up {quoted(rule.score)} the rubric asks for more than"
                f" {_MOST_SCORES:,} scores, or for too many steps to work them out.",
                "Group by fewer facets, or leave out roll-ups that nobody looks at.",
            )
    return None


def _count_rule_tests(rubric: Rubric) -> int:
    conditions = sum(
        1 for rule in rubric.scoring.answer_rules for _ in with_inner(rule.when, ("when",))
    )
    return conditions * len(rubric.criteria) * len(rubric.ratings)


def _count_parts(rubric: Rubric, rule: RollUp, most: int) -> int:
    """Count what the scores of a roll-up of answers are made of; stop beyond the most."""
    facets = [facet for facet in rule.grouping if facet != "rating"]
    ratings = len(rule.ratings or "1")
    count = 0
    for criterion in rubric.criteria:
        members = prod(len(rubric.memberships(criterion, facet)) for facet in facets)
        count += ratings * max(1, members)
        if count > most:
            break
    return count


def _used_facets(rubric: Rubric) -> set[str]:
    return {facet for rule in rubric.scoring.rollups for facet in rule.grouping}


def _of_answers(rubric: Rubric, rule: RollUp) -> list[_Score]:
    """Give the scores of a roll-up of answers, each with the weight of all its answers."""
    found: dict[tuple[str, ...], dict[str, Number]] = {}
    for criterion, item in rubric.criteria.items():
        if criterion in rule.leave_out or not is_in(rubric, criterion, rule.where):
            continue
        moved = rule.regroup.get(criterion, {})
        choices = [
            dict.fromkeys(rule.ratings or (rubric.scored_rating,), 1)
            if facet == "rating"
            else {moved[facet]: 1}
            if facet in moved
            else rubric.memberships(criterion, facet)
            for facet in rule.grouping
        ]
        own: Number = item.weight if _ANSWERS in rule.weight_sources else 1
        for facet, table in rule.weight_tables.items():
            members = rubric.memberships(criterion, facet) if facet != "rating" else {}
            own = own * sum(table[member] for member in members) if members else own
        for keys in product(*choices):
            weight = own
            for facet, key, members in zip(rule.grouping, keys, choices, strict=True):
                weight = weight * members[key] if facet in rule.weight_sources else weight
            found.setdefault(keys, {})[criterion] = weight
    return [_score(rule, keys, weights, sum(weights.values())) for keys, weights in found.items()]


def _not_in_one_member(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield criteria that have no weight, or several, because of their place in a facet."""
    for facet in rule.weight_tables:
        lost = [
            criterion
            for criterion in rubric.criteria
            if facet != "rating"
            and criterion not in rule.leave_out
            and is_in(rubric, criterion, rule.where)
            and len(rubric.memberships(criterion, facet)) != 1
        ]
        if lost:
            yield error(
                IssueCode.FACET_UNKNOWN,
                (*path, "weights", facet),
                f"{listed(lost, 'and', 5)} do not belong to exactly one member of"
                f" {quoted(facet)}, so their weight is not known.",
                "Give each of them one place there, or leave them out.",
                is_key=True,
            )


def _score(
    rule: RollUp, keys: Sequence[str], criteria: Iterable[str], weight: Number = 1
) -> _Score:
    members = dict(zip(rule.grouping, keys, strict=True))
    return _Score("/".join(keys) or rule.score, members, frozenset(criteria), weight)


def _weightless(rule: RollUp, path: Path, scores: Iterable[_Score]) -> Iterator[Fault]:
    empty = [score.id for score in scores if score.weight == 0]
    if empty:
        yield error(
            IssueCode.WEIGHT_POINTLESS,
            (*path, "weights"),
            f"The roll-up {quoted(rule.score)} can never score {listed(empty, 'and', 5)}: all"
            " weights there are 0.",
            "Give at least one criterion a weight above 0 there.",
        )


def _of_scores(rubric: Rubric, rule: RollUp, inner: Iterable[_Score]) -> list[_Score]:
    """Give the scores of a roll-up of scores, as far as their places are known."""
    found: dict[tuple[str, ...], set[str]] = {}
    for score in _taken(rubric, rule, inner):
        moved = rule.regroup.get(score.id, {})
        keys = [moved.get(f) or _containing(rubric, score, f) for f in rule.grouping]
        known = tuple(key for key in keys if key is not None)
        if len(known) == len(keys):
            found.setdefault(known, set()).update(score.criteria)
    return [_score(rule, keys, criteria) for keys, criteria in found.items()]


def _taken(rubric: Rubric, rule: RollUp, inner: Iterable[_Score]) -> Iterator[_Score]:
    for score in inner:
        if score.id not in rule.leave_out and all(
            _containing(rubric, score, facet) in members_of(wanted)
            for facet, wanted in rule.where.items()
        ):
            yield score


def _containing(rubric: Rubric, score: _Score, facet: str) -> str | None:
    """Say which member of a facet a score stands in; None when it is in none, or in several."""
    if facet in score.members:
        return score.members[facet]
    if facet == "rating":
        return None
    found = {
        rubric.facets[own].members[member].within[facet]
        for own, member in score.members.items()
        if own in rubric.facets
        and member in rubric.facets[own].members
        and facet in rubric.facets[own].members[member].within
    }
    if found and facet in rubric.facets and not rubric.facets[facet].members:
        # Members that only ids show are not declared, so what was named may not be among them.
        found &= set(rubric.facet_members(facet))
    elif not found:
        found = {
            member
            for criterion in score.criteria
            for member in rubric.memberships(criterion, facet)
        }
    return found.pop() if len(found) == 1 else None


def _unplaced(rubric: Rubric, rule: RollUp, path: Path, inner: Sequence[_Score]) -> Iterator[Fault]:
    """Each score that is used must say to which group it belongs, and to one only."""
    for facet in rule.where:
        yield from _no_place(rubric, facet, inner, (*path, "where", facet), rule.of)
    taken = list(_taken(rubric, rule, inner))
    for facet in rule.weight_tables:
        yield from _no_place(rubric, facet, taken, (*path, "weights", facet), rule.of)
    for facet in rule.grouping:
        left = [score for score in taken if facet not in rule.regroup.get(score.id, {})]
        yield from _no_place(rubric, facet, left, (*path, "by"), rule.of)


def _no_place(
    rubric: Rubric, facet: str, scores: Sequence[_Score], path: Path, of: str
) -> Iterator[Fault]:
    lost = [score.id for score in scores if _containing(rubric, score, facet) is None]
    if lost:
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            f"Scores of {quoted(of)} are put in a {quoted(facet)} here, and"
            f" {listed(lost, 'and', 5)} belong{'s' if len(lost) == 1 else ''} to none, or to"
            " more than one.",
            'Use a facet that they are grouped by, make this of "criterion", or say'
            f' "within: {{{facet}: …}}" for each.',
        )


def _named_scores(rule: RollUp, path: Path, inner: Iterable[_Score]) -> Iterator[Fault]:
    ids = [score.id for score in inner]
    names: list[tuple[str, Path, bool]] = [
        (name, (*path, "leave_out", place), False) for place, name in enumerate(rule.leave_out)
    ]
    names += [(name, (*path, "regroup", name), True) for name in rule.regroup]
    for name, place, is_key in names:
        yield from _known_score(name, ids, rule.of, place, is_key=is_key)


def _known_score(
    name: str, ids: Sequence[str], of: str, path: Path, *, is_key: bool = False
) -> Iterator[Fault]:
    if name not in ids:
        yield error(
            IssueCode.CRITERION_UNKNOWN,
            path,
            f"{quoted(name)} is not the id of a score of {quoted(of)}.",
            suggest(name, ids, "ids"),
            is_key=is_key,
        )


def _conditions(
    rubric: Rubric,
    conditions: Iterable[tuple[Path, Condition]],
    made: Mapping[str, Sequence[_Score]],
) -> Iterator[Fault]:
    """Check the conditions on scores, now that it is known which scores there are."""
    for path, condition in conditions:
        scores = made.get(condition.of)
        if scores is None:
            continue
        ids = [score.id for score in scores]
        for place, name in enumerate(condition.items):
            yield from _known_score(name, ids, condition.of, (*path, "items", place))
        for name in condition.at_least if isinstance(condition.at_least, Mapping) else ():
            place_of = (*path, "at_least", name)
            yield from _known_score(name, ids, condition.of, place_of, is_key=True)
        for facet in condition.where:
            yield from _no_place(rubric, facet, scores, (*path, "where", facet), condition.of)
