"""Collect issues while a return is read, and give them in the order of the workbook."""

from __future__ import annotations

from collections.abc import Iterable

from maturity.issues import CellLocation, Issue
from maturity.sheets import Sheet, Workbook, cell_name

__all__ = ["Notebook"]


class Notebook:
    """Issues with their places.

    Args:
        workbook: the workbook that is read.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._file = workbook.name
        self._order = {id(sheet): place for place, sheet in enumerate(workbook.sheets)}
        self._issues: list[tuple[tuple[int, int, int], Issue]] = []

    def location(
        self, sheet: Sheet | None = None, row: int | None = None, column: int | None = None
    ) -> CellLocation:
        """Name a place: the file, a sheet of it, or a cell."""
        if sheet is None:
            return CellLocation(self._file)
        if row is None or column is None:
            return CellLocation(self._file, sheet.name)
        return CellLocation(self._file, sheet.name, cell_name(row, column))

    def write(
        self, issue: Issue, sheet: Sheet | None = None, row: int = 0, column: int = 0
    ) -> None:
        """Keep an issue; one about no sheet comes first."""
        place = -1 if sheet is None else self._order[id(sheet)]
        self._issues.append(((place, row, column), issue))

    def issues(self, before: Iterable[Issue] = ()) -> tuple[Issue, ...]:
        """Give all issues: these first, then those kept, in the order of sheets and cells."""
        ordered = sorted(self._issues, key=lambda entry: entry[0])
        return (*before, *(issue for _, issue in ordered))
