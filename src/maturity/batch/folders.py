"""Find the returns in folders, and say what is passed over and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from maturity.batch.outcomes import FoundFile, PassedOver

__all__ = ["find_files"]

# How names end that are tried in a folder. What a file is, the reader decides by its content.
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def find_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    leave_out: str | os.PathLike[str] | None = None,
) -> Iterator[FoundFile]:
    """List the files to score: those named, and the workbooks in the folders named.

    A file that is named is always tried. In a folder, and in the folders below it, only regular
    files with a workbook's name are tried; lock files (`~$…`), hidden files and everything else
    are passed over, and so are links, so that nothing outside the folder is read. A file that is
    found twice is passed over the second time.

    Args:
        paths: files and folders.
        leave_out: a folder that is not looked into, such as the one for the results.

    Yields:
        Every file in order: as named and, within a folder, by name, sub-folders last.
    """
    seen: set[str] = set()
    left_out = None if leave_out is None else _identity(leave_out)
    for path in map(Path, paths):
        files = _files_below(path, left_out) if path.is_dir() else iter((FoundFile(path),))
        for file in files:
            if file.reason is not None:
                yield file
                continue
            identity = _identity(file.path)
            yield FoundFile(file.path, PassedOver.REPEATED) if identity in seen else file
            seen.add(identity)


def _identity(path: str | os.PathLike[str]) -> str:
    return os.path.normcase(os.path.realpath(path))


def _files_below(root: Path, left_out: str | None) -> Iterator[FoundFile]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            # The reader says what is wrong with it; leaving it out would hide returns.
            yield FoundFile(folder)
            continue
        below: list[Path] = []
        for entry in entries:
            path = folder / entry.name
            reason = _reason_to_pass_over(entry)
            if reason is not None or not entry.is_dir(follow_symlinks=False):
                yield FoundFile(path, reason)
            elif _identity(path) == left_out:
                yield FoundFile(path, PassedOver.LEFT_OUT)
            else:
                below.append(path)
        folders.extend(reversed(below))


def _reason_to_pass_over(entry: os.DirEntry[str]) -> PassedOver | None:
    """Say why an entry of a folder is passed over; None for sub-folders and likely workbooks."""
    if entry.name.startswith("~$"):
        return PassedOver.LOCK
    if _is_hidden(entry):
        return PassedOver.HIDDEN
    if entry.is_symlink():
        return PassedOver.LINK
    if entry.is_dir(follow_symlinks=False):
        return None
    if not entry.is_file(follow_symlinks=False):
        return PassedOver.NOT_A_FILE
    is_likely = Path(entry.name).suffix.lower() in _WORKBOOK_SUFFIXES
    return None if is_likely else PassedOver.NOT_A_WORKBOOK


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Say whether its name or, on Windows, its attributes hide it; `._…` files are hidden too."""
    if entry.name.startswith(".") or entry.name.casefold() in _LITTER:
        return True
    attributes = 0
    with suppress(OSError):  # it may have gone since the folder was listed
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
