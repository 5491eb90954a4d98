"""Decide which of several returns counts as its area's: a date decides, or nothing does."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from maturity.issues import Issue, IssueCode, Severity

__all__ = ["AreaReturn", "Duplicates", "Figure", "Repeat", "decide"]

_MOST_FILES = 3


class Duplicates(StrEnum):
    """What is done with several returns of one area."""

    LATEST = "latest"
    ALL = "all"
    REFUSE = "refuse"


class Figure(NamedTuple):
    """One headline score of a return."""

    key: str
    value: float | None
    band: str | None


class AreaReturn(NamedTuple):
    """One of the returns about an area."""

    area: str
    source: str
    digest: str | None
    date: datetime.date | None
    figures: tuple[Figure, ...] = ()


class Repeat(NamedTuple):
    """An area with several returns.

    Attributes:
        returns: all of them, in the order of the run.
        superseded: the source of each that does not count → the one that counts in its place; None
            when none does.
        issue: what to say about it.
    """

    returns: tuple[AreaReturn, ...]
    superseded: Mapping[str, str | None]
    issue: Issue

    @property
    def counting(self) -> tuple[AreaReturn, ...]:
        """The returns that count as the area's."""
        return tuple(each for each in self.returns if each.source not in self.superseded)


def decide(returns: Sequence[AreaReturn], duplicates: Duplicates) -> Repeat:
    """Choose among the returns of one area.

    Of copies the first counts. Of different ones the latest by the date on its cover counts; when
    one has no date, or two have the latest, all of them count and the area is left to a person.

    Args:
        returns: two or more, in the order of the run.
        duplicates: what is wanted.
    """
    superseded: dict[str, str | None] = {}
    if duplicates is Duplicates.REFUSE:
        superseded = dict.fromkeys(each.source for each in returns)
        remedy = "None of them counts; keep one."
    elif duplicates is Duplicates.ALL:
        remedy = "All of them count, as was asked for."
    else:
        superseded, remedy = _latest(returns)
    issue = Issue(IssueCode.AREA_REPEATED, Severity.QUERY, _sentence(returns), remedy)
    return Repeat(tuple(returns), superseded, issue)


def _latest(returns: Sequence[AreaReturn]) -> tuple[dict[str, str | None], str]:
    superseded: dict[str, str | None] = {}
    originals: dict[str | None, AreaReturn] = {}
    for each in returns:
        original = originals.setdefault(each.digest, each)
        if original is not each:
            superseded[each.source] = original.source
    different = list(originals.values())
    if len(different) == 1:
        return superseded, f"{different[0].source} counts. Keep one."
    dates = [each.date for each in different if each.date is not None]
    last = max(dates, default=None)
    if len(dates) < len(different) or dates.count(last or dates[0]) > 1:
        return superseded, "Their dates do not say which is the latest, so all count. Keep one."
    winner = next(each for each in different if each.date == last)
    others = {each.source: winner.source for each in returns if each is not winner}
    return {**others}, f"{winner.source} is the latest by its date and counts. Keep one."


def _sentence(returns: Sequence[AreaReturn]) -> str:
    named = [
        each.source if each.date is None else f"{each.source} ({each.date.isoformat()})"
        for each in returns[:_MOST_FILES]
    ]
    more = f" and {len(returns) - _MOST_FILES:,} more" if len(returns) > _MOST_FILES else ""
    same = "of the same content " if len({each.digest for each in returns}) == 1 else ""
    return f"{returns[0].area} has {len(returns)} returns {same}here: {', '.join(named)}{more}."
