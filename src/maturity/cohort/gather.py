"""Gather many outcomes into one cohort, one at a time, and keep only what it needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from maturity.cohort.cohort import Cohort
from maturity.cohort.returns import CohortReturn, Failure, Superseded, kept
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.result import Result
from maturity.rubric import Rubric

__all__ = ["Duplicates", "Outcome", "gather_cohort"]

Duplicates = Literal["latest", "all"]


class Outcome(Protocol):
    """What became of one file, as `maturity.batch` says it."""

    @property
    def source(self) -> Path | str:
        """The file."""

    @property
    def result(self) -> Result | None:
        """What it scored."""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Everything odd about it, or every reason for refusing it."""

    @property
    def reason(self) -> str | None:
        """Why it was passed over; None when it was not."""


def gather_cohort(
    outcomes: Iterable[Outcome | Result], rubric: Rubric, *, duplicates: Duplicates = "latest"
) -> Cohort:
    """Gather what many returns scored, to look at areas beside one another.

    Outcomes are taken as they come and let go at once, so that no workbook is held. Files that
    were passed over are not counted. A result under another rubric becomes a failure.

    Args:
        outcomes: what [score_files][] yields, or results.
        rubric: the rubric under which all of them are scored.
        duplicates: what two returns of one area mean: `latest` lets the one with the latest date
            on its cover count, and says so; `all` keeps each as a row of its own.

    Returns:
        The cohort; areas stand in the order of their codes, then their names.

    Raises:
        ValueError: when `duplicates` is something else.
    """
    if duplicates not in ("latest", "all"):
        raise ValueError(f'duplicates is "latest" or "all", not {duplicates!r}')
    returns: list[CohortReturn] = []
    failures: list[Failure] = []
    made_of: Mapping[tuple[str, str], frozenset[str]] = {}
    gathered = _Latest() if duplicates == "latest" else None
    for outcome in outcomes:
        found, result = _taken(outcome, rubric)
        if result is not None and not made_of:
            made_of = _parts(result)
        if isinstance(found, Failure):
            failures.append(found)
        elif found is not None:
            (returns.append if gathered is None else gathered.add)(found)
    if gathered is None:
        return Cohort(
            rubric, _in_order(returns), tuple(failures), made_of, (), _all_issues(returns)
        )
    return Cohort(
        rubric,
        _in_order(gathered.returns),
        tuple(failures),
        made_of,
        tuple(gathered.superseded),
        tuple(gathered.issues),
    )


def _taken(
    outcome: Outcome | Result, rubric: Rubric
) -> tuple[CohortReturn | Failure | None, Result | None]:
    """Keep what is needed of an outcome; the result itself is given when it belongs here."""
    result, source, issues = _opened(outcome)
    if not isinstance(outcome, Result) and outcome.reason is not None:
        return None, None
    if result is None:
        return Failure(source, issues), None
    if result.rubric.digest != rubric.digest:
        return Failure(source, (_other_rubric(result.rubric, rubric, source),)), None
    return kept(result, source), result


def _opened(outcome: Outcome | Result) -> tuple[Result | None, str, tuple[Issue, ...]]:
    if isinstance(outcome, Result):
        return outcome, outcome.assessment.source, ()
    source = outcome.source.name if isinstance(outcome.source, Path) else outcome.source
    return outcome.result, source, outcome.issues


def _parts(result: Result) -> Mapping[tuple[str, str], frozenset[str]]:
    """Say which answers make each score; it is the same for all returns under one rubric."""
    below = {rule.score: rule.of for rule in result.rubric.scoring.rules}
    found: dict[tuple[str, str], frozenset[str]] = {}
    for score in result.scores:  # those below come first
        answers: set[str] = set()
        for part in score.contributions:
            key = (below[score.score], part.id)
            answers |= found.get(key, {f"{part.rating} {part.id}"})
        found[score.score, score.id] = frozenset(answers)
    return found


def _other_rubric(found: Rubric, wanted: Rubric, source: str) -> Issue:
    return Issue(
        code=IssueCode.RUBRIC_DIFFERS,
        severity=Severity.ERROR,
        message=(
            f"It was scored under {found.id} {found.version} ({found.digest[:15]}…), and the "
            f"others under {wanted.id} {wanted.version} ({wanted.digest[:15]}…)."
        ),
        remedy="Score it again under the rubric of the others.",
        location=FileLocation(source),
    )


class _Latest:
    """The latest return of each area so far."""

    def __init__(self) -> None:
        self._by_area: dict[str, CohortReturn] = {}
        self.superseded: list[Superseded] = []
        self.issues: list[Issue] = []

    @property
    def returns(self) -> Sequence[CohortReturn]:
        return list(self._by_area.values())

    def add(self, found: CohortReturn) -> None:
        before = self._by_area.get(found.key)
        if before is None:
            self._by_area[found.key] = found
            return
        is_same = found.source_digest == before.source_digest
        is_later = not is_same and _order(found.date) >= _order(before.date)
        counts, other = (found, before) if is_later else (before, found)
        self._by_area[found.key] = counts
        self.superseded.append(Superseded(other.area, other.source, other.date, counts.source))
        self.issues.append(_repeated(counts, other))


def _order(date: datetime.date | None) -> datetime.date:
    return date or datetime.date.min


def _repeated(counts: CohortReturn, other: CohortReturn) -> Issue:
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


def _all_issues(returns: Sequence[CohortReturn]) -> tuple[Issue, ...]:
    """Say of which areas several returns are kept."""
    files: dict[str, list[CohortReturn]] = {}
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


def _in_order(returns: Iterable[CohortReturn]) -> tuple[CohortReturn, ...]:
    """Put areas with codes first; nothing depends on the order in which files came."""
    return tuple(
        sorted(
            returns,
            key=lambda each: (
                not each.code,
                each.code.zfill(12),
                each.key,
                _order(each.date),
                each.source,
                each.source_digest,
            ),
        )
    )
