"""Read what only some callers need from an Office Open XML sheet: drop-down lists and notes."""

from __future__ import annotations

import csv
from sys import getsizeof

from maturity.issues import IssueCode
from maturity.reading.cells import clean_text
from maturity.reading.findings import Place, Task
from maturity.reading.ooxml_names import main_tags, read_links
from maturity.reading.package import Package
from maturity.reading.ranges import parse_range
from maturity.reading.xml_parts import Attributes, PartHandler
from maturity.sheets import DropDown

__all__ = ["DropDownCollector", "inline_words", "read_notes"]

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_X12AC = "http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac"
_TAGS = {
    **main_tags(["dataValidation", "formula1", "comments", "comment", "text", "r", "t"]),
    f"{_X14} dataValidation": "dataValidation",
    f"{_X14} formula1": "formula1",
    f"{_XM} sqref": "sqref",
    f"{_X12AC} list": "list",
}
# What Excel writes before the text of a comment that newer versions show as a conversation.
_THREADED, _COMMENT = "[Threaded comment]", "Comment:\n"


class DropDownCollector:
    """Gather the drop-down lists of a sheet, those that Excel keeps in an extension, too.

    It is told of the elements around the rows while the sheet is read, so that nobody reads a sheet
    twice.

    Args:
        handler: what follows the sheet.
    """

    def __init__(self, handler: PartHandler) -> None:
        self.found: list[DropDown] = []
        self._handler = handler
        self._depth = 0
        self._is_list = False
        self._cells = ""
        self._source = ""
        self._words = ""

    def opened(self, name: str, attributes: Attributes) -> None:
        """Act on an element's start."""
        tag = _TAGS.get(name)
        if tag == "dataValidation" and not self._depth:
            self._depth = self._handler.depth
            self._is_list = attributes.get("type") == "list"
            self._cells = attributes.get("sqref", "")
            self._source = self._words = ""
        elif self._is_list and self._depth and tag in ("formula1", "sqref", "list"):
            self._handler.collect()

    def closed(self, name: str, depth: int) -> None:
        """Act on the end of an element at a depth."""
        tag = _TAGS.get(name)
        if not self._depth:
            return
        if depth == self._depth:
            self._depth = 0
            if self._is_list:
                self._add()
        elif self._is_list and tag == "formula1":
            self._source = self._handler.collected().strip()
        elif self._is_list and tag == "sqref":
            self._cells = self._handler.collected()
        elif self._is_list and tag == "list":
            self._words = self._handler.collected().strip()

    def _add(self) -> None:
        task = self._handler.task
        references = self._cells.split()
        memory = 500 + 200 * len(references) + 10 * (len(self._source) + len(self._words))
        task.spend("cell_memory_bytes", memory, "bytes of drop-down lists")
        parsed = [parse_range(reference) for reference in references]
        ranges = tuple(cells for cells in parsed if cells is not None)
        if len(ranges) < len(parsed):
            task.findings.note(
                IssueCode.FILE_ODD,
                "A drop-down list stands on something that is no range of cells.",
                "Check the drop-down lists of this sheet.",
                self._handler.place,
            )
        words = _quoted_words(self._words) or inline_words(self._source)
        self.found.append(DropDown(ranges, self._source, words))


def _quoted_words(words: str) -> tuple[str, ...]:
    """Give the words of a list that may hold commas, which Excel keeps in an extension."""
    try:
        return tuple(word.strip() for row in csv.reader([words]) for word in row)
    except csv.Error:
        return ()


def inline_words(source: str) -> tuple[str, ...]:
    """Give the words of a list that is written in place; none when it refers to cells.

    >>> inline_words('"Yes, No"')
    ('Yes', 'No')
    """
    if len(source) < 2 or source[0] != '"' or source[-1] != '"':
        return ()
    words = source[1:-1].replace('""', '"').split(",")
    return tuple(word.strip() for word in words)


class _NoteHandler(PartHandler):
    """Gather the notes of a sheet."""

    def __init__(self, task: Task, part: str, sheet: str) -> None:
        super().__init__(task, part, sheet)
        self.notes: dict[tuple[int, int], str] = {}
        self._reference = ""
        self._is_run = False

    def opened(self, name: str, attributes: Attributes) -> None:
        tag = _TAGS.get(name)
        if tag == "comment":
            self._reference = attributes.get("ref", "")
            self.text.clear()
        elif self.depth == 5:
            self._is_run = tag == "r"
        if tag == "t" and (self.depth == 5 or (self.depth == 6 and self._is_run)):
            self.parser.CharacterDataHandler = self.text.append

    def closed(self, name: str) -> None:
        self.parser.CharacterDataHandler = None
        if _TAGS.get(name) != "comment":
            return
        place = parse_range(self._reference)
        if place is not None:
            text, _ = clean_text("".join(self.text))
            if text.startswith(_THREADED) and _COMMENT in text:
                text = text.partition(_COMMENT)[2].strip()
            self.task.spend("cell_memory_bytes", 400 + getsizeof(text), "bytes of notes")
            self.notes[place.first_row, place.first_column] = text


def read_notes(package: Package, part: str, sheet: str, task: Task) -> dict[tuple[int, int], str]:
    """Read the notes of a sheet.

    Args:
        package: the workbook.
        part: the part that holds the sheet.
        sheet: the sheet's name.
        task: limits and findings.

    Returns:
        (row, column) → text of the note there.
    """
    notes: dict[tuple[int, int], str] = {}
    for link in read_links(package, part, task).values():
        if link.kind != "comments" or link.is_outside:
            continue
        if link.part not in package:
            task.findings.note(
                IssueCode.FILE_ODD,
                "The notes of the sheet are missing from the file.",
                "Check the notes of this sheet, if they matter.",
                Place(sheet),
            )
            continue
        handler = _NoteHandler(task, link.part, sheet)
        handler.read(package)
        notes.update(handler.notes)
    return notes
