"""Let files grow only so far, as on a full disk; no right of an administrator is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["NO_ROOM", "contents", "little_room", "needs_limits"]

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
NO_ROOM = "File too large"


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """Let the system refuse, for a while, to make any file larger than so many bytes.

    Python ignores the signal that would come with it, so writing fails as on a full disk.
    """
    import resource

    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
