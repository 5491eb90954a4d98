"""Open a zip container and inflate its members: counted, checked, never extracted."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import RESAVE, Task
from maturity.reading.zip_directory import (
    Member,
    cut_short,
    decode_name,
    find_directory,
    read_members,
)

__all__ = ["CHUNK_BYTES", "Package"]

# Parts are inflated and parsed in pieces of this size. Smaller pieces would make expat scan a long
# tag again and again; larger ones would only take memory.
CHUNK_BYTES = 1024 * 1024
_PACKED_BYTES = 256 * 1024

_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED = 0x0001
_SYMBOLIC_LINK = 0o120000
_OUTSIDE = re.compile(r"^(?:.*/)?\.\.(?:/.*)?$|^[A-Za-z]:")


class Package:
    """Give a container's members by name.

    Args:
        data: the whole file.
        task: its limits and findings.
        by_case: whether names that differ in case alone are two names; in a workbook they are not.

    Attributes:
        members: every member, by its name as names are compared.
        repeated: the names that stand for several members.

    Raises:
        WorkbookError: when the container is damaged, encrypted or asks for too much.
    """

    def __init__(self, data: bytes, task: Task, *, by_case: bool = False) -> None:
        self._data = data
        self._task = task
        self._key: Callable[[str], str] = str if by_case else str.lower
        self.repeated: set[str] = set()
        self.members: dict[str, Member] = {}
        self._directory_start = 0
        self._index()

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self.members

    def names(self) -> Iterator[str]:
        """Give the members' names; in a workbook in lower case."""
        return iter(self.members)

    def is_large(self, name: str) -> bool:
        """Say whether a member should be read in pieces rather than at once."""
        return self.members[self._key(name)].size > self._task.limits.token_bytes

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
        key = self._key(name)
        member = self.members.get(key)
        damaged = self._task.findings.damaged
        if member is None:
            raise damaged(f'The workbook is damaged: its part "{name}" is missing.')
        if key in self.repeated:
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
        header = _LOCAL.unpack_from(data, start)
        name_size, extra_size = header[9:11]
        start += _LOCAL.size
        name = decode_name(data[start : start + name_size], member.flags)
        start += name_size + extra_size
        end = start + member.packed_size
        if header[0] != b"PK\3\4" or name != member.name or end > self._directory_start:
            raise self._broken(member)
        return memoryview(data)[start:end]

    def _broken(self, member: Member) -> WorkbookError:
        return self._task.findings.damaged(
            f'The workbook is damaged: its part "{member.name}" cannot be unpacked.'
        )

    def _index(self) -> None:
        """Read the directory; refuse members that lie over one another."""
        findings = self._task.findings
        start, end = find_directory(self._data, findings)
        self._directory_start = start
        for member in read_members(self._data, start, end, findings):
            self._task.spend("members", 1, "parts")
            if member.name.endswith("/"):
                continue
            key = self._key(member.name)
            if key in self.members:
                self.repeated.add(key)
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
            raise cut_short(self._task.findings)


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
