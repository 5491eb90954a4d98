"""Make workbooks that ask as much as the default limits allow, each in another way.

All of them are completed templates of the rubric `local-partnership` with something added, so that
they can be scored, drafted from and checked against that rubric as well.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import maturity
from maturity.sheets import column_letters
from maturity.testing import completed_template

__all__ = ["MAKERS", "RUBRIC"]

RUBRIC = "local-partnership"
_SHEET = "xl/worksheets/sheet3.xml"  # the first with criteria
_TEXTS = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_FIRST = 101  # the first row that is added
_MEBIBYTE = 1024 * 1024
_CHUNK = 2_000
_HIDDEN = ' hidden="1"'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

# Each a part, the text before which something is added to it, and what.
Added = tuple[str, str, Iterable[str]]


def _long(number: int, length: int, filler: str = "x") -> str:
    """Make a long text that is packed no better than the limits allow."""
    pieces = (f"{number * 7919 + k * 104_729:x}{filler * 60}" for k in range(length // 66 + 1))
    return "".join(pieces)[:length]


def _template() -> dict[str, bytes]:
    data = completed_template(maturity.load_rubric(RUBRIC), {})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xlsx(*added: Added, parts: Mapping[str, Iterable[str]] | None = None) -> bytes:
    """Pack a completed template with something added to its parts, in order, and more parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as package:
        for name, content in _template().items():
            _write(package, name, _with_added(content, [each for each in added if each[0] == name]))
        for name, pieces in (parts or {}).items():
            _write(package, name, pieces_of(pieces))
    return target.getvalue()


def _with_added(content: bytes, added: list[Added]) -> Iterator[bytes]:
    done = 0
    for _, marker, pieces in added:
        place = content.rindex(marker.encode())
        yield content[done:place]
        yield from pieces_of(pieces)
        done = place
    yield content[done:]


def pieces_of(texts: Iterable[str]) -> Iterator[bytes]:
    """Join texts by the thousand: writing each by itself takes long."""
    held: list[str] = []
    for text in texts:
        held.append(text)
        if len(held) >= _CHUNK or len(text) > _MEBIBYTE:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


def _write(package: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with package.open(name, "w") as member:
        for piece in pieces:
            member.write(piece)


def _rows(count: int, columns: int, cell: Callable[[str, int], str]) -> Iterator[str]:
    """Write rows of so many cells in all; a cell is made from its name and its number."""
    letters = [column_letters(column + 1) for column in range(columns)]
    for row in range(count // columns):
        number, at = _FIRST + row, row * columns
        cells = "".join(cell(f"{each}{number}", at + i) for i, each in enumerate(letters))
        yield f'<row r="{number}">{cells}</row>'


def _cells(cell: Callable[[str, int], str], count: int = 990_000, columns: int = 50) -> bytes:
    return xlsx((_SHEET, "</sheetData>", _rows(count, columns, cell)))


def _with_texts(item: Callable[[int], str], count: int, users: int = 0) -> bytes:
    """Add shared texts, and cells that use them."""
    rows = _rows(users, 50, lambda name, i: f'<c r="{name}" t="s"><v>{i % count + 300}</v></c>')
    texts = (item(index) for index in range(count))
    return xlsx((_TEXTS, "</sst>", texts), (_SHEET, "</sheetData>", rows))


def _behind_rows(pieces: Iterable[str]) -> bytes:
    return xlsx((_SHEET, "<pageMargins", pieces))


def _merged(references: Iterable[str], rows: Iterable[str] = ()) -> bytes:
    merges = (f'<mergeCell ref="{each}"/>' for each in references)
    pieces = ("<mergeCells>", *merges, "</mergeCells>")
    return xlsx((_SHEET, "</sheetData>", rows), (_SHEET, "<pageMargins", pieces))


def _notes(count: int, length: int) -> bytes:
    """Add notes to the first sheet with criteria."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    notes = (
        f'<comment ref="{column_letters(index % 50 + 1)}{index // 50 + _FIRST}"><text><t>{index}'
        f"{_long(index, length)}</t></text></comment>"
        for index in range(count)
    )
    links = (
        f'<Relationships xmlns="{_LINKS}"><Relationship Id="r1" Type="{_LINK}/comments" '
        'Target="../comments1.xml"/></Relationships>'
    )
    comments = (f'<comments xmlns="{main}"><commentList>', *notes, "</commentList></comments>")
    return xlsx(
        parts={"xl/comments1.xml": comments, "xl/worksheets/_rels/sheet3.xml.rels": (links,)}
    )


def _sheets(count: int) -> bytes:
    """Add sheets, each a copy of one with criteria, under another name."""
    content = _template()[_SHEET].decode()
    listed = (
        f'<sheet name="Copy {index}" sheetId="{index + 100}" r:id="rX{index}"/>'
        for index in range(count)
    )
    links = (
        f'<Relationship Id="rX{index}" Type="{_LINK}/worksheet" Target="worksheets/x{index}.xml"/>'
        for index in range(count)
    )
    return xlsx(
        (_BOOK, "</sheets>", listed),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", links),
        parts={f"xl/worksheets/x{index}.xml": (content,) for index in range(count)},
    )


def _names(count: int, formula: str) -> bytes:
    names = (
        f'<definedName name="n{index}">{formula}{index + 1}</definedName>' for index in range(count)
    )
    return xlsx((_BOOK, "</definedNames>", names))


def _formats(count: int, code: str, length: int = 0) -> bytes:
    """Add number formats and as many styles that use them."""
    formats = (
        f'<numFmt numFmtId="{index + 300}" formatCode="{code}{index}{_long(index, length)}"/>'
        for index in range(count)
    )
    styles = (f'<xf numFmtId="{index + 300}"/>' for index in range(count))
    pieces = ("<numFmts>", *formats, "</numFmts><cellXfs>", *styles, "</cellXfs>")
    return xlsx((_STYLES, "<cellXfs", pieces))


def _lists(count: int, references: int) -> bytes:
    """Add drop-down lists, each on so many ranges."""
    lists = (
        '<dataValidation type="list" sqref="'
        + " ".join(f"D{(index * references + k) % 900_000 + 101}" for k in range(references))
        + f'"><formula1>"1,2,{index}"</formula1></dataValidation>'
        for index in range(count)
    )
    return _behind_rows(("<dataValidations>", *lists, "</dataValidations>"))


def _attributes(element: str, attributes: int, count: int) -> Iterator[str]:
    named = "".join(f' a{index}=""' for index in range(attributes))
    return (f"<{element}{named}/>" for _ in range(count))


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
    return f'<table:table-cell office:value-type="string"><text:p>t {value}</text:p></table:table-cell>'


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
    header = struct.pack("<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 16, 0x3E, 3,
                         0xFFFE, 9, 6, b"\0" * 6, 0, tables, data, 0, 4096, last, 0,
                         first_list if lists else last, lists)  # fmt: skip
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
        "<64sHBBIII36sIII", written, len(written) + 2 if name else 0, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF,
        child, b"\0" * 36, start, size, 0,
    )  # fmt: skip


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


def _number(name: str, i: int) -> str:
    return f'<c r="{name}"><v>{i}.5</v></c>'


def _general(name: str, i: int) -> str:
    return f"<c r='{name}'><v>{i}.5</v></c>"


MAKERS: Mapping[str, Callable[[], bytes]] = {
    "5 M blank cells": partial(_cells, lambda name, _: f'<c r="{name}" s="1"/>', 4_990_000),
    "5 M blank cells without names": partial(_cells, lambda *_: '<c s="1"/>', 4_990_000),
    "5 M blank cells, many attributes": partial(
        _cells, lambda name, _: f'<c r="{name}" s="1" cm="0" vm="0" ph="0" a="0" b="0" d="0"/>',
        4_990_000,
    ),
    "1 M numbers": partial(_cells, _number),
    "1 M numbers, equal": partial(_cells, lambda name, _: f'<c r="{name}"><v>3</v></c>'),
    "1 M numbers, equal, general way": partial(
        _cells, lambda name, _: f"<c r='{name}'><v>3</v></c>"
    ),
    "1 M numbers, one a row": partial(_cells, _number, 990_000, 1),
    "250,000 rows of one number": partial(_cells, lambda name, _: f'<c r="{name}"><v>3</v></c>',
                                          400_000, 1),
    "500,000 numbers, general way": partial(_cells, _general, 500_000),
    "dates": partial(_cells, lambda name, i: f'<c r="{name}" t="d"><v>2024-01-01T00:00:{i % 60}.{i}</v></c>'),
    "1 M equal texts in place": partial(
        _cells, lambda name, _: f'<c r="{name}" t="inlineStr"><is><t>Developing</t></is></c>'
    ),
    "texts in place": partial(
        _cells, lambda name, i: f'<c r="{name}" t="inlineStr"><is><t>Text {i}</t></is></c>', 450_000
    ),
    "texts in place, of runs": partial(
        _cells,
        lambda name, i: f'<c r="{name}" t="inlineStr"><is><r><t>Text</t></r><r><t>{i}</t></r></is></c>',
        450_000,
    ),
    "1 M shared texts used, 400,000 different": partial(
        _with_texts, lambda i: f"<si><t>Text {i}</t></si>", 400_000, 990_000
    ),
    "shared texts of runs": partial(
        _with_texts, lambda i: f"<si><r><t>Text</t></r><r><t>{i}</t></r></si>", 900_000
    ),
    "shared texts, 80 MB": partial(_with_texts, lambda i: f"<si><t>{i} {_long(i, 30_000)}</t></si>", 2_600),
    "shared texts, 80 MB of €": partial(_with_texts, lambda i: f"<si><t>{i} {_long(i, 30_000, '€')}</t></si>", 2_600),
    "shared texts, 450 MB of &amp;": partial(
        _with_texts, lambda i: f"<si><t>{i} {'&amp;&#8364;' * 3_000}</t></si>", 13_000
    ),
    "phonetic guides, 400 MB": partial(
        _with_texts, lambda i: f"<si><rPh><t>{i} {_long(i, 30_000)}</t></rPh></si>", 13_000
    ),
    "long texts in place, 400 MB": partial(
        _cells,
        lambda name, i: f'<c r="{name}" t="inlineStr"><is><t>{_long(i, 8_000)}</t></is></c>', 50_000
    ),
    "1 M formulas with results": partial(
        _cells, lambda name, i: f'<c r="{name}"><f>A{i}+1</f><v>{i % 5}</v></c>'
    ),
    "500,000 formulas, different results": partial(
        _cells, lambda name, i: f'<c r="{name}"><f>A{i}+1</f><v>{i}</v></c>', 500_000
    ),
    "long formulas, 400 MB": partial(
        _cells, lambda name, i: f'<c r="{name}"><f>{i}+{_long(i, 7_000, "SUM(A1)+")}1</f><v>1</v></c>', 55_000
    ),
    "1 M formulas without results": partial(
        _cells, lambda name, _: f'<c r="{name}"><f>A1+1</f></c>'
    ),
    "1 M errors": partial(_cells, lambda name, _: f'<c r="{name}" t="e"><v>#N/A</v></c>'),
    "1 M bad cells": partial(_cells, lambda name, _: f'<c r="{name}" t="b"><v>perhaps</v></c>'),
    "1 M cells twice": partial(_cells, lambda _, i: f'<c r="A101"><v>{i % 9}</v></c>'),
    "rows by the million, formatted only": lambda: xlsx(
        (_SHEET, "</sheetData>", (f'<row r="{row}" ht="15" customHeight="1"/>'
                                   for row in range(_FIRST, 1_048_577)))
    ),
    "rows by the million, every other hidden": lambda: xlsx(
        (_SHEET, "</sheetData>", (f'<row r="{row}" ht="15"{_HIDDEN * (row % 2)}/>'
                                   for row in range(_FIRST, 1_048_577)))
    ),
    "100,000 merged ranges": partial(_merged, (f"A{2 * row + 101}:B{2 * row + 102}" for row in range(99_900))),
    "100,000 merged ranges over numbers": lambda: _merged(
        (f"{column_letters(2 * c + 1)}{r + 101}:{column_letters(2 * c + 2)}{r + 101}"
         for r in range(1_990) for c in range(50)),
        _rows(199_000, 100, lambda name, i: f'<c r="{name}"><v>{i % 5}</v></c>'),
    ),
    "16,000 merged columns": lambda: _merged(
        f"{column_letters(c)}101:{column_letters(c)}1000000" for c in range(20, 16_384)
    ),
    "1,000 sheets with criteria": partial(_sheets, 1_000),
    "128 attributes an element, beside rows": lambda: _behind_rows(_attributes("x", 128, 70_000)),
    "128 attributes a cell": lambda: _cells(
        lambda name, _: f'<c r="{name}"{"".join(f" a{i}={chr(34)*2}" for i in range(128))}/>', 550_000
    ),
    "256 attributes a row": lambda: xlsx((_SHEET, "</sheetData>", (
        f'<row r="{row}"{"".join(f" a{i}={chr(34)*2}" for i in range(250))}/>'
        for row in range(_FIRST, 270_000)))),
    "depth of 60": lambda: _behind_rows(f"{'<x>' * 58}{'</x>' * 58}" for _ in range(80_000)),
    "deep cells": lambda: _cells(lambda name, _: f"<c r='{name}'>{'<x>' * 58}{'</x>' * 58}</c>", 80_000),
    "foreign elements in cells": lambda: _cells(
        lambda name, _: f"<c r='{name}'>{'<x/>' * 100}</c>", 95_000),
    "conditional formats": lambda: _behind_rows(
        f'<conditionalFormatting sqref="A{i}"><cfRule type="cellIs" priority="{i}"><formula>{i}'
        "</formula></cfRule></conditionalFormatting>" for i in range(1, 1_500_000)),
    "hyperlinks": lambda: _behind_rows(("<hyperlinks>", *(
        f'<hyperlink ref="A{i}" location="x"/>' for i in range(1, 2_000_000)), "</hyperlinks>")),
    "comments of XML, 450 MB": lambda: _behind_rows(f"<!-- {i} {'x' * 4_000} -->" for i in range(110_000)),
    "short comments of XML": lambda: _behind_rows(f"<!--{i}-->" for i in range(20_000_000)),
    "instructions of XML": lambda: _behind_rows(f"<?x {i}?>" for i in range(20_000_000)),
    "white space, 450 MB": lambda: _behind_rows(f"{' ' * 4_000}{i}" for i in range(110_000)),
    "marked text, 450 MB": lambda: _behind_rows(f"<![CDATA[{i}]]>&amp;" for i in range(20_000_000)),
    "columns described by the million": lambda: xlsx((_SHEET, "<sheetData>", ("<cols>", *(
        f'<col min="{i % 16_000 + 1}" max="{i % 16_000 + 1}" hidden="1"/>' for i in range(2_000_000)),
        "</cols>"))),
    "100,000 notes": partial(_notes, 100_000, 20),
    "2 M notes": partial(_notes, 2_400_000, 0),
    "long notes, 400 MB": partial(_notes, 13_000, 30_000),
    "100,000 drop-downs": partial(_lists, 100_000, 1),
    "2 M drop-downs": partial(_lists, 1_900_000, 1),
    "drop-downs on 5 M ranges": partial(_lists, 100, 50_000),
    "100,000 names": partial(_names, 100_000, "'LG Leadership and governance'!$A$"),
    "3 M names": partial(_names, 3_000_000, "A"),
    "100,000 number formats": partial(_formats, 100_000, "yyyy-mm-dd;@"),
    "2 M number formats": partial(_formats, 2_400_000, "0."),
    "long number formats, 400 MB": partial(_formats, 13_000, "0", 30_000),
    "ods: 5 M blank cells": lambda: ods(_ods_rows(
        lambda _: '<table:table-cell table:style-name="c"/>', 4_990_000)),
    "ods: 1 M numbers": lambda: ods(_ods_rows(_ods_cell, 990_000)),
    "ods: 450,000 numbers": lambda: ods(_ods_rows(_ods_cell, 450_000)),
    "ods: texts": lambda: ods(_ods_rows(_ods_text, 450_000)),
    "ods: a number 1 M times": lambda: ods((
        '<table:table-row table:number-rows-repeated="61"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="float" office:value="2"/>'
        "</table:table-row>",)),
    "ods: a number 900,000 times down": lambda: ods((
        '<table:table-row table:number-rows-repeated="900000"><table:table-cell '
        'office:value-type="float" office:value="2"/></table:table-row>',)),
    "ods: 100,000 merged ranges": lambda: ods(_ods_rows(
        lambda _: '<table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell/>',
        99_000, 1)),
    "ods: drop-downs": lambda: ods(
        _ods_rows(lambda i: f'<table:table-cell table:content-validation-name="v{i}"/>', 1_000_000),
        ("<table:content-validations>", *(
            f'<table:content-validation table:name="v{i}" table:condition="cell-content-is-in-list'
            f'(&quot;{i}&quot;)"/>' for i in range(1_000_000)), "</table:content-validations>")),
    "ods: formulas": lambda: ods(_ods_rows(
        lambda i: f'<table:table-cell table:formula="of:={i}+1" office:value-type="float" '
        'office:value="2"/>', 500_000)),
    "ods: styles": lambda: ods((), (), (
        f'<style:style style:name="s{i}"><style:table-properties table:display="false"/></style:style>'
        for i in range(2_400_000))),
    "ods: spaces": lambda: ods(_ods_rows(
        lambda _: '<table:table-cell><text:p>a<text:s text:c="32767"/>b</text:p></table:table-cell>',
        100_000)),
    "ods: spans of text": lambda: ods(_ods_rows(
        lambda i: f"<table:table-cell><text:p>{'<text:span>a</text:span>' * 50}{i}</text:p>"
        "</table:table-cell>", 150_000)),
    "ods: notes": lambda: ods(_ods_rows(
        lambda i: f"<table:table-cell><office:annotation><text:p>{i}</text:p></office:annotation>"
        "</table:table-cell>", 1_500_000)),
    "xls: 1 M numbers": lambda: xls(_xls_numbers(3_960, 250)),
    "xls: 8 M numbers": lambda: xls(_xls_numbers(32_000, 250)),
    "xls: a long text 900,000 times": lambda: _xls_shared(900_000),
    "xls: texts": lambda: xls(_xls_texts(950_000)),
}  # fmt: skip
