"""Tell what a file is from its content, and refuse by name what is not a workbook."""

from __future__ import annotations

import re
import struct
from enum import StrEnum

from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import Task
from maturity.reading.package import Package
from maturity.reading.xml_parts import Attributes, PartHandler

__all__ = ["Kind", "recognise", "recognise_package"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER_BYTES = 512
_LOCK_BYTES = 165
# The first bytes of files that people send by mistake.
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x1f\x8b": "a compressed archive",
    b"\x00\x05\x16\x07": "a Mac's note about a file (its name starts with ._), not the file",
    b"\x00\x05\x16\x00": "a Mac's note about a file (its name starts with ._), not the file",
    b"PAR1": "a Parquet table",
    b"SQLite format 3": "a database",
}
_MARKUP = {
    b"<html": "a web page",
    b"<!doctype html": "a web page",
    b"urn:schemas-microsoft-com:office:spreadsheet": "an Excel 2003 XML spreadsheet",
    b"office:document": "a flat OpenDocument file",
    b"<table": "a web page",
    b"<script": "a web page",
    b"<?xml": "an XML document",
}
_OLE_STREAMS = {
    "EncryptedPackage": "password",
    "EncryptionInfo": "password",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "a Word document",
    "PowerPoint Document": "a PowerPoint presentation",
    "__properties_version1.0": "an e-mail message (perhaps with the workbook attached)",
}
_FOLDERS = {
    "word/": "a Word document",
    "ppt/": "a PowerPoint presentation",
    "visio/": "a Visio drawing",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_USUAL_START = "xl/workbook.xml"
_USUAL_BINARY_START = "xl/workbook.bin"
_CONTENT_TYPES = "[Content_Types].xml"
_OVERRIDE = "http://schemas.openxmlformats.org/package/2006/content-types Override"
_SPREADSHEET_MAIN = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml\.(?:sheet|template)"
    r"|ms-excel\.(?:sheet|template|addin)\.macroenabled)\.main\+xml"
)
_BINARY_MAIN = "application/vnd.ms-excel.sheet.binary.macroenabled.main"
_OTHER_MAINS = {
    "wordprocessingml": "a Word document",
    "presentationml": "a PowerPoint presentation",
}


class Kind(StrEnum):
    """What a file that may be a workbook is."""

    ZIP = "zip"
    XLS = "xls"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"


def recognise(data: bytes, task: Task) -> Kind:
    """Tell whether a file is a container or an old workbook.

    Raises:
        WorkbookError: when it is neither; it says what the file is.
    """
    error = task.findings.error
    if not data:
        raise error(
            IssueCode.FILE_EMPTY,
            "The file is empty (0 bytes).",
            "Save the workbook again and send that; a copy that was still uploading looks so.",
        )
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return Kind.ZIP
    if data.startswith(_OLE):
        return _recognise_ole(data, task)
    if len(data) == _LOCK_BYTES and 0 < data[0] <= 54 and data[54:55] in (b" ", b"\0"):
        raise error(
            IssueCode.FILE_LOCK,
            "This is not a workbook but the mark that Excel leaves beside one that is open.",
            "Leave it out; the workbook has the same name without ~$ in front.",
        )
    if _is_old_stream(data):
        return Kind.XLS
    raise _not_workbook(_describe(data), task)


def _recognise_ole(data: bytes, task: Task) -> Kind:
    """Tell what an OLE file is by the names in its directory, whose entries are 128 bytes apart."""
    damaged = task.findings.damaged("The file looks like an old Excel workbook but is damaged.")
    # Its header counts the sectors of its allocation table; there cannot be more than bytes.
    if len(data) < _OLE_HEADER_BYTES or struct.unpack_from("<L", data, 44)[0] * 512 > len(data):
        raise damaged
    for name, kind in _OLE_STREAMS.items():
        # Such names are the same in either case, and some programs write capitals.
        if not (_has_ole_stream(data, name) or _has_ole_stream(data, name.upper())):
            continue
        if kind == "xls":
            return Kind.XLS
        if kind == "password":
            raise task.findings.error(
                IssueCode.FILE_PASSWORD,
                "The workbook is protected with a password (or marked read-only in a way that "
                "encrypts it), so it cannot be read.",
                "Open it in Excel, remove the password under File > Info > Protect Workbook, save "
                "it and send that.",
            )
        raise _not_workbook(kind, task)
    raise damaged


def _has_ole_stream(data: bytes, name: str) -> bool:
    entry = (name + "\0").encode("utf-16-le")
    position = data.find(entry)
    while position >= 0:
        length = data[position + 64 : position + 66]
        if position % 128 == 0 and length == struct.pack("<H", len(entry)):
            return True
        position = data.find(entry, position + 1)
    return False


def _is_old_stream(data: bytes) -> bool:
    """Tell whether this is a workbook of Excel 2 to 5 without a container around it."""
    return data[:4] in (
        b"\x09\x00\x04\x00",
        b"\x09\x02\x06\x00",
        b"\x09\x04\x06\x00",
        b"\x09\x08\x08\x00",
    )


def _describe(data: bytes) -> str:
    for signature, description in _SIGNATURES.items():
        if data.startswith(signature):
            return description
    head = data[:4096]
    if not head.strip(b"\0"):
        return "a file of zeros, such as a copy that was not finished"
    text = head.replace(b"\0", b"").lower()
    if text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        for mark, description in _MARKUP.items():
            if mark in text:
                return description
        return "a web page or other text with markup"
    if b"mime-version:" in text:
        return "an e-mail or web archive"
    if _is_text(head):
        return "a text or CSV file"
    return "not a file that any spreadsheet program writes"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def _not_workbook(what: str, task: Task) -> WorkbookError:
    return task.findings.error(
        IssueCode.FILE_NOT_WORKBOOK,
        f"This is not an Excel workbook but {what}."
        if not what.startswith("not ")
        else f"This is not an Excel workbook; it is {what}.",
        "Open the workbook itself in Excel and save it as .xlsx, then send that."
        if what != "a web page"
        else "Download the workbook again: a page that asks to sign in was saved in its place.",
    )


class _ContentTypes(PartHandler):
    """Gather the main parts that are declared, each with its type."""

    def __init__(self, task: Task) -> None:
        super().__init__(task, _CONTENT_TYPES)
        self.mains: dict[str, str] = {}

    def opened(self, name: str, attributes: Attributes) -> None:
        """Act on an element's start."""
        kind = attributes.get("ContentType", "")
        if "main" in kind and name == _OVERRIDE:
            part = attributes.get("PartName", "").replace("\\", "/").lstrip("/")
            self.mains.setdefault(kind.lower(), part)


def recognise_package(package: Package, task: Task) -> tuple[Kind, str]:
    """Tell what a zip container holds.

    Returns:
        The kind of workbook, and the part to start from.

    Raises:
        WorkbookError: when it holds no workbook; it says what it holds.
    """
    if "mimetype" in package and "content.xml" in package:
        return _recognise_open_document(package, task)
    if _CONTENT_TYPES not in package:
        raise _without_types(package, task)
    other = None if _USUAL_START in package else _other_document(package)
    if other is not None:
        raise _not_workbook(other, task)
    return _main_part(package, task)


def _main_part(package: Package, task: Task) -> tuple[Kind, str]:
    """Find the part to start from by what the list of types says."""
    types = _ContentTypes(task)
    types.read(package)
    for kind, part in types.mains.items():
        if _SPREADSHEET_MAIN.fullmatch(kind) and part in package:
            return Kind.XLSX, part
        if kind == _BINARY_MAIN and part in package:
            return Kind.XLSB, part
    for kind in types.mains:
        for word, description in _OTHER_MAINS.items():
            if word in kind:
                raise _not_workbook(description, task)
    if _USUAL_START in package:
        # Some writers declare the type by extension only; Excel reads such files.
        return Kind.XLSX, _USUAL_START
    if _USUAL_BINARY_START in package:
        # Excel itself declares this type by extension only.
        return Kind.XLSB, _USUAL_BINARY_START
    raise task.findings.damaged("The workbook is damaged: the list of its sheets is missing.")


def _other_document(package: Package) -> str | None:
    """Name the document of another kind that a container holds, by its folders."""
    for name in package.names():
        for folder, description in _FOLDERS.items():
            if name.startswith(folder):
                return description
    return None


def _without_types(package: Package, task: Task) -> WorkbookError:
    names = list(package.names())
    if any(name.startswith("xl/") for name in names):
        return task.findings.damaged("The workbook is damaged: the list of its parts is missing.")
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        return _not_workbook("a document of Apple Numbers, Pages or Keynote", task)
    if any(name.endswith((".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")) for name in names):
        return _not_workbook("a zip archive with workbooks inside", task)
    return _not_workbook(_other_document(package) or "a zip archive", task)


def _recognise_open_document(package: Package, task: Task) -> tuple[Kind, str]:
    mimetype = package.read("mimetype")[:200].decode("ascii", "replace").strip()
    if mimetype.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
        return Kind.ODS, "content.xml"
    kind = mimetype.removeprefix(_OPEN_DOCUMENT)
    raise _not_workbook(f"an OpenDocument file of another kind ({kind[:40]})", task)
