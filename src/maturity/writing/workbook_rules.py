"""Say a roll-up in plain words, for the sheet Method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.rubric import Rubric
from maturity.rule_words import condition_in_words, members_in_words
from maturity.rules import CountAs, RollUp, Scale
from maturity.writing.workbook_words import METHOD_WORDS, count_of, number_text, share_text

__all__ = ["rollup_in_words"]

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
        *_gaps(rubric, rule),
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
        yield f"Only {members_in_words(rule.where)}."
    if rule.leave_out:
        yield f"Left out on purpose: {', '.join(rule.leave_out)}."
    for name, places in rule.regroup.items():
        yield f"{name} counts under {members_in_words(places)}."


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
    elif rule.method in ("mean", "weighted-mean", "geometric-mean", "power-mean"):
        yield "Every part has the same weight."


def _gaps(rubric: Rubric, rule: RollUp) -> Iterator[str]:
    if rule.method in ("table", "ladder"):
        return
    if isinstance(rule.missing, CountAs):
        missing = f"A missing answer counts as {_instead(rubric, rule.missing)}."
    else:
        missing = _MISSING[rule.missing]
    if rule.of != "criterion":
        yield missing.replace("any answer", "any score").replace("answer", "score")
        return
    yield missing
    if isinstance(rule.not_applicable, CountAs):
        instead = _instead(rubric, rule.not_applicable)
        yield f'An allowed "not applicable" counts as {instead}.'
    else:
        yield _NOT_APPLICABLE[rule.not_applicable]
    if rule.spread_not_applicable:
        yield '"Not applicable" under one rating makes the criterion so under all.'


def _instead(rubric: Rubric, policy: CountAs) -> str:
    if isinstance(policy.count_as, str):
        title = rubric.ratings[policy.count_as].title.lower()
        return f"its {title}, or is left out where there is none"
    return number_text(policy.count_as)


def _before(rubric: Rubric, rule: RollUp) -> Iterator[str]:
    if rule.power is not None:
        yield f"The exponent of the mean is {rule.power}."
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
