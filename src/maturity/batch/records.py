"""Tell in one plain row what became of a file: small enough to keep, send and write as a line.

A [FileRecord][] is made where the file was scored, so that the result itself need not travel.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias, cast

from maturity.assessment import State
from maturity.batch.outcomes import FileOutcome, OutcomeStatus, PassedOver
from maturity.batch.urls import base_name
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.reconciliation import Agreement
from maturity.result import Result

__all__ = ["FileRecord", "WrittenFile", "answered", "issue_from", "record_of"]

Plain: TypeAlias = Mapping[str, object]


class WrittenFile(NamedTuple):
    """A file that was written for a return: its name in the folder, and its digest."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What became of one file, in short.

    Attributes:
        source: the file's path, or its name when it has none.
        status: what became of it.
        reason: why it was passed over.
        digest: SHA-256 of its bytes; None when they could not be read.
        mark: for a URL, what its file system said of its state before it was fetched.
        layout: the layout with which it was read.
        area: the area as its cover names it, or the partnership; empty when it names none.
        area_code: the area's number; empty when there is none.
        date: the date on its cover.
        answered: how many scored answers were given, of those that could have been.
        answerable: how many could have been.
        scores: a row for each score, as in `result.records()`.
        issues: severity → how many issues.
        codes: issue code → how many issues.
        stated: of the scores that the workbook states itself, how many agree with ours, and how
            many do not in which way; kinds that do not occur are left out.
        why: the reasons why it was refused or failed.
        written: the files that were written for it.
        not_written: the reasons why they could not be.
        created: the date in those files.
    """

    source: str
    status: OutcomeStatus
    reason: PassedOver | None = None
    digest: str | None = None
    mark: str | None = None
    layout: str | None = None
    area: str = ""
    area_code: str = ""
    date: datetime.date | None = None
    answered: int = 0
    answerable: int = 0
    scores: tuple[Mapping[str, object], ...] = ()
    issues: Mapping[Severity, int] | None = None
    codes: Mapping[IssueCode, int] | None = None
    stated: Mapping[Agreement, int] | None = None
    why: tuple[Issue, ...] = ()
    written: tuple[WrittenFile, ...] = ()
    not_written: tuple[Issue, ...] = ()
    created: datetime.datetime | None = None

    @property
    def is_scored(self) -> bool:
        """Whether there are scores."""
        return self.status in {OutcomeStatus.SCORED, OutcomeStatus.SCORED_WITH_ISSUES}

    @property
    def area_key(self) -> str:
        """What two returns of one area have in common; empty when the area is not known."""
        return self.area_code or self.area.casefold()

    def with_files(
        self,
        written: tuple[WrittenFile, ...],
        not_written: tuple[Issue, ...],
        created: datetime.datetime,
    ) -> FileRecord:
        """Add what was written for it, what could not be, and the date in it."""
        return replace(self, written=written, not_written=not_written, created=created)

    def row(self) -> dict[str, object]:
        """Give it as plain data, ready for JSON."""
        return {
            "source": self.source,
            "status": self.status.value,
            "reason": None if self.reason is None else self.reason.value,
            "digest": self.digest,
            "mark": self.mark,
            "layout": self.layout,
            "area": self.area,
            "area_code": self.area_code,
            "date": None if self.date is None else self.date.isoformat(),
            "answered": self.answered,
            "answerable": self.answerable,
            "scores": [dict(score) for score in self.scores],
            "issues": {each.value: (self.issues or {}).get(each, 0) for each in Severity},
            "codes": {code.value: count for code, count in (self.codes or {}).items()},
            "stated": {each.value: (self.stated or {}).get(each, 0) for each in Agreement},
            "why": [issue.record() for issue in self.why],
            "written": [file._asdict() for file in self.written],
            "not_written": [issue.record() for issue in self.not_written],
            "created": None if self.created is None else self.created.isoformat(),
        }

    @classmethod
    def from_row(cls, row: Plain) -> FileRecord:
        """Make it again from plain data.

        Raises:
            KeyError: when a key is missing.
            ValueError: when a value is none that this version writes.
            TypeError: when a value is of another kind.
        """
        name = base_name(str(row["source"]))
        reason, date, created = row["reason"], row["date"], row["created"]
        return cls(
            source=str(row["source"]),
            status=OutcomeStatus(str(row["status"])),
            reason=None if reason is None else PassedOver(str(reason)),
            digest=cast("str | None", row["digest"]),
            mark=cast("str | None", row["mark"]),
            layout=cast("str | None", row["layout"]),
            area=str(row["area"]),
            area_code=str(row["area_code"]),
            date=None if date is None else datetime.date.fromisoformat(str(date)),
            answered=int(str(row["answered"])),
            answerable=int(str(row["answerable"])),
            scores=tuple(_rows(row["scores"])),
            issues={Severity(key): n for key, n in _counts(row["issues"]).items()},
            codes={IssueCode(key): n for key, n in _counts(row["codes"]).items()},
            stated={Agreement(key): n for key, n in _counts(row["stated"]).items() if n},
            why=tuple(issue_from(each, name) for each in _rows(row["why"])),
            written=tuple(
                WrittenFile(str(file["name"]), str(file["digest"]))
                for file in _rows(row["written"])
            ),
            not_written=tuple(issue_from(each, name) for each in _rows(row["not_written"])),
            created=None if created is None else datetime.datetime.fromisoformat(str(created)),
        )


def _rows(value: object) -> list[Plain]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _counts(value: object) -> Mapping[str, int]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def issue_from(row: Plain, name: str) -> Issue:
    """Make an issue again from its `record()`.

    Args:
        row: the record.
        name: the name of the file that it is about, which the record leaves out.
    """
    texts = {key: None if row[key] is None else str(row[key]) for key in row}
    return Issue(
        IssueCode(texts["code"] or ""),
        Severity(texts["severity"] or ""),
        texts["message"] or "",
        texts["remedy"] or "",
        CellLocation(name, texts["sheet"], texts["cell"]),
        texts["raw"],
        texts["criterion"],
        texts["rating"],
    )


def record_of(outcome: FileOutcome) -> FileRecord:
    """Put an outcome in short. A function for `score_files(…, then=record_of)`."""
    issues = outcome.issues
    result = outcome.result
    record = FileRecord(
        source=str(outcome.source),
        status=outcome.status,
        reason=outcome.reason,
        digest=outcome.digest,
        mark=outcome.mark,
        issues=Counter(issue.severity for issue in issues),
        codes=Counter(issue.code for issue in issues),
        why=issues if outcome.status in {OutcomeStatus.REFUSED, OutcomeStatus.FAILED} else (),
    )
    if result is None:
        return record
    assessment = result.assessment
    given, possible = answered(result)
    return replace(
        record,
        layout=None if assessment.layout is None else assessment.layout.id,
        area=assessment.area or assessment.area_name,
        area_code=assessment.area_code,
        date=assessment.date,
        answered=given,
        answerable=possible,
        scores=tuple(result.records()),
        stated=result.reconciliation.counts,
    )


def answered(result: Result) -> tuple[int, int]:
    """Count the scored answers that were given, and those that could have been.

    An allowed "not applicable" is neither; one that is not allowed counts as missing.
    """
    rubric = result.rubric
    given = possible = 0
    for response in result.assessment.responses:
        if response.rating == rubric.scored_rating:
            may_be_left = rubric.criteria[response.criterion].not_applicable is not None
            given += response.state is State.ANSWERED
            possible += not (response.state is State.NOT_APPLICABLE and may_be_left)
    return given, possible
