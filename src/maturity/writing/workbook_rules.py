"""Say a roll-up in plain words, for the sheet Method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.models import Number
from maturity.rubric import Rubric
from maturity.rules import Condition, CountAs, CountNeeded, RollUp, Scale, ShareNeeded
from maturity.writing.workbook_words import METHOD_WORDS, count_of, number_text, share_text

__all__ = ["condition_in_words", "rollup_in_words"]

_MISSING = {
    "skip": "A missing answer is left out; it lowers coverage, not the score.",
    "lowest": "A missing answer counts as the lowest level.",
    "refuse": "With any answer missing there is no score.",
}
_NOT_APPLICABLE = {
    "skip": 'An allowed "not applicable" leaves the group.',
    "missing": '"Not applicable" counts as missing.',
}
_ROUNDING = {
    "half-up": "halves away from zero",
    "half-even": "halves to the even neighbour",
    "down": "towards zero",
    "up": "away from zero",
}


def rollup_in_words(rubric: Rubric, rules: Mapping[str, RollUp], rule: RollUp) -> str:
    """Say how a roll-up makes its scores.

    Args:
        rubric: the rubric.
        rules: all of its roll-ups by name, the overall score included.
        rule: the roll-up.
    """
    parts = [
        _what_is_grouped(rubric, rules, rule),
        *_selection(rule),
        *_weights(rubric, rule),
        *_gaps(rule),
        *_before(rubric, rule),
        *_decisions(rubric, rule),
        *_after(rule),
        *_gates(rubric, rule),
    ]
    return " ".join(parts)


def _what_is_grouped(rubric: Rubric, rules: Mapping[str, RollUp], rule: RollUp) -> str:
    method = METHOD_WORDS[rule.method].capitalize()
    by = " and ".join(facet.replace("_", " ") for facet in rule.grouping)
    each = f"for each {by}" if by else "for everything together"
    if rule.of != "criterion":
        below = rules[rule.of]
        return f'{method} of the scores "{below.title or below.score}", {each}.'
    ratings = rule.ratings or (rubric.scored_rating,)
    titles = ", ".join(rubric.ratings[rating].title for rating in ratings)
    return f"{method} of the answers to the criteria, {each}. Ratings used: {titles}."


def _selection(rule: RollUp) -> Iterator[str]:
    if rule.where:
        yield f"Only {_members(rule.where)}."
    if rule.leave_out:
        yield f"Left out on purpose: {', '.join(rule.leave_out)}."
    for name, places in rule.regroup.items():
        yield f"{name} counts under {_members(places)}."


def _members(where: Mapping[str, object]) -> str:
    return " and ".join(
        f"{facet.replace('_', ' ')} "
        + (" or ".join(map(str, wanted)) if isinstance(wanted, tuple) else str(wanted))
        for facet, wanted in where.items()
    )


def _weights(rubric: Rubric, rule: RollUp) -> Iterator[str]:
    if rule.weight_sources:
        sources = " × ".join(
            "the criterion's own weight"
            if source == "criterion"
            else f'the answer "{rubric.ratings[source].title}"'
            if source in rule.weight_ratings and source in rubric.ratings
            else f"the weight per {source.replace('_', ' ')}"
            for source in rule.weight_sources
        )
        listed = " (listed below)" if len(rule.weight_ratings) < len(rule.weight_sources) else ""
        yield f"Weights: {sources}{listed}."
    elif rule.weight_tables:
        for facet, table in rule.weight_tables.items():
            weights = ", ".join(f"{key} {number_text(weight)}" for key, weight in table.items())
            yield f"Weights per {facet.replace('_', ' ')}: {weights}."
    elif rule.method in ("mean", "weighted-mean", "geometric-mean"):
        yield "Every part has the same weight."


def _gaps(rule: RollUp) -> Iterator[str]:
    if rule.method in ("table", "ladder"):
        return
    if isinstance(rule.missing, CountAs):
        missing = f"A missing answer counts as {number_text(rule.missing.count_as)}."
    else:
        missing = _MISSING[rule.missing]
    if rule.of != "criterion":
        yield missing.replace("any answer", "any score").replace("answer", "score")
        return
    yield missing
    if isinstance(rule.not_applicable, CountAs):
        number = number_text(rule.not_applicable.count_as)
        yield f'An allowed "not applicable" counts as {number}.'
    else:
        yield _NOT_APPLICABLE[rule.not_applicable]
    if rule.spread_not_applicable:
        yield '"Not applicable" under one rating makes the criterion so under all.'


def _before(rubric: Rubric, rule: RollUp) -> Iterator[str]:
    if rule.values:
        pairs = ", ".join(f"{number_text(a)} as {number_text(b)}" for a, b in rule.values.items())
        yield f"Values count: {pairs}."
    if isinstance(rule.limit, str):
        yield f"No value counts more than its {rubric.ratings[rule.limit].title.lower()}."
    elif rule.limit is not None:
        yield f"No value counts more than {number_text(rule.limit)}."


def _decisions(rubric: Rubric, rule: RollUp) -> Iterator[str]:
    if rule.counts is not None:
        yield f"A part passes when {condition_in_words(rule.counts)}."
    for row in rule.rows:
        name = f"{number_text(row.then)} ({row.label})" if row.label else number_text(row.then)
        when = "otherwise" if row.when is None else f"when {condition_in_words(row.when)}"
        yield f"{name} {when}."
    if rule.ladder is not None:
        steps = ", ".join(rubric.facet_members(rule.ladder.along).values())
        lower = ", and every lower step too" if rule.ladder.cumulative else ""
        yield f"Steps, lowest first: {steps}. A step is reached when, of its own parts,"
        yield f"{condition_in_words(rule.ladder.reached)}{lower}."


def _after(rule: RollUp) -> Iterator[str]:
    if rule.min_coverage:
        yield f"At least {share_text(rule.min_coverage)} of the weight must be answered."
    if rule.over is not None:
        yield f'The result is divided by the score "{rule.over}" of the same group.'
    if rule.scale is not None:
        yield f"The result is changed to {_scaled(rule.scale)}."
    if rule.at_least is not None:
        yield f"It is never below {number_text(rule.at_least)}."
    if rule.at_most is not None:
        yield f"It is never above {number_text(rule.at_most)}."
    if rule.round is not None:
        decimals = count_of(rule.round.decimals, "decimal")
        yield f"It is rounded to {decimals}, {_ROUNDING[rule.round.mode]}."


def _scaled(scale: Scale) -> str:
    return f"{number_text(scale.plus)} + {number_text(scale.times)} × the result"


def _gates(rubric: Rubric, rule: RollUp) -> Iterator[str]:
    for gate in rule.gates:
        name = rubric.level_labels.get(gate.at_most)
        ceiling = number_text(gate.at_most) + (f" ({name})" if name else "")
        yield f"No higher than {ceiling} while {condition_in_words(gate.when)}: {gate.because}"


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
    need = condition.need
    if isinstance(need, CountNeeded):
        quantity = f"at least {need.count} of"
    elif isinstance(need, ShareNeeded):
        quantity = f"at least {share_text(need.share)} of"
    else:
        quantity = {"all": "all", "any": "any of", "none": "none of"}[need]
    what = "the answers" if condition.of == "criterion" else f"the scores of {condition.of}"
    if condition.across == "return":
        what += " in the whole return"
    if condition.items:
        what += f" to {', '.join(condition.items)}"
    if condition.where:
        what += f" for {_members(condition.where)}"
    return f"{quantity} {what} are {_test(condition)}"


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
