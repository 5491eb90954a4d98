"""Put bytes where they belong, wholly or not at all.

A file is written beside its target under a passing name, forced to the disk, and moved over the
target in one step. Whoever looks sees the old file or the new one, never half of one. What a killed
process left behind is removed by the next one that writes the same file.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.writing.passing_files import PassingFile, force_to_disk, passing_file

__all__ = ["ByteTarget", "open_in_one_step", "write_bytes", "write_failure", "write_files"]


class ByteTarget(Protocol):
    """Anything open for writing bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""


Target = str | os.PathLike[str] | ByteTarget
Source = str | os.PathLike[str]


def write_bytes(
    content: bytes, target: Target, *, source: Source | None = None, source_digest: str = ""
) -> None:
    """Write a file in one step, or into an open stream.

    Args:
        content: all of it.
        target: a path, or anything open for writing bytes. A folder that is missing is not made.
        source: the file from which the content was made, if it is known; it is never overwritten.
        source_digest: that file's `sha256:` digest; a target with the same content is taken for it.

    Raises:
        WriteError: when the target is the source, or cannot be written. It is then as it was,
            unless it is a stream.
        TypeError: when the target is open for text.
    """
    if not isinstance(target, str | os.PathLike):
        _write_to_stream(content, target)
        return
    path = Path(target)
    with _saying_what_fails(path):
        _refuse_source(path, source, source_digest)
        with _in_one_step(path) as file:
            file.write(content)


def _write_to_stream(content: bytes, stream: ByteTarget) -> None:
    if isinstance(stream, io.TextIOBase):
        raise TypeError("the target is open for text; open it for bytes, with mode 'wb'")
    try:
        _write_all(content, stream)
    except OSError as error:
        name = str(getattr(stream, "name", "")) or "the stream"
        raise WriteError(write_failure(name, error)) from error


def _write_all(content: bytes, stream: ByteTarget) -> None:
    rest = memoryview(content)
    while rest:
        written = stream.write(bytes(rest))
        if not isinstance(written, int):
            return  # a stream that does not say how much it took has taken all
        if written <= 0:
            raise OSError("the stream takes no more bytes")
        rest = rest[written:]


def _refuse_source(path: Path, source: Source | None, source_digest: str) -> None:
    if path.exists() and _is_source(path, source, source_digest):
        raise WriteError(
            Issue(
                code=IssueCode.WRITE_OVER_SOURCE,
                severity=Severity.ERROR,
                message=f'"{path.name}" is the return itself; a result is never written over it.',
                remedy="Choose another name or folder for the result.",
                location=FileLocation(str(path)),
            )
        )


def _is_source(path: Path, source: Source | None, source_digest: str) -> bool:
    if source is not None and Path(source).exists() and path.samefile(source):
        return True
    if not source_digest or not path.is_file():
        return False
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return source_digest == f"sha256:{digest}"


@contextlib.contextmanager
def open_in_one_step(target: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file that takes its place when the block has ended well, for what is written in parts.

    Args:
        target: a path. A folder that is missing is not made.

    Yields:
        The file, open for writing bytes.

    Raises:
        WriteError: when it cannot be written. The target is then as it was, as it is after any
            exception in the block.
    """
    path = Path(target)
    with _saying_what_fails(path), _in_one_step(path) as file:
        yield file


@contextlib.contextmanager
def _in_one_step(path: Path) -> Iterator[BinaryIO]:
    with passing_file(path) as passing:
        yield passing.file
        force_to_disk(passing.file)
        passing.move(path)
    _sync_folder(path.parent)


def write_files(contents: Mapping[Path, bytes], *, source: Source | None = None) -> None:
    """Write files that belong together: when there is no room for one, all stay as they were.

    Args:
        contents: path → what it is to hold. Folders that are missing are not made.
        source: the file from which the content was made; it is never overwritten.

    Raises:
        WriteError: when one of them is the source, or cannot be written.
    """
    with contextlib.ExitStack() as stack:
        moves: list[tuple[PassingFile, Path]] = []
        for path, content in contents.items():
            with _saying_what_fails(path):
                _refuse_source(path, source, "")
                passing = stack.enter_context(passing_file(path))
                passing.file.write(content)
                force_to_disk(passing.file)
                moves.append((passing, path))
        for passing, path in moves:
            with _saying_what_fails(path):
                passing.move(path)
    for folder in {path.parent for path in contents}:
        _sync_folder(folder)


@contextlib.contextmanager
def _saying_what_fails(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(write_failure(str(path), error)) from error


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk too, where the system lets us."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_failure(name: str, error: OSError) -> Issue:
    """Say why a file could not be written, and that nothing has changed."""
    return Issue(
        code=IssueCode.WRITE_FAILED,
        severity=Severity.ERROR,
        message=f"It could not be written: {error.strerror or error}.",
        remedy="Check that the folder exists, that you may write to it, that the disk has room and "
        "that no other program has the file open; what was there before is unchanged.",
        location=FileLocation(name),
    )
