"""Parse a part's XML with expat under limits: no DOCTYPE, no deep nesting, no endless tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import RESAVE, Place, Task
from maturity.reading.package import Package
from maturity.reading.plain_xml import is_dull, root_end

__all__ = ["Attributes", "PartHandler"]

_ESCAPED_NAMESPACE = re.compile(rb'xmlns[\w:]*="[^"]*&')

Attributes = dict[str, str]

# The encodings that Office Open XML and OpenDocument allow, and two that expat knows by itself.
# For any other, Python would search its codecs, which may open files.
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})


class PartHandler:
    """Follow the elements of one part; subclasses say what to do at each.

    Element names arrive as `namespace local-name`, with one space between.

    Attributes:
        task: the reading that this is part of.
        part: the part's name in the container, for messages.
        place: the sheet that the part belongs to, for messages.
        depth: how many elements are open.
        elements: how many elements and attributes came since the last piece of the part.
        text: pieces of the text being collected.
        parser: the expat parser at work.
        fed: bytes of the part given to the parser so far.
        is_utf8: whether the part says that it is written in UTF-8.
        namespaces: how many namespaces the part has declared.
        most_deep: how many elements may be open.
        most_attributes: how many attributes an element may have.
    """

    def __init__(self, task: Task, part: str, sheet: str | None = None) -> None:
        self.task = task
        self.part = part
        self.place = Place(sheet)
        self.depth = 0
        self.elements = 0
        self.text: list[str] = []
        self.is_utf8 = True
        self.fed = 0
        self.namespaces = 0
        self.most_deep = task.limits.xml_depth
        self.most_attributes = task.limits.xml_attributes
        self.parser = self._new_parser()

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace
        return parser

    def start(self, name: str, attributes: Attributes) -> None:
        """Meet an element's start; keeps the limits, then asks the subclass."""
        self.depth += 1
        self.elements += 1 + len(attributes)
        if self.depth > self.most_deep or len(attributes) > self.most_attributes:
            raise self.too_much()
        self.opened(name, attributes)

    def end(self, name: str) -> None:
        """Meet an element's end."""
        self.closed(name)
        self.depth -= 1

    def opened(self, name: str, attributes: Attributes) -> None:
        """Act on an element's start. `depth` counts the element itself."""

    def closed(self, name: str) -> None:
        """Act on an element's end. `depth` still counts the element itself."""

    def collect(self) -> None:
        """Begin to collect text."""
        self.text.clear()
        self.parser.CharacterDataHandler = self.text.append

    def collected(self) -> str:
        """Stop collecting, and give the text since `collect`."""
        self.parser.CharacterDataHandler = None
        return "".join(self.text)

    def pause(self) -> None:
        """Let the parser go on without callbacks: it still refuses what is not well-formed."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None

    def resume(self) -> None:
        """Follow the elements again."""
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def skip(self, data: bytes, *, is_last: bool = False) -> None:
        """Parse a piece without callbacks: it still has to be well-formed."""
        self.pause()
        self.feed(data, is_last=is_last)
        self.resume()

    def read(self, package: Package) -> None:
        """Read the part from its container, in pieces if it is large.

        Raises:
            WorkbookError: when it is absent, damaged, malformed or over a limit.
        """
        if package.is_large(self.part):
            self.read_pieces(package.pieces(self.part))
        else:
            self.feed(package.read(self.part), is_last=True)
            self.check_limits()

    def read_pieces(self, pieces: Iterable[bytes]) -> None:
        """Read the part piece by piece."""
        for piece in pieces:
            self.feed(piece)
            self.check_limits()
        self.feed(b"", is_last=True)

    def read_sparsely(self, data: bytes, wanted: re.Pattern[bytes], namespace: str) -> None:
        """Parse a whole part with callbacks only for the elements that are wanted.

        Args:
            data: the part.
            wanted: matches whole elements at the second level of the part.
            namespace: the namespace of those elements.
        """
        start, end = root_end(data, namespace.encode()), data.rfind(b"</")
        # No other prefix may lead to the same elements.
        is_single = data.count(namespace.encode()) == 1 and not _ESCAPED_NAMESPACE.search(data)
        if 0 < start < end and is_single:
            self.feed(data[:start])
            body = data[start:end]
            places = [(0, 0), *(match.span() for match in wanted.finditer(body))]
            gaps = [
                body[before[1] : after[0]]
                for before, after in zip(places, [*places[1:], (len(body), 0)], strict=True)
            ]
            if self.depth == 1 and all(map(is_dull, gaps)):
                for (first, last), gap in zip(places, gaps, strict=True):
                    self.feed(body[first:last])
                    self.skip(gap)
                start = end
            data = data[start:]
        self.feed(data, is_last=True)
        self.check_limits()

    def feed(self, data: bytes, *, is_last: bool = False) -> None:
        """Parse a piece of the part.

        Raises:
            WorkbookError: when it is malformed or over a limit.
        """
        self.fed += len(data)
        try:
            self.parser.Parse(data, is_last)
        except expat.ExpatError as error:
            raise self._malformed(str(error)) from error

    def check_limits(self) -> None:
        """Keep the limits that need not be looked at for every element."""
        task, parser = self.task, self.parser
        task.spend("xml_elements", self.elements, "XML elements")
        self.elements = 0
        if self.fed - max(parser.CurrentByteIndex, 0) > task.limits.token_bytes:
            raise task.over("token_bytes", "bytes in one tag")
        if sum(map(len, self.text)) > task.limits.token_bytes:
            raise task.over("token_bytes", "characters in one text")
        if len(parser.intern) > task.limits.xml_names:
            raise task.over("xml_names", "kinds of XML element")

    def too_much(self) -> WorkbookError:
        """Make the exception for an element that is nested, or described, beyond reason."""
        if self.depth > self.most_deep:
            return self._hostile("nests its elements deeper than any spreadsheet program does")
        return self._hostile("has more attributes on one element than any spreadsheet program")

    def _hostile(self, does: str) -> WorkbookError:
        return self.task.findings.error(
            IssueCode.FILE_HOSTILE,
            f'Its part "{self.part}" {does}. Files made to harm a computer look like this.',
            RESAVE,
            self.place,
        )

    def _malformed(self, reason: str) -> WorkbookError:
        return self.task.findings.damaged(
            f'The workbook is damaged: its part "{self.part}" is malformed ({reason}).', self.place
        )

    def _doctype(self, *_: object) -> None:
        raise self._hostile("declares a document type, which no workbook may")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        name = (encoding or "utf-8").lower()
        self.is_utf8 = name == "utf-8"
        if name not in _ENCODINGS:
            raise self._malformed(f"it is written in {name}, where UTF-8 is the rule")

    def _namespace(self, *_: object) -> None:
        self.namespaces += 1
        if self.namespaces > self.task.limits.xml_names:
            raise self.task.over("xml_names", "XML namespaces")
