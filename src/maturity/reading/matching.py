"""Choose the layout that a workbook was made with, by what is in it.

Every layout is tried. One fits when it finds a table of criteria with ids that it knows. Among
those that fit, the number of ids found decides; after that the workbook's own marks, a marker or
its stated edition; after that the number of answer columns and of labels that were found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from maturity.errors import MismatchError
from maturity.layout import RESULT_MARKER, Fingerprint
from maturity.normalise import normalise
from maturity.patterns import find_in
from maturity.reading.cell_ranges import cells_of
from maturity.reading.declared_tables import find_declared_tables
from maturity.reading.layout_keys import LayoutKey, ReadingKey, TableKey, fold_label
from maturity.reading.match import Match
from maturity.reading.mismatch import mismatch, own_result, why_not
from maturity.reading.row_keys import only_group
from maturity.reading.spots import FoundSpot, find_spots
from maturity.reading.tables import FoundTable, find_tables
from maturity.reading.words import SheetWords
from maturity.rubric import Rubric
from maturity.sheets import Workbook
from maturity.wording import listed, quoted

__all__ = ["match_layout", "try_layouts"]


def match_layout(
    workbook: Workbook, sheets: Sequence[SheetWords], key: ReadingKey, rubric: Rubric
) -> Match:
    """Choose the layout of a workbook.

    Raises:
        MismatchError: when none fits, saying what the workbook looks like or what was missing.
    """
    if any(RESULT_MARKER in words.all for words in sheets):
        raise MismatchError(own_result(workbook))
    # Marks cost little to find. A layout that they speak for is tried first, and often settles it.
    marks = [_marks(layout, workbook, sheets) for layout in key.layouts]
    matches = []
    for marked in sorted(marks, key=lambda match: not match.is_marked):
        matches.append(_with_tables(marked, sheets, key))
        if matches[-1].is_certain(len(rubric.criteria)):
            break
    fitting = [match for match in matches if match.rank[0] > 0 and not match.misfit]
    if not fitting:
        raise MismatchError(mismatch(workbook, sheets, matches, rubric))
    return max(fitting, key=lambda match: match.rank)


def try_layouts(
    workbook: Workbook, sheets: Sequence[SheetWords], key: ReadingKey
) -> list[tuple[Match, str]]:
    """Try every layout on a workbook, also those that need not be tried to read it.

    Args:
        workbook: the workbook.
        sheets: its known words.
        key: the layouts.

    Returns:
        The layouts in their order, each with how much of it is there or what is not.
    """
    tried = []
    for layout in key.layouts:
        match = _with_tables(_marks(layout, workbook, sheets), sheets, key)
        ids, is_marked, columns, _ = match.rank
        reason = why_not(match, sheets)
        if ids and not match.misfit:
            marks = "its marks" if is_marked else "none of its marks"
            reason = f"{ids} criteria, {columns} columns of answers and {marks} were found."
        tried.append((match, reason))
    return tried


def _marks(layout: LayoutKey, workbook: Workbook, sheets: Sequence[SheetWords]) -> Match:
    """See what speaks for a layout, or against it, apart from its tables."""
    spots = find_spots(workbook, sheets, layout)
    edition = _edition(layout, spots)
    is_its_edition = edition is not None and _is_edition(edition, layout)
    is_marked = is_its_edition or any(not layout.markers.isdisjoint(words.all) for words in sheets)
    fingerprint = layout.layout.fingerprint
    misfit = _misfit(layout, workbook, sheets, edition)
    if fingerprint.cells or fingerprint.sheets:
        is_marked = is_marked or not (misfit or _other_cells(fingerprint, workbook))
    return Match(layout, (), edition, is_its_edition, is_marked, spots, misfit)


def _edition(layout: LayoutKey, spots: Mapping[str | int, list[FoundSpot]]) -> str | None:
    """Give what the workbook says its edition is."""
    if "edition" not in spots:
        return None
    raw = spots["edition"][0].cell.raw
    pattern = layout.layout.metadata["edition"].pattern
    match = None if pattern is None else find_in(pattern, raw.strip())
    return raw if match is None else only_group(match)


def _misfit(
    layout: LayoutKey, workbook: Workbook, sheets: Sequence[SheetWords], edition: str | None
) -> str:
    """Say why a workbook cannot be of a layout by its fingerprint; nothing when it can."""
    fingerprint = layout.layout.fingerprint
    names = {normalise(sheet.name) for sheet in workbook.sheets}
    absent = [name for name in fingerprint.sheets if normalise(name) not in names]
    if absent:
        return f"the workbook has no sheet {listed(map(quoted, absent), 'or')}"
    if not layout.layout.needs_fingerprint:
        return ""
    # Places alone would fit any workbook, so that here everything in the fingerprint must hold.
    other = _other_cells(fingerprint, workbook)
    if other:
        return f"other words stand in {listed(other, 'and')}"
    lost = [
        marker
        for marker in fingerprint.markers
        if not any(fold_label(marker) in words.all for words in sheets)
    ]
    if lost:
        return f"no cell says {listed(map(quoted, lost), 'or')}"
    if fingerprint.editions and (edition is None or not _is_edition(edition, layout)):
        says = "does not say its edition" if edition is None else f"is edition {quoted(edition)}"
        return f"the workbook {says}"
    return ""


def _other_cells(fingerprint: Fingerprint, workbook: Workbook) -> list[str]:
    """Name the cells of a fingerprint that say something else."""
    other = []
    for place, text in fingerprint.cells.items():
        found = cells_of(workbook, place)
        says = "" if isinstance(found, str) else next(found.cells())[2].raw
        if fold_label(says) != fold_label(text):
            other.append(place)
    return other


def _with_tables(match: Match, sheets: Sequence[SheetWords], key: ReadingKey) -> Match:
    if match.misfit:
        return match
    tables = tuple(
        found
        for words in sheets
        for table in match.key.tables
        if table.is_on(words.sheet.name)
        for found in _find(words, table, key)
    )
    return replace(match, tables=tables)


def _find(words: SheetWords, table: TableKey, key: ReadingKey) -> list[FoundTable]:
    find = find_tables if table.is_plain else find_declared_tables
    return find(words, table, key)


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
