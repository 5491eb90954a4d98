"""Tell by its name alone whether a file in a folder is meant to be scored."""

from __future__ import annotations

from pathlib import PurePath

from maturity.batch.outcomes import PassedOver

__all__ = ["is_archive_name", "is_workbook_name", "reason_in_kind", "reason_in_name"]

# How names end that are tried in a folder. What a file is, the reader decides by its content.
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def reason_in_name(name: str) -> PassedOver | None:
    """Say why a file or folder of this name is passed over; `._…` files are hidden too."""
    if name.startswith("~$"):
        return PassedOver.LOCK
    if name.startswith(".") or name.casefold() in _LITTER:
        return PassedOver.HIDDEN
    return None


def is_workbook_name(name: str) -> bool:
    """Say whether a file of this name is likely to be a workbook."""
    return PurePath(name).suffix.lower() in _WORKBOOK_SUFFIXES


def reason_in_kind(name: str) -> PassedOver | None:
    """Say why a file of this name is not tried: it is not likely to be a workbook."""
    if is_workbook_name(name):
        return None
    return PassedOver.ARCHIVE if is_archive_name(name) else PassedOver.NOT_A_WORKBOOK


def is_archive_name(name: str) -> bool:
    """Say whether a file of this name is likely to be a zip file of returns."""
    return PurePath(name).suffix.lower() == ".zip"
