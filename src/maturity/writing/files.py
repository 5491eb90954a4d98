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
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from maturity.errors import WriteError
from maturity.issues import FileLocation, Issue, IssueCode, Severity

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where an open file cannot be removed anyway
    fcntl = None  # type: ignore[assignment]  # stands for "no locks here"

__all__ = ["ByteTarget", "open_in_one_step", "remove_leftovers", "write_bytes", "write_failure"]


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
    try:
        _refuse_source(path, source, source_digest)
        with _in_one_step(path) as file:
            file.write(content)
    except OSError as error:
        raise WriteError(write_failure(str(path), error)) from error


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
    try:
        with _in_one_step(path) as file:
            yield file
    except OSError as error:
        raise WriteError(write_failure(str(path), error)) from error


@contextlib.contextmanager
def _in_one_step(path: Path) -> Iterator[BinaryIO]:
    name = hashlib.sha256(path.name.encode(errors="surrogatepass")).hexdigest()
    prefix = f".maturity-{name[:12]}-"
    _remove_leftovers(path.parent, prefix)
    passing = path.parent / f"{prefix}{secrets.token_hex(6)}.part"
    try:
        with _new_file(passing) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if fcntl is not None:  # while the lock is held, so that nobody takes it for a leftover
                passing.replace(path)
        if fcntl is None:  # Windows moves no open file
            passing.replace(path)
    except BaseException:  # also on Ctrl-C: leave nothing behind
        with contextlib.suppress(OSError):
            passing.unlink()
        raise
    _sync_folder(path.parent)


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that does not exist yet, and hold a lock on it as long as this process lives."""
    with path.open("xb") as file:
        if fcntl is not None:
            with contextlib.suppress(OSError):  # some network folders know no locks
                fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left behind in a folder, whatever they were writing."""
    _remove_leftovers(folder, ".maturity-")


def _remove_leftovers(folder: Path, prefix: str) -> None:
    for leftover in folder.glob(f"{prefix}*.part"):
        with contextlib.suppress(OSError):
            if not _is_in_use(leftover):
                leftover.unlink()


def _is_in_use(path: Path) -> bool:
    """Say whether a living process holds the file; two writers must not disturb each other."""
    if fcntl is None:
        return False  # on Windows removing it fails by itself when it is in use
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


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
