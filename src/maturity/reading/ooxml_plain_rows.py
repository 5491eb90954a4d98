"""Match the rows of a plainly written sheet in C: the fast one of two ways to the same cells.

Almost every real sheet is written plainly: UTF-8, no prefixes, no comments, rows and cells in order
and each with its name. In well-formed XML a `<` only ever starts a tag, so regular expressions can
take such rows apart without doubt. Every byte has to match; anything else is left to the general
way (`ooxml_sheet_handler`), which gives the same cells; the tests compare them. The grammar is
strict, so that what it matches is well-formed; row tags and all around them still go through the
parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import lt
from typing import Any, cast

from maturity.reading.cells import CellMaker, MalformedCellError
from maturity.reading.plain_xml import is_clean, plain_newlines, unescape
from maturity.sheets import Cell, CellState, column_number

__all__ = ["PlainCells", "PlainRows", "read_plain_rows"]

_MOST_KNOWN = 50_000  # cells that are kept to be shared with those to come
_LONGEST_KNOWN = 200  # characters
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384

# Name, row, and the number of a shared text; or what is behind the name up to the tag's end, the
# start of a formula's tag, and the value up to the cell's end. After the `>` that is taken for a
# tag's end comes a `<`, at once or behind text without one, so it was not in quotes. The formula
# itself is passed over: hardly two cells have the same one, but many have the same result.
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"'
    r'(?:(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v></c>'  # nearly every cell of a return
    r"|([^<>]*>)(?:(?<!/>)"
    r"(?:<f((?: [^<>]*)?)(?:(?<=/)>|(?<!/)>[^<]*</f>))?"
    r"((?:<v(?: [^<>]*)?>[^<]*</v>|<v/>|<is><t[^<>]*>[^<]*</t></is>)?"
    r"</c>))?)"
)
_GROUPS = 1 + _CELL.groups
_REST = re.compile(
    r'((?: [a-z]+="[^"<>&\t\n]*")*) ?(?:/>|>'
    r'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|(<v/>)'
    r'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?'
    r"</c>)"
)
_FORMULA_REST = re.compile(r'(?: [a-z0-9A-Z]+="[^"<>&\t\n]*")*/?')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9]+)="([^"]*)"')
_CELL_ATTRIBUTES = frozenset({"s", "t", "cm", "vm", "ph"})
_FORMULA_ATTRIBUTES = frozenset(
    {"t", "ref", "si", "ca", "aca", "dt2D", "dtr", "del1", "del2", "r1", "r2", "bx"}
)
# From one row to the next: nearly every gap between two cells that is not empty.
_NEXT_ROW = re.compile(r'</row><row r="([1-9][0-9]{0,6})"((?:[^<>]*[^<>/])?)>')
_ROW_TAG = re.compile(r'</row>|<row r="([1-9][0-9]{0,6})"([^<>]*?)(/?)>')
_ROW_REST = re.compile(r'(?: [A-Za-z:0-9]+="[^"<>]*")*')
_ROW_HIDDEN = re.compile(r' hidden="([^"]*)"')


class _NotPlainError(Exception):
    """The sheet is written in a way that only the general reader follows."""


class PlainRows:
    """What was matched.

    Attributes:
        rows: row number → column number → cell, ascending, without blanks.
        hidden: the hidden rows' numbers, ascending.
        shown: the numbers of the other rows that are written, ascending.
        cell_elements: how many cells were written, blank ones included.
        value_cells: how many of them hold something.
        new_cells: how many of those share no object with another.
        last: the number of the last row; at first, of the last one before these.
    """

    def __init__(self, last: int = 0) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden: list[int] = []
        self.shown: list[int] = []
        self.cell_elements = 0
        self.value_cells = 0
        self.new_cells = 0
        self.last = last
        self._kinds: dict[str, list[int]] = {}

    def add(self, number: int, rest: str) -> None:
        """Add a row by its number and its other attributes as written."""
        if not self.last < number <= _LAST_ROW:
            raise _NotPlainError
        self.last = number
        numbers = self._kinds.get(rest)
        if numbers is None:
            if _ROW_REST.fullmatch(rest) is None or "xmlns" in rest:
                raise _NotPlainError
            hidden = _ROW_HIDDEN.search(rest)
            if hidden is None or hidden[1] in ("0", "false"):
                numbers = self.shown
            elif hidden[1] in ("1", "true"):
                numbers = self.hidden
            else:
                raise _NotPlainError
            self._kinds[rest] = numbers
        numbers.append(number)

    def row_tags(self) -> bytes:
        """Give a row of each kind, for the parser to say whether it is well-formed."""
        return "".join(f'<row r="1"{rest}/>' for rest in self._kinds).encode()


class _Columns(dict[str, int]):
    """Letters → column number, worked out once each."""

    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        return number


_COLUMNS = _Columns()


class PlainCells(dict[str, "Cell | None"]):
    """The rest of a cell as written → the cell, or None when it is blank. Equal cells are shared.

    Args:
        maker: what makes the cells.

    Attributes:
        strings: the cells of the workbook's shared texts.
        made: how many cells were made, blank ones apart.
        known_outsides: what stood around the rows of other sheets, where it was well-formed and
            nothing in it mattered. Sheets made from one template often have it in common.
    """

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self._maker = maker
        self.strings = maker.strings
        self.made = 0
        self._results: dict[str, Cell] = {}
        self._attributes: dict[str, dict[str, str]] = {}
        self._formula_attributes: set[str] = set()
        self.known_outsides: set[bytes] = set()

    def __missing__(self, rest: str) -> Cell | None:
        cell = self._read(rest)
        found = None if cell.state is CellState.BLANK else cell
        self.made += found is not None
        # A long text is hardly ever met twice, and would take memory until the end.
        if len(rest) <= _LONGEST_KNOWN:
            self[rest] = found
        return found

    def of_formula(self, attributes: str, rest: str) -> Cell:
        """Give the cell of a formula.

        Args:
            attributes: those of the formula as written.
            rest: the rest of the cell without the formula.
        """
        cell = self._results.get(rest)
        if cell is None or attributes not in self._formula_attributes:
            self._check_formula(attributes)
            cell = self._read(rest, has_formula=True)
            self.made += 1
            if len(rest) <= _LONGEST_KNOWN:
                self._results[rest] = cell
        return cell

    def forget(self) -> None:
        """Keep no more cells than is useful."""
        if len(self) + len(self._results) > _MOST_KNOWN:
            self.clear()
            self._results.clear()

    def _check_formula(self, attributes: str) -> None:
        named = _named(attributes)
        known = _FORMULA_ATTRIBUTES.issuperset(named)
        if not known or _FORMULA_REST.fullmatch(attributes) is None:
            raise _NotPlainError
        if len(self._formula_attributes) < _MOST_KNOWN:
            self._formula_attributes.add(attributes)

    def _read(self, rest: str, *, has_formula: bool = False) -> Cell:
        match = _REST.fullmatch(rest)
        if match is None:
            raise _NotPlainError
        attributes, value, empty_value, inline = match.groups()
        named = self._attributes.get(attributes)
        if named is None:
            named = _named(attributes)
            if not _CELL_ATTRIBUTES.issuperset(named):
                raise _NotPlainError
            if len(self._attributes) < _MOST_KNOWN:
                self._attributes[attributes] = named
        kind, style = named.get("t", "n"), named.get("s", "0")
        if empty_value is not None:
            value = ""
        if inline is not None:
            kind, value = "inlineStr", inline
        return self._make(kind, style, value, has_formula=has_formula)

    def _make(self, kind: str, style: str, value: str | None, *, has_formula: bool) -> Cell:
        written = None if value is None else unescape(value)
        try:
            cell = self._maker.make(kind, style, written, has_formula=has_formula)
        except MalformedCellError as error:
            raise _NotPlainError from error
        if self._maker.oddities:
            self._maker.oddities.clear()
            raise _NotPlainError
        return cell


def _named(attributes: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(attributes)
    named = dict(pairs)
    if len(named) < len(pairs):  # which no XML may hold; the parser says so better
        raise _NotPlainError
    return named


def read_plain_rows(data: bytes, cells: PlainCells, last: int = 0) -> PlainRows | None:
    """Read the content of a `sheetData` element, if it is written plainly.

    Args:
        data: what stands between the element's tags, in UTF-8.
        cells: the cells met so far in this workbook.
        last: the number of the last row before these.

    Returns:
        The rows; None when they are not plain, or may not be well-formed.
    """
    data = plain_newlines(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if not is_clean(data, text):
        return None
    cells.forget()
    before = cells.made
    try:
        found = _read(text, cells, PlainRows(last))
    except _NotPlainError:
        return None
    found.new_cells = cells.made - before
    return found


def _read(text: str, cells: PlainCells, found: PlainRows) -> PlainRows:
    parts = _CELL.split(text)
    gaps, letters, numbers = parts[::_GROUPS], parts[1::_GROUPS], parts[2::_GROUPS]
    values = _values(parts, cells)
    columns = list(map(_COLUMNS.__getitem__, letters))
    if columns and max(columns) > _LAST_COLUMN:
        raise _NotPlainError
    found.cell_elements = len(values)
    found.value_cells = len(values) - values.count(None)
    has_blanks = found.value_cells < len(values)
    expected: list[str] = []
    steps_back = 0
    is_open = False
    written = ""
    starts = [index for index, gap in enumerate(gaps) if gap]
    for start, end in pairwise((*starts, len(values))):
        gap = gaps[start]
        match = _NEXT_ROW.fullmatch(gap) if is_open else None
        if match is None:
            written, is_open = _read_gap(gap, written, found, is_open=is_open)
        else:
            written = match[1]
            found.add(int(written), match[2])
        if start == end:
            continue
        expected += [written if is_open else ""] * (end - start)
        steps_back += start > 0 and columns[start - 1] >= columns[start]
        row = dict(zip(columns[start:end], values[start:end], strict=True))
        if has_blanks:
            row = {column: cell for column, cell in row.items() if cell is not None}
        if row:
            found.rows[found.last] = cast("dict[int, Cell]", row)
    # Each cell names its row, and columns ascend but from one row to the next.
    ascends = list(map(lt, columns, columns[1:]))
    if is_open or numbers != expected or ascends.count(False) != steps_back:
        raise _NotPlainError
    return found


def _values(parts: Sequence[Any], cells: PlainCells) -> list[Cell | None]:
    strings = cells.strings
    written = zip(
        parts[3::_GROUPS], parts[4::_GROUPS], parts[5::_GROUPS], parts[6::_GROUPS], strict=True
    )
    try:
        return [
            strings[int(index)]
            if index is not None
            else cells[head]
            if tail is None
            else cells[head + tail]
            if formula is None
            else cells.of_formula(formula, head + tail)
            for index, head, formula, tail in written
        ]
    except IndexError as error:
        raise _NotPlainError from error


def _read_gap(gap: str, written: str, found: PlainRows, *, is_open: bool) -> tuple[str, bool]:
    """Read the row tags between two cells.

    Returns:
        The number of the last row opened, as written, and whether it is still open.
    """
    position = 0
    for match in _ROW_TAG.finditer(gap):
        number, rest, closes = match.groups()
        if match.start() != position or (number is None) is not is_open:
            raise _NotPlainError
        position = match.end()
        is_open = number is not None and not closes
        if number is not None:
            written = number
            found.add(int(number), rest)
    if position != len(gap):
        raise _NotPlainError
    return written, is_open
