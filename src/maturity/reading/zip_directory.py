"""Read the directory of a zip container: what its members are called and where they lie.

It is read here and not by `zipfile`, which would build an object for each of a million members
before anyone could count them, and reads what lies over something else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import Findings

__all__ = ["Member", "cut_short", "decode_name", "find_directory", "read_members"]

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_EXTRA = struct.Struct("<2H")
_UNKNOWN = 0xFFFFFFFF
_FLAG_UTF8 = 0x0800


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


def cut_short(findings: Findings) -> WorkbookError:
    """Make the exception for a container whose end is missing."""
    return findings.error(
        IssueCode.FILE_DAMAGED,
        "The file is cut short or damaged: the end of its container is missing.",
        "Ask for it again, or open it in Excel, let it repair the file and save a copy.",
    )


def find_directory(data: bytes, findings: Findings) -> tuple[int, int]:
    """Give the start and end of the directory, from the record behind it.

    Raises:
        WorkbookError: when there is no such record, or it does not agree.
    """
    end = data.rfind(b"PK\5\6")
    if end < 0 or end + _END.size > len(data):
        raise cut_short(findings)
    record = _END.unpack_from(data, end)
    size, start, comment_size = record[5:8]
    stop = end + _END.size + comment_size
    if _UNKNOWN in (size, start) or 0xFFFF in record[3:5]:
        wide = _wide_directory(data, end)
        if wide is None:
            raise cut_short(findings)
        end, size, start = wide
    if start + size != end:
        raise cut_short(findings)
    if stop < len(data):
        findings.note(
            IssueCode.FILE_ODD,
            "Something was added behind the end of the file, perhaps by a mail system.",
            "It was not used; nothing needs to be done.",
        )
    return start, end


def read_members(data: bytes, position: int, end: int, findings: Findings) -> Iterator[Member]:
    """Read the entries of a directory one by one, so that the caller can count them.

    Args:
        data: the whole file.
        position: where the directory starts.
        end: where it ends.
        findings: for the errors' place.

    Raises:
        WorkbookError: when an entry is malformed.
    """
    while position < end:
        if position + _ENTRY.size > end:
            raise cut_short(findings)
        fields = _ENTRY.unpack_from(data, position)
        name_size, extra_size, comment_size = fields[10:13]
        position += _ENTRY.size
        extra_start = position + name_size
        if fields[0] != b"PK\1\2":
            raise findings.damaged("The file is damaged: the list of its parts cannot be read.")
        name = decode_name(data[position:extra_start], fields[3])
        sizes = (fields[9], fields[8], fields[16])
        if _UNKNOWN in sizes:
            sizes = _wide_sizes(data[extra_start : extra_start + extra_size], sizes)
        size, packed_size, offset = sizes
        yield Member(
            name, fields[3], fields[4], fields[7], packed_size, size, offset, fields[15] >> 16
        )
        position = extra_start + extra_size + comment_size


def decode_name(name: bytes, flags: int) -> str:
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
