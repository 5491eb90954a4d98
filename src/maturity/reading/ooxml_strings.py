"""Read the shared texts of an Office Open XML workbook: one cell per text, shared by all users."""

from __future__ import annotations

import re
from functools import partial
from itertools import repeat
from sys import getsizeof

from maturity.issues import IssueCode
from maturity.reading.cells import LONGEST_TEXT, Oddity, clean_text, text_cell
from maturity.reading.findings import Task
from maturity.reading.ooxml_names import MAIN_NAMESPACES, main_tags
from maturity.reading.package import Package
from maturity.reading.plain_xml import is_clean, plain_newlines, root_end, unescape
from maturity.reading.xml_parts import Attributes, PartHandler
from maturity.sheets import Cell, CellState

__all__ = ["read_strings"]

_NAMESPACE = MAIN_NAMESPACES[0].encode()
_TAGS = main_tags(["sst", "si", "r", "t"])
# A text without formatting, which is nearly all of them. In well-formed XML a `<` only ever starts
# a tag, so what lies between two matches shows whether anything else is there.
# Making thousands of equal-shaped cells at once: the fields behind state, value and raw.
_NO_MORE = (repeat(""), repeat(None), repeat(False))
_new_cell = partial(tuple.__new__, Cell)
_PLAIN_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>')


class StringsHandler(PartHandler):
    """Gather the texts one by one: runs joined, phonetic guides left out."""

    def __init__(self, task: Task, part: str) -> None:
        super().__init__(task, part)
        self.cells: list[Cell] = []
        self.is_list = False
        self._is_item = False
        self._is_run = False

    def opened(self, name: str, attributes: Attributes) -> None:
        tag = _TAGS.get(name)
        depth = self.depth
        if depth == 1:
            self.is_list = tag == "sst"
        elif depth == 2:
            self._is_item = tag == "si" and self.is_list
            self.text.clear()
        elif depth == 3:
            self._is_run = tag == "r"
            if tag == "t" and self._is_item:
                self.parser.CharacterDataHandler = self.text.append
        elif depth == 4 and tag == "t" and self._is_run and self._is_item:
            self.parser.CharacterDataHandler = self.text.append

    def closed(self, name: str) -> None:
        if self.depth > 2:
            self.parser.CharacterDataHandler = None
        elif self.depth == 2 and self._is_item:
            self.add("".join(self.text))
            self.text.clear()

    def add(self, written: str) -> None:
        """Add a text as stored."""
        text, oddities = clean_text(written)
        for oddity in oddities:
            self._odd(text, oddity)
        self.task.spend("cell_memory_bytes", 160 + getsizeof(text), "bytes of text")
        self.cells.append(text_cell(text))

    def _add_all(self, texts: list[str]) -> None:
        """Add many texts as stored; those that need no second look at once."""
        whole = "".join(texts)
        longest = max(map(len, texts), default=0)
        # One character is looked for at many times the speed of two.
        if longest > LONGEST_TEXT or ("_" in whole and "_x" in whole):
            for text in texts:
                self.add(text)
            return
        size = 50 * len(texts) + len(whole) if whole.isascii() else sum(map(getsizeof, texts))
        self.task.spend("cell_memory_bytes", 160 * len(texts) + size, "bytes of text")
        cells = map(_new_cell, zip(repeat(CellState.TEXT), texts, texts, *_NO_MORE, strict=False))
        self.cells.extend(cells if all(texts) else map(text_cell, texts))

    def _odd(self, text: str, oddity: Oddity) -> None:
        self.task.findings.note(
            IssueCode.CELL_ODD,
            f'The text that begins "{text[:40]}" {oddity.value}.',
            "Check it in the workbook.",
        )

    def read_plainly(self, data: bytes) -> bool:
        """Read a part that is in memory, if every byte of it is plain; say whether it was."""
        start, end = root_end(data, _NAMESPACE), data.rfind(b"</")
        texts = _plain_texts(data[start:end]) if 0 < start < end else None
        if texts is None:
            return False
        # What is left is the root.
        self.feed(data[:start] + data[end:], is_last=True)
        self._add_all(texts)
        return True


def _plain_texts(items: bytes) -> list[str] | None:
    """Give the texts when they are all plain, otherwise None."""
    items = plain_newlines(items)
    try:
        body = items.decode()
    except UnicodeDecodeError:
        return None
    parts = _PLAIN_ITEM.split(body.strip())
    if any(parts[::2]) or not is_clean(items, body):
        return None
    texts = [text or "" for text in parts[1::2]] if None in parts else parts[1::2]
    return texts if "&" not in body else [unescape(text) if "&" in text else text for text in texts]


def read_strings(package: Package, part: str, task: Task) -> list[Cell]:
    """Read the shared texts.

    Returns:
        One cell per text, in the order of their numbers.
    """
    handler = StringsHandler(task, part)
    if package.is_large(part):
        handler.read(package)
    else:
        data = package.read(part)
        if not handler.read_plainly(data):
            handler.feed(data, is_last=True)
            handler.check_limits()
    if not handler.is_list:
        raise task.findings.damaged(f'Its part "{part}" should hold its texts but does not.')
    return handler.cells
