"""Write how the figures of a cohort are made, from what, and who may see them."""

from __future__ import annotations

import datetime
from importlib.metadata import version

from maturity.areas import AREAS_SOURCE
from maturity.cohort.cohort import Cohort
from maturity.cohort.quartiles import QUARTILE_WORDS
from maturity.writing.book import Page
from maturity.writing.cohort_pages import Column, write_top
from maturity.writing.cohort_summary import TEAM_NOTICE
from maturity.writing.workbook_words import date_text, number_text, status_notice

__all__ = ["write_method"]


def write_method(page: Page, cohort: Cohort, created: datetime.datetime | None) -> None:
    """Write what a person needs to understand and repeat the figures."""
    columns = (Column("", 34), Column("", 110))
    row = write_top(page, "Method: how these figures are made", (), columns) - 1
    row = page.banner(row, (1, 2), status_notice(cohort.rubric), "notice") + 1
    for name, meaning in _pairs(cohort, created):
        page.text(row, 1, name, "name")
        page.text(row, 2, meaning)
        row += 1
    page.printing()


def _pairs(cohort: Cohort, created: datetime.datetime | None) -> tuple[tuple[str, str], ...]:
    rubric = cohort.rubric
    bands = ", ".join(f"{band.label} from {number_text(band.cut)}" for band in rubric.scoring.bands)
    facts = [
        ("Who may see this", TEAM_NOTICE),
        (
            "What may be published",
            "The workbook that is written with --publish: no area's own figures, and none about "
            "too few areas.",
        ),
        ("Areas", "An area is known by its code, else by its name, written exactly."),
        ("Regions", f"From {AREAS_SOURCE}. Areas that are not in it have no region."),
        (
            "Two returns of one area",
            "The one with the latest date on its cover counts, or all where the dates do not say "
            "which that is; the sheet Files says so.",
        ),
        ("Quartiles", QUARTILE_WORDS),
        (
            "Areas scored",
            "A score counts where the return has one. “Not scored” is neither 0 nor a low score.",
        ),
        (
            "Coverage",
            "The share of a score's weight that has an answer, of what applies; shown as the mean "
            "over the areas.",
        ),
        ("Low", "The lower half of the levels; of an odd number the middle one is not low."),
        ("Bands", bands or "The rubric names no bands."),
        (
            "Precision",
            "Scores and quartiles are worked out as exact fractions; figures are rounded only for "
            "display.",
        ),
        ("Rubric", f"{rubric.title} ({rubric.id}), version {rubric.version}, {rubric.status}"),
        ("Its fingerprint", rubric.digest),
        ("Made with", f"maturity {version('maturity')}"),
    ]
    if created is not None:
        facts.append(("Made on", date_text(created)))
    return tuple(facts)
