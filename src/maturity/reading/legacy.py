"""Read old workbooks (`.xls`, `.xlsb`) with the help of a library in a process of its own."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from sys import getsizeof
from typing import BinaryIO, cast

import maturity
from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.cells import (
    boolean_cell,
    error_cell,
    moment_cell,
    number_cell,
    read_moment,
    text_cell,
    whole_text,
)
from maturity.reading.findings import RESAVE, Place, Task
from maturity.reading.legacy_child import CellData, Ending, Line, SheetData, answer
from maturity.reading.limits import Limits, Want
from maturity.reading.merges import note_merge_oddities
from maturity.reading.ranges import joined
from maturity.sheets import BLANK, Cell, CellRange, Sheet, Visibility

__all__ = ["read_legacy"]

_XLS_CANNOT_SHOW = frozenset(
    {"formulas", "formulas without a result", "drop-downs", "defined names", "chart sheets"}
)
_LAYOUT = frozenset({"merged cells", "hidden rows", "hidden columns"})
_XLSB_CANNOT_SHOW = _LAYOUT | {
    "error values",
    "percentages",
    "formulas",
    "formulas without a result",
    "drop-downs",
    "notes",
    "defined names",
}
# Started without site packages and the user's settings; it looks for modules where we do.
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from maturity.reading.legacy_child import main; main()"
)
_NO_PROCESSES = ("emscripten", "wasi")


def read_legacy(kind: str, data: bytes, task: Task) -> tuple[tuple[Sheet, ...], frozenset[str]]:
    """Read an old workbook.

    Args:
        kind: `xls` or `xlsb`.
        data: the file.
        task: limits, wishes and findings.

    Returns:
        Its sheets, and what this format or its library does not tell us.

    Raises:
        WorkbookError: when it is damaged, protected, asks for too much, or no reader is here.
    """
    sheets = _Sheets(task)
    with closing(_ask(kind, data, task)) as lines:
        ending = next(filter(None, map(sheets.take, lines)))
    if "error" in ending:
        raise _refusal(kind, ending, task)
    cannot_show = _XLS_CANNOT_SHOW if kind == "xls" else _XLSB_CANNOT_SHOW
    if not ending["shows_layout"]:
        cannot_show |= _LAYOUT
    task.findings.note(
        IssueCode.FILE_FORMAT_LIMITED,
        f"The workbook is in the old format .{kind}, which does not show us its "
        f"{', '.join(sorted(cannot_show))}.",
        RESAVE,
    )
    return tuple(sheets.finished()), cannot_show


def _ask(kind: str, data: bytes, task: Task) -> Generator[Line]:
    """Let the library read the file: in a child process, or here where there are none."""
    limits = task.limits
    if sys.platform not in _NO_PROCESSES:
        yield from _ask_child(kind, data, limits)
    elif kind == "xls":
        yield from answer(kind, data, limits.value_cells, limits.merged_ranges)
    else:
        yield {"error": "missing", "message": "a reader of .xlsb for the browser"}


def _ask_child(kind: str, data: bytes, limits: Limits) -> Generator[Line]:
    home = str(Path(maturity.__file__).parent.parent)
    command = [sys.executable, "-I", "-S", "-c", _START, json.dumps([home, *sys.path])]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        yield {"error": "crash", "message": str(error)}
        return
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        child.kill()

    timer = threading.Timer(limits.child_seconds, stop)
    timer.start()
    try:
        yield from _talk(child, kind, data, limits)
        # It was killed: at a limit, by a fault of the library, or because it spoke nonsense.
        child.kill()
        why = "time" if is_late.is_set() else "crash"
        yield {"error": why, "message": f"it ended with code {child.wait()}"}
    finally:
        timer.cancel()
        child.kill()
        child.wait()


def _talk(child: subprocess.Popen[bytes], kind: str, data: bytes, limits: Limits) -> Iterator[Line]:
    """Send the file, and give what comes back for as long as that makes sense."""
    settings = [
        kind,
        limits.value_cells,
        limits.merged_ranges,
        limits.child_cpu_seconds,
        limits.child_memory_bytes,
    ]
    source, target = cast("BinaryIO", child.stdout), cast("BinaryIO", child.stdin)
    with source:
        # It may be gone already, which its answer will show.
        with suppress(OSError), target:
            target.write(json.dumps(settings).encode() + b"\n")
            target.write(data)
        for line in source:
            try:
                yield cast("Line", json.loads(line))
            except ValueError:
                return


def _refusal(kind: str, ending: Ending, task: Task) -> WorkbookError:
    """Say why an old workbook could not be read."""
    error, message = ending["error"], ending["message"]
    limits, findings = task.limits, task.findings
    if error == "limit":
        return task.over(message, message.replace("value_", "").replace("_", " "))
    if error == "time":
        return findings.error(
            IssueCode.FILE_LIMIT,
            f"Reading it took longer than {limits.child_seconds:g} seconds, so it was stopped.",
            RESAVE,
        )
    if error == "memory":
        return findings.error(
            IssueCode.FILE_LIMIT, "Reading it took more memory than it may.", RESAVE
        )
    if error == "missing":
        return findings.error(
            IssueCode.FILE_READER_MISSING,
            f"It is in the old format .{kind}, and what reads that is not installed ({message}).",
            RESAVE,
        )
    if error == "password":
        return findings.error(
            IssueCode.FILE_PASSWORD,
            "The workbook is protected with a password, so it cannot be read.",
            "Save a copy without a password and send that.",
        )
    if error == "damaged":
        return findings.damaged(f"The .{kind} workbook is damaged ({message}).")
    return findings.error(
        IssueCode.FILE_READER_FAILED,
        f"The program that reads the old format .{kind} failed on it ({message}).",
        RESAVE,
    )


class _Sheets:
    """Make sheets of the lines that come.

    Args:
        task: limits, wishes and findings.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._texts: list[Cell] = []
        self._sheets: list[tuple[SheetData, dict[int, dict[int, Cell]]]] = []

    def take(self, line: Line) -> Ending | None:
        """Take a line; give it back when it is the last."""
        if isinstance(line, str):
            text = whole_text(line)
            self._task.spend("cell_memory_bytes", 160 + getsizeof(text), "bytes of text")
            self._texts.append(text_cell(text))
        elif not isinstance(line, dict):
            self._take_row(*line)
        elif "name" in line:
            sheet = cast("SheetData", line)
            self._task.spend("sheets", 1, "sheets")
            self._task.spend("merged_ranges", len(sheet["merged"]), "merged ranges")
            self._sheets.append((sheet, {}))
        else:
            return line
        return None

    def _take_row(self, number: int, cells: Sequence[CellData]) -> None:
        sheet, rows = self._sheets[-1]
        row = {}
        for cell_data in cells:
            place = Place(whole_text(sheet["name"]), number, cell_data[0])
            cell = self._cell(cell_data, place, is_1904=sheet["is_1904"])
            if cell is not BLANK:
                row[cell_data[0]] = cell
        rows[number] = row
        self._task.spend("value_cells", len(row), "cells")
        made = sum(kind in ("n", "d") for _, kind, _, _ in cells)
        memory = 250 + 90 * len(row) + 220 * made
        self._task.spend("cell_memory_bytes", memory, "bytes of cells")

    def _cell(self, data: CellData, place: Place, *, is_1904: bool) -> Cell:
        _, kind, value, shown_as = data
        if kind == "s":
            return self._texts[int(value)]
        if kind == "b":
            return boolean_cell(bool(value))
        if kind == "e":
            return error_cell(str(value))
        if kind == "n" and not isinstance(value, str):
            if not math.isfinite(value):
                self._task.refuse_cell("should be a number but is none", place)
                return BLANK
            number = int(value) if value == int(value) and abs(value) < 10**15 else value
            return number_cell(number, repr(number), shown_as, is_1904=is_1904)
        moment = read_moment(str(value))
        return text_cell(whole_text(str(value))) if moment is None else moment_cell(moment)

    def finished(self) -> Iterator[Sheet]:
        """Give the sheets."""
        return (_sheet(data, rows, self._task) for data, rows in self._sheets)


def _sheet(data: SheetData, rows: dict[int, dict[int, Cell]], task: Task) -> Sheet:
    name = whole_text(data["name"])
    merged = tuple(CellRange(*corners) for corners in data["merged"])
    if merged:
        note_merge_oddities(name, rows, merged, task.findings)
    notes = data["notes"] if Want.NOTES in task.want else []
    return Sheet(
        name=name,
        rows=rows,
        visibility=Visibility(data["visibility"]),
        is_grid=data["is_grid"],
        merged=merged,
        hidden_rows=joined((row, row) for row in data["hidden_rows"]),
        hidden_columns=joined((column, column) for column in data["hidden_columns"]),
        notes={(row, column): whole_text(text) for row, column, text in notes},
    )
