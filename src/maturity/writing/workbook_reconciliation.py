"""Write the sheet Reconciliation: our scores beside those that the workbook states itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maturity.reconciliation import Agreement, Compared, Reconciliation, counts_in_words
from maturity.writing.book import Page
from maturity.writing.workbook_places import Places
from maturity.writing.workbook_words import NONE, count_of, score_name

__all__ = ["write_reconciliation"]

_TITLES = (
    "Score",
    "Id",
    "What it is",
    "Ours",
    "Workbook",
    "Agreement",
    "Sheet",
    "Cell",
    "Why it does not agree",
)
_FIGURES = (4, 5)
_MOST_FIRST_STEPS = 100
# Words stand in every cell that has a colour.
_STYLES: Mapping[Agreement, str] = {
    Agreement.AGREES: "read",
    Agreement.DIFFERS: "error",
    Agreement.NOT_STATED: "query",
    Agreement.NOT_SCORED: "query",
    Agreement.UNREADABLE: "query",
    Agreement.UNKNOWN: "query",
}


def write_reconciliation(page: Page, places: Places) -> None:
    """Write what agrees in words, then where the two part ways, then every comparison."""
    found = places.result.reconciliation
    page.text(1, 1, "Reconciliation: our scores beside the workbook's own", "title")
    page.height(1, 28)
    page.widths(16, 22, 34, 13, 13, 14, 20, 8, 70)
    row = page.banner(2, (1, len(_TITLES)), _in_words(found), "words")
    for words in _by_score(found, places):
        row = page.banner(row, (1, len(_TITLES)), words, "words")
    steps = found.first_steps
    if steps:
        page.text(row + 1, 1, "Where the two part ways: look at these first", "heading")
        row = _write_table(page, places, row + 2, steps[:_MOST_FIRST_STEPS])
        if len(steps) > _MOST_FIRST_STEPS:
            more = f"{len(steps) - _MOST_FIRST_STEPS:,} more are in the table below."
            row = page.banner(row, (1, len(_TITLES)), more, "words")
    page.text(row + 1, 1, "Every score that the workbook states", "heading")
    last = _write_table(page, places, row + 2, found.compared) - 1
    page.filter(row + 2, 1, last, len(_TITLES))
    page.printing()


def _in_words(found: Reconciliation) -> str:
    stated = count_of(len(found.compared), "score")
    if found.agrees:
        return f"The workbook states {stated} of its own. All agree with ours."
    others = len(found.differing)
    return (
        f"The workbook states {stated} of its own. {len(found.compared) - others:,} agree with ours"
        f" and {others:,} do not. A score that differs only because of one below it follows from"
        " that; the first table names those at which the difference begins."
    )


def _by_score(found: Reconciliation, places: Places) -> list[str]:
    """Say for each roll-up how many agree, and what became of the others."""
    lines = []
    for score, counts in found.by_score.items():
        known = places.rules.get(score)
        title = "Answers" if known is None else known.title or score
        lines.append(f"{title}: {counts_in_words(counts)}.")
    return lines


def _write_table(page: Page, places: Places, row: int, rows: Sequence[Compared]) -> int:
    """Write comparisons under a header, and give the next row."""
    page.header(row, _TITLES, _FIGURES)
    for line, each in enumerate(rows, start=row + 1):
        _write_row(page, places, line, each)
    return row + 1 + len(rows)


def _write_row(page: Page, places: Places, row: int, each: Compared) -> None:
    page.text(row, 1, each.score)
    page.text(row, 2, each.id or NONE, "name")
    page.text(row, 3, _title(places, each))
    if each.ours is None:
        page.text(row, 4, NONE, "centre")
    else:
        page.number(row, 4, each.ours)
    if each.stated is None:
        page.text(row, 5, each.raw or NONE, "typed")
    else:
        page.number(row, 5, float(each.stated))
    page.text(row, 6, each.agreement.value, _STYLES[each.agreement])
    page.text(row, 7, each.sheet)
    mirror = places.mirrors.get(each.sheet)
    if mirror is None:
        page.text(row, 8, each.cell, "centre")
    else:
        page.link(row, 8, (mirror, each.cell), each.cell, "link")
    page.text(row, 9, each.explanation, "small")


def _title(places: Places, each: Compared) -> str:
    rubric = places.rubric
    if each.rating in rubric.ratings and each.id in rubric.criteria:
        return f"{rubric.criteria[each.id].title}, {rubric.ratings[each.rating].title}"
    score = places.result.by_rollup.get(each.score, {}).get(each.id)
    return NONE if score is None else score_name(rubric, score)
