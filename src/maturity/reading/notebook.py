"""Collect issues while a return is read, and give them in the order of the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maturity.issues import CellLocation, Issue, IssueCode
from maturity.sheets import Sheet, Workbook, cell_name

__all__ = ["Notebook"]

# Up to this many notes of one kind on a sheet are told one by one.
_CROWD = 3


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
        ordered = [issue for _, issue in sorted(self._issues, key=lambda entry: entry[0])]
        return (*before, *_without_crowds(ordered))


def _without_crowds(issues: Sequence[Issue]) -> Iterator[Issue]:
    """Tell of many repeated answers on one sheet, such as a sheet sent twice, in one note."""
    counts = Counter(issue.sheet for issue in issues if issue.code is IssueCode.ANSWER_REPEATED)
    told: set[str | None] = set()
    for issue in issues:
        if issue.code is not IssueCode.ANSWER_REPEATED or counts[issue.sheet] <= _CROWD:
            yield issue
        elif issue.sheet not in told:
            told.add(issue.sheet)
            message = (
                f"{counts[issue.sheet]} answers of this sheet stand more than once, always the "
                f"same. The first: {issue.message}"
            )
            yield replace(issue, message=message, criterion=None, rating=None)
