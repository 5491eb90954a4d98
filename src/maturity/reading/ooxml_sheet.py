"""Read one sheet of an Office Open XML workbook: the plain way where it can be, else generally."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from maturity.reading.cells import CellMaker
from maturity.reading.findings import Task
from maturity.reading.limits import Want
from maturity.reading.ooxml_names import MAIN_NAMESPACES
from maturity.reading.ooxml_plain_rows import PlainCells, read_plain_rows
from maturity.reading.ooxml_sheet_handler import SheetHandler
from maturity.reading.package import Package
from maturity.reading.plain_xml import is_dull, root_end

__all__ = ["read_in_pieces", "read_plainly", "read_sheet_part"]

_NAMESPACE = MAIN_NAMESPACES[0].encode()
_START, _END = b"<sheetData>", b"</sheetData>"
_ROW_END = b"</row>"
_HAS_LISTS = b"dataValidation"
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
    may_be_plain = Want.FORMULAS not in task.want
    if package.is_large(part):
        read_in_pieces(handler, package.pieces(part), cells if may_be_plain else None)
    else:
        data = package.read(part)
        if not may_be_plain or not read_plainly(handler, data, cells):
            handler = SheetHandler(task, part, sheet, maker)
            handler.feed(data, is_last=True)
            handler.check_limits()
    handler.finish()
    return handler


def read_in_pieces(
    handler: SheetHandler, pieces: Iterator[bytes], cells: PlainCells | None
) -> None:
    """Read a large part, taking whole rows out the plain way for as long as they allow it.

    Args:
        handler: what follows the rest of the part, and holds what was found.
        pieces: the part.
        cells: the cells met so far in this workbook; None to follow every element.
    """
    if cells is None:
        handler.read_pieces(pieces)
        return
    head = b""
    for piece in pieces:  # pragma: no branch - a large part is larger than the limit below
        head += piece
        if _START in head or len(head) > handler.task.limits.token_bytes:
            break
    start = head.find(_START) + len(_START)
    if start < len(_START):
        handler.read_pieces(chain([head], pieces))
        return
    handler.feed(head[:start])
    held = head[start:]
    # The parser has to agree that this is where the rows start, and in which namespace.
    if handler.in_data and handler.depth == 2 and handler.is_utf8:
        held = _take_rows(handler, held, pieces, cells)
    handler.read_pieces(chain([held], pieces))


def _take_rows(
    handler: SheetHandler, held: bytes, pieces: Iterator[bytes], cells: PlainCells
) -> bytes:
    """Take out whole rows until one is not plain or they end; give what is left to parse."""
    limits = handler.task.limits
    while True:
        end = held.rfind(_ROW_END) + len(_ROW_END)
        if end >= len(_ROW_END):
            plain = read_plain_rows(held[:end], cells, handler.last_row)
            if plain is None:
                return held
            handler.skip(plain.row_tags())
            handler.adopt(plain)
            held = held[end:]
        piece = next(pieces, b"")
        if not piece or _END in held or len(held) > limits.token_bytes:
            return held + piece
        held += piece


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
    if _is_boring(head, tail) and not (handler.lists is not None and _HAS_LISTS in whole):
        handler.skip(whole, is_last=True)
        if len(whole) <= _LONGEST_KNOWN:
            known.add(whole)
        return True
    handler.feed(head)
    # The parser has to agree that this is where the rows start, and in which namespace.
    if not (handler.in_data and handler.depth == 2 and handler.is_utf8):
        return False
    handler.skip(row_tags)
    handler.feed(tail, is_last=True)
    handler.check_limits()
    return True


def _is_boring(head: bytes, tail: bytes) -> bool:
    """Say whether nothing that matters stands around the rows: nothing hidden, nothing merged."""
    start, end = root_end(head, _NAMESPACE), tail.rfind(b"</")
    if not start or end <= 0:
        return False
    # What matters counts on either side of the rows, wherever it usually stands.
    return (
        not _matters(tail)
        and not _matters(head)
        and is_dull(head[start : -len(_START)])
        and is_dull(tail[len(_END) : end])
    )


def _matters(side: bytes) -> bool:
    """Say whether something here may join or hide cells."""
    if b"mergeCell" in side:
        return True
    for hides in (b"hidden", b"zeroHeight"):
        count = side.count(hides)
        if count and count > side.count(hides + b'="false"') + side.count(hides + b'="0"'):
            return True
    return False
