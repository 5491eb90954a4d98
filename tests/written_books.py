"""Look into a workbook that was written: its texts, and whatever is more than text."""

from __future__ import annotations

import io
import re
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from maturity.reading.grid import Want, read_workbook

__all__ = ["Found", "found_in"]

Place = tuple[int, int, int]
_FORMULA = re.compile(rb"<c r=\"([A-Z]+\d+)\"[^>]*><f[ >]")
_LINK = re.compile(rb"<hyperlink [^>]*>")
_LOCATION = re.compile(rb'location="([^"]*)"')


class Found(NamedTuple):
    """What is in a workbook.

    Attributes:
        names: the sheets' names.
        texts: (sheet, row, column) → what stands there, as our reader gives it.
        notes: the same → the note there.
        formulas: sheet and cell of every formula.
        targets: where links lead, as they are written.
    """

    names: tuple[str, ...]
    texts: dict[Place, object]
    notes: dict[Place, str]
    formulas: frozenset[tuple[str, bytes]]
    targets: frozenset[bytes]


def found_in(content: bytes) -> Found:
    """Look into a workbook, and see that every part is XML and nothing leads out of the file."""
    formulas: set[tuple[str, bytes]] = set()
    targets: set[bytes] = set()
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels", ".vml")):
                expat.ParserCreate().Parse(part, True)
            assert b'TargetMode="External"' not in part
            if name.startswith("xl/worksheets/sheet"):
                formulas |= {(name, cell) for cell in _FORMULA.findall(part)}
                for link in _LINK.findall(part):
                    location = _LOCATION.search(link)
                    assert location is not None, link
                    targets.add(location[1])
    workbook = read_workbook(content, want=[Want.NOTES])
    texts: dict[Place, object] = {}
    notes: dict[Place, str] = {}
    for number, sheet in enumerate(workbook.sheets):
        for row, cells in sheet.rows.items():
            texts |= {(number, row, column): cell.value for column, cell in cells.items()}
        notes |= {(number, *place): note for place, note in sheet.notes.items()}
    names = tuple(sheet.name for sheet in workbook.sheets)
    return Found(names, texts, notes, frozenset(formulas), frozenset(targets))
