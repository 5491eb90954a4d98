"""Hold a layout: where the answers stand in one edition of a workbook.

A layout is data, apart from the rubric. It says which workbook it is for, and how tables, columns
and labelled cells are found in it. `maturity.template_layout` derives the layout of the template
that we write; the files in `layouts/` describe forms that others designed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from maturity.layout_columns import (
    AnswerColumn,
    Column,
    IdColumn,
    Meaning,
    Part,
    RowTest,
    StatedColumn,
    Words,
)
from maturity.layout_tables import Group, Table
from maturity.models import Key, Model, Text

__all__ = [
    "RESULT_MARKER",
    "AnswerColumn",
    "AnswerList",
    "AnswerTable",
    "AnswersByItem",
    "Column",
    "Fingerprint",
    "Group",
    "IdColumn",
    "Layout",
    "Lookalike",
    "Meaning",
    "MetadataCell",
    "Part",
    "RowTest",
    "SingleAnswer",
    "Spot",
    "StatedCells",
    "StatedColumn",
    "Table",
]

# Stands alone in a cell of every result workbook, so that one sent back is not read as a return.
RESULT_MARKER = "maturity-result"


class Spot(Model):
    """Where a single value stands: beside or below its `label`, or in a fixed `cell`."""

    label: Words | None = None
    """The label's words and its known variants."""
    at: Literal["right", "below"] = "right"
    """On which side of the label the value stands."""
    section: Words | None = None
    """The words of a heading: only labels below it count, up to the next heading that the layout
    names as a section."""
    sheets: tuple[Text, ...] = ()
    """The names of the sheets on which the label is looked for; all when left out."""
    cell: Text | None = None
    """A fixed cell, such as `Cover!C4` or `'Cover sheet'!C4`."""


class MetadataCell(Spot):
    """A single value beside its label, such as the date on the cover."""

    type: Literal["text", "date", "number"] = "text"
    """What the value is."""
    pattern: Text | None = None
    """A regular expression that finds the value in the cell: its only group, or all of it."""
    required: bool = False
    """Whether its absence is reported."""


class SingleAnswer(Spot):
    """One answer that stands beside a label or in a fixed cell, outside any table."""

    criterion: Key
    """The criterion that it answers."""
    rating: Key
    """The rating that it gives."""
    words: Mapping[Text, Meaning] = Field(default_factory=dict)
    """What may stand in the cell → what it means, beside the words that the rubric knows."""
    answer_list: Key | None = None
    """The name of one of the layout's `answer_lists`."""

    @property
    def has_own_words(self) -> bool:
        """Whether it says what words mean."""
        return bool(self.words) or self.answer_list is not None


class StatedCells(Model):
    """Cells in which the workbook states scores of its own, to be compared with ours."""

    score: Key
    """The roll-up; `criterion` for what an answer itself counts."""
    rating: Key | None = None
    """For `criterion`: whose answer; the scored rating when left out."""
    sheet: Text
    """The name of the sheet."""
    cells: Annotated[Mapping[Text, Text], Field(min_length=1)]
    """The cell, such as `C14` → the score's id."""
    decimals: Annotated[int, Field(ge=0, le=10)] | None = None
    """How many decimals the workbook keeps, where it rounds (halves away from zero)."""
    words: Mapping[Text, Meaning] = Field(default_factory=dict)
    """What a text there means: a number, or `blank` where it says that there is no score, such as
    `"#DIV/0!": blank`."""


class AnswerList(Model):
    """Words and what they mean: in the layout itself, or read from cells of the workbook.

    A list with the name of one of the rubric's answer sets serves wherever that set is used; one
    named `levels` serves where the rubric's own levels are.
    """

    words: Mapping[Text, Meaning] = Field(default_factory=dict)
    """Words → what they mean."""
    cells: Text | None = None
    """The cells that hold the words: a range such as `Lists!A2:A5`, or a defined name."""
    values: Literal["in-order", "beside"] | Text | tuple[Meaning, ...] | None = None
    """What those words mean: the levels of the scale `in-order`; the numbers `beside` them, in the
    next column; the numbers in other cells, as a range or name; or a list."""


class AnswerTable(Model):
    """A table in the workbook that holds many answer lists, one in each row."""

    sheets: Words
    """The names of its sheet."""
    id: Column
    """The column with the list's name or code."""
    words: Annotated[tuple[Column, ...], Field(min_length=1)]
    """The columns with its words."""
    values: Annotated[tuple[Column, ...], Field(min_length=1)]
    """The columns with what they mean, in the same order."""


class AnswersByItem(Model):
    """A table in the workbook that says which answer list each item has."""

    sheets: Words
    """The names of its sheet."""
    id: IdColumn
    """The column with the item's id."""
    answer_list: Column
    """The column with the name or code of its answer list."""


class Fingerprint(Model):
    """How the workbook is recognised."""

    markers: tuple[Text, ...] = ()
    """Texts that each stand alone in some cell of the workbook, on any sheet, hidden or not."""
    cells: Mapping[Text, Text] = Field(default_factory=dict)
    """What stands in fixed cells: a cell, such as `Cover!A1` → its whole text."""
    sheets: tuple[Text, ...] = ()
    """Names of sheets that are all present, hidden or not."""
    editions: tuple[Text, ...] = ()
    """What the metadata value `edition` may be."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.markers or self.cells or self.sheets or self.editions)


class Layout(Model):
    """Where the answers stand in one edition of a workbook."""

    id: Key = Field(alias="layout")
    """The layout's id."""
    title: Text
    """What people call this form and edition."""
    fingerprint: Fingerprint = Fingerprint()
    """How a workbook of this edition is recognised."""
    metadata: Mapping[Key, MetadataCell] = Field(default_factory=dict)
    """Single values by name. `area`, `partnership`, `date`, `role` and `edition` have a meaning."""
    tables: tuple[Table, ...] = ()
    """The tables that hold the answers, or scores of the workbook's own."""
    answers: tuple[SingleAnswer, ...] = ()
    """Single answers outside any table."""
    answer_lists: Mapping[Key, AnswerList] = Field(default_factory=dict)
    """Words and what they mean, by name."""
    answer_tables: tuple[AnswerTable, ...] = ()
    """Tables of the workbook that hold answer lists."""
    answers_by_item: tuple[AnswersByItem, ...] = ()
    """Tables of the workbook that say which answer list an item has."""
    stated: tuple[StatedCells, ...] = ()
    """Cells in which the workbook states scores of its own."""
    other_sheets: tuple[Text, ...] = ()
    """Sheets of the form that hold no answers. Sheets named nowhere are reported as unexpected."""
    asks: Mapping[Key, Annotated[tuple[Key, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    """What this edition asks, where it does not ask everything: facet → members. Other criteria
    stay unanswered, and nobody is told that their rows are missing."""

    @cached_property
    def needs_fingerprint(self) -> bool:
        """Whether answers are found by fixed places alone, which any workbook might have."""
        has_tables = any(table.rows == "criteria" for table in self.tables)
        if self.answers and not has_tables:
            return all(answer.cell is not None for answer in self.answers)
        return any(
            not any(column.header or column.label for column in table.columns)
            for whole in self.tables
            for table in whole.expanded
            if table.rows == "criteria"
        )

    def __hash__(self) -> int:
        return hash((self.id, self.title))


class Lookalike(Model):
    """Another workbook that is often sent by mistake, so that the answer can say so."""

    id: Key = Field(alias="lookalike")
    """Its id."""
    title: Text
    """What it is, to follow "this looks like"."""
    remedy: Text
    """What the sender should do."""
    fingerprint: Fingerprint
    """How it is recognised."""
