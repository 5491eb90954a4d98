"""Know where everything stands in the result workbook, before any of it is written.

Scores are formulas that refer from sheet to sheet, so every address is worked out here, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from maturity.result import Contribution, Result, Score
from maturity.selection import changed_criteria, changed_ratings
from maturity.sheets import CellState, Sheet, cell_name
from maturity.writing.book import Book
from maturity.writing.workbook_words import rules_of

__all__ = ["Places", "ScoreRows"]

ANSWERS_HEADER = 4
WORKINGS_HEADER = 4
METHOD_LEVELS = 6
_STATES = 4
_FIXED_ANSWER_COLUMNS = 3
_COLUMNS_PER_RATING = 3


class ScoreRows(NamedTuple):
    """Where a score is worked out on the sheet Workings."""

    row: int
    parts: int

    @property
    def first(self) -> int:
        """The row of its first part."""
        return self.row + 1

    @property
    def last(self) -> int:
        """The row of its last part."""
        return self.row + self.parts


class Places:
    """The addresses of one result workbook.

    Attributes:
        result: what is written.
        rules: the roll-ups by name.
        summary: the name of that sheet; `matrix` to `reconciliation` likewise.
        mirrors: sheet of the return → the sheet that shows it as sent.
    """

    def __init__(self, result: Result, book: Book) -> None:
        self.result = result
        self.rubric = result.rubric
        self.rules = rules_of(self.rubric)
        self.summary = book.name_for("Summary")
        self.matrix = book.name_for("Matrix")
        self.priorities = book.name_for("Priorities")
        self.answers = book.name_for("Answers")
        self.issues = book.name_for("Issues")
        self.baseline = book.name_for("Baseline")
        self.method = book.name_for("Method")
        self.workings = book.name_for("Workings")
        self.reconciliation = book.name_for("Reconciliation")
        self.mirrored = _answer_sheets(result)
        self.mirrors: Mapping[str, str] = {
            sheet.name: book.name_for(f"As sent - {sheet.name.strip()}") for sheet in self.mirrored
        }
        self._answer_rows = {
            criterion: row for row, criterion in enumerate(self.rubric.criteria, ANSWERS_HEADER + 1)
        }
        self._rating_columns = {
            rating: _FIXED_ANSWER_COLUMNS + 1 + place * _COLUMNS_PER_RATING
            for place, rating in enumerate(self.rubric.ratings)
        }
        # A score works its parts out whenever it is asked, and several sheets ask.
        self._parts = {(score.score, score.id): score.contributions for score in result.scores}
        self._score_rows = _score_rows(self._parts)
        self._fixed = _fixed_scores(self) if self.rubric.scoring.answer_rules else frozenset()

    def parts_of(self, score: Score) -> Sequence[Contribution]:
        """Give what each answer or score below gave to a score."""
        return self._parts[score.score, score.id]

    def is_fixed(self, score: Score) -> bool:
        """Say whether a rule may change an answer beneath a score, which no formula follows."""
        return (score.score, score.id) in self._fixed

    # --- Answers ----------------------------------------------------------------------------------

    def answer_row(self, criterion: str) -> int:
        """Give a criterion's row on the sheet Answers."""
        return self._answer_rows[criterion]

    @property
    def last_answer_row(self) -> int:
        """The last row of the table on the sheet Answers."""
        return ANSWERS_HEADER + len(self._answer_rows)

    def typed_column(self, rating: str) -> int:
        """Give the column in which a rating stands as typed; as read and the cell follow it."""
        return self._rating_columns[rating]

    @property
    def first_column_after_ratings(self) -> int:
        """The first column to the right of the ratings on the sheet Answers."""
        return _FIXED_ANSWER_COLUMNS + 1 + _COLUMNS_PER_RATING * len(self._rating_columns)

    def level_cell(self, criterion: str, rating: str) -> str:
        """Give the address of an answer's level, such as `Answers!$E$7`."""
        column = self._rating_columns[rating] + 1
        return f"{self.answers}!{_fixed(self._answer_rows[criterion], column)}"

    # --- Method -----------------------------------------------------------------------------------

    @property
    def lowest_level(self) -> str:
        """The address of the lowest level's value."""
        return f"{self.method}!{_fixed(METHOD_LEVELS, 1)}"

    @property
    def highest_level(self) -> str:
        """The address of the highest level's value."""
        return f"{self.method}!{_fixed(METHOD_LEVELS + len(self.rubric.levels) - 1, 1)}"

    @property
    def level_choices(self) -> str:
        """The range of everything that a level cell may hold."""
        last = METHOD_LEVELS + len(self.rubric.levels) + _STATES - 1
        return f"={self.method}!{_fixed(METHOD_LEVELS, 1)}:{_fixed(last, 1)}"

    @property
    def first_band_row(self) -> int:
        """The row of the lowest band on the sheet Method."""
        return METHOD_LEVELS + len(self.rubric.levels) + _STATES + 3

    def band_range(self, column: int) -> str:
        """Give the range of the bands' cuts (column 1) or names (column 2)."""
        last = self.first_band_row + len(self.rubric.scoring.bands) - 1
        return f"{self.method}!{_fixed(self.first_band_row, column)}:{_fixed(last, column)}"

    # --- Workings ---------------------------------------------------------------------------------

    def score_rows(self, score: str, key: str) -> ScoreRows:
        """Say where a score is worked out."""
        return self._score_rows[score, key]

    def score_cell(self, score: Score, column: str) -> str:
        """Give the address of something about a score on the sheet Workings.

        Args:
            score: the score.
            column: the column's letter.
        """
        return f"{self.workings}!${column}${self._score_rows[score.score, score.id].row}"


def _fixed(row: int, column: int) -> str:
    letters = cell_name(row, column).rstrip("0123456789")
    return f"${letters}${row}"


def _fixed_scores(places: Places) -> frozenset[tuple[str, str]]:
    rubric = places.rubric
    changed = {
        (criterion, rating)
        for rule in rubric.scoring.answer_rules
        for criterion in changed_criteria(rubric, rule)
        for rating in changed_ratings(rubric, rule)
    }
    fixed: set[tuple[str, str]] = set()
    for score in places.result.scores:
        of = places.rules[score.score].of
        for part in places.parts_of(score):
            is_answer = of == "criterion"
            if (part.id, part.rating) in changed if is_answer else (of, part.id) in fixed:
                fixed.add((score.score, score.id))
    return frozenset(fixed)


def _score_rows(
    parts: Mapping[tuple[str, str], Sequence[Contribution]],
) -> dict[tuple[str, str], ScoreRows]:
    places = {}
    row = WORKINGS_HEADER + 1
    for score, of_score in parts.items():
        rows = ScoreRows(row, len(of_score))
        places[score] = rows
        row = rows.last + 1
    return places


def _answer_sheets(result: Result) -> tuple[Sheet, ...]:
    """Find the return's sheets from which something was read, or which hold something doubtful."""
    assessment = result.assessment
    if assessment.workbook is None:
        return ()
    wanted = {response.sheet for response in assessment.responses}
    wanted |= {metric.sheet for metric in assessment.metrics}
    wanted |= {value.sheet for value in assessment.metadata.values()}
    wanted |= {remark.sheet for remark in assessment.remarks}
    wanted |= {stated.sheet for stated in assessment.stated}
    wanted |= {issue.sheet for issue in assessment.issues if issue.cell is not None}
    return tuple(
        sheet
        for sheet in assessment.workbook.sheets
        if sheet.is_grid and sheet.name in wanted and _has_content(sheet)
    )


def _has_content(sheet: Sheet) -> bool:
    return any(
        cell.state is not CellState.BLANK
        for cells in sheet.rows.values()
        for cell in cells.values()
    )
