"""Hold how a layout says where in a row something stands: columns of ids, answers and scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.models import Key, Model, Number, Text

__all__ = [
    "AnswerColumn",
    "Column",
    "IdColumn",
    "Letter",
    "Meaning",
    "Meanings",
    "Part",
    "RowNumber",
    "RowTest",
    "StatedColumn",
    "Words",
]

Words = Annotated[tuple[Text, ...], Field(min_length=1)]
Letter = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
RowNumber = Annotated[int, Field(ge=1, le=1_048_576)]
Meaning = Number | Literal["blank", "not-applicable"]
"""What an answer means: a level's value, `blank` (not answered) or `not-applicable`."""
Meanings = Literal["in-order"] | Annotated[tuple[Meaning, ...], Field(min_length=1)]


class Column(Model):
    """Where in a row something stands: by `header`, by `letter`, or beside a `label`."""

    header: Words | None = None
    """The header's words and its known variants. Case, spaces and line breaks make no difference,
    and neither does a remark in brackets at its end."""
    under: Words | None = None
    """With `header`: the words of a heading above it that spans several columns."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """With `header`: which one, from the left, when several columns have the same header. Without
    it they must all agree."""
    letter: Letter | None = None
    """The column's letters, such as `F`, in a workbook whose columns never move."""
    label: Words | None = None
    """The words of a label within the item's own rows; the value stands beside or below it."""
    at: Literal["right", "below"] = "right"
    """With `label`: on which side of the label the value stands."""
    down: Annotated[int, Field(ge=0, le=1000)] = 0
    """How many rows below the item's first row it stands, for items of several rows."""

    @property
    def words_of_header(self) -> tuple[str, ...]:
        """The words of its header; none when it is found in another way."""
        return self.header or ()

    @property
    def name(self) -> str:
        """What messages call it: its header, its label or its letters."""
        if self.letter is not None:
            return f"column {self.letter}"
        words = self.header or self.label or ("?",)
        return words[0]

    @property
    def is_placed(self) -> bool:
        """Whether it says where to look at all."""
        return any(way is not None for way in (self.header, self.letter, self.label))

    @property
    def is_plain(self) -> bool:
        """Whether it is found by the words in its header alone."""
        return self.header is not None and self.under is None and not (self.nth or self.down)


class IdColumn(Column):
    """The column that says which item a row is about."""

    pattern: Text | None = None
    """A regular expression that finds the id in the cell's text: its group named `id`, its only
    group, or all that it matches. Its named groups can be used in `compose`."""
    compose: Text | None = None
    """The id put together of parts, such as `{theme}.{number}`: the table's `parts`, and the named
    groups of `pattern`. With it no column need be given."""
    by: Literal["id", "text"] = "id"
    """`text` when the form has no ids: the cell holds the criterion's title, prompt or alias."""


class Part(Column):
    """A piece of an id. One of `is`, `sheet`, a column, or what any cell of the row may say."""

    is_: Text | None = Field(default=None, alias="is")
    """A fixed text."""
    sheet: bool = False
    """Whether it is taken from the sheet's name."""
    pattern: Text | None = None
    """A regular expression that finds it: its group of the part's name, its only group, or all
    that it matches. Where no column is given, any cell of the row may match."""
    words: Mapping[Text, Text] = Field(default_factory=dict)
    """What the cell says → the piece of id. Other texts give none. Where no column is given, any
    cell of the row may say it."""
    carry: bool = False
    """Whether it holds for the rows below as well, like a section's heading, until the next one.
    A new one ends what the parts listed after it carry. It may stand in a header's own row."""
    count: bool = False
    """Whether it is a count of the filled cells in the column, which starts again at 1 whenever a
    part listed before it changes."""
    pad: Annotated[int, Field(ge=0, le=10)] = 0
    """How many digits it is filled up to, with zeros at its left."""


class AnswerColumn(Column):
    """A column of answers, and what its words mean where the rubric does not say."""

    words: Mapping[Text, Meaning] = Field(default_factory=dict)
    """What may stand in the cell → what it means, beside the words that the rubric knows. TRUE,
    FALSE and numbers can be named as well, as the workbook keeps them: 20 % is kept as 0.2."""
    answer_list: Key | None = None
    """The name of one of the layout's `answer_lists`, for all cells of the column."""
    drop_down: Meanings | None = None
    """What the words of each cell's own drop-down list mean, in the list's order; `in-order` for
    the levels of its scale."""
    index: Meanings | None = None
    """What 1, 2, 3 … mean where the cell holds the place of the chosen answer in a list; `in-order`
    for the levels of its scale. Other numbers are then not understood."""

    @property
    def has_own_words(self) -> bool:
        """Whether it says what words mean."""
        named = (self.answer_list, self.drop_down, self.index)
        return bool(self.words) or any(source is not None for source in named)


class StatedColumn(Column):
    """A column in which the workbook states scores of its own, to be compared with ours."""

    score: Key
    """The roll-up; `criterion` for what the answer itself counts."""
    rating: Key | None = None
    """For `criterion`: whose answer; needed where the table has several ratings."""
    id: Text | None = None
    """The score's id, put together of parts like the criterion's. When left out, it is the one to
    which the row's criterion belongs."""
    decimals: Annotated[int, Field(ge=0, le=10)] | None = None
    """How many decimals the workbook keeps, where it rounds (halves away from zero)."""
    words: Mapping[Text, Meaning] = Field(default_factory=dict)
    """What a text there means: a number, or `blank` where it says that there is no score, such as
    `"#DIV/0!": blank`."""


class RowTest(Column):
    """Which rows of a table count: those where this column says so, or any cell of the row."""

    is_: Words | None = Field(default=None, alias="is")
    """What the cell says, as whole text."""
    pattern: Text | None = None
    """A regular expression that is found in the cell."""
