"""Make a layout ready for looking things up: every word folded, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from maturity.layout import RESULT_MARKER, Column, Layout, Table
from maturity.normalise import normalise
from maturity.rubric import Rubric

__all__ = ["LayoutKey", "ReadingKey", "TableKey", "fold_id", "fold_label", "reading_key"]

# What may stand between an id and a title that share a cell.
_JOINTS = (" ", " - ", ": ", ". ")


@lru_cache(maxsize=8192)
def fold_label(text: str) -> str:
    r"""Fold a header or label for exact matching.

    Case, spaces and line breaks, punctuation at the end and a closing remark in brackets make no
    difference.

    Example:
        >>> fold_label("Target  level\n(12 months):")
        'target level'
    """
    folded = normalise(text).rstrip(" :*.?")
    if folded.endswith(")") and "(" in folded[1:]:
        folded = folded[: folded.rindex("(")].rstrip(" :*.?")
    return folded


@lru_cache(maxsize=8192)
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


@dataclass(frozen=True, slots=True)
class LayoutKey:
    """A layout, folded.

    Attributes:
        layout: the layout.
        tables: its tables.
        labels: folded label → metadata key.
        markers: folded texts that mark the workbook.
        sheets: folded names of sheets that hold no answers.
    """

    layout: Layout
    tables: tuple[TableKey, ...]
    labels: Mapping[str, str]
    markers: frozenset[str]
    sheets: frozenset[str]


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
            words |= layout.markers | set(layout.labels)
            for table in layout.tables:
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
    return LayoutKey(
        layout=layout,
        tables=tuple(_table_key(table, rubric) for table in layout.tables),
        labels={
            fold_label(word): key for key, cell in layout.metadata.items() for word in cell.label
        },
        markers=frozenset(map(fold_label, layout.fingerprint.markers)),
        sheets=frozenset(map(normalise, layout.other_sheets)),
    )


def _table_key(table: Table, rubric: Rubric) -> TableKey:
    answers = {word: rating for rating, column in table.answers.items() for word in _words(column)}
    notes = {word: kind for kind, column in table.notes.items() for word in _words(column)}
    ids = _words(table.id)
    titles = _words(table.title) if table.title is not None else frozenset()
    ignored = frozenset().union(*(_words(column) for column in table.ignore))
    required = frozenset(table.required or table.answers)
    return TableKey(
        table=table,
        id_headers=ids,
        answers=answers,
        notes=notes,
        titles=titles,
        known=ids | titles | ignored | set(answers) | set(notes),
        required=required,
        required_words=frozenset(w for w, rating in answers.items() if rating in required),
        targets=_targets(table, rubric),
        title_targets=_title_targets(table, rubric),
    )


def _words(column: Column) -> frozenset[str]:
    return frozenset(map(fold_label, column.header))


def _items(table: Table, rubric: Rubric) -> dict[str, str]:
    if table.rows == "metrics":
        return {key: metric.title for key, metric in rubric.metrics.items()}
    return {key: criterion.title for key, criterion in rubric.criteria.items()}


def _targets(table: Table, rubric: Rubric) -> dict[str, str]:
    """Folded id → criterion or metric: as the form calls it, and as the rubric does."""
    items = _items(table, rubric)
    names = {key: key for key in items}
    if table.rows == "criteria":
        for key in items:
            names |= dict.fromkeys(rubric.criteria[key].aliases, key)
    names |= table.ids
    found = {fold_id(name): target for name, target in names.items()}
    for name, target in names.items():
        for joint in _JOINTS:
            found.setdefault(fold_label(f"{name}{joint}{items[target]}"), target)
    return found


def _title_targets(table: Table, rubric: Rubric) -> dict[str, str]:
    found = {fold_label(title): key for key, title in _items(table, rubric).items()}
    return found | {fold_label(title): key for title, key in table.titles.items()}
