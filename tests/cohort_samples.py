"""Small cohorts of invented areas, for tests. All of it is synthetic."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from result_samples import Answer, assessment_of, small_rubric

from maturity import Cohort, Result, Rubric, gather_cohort, score
from maturity.assessment import MetadataValue
from maturity.issues import CellLocation, Issue, IssueCode, Severity

__all__ = ["CRITERIA", "area_result", "cohort_of", "odd_issue"]

CRITERIA = ("AA1", "AA2", "AA3", "BB1", "BB2")


def area_result(
    area: str,
    levels: Sequence[Answer],
    *,
    rubric: Rubric | None = None,
    date: datetime.date | None = None,
    digest: str | None = None,
    views: Mapping[str, tuple[int, int]] | None = None,
    issues: tuple[Issue, ...] = (),
) -> Result:
    """Score an area's return.

    Args:
        area: what the cover says; nothing when empty.
        levels: the agreed answers to AA1, AA2, AA3, BB1 and BB2, or fewer.
        rubric: the rubric; the usual small one when left out.
        date: the date on the cover.
        digest: what stands for the file's fingerprint; the area and date when left out.
        views: criterion → what the left and the right partner say.
        issues: what was odd about it.
    """
    answers: dict[str, dict[str, Answer]] = {
        criterion: {"agreed": level} for criterion, level in zip(CRITERIA, levels, strict=False)
    }
    for criterion, (left, right) in (views or {}).items():
        answers.setdefault(criterion, {}).update(left=left, right=right)
    made = assessment_of(rubric or small_rubric(), answers)
    cover: dict[str, MetadataValue] = {}
    if area:
        cover["area"] = MetadataValue("area", area, area, "Cover", "B2")
    if date is not None:
        cover["date"] = MetadataValue("date", date, str(date), "Cover", "B3")
    name = f"{area or 'nameless'} {date or ''}".strip()
    return score(
        replace(
            made,
            source=f"{name}.xlsx",
            source_digest=digest or f"sha256:{name}",
            metadata=cover,
            issues=issues,
        )
    )


def cohort_of(levels: Mapping[str, Sequence[Answer]], *, rubric: Rubric | None = None) -> Cohort:
    """Gather a cohort: area → its agreed answers."""
    rubric = rubric or small_rubric()
    return gather_cohort(
        (area_result(area, each, rubric=rubric) for area, each in levels.items()), rubric
    )


def odd_issue(raw: str = "2/3", severity: Severity = Severity.ERROR) -> Issue:
    """Make an issue about an answer."""
    return Issue(
        code=IssueCode.LEVEL_BETWEEN,
        severity=severity,
        message=f'"{raw}" lies between levels.',
        remedy="Choose one level.",
        location=CellLocation("return.xlsx", "AA", "D4"),
        raw=raw,
        criterion="AA2",
        rating="agreed",
    )
