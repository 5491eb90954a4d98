"""Check that every way of typing an answer means one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maturity.faults import Fault, Path, error
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.normalise import normalise
from maturity.rubric import Level, Rubric
from maturity.wording import quoted

__all__ = ["check_answers"]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
_KNOWN_PLACEHOLDERS = ("{value}", "{label}")


def check_answers(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault in the levels and in the words that stand for them.

    Args:
        rubric: a rubric whose fields are sound one by one.
    """
    yield from _levels_ascend(rubric)
    yield from _labels_differ(rubric)
    yield from _forms_are_sound(rubric)
    yield from _words_mean_one_thing(rubric)


def _levels_ascend(rubric: Rubric) -> Iterator[Fault]:
    for place in range(1, len(rubric.levels)):
        above, level = rubric.levels[place - 1], rubric.levels[place]
        if level.value <= above.value:
            yield error(
                IssueCode.LEVEL_ORDER,
                ("levels", place, "value"),
                f"Level {level.value} follows level {above.value}; levels go up.",
                "Put the levels in order, lowest first, each with a value of its own.",
            )


def _labels_differ(rubric: Rubric) -> Iterator[Fault]:
    seen: dict[str, Number] = {}
    for place, level in enumerate(rubric.levels):
        folded = normalise(level.label)
        if folded in seen:
            yield error(
                IssueCode.ID_DUPLICATE,
                ("levels", place, "label"),
                f"Level {level.value} has the same label as level {seen[folded]}:"
                f" {quoted(level.label)}.",
                "Give every level a label of its own.",
            )
        seen.setdefault(folded, level.value)


def _forms_are_sound(rubric: Rubric) -> Iterator[Fault]:
    for place, form in enumerate(rubric.answers.forms):
        found = _PLACEHOLDER.findall(form)
        path: Path = ("answers", "forms", place)
        unknown = next((each for each in found if each not in _KNOWN_PLACEHOLDERS), None)
        if unknown is not None:
            yield error(
                IssueCode.VALUE_WRONG,
                path,
                f"The form {quoted(form)} contains {quoted(unknown)}, which stands for nothing.",
                "Use {value} for the level's number and {label} for its name.",
            )
        elif not found:
            yield error(
                IssueCode.LEVEL_AMBIGUOUS,
                path,
                f"The form {quoted(form)} would mean every level.",
                "Use {value} or {label} in it. A word for one level is an alias of that level.",
            )


def _words_mean_one_thing(rubric: Rubric) -> Iterator[Fault]:
    """Fold every typed form as the reader does, and compare what it stands for."""
    meanings: dict[str, tuple[str, str]] = {}
    # Two levels of one value or one label agree in every form; that is reported once, elsewhere.
    reported: set[tuple[str, str]] = set()
    for word, meaning, kind, path in _words(rubric):
        folded = normalise(word)
        if not folded:
            yield error(
                IssueCode.VALUE_WRONG,
                path,
                f"The word {quoted(word)} is invisible: nothing is left of it for a person to see.",
                "Take it away; an empty cell is always read as blank.",
            )
            continue
        other, other_kind = meanings.setdefault(folded, (meaning, kind))
        if other != meaning and (other_kind, kind) not in reported:
            reported.add((other_kind, kind))
            yield error(
                IssueCode.LEVEL_AMBIGUOUS,
                path,
                f"The answer {quoted(word)} would mean both {other} and {meaning}.",
                "Change one of the words or forms, so that every answer means one thing.",
            )


def _words(rubric: Rubric) -> Iterator[tuple[str, str, str, Path]]:
    """Yield each word that can be typed: word, meaning, what it comes from, path."""
    answers = rubric.answers
    forms = [
        (place, form)
        for place, form in enumerate(answers.forms)
        if any(each in form for each in _KNOWN_PLACEHOLDERS)
    ]
    for place, level in _distinct(rubric.levels):
        meaning = f"level {level.value}"
        for form_place, form in forms:
            for label in (level.label, *filter(normalise, level.aliases)):
                word = form.replace("{value}", str(level.value)).replace("{label}", label)
                yield word, meaning, meaning, ("answers", "forms", form_place)
        for alias_place, alias in enumerate(level.aliases):
            yield alias, meaning, f"{meaning} {alias}", ("levels", place, "aliases", alias_place)
    for kind, meaning, words in (
        ("blank", "a blank", answers.blank),
        ("not_applicable", '"not applicable"', answers.not_applicable),
    ):
        for word_place, word in enumerate(words):
            yield word, meaning, f"{kind} {word}", ("answers", kind, word_place)


def _distinct(levels: tuple[Level, ...]) -> Iterator[tuple[int, Level]]:
    values: set[Number] = set()
    labels: set[str] = set()
    for place, level in enumerate(levels):
        label = normalise(level.label)
        if level.value not in values and label not in labels:
            yield place, level
        values.add(level.value)
        labels.add(label)
