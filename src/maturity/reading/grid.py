"""Read a workbook: the one door through which every workbook enters.

A path, bytes or an open file goes in; cells come out, or a `WorkbookError` that says what is wrong
and what to do. Nothing else is opened, extracted, evaluated or fetched.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Mapping
from typing import BinaryIO, NamedTuple

from maturity.errors import WorkbookError
from maturity.issues import IssueCode
from maturity.reading.findings import Findings, Task
from maturity.reading.limits import DEFAULT_LIMITS, Limits, Want
from maturity.reading.ooxml import read_ooxml
from maturity.reading.opendocument import read_opendocument
from maturity.reading.package import Package
from maturity.reading.recognise import Kind, recognise, recognise_package
from maturity.sheets import Sheet, Workbook

__all__ = ["DEFAULT_LIMITS", "Limits", "Want", "read_workbook"]

_NAMES = {
    Kind.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam"),
    Kind.ODS: (".ods", ".ots"),
    Kind.XLS: (".xls", ".xlt"),
    Kind.XLSB: (".xlsb",),
}
_OTHER_NAMES = (".csv", ".txt", ".pdf", ".doc", ".docx", ".htm", ".html", ".xml", ".zip")
_KNOWN_NAMES = frozenset(_OTHER_NAMES).union(*_NAMES.values())


class Content(NamedTuple):
    """What one of the readers found in a file.

    Attributes:
        kind: what the file is.
        sheets: its sheets, in order.
        defined_names: name → formula text, when asked for.
        cannot_show: what the format or its reader does not tell us.
    """

    kind: Kind
    sheets: tuple[Sheet, ...]
    defined_names: Mapping[str, str]
    cannot_show: frozenset[str] = frozenset()


def read_workbook(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    want: Collection[Want] = (),
) -> Workbook:
    """Read a workbook's cells, and what else is wanted, from a path, bytes or an open file.

    What the file is, is decided by its content: `.xlsx .xlsm .xltx .xltm .ods .xls .xlsb`.

    Args:
        source: a path, the file's bytes, or a file open for reading bytes.
        name: what to call the file in messages; the name it has, unless given.
        limits: what the file may cost; see `Limits`.
        want: the extras to read beside the cells; none unless given.

    Returns:
        The workbook, with what is odd about it in `issues`.

    Raises:
        WorkbookError: when the file is missing, is no workbook, is damaged, protected or hostile,
            or costs more than the limits allow.
    """
    task = Task(Findings(_name_of(source) if name is None else name), limits, frozenset(want))
    data = _bytes_of(source, task)
    content = _read(data, task)
    _note_wrong_name(content.kind, task)
    return Workbook(
        name=task.findings.file,
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
        format=content.kind.value,
        sheets=content.sheets,
        issues=task.findings.close(),
        defined_names=content.defined_names,
        cannot_show=content.cannot_show,
    )


def _read(data: bytes, task: Task) -> Content:
    kind = recognise(data, task)
    if kind is Kind.ZIP:
        package = Package(data, task)
        kind, part = recognise_package(package, task)
        if kind is Kind.XLSX:
            return Content(kind, *read_ooxml(package, part, task))
        if kind is Kind.ODS:
            return Content(kind, *read_opendocument(package, part, task))
    # Loaded for these files only: the modules that start processes take time to load.
    from maturity.reading.legacy import read_legacy  # noqa: PLC0415

    sheets, cannot_show = read_legacy(kind.value, data, task)
    return Content(kind, sheets, {}, cannot_show)


def _name_of(source: str | os.PathLike[str] | bytes | BinaryIO) -> str:
    """Give the file's name without its folder; nothing where there is none."""
    if isinstance(source, bytes | bytearray | memoryview):
        return ""
    name = source if isinstance(source, str | os.PathLike) else getattr(source, "name", "")
    if not isinstance(name, str | os.PathLike):
        return ""
    # A name that is not text on this system must not fail when it is written into a report.
    base = os.path.basename(os.fspath(name))  # noqa: PTH119 - any kind of path, and hot
    return base.encode("utf-8", "replace").decode()


def _bytes_of(source: str | os.PathLike[str] | bytes | BinaryIO, task: Task) -> bytes:
    most = task.limits.file_bytes
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    elif isinstance(source, str | os.PathLike):
        data = _read_path(source, task)
    else:
        try:
            data = source.read(most + 1)
        except (OSError, ValueError) as error:
            raise _unreadable(error, task) from error
        if not isinstance(data, bytes):
            raise TypeError("open the workbook in binary mode, as in open(path, 'rb')")
    if len(data) > most:
        raise _too_large(task)
    return data


def _read_path(path: str | os.PathLike[str], task: Task) -> bytes:
    try:
        # Looked at before it is opened: opening a pipe would wait for ever.
        status = os.stat(path)  # noqa: PTH116 - any kind of path, and hot
        if not stat.S_ISREG(status.st_mode):
            raise task.findings.error(
                IssueCode.FILE_MISSING,
                "There is no file of this name, but a folder or something else.",
                "Give the name of a workbook.",
            )
        if status.st_size > task.limits.file_bytes:
            raise _too_large(task)
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - any kind of path, and hot
            return file.readall()
    except (OSError, ValueError) as error:
        raise _unreadable(error, task) from error


def _unreadable(error: OSError | ValueError, task: Task) -> WorkbookError:
    reason = getattr(error, "strerror", None) or str(error)
    return task.findings.error(
        IssueCode.FILE_MISSING,
        f"The file could not be opened ({reason}).",
        "Check its name and place, and that you may read it.",
    )


def _too_large(task: Task) -> WorkbookError:
    return task.findings.error(
        IssueCode.FILE_TOO_LARGE,
        f"The file is larger than {task.limits.file_bytes // 1_000_000:,} MB.",
        "Delete pictures and unused sheets from the workbook, save it and send it again.",
    )


def _note_wrong_name(kind: Kind, task: Task) -> None:
    extension = os.path.splitext(task.findings.file)[1].lower()  # noqa: PTH122 - hot
    if extension in _KNOWN_NAMES and extension not in _NAMES[kind]:
        task.findings.note(
            IssueCode.FILE_WRONG_NAME,
            f"The name ends in {extension}, but by its content the file is an {_NAMES[kind][0]} "
            "workbook; it was read as that.",
            f"Rename it so that it ends in {_NAMES[kind][0]}.",
        )
