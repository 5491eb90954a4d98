"""Report what is odd about the tables of a return: their columns and their rows."""

from __future__ import annotations

import dataclasses

from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.reading.answer_issues import quoted
from maturity.reading.layout_keys import fold_label
from maturity.reading.match import Match
from maturity.reading.notebook import Notebook
from maturity.reading.tables import FoundRow, FoundTable
from maturity.sheets import cell_name, column_letters, parse_cell_name

__all__ = ["report_columns", "report_rows", "report_unclaimed", "report_unplaced"]

# So many cells are named one by one; more would hide the rest of the report.
_MOST_NAMED = 8


def report_columns(match: Match, notebook: Notebook) -> None:
    """Report columns that are missing, not known or without a known heading."""
    absent: dict[str, list[str]] = {}
    unknown: dict[tuple[str, ...], list[FoundTable]] = {}
    # A table beside another on a sheet has its columns, which are not unknown.
    known = frozenset().union(*(key.known for key in match.key.tables))
    for table in match.tables:
        sheet, row = table.sheet, table.header[1]
        for rating, column in table.key.table.answers.items():
            if rating not in table.answers:
                absent.setdefault(column.name, []).append(sheet.name)
        if not table.has_id_header:
            notebook.write(
                Issue(
                    IssueCode.HEADER_UNKNOWN,
                    Severity.NOTE,
                    "The column with the references has no heading that is known; it was "
                    "recognised by the references in it.",
                    f'Put the heading "{table.key.table.id.name}" back.',
                    notebook.location(sheet, row, table.id_column),
                ),
                sheet,
                row,
                table.id_column,
            )
        left = tuple(entry for entry in table.unknown if fold_label(entry[1]) not in known)
        if left and table.key.table.rows != "scores":
            texts = tuple(sorted(quoted(text) for _, text in left))
            unknown.setdefault(texts, []).append(dataclasses.replace(table, unknown=left))
    for texts, tables in unknown.items():
        notebook.write(_unknown_columns(texts, tables, notebook))
    for header, names in absent.items():
        where = ", ".join(f'"{name}"' for name in names)
        notebook.write(
            Issue(
                IssueCode.COLUMN_MISSING,
                Severity.QUERY,
                f'The column "{header}" is not on {len(names)} sheets with answers: {where}.',
                "Put the column back, or mend its heading, if those answers were to be given.",
                notebook.location(),
            )
        )


def _unknown_columns(texts: tuple[str, ...], tables: list[FoundTable], notebook: Notebook) -> Issue:
    where = ", ".join(
        f'"{table.sheet.name}" ({", ".join(column_letters(c) for c, _ in table.unknown)})'
        for table in tables
    )
    return Issue(
        IssueCode.COLUMN_UNKNOWN,
        Severity.NOTE,
        f"The form has no columns {', '.join(texts)}, so they were not read: {where}.",
        "Nothing, unless one of them holds answers under a changed heading.",
        notebook.location(),
    )


def report_rows(match: Match, notebook: Notebook) -> None:
    """Report rows that are not the form's, or whose reference and title disagree."""
    # A table below another, in the same columns, has rows that are not the other's.
    elsewhere = {
        (id(table.sheet), row)
        for table in match.tables
        for row in (
            *range(table.header[0], table.header[1] + 1),
            *(found.row for found in table.rows if found.target is not None),
        )
    }
    for table in match.tables:
        for row in table.rows:
            issue: Issue | None
            if row.target is None:
                # A row that begins with a label of the layout was read as a single value.
                name = row.typed or table.sheet.cell(row.row, table.id_column).raw
                is_known = fold_label(name) in match.key.words
                is_known = is_known or (id(table.sheet), row.row) in elsewhere
                issue = None if is_known else _unknown_row(table, row, notebook)
            elif row.by_title:
                issue = _titled_row(table, row, notebook)
            else:
                issue = _other_title(table, row, notebook)
            if issue is not None:
                notebook.write(issue, table.sheet, row.row, table.id_column)


def report_unclaimed(match: Match, notebook: Notebook) -> None:
    """Report filled cells in answer columns that belong to no item, in one note for each table."""
    others = _read_elsewhere(match) if any(table.unclaimed for table in match.tables) else set()
    for table in match.tables:
        unclaimed = [place for place in table.unclaimed if (table.sheet.name, *place) not in others]
        if not unclaimed or table.key.table.rows == "scores":
            continue
        shown = unclaimed[:_MOST_NAMED]
        typed = ", ".join(
            f"{quoted(table.sheet.cell(*place).raw)} in {cell_name(*place)}" for place in shown
        )
        more = len(unclaimed) - len(shown)
        notebook.write(
            Issue(
                IssueCode.CELLS_UNCLAIMED,
                Severity.NOTE,
                f"{len(unclaimed)} cells in the columns of answers belong to no item, so they"
                f" were not read: {typed}{f' and {more} more' if more else ''}.",
                "Check that none of them is an answer whose reference was lost.",
                notebook.location(table.sheet, *unclaimed[0]),
            ),
            table.sheet,
            *unclaimed[0],
        )


def _read_elsewhere(match: Match) -> set[tuple[str, int, int]]:
    """Give every cell that some table, label or declared place of the layout reads."""
    found = {
        (table.sheet.name, *place)
        for table in match.tables
        for row in table.rows
        if row.target is not None
        for place in (*_answer_cells(table, row), *(place for place in row.stated if place))
    }
    found |= {
        (spot.sheet.name, spot.row, spot.column) for spots in match.spots.values() for spot in spots
    }
    return found | {
        (stated.sheet, *parse_cell_name(cell))
        for stated in match.key.layout.stated
        for cell in stated.cells
    }


def report_unplaced(match: Match, notebook: Notebook) -> None:
    """Report answers whose place was not found although their item was, or no table has them."""
    for table in match.of("criteria"):
        for rating, column in table.key.table.answers.items():
            items = [
                row.target
                for row in table.rows
                if row.target is not None and row.cells is not None and not row.cells.get(rating)
            ]
            if items and rating in table.answers:
                place = (table.sheet, table.rows[0].row, table.id_column)
                notebook.write(_unplaced(column.name, items, notebook.location(*place)), *place)
    for number, answer in enumerate(match.key.layout.answers):
        if number not in match.spots:
            name = answer.cell if answer.label is None else answer.label[0]
            where = notebook.location()
            notebook.write(_unplaced(name or "?", [answer.criterion], where, answer.rating))


def _unplaced(
    name: str, items: list[str], location: CellLocation, rating: str | None = None
) -> Issue:
    return Issue(
        IssueCode.COLUMN_MISSING,
        Severity.QUERY,
        f'The place of the answer, "{name}", was not found for {", ".join(items)}.',
        "Put it back as the form was issued, or correct the layout.",
        location,
        criterion=items[0] if len(items) == 1 else None,
        rating=rating,
    )


def _answer_cells(table: FoundTable, row: FoundRow) -> list[tuple[int, int]]:
    if row.cells is not None:
        return sorted({place for places in row.cells.values() for place in places})
    return sorted((row.row, column) for places in table.answers.values() for column in places)


def _unknown_row(table: FoundTable, row: FoundRow, notebook: Notebook) -> Issue:
    typed = ", ".join(
        f"{quoted(cell.raw)} in {cell_name(*place)}"
        for place in _answer_cells(table, row)
        if (cell := table.sheet.cell(*place)).raw.strip()
    )
    name = row.typed or table.sheet.cell(row.row, table.id_column).raw
    what = f"The reference {quoted(name)} is not one of" if name.strip() else "This row has none of"
    return Issue(
        IssueCode.ROW_UNKNOWN,
        Severity.QUERY,
        f"{what} the rubric's references, so its entries were not read: {typed}.",
        "Correct the reference if this row answers a question of the form; an area's own rows are "
        "kept but not scored.",
        notebook.location(table.sheet, row.row, table.id_column),
        name,
    )


def _typed(table: FoundTable, row: FoundRow) -> str:
    text = table.sheet.cell(row.row, table.id_column).raw
    return f" ({quoted(text)})" if text.strip() else ""


def _titled_row(table: FoundTable, row: FoundRow, notebook: Notebook) -> Issue:
    return Issue(
        IssueCode.ROW_BY_TITLE,
        Severity.QUERY,
        f"The row has no known reference{_typed(table, row)}; it was taken for {row.target}, whose "
        "title it has.",
        f"Put the reference {row.target} back.",
        notebook.location(table.sheet, row.row, table.id_column),
        criterion=row.target,
    )


def _other_title(table: FoundTable, row: FoundRow, notebook: Notebook) -> Issue | None:
    """Report a row whose id is one criterion's and whose title is another's."""
    if table.title_column is None:
        return None
    title = table.sheet.cell(row.row, table.title_column).raw
    other = table.key.title_targets.get(fold_label(title))
    if other is None or other == row.target:
        return None
    return Issue(
        IssueCode.ROW_TITLE_DIFFERS,
        Severity.QUERY,
        f"The row's reference is {row.target}, but its title is that of {other}; it was read as "
        f"{row.target}.",
        "Check whether rows were sorted or copied in part, and mend the reference or the title.",
        notebook.location(table.sheet, row.row, table.id_column),
        title,
        row.target,
    )
