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
    RowNumber,
    RowTest,
    StatedColumn,
    Words,
)
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


class Group(Model):
    """One of several items that stand side by side in each row."""

    parts: Mapping[Key, Part] = Field(default_factory=dict)
    """Parts of the id that are this group's own, such as `stage: {is: pilot}`."""
    id: IdColumn | None = None
    """The group's own id column, where it has one."""
    answers: Mapping[Key, AnswerColumn] = Field(default_factory=dict)
    """Rating → the group's column."""
    notes: Mapping[Key, Column] = Field(default_factory=dict)
    """Further columns of the group that are carried along as text."""
    stated: tuple[StatedColumn, ...] = ()
    """The group's columns in which the workbook states scores of its own."""


class Table(Model):
    """A table with a row for each criterion, metric or score, on one sheet or several."""

    rows: Literal["criteria", "metrics", "scores"]
    """What the rows are. A table of `scores` is where the workbook states its own."""
    score: Key | None = None
    """For `scores`: the roll-up; `criterion` for what the answers themselves count."""
    sheets: tuple[Text, ...] = ()
    """The names of its sheets and their known variants; any sheet when left out."""
    sheet_pattern: Text | None = None
    """A regular expression that is found in the names of its sheets. Its named groups can be used
    in `compose`."""
    header_rows: Annotated[tuple[RowNumber, ...], Field(max_length=10)] = ()
    """The rows of the header, where they are fixed; found by its words when left out."""
    first_row: RowNumber | None = None
    """The first row that may hold an item."""
    last_row: RowNumber | None = None
    """The last row that may hold one."""
    parts: Mapping[Key, Part] = Field(default_factory=dict)
    """Pieces of which ids are put together, outermost first."""
    id: IdColumn
    """The column that says which criterion, metric or score a row is about."""
    only: tuple[RowTest, ...] = ()
    """What must hold of a row for it to count."""
    answers: Mapping[Key, AnswerColumn] = Field(default_factory=dict)
    """Rating → its column. For metrics and scores, the one key is `value`."""
    required: tuple[Key, ...] = ()
    """The answer columns without which a row is not taken for this table's header."""
    title: Column | None = None
    """The column with each row's title, used to recognise a row whose id was lost."""
    notes: Mapping[Key, Column] = Field(default_factory=dict)
    """Further columns that are carried along as text, such as evidence, actions or owner."""
    ignore: tuple[Column, ...] = ()
    """Columns that the form has and that hold no answers, such as level descriptors."""
    ids: Mapping[Text, Text] = Field(default_factory=dict)
    """What the form's id column says → the criterion's id, where it is not the rubric's."""
    titles: Mapping[Text, Key] = Field(default_factory=dict)
    """What the form's title column says → the criterion's id, where the rubric says otherwise."""
    duplicates: Literal["agree", "refuse", "first", "last"] = "agree"
    """What a second row with the same id means: both must agree, neither is read, or the first or
    the last one on the sheet is meant."""
    groups: tuple[Group, ...] = ()
    """Several items in each row, side by side: one group of columns for each. Or the columns of one
    answer, such as one for each level with a cross in one of them."""
    stated: tuple[StatedColumn, ...] = ()
    """Columns in which the workbook states scores of its own. In a table of scores, each is the
    score with the row's id, unless it has an id of its own."""

    @cached_property
    def is_plain(self) -> bool:
        """Whether its columns are found by their headers alone and its ids stand in a column."""
        special = (
            self.id.pattern,
            self.id.compose,
            self.id.by != "id",
            self.header_rows,
            self.first_row,
            self.last_row,
            self.parts,
            self.only,
            self.groups,
            self.stated,
            self.duplicates != "agree",
        )
        return not any(special) and all(column.is_plain for column in self.columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column that it names, groups left out."""
        own = (self.id, *self.answers.values(), *self.notes.values(), *self.ignore, *self.stated)
        more = (*self.parts.values(), *self.only)
        return own + more if self.title is None else (*own, *more, self.title)

    @property
    def expanded(self) -> tuple[Table, ...]:
        """One table without groups for each group; the table itself when it has none."""
        if not self.groups:
            return (self,)
        return tuple(
            self.model_copy(
                update={
                    "groups": (),
                    "parts": {**self.parts, **group.parts},
                    "id": group.id or self.id,
                    "answers": {**self.answers, **group.answers},
                    "notes": {**self.notes, **group.notes},
                    "stated": (*self.stated, *group.stated),
                }
            )
            for group in self.groups
        )

    def __hash__(self) -> int:
        return hash((self.rows, self.id.header, tuple(self.answers)))


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
