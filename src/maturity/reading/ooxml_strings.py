"""Read the shared texts of an Office Open XML workbook: one cell per text, shared by all users."""

from __future__ import annotations

import re

from maturity.issues import IssueCode
from maturity.reading.cells import LONGEST_TEXT, Oddity, clean_text, text_cell
from maturity.reading.findings import Task
from maturity.reading.ooxml_names import main_tags
from maturity.reading.package import Package
from maturity.reading.plain_xml import unescape
from maturity.reading.xml_parts import Attributes, PartHandler, parse_part
from maturity.sheets import Cell

__all__ = ["read_strings"]

_TAGS = main_tags(["sst", "si", "r", "t"])
# A text without formatting, which is nearly all of them. In well-formed XML a `<` only ever starts
# a tag, so what lies between two matches shows whether anything else is there.
_PLAIN_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>')


class _StringsHandler(PartHandler):
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
        text, is_odd = clean_text(written)
        if is_odd:
            self._odd(text, Oddity.CHARACTER)
        if len(text) > LONGEST_TEXT:
            self._odd(text, Oddity.LENGTH)
        self.task.spend("cell_memory_bytes", 160 + 2 * len(text), "bytes of text")
        self.cells.append(text_cell(text))

    def _add_all(self, texts: list[str]) -> None:
        """Add many texts as stored; those that need no second look at once."""
        whole = "".join(texts)
        if "_x" in whole or (texts and len(max(texts, key=len)) > LONGEST_TEXT):
            for text in texts:
                self.add(text)
            return
        self.task.spend("cell_memory_bytes", 160 * len(texts) + 2 * len(whole), "bytes of text")
        self.cells.extend(map(text_cell, texts))

    def _odd(self, text: str, oddity: Oddity) -> None:
        self.task.findings.note(
            IssueCode.CELL_ODD,
            f'The text that begins "{text[:40]}" {oddity.value}.',
            "Check it in the workbook.",
        )

    def read_whole(self, data: bytes) -> None:
        """Read a part that is in memory, the plain way where every byte of it allows that."""
        start, end = data.find(b"<si>"), data.rfind(b"</si>") + len(b"</si>")
        if 0 <= start < end:
            self.feed(data[:start])
            items = data[start:end]
            # Unprefixed, and in the main namespace: then so is each item.
            if self.depth == 1 and self.is_list and b"<sst" in data[:start]:
                plain = self._plain_texts(items)
                if plain is not None:
                    self.pause()
                    self.feed(items)
                    self.resume()
                    self._add_all(plain)
                    items = b""
            self.feed(items)
            data = data[end:]
        self.feed(data, is_last=True)
        self.check_limits(0)

    def _plain_texts(self, items: bytes) -> list[str] | None:
        """Give the texts when they are all plain, otherwise None."""
        try:
            body = items.decode() if self.is_utf8 else "\r"
        except UnicodeDecodeError:
            return None
        parts = _PLAIN_ITEM.split(body)
        if "\r" in body or any(parts[::2]):
            return None
        texts = [text or "" for text in parts[1::2]]
        return texts if "&" not in body else [unescape(text) for text in texts]


def read_strings(package: Package, part: str, task: Task) -> list[Cell]:
    """Read the shared texts.

    Returns:
        One cell per text, in the order of their numbers.
    """
    handler = _StringsHandler(task, part)
    if package.is_large(part):
        parse_part(handler, package.pieces(part))
    else:
        handler.read_whole(package.read(part))
    if not handler.is_list:
        raise task.findings.damaged(f'Its part "{part}" should hold its texts but does not.')
    return handler.cells
