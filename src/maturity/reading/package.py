"""Open a zip container and inflate its members: counted, checked, never extracted.

The directory is read here and not by `zipfile`, which would build an object for each of a million
members before anyone could count them, picks one of two members of the same name in silence, and
reads overlapping ones.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import RESAVE, Task

__all__ = ["CHUNK_BYTES", "Member", "Package"]

# Parts are inflated and parsed in pieces of this size. Smaller pieces would make expat scan a long
# tag again and again; larger ones would only take memory.
CHUNK_BYTES = 1024 * 1024
_PACKED_BYTES = 256 * 1024

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_EXTRA = struct.Struct("<2H")
_UNKNOWN = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x0001, 0x0800
_SYMBOLIC_LINK = 0o120000
_OUTSIDE = re.compile(r"^(?:.*/)?\.\.(?:/.*)?$|^[A-Za-z]:")


class Member(NamedTuple):
    """One member as the container's directory describes it; sizes and offsets in bytes."""

    name: str
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int
    mode: int


class Package:
    """Give a container's members by name; names are compared without regard to case.

    Args:
        data: the whole file.
        task: its limits and findings.

    Raises:
        WorkbookError: when the container is damaged, encrypted or asks for too much.
    """

    def __init__(self, data: bytes, task: Task) -> None:
        self._data = data
        self._task = task
        self._repeated: set[str] = set()
        self.members: dict[str, Member] = {}
        self._directory_start = 0
        self._index()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.members

    def names(self) -> Iterator[str]:
        """Give the members' names, in lower case."""
        return iter(self.members)

    def is_large(self, name: str) -> bool:
        """Say whether a member should be read in pieces rather than at once."""
        return self.members[name.lower()].size > self._task.limits.token_bytes

    def read(self, name: str) -> bytes:
        """Give a member's content, inflated and checked.

        Raises:
            WorkbookError: when it is absent, damaged, encrypted or too large.
        """
        member = self._member(name)
        if member.size > CHUNK_BYTES or member.method != _DEFLATED:
            return b"".join(self.pieces(name))
        packed = self._packed(member)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, member.size + 1)
        except zlib.error as error:
            raise self._broken(member) from error
        self._check_size(member, len(data), len(data))
        if len(data) != member.size or zlib.crc32(data) != member.crc:
            raise self._broken(member)
        return data

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give a member's content in pieces, so that a large one takes little memory.

        Raises:
            WorkbookError: as `read`; the last piece is only given once all of it was checked.
        """
        member = self._member(name)
        packed = self._packed(member)
        size = crc = 0
        held = b""
        for piece in _inflate(packed, member.method):
            if held:
                yield held
            held = piece
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            self._check_size(member, size, len(piece))
        if size != member.size or crc != member.crc:
            raise self._broken(member)
        yield held

    def _check_size(self, member: Member, size: int, grown: int) -> None:
        task = self._task
        task.spend("inflated_bytes", grown, "bytes of content")
        if size > member.size:
            raise self._broken(member)
        if size > max(task.limits.ratio_from_bytes, member.packed_size * task.limits.ratio):
            raise task.findings.error(
                IssueCode.FILE_HOSTILE,
                f'Its part "{member.name}" grows more than {task.limits.ratio} times when it is '
                "unpacked. Files made to exhaust a computer look like this.",
                RESAVE,
            )

    def _member(self, name: str) -> Member:
        key = name.lower()
        member = self.members.get(key)
        damaged = self._task.findings.damaged
        if member is None:
            raise damaged(f'The workbook is damaged: its part "{name}" is missing.')
        if key in self._repeated:
            raise damaged(f'The workbook is damaged: it holds its part "{name}" twice.')
        if member.flags & _FLAG_ENCRYPTED:
            raise self._task.findings.error(
                IssueCode.FILE_PASSWORD,
                "The file is protected with a password, so it cannot be read.",
                "Save a copy without a password and send that.",
            )
        if member.method not in (_STORED, _DEFLATED):
            raise damaged(f'Its part "{name}" is packed in a way that no spreadsheet program uses.')
        return member

    def _packed(self, member: Member) -> memoryview:
        """Find a member's packed bytes through its own header, which must agree."""
        data, start = self._data, member.offset
        if start + _LOCAL.size > self._directory_start:
            raise self._broken(member)
        header = _LOCAL.unpack_from(data, start)
        name_size, extra_size = header[9:11]
        start += _LOCAL.size
        name = _decode_name(data[start : start + name_size], member.flags)
        start += name_size + extra_size
        end = start + member.packed_size
        if header[0] != b"PK\3\4" or name != member.name or end > self._directory_start:
            raise self._broken(member)
        return memoryview(data)[start:end]

    def _cut_short(self) -> WorkbookError:
        return self._task.findings.error(
            IssueCode.FILE_DAMAGED,
            "The file is cut short or damaged: the end of its container is missing.",
            "Ask for it again, or open it in Excel, let it repair the file and save a copy.",
        )

    def _broken(self, member: Member) -> WorkbookError:
        return self._task.findings.damaged(
            f'The workbook is damaged: its part "{member.name}" cannot be unpacked.'
        )

    def _index(self) -> None:
        """Read the directory; refuse members that lie over one another."""
        for member in self._entries():
            self._task.spend("members", 1, "parts")
            if member.name.endswith("/"):
                continue
            key = member.name.lower()
            if key in self.members:
                self._repeated.add(key)
                self._odd(f'It holds "{member.name}" more than once.')
            if _OUTSIDE.match(key):
                self._odd(f'It holds "{member.name}", which points outside the file.')
            if member.mode & 0o170000 == _SYMBOLIC_LINK:
                self._odd(f'It holds "{member.name}", a link to somewhere else.')
            self.members[key] = member
        self._refuse_overlaps()

    def _odd(self, message: str) -> None:
        self._task.findings.note(
            IssueCode.FILE_ODD, message, "It was not used; nothing needs to be done."
        )

    def _refuse_overlaps(self) -> None:
        end = 0
        for member in sorted(self.members.values(), key=lambda member: member.offset):
            if member.offset < end:
                raise self._task.findings.error(
                    IssueCode.FILE_HOSTILE,
                    "Parts of the file lie over one another. Files made to exhaust a computer "
                    "look like this.",
                    RESAVE,
                )
            end = member.offset + _LOCAL.size + len(member.name) + member.packed_size
        if end > self._directory_start:
            raise self._cut_short()

    def _entries(self) -> Iterator[Member]:
        data, damaged = self._data, self._task.findings.damaged
        position, end = self._find_directory()
        self._directory_start = position
        while position < end:
            if position + _ENTRY.size > end:
                raise self._cut_short()
            fields = _ENTRY.unpack_from(data, position)
            name_size, extra_size, comment_size = fields[10:13]
            position += _ENTRY.size
            extra_start = position + name_size
            if fields[0] != b"PK\1\2":
                raise damaged("The file is damaged: the list of its parts cannot be read.")
            name = _decode_name(data[position:extra_start], fields[3])
            sizes = (fields[9], fields[8], fields[16])
            if _UNKNOWN in sizes:
                sizes = _wide_sizes(data[extra_start : extra_start + extra_size], sizes)
            size, packed_size, offset = sizes
            yield Member(
                name, fields[3], fields[4], fields[7], packed_size, size, offset, fields[15] >> 16
            )
            position = extra_start + extra_size + comment_size

    def _find_directory(self) -> tuple[int, int]:
        """Give the start and end of the directory, from the record behind it."""
        data, damaged = self._data, self._task.findings.damaged
        end = data.rfind(b"PK\5\6")
        if end < 0 or end + _END.size > len(data):
            raise self._cut_short()
        record = _END.unpack_from(data, end)
        size, start, comment_size = record[5:8]
        stop = end + _END.size + comment_size
        if _UNKNOWN in (size, start) or 0xFFFF in record[3:5]:
            wide = _wide_directory(data, end)
            if wide is None:
                raise self._cut_short()
            end, size, start = wide
        if start + size != end:
            raise self._cut_short()
        if stop < len(data):
            self._task.findings.note(
                IssueCode.FILE_ODD,
                "Something was added behind the end of the file, perhaps by a mail system.",
                "It was not used; nothing needs to be done.",
            )
        return start, end


def _inflate(packed: memoryview, method: int) -> Iterator[bytes]:
    """Unpack in pieces; content that cannot be unpacked ends early, as its size will show."""
    if method == _STORED:
        for start in range(0, len(packed), CHUNK_BYTES):
            yield bytes(packed[start : start + CHUNK_BYTES])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    # What does not fit into a piece is copied for the next, so little is taken in at a time.
    for start in range(0, len(packed), _PACKED_BYTES):
        rest: bytes | memoryview = packed[start : start + _PACKED_BYTES]
        while rest:
            try:
                piece = inflater.decompress(rest, CHUNK_BYTES)
            except zlib.error:
                return
            if piece:
                yield piece
            rest = inflater.unconsumed_tail


def _decode_name(name: bytes, flags: int) -> str:
    """Decode a member's name; writers on Windows used backslashes, and a leading slash is noise."""
    text = name.decode("utf-8" if flags & _FLAG_UTF8 else "cp437", "replace")
    return text.replace("\\", "/").lstrip("/")


def _wide_sizes(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    """Replace the sizes that did not fit by those of the zip64 extra field."""
    position = 0
    while position + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, position)
        position += _EXTRA.size
        if kind == 1:
            wide = iter(
                struct.unpack_from(f"<{length // 8}Q", extra[position:].ljust(length, b"\0"))
            )
            size, packed_size, offset = (
                next(wide, value) if value == _UNKNOWN else value for value in sizes
            )
            return size, packed_size, offset
        position += length
    return sizes


def _wide_directory(data: bytes, end: int) -> tuple[int, int, int] | None:
    """Give the end, size and start of the directory from the zip64 records, if there are any."""
    locator = end - _END64_LOCATOR.size
    if locator < 0:
        return None
    signature, _, position, _ = _END64_LOCATOR.unpack_from(data, locator)
    if signature != b"PK\6\7" or position + _END64.size > locator:
        return None
    record = _END64.unpack_from(data, position)
    if record[0] != b"PK\6\6":
        return None
    return position, record[8], record[9]
