"""Find the words that layouts know in a workbook, in one pass over its cells.

Headers, ids, labels and markers of all layouts are looked for at once, so that choosing among
several layouts reads the workbook once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.reading.layout_keys import ReadingKey
from maturity.sheets import CellState, Sheet, Workbook

__all__ = ["SheetWords", "find_words"]

# Longer texts are prose. Looking at descriptors and evidence as possible headers would cost more
# than everything else together.
_LONGEST = 120
_WORDY = frozenset({CellState.TEXT, CellState.NUMBER})


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The known words on one sheet.

    Attributes:
        sheet: the sheet.
        rows: row → column → folded word, for words that some layout knows.
        all: all of those words.
    """

    sheet: Sheet
    rows: Mapping[int, Mapping[int, str]]
    all: frozenset[str]


def find_words(workbook: Workbook, key: ReadingKey) -> tuple[SheetWords, ...]:
    """Find known words on every sheet, hidden ones too; chart sheets have none."""
    return tuple(_words_of(sheet, key) for sheet in workbook.sheets if sheet.is_grid)


def _words_of(sheet: Sheet, key: ReadingKey) -> SheetWords:
    found: dict[int, dict[int, str]] = {}
    look_up = key.look_up
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            if cell[0] in _WORDY and len(cell[2]) <= _LONGEST:
                word = look_up(cell[2])
                if word is not None:
                    if row in found:
                        found[row][column] = word
                    else:
                        found[row] = {column: word}
    words = frozenset(word for columns in found.values() for word in columns.values())
    return SheetWords(sheet, found, words)
