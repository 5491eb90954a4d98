"""Recognise XML that is written plainly, so that C can skip or split it instead of callbacks.

In well-formed XML a `<` only ever starts a tag, a comment or the like. Where every byte matches a
grammar of tags and text, regular expressions therefore see what a parser would see.
"""

from __future__ import annotations

import re

__all__ = ["is_clean", "is_dull", "plain_newlines", "root_end", "unescape"]

_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
_NUMBERED = re.compile(r"#(?:x([0-9A-Fa-f]{1,7})|([0-9]{1,7}));")
# The ampersand comes last: replaced earlier, it would make references of what follows it.
_NAMED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
# The start of a part in UTF-8: nothing but a declaration before the root, whose name has no prefix.
_ROOT = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?'
    rb'(?: standalone="(?:yes|no)")? ?\?>)?\s*<[A-Za-z]+((?: [^<>]*)?)>',
    re.ASCII,
)
_NAMESPACE = re.compile(rb' xmlns="([^"&]*)"')
# What XML allows as a character, byte by byte; the others are control characters.
_UNCLEAN = 0
_CLEAN = bytes(byte if byte >= 0x20 or byte in (9, 10) else _UNCLEAN for byte in range(256))
_REFERENCES = tuple(reference[1:] for reference in _NAMED)
_LONGEST_NAME = max(map(len, _REFERENCES))
_LEVELS = 6


def _dull_pattern() -> re.Pattern[bytes]:
    """Build the grammar of whole elements, nested a few levels deep, with few attributes.

    Nothing in it can match in two ways and it never goes back, so its time is linear.
    """
    name = rb"[A-Za-z_][\w:.-]*+"
    attributes = rb'(?:\s+[A-Za-z_][\w:.-]*="[^"<>]*"){0,64}+'
    content = rb"[^<>]*+"
    for _ in range(_LEVELS):
        element = rb"<%b%b\s*(?:/>|>%b</%b>)" % (name, attributes, content, name)
        content = rb"(?:[^<>]++|%b)*+" % element
    return re.compile(content, re.ASCII)


_DULL = _dull_pattern()


def is_dull(data: bytes) -> bool:
    """Say whether this is text and whole elements only, neither deep nor heavy with attributes.

    Then a parser may pass over it without looking at each element: it leaves open what was open.

    >>> is_dull(b'<a><b c="d"/>text</a>'), is_dull(b"<a>")
    (True, False)
    """
    return _DULL.fullmatch(data) is not None


def root_end(data: bytes, namespace: bytes) -> int:
    """Give where the root's start tag ends, if its name and unprefixed ones are in a namespace.

    Args:
        data: the whole part.
        namespace: the namespace.

    Returns:
        The place behind the tag; 0 when the part starts in any other way.
    """
    match = _ROOT.match(data)
    if match is None:
        return 0
    found = _NAMESPACE.search(match[1])
    return match.end() if found is not None and found[1] == namespace else 0


def is_clean(data: bytes, text: str) -> bool:
    """Say whether text and tags hold only what XML allows: characters and references.

    Args:
        data: in valid UTF-8.
        text: the same, decoded.

    >>> is_clean(b"1 &lt; 2", "1 &lt; 2"), is_clean(b"R&D", "R&D")
    (True, False)
    """
    if _UNCLEAN in data.translate(_CLEAN) or (b"]" in data and b"]]>" in data):
        return False
    if "\ufffe" in text or "\uffff" in text:
        return False
    if "&" not in text:
        return True
    behind = text.split("&")[1:]
    # Formulas are full of those that have names, of which there are few different ones.
    starts = {each[:_LONGEST_NAME] for each in behind}
    return all(each.startswith(_REFERENCES) for each in starts) or all(map(_is_reference, behind))


def plain_newlines(data: bytes) -> bytes:
    """Make every end of a line the one that XML makes of it."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _is_reference(text: str) -> bool:
    """Say whether a text that stood behind an ampersand begins as a reference does."""
    if text.startswith(_REFERENCES):
        return True
    match = _NUMBERED.match(text)
    if match is None:
        return False
    number = int(match[1], 16) if match[1] else int(match[2])
    return (
        number in (9, 10, 13)
        or 0x20 <= number < 0xD800
        or 0xE000 <= number < 0xFFFE
        or 0x10000 <= number <= 0x10FFFF
    )


def unescape(text: str) -> str:
    """Decode references such as `&amp;` and `&#8364;` in clean text.

    >>> unescape("&lt;3 &#x20AC;")
    '<3 €'
    """
    if "&#" in text:
        return _REFERENCE.sub(_character, text)
    if "&" in text:
        for reference, character in _NAMED.items():
            text = text.replace(reference, character)
    return text


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[f"&{name};"]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
