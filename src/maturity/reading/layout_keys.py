"""Make a layout ready for looking things up: every word folded, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from maturity.layout import (
    RESULT_MARKER,
    AnswerColumn,
    AnswersByItem,
    AnswerTable,
    Column,
    IdColumn,
    Layout,
    Spot,
    Table,
)
from maturity.normalise import fold_text, normalise, remembered
from maturity.patterns import find_in
from maturity.rubric import Rubric
from maturity.selection import scores_of

__all__ = [
    "LayoutKey",
    "ReadingKey",
    "SpotKey",
    "TableKey",
    "fold_id",
    "fold_label",
    "reading_key",
]

# What may stand between an id and a title that share a cell.
_JOINTS = (" ", " - ", ": ", ". ")


@remembered
def fold_label(text: str) -> str:
    r"""Fold a header or label for exact matching.

    Case, spaces and line breaks, punctuation at the end and a closing remark in brackets make no
    difference.

    Example:
        >>> fold_label("Target  level\n(12 months):")
        'target level'
    """
    folded = fold_text(text)
    if folded.endswith(")") and "(" in folded[1:]:
        folded = folded[: folded.rindex("(")].rstrip(" :*.?")
    return folded


@remembered
def fold_id(text: str) -> str:
    """Fold an id: case, spaces and a closing point, colon or bracket make no difference.

    Example:
        >>> fold_id(" LG 1. ")
        'lg1'
    """
    return normalise(text).replace(" ", "").rstrip(".:)")


@dataclass(frozen=True, slots=True)
class TableKey:
    """One table of a layout, folded.

    Attributes:
        table: the table.
        id_headers: words that head the id column.
        answers: header word → rating.
        notes: header word → kind of note.
        titles: words that head the title column.
        known: every header word of the table, those that are ignored included.
        required: the ratings that a header must show.
        required_words: header words of those ratings.
        targets: folded id → criterion or metric.
        title_targets: folded title → criterion or metric.
        sheets: folded names of its sheets; none for any sheet.
        whole: which of the layout's tables it is, or is a group of.
        is_plain: whether it has no groups, its columns are found by their headers alone and its ids
            stand in a column.
    """

    table: Table
    id_headers: frozenset[str]
    answers: Mapping[str, str]
    notes: Mapping[str, str]
    titles: frozenset[str]
    known: frozenset[str]
    required: frozenset[str]
    required_words: frozenset[str]
    targets: Mapping[str, str]
    title_targets: Mapping[str, str]
    sheets: frozenset[str]
    whole: int = -1
    is_plain: bool = False

    def is_on(self, sheet: str) -> bool:
        """Say whether the table may stand on the sheet of this name."""
        if not self.sheets and self.table.sheet_pattern is None:
            return True
        if normalise(sheet) in self.sheets:
            return True
        pattern = self.table.sheet_pattern
        return pattern is not None and find_in(pattern, sheet.strip()) is not None


class SpotKey(NamedTuple):
    """A single value of a layout, folded.

    Attributes:
        name: its key in the metadata, or its number among the single answers.
        spot: where it stands.
        sheets: folded names of the sheets on which it may stand; any when there are none.
        sections: folded headings below one of which it stands; anywhere when there are none.
    """

    name: str | int
    spot: Spot
    sheets: frozenset[str]
    sections: frozenset[str]


@dataclass(frozen=True, slots=True)
class LayoutKey:
    """A layout, folded.

    Attributes:
        layout: the layout.
        tables: its tables.
        labels: folded label → the single values that stand beside it.
        fixed: the single values that stand in fixed cells.
        sections: folded headings within which single values are looked for.
        words: every folded label, section and word of the layout outside its tables.
        markers: folded texts that mark the workbook.
        sheets: folded names of the other sheets that it knows.
        list_tables: its tables of answer lists, with the ratings `word1`, `value1` and so on.
        item_tables: its tables that say which answer list an item has, with the rating `list`.
    """

    layout: Layout
    tables: tuple[TableKey, ...]
    labels: Mapping[str, tuple[SpotKey, ...]]
    fixed: tuple[SpotKey, ...]
    sections: frozenset[str]
    words: frozenset[str]
    markers: frozenset[str]
    sheets: frozenset[str]
    list_tables: tuple[TableKey, ...]
    item_tables: tuple[TableKey, ...]


class ReadingKey:
    """All layouts of a rubric, folded, and every word that any of them knows.

    Args:
        rubric: the rubric.
        layouts: the layouts to choose from.
    """

    def __init__(self, rubric: Rubric, layouts: Iterable[Layout]) -> None:
        self.layouts = tuple(_layout_key(layout, rubric) for layout in layouts)
        words: set[str] = {RESULT_MARKER}
        for layout in self.layouts:
            words |= layout.markers | layout.words
            for table in (*layout.tables, *layout.list_tables, *layout.item_tables):
                words |= table.known | set(table.targets)
        self._words = frozenset(words)
        # Typed text → the known word it is, or None. Bounded, because it outlives one workbook.
        self.look_up: Callable[[str], str | None] = lru_cache(maxsize=20_000)(self._look_up)

    def _look_up(self, text: str) -> str | None:
        for fold in (fold_label, fold_id):
            word = fold(text)
            if word in self._words:
                return word
        return None


@lru_cache(maxsize=64)
def reading_key(rubric: Rubric, layouts: tuple[Layout, ...]) -> ReadingKey:
    """Give the key of a rubric's layouts; making it costs more than reading a return with it."""
    return ReadingKey(rubric, layouts)


def _layout_key(layout: Layout, rubric: Rubric) -> LayoutKey:
    spots = (*layout.metadata.values(), *layout.answers)
    keys = [_spot_key(name, spot) for name, spot in layout.metadata.items()]
    keys += [_spot_key(number, spot) for number, spot in enumerate(layout.answers)]
    labels: dict[str, tuple[SpotKey, ...]] = {}
    for key in keys:
        for word in key.spot.label or ():
            labels[fold_label(word)] = (*labels.get(fold_label(word), ()), key)
    spoken = (word for spot in spots for word in (*(spot.label or ()), *(spot.section or ())))
    named = (
        *layout.other_sheets,
        *(spot.cell.rpartition("!")[0].strip("'") for spot in spots if spot.cell is not None),
        *(cells.sheet for cells in layout.stated),
        *(name for table in layout.answer_tables for name in table.sheets),
        *(name for table in layout.answers_by_item for name in table.sheets),
    )
    return LayoutKey(
        layout=layout,
        tables=tuple(
            _table_key(table, rubric, number, is_plain=whole.is_plain)
            for number, whole in enumerate(layout.tables)
            for table in whole.expanded
        ),
        labels=labels,
        fixed=tuple(key for key in keys if key.spot.cell is not None),
        sections=frozenset().union(*(key.sections for key in keys)),
        words=frozenset(map(fold_label, spoken)),
        markers=frozenset(map(fold_label, layout.fingerprint.markers)),
        sheets=frozenset(map(normalise, named)),
        list_tables=tuple(_list_table(table, rubric) for table in layout.answer_tables),
        item_tables=tuple(_item_table(table, rubric) for table in layout.answers_by_item),
    )


def _spot_key(name: str | int, spot: Spot) -> SpotKey:
    sheets = frozenset(map(normalise, spot.sheets))
    return SpotKey(name, spot, sheets, frozenset(map(fold_label, spot.section or ())))


def _list_table(table: AnswerTable, rubric: Rubric) -> TableKey:
    columns = [(f"word{place}", column) for place, column in enumerate(table.words, start=1)]
    columns += [(f"value{place}", column) for place, column in enumerate(table.values, start=1)]
    return _table_key(
        Table(
            rows="scores",
            sheets=table.sheets,
            id=IdColumn(**table.id.model_dump()),
            answers={name: AnswerColumn(**column.model_dump()) for name, column in columns},
        ),
        rubric,
    )


def _item_table(table: AnswersByItem, rubric: Rubric) -> TableKey:
    answers = {"list": AnswerColumn(**table.answer_list.model_dump())}
    return _table_key(
        Table(rows="criteria", sheets=table.sheets, id=table.id, answers=answers), rubric
    )


def _table_key(
    table: Table, rubric: Rubric, whole: int = -1, *, is_plain: bool = False
) -> TableKey:
    answers = {word: rating for rating, column in table.answers.items() for word in _words(column)}
    notes = {word: kind for kind, column in table.notes.items() for word in _words(column)}
    ids = _words(table.id)
    titles = _words(table.title) if table.title is not None else frozenset()
    required = frozenset(table.required or table.answers)
    spoken = (
        word for column in table.columns for word in (*(column.under or ()), *(column.label or ()))
    )
    known = frozenset(map(fold_label, spoken)).union(*map(_words, table.columns))
    return TableKey(
        table=table,
        id_headers=ids,
        answers=answers,
        notes=notes,
        titles=titles,
        known=known,
        required=required,
        required_words=frozenset(w for w, rating in answers.items() if rating in required),
        targets=_targets(table, rubric),
        title_targets=_title_targets(table, rubric),
        sheets=frozenset(map(normalise, table.sheets)),
        whole=whole,
        is_plain=is_plain,
    )


def _words(column: Column) -> frozenset[str]:
    return frozenset(map(fold_label, column.header or ()))


def _items(table: Table, rubric: Rubric) -> dict[str, str]:
    """What the table's rows may be about: id → title."""
    if table.rows == "metrics":
        return {key: metric.title for key, metric in rubric.metrics.items()}
    if table.rows == "scores" and table.score != "criterion":
        return scores_of(rubric, table.score)
    return {key: criterion.title for key, criterion in rubric.criteria.items()}


def _targets(table: Table, rubric: Rubric) -> dict[str, str]:
    """Folded id → what it names: as the form calls it, and as the rubric does."""
    items = _items(table, rubric)
    names = {key: key for key in items}
    about_criteria = items.keys() <= rubric.criteria.keys()
    if about_criteria:
        for key in items:
            names |= dict.fromkeys(rubric.criteria[key].aliases, key)
    names |= table.ids
    if table.id.by == "text":
        texts = {fold_text(title): key for key, title in items.items()}
        if about_criteria:
            texts |= {fold_text(rubric.criteria[key].prompt): key for key in items}
            texts.pop("", None)
        return texts | {fold_text(name): target for name, target in names.items()}
    found = {fold_id(name): target for name, target in names.items()}
    for name, target in names.items():
        for joint in _JOINTS:
            if target in items:
                found.setdefault(fold_label(f"{name}{joint}{items[target]}"), target)
    return found


def _title_targets(table: Table, rubric: Rubric) -> dict[str, str]:
    found = {fold_label(title): key for key, title in _items(table, rubric).items()}
    return found | {fold_label(title): key for title, key in table.titles.items()}
