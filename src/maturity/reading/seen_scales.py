"""Make a scale of the words that a form offers: which of them are levels, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from maturity.models import Number
from maturity.normalise import fold_answer, normalise, tidy
from maturity.reading.answers import typed_forms, typed_number
from maturity.rubric import Answers, Level

__all__ = ["SeenScale", "is_special", "scale_of"]

_NOT_APPLICABLE = frozenset(
    {"n/a", "na", "n.a", "n/a - not applicable", "not applicable", "does not apply", "not relevant"}
)
_BLANK = frozenset(
    {"-", "--", "?", "tbc", "tbd", "not answered", "unanswered", "not yet answered", "not assessed"}
    | {"to be confirmed", "please select", "please choose", "select", "choose", "not rated"}
    | {"select one", "choose one", "none selected", "..."}
)
_STARTS_OF_BLANK = ("please select", "please choose", "select ", "choose ", "click ")
_HIGH = frozenset({"yes", "fully", "full", "high", "always", "complete", "advanced", "strongly"})
_LOW = frozenset({"no", "not", "none", "low", "never", "nothing"})
_NUMBERED = re.compile(r"\(?(-?[0-9]{1,3}(?:[.,][0-9]{1,2})?)\)?\s*[-\u2013\u2014:.=)]?\s+(\S.*)")
_LEVEL = re.compile(
    r"(?:level|stage|step|tier)\s*([0-9]{1,2})(?:\s*[-\u2013\u2014:.]\s*.*)?", re.IGNORECASE
)
_FORMS = Answers().forms
_LONGEST_LABEL = 300


class SeenScale(NamedTuple):
    """A scale as words suggest it.

    Attributes:
        levels: its steps, lowest first.
        blank: words for "not answered".
        not_applicable: words for "not applicable".
        why: where the values come from, as the end of a sentence.
        forms: how a step may be typed; the usual ways where there are none.
    """

    levels: tuple[Level, ...]
    blank: tuple[str, ...]
    not_applicable: tuple[str, ...]
    why: str
    forms: tuple[str, ...] = ()


def is_special(word: str) -> str:
    """Say whether a word means `blank` or `not-applicable`; empty for any other."""
    folded = fold_answer(word)
    if not folded or folded in _BLANK or normalise(word).startswith(_STARTS_OF_BLANK):
        return "blank"
    return "not-applicable" if folded in _NOT_APPLICABLE else ""


def scale_of(
    words: Sequence[str],
    values: Sequence[str] = (),
    labels: Mapping[Number, str] | None = None,
) -> SeenScale:
    """Make a scale of words.

    Args:
        words: the words in the form's order.
        values: what they count, where the workbook says so; as many as there are words.
        labels: names for levels that the words give as bare numbers.
    """
    kinds: dict[str, list[str]] = {"blank": [], "not-applicable": [], "": []}
    counted: dict[str, str] = {}
    seen: set[str] = set()
    for place, word in enumerate(words):
        if fold_answer(word) not in seen:
            seen.add(fold_answer(word))
            kinds[is_special(word)].append(tidy(word))
            if values:
                counted[tidy(word)] = values[place]
    levels, why = _levels(kinds[""], counted, labels or {})
    blank = tuple(word for word in kinds["blank"] if word)
    # Where a word of one step could be taken for another, only the words themselves count.
    forms = () if _is_clear(levels, _FORMS) else ("{label}",)
    return SeenScale(levels, blank, tuple(kinds["not-applicable"]), why, forms)


def _is_clear(levels: Sequence[Level], forms: Sequence[str]) -> bool:
    """Say whether no way to type one level would mean another as well."""
    meanings: dict[str, Number] = {}
    return all(
        meanings.setdefault(word, level.value) == level.value
        for level in levels
        for word in typed_forms(forms, level)
    )


def _levels(
    words: Sequence[str], counted: Mapping[str, str], labels: Mapping[Number, str]
) -> tuple[tuple[Level, ...], str]:
    if counted:
        pairs = [(_exact(counted[word]), word) for word in words]
        return _in_order(pairs), "the numbers that stand beside the words in the workbook"
    numbers = {word: _plain(n) for word in words if (n := typed_number(word)) is not None}
    if words and len(numbers) == len(words):
        bare = {number: labels.get(number, f"Level {number}") for number in numbers.values()}
        return _in_order(bare.items()), "the numbers that the form offers"
    if numbers:
        return _mixed(words, numbers), "the numbers that the form offers, and further words above"
    numbered = [(number, word) for word in words if (number := _number_in(word)) is not None]
    if words and len({number for number, _ in numbered}) == len(words):
        return _in_order(numbered, numbers=True), "the numbers in the words"
    first, last = (_first_word(words[place]) for place in (0, -1)) if words else ("", "")
    is_reversed = first in _HIGH and last in _LOW
    ordered = list(reversed(words)) if is_reversed else list(words)
    how = "backwards, because the form begins with the highest" if is_reversed else "upwards"
    return _in_order(list(enumerate(ordered))), f"the order of the words, counted from 0 {how}"


def _mixed(words: Sequence[str], numbers: Mapping[str, Number]) -> tuple[Level, ...]:
    """Give numbers their own values, and words that stand among them values above."""
    known = {number: f"Level {number}" for number in numbers.values()}
    others = [word for word in words if word not in numbers]
    said = [(number, word) for word in others if (number := _number_in(word)) is not None]
    new = [word for word in others if _number_in(word) is None]
    above = int(max((*known, *(number for number, _ in said)))) + 1
    return _in_order([*known.items(), *said, *enumerate(new, start=above)])


def _number_in(word: str) -> Number | None:
    """Give the number with which a word begins, or which follows `Level`."""
    match = _NUMBERED.fullmatch(word) or _LEVEL.fullmatch(word)
    return None if match is None else _exact(match[1])


def _first_word(text: str) -> str:
    return normalise(text).split(",")[0].split(" ")[0]


def _exact(text: str) -> Number:
    try:
        return _plain(Decimal(text.replace(",", ".")))
    except InvalidOperation:  # pragma: no cover - the callers give numbers
        return 0


def _plain(number: Number) -> Number:
    """Write 2.0 as 2, so that it reads as a person would write it."""
    return int(number) if number == int(number) else number


def _in_order(pairs: Iterable[tuple[Number, str]], *, numbers: bool = False) -> tuple[Level, ...]:
    """Put levels in order; further words for a value that is there become aliases of its level."""
    by_value: dict[Number, list[str]] = {}
    for value, word in sorted(pairs, key=lambda pair: pair[0]):
        by_value.setdefault(value, []).append(word[:_LONGEST_LABEL])
    if numbers:
        named = {value: _behind_number(words[0]) for value, words in by_value.items()}
        folded = set(map(normalise, named.values()))
        if len(folded) == len(named) and not any(_number_in(name) for name in named.values()):
            return tuple(_level(v, named[v], words) for v, words in by_value.items())
    return tuple(_level(value, words[0], words) for value, words in by_value.items())


def _behind_number(word: str) -> str:
    match = _NUMBERED.fullmatch(word)
    return word if match is None else match[2]


def _level(value: Number, label: str, words: Sequence[str]) -> Level:
    """Make a level whose own words can all be typed: as its label, in a usual form or as alias."""
    level = Level(value=value, label=label)
    known = set(typed_forms(_FORMS, level))
    more = tuple(word for word in words if fold_answer(word) not in known)
    return level.model_copy(update={"aliases": more}) if more else level
