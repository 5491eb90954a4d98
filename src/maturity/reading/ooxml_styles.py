"""Read from a workbook's styles the one thing that matters here: how each shows a number."""

from __future__ import annotations

import re
from sys import getsizeof

from maturity.issues import IssueCode
from maturity.reading.findings import Task
from maturity.reading.number_formats import BUILT_IN_FORMATS, shown_as
from maturity.reading.ooxml_names import MAIN_NAMESPACES, main_tags
from maturity.reading.package import Package
from maturity.reading.xml_parts import Attributes, PartHandler

__all__ = ["read_formats"]

_WANTED = re.compile(rb"<numFmts\b.*?</numFmts>|<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLES = "bytes of styles"
_TAGS = main_tags(["styleSheet", "numFmts", "numFmt", "cellXfs", "xf"])


class _StylesHandler(PartHandler):
    """Gather number formats, and the number format of each cell style."""

    def __init__(self, task: Task, part: str) -> None:
        super().__init__(task, part)
        self.is_styles = False
        self.codes: dict[str, str] = {}
        self.used: list[str] = []
        self._group: str | None = None
        self._counted = 0

    def opened(self, name: str, attributes: Attributes) -> None:
        depth = self.depth
        if depth > 3:
            return
        tag = _TAGS.get(name)
        if depth == 3:
            if tag == "xf" and self._group == "cellXfs":
                self.used.append(attributes.get("numFmtId", "0"))
            elif tag == "numFmt" and self._group == "numFmts":
                code = attributes.get("formatCode", "")
                self.task.spend("cell_memory_bytes", 250 + getsizeof(code), _STYLES)
                self.codes[attributes.get("numFmtId", "")] = code
        elif depth == 2:
            self._group = tag
        else:
            self.is_styles = tag == "styleSheet"

    def check_limits(self) -> None:
        """Keep the limit on memory, too."""
        super().check_limits()
        self.task.spend("cell_memory_bytes", 100 * (len(self.used) - self._counted), _STYLES)
        self._counted = len(self.used)

    def shown_as(self, identifier: str) -> str:
        """Tell how a number format shows a number; a workbook's own come before Excel's."""
        if identifier in self.codes:
            return shown_as(self.codes[identifier])
        if identifier.isascii() and identifier.isdigit() and len(identifier) < 6:
            return BUILT_IN_FORMATS.get(int(identifier), "")
        return ""


def read_formats(package: Package, part: str | None, task: Task) -> list[str]:
    """Read how each cell style shows a number.

    Args:
        package: the workbook.
        part: the part that holds the styles; None when the workbook names none.
        task: limits and findings.

    Returns:
        For each style `date`, `time`, `datetime`, `duration`, `percent` or nothing.
    """
    if part is None or part not in package:
        task.findings.note(
            IssueCode.FILE_ODD,
            "The workbook has no styles, so dates and percentages look like plain numbers.",
            "Open it in Excel and save a copy as .xlsx, if it has dates or percentages.",
        )
        return []
    handler = _StylesHandler(task, part)
    if package.is_large(part):
        handler.read(package)
    else:
        handler.read_sparsely(package.read(part), _WANTED, MAIN_NAMESPACES[0])
    if not handler.is_styles:
        raise task.findings.damaged(f'Its part "{part}" should hold its styles but does not.')
    known: dict[str, str] = {}
    for identifier in handler.used:
        if identifier not in known:
            known[identifier] = handler.shown_as(identifier)
    return [known[identifier] for identifier in handler.used]
