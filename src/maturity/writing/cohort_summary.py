"""Write the first page of a cohort's workbook: what a chief executive reads in two minutes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from maturity.cohort.cohort import Cohort
from maturity.cohort.tables import Distribution
from maturity.wording import listed
from maturity.writing.book import Page
from maturity.writing.cohort_heat import heat_rollups
from maturity.writing.cohort_pages import Column, score_title, two_decimals, write_rows, write_top
from maturity.writing.text import clean_text
from maturity.writing.workbook_charts import ChartData, bar_chart, chart_height
from maturity.writing.workbook_words import (
    count_of,
    criterion_name,
    date_text,
    rules_of,
    status_notice,
)

__all__ = ["TEAM_NOTICE", "facts_of", "write_summary"]

TEAM_NOTICE = (
    "Not for publication: this workbook shows each area's own figures, and figures about few "
    "areas. It is for the people who may see them."
)
_COLUMNS = (
    Column("", 50, "name"),
    Column("Areas scored", 10, "number"),
    Column("Lowest", 10, "bound"),
    Column("Lower quartile", 10, "bound"),
    Column("Median", 10, "score"),
    Column("Upper quartile", 10, "bound"),
    Column("Highest", 10, "bound"),
    Column("Mean coverage", 10, "coverage"),
    Column("Areas in each band, lowest band first", 54),
)
_MEDIAN_COLUMN = 5
_CHART_WIDTH, _ROW_PIXELS = 600, 20
_MOST_LISTED = 3


def write_summary(page: Page, cohort: Cohort, created: datetime.datetime | None) -> None:
    """Write who sent what, what it says in sentences, and a table and chart of the domains."""
    page.in_front()
    rubric = cohort.rubric
    title = f"{count_of(len(cohort.areas), 'area')}: {rubric.title}"
    row = write_top(page, title, (), _COLUMNS) - 1
    row = page.banner(row, (1, len(_COLUMNS)), TEAM_NOTICE, "notice")
    row = page.banner(row, (1, len(_COLUMNS)), status_notice(rubric), "notice")
    for fact in facts_of(cohort, created):
        row = page.banner(row, (1, len(_COLUMNS)), fact, "words")
    page.text(row + 1, 1, "What this says", "heading")
    row += 2
    for sentence in _sentences(cohort):
        row = page.banner(row, (1, len(_COLUMNS)), f"• {sentence}", "words")
    blocks: list[tuple[int, int]] = []
    charts: list[ChartData] = []
    for rollup in heat_rollups(cohort):
        start = row + 1
        row = _write_block(page, cohort, rollup, start, charts)
        blocks.append((start, row))
    if charts:
        blocks.append((row + 1, _write_charts(page, cohort, charts, row + 1)))
    page.printing_on_pages(blocks=blocks)


def facts_of(cohort: Cohort, created: datetime.datetime | None) -> Iterator[str]:
    """Say in sentences what the figures rest on."""
    dates = sorted(each.date for each in cohort.returns if each.date is not None)
    parts = [count_of(len(cohort.returns), "return"), count_of(len(cohort.areas), "area")]
    span = ""
    if dates:
        same = dates[0] == dates[-1]
        last = "" if same else f" to {date_text(dates[-1])}"
        span = f", dated {date_text(dates[0])}{last}"
    yield f"It rests on {parts[0]} from {parts[1]}{span}."
    failed = len({failure.source for failure in cohort.failures})
    replaced = len(cohort.superseded)
    if failed or replaced:
        yield (
            f"{count_of(failed, 'file')} could not be used and {count_of(replaced, 'return')} gave "
            "way to another of the same area: see the sheet Files."
        )
    rubric = cohort.rubric
    made = "" if created is None else f" Made on {date_text(created)}."
    yield f"Rubric: {rubric.id}, version {rubric.version}, {rubric.status}.{made}"


def _sentences(cohort: Cohort) -> Iterator[str]:
    if not cohort.returns:
        yield "No return could be scored, so there is nothing to say."
        return
    for rollup in heat_rollups(cohort):
        yield from _extremes(cohort, rollup)
    low = cohort.low_criteria
    if low:
        names = [criterion_name(cohort.rubric, each.criterion) for each in low[:_MOST_LISTED]]
        yield (
            f"On {count_of(len(low), 'criterion', 'criteria')} of {len(cohort.criteria)} most "
            f"areas are low; most of all on {listed(names, 'and')}."
        )
    apart = [each for each in cohort.partner_views if each.apart]
    if apart:
        most = max(apart, key=lambda each: Fraction(each.apart, each.compared))
        yield (
            f"Partners are most often far apart on "
            f"{criterion_name(cohort.rubric, most.criterion)}: in {most.apart} of "
            f"{count_of(most.compared, 'area')}."
        )
    if cohort.issue_counts:
        commonest = cohort.issue_counts[0]
        yield (
            f"The commonest issue is {commonest.code.value}: in {commonest.areas} of "
            f"{count_of(len(cohort.returns), 'return')}, {commonest.issues} times in all."
        )


def _extremes(cohort: Cohort, rollup: str) -> Iterator[str]:
    found = [each for each in cohort.distributions if each.score == rollup]
    medians = {each.id: each.spread.median for each in found if each.spread is not None}
    if len(set(medians.values())) < 2:
        return
    ends = []
    for value in (max(medians.values()), min(medians.values())):
        names = [
            score_title(cohort.rubric, rollup, key)
            for key, found in medians.items()
            if found == value
        ]
        ends.append(f"{listed(names, 'and')} ({two_decimals(value)})")
    title = rules_of(cohort.rubric)[rollup].title or rollup
    yield f"{title}: the median is highest for {ends[0]} and lowest for {ends[1]}."


def _write_block(page: Page, cohort: Cohort, rollup: str, row: int, charts: list[ChartData]) -> int:
    """Write a table, note what to draw of it, and give the row below it."""
    title = rules_of(cohort.rubric)[rollup].title or rollup
    page.text(row, 1, f"{title}: how the areas are spread", "heading")
    found = [each for each in cohort.distributions if each.score == rollup]
    columns = (_COLUMNS[0]._replace(title=title), *_COLUMNS[1:])
    last = write_rows(page, row + 1, columns, (_row(cohort, each) for each in found))
    if any(each.spread for each in found):
        charts.append(
            ChartData(
                sheet=page.name,
                title=f"{title}: median of the areas",
                header_row=row + 1,
                first_row=row + 2,
                last_row=last,
                name_column=1,
                value_columns=(_MEDIAN_COLUMN,),
            )
        )
    return last + 1


def _write_charts(page: Page, cohort: Cohort, charts: list[ChartData], row: int) -> int:
    """Put the charts side by side, and give the last row that they cover."""
    height = max(chart_height(data) for data in charts)
    for place, data in enumerate(charts):
        chart = bar_chart(page.book, cohort.rubric, data)
        chart.set_size({"width": _CHART_WIDTH, "height": height})
        words = clean_text(
            f"Bar chart. {data.title}, on the scale of levels. The figures stand in the table "
            f"{page.name}, rows {data.first_row} to {data.last_row}."
        )
        left = place * (_CHART_WIDTH + 10)
        options = {"x_offset": left, "y_offset": 4, "description": words, "object_position": 2}
        page.chart(row, 1, chart, options)
    return row + height // _ROW_PIXELS + 1


def _row(cohort: Cohort, each: Distribution) -> list[str | int | float | Fraction | None]:
    spread = each.spread
    figures = [None] * 5 if spread is None else spread[:5]
    bands = ", ".join(f"{count} {band}" for band, count in each.bands.items())
    name = score_title(cohort.rubric, each.score, each.id)
    return [name, each.scored, *figures, each.coverage, bands or None]
