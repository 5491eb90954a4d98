"""Write areas × scores as a heat map: every cell says its figure and its band in words."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.cohort.cohort import Cohort
from maturity.cohort.returns import CohortReturn, Figure
from maturity.writing.book import Page
from maturity.writing.cohort_pages import Column, score_title, write_rows, write_top
from maturity.writing.theme import HEAT
from maturity.writing.workbook_words import NONE, NOT_SCORED, rules_of

__all__ = ["heat_rollups", "write_heat"]

_WORDS = (
    "Each cell shows the score and its band. A darker cell is a higher score, on the whole scale, "
    "so that two workbooks can be laid side by side.",
    "“not scored” means that too little could be read; the reasons stand below. It is neither 0 "
    "nor a low score.",
)
_AREA_WIDTH, _REGION_WIDTH, _SCORE_WIDTH, _LAST_WIDTH = 34, 24, 18, 18
_PLAIN_METHODS = frozenset({"mean", "weighted-mean", "min", "max", "median", "geometric-mean"})


def heat_rollups(cohort: Cohort) -> tuple[str, ...]:
    """Choose the roll-ups that get a heat map: domains and principles, or else the first one."""
    found = {score for each in cohort.returns for score, _ in each.scores}
    wanted = tuple(score for score in ("domain", "principle") if score in found)
    return wanted or tuple(r.score for r in cohort.rubric.scoring.rules if r.score in found)[:1]


def write_heat(page: Page, cohort: Cohort, rollup: str) -> None:
    """Write the scores of a roll-up, their coverage, and why some are missing."""
    keys = [(each.score, each.id) for each in cohort.distributions if each.score == rollup]
    if ("overall", "overall") in {(each.score, each.id) for each in cohort.distributions}:
        keys += [] if rollup == "overall" else [("overall", "overall")]
    titles = [score_title(cohort.rubric, *key) for key in keys]
    columns = (
        Column("Area", _AREA_WIDTH, "name_middle"),
        Column("Region", _REGION_WIDTH, "cell"),
        *(Column(title, _SCORE_WIDTH, "heat") for title in titles),
    )
    name = rules_of(cohort.rubric)[rollup].title or rollup
    row = write_top(page, f"Areas by {name.casefold()}", _WORDS, columns)
    page.text(row, 1, "Scores", "heading")
    header = row + 1
    last = _write_scores(page, cohort, keys, columns, header)
    page.text(last + 2, 1, "Coverage: the share of each score that could be read", "heading")
    coverage = [
        (each.area, each.region or None, *(each.scores[key].coverage for key in keys))
        for each in cohort.returns
    ]
    looks = (*columns[:2], *(column._replace(style="coverage_centre") for column in columns[2:]))
    after = write_rows(page, last + 3, looks, coverage)
    _write_reasons(page, cohort, keys, columns, after + 2)
    page.freeze(header + 1, 2)
    page.printing(header_row=header)


def _write_scores(
    page: Page,
    cohort: Cohort,
    keys: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    header: int,
) -> int:
    page.header(header, [column.title for column in columns], range(3, len(columns) + 1))
    row = header
    for each in cohort.returns:
        row += 1
        page.height(row, 20)
        page.text(row, 1, each.area, "name_middle")
        page.text(row, 2, each.region or NONE, "cell_middle")
        for column, key in enumerate(keys, start=3):
            _write_score(page, each.scores[key], (row, column))
    _shade(page, cohort, keys, (header + 1, 3, row, len(columns)))
    row += 1
    page.text(row, 1, "Median of the areas", "name_middle")
    page.text(row, 2, "", "cell")
    page.height(row, 20)
    medians = {(each.score, each.id): each.spread for each in cohort.distributions}
    for column, key in enumerate(keys, start=3):
        spread = medians[key]
        if spread is None:
            page.text(row, column, NONE, "heat_total")
        else:
            page.number(row, column, float(spread.median), "heat_total")
    return row


def _write_score(page: Page, figure: Figure, place: tuple[int, int]) -> None:
    if figure.value is None:
        page.text(*place, NOT_SCORED, "heat_missing")
    else:
        style = page.book.figure_with_word("heat", figure.band) if figure.band else "heat"
        page.number(*place, float(figure.value), style)


def _shade(
    page: Page,
    cohort: Cohort,
    keys: Sequence[tuple[str, str]],
    block: tuple[int, int, int, int],
) -> None:
    """Shade on the scale of the levels; where a rule has one of its own, from lowest to highest."""
    rule = rules_of(cohort.rubric)[keys[0][0]]
    levels = cohort.rubric.levels
    options: dict[str, object] = {
        "type": "2_color_scale",
        "min_color": HEAT[0],
        "max_color": HEAT[1],
    }
    if rule.method in _PLAIN_METHODS and rule.scale is None:
        options |= {"min_type": "num", "min_value": float(levels[0].value)}
        options |= {"max_type": "num", "max_value": float(levels[-1].value)}
    page.condition(*block, options)


def _write_reasons(
    page: Page,
    cohort: Cohort,
    keys: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    row: int,
) -> None:
    missing = [
        (each, key, each.scores[key])
        for each in cohort.returns
        for key in keys
        if each.scores[key].value is None
    ]
    if not missing:
        return
    page.text(row, 1, "Why some are not scored", "heading")
    page.header(row + 1, ("Area", "Score", "Why"))
    page.merge(row + 1, 3, row + 1, max(4, len(columns)), "header")
    page.text(row + 1, 3, "Why", "header")
    for line, (each, key, figure) in enumerate(missing, start=row + 2):
        _write_reason(page, line, each, score_title(cohort.rubric, *key), figure, len(columns))


def _write_reason(
    page: Page, row: int, each: CohortReturn, title: str, figure: Figure, columns: int
) -> None:
    page.text(row, 1, each.area, "name")
    page.text(row, 2, title)
    page.merge(row, 3, row, max(4, columns), "cell")
    page.text(row, 3, figure.reason or NONE)
