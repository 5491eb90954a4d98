"""Check what a roll-up says beside its grouping: omissions, moves, conditions and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from maturity.checks.ids import BUILT_IN_FACETS, known_members, suggest
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.rubric import Rubric
from maturity.rules import Condition, Ladder, Overall, RollUp, Where
from maturity.wording import quoted

__all__ = ["check_conditions", "check_rule", "conditions_of"]

_ANSWERS = "criterion"
# The key that a method needs, and the methods that need it.
_NEEDS = {"rows": ("table",), "ladder": ("ladder",), "counts": ("count", "share")}


def check_rule(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield faults in one roll-up, but for its grouping, its weights and its conditions.

    Args:
        rubric: the rubric.
        rule: the roll-up.
        path: where it stands.
    """
    yield from _method(rule, path)
    is_of_answers = rule.of == _ANSWERS
    yield from _where(rubric, rule.where, (*path, "where"), allows_rating=not is_of_answers)
    yield from _regroup(rubric, rule, path)
    if rule.ladder is not None:
        yield from _steps(rubric, rule.ladder, (*path, "ladder", "along"))
    if is_of_answers:
        yield from _criteria(rubric, rule.leave_out, (*path, "leave_out"))
        yield from _criteria(rubric, rule.regroup, (*path, "regroup"), are_keys=True)
    if isinstance(rule.limit, str) and rule.limit not in rubric.ratings:
        yield error(
            IssueCode.RATING_UNKNOWN,
            (*path, "limit"),
            f"The limit {quoted(rule.limit)} is neither a number nor a rating.",
            suggest(rule.limit, rubric.ratings, "ratings"),
        )
    elif isinstance(rule.limit, str) and not is_of_answers:
        yield error(
            IssueCode.VALUE_WRONG,
            (*path, "limit"),
            "Scores have no rating that could hold their limit.",
            'Write a number, or make the roll-up of "criterion".',
        )
    if rule.at_least is not None and rule.at_most is not None and rule.at_least > rule.at_most:
        yield error(
            IssueCode.VALUE_WRONG,
            (*path, "at_least"),
            f"The score is to be {rule.at_least} or more and {rule.at_most} or less.",
            "Write the lower number first.",
        )


def check_conditions(
    rubric: Rubric, rule: RollUp | Overall, path: Path, earlier: Mapping[str, RollUp]
) -> Iterator[Fault]:
    """Yield faults in the conditions of a roll-up or of the overall score.

    Args:
        rubric: the rubric.
        rule: the roll-up, or the overall score.
        path: where it stands.
        earlier: the roll-ups above it, which conditions may look at.
    """
    for place, condition in conditions_of(rule, path):
        yield from _one_meaning(condition, place)
        if condition.of == _ANSWERS:
            yield from _where(rubric, condition.where, (*place, "where"), allows_rating=True)
            yield from _criteria(rubric, condition.items, (*place, "items"))
            if isinstance(condition.at_least, Mapping):
                at_least: Path = (*place, "at_least")
                yield from _criteria(rubric, condition.at_least, at_least, are_keys=True)
        elif condition.of not in earlier:
            yield error(
                IssueCode.ROLLUP_UNKNOWN,
                (*place, "of"),
                f"The condition looks at {quoted(condition.of)}, which is not a roll-up above it.",
                suggest(condition.of, [_ANSWERS, *earlier], "things to look at"),
            )
        else:
            yield from _where(rubric, condition.where, (*place, "where"), allows_rating=True)
        for number, rating in enumerate(condition.ratings or ()):
            if rating not in rubric.ratings:
                yield error(
                    IssueCode.RATING_UNKNOWN,
                    (*place, "ratings", number),
                    f"The condition looks at rating {quoted(rating)}, which is not declared.",
                    suggest(rating, rubric.ratings, "ratings"),
                )
    if isinstance(rule, RollUp) and rule.counts is not None:
        yield from _test_alone(rule.counts, (*path, "counts"))


def conditions_of(rule: RollUp | Overall, path: Path) -> Iterator[tuple[Path, Condition]]:
    """Yield every condition of a roll-up or of the overall score, inner ones too, with its path."""
    for place, gate in enumerate(rule.gates):
        yield from _with_inner(gate.when, (*path, "gates", place, "when"))
    if isinstance(rule, Overall):
        return
    for place, row in enumerate(rule.rows):
        if row.when is not None:
            yield from _with_inner(row.when, (*path, "rows", place, "when"))
    if rule.ladder is not None:
        yield from _with_inner(rule.ladder.reached, (*path, "ladder", "reached"))


def _with_inner(condition: Condition, path: Path) -> Iterator[tuple[Path, Condition]]:
    yield path, condition
    for key, inner in (("all_of", condition.all_of), ("any_of", condition.any_of)):
        for place, each in enumerate(inner):
            yield from _with_inner(each, (*path, key, place))
    if condition.not_ is not None:
        yield from _with_inner(condition.not_, (*path, "not"))


def _method(rule: RollUp, path: Path) -> Iterator[Fault]:
    for key, methods in _NEEDS.items():
        is_given = bool(getattr(rule, key))
        if rule.method in methods and not is_given:
            yield error(
                IssueCode.KEY_MISSING,
                path,
                f'The roll-up {quoted(rule.score)} has the method "{rule.method}" and no "{key}".',
                f'Add "{key}: …".',
            )
        elif is_given and rule.method not in methods:
            yield error(
                IssueCode.UNUSED,
                (*path, key),
                f'The roll-up {quoted(rule.score)} has "{key}", which "{rule.method}" does not'
                " use.",
                f'Write "method: {methods[0]}", or take it away.',
                is_key=True,
            )
    for place, row in enumerate(rule.rows[:-1]):
        if row.when is None:
            yield error(
                IssueCode.UNUSED,
                (*path, "rows", place + 1),
                "The row above this one always holds, so this one is never reached.",
                "Put the row without a condition last.",
            )
            break


def _where(rubric: Rubric, where: Where, path: Path, *, allows_rating: bool) -> Iterator[Fault]:
    for facet, wanted in where.items():
        place: Path = (*path, facet)
        if facet == "rating" and not allows_rating:
            yield error(
                IssueCode.FACET_UNKNOWN,
                place,
                "Answers are chosen by rating elsewhere.",
                'Write "ratings: […]" in the roll-up.',
                is_key=True,
            )
            continue
        yield from _facet(rubric, facet, place, is_key=True)
        if isinstance(wanted, tuple):
            for number, name in enumerate(wanted):
                yield from _member(rubric, facet, str(name), (*place, number))
        else:
            yield from _member(rubric, facet, str(wanted), place)


def _regroup(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    for name, moves in rule.regroup.items():
        for facet, member in moves.items():
            place: Path = (*path, "regroup", name, facet)
            if facet not in rule.grouping or facet == "rating":
                yield error(
                    IssueCode.FACET_UNKNOWN,
                    place,
                    f"{quoted(name)} is moved to another {quoted(facet)}, by which this roll-up"
                    " does not group.",
                    suggest(facet, [each for each in rule.grouping if each != "rating"], "facets"),
                    is_key=True,
                )
            else:
                yield from _member(rubric, facet, member, place)


def _steps(rubric: Rubric, ladder: Ladder, path: Path) -> Iterator[Fault]:
    if ladder.along == "rating":
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            "Ratings are not steps of a ladder.",
            "Name a facet whose members are the steps.",
        )
    yield from _facet(rubric, ladder.along, path)


def _facet(rubric: Rubric, facet: str, path: Path, *, is_key: bool = False) -> Iterator[Fault]:
    known = (*BUILT_IN_FACETS, *rubric.facets)
    if facet not in known:
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            f"{quoted(facet)} is not a facet.",
            suggest(facet, known, "facets"),
            is_key=is_key,
        )


def _member(rubric: Rubric, facet: str, name: str, path: Path) -> Iterator[Fault]:
    members = known_members(rubric, facet)
    if members is not None and name not in members:
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            f"{quoted(name)} is not a member of facet {quoted(facet)}.",
            suggest(name, members, "members"),
        )


def _criteria(
    rubric: Rubric, names: Iterable[str], path: Path, *, are_keys: bool = False
) -> Iterator[Fault]:
    known: Collection[str] = rubric.criteria
    for place, name in enumerate(names):
        if name not in known:
            yield error(
                IssueCode.CRITERION_UNKNOWN,
                (*path, name if are_keys else place),
                f"{quoted(name)} is not the id of a criterion.",
                suggest(name, known, "ids"),
                is_key=are_keys,
            )


def _has_test(condition: Condition) -> bool:
    tests = (condition.is_, condition.at_least, condition.at_most)
    return any(test is not None for test in tests)


def _has_inner(condition: Condition) -> bool:
    return bool(condition.all_of or condition.any_of or condition.not_ is not None)


def _one_meaning(condition: Condition, path: Path) -> Iterator[Fault]:
    if _has_test(condition) and _has_inner(condition):
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            "The condition both tests values and puts other conditions together.",
            'Put the test among the others, as one more condition of "all_of".',
        )
    if condition.of != _ANSWERS and condition.ratings is not None:
        yield query(
            IssueCode.UNUSED,
            (*path, "ratings"),
            "Scores have no ratings, so these have no effect.",
            "Take them away.",
            is_key=True,
        )


def _test_alone(condition: Condition, path: Path) -> Iterator[Fault]:
    if not _has_test(condition) or _has_inner(condition) or isinstance(condition.at_least, Mapping):
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            "Members are counted one by one, by one test that is the same for all.",
            'Write "is: […]", "at_least: …" or "at_most: …", with numbers.',
        )
