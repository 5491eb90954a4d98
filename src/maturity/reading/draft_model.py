"""Hold what a draft is made of: the criteria, ratings and places that a workbook suggests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity.inspection import SeenColumn, SeenTable

__all__ = ["DraftCriterion", "DraftGroup", "DraftPlace", "DraftRating", "Model"]


@dataclass(frozen=True, slots=True)
class DraftRating:
    """A rating: a column of answers, or several of one name."""

    key: str
    title: str
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """A cell in which an answer is expected, and the words that may stand there."""

    criterion: str
    rating: str
    sheet: str
    row: int
    column: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftCriterion:
    """A criterion, with the domain that it seems to belong to."""

    id: str
    title: str
    prompt: str
    domain: str
    levels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """Tables of one kind, on one sheet or several.

    Attributes:
        tables: the tables.
        ratings: rating → its column in each of the tables.
        parts: piece of id → what its cells say → the piece; `sheet` for the sheet's name.
        ids: what the reader makes of a row → the criterion, where that is not the same.
        prefix: what stands before ids that begin with a digit.
        places: the cells in which answers are expected.
        is_beside: whether another table stands beside it, perhaps with the same headers.
    """

    tables: tuple[SeenTable, ...]
    ratings: Mapping[str, tuple[SeenColumn, ...]]
    parts: Mapping[str, Mapping[str, str]]
    ids: Mapping[str, str]
    prefix: str
    places: tuple[DraftPlace, ...]
    is_beside: bool

    @property
    def has_headers(self) -> bool:
        """Whether its answers all stand below headers of their own."""
        return not self.is_beside and all(
            column.header for columns in self.ratings.values() for column in columns
        )


@dataclass(slots=True)
class Model:
    """Everything that a draft says, before it is written down.

    Attributes:
        criteria: by id, in order.
        ratings: by key, in order.
        domains: key → title.
        groups: the tables.
        origins: criterion → the id as the form puts it together.
    """

    criteria: dict[str, DraftCriterion] = field(default_factory=dict)
    ratings: dict[str, DraftRating] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    groups: list[DraftGroup] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)

    @property
    def scored(self) -> str:
        """The rating that is scored: the one that sounds most like a result, else the first."""
        return next(
            (key for key, rating in self.ratings.items() if _sounds_final(rating)),
            next((key for key, rating in self.ratings.items() if not rating.is_target), ""),
        ) or next(iter(self.ratings))


def _sounds_final(rating: DraftRating) -> bool:
    words = ("agreed", "overall", "current", "actual", "final", "moderated")
    return not rating.is_target and any(word in rating.title.casefold() for word in words)
