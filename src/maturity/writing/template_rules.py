"""Say what may be entered in the cells of a template, in words that help."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from maturity.models import Number
from maturity.rubric import Criterion, Metric, Rubric
from maturity.writing.template_page import Rule
from maturity.writing.text import clean_text, utf16_length

__all__ = [
    "METADATA_RULES",
    "NOTE_RULES",
    "answer_rule",
    "figure_rule",
    "is_long_list",
    "level_words",
    "rule_options",
    "unit_words",
]

# What Excel allows for the texts around an answer, and for a list that stands in the rule itself.
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255
_NOT_IN_LISTS = frozenset(',"=')
_LEAST_NUMBER = -1_000_000_000_000
_EARLIEST = datetime.date(2000, 1, 1)
_EXAMPLE_DATE = "31/03/2027"

_UNITS = {
    "percent": "Per cent: type 71.6 for 71.6 %",
    "rate": "Rate",
    "count": "Whole number",
    "money": "Pounds: type 1500000 for £1.5 million",
    "number": "Number",
}

METADATA_RULES = {
    "area": Rule(
        "any",
        title="Area",
        advice="The area's code, a space and its name.",
    ),
    "partnership": Rule("any", title="Partnership", advice="The name that partners use for it."),
    "date": Rule(
        "date",
        title="Date completed",
        advice=f"The day on which partners agreed the answers, such as {_EXAMPLE_DATE}.",
        refusal=f"This is not a date. Type day, month and year, such as {_EXAMPLE_DATE}.",
    ),
    "role": Rule("any", title="Role", advice="A role, not a person's name."),
}

NOTE_RULES = {
    "by_when": Rule(
        "date",
        title="By when",
        advice=f"The date by which the actions are done, such as {_EXAMPLE_DATE}.",
        refusal=f"This is not a date. A date such as {_EXAMPLE_DATE} can be sorted and checked. "
        "Keep what you typed anyway?",
        strict=False,
    ),
}


def level_words(rubric: Rubric) -> dict[Number, str]:
    """Choose how each level is worded in the lists: as fully as the rubric can read it back.

    Returns:
        Level value → for example `2 - Developing`.
    """
    forms = rubric.answers.forms or ("{value}",)
    form = max(forms, key=lambda form: ("{value}" in form) + ("{label}" in form))
    return {
        level.value: form.replace("{value}", f"{level.value}").replace("{label}", level.label)
        for level in rubric.levels
    }


def answer_rule(rubric: Rubric, criterion: Criterion, rating: str) -> Rule:
    """Say which levels may be chosen, and whether "not applicable" may."""
    words = tuple(level_words(rubric).values())
    exempt = rubric.answers.not_applicable[:1] if criterion.not_applicable else ()
    description = rubric.ratings[rating].description
    advice = f"{description} Choose a level from the list.".strip()
    if exempt:
        advice = f"{advice} {exempt[0]} is allowed here. {criterion.not_applicable}"
    allowed = f"a level or {exempt[0]}" if exempt else "a level"
    return Rule(
        "list",
        words=words + exempt,
        title=rubric.ratings[rating].title,
        advice=advice,
        refusal=f"Choose {allowed} from the list, or leave the cell empty for now. "
        "Between two levels? Choose the lower one and say under Evidence what is not there yet.",
    )


def figure_rule(metric: Metric) -> Rule:
    """Say what figures a metric may have."""
    is_count = metric.unit == "count"
    return Rule(
        "whole" if is_count else "decimal",
        title="Figure",
        advice=f"{unit_words(metric)}. Leave it empty if it is not known.",
        refusal="This is not a figure that fits here. Type digits only, without a unit"
        + (", and no less than 0." if metric.unit in ("count", "rate") else "."),
        least=0 if metric.unit in ("count", "rate") else None,
    )


def unit_words(metric: Metric) -> str:
    """Say a metric's unit in words, and how it is worked out where that is known."""
    if not metric.description:
        return _UNITS[metric.unit]
    return f"{_UNITS[metric.unit]}. {re.sub(r'[.]+$', '', metric.description)}"


def is_long_list(words: tuple[str, ...]) -> bool:
    """Say whether a list cannot stand in a rule itself and must stand in cells."""
    inline = ",".join(words)
    is_plain = inline.isprintable() and not any(set(word) & _NOT_IN_LISTS for word in words)
    return not is_plain or len(inline) > _LONGEST_TEXT


def rule_options(rule: Rule, lists: Mapping[tuple[str, ...], str]) -> dict[str, object]:
    """Give a rule as XlsxWriter takes it.

    Args:
        rule: the rule.
        lists: the place of each long list.
    """
    options = {
        **_condition(rule, lists),
        "input_title": _cut(rule.title, _LONGEST_TITLE),
        "input_message": _cut(rule.advice, _LONGEST_TEXT),
        "error_title": "Please check",
        "error_message": _cut(rule.refusal, _LONGEST_TEXT),
        "error_type": "stop" if rule.strict else "warning",
    }
    return {name: value for name, value in options.items() if value}


def _condition(rule: Rule, lists: Mapping[tuple[str, ...], str]) -> dict[str, object]:
    if rule.kind == "list":
        return {"validate": "list", "source": lists.get(rule.words) or list(rule.words)}
    if rule.kind == "date":
        return {"validate": "date", "criteria": ">=", "value": _EARLIEST}
    if rule.kind == "any":
        return {"validate": "any"}
    least = _LEAST_NUMBER if rule.least is None else rule.least
    kind = "integer" if rule.kind == "whole" else "decimal"
    return {"validate": kind, "criteria": ">=", "value": f"{least}"}


def _cut(text: str, limit: int) -> str:
    """Cut a text to a limit of Excel's, counted in UTF-16 units, between words if possible."""
    clean = clean_text(text)
    if utf16_length(clean) <= limit:
        return clean
    kept = clean[: limit - 1]
    while utf16_length(kept) > limit - 1:
        kept = kept[:-1]
    return (kept.rpartition(" ")[0] or kept) + "…"
