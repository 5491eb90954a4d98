"""Run in a process of its own: let a library read an old workbook, and hand back plain data.

Those libraries were not written for hostile files: one can abort its whole process, the other can
loop for minutes. Here that harms nobody. Nothing of theirs leaves: only text, numbers and lists.
They leave piece by piece, each text once, so that neither side ever holds all of it.
"""

from __future__ import annotations

import datetime
import io
import json
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypedDict, cast

from maturity.reading.number_formats import shown_as

__all__ = ["Ending", "Line", "RowData", "SheetData", "answer", "main", "read_xls", "read_xlsb"]

# A cell: column, kind (`n` number, `s` number of a text, `b` boolean, `e` error, `d` moment; `t`, a
# text, never leaves), value, and how its format shows it.
CellData = tuple[int, str, str | float | bool, str]
RowData = tuple[int, list[CellData]]
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
    """One sheet as plain data, without its rows, which follow; all numbers count from 1."""

    name: str
    visibility: str
    is_grid: bool
    is_1904: bool
    merged: list[tuple[int, int, int, int]]
    hidden_rows: list[int]
    hidden_columns: list[int]
    notes: list[tuple[int, int, str]]


class Ending(TypedDict, total=False):
    """What the process says last: whether it saw what hides and joins cells, or what went wrong."""

    shows_layout: bool
    error: str
    message: str


# A text stands before the first row that uses it; the ending comes last.
Line = SheetData | RowData | Ending | str


class TooMuchError(Exception):
    """The workbook holds more cells or merged ranges than it may; `limit` names which."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class _Teller:
    """Tell of sheets and rows, of each text once, and count.

    Args:
        most_cells: how many cells and notes there may be.
        most_merged: how many merged ranges.
    """

    def __init__(self, most_cells: int, most_merged: int) -> None:
        self._cells_left = most_cells
        self._merged_left = most_merged
        self._texts: dict[str, int] = {}

    def sheet(self, sheet: SheetData) -> SheetData:
        """Tell of a sheet."""
        self._merged_left -= len(sheet["merged"])
        if self._merged_left < 0:
            raise TooMuchError("merged_ranges")
        self._count(len(sheet["notes"]))
        return sheet

    def row(self, number: int, cells: Iterable[CellData]) -> Iterator[Line]:
        """Tell of a row that is not empty, and first of texts that were not told yet."""
        told: list[CellData] = []
        for cell in cells:
            column, kind, value, _ = cell
            if kind != "t":
                told.append(cell)
                continue
            text = str(value)
            if text not in self._texts:
                yield text
            told.append((column, "s", self._texts.setdefault(text, len(self._texts)), ""))
        self._count(len(told))
        if told:
            yield number, told

    def _count(self, cells: int) -> None:
        self._cells_left -= cells
        if self._cells_left < 0:
            raise TooMuchError("value_cells")


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
    format_str: str | None


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


def read_xls(data: bytes, teller: _Teller) -> Iterator[Line]:
    """Read an `.xls` workbook through xlrd.

    Args:
        data: the file.
        teller: what makes lines of it.
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
    except (
        AssertionError, IndexError, KeyError, NotImplementedError, TypeError, ValueError,
        struct.error,
    ):  # fmt: skip
        # Its reading of styles is the frail part; values are worth having without them.
        book = opened(formatting_info=False)
    for sheet in book.sheets():
        yield teller.sheet(_xls_sheet(book, sheet))
        for row in range(sheet.nrows):
            yield from teller.row(row + 1, _xls_cells(book, sheet, row))
    yield {"shows_layout": bool(book.formatting_info)}


def _xls_sheet(book: _XlsBook, sheet: _XlsSheet) -> SheetData:
    return {
        "name": sheet.name,
        "visibility": _VISIBILITIES.get(sheet.visibility, "visible"),
        "is_grid": True,
        "is_1904": book.datemode == 1,
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
                code = book.format_map[style.format_key].format_str or "General"
            elif kind == 3:
                code = "yyyy-mm-dd hh:mm"
            yield column + 1, "n", value, shown_as(code)
        elif kind == 4:
            yield column + 1, "b", bool(value), ""
        elif kind == 5:
            yield column + 1, "e", _XLS_ERRORS.get(int(value), f"#ERROR {int(value)}"), ""


def read_xlsb(data: bytes, teller: _Teller) -> Iterator[Line]:
    """Read an `.xlsb` workbook through python-calamine.

    Args:
        data: the file.
        teller: what makes lines of it.
    """
    import python_calamine  # noqa: PLC0415 - loaded in the child only

    book = cast("_XlsbBook", python_calamine.load_workbook(io.BytesIO(data)))
    for metadata in book.sheets_metadata:
        is_grid = "worksheet" in str(metadata.typ).lower()
        visibility = str(metadata.visible).rpartition(".")[2].lower()
        yield {
            "name": metadata.name,
            "visibility": {"veryhidden": "very hidden"}.get(visibility, visibility),
            "is_grid": is_grid,
            "is_1904": False,
            "merged": [],
            "hidden_rows": [],
            "hidden_columns": [],
            "notes": [],
        }
        if is_grid:
            yield from _xlsb_rows(book.get_sheet_by_name(metadata.name), teller)
    yield {"shows_layout": False}


def _xlsb_rows(sheet: _XlsbSheet, teller: _Teller) -> Iterator[Line]:
    top, left = sheet.start or (0, 0)
    for number, values in enumerate(sheet.to_python(), start=top + 1):
        cells: Iterator[CellData] = (
            (column, *_xlsb_value(value))
            for column, value in enumerate(values, start=left + 1)
            if value != ""
        )
        yield from teller.row(number, cells)


def _xlsb_value(value: object) -> tuple[str, str | float | bool, str]:
    if isinstance(value, bool):
        return "b", value, ""
    if isinstance(value, int | float):
        return "n", value, ""
    if isinstance(value, datetime.date | datetime.time):
        return "d", value.isoformat(), ""
    if isinstance(value, datetime.timedelta):
        return "n", value.total_seconds() / 86_400, "duration"
    return "t", str(value), ""


def answer(kind: str, data: bytes, most_cells: int, most_merged: int) -> Iterator[Line]:
    """Read a workbook, and say what went wrong where it cannot be read.

    Args:
        kind: `xls` or `xlsb`.
        data: the file.
        most_cells: how many cells may hold something.
        most_merged: how many merged ranges there may be.
    """
    try:
        yield from (read_xls if kind == "xls" else read_xlsb)(
            data, _Teller(most_cells, most_merged)
        )
    except TooMuchError as error:
        yield {"error": "limit", "message": error.limit}
    except MemoryError:
        yield {"error": "memory", "message": ""}
    except ImportError as error:
        yield {"error": "missing", "message": error.name or ""}
    except Exception as error:  # a library's fault is an answer, not our bug
        message = f"{type(error).__name__}: {error}"
        kind = "password" if "encrypted" in message.lower() else "damaged"
        yield {"error": kind, "message": message[:300]}


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
    """Read one workbook from standard input and write a line of JSON for each piece of it."""
    settings = json.loads(sys.stdin.buffer.readline())
    kind, most_cells, most_merged, cpu_seconds, memory_bytes = settings
    _limit(cpu_seconds, memory_bytes)
    output = sys.stdout.buffer
    for line in answer(kind, sys.stdin.buffer.read(), most_cells, most_merged):
        output.write(json.dumps(line).encode("ascii") + b"\n")
    output.flush()
