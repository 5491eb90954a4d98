"""The door: what may come in, what is turned away, and that nothing happens beside reading."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from packed_workbooks import good_parts, ods, pack, rows, xlsx

from maturity.errors import WorkbookError
from maturity.reading.grid import Limits, read_workbook

GOOD = xlsx('<row r="1"><c r="A1"><v>2</v></c></row>')


def _refusal(data: bytes, name: str | None = None) -> tuple[str, str]:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data, name=name)
    (issue,) = caught.value.issues
    assert issue.severity.value == "error"
    return issue.code.value, issue.message


def test_path_bytes_and_open_file_give_the_same_cells(tmp_path: Path) -> None:
    """However the file comes in, the same comes out, but for its name."""
    path = tmp_path / "return.xlsx"
    path.write_bytes(GOOD)
    with path.open("rb") as file:
        books = [
            read_workbook(source) for source in (path, str(path), GOOD, file, io.BytesIO(GOOD))
        ]
    assert [book.name for book in books] == ["return.xlsx", "return.xlsx", "", "return.xlsx", ""]
    assert len({book.digest for book in books}) == 1
    assert books[0].digest == "sha256:" + hashlib.sha256(GOOD).hexdigest()
    assert all(rows(book.sheets[0]) == {"A1": "2"} for book in books)
    assert books[0].format == "xlsx"


def test_name_given_by_the_caller_comes_first(tmp_path: Path) -> None:
    """It stands in the workbook and in every message."""
    assert read_workbook(GOOD, name="Anytown.xlsx").name == "Anytown.xlsx"
    with pytest.raises(WorkbookError, match=r"^Anytown\.xlsx: "):
        read_workbook(b"", name="Anytown.xlsx")


def test_file_opened_by_number_has_no_name(tmp_path: Path) -> None:
    """Its name is a number, which says nothing."""
    path = tmp_path / "return.xlsx"
    path.write_bytes(GOOD)
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb") as file:
        assert read_workbook(file).name == ""


def test_name_that_is_no_text_can_be_written_later() -> None:
    """A name of bytes that are no text on this system does not break a report."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook("no-\udcff-such.xlsx")
    str(caught.value).encode()


def test_missing_file_folder_and_impossible_name_are_refused(tmp_path: Path) -> None:
    """Each says what is wrong."""
    for path in (tmp_path / "gone.xlsx", tmp_path, "a\0b.xlsx"):
        with pytest.raises(WorkbookError) as caught:
            read_workbook(path)
        assert caught.value.issues[0].code.value == "file-missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """Opening one would wait for a writer for ever."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(WorkbookError, match="a folder or something else"):
        read_workbook(tmp_path / "pipe.xlsx")


def test_file_open_for_text_is_a_mistake_of_the_caller() -> None:
    """That is no fault of the file."""
    with pytest.raises(TypeError, match="binary mode"):
        read_workbook(io.StringIO("text"))  # type: ignore[arg-type] # the mistake that is tested


def test_file_that_cannot_be_read_is_refused() -> None:
    """A closed file raises what the standard library raises; here it is translated."""
    file = io.BytesIO(GOOD)
    file.close()
    with pytest.raises(WorkbookError, match="could not be opened"):
        read_workbook(file)


def test_file_too_large_is_refused_however_it_comes(tmp_path: Path) -> None:
    """Its size is looked at before it is read."""
    path = tmp_path / "return.xlsx"
    path.write_bytes(GOOD)
    for source in (path, GOOD, io.BytesIO(GOOD)):
        with pytest.raises(WorkbookError) as caught:
            read_workbook(source, limits=Limits(file_bytes=len(GOOD) - 1))
        assert caught.value.issues[0].code.value == "file-too-large"
    read_workbook(path, limits=Limits(file_bytes=len(GOOD)))


def test_error_survives_pickling() -> None:
    """A worker process hands it to its parent."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(b"", name="a.xlsx")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert copy.issues == caught.value.issues


def _ole(*streams: str) -> bytes:
    """Make the start of an OLE file whose directory holds these streams."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    entries = b"".join(
        (name + "\0").encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<H", 2 * len(name) + 2).ljust(64, b"\0")
        for name in streams
    )
    return header + entries


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "file-empty", "0 bytes"),
        (b"\0" * 900, "file-not-workbook", "zeros"),
        (b"Ref,Level\nLG1,2\n", "file-not-workbook", "a text or CSV file"),
        ("Ref;Ébauche\n".encode("latin-1"), "file-not-workbook", "a text or CSV file"),
        ("Ref,Level".encode("utf-16"), "file-not-workbook", "a text or CSV file"),
        (b"  <!DOCTYPE html><p>Sign in", "file-not-workbook", "a web page"),
        (b"\xef\xbb\xbf<html>", "file-not-workbook", "a web page"),
        (b"<p>Session expired</p>", "file-not-workbook", "markup"),
        (b'<?xml version="1.0"?><a/>', "file-not-workbook", "an XML document"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "file-not-workbook", "Excel 2003 XML"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x">', "file-not-workbook",
         "flat OpenDocument"),
        (b"MIME-Version: 1.0\n", "file-not-workbook", "e-mail or web archive"),
        (b"%PDF-1.7", "file-not-workbook", "a PDF document"),
        (b"\x89PNG\r\n", "file-not-workbook", "a picture"),
        (b"\x01\x02\x03", "file-not-workbook", "not a file that any spreadsheet"),
        (b"\x00\x05\x16\x07\x00", "file-not-workbook", "a Mac's note"),
        (b"\x05alice".ljust(54) + b"\0" * 111, "file-lock", "leaves beside"),
        (_ole("EncryptionInfo", "EncryptedPackage"), "file-password", "password"),
        (_ole("WordDocument"), "file-not-workbook", "a Word document"),
        (_ole("__properties_version1.0"), "file-not-workbook", "an e-mail message"),
        (_ole("Else"), "file-damaged", "old Excel workbook"),
        (_ole()[:100], "file-damaged", "old Excel workbook"),
        (_ole()[:512] + b"x" + _ole("Workbook")[512:], "file-damaged", "old Excel workbook"),
        (b"PK\3\4" + b"x" * 90, "file-damaged", "cut short"),
        (pack({}), "file-not-workbook", "a zip archive"),
        (pack({"a.xlsx": b""}), "file-not-workbook", "a zip archive with workbooks inside"),
        (pack({"Index/Document.iwa": b""}), "file-not-workbook", "Apple Numbers"),
        (pack({"word/document.xml": b""}), "file-not-workbook", "a Word document"),
        (pack({"[Content_Types].xml": b"not XML", "word/document.xml": b""}),
         "file-not-workbook", "a Word document"),
        (pack({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b""}),
         "file-not-workbook", "a PowerPoint presentation"),
        (pack({"[Content_Types].xml":
               '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
               '<Override PartName="/d.xml" ContentType="application/vnd.openxmlformats-office'
               'document.wordprocessingml.document.main+xml"/></Types>'}),
         "file-not-workbook", "a Word document"),
        (pack({"[Content_Types].xml": b"<Types/>"}), "file-damaged", "list of its sheets"),
        (pack({"xl/workbook.xml": b""}), "file-damaged", "list of its parts"),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b""}),
         "file-not-workbook", "OpenDocument file of another kind (text)"),
    ],
)  # fmt: skip
def test_file_that_is_no_workbook_is_recognised(data: bytes, code: str, says: str) -> None:
    """What it is, is said in words that an analyst knows."""
    found, message = _refusal(data)
    assert found == code
    assert says in message


@pytest.mark.parametrize(
    "kind",
    [
        "vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        "vnd.ms-excel.sheet.macroEnabled.main+xml",
        "vnd.ms-excel.template.macroEnabled.main+xml",
        "xml",  # declared by its extension only
    ],
)
def test_templates_and_workbooks_with_macros_are_read(kind: str) -> None:
    """They hold the same cells."""
    parts = good_parts('<row r="1"><c r="A1"><v>2</v></c></row>')
    types = str(parts["[Content_Types].xml"])
    good = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert good in types
    parts["[Content_Types].xml"] = types.replace(good, kind)
    assert rows(read_workbook(pack(parts)).sheets[0]) == {"A1": "2"}


@pytest.mark.parametrize(
    ("data", "name", "is_noted"),
    [
        (GOOD, "a.xlsx", False),
        (GOOD, "A.XLSM", False),
        (GOOD, "a.xls", True),
        (GOOD, "a.csv", True),
        (GOOD, "a", False),
        (GOOD, "a.upload", False),
        (ods('<table:table table:name="S"/>'), "a.ods", False),
        (ods('<table:table table:name="S"/>'), "a.xlsx", True),
    ],
)
def test_name_that_disagrees_with_the_content_is_noted(
    data: bytes, name: str, is_noted: bool
) -> None:
    """The content decides; the name is only remarked on."""
    codes = [issue.code.value for issue in read_workbook(data, name=name).issues]
    assert codes == ["file-wrong-name"] * is_noted


AUDIT = """
import sys
from maturity.reading.grid import Want, read_workbook
data = {name: open(name, "rb").read() for name in sys.argv[1:]}
for content in data.values():          # once, so that all modules are loaded
    read_workbook(content, want=tuple(Want))
watched = ("open", "os.", "socket.", "subprocess.", "import", "shutil.", "tempfile.", "urllib.",
           "ctypes.", "exec", "compile")
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith(watched) else None)
for content in data.values():
    read_workbook(content, want=tuple(Want))
print(sorted(set(seen)))
for name in data:
    read_workbook(name)
print(seen.count("open"), sorted(set(seen)))
"""


def test_reading_opens_nothing_but_the_file(tmp_path: Path) -> None:
    """No other file, no socket, no process: Python itself says what is done."""
    more = "<externalReferences><externalReference r:id='rIdE'/></externalReferences>"
    sheet = '<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>1</v></c></row>'
    paths = [tmp_path / "a.xlsx", tmp_path / "b.ods"]
    paths[0].write_bytes(xlsx(sheet, strings="<si><r><t>x</t></r></si>", more=more))
    paths[1].write_bytes(ods('<table:table table:name="S"/>'))
    result = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", AUDIT, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    from_bytes, from_paths = result.stdout.splitlines()
    assert from_bytes == "[]"
    assert from_paths == "2 ['open']"
