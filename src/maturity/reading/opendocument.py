"""Read an OpenDocument spreadsheet (`.ods`), its errors, merged cells and hidden rows included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from maturity.issues import IssueCode
from maturity.reading.findings import Task
from maturity.reading.merges import note_merge_oddities
from maturity.reading.opendocument_content import ContentHandler, Table
from maturity.reading.package import Package
from maturity.reading.ranges import joined
from maturity.sheets import DropDown, Sheet, Visibility

__all__ = ["OpenDocumentContent", "read_opendocument"]

_MANIFEST = "META-INF/manifest.xml"


class OpenDocumentContent(NamedTuple):
    """What an OpenDocument spreadsheet holds."""

    sheets: tuple[Sheet, ...]
    defined_names: Mapping[str, str]


def read_opendocument(package: Package, part: str, task: Task) -> OpenDocumentContent:
    """Read a spreadsheet.

    Args:
        package: its container.
        part: the part that holds the sheets.
        task: limits, wishes and findings.

    Raises:
        WorkbookError: when it is damaged, protected, hostile or too large.
    """
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise task.findings.error(
            IssueCode.FILE_PASSWORD,
            "The workbook is protected with a password, so it cannot be read.",
            "Save a copy without a password and send that.",
        )
    handler = ContentHandler(task, part)
    handler.read(package)
    if not handler.tables:
        raise task.findings.damaged("The workbook is damaged: it holds no sheets.")
    _note_scripts(package, task)
    sheets = tuple(_sheet(table, handler, task) for table in handler.tables)
    return OpenDocumentContent(sheets, handler.names)


def _sheet(table: Table, handler: ContentHandler, task: Task) -> Sheet:
    if table.merged:
        note_merge_oddities(table.name, table.rows, table.merged, task.findings)
    is_hidden = table.style in handler.hidden_styles
    lists = handler.lists
    return Sheet(
        name=table.name,
        rows=table.rows,
        visibility=Visibility.HIDDEN if is_hidden else Visibility.VISIBLE,
        merged=tuple(table.merged),
        hidden_rows=joined(table.hidden_rows),
        hidden_columns=joined(table.hidden_columns),
        drop_downs=tuple(
            DropDown(tuple(ranges), *lists[name])
            for name, ranges in table.drop_downs.items()
            if name in lists
        ),
        notes=table.notes,
        formulas=table.formulas,
    )


def _note_scripts(package: Package, task: Task) -> None:
    if any(name.startswith(("basic/", "scripts/")) for name in package.names()):
        task.findings.note(
            IssueCode.FILE_ACTIVE_CONTENT,
            "The workbook contains macros. They were not run.",
            "Nothing needs to be done, if macros are expected in it.",
        )
