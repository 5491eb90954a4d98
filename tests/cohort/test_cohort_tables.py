"""The tables of a cohort are arithmetic that can be checked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from cohort_samples import area_result, cohort_of, odd_issue
from result_samples import small_rubric

from maturity import IssueCode, Severity, gather_cohort
from maturity.assessment import State
from maturity.cohort.quartiles import spread_of

# Values | lowest, lower quartile, median, upper quartile, highest, mean.
SPREADS = [
    ([2], (2, 2, 2, 2, 2, 2)),
    ([1, 2], (1, Fraction(5, 4), Fraction(3, 2), Fraction(7, 4), 2, Fraction(3, 2))),
    ([4, 1, 2], (1, Fraction(3, 2), 2, 3, 4, Fraction(7, 3))),
    ([1, 2, 3, 4, 5], (1, 2, 3, 4, 5, 3)),
]


@pytest.mark.parametrize(("values", "expected"), SPREADS)
def test_quartiles_are_interpolated_with_the_ends_included(
    values: list[int], expected: tuple[Fraction, ...]
) -> None:
    """The method is type 7, as QUARTILE.INC; it is exact and takes values in any order."""
    assert spread_of([Fraction(value) for value in values]) == expected


def test_no_values_have_no_spread() -> None:
    """Nothing is described as 0."""
    assert spread_of([]) is None


def test_a_distribution_counts_areas_by_band_and_leaves_missing_scores_out() -> None:
    """AA is the mean of AA1 to AA3: 1, 2 and 3, and one area that answered nothing."""
    cohort = cohort_of(
        {
            "980 A": [1, 1, 1],
            "981 B": [2, 2, 2],
            "982 C": [3, 3, 3],
            "983 D": [],
        }
    )
    found = next(each for each in cohort.distributions if (each.score, each.id) == ("domain", "AA"))
    assert (found.areas, found.scored) == (4, 3)
    assert found.spread is not None
    assert found.spread.median == 2
    assert found.bands == {"Low": 2, "Middle": 1, "High": 0}
    assert found.coverage == (1 + 1 + 1 + 0) / 4


def test_criteria_where_most_areas_are_low_come_first_and_blanks_are_not_low() -> None:
    """AA1 is low in 2 of 3 answers, AA2 in 2 of 2; AA3 in 1 of 2, which is not most."""
    cohort = cohort_of({"980 A": [1, 2, 1], "981 B": [2, 1, 4], "982 C": [3, State.UNREADABLE]})
    assert [(each.criterion, each.low, each.answered) for each in cohort.low_criteria] == [
        ("AA2", 2, 2),
        ("AA1", 2, 3),
    ]
    second = cohort.criteria[1]
    assert second.states[State.UNREADABLE] == 1
    assert second.levels == {1: 1, 2: 1, 3: 0, 4: 0}
    assert second.mean == Fraction(1 + 2, 2)
    assert cohort.criteria[3].mean is None
    assert not cohort.criteria[3].is_mostly_low


def test_partner_views_count_areas_far_apart() -> None:
    """Views 1 and 4 are 3 levels apart, 2 and 3 only 1; the rubric calls 2 a disagreement."""
    rubric = small_rubric()
    cohort = gather_cohort(
        [
            area_result("980 A", [1], views={"AA1": (1, 4)}),
            area_result("981 B", [1], views={"AA1": (2, 3)}),
            area_result("982 C", [1]),
        ],
        rubric,
    )
    found = cohort.partner_views[0]
    assert (found.compared, found.apart) == (2, 1)
    assert found.mean_range == Fraction(3 + 1, 2)
    assert found.means == {"left": Fraction(1 + 2, 2), "right": Fraction(4 + 3, 2)}
    assert cohort.partner_views[1].mean_range is None


def test_a_rubric_without_two_partners_has_no_partner_views() -> None:
    """There is nobody to disagree."""
    rubric = small_rubric()
    ratings = {key: rubric.ratings[key] for key in ("left", "agreed", "target")}
    rollups = rubric.scoring.rollups[:3]
    scoring = rubric.scoring.model_copy(update={"rollups": rollups})
    alone = rubric.model_copy(update={"ratings": ratings, "scoring": scoring})
    assert cohort_of({"980 A": [1]}, rubric=alone).partner_views == ()


def test_issues_are_counted_by_return_and_in_all() -> None:
    """Two in one return and one in another: 3 issues in 2 returns; notes stand apart."""
    note = odd_issue("2-3", Severity.NOTE)
    cohort = gather_cohort(
        [
            area_result("980 A", [1], issues=(odd_issue(), odd_issue("3/4"))),
            area_result("981 B", [1], issues=(odd_issue(), note)),
        ],
        small_rubric(),
    )
    assert [(each.severity, each.issues, each.areas) for each in cohort.issue_counts] == [
        (Severity.ERROR, 3, 2),
        (Severity.NOTE, 1, 1),
    ]


def test_records_have_the_same_keys_whoever_they_are_about() -> None:
    """Plain rows go into a data frame as they are."""
    cohort = cohort_of({"330 Birmingham": [1, 2, 3, 4, 1], "Northvale": []})
    scores = cohort.score_records()
    keys = "code area region date source score id value low high coverage band reason"
    assert {tuple(row) for row in scores} == {tuple(keys.split())}
    assert scores[0]["value"] == (1 + 2 + 3) / 3
    assert [row["code"] for row in (scores[0], scores[-1])] == ["330", None]
    assert len(cohort.answer_records()) == 2 * 5 * 4
    again = gather_cohort([area_result("980 A", [1], issues=(odd_issue(),))] * 2, small_rubric())
    assert [row["issue"] for row in again.issue_records()] == [
        IssueCode.LEVEL_BETWEEN,
        IssueCode.AREA_REPEATED,
    ]
    assert [row["status"] for row in again.failure_records()] == ["superseded"]
    other = small_rubric().model_copy(update={"version": "2"})
    failed = gather_cohort([area_result("980 A", [1], rubric=other)], small_rubric())
    assert [row["status"] for row in failed.failure_records()] == ["failed"]
