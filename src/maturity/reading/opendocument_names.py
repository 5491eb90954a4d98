"""Name the elements of an OpenDocument spreadsheet that matter here, and read its values."""

from __future__ import annotations

import datetime
import re

from maturity.reading.cells import (
    MalformedCellError,
    boolean_cell,
    moment_cell,
    number_cell,
    read_moment,
    read_number,
)
from maturity.reading.xml_parts import Attributes
from maturity.sheets import Cell, CellState

__all__ = ["OFFICE", "STYLE", "TABLE", "TEXT", "duration_seconds", "repeat", "typed_cell"]

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FIRST_MIDNIGHT = datetime.datetime.combine(datetime.date.min, datetime.time())
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?T?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,12})?)S)?",
    re.ASCII,
)


def repeat(attributes: Attributes, name: str) -> int:
    """Give how often a row, column or cell is repeated; once where nothing sensible is said."""
    written = attributes.get(f"{TABLE} {name}", "1").strip()
    if written.isascii() and written.isdigit() and len(written) < 12:
        return max(int(written), 1)
    return 1


def typed_cell(kind: str, attributes: Attributes, shown: str) -> Cell | None:
    """Make the cell of a value that is not a text.

    Args:
        kind: its type as stored.
        attributes: those of the cell.
        shown: the text that the cell shows.

    Returns:
        The cell; None when the type is that of a text.

    Raises:
        MalformedCellError: when the value is not what its type promises.
    """
    written = attributes.get(f"{OFFICE} value", "")
    if kind == "float" and shown.strip().upper() in ("TRUE", "FALSE"):
        # LibreOffice stores the result of =TRUE() as the number 1 and shows the word.
        return boolean_cell(shown.strip().upper() == "TRUE")
    if kind in ("float", "currency"):
        return number_cell(read_number(written), written.strip())
    if kind == "percentage":
        return Cell(CellState.NUMBER, read_number(written), written.strip(), "percent")
    if kind == "boolean":
        return _boolean_cell(attributes.get(f"{OFFICE} boolean-value", ""))
    if kind == "date":
        return _date_cell(attributes.get(f"{OFFICE} date-value", ""))
    if kind == "time":
        return _time_cell(attributes.get(f"{OFFICE} time-value", ""), shown)
    if kind in ("string", ""):
        return None
    raise MalformedCellError(f'is of the type "{kind[:40]}", which does not exist')


def _boolean_cell(written: str) -> Cell:
    if written in ("true", "false"):
        return boolean_cell(written == "true")
    try:
        # LibreOffice writes a number that is formatted as a truth value so, and shows the word.
        return boolean_cell(read_number(written) != 0)
    except MalformedCellError as error:
        raise MalformedCellError(f'should be TRUE or FALSE but holds "{written[:80]}"') from error


def _date_cell(written: str) -> Cell:
    moment = read_moment(written)
    if moment is None:
        raise MalformedCellError(f'should be a date but holds "{written[:80]}"')
    return moment_cell(moment)


def _time_cell(written: str, shown: str) -> Cell:
    """Make the cell of a time: a time of day where it is one, otherwise a duration."""
    seconds = duration_seconds(written)
    if seconds is None:
        raise MalformedCellError(f'should be a time but holds "{written[:80]}"')
    value = seconds / 86_400
    # Twelve hours are shown as 12:00 either way; beyond a day only a duration counts on.
    if not 0 <= seconds < 86_400:
        return Cell(CellState.NUMBER, value, shown or written, "duration")
    clock = (_FIRST_MIDNIGHT + datetime.timedelta(seconds=seconds)).time()
    return Cell(CellState.NUMBER, value, clock.isoformat(), "time", clock)


def duration_seconds(written: str) -> float | None:
    """Read a duration as ISO 8601 writes it, in seconds; None when it is not one.

    >>> duration_seconds("PT10H30M00S")
    37800.0
    """
    match = _DURATION.fullmatch(written.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    sign, days, hours, minutes, seconds = match.groups()
    total = int(days or 0) * 86_400 + int(hours or 0) * 3600 + int(minutes or 0) * 60
    total_seconds = total + float((seconds or "0").replace(",", "."))
    return -total_seconds if sign else total_seconds
