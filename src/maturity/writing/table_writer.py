"""Write the tidy tables of a batch as it goes, in memory that does not grow with it.

What each return adds to the tables is packed where the return was scored, and put aside in a
passing file. At the end, when it is known which returns count, the tables are put together in the
order of areas: the same bytes that `write_tables` writes for the same returns.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from maturity.cohort.gather import Outcome, taken
from maturity.cohort.records import answer_rows, failure_rows, issue_rows, score_rows
from maturity.cohort.returns import CohortReturn, Failure
from maturity.cohort.standing import Duplicates, ReturnHead, Standing, head_of
from maturity.errors import WriteError
from maturity.issues import Issue, Severity
from maturity.rubric import Rubric
from maturity.writing.files import write_failure
from maturity.writing.table_files import TableFormat, check_installed, open_table, pack_rows
from maturity.writing.tables import check_format, refuse_mixed_tables

__all__ = ["PackedReturn", "RowPacker", "TableWriter"]

_OF_RETURNS = ("scores", "answers", "issues")


class PackedReturn(NamedTuple):
    """What one return adds to the tables.

    Attributes:
        head: which return it is.
        rows: its rows of scores, answers and issues, packed.
        is_clean: whether it has no errors or queries.
    """

    head: ReturnHead
    rows: tuple[bytes, ...]
    is_clean: bool


@dataclass(frozen=True, slots=True)
class RowPacker:
    """Packs what an outcome adds to the tables: a function for `score_files(…, then=…)`.

    Attributes:
        rubric: the rubric of the batch.
        form: how the tables are written.
    """

    rubric: Rubric
    form: TableFormat = "csv"

    def __call__(self, outcome: Outcome) -> PackedReturn | Failure | None:
        """Pack one outcome; None for a file that was passed over."""
        found, _ = taken(outcome, self.rubric)
        return self._packed(found) if isinstance(found, CohortReturn) else found

    def _packed(self, found: CohortReturn) -> PackedReturn:
        tables = (score_rows([found]), answer_rows([found]), issue_rows([found], ()))
        named = zip(tables, _OF_RETURNS, strict=True)
        return PackedReturn(
            head_of(found),
            tuple(pack_rows(rows, name, self.form) for rows, name in named),
            all(issue.severity is Severity.NOTE for issue in found.issues),
        )


class TableWriter:
    """Write `scores`, `answers`, `issues` and `failures` of many returns, whatever their number.

    Use it as a context manager: the tables are written when the block ends well.

    Example:
        >>> rubric = maturity.load_rubric("local-partnership")  # doctest: +SKIP
        >>> with maturity.TableWriter("tables", rubric) as tables:  # doctest: +SKIP
        ...     for outcome in maturity.score_files(files, rubric, workers=4, then=tables.packer):
        ...         tables.add(outcome)

    Args:
        folder: a folder that exists. Tables of the same names are replaced.
        rubric: the rubric under which the returns are scored.
        format: `csv`, or `parquet`, which needs the extra `frames`.
        duplicates: as for [gather_cohort][].

    Attributes:
        packer: a function for `score_files(…, then=…)` that does most of the work where each
            return is scored. Without it, outcomes need their results.
        failures: the files that could not be used, and why.
        is_clean: whether no return had errors or queries.

    Raises:
        WriteError: when the folder holds tables for anyone, or no file can be made in it.
        ValueError: for another format or another word for `duplicates`.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        rubric: Rubric,
        *,
        format: TableFormat = "csv",  # noqa: A002 - what people call it
        duplicates: Duplicates = "latest",
    ) -> None:
        check_format(format)
        check_installed(format, Path(folder))
        refuse_mixed_tables(folder, is_published=False)
        self._folder = Path(folder)
        self._form: TableFormat = format
        self._standing: Standing[ReturnHead] = Standing(duplicates)
        self._ends = array("Q", [0])
        self.packer = RowPacker(rubric, format)
        self.failures: list[Failure] = []
        self.is_clean = True
        with self._failing():
            self._shelf = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `__exit__`

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the tables, unless something went wrong before; that is what is heard of then."""
        if kind is not None:
            with suppress(OSError):  # a full disk refuses also what was still to be put aside
                self._shelf.close()
            return
        with self._failing(), self._shelf:
            self._write()

    def add(self, outcome: Outcome) -> None:
        """Take what became of one file.

        Raises:
            WriteError: when what it adds cannot be put aside.
            ValueError: when the file was scored and its result is not there, because another
                `then=` took it.
        """
        product = getattr(outcome, "product", None)
        found = product if isinstance(product, PackedReturn | Failure) else self.packer(outcome)
        if isinstance(found, Failure):
            self.failures.append(found)
        elif found is not None:
            self._put_aside(found)

    @property
    def returns(self) -> tuple[ReturnHead, ...]:
        """The returns that count so far, in order."""
        return self._standing.settled().returns

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is odd about the returns as a whole, such as two of one area."""
        return self._standing.settled().issues

    def _put_aside(self, found: PackedReturn) -> None:
        self._standing.add(found.head._replace(number=len(self._ends) // len(_OF_RETURNS)))
        self.is_clean &= found.is_clean
        with self._failing():
            for rows in found.rows:
                self._shelf.write(rows)
                self._ends.append(self._ends[-1] + len(rows))

    def _write(self) -> None:
        settled = self._standing.settled()
        for place, name in enumerate(_OF_RETURNS):
            with open_table(self._folder, name, self._form) as table:
                for head in settled.returns:
                    table.add_packed(self._put_back(head, place))
                if name == "issues":
                    table.add(issue_rows((), settled.issues))
        with open_table(self._folder, "failures", self._form) as table:
            table.add(failure_rows(self.failures, settled.superseded))

    def _put_back(self, head: ReturnHead, place: int) -> bytes:
        at = head.number * len(_OF_RETURNS) + place
        self._shelf.seek(self._ends[at])
        return self._shelf.read(self._ends[at + 1] - self._ends[at])

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise WriteError(write_failure(str(self._folder), error)) from error
