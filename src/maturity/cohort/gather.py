"""Gather many outcomes into one cohort, one at a time, and keep only what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from maturity.cohort.cohort import Cohort
from maturity.cohort.returns import CohortReturn, Failure, kept
from maturity.cohort.standing import Duplicates, Standing
from maturity.issues import FileLocation, Issue, IssueCode, Severity
from maturity.result import Result
from maturity.rubric import Rubric

__all__ = ["Duplicates", "Outcome", "gather_cohort", "taken"]


class Outcome(Protocol):
    """What became of one file, as `maturity.batch` says it."""

    @property
    def source(self) -> Path | str:
        """The file."""

    @property
    def status(self) -> str:
        """What became of it; begins with `scored` where there is a result."""

    @property
    def name(self) -> str:
        """The file's own name, without where it is."""

    @property
    def result(self) -> Result | None:
        """What it scored; None also when somebody else took it."""

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
        ValueError: when `duplicates` is something else, or a file was scored and its result is not
            there, because another `then=` took it.
    """
    standing: Standing[CohortReturn] = Standing(duplicates)
    failures: list[Failure] = []
    made_of: Mapping[tuple[str, str], frozenset[str]] = {}
    for outcome in outcomes:
        found, result = taken(outcome, rubric)
        if result is not None and not made_of:
            made_of = _parts(result)
        if isinstance(found, Failure):
            failures.append(found)
        elif found is not None:
            standing.add(found)
    settled = standing.settled()
    return Cohort(
        rubric,
        settled.returns,
        tuple(failures),
        made_of,
        settled.superseded,
        settled.issues,
    )


def taken(
    outcome: Outcome | Result, rubric: Rubric
) -> tuple[CohortReturn | Failure | None, Result | None]:
    """Keep what is needed of an outcome.

    Returns:
        The return, or why the file is none; neither for one that was passed over. Then the result
        itself, when it belongs here.

    Raises:
        ValueError: when a file was scored and its result is not there.
    """
    if isinstance(outcome, Result):
        return _kept(outcome, outcome.assessment.source, rubric)
    if outcome.reason is not None:
        return None, None
    if outcome.result is not None:
        return _kept(outcome.result, outcome.name, rubric)
    if outcome.status.startswith("scored"):
        raise ValueError(
            f"{outcome.source} was scored, and its result is not here: leave out then=, or give "
            "the packer of these tables"
        )
    return Failure(outcome.name, outcome.issues), None


def _kept(
    result: Result, source: str, rubric: Rubric
) -> tuple[CohortReturn | Failure, Result | None]:
    if result.rubric.digest != rubric.digest:
        return Failure(source, (_other_rubric(result.rubric, rubric, source),)), None
    return kept(result, source), result


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
