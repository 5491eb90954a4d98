"""Make keys that a rubric accepts of what a form says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

__all__ = ["as_id", "as_key", "unused"]

_LONGEST = 60


def as_id(text: str) -> str:
    """Make an id of the form's own one, as near to it as the rubric allows.

    Example:
        >>> as_id("LG 1"), as_id("1/2"), as_id("")
        ('LG1', '1_2', 'item')
    """
    kept = re.sub(r"[^A-Za-z0-9_.-]+", "_", text.strip().replace(" ", "")).strip("_.-")
    return kept[:_LONGEST] or "item"


def as_key(text: str, fallback: str) -> str:
    """Make a name such as `agreed_level` of a header or label.

    Example:
        >>> as_key("Agreed level (12 months)", "answer")
        'agreed_level'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"\(.*?\)", " ", plain).casefold()
    words = re.findall(r"[a-z0-9]+", plain)[:4]
    key = "_".join(words)[:_LONGEST]
    return key if key[:1].isalpha() else f"{fallback}_{key}".rstrip("_")


def unused(key: str, used: Collection[str]) -> str:
    """Give the key, or the first of `key_2`, `key_3` and so on that is free."""
    number, free = 2, key
    while free in used:
        free, number = f"{key}_{number}", number + 1
    return free
