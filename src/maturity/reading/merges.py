"""Look for merged ranges that lie over one another, and for values hidden beneath them."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence

from maturity.issues import IssueCode, Severity
from maturity.reading.findings import Findings, Place
from maturity.sheets import Cell, CellRange

__all__ = ["note_merge_oddities"]


def note_merge_oddities(
    sheet: str, rows: Mapping[int, Mapping[int, Cell]], merged: Sequence[CellRange], found: Findings
) -> None:
    """Note overlapping merged ranges, and each value that a merged range hides.

    Excel shows only the cell in the top left corner of a merged range; a value in another of its
    cells can be seen by no one.

    Args:
        sheet: the sheet's name.
        rows: its cells.
        merged: its merged ranges.
        found: where to note them.
    """
    ordered = sorted(merged)
    overlap = _first_overlap(ordered)
    if overlap is not None:
        found.note(
            IssueCode.FILE_ODD,
            f"The merged ranges {overlap[0]} and {overlap[1]} lie over one another.",
            "Open the workbook in Excel, unmerge these cells and check what they hold.",
            Place(sheet, overlap[1].first_row, overlap[1].first_column),
            severity=Severity.QUERY,
        )
        return
    for row, column, cell, merge in _covered(rows, ordered):
        found.note(
            IssueCode.CELL_COVERED,
            f'The cell holds "{cell.raw[:80]}" but lies beneath the merged range {merge}, so '
            "nobody can see it.",
            "Unmerge the cells in Excel and delete the value, or put it where it belongs.",
            Place(sheet, row, column),
            severity=Severity.QUERY,
            raw=cell.raw,
        )


def _first_overlap(ordered: Sequence[CellRange]) -> tuple[CellRange, CellRange] | None:
    """Give the first two overlapping ranges met from top to bottom.

    Until then the open ranges lie side by side, so that only neighbours need to be compared.
    """
    open_ranges: list[tuple[int, int, CellRange]] = []
    endings: list[tuple[int, int, int, CellRange]] = []
    for merge in ordered:
        while endings and endings[0][0] < merge.first_row:
            _, first, last, ended = heapq.heappop(endings)
            del open_ranges[bisect_left(open_ranges, (first, last, ended))]
        entry = (merge.first_column, merge.last_column, merge)
        index = bisect_left(open_ranges, entry)
        if index < len(open_ranges) and open_ranges[index][0] <= merge.last_column:
            return open_ranges[index][2], merge
        if index and open_ranges[index - 1][1] >= merge.first_column:
            return open_ranges[index - 1][2], merge
        open_ranges.insert(index, entry)
        heapq.heappush(endings, (merge.last_row, *entry))
    return None


def _covered(
    rows: Mapping[int, Mapping[int, Cell]], ordered: Sequence[CellRange]
) -> Iterator[tuple[int, int, Cell, CellRange]]:
    """Give the cells that lie in a range but not in its top left corner; no range overlaps."""
    waiting = iter(ordered)
    upcoming = next(waiting, None)
    open_ranges: list[tuple[int, CellRange]] = []
    endings: list[tuple[int, int, CellRange]] = []
    for row, cells in rows.items():
        while upcoming is not None and upcoming.first_row <= row:
            if upcoming.last_row >= row:
                insort(open_ranges, (upcoming.first_column, upcoming))
                heapq.heappush(endings, (upcoming.last_row, upcoming.first_column, upcoming))
            upcoming = next(waiting, None)
        while endings and endings[0][0] < row:
            _, column, ended = heapq.heappop(endings)
            del open_ranges[bisect_left(open_ranges, (column, ended))]
        if not open_ranges:
            continue
        for column, cell in cells.items():
            index = bisect_right(open_ranges, column, key=lambda entry: entry[0]) - 1
            if index < 0:
                continue
            merge = open_ranges[index][1]
            is_corner = row == merge.first_row and column == merge.first_column
            if column <= merge.last_column and not is_corner:
                yield row, column, cell, merge
