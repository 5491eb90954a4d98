"""Read one sheet of an Office Open XML workbook: the plain way where it can be, else generally."""

from __future__ import annotations

from maturity.reading.cells import CellMaker
from maturity.reading.findings import Task
from maturity.reading.limits import Want
from maturity.reading.ooxml_names import MAIN_NAMESPACES
from maturity.reading.ooxml_plain_rows import PlainCells, read_plain_rows
from maturity.reading.ooxml_sheet_handler import SheetHandler
from maturity.reading.package import Package
from maturity.reading.plain_xml import is_dull, root_end

__all__ = ["read_plainly", "read_sheet_part"]

_NAMESPACE = MAIN_NAMESPACES[0].encode()
_START, _END = b"<sheetData>", b"</sheetData>"
_LONGEST_KNOWN = 16 * 1024  # bytes


def read_sheet_part(
    package: Package, part: str, sheet: str, task: Task, cells: PlainCells, maker: CellMaker
) -> SheetHandler:
    """Read the part of one sheet.

    Args:
        package: the workbook.
        part: the part that holds the sheet.
        sheet: the sheet's name.
        task: limits, wishes and findings.
        cells: the cells met so far in plainly written sheets.
        maker: what makes the cells.

    Returns:
        What was found, in order.

    Raises:
        WorkbookError: when it is damaged, hostile or too large.
    """
    handler = SheetHandler(task, part, sheet, maker)
    if package.is_large(part):
        handler.read(package)
    else:
        data = package.read(part)
        if Want.FORMULAS in task.want or not read_plainly(handler, data, cells):
            handler = SheetHandler(task, part, sheet, maker)
            handler.feed(data, is_last=True)
            handler.check_limits(0)
    handler.finish()
    return handler


def read_plainly(handler: SheetHandler, data: bytes, cells: PlainCells) -> bool:
    """Read a part that is in memory, if its rows are written plainly; say whether they were.

    Args:
        handler: what follows the rest of the part, and holds what was found.
        data: the part.
        cells: the cells met so far in this workbook.
    """
    start, end = data.find(_START) + len(_START), data.rfind(_END)
    if not len(_START) <= start <= end:
        return False
    plain = read_plain_rows(data[start:end], cells)
    if plain is None:
        return False
    if not _read_outside(handler, data[:start], plain.row_tags(), data[end:], cells.known_outsides):
        return False
    handler.adopt(plain)
    return True


def _read_outside(
    handler: SheetHandler, head: bytes, row_tags: bytes, tail: bytes, known: set[bytes]
) -> bool:
    """Read what stands around the cells; say whether they are where they seemed to be."""
    whole = head + row_tags + tail
    if whole in known:
        return True
    if _is_boring(head, tail):
        handler.skip(whole, is_last=True)
        if len(whole) <= _LONGEST_KNOWN:
            known.add(whole)
        return True
    handler.feed(head)
    # The parser has to agree that this is where the rows start, and in which namespace.
    if not (handler.in_data and handler.depth == 2):
        return False
    handler.feed(row_tags + tail, is_last=True)
    handler.check_limits(0)
    return True


def _is_boring(head: bytes, tail: bytes) -> bool:
    """Say whether nothing that matters stands around the rows: nothing hidden, nothing merged."""
    start, end = root_end(head, _NAMESPACE), tail.rfind(b"</")
    if not start or end <= 0 or b"mergeCell" in tail:
        return False
    for hides in (b"hidden", b"zeroHeight"):
        shows = head.count(hides + b'="false"') + head.count(hides + b'="0"')
        if head.count(hides) > shows:
            return False
    return is_dull(head[start : -len(_START)]) and is_dull(tail[len(_END) : end])
