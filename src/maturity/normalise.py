"""Fold away what people cannot see, so that what they typed can be matched exactly.

The typed text itself is always kept; only a copy is folded. The map is explicit and uses NFC, not
NFKC, because NFKC turns "3²" into "32". Nothing here removes or reorders a visible character, other
than folding case, kinds of dash, of quotation mark and of space, and full-width forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps

__all__ = ["fold_answer", "fold_text", "normalise", "remembered", "tidy"]

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
# Zero-width characters, marks of direction, the soft hyphen, the byte order mark and variation
# selectors: they come along when text is pasted from web pages and documents.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\uff07"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"

_TIDY: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **{ord(character): " " for character in _SPACES},
}
_MAP: dict[int, str | None] = {
    **_TIDY,
    **{ord(character): "-" for character in _DASHES},
    **{ord(character): "'" for character in _SINGLE_QUOTES},
    **{ord(character): '"' for character in _DOUBLE_QUOTES},
    # The full-width forms of ASCII stand at a fixed distance from ASCII itself.
    **{
        code: chr(code - 0xFEE0)
        for code in range(0xFF01, 0xFF5F)
        if chr(code) not in "\uff0d\uff07\uff02"
    },
}
_RUN_OF_SPACES = re.compile(" {2,}")
_AROUND_SEPARATOR = re.compile(r" ?([-:.,;=/()]) ?")
# Longer than any label, and than almost any answer.
_LONGEST_REMEMBERED = 500


def remembered(fold: Callable[[str], str]) -> Callable[[str], str]:
    """Remember what texts fold to, for they come again in the next workbook.

    Long ones are not remembered: they seldom come again, and a few thousand essays typed where a
    level belongs would stay in memory.

    Args:
        fold: folds a text.
    """
    look_up = lru_cache(maxsize=8192)(fold)

    @wraps(fold)
    def folded(text: str) -> str:
        return look_up(text) if len(text) <= _LONGEST_REMEMBERED else fold(text)

    return folded


@remembered
def normalise(text: str) -> str:
    r"""Fold a copy of a text for exact matching.

    Args:
        text: what was typed.

    Returns:
        The text in NFC with plain spaces, dashes, quotation marks and full-width forms, invisible
        characters gone, runs of spaces made one, ends trimmed, and case folded.

    Example:
        >>> normalise(" ２\u2013 DEVELOPING\n")
        '2- developing'
    """
    if text.isascii():
        folded = text.translate(_MAP)
    else:
        folded = unicodedata.normalize("NFC", text).translate(_MAP)
    return _single_spaces(folded).strip().casefold()


def _single_spaces(text: str) -> str:
    # Most texts have no runs, and looking for one takes a fortieth of the time of replacing them.
    return _RUN_OF_SPACES.sub(" ", text) if "  " in text else text


def tidy(text: str) -> str:
    """Take out of a text what cannot be seen, for showing: spaces made plain, ends trimmed."""
    tidied = unicodedata.normalize("NFC", text).translate(_TIDY)
    return _single_spaces(tidied).strip()


def fold_text(text: str) -> str:
    r"""Fold a whole text that names something, such as a question.

    Case, spaces, line breaks and punctuation at the end make no difference.

    Example:
        >>> fold_text("Are plans\nkept (by whom)?")
        'are plans kept (by whom)'
    """
    return normalise(text).rstrip(" :*.?")


@remembered
def fold_answer(text: str) -> str:
    """Fold an answer for exact matching.

    It is folded as `normalise` does; spaces around separators and a full stop, comma or semicolon
    at the end make no difference either.

    Example:
        >>> fold_answer("2 \u2013 Developing") == fold_answer("2-developing")
        True
    """
    folded = _AROUND_SEPARATOR.sub(r"\1", normalise(text))
    return folded.rstrip(".,;") or folded
