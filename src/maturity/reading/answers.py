"""Read one cell as an answer: exactly what the rubric declares, or not at all.

What was typed is folded (`maturity.normalise`) and then looked up among the words that the rubric
declares. There is no nearest match and no part match; those appear only as a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from maturity.assessment import State
from maturity.layout import Meaning
from maturity.models import Number
from maturity.normalise import fold_answer, normalise
from maturity.rubric import AnswerSet, Level, Rubric
from maturity.sheets import Cell, CellState, exact_number

__all__ = ["AnswerKey", "Doubt", "Reading", "answer_key", "typed_forms", "typed_number"]


class Doubt(Enum):
    """Why a cell cannot be read as an answer."""

    WORDS = "words"
    SEVERAL = "several"
    BETWEEN = "between"
    OFF_SCALE = "off-scale"
    OFF_LIST = "off-list"
    DATE = "date"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    ERROR = "error"
    NOT_A_LEVEL = "not-a-level"
    UNCALCULATED = "uncalculated"


class Reading(NamedTuple):
    """What one cell says: a state, a level when answered, and the doubt when unreadable."""

    state: State
    level: Number | None = None
    doubt: Doubt | None = None


_BLANK = Reading(State.BLANK)
_NOT_APPLICABLE = Reading(State.NOT_APPLICABLE)
_SPEAKING = frozenset({CellState.NUMBER, CellState.TEXT, CellState.BOOLEAN})
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DATES = frozenset({"date", "time", "datetime", "duration"})


class AnswerKey:
    """The answers that a rubric understands, ready for looking up.

    Args:
        rubric: the rubric whose words count.
        answer_set: the answer set to read; the rubric's own levels when left out.
        own: folded words of the workbook's own → what they mean; these come first.
        index: what 1, 2, 3 … mean where numbers are places in a list; None where they are levels.
    """

    def __init__(
        self,
        rubric: Rubric,
        answer_set: str | None = None,
        own: Mapping[str, Meaning] | None = None,
        index: Sequence[Meaning] | None = None,
    ) -> None:
        declared = None if answer_set is None else rubric.answer_sets[answer_set]
        levels = rubric.levels if declared is None else declared.levels
        self._levels = {level.value: level.value for level in levels}
        self._lowest = min(self._levels)
        self._highest = max(self._levels)
        self._words = _declared_words(rubric, declared)
        # These only sort what cannot be read into kinds; no answer is ever taken from them.
        self._tokens = {str(level.value): level.value for level in levels}
        self._tokens |= {normalise(level.label): level.value for level in levels}
        self._own = {word: self._meant(meaning) for word, meaning in (own or {}).items()}
        self._index = None if index is None else [self._meant(meaning) for meaning in index]

    def _meant(self, meaning: Meaning) -> Reading:
        if isinstance(meaning, str):
            return _BLANK if meaning == "blank" else _NOT_APPLICABLE
        level = self._levels.get(meaning)
        if level is None:
            return Reading(State.UNREADABLE, doubt=Doubt.NOT_A_LEVEL)
        return Reading(State.ANSWERED, level)

    @property
    def off_scale(self) -> tuple[str, ...]:
        """The workbook's own words, folded, whose meaning is no level of the scale."""
        return tuple(
            word for word, reading in self._own.items() if reading.doubt is Doubt.NOT_A_LEVEL
        )

    def read(self, cell: Cell) -> Reading:
        """Read a cell.

        Returns:
            `answered` with the level, `not_applicable`, `blank`, or `unreadable` with the doubt.
        """
        state = cell.state
        if self._own and state in _SPEAKING:
            found = self._own.get(fold_answer(cell.raw))
            if found is not None:
                return found
        if state is CellState.NUMBER:
            return self._read_number(cell)
        if state is CellState.TEXT:
            return self._read_text(cell.raw)
        return _BY_STATE[state]

    def _read_number(self, cell: Cell) -> Reading:
        if cell.shown_as in _DATES:
            return Reading(State.UNREADABLE, doubt=Doubt.DATE)
        if cell.shown_as:
            return Reading(State.UNREADABLE, doubt=Doubt.PERCENT)
        value = exact_number(cell)
        return self._read_value(value)

    def _read_value(self, value: Number) -> Reading:
        if self._index is not None:
            is_place = value == int(value) and 1 <= value <= len(self._index)
            off_list = Reading(State.UNREADABLE, doubt=Doubt.OFF_LIST)
            return self._index[int(value) - 1] if is_place else off_list
        level = self._levels.get(value)
        if level is not None:
            return Reading(State.ANSWERED, level)
        inside = self._lowest < value < self._highest
        return Reading(State.UNREADABLE, doubt=Doubt.BETWEEN if inside else Doubt.OFF_SCALE)

    def _read_text(self, text: str) -> Reading:
        folded = fold_answer(text)
        number = _plain_number(normalise(text))
        if number is not None and self._index is not None:
            # Here 1 is the first place, though the rubric may have a level that is typed so.
            return self._read_value(number)
        found = self._words.get(folded)
        if found is not None:
            return found
        if number is not None:
            return self._read_value(number)
        number = _comma_number(normalise(text))
        if number in self._levels and self._index is None:
            return self._read_value(self._levels[number])
        levels = {self._tokens[token] for token in _TOKEN.findall(folded) if token in self._tokens}
        return Reading(State.UNREADABLE, doubt=Doubt.SEVERAL if len(levels) > 1 else Doubt.WORDS)


_BY_STATE = {
    CellState.BLANK: _BLANK,
    CellState.EMPTY_TEXT: _BLANK,
    CellState.BOOLEAN: Reading(State.UNREADABLE, doubt=Doubt.BOOLEAN),
    CellState.ERROR: Reading(State.UNREADABLE, doubt=Doubt.ERROR),
    CellState.UNCALCULATED: Reading(State.UNREADABLE, doubt=Doubt.UNCALCULATED),
}


def typed_forms(forms: Iterable[str], level: Level) -> Iterator[str]:
    """Yield every folded way in which a level may be typed."""
    for form in forms:
        for label in (level.label, *level.aliases):
            # Braces are replaced by hand: a form comes from a file and must not reach str.format.
            typed = form.replace("{value}", f"{level.value}").replace("{label}", label)
            yield fold_answer(typed)
    for alias in level.aliases:
        yield fold_answer(alias)


def _declared_words(rubric: Rubric, answer_set: AnswerSet | None) -> dict[str, Reading]:
    """Folded word → what it says, as the rubric or its answer set declares it."""
    answers = rubric.answers
    levels, forms = rubric.levels, answers.forms
    blank, not_applicable = answers.blank, answers.not_applicable
    if answer_set is not None:
        levels = answer_set.levels
        forms = forms if answer_set.forms is None else answer_set.forms
        blank = blank if answer_set.blank is None else answer_set.blank
        if answer_set.not_applicable is not None:
            not_applicable = answer_set.not_applicable
    words = {
        form: Reading(State.ANSWERED, level.value)
        for level in levels
        for form in typed_forms(forms, level)
    }
    words |= {fold_answer(word): _BLANK for word in ("", *blank)}
    return words | {fold_answer(word): _NOT_APPLICABLE for word in not_applicable}


def _plain_number(text: str) -> Number | None:
    """Give a number typed as text, such as 2.0; None for anything else."""
    digits = text.removeprefix("-")
    is_number = digits.isascii() and digits.replace(".", "", 1).isdigit()
    return Decimal(text) if is_number else None


def typed_number(text: str) -> Number | None:
    """Give a number typed as text, with a decimal point or comma; None for anything else."""
    folded = normalise(text)
    number = _plain_number(folded)
    return _comma_number(folded) if number is None else number


def _comma_number(text: str) -> Number | None:
    """Give a number typed with a decimal comma, such as 0,25; None for anything else.

    1,000 gives none, because in English it is a thousand.
    """
    whole, _, part = text.partition(",")
    if not (whole.isascii() and whole.isdigit() and part.isascii() and part.isdigit()):
        return None
    return Decimal(f"{whole}.{part}") if whole == "0" or len(part) != 3 else None


@lru_cache(maxsize=256)
def answer_key(rubric: Rubric, answer_set: str | None = None) -> AnswerKey:
    """Give the answer key of a rubric; making it costs more than reading a return with it."""
    return AnswerKey(rubric, answer_set)
