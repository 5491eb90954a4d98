"""Put the cells of a workbook as three libraries see them into one form, and compare them."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.reading.serials import serial_of
from maturity.sheets import Cell, CellState, Workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["KINDS", "ORACLES", "Cells", "differences", "our_cells"]

Value = str | float | bool
Place = tuple[str, int, int]  # sheet, row and column
Cells = Mapping[Place, Value]
KINDS = (
    "error value only here",
    "only here",
    "only there",
    "number differs",
    "text differs",
    "kind differs",
)


def our_cells(workbook: Workbook) -> Mapping[Place, Cell]:
    """Give the cells as ours sees them; what holds nothing to compare is left out."""
    return {
        (sheet.name, row, column): cell
        for sheet in workbook.sheets
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
        (sheet.title, cell.row, cell.column): _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def calamine_cells(path: Path) -> Cells:
    """Give the cells as python-calamine sees them."""
    import python_calamine  # noqa: PLC0415 - so that its faults stay in the process that looks

    book = python_calamine.load_workbook(str(path))
    found: dict[Place, Value] = {}
    for metadata in book.sheets_metadata:
        if "worksheet" in str(metadata.typ).lower():
            found.update(_sheet(metadata.name, book.get_sheet_by_name(metadata.name)))
    return found


def _sheet(name: str, sheet: CalamineSheet) -> Iterator[tuple[Place, Value]]:
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(), top + 1):
        for column, value in enumerate(values, left + 1):
            if value not in (None, ""):
                yield (name, row, column), _plain(value)


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


def differences(ours: Mapping[Place, Cell], theirs: Cells) -> dict[str, tuple[int, str]]:
    """Give how many cells differ and the first of them, by kind."""
    found: dict[str, tuple[int, str]] = {}
    for place in sorted({*ours, *theirs}):
        ours_, theirs_ = ours.get(place), theirs.get(place)
        kind = _kind(ours_, theirs_)
        if kind:
            count, first = found.get(kind, (0, ""))
            sheet, row, column = place
            raw = None if ours_ is None else ours_.value
            told = f"{sheet!r} R{row}C{column}: {raw!r:.80}, there {theirs_!r:.80}"
            found[kind] = count + 1, first or told
    return found


def _kind(cell: Cell | None, their: Value | None) -> str:
    if cell is None:
        return "only there"
    if their is None:
        return "error value only here" if cell.state is CellState.ERROR else "only here"
    our = cell.value
    if isinstance(our, str) or isinstance(their, str):
        if not (isinstance(our, str) and isinstance(their, str)):
            return "kind differs"
        # The others keep the escapes of control characters, or ends of lines, in their own way.
        return "" if our.split() == their.split() else "text differs"
    if our is None or isinstance(our, bool) is not isinstance(their, bool):
        return "kind differs"
    # A day may be given with its time or without, and counted from 1904.
    candidates = [our] if cell.moment is None else [our, serial_of(cell.moment), our + 1462]
    near = any(abs(each - their) <= 1e-6 * max(1.0, abs(each)) for each in candidates)
    return "" if near else "number differs"
