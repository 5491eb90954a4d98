"""Movement between two results is exact, adds up, and says what cannot be compared."""

from __future__ import annotations

import datetime
import pickle
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from cohort_samples import area_result, cohort_of
from result_samples import Answer, all_methods_rubric, small_rubric

from maturity import Cohort, Comparison, IssueCode, Rubric, compare, compare_cohorts, gather_cohort
from maturity.assessment import State
from maturity.cohort.comparison import Comparability, ScoreMovement
from maturity.rubric import Band, Level, RollUp

AREA = "980 Northvale"
NA = State.NOT_APPLICABLE
BLANK = State.BLANK
DAYS = (datetime.date(2025, 9, 1), datetime.date(2026, 3, 2))


def moved(
    before: Sequence[Answer], after: Sequence[Answer], rubric: Rubric | None = None
) -> Comparison:
    """Compare two returns of one area."""
    return compare(
        area_result(AREA, before, rubric=rubric), area_result(AREA, after, rubric=rubric)
    )


def score_row(comparison: Comparison, score: str = "domain", member: str = "AA") -> ScoreMovement:
    """Give the movement of one score."""
    return next(row for row in comparison.scores if (row.score, row.id) == (score, member))


def codes(row: ScoreMovement) -> list[IssueCode]:
    """Give the codes of the reasons of a row."""
    return [issue.code for issue in row.reasons]


def test_what_moved_a_mean_adds_up_to_the_movement() -> None:
    """AA is a mean of three: 1 → 3 adds 2/3 and 2 → 1 takes 1/3, together 1/3."""
    row = score_row(moved([1, 2, 4, 1, 1], [3, 1, 4, 1, 1]))
    assert (row.before, row.after) == (Fraction(7, 3), Fraction(8, 3))
    assert row.change == Fraction(1, 3)
    assert [(cause.id, cause.effect) for cause in row.causes] == [
        ("AA1", Fraction(2, 3)),
        ("AA2", Fraction(-1, 3)),
    ]
    assert row.adds_up
    assert row.state is Comparability.COMPARED


def test_weights_are_taken_into_account_exactly() -> None:
    """Early weighs AA1 by 1, AA2 by 0.1 and BB1 by 3: AA2 from 1 to 4 adds 3 × 0.1 / 4.1."""
    row = score_row(moved([2, 1, 2, 2, 2], [2, 4, 2, 2, 2]), "principle", "early")
    assert row.change == Fraction(3, 10) / Fraction(41, 10)
    assert [cause.effect for cause in row.causes] == [row.change]


def test_a_new_answer_is_a_change_in_what_is_counted() -> None:
    """1 and 2 are a mean of 3/2, and 1, 2 and 4 of 7/3: all of 5/6 comes from the new answer."""
    row = score_row(moved([1, 2, BLANK, 1, 1], [1, 2, 4, 1, 1]))
    assert row.change == Fraction(5, 6)
    assert [(cause.id, cause.effect) for cause in row.causes] == [("", Fraction(5, 6))]
    assert row.state is Comparability.WITH_CARE
    assert codes(row) == [IssueCode.COVERAGE_DIFFERS]


@pytest.mark.parametrize("after", [[4, 1, 2, 4, 1], [4, 1, BLANK, 4, 1], [4, NA, 2, 1, NA]])
def test_effects_add_up_whatever_else_changed(after: Sequence[Answer]) -> None:
    """Wherever a score is a mean, the effects of its causes are its movement, exactly."""
    comparison = moved([1, 2, 3, 4, 1], after)
    compared = [row for row in comparison.scores if row.change is not None]
    assert compared
    for row in compared:
        assert row.adds_up
        assert sum(cause.effect or 0 for cause in row.causes) == row.change


def test_not_applicable_on_one_side_is_read_with_care() -> None:
    """AA2 may be not applicable; that it newly is, moves the score without any answer moving."""
    comparison = moved([1, 4, 1, 1, 1], [1, NA, 1, 1, 1])
    row = score_row(comparison)
    assert codes(row) == [IssueCode.NOT_APPLICABLE_DIFFERS]
    assert row.change == 1 - Fraction(6, 3)
    criterion = comparison.criteria[1]
    assert (criterion.change, criterion.state) == (None, Comparability.NOT_COMPARED)
    assert [issue.code for issue in criterion.reasons] == [IssueCode.NOT_APPLICABLE_DIFFERS]


def test_a_score_below_its_least_coverage_is_not_compared() -> None:
    """One of three answers is too few, so there is no movement, and the reason is told."""
    comparison = moved([1, 2, 3, 1, 1], [1, BLANK, BLANK, 1, 1])
    row = score_row(comparison)
    assert (row.change, row.state, row.causes) == (None, Comparability.NOT_COMPARED, ())
    assert codes(row) == [IssueCode.SCORE_ABSENT]
    assert "later" in row.reasons[0].message
    assert "at least 60 %" in row.reasons[0].message
    missing = comparison.criteria[1]
    assert [issue.code for issue in missing.reasons] == [IssueCode.CRITERION_ABSENT]


def test_criteria_move_by_levels() -> None:
    """What both returns answer moves by the difference; not applicable in both is no news."""
    comparison = moved([1, NA, 3, 2, 2], [3, NA, 3, 1, 2])
    rows = {row.criterion: row for row in comparison.criteria}
    assert (rows["AA1"].change, rows["BB1"].change) == (2, -1)
    assert (rows["AA2"].change, rows["AA2"].reasons) == (None, ())


def test_under_two_versions_scores_are_not_compared_and_criteria_are_by_id() -> None:
    """A changed cut is another rubric: scores say so, and levels of the same question move."""
    old = small_rubric()
    bands = (Band(cut=1, label="Low"), Band(cut=3, label="High"))
    scoring = old.scoring.model_copy(update={"bands": bands})
    new = old.model_copy(update={"version": "2", "scoring": scoring})
    comparison = compare(
        area_result(AREA, [1, 2, 3, 1, 1], rubric=old),
        area_result(AREA, [2, 2, 3, 1, 1], rubric=new),
    )
    row = score_row(comparison)
    assert (row.change, row.state) == (None, Comparability.NOT_COMPARED)
    assert codes(row) == [IssueCode.RUBRIC_DIFFERS, IssueCode.BANDS_DIFFER]
    assert (row.before, row.after) == (Fraction(2), Fraction(7, 3))
    assert comparison.criteria[0].change == 1
    assert comparison.criteria[0].state is Comparability.COMPARED
    assert [issue.code for issue in comparison.issues] == codes(row)


def test_a_reworded_criterion_is_read_with_care_and_another_scale_not_at_all() -> None:
    """New words keep the levels comparable; new levels do not."""
    old = small_rubric()
    domain = old.domains[0]
    reworded = domain.criteria[0].model_copy(update={"title": "Other words"})
    domains = (
        domain.model_copy(update={"criteria": (reworded, *domain.criteria[1:])}),
        old.domains[1],
    )
    new = old.model_copy(update={"version": "2", "domains": domains})
    results = area_result(AREA, [1], rubric=old), area_result(AREA, [2], rubric=new)
    row = compare(*results).criteria[0]
    assert (row.change, row.state) == (1, Comparability.WITH_CARE)
    assert [issue.code for issue in row.reasons] == [IssueCode.CRITERION_CHANGED]
    longer = (*old.levels, Level(value=5, label="Beyond"))
    other = old.model_copy(update={"version": "3", "levels": longer})
    row = compare(results[0], area_result(AREA, [2], rubric=other)).criteria[0]
    assert (row.change, row.state) == (None, Comparability.NOT_COMPARED)


def test_criteria_in_one_rubric_only_are_listed_and_not_compared() -> None:
    """What was dropped or added is said, whichever side it is on."""
    old = small_rubric()
    new = old.model_copy(update={"version": "2", "domains": old.domains[:1]})
    one, two = area_result(AREA, [1] * 5, rubric=old), area_result(AREA, [1] * 3, rubric=new)
    for pair, where in (((one, two), "later"), ((two, one), "earlier")):
        rows = {row.criterion: row for row in compare(*pair).criteria}
        assert [issue.code for issue in rows["BB1"].reasons] == [IssueCode.CRITERION_ABSENT]
        assert where in rows["BB1"].reasons[0].message


def test_two_areas_are_compared_with_a_query() -> None:
    """Perhaps the wrong file was chosen; the figures stand nevertheless."""
    comparison = compare(area_result("980 A", [1]), area_result("981 B", [1]))
    assert [issue.code for issue in comparison.issues] == [IssueCode.AREA_DIFFERS]
    assert compare(area_result("", [1]), area_result("981 B", [1])).issues == ()


def test_every_method_moves_exactly_and_says_whether_causes_add_up() -> None:
    """Medians, least and greatest values list what changed and claim no sum."""
    comparison = moved([1, 2, 3, 1, 2], [2, 2, 4, 3, 1], all_methods_rubric())
    rows = [row for row in comparison.scores if row.change is not None]
    for row in rows:
        assert row.change == (row.after or 0) - (row.before or 0)
        if row.adds_up:
            assert sum(cause.effect or 0 for cause in row.causes) == row.change
        else:
            assert {cause.effect for cause in row.causes} <= {None}
    assert score_row(comparison, "mean-skip").adds_up
    assert not score_row(comparison, "sum-skip").adds_up
    assert score_row(comparison, "pooled", "pooled").adds_up  # a mean of means


def test_a_median_with_a_new_answer_claims_no_sum() -> None:
    """That something else is counted is said; how much that did is not."""
    row = score_row(
        moved([1, 2, BLANK], [1, 2, 4], small_rubric(RollUp(score="domain", method="median")))
    )
    assert row.change == 2 - Fraction(3, 2)
    assert [(cause.id, cause.effect) for cause in row.causes] == [("", None)]
    assert not row.adds_up


def test_a_score_below_that_is_missing_is_no_part() -> None:
    """The domain BB had no score and counted as the lowest; now it has, so another part counts."""
    rubric = small_rubric(
        RollUp(score="domain", method="mean"),
        RollUp(score="both", of="domain", by=(), method="mean", missing="lowest"),
    )
    row = score_row(moved([2, 2, 2], [2, 2, 2, 3, 3], rubric), "both", "both")
    assert [cause.id for cause in row.causes] == [""]
    assert row.change == Fraction(2 + 3, 2) - Fraction(2 + 1, 2)


def test_a_missing_answer_that_counts_as_the_lowest_is_a_part_like_others() -> None:
    """Blank counts as 1, so that answering 4 adds 3 × 1/3."""
    rubric = small_rubric(RollUp(score="domain", method="mean", missing="lowest"))
    row = score_row(moved([1, 1, BLANK, 1, 1], [1, 1, 4, 1, 1], rubric))
    assert [(cause.id, cause.before, cause.effect) for cause in row.causes] == [
        ("AA3", Fraction(1), Fraction(1))
    ]
    assert row.change == 1


def test_records_and_reasons_are_plain() -> None:
    """One row per score and criterion, and each reason once."""
    comparison = moved([1, 2, BLANK, 1, Decimal(1)], [1, 2, 4, 1, 1])
    rows = comparison.records()
    assert rows[0]["change"] == pytest.approx(5 / 6)
    assert rows[0]["reasons"] == "coverage-differs"
    assert rows[-1]["score"] == "criterion"
    assert len(comparison.all_issues) == len(set(comparison.all_issues))


def cohorts() -> tuple[Cohort, Cohort]:
    """Give two terms of three areas, two of them in both."""
    return (
        cohort_of({"980 A": [1, 1, 1, 1, 1], "981 B": [2, 2, 2, 2, 2], "982 C": [1]}),
        cohort_of({"980 A": [2, 1, 1, 1, 1], "981 B": [1, BLANK, BLANK, 2, 2], "983 D": [1]}),
    )


def test_a_cohort_moves_area_by_area_as_two_results_do() -> None:
    """Areas in both are compared from what the cohorts kept, with causes; others are named."""
    movement = compare_cohorts(*cohorts())
    assert [area.area for area in movement.areas] == ["980 A", "981 B"]
    assert (movement.only_before, movement.only_after) == (("982 C",), ("983 D",))
    row = movement.areas[0].scores[0]
    alone = score_row(moved([1, 1, 1, 1, 1], [2, 1, 1, 1, 1]))
    assert (row.change, row.causes) == (alone.change, alone.causes)


@pytest.mark.parametrize("make", [small_rubric, all_methods_rubric])
def test_a_cohort_moves_in_every_row_as_two_results_do(make: Callable[[], Rubric]) -> None:
    """Whatever is blank or not applicable, a cohort gives the rows, reasons and causes of two."""
    rubric, draw = make(), random.Random(7)
    kinds: list[Answer] = [1, 2, 3, 4, 4, BLANK, NA]
    names = [f"{n} Area {n}" for n in range(901, 931)]
    terms = [
        {
            name: area_result(name, draw.choices(kinds, k=5), rubric=rubric, date=DAYS[term])
            for name in names
        }
        for term in range(2)
    ]
    movement = compare_cohorts(*(gather_cohort(term.values(), rubric) for term in terms))
    assert len(movement.areas) == len(names)
    found = set()
    for area in movement.areas:
        alone = compare(*(term[area.area] for term in terms))
        assert (area.scores, area.criteria, area.issues) == (
            alone.scores,
            alone.criteria,
            alone.issues,
        )
        for row, other in zip(area.scores, alone.scores, strict=True):
            assert (row.causes, row.adds_up) == (other.causes, other.adds_up)
            found.update(codes(row))
    assert {IssueCode.NOT_APPLICABLE_DIFFERS, IssueCode.COVERAGE_DIFFERS} <= found


def test_a_movement_travels_to_another_process() -> None:
    """Causes are worked out when they are asked for, on the other side as well."""
    movement = compare_cohorts(*cohorts())
    again = pickle.loads(pickle.dumps(movement))  # noqa: S301 - our own
    assert again == movement
    assert again.areas[0].scores[0].causes == movement.areas[0].scores[0].causes != ()


def test_a_cohorts_movement_is_summed_up_by_score() -> None:
    """AA: one area up by 1/3, one not compared."""
    movement = compare_cohorts(*cohorts())
    found = next(row for row in movement.summary if (row.score, row.id) == ("domain", "AA"))
    assert (found.compared, found.not_compared, found.with_care) == (1, 1, 0)
    assert (found.up, found.same, found.down) == (1, 0, 0)
    assert found.median == found.mean == Fraction(1, 3)
    assert movement.records()[0]["change"] == pytest.approx(1 / 3)
    nothing = next(row for row in movement.summary if row.score == "target")
    assert nothing.median is None


def test_dates_of_both_terms_are_kept() -> None:
    """So that a table can say from when to when an area moved."""
    rubric = small_rubric()
    terms = [gather_cohort([area_result(AREA, [1], date=day)], rubric) for day in DAYS]
    (area,) = compare_cohorts(*terms).areas
    assert (area.date_before, area.date_after) == DAYS
