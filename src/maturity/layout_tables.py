"""Hold where a table of a workbook stands: its sheets, its rows, and what its columns say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from maturity.layout_columns import (
    AnswerColumn,
    Column,
    IdColumn,
    Part,
    RowNumber,
    RowTest,
    StatedColumn,
)
from maturity.models import Key, Model, Text

__all__ = ["Group", "Table"]


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
