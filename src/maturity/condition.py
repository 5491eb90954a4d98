"""Hold a condition: something that holds or not, about answers, scores or the return's cover.

Gates, tables, ladders and answer rules all decide by conditions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from maturity.models import Key, Model, Number, Share, Text

__all__ = ["Condition", "CountNeeded", "Members", "ShareNeeded", "Where"]

Members = Key | Number | Annotated[tuple[Key | Number, ...], Field(min_length=1)]
Where = Mapping[Key, Members]


class CountNeeded(Model):
    """A condition that needs a number of items."""

    count: Annotated[int, Field(ge=1)]
    """How many items, at least, must pass the test."""


class ShareNeeded(Model):
    """A condition that needs a share of its items."""

    share: Share
    """What share of the items, 0 to 1, at least, must pass the test."""


class Condition(Model):
    """Something that holds or does not, about answers, scores or the return's cover.

    Either a test (`is`, `at_least` or `at_most`) on selected items, or a look at the cover
    (`metadata`), or other conditions together.
    """

    of: Key = "criterion"
    """What is tested: `criterion` for answers, or the name of an earlier roll-up for its scores."""
    across: Literal["group", "return"] = "group"
    """Which items: those that belong to the group being scored, or all of the return. Answer rules
    belong to no group and always look at all of the return."""
    where: Where = Field(default_factory=dict)
    """Only items that belong to these members: facet → member or members."""
    items: tuple[Key, ...] = ()
    """Only these criteria, or scores by id."""
    ratings: tuple[Key, ...] | None = None
    """For answers: the ratings that are tested. When left out, the roll-up's own; in an answer rule
    the rating that is being changed."""
    is_: tuple[Number, ...] | None = Field(default=None, alias="is")
    """The test: the value is one of these."""
    at_least: Number | Mapping[Key, Number] | None = None
    """The test: the value is this or more. A mapping gives each item's own minimum by its id."""
    at_most: Number | None = None
    """The test: the value is this or less."""
    need: Literal["all", "any", "none"] | CountNeeded | ShareNeeded = "all"
    """How many of the items must pass."""
    missing: Literal["fails", "passes", "skip"] = "fails"
    """What an item without a value does: it fails the test, passes it, or is left out."""
    if_empty: bool = False
    """Whether the condition holds when there is no item at all."""
    metadata: Mapping[Key, Annotated[tuple[Text | Number, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    """In place of a test on items: values of the return's cover, key → the texts that pass. Case,
    kinds of space and dash make no difference; a date is written 2026-01-31. Each key is one item
    for `need`, `missing` (a value that is not given) and `if_empty`."""
    all_of: tuple[Condition, ...] = ()
    """Conditions that must all hold."""
    any_of: tuple[Condition, ...] = ()
    """Conditions of which one must hold."""
    not_: Condition | None = Field(default=None, alias="not")
    """A condition that must not hold."""
