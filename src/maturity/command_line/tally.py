"""Count what became of the files of a run, without holding any of them.

The command line prints from these counts, and takes its exit code from them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from maturity.batch import OutcomeStatus, PassedOver
from maturity.batch.records import FileRecord
from maturity.batch.urls import base_name
from maturity.command_line.duplicates import AreaReturn, Duplicates, Figure, Repeat, decide
from maturity.command_line.endings import ExitCode
from maturity.issues import Issue, Severity
from maturity.reconciliation import Agreement
from maturity.rubric import RollUp, Rubric

__all__ = [
    "Refusal",
    "Tally",
    "ToMend",
    "area_of",
    "found_so_far",
    "headings",
    "headline",
]

_OVERALL = "overall"
_MOST_TO_MEND = 3
_MOST_REFUSALS = 20
_MOST_PARTING = 3


class Refusal(NamedTuple):
    """A file that could not be used, or whose results could not be written, and why."""

    source: str
    issues: tuple[Issue, ...]


class ToMend(NamedTuple):
    """A return with issues, ordered by how much there is to mend."""

    errors: int
    queries: int
    place: int
    source: str
    area: str


def headings(rubric: Rubric) -> Mapping[str, str]:
    """Choose which scores of a return are shown on one line.

    Args:
        rubric: the rubric of the run.

    Returns:
        Score id → title: the domains, or what comes first in a rubric that does not score them;
        then the overall score, where there is one.
    """
    rollup = _first_rollup(rubric)
    facets = rollup.grouping
    found = dict(rubric.facet_members(facets[0])) if len(facets) == 1 else {}
    return found if rubric.scoring.overall == "none" else {**found, _OVERALL: "Overall"}


def headline(record: FileRecord, rubric: Rubric) -> tuple[Figure, ...]:
    """Give the scores of a return that belong under the [headings][]."""
    wanted = {_first_rollup(rubric).score, _OVERALL}
    return tuple(
        _figure(
            str(row["id"]),
            cast("float | None", row["value"]),
            None if row["band"] is None else str(row["band"]),
        )
        for row in record.scores
        if row["score"] in wanted
    )


_figure = lru_cache(10_000)(Figure)
"""Scores that are alike are one object: a run keeps those of every return."""


def found_so_far(to_mend: int, failed: int) -> str:
    """Say beside a progress bar how many issues are to be mended, and how many files failed."""
    return f"{to_mend:,} to mend, {failed:,} failed"


def _first_rollup(rubric: Rubric) -> RollUp:
    rollups = rubric.scoring.rollups
    return next((rollup for rollup in rollups if rollup.score == "domain"), rollups[0])


def area_of(record: FileRecord) -> str:
    """Name the area a return is about; the file when its cover does not say."""
    return record.area or base_name(record.source)


@dataclass
class Tally:
    """What became of the files so far.

    Attributes:
        rubric: the rubric of the run.
        statuses: how many files ended in each way.
        severities: how many issues the scored files have, by severity.
        passed_over: how many files were passed over, by reason.
        refusals: the first files that could not be used; `statuses` counts all.
        values: headline score id → value → in how many returns.
        bands: headline score id → band → in how many returns.
        to_mend: a heap of the returns with the most errors, then queries.
        areas: area code or name → the returns about it.
        unwritten: the first results that could not be written.
        unwritten_count: how many could not.
        written: how many files were written, by the ending of their names.
        stated: what became of the scores that returns state themselves.
        stating: how many returns state any.
        parting: the first returns in which not all of them agree with ours.
        parting_count: in how many that is so.
        left_over: results in the folder that are not of this run, once it has ended.
        kept: how many files were done in an earlier run.
        repeats: the areas with several returns, once [settle][] has decided about them.
        superseded: how many scored returns do not count as their area's.
        is_refusing: whether several returns of one area make the run a failed one.
    """

    rubric: Rubric
    statuses: Counter[OutcomeStatus] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    passed_over: Counter[PassedOver] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    values: dict[str, Counter[float]] = field(default_factory=dict)
    bands: dict[str, Counter[str]] = field(default_factory=dict)
    to_mend: list[ToMend] = field(default_factory=list)
    areas: dict[str, list[AreaReturn]] = field(default_factory=dict)
    unwritten: list[Refusal] = field(default_factory=list)
    unwritten_count: int = 0
    written: Counter[str] = field(default_factory=Counter)
    stated: Counter[Agreement] = field(default_factory=Counter)
    stating: int = 0
    parting: list[str] = field(default_factory=list)
    parting_count: int = 0
    left_over: tuple[str, ...] = ()
    kept: int = 0
    repeats: tuple[Repeat, ...] = ()
    superseded: int = 0
    is_refusing: bool = False

    def add(self, record: FileRecord) -> None:
        """Count one file."""
        self.statuses[record.status] += 1
        self.written.update(Path(file.name).suffix for file in record.written)
        if record.not_written:
            self.unwritten_count += 1
            if len(self.unwritten) < _MOST_REFUSALS:
                self.unwritten.append(Refusal(record.source, record.not_written))
        if record.reason is not None:
            self.passed_over[record.reason] += 1
        if record.why and len(self.refusals) < _MOST_REFUSALS:
            self.refusals.append(Refusal(record.source, record.why))
        if record.is_scored:
            self._add_issues(record)
            self._add_stated(record)
            figures = headline(record, self.rubric)
            self._count(figures, 1)
            if record.area_key:
                found = AreaReturn(record.area, record.source, record.digest, record.date, figures)
                self.areas.setdefault(record.area_key, []).append(found)

    def _add_issues(self, record: FileRecord) -> None:
        counts = record.issues or {}
        self.severities.update(counts)
        errors, queries = counts.get(Severity.ERROR, 0), counts.get(Severity.QUERY, 0)
        if errors or queries:
            # The place is negative so that, of two with as much to mend, the earlier comes first.
            item = ToMend(errors, queries, -self.scored, record.source, area_of(record))
            keep = heapq.heappush if len(self.to_mend) < _MOST_TO_MEND else heapq.heappushpop
            keep(self.to_mend, item)

    def _add_stated(self, record: FileRecord) -> None:
        if not record.stated:
            return
        self.stating += 1
        self.stated.update(record.stated)
        if set(record.stated) != {Agreement.AGREES}:
            self.parting_count += 1
            if len(self.parting) < _MOST_PARTING:
                self.parting.append(record.source)

    def _count(self, figures: Iterable[Figure], times: int) -> None:
        for figure in figures:
            values = self.values.setdefault(figure.key, Counter())
            bands = self.bands.setdefault(figure.key, Counter())
            if figure.value is not None:
                values[figure.value] += times
            if figure.band is not None:
                bands[figure.band] += times

    def settle(self, duplicates: Duplicates) -> None:
        """Decide about areas with several returns, and leave out those that do not count."""
        self.is_refusing = duplicates is Duplicates.REFUSE
        several = (returns for returns in self.areas.values() if len(returns) > 1)
        self.repeats = tuple(decide(returns, duplicates) for returns in several)
        for repeat in self.repeats:
            for each in repeat.returns:
                if each.source in repeat.superseded:
                    self.superseded += 1
                    self._count(each.figures, -1)
        for key in self.values:
            self.values[key] = +self.values[key]  # without those that are left in no return
            self.bands[key] = +self.bands[key]

    @property
    def standing(self) -> Mapping[str, str | None]:
        """Source → the return that counts in its place, for all that do not count themselves."""
        return {key: other for repeat in self.repeats for key, other in repeat.superseded.items()}

    @property
    def files(self) -> int:
        """How many files there were, passed over or not."""
        return sum(self.statuses.values())

    @property
    def scored(self) -> int:
        """How many files were scored."""
        return self.statuses[OutcomeStatus.SCORED] + self.statuses[OutcomeStatus.SCORED_WITH_ISSUES]

    @property
    def refused(self) -> int:
        """How many files could not be used: refused, or failed."""
        return self.statuses[OutcomeStatus.REFUSED] + self.statuses[OutcomeStatus.FAILED]

    @property
    def mending(self) -> list[ToMend]:
        """The returns with the most errors, then queries; the worst first."""
        return sorted(self.to_mend, reverse=True)

    @property
    def exit_code(self) -> ExitCode:
        """What to tell the caller: the worst that happened. Notes alone are clean."""
        if self.refused or self.unwritten or (self.repeats and self.is_refusing):
            return ExitCode.UNUSABLE
        if not self.scored:
            return ExitCode.MISUSE
        found = self.severities[Severity.ERROR] + self.severities[Severity.QUERY]
        return ExitCode.ISSUES if found or self.repeats else ExitCode.CLEAN

    def so_far(self) -> str:
        """Say in a few words what was found so far, for who watches a long run."""
        found = self.severities[Severity.ERROR] + self.severities[Severity.QUERY]
        return found_so_far(found, self.refused + self.unwritten_count)
