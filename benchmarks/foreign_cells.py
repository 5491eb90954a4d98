"""Put the cells of a workbook as three libraries see them into one form, and compare them."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.reading.serials import serial_of
from maturity.sheets import CellState, Workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["KINDS", "ORACLES", "Cells", "differences", "our_cells"]

Value = str | float | bool
# Sheet's number, row and column, from 1 → what stands there.
Cells = Mapping[tuple[int, int, int], Value]
KINDS = ("only here", "only there", "number differs", "text differs", "kind differs")


def our_cells(workbook: Workbook) -> Cells:
    """Give the cells as ours sees them; what holds nothing to compare is left out."""
    return {
        # A moment is compared as one: some count their days from 1904.
        (index, row, column): cell.value if cell.moment is None else serial_of(cell.moment)
        for index, sheet in enumerate(workbook.sheets, 1)
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
        if cell.value is not None and cell.state is not CellState.EMPTY_TEXT
    }


def openpyxl_cells(path: Path) -> Cells:
    """Give the cells as openpyxl sees them."""
    import openpyxl  # noqa: PLC0415 - so that its faults stay in the process that looks

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, data_only=True)
    return {
        (book.sheetnames.index(sheet.title) + 1, cell.row, cell.column): _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def calamine_cells(path: Path) -> Cells:
    """Give the cells as python-calamine sees them."""
    import python_calamine  # noqa: PLC0415 - so that its faults stay in the process that looks

    book = python_calamine.load_workbook(str(path))
    found: dict[tuple[int, int, int], Value] = {}
    for index, metadata in enumerate(book.sheets_metadata, 1):
        if "worksheet" in str(metadata.typ).lower():
            found.update(_sheet(index, book.get_sheet_by_name(metadata.name)))
    return found


def _sheet(index: int, sheet: CalamineSheet) -> Iterator[tuple[tuple[int, int, int], Value]]:
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(), top + 1):
        for column, value in enumerate(values, left + 1):
            if value not in (None, ""):
                yield (index, row, column), _plain(value)


ORACLES: Mapping[str, Callable[[Path], Cells]] = {
    "openpyxl": openpyxl_cells,
    "python-calamine": calamine_cells,
}


def _plain(value: object) -> Value:
    """Give a number instead of a moment, and a text instead of anything unknown."""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return serial_of(value)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 86_400
    return value if isinstance(value, str | bool | int | float) else str(value)


def differences(ours: Cells, theirs: Cells) -> dict[str, tuple[int, str]]:
    """Give how many cells differ and the first of them, by kind."""
    found: dict[str, tuple[int, str]] = {}
    for place in sorted({*ours, *theirs}):
        kind = _kind(ours.get(place), theirs.get(place))
        if kind:
            count, first = found.get(kind, (0, ""))
            sheet, row, column = place
            told = f"sheet {sheet} R{row}C{column}: {ours.get(place)!r:.80}"
            found[kind] = count + 1, first or f"{told}, there {theirs.get(place)!r:.80}"
    return found


def _kind(our: Value | None, their: Value | None) -> str:
    if our is None or their is None:
        return "only here" if their is None else "only there"
    if isinstance(our, str) or isinstance(their, str):
        if not (isinstance(our, str) and isinstance(their, str)):
            return "kind differs"
        # The others keep the escapes of control characters, or ends of lines, in their own way.
        return "" if our.split() == their.split() else "text differs"
    if isinstance(our, bool) is not isinstance(their, bool):
        return "kind differs"
    return "" if abs(our - their) <= 1e-6 * max(1.0, abs(our)) else "number differs"
