"""Hold what was seen in a workbook that no layout describes yet: guesses, each with its grounds.

These are nouns only. `maturity.reading.inspect_workbook` makes them. Nothing in them is an answer:
they help a person to write a layout, and no score is ever made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from maturity.issues import Issue

__all__ = [
    "ColumnKind",
    "LayoutFit",
    "SeenAnswerList",
    "SeenColumn",
    "SeenDropDown",
    "SeenLabel",
    "SeenSheet",
    "SeenTable",
    "WorkbookInspection",
]


class ColumnKind(StrEnum):
    """What a column of a table seems to hold."""

    ID = "id"
    TEXT = "text"
    ANSWER = "answer"
    LEVEL = "level descriptor"
    STATED = "stated score"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of a table that was recognised.

    Attributes:
        column: its number, from 1.
        letter: its letters.
        header: the words above it, as written; empty where there are none.
        under: the words of a heading that spans it, above the header.
        header_row: the row of the header; 0 where there is none.
        kind: what it seems to hold.
        why: on what grounds.
        filled: how many items have something in it.
        distinct: how many different texts these are.
        words: the words of its drop-down lists, or the different values of an answer column.
    """

    column: int
    letter: str
    header: str
    under: str
    header_row: int
    kind: ColumnKind
    why: str
    filled: int
    distinct: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenTable:
    """Rows that look like the items of an assessment.

    Attributes:
        sheet: the sheet's name.
        header_rows: the rows of its header, from the top; none where it has none.
        header_count: how often the header stands on the sheet.
        columns: its columns, from the left.
        items: row → the item's id as written; empty where items are known by their text.
        texts: row → the item's text.
        sections: row → the heading that the item stands under.
        section_column: the column of those headings; 0 where there are none.
        pattern: a regular expression for the ids.
        is_id_in_text: whether the ids begin a longer text.
        key_letter: the letters of the column with the ids, or with the texts where there are none.
    """

    sheet: str
    header_rows: tuple[int, ...]
    header_count: int
    columns: tuple[SeenColumn, ...]
    items: Mapping[int, str]
    texts: Mapping[int, str]
    sections: Mapping[int, str]
    section_column: int
    pattern: str
    is_id_in_text: bool
    key_letter: str

    @property
    def key_column(self) -> SeenColumn:
        """The column with the ids, or with the texts that tell the items apart."""
        return next(column for column in self.columns if column.letter == self.key_letter)

    def of(self, kind: ColumnKind) -> tuple[SeenColumn, ...]:
        """Give its columns of one kind."""
        return tuple(column for column in self.columns if column.kind is kind)


@dataclass(frozen=True, slots=True)
class SeenDropDown:
    """A drop-down list: where it is used, where its words come from, and what they are."""

    ranges: tuple[str, ...]
    source: str
    words: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SeenLabel:
    """A label with a value to its right, like those on a cover."""

    label: str
    value: str
    cell: str
    type: str


@dataclass(frozen=True, slots=True)
class SeenAnswerList:
    """Cells that look like a list of answers with what they count beside them."""

    cells: str
    words: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet.

    Attributes:
        name: its name.
        visibility: visible, hidden or very hidden.
        is_grid: False for chart sheets and the like, which have no cells.
        last_row: its last filled row; 0 when it is empty.
        last_column: its last filled column, as a number.
        filled: how many cells hold something.
        tables: what looks like tables of items.
        drop_downs: its drop-down lists.
        merged: the merged ranges.
        formulas: how many cells hold a formula.
        formulas_without_result: how many of these were saved without a result.
        notes: the cells that have a note or comment.
        labels: labels with a value beside them.
        answer_lists: what looks like lists of answers.
        hidden_columns: letters of its hidden columns that hold something.
    """

    name: str
    visibility: str
    is_grid: bool
    last_row: int
    last_column: int
    filled: int
    tables: tuple[SeenTable, ...]
    drop_downs: tuple[SeenDropDown, ...]
    merged: tuple[str, ...]
    formulas: int
    formulas_without_result: int
    notes: tuple[str, ...]
    labels: tuple[SeenLabel, ...]
    answer_lists: tuple[SeenAnswerList, ...]
    hidden_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayoutFit:
    """How near a known layout comes to the workbook.

    Attributes:
        rubric: the rubric's id.
        layout: the layout's id.
        title: what people call the form.
        fits: whether the workbook can be read with it.
        why: what was found and what was not.
    """

    rubric: str
    layout: str
    title: str
    fits: bool
    why: str


@dataclass(frozen=True, slots=True)
class WorkbookInspection:
    """Everything that was seen in a workbook.

    Attributes:
        name: the file's name.
        digest: SHA-256 of its bytes, as `sha256:` and 64 hexadecimal digits.
        format: `xlsx`, `ods`, `xls` or `xlsb`, by content.
        sheets: its sheets, hidden ones and chart sheets too.
        defined_names: name → what it stands for.
        fits: the known layouts, those that fit first.
        cannot_show: what this format does not tell, such as `merged cells`.
        issues: what is odd about the file itself.
    """

    name: str
    digest: str
    format: str
    sheets: tuple[SeenSheet, ...]
    defined_names: Mapping[str, str]
    fits: tuple[LayoutFit, ...] = ()
    cannot_show: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def tables(self) -> tuple[SeenTable, ...]:
        """The tables of all sheets."""
        return tuple(table for sheet in self.sheets for table in sheet.tables)

    def record(self) -> dict[str, object]:
        """Give it as plain data for JSON, with stable keys."""
        kept = {name: getattr(self, name) for name in ("name", "digest", "format", "cannot_show")}
        return {
            **kept,
            "sheets": [asdict(sheet) for sheet in self.sheets],
            "defined_names": dict(self.defined_names),
            "layouts": [asdict(fit) for fit in self.fits],
            "issues": [issue.record() for issue in self.issues],
        }
