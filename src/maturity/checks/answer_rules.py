"""Check answer rules: that what they name exists, and that they can have an effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.answer_rule import AnswerRule, ImpliedAnswer
from maturity.checks.conditions import check_condition, check_where, named_criteria, with_inner
from maturity.checks.ids import suggest
from maturity.condition import Condition
from maturity.faults import Fault, Path, error, query
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.rubric import Rubric
from maturity.selection import changed_criteria, changed_ratings, is_in, members_of
from maturity.wording import listed, quoted

__all__ = ["check_answer_rules", "check_answer_rules_together"]

_Answer = tuple[str, str]


def check_answer_rules(rubric: Rubric) -> Iterator[Fault]:
    """Yield the names in answer rules that are not declared, and conditions with two meanings.

    Args:
        rubric: a rubric whose fields are sound one by one.
    """
    for place, rule in enumerate(rubric.scoring.answer_rules):
        path: Path = ("scoring", "answer_rules", place)
        yield from named_criteria(rubric, rule.items, (*path, "items"))
        yield from check_where(rubric, rule.where, (*path, "where"), allows_rating=False)
        yield from _ratings(rubric, rule, (*path, "ratings"))
        for inner, condition in with_inner(rule.when, (*path, "when")):
            yield from check_condition(rubric, condition, inner, ())


def _ratings(rubric: Rubric, rule: AnswerRule, path: Path) -> Iterator[Fault]:
    if rule.ratings == ():
        yield error(
            IssueCode.VALUE_WRONG,
            path,
            "The rule changes answers under no rating at all.",
            'Name at least one rating, or take "ratings" away for all of them.',
        )
    for number, rating in enumerate(rule.ratings or ()):
        if rating not in rubric.ratings:
            yield error(
                IssueCode.RATING_UNKNOWN,
                (*path, number),
                f"The rule changes answers under {quoted(rating)}, which is not declared.",
                suggest(rating, rubric.ratings, "ratings"),
            )


def check_answer_rules_together(rubric: Rubric) -> Iterator[Fault]:
    """Yield what is wrong with answer rules whose names are all known.

    Args:
        rubric: a rubric without any other error.
    """
    for place, rule in enumerate(rubric.scoring.answer_rules):
        path: Path = ("scoring", "answer_rules", place)
        changed = {
            (criterion, rating)
            for criterion in changed_criteria(rubric, rule)
            for rating in changed_ratings(rubric, rule)
        }
        if not changed:
            yield query(
                IssueCode.UNUSED,
                path,
                "The rule changes no answer: no criterion is one of its items and belongs to its"
                ' "where" as well.',
                "Choose other criteria, or take the rule away.",
            )
            continue
        yield from _level(rubric, rule, changed, path)
        yield from _circle(rubric, rule, changed, path)
        if not any(
            _can_hold(rubric, rule.when, rating) for rating in changed_ratings(rubric, rule)
        ):
            yield query(
                IssueCode.UNUSED,
                (*path, "when"),
                "The condition never holds, whatever the answers are, so the rule has no effect.",
                "Choose other criteria or other levels, or take the rule away.",
            )


def _level(rubric: Rubric, rule: AnswerRule, changed: set[_Answer], path: Path) -> Iterator[Fault]:
    if not isinstance(rule.then, ImpliedAnswer):
        return
    for criterion in rubric.criteria:
        for rating in rubric.ratings:
            levels = [level.value for level in rubric.levels_for(criterion, rating)]
            if (criterion, rating) in changed and rule.then.answer not in levels:
                yield error(
                    IssueCode.VALUE_WRONG,
                    (*path, "then", "answer"),
                    f"The answer {rule.then.answer} is not a level of {quoted(criterion)} under"
                    f" {quoted(rating)}.",
                    f"It can be {listed(levels)}; leave out other criteria and ratings by"
                    ' "items", "where" and "ratings".',
                )
                return


def _circle(rubric: Rubric, rule: AnswerRule, changed: set[_Answer], path: Path) -> Iterator[Fault]:
    for rating in changed_ratings(rubric, rule):
        for place, condition in with_inner(rule.when, (*path, "when")):
            both = [each for each in _tested(rubric, condition, rating) if each in changed]
            if both:
                yield error(
                    IssueCode.VALUE_WRONG,
                    place,
                    f"The condition looks at {quoted(both[0][0])} under {quoted(both[0][1])}, which"
                    " the rule itself changes.",
                    'Name what it looks at by "items" or "where", and nothing that is changed.',
                )
                return


def _is_test(condition: Condition) -> bool:
    return not (
        condition.metadata or condition.all_of or condition.any_of or condition.not_ is not None
    )


def _tested(rubric: Rubric, condition: Condition, rating: str) -> Iterator[_Answer]:
    """Yield the answers that one condition, without its inner ones, looks at."""
    if not _is_test(condition):
        return
    for criterion in rubric.criteria:
        if condition.items and criterion not in condition.items:
            continue
        if isinstance(condition.at_least, Mapping) and criterion not in condition.at_least:
            continue
        if is_in(rubric, criterion, condition.where):
            for own in condition.ratings or (rating,):
                if own in members_of(condition.where.get("rating", own)):
                    yield criterion, own


def _can_hold(rubric: Rubric, condition: Condition, rating: str) -> bool:
    """Say whether a condition can hold at all; yes where that is not plain to see."""
    if not all(_can_hold(rubric, each, rating) for each in condition.all_of):
        return False
    if condition.any_of and not any(_can_hold(rubric, each, rating) for each in condition.any_of):
        return False
    if not _is_test(condition) or condition.if_empty or condition.need == "none":
        return True
    if condition.missing == "passes":
        return True
    return any(
        _passes(condition, answer[0], level.value)
        for answer in _tested(rubric, condition, rating)
        for level in rubric.levels_for(*answer)
    )


def _passes(condition: Condition, criterion: str, value: Number) -> bool:
    least = condition.at_least
    if isinstance(least, Mapping):
        least = least.get(criterion)
    return (
        (condition.is_ is None or value in condition.is_)
        and (least is None or value >= least)
        and (condition.at_most is None or value <= condition.at_most)
    )
