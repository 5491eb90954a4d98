"""The same cells as openpyxl and python-calamine see, over every shared workbook.

Where they differ, the difference is one of those listed in `_openpyxl` and `_calamine`, each with
its reason; any other fails the test.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from maturity.reading.grid import read_workbook
from maturity.sheets import Cell, CellState, Workbook, cell_name

FOLDERS = ("annex-a/returns", "workbooks")


def _files(shared: Path, *endings: str) -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((shared / folder).iterdir())]
    return [path for path in found if path.suffix in endings]


def _places(book: Workbook) -> Iterator[tuple[str, int, int, Cell]]:
    for sheet in book.sheets:
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                yield sheet.name, row, column, cell


def _day(value: object) -> object:
    """Make a date and time at midnight a date, as both are written alike in a file."""
    is_midnight = isinstance(value, datetime.datetime) and value.time() == datetime.time()
    return value.date() if is_midnight and isinstance(value, datetime.datetime) else value


def _is_day_zero(cell: Cell) -> bool:
    return cell.shown_as == "date" and cell.value == 0 and cell.moment is None


def _openpyxl(cell: Cell) -> object:
    """Say what openpyxl makes of a cell.

    - A blank, an empty text and a formula without a result are all None.
    - A date or time is a moment; we keep the number, with the moment.
    - Day 0 shown as a date, which is no day, is midnight.
    """
    if _is_day_zero(cell):
        return datetime.time()
    if cell.state in (CellState.BLANK, CellState.EMPTY_TEXT, CellState.UNCALCULATED):
        return None
    if cell.moment is not None:
        return _day(cell.moment)
    return cell.value


def _calamine(cell: Cell) -> object:
    """Say what python-calamine makes of a cell.

    - A blank, an empty text, a formula without a result and an error are all empty texts.
    - Every number is a float, or a moment; day 0 is midnight, as above.
    """
    if _is_day_zero(cell):
        return datetime.time()
    if cell.moment is not None:
        return _day(cell.moment)
    if cell.state in (CellState.NUMBER, CellState.TEXT, CellState.BOOLEAN):
        return cell.value
    return ""


def test_openpyxl_sees_the_same_cells(shared: Path) -> None:
    """No cell more, none less, the same values."""
    compared = 0
    for path in _files(shared, ".xlsx"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that it drops
            theirs = openpyxl.load_workbook(path, data_only=True)
        book = read_workbook(path)
        assert [sheet.name for sheet in book.sheets] == theirs.sheetnames
        ours = {(sheet, row, column): _openpyxl(cell) for sheet, row, column, cell in _places(book)}
        expected = {
            (sheet.title, cell.row, cell.column): _day(cell.value)
            for sheet in theirs.worksheets
            for cells in sheet.iter_rows()
            for cell in cells
            if cell.value is not None
        }
        assert {place: value for place, value in ours.items() if value is not None} == expected
        for sheet in book.sheets:
            merged = {str(cells) for cells in sheet.merged}
            assert merged == {str(cells) for cells in theirs[sheet.name].merged_cells.ranges}
            hidden = {row for row, size in theirs[sheet.name].row_dimensions.items() if size.hidden}
            assert {row for row in hidden if not sheet.is_row_hidden(row)} == set()
        compared += len(expected)
    assert compared > 10_000


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_calamine_sees_the_same_cells(shared: Path, ending: str) -> None:
    """The same values in three formats, read by code that shares nothing with ours."""
    compared = 0
    for path in _files(shared, ending):
        theirs = python_calamine.load_workbook(path)
        book = read_workbook(path)
        assert [sheet.name for sheet in book.sheets] == theirs.sheet_names
        expected = {
            (name, row, column): _day(value)
            for name in theirs.sheet_names
            for row, values in enumerate(
                theirs.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
            )
            for column, value in enumerate(values, start=1)
            if value != ""
        }
        ours = {
            (sheet, row, column): _calamine(cell)
            for sheet, row, column, cell in _places(book)
            if _calamine(cell) != ""
        }
        different = {
            f"{place[0]}!{cell_name(place[1], place[2])}": (ours.get(place), expected.get(place))
            for place in ours.keys() | expected.keys()
            if ours.get(place) != expected.get(place)
        }
        assert different == {}, path.name
        compared += len(expected)
    assert compared > 500
