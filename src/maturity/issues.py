"""Say what is wrong, where, and what to do: the one type for every problem found.

An [Issue][] travels with the data it is about. Problems are data; an exception
(`maturity.errors`) is a bundle of issues that means "stop".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maturity.issue_codes import IssueCode

__all__ = ["CellLocation", "FileLocation", "Issue", "IssueCode", "Severity"]


class Severity(StrEnum):
    """How much an issue matters, in the words of the sector's own returns.

    An `ERROR` must be mended; a `QUERY` is unusual and wants mending or explaining;
    a `NOTE` is for information.
    """

    ERROR = "error"
    QUERY = "query"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FileLocation:
    """A place in a text file such as a rubric. Lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class CellLocation:
    """A place in a workbook: the file, perhaps a sheet, perhaps a cell such as `D7`."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet is None:
            return self.file
        place = "'" + self.sheet.replace("'", "''") + "'"
        if self.cell is not None:
            place = f"{place}!{self.cell}"
        return f"{self.file}, {place}" if self.file else place


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: a code, a severity, a place, a sentence and a remedy.

    Attributes:
        code: the stable name of this kind of problem, listed in docs/reference/issues.md.
        severity: how much it matters.
        message: what is wrong, quoting what was typed. A full sentence.
        remedy: what to do about it. A full sentence.
        location: where it is, or None when it is about nothing in particular.
        raw: what was typed in the cell, unchanged, where there is one.
        criterion: the criterion (or metric) it is about, where there is one.
        rating: the rating it is about, where there is one.
    """

    code: IssueCode
    severity: Severity
    message: str
    remedy: str
    location: FileLocation | CellLocation | None = None
    raw: str | None = None
    criterion: str | None = None
    rating: str | None = None

    @property
    def sheet(self) -> str | None:
        """The sheet it is on, if it is in a workbook."""
        return self.location.sheet if isinstance(self.location, CellLocation) else None

    @property
    def cell(self) -> str | None:
        """The cell it is in, such as `D7`, if it is in one."""
        return self.location.cell if isinstance(self.location, CellLocation) else None

    def record(self) -> dict[str, str | None]:
        """Give the issue as a plain row, for a data frame or another program.

        Returns:
            The keys `code, severity, sheet, cell, criterion, rating, raw, message, remedy`.
        """
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "criterion": self.criterion,
            "rating": self.rating,
            "raw": self.raw,
            "message": self.message,
            "remedy": self.remedy,
        }

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location is not None else ""
        return f"{place}{self.message} {self.remedy} [{self.code.value}]"
