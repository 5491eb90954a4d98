"""Check that every way of typing an answer means one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maturity.faults import Fault, Path, error
from maturity.issues import IssueCode
from maturity.models import Number
from maturity.normalise import fold_answer, normalise
from maturity.rubric import Level, Rubric
from maturity.wording import quoted

__all__ = ["check_answers"]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
_KNOWN_PLACEHOLDERS = ("{value}", "{label}")
# Forms times labels. Real rubrics have some dozens; a hostile one could have thousands of millions.
_MOST_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class _Scale:
    """The rubric's levels or an answer set, and how its steps may be typed."""

    levels: tuple[Level, ...]
    forms: tuple[str, ...]
    levels_path: Path
    forms_path: Path | None
    """Where the forms stand; None where the usual ones are used because none are given."""


def check_answers(rubric: Rubric) -> Iterator[Fault]:
    """Yield every fault in the levels and in the words that stand for them.

    Args:
        rubric: a rubric whose fields are sound one by one.
    """
    has_forms = "forms" in rubric.answers.model_fields_set
    forms_path: Path | None = ("answers", "forms") if has_forms else None
    own = _Scale(rubric.levels, rubric.answers.forms, ("levels",), forms_path)
    scales = [own]
    for name, answers in rubric.answer_sets.items():
        path: Path = ("answer_sets", name)
        if answers.forms is None:
            scales.append(_Scale(answers.levels, own.forms, (*path, "levels"), forms_path))
        else:
            forms = (*path, "forms")
            scales.append(_Scale(answers.levels, answers.forms, (*path, "levels"), forms))
    words = 0
    for scale in scales:
        if scale is own or scale.forms is not own.forms:
            yield from _forms_are_sound(scale)
        yield from _levels_ascend(scale)
        yield from _labels_differ(scale)
        words += _count_words(rubric, scale)
        if words > _MOST_WORDS:
            yield _too_many_words(scale)
            return
        yield from _words_mean_one_thing(rubric, scale)


def _count_words(rubric: Rubric, scale: _Scale) -> int:
    labels = sum(1 + len(level.aliases) for level in scale.levels)
    others = len(rubric.answers.blank) + len(rubric.answers.not_applicable)
    return labels * (1 + len(scale.forms)) + others


def _too_many_words(scale: _Scale) -> Fault:
    return error(
        IssueCode.VALUE_WRONG,
        scale.levels_path,
        f"Forms, labels and aliases make more than {_MOST_WORDS:,} ways to answer.",
        "Leave the forms and aliases that people use.",
    )


def _levels_ascend(scale: _Scale) -> Iterator[Fault]:
    for place in range(1, len(scale.levels)):
        above, level = scale.levels[place - 1], scale.levels[place]
        if level.value <= above.value:
            yield error(
                IssueCode.LEVEL_ORDER,
                (*scale.levels_path, place, "value"),
                f"Level {level.value} follows level {above.value}; levels go up.",
                "Put the levels in order, lowest first, each with a value of its own.",
            )


def _labels_differ(scale: _Scale) -> Iterator[Fault]:
    seen: dict[str, Number] = {}
    for place, level in enumerate(scale.levels):
        folded = normalise(level.label)
        if folded in seen:
            yield error(
                IssueCode.ID_DUPLICATE,
                (*scale.levels_path, place, "label"),
                f"Level {level.value} has the same label as level {seen[folded]}:"
                f" {quoted(level.label)}.",
                "Give every level a label of its own.",
            )
        seen.setdefault(folded, level.value)


def _forms_are_sound(scale: _Scale) -> Iterator[Fault]:
    for place, form in enumerate(scale.forms):
        found = _PLACEHOLDER.findall(form)
        path: Path = (*(scale.forms_path or ()), place)
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


def _words_mean_one_thing(rubric: Rubric, scale: _Scale) -> Iterator[Fault]:
    """Fold every typed form as the reader does, and compare what it stands for."""
    meanings: dict[str, tuple[str, str]] = {}
    # One clash between two levels shows in many forms; it is reported once.
    reported: set[tuple[str, str]] = set()
    for word, meaning, kind, path in (*_level_words(scale), *_other_words(rubric, scale)):
        folded = fold_answer(word)
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


def _level_words(scale: _Scale) -> Iterator[tuple[str, str, str, Path]]:
    """Yield each word that can be typed for a level: word, meaning, what it comes from, path."""
    forms = [
        (place, form)
        for place, form in enumerate(scale.forms)
        if any(each in form for each in _KNOWN_PLACEHOLDERS)
    ]
    for place, level in _distinct(scale.levels):
        meaning = f"level {level.value}"
        own_path: Path = (*scale.levels_path, place)
        for form_place, form in forms:
            for label in (level.label, *filter(normalise, level.aliases)):
                word = form.replace("{value}", str(level.value)).replace("{label}", label)
                where = (*scale.forms_path, form_place) if scale.forms_path else own_path
                yield word, meaning, meaning, where
        for alias_place, alias in enumerate(level.aliases):
            yield alias, meaning, f"{meaning} {alias}", (*own_path, "aliases", alias_place)


def _other_words(rubric: Rubric, scale: _Scale) -> Iterator[tuple[str, str, str, Path]]:
    """Yield the words for no answer; faults among themselves are found with the first scale."""
    answers = rubric.answers
    is_first = scale.levels is rubric.levels
    for kind, meaning, words in (
        ("blank", "a blank", answers.blank),
        ("not_applicable", '"not applicable"', answers.not_applicable),
    ):
        for place, word in enumerate(words):
            path: Path = ("answers", kind, place)
            if is_first:
                yield word, meaning, f"{kind} {word}", path
            elif fold_answer(word):
                yield word, "no level", f"{kind} {word}", path


def _distinct(levels: tuple[Level, ...]) -> Iterator[tuple[int, Level]]:
    """Leave out levels that repeat a value or label, which is reported as such."""
    values: set[Number] = set()
    labels: set[str] = set()
    for place, level in enumerate(levels):
        label = normalise(level.label)
        if level.value not in values and label not in labels:
            yield place, level
        values.add(level.value)
        labels.add(label)
