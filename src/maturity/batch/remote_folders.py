"""Find the returns that a URL names, and say what is passed over and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from maturity.batch.name_rules import is_workbook_name, reason_in_kind, reason_in_name
from maturity.batch.outcomes import FoundFile, PassedOver
from maturity.batch.remote import RemoteFile, open_system
from maturity.batch.urls import first_link, is_pattern, is_web, without_query

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["files_at"]

_DEEPEST = 100  # folders in folders; a file system that lists itself has no end


def files_at(
    url: str, options: Mapping[str, object], left_out: str | None = None
) -> Iterator[FoundFile]:
    """List what a URL names: a file, the files that fit a pattern, or those in a folder.

    Args:
        url: the URL. Where its name has no workbook's ending it may be a folder; on the web only
            where it ends in `/`.
        options: what the file system needs to know beside the URL.
        left_out: the identity of a folder on this computer that is not looked into.

    Yields:
        The files, by the rules for local folders and by name. A URL that leads nowhere, and a
        folder that cannot be looked into, is given as it is, so that fetching it says what is
        wrong.
    """
    named = RemoteFile(url, options)
    try:
        search = _search(named, left_out)
        found = list(search.matching() if is_pattern(url) else search.at(search.path, named))
    except Exception:  # every file system has exceptions of its own; fetching says what is wrong
        found = []
    yield from found or [FoundFile(named)]


def _search(named: RemoteFile, left_out: str | None) -> _Search:
    system, path = open_system(named.url, named.options)
    # File systems are kept by fsspec, with what they listed before, as long as a process lives.
    system.invalidate_cache()
    return _Search(system, path, named, left_out)


class _Search(NamedTuple):
    """Finds files in one file system, below what was named."""

    system: AbstractFileSystem
    path: str
    named: RemoteFile
    left_out: str | None

    def matching(self) -> Iterator[FoundFile]:
        """List what fits a pattern."""
        for match in sorted(map(str, self.system.glob(self.path))):
            file = self._file(match)
            reason = reason_in_name(file.name)  # patterns of fsspec match hidden files too
            if reason is None:
                yield from self.at(match, file)
            else:
                yield FoundFile(file, reason)

    def at(self, path: str, file: RemoteFile) -> Iterator[FoundFile]:
        """List what is at one path: a file, or those in a folder."""
        is_file = is_workbook_name(path)
        if is_web(file.url):
            is_file = not without_query(path).endswith("/")
        if is_file or not self.system.isdir(path):
            yield FoundFile(file)
        else:
            yield from self._below(path, file)

    def _below(self, root: str, named: RemoteFile) -> Iterator[FoundFile]:
        folders, seen = [(root, named, 0)], {root.rstrip("/")}
        while folders:
            folder, file, depth = folders.pop()
            try:
                entries = self._entries(folder)
            except Exception:  # as above, and it costs no other folder
                yield FoundFile(file)
                continue
            below: list[tuple[str, RemoteFile, int]] = []
            for path, kind, found in entries:
                if found.reason is not None or kind != "directory":
                    yield found
                elif path not in seen and isinstance(found.source, RemoteFile):
                    seen.add(path)
                    below.append((path, found.source, depth + 1))
            folders.extend(reversed(below) if depth < _DEEPEST else [])

    def _entries(self, folder: str) -> list[tuple[str, str, FoundFile]]:
        """List a folder: each path once, its kind, and whether it is to be scored."""
        entries = {
            (str(entry["name"]).rstrip("/"), str(entry.get("type", "file"))): entry
            for entry in self.system.ls(folder, detail=True)
        }
        # Some list the folder itself, as an empty file.
        return [
            (path, kind, self._found(path, kind, entry))
            for (path, kind), entry in sorted(entries.items(), key=lambda each: each[0])
            if path != folder.rstrip("/")
        ]

    def _found(self, path: str, kind: str, entry: Mapping[str, object]) -> FoundFile:
        file = self._file(path)
        reason = reason_in_name(file.name)
        if reason is None and (entry.get("islink") or kind == "link"):
            reason = PassedOver.LINK
        elif reason is None and kind == "directory":
            is_left_out = self.left_out is not None and file.identity == self.left_out
            reason = PassedOver.LEFT_OUT if is_left_out else None
        elif reason is None:
            reason = reason_in_kind(file.name) if kind == "file" else PassedOver.NOT_A_FILE
        return FoundFile(file, reason)

    def _file(self, path: str) -> RemoteFile:
        """Give the file at another path in the same file system."""
        url = self.named.url
        own = url.replace(first_link(url), self.system.unstrip_protocol(path), 1)
        return RemoteFile(own, self.named.options, (url, path))
