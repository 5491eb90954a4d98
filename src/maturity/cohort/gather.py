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
            on its cover count, or all where the dates do not say which it is, and says so; `all`
            keeps each as a row of its own.

    Returns:
        The cohort; areas stand in the order of their codes, then their names.

    Raises:
        ValueError: when `duplicates` is something else.
    """
    if duplicates not in ("latest", "all"):
        raise ValueError(f'duplicates is "latest" or "all", not {duplicates!r}')
    chosen = _Chosen(latest=duplicates == "latest")
    failures: list[Failure] = []
    made_of: Mapping[tuple[str, str], frozenset[str]] = {}
    for outcome in outcomes:
        found, result = _taken(outcome, rubric)
        if result is not None and not made_of:
            made_of = _parts(result)
        if isinstance(found, Failure):
            failures.append(found)
        elif found is not None:
            chosen.add(found)
    returns = chosen.settled()
    return Cohort(
        rubric,
        _in_order(returns),
        tuple(failures),
        made_of,
        tuple(chosen.superseded),
        tuple(chosen.issues),
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


class _Chosen:
    """The returns of each area, and which of them count."""

    def __init__(self, *, latest: bool) -> None:
        self._latest = latest
        self._by_area: dict[str, list[CohortReturn]] = {}
        self._copies: dict[str, list[tuple[CohortReturn, CohortReturn]]] = {}
        self.superseded: list[Superseded] = []
        self.issues: list[Issue] = []

    def add(self, found: CohortReturn) -> None:
        """Take one more; a copy of one that is there does not count, unless all do."""
        others = self._by_area.setdefault(found.key, [])
        same = [each for each in others if each.source_digest == found.source_digest]
        if self._latest and same:
            self._copies.setdefault(found.key, []).append((found, same[0]))
        else:
            others.append(found)

    def settled(self) -> list[CohortReturn]:
        """Decide about areas with several, and give all that count."""
        counting: list[CohortReturn] = []
        for key, found in self._by_area.items():
            winner = self._winner(found)
            counting += found if winner is None else [winner]
            for each in found:
                if winner is not None and each is not winner:
                    self._leave_out(each, winner, f"the first has the latest date, {winner.date}")
            for copy, original in self._copies.get(key, ()):
                why = f"the other is a copy of {original.source}"
                self._leave_out(copy, winner or original, why)
        return counting

    def _winner(self, found: Sequence[CohortReturn]) -> CohortReturn | None:
        """Give the one that counts, the latest by its date; None, and an issue, where all do.

        All count where the dates do not say which is the latest, as in `maturity score`: nothing is
        guessed.
        """
        if len(found) == 1:
            return found[0]
        remedy = "Count the latest alone, unless several are meant."
        if self._latest:
            dates = [each.date for each in found if each.date is not None]
            last = max(dates, default=None)
            latest = [each for each in found if each.date == last]
            if len(dates) == len(found) and len(latest) == 1:
                return latest[0]
            remedy = "Their dates do not say which is the latest, so all count. Keep one."
        self.issues.append(_all_count(found, remedy))
        return None

    def _leave_out(self, other: CohortReturn, counts: CohortReturn, why: str) -> None:
        is_copy = other.source_digest == counts.source_digest
        why = "the two have the same content" if is_copy else why
        self.superseded.append(Superseded(other.area, other.source, other.date, counts.source))
        self.issues.append(
            Issue(
                code=IssueCode.AREA_REPEATED,
                severity=Severity.NOTE if is_copy else Severity.QUERY,
                message=(
                    f"{counts.area} has more than one return: {counts.source} counts and "
                    f"{other.source} does not; {why}."
                ),
                remedy="Take away the return that is not meant.",
                location=FileLocation(other.source),
            )
        )


def _all_count(found: Sequence[CohortReturn], remedy: str) -> Issue:
    """Say that several returns of one area are kept."""
    return Issue(
        code=IssueCode.AREA_REPEATED,
        severity=Severity.QUERY,
        message=(
            f"{found[0].area} has {len(found)} returns, and each counts: "
            f"{', '.join(each.source for each in found)}."
        ),
        remedy=remedy,
        location=FileLocation(found[0].source),
    )


def _order(date: datetime.date | None) -> datetime.date:
    return date or datetime.date.min


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
