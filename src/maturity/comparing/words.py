"""Put a value of a rubric into words, briefly and always the same way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["in_words"]


def in_words(value: Any) -> str | None:
    """Put a value into words; None for one that says nothing.

    Args:
        value: plain data, as in YAML.

    Example:
        >>> in_words(({"when": {"at_most": 1}, "at_most": 2},))
        '{when: {at_most: 1}, at_most: 2}'
    """
    if value is None or value == "" or value in ((), {}):
        return None
    if isinstance(value, (tuple, Mapping)):
        text = _inner(value)
        # The outermost brackets of a list or a mapping help nobody.
        return text[1:-1]
    return _inner(value)


def _inner(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_inner, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_inner(each)}' for key, each in value.items())}}}"
    return str(value)
