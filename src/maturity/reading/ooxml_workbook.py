"""Read the part of an Office Open XML workbook that lists its sheets and names."""

from __future__ import annotations

from sys import getsizeof
from typing import NamedTuple

from maturity.reading.findings import Task
from maturity.reading.limits import Want
from maturity.reading.ooxml_names import is_true, link_id, main_tags
from maturity.reading.package import Package
from maturity.reading.xml_parts import Attributes, PartHandler
from maturity.sheets import Visibility

__all__ = ["SheetEntry", "WorkbookPart", "read_workbook_part"]

_TAGS = main_tags(
    (
        "workbook",
        "workbookPr",
        "sheets",
        "sheet",
        "definedNames",
        "definedName",
        "externalReferences",
        "externalReference",
    )
)
_VISIBILITIES = {"hidden": Visibility.HIDDEN, "veryHidden": Visibility.VERY_HIDDEN}


class SheetEntry(NamedTuple):
    """One sheet as the workbook lists it: its name and the relationship that leads to it."""

    name: str
    link: str | None
    visibility: Visibility


class WorkbookPart(PartHandler):
    """Gather the sheets, the date system and, when asked for, the defined names.

    Attributes:
        sheets: in the workbook's own order.
        is_workbook: whether the part is a workbook's at all.
        is_1904: whether days are counted from 1904.
        has_outside_links: whether it refers to other workbooks.
        names: name → formula text; `sheet!name` for a name that only one sheet knows.
    """

    def __init__(self, task: Task, part: str) -> None:
        super().__init__(task, part)
        self.sheets: list[SheetEntry] = []
        self.is_workbook = False
        self.is_1904 = False
        self.has_outside_links = False
        self.names: dict[str, str] = {}
        self._group: str | None = None
        self._name: tuple[str, str | None] = ("", None)
        self._wants_names = Want.DEFINED_NAMES in task.want

    def opened(self, name: str, attributes: Attributes) -> None:
        """Act on an element's start."""
        tag = _TAGS.get(name)
        if self.depth == 1:
            self.is_workbook = tag == "workbook"
        elif self.depth == 2:
            self._group = tag
            if tag == "workbookPr":
                self.is_1904 = is_true(attributes.get("date1904"))
        elif self.depth == 3:
            self._open_entry(tag, attributes)

    def _open_entry(self, tag: str | None, attributes: Attributes) -> None:
        if self._group == "sheets" and tag == "sheet":
            self.task.spend("sheets", 1, "sheets")
            visibility = _VISIBILITIES.get(attributes.get("state", ""), Visibility.VISIBLE)
            entry = SheetEntry(attributes.get("name", ""), link_id(attributes), visibility)
            self.sheets.append(entry)
        elif self._group == "externalReferences" and tag == "externalReference":
            self.has_outside_links = True
        elif self._group == "definedNames" and tag == "definedName" and self._wants_names:
            self._name = (attributes.get("name", ""), attributes.get("localSheetId"))
            self.collect()

    def closed(self, name: str) -> None:
        """Act on an element's end."""
        if self.depth == 3 and _TAGS.get(name) == "definedName" and self._wants_names:
            label, sheet = self._name
            if sheet is not None:
                label = f"{self._sheet_name(sheet)}!{label}"
            formula = self.collected()
            memory = 350 + getsizeof(label) + getsizeof(formula)
            self.task.spend("cell_memory_bytes", memory, "bytes of defined names")
            self.names[label] = formula

    def _sheet_name(self, index: str) -> str:
        if index.isascii() and index.isdigit() and len(index) < 6 and int(index) < len(self.sheets):
            return self.sheets[int(index)].name
        return index


def read_workbook_part(package: Package, part: str, task: Task) -> WorkbookPart:
    """Read the list of sheets.

    Raises:
        WorkbookError: when it is damaged, or lists no sheet.
    """
    handler = WorkbookPart(task, part)
    handler.read(package)
    if not handler.is_workbook or not handler.sheets:
        raise task.findings.damaged("The workbook is damaged: it lists no sheets.")
    return handler
