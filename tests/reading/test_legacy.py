"""Old workbooks: read in a process of their own, which may fail, hang or grow without harm."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import types
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from packed_workbooks import pack, rows

from maturity.errors import WorkbookError
from maturity.reading import legacy, legacy_child
from maturity.reading.findings import Findings, Task
from maturity.reading.grid import Limits, Want, read_workbook
from maturity.reading.legacy import read_legacy
from maturity.reading.limits import DEFAULT_LIMITS
from maturity.sheets import CellState, Visibility


def _record(number: int, body: bytes = b"") -> bytes:
    """Make one record of a binary workbook: number and length in groups of seven bits."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length = len(body)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    return head + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


_BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_OVERRIDE = f'<Override PartName="/xl/workbook.bin" ContentType="{_BINARY}"/>'
_DEFAULT = f'<Default Extension="bin" ContentType="{_BINARY}"/>'


def _xlsb(first_row: int = 2, declared: str = _OVERRIDE) -> bytes:
    """Pack a binary workbook with a hidden sheet: a number, a text and a truth value."""
    cells = [(5, struct.pack("<d", 2.5)), (6, _wide("Yes")), (4, b"\1"), (3, b"\x2a")]
    row = _record(0, struct.pack("<L", first_row) + b"\0" * 13) + b"".join(
        _record(kind, struct.pack("<LL", column, 0) + value)
        for column, (kind, value) in enumerate(cells, start=1)
    )
    size = struct.pack("<4L", first_row, first_row, 1, len(cells))
    sheet = _record(129) + _record(148, size) + _record(145) + row + _record(146) + _record(130)
    listed = _record(156, struct.pack("<LL", 1, 1) + _wide("rId1") + _wide("Data"))
    book = _record(131) + _record(143) + listed + _record(144) + _record(132)
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    types_ = "http://schemas.openxmlformats.org/package/2006/content-types"
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{types_}">{declared}</Types>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{links}"><Relationship '
            f'Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


@pytest.fixture
def xls(shared: Path) -> bytes:
    """Give a real old workbook."""
    return (shared / "annex-a/returns/988-marlow-cross-legacy.xls").read_bytes()


def test_xls_is_read_with_dates_and_says_what_it_cannot_show(xls: bytes) -> None:
    """Cells as in any other format, and one note on the format."""
    book = read_workbook(xls, name="a.xls", want=tuple(Want))
    assert book.format == "xls"
    sheet = book.sheets[2]
    assert sheet.cell(5, 8).raw == "2 - Developing"
    assert sheet.cell(6, 9) == (CellState.NUMBER, 3, "3", "", None, False)
    assert (sheet.cell(5, 15).raw, sheet.cell(5, 15).shown_as) == ("2026-09-30", "date")
    (note,) = book.issues
    assert note.code.value == "file-format-limited"
    assert "formulas" in book.cannot_show
    assert all(word in note.message for word in book.cannot_show)


def test_stream_in_capitals_is_found(xls: bytes) -> None:
    """Names in the old container are the same in either case."""
    small, large = ("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le"))
    assert small in xls
    assert len(read_workbook(xls.replace(small, large), name="a.xls").sheets) > 2


@pytest.mark.parametrize("declared", [_OVERRIDE, _DEFAULT, ""])
def test_xlsb_is_read_and_says_what_it_cannot_show(declared: str) -> None:
    """Its library shows values and little else; Excel declares the type by extension only."""
    book = read_workbook(_xlsb(declared=declared), name="a.xlsb")
    assert book.format == "xlsb"
    (sheet,) = book.sheets
    assert (sheet.name, sheet.visibility) == ("Data", Visibility.HIDDEN)
    assert rows(sheet) == {"B3": "2.5", "C3": "Yes", "D3": "TRUE"}
    assert {"error values", "merged cells"} <= book.cannot_show
    assert [issue.code.value for issue in book.issues] == ["file-format-limited"]


def _task(**limits: float) -> Task:
    return Task(Findings("book"), Limits(**limits))  # type: ignore[arg-type] # whole where whole


def _refusal(kind: str, data: bytes, task: Task) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_legacy(kind, data, task)
    return caught.value.issues[0].code.value


@pytest.mark.parametrize("kind", ["xls", "xlsb"])
def test_damaged_old_workbook_is_refused(kind: str) -> None:
    """Whatever its library says."""
    assert _refusal(kind, b"\xd0\xcf\x11\xe0 no workbook", _task()) == "file-damaged"


def test_stream_of_a_very_old_workbook_is_recognised() -> None:
    """Before Excel 5 there was no container around it; this one is cut short."""
    with pytest.raises(WorkbookError, match=r"old format|damaged"):
        read_workbook(b"\x09\x00\x04\x00\x02\x00\x10\x00")


def test_old_workbook_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is killed, and what comes out is an error."""
    monkeypatch.setattr(legacy, "_START", "while True: pass")
    assert _refusal("xls", b"", _task(child_seconds=0.3)) == "file-limit"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps these limits reliably")
@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("import os; os.abort()", "file-reader-failed"),
        ("print('{')", "file-reader-failed"),
        ("while True: pass", "file-reader-failed"),
        ("bytearray(10**10)", "file-reader-failed"),
    ],
)
def test_process_that_fails_costs_only_this_file(
    monkeypatch: pytest.MonkeyPatch, act: str, code: str
) -> None:
    """An abort, nonsense, endless work and endless memory all end in an error."""
    start = (
        "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
        f"from maturity.reading.legacy_child import _limit; _limit(1, 10**9)\n{act}"
    )
    monkeypatch.setattr(legacy, "_START", start)
    assert _refusal("xls", b"", _task()) == code


def test_process_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems allow none."""
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert _refusal("xls", b"", _task()) == "file-reader-failed"


def _told(kind: str, data: bytes, most_cells: int = 1000) -> list[object]:
    """Give all that the process says of a file."""
    return list(legacy_child.answer(kind, data, most_cells, 10))


def test_old_workbook_with_too_many_cells_is_refused(xls: bytes) -> None:
    """The limit holds in the child, before anything is sent."""
    assert _refusal("xls", xls, _task(value_cells=100)) == "file-limit"
    assert _told("xls", xls, 100)[-1] == {"error": "limit", "message": "value_cells"}
    assert _told("xlsb", _xlsb(), 2)[-1] == {"error": "limit", "message": "value_cells"}
    assert _refusal("xlsb", _xlsb(), _task(value_cells=2)) == "file-limit"


def test_browser_reads_xls_in_process_and_refuses_xlsb(
    monkeypatch: pytest.MonkeyPatch, xls: bytes
) -> None:
    """There are no processes, and no reader of .xlsb."""
    monkeypatch.setattr(sys, "platform", "emscripten")

    def no_process(*_: object, **__: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr(subprocess, "Popen", no_process)
    sheets, _ = read_legacy("xls", xls, _task())
    assert sheets[2].cell(5, 8).raw == "2 - Developing"
    assert _refusal("xlsb", _xlsb(), _task()) == "file-reader-missing"


def _answer_with(monkeypatch: pytest.MonkeyPatch, *lines: object) -> None:
    """Let the process say something."""

    def ask(*_: object) -> Iterator[object]:
        yield from lines

    monkeypatch.setattr(legacy, "_ask", ask)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ({"error": "memory", "message": ""}, "file-limit"),
        ({"error": "missing", "message": "xlrd"}, "file-reader-missing"),
        ({"error": "password", "message": ""}, "file-password"),
        ({"error": "crash", "message": "it ended with code -6"}, "file-reader-failed"),
    ],
)
def test_answer_of_the_process_becomes_an_error(
    monkeypatch: pytest.MonkeyPatch, reply: dict[str, str], code: str
) -> None:
    """Each has its code and remedy."""
    _answer_with(monkeypatch, reply)
    assert _refusal("xls", b"", _task()) == code


CELLS = [
    (1, "n", 2.0, ""),
    (2, "n", 2.5, "percent"),
    (3, "b", True, ""),
    (4, "e", "#N/A", ""),
    (5, "d", "2024-02-01", ""),
    (6, "d", "P1D", ""),
    (7, "s", 0, ""),
    (8, "s", 1, ""),
]
SHEET = {
    "name": "S",
    "visibility": "very hidden",
    "is_grid": True,
    "is_1904": False,
    "merged": [(1, 1, 1, 2)],
    "hidden_rows": [1, 2],
    "hidden_columns": [3],
    "notes": [(1, 1, "note")],
}
ENDING = {"shows_layout": False}


def test_plain_data_becomes_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent makes the cells, by the same rules as for other formats."""
    _answer_with(monkeypatch, SHEET, "a\ud83d", "", (1, CELLS), ENDING)
    task = Task(Findings("book"), DEFAULT_LIMITS, {Want.NOTES})
    (sheet,), cannot_show = read_legacy("xls", b"", task)
    raws = [sheet.cell(1, column).raw for column in range(1, 9)]
    assert raws == ["2", "2.5", "TRUE", "#N/A", "2024-02-01", "P1D", "a�", ""]
    assert sheet.cell(1, 2).shown_as == "percent"
    assert sheet.cell(1, 8).state is CellState.EMPTY_TEXT
    assert (sheet.hidden_rows, sheet.hidden_columns) == (((1, 2),), ((3, 3),))
    assert sheet.visibility is Visibility.VERY_HIDDEN
    assert sheet.notes == {(1, 1): "note"}
    assert "hidden rows" in cannot_show
    assert [issue.code.value for issue in task.findings.close()][1:] == ["cell-covered"]


def test_number_that_is_none_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old files can hold what no cell shows."""
    _answer_with(monkeypatch, SHEET, (1, [(1, "n", float("nan"), "")]), ENDING)
    task = _task()
    read_legacy("xls", b"", task)
    with pytest.raises(WorkbookError, match="S'!A1"):
        task.findings.close()


@pytest.mark.parametrize(
    ("limit", "most"),
    [("sheets", 0), ("merged_ranges", 0), ("value_cells", 7), ("cell_memory_bytes", 300)],
)
def test_limits_hold_while_the_process_speaks(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """However much it says, no more of it is kept than from any other file."""
    _answer_with(monkeypatch, SHEET, "text", "", (1, CELLS), ENDING)
    assert _refusal("xls", b"", _task(**{limit: most})) == "file-limit"


def test_many_cells_with_one_long_text_take_it_once() -> None:
    """Otherwise a small file could fill the memory with copies."""
    lines = list(legacy_child._Teller(9, 9).row(1, [(c, "t", "x" * 9000, "") for c in (1, 2)]))
    assert lines == ["x" * 9000, (1, [(1, "s", 0, ""), (2, "s", 0, "")])]


def test_too_many_merged_ranges_are_not_sent() -> None:
    """They are counted where they are read."""
    with pytest.raises(legacy_child.TooMuchError, match="merged_ranges"):
        legacy_child._Teller(9, 0).sheet(SHEET)  # type: ignore[arg-type] # of the same shape


class _FakeBook:
    """What xlrd hands out, as far as it is used."""

    datemode = 0
    format_map: Mapping[int, object] = {0: types.SimpleNamespace(format_str=None)}
    xf_list = (types.SimpleNamespace(format_key=0),)

    def __init__(self, *, formatting_info: bool = False) -> None:
        self.formatting_info = formatting_info
        hidden = types.SimpleNamespace(hidden=1)
        self.sheet = types.SimpleNamespace(
            name="S",
            nrows=2,
            visibility=9,
            merged_cells=[(0, 1, 0, 2)],
            rowinfo_map={0: hidden},
            colinfo_map={1: hidden},
            cell_note_map={(0, 0): types.SimpleNamespace(text="note")},
            cell_xf_index=lambda row, column: 0,
            row_types=lambda row: [[1, 2, 3, 4, 5, 5, 0], []][row],
            row_values=lambda row: [["x", 2.0, 45292.0, 1, 0x2A, 99, ""], []][row],
        )

    def sheets(self) -> list[types.SimpleNamespace]:
        """Give the only sheet."""
        return [self.sheet]


def test_xls_whose_styles_cannot_be_read_gives_its_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is asked again, without them; a date is still one."""
    asked = []

    def open_workbook(*, formatting_info: bool, **_: object) -> _FakeBook:
        asked.append(formatting_info)
        if formatting_info:
            raise IndexError
        return _FakeBook()

    monkeypatch.setitem(sys.modules, "xlrd", types.SimpleNamespace(open_workbook=open_workbook))
    sheet, text, row, ending = legacy_child.answer("xls", b"", 10, 10)
    assert asked == [True, False]
    assert (text, row) == (
        "x",
        (
            1,
            [
                (1, "s", 0, ""),
                (2, "n", 2.0, ""),
                (3, "n", 45292.0, "datetime"),
                (4, "b", True, ""),
                (5, "e", "#N/A", ""),
                (6, "e", "#ERROR 99", ""),
            ],
        ),
    )
    assert isinstance(sheet, dict)
    assert sheet.get("merged") == [(1, 1, 1, 2)]
    assert ending == {"shows_layout": False}


def test_number_format_without_a_text_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library gives none for some that a file does not spell out."""

    def open_workbook(**_: object) -> _FakeBook:
        return _FakeBook(formatting_info=True)

    monkeypatch.setitem(sys.modules, "xlrd", types.SimpleNamespace(open_workbook=open_workbook))
    _, _, row, _ = legacy_child.answer("xls", b"", 10, 10)
    assert isinstance(row, tuple)
    assert row[1][1:3] == [(2, "n", 2.0, ""), (3, "n", 45292.0, "")]


@pytest.mark.parametrize(
    ("fault", "error"),
    [(MemoryError(), "memory"), (ImportError(name="xlrd"), "missing"),
     (ValueError("Workbook is encrypted"), "password"), (RuntimeError("x"), "damaged")],
)  # fmt: skip
def test_fault_of_a_library_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, error: str
) -> None:
    """The process says what went wrong, and lives."""

    def open_workbook(**_: object) -> None:
        raise fault

    monkeypatch.setitem(sys.modules, "xlrd", types.SimpleNamespace(open_workbook=open_workbook))
    ((ending),) = _told("xls", b"")
    assert isinstance(ending, dict)
    assert ending["error"] == error


def test_blank_rows_of_xlsb_are_left_out() -> None:
    """Its library fills what lies between with empty texts."""
    sheet = types.SimpleNamespace(start=None, to_python=lambda: [["", ""], ["", 1.0]])
    rows_ = legacy_child._xlsb_rows(sheet, legacy_child._Teller(9, 9))
    assert list(rows_) == [(2, [(2, "n", 1.0, "")])]


def test_values_of_xlsb_become_plain_data() -> None:
    """Dates as ISO text, durations as days."""
    import datetime

    values = [True, 2.5, 3, datetime.date(2024, 2, 1), datetime.timedelta(hours=36), "x"]
    assert [legacy_child._xlsb_value(value) for value in values] == [
        ("b", True, ""),
        ("n", 2.5, ""),
        ("n", 3, ""),
        ("d", "2024-02-01", ""),
        ("n", 1.5, "duration"),
        ("t", "x", ""),
    ]


class _Stream(io.BytesIO):
    """Standard input or output, as far as it is used."""

    @property
    def buffer(self) -> _Stream:
        """The stream of bytes below."""
        return self


def test_process_reads_settings_and_file_and_writes_plain_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One line of settings, then the file; lines of JSON come back."""
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setitem(
        sys.modules,
        "resource",
        types.SimpleNamespace(
            RLIMIT_CPU=0, RLIMIT_AS=1, setrlimit=lambda *limit: limits.append(limit)
        ),
    )
    output = _Stream()
    monkeypatch.setattr(sys, "stdin", _Stream(b'["xlsb", 10, 9, 5, 6]\n' + _xlsb()))
    monkeypatch.setattr(sys, "stdout", output)
    legacy_child.main()
    assert limits == [(0, (5, 5)), (1, (6, 6))]
    lines = list(map(json.loads, output.getvalue().splitlines()))
    assert lines[0]["name"] == "Data"
    assert lines[1:] == [
        "Yes",
        [3, [[2, "n", 2.5, ""], [3, "s", 0, ""], [4, "b", True, ""]]],
        {"shows_layout": False},
    ]


def test_system_without_limits_reads_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none; macOS refuses some."""
    monkeypatch.setitem(sys.modules, "resource", None)
    legacy_child._limit(1, 1)

    def refuse(*_: object) -> None:
        raise ValueError

    fake = types.SimpleNamespace(RLIMIT_CPU=0, RLIMIT_AS=1, setrlimit=refuse)
    monkeypatch.setitem(sys.modules, "resource", fake)
    legacy_child._limit(1, 1)
