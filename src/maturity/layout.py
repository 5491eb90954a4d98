"""Hold a layout: where the answers stand in one edition of a workbook.

A layout is data, apart from the rubric. It says which workbook it is for, and how tables, columns
and labelled cells are found in it by their words. `maturity.template_layout` derives the layout of
the template that we write; the files in `layouts/` describe forms that others designed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from maturity.models import Key, Model, Text

__all__ = ["RESULT_MARKER", "Column", "Fingerprint", "Layout", "Lookalike", "MetadataCell", "Table"]

# Stands alone in a cell of every result workbook, so that one sent back is not read as a return.
RESULT_MARKER = "maturity-result"

Words = Annotated[tuple[Text, ...], Field(min_length=1)]


class Column(Model):
    """A column of a table, found by the words in its header."""

    header: Words
    """The header's words and its known variants. Case, spaces and line breaks make no difference,
    and neither does a remark in brackets at its end."""


class Table(Model):
    """A table with one row for each criterion or metric, on one sheet or spread over several."""

    rows: Literal["criteria", "metrics"]
    """What the rows are."""
    id: Column
    """The column that says which criterion or metric a row is about."""
    answers: Annotated[Mapping[Key, Column], Field(min_length=1)]
    """Rating → its column. For metrics, the one key is `value`."""
    required: tuple[Key, ...] = ()
    """The answer columns without which a row is not taken for this table's header."""
    title: Column | None = None
    """The column with each row's title, used to recognise a row whose id was lost."""
    notes: Mapping[Key, Column] = Field(default_factory=dict)
    """Further columns that are carried along as text, such as evidence, actions or owner."""
    ignore: tuple[Column, ...] = ()
    """Columns that the form has and that hold no answers, such as level descriptors."""
    ids: Mapping[Text, Key] = Field(default_factory=dict)
    """What the form's id column says → the criterion's id, where it is not the rubric's."""
    titles: Mapping[Text, Key] = Field(default_factory=dict)
    """What the form's title column says → the criterion's id, where the rubric says otherwise."""


class MetadataCell(Model):
    """A single value that stands to the right of its label, such as the date on the cover."""

    label: Words
    """The label's words and its known variants."""
    type: Literal["text", "date"] = "text"
    """What the value is."""
    required: bool = False
    """Whether its absence is reported."""


class Fingerprint(Model):
    """How the workbook is recognised."""

    markers: tuple[Text, ...] = ()
    """Texts that each stand alone in some cell of the workbook, on any sheet, hidden or not."""
    sheets: tuple[Text, ...] = ()
    """Names of sheets that are all present."""
    editions: tuple[Text, ...] = ()
    """What the metadata value `edition` may be."""


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
    tables: Annotated[tuple[Table, ...], Field(min_length=1)]
    """The tables that hold the answers."""
    other_sheets: tuple[Text, ...] = ()
    """Sheets of the form that hold no answers. Sheets named nowhere are reported as unexpected."""

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
