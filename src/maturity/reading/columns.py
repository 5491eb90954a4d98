"""Choose between columns under one heading, of which some are an earlier year's."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping

from maturity.issues import Issue, IssueCode, Severity
from maturity.normalise import normalise
from maturity.reading.answer_issues import quoted
from maturity.reading.notebook import Notebook
from maturity.reading.tables import FoundRow, FoundTable
from maturity.sheets import column_letters

__all__ = ["settle_columns"]

_REMARK = re.compile(r"\(([^()]*)\)$")
_YEAR = re.compile(r"20[0-9]{2}")
_PAST = frozenset({"last", "previous", "prior", "old", "earlier", "before", "baseline"})


def settle_columns(
    tables: Iterable[FoundTable], year: int | None, notebook: Notebook
) -> tuple[FoundTable, ...]:
    """Leave out the columns of earlier years, where their headings say so.

    A heading such as "Agreed level (2025)" in a return of 2026, or "Agreed level (last year)", is
    not this year's answer. Columns that cannot be told apart all stay, and must then agree.

    Args:
        tables: the tables as found.
        year: the year of the return, when its cover gives a date.
        notebook: where issues are written.
    """
    return tuple(_settled(table, year, notebook) for table in tables)


def _settled(table: FoundTable, year: int | None, notebook: Notebook) -> FoundTable:
    if all(len(columns) == 1 for columns in table.answers.values()):
        return table
    answers = dict(table.answers)
    for rating, columns in table.answers.items():
        if table.key.table.answers[rating].header is None:
            # Beside labels, the cells of several items may stand in several columns.
            answers[rating] = columns
            continue
        present = tuple(column for column in columns if not _is_past(table, column, year))
        answers[rating] = present or columns
        if len(columns) > 1:
            _report(table, columns, answers[rating], notebook)
    rows = tuple(_without_past(row, answers) for row in table.rows)
    return dataclasses.replace(table, answers=answers, rows=rows)


def _without_past(row: FoundRow, answers: Mapping[str, tuple[int, ...]]) -> FoundRow:
    """Leave out cells in columns that were not taken, where the row names its own cells."""
    if row.cells is None:
        return row
    cells = {
        rating: tuple(place for place in places if place[1] in answers.get(rating, ()))
        for rating, places in row.cells.items()
    }
    return row._replace(cells=cells)


def _heading(table: FoundTable, column: int) -> str:
    rows = range(table.header[0], table.header[1] + 1)
    texts = (table.sheet.cell(row, column).raw.strip() for row in rows)
    return " ".join(text for text in texts if text)


def _is_past(table: FoundTable, column: int, year: int | None) -> bool:
    remark = _REMARK.search(normalise(_heading(table, column)))
    if remark is None:
        return False
    years = [int(found) for found in _YEAR.findall(remark[1])]
    if years and year is not None:
        return max(years) < year
    return not _PAST.isdisjoint(remark[1].split())


def _report(
    table: FoundTable, columns: tuple[int, ...], used: tuple[int, ...], notebook: Notebook
) -> None:
    def named(some: Iterable[int]) -> str:
        return ", ".join(f"{quoted(_heading(table, c))} ({column_letters(c)})" for c in some)

    if len(used) == len(columns):
        message = (
            f"Several columns have the same heading: {named(columns)}. "
            "Where they differ, no answer is taken."
        )
    else:
        past = [column for column in columns if column not in used]
        message = (
            f"The column {named(used)} was read, and {named(past)} was taken for an earlier year's."
        )
    place = (table.sheet, table.header[1], columns[-1])
    notebook.write(
        Issue(
            IssueCode.COLUMN_REPEATED,
            Severity.QUERY,
            message,
            "Keep one of them, or give the others another heading.",
            notebook.location(*place),
        ),
        *place,
    )
