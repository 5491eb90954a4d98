"""Read old workbooks (`.xls`, `.xlsb`) with the help of a library in a process of its own."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import cast

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
from maturity.reading.legacy_child import CellData, Reply, SheetData, answer
from maturity.reading.limits import Want
from maturity.reading.merges import note_merge_oddities
from maturity.reading.number_formats import shown_as
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
    reply = _ask(kind, data, task)
    if "error" in reply:
        raise _refusal(kind, reply, task)
    cannot_show = _XLS_CANNOT_SHOW if kind == "xls" else _XLSB_CANNOT_SHOW
    if not reply["shows_layout"]:
        cannot_show |= _LAYOUT
    task.findings.note(
        IssueCode.FILE_FORMAT_LIMITED,
        f"The workbook is in the old format .{kind}, which does not show us its "
        f"{', '.join(sorted(cannot_show))}.",
        RESAVE,
    )
    task.spend("sheets", len(reply["sheets"]), "sheets")
    sheets = tuple(_sheet(sheet, reply, task) for sheet in reply["sheets"])
    return sheets, cannot_show


def _ask(kind: str, data: bytes, task: Task) -> Reply:
    """Let the library read the file: in a child process, or here where there are none."""
    if sys.platform not in _NO_PROCESSES:
        return _ask_child(kind, data, task)
    if kind == "xls":
        return answer(kind, data, task.limits.value_cells)
    return {"error": "missing", "message": "a reader of .xlsb for the browser"}


def _ask_child(kind: str, data: bytes, task: Task) -> Reply:
    limits = task.limits
    settings = [kind, limits.value_cells, limits.child_cpu_seconds, limits.child_memory_bytes]
    home = str(Path(maturity.__file__).parent.parent)
    command = [sys.executable, "-I", "-S", "-c", _START, json.dumps([home, *sys.path])]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter with our own code
            command,
            input=json.dumps(settings).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.child_seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": "time", "message": ""}
    except OSError as error:
        return {"error": "crash", "message": str(error)}
    try:
        return cast("Reply", json.loads(child.stdout))
    except ValueError:
        # It was killed: by the system at a limit, or by a fault of the library.
        return {"error": "crash", "message": f"it ended with code {child.returncode}"}


def _refusal(kind: str, reply: Reply, task: Task) -> WorkbookError:
    """Say why an old workbook could not be read."""
    error, message = reply["error"], reply["message"]
    limits, findings = task.limits, task.findings
    if error == "cells":
        return task.over("value_cells", "cells")
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


def _sheet(data: SheetData, reply: Reply, task: Task) -> Sheet:
    name = whole_text(data["name"])
    rows: dict[int, dict[int, Cell]] = {}
    for number, cells in data["rows"]:
        row = {}
        for cell_data in cells:
            place = Place(name, number, cell_data[0])
            cell = _cell(cell_data, place, task, is_1904=reply["is_1904"])
            if cell is not BLANK:
                row[cell_data[0]] = cell
        rows[number] = row
        task.spend("value_cells", len(row), "cells")
    merged = tuple(CellRange(*corners) for corners in data["merged"])
    task.spend("merged_ranges", len(merged), "merged ranges")
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


def _cell(data: CellData, place: Place, task: Task, *, is_1904: bool) -> Cell:
    _, kind, value, code = data
    if kind == "b":
        return boolean_cell(bool(value))
    if kind == "e":
        return error_cell(str(value))
    if kind == "n" and not isinstance(value, str):
        if not math.isfinite(value):
            task.refuse_cell("should be a number but is none", place)
            return BLANK
        number = int(value) if value == int(value) and abs(value) < 10**15 else value
        return number_cell(number, repr(number), shown_as(code), is_1904=is_1904)
    if kind == "d":
        moment = read_moment(str(value))
        if moment is not None:
            return moment_cell(moment)
    return text_cell(whole_text(str(value)))
