"""Write one tidy table into a file, some rows at a time: as CSV or as Parquet.

CSV is UTF-8 with a byte order mark, because Excel takes a file without one for the code page of
the computer, and the common readers of data frames pass over it. What could be taken for a formula
gets an apostrophe in front, since a CSV file cannot say that a cell is text.

Rows may be packed in one process and written by another.
"""

from __future__ import annotations

import csv
import datetime
import io
import pickle
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias

from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.writing.files import open_in_one_step
from maturity.writing.tables_schema import TABLES, Column
from maturity.writing.text import clean_text, could_be_formula

__all__ = [
    "Rows",
    "TableFile",
    "TableFormat",
    "check_installed",
    "open_table",
    "pack_rows",
    "safe_csv_text",
]

TableFormat = Literal["csv", "parquet"]
Rows: TypeAlias = Iterable[Mapping[str, object]]

_TEXT_LIMIT = 1_000_000
_ROWS_AT_ONCE = 50_000
_MARK = "\ufeff"
# Some programs take these, too, for the start of a formula, or begin a new cell after them.
_ALSO_FORMULA = ("\t", "\r", "\n", "＝", "＋", "－", "＠")


class TableFile(ABC):
    """A table that is being written."""

    @abstractmethod
    def add_packed(self, packed: bytes) -> None:
        """Write rows that `pack_rows` packed for this table and format."""

    @abstractmethod
    def add(self, rows: Rows) -> None:
        """Write rows, as they come."""


@contextmanager
def open_table(folder: Path, name: str, form: TableFormat) -> Iterator[TableFile]:
    """Open a table's file, which takes its place when the block has ended well.

    Args:
        folder: a folder that exists.
        name: a key of `TABLES`.
        form: how it is written.

    Raises:
        WriteError: when it cannot be written, or what writes it is not installed.
    """
    target, columns = folder / f"{name}.{form}", TABLES[name].columns
    with open_in_one_step(target) as stream:
        if form == "csv":
            yield _CsvFile(stream, columns)
            return
        table = _ParquetFile(stream, columns, target)
        yield table
        table.close()


def check_installed(form: TableFormat, target: Path) -> None:
    """Stop where what writes a format is not installed.

    Raises:
        WriteError: with what to install.
    """
    if form == "parquet":
        try:
            import pyarrow  # noqa: PLC0415, F401 - an extra, loaded by who asks for it
        except ImportError as error:
            raise WriteError(_not_installed(target)) from error


def pack_rows(rows: Rows, name: str, form: TableFormat) -> bytes:
    """Pack a few rows of a table, so that writing them takes little time.

    Args:
        rows: the rows.
        name: a key of `TABLES`.
        form: how the table is written.
    """
    columns = TABLES[name].columns
    return _csv(columns, rows) if form == "csv" else pickle.dumps(_plain_columns(columns, rows))


class _CsvFile(TableFile):
    def __init__(self, stream: BinaryIO, columns: tuple[Column, ...]) -> None:
        self._stream = stream
        self._columns = columns
        heads = {column.name: column.name for column in columns}
        stream.write(_MARK.encode() + _csv(columns, [heads]))

    def add_packed(self, packed: bytes) -> None:
        self._stream.write(packed)

    def add(self, rows: Rows) -> None:
        for some in _some_at_a_time(rows):
            self._stream.write(_csv(self._columns, some))


def _csv(columns: tuple[Column, ...], rows: Rows) -> bytes:
    buffer = io.StringIO(newline="")
    values = map(itemgetter(*(column.name for column in columns)), rows)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows(map(_csv_cell, row) for row in values)
    return buffer.getvalue().encode()


@lru_cache(maxsize=512, typed=True)  # what a return's rows have in common stands in each of them
def _csv_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return safe_csv_text(value) if isinstance(value, str) else value


def safe_csv_text(text: str) -> str:
    """Make text that no spreadsheet program takes for a formula when it opens a CSV file.

    Example:
        >>> safe_csv_text("=1+1"), safe_csv_text("2 - Developing")
        ("'=1+1", '2 - Developing')
    """
    clean = clean_text(text, _TEXT_LIMIT)
    is_risky = could_be_formula(clean) or clean.startswith(_ALSO_FORMULA)
    return f"'{clean}" if is_risky else clean


class _ParquetFile(TableFile):
    def __init__(self, stream: BinaryIO, columns: tuple[Column, ...], target: Path) -> None:
        check_installed("parquet", target)
        import pyarrow as pa  # noqa: PLC0415 - an extra, loaded by who asks for it
        from pyarrow import parquet  # noqa: PLC0415 - likewise

        kinds = {"text": pa.string(), "number": pa.float64(), "count": pa.int64()}
        kinds["date"] = pa.date32()
        self._columns = columns
        self._schema = pa.schema([(column.name, kinds[column.kind]) for column in columns])
        self._table = pa.Table
        self._writer = parquet.ParquetWriter(stream, self._schema)
        self._waiting: dict[str, list[Any]] = {column.name: [] for column in columns}
        self._is_empty = True

    def add_packed(self, packed: bytes) -> None:
        self._take(pickle.loads(packed))  # noqa: S301 - packed by this very module

    def add(self, rows: Rows) -> None:
        for some in _some_at_a_time(rows):
            self._take(_plain_columns(self._columns, some))

    def close(self) -> None:
        """Write what is waiting; a table without rows has one group with none."""
        if self._is_empty or self._count:
            self._write(self._count)
        self._writer.close()

    @property
    def _count(self) -> int:
        return len(self._waiting[self._columns[0].name])

    def _take(self, some: Mapping[str, list[Any]]) -> None:
        for name, values in some.items():
            self._waiting[name] += values
        while self._count >= _ROWS_AT_ONCE:
            self._write(_ROWS_AT_ONCE)

    def _write(self, count: int) -> None:
        first = {name: values[:count] for name, values in self._waiting.items()}
        self._writer.write_table(self._table.from_pydict(first, schema=self._schema))
        for values in self._waiting.values():
            del values[:count]
        self._is_empty = False


def _some_at_a_time(rows: Rows) -> Iterator[list[Mapping[str, object]]]:
    waiting = iter(rows)
    while some := list(islice(waiting, _ROWS_AT_ONCE)):
        yield some


def _plain_columns(columns: tuple[Column, ...], rows: Rows) -> dict[str, list[Any]]:
    """Give rows as columns."""
    held = list(rows)
    return {column.name: [_plain(row[column.name]) for row in held] for column in columns}


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
