"""Read single values that stand beside their label, such as the date on the cover."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from maturity.assessment import MetadataValue
from maturity.issues import Issue, IssueCode, Severity
from maturity.layout import MetadataCell
from maturity.normalise import normalise, tidy
from maturity.patterns import find_in
from maturity.reading.answer_issues import quoted
from maturity.reading.answers import typed_number
from maturity.reading.layout_keys import LayoutKey
from maturity.reading.notebook import Notebook
from maturity.reading.row_keys import only_group
from maturity.reading.spots import FoundSpot
from maturity.sheets import Cell, CellState, Sheet, cell_name, exact_number

__all__ = ["parse_date", "read_metadata"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_BRITISH = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_IN_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+)\.?,? ([0-9]{4})")


def read_metadata(
    places: Mapping[str | int, list[FoundSpot]], key: LayoutKey, notebook: Notebook
) -> dict[str, MetadataValue]:
    """Read every single value of a layout; absent ones that it requires are reported.

    Args:
        places: metadata key → where it is given.
        key: the layout.
        notebook: where issues are written.
    """
    values = {}
    for name, wanted in key.layout.metadata.items():
        here = places.get(name, [])
        if not here:
            if wanted.required or name == "area":
                notebook.write(_missing(name, wanted, notebook))
            continue
        sheet, row, column, cell = here[0]
        for issue in _conflicts(name, here, notebook):
            notebook.write(issue, sheet, row, column)
        value = _typed(cell, wanted)
        if value is None:
            issue = _of_other_type(wanted, cell, notebook, (sheet, row, column))
            notebook.write(issue, sheet, row, column)
            value = tidy(cell.raw)
        values[name] = MetadataValue(name, value, cell.raw, sheet.name, cell_name(row, column))
    return values


def _typed(cell: Cell, wanted: MetadataCell) -> str | datetime.date | int | Decimal | None:
    """Give a value as what it is meant to be; None when it is not that."""
    text = cell.raw
    if wanted.pattern is not None:
        match = find_in(wanted.pattern, cell.raw.strip())
        if match is None:
            return None
        text = only_group(match)
    if wanted.type == "date":
        return _date_of(cell) if wanted.pattern is None else parse_date(text)
    if wanted.type == "number":
        is_number = cell.state is CellState.NUMBER and wanted.pattern is None
        return exact_number(cell) if is_number else typed_number(text)
    return tidy(text)


def _name_of(wanted: MetadataCell) -> str:
    """Name a value by its label or cell."""
    return wanted.label[0] if wanted.label else f"the cell {wanted.cell}"


def _missing(name: str, wanted: MetadataCell, notebook: Notebook) -> Issue:
    code = IssueCode.AREA_MISSING if name == "area" else IssueCode.METADATA_MISSING
    side = "below" if wanted.at == "below" else "to the right of"
    place = f'{side} "{_name_of(wanted)}"' if wanted.label else f"in {_name_of(wanted)}"
    return Issue(
        code,
        Severity.QUERY,
        f'The workbook does not give a value for "{_name_of(wanted)}".',
        f"Enter it {place}.",
        notebook.location(),
    )


def _conflicts(name: str, here: list[FoundSpot], notebook: Notebook) -> Iterator[Issue]:
    """Report a value that is given twice and differently; the first one is used."""
    sheet, row, column, cell = here[0]
    others = {normalise(other.raw) for *_, other in here[1:]} - {normalise(cell.raw)}
    if others:
        yield Issue(
            IssueCode.METADATA_CONFLICT,
            Severity.QUERY,
            f"The {name} is given more than once, and differently; {quoted(cell.raw)} is used.",
            "Make them agree, or clear the wrong one.",
            notebook.location(sheet, row, column),
            cell.raw,
        )


def _of_other_type(
    wanted: MetadataCell, cell: Cell, notebook: Notebook, place: tuple[Sheet, int, int]
) -> Issue:
    kind, remedy = {
        "date": ("a date", "Enter a date such as 31/01/2026."),
        "number": ("a number", "Enter the number alone."),
    }.get(wanted.type, ("written as the form asks", "Enter it as the form asks."))
    return Issue(
        IssueCode.METADATA_UNREADABLE,
        Severity.QUERY,
        f'{quoted(cell.raw)} beside "{_name_of(wanted)}" is not {kind}.',
        remedy,
        notebook.location(*place),
        cell.raw,
    )


def _date_of(cell: Cell) -> datetime.date | None:
    if isinstance(cell.moment, datetime.datetime):
        return cell.moment.date()
    if isinstance(cell.moment, datetime.date):
        return cell.moment
    return parse_date(cell.raw) if cell.state is CellState.TEXT else None


def parse_date(text: str) -> datetime.date | None:
    """Read a date that was typed as text: `2026-01-31`, `31/01/2026` or `31 January 2026`.

    Figures alone are read in the British order, day first. Anything else gives None.
    """
    folded = normalise(text)
    for pattern, order in ((_ISO, (0, 1, 2)), (_BRITISH, (2, 1, 0)), (_IN_WORDS, (2, 1, 0))):
        match = pattern.fullmatch(folded)
        if match is not None:
            parts = match.groups()
            year, month, day = (parts[place] for place in order)
            number = _MONTHS.get(month, 0) if month.isalpha() else int(month)
            try:
                return datetime.date(int(year), number, int(day))
            except ValueError:
                return None
    return None
