"""Every figure of a cohort is worked out again here, from what was typed, by other means."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import mean, quantiles

import openpyxl
import pytest
from cohort_samples import CRITERIA, area_result, odd_issue
from result_samples import Answer, small_rubric

from maturity import Cohort, gather_cohort, write_cohort
from maturity.assessment import State
from maturity.issues import Issue, Severity

DOMAINS = {"AA": ("AA1", "AA2", "AA3"), "BB": ("BB1", "BB2")}
EARLY = {"AA1": Fraction(1), "AA2": Fraction(1, 10), "BB1": Fraction(3)}
LEAST = Fraction(3, 5)
KINDS: tuple[Answer, ...] = (1, 2, 3, 4, 1, 2, State.BLANK, State.UNREADABLE, State.NOT_APPLICABLE)


@dataclass
class Typed:
    """What one area sent."""

    answers: dict[str, Answer]
    views: dict[str, tuple[int, int]]
    issues: tuple[Issue, ...]


def typed_returns(seed: int) -> dict[str, Typed]:
    """Draw between one and thirty areas."""
    draw = random.Random(seed)
    odd = [odd_issue("2/3"), odd_issue("?"), odd_issue("3-4", Severity.QUERY)]
    return {
        f"{number} Area {number}": Typed(
            dict(zip(CRITERIA, draw.choices(KINDS, k=5), strict=True)),
            {
                key: (draw.randint(1, 4), draw.randint(1, 4))
                for key in CRITERIA
                if draw.random() < 0.7
            },
            tuple(draw.choices(odd, k=draw.randint(0, 3))),
        )
        for number in range(901, 902 + draw.randint(0, 29))
    }


@pytest.fixture(params=range(12))
def sample(request: pytest.FixtureRequest) -> tuple[dict[str, Typed], Cohort]:
    """Give what was typed, and the cohort made of it."""
    typed, rubric = typed_returns(request.param), small_rubric()
    results = (
        area_result(area, list(each.answers.values()), views=each.views, issues=each.issues)
        for area, each in typed.items()
    )
    return typed, gather_cohort(results, rubric)


def score_by_hand(
    typed: Typed, weights: Mapping[str, Fraction]
) -> tuple[Fraction | None, Fraction | None]:
    """Give a weighted mean and its coverage; "not applicable" is allowed where an id ends in 2."""
    leaves = {k for k, a in typed.answers.items() if a is State.NOT_APPLICABLE and k[-1] == "2"}
    wanted = {key: weight for key, weight in weights.items() if key not in leaves}
    given = {k: Fraction(a) for k, a in typed.answers.items() if not isinstance(a, State)}
    whole = sum(wanted.values())
    answered = sum(weight for key, weight in wanted.items() if key in given)
    if not whole:
        return None, None
    coverage = Fraction(answered) / whole
    if not answered or coverage < LEAST:
        return None, coverage
    total = sum(weight * given[key] for key, weight in wanted.items() if key in given)
    return total / answered, coverage


def by_hand(
    typed: Mapping[str, Typed],
) -> dict[tuple[str, str], list[tuple[Fraction | None, Fraction | None]]]:
    """Give every area's domains and one principle, area by area."""
    scores = {("domain", key): dict.fromkeys(parts, Fraction(1)) for key, parts in DOMAINS.items()}
    scores["principle", "early"] = EARLY
    return {
        key: [score_by_hand(each, weights) for each in typed.values()]
        for key, weights in scores.items()
    }


def band_of(value: Fraction) -> str:
    """Cut by hand."""
    return "High" if value >= Fraction(13, 4) else "Middle" if value >= Fraction(5, 2) else "Low"


def test_distributions_are_those_of_the_raw_answers(
    sample: tuple[dict[str, Typed], Cohort],
) -> None:
    """Quartiles by the standard library, counts by band, coverage, and each area's own score."""
    typed, cohort = sample
    found = {(row.score, row.id): row for row in cohort.distributions}
    for key, figures in by_hand(typed).items():
        row = found[key]
        values = [value for value, _ in figures if value is not None]
        coverages = [coverage for _, coverage in figures if coverage is not None]
        assert [each.scores[key].value for each in cohort.returns] == [v for v, _ in figures]
        assert (row.areas, row.scored) == (len(figures), len(values))
        counts = Counter(map(band_of, values))
        assert row.bands == {band: counts[band] for band in ("Low", "Middle", "High")}
        assert row.coverage == (pytest.approx(float(mean(coverages))) if coverages else None)
        if not values:
            assert row.spread is None
            continue
        assert row.spread is not None
        cuts = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
        assert [*row.spread] == [min(values), *cuts, max(values), mean(values)]


def test_criteria_are_counted_as_they_were_typed(sample: tuple[dict[str, Typed], Cohort]) -> None:
    """Levels, states, those in the lower half, and the criteria in which most areas are."""
    typed, cohort = sample
    low = []
    for row in cohort.criteria:
        answers = [each.answers[row.criterion] for each in typed.values()]
        levels = [answer for answer in answers if not isinstance(answer, State)]
        assert row.levels == {level: levels.count(level) for level in (1, 2, 3, 4)}
        assert row.states == {s: answers.count(s) for s in State if s is not State.ANSWERED}
        assert row.mean == (mean(map(Fraction, levels)) if levels else None)
        share = Fraction(sum(level <= 2 for level in levels), len(levels) or 1)
        if share > Fraction(1, 2):
            low.append((-share, CRITERIA.index(row.criterion), row.criterion))
    assert [row.criterion for row in cohort.low_criteria] == [each[-1] for each in sorted(low)]


def test_partners_and_issues_are_counted_as_they_were_typed(
    sample: tuple[dict[str, Typed], Cohort],
) -> None:
    """Two levels are far apart in this rubric; issues are counted in all and by return."""
    typed, cohort = sample
    for row in cohort.partner_views:
        views = [
            each.views[row.criterion] for each in typed.values() if row.criterion in each.views
        ]
        ranges = [abs(left - right) for left, right in views]
        assert (row.compared, row.apart) == (len(views), sum(each >= 2 for each in ranges))
        assert row.mean_range == (mean(map(Fraction, ranges)) if ranges else None)
        for place, side in enumerate(("left", "right")):
            levels = [Fraction(view[place]) for view in views]
            assert row.means[side] == (mean(levels) if levels else None)
    every = Counter(issue.severity for each in typed.values() for issue in each.issues)
    areas = Counter(s for each in typed.values() for s in {i.severity for i in each.issues})
    assert [(row.severity, row.areas, row.issues) for row in cohort.issue_counts] == sorted(
        ((severity, areas[severity], every[severity]) for severity in every),
        key=lambda kind: (-kind[1], -kind[2], list(Severity).index(kind[0])),
    )


def test_the_workbooks_cells_are_those_figures(
    sample: tuple[dict[str, Typed], Cohort], tmp_path: Path
) -> None:
    """The heat map and the distributions, read back from the file."""
    typed, cohort = sample
    write_cohort(cohort, tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    hand = by_hand(typed)
    heat = list(book["Domains"].iter_rows(values_only=True))
    start = next(place for place, row in enumerate(heat) if row[0] == "Area")
    for place, domain in enumerate(DOMAINS):
        cells = [heat[start + 1 + line][2 + place] for line in range(len(typed))]
        for cell, (value, coverage) in zip(cells, hand["domain", domain], strict=True):
            without = "not scored" if coverage is not None else "not applicable"
            assert cell == (without if value is None else pytest.approx(float(value)))
    rows = {row[:2]: row for row in book["Distributions"].iter_rows(values_only=True)}
    for name, key in (("AA First domain", "AA"), ("BB Second domain", "BB")):
        title = (name, "Domains")
        values = [value for value, _ in hand["domain", key] if value is not None]
        assert rows[title][2:4] == (len(values), len(typed) - len(values))
        assert _numbers(rows[title][4:10]) == pytest.approx(_six(values))


def _six(values: list[Fraction]) -> list[float]:
    if not values:
        return []
    cuts = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return [float(each) for each in (min(values), *cuts, max(values), mean(values))]


def _numbers(cells: Iterable[object]) -> list[float]:
    return [cell for cell in cells if isinstance(cell, int | float)]
