"""Check that what a layout names is in the workbook: tables, columns, labels and stated scores."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.faults import Path
from maturity.issues import Issue, IssueCode, Severity
from maturity.layout import Column, Spot, StatedCells, StatedColumn
from maturity.normalise import normalise
from maturity.patterns import fill_in
from maturity.reading.cell_ranges import cells_of, sheet_named
from maturity.reading.layout_keys import fold_label
from maturity.reading.tables import FoundTable
from maturity.reading.trial import Trial
from maturity.selection import scores_of
from maturity.sheets import CellState, cell_name, parse_cell_name
from maturity.wording import did_you_mean, listed, quoted

__all__ = ["check_found"]

_ANSWERS = "criterion"


def check_found(trial: Trial) -> Iterator[Issue]:
    """Yield everything that the layout names and the workbook does not have."""
    yield from _tables(trial)
    yield from _labels(trial)
    yield from _stated_columns(trial)
    for number, cells in enumerate(trial.match.key.layout.stated):
        yield from _stated_cells(trial, cells, ("stated", number))


def _tables(trial: Trial) -> Iterator[Issue]:
    for path, key in trial.tables:
        found = [table for table in trial.match.tables if table.key is key]
        if not found:
            where = listed(map(quoted, key.table.sheets), "and") or "any sheet"
            yield _missing(
                trial,
                IssueCode.SHEET_MISSING,
                path,
                f"The workbook has no such table of {key.table.rows} on {where}.",
                "Correct its sheets, headers and ids in the layout, or take the table away.",
            )
        for rating, column in key.table.answers.items():
            names = [quoted(table.sheet.name) for table in found if rating not in table.answers]
            if names:
                yield _missing(
                    trial,
                    IssueCode.COLUMN_MISSING,
                    (*path, "answers", rating),
                    f"{_name(column)} was not found on {listed(names, 'and')}.",
                    "Correct it in the layout, or put the column back.",
                )


def _labels(trial: Trial) -> Iterator[Issue]:
    layout = trial.match.key.layout
    for key, spot in layout.metadata.items():
        path: Path = ("metadata", key)
        if spot.cell is not None:
            found = cells_of(trial.workbook, spot.cell)
            if isinstance(found, str):
                message = f"The cell of the value {quoted(key)}, {quoted(spot.cell)}, {found}."
                remedy = "Correct it in the layout."
                yield _missing(trial, IssueCode.LABEL_MISSING, (*path, "cell"), message, remedy)
        elif not _has_label(trial, spot):
            yield _missing(
                trial,
                IssueCode.LABEL_MISSING,
                (*path, "label"),
                f"No cell of the workbook says {listed(map(quoted, spot.label or ()))}, beside"
                f" which the value {quoted(key)} is looked for.",
                "Correct the label, its sheets and its section in the layout.",
            )


def _name(column: Column) -> str:
    """Name a column at the start of a sentence."""
    return column.name[:1].upper() + column.name[1:]


def _has_label(trial: Trial, spot: Spot) -> bool:
    """Say whether a label is on one of its sheets, below a heading of its section if it has one."""
    words = frozenset(map(fold_label, spot.label or ()))
    sections = frozenset(map(fold_label, spot.section or ()))
    names = frozenset(map(normalise, spot.sheets))
    return any(
        not words.isdisjoint(sheet.all) and not (sections and sections.isdisjoint(sheet.all))
        for sheet in trial.sheets
        if not names or normalise(sheet.sheet.name) in names
    )


def _stated_columns(trial: Trial) -> Iterator[Issue]:
    """Yield columns of stated scores in which nothing stands, and scores that do not exist."""
    paths = {id(key): path for path, key in trial.tables}
    for found in trial.match.tables:
        for number, column in enumerate(found.key.table.stated):
            where: Path = (*paths[id(found.key)], "stated", number)
            name, sheet = _name(column), quoted(found.sheet.name)
            if not _has_content(found, number):
                message = f"{name} on {sheet} states no score in any row."
                remedy = "Correct the column in the layout."
                yield _missing(trial, IssueCode.STATED_MISSING, where, message, remedy)
            unknown = _unknown_ids(trial, found, column)
            if unknown:
                yield Issue(
                    IssueCode.SCORE_UNKNOWN,
                    Severity.ERROR,
                    f"{name} on {sheet} is said to state the {column.score}"
                    f" {listed(map(quoted, unknown), 'and', 8)}, which the rubric does not make.",
                    "Correct how the id is put together, or the roll-up's facets.",
                    trial.in_layout((*where, "id")),
                )


def _has_content(found: FoundTable, number: int) -> bool:
    places = (row.stated[number] for row in found.rows if row.stated)
    return any(
        found.sheet.cell(*place).state is not CellState.BLANK
        for place in places
        if place is not None
    )


def _unknown_ids(trial: Trial, found: FoundTable, column: StatedColumn) -> list[str]:
    """List the ids that a column puts together and that no score has."""
    if column.id is None or column.score == _ANSWERS:
        return []
    known = scores_of(trial.rubric, column.score)
    made = (fill_in(column.id, row.parts or {}) for row in found.rows if row.target is not None)
    return [id_ for id_ in dict.fromkeys(made) if id_ is not None and id_ not in known]


def _stated_cells(trial: Trial, declared: StatedCells, path: Path) -> Iterator[Issue]:
    sheet = sheet_named(trial.workbook, declared.sheet)
    if sheet is None:
        yield _missing(
            trial,
            IssueCode.SHEET_MISSING,
            (*path, "sheet"),
            f"The workbook has no sheet {quoted(declared.sheet)}, on which it is said to state"
            f" {len(declared.cells)} scores.",
            f"{did_you_mean(declared.sheet, (s.name for s in trial.workbook.sheets))} Correct its"
            " name in the layout.".strip(),
        )
    known = scores_of(trial.rubric, declared.score)
    for name, id_ in declared.cells.items():
        where = (*path, "cells", name)
        if declared.score != _ANSWERS and id_ not in known:
            yield Issue(
                IssueCode.SCORE_UNKNOWN,
                Severity.ERROR,
                f"{name} is said to state the {declared.score} {quoted(id_)}, which the rubric does"
                " not make.",
                f"{did_you_mean(id_, known)} Use the id of a score that it makes.".strip(),
                trial.in_layout(where),
            )
        if sheet is not None and sheet.cell(*parse_cell_name(name)).state is CellState.BLANK:
            place = f"{quoted(sheet.name)} {cell_name(*parse_cell_name(name))}"
            yield _missing(
                trial,
                IssueCode.STATED_MISSING,
                where,
                f"The cell {place}, in which the workbook is said to state the {declared.score}"
                f" {quoted(id_)}, is empty.",
                "Correct the cell in the layout.",
            )


def _missing(trial: Trial, code: IssueCode, path: Path, message: str, remedy: str) -> Issue:
    """Make a query about something that the layout names and the workbook has not."""
    return Issue(code, Severity.QUERY, message, remedy, trial.in_layout(path))
