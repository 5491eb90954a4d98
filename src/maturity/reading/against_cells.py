"""Check that nothing in the rows of a form is left unnamed, and that its texts are the rubric's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from maturity.issues import Issue, IssueCode, Severity
from maturity.normalise import normalise
from maturity.reading.block_columns import Block
from maturity.reading.layout_keys import fold_label
from maturity.reading.tables import FoundRow, FoundTable, window
from maturity.reading.trial import Trial
from maturity.sheets import Cell, CellState, Sheet, column_letters, parse_cell_name
from maturity.wording import quoted

__all__ = ["check_cells"]

_EMPTY = frozenset({CellState.BLANK, CellState.EMPTY_TEXT})


def check_cells(trial: Trial) -> Iterator[Issue]:
    """Yield columns of the form that the layout does not name, and texts that are not the rubric's.

    Only the rows of items are looked at, and the headers above them.
    """
    known = _Known(trial)
    yield from _unnamed(trial, known)
    yield from _texts(trial, known)


class _Known:
    """The cells of each row that the layout names.

    Attributes:
        rows: sheet and row → its named columns, for rows in which an item or a header stands.
        labels: the folded words of every label, which are known wherever they stand.
    """

    def __init__(self, trial: Trial) -> None:
        self.rows: dict[tuple[str, int], set[int]] = {}
        self.labels = set(trial.match.key.labels)
        for _, key in trial.tables:
            spoken = (word for column in key.table.columns for word in column.label or ())
            self.labels |= set(map(fold_label, spoken))
        self._words = {words.sheet.name: words for words in trial.sheets}
        for table in trial.match.tables:
            self._add_table(trial, table)
        self._add_single_cells(trial)

    def _add_table(self, trial: Trial, table: FoundTable) -> None:
        name = table.sheet.name
        block = self._block(trial, table)
        by_row = {0: {table.id_column, *block.places(table.key.table.id)}}
        for named in table.key.table.columns:
            by_row.setdefault(named.down, set()).update(block.places(named))
        every: set[int] = set().union(*by_row.values())
        if table.header[1]:
            self.rows.setdefault((name, table.header[1]), set()).update(every)
        starts = {found.row for found in table.rows}
        for row in (found.row for found in table.rows if found.target is not None):
            for down, columns in by_row.items():
                if not down or row + down not in starts:
                    self.rows.setdefault((name, row + down), set()).update(columns)
        for found in table.rows:
            for row, column in _own_cells(found):
                if (name, row) in self.rows:
                    self.rows[name, row].add(column)

    def _block(self, trial: Trial, table: FoundTable) -> Block:
        first, last = table.header
        words = self._words[table.sheet.name]
        known = window(words, first, last, trial.vocabulary) if last else {}
        return Block(table.sheet, first, last, known)

    def _add_single_cells(self, trial: Trial) -> None:
        places = [
            (spot.sheet.name, spot.row, spot.column)
            for spots in trial.match.spots.values()
            for spot in spots
        ]
        names = {normalise(sheet.name): sheet.name for sheet in trial.workbook.sheets}
        for declared in trial.match.key.layout.stated:
            name = names.get(normalise(declared.sheet), declared.sheet)
            places += [(name, *parse_cell_name(cell)) for cell in declared.cells]
        for name, row, column in places:
            if (name, row) in self.rows:
                self.rows[name, row].add(column)


def _own_cells(found: FoundRow) -> Iterator[tuple[int, int]]:
    for places in (found.cells or {}).values():
        yield from places
    yield from (found.notes or {}).values()
    yield from (place for place in found.stated if place is not None)


class _Column(NamedTuple):
    """A column that the layout does not name: the places of what stands in it."""

    sheet: Sheet
    column: int
    filled: list[tuple[int, Cell]]


def _unnamed(trial: Trial, known: _Known) -> Iterator[Issue]:
    sheets = {sheet.name: sheet for sheet in trial.workbook.sheets}
    found: dict[tuple[str, int], _Column] = {}
    for (name, row), columns in sorted(known.rows.items()):
        for column, cell in sheets[name].rows.get(row, {}).items():
            if cell.state in _EMPTY or fold_label(cell.raw) in known.labels:
                continue
            if column not in columns:
                here = found.setdefault((name, column), _Column(sheets[name], column, []))
                here.filled.append((row, cell))
    for each in found.values():
        row, cell = each.filled[0]
        others = len(each.filled) - 1
        more = f" and {others} more {'cell' if others == 1 else 'cells'}" if others else ""
        yield Issue(
            IssueCode.COLUMN_UNKNOWN,
            Severity.QUERY,
            f"The layout does not name column {column_letters(each.column)} of a table, which holds"
            f" {quoted(cell.raw)}{more} in the rows of its items.",
            'Name it in the layout: under "ignore", or under "notes" if it is to be carried along.',
            trial.at(each.sheet, row, each.column),
            cell.raw,
        )


def _texts(trial: Trial, known: _Known) -> Iterator[Issue]:
    """Yield rows that have neither the title nor the prompt of their criterion."""
    for table in trial.match.of("criteria"):
        for found in table.rows:
            if found.target is None or found.by_title:
                continue
            criterion = trial.rubric.criteria[found.target]
            ours = {criterion.title, criterion.prompt} - {"", criterion.id}
            cells = dict(table.sheet.rows.get(found.row, {}))
            texts = {c: fold_label(cell.raw) for c, cell in cells.items()}
            titles = {fold_label(text) for text in (*ours, *_titles(table.key.table.titles, found))}
            if not ours or not titles.isdisjoint(texts.values()):
                continue
            column = table.title_column or _longest(cells)
            says = criterion.prompt if criterion.title == criterion.id else criterion.title
            yield Issue(
                IssueCode.TEXT_DIFFERS,
                Severity.NOTE,
                f"The row of {criterion.id} says {quoted(cells[column].raw)}, and the rubric says"
                f" {quoted(says)}."
                if column in cells
                else f"The row of {criterion.id} does not say {quoted(says)}.",
                "Check that both mean the same, and use the same words in both.",
                trial.at(table.sheet, found.row, column),
                criterion=criterion.id,
            )


def _titles(declared: Mapping[str, str], found: FoundRow) -> list[str]:
    return [title for title, criterion in declared.items() if criterion == found.target]


def _longest(cells: Mapping[int, Cell]) -> int:
    """Give the column of a row's longest text, which is most likely its question."""
    return max(cells, key=lambda column: (len(cells[column].raw), -column))
