"""Make the worst workbooks of other kinds: `.ods` and `.xls` (see `worst_makers.py`)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["OTHERS", "pieces_of"]

_MEBIBYTE = 1024 * 1024
_CHUNK = 2_000
_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pieces_of(texts: Iterable[str]) -> Iterator[bytes]:
    """Join texts by the thousand: writing each by itself takes long."""
    held: list[str] = []
    for text in texts:
        held.append(text)
        if len(held) >= _CHUNK or len(text) > _MEBIBYTE:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


_ODS = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "table", "text", "style")
}


def ods(rows: Iterable[str], before: Iterable[str] = (), styles: Iterable[str] = ()) -> bytes:
    """Pack an OpenDocument spreadsheet of one sheet."""
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in _ODS.items())
    pieces = (
        f"<office:document-content{spaces}><office:automatic-styles>",
        *styles,
        "</office:automatic-styles><office:body><office:spreadsheet>",
        *before,
        '<table:table table:name="S">',
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        end = "</table:table></office:spreadsheet></office:body></office:document-content>"
        with package.open("content.xml", "w") as member:
            for part in (pieces, rows, (end,)):
                for piece in pieces_of(part):
                    member.write(piece)
    return target.getvalue()


def _ods_rows(cell: Callable[[int], str], count: int, columns: int = 50) -> Iterator[str]:
    for row in range(count // columns):
        cells = "".join(cell(row * columns + index) for index in range(columns))
        yield f"<table:table-row>{cells}</table:table-row>"


def _ods_cell(value: int) -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}'
        "</text:p></table:table-cell>"
    )


def _ods_text(value: int) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>t {value}</text:p>'
        "</table:table-cell>"
    )


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(cells: Iterable[bytes], texts: bytes = b"") -> bytes:
    """Pack an `.xls` of one sheet: its records, in the only stream of an OLE container."""
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x2000, 1997, 0, 6))
    sheet_begin = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x2000, 1997, 0, 6))
    end = _record(0x0A, b"")
    styles = _record(0xE0, bytes(20)) * 16 + texts
    size = len(begin) + len(styles) + 4 + 8 + len(b"Data") + len(end)
    bound = _record(0x85, struct.pack("<IBBBB", size, 0, 0, 4, 0) + b"Data")
    return _ole(begin + styles + bound + end + sheet_begin + b"".join(cells) + end)


def _ole(stream: bytes) -> bytes:
    """Put a stream named Workbook into a compound file of sectors of 512 bytes."""
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    data = -(-len(stream) // 512)
    tables = lists = 0
    while True:
        want = -(-(data + 1 + tables + lists) // 128)
        more = -(-max(want - 109, 0) // 127)
        if (want, more) == (tables, lists):
            break
        tables, lists = want, more
    first_table, first_list = data + 1, data + 1 + tables
    free, last, table_mark, list_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
    chain = [*range(1, data), last, last, *[table_mark] * tables, *[list_mark] * lists]
    chain += [free] * (tables * 128 - len(chain))
    places = list(range(first_table, first_table + tables))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        _MARK,
        bytes(16),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"\0" * 6,
        0,
        tables,
        data,
        0,
        4096,
        last,
        0,
        first_list if lists else last,
        lists,
    )
    head, rest = places[:109], places[109:]
    header += struct.pack("<109I", *head, *[free] * (109 - len(head)))
    further = b""
    for index in range(lists):
        part = rest[index * 127 : (index + 1) * 127]
        following = first_list + index + 1 if index + 1 < lists else last
        further += struct.pack("<128I", *part, *[free] * (127 - len(part)), following)
    folder = _entry("Root Entry", 5, last, 0, 1) + _entry("Workbook", 2, 0, len(stream))
    folder += _entry("", 0, 0, 0) * 2
    body = stream.ljust(data * 512, b"\0") + folder + struct.pack(f"<{len(chain)}I", *chain)
    return header + body + further


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36sIII",
        written,
        len(written) + 2 if name else 0,
        kind,
        1,
        0xFFFFFFFF,
        0xFFFFFFFF,
        child,
        b"\0" * 36,
        start,
        size,
        0,
    )


def _xls_numbers(rows: int, columns: int) -> Iterator[bytes]:
    """Write rows of numbers, packed as tightly as the format allows."""
    for row in range(rows):
        numbers = b"".join(
            struct.pack("<HI", 0, ((row * columns + c) % 500_000_000) << 2 | 2)
            for c in range(columns)
        )
        yield _record(0xBD, struct.pack("<HH", row, 0) + numbers + struct.pack("<H", columns - 1))


def _xls_texts(count: int) -> Iterator[bytes]:
    for index in range(count):
        text = f"text {index}".encode()
        yield _record(0x204, struct.pack("<HHHHB", index // 50, index % 50, 0, len(text), 0) + text)


def _xls_shared(count: int) -> bytes:
    text = struct.pack("<IIHB", count, 1, 8_000, 0) + b"x" * 8_000
    users = (
        _record(0xFD, struct.pack("<HHHI", index // 50, index % 50, 0, 0)) for index in range(count)
    )
    return xls(users, _record(0xFC, text))


OTHERS: Mapping[str, Callable[[], bytes]] = {
    "ods: 5 M blank cells": lambda: ods(
        _ods_rows(lambda _: '<table:table-cell table:style-name="c"/>', 4_990_000)
    ),
    "ods: 1 M numbers": lambda: ods(_ods_rows(_ods_cell, 990_000)),
    "ods: 450,000 numbers": lambda: ods(_ods_rows(_ods_cell, 450_000)),
    "ods: texts": lambda: ods(_ods_rows(_ods_text, 450_000)),
    "ods: a number 1 M times": lambda: ods(
        (
            '<table:table-row table:number-rows-repeated="61"><table:table-cell '
            'table:number-columns-repeated="16384" office:value-type="float" office:value="2"/>'
            "</table:table-row>",
        )
    ),
    "ods: a number 530,000 times down": lambda: ods(
        (
            '<table:table-row table:number-rows-repeated="530000"><table:table-cell '
            'office:value-type="float" office:value="2"/></table:table-row>',
        )
    ),
    "ods: 100,000 merged ranges": lambda: ods(
        _ods_rows(
            lambda _: (
                '<table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell/>'
            ),
            99_000,
            1,
        )
    ),
    "ods: drop-downs": lambda: ods(
        _ods_rows(lambda i: f'<table:table-cell table:content-validation-name="v{i}"/>', 1_000_000),
        (
            "<table:content-validations>",
            *(
                f'<table:content-validation table:name="v{i}" '
                f'table:condition="cell-content-is-in-list(&quot;{i}&quot;)"/>'
                for i in range(1_000_000)
            ),
            "</table:content-validations>",
        ),
    ),
    "ods: formulas": lambda: ods(
        _ods_rows(
            lambda i: (
                f'<table:table-cell table:formula="of:={i}+1" office:value-type="float" '
                'office:value="2"/>'
            ),
            500_000,
        )
    ),
    "ods: styles": lambda: ods(
        (),
        (),
        (
            f'<style:style style:name="s{i}"><style:table-properties table:display="false"/>'
            "</style:style>"
            for i in range(2_400_000)
        ),
    ),
    "ods: spaces": lambda: ods(
        _ods_rows(
            lambda _: (
                '<table:table-cell><text:p>a<text:s text:c="32767"/>b</text:p></table:table-cell>'
            ),
            100_000,
        )
    ),
    "ods: spans of text": lambda: ods(
        _ods_rows(
            lambda i: (
                f"<table:table-cell><text:p>{'<text:span>a</text:span>' * 50}{i}</text:p>"
                "</table:table-cell>"
            ),
            150_000,
        )
    ),
    "ods: notes": lambda: ods(
        _ods_rows(
            lambda i: (
                f"<table:table-cell><office:annotation><text:p>{i}</text:p></office:annotation>"
                "</table:table-cell>"
            ),
            1_500_000,
        )
    ),
    "xls: 1 M numbers": lambda: xls(_xls_numbers(3_960, 250)),
    "xls: 8 M numbers": lambda: xls(_xls_numbers(32_000, 250)),
    "xls: a long text 900,000 times": lambda: _xls_shared(900_000),
    "xls: texts": lambda: xls(_xls_texts(950_000)),
}
