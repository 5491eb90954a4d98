"""Work out how high a row must be for its wrapped text to be seen in full.

Office suites do not do this reliably when they open a workbook, and a cut descriptor is a wrong
descriptor. Widths are those of Arial, and of the fonts made to its measure.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["HIGHEST_ROW", "line_count", "text_height"]

HIGHEST_ROW = 409.0
"""The highest row that a spreadsheet can have, in points."""

_LINE_HEIGHT = 1.22  # of the font size
_BOLD = 1.09  # how much wider bold text is
_SAFETY = 1.04  # screens round each letter to whole pixels
_POINTS_PER_UNIT = 6.0  # of column width: eight pixels, a digit of Arial 11, our default font
_PADDING = 3.0  # above and below the text, in points
_INDENT = 8.0  # of an indented cell, in points
# Words are remembered, for they come again in the next workbook; but not whole essays without a
# space, which would stay in memory.
_LONG = 1_000

# Character → width in thousandths of the font size; all others are as wide as a digit or wider.
_DIGIT = 556
_WIDTHS = {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys(" !,./:;[]\\fItI", 278),
    **dict.fromkeys("r-()`", 333),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("+<=>~", 584),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("%W@—…", 1000),
}


def text_height(
    text: str, width: float, size: float, *, bold: bool = False, indented: bool = False
) -> float:
    """Give the height that a wrapped text needs.

    Args:
        text: the text, perhaps with line breaks.
        width: the column's width in the spreadsheet's own unit, about one digit.
        size: the font's size in points.
        bold: whether it is bold.
        indented: whether it is set in from the cell's edge.

    Returns:
        Points, never more than a row can have.
    """
    lines = line_count(text, width, size, bold=bold, indented=indented)
    return min(HIGHEST_ROW, lines * size * _LINE_HEIGHT + 2 * _PADDING)


def line_count(
    text: str, width: float, size: float, *, bold: bool = False, indented: bool = False
) -> int:
    """Give the number of lines into which a text wraps; at least 1."""
    scale = size / 1000 * _SAFETY * (_BOLD if bold else 1)
    room = max(size, width * _POINTS_PER_UNIT - (_INDENT if indented else 0)) / scale
    return sum(_lines_of_paragraph(paragraph, room) for paragraph in text.split("\n"))


def _lines_of_paragraph(paragraph: str, room: float) -> int:
    lines, used = 1, 0.0
    length_of = _remembered if len(paragraph) <= _LONG else _length
    for length in map(length_of, paragraph.split(" ")):
        with_gap = used + _WIDTHS[" "] + length if used else length
        if with_gap <= room:  # the usual case, so that the rest is seldom worked out
            used = with_gap
            continue
        lines += bool(used)
        # A word longer than the line is broken wherever the line ends.
        broken = int(max(0.0, length - 1) // room)
        lines += broken
        used = length - broken * room
    return lines


def _length(word: str) -> float:
    # Beyond Latin letters, characters such as ideographs are as wide as they are high.
    return sum(_WIDTHS.get(letter, _DIGIT if letter < "\u1100" else 1000) for letter in word)


_remembered = lru_cache(maxsize=8192)(_length)
