"""Name files that are not plain paths, such as a member of a zip file or what a URL names."""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TypeAlias

__all__ = ["Place", "StoredFile", "digest_of", "digest_of_bytes", "identity_of"]


class StoredFile(ABC):
    """A file somewhere else: it is fetched whole, by the process that scores it.

    Its `str` tells it from all others, in words that may be shown to anyone.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def name(self) -> str:
        """Its own name, without the folders above it."""

    @property
    @abstractmethod
    def identity(self) -> str:
        """What two ways to this file have in common. It may hold secrets."""

    @property
    @abstractmethod
    def holder(self) -> Path | None:
        """The file on this computer that it is or is in; None when it is elsewhere."""

    @abstractmethod
    def read(self, most: int) -> bytes:
        """Fetch its bytes; of a file with more than `most`, one byte more than that.

        Raises:
            WorkbookError: when it cannot be fetched.
        """

    def mark(self) -> str | None:
        """Give what says that the file has changed, before it is fetched; None if nothing does."""
        return None

    @abstractmethod
    def is_unchanged(self, digest: str | None, mark: str | None) -> bool:
        """Say whether the file is surely the one of which these were the digest and the mark."""


Place: TypeAlias = Path | StoredFile
"""Where a file is."""


def identity_of(path: str | os.PathLike[str]) -> str:
    """Give what two paths to one file have in common."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except ValueError:  # no file has a null character in its name; the reader says so
        return os.fspath(path)


def digest_of(path: Path) -> str | None:
    """Give the digest of a file as `sha256:` and 64 hexadecimal digits; None if it is not there."""
    try:
        if not path.is_file():
            return None  # opening a pipe would wait for ever
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError:
        return None


def digest_of_bytes(content: bytes) -> str:
    """Give the digest of a file's content, as [digest_of][] does."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
