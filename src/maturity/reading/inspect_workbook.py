"""Say what is in a workbook that no layout describes yet, so that somebody can write one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from maturity.inspection import LayoutFit, SeenSheet, WorkbookInspection
from maturity.reading.grid import read_workbook
from maturity.reading.limits import DEFAULT_LIMITS, Limits, Want
from maturity.reading.near_layouts import layout_fits
from maturity.reading.seen_labels import find_labels
from maturity.reading.seen_lists import answer_lists_on, drop_downs_on, listed_cells
from maturity.reading.seen_tables import find_seen_tables
from maturity.rubric import Rubric
from maturity.sheets import CellState, Sheet, Workbook, cell_name, column_letters

__all__ = ["inspect_workbook", "inspection_of"]


_MOST_COLUMNS = 300


def inspect_workbook(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    rubrics: Iterable[Rubric] = (),
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> WorkbookInspection:
    """Inspect a workbook: what it holds, and what looks like items, answers and scores.

    Args:
        source: the workbook, as a path, its bytes or an open binary file. It is never changed.
        rubrics: the rubrics whose layouts are tried on it.
        name: what to call the file; its own name when left out.
        limits: how large and how deep a file may be.

    Returns:
        What was seen. All of it are guesses with their grounds, and nothing is scored.

    Raises:
        WorkbookError: when the file is not a workbook that can be read.
    """
    workbook = read_workbook(source, name=name, limits=limits, want=list(Want))
    fits = [fit for rubric in rubrics for fit in layout_fits(workbook, rubric)]
    return inspection_of(workbook, fits)


def inspection_of(workbook: Workbook, fits: Iterable[LayoutFit] = ()) -> WorkbookInspection:
    """Inspect a workbook that was read with every extra."""
    return WorkbookInspection(
        name=workbook.name,
        digest=workbook.digest,
        format=workbook.format,
        sheets=tuple(_sheet(sheet, workbook) for sheet in workbook.sheets),
        defined_names=_told_names(workbook.defined_names),
        fits=tuple(sorted(fits, key=lambda fit: not fit.fits)),
        cannot_show=tuple(sorted(workbook.cannot_show)),
        issues=workbook.issues,
    )


def _told_names(names: Mapping[str, str]) -> dict[str, str]:
    """Leave out names that programs make for filters and printing."""
    return {name: text for name, text in names.items() if "_xlnm." not in name}


def _sheet(sheet: Sheet, workbook: Workbook) -> SeenSheet:
    listed = listed_cells(sheet, workbook)
    tables = find_seen_tables(sheet, listed)
    columns = {column for cells in sheet.rows.values() for column in cells}
    cells = [cell for row in sheet.rows.values() for cell in row.values()]
    return SeenSheet(
        name=sheet.name,
        visibility=sheet.visibility.value,
        is_grid=sheet.is_grid,
        last_row=max(sheet.rows, default=0),
        last_column=max(columns, default=0),
        filled=sum(bool(cell.raw.strip()) for cell in cells),
        tables=tables,
        drop_downs=drop_downs_on(sheet, workbook),
        merged=tuple(map(str, sheet.merged)),
        formulas=len(sheet.formulas),
        formulas_without_result=sum(cell.state is CellState.UNCALCULATED for cell in cells),
        notes=tuple(cell_name(*place) for place in sheet.notes),
        labels=find_labels(sheet, tables),
        answer_lists=answer_lists_on(sheet),
        hidden_columns=tuple(
            column_letters(each)
            for each in sorted(columns)[:_MOST_COLUMNS]
            if sheet.is_column_hidden(each)
        ),
    )
