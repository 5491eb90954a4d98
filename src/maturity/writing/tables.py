"""Write a cohort as tidy tables, for data frames, databases and spreadsheets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

from maturity.cohort.cohort import Cohort
from maturity.cohort.moved import CohortMovement
from maturity.cohort.publication import Show
from maturity.cohort.records import answer_rows, failure_rows, issue_rows, score_rows
from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.writing.table_files import Rows, TableFormat, open_table
from maturity.writing.tables_schema import AREA_TABLES, TABLES

__all__ = ["check_format", "mixed_tables", "refuse_mixed_tables", "write_tables"]


def write_tables(
    cohort: Cohort,
    folder: str | os.PathLike[str],
    *,
    format: TableFormat = "csv",  # noqa: A002 - what people call it
    suppress_below: int | None = None,
    show: Show = "bands",
    movement: CohortMovement | None = None,
) -> tuple[Path, ...]:
    """Write a cohort as tidy tables, one file each; docs/reference/tables.md describes them.

    Without `suppress_below` they are `scores`, `answers`, `issues`, `failures` and, where it is
    given, `movement`: each area's own figures, for the people who may see them. With it there is
    one table, `published`, that may be shown to anyone.

    Args:
        cohort: what to write.
        folder: a folder that exists. Tables of the same names are replaced. Tables for anyone and
            areas' own are never put into one folder.
        format: `csv`, or `parquet`, which needs the extra `frames`.
        suppress_below: the fewest areas about which a figure is published; None for the areas' own.
        show: what is published, as in `Cohort.published`.
        movement: what [compare_cohorts][] gave.

    Returns:
        The files written.

    Raises:
        WriteError: when a file cannot be written, when the folder holds tables of the other kind,
            or when the extra is not installed.
        ValueError: for another format, or movement in what is published.
    """
    check_format(format)
    if suppress_below is not None and movement is not None:
        raise ValueError("movement shows areas' own figures, so it is never published")
    refuse_mixed_tables(folder, is_published=suppress_below is not None)
    if suppress_below is None:
        tables = _area_tables(cohort, movement)
    else:
        tables = {"published": cohort.published(suppress_below=suppress_below, show=show).records()}
    for name, rows in tables.items():
        with open_table(Path(folder), name, format) as table:
            table.add(rows)
    return tuple(Path(folder) / f"{name}.{format}" for name in tables)


def check_format(form: str) -> None:
    """Stop at a format that is not known.

    Raises:
        ValueError: with those that are.
    """
    if form not in get_args(TableFormat):
        raise ValueError(f'format is "csv" or "parquet", not {form!r}')


def refuse_mixed_tables(folder: str | os.PathLike[str], *, is_published: bool) -> None:
    """Stop where [mixed_tables][] has something to say.

    Raises:
        WriteError: with that.
    """
    mixed = mixed_tables(folder, is_published=is_published)
    if mixed is not None:
        raise WriteError(mixed)


def mixed_tables(folder: str | os.PathLike[str], *, is_published: bool) -> Issue | None:
    """Keep tables for anyone and areas' own figures apart, since folders are handed on whole.

    Args:
        folder: where tables are to be written; it need not exist.
        is_published: whether these are for anyone.

    Returns:
        What is wrong, where the folder holds tables of the other kind.
    """
    others = AREA_TABLES if is_published else tuple(set(TABLES) - set(AREA_TABLES))
    names = (f"{name}.{ending}" for name in others for ending in get_args(TableFormat))
    found = next((path for name in names if (path := Path(folder) / name).exists()), None)
    if found is None:
        return None
    return Issue(
        code=IssueCode.WRITE_MIXED,
        severity=Severity.ERROR,
        message=_MIXED[is_published].format(found.name),
        remedy="Choose another folder, so that what may be shown to anyone has one of its own.",
        location=FileLocation(str(folder)),
    )


_MIXED = {
    True: 'The folder holds "{}", with areas\' own figures; nothing is published beside it.',
    False: 'The folder holds "{}", for anyone; areas\' own figures are not written beside it.',
}


def _area_tables(cohort: Cohort, movement: CohortMovement | None) -> dict[str, Rows]:
    tables: dict[str, Rows] = {
        "scores": score_rows(cohort.returns),
        "answers": answer_rows(cohort.returns),
        "issues": issue_rows(cohort.returns, cohort.issues),
        "failures": failure_rows(cohort.failures, cohort.superseded),
    }
    return tables if movement is None else {**tables, "movement": movement.records()}
