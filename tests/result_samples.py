"""Small rubrics, returns and results for tests of the writers. All of it is synthetic."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from maturity import load_rubric, score
from maturity.assessment import (
    Assessment,
    MetadataValue,
    MetricValue,
    Remark,
    Response,
    State,
)
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.result import Result
from maturity.rubric import (
    Band,
    Criterion,
    Domain,
    Level,
    Metric,
    Overall,
    Principle,
    Rating,
    RollUp,
    Rubric,
    Scoring,
)
from maturity.sheets import BLANK, Cell, CellRange, CellState, Sheet, Workbook

__all__ = [
    "Answer",
    "all_methods_rubric",
    "assessment_of",
    "nothing_applies_result",
    "result_of",
    "shipped_rubric",
    "small_rubric",
    "typed_result",
]

Answer = int | Decimal | State

_LEVELS = tuple(
    Level(value=value, label=label)
    for value, label in enumerate(("Starting", "Growing", "Steady", "Leading"), start=1)
)
_BANDS = tuple(
    Band(cut=cut, label=label)
    for cut, label in ((1, "Low"), (Decimal("2.5"), "Middle"), (Decimal("3.25"), "High"))
)
_HALF = Decimal("0.6")


@cache
def shipped_rubric() -> Rubric:
    """Give the rubric that is shipped."""
    return load_rubric("local-partnership")


def _criterion(
    key: str, principles: Mapping[str, int | Decimal], weight: int | Decimal
) -> Criterion:
    return Criterion(
        id=key,
        title=f"Title of {key}",
        levels={level.value: f"{key} at {level.label}" for level in _LEVELS},
        evidence=("Minutes", "Survey"),
        principles=dict(principles),
        weight=weight,
        not_applicable="Where there is none." if key.endswith("2") else None,
    )


_DOMAINS = (
    Domain(
        id="AA",
        title="First domain",
        criteria=(
            _criterion("AA1", {"early": 1}, 1),
            _criterion("AA2", {"early": Decimal("0.1"), "fair": 1}, Decimal("0.3")),
            _criterion("AA3", {"fair": 2}, 0),
        ),
    ),
    Domain(
        id="BB",
        title="Second domain",
        criteria=(_criterion("BB1", {"early": 3}, 2), _criterion("BB2", {}, 1)),
    ),
)
_RATINGS = {
    "left": Rating(title="Left", partner=True),
    "right": Rating(title="Right", partner=True),
    "agreed": Rating(title="Agreed", scored=True),
    "target": Rating(title="Target", target_for="agreed"),
}


def small_rubric(*rollups: RollUp, overall: Overall | None = None) -> Rubric:
    """Give a rubric of two domains and five criteria, with these roll-ups or the usual ones."""
    usual = (
        RollUp(score="domain", title="Domains", method="mean", min_coverage=_HALF),
        RollUp(score="principle", method="weighted-mean", weights="principle", min_coverage=_HALF),
        RollUp(
            score="matrix",
            by=("domain", "principle"),
            method="weighted-mean",
            weights="principle",
        ),
        RollUp(score="partner", by=("rating", "domain"), ratings=("left", "right"), method="mean"),
        RollUp(score="target", by=("domain",), ratings=("target",), method="mean"),
    )
    return Rubric(
        id="small",
        version="1",
        title="Small rubric",
        status="draft",
        levels=_LEVELS,
        principles={"early": Principle(title="Early"), "fair": Principle(title="Fair")},
        ratings=_RATINGS,
        domains=_DOMAINS,
        metrics={"M1": Metric(title="Share", unit="percent", better="higher")},
        scoring=Scoring(rollups=rollups or usual, bands=_BANDS, overall=overall or "none"),
    )


def all_methods_rubric() -> Rubric:
    """Give a rubric with every method, every policy and roll-ups of roll-ups."""
    rollups = [
        RollUp(
            score=f"{method}-{missing}",
            by=("domain",),
            method=method,
            weights="criterion" if method == "weighted-mean" else None,
            missing=missing,
            not_applicable="missing" if missing == "lowest" else "skip",
            min_coverage=Decimal("0.5") if missing == "skip" else 0,
        )
        for method in ("mean", "weighted-mean", "sum", "min", "max", "median")
        for missing in ("skip", "lowest", "refuse")
    ]
    rollups += [
        RollUp(score="principle", method="weighted-mean", weights=("principle", "criterion")),
        RollUp(score="pooled", of="mean-skip", by=(), method="mean", min_coverage=Decimal("0.7")),
        RollUp(score="of-sums", of="sum-skip", by=(), method="max"),
        RollUp(
            score="of-least", of="min-refuse", by=("domain",), method="median", missing="lowest"
        ),
        RollUp(score="twice", of="pooled", by=(), method="min", missing="refuse"),
        RollUp(score="by-rating", by=("rating",), ratings=("left", "agreed"), method="median"),
    ]
    overall = Overall(of="weighted-mean-skip", method="median", missing="skip")
    return small_rubric(*rollups, overall=overall)


def assessment_of(rubric: Rubric, answers: Mapping[str, Mapping[str, Answer]]) -> Assessment:
    """Make a return: criterion → rating → level or state; what is not named is blank."""
    responses = []
    for criterion in rubric.criteria:
        for rating in rubric.ratings:
            answer = answers.get(criterion, {}).get(rating, State.BLANK)
            if isinstance(answer, State):
                responses.append(Response(criterion, rating, answer))
            else:
                responses.append(
                    Response(criterion, rating, State.ANSWERED, answer, raw=str(answer))
                )
    return Assessment(
        rubric=rubric,
        source="return.xlsx",
        source_digest="sha256:0",
        layout=None,
        responses=tuple(responses),
        metrics=tuple(MetricValue(metric, State.BLANK) for metric in rubric.metrics),
    )


def result_of(rubric: Rubric, answers: Mapping[str, Mapping[str, Answer]]) -> Result:
    """Score a return."""
    return score(assessment_of(rubric, answers))


def nothing_applies_result() -> Result:
    """Give a result with a domain to which nothing applies, and a score made of the domains."""
    rubric = small_rubric(
        RollUp(score="domain", method="mean"),
        RollUp(score="together", of="domain", by=(), method="mean"),
    )
    second = Domain(id="BB", title="Second domain", criteria=(_criterion("BB2", {}, 1),))
    rubric = rubric.model_copy(update={"domains": (rubric.domains[0], second)})
    answers = {key: {"agreed": 2} for key in ("AA1", "AA2", "AA3")}
    return result_of(rubric, {**answers, "BB2": {"agreed": State.NOT_APPLICABLE}})


def typed_result(
    text: str = "2/3", *, sheet: str = "Answers as sent", rubric: Rubric | None = None
) -> Result:
    """Give a result with a text wherever a return can carry one.

    Args:
        text: what the respondents typed: answer, area, remark, figure, cells.
        sheet: the name of the return's one sheet.
        rubric: a small rubric; the usual one when left out.
    """
    rubric = rubric or small_rubric()
    plain = assessment_of(rubric, {"AA1": {"agreed": 1, "target": 3, "left": 1, "right": 4}})
    responses = list(plain.responses)
    responses[6] = Response("AA2", "agreed", State.UNREADABLE, None, text, sheet, "C3")
    responses[2] = responses[2]._replace(sheet=sheet, cell="C2", raw=text)
    responses[3] = responses[3]._replace(sheet="Elsewhere", cell="D2")
    return score(
        Assessment(
            rubric=rubric,
            source=text,
            source_digest="sha256:0",
            layout=None,
            responses=tuple(responses),
            metrics=(MetricValue("M1", State.UNREADABLE, None, text, sheet, "B9"),),
            metadata={
                "area": MetadataValue("area", text, text, sheet, "B1"),
                "date": MetadataValue("date", datetime.date(2026, 3, 7), "7.3.", sheet, "B8"),
            },
            remarks=(
                Remark("AA1", "evidence", text, sheet, "E2"),
                Remark("AA1", "by_when", text, sheet, "F2"),
                Remark("AA1", "by_when", "and later", sheet, "F3"),
            ),
            issues=(_note(text), _doubt(text, sheet)),
            workbook=_workbook(text, sheet),
        )
    )


def _note(text: str) -> Issue:
    return Issue(IssueCode.CELL_ODD, Severity.NOTE, f"Found {text}", "Nothing.", raw=text)


def _doubt(text: str, sheet: str) -> Issue:
    return Issue(
        code=IssueCode.CELL_ODD,
        severity=Severity.ERROR,
        message=f'"{text}" is not a level.',
        remedy="Enter one level.",
        location=CellLocation("return.xlsx", sheet, "C3"),
        raw=text,
        criterion="AA2",
        rating="agreed",
    )


def _workbook(text: str, sheet: str) -> Workbook:
    typed = Cell(CellState.TEXT, text, text)
    day = datetime.date(2026, 3, 7)
    rows = {
        1: {1: Cell(CellState.TEXT, "Area", "Area"), 2: typed},
        2: {1: typed, 3: typed, 4: Cell(CellState.NUMBER, 0.5, "0.5", "percent"), 5: typed},
        3: {3: typed, 4: Cell(CellState.ERROR, "#N/A", "#N/A"), 6: typed},
        4: {1: Cell(CellState.BOOLEAN, True, "TRUE"), 2: Cell(CellState.UNCALCULATED)},
        5: {
            1: Cell(CellState.NUMBER, 46088, "2026-03-07", "date", day),
            2: Cell(CellState.NUMBER, 0.5, "12:00:00", "time", datetime.time(12)),
            3: Cell(
                CellState.NUMBER,
                46088.5,
                "2026-03-07T12:00:00",
                "datetime",
                datetime.datetime(2026, 3, 7, 12),  # noqa: DTZ001 - spreadsheets know no time zones
            ),
        },
        6: {1: Cell(CellState.NUMBER, -4, "-4", "date"), 2: Cell(CellState.NUMBER, 3, "3")},
        7: {1: Cell(CellState.NUMBER, 10**400, "1e400"), 2: Cell(CellState.EMPTY_TEXT, "", "")},
        8: {1: Cell(CellState.NUMBER, 1, "1900-01-01", "date", datetime.date(1900, 1, 1))},
        9: {1: BLANK, 2: typed},
    }
    page = Sheet(
        name=sheet,
        rows=rows,
        merged=(CellRange(2, 1, 3, 2), CellRange(3, 2, 4, 2), CellRange(1, 1, 1, 1)),
        hidden_rows=((4, 4),),
        hidden_columns=((6, 6),),
    )
    other = Sheet(name="Not an answer sheet", rows={1: {1: typed}})
    return Workbook("return.xlsx", "sha256:0", "xlsx", (other, page))
