"""Say how near each layout of a rubric comes to a workbook, and why it does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.inspection import LayoutFit
from maturity.reading.layout_keys import reading_key
from maturity.reading.match import Match
from maturity.reading.matching import try_layouts
from maturity.reading.words import find_words
from maturity.rubric import Rubric
from maturity.sheets import Workbook
from maturity.template_layout import template_layout

__all__ = ["layout_fits"]


def layout_fits(workbook: Workbook, rubric: Rubric) -> Iterator[LayoutFit]:
    """Yield, for each layout of a rubric and for our own template, how near it comes: best first.

    Args:
        workbook: a workbook as found.
        rubric: the rubric.
    """
    key = reading_key(rubric, (*rubric.layouts, template_layout(rubric)))
    sheets = find_words(workbook, key)
    tried = try_layouts(workbook, sheets, key)
    for match, why in sorted(tried, key=lambda each: each[0].rank, reverse=True):
        layout = match.key.layout
        fits = match.rank[0] > 0 and not match.misfit
        yield LayoutFit(rubric.id, layout.id, layout.title, fits, _found(match) if fits else why)


def _found(match: Match) -> str:
    ids, is_marked, _, _ = match.rank
    ratings = {rating for table in match.of("criteria") for rating in table.answers}
    marks = "its marks are there" if is_marked else "its marks are not there"
    return f"{ids} known ids with {len(ratings)} ratings; {marks}."
