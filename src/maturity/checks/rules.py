"""Check what a roll-up says beside its grouping: omissions, moves, conditions and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.checks.conditions import (
    check_condition,
    check_test_alone,
    check_where,
    known_facet,
    known_member,
    named_criteria,
    with_inner,
)
from maturity.checks.ids import suggest
from maturity.condition import Condition
from maturity.faults import Fault, Path, error
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import CountAs, Ladder, Overall, RollUp
from maturity.wording import quoted

__all__ = ["check_conditions", "check_rule", "conditions_of"]

_ANSWERS = "criterion"
# The key that a method needs, and the methods that need it.
_NEEDS = {
    "rows": ("table",),
    "ladder": ("ladder",),
    "counts": ("count", "share"),
    "power": ("power-mean",),
}


def check_rule(rubric: Rubric, rule: RollUp, path: Path) -> Iterator[Fault]:
    """Yield faults in one roll-up, but for its grouping, its weights and its conditions.

    Args:
        rubric: the rubric.
        rule: the roll-up.
        path: where it stands.
    """
    yield from _method(rule, path)
    is_of_answers = rule.of == _ANSWERS
    yield from check_where(rubric, rule.where, (*path, "where"), allows_rating=not is_of_answers)
    yield from _regroup(rubric, rule, path)
    if rule.ladder is not None:
        yield from _steps(rubric, rule.ladder, (*path, "ladder", "along"))
    if is_of_answers:
        yield from named_criteria(rubric, rule.leave_out, (*path, "leave_out"))
        yield from named_criteria(rubric, rule.regroup, (*path, "regroup"), are_keys=True)
    yield from _rating_beside(rubric, rule.limit, (*path, "limit"), "limit", is_of_answers)
    for key, policy in (("missing", rule.missing), ("not_applicable", rule.not_applicable)):
        if isinstance(policy, CountAs):
            place: Path = (*path, key, "count_as")
            yield from _rating_beside(rubric, policy.count_as, place, "stand-in", is_of_answers)
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
        yield from check_condition(rubric, condition, place, earlier)
    if isinstance(rule, Overall) and isinstance(rule.missing, CountAs):
        place = (*path, "missing", "count_as")
        yield from _rating_beside(
            rubric, rule.missing.count_as, place, "stand-in", is_of_answers=False
        )
    if isinstance(rule, RollUp) and rule.counts is not None:
        yield from check_test_alone(rule.counts, (*path, "counts"))


def conditions_of(rule: RollUp | Overall, path: Path) -> Iterator[tuple[Path, Condition]]:
    """Yield every condition of a roll-up or of the overall score, inner ones too, with its path."""
    for place, gate in enumerate(rule.gates):
        yield from with_inner(gate.when, (*path, "gates", place, "when"))
    if isinstance(rule, Overall):
        return
    for place, row in enumerate(rule.rows):
        if row.when is not None:
            yield from with_inner(row.when, (*path, "rows", place, "when"))
    if rule.ladder is not None:
        yield from with_inner(rule.ladder.reached, (*path, "ladder", "reached"))


def _rating_beside(
    rubric: Rubric, rating: Number | str | None, path: Path, what: str, is_of_answers: bool
) -> Iterator[Fault]:
    """Yield a fault unless a value is a number, or a rating of the same criterion."""
    if not isinstance(rating, str):
        return
    if rating not in rubric.ratings:
        yield error(
            IssueCode.RATING_UNKNOWN,
            path,
            f"The {what} {quoted(rating)} is neither a number nor a rating.",
            suggest(rating, rubric.ratings, "ratings"),
        )
    elif not is_of_answers:
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            f"Scores have no rating that could hold their {what}.",
            'Write a number, or make the roll-up of "criterion".',
        )


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
                yield from known_member(rubric, facet, member, place)


def _steps(rubric: Rubric, ladder: Ladder, path: Path) -> Iterator[Fault]:
    if ladder.along == "rating":
        yield error(
            IssueCode.FACET_UNKNOWN,
            path,
            "Ratings are not steps of a ladder.",
            "Name a facet whose members are the steps.",
        )
    yield from known_facet(rubric, ladder.along, path)
