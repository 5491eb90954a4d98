"""Find and read returns that a URL names, through any file system that fsspec knows.

The URLs are those of fsspec, chains such as `zip://*.xlsx::https://…` among them. Each file is
fetched by the process that scores it, whole and into memory; no library beside fsspec is named
here, and none is loaded before there is a URL.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maturity.batch.name_rules import is_workbook_name, reason_in_kind, reason_in_name
from maturity.batch.outcomes import FoundFile, PassedOver
from maturity.batch.stored import StoredFile, base_name, digest_of_bytes
from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import Findings

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["RemoteFile", "files_at"]

# What file systems call that which changes when a file does, without its capitals and dashes.
_STATE = frozenset(
    {"checksum", "contentmd5", "crc", "crc32c", "digest", "etag", "generation", "lastmodified"}
    | {"md5", "md5hash", "modified", "mtime", "updated", "version", "versionid"}
)
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):([^/@]+)(?=@)")
_QUERY = re.compile(r"(https?://[^?]*)\?(.*)", re.DOTALL)
_WEB = re.compile(r"(?:\w+::)*https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class RemoteFile(StoredFile):
    """A file that a URL names.

    Attributes:
        url: the URL; what in it may be secret is not shown by `str`.
        options: what its file system needs to know beside the URL.
    """

    url: str
    options: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Give the URL; in place of a password, or a query that may hold a key, a few letters."""
        return "::".join(_shown(link) for link in self.url.split("::"))

    def __repr__(self) -> str:
        """Give what is also shown to others."""
        return f"RemoteFile({str(self)!r})"

    @property
    def name(self) -> str:
        """Its own name, without the folders above it."""
        return base_name(self.url)

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
            system, path = _system(self.url, self.options)
            about = system.info(path)
            if about.get("type", "file") == "file":
                with system.open(path, "rb") as file:
                    return bytes(file.read(most + 1))
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
        raise findings.error(
            IssueCode.FILE_MISSING,
            "There is no file of this name, but a folder or something else.",
            "Give the URL of a workbook.",
        )

    def mark(self) -> str | None:
        """Give a digest of what its file system says of its state, such as size and ETag.

        None when nothing is said by which a change would surely be seen.
        """
        try:
            system, path = _system(self.url, self.options)
            about: Mapping[str, object] = system.info(path)
        except Exception:  # as above
            return None
        state = {key: about[key] for key in sorted(about) if _plain(key) in _STATE}
        if not state:
            return None
        return digest_of_bytes(repr([about.get("size"), state]).encode(errors="surrogatepass"))

    def is_unchanged(self, digest: str | None, mark: str | None) -> bool:
        """Say whether its file system says the same of it; its digest would have to be fetched."""
        return digest is not None and mark is not None and mark == self.mark()

    def _told(self, error: Exception) -> str:
        text = str(error) or "no reason given"
        for link in self.url.split("::"):
            text = text.replace(link, _shown(link))
        return f"{type(error).__name__}: {text}"

    def _no_package(self, error: ImportError, findings: Findings) -> WorkbookError:
        if (error.name or "").partition(".")[0] == "fsspec":
            return findings.error(
                IssueCode.FILE_READER_MISSING,
                "The package fsspec, which reads what a URL names, is not installed.",
                "Install maturity[remote].",
            )
        return findings.error(
            IssueCode.FILE_READER_MISSING,
            f"A package for this kind of URL is not installed ({error}).",
            "Install the package that fsspec asks for.",
        )


def files_at(url: str, options: Mapping[str, object]) -> Iterator[FoundFile]:
    """List what a URL names: a file, the files that fit a pattern, or those in a folder.

    Args:
        url: the URL. Where its name has no workbook's ending it may be a folder; on the web only
            where it ends in `/`.
        options: what the file system needs to know beside the URL.

    Yields:
        The files, by the rules for local folders and by name. A URL that leads nowhere is given
        as it is, so that fetching it says what is wrong.
    """
    named = RemoteFile(url, options)
    try:
        system, path = _system(url, options)
        if _is_pattern(url):
            found = list(_matching(system, path, named))
        else:
            found = list(_at_path(system, path, named))
    except Exception:  # every file system has exceptions of its own; fetching says what is wrong
        found = []
    yield from found or [FoundFile(named)]


def _system(url: str, options: Mapping[str, object]) -> tuple[AbstractFileSystem, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, and slow to load

    system, path = url_to_fs(url, **options)
    return system, path


def _matching(system: AbstractFileSystem, path: str, named: RemoteFile) -> Iterator[FoundFile]:
    for match in sorted(map(str, system.glob(path))):
        file = _renamed(system, match, named)
        reason = reason_in_name(file.name)  # patterns of fsspec match hidden files too
        if reason is None:
            yield from _at_path(system, match, file)
        else:
            yield FoundFile(file, reason)


def _is_pattern(url: str) -> bool:
    # In an address on the web, a question mark begins the query.
    return re.search(r"[*\[]" if _WEB.match(url) else r"[*?\[]", _first_link(url)) is not None


def _at_path(system: AbstractFileSystem, path: str, named: RemoteFile) -> Iterator[FoundFile]:
    is_web = _WEB.match(named.url) is not None
    may_be_folder = path.endswith("/") if is_web else not is_workbook_name(path)
    if may_be_folder and system.isdir(path):
        yield from _files_below(system, path, named)
    else:
        yield FoundFile(named)


def _files_below(system: AbstractFileSystem, root: str, named: RemoteFile) -> Iterator[FoundFile]:
    folders, seen = [root], {root.rstrip("/")}
    while folders:
        folder = folders.pop()
        below: list[str] = []
        for entry in sorted(system.ls(folder, detail=True), key=lambda entry: str(entry["name"])):
            path = str(entry["name"])
            if path.rstrip("/") in seen:  # some list the folder itself, as an empty file
                continue
            seen.add(path.rstrip("/"))
            reason = _reason(entry)
            if entry["type"] == "directory" and reason is None:
                below.append(path)
            else:
                yield FoundFile(_renamed(system, path, named), reason)
        folders.extend(reversed(below))


def _reason(entry: Mapping[str, object]) -> PassedOver | None:
    name = str(entry["name"]).rstrip("/").rpartition("/")[2]
    reason = reason_in_name(name)
    if reason is not None:
        return reason
    if entry.get("islink") or entry["type"] == "link":
        return PassedOver.LINK
    if entry["type"] == "directory":
        return None
    if entry["type"] != "file":
        return PassedOver.NOT_A_FILE
    return reason_in_kind(name)


def _renamed(system: AbstractFileSystem, path: str, named: RemoteFile) -> RemoteFile:
    """Give the URL of another path in the same file system."""
    other = system.unstrip_protocol(path)
    return RemoteFile(named.url.replace(_first_link(named.url), other, 1), named.options)


def _first_link(url: str) -> str:
    """Give the first part of a chain that has a path."""
    return next(link for link in url.split("::") if "://" in link)


def _plain(key: str) -> str:
    return re.sub(r"[-_ ]", "", key).lower()


def _shown(link: str) -> str:
    """Put a few letters in place of what may be secret, the same ones each time."""
    link = _PASSWORD.sub(lambda found: f"{found[1]}:{_short(found[2])}", link)
    return _QUERY.sub(lambda found: f"{found[1]}?{_short(found[2])}", link)


def _short(secret: str) -> str:
    return "…" + hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()[:6]
