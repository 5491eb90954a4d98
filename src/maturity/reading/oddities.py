"""Report what is odd about a return as a whole: what is missing, added, hidden or renamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from maturity.assessment import Response, State
from maturity.issues import Issue, IssueCode, Severity
from maturity.normalise import normalise
from maturity.reading.answer_issues import quoted
from maturity.reading.match import Match
from maturity.reading.notebook import Notebook
from maturity.reading.table_oddities import (
    report_columns,
    report_rows,
    report_unclaimed,
    report_unplaced,
)
from maturity.reading.tables import FoundTable
from maturity.reading.words import SheetWords
from maturity.rubric import Rubric
from maturity.sheets import Sheet, Visibility, Workbook, column_letters
from maturity.wording import named

__all__ = ["report_oddities"]


def report_oddities(
    workbook: Workbook,
    sheets: Sequence[SheetWords],
    match: Match,
    rubric: Rubric,
    responses: Sequence[Response],
    notebook: Notebook,
) -> None:
    """Write down everything odd about the workbook as a whole."""
    _report_edition(match, notebook)
    _report_missing_criteria(match, rubric, notebook)
    _report_missing_metrics(match, rubric, notebook)
    report_columns(match, notebook)
    report_rows(match, notebook)
    report_unclaimed(match, notebook)
    report_unplaced(match, notebook)
    _report_missing_sheets(match, notebook)
    _report_hidden(match, notebook)
    _report_sheets(workbook, sheets, match, notebook)
    _report_gaps(rubric, responses, match, notebook)


def _report_edition(match: Match, notebook: Notebook) -> None:
    fingerprint = match.key.layout.fingerprint
    if match.edition is None or match.is_its_edition or not fingerprint.editions:
        return
    editions = ", ".join(fingerprint.editions)
    if match.is_marked:
        message = (
            f"The form was made for version {quoted(match.edition)}, and it was read and scored "
            f"with version {editions}."
        )
    else:
        message = (
            f"The workbook says that it is edition {quoted(match.edition)}, but its headings are "
            f"those of {match.key.layout.title} ({editions}), as which it was read."
        )
    notebook.write(
        Issue(
            IssueCode.EDITION_DIFFERS,
            Severity.QUERY,
            message,
            "Check that the questions are the same in both, or use the rubric and layout of that "
            "edition.",
            notebook.location(),
            match.edition,
        )
    )


def _report_missing_criteria(match: Match, rubric: Rubric, notebook: Notebook) -> None:
    """Report criteria that have no row: a whole domain as one, others one by one."""
    present = _targets(match.of("criteria"))
    present |= {answer.criterion for answer, _ in match.single_answers}
    present |= set(_not_asked(match, rubric))
    for domain in rubric.domains:
        missing = [criterion.id for criterion in domain.criteria if criterion.id not in present]
        if len(missing) == len(domain.criteria) > 1:
            notebook.write(
                Issue(
                    IssueCode.DOMAIN_MISSING,
                    Severity.ERROR,
                    f"No row was found for any criterion of {named(domain.id, domain.title)}: "
                    f"{', '.join(missing)}.",
                    "Put its sheet back, or check that its headings and references are as issued.",
                    notebook.location(),
                )
            )
            continue
        for criterion in missing:
            notebook.write(
                Issue(
                    IssueCode.CRITERION_MISSING,
                    Severity.ERROR,
                    f"No row was found for {named(criterion, rubric.criteria[criterion].title)}.",
                    f"Put the row with the reference {criterion} back.",
                    notebook.location(),
                    criterion=criterion,
                )
            )


def _not_asked(match: Match, rubric: Rubric) -> Iterator[str]:
    """Yield the criteria that this edition of the form does not have."""
    for facet, members in match.key.layout.asks.items():
        for criterion in rubric.criteria:
            if rubric.memberships(criterion, facet).keys().isdisjoint(members):
                yield criterion


def _report_missing_sheets(match: Match, notebook: Notebook) -> None:
    """Report a table that is on none of the sheets that the layout names for it."""
    found = {id(table.key.table) for table in match.tables}
    for key in match.key.tables:
        sheets, pattern = key.table.sheets, key.table.sheet_pattern
        if id(key.table) in found or not (sheets or pattern):
            continue
        names = ", ".join(f'"{name}"' for name in (*sheets, *([pattern] if pattern else [])))
        what = ", ".join(key.table.answers) or key.table.rows
        notebook.write(
            Issue(
                IssueCode.SHEET_MISSING,
                Severity.QUERY,
                f"The table with {what} was not found on a sheet named {names}.",
                "Put the sheet back as issued, or correct its name in the layout.",
                notebook.location(),
            )
        )


def _report_missing_metrics(match: Match, rubric: Rubric, notebook: Notebook) -> None:
    if not any(table.table.rows == "metrics" for table in match.key.tables):
        return
    present = _targets(match.of("metrics"))
    missing = [metric for metric in rubric.metrics if metric not in present]
    if missing:
        notebook.write(
            Issue(
                IssueCode.METRIC_MISSING,
                Severity.QUERY,
                f"No row was found for the baseline figures {', '.join(missing)}.",
                "Put those rows back, or say why the figures are not given.",
                notebook.location(),
            )
        )


def _targets(tables: Iterable[FoundTable]) -> set[str]:
    return {row.target for table in tables for row in table.rows if row.target is not None}


def _report_hidden(match: Match, notebook: Notebook) -> None:
    for sheet in {id(table.sheet): table.sheet for table in match.tables}.values():
        if sheet.visibility is not Visibility.VISIBLE:
            notebook.write(
                Issue(
                    IssueCode.SHEET_HIDDEN,
                    Severity.NOTE,
                    "This sheet is hidden; its answers were read.",
                    "Show the sheet, or check that its answers are meant to be sent.",
                    notebook.location(sheet),
                ),
                sheet,
            )
        hidden = _hidden_answers(sheet, match.tables)
        if hidden:
            notebook.write(
                Issue(
                    IssueCode.CELLS_HIDDEN,
                    Severity.NOTE,
                    f"Answers in hidden rows or columns were read: {', '.join(hidden)}.",
                    "Show them, or check that they are meant to be sent.",
                    notebook.location(sheet),
                ),
                sheet,
            )


def _hidden_answers(sheet: Sheet, tables: Iterable[FoundTable]) -> list[str]:
    """Name the hidden rows and columns of a sheet that hold answers."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return []
    here = [table for table in tables if table.sheet is sheet]
    rows = {row.row for table in here for row in table.rows if sheet.is_row_hidden(row.row)}
    columns = {
        column
        for table in here
        for places in table.answers.values()
        for column in places
        if table.key.table.rows != "scores" and sheet.is_column_hidden(column)
    }
    return [f"row {row}" for row in sorted(rows)] + [
        f"column {column_letters(column)}" for column in sorted(columns)
    ]


def _report_sheets(
    workbook: Workbook, sheets: Sequence[SheetWords], match: Match, notebook: Notebook
) -> None:
    """Report sheets that the form does not have; they may hold answers under other headings."""
    used = {id(table.sheet) for table in match.tables}
    labels = match.key.labels
    for words in sheets:
        sheet = words.sheet
        expected = (
            id(sheet) in used
            or any(normalise(sheet.name) in table.sheets for table in match.key.tables)
            or normalise(sheet.name) in match.key.sheets
            or not words.all.isdisjoint(match.key.markers)
            or not words.all.isdisjoint(labels)
            or not sheet.rows
        )
        if expected:
            continue
        what, severity = _why_not_read(words, match)
        notebook.write(
            Issue(
                IssueCode.SHEET_UNKNOWN,
                severity,
                what,
                "Put the headings back as issued, if this sheet holds answers.",
                notebook.location(sheet),
            ),
            sheet,
        )
    for sheet in workbook.sheets:
        if not sheet.is_grid:
            notebook.write(
                Issue(
                    IssueCode.SHEET_UNKNOWN,
                    Severity.NOTE,
                    "This sheet is a chart or holds no cells, so it was not read.",
                    "Nothing.",
                    notebook.location(sheet),
                ),
                sheet,
            )


def _why_not_read(words: SheetWords, match: Match) -> tuple[str, Severity]:
    """Say what a sheet lacks to be read; more loudly when it looks as if it held answers."""
    tables = match.key.tables
    ids = {word for table in tables for word in words.all if word in table.targets}
    if len(ids) > 1 and any(table.is_on(words.sheet.name) for table in tables):
        headings = [
            f'"{table.table.answers[rating].name}"'
            for table in tables
            if not words.all.isdisjoint(table.targets)
            for rating in sorted(table.required)
        ]
        return (
            f"This sheet has {len(ids)} known references but no column {' or '.join(headings)}, so "
            "nothing on it was read.",
            Severity.QUERY,
        )
    if any(not words.all.isdisjoint(table.required_words) for table in tables):
        names = sorted({f'"{table.table.id.name}"' for table in tables})
        return (
            "This sheet has headings of the form but no known references, so nothing on it was "
            f"read. The column {' or '.join(names)} may have been deleted.",
            Severity.QUERY,
        )
    return "The form has no such sheet, so it was not read.", Severity.NOTE


def _report_gaps(
    rubric: Rubric, responses: Sequence[Response], match: Match, notebook: Notebook
) -> None:
    """Say once for each rating that is not scored how many of its cells are empty."""
    empty = Counter(
        response.rating
        for response in responses
        if response.state is State.BLANK and response.cell is not None
    )
    for rating, count in empty.items():
        if rubric.ratings[rating].scored:
            continue
        names = [
            response.criterion
            for response in responses
            if response.rating == rating
            and response.state is State.BLANK
            and response.cell is not None
        ]
        listed = ", ".join(names[:8]) + (f" and {count - 8} more" if count > 8 else "")
        title = rubric.ratings[rating].title
        notebook.write(
            Issue(
                IssueCode.ANSWER_MISSING,
                Severity.NOTE,
                f"{title}: {count} of {len(rubric.criteria)} criteria are not rated: {listed}.",
                f"Enter them if {title.lower()} was meant to be given.",
                notebook.location(),
                rating=rating,
            )
        )
