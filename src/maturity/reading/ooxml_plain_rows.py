"""Match the rows of a plainly written sheet in C: the fast one of two ways to the same cells.

Almost every real sheet is written plainly: UTF-8, no prefixes, no comments, rows and cells in order
and each with its name. In well-formed XML a `<` only ever starts a tag, so regular expressions can
take such rows apart without doubt. Every byte has to match; anything else is left to the general
way (`ooxml_sheet`). Expat still parses all of it, and refuses what is not well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import lt
from typing import NamedTuple

from maturity.reading.cells import CellMaker, MalformedCellError
from maturity.reading.plain_xml import unescape
from maturity.sheets import Cell, CellState, column_number

__all__ = ["PlainCells", "PlainRows", "read_plain_rows"]

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384

# Name, row, and the rest of a cell: its other attributes, formula and value. After the `>` that is
# taken for a tag's end comes a `<` at once or after text without one, so it was not in quotes.
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"'
    r"([^<>]*(?:/>|>"
    r"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    r"(?:<v>[^<]*</v>|<v/>|<is><t[^<>]*>[^<]*</t></is>)?"
    r"</c>))"
)
_REST = re.compile(
    r'((?: [a-z]+="[^"<>&\t\n]*")*) ?(?:/>|>'
    r'(<f(?: [a-z0-9A-Z]+="[^"<>]*")*(?:/>|>[^<]*</f>))?'
    r'(?:<v>([^<]*)</v>|(<v/>)|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?'
    r"</c>)"
)
# Most cells of a return hold a text, which is the same whatever its style.
_SHARED_TEXT = re.compile(r'(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v></c>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_CELL_ATTRIBUTES = frozenset({"s", "t", "cm", "vm", "ph"})
_ROW_TAG = re.compile(r"</row>|<row [^<>]*>")
_ROW_NUMBER = re.compile(r' r="([1-9][0-9]{0,6})"')
_ROW_HIDDEN = re.compile(r' hidden="([^"]*)"')


class _NotPlainError(Exception):
    """The sheet is written in a way that only the general reader follows."""


class PlainRows(NamedTuple):
    """What was matched.

    Attributes:
        rows: row number → column number → cell, ascending, without blanks.
        hidden: the hidden rows' numbers, ascending.
        shown: the numbers of the other rows that are written, ascending.
        cell_elements: how many cells were written, blank ones included.
        value_cells: how many of them hold something.
        new_cells: how many of those share no object with another.
    """

    rows: dict[int, dict[int, Cell]]
    hidden: list[int]
    shown: list[int]
    cell_elements: int
    value_cells: int
    new_cells: int


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
    """

    def __init__(self, maker: CellMaker) -> None:
        super().__init__()
        self._maker = maker
        self._strings = maker.strings
        self._string_count = len(maker.strings)

    def __missing__(self, rest: str) -> Cell | None:
        shared = _SHARED_TEXT.fullmatch(rest)
        if shared is not None and int(shared[1]) < self._string_count:
            cell = self[rest] = self._strings[int(shared[1])]
            return cell
        match = _REST.fullmatch(rest)
        if match is None:
            raise _NotPlainError
        attributes, formula, value, empty_value, inline = match.groups()
        kind, style = "n", "0"
        for name, written in _ATTRIBUTE.findall(attributes):
            if name not in _CELL_ATTRIBUTES:
                raise _NotPlainError
            if name == "t":
                kind = written
            elif name == "s":
                style = written
        if empty_value is not None:
            value = ""
        if inline is not None:
            kind, value = "inlineStr", inline
        cell = self._make(kind, style, value, has_formula=formula is not None)
        found = self[rest] = None if cell.state is CellState.BLANK else cell
        return found

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


def read_plain_rows(data: bytes, cells: PlainCells) -> PlainRows | None:
    """Read the content of a `sheetData` element, if it is written plainly.

    Args:
        data: what stands between the element's tags, in UTF-8.
        cells: the cells met so far in this workbook.

    Returns:
        The rows; None when they are not plain, or not well-formed.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if "\r" in text:
        return None
    before = len(cells)
    try:
        return _read(text, cells)._replace(new_cells=len(cells) - before)
    except _NotPlainError:
        return None


def _read(text: str, cells: PlainCells) -> PlainRows:
    parts = _CELL.split(text)
    gaps, letters, numbers, rests = parts[::4], parts[1::4], parts[2::4], parts[3::4]
    found = PlainRows({}, [], [], len(rests), 0, 0)
    value_cells = 0
    last = 0
    starts = [index for index, gap in enumerate(gaps) if gap]
    if starts and starts[0] != 0:
        raise _NotPlainError
    is_open = False
    for start, end in zip(starts, [*starts[1:], len(rests)], strict=True):
        last, number, is_open = _read_gap(gaps[start], last, found, is_open=is_open)
        if start == end:
            continue
        if not is_open or numbers[start:end].count(number) != end - start:
            raise _NotPlainError
        row = _row(letters[start:end], rests[start:end], cells)
        if row:
            found.rows[last] = row
            value_cells += len(row)
    if is_open:
        raise _NotPlainError
    return found._replace(value_cells=value_cells)


def _read_gap(gap: str, last: int, found: PlainRows, *, is_open: bool) -> tuple[int, str, bool]:
    """Read the row tags between two cells.

    Returns:
        The number of the last row opened, the same as written, and whether it is still open.
    """
    tags = _ROW_TAG.findall(gap)
    if sum(map(len, tags)) != len(gap):
        raise _NotPlainError
    number = ""
    for tag in tags:
        if (tag == "</row>") is not is_open:
            raise _NotPlainError
        if is_open:
            is_open = False
            continue
        match = _ROW_NUMBER.search(tag)
        if match is None or "xmlns" in tag:
            raise _NotPlainError
        number = match[1]
        if not last < int(number) <= _LAST_ROW:
            raise _NotPlainError
        last = int(number)
        hidden = _ROW_HIDDEN.search(tag)
        is_hidden = hidden is not None and hidden[1] in ("1", "true")
        (found.hidden if is_hidden else found.shown).append(last)
        is_open = not tag.endswith("/>")
    return last, number, is_open


def _row(letters: Sequence[str], rests: Sequence[str], cells: PlainCells) -> dict[int, Cell]:
    columns = list(map(_COLUMNS.__getitem__, letters))
    if not all(map(lt, columns, columns[1:])) or columns[-1] > _LAST_COLUMN:
        raise _NotPlainError
    values = list(map(cells.__getitem__, rests))
    return {
        column: cell for column, cell in zip(columns, values, strict=True) if cell is not None
    }
