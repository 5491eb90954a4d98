"""Pack workbooks part by part, so that a test can say exactly what stands in the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from maturity.reading.grid import read_workbook
from maturity.sheets import Sheet, Workbook

__all__ = [
    "MAIN",
    "good_parts",
    "ods",
    "ods_sheet",
    "pack",
    "rows",
    "xlsx",
    "xlsx_book",
    "xlsx_sheet",
]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f"{_DECLARATION}"
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def pack(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts into a zip container."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def _links(entries: Sequence[tuple[str, str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="{name}" Type="{LINK}/{kind}" Target="{target}"/>'
        for name, kind, target in entries
    )
    return f'{_DECLARATION}<Relationships xmlns="{LINKS}">{body}</Relationships>'


def good_parts(
    *sheets: str,
    strings: str | None = None,
    formats: Sequence[str] = ("General",),
    properties: str = "",
    more: str = "",
) -> dict[str, str | bytes]:
    """Write the parts of a workbook.

    Args:
        *sheets: the content of each worksheet element, or of its sheetData when it begins with a
            row.
        strings: the items of the shared texts.
        formats: number formats; style 0 has the first.
        properties: the attributes of workbookPr.
        more: what stands behind the sheets in the workbook part.
    """
    names = [f"Sheet{number}" for number, _ in enumerate(sheets, start=1)]
    entries = [
        (f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        for number, _ in enumerate(sheets, start=1)
    ]
    entries.append(("rIdS", "styles", "styles.xml"))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{200 + index}" formatCode="{code}"/>'
        for index, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + index}"/>' for index, _ in enumerate(formats))
    parts: dict[str, str | bytes] = {"[Content_Types].xml": _TYPES}
    if strings is not None:
        entries.append(("rIdT", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'{_DECLARATION}<sst xmlns="{MAIN}">{strings}</sst>'
    parts |= {
        "xl/workbook.xml": f'{_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{LINK}">'
        f"<workbookPr {properties}/><sheets>{listed}</sheets>{more}</workbook>",
        "xl/_rels/workbook.xml.rels": _links(entries),
        "xl/styles.xml": f'{_DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>",
    }
    for number, content in enumerate(sheets, start=1):
        body = content
        if content.startswith("<row") or not content:
            body = f"<sheetData>{content}</sheetData>"
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{_DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{LINK}">{body}</worksheet>'
        )
    return parts


def xlsx(*sheets: str, **options: object) -> bytes:
    """Pack a workbook; see `good_parts`."""
    return pack(good_parts(*sheets, **options))  # type: ignore[arg-type] # checked by good_parts


def xlsx_book(*sheets: str, **options: object) -> Workbook:
    """Pack a workbook and read it back."""
    return read_workbook(xlsx(*sheets, **options), name="book.xlsx")


def xlsx_sheet(content: str, **options: object) -> Sheet:
    """Pack a workbook of one sheet and read that sheet back."""
    return xlsx_book(content, **options).sheets[0]


def rows(sheet: Sheet) -> dict[str, str]:
    """Give the cells of a sheet as name → raw text."""
    from maturity.sheets import cell_name

    return {
        cell_name(row, column): cell.raw
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
    }


_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{word}:1.0"'
    for prefix, word in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
    }.items()
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(spreadsheet: str, *, styles: str = "", extra: Mapping[str, str | bytes] = {}) -> bytes:
    """Pack an OpenDocument spreadsheet from the content of its office:spreadsheet element."""
    content = (
        f"{_DECLARATION}<office:document-content {_ODS_NAMES} {_CALC}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{spreadsheet}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return pack({"mimetype": mimetype, "content.xml": content, **extra})


def ods_sheet(table: str) -> Sheet:
    """Pack a spreadsheet of one table and read that sheet back."""
    return read_workbook(ods(f'<table:table table:name="S">{table}</table:table>')).sheets[0]
