"""Recognise ids by their look: short, with a number in them, such as LG1, 1.2 or G-SM-A-1-1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from maturity.sheets import Cell, CellState

__all__ = ["id_and_text", "id_pattern", "is_counting", "shape_of", "whole_id"]

_CORE = (
    r"(?:[A-Za-z]{1,8}[-._/]){0,5}[A-Za-z]{0,8} ?[0-9]{1,4}[A-Za-z]?"
    r"(?:[-._/][A-Za-z0-9]{1,4}){0,6}"
)
_WHOLE = re.compile(rf"\(?({_CORE})[.):]?")
_START = re.compile(rf"({_CORE})(?:[.):]+\s*|\s*[-\u2013\u2014]\s+|\s+)(?=\S)")
_DATE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{2,4}")
_RUN = re.compile(r"([A-Za-z]+)|([0-9]+)")
_LONGEST_ID = 24
_SHORTEST_TEXT = 4


def whole_id(cell: Cell) -> str | None:
    """Give the id that a cell holds and nothing else; None when it holds none."""
    if cell.state is CellState.NUMBER:
        is_plain = not cell.shown_as and not cell.raw.startswith("-") and len(cell.raw) <= 6
        return cell.raw if is_plain else None
    text = cell.raw.strip()
    if cell.state is not CellState.TEXT or len(text) > _LONGEST_ID or _DATE.fullmatch(text):
        return None
    match = _WHOLE.fullmatch(text)
    return None if match is None else match[1]


def id_and_text(cell: Cell) -> tuple[str, str] | None:
    """Give the id that begins a cell's text, and the text behind it; None when there is none."""
    if cell.state is not CellState.TEXT:
        return None
    text = cell.raw.strip()
    match = _START.match(text[:200])
    if match is None or len(text) - match.end() < _SHORTEST_TEXT:
        return None
    return match[1], text[match.end() :].strip()


def shape_of(id_: str) -> str:
    """Give an id's look: letters as A, digits as 9.

    Example:
        >>> shape_of("G-SM-A-10-1")
        'A-A-A-9-9'
    """
    return _RUN.sub(lambda run: "A" if run[1] else "9", id_.strip())


def id_pattern(ids: Iterable[str]) -> str:
    """Make a regular expression for ids of these looks, without anchors.

    Example:
        >>> id_pattern(["LG1", "LG2"])
        '[A-Z]{1,8}[0-9]{1,4}'
    """
    shapes = Counter(map(shape_of, ids))
    longest_first = sorted(shapes, key=lambda shape: (-len(shape), shape))
    made = ["".join(map(_piece, shape)) for shape in longest_first]
    return made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"


def _piece(character: str) -> str:
    if character == "A":
        return "[A-Z]{1,8}"
    if character == "9":
        return "[0-9]{1,4}"
    return character if character in "-_/ " else re.escape(character)


def is_counting(ids: Mapping[int, str]) -> bool:
    """Say whether numbers count upwards row by row, or start again at 0 or 1.

    Args:
        ids: row → number as written, from the top.
    """
    numbers = [tuple(map(int, re.findall(r"[0-9]+", text))) for text in ids.values()]
    is_plain = any(len(number) == 1 for number in numbers)
    steps = [
        after[-1] in (0, 1, before[-1] + 1) or (not is_plain and after > before)
        for before, after in pairwise(numbers)
    ]
    return sum(steps) >= 0.9 * len(steps)
