"""Keep of one return what a cohort needs, and say which area it is about.

A cohort may hold thousands of returns, so the workbook, the places of answers and the remarks are
let go. Answers that are alike are one object for all returns.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from maturity.areas import Area, find_area, known_areas
from maturity.assessment import Assessment, MetadataValue, Response, State
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.normalise import normalise
from maturity.result import Result
from maturity.rubric import Rubric
from maturity.wording import listed

__all__ = ["CohortReturn", "Failure", "Figure", "Superseded", "kept", "rebuilt"]


class Figure(NamedTuple):
    """One score as a cohort keeps it: a value or the reason why there is none.

    Attributes:
        value: the exact score on its own scale; None when there is none.
        low: what it would be if every missing answer were the lowest level.
        high: what it would be if every missing answer were the highest level.
        coverage: the share of its weight that was answered, 0 to 1; None when nothing applies.
        band: the name of the stretch of the scale in which the value lies.
        reason: why there is no value; None when there is one.
    """

    value: Fraction | None
    low: float | None
    high: float | None
    coverage: float | None
    band: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class CohortReturn:
    """One return among many: the area it is about, its scores, answers and issues.

    Attributes:
        key: what returns of one area have in common: the area's code, else its name, else the file.
        area: the area as the cover names it; the file's name when it does not.
        code: the area's code; empty when it is not known.
        known: the area in the shipped table; None when it is not in there.
        date: the date on the cover, when it can be read.
        source: the file's name.
        source_digest: SHA-256 of its bytes.
        scores: (roll-up, id) → the score.
        answers: one for each criterion and rating, in the rubric's order, without their cells.
        issues: everything odd that was found in the return.
    """

    key: str
    area: str
    code: str
    known: Area | None
    date: datetime.date | None
    source: str
    source_digest: str
    scores: Mapping[tuple[str, str], Figure]
    answers: tuple[Response, ...]
    issues: tuple[Issue, ...]

    @property
    def region(self) -> str:
        """The region the area lies in; empty when it is not known."""
        return "" if self.known is None else self.known.region


class Failure(NamedTuple):
    """A file that is not in the cohort, and every reason why.

    Attributes:
        source: the file.
        issues: the reasons; at least one.
    """

    source: str
    issues: tuple[Issue, ...]


class Superseded(NamedTuple):
    """A return that does not count, because another one of the same area does.

    Attributes:
        area: the area.
        source: the file that does not count.
        date: the date on its cover.
        kept: the file that counts.
    """

    area: str
    source: str
    date: datetime.date | None
    kept: str


def kept(result: Result, source: str) -> CohortReturn:
    """Keep of a result what a cohort needs.

    Args:
        result: what a return scored.
        source: the file it came from, as people are to see it.
    """
    assessment = result.assessment
    known, code, conflicts = _identity(assessment, source)
    name = assessment.area or assessment.area_name
    return CohortReturn(
        key=code or normalise(name) or f"file {assessment.source_digest}",
        area=name or source,
        code=code,
        known=known,
        date=assessment.date,
        source=source,
        source_digest=assessment.source_digest,
        scores={
            (score.score, score.id): _figure(
                score.exact, score.low, score.high, score.coverage, score.band, score.reason
            )
            for score in result.scores
        },
        answers=tuple(
            _answer(answer.criterion, answer.rating, answer.state, answer.level)
            for answer in assessment.responses
        ),
        issues=(*assessment.issues, *conflicts),
    )


@lru_cache(maxsize=50_000)
def _answer(criterion: str, rating: str, state: State, level: int | Decimal | None) -> Response:
    return Response(criterion, rating, state, level)


_figure = lru_cache(50_000)(Figure)
"""Scores that are alike are one object, too."""


def _identity(assessment: Assessment, source: str) -> tuple[Area | None, str, tuple[Issue, ...]]:
    """Find the area by its code or, without one, by its name; the code counts when they differ."""
    code = normalise(assessment.area_code)
    named = find_area(assessment.area_name)
    if not code:
        return named, "" if named is None else named.code, ()
    known = known_areas().get(code)
    if known is None or named is None or named is known:
        return known, code, ()
    return known, code, (_conflict(assessment, source, known, named),)


def _conflict(assessment: Assessment, source: str, known: Area, named: Area) -> Issue:
    place = assessment.metadata["area"]
    return Issue(
        code=IssueCode.AREA_CONFLICT,
        severity=Severity.QUERY,
        message=(
            f'The cover says "{assessment.area}", and {known.code} is the code of {known.name}; '
            f"{listed(named.names)} has the code {named.code}. The code was used."
        ),
        remedy="Make the code and the name agree.",
        location=CellLocation(source, place.sheet, place.cell),
        raw=place.raw,
    )


def rebuilt(found: CohortReturn, rubric: Rubric) -> Assessment:
    """Make an assessment again of what was kept, to score it with its contributions.

    Args:
        found: a return of a cohort.
        rubric: the rubric of that cohort.
    """
    cover: dict[str, MetadataValue] = {
        "area": MetadataValue("area", found.area, found.area, "", "")
    }
    if found.date is not None:
        cover["date"] = MetadataValue("date", found.date, str(found.date), "", "")
    return Assessment(
        rubric=rubric,
        source=found.source,
        source_digest=found.source_digest,
        layout=None,
        responses=found.answers,
        metadata=cover,
    )
