"""Hold a layout that was tried on a workbook, and say how well it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.layout import SingleAnswer
from maturity.reading.layout_keys import LayoutKey
from maturity.reading.spots import FoundSpot
from maturity.reading.tables import FoundTable

__all__ = ["Match"]


@dataclass(frozen=True, slots=True)
class Match:
    """A layout tried on a workbook.

    Attributes:
        key: the layout.
        tables: its tables of criteria and of metrics, in the workbook's order.
        edition: what the workbook says its edition is; None when it does not say.
        is_its_edition: whether that is the layout's.
        is_marked: whether a marker, the stated edition, its sheets or its cells speak for it.
        spots: where its single values stand.
        misfit: why the workbook cannot be of this layout, whatever its tables; empty when it can.
    """

    key: LayoutKey
    tables: tuple[FoundTable, ...]
    edition: str | None
    is_its_edition: bool
    is_marked: bool
    spots: Mapping[str | int, list[FoundSpot]]
    misfit: str = ""

    @property
    def single_answers(self) -> list[tuple[SingleAnswer, FoundSpot]]:
        """The answers that stand outside any table, each with its cell."""
        answers = self.key.layout.answers
        return [
            (answers[name], spot)
            for name, spots in self.spots.items()
            if isinstance(name, int)
            for spot in spots
        ]

    def of(self, rows: str) -> tuple[FoundTable, ...]:
        """Give its tables of `criteria` or of `metrics`."""
        return tuple(table for table in self.tables if table.key.table.rows == rows)

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """How well the layout fits; a greater rank is a better fit."""
        tables = self.of("criteria")
        ids = {row.target for table in tables for row in table.rows if row.target is not None}
        ids |= {answer.criterion for answer, _ in self.single_answers}
        columns = sum(len(table.answers) for table in tables)
        return len(ids), self.is_marked, columns, len(self.spots)

    def is_certain(self, criteria: int) -> bool:
        """Say whether no other layout could fit better, so that none need be tried.

        Args:
            criteria: how many criteria the rubric has.
        """
        ids, is_marked, _, _ = self.rank
        return (
            is_marked
            and ids == criteria
            and all(
                len(table.answers) == len(table.key.table.answers) for table in self.of("criteria")
            )
        )
