"""Follow a sheet of an Office Open XML workbook element by element: the general of two ways."""

from __future__ import annotations

import re
from sys import getsizeof

from maturity.issues import IssueCode, Severity
from maturity.reading.cells import CellMaker, MalformedCellError, Oddity
from maturity.reading.findings import Place, Task
from maturity.reading.limits import Want
from maturity.reading.ooxml_extras import DropDownCollector
from maturity.reading.ooxml_names import is_true, main_tags
from maturity.reading.ooxml_plain_rows import PlainRows
from maturity.reading.ranges import hidden_between, joined, parse_range
from maturity.reading.xml_parts import Attributes, PartHandler
from maturity.sheets import (
    Cell,
    CellRange,
    CellState,
    DropDown,
    cell_name,
    column_number,
)

__all__ = ["SheetHandler"]

_TAGS = main_tags(
    (
        "worksheet",
        "sheetData",
        "row",
        "c",
        "v",
        "f",
        "is",
        "t",
        "r",
        "col",
        "mergeCell",
        "sheetFormatPr",
    )
)
_CELL_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_MOST_USUAL = 6  # attributes
_MOST_OF_ROW = 12
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
# Equal numbers and short answers are shared; a longer text is hardly ever met twice.
_LONGEST_SHARED = 12
_MOST_SHARED = 50_000


class SheetHandler(PartHandler):
    """Gather the cells of a sheet and what hides or joins them.

    Args:
        task: the reading that this is part of.
        part: the part's name.
        sheet: the sheet's name.
        maker: what makes the cells.

    Attributes:
        rows: row number → column number → cell.
        merged: the merged ranges.
        hidden_rows: the hidden rows' numbers.
        shown_rows: the numbers of the other rows that are written.
        hidden_columns: ranges (first, last) of hidden columns.
        formulas: (row, column) → formula, when asked for.
        lists: what gathers the drop-down lists, when asked for.
    """

    def __init__(self, task: Task, part: str, sheet: str, maker: CellMaker) -> None:
        super().__init__(task, part, sheet)
        self.sheet = sheet
        self.maker = maker
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[CellRange] = []
        self.hidden_rows: list[int] = []
        self.shown_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.formulas: dict[tuple[int, int], str] = {}
        self.is_worksheet = False
        self.in_data = False
        self._hides_by_default = False
        self.lists = DropDownCollector(self) if Want.DROP_DOWNS in task.want else None
        self._wants_formulas = Want.FORMULAS in task.want
        self._shared: dict[tuple[str, str, str, bool], Cell] = {}
        self._is_disordered = False
        self._row_number = 0
        self._column = 0
        self._row: dict[int, Cell] = {}
        self._child = ""
        self._in_row = self._in_cell = self._in_run = False
        self._counts = [0, 0, 0, 0]
        self._row_suffix = ""
        self._columns: dict[str, int] = {}
        self._attributes: Attributes = {}
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None

    # --- following the elements ----------------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        """Meet an element's start. This is `PartHandler.start` without a second call: it is hot."""
        depth = self.depth = self.depth + 1
        count = len(attributes)
        # More attributes than programs give to cells or rows are counted, since each takes time.
        is_usual = count <= _MOST_USUAL or (depth == 3 and count <= _MOST_OF_ROW)
        self.elements += 1 if is_usual else count
        if depth > self.most_deep or count > self.most_attributes:
            raise self.too_much()
        tag = _TAGS.get(name)
        if not self.in_data:
            self.elements += count
            self._open_outside(tag, attributes)
            if self.lists is not None:
                self.lists.opened(name, attributes)
        elif depth == 4:
            if tag == "c" and self._in_row:
                self._open_cell(attributes)
        elif depth == 3:
            if tag == "row":
                self._open_row(attributes)
        elif self._in_cell:
            self._open_in_cell(tag, attributes)

    def end(self, name: str) -> None:
        """Meet an element's end."""
        depth = self.depth
        self.depth = depth - 1
        if not self.in_data:
            if self.lists is not None:
                self.lists.closed(name, depth)
        elif depth > 4:
            if self._in_cell:
                self._close_in_cell(depth)
        elif depth == 4:
            if self._in_cell:
                self._in_cell = False
                self._store()
        elif depth == 3:
            self._in_row = False
        else:
            self.in_data = False

    def _open_outside(self, tag: str | None, attributes: Attributes) -> None:
        depth = self.depth
        if depth == 1:
            self.is_worksheet = tag == "worksheet"
        elif depth == 2:
            self.in_data = tag == "sheetData" and self.is_worksheet
            if tag == "sheetFormatPr":
                self._hides_by_default = is_true(attributes.get("zeroHeight"))
        elif depth == 3 and tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif depth == 3 and tag == "col" and is_true(attributes.get("hidden")):
            self._hide_columns(attributes)

    def _open_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        number = self._row_number + 1
        if written is not None:
            number = int(written) if _ROW_NUMBER.fullmatch(written.strip()) else _LAST_ROW + 1
        if number > _LAST_ROW:
            raise self.task.findings.damaged(
                f'The workbook is damaged: a row has the number "{(written or "")[:40]}", and a '
                f"sheet has {_LAST_ROW:,} rows.",
                self.place,
            )
        self._is_disordered = self._is_disordered or number <= self._row_number
        self._row_number = number
        self._row_suffix = str(number)
        self._column = 0
        self._row = self.rows.get(number) or {}
        self._in_row = True
        (self.hidden_rows if is_true(attributes.get("hidden")) else self.shown_rows).append(number)

    def _open_cell(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._value = self._inline = self._formula = None
        self._in_cell = True
        self._counts[0] += 1
        name = attributes.get("r")
        self._cell_row = self._row_number
        if name is None:
            column = self._column + 1
        else:
            # Nearly every name is one of the row's, and many a column is met again.
            letters = name.removesuffix(self._row_suffix)
            column = 0 if letters == name else self._columns.get(letters, 0)
            column = column or self._named_column(name)
        if column > _LAST_COLUMN or self._cell_row > _LAST_ROW:
            raise self.task.findings.damaged(
                f"The workbook is damaged: a cell of row {self._row_number} is called "
                f'"{(name or "")[:40]}", which no cell can be.',
                self.place,
            )
        self._is_disordered = self._is_disordered or column <= self._column
        self._column = column

    def _named_column(self, name: str) -> int:
        """Take a cell's name apart; give its column, one beyond the last where it is no name."""
        match = _CELL_NAME.fullmatch(name.strip())
        if match is None:
            return _LAST_COLUMN + 1
        column = column_number(match[1])
        if int(match[2]) != self._row_number:
            self._cell_row = self._other_row(int(match[2]), name)
        elif column <= _LAST_COLUMN:
            self._columns[match[1]] = column
        return column

    def _other_row(self, row: int, name: str) -> int:
        self._is_disordered = True
        self.task.findings.note(
            IssueCode.FILE_ODD,
            f"Cell {name} is written in row {self._row_number}; it was read as {name}.",
            "Check it in the workbook.",
            Place(self.sheet, row, column_number(name.strip().rstrip("0123456789"))),
        )
        return row

    def _open_in_cell(self, tag: str | None, attributes: Attributes) -> None:
        depth = self.depth
        if depth == 5:
            self._child = tag if tag in ("v", "f", "is") else ""
            self._in_run = False
            self.text.clear()
            if self._child in ("v", "f"):
                self.parser.CharacterDataHandler = self.text.append
        elif self._child == "is":
            if depth == 6:
                self._in_run = tag == "r"
            if tag == "t" and (depth == 6 or (depth == 7 and self._in_run)):
                self.parser.CharacterDataHandler = self.text.append

    def _close_in_cell(self, depth: int) -> None:
        # Whatever ends inside a value or formula is foreign to it; its text still counts there.
        if depth > 5:
            if self._child == "is":
                self.parser.CharacterDataHandler = None
            return
        self.parser.CharacterDataHandler = None
        child, text = self._child, "".join(self.text)
        self._child = ""
        if child == "v":
            self._value = text
        elif child == "f":
            self._formula = text
        elif child == "is":
            self._inline = text

    # --- making cells --------------------------------------------------------------------------

    def _store(self) -> None:
        if self._value is None and self._inline is None and self._formula is None:
            return  # formatted only: there may be millions
        cell = self._make()
        if self._formula is not None and self._wants_formulas:
            self._keep_formula(self._formula)
        if cell.state is CellState.BLANK:
            return
        self._counts[1] += 1
        row = self._row
        if self._cell_row != self._row_number:
            row = self.rows.setdefault(self._cell_row, {})
        elif not row:
            self.rows[self._row_number] = row
            self._counts[3] += 1
        if self._column in row:
            self._note_duplicate(row[self._column], cell)
        row[self._column] = cell

    def _keep_formula(self, formula: str) -> None:
        memory = 250 + getsizeof(formula)
        self.task.spend("cell_memory_bytes", memory, "bytes of formulas")
        self.formulas[self._cell_row, self._column] = formula

    def _make(self) -> Cell:
        kind, style = self._attributes.get("t", "n"), self._attributes.get("s", "0")
        written = self._value
        if self._inline is not None and (kind == "inlineStr" or written is None):
            kind, written = "inlineStr", self._inline
        has_formula = self._formula is not None
        is_shared = written is not None and len(written) <= _LONGEST_SHARED
        key = (kind, style, written or "", has_formula)
        if is_shared and key in self._shared:
            return self._shared[key]
        try:
            cell = self.maker.make(kind, style, written, has_formula=has_formula)
        except MalformedCellError as error:
            self.task.refuse_cell(str(error), self._here(), written)
            return Cell(CellState.BLANK)
        self._counts[2] += cell.state is not CellState.BLANK
        if self.maker.oddities:
            self._note_oddities(written)
        elif is_shared and len(self._shared) < _MOST_SHARED:
            self._shared[key] = cell
        return cell

    def _here(self) -> Place:
        return Place(self.sheet, self._cell_row, self._column)

    def _note_oddities(self, written: str | None) -> None:
        for oddity in self.maker.oddities:
            severity = Severity.NOTE if oddity is Oddity.STYLE else Severity.QUERY
            self.task.findings.note(
                IssueCode.CELL_ODD,
                f"The cell {oddity.value}.",
                "Check it in the workbook.",
                self._here(),
                severity=severity,
                raw=written,
            )
        self.maker.oddities.clear()

    def _note_duplicate(self, first: Cell, second: Cell) -> None:
        name = cell_name(self._cell_row, self._column)
        is_same = first == second
        self.task.findings.note(
            IssueCode.CELL_DUPLICATE,
            f'The file holds {name} twice: first "{first.raw[:80]}", then "{second.raw[:80]}". '
            "The last one was kept.",
            "Open the workbook in Excel, check this cell and save a copy as .xlsx.",
            self._here(),
            severity=Severity.QUERY if is_same else Severity.ERROR,
            raw=second.raw,
        )

    # --- around the cells ----------------------------------------------------------------------

    def _merge(self, reference: str) -> None:
        merged = parse_range(reference)
        self.task.spend("merged_ranges", 1, "merged ranges")
        if merged is not None:
            self.merged.append(merged)
            return
        self.task.findings.note(
            IssueCode.FILE_ODD,
            f'A merged range is written as "{reference[:40]}", which is no range; it was left out.',
            "Check the merged cells of this sheet.",
            self.place,
        )

    def _hide_columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal() and len(first) < 10 and len(last) < 10:
            self.task.spend("cell_memory_bytes", 150, "bytes of hidden columns")
            self.hidden_columns.append((int(first), min(int(last), _LAST_COLUMN)))

    def check_limits(self) -> None:
        """Keep the limits on cells, too."""
        super().check_limits()
        self.spend_cells(*self._counts)
        self._counts = [0, 0, 0, 0]

    def spend_cells(self, elements: int, values: int, new: int, rows: int) -> None:
        """Count cells written, cells that hold something, cells made for them, and rows."""
        self.task.spend("cell_elements", elements, "cells, blank ones included")
        self.task.spend("value_cells", values, "cells")
        memory = 90 * values + 220 * new + 250 * rows + self.maker.text_bytes
        self.maker.text_bytes = 0
        self.task.spend("cell_memory_bytes", memory, "bytes of cells")

    @property
    def last_row(self) -> int:
        """The number of the last row so far."""
        return self._row_number

    def adopt(self, plain: PlainRows) -> None:
        """Take rows that were matched instead of followed, and that follow those so far."""
        self.is_worksheet = True
        self.hidden_rows += plain.hidden
        self.shown_rows += plain.shown
        self.rows |= plain.rows
        self._row_number = plain.last
        self.spend_cells(plain.cell_elements, plain.value_cells, plain.new_cells, len(plain.rows))

    def finish(self) -> None:
        """Bring everything into order once the part has ended."""
        if not self.is_worksheet:
            raise self.task.findings.damaged(
                f'The workbook is damaged: its part "{self.part}" should be a sheet but is not.',
                self.place,
            )
        if self._is_disordered:
            self._sort()

    def _sort(self) -> None:
        self.rows = {
            number: dict(sorted(self.rows[number].items())) for number in sorted(self.rows)
        }
        self.task.findings.note(
            IssueCode.FILE_ODD,
            "The rows or cells of the sheet are not stored in order; they were put in order.",
            "Nothing needs to be done, if the sheet looks right in Excel.",
            self.place,
        )

    def drop_downs(self) -> tuple[DropDown, ...]:
        """Give the drop-down lists, when asked for."""
        return () if self.lists is None else tuple(self.lists.found)

    def hidden_row_ranges(self) -> tuple[tuple[int, int], ...]:
        """Give the hidden rows as ranges."""
        if self._hides_by_default:
            return hidden_between(self.shown_rows, _LAST_ROW)
        return joined((number, number) for number in self.hidden_rows)
