"""Make a cell from what a file says about it: the one place where both paths of a reader meet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from enum import Enum
from sys import getsizeof

from maturity.reading.serials import Moment, moment_of, serial_of
from maturity.sheets import BLANK, Cell, CellState

__all__ = [
    "LONGEST_TEXT",
    "CellMaker",
    "MalformedCellError",
    "Oddity",
    "boolean_cell",
    "clean_text",
    "error_cell",
    "moment_cell",
    "number_cell",
    "read_moment",
    "read_number",
    "text_cell",
    "whole_text",
]

# What Excel can hold in one cell.
LONGEST_TEXT = 32_767

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(\.[0-9]*)?|(\.[0-9]+))([Ee][+-]?[0-9]+)?", re.ASCII)
_SPACES = " \t\r\n"
_SHORT = 50  # characters of a text that is no longer than what is counted for any cell
_LONGEST_NUMBER = 400  # characters; Python refuses to read much longer whole numbers
# Python also reads "2024" as a time of day, which no spreadsheet means.
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_TRUE = Cell(CellState.BOOLEAN, True, "TRUE")
_FALSE = Cell(CellState.BOOLEAN, False, "FALSE")
_EMPTY_TEXT = Cell(CellState.EMPTY_TEXT)
_UNCALCULATED = Cell(CellState.UNCALCULATED, is_formula=True)


class MalformedCellError(ValueError):
    """A cell holds what its type does not allow; the message says what, to follow "It"."""


class Oddity(Enum):
    """What is odd about a cell that could be read all the same."""

    STYLE = "refers to a number format that the workbook does not have"
    DATE = "should be a date but is not written as one, so it is read as text"
    CHARACTER = "holds half a character, which was replaced by �"
    CONTROL = "holds control characters, which cannot be seen"
    LENGTH = "holds more text than Excel can show (32,767 characters)"


def text_cell(text: str) -> Cell:
    """Make the cell of a text; an empty one is in a state of its own."""
    return Cell(CellState.TEXT, text, text) if text else _EMPTY_TEXT


def error_cell(code: str) -> Cell:
    """Make the cell of an error such as `#N/A`."""
    return Cell(CellState.ERROR, code, code)


def boolean_cell(value: bool) -> Cell:
    """Make the cell of a truth value."""
    return _TRUE if value else _FALSE


def number_cell(value: float, written: str, shown_as: str = "", *, is_1904: bool = False) -> Cell:
    """Make the cell of a number, with its moment when it is shown as one.

    Args:
        value: the number.
        written: the number as stored.
        shown_as: how its number format shows it.
        is_1904: whether the workbook counts its days from 1904.
    """
    if not shown_as:
        return Cell(CellState.NUMBER, value, written)
    moment = moment_of(value, shown_as, is_1904=is_1904)
    raw = written if moment is None else moment.isoformat()
    return Cell(CellState.NUMBER, value, raw, shown_as, moment)


def moment_cell(moment: Moment) -> Cell:
    """Make the cell of a date or time that the file stores as such; its number is Excel's."""
    if isinstance(moment, datetime.datetime):
        shown_as = "datetime"
    else:
        shown_as = "date" if isinstance(moment, datetime.date) else "time"
    return Cell(CellState.NUMBER, serial_of(moment), moment.isoformat(), shown_as, moment)


def read_moment(written: str) -> Moment | None:
    """Read a date, a time or both as ISO 8601 writes them; None when it is not one.

    A time zone is left out: a spreadsheet knows none.
    """
    written = written.strip()
    if _MOMENT.match(written) is None:
        return None
    for kind in (datetime.date, datetime.datetime, datetime.time):
        try:
            moment = kind.fromisoformat(written)
        except ValueError:
            continue
        if isinstance(moment, datetime.datetime | datetime.time):
            return moment.replace(tzinfo=None)
        return moment
    return None


def read_number(written: str) -> int | float:
    """Read a number as a file stores it: whole when written so.

    Raises:
        MalformedCellError: when it is not a finite number.
    """
    trimmed = written.strip(_SPACES)
    match = _NUMBER.fullmatch(trimmed)
    if match is None or len(trimmed) > _LONGEST_NUMBER:
        raise MalformedCellError(f'should be a number but holds "{written[:80]}"')
    if match.lastindex is None:
        return int(trimmed)
    value = float(trimmed)
    if value in (float("inf"), float("-inf")):
        raise MalformedCellError(f'should be a number but holds "{written[:80]}"')
    return value


def clean_text(text: str) -> tuple[str, tuple[Oddity, ...]]:
    """Decode the escapes of a stored text, such as `_x000D_`.

    Returns:
        The text, and what is odd about it.
    """
    oddities: tuple[Oddity, ...] = ()
    if "_" in text and "_x" in text:
        decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = whole_text(decoded)
        if text.count("\ufffd") > decoded.count("\ufffd"):
            oddities += (Oddity.CHARACTER,)
        if _CONTROL.search(text):
            oddities += (Oddity.CONTROL,)
    if len(text) > LONGEST_TEXT:
        oddities += (Oddity.LENGTH,)
    return text, oddities


def whole_text(text: str) -> str:
    """Replace halves of characters, which could not be written to any file later.

    Two halves written one after the other are one character.
    """
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class CellMaker:
    """Make the cells of one Office Open XML workbook; equal cells share one object.

    Args:
        strings: the cells of the workbook's shared texts.
        formats: how each cell style shows a number.
        is_1904: whether the workbook counts its days from 1904.

    Attributes:
        oddities: what was odd about the last cell made; empty it before the next.
        text_bytes: memory of the longer texts made; whoever counts it sets it to 0.
    """

    def __init__(self, strings: Sequence[Cell], formats: Sequence[str], *, is_1904: bool) -> None:
        self.strings = strings
        self.formats = formats
        self.is_1904 = is_1904
        self.oddities: list[Oddity] = []
        self.text_bytes = 0

    def make(self, kind: str, style: str, written: str | None, *, has_formula: bool) -> Cell:
        """Make a cell.

        Args:
            kind: its type as stored; a number where none is.
            style: the number of its style as stored; the first where none is.
            written: its value as stored; None where there is none.
            has_formula: whether a formula stands in it.

        Raises:
            MalformedCellError: when its value is not what its type promises.
        """
        if kind == "s" and not has_formula and written is not None:
            return self._shared(written)
        if written is None or (kind not in _MAY_BE_EMPTY and not written.strip(_SPACES)):
            return _UNCALCULATED if has_formula else BLANK
        if len(written) > _SHORT:
            self.text_bytes += getsizeof(written)
        cell = self._with_value(kind, style, written)
        # Not `_replace`, which takes several times as long.
        return Cell(*cell[:-1], is_formula=True) if has_formula else cell

    def _with_value(self, kind: str, style: str, written: str) -> Cell:
        if kind == "n":
            return self._number(style, written)
        if kind in ("str", "inlineStr"):
            return self.text(written)
        if kind == "s":
            return self._shared(written)
        if kind == "b":
            return _boolean(written)
        if kind == "e":
            return error_cell(written)
        if kind == "d":
            return self._date(written)
        raise MalformedCellError(f'is of the type "{kind[:40]}", which does not exist')

    def text(self, written: str) -> Cell:
        """Make the cell of a stored text."""
        text, oddities = clean_text(written)
        self.oddities.extend(oddities)
        return text_cell(text)

    def _shared(self, written: str) -> Cell:
        trimmed = written.strip(_SPACES)
        if not (trimmed.isascii() and trimmed.isdigit() and len(trimmed) < 10):
            raise MalformedCellError(
                f'should name one of the shared texts but holds "{written[:80]}"'
            )
        index = int(trimmed)
        if index >= len(self.strings):
            raise MalformedCellError(
                f"names shared text number {index}, but the workbook has {len(self.strings)}"
            )
        return self.strings[index]

    def _number(self, style: str, written: str) -> Cell:
        value = read_number(written)
        shown_as = self._shown_as(style)
        return number_cell(value, written.strip(_SPACES), shown_as, is_1904=self.is_1904)

    def _shown_as(self, style: str) -> str:
        if style == "0" and not self.formats:
            return ""
        if style.isascii() and style.isdigit() and len(style) < 10:
            index = int(style)
            if index < len(self.formats):
                return self.formats[index]
        self.oddities.append(Oddity.STYLE)
        return ""

    def _date(self, written: str) -> Cell:
        moment = read_moment(written)
        if moment is None:
            self.oddities.append(Oddity.DATE)
            return self.text(written)
        return moment_cell(moment)


# Types whose empty value says something: an empty text, a missing index, an error without a name.
_MAY_BE_EMPTY = frozenset({"str", "inlineStr", "s", "e"})


def _boolean(written: str) -> Cell:
    value = _BOOLEANS.get(written.strip(_SPACES))
    if value is None:
        raise MalformedCellError(f'should be TRUE or FALSE but holds "{written[:80]}"')
    return boolean_cell(value)
