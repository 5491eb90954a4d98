"""Put the results of a run into one folder, and go on where an earlier run stopped."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from maturity.batch import FileOutcome, FoundFile, OutcomeStatus
from maturity.batch.outcomes import source_of
from maturity.batch.records import FileRecord, issue_from
from maturity.batch.stored import Place, digest_of
from maturity.batch.urls import base_name
from maturity.command_line.journal import Journal
from maturity.command_line.output_folder import (
    ResultWriter,
    left_over,
    names_within,
    output_stems,
)
from maturity.issues import Issue
from maturity.rubric import Rubric

__all__ = ["FolderRun"]

_DONE = {OutcomeStatus.SCORED, OutcomeStatus.SCORED_WITH_ISSUES, OutcomeStatus.REFUSED}


class FolderRun:
    """A run that writes into a folder; no other may do so at the same time.

    Args:
        folder: where the results go; it is made when it does not exist.
        rubric: the rubric of the run.
        sources: the files to score, in order.
        created: the date to write into the results.
        keeps_date: whether results of an earlier day may stay, and a run that was stopped goes on
            with the date that it had.
        with_workbooks: whether each return gets a result workbook beside its JSON.
        again: whether everything is done again, whatever is there.

    Attributes:
        folder: where the results go.
        writer: what writes them.

    Raises:
        InUseError: when another run writes into this folder.
        OSError: when the folder cannot be made or written to.
    """

    def __init__(
        self,
        folder: Path,
        rubric: Rubric,
        sources: Sequence[Place],
        *,
        created: datetime.datetime,
        keeps_date: bool = False,
        with_workbooks: bool = True,
        again: bool = False,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._journal = Journal(folder, rubric)
        self._keeps_date = keeps_date
        self._again = again
        if keeps_date and not again:
            created = self._journal.stopped or created
        self._sources = names_within(folder, sources)
        stems = output_stems(folder, sources)
        self.writer = ResultWriter(folder, created, with_workbooks, stems)

    def done(self, source: Place) -> FileRecord | None:
        """Give the record of a file that need not be done again; None for one that must.

        It must when it has changed, when it failed or could not be written, when its results are
        not as they were left, or when they would get another name or date.
        """
        record = None if self._again else self._journal.known(str(source))
        if record is None or record.status not in _DONE or record.not_written:
            return None
        is_dated = self._keeps_date or record.created == self.writer.created
        wanted = self.writer.names(str(source)) if record.is_scored else ()
        is_whole = wanted == tuple(file.name for file in record.written) and all(
            digest_of(self.folder / file.name) == file.digest for file in record.written
        )
        return record if is_dated and is_whole and self._is_same(source, record) else None

    @staticmethod
    def _is_same(source: Place, record: FileRecord) -> bool:
        if isinstance(source, Path):
            return record.digest is not None and record.digest == digest_of(source)
        return source.is_unchanged(record.digest, record.mark)

    def record(self, source: Place) -> FileRecord:
        """Give the record of a file that is done.

        Raises:
            KeyError: when nothing is known about it.
        """
        record = self._journal.known(str(source))
        if record is None:
            raise KeyError(source)
        return record

    def issues_of(self, record: FileRecord) -> tuple[Issue, ...]:
        """Give all issues of a file that is done, from the JSON that was written last for it."""
        if not record.written:
            return record.why
        with suppress(OSError, ValueError, KeyError):
            document = json.loads((self.folder / record.written[-1].name).read_bytes())
            name = base_name(record.source)
            return tuple(issue_from(row, name) for row in document["issues"])
        return ()

    def note(self, record: FileRecord) -> None:
        """Note that a file is done."""
        self._journal.add(record)

    def last_record(self, file: FoundFile) -> str | FileRecord:
        """Say where the last word on a file is: in the journal, or here for one passed over."""
        if file.reason is None:
            return str(file.source)
        status = OutcomeStatus.PASSED_OVER
        return self.writer(FileOutcome(source_of(file), status, reason=file.reason))

    def finish(
        self, records: Iterable[str | FileRecord], standing: Mapping[str, str | None]
    ) -> tuple[str, ...]:
        """Write `outcomes.jsonl`, in the order of the files; see `Journal.finish`.

        Returns:
            The names of results in the folder that are not of this run, in order.
        """
        return left_over(self.folder, self._journal.finish(records, standing) | self._sources)

    def close(self) -> None:
        """Let go of the folder."""
        self._journal.close()
