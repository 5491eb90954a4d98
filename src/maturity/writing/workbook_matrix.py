"""Write the sheet Matrix: scores by two facets at once, such as domain × principle."""

from __future__ import annotations

from collections.abc import Callable

from maturity.result import Score
from maturity.writing import workbook_formulas as formulas
from maturity.writing.book import Page
from maturity.writing.theme import HEAT
from maturity.writing.workbook_places import Places
from maturity.writing.workbook_tables import Grid
from maturity.writing.workbook_words import NONE, NOT_SCORED, member_name

__all__ = ["write_matrix"]

_LEGEND = (
    "– means that no criterion belongs to this combination. “not scored” means that too little "
    "could be read; the sheet Workings says why. A darker cell is a higher score."
)

Writer = Callable[[Page, Places, Score, tuple[int, int]], None]


def write_matrix(page: Page, places: Places, grids: tuple[Grid, ...]) -> None:
    """Write each grid twice: its scores, then the coverage on which they rest."""
    most = max(len(_members(places, grid)[1]) for grid in grids)
    page.widths(46, *[15] * (most + 1))
    page.without_grid()
    page.text(1, 1, "Matrix", "title")
    page.height(1, 28)
    row = page.banner(2, (1, most + 2), _LEGEND, "words")
    for grid in grids:
        page.text(row + 1, 1, f"{grid.title}: scores", "heading")
        row = _write_block(page, places, grid, row + 2, has_totals=True)
        page.text(row + 1, 1, f"{grid.title}: coverage, the share that could be read", "heading")
        row = _write_block(page, places, grid, row + 2, has_totals=False)
    page.printing()


def _members(places: Places, grid: Grid) -> tuple[list[str], list[str]]:
    """List the members that occur, in the rubric's order."""
    rows = {row for row, _ in grid.cells}
    columns = {column for _, column in grid.cells}
    return (
        [key for key in places.rubric.facet_members(grid.facets[0]) if key in rows],
        [key for key in places.rubric.facet_members(grid.facets[1]) if key in columns],
    )


def _write_block(page: Page, places: Places, grid: Grid, row: int, *, has_totals: bool) -> int:
    """Write one block and give the next row."""
    rows, columns = _members(places, grid)
    write = _write_score if has_totals else _write_coverage
    row_totals, column_totals = grid.totals if has_totals else ({}, {})
    page.text(row, 1, "", "header")
    for column, key in enumerate(columns, start=2):
        name = member_name(places.rubric, grid.facets[1], key)
        page.text(row, column, name, "header_figure")
    if row_totals:
        page.text(row, len(columns) + 2, "All together", "header_figure")
    for line, row_key in enumerate(rows, start=row + 1):
        page.text(line, 1, member_name(places.rubric, grid.facets[0], row_key), "name_middle")
        page.height(line, 26 if has_totals else 15)
        for column, column_key in enumerate(columns, start=2):
            cell = grid.cells.get((row_key, column_key))
            _write_cell(page, places, cell, (line, column), write)
        if row_totals:
            place = (line, len(columns) + 2)
            _write_cell(page, places, row_totals.get(row_key), place, _write_total)
    last = row + len(rows)
    if has_totals:
        _shade(page, places, (row + 1, 2, last, len(columns) + 1))
    if column_totals:
        last += 1
        page.text(last, 1, "All together", "name_middle")
        page.height(last, 26)
        for column, column_key in enumerate(columns, start=2):
            total = column_totals.get(column_key)
            _write_cell(page, places, total, (last, column), _write_total)
        if row_totals:
            page.text(last, len(columns) + 2, "", "heat_total")
    return last + 1


def _write_cell(
    page: Page, places: Places, score: Score | None, place: tuple[int, int], write: Writer
) -> None:
    if score is None:
        page.text(*place, NONE, "heat")
    else:
        write(page, places, score, place)


def _write_score(page: Page, places: Places, score: Score, place: tuple[int, int]) -> None:
    known = NOT_SCORED if score.value is None else score.value
    page.formula(*place, places.score_cell(score, formulas.VALUE), known, "heat")


def _write_coverage(page: Page, places: Places, score: Score, place: tuple[int, int]) -> None:
    known = NONE if score.coverage is None else score.coverage
    page.formula(*place, places.score_cell(score, formulas.COVERAGE), known, "coverage_centre")


def _write_total(page: Page, places: Places, score: Score, place: tuple[int, int]) -> None:
    known = NOT_SCORED if score.value is None else score.value
    page.formula(*place, places.score_cell(score, formulas.VALUE), known, "heat_total")


def _shade(page: Page, places: Places, block: tuple[int, int, int, int]) -> None:
    """Shade by the score, on the whole scale, so that two returns can be laid side by side."""
    page.condition(
        *block,
        {
            "type": "2_color_scale",
            "min_type": "num",
            "max_type": "num",
            "min_value": float(places.rubric.levels[0].value),
            "max_value": float(places.rubric.levels[-1].value),
            "min_color": HEAT[0],
            "max_color": HEAT[1],
        },
    )
