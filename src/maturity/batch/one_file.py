"""Score one file of many, and turn what cannot be used into an outcome."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias, cast

from maturity.assessment import Assessment
from maturity.batch.outcomes import (
    FileOutcome,
    FileSource,
    FoundFile,
    OutcomeStatus,
    PassedOver,
    source_of,
)
from maturity.batch.remote import RemoteFile
from maturity.batch.stored import StoredFile, digest_of, digest_of_bytes
from maturity.batch.urls import is_url
from maturity.errors import MaturityError, WorkbookError
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.limits import DEFAULT_LIMITS, Limits
from maturity.rubric import Rubric
from maturity.scoring.engine import score

__all__ = ["Job", "Read", "Setup", "Then", "fetched", "jobs_of", "read_one", "score_one", "scored"]

Then: TypeAlias = Callable[[FileOutcome], object]


class Job(NamedTuple):
    """One file to score.

    Attributes:
        number: its place among the files that were given, from 1.
        source: what to read.
        name: what its outcome calls it.
        label: its own name, without folders, as issues give it.
    """

    number: int
    source: FileSource | StoredFile
    name: Path | str
    label: str


class Read(NamedTuple):
    """What was read of a file.

    Attributes:
        content: the return, or why the file cannot be used.
        digest: SHA-256 of its bytes; None when there were none.
        mark: what was said of its state before it was fetched.
    """

    content: Assessment | tuple[Issue, ...]
    digest: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for every file of a run.

    Attributes:
        rubric: the rubric under which all are scored.
        then: what is done with each outcome where the file was scored; None to hand it over.
        keep_workbook: whether results keep the workbook as it was found.
        limits: how large and how deep a file may be.
    """

    rubric: Rubric
    then: Then | None = None
    keep_workbook: bool = True
    limits: Limits = DEFAULT_LIMITS


def jobs_of(files: Iterable[FileSource | FoundFile]) -> Iterator[Job | FileOutcome]:
    """Number the files, and give those that are passed over as the outcomes that they are."""
    for number, file in enumerate(files, start=1):
        if isinstance(file, FoundFile) and file.reason is not None:
            status = OutcomeStatus.PASSED_OVER
            yield FileOutcome(source_of(file), status, reason=file.reason, number=number)
        else:
            yield _job(number, file.source if isinstance(file, FoundFile) else file)


def _job(number: int, source: FileSource | StoredFile) -> Job:
    if isinstance(source, str) and is_url(source):
        source = RemoteFile(source)
    if isinstance(source, StoredFile):
        return Job(number, source, str(source), source.name)
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return Job(number, source, path, path.name)
    name = getattr(source, "name", None)  # open files have one; streams in memory do not
    label = Path(name).name if isinstance(name, str) and name else f"file {number}"
    return Job(number, source, label, label)


def fetched(job: Job, limits: Limits) -> Job:
    """Fetch now what no other process can: open files, and what is in this one's memory.

    Raises:
        OSError: when an open file cannot be read.
        ValueError: when it is closed.
        TypeError: when it is open for text.
    """
    source = job.source
    if isinstance(source, RemoteFile) and source.is_only_here:
        with suppress(WorkbookError):  # whoever scores it finds and says the same
            return job._replace(source=source.read(limits.file_bytes))
    if not isinstance(source, StoredFile) and hasattr(source, "read"):
        # One byte more than may be read, so that the reader refuses it as it would here.
        content = cast("BinaryIO", source).read(limits.file_bytes + 1)
        if not isinstance(content, bytes):
            raise TypeError("open the workbook in binary mode, as in open(path, 'rb')")
        return job._replace(source=content)
    return job


def score_one(job: Job, setup: Setup) -> FileOutcome:
    """Score one file and do with it what is to be done.

    Raises:
        Exception: whatever `then` raises, and faults of this library.
    """
    outcome = scored(read_one(job, setup), job)
    if setup.then is None:
        return outcome
    return replace(outcome, result=None, product=setup.then(outcome))


def read_one(job: Job, setup: Setup, *, keep_workbook: bool | None = None) -> Read:
    """Read one file: the return, or every reason why it cannot be used.

    Args:
        job: the file.
        setup: the run.
        keep_workbook: whether the workbook as found is kept; as the setup says, unless given.
    """
    source = job.source
    mark = source.mark() if isinstance(source, StoredFile) else None
    try:
        if isinstance(source, StoredFile):
            source = source.read(setup.limits.file_bytes)
        assessment = read_assessment(source, setup.rubric, name=job.label, limits=setup.limits)
    except MaturityError as error:
        return Read(error.issues, _digest(source), mark)
    keep = setup.keep_workbook if keep_workbook is None else keep_workbook
    kept = assessment if keep else replace(assessment, workbook=None)
    return Read(kept, assessment.source_digest, mark)


def _digest(source: FileSource | StoredFile) -> str | None:
    """Give the digest of a file that was read and refused, so that it is known again."""
    if isinstance(source, str | os.PathLike):
        return digest_of(Path(source))
    return digest_of_bytes(source) if isinstance(source, bytes) else None


def scored(read: Read, job: Job) -> FileOutcome:
    """Score what was read of a file, and say what became of it."""
    content = read.content
    if isinstance(content, Assessment):
        is_clean = all(issue.severity is Severity.NOTE for issue in content.issues)
        status = OutcomeStatus.SCORED if is_clean else OutcomeStatus.SCORED_WITH_ISSUES
        result, issues, reason = score(content), content.issues, None
    else:
        is_lock = any(issue.code is IssueCode.FILE_LOCK for issue in content)
        status = OutcomeStatus.PASSED_OVER if is_lock else OutcomeStatus.REFUSED
        result, issues, reason = None, content, PassedOver.LOCK if is_lock else None
    return FileOutcome(
        job.name,
        status,
        result,
        issues,
        reason,
        job.number,
        digest=read.digest,
        mark=read.mark,
    )
