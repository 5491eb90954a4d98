"""Write a cohort as tidy tables, for data frames, databases and spreadsheets.

CSV is UTF-8 with a byte order mark, because Excel takes a file without one for the code page of
the computer, and the common readers of data frames pass over it. What could be taken for a formula
gets an apostrophe in front, since a CSV file cannot say that a cell is text.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from maturity.cohort.cohort import Cohort
from maturity.cohort.moved import CohortMovement
from maturity.cohort.publication import Show
from maturity.cohort.records import answer_rows, failure_rows, issue_rows, score_rows
from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.writing.files import write_bytes
from maturity.writing.tables_schema import AREA_TABLES, TABLES, Column
from maturity.writing.text import clean_text, could_be_formula

__all__ = ["TableFormat", "mixed_tables", "safe_csv_text", "write_tables"]

TableFormat = Literal["csv", "parquet"]
_Rows = Iterable[Mapping[str, object]]

_TEXT_LIMIT = 1_000_000
_ROWS_AT_ONCE = 50_000
_USUAL_LENGTH = 200
# Some programs take these, too, for the start of a formula, or begin a new cell after them.
_ALSO_FORMULA = ("\t", "\r", "\n", "＝", "＋", "－", "＠")


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
    if format not in ("csv", "parquet"):
        raise ValueError(f'format is "csv" or "parquet", not {format!r}')
    if suppress_below is not None and movement is not None:
        raise ValueError("movement shows areas' own figures, so it is never published")
    mixed = mixed_tables(folder, is_published=suppress_below is not None)
    if mixed is not None:
        raise WriteError(mixed)
    if suppress_below is None:
        tables = _area_tables(cohort, movement)
    else:
        tables = {"published": cohort.published(suppress_below=suppress_below, show=show).records()}
    written = []
    for name, rows in tables.items():
        columns = TABLES[name].columns
        target = Path(folder) / f"{name}.{format}"
        content = _csv(columns, rows) if format == "csv" else _parquet(columns, rows, target)
        write_bytes(content, target)
        written.append(target)
    return tuple(written)


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


def _area_tables(cohort: Cohort, movement: CohortMovement | None) -> dict[str, _Rows]:
    tables: dict[str, _Rows] = {
        "scores": score_rows(cohort.returns),
        "answers": answer_rows(cohort.returns),
        "issues": issue_rows(cohort.returns, cohort.issues),
        "failures": failure_rows(cohort.failures, cohort.superseded),
    }
    return tables if movement is None else {**tables, "movement": movement.records()}


def _csv(columns: tuple[Column, ...], rows: _Rows) -> bytes:
    buffer = io.BytesIO()
    names = [column.name for column in columns]
    # As bytes from the first: text would take four times the memory of thousands of returns.
    with io.TextIOWrapper(buffer, "utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(names)
        for row in rows:
            writer.writerow([_csv_cell(row[name]) for name in names])
        stream.flush()
        return buffer.getvalue()


def _csv_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if not isinstance(value, str):
        return value
    return _usual_text(value) if len(value) <= _USUAL_LENGTH else safe_csv_text(value)


@lru_cache(maxsize=4096)  # areas and ids stand in every row
def _usual_text(text: str) -> str:
    return safe_csv_text(text)


def safe_csv_text(text: str) -> str:
    """Make text that no spreadsheet program takes for a formula when it opens a CSV file.

    Example:
        >>> safe_csv_text("=1+1"), safe_csv_text("2 - Developing")
        ("'=1+1", '2 - Developing')
    """
    clean = clean_text(text, _TEXT_LIMIT)
    is_risky = could_be_formula(clean) or clean.startswith(_ALSO_FORMULA)
    return f"'{clean}" if is_risky else clean


def _parquet(columns: tuple[Column, ...], rows: _Rows, target: Path) -> bytes:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, loaded by who asks for it
        from pyarrow import parquet  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise WriteError(_not_installed(target)) from error
    kinds = {"text": pa.string(), "number": pa.float64(), "count": pa.int64(), "date": pa.date32()}
    schema = pa.schema([(column.name, kinds[column.kind]) for column in columns])
    buffer = io.BytesIO()
    with parquet.ParquetWriter(buffer, schema) as writer:
        for batch in _batches(columns, rows):
            writer.write_table(pa.Table.from_pydict(batch, schema=schema))
    return buffer.getvalue()


def _batches(columns: tuple[Column, ...], rows: _Rows) -> Iterator[dict[str, list[Any]]]:
    """Give rows as columns, so many at once; once, and empty, where there are none."""
    waiting = iter(rows)
    is_first = True
    while (batch := list(islice(waiting, _ROWS_AT_ONCE))) or is_first:
        is_first = False
        yield {column.name: [_plain(row[column.name]) for row in batch] for column in columns}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return clean_text(value, _TEXT_LIMIT)
    return value.date() if isinstance(value, datetime.datetime) else value


def _not_installed(target: Path) -> Issue:
    return Issue(
        code=IssueCode.WRITER_MISSING,
        severity=Severity.ERROR,
        message="Parquet files need pyarrow, which is not installed here.",
        remedy="Install maturity[frames], or write CSV.",
        location=FileLocation(str(target)),
    )
