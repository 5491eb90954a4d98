"""Decide on which scale each item of a draft is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maturity.inspection import ColumnKind
from maturity.models import Number
from maturity.normalise import fold_answer
from maturity.reading.answers import typed_number
from maturity.reading.draft_model import DraftPlace, Model
from maturity.reading.seen_kinds import is_scale_word, level_header
from maturity.reading.seen_lists import values_beside
from maturity.reading.seen_scales import SeenScale, is_special, scale_of
from maturity.rubric import Level
from maturity.sheets import Workbook

__all__ = ["DraftScales", "choose_scales"]

_GUESSED = ("1", "2", "3", "4", "5")
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class DraftScales:
    """The scales of a draft.

    Attributes:
        main: the scale that most answers are given on.
        sets: name → scale of its own.
        of_rating: rating → the set that all its answers are given on.
        of_criterion: criterion → its set.
        blank: words for "not answered" on any of them.
        not_applicable: words for "not applicable" on any of them.
        may_skip: the criteria that offer such a word.
        dropped: ratings that cannot be had beside the others, each with the reason.
    """

    main: SeenScale
    sets: Mapping[str, SeenScale]
    of_rating: Mapping[str, str]
    of_criterion: Mapping[str, str]
    blank: tuple[str, ...]
    not_applicable: tuple[str, ...]
    may_skip: frozenset[str]
    dropped: Mapping[str, str]


Levels = tuple[Level, ...]


def choose_scales(model: Model, workbook: Workbook) -> DraftScales:
    """Choose the scales: the commonest is the rubric's own, each other one a set with a name."""
    places = [place for group in model.groups for place in group.places]
    scales = _by_place(model, places, workbook)
    counts = Counter(scale.levels for scale in scales.values() if len(scale.levels) > 1)
    main_levels = max(counts, key=lambda levels: counts[levels], default=())
    main = next((each for each in scales.values() if each.levels == main_levels), None)
    if main is None or not main_levels:
        main = scale_of(_GUESSED)._replace(why="nothing: the form shows no words; guessed")
    names, sets = _named(scales, main)
    of_rating, of_criterion, dropped = _assigned(model, scales, names)
    if dropped:
        scales = _merged(scales)
        names, sets = _named(scales, main)
        of_rating, of_criterion, dropped = _assigned(model, scales, names)
    used = {*of_rating.values(), *of_criterion.values()}
    return DraftScales(
        main=main,
        sets={name: scale for name, scale in sets.items() if name in used},
        of_rating=of_rating,
        of_criterion=of_criterion,
        blank=_all_words([each.blank for each in scales.values()]),
        not_applicable=_all_words([each.not_applicable for each in scales.values()]),
        may_skip=frozenset(key for (key, _), each in scales.items() if each.not_applicable),
        dropped=dropped,
    )


def _named(
    scales: Mapping[tuple[str, str], SeenScale], main: SeenScale
) -> tuple[dict[Levels, str], dict[str, SeenScale]]:
    """Give each scale but the main one a name."""
    names: dict[Levels, str] = {main.levels: ""}
    sets: dict[str, SeenScale] = {}
    for scale in scales.values():
        if scale.levels and scale.levels not in names:
            names[scale.levels] = f"set{len(sets) + 1}"
            sets[names[scale.levels]] = scale
    return names, sets


def _merged(scales: Mapping[tuple[str, str], SeenScale]) -> dict[tuple[str, str], SeenScale]:
    """Put scales of one item together where they have the same values and other words.

    A form may offer other words for the same item in another place, by a slip or on purpose.
    """
    by_criterion: dict[str, list[SeenScale]] = {}
    for (criterion, _), scale in scales.items():
        by_criterion.setdefault(criterion, []).append(scale)
    joined = {criterion: _joined(each) for criterion, each in by_criterion.items()}
    return {
        (criterion, rating): joined[criterion] or scale
        for (criterion, rating), scale in scales.items()
    }


def _joined(scales: Sequence[SeenScale]) -> SeenScale | None:
    """Join the words of scales with the same values; None where that is not possible."""
    values = {tuple(level.value for level in scale.levels) for scale in scales}
    if len(values) > 1 or len({scale.levels for scale in scales}) == 1:
        return None
    meanings: dict[str, Number] = {}
    words: dict[Number, dict[str, str]] = {}
    for scale in scales:
        for level in scale.levels:
            for word in (level.label, *level.aliases):
                if meanings.setdefault(fold_answer(word), level.value) != level.value:
                    return None
                words.setdefault(level.value, {}).setdefault(fold_answer(word), word)
    levels = tuple(
        Level(value=value, label=next(iter(each.values())), aliases=tuple(each.values())[1:])
        for value, each in words.items()
    )
    return scales[0]._replace(levels=levels)


def _all_words(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for words in lists:
        for word in words:
            found.setdefault(fold_answer(word), word)
    return tuple(found.values())


def _by_place(
    model: Model, places: Sequence[DraftPlace], workbook: Workbook
) -> dict[tuple[str, str], SeenScale]:
    """Give the scale of every answer that is expected; without words, its rating's or column's."""
    offered = list(dict.fromkeys(place.words for place in places if place.words))
    values = values_beside(workbook, offered)
    labels = _labels(model)
    made = {words: scale_of(words, values.get(words, ()), labels) for words in offered}
    typed = _typed_words(model, places, workbook, labels)
    usual: dict[str, SeenScale] = {}
    for place in places:
        if place.words and place.rating not in usual:
            usual[place.rating] = made[place.words]
    for rating, words in typed.items():
        if rating not in usual and words:
            usual[rating] = scale_of(words, (), labels)
    first = next(iter(usual.values()), None)
    return {
        (place.criterion, place.rating): scale
        for place in places
        if (scale := made.get(place.words) or usual.get(place.rating) or first) is not None
    }


def _labels(model: Model) -> dict[Number, str]:
    """Give the names of levels that headers such as `1 - Emerging` tell."""
    labels: dict[Number, str] = {}
    for group in model.groups:
        for table in group.tables:
            for column in table.of(ColumnKind.LEVEL):
                named = level_header(column.header)
                if named is not None and named[1]:
                    labels.setdefault(named[0], named[1])
    return labels


def _typed_words(
    model: Model, places: Sequence[DraftPlace], workbook: Workbook, labels: Mapping[Number, str]
) -> dict[str, list[str]]:
    """Give, for each rating without drop-down lists, the words of its scale as they were typed."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    typed: dict[str, dict[str, str]] = {rating: {} for rating in model.ratings}
    for place in places:
        cell = sheets[place.sheet].cell(place.row, place.column)
        text = cell.raw.strip()
        if text and not cell.shown_as and len(text) <= 80:
            typed[place.rating].setdefault(fold_answer(text), text)
    return {rating: _scale_words(list(words.values()), labels) for rating, words in typed.items()}


def _scale_words(typed: Sequence[str], labels: Mapping[Number, str]) -> list[str]:
    special = [word for word in typed if is_special(word)]
    words = [word for word in typed if not is_special(word)]
    if len(labels) > 1:
        return [*(f"{value} - {label}" for value, label in sorted(labels.items())), *special]
    numbers = [number for word in words if (number := typed_number(word)) is not None]
    if len(numbers) > len(words) / 2:
        whole = all(number == int(number) and 0 <= number <= 10 for number in numbers)
        if whole:
            first, last = min(1, *map(int, numbers)), max(map(int, numbers))
            return [*map(str, range(first, max(last, first + 1) + 1)), *special]
        return [*map(str, sorted(set(numbers))), *special]
    known = [word for word in words if is_scale_word(word)]
    chosen = words if len(words) <= _MOST_WORDS else known
    return [*chosen[: 2 * _MOST_WORDS], *special]


def _assigned(
    model: Model, scales: Mapping[tuple[str, str], SeenScale], names: Mapping[Levels, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Give scales to ratings where all their answers agree, else to the criteria.

    A criterion's own scale holds for all its ratings, so a rating on another one is left out.
    """
    by_rating: dict[str, dict[str, str]] = {rating: {} for rating in model.ratings}
    for (criterion, rating), scale in scales.items():
        by_rating[rating][criterion] = names.get(scale.levels, "")
    of_rating: dict[str, str] = {}
    of_criterion: dict[str, str] = {}
    dropped: dict[str, str] = {}
    kept: list[dict[str, str]] = []
    scored = model.scored
    for rating in sorted(
        by_rating, key=lambda each: (each != scored, not _varies(by_rating[each]))
    ):
        sets = by_rating[rating]
        own = sets if _varies(sets) else {}
        others = {key: name for known in kept for key, name in known.items()}
        shared = "" if own or not sets else next(iter(sets.values()))
        is_free = all(
            of_criterion.get(key, "" if own else shared) == name
            or (own and key not in of_criterion and others.get(key, name) == name)
            for key, name in sets.items()
        )
        if not is_free:
            dropped[rating] = "its answers are on another scale than those of the item itself"
            continue
        kept.append(sets)
        of_criterion.update({key: name for key, name in own.items() if name})
        if shared:
            of_rating[rating] = shared
    return of_rating, of_criterion, dropped


def _varies(sets: Mapping[str, str]) -> bool:
    return len(set(sets.values())) > 1
