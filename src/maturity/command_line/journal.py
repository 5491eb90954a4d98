"""Remember what a run has done, so that the same command goes on where a killed one stopped.

While a run is under way, each file that is done becomes a line of the journal. At the end they
become `outcomes.jsonl`, in the order of the files, and the journal goes. Both are read when a run
begins; a file is not done again when nothing has changed that its line depends on.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO, NamedTuple

import maturity
from maturity.batch.records import FileRecord
from maturity.command_line.folder_lock import open_locked
from maturity.command_line.outcome_schema import SCHEMA_NAME
from maturity.errors import WriteError
from maturity.rubric import Rubric
from maturity.writing.files import open_in_one_step, write_failure
from maturity.writing.passing_files import remove_leftovers

__all__ = ["JOURNAL_NAME", "OUTCOMES_NAME", "Journal", "key_of"]

OUTCOMES_NAME = "outcomes.jsonl"
JOURNAL_NAME = ".maturity-journal.jsonl"

_SECONDS_BETWEEN_SYNCS = 1.0


def key_of(rubric: Rubric) -> str:
    """Give the digest of everything that results depend on beside the return: rubric and program.

    The layouts count too, though they are not part of the rubric's own digest.
    """
    layouts = [each.model_dump(mode="json") for each in (*rubric.layouts, *rubric.lookalikes)]
    said = json.dumps([maturity.__version__, rubric.digest, layouts], sort_keys=True)
    return "sha256:" + hashlib.sha256(said.encode()).hexdigest()


class _Place(NamedTuple):
    """Where a line stands: in the journal or in the outcomes of an earlier run."""

    file: BinaryIO
    start: int


class Journal:
    """The memory of a folder of results; one process has it at a time.

    Args:
        folder: the folder of the results.
        rubric: the rubric of the run.

    Attributes:
        stopped: the date that a run which was stopped wrote into its results; None when the last
            run came to its end, or was one with another rubric or version.

    Raises:
        InUseError: when another process works on this folder.
        OSError: when the folder cannot be written to.
    """

    def __init__(self, folder: Path, rubric: Rubric) -> None:
        self._folder = folder
        self._head = {
            "schema": SCHEMA_NAME,
            "made_with": f"maturity {maturity.__version__}",
            "rubric": {"id": rubric.id, "version": rubric.version, "digest": rubric.digest},
            "key": key_of(rubric),
        }
        self._journal = open_locked(folder / JOURNAL_NAME)
        self._said = (folder / JOURNAL_NAME).open("rb")
        self._files = [self._said]
        self._synced = time.monotonic()
        self._places: dict[str, _Place] = {}
        self.stopped: datetime.datetime | None = None
        with suppress(FileNotFoundError):
            self._files.append((folder / OUTCOMES_NAME).open("rb"))
        for file in reversed(self._files):  # what the journal says is newer
            self._read(file)
        remove_leftovers(folder)

    def _read(self, file: BinaryIO) -> None:
        file.seek(0)
        start = 0
        for line in file:
            if not line.endswith(b"\n"):  # a half-written last line
                break
            row = _row(line)
            if row.get("key") == self._head["key"]:
                self._places[str(row.get("source"))] = _Place(file, start)
                if file is self._said:
                    self.stopped = _moment(row.get("created"))
            start += len(line)
        if file is self._said:
            self._journal.truncate(start)

    def known(self, source: str) -> FileRecord | None:
        """Give what is known about a file under this rubric and version; None if nothing is."""
        with suppress(KeyError, ValueError, TypeError):  # the last two: somebody else's line
            return FileRecord.from_row(self._row_of(source))
        return None

    def _row_of(self, source: str) -> dict[str, object]:
        place = self._places[source]
        place.file.seek(place.start)
        return _row(place.file.readline())

    def add(self, record: FileRecord) -> None:
        """Note that a file is done. What was written for it is on the disk by now.

        Should the power fail, lines of the last second may be lost, and those files are done again.

        Raises:
            WriteError: when it cannot be noted; what was noted before stays.
        """
        start = self._journal.seek(0, SEEK_END)
        try:
            self._append(_line({**self._head, **record.row()}))
            if time.monotonic() - self._synced > _SECONDS_BETWEEN_SYNCS:
                self._sync()
        except OSError as error:
            with suppress(OSError):
                self._journal.truncate(start)
            raise WriteError(write_failure(str(self._folder / JOURNAL_NAME), error)) from error
        self._places[record.source] = _Place(self._said, start)

    def _append(self, line: bytes) -> None:
        """Write all of a line; on a full disk a part of it may be taken first."""
        while line:
            line = line[self._journal.write(line) :]

    def _sync(self) -> None:
        os.fsync(self._journal.fileno())
        self._synced = time.monotonic()

    def finish(
        self, records: Iterable[str | FileRecord], standing: Mapping[str, str | None]
    ) -> frozenset[str]:
        """Write the outcomes of a whole run, in order, and put the journal away.

        Args:
            records: for each file its source, when it was tried, or else its record.
            standing: source → the return that counts in its place, or None when none does; for
                those returns only that do not count as their area's.

        Returns:
            The names of the files that were written for these returns.

        Raises:
            WriteError: when they cannot be written; the journal stays, and all that is done.
        """
        names: set[str] = set()
        with open_in_one_step(self._folder / OUTCOMES_NAME) as file:
            for row in self._last_rows(records, standing):
                file.write(_line(row))
                names.update(_names_in(row))
            for old in self._files:
                old.close()  # Windows replaces no open file
        remove_leftovers(self._folder)
        self._take_away()
        return frozenset(names)

    def _last_rows(
        self, records: Iterable[str | FileRecord], standing: Mapping[str, str | None]
    ) -> Iterator[dict[str, object]]:
        for record in records:
            if isinstance(record, FileRecord):
                row: dict[str, object] = {**self._head, **record.row()}
            else:
                row = self._row_of(record)
            source = str(row["source"])
            counts = source not in standing and "scored" in str(row["status"])
            yield {**row, "counts": counts, "superseded_by": standing.get(source)}

    def _take_away(self) -> None:
        path = self._folder / JOURNAL_NAME
        if os.name != "nt":
            path.unlink()  # while it is locked: whoever waits for it then makes a new one
            self._journal.close()
            return
        self._journal.close()  # pragma: no cover - Windows removes no open file
        with suppress(OSError):  # pragma: no cover - another run may have it by now
            path.unlink()

    def close(self) -> None:
        """Let go of the folder; what was done stays known. A journal without lines goes."""
        if self._journal.closed:
            return
        remove_leftovers(self._folder)  # of workers that were ended in the middle of a file
        for file in self._files:
            file.close()
        if self._journal.seek(0, SEEK_END):
            with suppress(OSError):  # the disk fails, and nothing more can be done about it
                self._sync()
            self._journal.close()
        else:
            self._take_away()


def _row(line: bytes) -> dict[str, object]:
    """Read a line; what is no line of ours is nothing."""
    try:
        row = json.loads(line)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def _names_in(row: Mapping[str, object]) -> Iterator[str]:
    written = row["written"]
    for file in written if isinstance(written, list) else ():
        yield str(file["name"])


def _moment(text: object) -> datetime.datetime | None:
    with suppress(ValueError):
        return datetime.datetime.fromisoformat(str(text))
    return None


def _line(row: Mapping[str, object]) -> bytes:
    return json.dumps(row).encode("ascii") + b"\n"
