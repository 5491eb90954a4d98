"""Collect the scores that a workbook states itself, from the cells that its layout declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maturity.assessment import State, StatedScore
from maturity.issues import Issue, IssueCode, Severity
from maturity.layout import Meaning, StatedCells
from maturity.models import Number
from maturity.normalise import fold_answer
from maturity.patterns import fill_in
from maturity.reading.answers import typed_number
from maturity.reading.cell_ranges import sheet_named
from maturity.reading.match import Match
from maturity.reading.notebook import Notebook
from maturity.reading.tables import FoundRow, FoundTable
from maturity.sheets import (
    Cell,
    CellState,
    Sheet,
    Workbook,
    cell_name,
    exact_number,
    parse_cell_name,
)

__all__ = ["collect_stated"]

_EMPTY = frozenset({CellState.BLANK, CellState.EMPTY_TEXT})
_UNREADABLE = frozenset({CellState.ERROR, CellState.UNCALCULATED, CellState.BOOLEAN})
_CRITERION = "criterion"


def collect_stated(workbook: Workbook, match: Match, notebook: Notebook) -> tuple[StatedScore, ...]:
    """Read every score that the workbook states where its layout says so.

    Args:
        workbook: the workbook.
        match: its layout, with the tables that were found.
        notebook: where issues are written.

    Returns:
        The scores in columns of tables, those in tables of scores, and those in declared cells. An
        empty cell in a column states nothing; an empty declared cell is given as blank.
    """
    found: list[StatedScore] = []
    for table in match.tables:
        if table.key.table.rows == "scores":
            found += _in_score_table(table)
        else:
            found += _in_columns(table)
    for cells in match.key.layout.stated:
        found += _in_cells(cells, workbook, notebook)
    return tuple(found)


def _in_columns(table: FoundTable) -> Iterator[StatedScore]:
    columns = table.key.table.stated
    for row in table.rows:
        if row.target is None:
            continue
        for column, place in zip(columns, row.stated, strict=bool(row.stated)):
            cell = None if place is None else table.sheet.cell(*place)
            if place is None or cell is None or cell.state in _EMPTY:
                continue
            id_ = "" if column.id is None else fill_in(column.id, row.parts or {})
            if id_ is None:
                continue
            stated = _stated(table.sheet, place, cell, column.words)
            yield stated._replace(
                score=column.score,
                id=id_,
                criterion=row.target,
                rating=column.rating or _only_rating(table),
                decimals=column.decimals,
            )


def _only_rating(table: FoundTable) -> str:
    ratings = list(table.key.table.answers)
    return ratings[0] if len(ratings) == 1 else ""


def _in_score_table(table: FoundTable) -> Iterator[StatedScore]:
    wanted = table.key.table
    for row in table.rows:
        if row.target is None:
            continue
        for column, place in zip(wanted.stated, row.stated, strict=bool(row.stated)):
            cell = None if place is None else table.sheet.cell(*place)
            id_ = row.target if column.id is None else fill_in(column.id, row.parts or {})
            if place is not None and cell is not None and cell.state not in _EMPTY and id_:
                stated = _stated(table.sheet, place, cell, column.words)
                yield stated._replace(score=column.score, id=id_, decimals=column.decimals)
        words = wanted.answers["value"].words if wanted.answers else {}
        for place in _value_places(table, row):
            stated = _stated(table.sheet, place, table.sheet.cell(*place), words)
            if wanted.score == _CRITERION:
                yield stated._replace(score=_CRITERION, criterion=row.target)
            else:
                yield stated._replace(score=wanted.score or "", id=row.target)


def _value_places(table: FoundTable, row: FoundRow) -> Iterator[tuple[int, int]]:
    if row.cells is not None:
        yield from row.cells.get("value", ())
    else:
        yield from ((row.row, column) for column in table.answers.get("value", ()))


def _in_cells(
    declared: StatedCells, workbook: Workbook, notebook: Notebook
) -> Iterator[StatedScore]:
    sheet = sheet_named(workbook, declared.sheet)
    if sheet is None:
        notebook.write(
            Issue(
                IssueCode.SHEET_MISSING,
                Severity.QUERY,
                f'There is no sheet "{declared.sheet}", on which the workbook states '
                f"{len(declared.cells)} scores of its own, so they cannot be compared.",
                "Put the sheet back, or correct its name in the layout.",
                notebook.location(),
            )
        )
        return
    for name, id_ in declared.cells.items():
        place = parse_cell_name(name)
        stated = _stated(sheet, place, sheet.cell(*place), declared.words)
        is_answer = declared.score == _CRITERION
        yield stated._replace(
            score=declared.score,
            id="" if is_answer else id_,
            criterion=id_ if is_answer else "",
            rating=declared.rating or "",
            decimals=declared.decimals,
        )


def _stated(
    sheet: Sheet, place: tuple[int, int], cell: Cell, words: Mapping[str, Meaning]
) -> StatedScore:
    """Read one cell; what score it is, is filled in by the caller."""
    value: Number | None = None
    meaning = _meaning(cell, words)
    if meaning is not None:
        state = State.BLANK if isinstance(meaning, str) else State.ANSWERED
        value = None if isinstance(meaning, str) else meaning
    elif cell.state in _EMPTY:
        state = State.BLANK
    elif cell.state in _UNREADABLE:
        state = State.UNREADABLE
    else:
        state = State.ANSWERED
        is_number = cell.state is CellState.NUMBER
        value = exact_number(cell) if is_number else typed_number(cell.raw)
    return StatedScore("", "", "", "", state, value, cell.raw, sheet.name, cell_name(*place))


def _meaning(cell: Cell, words: Mapping[str, Meaning]) -> Meaning | None:
    """Give what the layout says that the words in a cell mean."""
    if not words or cell.state in _EMPTY:
        return None
    folded = {fold_answer(word): meaning for word, meaning in words.items()}
    return folded.get(fold_answer(cell.raw))
