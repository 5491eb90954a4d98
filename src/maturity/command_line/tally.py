"""Count what became of the files of a run, without holding any of them.

The command line prints from these counts, and takes its exit code from them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from maturity.assessment import State
from maturity.batch import FileOutcome, OutcomeStatus, PassedOver
from maturity.command_line.endings import ExitCode
from maturity.issues import Issue, IssueCode, Severity
from maturity.result import Result, Score
from maturity.rubric import RollUp, Rubric

__all__ = [
    "AreaReturn",
    "Refusal",
    "Tally",
    "ToMend",
    "answered",
    "area_of",
    "count_severities",
    "headings",
    "headline",
]

_OVERALL = "overall"
_MOST_TO_MEND = 3
_MOST_REFUSALS = 20


class Refusal(NamedTuple):
    """A file that could not be used, or whose results could not be written, and why."""

    source: Path | str
    issues: tuple[Issue, ...]


class AreaReturn(NamedTuple):
    """One of the returns about an area: what it calls the area, the file, and its digest."""

    area: str
    source: str
    digest: str


class ToMend(NamedTuple):
    """A return with issues, ordered by how much there is to mend."""

    errors: int
    queries: int
    place: int
    source: Path | str
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


def headline(result: Result) -> Mapping[str, Score]:
    """Give the scores of a return that belong under the [headings][], by id."""
    scores = result.by_rollup.get(_first_rollup(result.rubric).score, {})
    overall = result.overall
    return scores if overall is None else {**scores, _OVERALL: overall}


def _first_rollup(rubric: Rubric) -> RollUp:
    rollups = rubric.scoring.rollups
    return next((rollup for rollup in rollups if rollup.score == "domain"), rollups[0])


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


def area_of(outcome: FileOutcome) -> str:
    """Name the area a return is about; the file when its cover does not say."""
    assessment = None if outcome.result is None else outcome.result.assessment
    if assessment is not None and (assessment.area or assessment.area_name):
        return assessment.area or assessment.area_name
    return outcome.source.name if isinstance(outcome.source, Path) else outcome.source


def count_severities(issues: tuple[Issue, ...]) -> Counter[Severity]:
    """Count issues by severity."""
    return Counter(issue.severity for issue in issues)


@dataclass
class Tally:
    """What became of the files so far.

    Attributes:
        statuses: how many files ended in each way.
        severities: how many issues the scored files have, by severity.
        codes: how many errors and queries the scored files have, by kind.
        passed_over: how many files were passed over, by reason.
        refusals: the first files that could not be used; `statuses` counts all.
        values: headline score id → value → in how many returns.
        bands: headline score id → band → in how many returns.
        to_mend: a heap of the returns with the most errors, then queries.
        areas: area code or name → the returns about it.
        unwritten: the results that could not be written.
        written: how many files were written, by the ending of their names.
    """

    statuses: Counter[OutcomeStatus] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    codes: Counter[IssueCode] = field(default_factory=Counter)
    passed_over: Counter[PassedOver] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    values: dict[str, Counter[float]] = field(default_factory=dict)
    bands: dict[str, Counter[str]] = field(default_factory=dict)
    to_mend: list[ToMend] = field(default_factory=list)
    areas: dict[str, list[AreaReturn]] = field(default_factory=dict)
    unwritten: list[Refusal] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)

    def add(
        self, outcome: FileOutcome, written: Sequence[Path] = (), failure: Refusal | None = None
    ) -> None:
        """Count one file and what was written for it, or why that could not be."""
        self.statuses[outcome.status] += 1
        self.written.update(path.suffix for path in written)
        if failure is not None:
            self.unwritten.append(failure)
        if outcome.reason is not None:
            self.passed_over[outcome.reason] += 1
        if outcome.status is OutcomeStatus.REFUSED and len(self.refusals) < _MOST_REFUSALS:
            self.refusals.append(Refusal(outcome.source, outcome.issues))
        if outcome.result is not None:
            self._add_issues(outcome)
            self._add_scores(outcome.result)
            self._add_area(outcome, outcome.result)

    def _add_issues(self, outcome: FileOutcome) -> None:
        counts = count_severities(outcome.issues)
        self.severities.update(counts)
        self.codes.update(i.code for i in outcome.issues if i.severity is not Severity.NOTE)
        errors, queries = counts[Severity.ERROR], counts[Severity.QUERY]
        if errors or queries:
            # The place is negative so that, of two with as much to mend, the earlier comes first.
            item = ToMend(errors, queries, -self.scored, outcome.source, area_of(outcome))
            keep = heapq.heappush if len(self.to_mend) < _MOST_TO_MEND else heapq.heappushpop
            keep(self.to_mend, item)

    def _add_scores(self, result: Result) -> None:
        for key, score in headline(result).items():
            values = self.values.setdefault(key, Counter())
            bands = self.bands.setdefault(key, Counter())
            if score.value is not None:
                values[score.value] += 1
            if score.band is not None:
                bands[score.band] += 1

    def _add_area(self, outcome: FileOutcome, result: Result) -> None:
        assessment = result.assessment
        key = assessment.area_code or assessment.area_name.casefold()
        if key:
            found = AreaReturn(area_of(outcome), str(outcome.source), assessment.source_digest)
            self.areas.setdefault(key, []).append(found)

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
        """How many files could not be used."""
        return self.statuses[OutcomeStatus.REFUSED]

    @property
    def repeated_areas(self) -> list[list[AreaReturn]]:
        """The areas with more than one return, each with its returns."""
        return [returns for returns in self.areas.values() if len(returns) > 1]

    @property
    def mending(self) -> list[ToMend]:
        """The returns with the most errors, then queries; the worst first."""
        return sorted(self.to_mend, reverse=True)

    @property
    def exit_code(self) -> ExitCode:
        """What to tell the caller: the worst that happened. Notes alone are clean."""
        if self.refused or self.unwritten:
            return ExitCode.UNUSABLE
        if not self.scored:
            return ExitCode.MISUSE
        found = self.severities[Severity.ERROR] + self.severities[Severity.QUERY]
        return ExitCode.ISSUES if found or self.repeated_areas else ExitCode.CLEAN
