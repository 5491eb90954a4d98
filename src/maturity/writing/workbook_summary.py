"""Write the sheet Summary: what a chief executive reads in two minutes."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

from maturity.result import Result, Score
from maturity.sheets import cell_name
from maturity.writing import workbook_formulas as formulas
from maturity.writing.book import Page
from maturity.writing.workbook_charts import ChartData, bar_chart, chart_height
from maturity.writing.workbook_places import Places
from maturity.writing.workbook_says import mend_sentence, next_steps, sentences
from maturity.writing.workbook_tables import ScoreTable, Tables
from maturity.writing.workbook_words import (
    NONE,
    NOT_SCORED,
    date_text,
    member_name,
    metadata_label,
    number_text,
    score_name,
    status_notice,
)

__all__ = ["write_summary"]

_NAME, _SCORE, _BAND, _COVERAGE, _LOW, _HIGH, _REMARK, _TARGET, _GAP = range(1, 10)
_FIGURES = (_SCORE, _BAND, _COVERAGE, _LOW, _HIGH, _TARGET, _GAP)
_REMARK_WIDTH = 42
_WIDTHS = (36, 9, 13, 10, 9, 9, _REMARK_WIDTH, 9, 9)
_PARTNER_WIDTH = 11
_CHARTS = 2
_CHART_WIDTHS = (640, 540)
_ROW_PIXELS = 20


def write_summary(
    page: Page, places: Places, tables: Tables, created: datetime.datetime | None
) -> None:
    """Write the summary of a result."""
    columns = _columns(tables)
    page.widths(*_WIDTHS, *[_PARTNER_WIDTH] * (columns - len(_WIDTHS)))
    page.without_grid()
    page.in_front()
    row = _write_top(page, places.result, columns, created)
    row = _write_what_it_says(page, places, tables, columns, row + 1)
    charts: list[ChartData] = []
    blocks = []
    for place, table in enumerate(tables.single):
        start = row + 1
        chart, row = _write_table(page, places, table, start)
        charts.append(chart)
        blocks.append((start, row))
        if place == min(_CHARTS, len(tables.single)) - 1:
            start = row + 1
            row = _write_charts(page, places, charts, start)
            blocks.append((start, row))
    if tables.others:
        _write_others(page, places, tables.others, row + 1)
    page.printing_on_pages(blocks=blocks)


def _columns(tables: Tables) -> int:
    partners = max((len(table.partners) for table in tables.single), default=0)
    return len(_WIDTHS) + partners


def _write_top(page: Page, result: Result, columns: int, created: datetime.datetime | None) -> int:
    assessment, rubric = result.assessment, result.rubric
    who = assessment.area or assessment.area_name or assessment.source or "Return"
    page.text(1, 1, f"{who}: {rubric.title}", "title")
    page.height(1, 30)
    row = page.banner(2, (1, columns), status_notice(rubric), "notice") + 1
    page.height(2, 24)
    page.height(3, 6)
    order = ("area", "partnership", "date", "role")
    keys = [key for key in order if key in assessment.metadata]
    keys += [key for key in assessment.metadata if key not in order]
    facts = [
        f"{metadata_label(key)}: {_metadata_text(assessment.metadata[key].value)}" for key in keys
    ]
    facts.append(f"Rubric: {rubric.id}, version {rubric.version}, {rubric.status}")
    facts.append(f"Source file: {assessment.source or 'none'}")
    if created is not None:
        facts.append(f"Result made on: {date_text(created)}")
    for place, fact in enumerate(facts):
        line, is_right = divmod(place, 2)
        first, last = (_REMARK, columns) if is_right else (1, _HIGH)
        page.merge(row + line, first, row + line, last, "words")
        page.text(row + line, first, fact, "words")
    return row + (len(facts) + 1) // 2


def _metadata_text(value: str | datetime.date | int | Decimal) -> str:
    return date_text(value) if isinstance(value, datetime.date) else str(value)


def _write_what_it_says(page: Page, places: Places, tables: Tables, columns: int, row: int) -> int:
    result = places.result
    page.text(row, 1, "What this says (about the return as it was sent)", "heading")
    row += 1
    for sentence in sentences(result, tables):
        row = page.banner(row, (1, columns), f"• {sentence}", "words")
    page.link(row, 1, (places.issues, "A1"), f"• {mend_sentence(result)}", "link_words")
    row += 1
    steps = next_steps(result)
    page.text(row, 1, "What to do next" if steps else "", "label")
    for place, step in enumerate(steps, start=row + 1):
        page.banner(place, (1, columns), step, "words")
    return row + len(steps) + 1


def _write_table(page: Page, places: Places, table: ScoreTable, row: int) -> tuple[ChartData, int]:
    page.text(row, 1, table.title, "heading")
    header = row + 1
    titles = [table.title, "Score", "Band", "Coverage", "Could be: from", "to", "What it rests on"]
    has_targets = bool(table.targets)
    titles += ["Target", "Gap to target"] if has_targets else []
    page.header(header, titles, _FIGURES)
    has_target_scores = any(target.value is not None for target in table.targets.values())
    first_partner = _GAP + 1 if has_targets else _REMARK + 1
    for column, rating in enumerate(table.partners, start=first_partner):
        page.text(header, column, places.rubric.ratings[rating].title, "header_figure")
    for line, score in enumerate(table.scores, start=header + 1):
        member = score.members[table.facet]
        page.text(line, _NAME, member_name(places.rubric, table.facet, member), "name")
        write_score(page, places, score, line)
        if has_targets:
            _write_target(page, places, score, table.targets.get(member), line)
        for column, scores in enumerate(table.partners.values(), start=first_partner):
            write_value(page, places, scores.get(member), (line, column), "bound")
    data = ChartData(
        sheet=page.name,
        title=f"{table.title}: score" + (" and target" if has_target_scores else ""),
        header_row=header,
        first_row=header + 1,
        last_row=header + len(table.scores),
        name_column=_NAME,
        value_columns=(_SCORE, _TARGET) if has_target_scores else (_SCORE,),
    )
    return data, data.last_row + 1


def write_score(page: Page, places: Places, score: Score, row: int) -> None:
    """Write a score's figures from the second column on, each as a reference to Workings."""
    refer = places.score_cell
    write_value(page, places, score, (row, _SCORE), "score")
    band = refer(score, formulas.BAND)
    page.formula(row, _BAND, f'IF({band}="","{NONE}",{band})', score.band or NONE, "centre")
    for column, source, value, style in (
        (_COVERAGE, formulas.COVERAGE, score.coverage, "coverage"),
        (_LOW, formulas.LOWEST, score.low, "bound"),
        (_HIGH, formulas.HIGHEST, score.high, "bound"),
    ):
        page.formula(row, column, refer(score, source), NONE if value is None else value, style)
    _write_what_it_rests_on(page, places, score, row)


def write_value(
    page: Page, places: Places, score: Score | None, place: tuple[int, int], style: str
) -> None:
    """Write a score's value as a reference to Workings; a dash where the rubric makes no score."""
    if score is None:
        page.text(*place, NONE, style)
        return
    known = NOT_SCORED if score.value is None else score.value
    page.formula(*place, places.score_cell(score, formulas.VALUE), known, style)


def _write_what_it_rests_on(page: Page, places: Places, score: Score, row: int) -> None:
    """Say how much was counted or, where there is no score, why."""
    rows = places.score_rows(score.score, score.id)
    what = "answers" if places.rules[score.score].of == "criterion" else "scores"
    value = places.score_cell(score, formulas.VALUE)
    remark = places.score_cell(score, formulas.REMARK)
    counted = f"{places.workings}!{formulas.VALUE}{rows.first}:{formulas.VALUE}{rows.last}"
    applies = f"{places.workings}!{formulas.LOWEST}{rows.first}:{formulas.LOWEST}{rows.last}"
    coverage = places.score_cell(score, formulas.COVERAGE)
    percent = f"IF({coverage}=1,100,MIN(99.9,ROUND(100*{coverage},1)))"
    formula = (
        f'IF(ISNUMBER({value}),COUNT({counted})&" of "&COUNT({applies})&" {what} counted: "'
        f'&{percent}&" % of the weight",'
        f'IF({remark}="","Too few {what}: see the sheet Workings",{remark}))'
    )
    known = score.reason or _counted_words(score, what)
    page.formula(row, _REMARK, formula, known, "small")


def _counted_words(score: Score, what: str) -> str:
    parts = [part for part in score.contributions if part.applies]
    counted = [part for part in parts if part.value is not None]
    share = number_text(_percent(score.coverage or 0))
    return f"{len(counted)} of {len(parts)} {what} counted: {share} % of the weight"


def _percent(coverage: float) -> Decimal:
    """Give a share in per cent as the formula does: halves go up, and only 1 is 100 %."""
    if coverage == 1:
        return Decimal(100)
    rounded = Decimal(f"{100 * coverage:.12g}").quantize(Decimal("0.1"), ROUND_HALF_UP)
    return min(Decimal("99.9"), rounded)


def _write_target(page: Page, places: Places, score: Score, target: Score | None, row: int) -> None:
    write_value(page, places, target, (row, _TARGET), "bound")
    known: float | str = NONE
    if target is not None and target.value is not None and score.value is not None:
        known = target.value - score.value
    here, there = cell_name(row, _SCORE), cell_name(row, _TARGET)
    formula = f'IF(AND(ISNUMBER({here}),ISNUMBER({there})),{there}-{here},"{NONE}")'
    page.formula(row, _GAP, formula, known, "gap")


def _write_charts(page: Page, places: Places, charts: list[ChartData], row: int) -> int:
    """Put the charts side by side below the tables they show."""
    height = max(chart_height(data) for data in charts)
    left = 0
    for data, width in zip(charts, _CHART_WIDTHS, strict=False):
        words = (
            f"Bar chart. {data.title}, on the scale of levels. The figures stand in the table "
            f"{page.name}, rows {data.first_row} to {data.last_row}."
        )
        options = {"x_offset": left, "y_offset": 4, "description": words, "object_position": 2}
        chart = bar_chart(page.book, places.rubric, data)
        chart.set_size({"width": width, "height": height})
        page.chart(row, 1, chart, options)
        left += width + 10
    return row + height // _ROW_PIXELS + 2


def _write_others(page: Page, places: Places, scores: tuple[Score, ...], row: int) -> None:
    page.text(row, 1, "Other scores", "heading")
    titles = ["Score", "Score", "Band", "Coverage", "Could be: from", "to", "What it rests on"]
    page.header(row + 1, titles, _FIGURES)
    for line, score in enumerate(scores, start=row + 2):
        rule = places.rules[score.score]
        name = score_name(places.rubric, score)
        title = rule.title or rule.score
        page.text(line, _NAME, name if name == title else f"{title}: {name}", "name")
        write_score(page, places, score, line)
