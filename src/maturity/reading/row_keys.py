"""Work out which item a row is about, from pieces that stand in several places.

A form may have no ids of its own: its items are known by a section's heading far above, a number
that starts again in each section, the name of the sheet, or their whole text. Each piece is a part;
parts that are carried hold for the rows below, until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple

from maturity.layout import Column, IdColumn, Part
from maturity.normalise import fold_text
from maturity.patterns import fill_in, find_in
from maturity.reading.layout_keys import TableKey, fold_id, fold_label
from maturity.sheets import CellRange, Sheet

__all__ = ["RowKey", "RowKeys", "only_group", "picked"]


class RowKey(NamedTuple):
    """Which item a row is about.

    Attributes:
        target: the item; None when the pieces name none.
        typed: what the pieces say together.
        parts: the pieces by name.
    """

    target: str | None
    typed: str
    parts: Mapping[str, str]


class RowKeys:
    """Read the keys of a sheet's rows, from the top.

    Args:
        key: the table.
        sheet: the sheet.

    Attributes:
        is_new_section: whether a part that is carried down changed at the row that was read last.
    """

    def __init__(self, key: TableKey, sheet: Sheet) -> None:
        self._key = key
        self._sheet = sheet
        self._parts = [(name, part) for name, part in key.table.parts.items()]
        self._fixed = dict(self._from_sheet())
        self._carried: dict[str, str] = {}
        self._seen: dict[str, str] = {}
        self._counts: dict[str, tuple[tuple[str | None, ...], int]] = {}
        self._merges = _MergesByRow(sheet)
        self.is_new_section = False

    def _from_sheet(self) -> Iterator[tuple[str, str]]:
        """Yield the parts that are the same for the whole sheet."""
        pattern = self._key.table.sheet_pattern
        match = None if pattern is None else find_in(pattern, self._sheet.name.strip())
        if match is not None:
            yield from ((name, text) for name, text in match.groupdict().items() if text)
        for name, part in self._parts:
            if part.is_ is not None:
                yield name, part.is_
            elif part.sheet:
                text = _value(part, name, self._sheet.name)
                if text is not None:
                    yield name, text

    def read(self, row: int, places: Callable[[Column], tuple[int, ...]]) -> dict[str, str]:
        """Read the parts at a row; rows must be read from the top, none left out.

        Args:
            row: the row.
            places: a column of the layout → where it stands on the sheet.

        Returns:
            The pieces that hold at this row, by name.
        """
        found = dict(self._fixed)
        self.is_new_section = False
        for place, (name, part) in enumerate(self._parts):
            if name in found:
                continue
            text = self._text(row, name, part, places)
            if part.count:
                text = self._count(place, name, is_item=text is not None)
            if text is not None:
                self._take(place, name, part, text)
            elif part.carry:
                text = self._carried.get(name)
            if text is not None:
                found[name] = text
        return found

    def read_header(
        self, row: int, places: Callable[[Column], tuple[int, ...]], headed: Container[int]
    ) -> None:
        """Read headings to carry down that stand in a header's own row.

        Only parts that know such a heading by a pattern or by its words are looked for.

        Args:
            row: a row of a header.
            places: a column of the layout → where it stands on the sheet.
            headed: the columns whose cells in it are headers.
        """
        for place, (name, part) in enumerate(self._parts):
            knows = part.pattern is not None or part.words
            if not (part.carry and knows) or part.count or part.header or name in self._fixed:
                continue
            columns = places(part) if part.is_placed else tuple(self._sheet.rows.get(row, {}))
            # Whole words cannot be mistaken for a column's name; a pattern can.
            free = columns if part.words else tuple(c for c in columns if c not in headed)
            texts = (self._raw(row, column) for column in free)
            text = next((value for text in texts if (value := _value(part, name, text))), None)
            if text is not None:
                self._take(place, name, part, text)

    def _take(self, place: int, name: str, part: Part, text: str) -> None:
        """Keep what a part says from this row on."""
        if self._seen.get(name) != text:
            self._seen[name] = text
            if part.carry:
                self.is_new_section = True
                self._end_below(place)
        if part.carry:
            self._carried[name] = text

    def _text(
        self, row: int, name: str, part: Part, places: Callable[[Column], tuple[int, ...]]
    ) -> str | None:
        if part.is_placed:
            # A merged cell is one cell, so a count takes it once.
            raw = self._own if part.count else self._raw
            texts = (raw(row, column) for column in places(part))
        else:
            texts = (cell.raw for cell in self._sheet.rows.get(row, {}).values())
        return next((value for text in texts if (value := _value(part, name, text))), None)

    def _own(self, row: int, column: int) -> str:
        return self._sheet.cell(row, column).raw

    def _raw(self, row: int, column: int) -> str:
        """Give a cell's text; a merged range says the same in all of its rows."""
        cell = self._sheet.cell(row, column)
        if cell.raw:
            return cell.raw
        for merged in self._merges.across(row):
            if merged.first_column <= column <= merged.last_column:
                return self._sheet.cell(merged.first_row, merged.first_column).raw
        return ""

    def _count(self, place: int, name: str, *, is_item: bool) -> str | None:
        if not is_item:
            return None
        before = tuple(self._seen.get(other) for other, _ in self._parts[:place])
        last, number = self._counts.get(name, (before, 0))
        number = number + 1 if last == before else 1
        self._counts[name] = (before, number)
        return str(number).zfill(self._key.table.parts[name].pad)

    def _end_below(self, place: int) -> None:
        """Forget what parts within this one carry: a new section has begun."""
        for name, _ in self._parts[place + 1 :]:
            self._carried.pop(name, None)
            self._seen.pop(name, None)

    def key(self, cell: str, parts: Mapping[str, str]) -> RowKey | None:
        """Say which item a row is about; None when it is about none.

        Args:
            cell: the text in the id column; empty where there is none.
            parts: the pieces that hold at the row.
        """
        column = self._key.table.id
        picked_parts = picked(column, cell)
        if picked_parts is None:
            return None
        own, groups = picked_parts
        everything = {**parts, **groups}
        if column.compose is not None:
            if column.is_placed and not own:
                return None
            text = fill_in(column.compose, everything)
            if text is None:
                return None
        else:
            text = own
        fold = fold_text if column.by == "text" else fold_id
        target = self._key.targets.get(fold(text)) if text else None
        return RowKey(target, text, everything) if text else None


class _MergesByRow:
    """The merged ranges that cross a row, for rows that are asked for from the top."""

    def __init__(self, sheet: Sheet) -> None:
        self._waiting = sorted(sheet.merged, reverse=True)
        self._open: list[CellRange] = []
        self._row = 0

    def across(self, row: int) -> list[CellRange]:
        if row != self._row:
            self._row = row
            while self._waiting and self._waiting[-1].first_row <= row:
                self._open.append(self._waiting.pop())
            self._open = [merged for merged in self._open if merged.last_row >= row]
        return self._open


def picked(column: IdColumn, cell: str) -> tuple[str, Mapping[str, str]] | None:
    """Pick the id out of a cell's text.

    Returns:
        The id and the named groups of the pattern; None when the pattern is not found.
    """
    if column.pattern is None:
        return cell.strip(), {}
    match = find_in(column.pattern, cell.strip())
    if match is None:
        return None
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    return groups.get("id") or only_group(match), groups


def only_group(match: re.Match[str]) -> str:
    """Give a pattern's only group, or all that it matches."""
    return (match[1] or "") if match.re.groups == 1 else match[0]


def _value(part: Part, name: str, text: str) -> str | None:
    """Make a part of a text; None when the text gives none."""
    text = text.strip()
    if part.pattern is not None:
        match = find_in(part.pattern, text)
        if match is None:
            return None
        text = match.groupdict().get(name) or only_group(match)
    if part.words:
        folded = {fold_label(typed): piece for typed, piece in part.words.items()}
        text = folded.get(fold_label(text), "")
    if part.pad and text.isdecimal():
        text = text.zfill(part.pad)
    return text or None
