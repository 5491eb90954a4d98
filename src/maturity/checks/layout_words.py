"""Check what a layout says of the words that answers are given in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.faults import Fault, Path, error
from maturity.issues import IssueCode
from maturity.layout import AnswerColumn, AnswerList, Layout, Meaning, SingleAnswer
from maturity.models import Number
from maturity.normalise import fold_answer
from maturity.rubric import Rubric
from maturity.sheets import is_cell_name
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_answer_list", "check_answer_words", "check_meanings"]

_LEVELS = "levels"


def check_answer_words(
    own: AnswerColumn | SingleAnswer, layout: Layout, path: Path
) -> Iterator[Fault]:
    """Yield answer lists that are named and not declared.

    Args:
        own: a column or a single answer.
        layout: its layout.
        path: where it stands.
    """
    yield from _same_words(own.words, path)
    name = own.answer_list
    # Lists that stand in the workbook's own tables have names that only the workbook knows.
    if name is not None and name not in layout.answer_lists and not layout.answer_tables:
        yield error(
            IssueCode.ANSWER_LIST_UNKNOWN,
            (*path, "answer_list"),
            f"The layout has no answer list {quoted(name)}.",
            f'{did_you_mean(name, layout.answer_lists)} Declare it under "answer_lists".'.strip(),
        )


def _same_words(words: Mapping[str, Meaning], path: Path) -> Iterator[Fault]:
    """Yield words that mean two things, because only what makes no difference tells them apart."""
    taken: dict[str, tuple[str, Meaning]] = {}
    for word, meaning in words.items():
        other, meant = taken.setdefault(fold_answer(word), (word, meaning))
        if meant != meaning:
            yield error(
                IssueCode.LAYOUT_AMBIGUOUS,
                (*path, "words", word),
                f"{quoted(word)} means {meaning}, and {quoted(other)} means {meant}. Case, spaces"
                " and a stop at the end make no difference.",
                "Leave one of them out.",
                is_key=True,
            )


def check_answer_list(name: str, declared: AnswerList, path: Path) -> Iterator[Fault]:
    """Yield what an answer list lacks.

    Args:
        name: its name.
        declared: the list.
        path: where it stands.
    """
    yield from _same_words(declared.words, path)
    if not declared.words and declared.cells is None:
        yield error(
            IssueCode.KEY_MISSING,
            path,
            f"The answer list {quoted(name)} says neither its words nor where they stand.",
            'Add "words: {…}" or "cells: …".',
            is_key=True,
        )
    for key, cells in (("cells", declared.cells), ("values", declared.values)):
        if isinstance(cells, str) and "!" not in cells and is_cell_name(cells.partition(":")[0]):
            yield error(
                IssueCode.VALUE_WRONG,
                (*path, key),
                f"{quoted(cells)} does not say on which sheet the cells are.",
                "Write them as Lists!A2:A5, or give a defined name.",
            )
    if declared.values is not None and declared.cells is None:
        yield error(
            IssueCode.VALUE_WRONG,
            (*path, "values"),
            'The values belong to "cells", which are not given.',
            'Add "cells", or write each word with its value under "words".',
            is_key=True,
        )


def check_meanings(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    """Yield values that words are said to have and that no scale of the rubric has."""
    for known, meanings in (
        *_in_tables(layout, rubric),
        *_in_answers(layout, rubric),
        *_in_lists(layout, rubric),
    ):
        for path, meaning in meanings:
            yield from _value(meaning, known, path)


_Meanings = list[tuple[Path, Meaning]]


def _in_tables(layout: Layout, rubric: Rubric) -> Iterator[tuple[set[Number], _Meanings]]:
    for index, whole in enumerate(layout.tables):
        if whole.rows == "criteria":
            for rating, column in whole.answers.items():
                path: Path = ("tables", index, "answers", rating)
                yield _known(rubric, rating), _of_column(column, path)
            for number, group in enumerate(whole.groups):
                for rating, column in group.answers.items():
                    path = ("tables", index, "groups", number, "answers", rating)
                    yield _known(rubric, rating), _of_column(column, path)


def _of_column(column: AnswerColumn, path: Path) -> _Meanings:
    found = _of_words(column.words, (*path, "words"))
    for key, values in (("drop_down", column.drop_down), ("index", column.index)):
        if isinstance(values, tuple):
            found += [((*path, key, place), meaning) for place, meaning in enumerate(values)]
    return found


def _of_words(words: Mapping[str, Meaning], path: Path) -> _Meanings:
    return [((*path, word), meaning) for word, meaning in words.items()]


def _in_answers(layout: Layout, rubric: Rubric) -> Iterator[tuple[set[Number], _Meanings]]:
    for number, answer in enumerate(layout.answers):
        yield _known(rubric, answer.rating), _of_words(answer.words, ("answers", number, "words"))


def _in_lists(layout: Layout, rubric: Rubric) -> Iterator[tuple[set[Number], _Meanings]]:
    sets = rubric.answer_sets
    for name, declared in layout.answer_lists.items():
        levels = rubric.levels if name == _LEVELS else sets[name].levels if name in sets else None
        known = _known(rubric, None) if levels is None else {level.value for level in levels}
        path: Path = ("answer_lists", name)
        found = _of_words(declared.words, (*path, "words"))
        if isinstance(declared.values, tuple):
            found += [((*path, "values", n), each) for n, each in enumerate(declared.values)]
        yield known, found


def _known(rubric: Rubric, rating: str | None) -> set[Number]:
    """Give every level that an answer under a rating may have; under any rating for None."""
    ratings = list(rubric.ratings) if rating is None else [rating]
    return {
        level.value
        for each in ratings
        if each in rubric.ratings
        for name in {rubric.answer_set_for(criterion, each) for criterion in rubric.criteria}
        if name is None or name in rubric.answer_sets
        for level in (rubric.levels if name is None else rubric.answer_sets[name].levels)
    }


def _value(meaning: Meaning, known: set[Number], path: Path) -> Iterator[Fault]:
    if not isinstance(meaning, str) and known and meaning not in known:
        yield error(
            IssueCode.LEVEL_OFF_SCALE,
            path,
            f"{meaning} is not a level of the scale that is used here.",
            f"The levels are {listed(sorted(known), 'and')}. Add it to the rubric's levels or"
            " answer set if the workbook counts with it.",
        )
