"""Decide which of an area's returns counts, and in which order areas stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from maturity.cohort.returns import Superseded
from maturity.issues import FileLocation, Issue, IssueCode, Severity

__all__ = ["Duplicates", "OfArea", "ReturnHead", "Settled", "Standing", "head_of"]

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


class Settled(NamedTuple, Generic[_Return]):
    """What was decided about several returns.

    Attributes:
        returns: those that count: areas with codes first; nothing depends on how the files came.
        superseded: those that do not count.
        issues: what to say of areas with several returns.
    """

    returns: tuple[_Return, ...]
    superseded: tuple[Superseded, ...]
    issues: tuple[Issue, ...]


class Standing(Generic[_Return]):
    """The returns of each area, to decide which of them count.

    Args:
        duplicates: `latest` lets the return of an area with the latest date on its cover count, or
            all where the dates do not say which it is, and says so; `all` lets each.

    Raises:
        ValueError: when `duplicates` is something else.
    """

    def __init__(self, duplicates: Duplicates) -> None:
        if duplicates not in ("latest", "all"):
            raise ValueError(f'duplicates is "latest" or "all", not {duplicates!r}')
        self._latest = duplicates == "latest"
        self._by_area: dict[str, list[_Return]] = {}
        self._copies: dict[str, list[tuple[_Return, _Return]]] = {}

    def add(self, found: _Return) -> None:
        """Take one more; a copy of one that is there does not count, unless all do."""
        others = self._by_area.setdefault(found.key, [])
        same = [each for each in others if each.source_digest == found.source_digest]
        if self._latest and same:
            self._copies.setdefault(found.key, []).append((found, same[0]))
        else:
            others.append(found)

    def settled(self) -> Settled[_Return]:
        """Decide about areas with several returns so far."""
        counting: list[_Return] = []
        superseded: list[Superseded] = []
        issues: list[Issue] = []
        for key, found in self._by_area.items():
            winner = self._winner(found)
            if winner is None:
                issues.append(_all_count(found, latest=self._latest))
            counting += found if winner is None else [winner]
            for other, counts, why in self._left_out(key, winner):
                superseded.append(Superseded(other.area, other.source, other.date, counts.source))
                issues.append(_does_not_count(other, counts, why))
        return Settled(tuple(sorted(counting, key=_place)), tuple(superseded), tuple(issues))

    def _left_out(self, key: str, winner: _Return | None) -> Iterator[tuple[_Return, _Return, str]]:
        """Give an area's returns that do not count, each with the one that does, and why."""
        if winner is not None:
            for each in self._by_area[key]:
                if each is not winner:
                    yield each, winner, f"the first has the latest date, {winner.date}"
        for copy, original in self._copies.get(key, ()):
            yield copy, winner or original, f"the other is a copy of {original.source}"

    def _winner(self, found: Sequence[_Return]) -> _Return | None:
        """Give the one that counts, the latest by its date; None where all do.

        All count where the dates do not say which is the latest, as in `maturity score`: nothing is
        guessed.
        """
        if len(found) == 1:
            return found[0]
        dates = [each.date for each in found if each.date is not None]
        last = max(dates, default=None)
        latest = [each for each in found if each.date == last]
        is_clear = self._latest and len(dates) == len(found) and len(latest) == 1
        return latest[0] if is_clear else None


def _does_not_count(other: OfArea, counts: OfArea, why: str) -> Issue:
    is_copy = other.source_digest == counts.source_digest
    why = "the two have the same content" if is_copy else why
    return Issue(
        code=IssueCode.AREA_REPEATED,
        severity=Severity.NOTE if is_copy else Severity.QUERY,
        message=(
            f"{counts.area} has more than one return: {counts.source} counts and {other.source} "
            f"does not; {why}."
        ),
        remedy="Take away the return that is not meant.",
        location=FileLocation(other.source),
    )


def _all_count(found: Sequence[OfArea], *, latest: bool) -> Issue:
    """Say that several returns of one area are kept."""
    return Issue(
        code=IssueCode.AREA_REPEATED,
        severity=Severity.QUERY,
        message=(
            f"{found[0].area} has {len(found)} returns, and each counts: "
            f"{', '.join(each.source for each in found)}."
        ),
        remedy="Their dates do not say which is the latest, so all count. Keep one."
        if latest
        else "Count the latest alone, unless several are meant.",
        location=FileLocation(found[0].source),
    )


def _place(each: OfArea) -> tuple[object, ...]:
    number = each.code.zfill(12)
    return not each.code, number, each.key, _order(each.date), each.source, each.source_digest


def _order(date: datetime.date | None) -> datetime.date:
    return date or datetime.date.min
