"""Write what may be shown of a cohort to anyone, and why other figures are withheld."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from maturity.cohort.publication import Publication, PublishedCounts, reason_words
from maturity.rubric import Rubric
from maturity.suppression import Withheld
from maturity.writing.book import Book, Page
from maturity.writing.cohort_pages import Column, Value, score_title, write_table, write_top
from maturity.writing.workbook_words import (
    count_of,
    criterion_name,
    date_text,
    level_text,
    rules_of,
    status_notice,
)

__all__ = ["write_published"]

_TITLES = {
    "scores": ("Scores", "How many areas are in each band, for each score."),
    "criteria": ("Criteria", "How many areas are at each level, for each criterion."),
    "disagreements": ("Partners", "In how many areas partners are far apart on a criterion."),
}


def write_published(
    book: Book, publication: Publication, created: datetime.datetime | None
) -> None:
    """Write the pages of a workbook for publication."""
    summary = book.page(book.name_for("Summary"))
    _write_front(summary, publication, created)
    if publication.show == "quartiles":
        _write_spreads(book.page(book.name_for("Quartiles")), publication)
    for table, (title, words) in _TITLES.items():
        rows = [row for row in publication.counts if row.table == table]
        if rows:
            _write_counts(book.page(book.name_for(title)), publication, rows, (title, words))


def _write_front(page: Page, publication: Publication, created: datetime.datetime | None) -> None:
    page.in_front()
    rubric, threshold = publication.rubric, publication.threshold
    columns = (Column("", 34), Column("", 110))
    title = f"{count_of(publication.areas, 'area')}: {rubric.title}"
    row = write_top(page, title, (), columns) - 1
    row = page.banner(row, (1, 2), status_notice(rubric), "notice") + 1
    made = "not stated" if created is None else date_text(created)
    pairs = (
        ("Rubric", f"{rubric.id}, version {rubric.version}, {rubric.status}"),
        ("Made on", made),
        ("What is shown", _SHOWN[publication.show]),
        ("Areas' own figures", "None are shown, and neither are the lowest and highest score."),
        (
            "Small numbers",
            f"No count from 1 to {threshold - 1} is shown, no row or group of fewer than "
            f"{threshold} areas, and nothing that would give one of these away by subtraction.",
        ),
        *(
            (f"Withheld ({reason.value.replace('_', ' ')})", reason_words(reason, threshold))
            for reason in Withheld
        ),
        (
            "One of three",
            "Publish this workbook or one with other figures of the same returns, not both.",
        ),
        (
            "What this does not hide",
            "Where all areas are in one band, that band is each area's own. An area can take its "
            f"own figure out of one about {threshold} areas, and has one about {threshold - 1}; "
            "areas that put their own figures together can work out more.",
        ),
    )
    for name, meaning in pairs:
        page.text(row, 1, name, "name")
        page.text(row, 2, meaning)
        row += 1
    page.printing()


_SHOWN = {
    "bands": "How many areas are in each band, for scores that share no answers. Other scores, "
    "levels, means and quartiles are left out: beside these counts they would give away small "
    "ones.",
    "levels": "How many areas are at each level of each criterion. Scores, means and quartiles are "
    "left out: beside these counts they would give away small ones.",
    "quartiles": "Means, medians and quartiles, by region too, to two decimals, for scores that "
    "share no answers. Counts and other scores are left out: beside these figures they would give "
    "away what is withheld.",
}


def _write_spreads(page: Page, publication: Publication) -> None:
    rubric = publication.rubric
    columns = (
        Column("Score", 50, "name"),
        Column("Of", 26),
        Column("Group", 26),
        Column("Areas", 8, "number"),
        Column("Mean", 10, "bound"),
        Column("Lower quartile", 10, "bound"),
        Column("Median", 10, "score"),
        Column("Upper quartile", 10, "bound"),
        Column("Why figures are withheld", 70, "small"),
    )
    few = publication.threshold
    words = (
        f"A median is given for {2 * few} areas or more and quartiles for {4 * few} or more, so "
        f"that {few} areas or more lie on each side.",
    )
    rows = (
        [
            score_title(rubric, row.score, row.id),
            rules_of(rubric)[row.score].title or row.score,
            row.group,
            row.areas,
            row.mean,
            row.lower_quartile,
            row.median,
            row.upper_quartile,
            _why((row.mean, row.lower_quartile, row.median, row.upper_quartile), few),
        ]
        for row in publication.spreads
    )
    write_table(page, "Quartiles", words, columns, rows)


def _why(values: Sequence[object], threshold: int) -> str | None:
    reasons = dict.fromkeys(value for value in values if isinstance(value, Withheld))
    return " ".join(reason_words(reason, threshold) for reason in reasons) or None


def _write_counts(
    page: Page,
    publication: Publication,
    rows: Sequence[PublishedCounts],
    title: tuple[str, str],
) -> None:
    rubric = publication.rubric
    classes = list(dict.fromkeys(name for row in rows for name in row.counts))
    words = {f"{level.value}": level_text(rubric, level.value) for level in rubric.levels}
    is_levels = rows[0].table == "criteria"
    columns = (
        Column(title[0], 50, "name"),
        Column("Of", 26),
        Column("Areas counted", 9, "number"),
        *(Column(words.get(c, c) if is_levels else c, 14, "number") for c in classes),
        Column("Why figures are withheld", 60, "small"),
    )
    cells = (_counts(rubric, row, classes, publication.threshold) for row in rows)
    write_table(page, title[0], (title[1],), columns, cells)


def _counts(
    rubric: Rubric, row: PublishedCounts, classes: Sequence[str], threshold: int
) -> list[Value]:
    values = [row.counts.get(name) for name in classes]
    return [*_names(rubric, row), row.areas, *values, _why(values, threshold)]


def _names(rubric: Rubric, row: PublishedCounts) -> Iterator[str]:
    if row.table == "scores":
        yield score_title(rubric, row.score, row.id)
        yield rules_of(rubric)[row.score].title or row.score
    else:
        yield criterion_name(rubric, row.id)
        yield rubric.domain_of[row.id].title
