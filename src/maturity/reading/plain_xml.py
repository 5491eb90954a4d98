"""Decode the references of XML text that was matched in C and not by expat's callbacks."""

from __future__ import annotations

import re

__all__ = ["unescape"]

_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def unescape(text: str) -> str:
    """Decode references such as `&amp;` and `&#8364;`.

    Only for text that expat is going to find well-formed: it refuses references to characters that
    do not exist.

    >>> unescape("&lt;3 &#x20AC;")
    '<3 €'
    """
    return text if "&" not in text else _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal[:12])
    # A number beyond Unicode makes the part malformed, which expat says in a moment.
    return chr(number) if number <= 0x10FFFF else "\ufffd"
