"""Run in a process of its own: let a library read an old workbook, and hand back plain data.

Those libraries were not written for hostile files: one can abort its whole process, the other can
loop for minutes. Here that harms nobody. Nothing of theirs leaves: only text, numbers and lists.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypedDict, cast

__all__ = ["Reply", "SheetData", "answer", "main", "read_xls", "read_xlsb"]

# A cell: column, kind (`n` number, `t` text, `b` boolean, `e` error, `d` moment), value, format.
CellData = tuple[int, str, str | float | bool, str]
_VISIBILITIES = {0: "visible", 1: "hidden", 2: "very hidden"}
_XLS_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


class SheetData(TypedDict):
    """One sheet as plain data; all numbers count from 1."""

    name: str
    visibility: str
    is_grid: bool
    rows: list[tuple[int, list[CellData]]]
    merged: list[tuple[int, int, int, int]]
    hidden_rows: list[int]
    hidden_columns: list[int]
    notes: list[tuple[int, int, str]]


class Reply(TypedDict, total=False):
    """What the process says: either sheets, or what went wrong."""

    sheets: list[SheetData]
    is_1904: bool
    shows_layout: bool
    error: str
    message: str


class TooManyCellsError(Exception):
    """The workbook holds more cells than it may."""


class _Note(Protocol):
    text: str


class _Hideable(Protocol):
    hidden: int


class _XlsSheet(Protocol):
    name: str
    nrows: int
    visibility: int
    merged_cells: Sequence[tuple[int, int, int, int]]
    rowinfo_map: Mapping[int, _Hideable]
    colinfo_map: Mapping[int, _Hideable]
    cell_note_map: Mapping[tuple[int, int], _Note]

    def row_types(self, row: int) -> Sequence[int]: ...
    def row_values(self, row: int) -> Sequence[str | float]: ...
    def cell_xf_index(self, row: int, column: int) -> int: ...


class _Format(Protocol):
    format_str: str


class _Style(Protocol):
    format_key: int


class _XlsBook(Protocol):
    datemode: int
    formatting_info: bool
    format_map: Mapping[int, _Format]
    xf_list: Sequence[_Style]

    def sheets(self) -> Sequence[_XlsSheet]: ...


class _XlsbSheet(Protocol):
    start: tuple[int, int] | None

    def to_python(self) -> list[list[object]]: ...


class _SheetMetadata(Protocol):
    name: str
    visible: object
    typ: object


class _XlsbBook(Protocol):
    sheets_metadata: Sequence[_SheetMetadata]

    def get_sheet_by_name(self, name: str) -> _XlsbSheet: ...


def read_xls(data: bytes, most_cells: int) -> Reply:
    """Read an `.xls` workbook through xlrd.

    Args:
        data: the file.
        most_cells: how many cells may hold something.
    """
    import xlrd  # noqa: PLC0415 - loaded in the child only

    def opened(*, formatting_info: bool) -> _XlsBook:
        log = io.StringIO()
        return cast(
            "_XlsBook",
            xlrd.open_workbook(
                file_contents=data, logfile=log, formatting_info=formatting_info, ragged_rows=True
            ),
        )

    try:
        book = opened(formatting_info=True)
    except (AssertionError, IndexError, KeyError, NotImplementedError, TypeError, ValueError):
        # Its reading of styles is the frail part; values are worth having without them.
        book = opened(formatting_info=False)
    left = most_cells
    sheets = []
    for sheet in book.sheets():
        sheets.append(_xls_sheet(book, sheet, left))
        left -= sum(len(cells) for _, cells in sheets[-1]["rows"])
    return {
        "sheets": sheets,
        "is_1904": book.datemode == 1,
        "shows_layout": bool(book.formatting_info),
    }


def _xls_sheet(book: _XlsBook, sheet: _XlsSheet, most_cells: int) -> SheetData:
    rows: list[tuple[int, list[CellData]]] = []
    for row in range(sheet.nrows):
        cells = list(_xls_cells(book, sheet, row))
        most_cells -= len(cells)
        if most_cells < 0:
            raise TooManyCellsError
        if cells:
            rows.append((row + 1, cells))
    return {
        "name": sheet.name,
        "visibility": _VISIBILITIES.get(sheet.visibility, "visible"),
        "is_grid": True,
        "rows": rows,
        "merged": [
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ],
        "hidden_rows": [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden],
        "hidden_columns": [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden],
        "notes": [
            (row + 1, column + 1, note.text) for (row, column), note in sheet.cell_note_map.items()
        ],
    }


def _xls_cells(book: _XlsBook, sheet: _XlsSheet, row: int) -> Iterator[CellData]:
    types, values = sheet.row_types(row), sheet.row_values(row)
    for column, (kind, value) in enumerate(zip(types, values, strict=True)):
        if kind == 1:
            yield column + 1, "t", value, ""
        elif kind in (2, 3):
            code = "General"
            if book.formatting_info:
                style = book.xf_list[sheet.cell_xf_index(row, column)]
                code = book.format_map[style.format_key].format_str
            elif kind == 3:
                code = "yyyy-mm-dd hh:mm"
            yield column + 1, "n", value, code
        elif kind == 4:
            yield column + 1, "b", bool(value), ""
        elif kind == 5:
            yield column + 1, "e", _XLS_ERRORS.get(int(value), f"#ERROR {int(value)}"), ""


def read_xlsb(data: bytes, most_cells: int) -> Reply:
    """Read an `.xlsb` workbook through python-calamine.

    Args:
        data: the file.
        most_cells: how many cells may hold something.
    """
    import python_calamine  # noqa: PLC0415 - loaded in the child only

    book = cast("_XlsbBook", python_calamine.load_workbook(io.BytesIO(data)))
    left = most_cells
    sheets: list[SheetData] = []
    for metadata in book.sheets_metadata:
        is_grid = "worksheet" in str(metadata.typ).lower()
        rows = _xlsb_rows(book.get_sheet_by_name(metadata.name), left) if is_grid else []
        left -= sum(len(cells) for _, cells in rows)
        visibility = str(metadata.visible).rpartition(".")[2].lower()
        sheets.append(
            {
                "name": metadata.name,
                "visibility": {"veryhidden": "very hidden"}.get(visibility, visibility),
                "is_grid": is_grid,
                "rows": rows,
                "merged": [],
                "hidden_rows": [],
                "hidden_columns": [],
                "notes": [],
            }
        )
    return {"sheets": sheets, "is_1904": False, "shows_layout": False}


def _xlsb_rows(sheet: _XlsbSheet, most_cells: int) -> list[tuple[int, list[CellData]]]:
    top, left = sheet.start or (0, 0)
    rows: list[tuple[int, list[CellData]]] = []
    for number, values in enumerate(sheet.to_python(), start=top + 1):
        cells = [
            (column, *_xlsb_value(value))
            for column, value in enumerate(values, start=left + 1)
            if value != ""
        ]
        most_cells -= len(cells)
        if most_cells < 0:
            raise TooManyCellsError
        if cells:
            rows.append((number, cells))
    return rows


def _xlsb_value(value: object) -> tuple[str, str | float | bool, str]:
    if isinstance(value, bool):
        return "b", value, ""
    if isinstance(value, int | float):
        return "n", value, "General"
    if isinstance(value, datetime.date | datetime.time):
        return "d", value.isoformat(), ""
    if isinstance(value, datetime.timedelta):
        return "n", value.total_seconds() / 86_400, "[h]:mm:ss"
    return "t", str(value), ""


def answer(kind: str, data: bytes, most_cells: int) -> Reply:
    """Read a workbook, and say what went wrong where it cannot be read.

    Args:
        kind: `xls` or `xlsb`.
        data: the file.
        most_cells: how many cells may hold something.
    """
    try:
        return read_xls(data, most_cells) if kind == "xls" else read_xlsb(data, most_cells)
    except TooManyCellsError:
        return {"error": "cells", "message": ""}
    except MemoryError:
        return {"error": "memory", "message": ""}
    except ImportError as error:
        return {"error": "missing", "message": error.name or ""}
    except Exception as error:  # a library's fault is an answer, not our bug
        message = f"{type(error).__name__}: {error}"
        kind = "password" if "encrypted" in message.lower() else "damaged"
        return {"error": kind, "message": message[:300]}


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    """Ask the system to stop this process when it takes too much, where the system can."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_AS, memory_bytes)):
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):  # macOS knows some limits by name only
            continue


def main() -> None:
    """Read one workbook from standard input and write the reply to standard output."""
    kind, most_cells, cpu_seconds, memory_bytes = json.loads(sys.stdin.buffer.readline())
    _limit(cpu_seconds, memory_bytes)
    reply = answer(kind, sys.stdin.buffer.read(), most_cells)
    sys.stdout.buffer.write(json.dumps(reply).encode("ascii"))
