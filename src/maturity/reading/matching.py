"""Choose the layout that a workbook was made with, by what is in it.

Every layout is tried. One fits when it finds a table of criteria with ids that it knows. Among
those that fit, the number of ids found decides; after that the workbook's own marks, a marker or
its stated edition; after that the number of answer columns and of labels that were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from maturity.errors import MismatchError
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.layout import RESULT_MARKER, Lookalike
from maturity.normalise import normalise
from maturity.reading.layout_keys import LayoutKey, ReadingKey
from maturity.reading.metadata import find_values
from maturity.reading.tables import FoundTable, find_tables
from maturity.reading.words import SheetWords
from maturity.rubric import Rubric
from maturity.sheets import Workbook

__all__ = ["Match", "match_layout"]


@dataclass(frozen=True, slots=True)
class Match:
    """A layout tried on a workbook.

    Attributes:
        key: the layout.
        tables: its tables of criteria and of metrics, in the workbook's order.
        edition: what the workbook says its edition is; None when it does not say.
        is_its_edition: whether that is the layout's.
        is_marked: whether a marker or the stated edition speaks for this layout.
        labels: how many of its labels were found beside a value.
    """

    key: LayoutKey
    tables: tuple[FoundTable, ...]
    edition: str | None
    is_its_edition: bool
    is_marked: bool
    labels: int

    def of(self, rows: str) -> tuple[FoundTable, ...]:
        """Give its tables of `criteria` or of `metrics`."""
        return tuple(table for table in self.tables if table.key.table.rows == rows)

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """How well the layout fits; a greater rank is a better fit."""
        tables = self.of("criteria")
        ids = {row.target for table in tables for row in table.rows if row.target is not None}
        columns = sum(len(table.answers) for table in tables)
        return len(ids), self.is_marked, columns, self.labels

    def is_certain(self, criteria: int) -> bool:
        """Say whether no other layout could fit better, so that none need be tried.

        Args:
            criteria: how many criteria the rubric has.
        """
        ids, is_marked, _, _ = self.rank
        return (
            is_marked
            and ids == criteria
            and all(
                len(table.answers) == len(table.key.table.answers) for table in self.of("criteria")
            )
        )


def match_layout(
    workbook: Workbook, sheets: Sequence[SheetWords], key: ReadingKey, rubric: Rubric
) -> Match:
    """Choose the layout of a workbook.

    Raises:
        MismatchError: when none fits, saying what the workbook looks like or what was missing.
    """
    if any(RESULT_MARKER in words.all for words in sheets):
        raise MismatchError(_own_result(workbook))
    # Marks cost little to find. A layout that they speak for is tried first, and often settles it.
    marks = [_marks(layout, sheets) for layout in key.layouts]
    matches = []
    for marked in sorted(marks, key=lambda match: not match.is_marked):
        matches.append(_with_tables(marked, sheets, key))
        if matches[-1].is_certain(len(rubric.criteria)):
            break
    fitting = [match for match in matches if match.rank[0] > 0]
    if not fitting:
        raise MismatchError(_mismatch(workbook, sheets, matches, rubric))
    return max(fitting, key=lambda match: match.rank)


def _own_result(workbook: Workbook) -> Issue:
    return Issue(
        IssueCode.WORKBOOK_OTHER,
        Severity.ERROR,
        "This is a result workbook that maturity wrote, not a return.",
        "Send the workbook that was filled in; its name without -scored is usually beside it.",
        CellLocation(workbook.name),
    )


def _marks(layout: LayoutKey, sheets: Sequence[SheetWords]) -> Match:
    """See what speaks for a layout apart from its tables."""
    values = find_values(sheets, layout)
    edition = values["edition"][0][3].raw if "edition" in values else None
    is_its_edition = edition is not None and _is_edition(edition, layout)
    is_marked = is_its_edition or any(not layout.markers.isdisjoint(words.all) for words in sheets)
    return Match(layout, (), edition, is_its_edition, is_marked, len(values))


def _with_tables(match: Match, sheets: Sequence[SheetWords], key: ReadingKey) -> Match:
    tables = tuple(
        found
        for words in sheets
        for table in match.key.tables
        for found in find_tables(words, table, key)
    )
    return replace(match, tables=tables)


def _is_edition(typed: str, layout: LayoutKey) -> bool:
    """Compare editions as text, and as numbers, because a spreadsheet turns 1.0 into 1."""
    editions = {_fold_edition(edition) for edition in layout.layout.fingerprint.editions}
    folded = _fold_edition(typed)
    if folded in editions:
        return True
    number = _number(folded)
    return number is not None and number in map(_number, editions)


def _fold_edition(text: str) -> str:
    return normalise(text).removeprefix("version").removeprefix("v").strip()


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _mismatch(
    workbook: Workbook, sheets: Sequence[SheetWords], matches: list[Match], rubric: Rubric
) -> Issue:
    location = CellLocation(workbook.name)
    for lookalike in rubric.lookalikes:
        if _looks_like(workbook, sheets, lookalike):
            return Issue(
                IssueCode.WORKBOOK_OTHER,
                Severity.ERROR,
                f"This looks like {lookalike.title}, not a return for {rubric.title}.",
                lookalike.remedy,
                location,
            )
    names = ", ".join(f'"{sheet.name}"' for sheet in workbook.sheets[:8])
    more = f" and {len(workbook.sheets) - 8} more" if len(workbook.sheets) > 8 else ""
    reasons = " ".join(_why_not(match, sheets) for match in matches)
    return Issue(
        IssueCode.WORKBOOK_UNKNOWN,
        Severity.ERROR,
        f"This workbook is not a return for {rubric.title}: none of the {len(matches)} known "
        f"layouts fits its sheets {names}{more}. {reasons}",
        "Send the workbook that was filled in; if this is it, write a layout file for its form.",
        location,
    )


def _why_not(match: Match, sheets: Sequence[SheetWords]) -> str:
    """Say what a layout did not find, and what it did."""
    wanted = [table for table in match.key.tables if table.table.rows == "criteria"]
    headers = [
        table.table.answers[rating].header[0]
        for table in wanted
        for rating in sorted(table.required)
    ]
    ids = {
        word
        for words in sheets
        for word in words.all
        if any(word in table.targets for table in wanted)
    }
    found = f"{len(ids)} known ids" if ids else "no known id"
    columns = ", ".join(f'"{header}"' for header in headers)
    return f"{match.key.layout.title}: {found}, and no table with the column {columns}."


def _looks_like(workbook: Workbook, sheets: Sequence[SheetWords], lookalike: Lookalike) -> bool:
    names = {normalise(sheet.name) for sheet in workbook.sheets}
    wanted = {normalise(name) for name in lookalike.fingerprint.sheets}
    markers = {normalise(marker) for marker in lookalike.fingerprint.markers}
    if not wanted <= names or not (wanted or markers):
        return False
    return not markers or markers <= _short_texts(sheets)


def _short_texts(sheets: Sequence[SheetWords]) -> set[str]:
    return {
        normalise(cell.raw)
        for words in sheets
        for cells in words.sheet.rows.values()
        for cell in cells.values()
    }
