"""Read an Office Open XML workbook (`.xlsx .xlsm .xltx .xltm`): its cells and nothing else.

Nothing is evaluated, resolved, extracted or fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from maturity.issues import IssueCode, Severity
from maturity.reading.cells import CellMaker
from maturity.reading.findings import Place, Task
from maturity.reading.limits import Want
from maturity.reading.merges import note_merge_oddities
from maturity.reading.ooxml_extras import read_notes
from maturity.reading.ooxml_names import Link, read_links
from maturity.reading.ooxml_plain_rows import PlainCells
from maturity.reading.ooxml_sheet import read_sheet_part
from maturity.reading.ooxml_strings import read_strings
from maturity.reading.ooxml_styles import read_formats
from maturity.reading.ooxml_workbook import SheetEntry, WorkbookPart, read_workbook_part
from maturity.reading.package import Package
from maturity.reading.ranges import joined
from maturity.sheets import Sheet

__all__ = ["OoxmlContent", "read_ooxml"]

_LONGEST_SHEET_NAME = 31
_NOT_GRIDS = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})
_MACRO_SHEETS = frozenset({"xlMacrosheet", "xlIntlMacrosheet"})


class OoxmlContent(NamedTuple):
    """What an Office Open XML workbook holds."""

    sheets: tuple[Sheet, ...]
    defined_names: Mapping[str, str]


def read_ooxml(package: Package, part: str, task: Task) -> OoxmlContent:
    """Read a workbook.

    Args:
        package: its container.
        part: the part that lists its sheets.
        task: limits, wishes and findings.

    Raises:
        WorkbookError: when it is damaged, hostile or too large.
    """
    workbook = read_workbook_part(package, part, task)
    links = read_links(package, part, task)
    _note_active_content(package, workbook, links, task)
    _note_odd_names(workbook.sheets, task)
    by_kind = {link.kind: link.part for link in links.values() if not link.is_outside}
    formats = read_formats(package, by_kind.get("styles"), task)
    strings_part = by_kind.get("sharedStrings")
    has_strings = strings_part is not None and strings_part in package
    strings = read_strings(package, strings_part, task) if strings_part and has_strings else []
    maker = CellMaker(strings, formats, is_1904=workbook.is_1904)
    reader = _SheetReader(package, links, task, maker)
    return OoxmlContent(tuple(map(reader.read, workbook.sheets)), workbook.names)


class _SheetReader:
    """Read the sheets of one workbook one after the other."""

    def __init__(
        self, package: Package, links: Mapping[str, Link], task: Task, maker: CellMaker
    ) -> None:
        self._package = package
        self._links = links
        self._task = task
        self._maker = maker
        self._cells = PlainCells(maker)

    def read(self, entry: SheetEntry) -> Sheet:
        """Read one sheet."""
        if entry.link == "":
            return self._without_part(entry)
        link = self._links.get(entry.link or "")
        if link is None or link.is_outside or link.part not in self._package:
            raise self._task.findings.damaged(
                "The workbook is damaged: it lists this sheet but does not hold it.",
                Place(entry.name),
            )
        if link.kind in _NOT_GRIDS:
            return Sheet(entry.name, {}, entry.visibility, is_grid=False)
        handler = read_sheet_part(
            self._package, link.part, entry.name, self._task, self._cells, self._maker
        )
        if handler.merged:
            note_merge_oddities(entry.name, handler.rows, handler.merged, self._task.findings)
        wants_notes = Want.NOTES in self._task.want
        return Sheet(
            name=entry.name,
            rows=handler.rows,
            visibility=entry.visibility,
            merged=tuple(handler.merged),
            hidden_rows=handler.hidden_row_ranges(),
            hidden_columns=joined(handler.hidden_columns),
            drop_downs=handler.drop_downs(),
            notes=read_notes(self._package, link.part, entry.name, self._task)
            if wants_notes
            else {},
            formulas=handler.formulas,
        )

    def _without_part(self, entry: SheetEntry) -> Sheet:
        """Give a sheet that the workbook says has no content: Excel lists old macro modules so."""
        self._task.findings.note(
            IssueCode.FILE_ODD,
            "The workbook lists this sheet without any content, as Excel does with the modules of "
            "old macros.",
            "Check in Excel that there are no answers on it.",
            Place(entry.name),
        )
        return Sheet(entry.name, {}, entry.visibility, is_grid=False)


def _note_active_content(
    package: Package, workbook: WorkbookPart, links: Mapping[str, Link], task: Task
) -> None:
    kinds = {link.kind for link in links.values()}
    if "vbaProject" in kinds or any(name.endswith("vbaproject.bin") for name in package.names()):
        task.findings.note(
            IssueCode.FILE_ACTIVE_CONTENT,
            "The workbook contains macros. They were not run.",
            "Nothing needs to be done, if macros are expected in it.",
        )
    if kinds & _MACRO_SHEETS:
        task.findings.note(
            IssueCode.FILE_ACTIVE_CONTENT,
            "The workbook contains macro sheets. They were not run, nor read.",
            "Ask the sender why: hardly any workbook needs them, and some are harmful.",
            severity=Severity.QUERY,
        )
    if workbook.has_outside_links or kinds & {"externalLink", "connections"}:
        task.findings.note(
            IssueCode.FILE_EXTERNAL_LINK,
            "The workbook refers to other files or sources. They were not opened; its own values "
            "are those of the last time it was saved.",
            "Nothing needs to be done, if the values look right.",
        )


def _note_odd_names(sheets: list[SheetEntry], task: Task) -> None:
    seen: set[str] = set()
    for position, sheet in enumerate(sheets, start=1):
        if not sheet.name.strip():
            fault = f"Sheet number {position} has no name."
        elif len(sheet.name) > _LONGEST_SHEET_NAME:
            fault = f'The sheet name "{sheet.name[:80]}" is longer than Excel allows.'
        elif sheet.name.lower() in seen:
            fault = f'Two sheets are called "{sheet.name[:80]}".'
        else:
            seen.add(sheet.name.lower())
            continue
        task.findings.note(
            IssueCode.FILE_ODD,
            fault,
            "Give each sheet a name of its own in Excel.",
            severity=Severity.QUERY,
        )
