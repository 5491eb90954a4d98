"""Score one file of many, and turn what cannot be used into an outcome."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from maturity.assessment import Assessment
from maturity.batch.outcomes import FileOutcome, FileSource, FoundFile, OutcomeStatus, PassedOver
from maturity.errors import MaturityError
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.assessment_workbook import read_assessment
from maturity.rubric import Rubric
from maturity.scoring.engine import score

__all__ = ["Job", "Setup", "Then", "jobs_of", "read_one", "score_one", "scored"]

Then: TypeAlias = Callable[[FileOutcome], object]


class Job(NamedTuple):
    """One file to score: its place from 1, what to read, and what to call it."""

    number: int
    source: FileSource
    name: Path | str

    @property
    def label(self) -> str:
        """The name without its folder, as issues give it."""
        return self.name.name if isinstance(self.name, Path) else self.name


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for every file of a run.

    Attributes:
        rubric: the rubric under which all are scored.
        then: what is done with each outcome where the file was scored; None to hand it over.
        keep_workbook: whether results keep the workbook as it was found.
    """

    rubric: Rubric
    then: Then | None = None
    keep_workbook: bool = True


def jobs_of(files: Iterable[FileSource | FoundFile]) -> Iterator[Job | FileOutcome]:
    """Number the files, and give those that are passed over as the outcomes that they are."""
    for number, file in enumerate(files, start=1):
        if isinstance(file, FoundFile) and file.reason is not None:
            status = OutcomeStatus.PASSED_OVER
            yield FileOutcome(file.path, status, reason=file.reason, number=number)
        else:
            source = file.path if isinstance(file, FoundFile) else file
            yield Job(number, source, _name_of(source, number))


def _name_of(source: FileSource, number: int) -> Path | str:
    if isinstance(source, str | os.PathLike):
        return Path(source)
    name = getattr(source, "name", None)  # open files have one; streams in memory do not
    return Path(name).name if isinstance(name, str) and name else f"file {number}"


def score_one(job: Job, setup: Setup) -> FileOutcome:
    """Score one file and do with it what is to be done.

    Raises:
        Exception: whatever `then` raises, and faults of this library.
    """
    outcome = scored(read_one(job, setup.rubric, keep_workbook=setup.keep_workbook), job)
    if setup.then is None:
        return outcome
    return replace(outcome, result=None, product=setup.then(outcome))


def read_one(job: Job, rubric: Rubric, *, keep_workbook: bool) -> Assessment | tuple[Issue, ...]:
    """Read one file: the return, or every reason why it cannot be used."""
    try:
        assessment = read_assessment(job.source, rubric, name=job.label)
    except MaturityError as error:
        return error.issues
    return assessment if keep_workbook else replace(assessment, workbook=None)


def scored(read: Assessment | tuple[Issue, ...], job: Job) -> FileOutcome:
    """Score what was read of a file, and say what became of it."""
    if isinstance(read, Assessment):
        is_clean = all(issue.severity is Severity.NOTE for issue in read.issues)
        status = OutcomeStatus.SCORED if is_clean else OutcomeStatus.SCORED_WITH_ISSUES
        return FileOutcome(job.name, status, score(read), read.issues, number=job.number)
    if any(issue.code is IssueCode.FILE_LOCK for issue in read):
        status, reason = OutcomeStatus.PASSED_OVER, PassedOver.LOCK
        return FileOutcome(job.name, status, None, read, reason, job.number)
    return FileOutcome(job.name, OutcomeStatus.REFUSED, None, read, number=job.number)
