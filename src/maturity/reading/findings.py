"""Collect what is odd about one file, and spend its limits, while it is being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from maturity.errors import WorkbookError
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.reading.limits import Limits, Want
from maturity.sheets import cell_name

__all__ = ["RESAVE", "Findings", "Place", "Task"]

# Problems of one kind on one sheet that are listed singly; the rest are counted in one line, so
# that a file with a million odd cells does not become a million issues.
_LISTED_OF_A_KIND = 20

RESAVE = "Open it in Excel and save a copy as .xlsx, then send that."


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file something was found: perhaps a sheet, perhaps a cell of it."""

    sheet: str | None = None
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str | None:
        """The cell's name, such as `D7`, if it is about one."""
        return cell_name(self.row, self.column) if self.row and self.column else None


_WHOLE_FILE = Place()


class Findings:
    """Gather the issues of one file, in order, few of each kind, each with its place.

    Args:
        file: the file's name, for the issues' locations.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._issues: list[Issue] = []
        self._fatal: list[Issue] = []
        self._counts: Counter[tuple[IssueCode, str | None, str]] = Counter()

    def issue(
        self,
        code: IssueCode,
        severity: Severity,
        message: str,
        remedy: str,
        place: Place = _WHOLE_FILE,
        raw: str | None = None,
    ) -> Issue:
        """Make an issue about this file."""
        location = CellLocation(self.file, place.sheet, place.cell)
        return Issue(code, severity, message, remedy, location, raw)

    def note(
        self,
        code: IssueCode,
        message: str,
        remedy: str,
        place: Place = _WHOLE_FILE,
        *,
        severity: Severity = Severity.NOTE,
        raw: str | None = None,
    ) -> None:
        """Record something that the reader of the file should know; reading goes on."""
        if self._is_listed(code, place, remedy):
            self._issues.append(self.issue(code, severity, message, remedy, place, raw))

    def refuse_later(
        self,
        code: IssueCode,
        message: str,
        remedy: str,
        place: Place = _WHOLE_FILE,
        raw: str | None = None,
    ) -> None:
        """Record a reason to refuse the file, and read on to find the others."""
        if self._is_listed(code, place, remedy):
            self._fatal.append(self.issue(code, Severity.ERROR, message, remedy, place, raw))

    def error(
        self, code: IssueCode, message: str, remedy: str, place: Place = _WHOLE_FILE
    ) -> WorkbookError:
        """Make the exception that refuses the file, with every reason found so far."""
        return WorkbookError(self.issue(code, Severity.ERROR, message, remedy, place), *self._fatal)

    def damaged(self, message: str, place: Place = _WHOLE_FILE) -> WorkbookError:
        """Make the exception for a file that is broken: something is missing or malformed."""
        return self.error(IssueCode.FILE_DAMAGED, message, RESAVE, place)

    def close(self) -> tuple[Issue, ...]:
        """Give what was found.

        Raises:
            WorkbookError: when there was a reason to refuse the file.
        """
        if self._fatal:
            raise WorkbookError(*self._fatal, *self._surplus(Severity.ERROR))
        return (*self._issues, *self._surplus(Severity.NOTE))

    def _is_listed(self, code: IssueCode, place: Place, kind: str) -> bool:
        key = (code, place.sheet, kind)
        self._counts[key] += 1
        return self._counts[key] <= _LISTED_OF_A_KIND

    def _surplus(self, severity: Severity) -> list[Issue]:
        """One line for each kind of problem of which only the first few are listed."""
        return [
            self.issue(
                code,
                severity,
                f"There are {count - _LISTED_OF_A_KIND:,} more problems of this kind.",
                remedy,
                Place(sheet),
            )
            for (code, sheet, remedy), count in self._counts.items()
            if count > _LISTED_OF_A_KIND
        ]


@dataclass(slots=True)
class Task:
    """One reading of one file: what is asked, what it may cost, and what was found.

    Attributes:
        findings: the issues so far.
        limits: what the file may cost.
        want: the extras asked for.
        spent: how much of each limit is used, by the limit's name.
    """

    findings: Findings
    limits: Limits
    want: Collection[Want] = ()
    spent: Counter[str] = field(default_factory=Counter)

    def spend(self, limit: str, amount: int, what: str) -> None:
        """Use up some of a limit.

        Args:
            limit: the name of an attribute of `Limits`.
            amount: in that limit's unit.
            what: a plural noun for the message, such as "sheets".

        Raises:
            WorkbookError: when the limit is passed.
        """
        self.spent[limit] += amount
        if self.spent[limit] > getattr(self.limits, limit):
            raise self.over(limit, what)

    def refuse_cell(self, reason: str, place: Place, raw: str | None = None) -> None:
        """Record that a cell holds what it must not, and read on to find the others."""
        self.findings.refuse_later(
            IssueCode.FILE_DAMAGED,
            f"The cell {reason}. The program that wrote this workbook made a mistake.",
            "Open the workbook in Excel, let it repair the file, check this cell and save a copy "
            "as .xlsx, then send that.",
            place,
            raw,
        )

    def over_sheet(self, place: Place) -> WorkbookError:
        """Make the exception for a cell beyond the last row or column of a sheet."""
        return self.findings.damaged(
            "The workbook is damaged: it holds cells beyond the last row or column of a sheet.",
            place,
        )

    def over(self, limit: str, what: str) -> WorkbookError:
        """Make the exception that refuses a file for asking more than a limit."""
        most = getattr(self.limits, limit)
        return self.findings.error(
            IssueCode.FILE_LIMIT,
            f"It holds more than {most:,} {what}, which is more than this program will read.",
            "Delete what is not needed (unused sheets, rows and columns, formatting of whole "
            "columns), save the workbook and send it again.",
        )
