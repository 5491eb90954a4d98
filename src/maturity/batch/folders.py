"""Find the returns in a folder, and say what is passed over and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from maturity.batch.name_rules import reason_in_kind, reason_in_name
from maturity.batch.outcomes import FoundFile, PassedOver
from maturity.batch.stored import identity_of

__all__ = ["files_in_folder"]


def files_in_folder(root: Path, left_out: str | None = None) -> Iterator[FoundFile]:
    """List the workbooks in a folder and those below it, and what is passed over.

    Args:
        root: the folder.
        left_out: the identity of a folder that is not looked into.

    Yields:
        Its entries by name, and then those of its sub-folders.
    """
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
            elif identity_of(path) == left_out:
                yield FoundFile(path, PassedOver.LEFT_OUT)
            else:
                below.append(path)
        folders.extend(reversed(below))


def _reason_to_pass_over(entry: os.DirEntry[str]) -> PassedOver | None:
    """Say why an entry of a folder is passed over; None for sub-folders and likely workbooks."""
    reason = reason_in_name(entry.name)
    if reason is None and _is_hidden(entry):
        reason = PassedOver.HIDDEN
    if reason is not None:
        return reason
    if entry.is_symlink():
        return PassedOver.LINK
    if entry.is_dir(follow_symlinks=False):
        return None
    if not entry.is_file(follow_symlinks=False):
        return PassedOver.NOT_A_FILE
    return reason_in_kind(entry.name)


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Say whether its attributes hide it, as they may on Windows."""
    attributes = 0
    with suppress(OSError):  # it may have gone since the folder was listed
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
