"""Score many returns, one at a time, so that one bad file costs only itself.

Nothing is held: every outcome is handed over as soon as it is known, and every file that goes in
comes out as exactly one outcome, whether it was scored, refused or passed over.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from maturity.errors import MaturityError
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.assessment_workbook import read_assessment
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.scoring.engine import score

__all__ = [
    "FileOutcome",
    "FoundFile",
    "OutcomeStatus",
    "PassedOver",
    "find_files",
    "score_files",
]

_Source: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO

# How names end that are tried in a folder. What a file is, the reader decides by its content.
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


class OutcomeStatus(StrEnum):
    """What became of one file."""

    SCORED = "scored"
    SCORED_WITH_ISSUES = "scored_with_issues"
    REFUSED = "refused"
    PASSED_OVER = "passed_over"


class PassedOver(StrEnum):
    """Why a file in a folder was not tried."""

    LOCK = "lock file of an open workbook"
    HIDDEN = "hidden"
    LINK = "link"
    NOT_A_FILE = "not a regular file"
    NOT_A_WORKBOOK = "not a workbook by its name"
    LEFT_OUT = "folder of results"
    REPEATED = "the same file again"


class FoundFile(NamedTuple):
    """A file to score, or one that is passed over and why."""

    path: Path
    reason: PassedOver | None = None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file of many.

    Attributes:
        source: the file's path; a name for one that was given as bytes or as an open file.
        status: `scored` (clean, or with notes alone), `scored_with_issues` (with errors or
            queries), `refused` (it could not be used) or `passed_over` (it was not meant to be).
        result: what it scored; None when it was refused or passed over.
        issues: everything odd about the file, or every reason for refusing it.
        reason: why it was passed over; None when it was not.
    """

    source: Path | str
    status: OutcomeStatus
    result: Result | None = None
    issues: tuple[Issue, ...] = ()
    reason: PassedOver | None = None


def score_files(files: Iterable[_Source | FoundFile], rubric: Rubric) -> Iterator[FileOutcome]:
    """Score many returns under one rubric, and let no bad file stop the others.

    Args:
        files: paths, bytes, open binary files, or what [find_files][] found. Not folders.
        rubric: the rubric under which all of them are scored.

    Yields:
        One outcome for each file, in the order given, as soon as it is known. Only inputs that
        cannot be used are caught; a bug in this library stops the run.
    """
    for number, file in enumerate(files, start=1):
        if isinstance(file, FoundFile) and file.reason is not None:
            yield FileOutcome(file.path, OutcomeStatus.PASSED_OVER, reason=file.reason)
        else:
            source = file.path if isinstance(file, FoundFile) else file
            yield _score_file(source, _name_of(source, number), rubric)


def _score_file(source: _Source, name: Path | str, rubric: Rubric) -> FileOutcome:
    label = name.name if isinstance(name, Path) else name
    try:
        result = score(read_assessment(source, rubric, name=label))
    except MaturityError as error:
        if any(issue.code is IssueCode.FILE_LOCK for issue in error.issues):
            status, reason = OutcomeStatus.PASSED_OVER, PassedOver.LOCK
            return FileOutcome(name, status, issues=error.issues, reason=reason)
        return FileOutcome(name, OutcomeStatus.REFUSED, issues=error.issues)
    issues = result.assessment.issues
    is_clean = all(issue.severity is Severity.NOTE for issue in issues)
    status = OutcomeStatus.SCORED if is_clean else OutcomeStatus.SCORED_WITH_ISSUES
    return FileOutcome(name, status, result, issues)


def _name_of(source: _Source, number: int) -> Path | str:
    if isinstance(source, str | os.PathLike):
        return Path(source)
    name = getattr(source, "name", None)  # open files have one; streams in memory do not
    return Path(name).name if isinstance(name, str) and name else f"file {number}"


def find_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    leave_out: str | os.PathLike[str] | None = None,
) -> Iterator[FoundFile]:
    """List the files to score: those named, and the workbooks in the folders named.

    A file that is named is always tried. In a folder, and in the folders below it, only regular
    files with a workbook's name are tried; lock files (`~$…`), hidden files and everything else
    are passed over, and so are links, so that nothing outside the folder is read. A file that is
    found twice is passed over the second time.

    Args:
        paths: files and folders.
        leave_out: a folder that is not looked into, such as the one for the results.

    Yields:
        Every file in order: as named and, within a folder, by name, sub-folders last.
    """
    seen: set[str] = set()
    left_out = None if leave_out is None else _identity(leave_out)
    for path in map(Path, paths):
        files = _files_below(path, left_out) if path.is_dir() else iter((FoundFile(path),))
        for file in files:
            if file.reason is not None:
                yield file
                continue
            identity = _identity(file.path)
            yield FoundFile(file.path, PassedOver.REPEATED) if identity in seen else file
            seen.add(identity)


def _identity(path: str | os.PathLike[str]) -> str:
    return os.path.normcase(os.path.realpath(path))


def _files_below(root: Path, left_out: str | None) -> Iterator[FoundFile]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            # The reader says what is wrong with it; leaving it out would hide returns.
            yield FoundFile(folder)
            continue
        below: list[Path] = []
        for entry in entries:
            path = folder / entry.name
            reason = _reason_to_pass_over(entry)
            if reason is not None or not entry.is_dir(follow_symlinks=False):
                yield FoundFile(path, reason)
            elif _identity(path) == left_out:
                yield FoundFile(path, PassedOver.LEFT_OUT)
            else:
                below.append(path)
        folders.extend(reversed(below))


def _reason_to_pass_over(entry: os.DirEntry[str]) -> PassedOver | None:
    """Say why an entry of a folder is passed over; None for sub-folders and likely workbooks."""
    if entry.name.startswith("~$"):
        return PassedOver.LOCK
    if _is_hidden(entry):
        return PassedOver.HIDDEN
    if entry.is_symlink():
        return PassedOver.LINK
    if entry.is_dir(follow_symlinks=False):
        return None
    if not entry.is_file(follow_symlinks=False):
        return PassedOver.NOT_A_FILE
    is_likely = Path(entry.name).suffix.lower() in _WORKBOOK_SUFFIXES
    return None if is_likely else PassedOver.NOT_A_WORKBOOK


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Say whether its name or, on Windows, its attributes hide it; `._…` files are hidden too."""
    if entry.name.startswith(".") or entry.name.casefold() in _LITTER:
        return True
    attributes = 0
    with suppress(OSError):  # it may have gone since the folder was listed
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
