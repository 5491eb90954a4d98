"""Keep a file for one process at a time, by a lock that the system frees when that process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

__all__ = ["InUseError", "open_locked"]

if sys.platform == "win32":  # pragma: no cover - its own way to lock
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        # A locked byte cannot be read by others, so it is one far behind the end.
        place = file.tell()
        file.seek(1 << 30)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(place)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InUseError(Exception):
    """Another process has the file."""


def open_locked(path: Path) -> BinaryIO:
    """Open a file for appending, for this process alone until it is closed or ends.

    Nothing is held back: what is written is in the file, or has failed, when `write` returns.

    Args:
        path: the file; it is made when it is missing.

    Raises:
        InUseError: when another process has it.
        OSError: when it cannot be opened.
    """
    while True:
        file = path.open("a+b", buffering=0)
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise InUseError from error
        if _is_still(path, file):
            return file
        file.close()  # whoever had it finished and took it away; there is a new one to be made


def _is_still(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
