"""Check conditions: that what they look at exists, and that they mean one thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from maturity.checks.ids import BUILT_IN_FACETS, known_members, suggest
from maturity.condition import Condition, Where
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.rubric import Rubric
from maturity.wording import quoted

__all__ = [
    "check_condition",
    "check_test_alone",
    "check_where",
    "known_facet",
    "known_member",
    "named_criteria",
    "with_inner",
]

_ANSWERS = "criterion"


def check_condition(
    rubric: Rubric, condition: Condition, path: Path, earlier: Collection[str]
) -> Iterator[Fault]:
    """Yield faults in one condition, but for those in the conditions within it.

    Args:
        rubric: the rubric.
        condition: the condition.
        path: where it stands.
        earlier: the names of the roll-ups that it may look at.
    """
    yield from _one_meaning(condition, path)
    if condition.of == _ANSWERS:
        yield from check_where(rubric, condition.where, (*path, "where"), allows_rating=True)
        yield from named_criteria(rubric, condition.items, (*path, "items"))
        if isinstance(condition.at_least, Mapping):
            at_least: Path = (*path, "at_least")
            yield from named_criteria(rubric, condition.at_least, at_least, are_keys=True)
    elif condition.of not in earlier:
        yield error(
            IssueCode.ROLLUP_UNKNOWN,
            (*path, "of"),
            f"The condition looks at {quoted(condition.of)}, which is not a roll-up above it.",
            suggest(condition.of, [_ANSWERS, *earlier], "things to look at"),
        )
    else:
        yield from check_where(rubric, condition.where, (*path, "where"), allows_rating=True)
    for number, rating in enumerate(condition.ratings or ()):
        if rating not in rubric.ratings:
            yield error(
                IssueCode.RATING_UNKNOWN,
                (*path, "ratings", number),
                f"The condition looks at rating {quoted(rating)}, which is not declared.",
                suggest(rating, rubric.ratings, "ratings"),
            )


def with_inner(condition: Condition, path: Path) -> Iterator[tuple[Path, Condition]]:
    """Yield a condition and every one within it, each with its path."""
    yield path, condition
    for key, inner in (("all_of", condition.all_of), ("any_of", condition.any_of)):
        for place, each in enumerate(inner):
            yield from with_inner(each, (*path, key, place))
    if condition.not_ is not None:
        yield from with_inner(condition.not_, (*path, "not"))


def check_where(
    rubric: Rubric, where: Where, path: Path, *, allows_rating: bool
) -> Iterator[Fault]:
    """Yield the facets and members of a `where` that are not declared."""
    for facet, wanted in where.items():
        place: Path = (*path, facet)
        if facet == "rating" and not allows_rating:
            yield error(
                IssueCode.FACET_UNKNOWN,
                place,
                "Answers are chosen by rating elsewhere.",
                'Write "ratings: […]" beside "where".',
                is_key=True,
            )
            continue
        yield from known_facet(rubric, facet, place, is_key=True)
        if isinstance(wanted, tuple):
            for number, name in enumerate(wanted):
                yield from known_member(rubric, facet, str(name), (*place, number))
        else:
            yield from known_member(rubric, facet, str(wanted), place)


def known_facet(rubric: Rubric, facet: str, path: Path, *, is_key: bool = False) -> Iterator[Fault]:
    """Yield a fault when a facet is not declared."""
    known = (*BUILT_IN_FACETS, *rubric.facets)
    if facet not in known:
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            f"{quoted(facet)} is not a facet.",
            suggest(facet, known, "facets"),
            is_key=is_key,
        )


def known_member(rubric: Rubric, facet: str, name: str, path: Path) -> Iterator[Fault]:
    """Yield a fault when a name is not a member of a facet."""
    members = known_members(rubric, facet)
    if members is not None and name not in members:
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            f"{quoted(name)} is not a member of facet {quoted(facet)}.",
            suggest(name, members, "members"),
        )


def named_criteria(
    rubric: Rubric, names: Iterable[str], path: Path, *, are_keys: bool = False
) -> Iterator[Fault]:
    """Yield the names that are not ids of criteria."""
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


def _selects(condition: Condition) -> bool:
    chosen = (condition.items, condition.where, condition.ratings is not None)
    return condition.of != _ANSWERS or any(chosen) or _has_test(condition)


def _has_inner(condition: Condition) -> bool:
    return bool(condition.all_of or condition.any_of or condition.not_ is not None)


def _one_meaning(condition: Condition, path: Path) -> Iterator[Fault]:
    if condition.metadata and (_selects(condition) or _has_inner(condition)):
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            "The condition looks at the cover and at something else as well.",
            'Put "metadata" among the others, as one more condition of "all_of".',
        )
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


def check_test_alone(condition: Condition, path: Path) -> Iterator[Fault]:
    """Yield a fault unless a condition is one test of one value."""
    is_single = _has_test(condition) and not (condition.metadata or _has_inner(condition))
    if not is_single or isinstance(condition.at_least, Mapping):
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            "Members are counted one by one, by one test that is the same for all.",
            'Write "is: […]", "at_least: …" or "at_most: …", with numbers.',
        )
