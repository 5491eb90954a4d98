"""Make workbooks that ask as much as the default limits allow, each in another way.

All of them are completed templates of the rubric `local-partnership` with something added, so that
they can be scored, drafted from and checked against that rubric as well.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

from worst_others import OTHERS, pieces_of

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
    return (f"<{element}{_named(attributes)}/>" for _ in range(count))


@cache
def _named(attributes: int) -> str:
    return "".join(f' a{index}=""' for index in range(attributes))


def _number(name: str, i: int) -> str:
    return f'<c r="{name}"><v>{i}.5</v></c>'


def _general(name: str, i: int) -> str:
    return f"<c r='{name}'><v>{i}.5</v></c>"


MAKERS: Mapping[str, Callable[[], bytes]] = {
    "5 M blank cells": partial(_cells, lambda name, _: f'<c r="{name}" s="1"/>', 4_990_000),
    "5 M blank cells without names": partial(_cells, lambda *_: '<c s="1"/>', 4_990_000),
    "5 M blank cells, many attributes": partial(
        _cells,
        lambda name, _: f'<c r="{name}" s="1" cm="0" vm="0" ph="0" a="0" b="0" d="0"/>',
        4_990_000,
    ),
    "1 M numbers": partial(_cells, _number),
    "1 M numbers, equal": partial(_cells, lambda name, _: f'<c r="{name}"><v>3</v></c>'),
    "1 M numbers, equal, general way": partial(
        _cells, lambda name, _: f"<c r='{name}'><v>3</v></c>"
    ),
    "1 M numbers, one a row": partial(_cells, _number, 990_000, 1),
    "250,000 rows of one number": partial(
        _cells, lambda name, _: f'<c r="{name}"><v>3</v></c>', 400_000, 1
    ),
    "500,000 numbers, general way": partial(_cells, _general, 500_000),
    "dates": partial(
        _cells, lambda name, i: f'<c r="{name}" t="d"><v>2024-01-01T00:00:{i % 60}.{i}</v></c>'
    ),
    "1 M equal texts in place": partial(
        _cells, lambda name, _: f'<c r="{name}" t="inlineStr"><is><t>Developing</t></is></c>'
    ),
    "texts in place": partial(
        _cells, lambda name, i: f'<c r="{name}" t="inlineStr"><is><t>Text {i}</t></is></c>', 450_000
    ),
    "texts in place, of runs": partial(
        _cells,
        lambda name, i: (
            f'<c r="{name}" t="inlineStr"><is><r><t>Text</t></r><r><t>{i}</t></r></is></c>'
        ),
        450_000,
    ),
    "1 M shared texts used, 400,000 different": partial(
        _with_texts, lambda i: f"<si><t>Text {i}</t></si>", 400_000, 990_000
    ),
    "shared texts of runs": partial(
        _with_texts, lambda i: f"<si><r><t>Text</t></r><r><t>{i}</t></r></si>", 900_000
    ),
    "shared texts, 80 MB": partial(
        _with_texts, lambda i: f"<si><t>{i} {_long(i, 30_000)}</t></si>", 2_600
    ),
    "shared texts, 80 MB of €": partial(
        _with_texts, lambda i: f"<si><t>{i} {_long(i, 30_000, '€')}</t></si>", 2_600
    ),
    "shared texts, 450 MB of &amp;": partial(
        _with_texts, lambda i: f"<si><t>{i} {'&amp;&#8364;' * 3_000}</t></si>", 13_000
    ),
    "phonetic guides, 400 MB": partial(
        _with_texts, lambda i: f"<si><rPh><t>{i} {_long(i, 30_000)}</t></rPh></si>", 13_000
    ),
    "long texts in place, 400 MB": partial(
        _cells,
        lambda name, i: f'<c r="{name}" t="inlineStr"><is><t>{_long(i, 8_000)}</t></is></c>',
        50_000,
    ),
    "1 M formulas with results": partial(
        _cells, lambda name, i: f'<c r="{name}"><f>A{i}+1</f><v>{i % 5}</v></c>'
    ),
    "500,000 formulas, different results": partial(
        _cells, lambda name, i: f'<c r="{name}"><f>A{i}+1</f><v>{i}</v></c>', 500_000
    ),
    "long formulas, 400 MB": partial(
        _cells,
        lambda name, i: f'<c r="{name}"><f>{i}+{_long(i, 7_000, "SUM(A1)+")}1</f><v>1</v></c>',
        55_000,
    ),
    "1 M formulas without results": partial(
        _cells, lambda name, _: f'<c r="{name}"><f>A1+1</f></c>'
    ),
    "1 M errors": partial(_cells, lambda name, _: f'<c r="{name}" t="e"><v>#N/A</v></c>'),
    "1 M bad cells": partial(_cells, lambda name, _: f'<c r="{name}" t="b"><v>perhaps</v></c>'),
    "1 M cells twice": partial(_cells, lambda _, i: f'<c r="A101"><v>{i % 9}</v></c>'),
    "rows by the million, formatted only": lambda: xlsx(
        (
            _SHEET,
            "</sheetData>",
            (f'<row r="{row}" ht="15" customHeight="1"/>' for row in range(_FIRST, 1_048_577)),
        )
    ),
    "rows by the million, every other hidden": lambda: xlsx(
        (
            _SHEET,
            "</sheetData>",
            (f'<row r="{row}" ht="15"{_HIDDEN * (row % 2)}/>' for row in range(_FIRST, 1_048_577)),
        )
    ),
    "100,000 merged ranges": partial(
        _merged, (f"A{2 * row + 101}:B{2 * row + 102}" for row in range(99_900))
    ),
    "100,000 merged ranges over numbers": lambda: _merged(
        (
            f"{column_letters(2 * c + 1)}{r + 101}:{column_letters(2 * c + 2)}{r + 101}"
            for r in range(1_990)
            for c in range(50)
        ),
        _rows(199_000, 100, lambda name, i: f'<c r="{name}"><v>{i % 5}</v></c>'),
    ),
    "16,000 merged columns": lambda: _merged(
        f"{column_letters(c)}101:{column_letters(c)}1000000" for c in range(20, 16_384)
    ),
    "1,000 sheets with criteria": partial(_sheets, 1_000),
    "128 attributes an element, beside rows": lambda: _behind_rows(_attributes("x", 128, 70_000)),
    "128 attributes a cell": lambda: _cells(
        lambda name, _: f'<c r="{name}"{"".join(f" a{i}={chr(34) * 2}" for i in range(128))}/>',
        550_000,
    ),
    "256 attributes a row": lambda: xlsx(
        (
            _SHEET,
            "</sheetData>",
            (
                f'<row r="{row}"{"".join(f" a{i}={chr(34) * 2}" for i in range(250))}/>'
                for row in range(_FIRST, 270_000)
            ),
        )
    ),
    "depth of 60": lambda: _behind_rows(f"{'<x>' * 58}{'</x>' * 58}" for _ in range(80_000)),
    "deep cells": lambda: _cells(
        lambda name, _: f"<c r='{name}'>{'<x>' * 58}{'</x>' * 58}</c>", 80_000
    ),
    "foreign elements in cells": lambda: _cells(
        lambda name, _: f"<c r='{name}'>{'<x/>' * 100}</c>", 95_000
    ),
    "conditional formats": lambda: _behind_rows(
        f'<conditionalFormatting sqref="A{i}"><cfRule type="cellIs" priority="{i}"><formula>{i}'
        "</formula></cfRule></conditionalFormatting>"
        for i in range(1, 1_500_000)
    ),
    "hyperlinks": lambda: _behind_rows(
        (
            "<hyperlinks>",
            *(f'<hyperlink ref="A{i}" location="x"/>' for i in range(1, 2_000_000)),
            "</hyperlinks>",
        )
    ),
    "comments of XML, 450 MB": lambda: _behind_rows(
        f"<!-- {i} {'x' * 4_000} -->" for i in range(110_000)
    ),
    "short comments of XML": lambda: _behind_rows(f"<!--{i}-->" for i in range(20_000_000)),
    "instructions of XML": lambda: _behind_rows(f"<?x {i}?>" for i in range(20_000_000)),
    "white space, 450 MB": lambda: _behind_rows(f"{' ' * 4_000}{i}" for i in range(110_000)),
    "marked text, 450 MB": lambda: _behind_rows(f"<![CDATA[{i}]]>&amp;" for i in range(20_000_000)),
    "columns described by the million": lambda: xlsx(
        (
            _SHEET,
            "<sheetData>",
            (
                "<cols>",
                *(
                    f'<col min="{i % 16_000 + 1}" max="{i % 16_000 + 1}" hidden="1"/>'
                    for i in range(2_000_000)
                ),
                "</cols>",
            ),
        )
    ),
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
    **OTHERS,
}
