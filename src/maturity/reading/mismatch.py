"""Say why no layout fits a workbook: what it looks like instead, or what each layout missed."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.layout import Lookalike
from maturity.normalise import normalise
from maturity.reading.match import Match
from maturity.reading.words import SheetWords
from maturity.rubric import Rubric
from maturity.sheets import Workbook

__all__ = ["mismatch", "own_result", "why_not"]


def own_result(workbook: Workbook) -> Issue:
    """Say that a workbook is one of our results, sent back."""
    return Issue(
        IssueCode.WORKBOOK_OTHER,
        Severity.ERROR,
        "This is a result workbook that maturity wrote, not a return.",
        "Send the workbook that was filled in; its name without -scored is usually beside it.",
        CellLocation(workbook.name),
    )


def mismatch(
    workbook: Workbook, sheets: Sequence[SheetWords], matches: Sequence[Match], rubric: Rubric
) -> Issue:
    """Say what a workbook looks like that no layout fits, or what each layout missed.

    Args:
        workbook: the workbook.
        sheets: its known words.
        matches: every layout, as it was tried.
        rubric: the rubric.
    """
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
    reasons = " ".join(why_not(match, sheets) for match in matches)
    return Issue(
        IssueCode.WORKBOOK_UNKNOWN,
        Severity.ERROR,
        f"This workbook is not a return for {rubric.title}: none of the {len(matches)} known "
        f"layouts fits its sheets {names}{more}. {reasons}",
        "Send the workbook that was filled in; if this is it, write a layout file for its form.",
        location,
    )


def why_not(match: Match, sheets: Sequence[SheetWords]) -> str:
    """Say what a layout did not find, and what it did.

    Args:
        match: the layout, as it was tried.
        sheets: the workbook's known words.
    """
    title = match.key.layout.title
    if match.misfit:
        return f"{title}: {match.misfit}."
    wanted = [table for table in match.key.tables if table.table.rows == "criteria"]
    needed = [
        column
        for table in wanted
        for column in (
            # Tables found by their words alone do without the header of the ids.
            *(() if table.table.is_plain else (table.table.id,)),
            *(table.table.answers[rating] for rating in sorted(table.required)),
        )
    ]
    headers = list(dict.fromkeys(c.header[0] for c in needed if c.header is not None))
    ids = {
        word
        for words in sheets
        for word in words.all
        if any(word in table.targets for table in wanted)
    }
    found = f"{len(ids)} known ids" if ids else "no known id"
    if not headers:
        return f"{title}: {found} where its items stand."
    columns = ", ".join(f'"{header}"' for header in headers)
    plural = "s" if len(headers) > 1 else ""
    return f"{title}: {found}, and no table with the column{plural} {columns}."


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
