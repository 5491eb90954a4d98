"""Find values that stand beside or below a label."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from maturity.reading.layout_keys import fold_label
from maturity.sheets import Sheet

__all__ = ["beside_label", "find_label"]


def find_label(sheet: Sheet, rows: Iterable[int], words: Collection[str]) -> tuple[int, int] | None:
    """Find the first cell that says one of these words.

    Args:
        sheet: the sheet.
        rows: the rows to look in, in order.
        words: folded words.

    Returns:
        Its row and column; None when no cell says them.
    """
    for row in rows:
        for column, cell in sheet.rows.get(row, {}).items():
            if cell.raw and fold_label(cell.raw) in words:
                return row, column
    return None


def beside_label(
    sheet: Sheet, label: tuple[int, int], at: str, others: Collection[str]
) -> tuple[int, int] | None:
    """Say where the value of a label stands.

    To the right it is the first filled cell, unless another label comes first; where there is none,
    and below, it is the cell next to the label or to the merged range that the label stands in.
    A cell that is itself a label is no place for a value.

    Args:
        sheet: the sheet.
        label: the label's row and column.
        at: `right` or `below`.
        others: the folded words of all labels, which are never a value.

    Returns:
        The value's row and column; None where another label stands in its place.
    """
    row, column = label
    merged = sheet.merge_at(row, column)
    if at == "below":
        below = (row if merged is None else merged.last_row) + 1
        return None if _is_label(sheet, below, column, others) else (below, column)
    last = column if merged is None else merged.last_column
    for place, cell in sheet.rows.get(row, {}).items():
        if place > last and cell.raw.strip():
            if fold_label(cell.raw) in others:
                break
            return row, place
    return None if _is_label(sheet, row, last + 1, others) else (row, last + 1)


def _is_label(sheet: Sheet, row: int, column: int, labels: Collection[str]) -> bool:
    text = sheet.cell(row, column).raw
    return bool(text.strip()) and fold_label(text) in labels
