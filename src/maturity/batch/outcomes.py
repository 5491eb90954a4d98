"""Hold what becomes of each file of many: the nouns of a batch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from maturity.batch.stored import Place
from maturity.batch.urls import base_name
from maturity.issues import Issue
from maturity.result import Result

__all__ = ["FileOutcome", "FileSource", "FoundFile", "OutcomeStatus", "PassedOver", "source_of"]

FileSource: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO


class OutcomeStatus(StrEnum):
    """What became of one file."""

    SCORED = "scored"
    SCORED_WITH_ISSUES = "scored_with_issues"
    REFUSED = "refused"
    PASSED_OVER = "passed_over"
    FAILED = "failed"


class PassedOver(StrEnum):
    """Why a file in a folder was not tried."""

    LOCK = "lock file of an open workbook"
    HIDDEN = "hidden"
    LINK = "link"
    NOT_A_FILE = "not a regular file"
    NOT_A_WORKBOOK = "not a workbook by its name"
    ARCHIVE = "zip file, which is looked into when it is named"
    LEFT_OUT = "folder of results"
    REPEATED = "the same file again"


class FoundFile(NamedTuple):
    """A file to score, or one that is passed over and why.

    Attributes:
        source: where it is: a path, a member of a zip file, or what a URL names.
        reason: why it is passed over; None when it is not.
    """

    source: Place
    reason: PassedOver | None = None


def source_of(found: FoundFile) -> Path | str:
    """Give the source of a found file as its outcome has it."""
    return found.source if isinstance(found.source, Path) else str(found.source)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file of many.

    Attributes:
        source: the file's path; the URL, or the zip file and the name in it, as text; a name for
            one that was given as bytes or as an open file.
        status: `scored` (clean, or with notes alone), `scored_with_issues` (with errors or
            queries), `refused` (it could not be used), `passed_over` (it was not meant to be) or
            `failed` (the process that read it crashed, hung, ran out of memory or met a fault).
        result: what it scored; None when there is none, or when `then` took it.
        issues: everything odd about the file, or every reason for refusing it.
        reason: why it was passed over; None when it was not.
        number: its place among the files that were given, from 1.
        product: what `then` made of it; None without `then`.
        digest: SHA-256 of the bytes that were read; None when there were none.
        mark: for a URL, what its file system said of the file's state before it was fetched; it
            differs when the file has changed.
    """

    source: Path | str
    status: OutcomeStatus
    result: Result | None = None
    issues: tuple[Issue, ...] = ()
    reason: PassedOver | None = None
    number: int = 0
    product: object = None
    digest: str | None = None
    mark: str | None = None

    @property
    def name(self) -> str:
        """The file's own name, without the folders above it, the zip file or the URL."""
        return base_name(str(self.source))
