"""Read single values that stand to the right of their label, such as the date on the cover."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from maturity.assessment import MetadataValue
from maturity.issues import Issue, IssueCode, Severity
from maturity.normalise import normalise, tidy
from maturity.reading.answer_issues import quoted
from maturity.reading.layout_keys import LayoutKey
from maturity.reading.notebook import Notebook
from maturity.reading.words import SheetWords
from maturity.sheets import Cell, CellState, Sheet, cell_name

__all__ = ["find_values", "parse_date", "read_metadata"]

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


def find_values(
    sheets: Iterable[SheetWords], key: LayoutKey
) -> dict[str, list[tuple[Sheet, int, int, Cell]]]:
    """Find the cell beside each label: metadata key → every place it is given, filled ones only."""
    found: dict[str, list[tuple[Sheet, int, int, Cell]]] = {}
    for words in sheets:
        if words.all.isdisjoint(key.labels):
            continue
        for row, columns in words.rows.items():
            for column, word in columns.items():
                name = key.labels.get(word)
                beside = _beside(words, row, column, key) if name is not None else None
                if name is not None and beside is not None:
                    found.setdefault(name, []).append((words.sheet, row, *beside))
    return found


def _beside(words: SheetWords, row: int, column: int, key: LayoutKey) -> tuple[int, Cell] | None:
    """Give the first filled cell to the right of a label, unless another label comes first."""
    labels = words.rows.get(row, {})
    for place, cell in words.sheet.rows[row].items():
        if place > column and cell.raw.strip():
            return None if labels.get(place) in key.labels else (place, cell)
    return None


def read_metadata(
    sheets: Iterable[SheetWords], key: LayoutKey, notebook: Notebook
) -> dict[str, MetadataValue]:
    """Read every single value of a layout; absent ones that it requires are reported."""
    places = find_values(sheets, key)
    values = {}
    for name, wanted in key.layout.metadata.items():
        here = places.get(name, [])
        if not here:
            if wanted.required or name == "area":
                notebook.write(_missing(name, wanted.label[0], notebook))
            continue
        sheet, row, column, cell = here[0]
        for issue in _conflicts(name, here, notebook):
            notebook.write(issue, sheet, row, column)
        value: str | datetime.date = tidy(cell.raw)
        if wanted.type == "date":
            date = _date_of(cell)
            if date is None:
                issue = _not_a_date(wanted.label[0], cell, notebook, (sheet, row, column))
                notebook.write(issue, sheet, row, column)
            else:
                value = date
        values[name] = MetadataValue(name, value, cell.raw, sheet.name, cell_name(row, column))
    return values


def _missing(name: str, label: str, notebook: Notebook) -> Issue:
    code = IssueCode.AREA_MISSING if name == "area" else IssueCode.METADATA_MISSING
    return Issue(
        code,
        Severity.QUERY,
        f'The workbook does not give a value for "{label}".',
        f'Enter it to the right of "{label}".',
        notebook.location(),
    )


def _conflicts(
    name: str, here: list[tuple[Sheet, int, int, Cell]], notebook: Notebook
) -> Iterator[Issue]:
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


def _not_a_date(label: str, cell: Cell, notebook: Notebook, place: tuple[Sheet, int, int]) -> Issue:
    return Issue(
        IssueCode.METADATA_UNREADABLE,
        Severity.QUERY,
        f'{quoted(cell.raw)} beside "{label}" is not a date.',
        "Enter a date such as 31/01/2026.",
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
