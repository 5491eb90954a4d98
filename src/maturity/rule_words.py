"""Say conditions and answer rules in plain words, for people who did not write the rubric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.answer_rule import AnswerRule, ImpliedAnswer
from maturity.condition import Condition, CountNeeded, ShareNeeded
from maturity.models import Number
from maturity.rubric import Rubric
from maturity.wording import metadata_label, number_text, share_text

__all__ = ["answer_rule_in_words", "condition_in_words", "members_in_words"]

_THEN = {
    "not_applicable": "do not apply",
    "missing": "count as missing",
}


def answer_rule_in_words(rubric: Rubric, rule: AnswerRule) -> str:
    """Say what a rule makes of which answers, and when.

    Args:
        rubric: the rubric.
        rule: the rule.
    """
    return (
        f"The answers {' '.join(_which(rubric, rule))}{_then(rule)} when "
        f"{condition_in_words(rule.when)}."
    )


def _which(rubric: Rubric, rule: AnswerRule) -> Iterator[str]:
    if rule.items:
        yield f"to {', '.join(rule.items)}"
    if rule.where:
        yield f"for {members_in_words(rule.where)}"
    if rule.ratings is not None:
        yield f"under {', '.join(rubric.ratings[rating].title for rating in rule.ratings)}"
    yield ""


def _then(rule: AnswerRule) -> str:
    if not isinstance(rule.then, ImpliedAnswer):
        return _THEN[rule.then]
    level = number_text(rule.then.answer)
    return f"count as {level}, whatever they are," if rule.then.replace else f"are at least {level}"


def members_in_words(where: Mapping[str, object]) -> str:
    """Name members of facets: `focus area F1 or F2`."""
    return " and ".join(
        f"{facet.replace('_', ' ')} "
        + (" or ".join(map(str, wanted)) if isinstance(wanted, tuple) else str(wanted))
        for facet, wanted in where.items()
    )


def condition_in_words(condition: Condition) -> str:
    """Say what a condition asks for, as a clause."""
    parts = []
    if condition.all_of:
        parts.append(" and ".join(map(condition_in_words, condition.all_of)))
    if condition.any_of:
        parts.append("either " + " or ".join(map(condition_in_words, condition.any_of)))
    if condition.not_ is not None:
        parts.append(f"not ({condition_in_words(condition.not_)})")
    return " and ".join(parts) if parts else _test_in_words(condition)


def _test_in_words(condition: Condition) -> str:
    if condition.metadata:
        return _cover_in_words(condition)
    what = "the answers" if condition.of == "criterion" else f"the scores of {condition.of}"
    if condition.across == "return":
        what += " in the whole return"
    if condition.items:
        what += f" to {', '.join(condition.items)}"
    if condition.where:
        what += f" for {members_in_words(condition.where)}"
    return f"{_quantity(condition)} {what} are {_test(condition)}"


def _cover_in_words(condition: Condition) -> str:
    values = [
        f"{metadata_label(key)}: {' or '.join(map(str, texts))}"
        for key, texts in condition.metadata.items()
    ]
    if len(values) == 1 and condition.need in ("all", "any"):
        return f"the cover says {values[0]}"
    return f"the cover says {_quantity(condition)} {', '.join(values)}"


def _test(condition: Condition) -> str:
    tests = []
    if condition.is_ is not None:
        tests.append(" or ".join(map(number_text, condition.is_)))
    if isinstance(condition.at_least, Mapping):
        tests.append("at or above their own minimum")
    elif condition.at_least is not None:
        tests.append(f"{_number(condition.at_least)} or more")
    if condition.at_most is not None:
        tests.append(f"{number_text(condition.at_most)} or less")
    return " and ".join(tests) or "given"


def _number(number: Number) -> str:
    return number_text(number)


def _quantity(condition: Condition) -> str:
    need = condition.need
    if isinstance(need, CountNeeded):
        return f"at least {need.count} of"
    if isinstance(need, ShareNeeded):
        return f"at least {share_text(need.share)} of"
    return {"all": "all", "any": "any of", "none": "none of"}[need]
