"""Make the tables of a cohort: how scores and answers are spread, what is odd, who disagrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import fsum
from typing import NamedTuple

from maturity.assessment import Response, State
from maturity.cohort.quartiles import Spread, spread_of
from maturity.cohort.returns import CohortReturn
from maturity.issues import IssueCode, Severity
from maturity.rubric import Rubric

__all__ = [
    "CriterionCounts",
    "Distribution",
    "IssueCount",
    "PartnerViews",
    "criterion_counts",
    "distributions",
    "issue_counts",
    "partner_views",
]


class Distribution(NamedTuple):
    """How one score is spread over the areas.

    Attributes:
        score: the roll-up, such as `domain`.
        id: the group, such as `LG`.
        areas: how many returns have this score or a reason for having none.
        scored: how many have a value.
        spread: lowest, quartiles, highest and mean of the values, exactly; None without any.
        bands: band → how many values lie in it, in the order of the bands.
        coverage: the mean of the coverages, a share 0 to 1; None when nothing applies anywhere.
    """

    score: str
    id: str
    areas: int
    scored: int
    spread: Spread | None
    bands: Mapping[str, int]
    coverage: float | None


class CriterionCounts(NamedTuple):
    """How one criterion is answered, under the rating that is scored.

    Attributes:
        criterion: the criterion's id.
        levels: level → how many areas are at it, lowest first.
        states: what became of the other answers: state → how many.
        low: how many areas are in the lower half of the levels; of an odd number, the middle one
            is not low.
        mean: the mean of the levels, exactly; None when nobody answered.
    """

    criterion: str
    levels: Mapping[int | Decimal, int]
    states: Mapping[State, int]
    low: int
    mean: Fraction | None

    @property
    def answered(self) -> int:
        """How many areas are at some level."""
        return sum(self.levels.values())

    @property
    def is_mostly_low(self) -> bool:
        """Whether more than half of the areas that answered are low."""
        return 2 * self.low > self.answered


class PartnerViews(NamedTuple):
    """How far partners are apart on one criterion.

    Attributes:
        criterion: the criterion's id.
        compared: how many areas have two partners' views of it or more.
        apart: in how many of those they are as far apart as the rubric calls a disagreement.
        mean_range: the mean distance between the highest and the lowest view, in levels.
        means: partner rating → the mean of its levels; None when it gave none.
    """

    criterion: str
    compared: int
    apart: int
    mean_range: Fraction | None
    means: Mapping[str, Fraction | None]


class IssueCount(NamedTuple):
    """How often one kind of issue was found.

    Attributes:
        code: the kind.
        severity: how much it matters.
        issues: how many there are.
        areas: in how many returns.
    """

    code: IssueCode
    severity: Severity
    issues: int
    areas: int


def distributions(rubric: Rubric, returns: Sequence[CohortReturn]) -> tuple[Distribution, ...]:
    """Describe how each score is spread, in the rubric's order."""
    order = list(dict.fromkeys(key for each in returns for key in each.scores))
    bands = {
        rule.score: rubric.scoring.bands if rule.bands is None else rule.bands
        for rule in rubric.scoring.rules
    }
    found = []
    for score, member in order:
        figures = [each.scores[score, member] for each in returns if (score, member) in each.scores]
        values = [figure.value for figure in figures if figure.value is not None]
        named = Counter(figure.band for figure in figures if figure.band is not None)
        labels = dict.fromkeys((*(band.label for band in bands[score]), *sorted(named)))
        coverages = [each.coverage for each in figures if each.coverage is not None]
        found.append(
            Distribution(
                score=score,
                id=member,
                areas=len(figures),
                scored=len(values),
                spread=spread_of(values),
                bands={label: named[label] for label in labels},
                coverage=fsum(coverages) / len(coverages) if coverages else None,
            )
        )
    return tuple(found)


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def criterion_counts(
    rubric: Rubric, returns: Sequence[CohortReturn]
) -> tuple[CriterionCounts, ...]:
    """Count how each criterion is answered under the scored rating, in the rubric's order."""
    answers = _by_criterion(returns, (rubric.scored_rating,))
    return tuple(
        _criterion_counts(rubric, criterion, answers.get(criterion, []))
        for criterion in rubric.criteria
    )


def _criterion_counts(
    rubric: Rubric, criterion: str, answers: Sequence[Response]
) -> CriterionCounts:
    scale = [level.value for level in rubric.levels_for(criterion, rubric.scored_rating)]
    levels = [answer.level for answer in answers if answer.level is not None]
    counts = Counter(levels)
    states = Counter(answer.state for answer in answers if answer.level is None)
    return CriterionCounts(
        criterion=criterion,
        levels={level: counts[level] for level in scale},
        states={state: states[state] for state in State if state is not State.ANSWERED},
        low=sum(counts[level] for level in scale[: len(scale) // 2]),
        mean=_mean([Fraction(level) for level in levels]),
    )


def _by_criterion(
    returns: Iterable[CohortReturn], ratings: Sequence[str]
) -> dict[str, list[Response]]:
    found: dict[str, list[Response]] = {}
    for each in returns:
        for answer in each.answers:
            if answer.rating in ratings:
                found.setdefault(answer.criterion, []).append(answer)
    return found


def partner_views(rubric: Rubric, returns: Sequence[CohortReturn]) -> tuple[PartnerViews, ...]:
    """Say how far partners are apart on each criterion, in the rubric's order.

    Returns:
        One row per criterion; none when the rubric asks no two partners.
    """
    partners = rubric.partner_ratings
    if len(partners) < 2:
        return ()
    least = rubric.scoring.disagreement.min_range
    ranges: dict[str, list[Fraction]] = {}
    levels: dict[tuple[str, str], list[Fraction]] = {}
    for each in returns:
        asked = (answer for answer in each.answers if answer.rating in partners)
        for criterion, answers in groupby(asked, key=lambda answer: answer.criterion):
            views = {a.rating: Fraction(a.level) for a in answers if a.level is not None}
            for rating, level in views.items():
                levels.setdefault((criterion, rating), []).append(level)
            if len(views) > 1:
                ranges.setdefault(criterion, []).append(max(views.values()) - min(views.values()))
    return tuple(
        PartnerViews(
            criterion=criterion,
            compared=len(found := ranges.get(criterion, [])),
            apart=sum(each >= least for each in found),
            mean_range=_mean(found),
            means={rating: _mean(levels.get((criterion, rating), [])) for rating in partners},
        )
        for criterion in rubric.criteria
    )


def issue_counts(returns: Iterable[CohortReturn]) -> tuple[IssueCount, ...]:
    """Count every kind of issue: those of the most returns first, then those of the most issues."""
    issues: Counter[tuple[IssueCode, Severity]] = Counter()
    areas: Counter[tuple[IssueCode, Severity]] = Counter()
    for each in returns:
        kinds = [(issue.code, issue.severity) for issue in each.issues]
        issues.update(kinds)
        areas.update(set(kinds))
    order = list(Severity)
    return tuple(
        IssueCount(code, severity, issues[code, severity], areas[code, severity])
        for code, severity in sorted(
            issues,
            key=lambda kind: (-areas[kind], -issues[kind], order.index(kind[1]), kind[0].value),
        )
    )
