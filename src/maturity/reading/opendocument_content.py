"""Follow the content of an OpenDocument spreadsheet element by element.

Rows and cells that repeat are counted, not copied: a blank one repeated to the end of the sheet
costs nothing, and a value repeated without reason is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from sys import getsizeof

from maturity.reading.cells import LONGEST_TEXT, MalformedCellError, error_cell, text_cell
from maturity.reading.findings import Place, Task
from maturity.reading.limits import Want
from maturity.reading.opendocument_names import OFFICE, STYLE, TABLE, TEXT, repeat, typed_cell
from maturity.reading.xml_parts import Attributes, PartHandler
from maturity.sheets import Cell, CellRange, CellState

__all__ = ["ContentHandler", "Table"]

_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_ERROR = re.compile(r"#[A-Z0-9/!?_]{2,20}[!?]?|Err:[0-9]{3}")
_IN_LIST = re.compile(r"cell-content-is-in-list\((.*)\)", re.DOTALL)
_LIST_WORD = re.compile(r'"((?:[^"]|"")*)"')
_TABLE_NAMES = {
    f"{TABLE} {tag}": tag
    for tag in (
        "table", "table-row", "table-column", "content-validation", "named-range",
        "named-expression", "shapes",
    )
}  # fmt: skip
_TEXT_NAMES = {f"{TEXT} {tag}": tag for tag in ("p", "s", "tab", "line-break", "h", "ruby-text")}
_HIDDEN = ("collapse", "filter")
_ACROSS = "number-columns-repeated"
_ACROSS_NAME = f"{TABLE} {_ACROSS}"
_SAYS_NOTHING = frozenset({_ACROSS_NAME, f"{TABLE} style-name"})
_CELLS = frozenset({f"{TABLE} table-cell", f"{TABLE} covered-table-cell"})


@dataclass(slots=True)
class Table:
    """One sheet while it is being read."""

    name: str
    style: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[CellRange] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    drop_downs: dict[str, list[CellRange]] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


class ContentHandler(PartHandler):
    """Gather the sheets of the part that holds them all."""

    def __init__(self, task: Task, part: str) -> None:
        super().__init__(task, part)
        self.is_spreadsheet = False
        self.tables: list[Table] = []
        self.hidden_styles: set[str] = set()
        self.lists: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.names: dict[str, str] = {}
        self._family = ""
        self._table: Table | None = None
        self._next_row = self._next_column = self._next_cell = 1
        self._row: dict[int, Cell] = {}
        self._row_repeat = 1
        self._cell_depth = self._text_depth = self._skip_depth = 0
        self._note_depth = 0
        self._cell_elements = 0
        self._attributes: Attributes = {}
        self._is_covered = False
        self._paragraphs: list[str] = []
        self._note: list[str] = []

    # --- elements ------------------------------------------------------------------------------

    def opened(self, name: str, attributes: Attributes) -> None:
        """Act on an element's start, by where it stands."""
        depth = self.depth
        if self._skip_depth:
            return
        if self._cell_depth:
            self._open_in_cell(name, attributes)
            return
        if name in _CELLS and self._table is not None:
            self._open_cell(name, attributes)
            return
        tag = _TABLE_NAMES.get(name)
        if self._table is not None:
            self._open_in_table(tag, attributes)
        elif tag == "table" and depth == 4 and self.is_spreadsheet:
            self.task.spend("sheets", 1, "sheets")
            self._table = Table(
                attributes.get(f"{TABLE} name", ""), attributes.get(f"{TABLE} style-name", "")
            )
            self._next_row = self._next_column = 1
        elif depth == 3 and name == f"{OFFICE} spreadsheet":
            self.is_spreadsheet = True
        else:
            self._open_outside(name, tag, attributes)

    def _open_outside(self, name: str, tag: str | None, attributes: Attributes) -> None:
        if name == f"{STYLE} style":
            self._family = attributes.get(f"{STYLE} name", "")
        elif name == f"{STYLE} table-properties":
            if attributes.get(f"{TABLE} display") == "false":
                self._keep(self._family, "styles")
                self.hidden_styles.add(self._family)
        elif tag == "content-validation" and Want.DROP_DOWNS in self.task.want:
            self._add_list(attributes)
        elif tag in ("named-range", "named-expression") and Want.DEFINED_NAMES in self.task.want:
            formula = attributes.get(f"{TABLE} cell-range-address") or attributes.get(
                f"{TABLE} expression", ""
            )
            self._keep(formula, "defined names")
            self.names[attributes.get(f"{TABLE} name", "")] = _formula(formula)

    def _open_in_table(self, tag: str | None, attributes: Attributes) -> None:
        if tag == "table-row":
            self._row = {}
            self._next_cell = 1
            self._row_repeat = repeat(attributes, "number-rows-repeated")
            if attributes.get(f"{TABLE} visibility") in _HIDDEN:
                last = self._next_row + self._row_repeat - 1
                self._this.hidden_rows.append((self._next_row, min(last, _LAST_ROW)))
        elif tag == "table-column":
            count = repeat(attributes, "number-columns-repeated")
            if attributes.get(f"{TABLE} visibility") in _HIDDEN:
                last = min(self._next_column + count - 1, _LAST_COLUMN)
                self._this.hidden_columns.append((self._next_column, last))
            self._next_column += count
        elif tag in ("shapes", "table"):
            self._skip_depth = self.depth

    def _open_cell(self, name: str, attributes: Attributes) -> None:
        self._cell_depth = self.depth
        self._attributes = attributes
        self._is_covered = "covered" in name
        if self._paragraphs:
            self._paragraphs = []
        if self._note:
            self._note = []
        self._cell_elements += 1

    def _open_in_cell(self, name: str, attributes: Attributes) -> None:
        tag = _TEXT_NAMES.get(name)
        if self._text_depth:
            if tag == "s":
                count = attributes.get(f"{TEXT} c", "1")
                if count.isascii() and count.isdigit():
                    spaces = min(int(count[:9]), LONGEST_TEXT)
                    self.task.spend("cell_memory_bytes", 8 * spaces, "bytes of text")
                    self._append("\0" * spaces)
            elif tag == "tab":
                self._append("\1")
            elif tag == "line-break":
                self._append("\2")
            elif tag == "ruby-text":
                self._skip()
        elif tag in ("p", "h"):
            self._text_depth = self.depth
            self.text.clear()
            self.parser.CharacterDataHandler = self.text.append
        elif name == f"{OFFICE} annotation":
            self._note_depth = self.depth
        elif not self._note_depth and not name.startswith(TEXT):
            self._skip()

    def _append(self, mark: str) -> None:
        # Marks that XML cannot hold stand for spaces that white space rules must not collapse.
        self.text.append(mark)

    def _skip(self) -> None:
        self._skip_depth = self.depth
        self.parser.CharacterDataHandler = None

    def closed(self, name: str) -> None:
        """Act on an element's end, by what is open."""
        depth = self.depth
        if self._skip_depth:
            if depth == self._skip_depth:
                self._skip_depth = 0
                if self._text_depth:
                    self.parser.CharacterDataHandler = self.text.append
        elif self._cell_depth:
            self._close_in_cell(depth)
        elif self._table is not None:
            self._close_in_table(name, depth)

    def _close_in_cell(self, depth: int) -> None:
        if depth == self._text_depth:
            self._text_depth = 0
            self.parser.CharacterDataHandler = None
            (self._note if self._note_depth else self._paragraphs).append(_spaced(self.text))
        elif depth == self._note_depth:
            self._note_depth = 0
        elif depth == self._cell_depth:
            self._cell_depth = 0
            self._add_cell()

    def _close_in_table(self, name: str, depth: int) -> None:
        tag = _TABLE_NAMES.get(name)
        if tag == "table-row":
            self._add_row()
        elif tag == "table" and depth == 4:
            self.tables.append(self._this)
            self._table = None

    @property
    def _this(self) -> Table:
        if self._table is None:  # pragma: no cover - only called while a table is open
            raise self._malformed("a row without a sheet")
        return self._table

    # --- cells ---------------------------------------------------------------------------------

    def _add_cell(self) -> None:
        attributes = self._attributes
        count = repeat(attributes, _ACROSS) if _ACROSS_NAME in attributes else 1
        first, self._next_cell = self._next_cell, self._next_cell + count
        # Formatted but blank cells come by the million, and are passed over here.
        if self._paragraphs or not _SAYS_NOTHING.issuperset(attributes):
            self._add_value(attributes, first, count)
        if self._note and Want.NOTES in self.task.want:
            note = "\n".join(self._note)
            self._keep(note, "notes")
            self._this.notes[self._next_row, first] = note

    def _add_value(self, attributes: Attributes, first: int, count: int) -> None:
        place = Place(self._this.name, min(self._next_row, _LAST_ROW), min(first, _LAST_COLUMN))
        cell = self._make(attributes, place)
        last = first + count - 1
        if cell.state is not CellState.BLANK:
            self._check_place(last, place)
            # Before it is done: a value repeated a million times is refused, not stored.
            self.task.spend("value_cells", count * self._row_repeat, "cells")
            self.task.spend("cell_memory_bytes", 90 * count + 200, "bytes of cells")
            for column in range(first, last + 1):
                self._row[column] = cell
        self._add_extras(attributes, CellRange(self._next_row, first, self._next_row, last))

    def _check_place(self, last: int, place: Place) -> None:
        if last > _LAST_COLUMN or self._next_row + self._row_repeat - 1 > _LAST_ROW:
            raise self.task.over_sheet(place)

    def _make(self, attributes: Attributes, place: Place) -> Cell:
        kind = attributes.get(f"{OFFICE} value-type", "")
        has_formula = f"{TABLE} formula" in attributes
        shown = "\n".join(self._paragraphs)
        if not kind and not self._paragraphs:
            return Cell(
                CellState.UNCALCULATED if has_formula else CellState.BLANK, is_formula=has_formula
            )
        is_error = attributes.get(_CALC_TYPE) == "error"
        if is_error or (has_formula and kind in ("string", "") and _ERROR.fullmatch(shown)):
            return error_cell(shown)._replace(is_formula=has_formula)
        try:
            cell = typed_cell(kind, attributes, shown)
        except MalformedCellError as error:
            self.task.refuse_cell(str(error), place)
            return Cell(CellState.BLANK)
        if cell is None:
            text = attributes.get(f"{OFFICE} string-value", shown)
            cell = text_cell(text)
            self.task.spend("cell_memory_bytes", getsizeof(text), "bytes of text")
        return cell._replace(is_formula=True) if has_formula else cell

    def _add_extras(self, attributes: Attributes, places: CellRange) -> None:
        columns = repeat(attributes, "number-columns-spanned")
        rows = repeat(attributes, "number-rows-spanned")
        row, first, _, last = places
        if rows * columns > 1 and not self._is_covered:
            self.task.spend("merged_ranges", 1, "merged ranges")
            end = min(row + rows - 1, _LAST_ROW), min(first + columns - 1, _LAST_COLUMN)
            self._this.merged.append(CellRange(row, first, *end))
        want = self.task.want
        if Want.FORMULAS in want and f"{TABLE} formula" in attributes:
            formula = _formula(attributes[f"{TABLE} formula"])
            self._keep(formula, "formulas")
            self._this.formulas[row, first] = formula
        validation = attributes.get(f"{TABLE} content-validation-name")
        if Want.DROP_DOWNS in want and validation is not None:
            bottom = min(row + self._row_repeat - 1, _LAST_ROW)
            allowed = CellRange(row, first, bottom, min(last, _LAST_COLUMN))
            self._keep(validation, "drop-down lists")
            _extend(self._this.drop_downs.setdefault(validation, []), allowed)

    def _keep(self, text: str, what: str) -> None:
        """Count the memory of something that is kept beside the cells."""
        self.task.spend("cell_memory_bytes", 400 + getsizeof(text), f"bytes of {what}")

    def _add_row(self) -> None:
        if self._row:
            self.task.spend("cell_memory_bytes", 90 + 250 * self._row_repeat, "bytes of rows")
            for number in range(self._next_row, self._next_row + self._row_repeat):
                self._this.rows[number] = self._row
        self._next_row += self._row_repeat

    def _add_list(self, attributes: Attributes) -> None:
        condition = attributes.get(f"{TABLE} condition", "")
        match = _IN_LIST.search(condition)
        if match is not None:
            words = tuple(word.replace('""', '"') for word in _LIST_WORD.findall(match[1]))
            self._keep(match[1] * 8, "drop-down lists")
            self.lists[attributes.get(f"{TABLE} name", "")] = (match[1], words)

    def check_limits(self) -> None:
        """Keep the limit on cells written, too."""
        super().check_limits()
        self.task.spend("cell_elements", self._cell_elements, "cells, blank ones included")
        self._cell_elements = 0


def _spaced(pieces: list[str]) -> str:
    """Join the pieces of a paragraph by OpenDocument's rules on white space."""
    text = _WHITE_SPACE.sub(" ", "".join(pieces)).strip(" ")
    return text.replace("\0", " ").replace("\1", "\t").replace("\2", "\n")


def _formula(written: str) -> str:
    """Take the language mark and the equals sign off a formula."""
    return re.sub(r"^[a-z]+:=|^=", "", written)


def _extend(ranges: list[CellRange], allowed: CellRange) -> None:
    """Add a range to those above it, joining it to the last where it continues that."""
    for index in range(len(ranges) - 1, max(len(ranges) - 17, -1), -1):
        above = ranges[index]
        if above[1::2] == allowed[1::2] and above.last_row + 1 == allowed.first_row:
            ranges[index] = above._replace(last_row=allowed.last_row)
            return
    ranges.append(allowed)
