"""Read a return that a URL names, through any file system that fsspec knows.

It is fetched by the process that scores it, whole and into memory. No library beside fsspec is
named here, and none is loaded before there is a URL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from maturity.batch.stored import StoredFile, digest_of_bytes, identity_of
from maturity.batch.urls import (
    base_name,
    is_web,
    local_path,
    shown_text,
    shown_url,
)
from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import Findings

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["RemoteFile", "open_system"]

# What file systems call that which changes when a file does, without its capitals and dashes.
_STATE = frozenset(
    {"checksum", "contentmd5", "crc", "crc32c", "digest", "etag", "generation", "lastmodified"}
    | {"md5", "md5hash", "modified", "mtime", "updated", "version", "versionid"}
)


@dataclass(frozen=True, slots=True, repr=False)
class RemoteFile(StoredFile):
    """A file that a URL names.

    Attributes:
        url: the URL; what in it may be secret is not shown by `str`.
        options: what its file system needs to know beside the URL.
        found_at: for a file that was found, the URL that was looked into and the file's path there,
            since its own URL need not lead back to it: names may hold `::` or `?`.
    """

    url: str
    options: Mapping[str, object] = field(default_factory=dict)
    found_at: tuple[str, str] | None = None

    def __str__(self) -> str:
        """Give the URL without its secrets; a query that may hold a key is a few letters."""
        return shown_url(self.url)

    def __repr__(self) -> str:
        """Give what is also shown to others."""
        return f"RemoteFile({str(self)!r})"

    @property
    def name(self) -> str:
        """Its own name, without the folders above it."""
        if self.found_at is None or is_web(self.url):
            return base_name(str(self))
        return self.found_at[1].rstrip("/").rpartition("/")[2]

    @property
    def identity(self) -> str:
        """The URL or, of a file on this computer, its path."""
        if "::" not in self.url and self.holder is not None:
            return identity_of(self.holder)
        return re.sub(":///+", "://", self.url)  # some file systems write a slash more

    @property
    def holder(self) -> Path | None:
        """The file on this computer that the URL, or the last part of a chain, names."""
        return local_path(self.url)

    @property
    def is_only_here(self) -> bool:
        """Whether no other process can fetch it, because it is in the memory of this one."""
        return "memory://" in self.url

    def read(self, most: int) -> bytes:
        """Fetch it; of a file with more than `most` bytes, one byte more than that.

        Raises:
            WorkbookError: when it cannot be fetched.
        """
        findings = Findings(self.name)
        try:
            content = self._content(most + 1)
        except MemoryError:  # not of this file's making; a worker ends with it
            raise
        except ImportError as error:
            raise self._no_package(error, findings) from error
        except Exception as error:  # every file system has exceptions of its own
            raise findings.error(
                IssueCode.FILE_MISSING,
                f"The file could not be fetched ({self._told(error)}).",
                "Check the URL, and that you may read what it names.",
            ) from error
        if content is None:
            raise findings.error(
                IssueCode.FILE_MISSING,
                "There is no file of this name, but a folder or something else.",
                "Give the URL of a workbook.",
            )
        return content

    def _content(self, most: int) -> bytes | None:
        """Give so many bytes of it, or fewer where it ends before; None when it is no file."""
        system, path = self._place()
        if system.info(path).get("type", "file") != "file":
            system.ls(path)  # which says why a folder could not be looked into
            return None
        with system.open(path, "rb") as file:
            return _first_bytes(file, most)

    def _place(self) -> tuple[AbstractFileSystem, str]:
        if self.found_at is None:
            return open_system(self.url, self.options)
        url, path = self.found_at
        return open_system(url, self.options)[0], path

    def mark(self) -> str | None:
        """Give a digest of what its file system says of its state, such as size and ETag.

        None when nothing is said by which a change would surely be seen.
        """
        try:
            system, path = self._place()
            about: Mapping[str, object] = system.info(path)
        except Exception:  # as above
            return None
        told = {key: about[key] for key in sorted(about) if _plain(key) in _STATE}
        state = {key: value for key, value in told.items() if value not in {None, "", b""}}
        if not state:
            return None
        return digest_of_bytes(repr([about.get("size"), state]).encode(errors="surrogatepass"))

    def is_unchanged(self, digest: str | None, mark: str | None) -> bool:
        """Say whether its file system says the same of it; its digest would have to be fetched."""
        return digest is not None and mark is not None and mark == self.mark()

    def _told(self, error: Exception) -> str:
        said = shown_text(str(error), self.url, self.options)
        return f"{type(error).__name__}: {said or 'no reason given'}"

    def _no_package(self, error: ImportError, findings: Findings) -> WorkbookError:
        if (error.name or "").partition(".")[0] == "fsspec":
            return findings.error(
                IssueCode.FILE_READER_MISSING,
                "The package fsspec, which reads what a URL names, is not installed.",
                "Install maturity[remote].",
            )
        return findings.error(
            IssueCode.FILE_READER_MISSING,
            f"A package for this kind of URL is not installed "
            f"({shown_text(str(error), self.url, self.options)}).",
            "Install the package that fsspec asks for.",
        )


def open_system(url: str, options: Mapping[str, object]) -> tuple[AbstractFileSystem, str]:
    """Open the file system of a URL, and give the URL's path in it.

    Raises:
        Exception: whatever this file system raises.
    """
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, and slow to load

    system, path = url_to_fs(url, **options)
    return system, path


def _first_bytes(file: BinaryIO, most: int) -> bytes:
    """Read until there are so many, or no more; what comes over a network comes in pieces."""
    pieces: list[bytes] = []
    while most > 0 and (piece := file.read(most)):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _plain(key: str) -> str:
    return re.sub(r"[-_ ]", "", key).lower()
