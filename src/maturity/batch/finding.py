"""Find the files to score: those named, and those in folders, zip files and behind URLs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from maturity.batch.archives import files_in_archive
from maturity.batch.folders import files_in_folder
from maturity.batch.name_rules import is_archive_name
from maturity.batch.outcomes import FoundFile, PassedOver
from maturity.batch.remote_folders import files_at
from maturity.batch.stored import StoredFile, identity_of
from maturity.batch.urls import is_url

__all__ = ["find_files"]


def find_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    leave_out: str | os.PathLike[str] | None = None,
    storage_options: Mapping[str, object] | None = None,
) -> Iterator[FoundFile]:
    """List the files to score: those named, and the workbooks in folders, zip files and at URLs.

    A file that is named is always tried. In a folder, and in the folders below it, only regular
    files with a workbook's name are tried; lock files (`~$…`), hidden files and everything else
    are passed over, and so are links, so that nothing outside the folder is read. The same holds in
    a zip file that is named; zip files in folders are passed over, since they are often a second
    copy of what stands beside them. A file that is found twice is passed over the second time.

    Args:
        paths: files, folders, zip files, patterns such as `returns/*.xlsx`, and URLs of files,
            folders or patterns, which take the extra `remote` and the package that reads their
            kind, such as `s3fs` for `s3://…`.
        leave_out: a folder that is not looked into where it is found in another, such as the one
            for the results.
        storage_options: what the file systems of the URLs need to know beside them, such as keys;
            see the documentation of fsspec.

    Yields:
        Every file in order: as named and, within a folder, by name, sub-folders last. What is not
        there is given too, so that scoring it says so.
    """
    seen: set[str] = set()
    left_out = None if leave_out is None else identity_of(leave_out)
    for path in (os.fspath(path) for path in paths):
        if is_url(path):
            files = files_at(path, storage_options or {}, left_out)
        else:
            files = (file for each in _matching(path) for file in _files_at(each, left_out))
        for file in files:
            if file.reason is not None:
                yield file
                continue
            identity = _identity(file)
            yield FoundFile(file.source, PassedOver.REPEATED) if identity in seen else file
            seen.add(identity)


def _matching(name: str) -> list[Path]:
    """Give the paths that fit a pattern, or the path itself where it is none or nothing fits."""
    path = Path(name)
    # No path has a null character; the reader says that there is no such file.
    if not glob.has_magic(name) or "\0" in name or os.path.lexists(path):
        return [path]
    # Unlike this, Path.glob takes no pattern that starts at the root of a drive.
    found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - as said above
    return [Path(each) for each in found] or [path]


def _files_at(path: Path, left_out: str | None) -> Iterator[FoundFile]:
    if path.is_dir():
        return files_in_folder(path, left_out)
    found = files_in_archive(path) if is_archive_name(path.name) else None
    return iter([FoundFile(path)]) if found is None else found


def _identity(file: FoundFile) -> str:
    source = file.source
    return source.identity if isinstance(source, StoredFile) else identity_of(source)
