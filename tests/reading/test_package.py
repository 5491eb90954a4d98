"""Zip containers: what is inflated, what is refused, what is only noted."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest
from packed_workbooks import good_parts, pack, rows

from maturity.errors import WorkbookError
from maturity.reading import package
from maturity.reading.findings import Findings, Task
from maturity.reading.grid import read_workbook
from maturity.reading.limits import DEFAULT_LIMITS, Limits
from maturity.reading.package import Package

PARTS = good_parts('<row r="1"><c r="A1"><v>2</v></c></row>')


def _open(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    return Package(data, Task(Findings("book.xlsx"), limits))


def _refusal(data: bytes, name: str = "a.txt", limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(WorkbookError) as caught:
        _open(data, limits).read(name)
    return caught.value.issues[0].code.value


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("content", [b"", b"x", b"ab" * 70_000])
def test_member_is_given_whole_and_in_pieces(
    method: int, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stored or deflated, small or large."""
    monkeypatch.setattr(package, "CHUNK_BYTES", 1000)
    monkeypatch.setattr(package, "_PACKED_BYTES", 100)
    opened = _open(pack({"a.txt": content}, method))
    assert opened.read("A.TXT") == content
    pieces = list(opened.pieces("a.txt"))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 1000


@pytest.mark.parametrize("name", ["xl\\workbook.xml", "/xl/workbook.xml", "XL/Workbook.XML"])
def test_member_is_found_however_its_name_is_written(name: str) -> None:
    """Backslashes, a leading slash and case make no difference."""
    parts = {name if part == "xl/workbook.xml" else part: text for part, text in PARTS.items()}
    assert rows(read_workbook(pack(parts)).sheets[0]) == {"A1": "2"}


def test_member_name_in_utf_8_is_read() -> None:
    """The flag in the directory says which encoding it is."""
    assert _open(pack({"é.txt": b"x"})).read("é.txt") == b"x"


def test_folders_are_no_members() -> None:
    """They hold nothing."""
    assert list(_open(pack({"a/": b"", "a/b": b""})).names()) == ["a/b"]


def test_member_that_is_absent_is_refused() -> None:
    """It is never taken for an empty one."""
    assert _refusal(pack({"b.txt": b""})) == "file-damaged"


def _patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    start = data.index(signature) + offset
    return data[:start] + value + data[start + len(value) :]


GOOD = pack({"a.txt": b"hello " * 9})
DIRECTORY, LOCAL, END = b"PK\1\2", b"PK\3\4", b"PK\5\6"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (GOOD[:-30], "file-damaged"),
        (GOOD[:-1], "file-damaged"),
        (b"PK\3\4", "file-damaged"),
        (_patched(GOOD, DIRECTORY, 8, b"\1\0"), "file-password"),
        (_patched(GOOD, DIRECTORY, 10, b"\x0c\0"), "file-damaged"),  # bzip2
        (_patched(GOOD, DIRECTORY, 16, b"\0\0\0\0"), "file-damaged"),  # checksum
        (_patched(GOOD, DIRECTORY, 20, b"\xff\xff\0\0"), "file-damaged"),  # packed size
        (_patched(GOOD, DIRECTORY, 24, b"\1\0\0\0"), "file-damaged"),  # size too small
        (_patched(GOOD, DIRECTORY, 24, b"\xff\0\0\0"), "file-damaged"),  # size too large
        (_patched(GOOD, DIRECTORY, 42, b"\1\0\0\0"), "file-damaged"),  # offset
        (_patched(GOOD, DIRECTORY, 42, b"\xf0\xff\0\0"), "file-damaged"),
        (_patched(GOOD, DIRECTORY, 28, b"\xff\xff"), "file-damaged"),  # length of the name
        (_patched(GOOD, DIRECTORY, 0, b"PK\1\7"), "file-damaged"),
        (_patched(GOOD, LOCAL, 30, b"b"), "file-damaged"),  # another name in its own header
        (_patched(GOOD, LOCAL, 26, b"\xff\xff"), "file-damaged"),
        (_patched(GOOD, LOCAL, 37, b"\xff\xff"), "file-damaged"),  # the packed bytes themselves
        (_patched(GOOD, END, 12, b"\1\0\0\0"), "file-damaged"),  # size of the directory
        (_patched(GOOD, END, 16, b"\xff\xff\xff\xff"), "file-damaged"),  # zip64 without records
        (_patched(GOOD, END, 10, b"\xff\xff"), "file-damaged"),
    ],
)
def test_damaged_container_is_refused(data: bytes, code: str) -> None:
    """Every size, place and checksum has to agree."""
    assert _refusal(data) == code


def test_large_member_that_is_damaged_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A member read in pieces is checked to its end."""
    monkeypatch.setattr(package, "CHUNK_BYTES", 10)
    for offset, value in ((16, b"\0\0\0\0"), (24, b"\x20\0\0\0"), (24, b"\xff\0\0\0")):
        assert _refusal(_patched(GOOD, DIRECTORY, offset, value)) == "file-damaged"
    assert _refusal(_patched(GOOD, LOCAL, 35, b"\xff\xff")) == "file-damaged"


def test_bytes_between_directory_and_its_end_are_damage() -> None:
    """The directory has to fill the space that it is said to fill."""
    end = GOOD.index(END)
    size = struct.unpack_from("<L", GOOD, end + 12)[0]
    data = GOOD[:end] + b"xxx" + GOOD[end:]
    assert _refusal(_patched(data, END, 12, struct.pack("<L", size + 3))) == "file-damaged"


def test_member_given_twice_is_refused_when_it_is_used() -> None:
    """One program would read the first, another the last; others are only noted."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as packed:
        warnings.simplefilter("ignore")
        packed.writestr("a.txt", b"1")
        packed.writestr("A.txt", b"2")
        packed.writestr("b.txt", b"3")
    assert _refusal(target.getvalue()) == "file-damaged"
    task = Task(Findings("book.xlsx"), DEFAULT_LIMITS)
    assert Package(target.getvalue(), task).read("b.txt") == b"3"
    assert [issue.code.value for issue in task.findings.close()] == ["file-odd"]


def test_members_that_lie_over_one_another_are_hostile() -> None:
    """Real containers hold one member after the other."""
    data = pack({"a.txt": b"1", "b.txt": b"2"})
    second = data.rindex(DIRECTORY)
    data = data[: second + 42] + b"\0\0\0\0" + data[second + 46 :]
    assert _refusal(data) == "file-hostile"


def test_member_that_grows_beyond_reason_is_hostile() -> None:
    """The ratio counts from a size on; smaller members do no harm."""
    data = pack({"a.txt": b"0" * 100_000})
    assert _refusal(data, limits=Limits(ratio_from_bytes=50_000)) == "file-hostile"
    assert len(_open(data).read("a.txt")) == 100_000


@pytest.mark.parametrize(
    ("limits", "count"), [(Limits(members=2), 3), (Limits(inflated_bytes=20), 1)]
)
def test_container_over_a_limit_is_refused(limits: Limits, count: int) -> None:
    """Members and inflated bytes are counted."""
    data = pack({f"{'a' * number}.txt": b"x" * 30 for number in range(1, count + 1)})
    assert _refusal(data, limits=limits) == "file-limit"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/../b", "c:/x"])
def test_member_outside_is_noted_and_never_extracted(name: str) -> None:
    """Nothing is ever written, so it does no harm."""
    book = read_workbook(pack({**PARTS, name: b"x"}))
    assert [issue.code.value for issue in book.issues] == ["file-odd"]


def test_symbolic_link_is_noted() -> None:
    """It is not followed."""
    target = io.BytesIO(pack(PARTS))
    with zipfile.ZipFile(target, "a") as packed:
        link = zipfile.ZipInfo("xl/link")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert [issue.code.value for issue in read_workbook(target.getvalue()).issues] == ["file-odd"]


def test_bytes_behind_the_end_are_noted() -> None:
    """Mail systems add them."""
    book = read_workbook(pack(PARTS) + b"\n-- \nfooter")
    assert [issue.code.value for issue in book.issues] == ["file-odd"]


def _zip64(*, records: bool = True, locator: bytes = b"PK\6\7", record: bytes = b"PK\6\6") -> bytes:
    """Rewrite a container so that its sizes stand in the records for large files."""
    data = pack({"a.txt": b"hello"})
    end = data.rindex(END)
    start = data.index(DIRECTORY)
    extra = struct.pack(
        "<HHBHHQQQ", 7, 1, 0, 1, 24, 5, struct.unpack_from("<L", data, start + 20)[0], 0
    )
    entry = bytearray(data[start:end])
    entry[20:28] = b"\xff" * 8
    entry[42:46] = b"\xff" * 4
    entry[30:32] = struct.pack("<H", len(extra))
    directory = bytes(entry) + extra
    wide = struct.pack("<4sQ2H2L4Q", record, 44, 45, 45, 0, 0, 1, 1, len(directory), start)
    where = struct.pack("<4sLQL", locator, 0, start + len(directory), 1)
    last = struct.pack("<4s4H2LH", END, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:start] + directory + (wide + where if records else b"") + last


def test_container_with_records_for_large_files_is_read() -> None:
    """Some writers always write them."""
    assert _open(_zip64()).read("a.txt") == b"hello"


@pytest.mark.parametrize(
    "data",
    [
        _zip64(locator=b"PK\6\0"),
        _zip64(record=b"PK\6\0"),
        _zip64(records=False),
        b"PK\5\6".ljust(16, b"\0") + b"\xff" * 4 + b"\0\0",
        _zip64().replace(struct.pack("<HH", 1, 24), struct.pack("<HH", 2, 24)),
        _zip64().replace(struct.pack("<HH", 1, 24), struct.pack("<HH", 1, 8)),
    ],
)
def test_damaged_records_for_large_files_are_refused(data: bytes) -> None:
    """They have to agree, too."""
    assert _refusal(data) == "file-damaged"
