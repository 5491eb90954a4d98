"""Turn the bytes of a YAML file into text, or say why they are not text."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from typing import BinaryIO

from maturity.errors import RubricError
from maturity.issues import FileLocation, Issue, IssueCode, Severity

__all__ = ["decode", "name_of", "read_bytes"]

# Everything that YAML calls printable, without the line breaks that only some versions of YAML
# know (next line, line and paragraph separator) and without a byte order mark amid the text.
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_INDENTED_BY_TAB = re.compile(r"^ *\t[ \t]*[^\s#]", re.MULTILINE)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_SAVE_AS_UTF8 = "Save the file again as UTF-8; editors offer this under “Save with encoding”."


def name_of(source: str | os.PathLike[str] | bytes | BinaryIO, fallback: str) -> str:
    """Say what to call a source in messages: its path, the open file's name, or the fallback."""
    if isinstance(source, bytes):
        return fallback
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else fallback


def read_bytes(
    source: str | os.PathLike[str] | bytes | BinaryIO, name: str, most_bytes: int
) -> bytes:
    """Read a source, but no more of it than is allowed.

    Raises:
        RubricError: when there is no such file, it cannot be opened, or it is too large.
    """
    if isinstance(source, bytes):
        content = source
    elif isinstance(source, (str, os.PathLike)):
        content = _read_path(Path(source), name, most_bytes)
    else:
        # A file opened as text, by a slip, still holds the same text.
        piece: bytes | str = source.read(most_bytes + 1)
        content = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
    if len(content) > most_bytes:
        raise RubricError(
            _issue(
                IssueCode.YAML_LIMIT,
                f"The file is larger than {most_bytes:,} bytes, the most that is read.",
                "Check that it is the right file; a rubric is rarely larger than 200,000 bytes.",
                FileLocation(name),
            )
        )
    return content


def _read_path(path: Path, name: str, most_bytes: int) -> bytes:
    try:
        if not path.is_file():
            reason = "is a folder, not a file" if path.is_dir() else "does not exist"
        else:
            with path.open("rb") as file:
                return file.read(most_bytes + 1)
    except OSError as error:
        reason = f"cannot be opened ({(error.strerror or 'unknown reason').lower()})"
    raise RubricError(
        _issue(
            IssueCode.RUBRIC_NOT_FOUND,
            f"The file {name} {reason}.",
            "Check the path and its spelling, and that you may read it.",
            FileLocation(name),
        )
    )


def decode(content: bytes, name: str) -> tuple[str, tuple[Issue, ...]]:
    r"""Decode UTF-8 and look for characters that must not stand in a rubric.

    Args:
        content: the file's bytes; a byte order mark is passed over.
        name: the file's name, for locations.

    Returns:
        The text with `\n` for every line end, and a problem for tabs if there are any.

    Raises:
        RubricError: when the bytes are not text that YAML allows, or tabs indent lines, so that
            going on would only give misleading problems.
    """
    if content.startswith(_WIDE_MARKS):
        raise _refusal("The file is saved as UTF-16 or UTF-32.", _SAVE_AS_UTF8, name, 1, 1)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(error, name) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise _refusal(
            f"The invisible character U+{ord(forbidden[0]):04X} stands here, which YAML does not"
            " allow or does not read the same everywhere.",
            "Delete it; it often comes along when text is pasted from another program.",
            name,
            *_line_and_column(text, forbidden.start()),
        )
    return _without_tabs(text, name)


def _not_utf8(error: UnicodeDecodeError, name: str) -> RubricError:
    before = error.object[: error.start].decode("utf-8")
    return _refusal(
        f"The byte 0x{error.object[error.start]:02X} here is not UTF-8 text.",
        _SAVE_AS_UTF8,
        name,
        *_line_and_column(before.replace("\r\n", "\n"), None),
    )


def _without_tabs(text: str, name: str) -> tuple[str, tuple[Issue, ...]]:
    first = text.find("\t")
    if first < 0:
        return text, ()
    lines = sum("\t" in line for line in text[first:].split("\n"))
    more = f", and on {lines - 1} more line{'s' if lines > 2 else ''}" if lines > 1 else ""
    problem = _refusal(
        f"There is a tab here{more}; YAML is indented and spaced with spaces only.",
        r"Replace every tab with spaces; within quotation marks, \t stands for a tab.",
        name,
        *_line_and_column(text, first),
    )
    if _INDENTED_BY_TAB.search(text):
        raise problem
    # A space in place of each tab keeps every column, so that the rest can be checked as well.
    return text.replace("\t", " "), problem.issues


def _line_and_column(text: str, position: int | None) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _refusal(message: str, remedy: str, name: str, line: int, column: int) -> RubricError:
    location = FileLocation(name, line, column)
    return RubricError(_issue(IssueCode.YAML_SYNTAX, message, remedy, location))


def _issue(code: IssueCode, message: str, remedy: str, location: FileLocation) -> Issue:
    return Issue(code, Severity.ERROR, message, remedy, location)
