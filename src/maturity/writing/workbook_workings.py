"""Write the sheet Workings: every score as a sum that a person can follow, in live formulas."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.assessment import State
from maturity.result import Contribution, Result, Score
from maturity.rubric import RollUp
from maturity.sheets import column_number
from maturity.writing import workbook_formulas as formulas
from maturity.writing.book import Page
from maturity.writing.workbook_formulas import Formulas
from maturity.writing.workbook_places import WORKINGS_HEADER, Places, ScoreRows
from maturity.writing.workbook_words import (
    METHOD_WORDS,
    NONE,
    NOT_SCORED,
    criterion_name,
    score_name,
)

__all__ = ["write_workings"]

_TITLES = (
    "Scores",
    "Score",
    "Part",
    "Rating",
    "Weight",
    "Weight that applies",
    "Weight counted",
    "Value",
    "Lowest it could be",
    "Highest it could be",
    "Coverage",
    "Band",
    "What became of it, or why there is no score (as sent)",
)
_INTRODUCTION = (
    "Each shaded row is a score; the rows below it are its parts. Values come from the sheet "
    "Answers: change a level there and everything follows. A mean is the sum of weight counted × "
    "value, divided by the sum of weight counted. Coverage is the share of the weight that applies "
    "and has an answer. For the lowest and highest that a score could be, each missing answer is "
    "taken as the lowest and the highest level. Scores made by tables, steps, gates or changes of "
    "scale, and those with answers that a rule may change, are given as the library worked them "
    "out, without formulas."
)


def write_workings(page: Page, places: Places) -> None:
    """Write every score of a result with its parts."""
    page.widths(24, 44, 58, 14, 9, 10, 9, 11, 10, 10, 11, 13, 60)
    page.text(1, 1, "Workings: how each score is made", "title")
    page.height(1, 28)
    page.banner(2, (1, len(_TITLES)), _INTRODUCTION, "words")
    page.header(WORKINGS_HEADER, _TITLES, range(5, 12))
    page.freeze(WORKINGS_HEADER + 1)
    result = places.result
    last = WORKINGS_HEADER
    for score in result.scores:
        rows = places.score_rows(score.score, score.id)
        _write_score(page, places, score, rows)
        last = rows.last
    page.filter(WORKINGS_HEADER, 1, last, len(_TITLES))
    page.printing(header_row=WORKINGS_HEADER)


def _write_score(page: Page, places: Places, score: Score, rows: ScoreRows) -> None:
    rule = places.rules[score.score]
    parts = places.parts_of(score)
    row = rows.row
    page.text(row, 1, rule.title or rule.score, "work_text")
    page.text(row, 2, score_name(places.rubric, score), "work_text")
    page.text(row, 3, f"{METHOD_WORDS[rule.method].capitalize()} of the rows below", "work_text")
    page.text(row, 4, "", "work_text")
    page.text(row, 5, "", "work_text")
    is_live = formulas.can_be_live(places.rubric, rule) and not places.is_fixed(score)
    made = formulas.score_formulas(places, rule, rows) if is_live else None
    known = (
        sum(part.weight for part in parts if part.applies),
        sum(part.weight for part in parts if part.value is not None),
        NOT_SCORED if score.value is None else score.value,
        *(_or_none(number) for number in (score.low, score.high, score.coverage)),
        score.band or "",
    )
    styles = (*["work_number"] * 2, *["work_score"] * 3, "work_coverage", "work_text")
    _write_formulas(page, row, made, known, styles)
    page.text(row, column_number(formulas.REMARK), score.reason or "", "work_text")
    for part_row, part in enumerate(parts, rows.first):
        _write_part(page, places, rule, part_row, part, is_live=is_live)


def _write_part(
    page: Page, places: Places, rule: RollUp, row: int, part: Contribution, *, is_live: bool
) -> None:
    otherwise = "counted as lowest" if rule.missing == "lowest" else "left out"
    page.text(row, 1, "", "part_text")
    page.text(row, 2, "", "part_text")
    if rule.of == "criterion":
        name = criterion_name(places.rubric, part.id)
        rating = places.rubric.ratings[part.rating].title
        may_leave = (
            rule.not_applicable == "skip"
            and places.rubric.criteria[part.id].not_applicable is not None
        )
        cell = places.level_cell(part.id, part.rating)
        made = formulas.answer_formulas(places, row, cell, may_leave, otherwise)
        known = _known_of_answer(places.result, part)
    else:
        child = places.result.by_rollup[rule.of][part.id]
        name, rating = score_name(places.rubric, child), ""
        child_row = places.score_rows(rule.of, part.id).row
        made = formulas.score_part_formulas(row, child_row, otherwise)
        known = _known_of_score(child, part)
    page.text(row, 3, name, "part_text")
    page.text(row, 4, rating, "part_text")
    page.number(row, 5, part.weight, "part_number")
    styles = (*["part_number"] * 5, "part_coverage", "part_text")
    if is_live:
        _write_formulas(page, row, made._replace(last='""'), (*known, ""), styles)
        page.formula(row, column_number(formulas.REMARK), made.last, part.treatment, "part_text")
    else:
        _write_formulas(page, row, None, (*known, ""), styles)
        page.text(row, column_number(formulas.REMARK), part.treatment, "part_text")


def _known_of_answer(result: Result, part: Contribution) -> tuple[float | str, ...]:
    levels = [level.value for level in result.rubric.levels_for(part.id, part.rating)]
    lowest, highest = float(min(levels)), float(max(levels))
    if not part.applies:
        return (0, 0, "", "", "", "")
    if part.value is None:
        return (part.weight, 0, "", lowest, highest, 0)
    if part.state is not State.ANSWERED:  # the rubric counts a number for it
        return (part.weight, part.weight, part.value, lowest, highest, 0)
    return (part.weight, part.weight, part.value, part.value, part.value, 1)


def _known_of_score(child: Score, part: Contribution) -> tuple[float | str, ...]:
    if child.coverage is None or child.low is None or child.high is None:
        return (0, 0, "", "", "", "")
    if part.value is None:
        value = child.low if part.treatment == "counted as lowest" else ""
        return (part.weight, 0, value, child.low, child.high, child.coverage)
    return (part.weight, part.weight, part.value, child.low, child.high, child.coverage)


def _write_formulas(
    page: Page,
    row: int,
    made: Formulas | None,
    known: Sequence[float | str],
    styles: Sequence[str],
) -> None:
    """Write a row's formulas with our values in them; where there are none, the values alone."""
    first = column_number(formulas.APPLIES)
    if made is None:
        for column, (value, style) in enumerate(zip(known, styles, strict=True), start=first):
            if isinstance(value, str):
                page.text(row, column, value, style)
            else:
                page.number(row, column, value, style)
        return
    for column, (formula, value, style) in enumerate(
        zip(made, known, styles, strict=True), start=first
    ):
        if formula == '""':
            page.text(row, column, "", style)
        else:
            page.formula(row, column, formula, value, style)


def _or_none(number: float | None) -> float | str:
    return NONE if number is None else number
