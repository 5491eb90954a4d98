"""Find and read the returns in a zip file, without unpacking it anywhere."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from maturity.batch.name_rules import reason_in_kind, reason_in_name
from maturity.batch.outcomes import FoundFile, PassedOver
from maturity.batch.stored import StoredFile, digest_of_bytes, identity_of
from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import Findings, Task
from maturity.reading.limits import DEFAULT_LIMITS
from maturity.reading.package import Package

__all__ = ["ZipMember", "close_archives", "files_in_archive"]

_ARCHIVE_BYTES = 256_000_000  # each process that reads from it holds all of it
# What one member may inflate to is limited by itself: its size is known and may not be exceeded.
_LIMITS = replace(DEFAULT_LIMITS, members=100_000, inflated_bytes=sys.maxsize)
_PARTS_OF_WORKBOOKS = ("[content_types].xml", "mimetype")
_SYMBOLIC_LINK = 0o120000
_SAID_OF_MEMBERS = {
    IssueCode.FILE_PASSWORD: (
        "The zip file protects it with a password, so it cannot be read.",
        "Unpack the zip file with its password, and give the folder in place of it.",
    ),
    IssueCode.FILE_DAMAGED: (
        "It cannot be unpacked: the zip file is damaged, or packs it in a way that few programs"
        " know.",
        "Ask for the file itself, or for a zip file that is made anew.",
    ),
}


@dataclass(frozen=True, slots=True)
class ZipMember(StoredFile):
    """A file in a zip file.

    Attributes:
        archive: the zip file.
        member: the file's name in it, with its folders; empty for a zip file that is too large to
            be looked into.
    """

    archive: Path
    member: str = ""

    def __str__(self) -> str:
        """Name the zip file and the file in it, as if the first were a folder."""
        return f"{self.archive}/{self.member}" if self.member else str(self.archive)

    @property
    def name(self) -> str:
        """Its own name, without the folders above it."""
        return _parts(self.member)[-1] if self.member else self.archive.name

    @property
    def identity(self) -> str:
        """The zip file, however its path was written, and the name in it."""
        return f"{identity_of(self.archive)}/{self.member}"

    @property
    def holder(self) -> Path:
        """The zip file."""
        return self.archive

    def read(self, most: int) -> bytes:
        """Inflate it; nothing is inflated of a file with more than `most` bytes.

        Raises:
            WorkbookError: when the zip file is gone or damaged, or the file in it is too large or
                protected with a password.
        """
        package = self._package()
        member = package.members.get(self.member)
        if member is None:
            raise self._refused(
                IssueCode.FILE_MISSING,
                "It is no longer in the zip file, which has changed since it was looked into.",
                "Run the same command again.",
            )
        if self.member in package.repeated:
            raise self._refused(
                IssueCode.FILE_DAMAGED,
                "The zip file holds several files of this name, and any of them may be meant.",
                "Make the zip file anew, with a name of its own for each file.",
            )
        if member.size > most:
            raise self._refused(
                IssueCode.FILE_TOO_LARGE,
                f"The file is larger than {most // 1_000_000:,} MB.",
                "Delete pictures and unused sheets from the workbook, save it and send it again.",
            )
        try:
            return package.read(self.member)
        except WorkbookError as error:
            raise self._in_own_words(error) from error

    def _package(self) -> Package:
        try:
            return _opened(self.archive)
        except OSError as error:
            raise self._refused(
                IssueCode.FILE_MISSING,
                f"{self.archive.name} could not be opened ({error.strerror or error}).",
                "Check its name and place, and that you may read it.",
            ) from error
        except _TooLargeError as error:
            raise self._refused(
                IssueCode.FILE_TOO_LARGE,
                f"The zip file {error}.",
                "Unpack it, and give the folder in place of it.",
            ) from error
        except WorkbookError as error:
            raise self._in_own_words(error) from error

    def _refused(self, code: IssueCode, message: str, remedy: str) -> WorkbookError:
        return Findings(self.name).error(code, message, remedy)

    def _in_own_words(self, error: WorkbookError) -> WorkbookError:
        """Say it of a file in a zip file; what was said is meant for a part of a workbook."""
        found = error.issues[0]
        message, remedy = _SAID_OF_MEMBERS.get(found.code, (found.message, found.remedy))
        return self._refused(found.code, message, remedy)

    def is_unchanged(self, digest: str | None, mark: str | None) -> bool:
        """Say whether its content has this digest."""
        del mark
        try:
            return digest == digest_of_bytes(self.read(DEFAULT_LIMITS.file_bytes))
        except WorkbookError:
            return False


def files_in_archive(path: Path) -> Iterator[FoundFile] | None:
    """List what is in a zip file of returns, by the rules for a folder.

    A zip file in a zip file is not looked into.

    Args:
        path: a file that may be one.

    Returns:
        Its files by name, those in its folders last; None when it is no zip file, or is itself a
        workbook, is empty, or cannot be opened, so that the reader says what is wrong with it.
    """
    try:
        # Not the one that scoring keeps: the process that lists need not be the one that scores.
        package = _package_of(path)
    except (OSError, ValueError, WorkbookError):  # no path has a null character
        return None
    except _TooLargeError:
        return iter([FoundFile(ZipMember(path))])
    if not package.members or any(name.lower() in _PARTS_OF_WORKBOOKS for name in package.names()):
        return None
    members = sorted(package.members.values(), key=lambda member: _order(member.name))
    return iter(
        [
            FoundFile(ZipMember(path, member.name), _reason(member.name, member.mode))
            for member in members
        ]
    )


def close_archives() -> None:
    """Forget the zip file that was read last, which is held in memory."""
    _kept_package.cache_clear()


class _TooLargeError(Exception):
    """The zip file asks for too much; says what it does."""


def _opened(path: Path) -> Package:
    status = path.stat()
    return _kept_package(path, status.st_ino, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1)
def _kept_package(path: Path, *state: int) -> Package:
    """Read a zip file once for all its members, as long as it does not change."""
    del state
    return _package_of(path)


def _package_of(path: Path) -> Package:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is not a file")
    with path.open("rb") as file:
        content = file.read(_ARCHIVE_BYTES + 1)
    if len(content) > _ARCHIVE_BYTES:
        raise _TooLargeError(f"is larger than {_ARCHIVE_BYTES // 1_000_000} MB")
    try:
        return Package(content, Task(Findings(path.name), _LIMITS, frozenset()), by_case=True)
    except WorkbookError as error:
        if error.issues[0].code is IssueCode.FILE_LIMIT:
            raise _TooLargeError(f"holds more than {_LIMITS.members:,} files") from error
        raise


def _parts(name: str) -> list[str]:
    return [part for part in name.split("/") if part] or [name]


def _order(name: str) -> list[tuple[bool, str]]:
    *folders, last = _parts(name)
    return [*((True, folder) for folder in folders), (False, last)]


def _reason(name: str, mode: int) -> PassedOver | None:
    *folders, last = _parts(name)
    hidden = any(
        reason_in_name(folder) is PassedOver.HIDDEN for folder in folders if folder != ".."
    )
    reason = PassedOver.HIDDEN if hidden else reason_in_name(last)
    if reason is not None:
        return reason
    if mode & 0o170000 == _SYMBOLIC_LINK:
        return PassedOver.LINK
    return reason_in_kind(last)
