"""Open files under passing names beside their targets, and remove those that nobody works on.

A passing file is locked as long as the process lives that writes it, so what a killed process left
behind is known from what a living one is writing. Names are few and fixed, so that what is left of
a target is found without listing its folder, which may hold the results of thousands of returns.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where an open file cannot be removed anyway
    fcntl = None  # type: ignore[assignment]  # stands for "no locks here"

__all__ = ["PassingFile", "force_to_disk", "passing_file", "remove_leftovers"]

# So many processes may write the same file at one time before names become random.
_NAMES = 8


class PassingFile(NamedTuple):
    """A file that is being written, and where it stands for the time being."""

    file: BinaryIO
    path: Path

    def move(self, target: Path) -> None:
        """Put it in its place, once it is on the disk."""
        if fcntl is None:  # Windows moves no open file
            self.file.close()
        # Elsewhere it is still locked, so that nobody takes it for a leftover.
        self.path.replace(target)

    def remove(self) -> None:
        """Leave nothing behind, unless it is in its place already."""
        if fcntl is None:  # Windows removes no open file
            _close(self.file)
        with contextlib.suppress(OSError):
            # While it is locked: the name may be another process's as soon as it is not.
            if self.file.closed or _is_at(self.path, self.file.fileno()):
                self.path.unlink()


@contextlib.contextmanager
def passing_file(target: Path) -> Iterator[PassingFile]:
    """Open a new file beside its target; it is removed when the block ends by an exception.

    Args:
        target: what it is to become. What killed processes left of it is removed first.

    Raises:
        OSError: when it cannot be made.
    """
    passing = _opened(target)
    try:
        yield passing
    except BaseException:  # also on Ctrl-C: leave nothing behind
        passing.remove()
        raise
    finally:
        _close(passing.file)


def force_to_disk(file: BinaryIO) -> None:
    """Wait until what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def _close(file: BinaryIO) -> None:
    with contextlib.suppress(OSError):  # a full disk is said once, by what was written last
        file.close()


def _opened(target: Path) -> PassingFile:
    name = hashlib.sha256(target.name.encode(errors="surrogatepass")).hexdigest()
    prefix = f".maturity-{name[:12]}-"
    places = [target.parent / f"{prefix}{number}.part" for number in range(_NAMES)]
    for place in places:
        if os.path.lexists(place):
            _remove_unless_in_use(place)
    for place in places:
        with contextlib.suppress(FileExistsError):  # somebody else is writing the same
            file = place.open("xb")
            if _is_ours(file, place):
                return PassingFile(file, place)
            file.close()
    place = target.parent / f"{prefix}{secrets.token_hex(6)}.part"
    file = place.open("xb")
    _is_ours(file, place)
    return PassingFile(file, place)


def _is_ours(file: BinaryIO, path: Path) -> bool:
    """Lock a new file, and say whether it was not taken for a leftover before that."""
    if fcntl is None:
        return True
    with contextlib.suppress(OSError):  # some network folders know no locks
        fcntl.flock(file, fcntl.LOCK_EX)
    return _is_at(path, file.fileno())


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left behind in a folder, whatever they were writing."""
    for leftover in folder.glob(".maturity-*.part"):
        _remove_unless_in_use(leftover)


def _remove_unless_in_use(path: Path) -> None:
    """Remove a file that no living process holds; two writers must not disturb each other."""
    with contextlib.suppress(OSError):  # it is in use, or has gone by itself
        if fcntl is None:
            path.unlink()  # on Windows this fails by itself when it is in use
            return
        # A pipe or a link of that name is nothing of ours; to wait for it or follow it would harm.
        handle = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, handle):  # or else it was moved to its target while we opened it
                path.unlink()
        finally:
            os.close(handle)


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False
