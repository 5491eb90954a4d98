"""Write a cohort as a workbook: for the team that holds the returns, or for publication."""

from __future__ import annotations

import datetime
import os

from maturity.cohort.cohort import Cohort
from maturity.cohort.moved import CohortMovement
from maturity.cohort.publication import Show
from maturity.writing.book import Book
from maturity.writing.cohort_heat import heat_rollups, write_heat
from maturity.writing.cohort_method import write_method
from maturity.writing.cohort_movement import write_area_movement, write_movement
from maturity.writing.cohort_published import write_published
from maturity.writing.cohort_sheets import (
    write_criteria,
    write_distributions,
    write_files,
    write_issues,
    write_partners,
)
from maturity.writing.cohort_summary import write_summary
from maturity.writing.files import ByteTarget, write_bytes
from maturity.writing.workbook_words import rules_of

__all__ = ["write_cohort"]


def write_cohort(
    cohort: Cohort,
    target: str | os.PathLike[str] | ByteTarget,
    *,
    suppress_below: int | None = None,
    show: Show = "bands",
    movement: CohortMovement | None = None,
    created: datetime.datetime | None = None,
) -> None:
    """Write a cohort's workbook, for the team that holds the returns or for publication.

    Without `suppress_below` it shows each area's own figures, and says on its first page that it
    is not for publication. With it, it holds what `Cohort.published` gives and nothing else.
    The same cohort and `created` give the same bytes.

    Args:
        cohort: what to write.
        target: a path, or a stream that is open for writing bytes.
        suppress_below: the fewest areas about which a figure is published; None for the team's.
        show: what is published, as in `Cohort.published`.
        movement: what [compare_cohorts][] gave, for sheets of their own.
        created: when it is made, to be stated in it; no date is stated without it.

    Raises:
        WriteError: when it cannot be written; a file that was there is then unchanged.
        ValueError: for movement in what is published.
    """
    if suppress_below is not None and movement is not None:
        raise ValueError("movement shows areas' own figures, so it is never published")
    rubric = cohort.rubric
    book = Book(f"Cohort: {rubric.title}", f"Cohort; rubric: {rubric.status}", created)
    if suppress_below is not None:
        publication = cohort.published(suppress_below=suppress_below, show=show)
        write_published(book, publication, created)
    else:
        _write_team(book, cohort, movement, created)
    write_bytes(book.content(), target)


def _write_team(
    book: Book,
    cohort: Cohort,
    movement: CohortMovement | None,
    created: datetime.datetime | None,
) -> None:
    write_summary(book.page(book.name_for("Summary")), cohort, created)
    for rollup in heat_rollups(cohort):
        title = rules_of(cohort.rubric)[rollup].title or rollup
        write_heat(book.page(book.name_for(title)), cohort, rollup)
    write_distributions(book.page(book.name_for("Distributions")), cohort)
    write_criteria(book.page(book.name_for("Criteria")), cohort)
    write_partners(book.page(book.name_for("Partners")), cohort)
    if movement is not None:
        write_movement(book.page(book.name_for("Movement")), cohort, movement)
        write_area_movement(book.page(book.name_for("Movement by area")), cohort, movement)
    write_issues(book.page(book.name_for("Issues")), cohort)
    write_files(book.page(book.name_for("Files")), cohort)
    write_method(book.page(book.name_for("Method")), cohort, created)
