"""Give a cohort as plain rows, one at a time, for data frames and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maturity.cohort.returns import CohortReturn, Failure, Superseded
from maturity.issues import Issue, IssueCode

__all__ = ["answer_rows", "failure_rows", "issue_rows", "score_rows"]

Row = dict[str, object]

_NOBODY: Row = dict.fromkeys(("code", "area", "region", "date", "source"))


def score_rows(returns: Iterable[CohortReturn]) -> Iterator[Row]:
    """Give one row per return and score."""
    for each in returns:
        for (score, member), figure in each.scores.items():
            row: Row = {**_who(each), "score": score, "id": member, **figure._asdict()}
            row["value"] = None if figure.value is None else float(figure.value)
            yield row


def answer_rows(returns: Iterable[CohortReturn]) -> Iterator[Row]:
    """Give one row per return, criterion and rating."""
    for each in returns:
        who = _who(each)
        for answer in each.answers:
            yield {
                **who,
                "criterion": answer.criterion,
                "rating": answer.rating,
                "state": answer.state.value,
                "level": None if answer.level is None else float(answer.level),
            }


def issue_rows(returns: Iterable[CohortReturn], issues: Iterable[Issue]) -> Iterator[Row]:
    """Give one row per issue of a return, then one per issue of the cohort as a whole."""
    for each in returns:
        for issue in each.issues:
            yield {**_who(each), **_issue(issue)}
    for issue in issues:
        yield {**_NOBODY, **_issue(issue)}


def failure_rows(failures: Iterable[Failure], superseded: Sequence[Superseded]) -> Iterator[Row]:
    """Give one row per file that is not in the cohort, and reason."""
    for failure in failures:
        for issue in failure.issues:
            yield {
                "source": failure.source,
                "status": "failed",
                "issue": issue.code.value,
                "message": issue.message,
                "remedy": issue.remedy,
            }
    for each in superseded:
        yield {
            "source": each.source,
            "status": "superseded",
            "issue": IssueCode.AREA_REPEATED.value,
            "message": f"{each.kept} counts for {each.area}.",
            "remedy": "Take away the return that is not meant.",
        }


def _who(each: CohortReturn) -> Row:
    return {
        "code": each.code or None,
        "area": each.area,
        "region": each.region or None,
        "date": each.date,
        "source": each.source,
    }


def _issue(issue: Issue) -> Row:
    row = issue.record()
    return {"issue": row.pop("code"), **row}
