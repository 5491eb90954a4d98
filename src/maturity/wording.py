"""Put lists, numbers and suggestions into words, the same way everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice

__all__ = [
    "did_you_mean",
    "listed",
    "metadata_label",
    "named",
    "number_text",
    "quoted",
    "share_text",
]

# Comparing one long word with thousands of others would take longer than reading the file.
_LONGEST_WORD = 80
_MOST_WORDS = 200
_METADATA = {
    "area": "Area",
    "partnership": "Partnership",
    "date": "Date completed",
    "role": "Completed by (role)",
    "edition": "Edition of the form",
}


def quoted(value: object, longest: int = 60) -> str:
    """Quote what was written, cut where it would drown the sentence.

    Example:
        >>> quoted("Mastring")
        '"Mastring"'
    """
    text = str(value)
    return f'"{text}"' if len(text) <= longest else f'"{text[:longest]}…"'


def named(key: str, title: str) -> str:
    """Name something by its id and its title, or once where the two are the same.

    Example:
        >>> named("LG1", "Shared vision"), named("2-1", "2-1")
        ('LG1 (Shared vision)', '2-1')
    """
    return key if key.casefold() == title.casefold() else f"{key} ({title})"


def listed(words: Iterable[object], joint: str = "or", most: int = 30) -> str:
    """List words as in a sentence.

    Args:
        words: what to list.
        joint: the word before the last one.
        most: how many to list at most.

    Example:
        >>> listed(["early", "local", "fair"])
        'early, local or fair'
    """
    shown = [str(word) for word in words]
    if len(shown) > most:
        return ", ".join(shown[:most]) + f" {joint} {len(shown) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {joint} {shown[-1]}"


def did_you_mean(word: object, known: Iterable[object]) -> str:
    """Suggest the nearest known word, as a sentence; empty where none is near.

    Example:
        >>> did_you_mean("opennes", ["openness", "fairness"])
        'Did you mean "openness"?'
    """
    candidates = {str(name).casefold(): str(name) for name in islice(known, _MOST_WORDS)}
    typed = str(word).casefold()
    if len(typed) > _LONGEST_WORD:
        return ""
    near = get_close_matches(typed, candidates, n=1, cutoff=0.6)
    return f'Did you mean "{candidates[near[0]]}"?' if near else ""


def number_text(number: float | Decimal) -> str:
    """Write a number plainly: 2, 2.5, 0.75."""
    return f"{float(number):g}"


def share_text(share: float | Decimal) -> str:
    """Write a share as a percentage: 60 %."""
    return f"{number_text(round(float(share) * 100, 4))} %"


def metadata_label(key: str) -> str:
    """Name a value from the cover: `Date completed`."""
    return _METADATA.get(key, key.replace("_", " ").replace("-", " ").capitalize())
