"""Decide which of an area's returns counts, and in which order areas stand."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from maturity.cohort.returns import Superseded
from maturity.issues import FileLocation, Issue, IssueCode, Severity

__all__ = ["Duplicates", "OfArea", "ReturnHead", "Standing", "head_of"]

Duplicates = Literal["latest", "all"]


class OfArea(Protocol):
    """A return, as far as it is told from others; `CohortReturn` explains each."""

    @property
    def key(self) -> str:
        """What returns of one area have in common."""

    @property
    def area(self) -> str:
        """The area as the cover names it."""

    @property
    def code(self) -> str:
        """The area's code."""

    @property
    def date(self) -> datetime.date | None:
        """The date on the cover."""

    @property
    def source(self) -> str:
        """The file's name."""

    @property
    def source_digest(self) -> str:
        """SHA-256 of its bytes."""


class ReturnHead(NamedTuple):
    """The same without the return, and its place among the returns of a batch."""

    key: str
    area: str
    code: str
    date: datetime.date | None
    source: str
    source_digest: str
    number: int = 0


_Return = TypeVar("_Return", bound=OfArea)


def head_of(found: OfArea) -> ReturnHead:
    """Give what a return is told from others by."""
    return ReturnHead(
        found.key, found.area, found.code, found.date, found.source, found.source_digest
    )


class Standing(Generic[_Return]):
    """The returns that count so far.

    Args:
        duplicates: `latest` lets the return of an area with the latest date on its cover count,
            and says so; `all` lets each.

    Attributes:
        superseded: those that do not count.

    Raises:
        ValueError: when `duplicates` is something else.
    """

    def __init__(self, duplicates: Duplicates) -> None:
        if duplicates not in ("latest", "all"):
            raise ValueError(f'duplicates is "latest" or "all", not {duplicates!r}')
        self._has_all = duplicates == "all"
        self._returns: list[_Return] = []
        self._places: dict[str, int] = {}
        self._issues: list[Issue] = []
        self.superseded: list[Superseded] = []

    def add(self, found: _Return) -> None:
        """Take one more return."""
        place = None if self._has_all else self._places.get(found.key)
        if place is None:
            self._places[found.key] = len(self._returns)
            self._returns.append(found)
            return
        before = self._returns[place]
        is_same = found.source_digest == before.source_digest
        is_later = not is_same and _order(found.date) >= _order(before.date)
        counts, other = (found, before) if is_later else (before, found)
        self._returns[place] = counts
        self.superseded.append(Superseded(other.area, other.source, other.date, counts.source))
        self._issues.append(_repeated(counts, other))

    @property
    def returns(self) -> tuple[_Return, ...]:
        """Those that count: areas with codes first; nothing depends on how the files came."""
        return tuple(sorted(self._returns, key=_place))

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What to say of areas with several returns."""
        return _all_issues(self._returns) if self._has_all else tuple(self._issues)


def _place(each: OfArea) -> tuple[object, ...]:
    number = each.code.zfill(12)
    return not each.code, number, each.key, _order(each.date), each.source, each.source_digest


def _order(date: datetime.date | None) -> datetime.date:
    return date or datetime.date.min


def _repeated(counts: OfArea, other: OfArea) -> Issue:
    severity = Severity.QUERY
    if counts.source_digest == other.source_digest:
        severity, why = Severity.NOTE, "the two have the same content"
    elif counts.date == other.date:
        when = "both have the same date" if counts.date else "neither has a date"
        why = f"{when}, so the one that came last counts"
    else:
        why = f"the first has the latest date, {counts.date}"
    return Issue(
        code=IssueCode.AREA_REPEATED,
        severity=severity,
        message=(
            f"{counts.area} has more than one return: {counts.source} counts and {other.source} "
            f"does not; {why}."
        ),
        remedy="Take away the return that is not meant.",
        location=FileLocation(other.source),
    )


def _all_issues(returns: Sequence[OfArea]) -> tuple[Issue, ...]:
    """Say of which areas several returns are kept."""
    files: dict[str, list[OfArea]] = {}
    for each in returns:
        files.setdefault(each.key, []).append(each)
    return tuple(
        Issue(
            code=IssueCode.AREA_REPEATED,
            severity=Severity.QUERY,
            message=(
                f"{found[0].area} has {len(found)} returns, and each counts: "
                f"{', '.join(each.source for each in found)}."
            ),
            remedy="Count the latest alone, unless several are meant.",
            location=FileLocation(found[0].source),
        )
        for found in files.values()
        if len(found) > 1
    )
