"""Hold many returns and the files that failed, and give them as tables."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from maturity.areas import find_area
from maturity.cohort.compared import AreaComparison, With, compare_area
from maturity.cohort.publication import Publication, Show, publication_of
from maturity.cohort.records import answer_rows, failure_rows, issue_rows, score_rows
from maturity.cohort.returns import CohortReturn, Failure, Superseded
from maturity.cohort.tables import (
    CriterionCounts,
    Distribution,
    IssueCount,
    PartnerViews,
    criterion_counts,
    distributions,
    issue_counts,
    partner_views,
)
from maturity.issues import Issue
from maturity.normalise import normalise
from maturity.rubric import Rubric
from maturity.suppression import DEFAULT_THRESHOLD

__all__ = ["Cohort"]


@dataclass(frozen=True)
class Cohort:
    """Many returns under one rubric, and the files that are not among them.

    Everything here is for the people who may see each area's own figures. What may be shown to
    others is in `published`.

    Attributes:
        rubric: the rubric under which all of them were scored.
        returns: the returns that count, by area code, then by name.
        failures: the files that could not be used, and why.
        made_of: (roll-up, id) → the answers that make this score, as rating and criterion.
        superseded: returns that do not count, because a later one of the same area does.
        issues: what is odd about the returns as a whole, such as two of one area.
    """

    rubric: Rubric
    returns: tuple[CohortReturn, ...]
    failures: tuple[Failure, ...]
    made_of: Mapping[tuple[str, str], frozenset[str]]
    superseded: tuple[Superseded, ...] = ()
    issues: tuple[Issue, ...] = ()

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas as their covers name them, each once, in order."""
        return tuple({each.key: each.area for each in self.returns}.values())

    def area(self, name: str) -> CohortReturn:
        """Give the return of one area; the latest, where several are kept.

        Args:
            name: the area's code, its name, or both as the cover has them.

        Raises:
            KeyError: when no return is about that area.
        """
        wanted = normalise(name)
        known = find_area(name)
        for each in sorted(self.returns, key=lambda each: each.date or datetime.date.min)[::-1]:
            is_known = known is not None and each.known == known
            if is_known or wanted in (each.key, normalise(each.area), normalise(each.code)):
                return each
        raise KeyError(name)

    @cached_property
    def distributions(self) -> tuple[Distribution, ...]:
        """How each score is spread: quartiles, bands and coverage, in the rubric's order."""
        return distributions(self.rubric, self.returns)

    @cached_property
    def criteria(self) -> tuple[CriterionCounts, ...]:
        """How each criterion is answered: counts per level, and whether most areas are low."""
        return criterion_counts(self.rubric, self.returns)

    @property
    def low_criteria(self) -> tuple[CriterionCounts, ...]:
        """The criteria where most areas are low: those with the largest share first."""
        low = [each for each in self.criteria if each.is_mostly_low]
        return tuple(sorted(low, key=lambda each: -each.low / each.answered))

    @cached_property
    def partner_views(self) -> tuple[PartnerViews, ...]:
        """How far partners are apart on each criterion, in the rubric's order."""
        return partner_views(self.rubric, self.returns)

    @cached_property
    def issue_counts(self) -> tuple[IssueCount, ...]:
        """Every kind of issue in the returns, the commonest first."""
        return issue_counts(self.returns)

    def compared(
        self, area: str, with_: With = "neighbours", *, suppress_below: int = DEFAULT_THRESHOLD
    ) -> AreaComparison:
        """Put one area beside its statistical neighbours, its region or all others.

        The answer is for that area: it shows its own figures, and of the others only what cannot
        be traced to fewer than `suppress_below` of them, whatever other groups it asks about.

        Args:
            area: the area's code, its name, or both as the cover has them.
            with_: `neighbours`, `region` or `all`; the area itself is never in the group.
            suppress_below: the fewest other areas about which a figure is given; 1 for all.

        Raises:
            KeyError: when no return is about that area.
            ValueError: when `with_` is something else, or `suppress_below` is below 1.
        """
        own = self.area(area)
        return compare_area(self.latest, own, with_=with_, threshold=suppress_below)

    def published(
        self, *, suppress_below: int = DEFAULT_THRESHOLD, show: Show = "bands"
    ) -> Publication:
        """Give what may be shown to anyone: no area's own figures, and none about too few.

        Args:
            suppress_below: the fewest areas about which a figure is given, at least 2; one more
                where an area that takes out its own figure must be left with so many, too.
            show: `bands` for how many areas are in each band of the scores that share no answers,
                which are the domains and what is rated beside them; `levels` for how many are at
                each level of a criterion; or `quartiles` for means, medians and quartiles, by
                region too, of the same scores. Publish one of them: together they would give away
                small counts.

        Raises:
            ValueError: when `suppress_below` is below 2 or `show` is something else.
        """
        return publication_of(
            self.rubric, self.latest, self.made_of, threshold=suppress_below, show=show
        )

    @cached_property
    def latest(self) -> tuple[CohortReturn, ...]:
        """One return for each area: the latest, where several are kept."""
        found: dict[str, CohortReturn] = {}
        for each in self.returns:  # within an area they stand in the order of their dates
            found[each.key] = each
        return tuple(found.values())

    def score_records(self) -> list[dict[str, object]]:
        """Give every score as plain rows.

        Returns:
            One row per return and score with the keys `code, area, region, date, source, score,
            id, value, low, high, coverage, band, reason`.
        """
        return list(score_rows(self.returns))

    def answer_records(self) -> list[dict[str, object]]:
        """Give every answer as plain rows.

        Returns:
            One row per return, criterion and rating with the keys `code, area, region, date,
            source, criterion, rating, state, level`.
        """
        return list(answer_rows(self.returns))

    def issue_records(self) -> list[dict[str, object]]:
        """Give every issue of the returns, and of the cohort itself, as plain rows.

        Returns:
            One row per issue with the keys `code, area, region, date, source, issue, severity,
            sheet, cell, criterion, rating, raw, message, remedy`; without an area for issues that
            are about several returns.
        """
        return list(issue_rows(self.returns, self.issues))

    def failure_records(self) -> list[dict[str, object]]:
        """Give the files that are not in the cohort as plain rows.

        Returns:
            One row per file and reason with the keys `source, status, issue, message, remedy`;
            the status is `failed`, or `superseded` for a return that a later one replaces.
        """
        return list(failure_rows(self.failures, self.superseded))
