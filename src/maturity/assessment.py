"""Hold one return as it was read: who, when, every answer with its cell, what is odd.

These are nouns only. `maturity.reading.assessment_workbook` makes them, and
`maturity.scoring.engine` scores them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from maturity.errors import MismatchError
from maturity.issues import Issue, Severity
from maturity.layout import Layout
from maturity.rubric import Rubric
from maturity.sheets import Workbook

__all__ = [
    "Assessment",
    "MetadataValue",
    "MetricValue",
    "Remark",
    "Response",
    "State",
    "StatedScore",
]


class State(StrEnum):
    """What became of an answer. The four are different things, and none of them is zero."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class Response(NamedTuple):
    """One answer: a criterion under a rating.

    Attributes:
        criterion: the criterion's id.
        rating: the rating's id.
        state: what became of it.
        level: the level's value when answered, else None.
        raw: what stands in the cell, unchanged; empty where nothing does.
        sheet: the sheet it was read from; None when the return has no such cell.
        cell: the cell it was read from, such as `J5`; None when the return has no such cell.
    """

    criterion: str
    rating: str
    state: State
    level: int | Decimal | None = None
    raw: str = ""
    sheet: str | None = None
    cell: str | None = None


class MetricValue(NamedTuple):
    """One figure of the baseline.

    Attributes:
        metric: the metric's id.
        state: what became of it.
        value: the figure in the metric's unit (71.6 means 71.6 %) when answered, else None.
        raw: what stands in the cell, unchanged.
        sheet: the sheet it was read from; None when the return has no such cell.
        cell: the cell it was read from; None when the return has no such cell.
    """

    metric: str
    state: State
    value: int | Decimal | None = None
    raw: str = ""
    sheet: str | None = None
    cell: str | None = None


class MetadataValue(NamedTuple):
    """A single value from the return, such as the date on its cover, and where it stands."""

    key: str
    value: str | datetime.date | int | Decimal
    raw: str
    sheet: str
    cell: str


class StatedScore(NamedTuple):
    """A score that the workbook states itself, to be compared with ours.

    Attributes:
        score: the roll-up that it should be; `criterion` for what one answer counts.
        id: the score's id; empty where it is the one to which `criterion` belongs.
        criterion: the criterion in whose row it stands; empty where it stands in none.
        rating: the rating whose answer it is, or in whose column it stands; empty for any.
        state: `answered` when it is a number or a text, `blank`, or `unreadable` for an error
            value or a formula without a result.
        value: the number; None when it is none.
        raw: what stands in the cell, unchanged.
        sheet: the sheet it was read from.
        cell: the cell it was read from.
        decimals: how many decimals the workbook keeps, where it rounds.
    """

    score: str
    id: str
    criterion: str
    rating: str
    state: State
    value: int | Decimal | None
    raw: str
    sheet: str
    cell: str
    decimals: int | None = None


class Remark(NamedTuple):
    """A text beside a criterion's answers, such as its evidence, carried along unread."""

    criterion: str
    kind: str
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One return.

    Attributes:
        rubric: the rubric it was read against.
        source: the file's name without its folder.
        source_digest: SHA-256 of its bytes, as `sha256:` and 64 hexadecimal digits.
        layout: the layout it was read with; None for one that was not read from a workbook.
        responses: one for each criterion and rating, by criterion, in the rubric's order.
        metrics: one for each metric, in the rubric's order.
        metadata: single values by name, such as `area`, `partnership`, `date` and `edition`.
        remarks: evidence, actions, owners and the like.
        stated: scores that the workbook states itself, where its layout says where.
        issues: everything odd that was found, in the order of the workbook.
        workbook: the workbook as found, so that it can be shown beside how it was read.
    """

    rubric: Rubric
    source: str
    source_digest: str
    layout: Layout | None
    responses: tuple[Response, ...]
    metrics: tuple[MetricValue, ...] = ()
    metadata: Mapping[str, MetadataValue] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    stated: tuple[StatedScore, ...] = ()
    issues: tuple[Issue, ...] = ()
    workbook: Workbook | None = field(default=None, repr=False, compare=False)

    @property
    def area(self) -> str:
        """The area as its cover names it, such as `980 Northvale`; empty when it does not."""
        found = self.metadata.get("area")
        return "" if found is None else str(found.value)

    @property
    def area_code(self) -> str:
        """The area's code: the part of `area` before the first space, when it is a number."""
        first, _, _ = self.area.partition(" ")
        return first if first.isdecimal() else ""

    @property
    def area_name(self) -> str:
        """The area's name without its code; the partnership's name when no area is given."""
        name = self.area[len(self.area_code) :].strip(" -\u2013")
        if name:
            return name
        partnership = self.metadata.get("partnership")
        return "" if partnership is None else str(partnership.value)

    @property
    def date(self) -> datetime.date | None:
        """The date on the cover, when it gives one that can be read."""
        found = self.metadata.get("date")
        if found is None or not isinstance(found.value, datetime.date):
            return None
        return found.value

    def response(self, criterion: str, rating: str) -> Response:
        """Give one answer.

        Raises:
            KeyError: when the rubric has no such criterion or rating.
        """
        criteria = list(self.rubric.criteria)
        ratings = list(self.rubric.ratings)
        if criterion not in self.rubric.criteria or rating not in self.rubric.ratings:
            raise KeyError((criterion, rating))
        place = criteria.index(criterion) * len(ratings) + ratings.index(rating)
        return self.responses[place]

    def records(self) -> list[dict[str, object]]:
        """Give the answers as plain rows, for a data frame or another program.

        Returns:
            One row per criterion and rating, then one per metric (with the rating `value`), with
            the keys `criterion, rating, state, level, raw, sheet, cell`. A level or value is an int
            or float, or None.
        """
        answers = [
            {**response._asdict(), "state": response.state.value, "level": plain(response.level)}
            for response in self.responses
        ]
        figures = [
            {
                "criterion": metric.metric,
                "rating": "value",
                "state": metric.state.value,
                "level": plain(metric.value),
                "raw": metric.raw,
                "sheet": metric.sheet,
                "cell": metric.cell,
            }
            for metric in self.metrics
        ]
        return answers + figures

    def raise_for_issues(self, severity: Severity = Severity.ERROR) -> None:
        """Stop when the return has issues of this severity or worse.

        Args:
            severity: `ERROR` for errors alone, `QUERY` for errors and queries, `NOTE` for all.

        Raises:
            MismatchError: with those issues.
        """
        order = list(Severity)
        worst = order[: order.index(severity) + 1]
        found = [issue for issue in self.issues if issue.severity in worst]
        if found:
            raise MismatchError(*found)


def plain(number: int | Decimal | None) -> int | float | None:
    """Give an exact number as one that every data frame and JSON writer knows."""
    return float(number) if isinstance(number, Decimal) else number
