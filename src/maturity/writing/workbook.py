"""Write a result as a workbook that goes back to the people who filled in the return."""

from __future__ import annotations

import datetime
import os

from maturity.result import Result
from maturity.writing.book import Book
from maturity.writing.files import ByteTarget, write_bytes
from maturity.writing.workbook_answers import write_answers
from maturity.writing.workbook_findings import findings_of
from maturity.writing.workbook_issues import write_baseline, write_issues
from maturity.writing.workbook_matrix import write_matrix
from maturity.writing.workbook_method import write_method
from maturity.writing.workbook_mirror import write_mirror
from maturity.writing.workbook_places import Places
from maturity.writing.workbook_priorities import write_priorities
from maturity.writing.workbook_reconciliation import write_reconciliation
from maturity.writing.workbook_summary import write_summary
from maturity.writing.workbook_tables import tables_of
from maturity.writing.workbook_workings import write_workings

__all__ = ["write_workbook"]


def write_workbook(
    result: Result,
    target: str | os.PathLike[str] | ByteTarget,
    *,
    created: datetime.datetime | None = None,
    source: str | os.PathLike[str] | None = None,
) -> None:
    """Write a result workbook: summary, matrix, priorities, answers, the return as sent, issues.

    Scores in it are live formulas over the sheet Answers, with our values beside them, so that a
    person can change a level and see the effect. Where the workbook states scores of its own, a
    sheet Reconciliation shows them beside ours. The same result and `created` give the same bytes.

    Args:
        result: what to write.
        target: a path, or a stream that is open for writing bytes.
        created: when it is made, to be stated in it; no date is stated without it.
        source: the path of the return, if it is known. It is never overwritten.

    Raises:
        WriteError: when the target is the return itself or cannot be written; a file that was
            there is then unchanged.
    """
    content = _content(result, created)
    write_bytes(content, target, source=source, source_digest=result.assessment.source_digest)


def _content(result: Result, created: datetime.datetime | None) -> bytes:
    assessment, rubric = result.assessment, result.rubric
    who = assessment.area or assessment.source
    book = Book(f"{who}: {rubric.title}", f"Result; rubric: {rubric.status}", created)
    places = Places(result, book)
    tables = tables_of(result)
    write_summary(book.page(places.summary), places, tables, created)
    if tables.grids:
        write_matrix(book.page(places.matrix), places, tables.grids)
    write_priorities(book.page(places.priorities), places)
    write_answers(book.page(places.answers), places)
    findings = findings_of(rubric, assessment)
    for sheet in places.mirrored:
        write_mirror(book.page(places.mirrors[sheet.name]), assessment, sheet, findings)
    write_issues(book.page(places.issues), places)
    if assessment.stated:
        write_reconciliation(book.page(places.reconciliation), places)
    write_baseline(book.page(places.baseline), places)
    write_method(book.page(places.method), places, created)
    write_workings(book.page(places.workings), places)
    return book.content()
