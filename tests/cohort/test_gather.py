"""Outcomes become a cohort: areas by code or name, the latest return of each, failures kept."""

from __future__ import annotations

import datetime
from itertools import product
from pathlib import Path

import pytest
from cohort_samples import area_result, odd_issue
from result_samples import small_rubric

from maturity import Cohort, IssueCode, Result, Severity, gather_cohort
from maturity.areas import find_area
from maturity.batch import FileOutcome, OutcomeStatus, PassedOver
from maturity.command_line.duplicates import AreaReturn, Duplicates, decide
from maturity.issues import CellLocation, Issue

MARCH, JUNE = datetime.date(2026, 3, 2), datetime.date(2026, 6, 1)
RUBRIC = small_rubric()


def gathered(*results: Result) -> Cohort:
    """Gather results under the usual rubric."""
    return gather_cohort(iter(results), RUBRIC)


# What the cover says | key, code, region.
IDENTITIES = [
    ("330 Birmingham", ("330", "330", "West Midlands")),
    ("Birmingham", ("330", "330", "West Midlands")),
    ("330 Birmingham City Council", ("330", "330", "West Midlands")),
    ("330", ("330", "330", "West Midlands")),
    ("980 Northvale", ("980", "980", "")),
    ("Northvale", ("northvale", "", "")),
]


@pytest.mark.parametrize(("cover", "identity"), IDENTITIES)
def test_an_area_is_known_by_its_code_else_by_its_name(
    cover: str, identity: tuple[str, str, str]
) -> None:
    """Codes that are in no table are as good as others; they have no region."""
    (found,) = gathered(area_result(cover, [1])).returns
    assert (found.key, found.code, found.region) == identity


def test_a_return_without_an_area_stands_for_itself() -> None:
    """Two nameless returns are two areas, named by their files."""
    one, two = area_result("", [1], digest="sha256:1"), area_result("", [2], digest="sha256:2")
    assert len({each.key for each in gathered(one, two).returns}) == 2
    assert gathered(one).areas == ("nameless.xlsx",)


def test_code_and_name_of_two_areas_are_a_query_and_the_code_counts() -> None:
    """330 is Birmingham and Leeds is 383: the return is taken for 330, and says so."""
    (found,) = gathered(area_result("330 Leeds", [1])).returns
    assert found.known == find_area("330")
    assert [issue.code for issue in found.issues] == [IssueCode.AREA_CONFLICT]
    assert "Leeds has the code 383" in found.issues[0].message


# Dates of several returns, in order | which of them count.
DUPLICATES = [
    ((MARCH, JUNE), "2"),
    ((JUNE, MARCH), "1"),
    ((None, MARCH), "12"),  # it may be later, or not
    ((MARCH, None), "12"),
    ((MARCH, MARCH), "12"),
    ((None, None), "12"),
    ((MARCH, JUNE, MARCH), "2"),
    ((JUNE, MARCH, JUNE), "123"),
]


@pytest.mark.parametrize(("dates", "counting"), DUPLICATES)
def test_the_return_with_the_latest_date_counts(
    dates: tuple[datetime.date | None, ...], counting: str
) -> None:
    """The latest counts, or all where that is not known, whatever order the files came in."""
    results = [
        area_result("980 Northvale", [1], date=date, digest=f"sha256:{number}")
        for number, date in enumerate(dates, start=1)
    ]
    for order in (results, results[::-1]):
        cohort = gathered(*order)
        digests = [each.source_digest.removeprefix("sha256:") for each in cohort.returns]
        assert "".join(sorted(digests)) == counting
        assert len(cohort.superseded) == len(dates) - len(counting)
        kinds = {(issue.code, issue.severity) for issue in cohort.issues}
        assert kinds == {(IssueCode.AREA_REPEATED, Severity.QUERY)}


def test_a_copy_of_a_return_that_does_not_count_names_the_one_that_does() -> None:
    """The old return came twice, and the new one counts."""
    old = area_result("980 Northvale", [1], date=MARCH)
    cohort = gathered(old, old, area_result("980 Northvale", [2], date=JUNE))
    assert [each.date for each in cohort.returns] == [JUNE]
    assert {each.kept for each in cohort.superseded} == {f"980 Northvale {JUNE}.xlsx"}
    assert "copy of" in cohort.issues[-1].message


def test_maturity_score_decides_in_the_same_way() -> None:
    """Two commands over the same returns must not count different ones."""
    days = (None, MARCH, JUNE)
    for dates in product(days, repeat=3):
        results = [
            area_result("980 Northvale", [1], date=date, digest=f"sha256:{number}")
            for number, date in enumerate(dates)
        ]
        returns = [AreaReturn("980", f"{n}", f"sha256:{n}", date) for n, date in enumerate(dates)]
        counting = decide(returns, Duplicates.LATEST).counting
        cohort = gathered(*results)
        digests = {each.source_digest for each in cohort.returns}
        assert digests == {each.digest for each in counting}


def test_a_copy_of_a_return_is_a_note() -> None:
    """The same content twice changes nothing, so it is for information only."""
    one = area_result("980 Northvale", [1], date=MARCH)
    cohort = gathered(one, one)
    assert len(cohort.returns) == 1
    assert [issue.severity for issue in cohort.issues] == [Severity.NOTE]
    assert "same content" in cohort.issues[0].message


def test_all_returns_are_kept_when_asked_for() -> None:
    """With duplicates="all" each return is a row, which is said; groups still count areas once."""
    results = [area_result("980 Northvale", [n], date=day) for n, day in ((1, JUNE), (2, MARCH))]
    cohort = gather_cohort([*results, area_result("981 Ash", [4])], RUBRIC, duplicates="all")
    assert [each.date for each in cohort.returns] == [MARCH, JUNE, None]
    assert cohort.areas == ("980 Northvale", "981 Ash")
    assert [each.date for each in cohort.latest] == [JUNE, None]
    assert cohort.area("980").date == JUNE
    assert [issue.code for issue in cohort.issues] == [IssueCode.AREA_REPEATED]


def test_areas_stand_in_the_order_of_their_codes_whatever_order_files_came_in() -> None:
    """Codes first, by number; then names; so the same files give the same cohort."""
    covers = ["Zed", "1000 Far", "980 Northvale", "Ash"]
    forwards, backwards = (
        gathered(*(area_result(cover, [1]) for cover in order)) for order in (covers, covers[::-1])
    )
    assert forwards == backwards
    assert forwards.areas == ("980 Northvale", "1000 Far", "Ash", "Zed")


def test_outcomes_that_failed_are_kept_and_those_passed_over_are_not() -> None:
    """A refused file is a failure with its reasons; a lock file is nothing."""
    outcomes = [
        FileOutcome(Path("in/a.xlsx"), OutcomeStatus.SCORED, area_result("980 Northvale", [1])),
        FileOutcome(Path("in/b.xlsx"), OutcomeStatus.REFUSED, issues=(odd_issue(),)),
        FileOutcome("file 3", OutcomeStatus.PASSED_OVER, reason=PassedOver.LOCK),
    ]
    cohort = gather_cohort(outcomes, RUBRIC)
    assert [each.source for each in cohort.returns] == ["a.xlsx"]
    assert [(each.source, len(each.issues)) for each in cohort.failures] == [("b.xlsx", 1)]


def test_a_result_under_another_rubric_is_a_failure() -> None:
    """Scores under two rubrics are never put into one table."""
    other = RUBRIC.model_copy(update={"version": "2"})
    cohort = gathered(area_result("980 Northvale", [1], rubric=other))
    assert cohort.returns == ()
    assert [i.code for each in cohort.failures for i in each.issues] == [IssueCode.RUBRIC_DIFFERS]


def test_an_unknown_way_with_duplicates_is_refused() -> None:
    """A misspelt choice is not taken for a default."""
    with pytest.raises(ValueError, match="latest"):
        gather_cohort([], RUBRIC, duplicates="first")  # type: ignore[arg-type] # the test


def test_what_is_kept_holds_no_workbook_cells_or_remarks() -> None:
    """Answers alike are one object for all returns, and nothing leads back to the workbook."""
    cohort = gathered(*(area_result(f"98{n} Area", [1, 2]) for n in range(2)))
    one, two = (each.answers for each in cohort.returns)
    assert all(left is right for left, right in zip(one, two, strict=True))
    assert {answer.cell for answer in one} == {None}


@pytest.mark.parametrize("name", ["330", "Birmingham", "330 birmingham", "E08000025"])
def test_an_area_of_a_cohort_is_found_by_code_or_name(name: str) -> None:
    """As its cover has it, or as the table of areas has it."""
    cohort = gathered(area_result("330 Birmingham", [1]), area_result("", [2]))
    assert cohort.area(name).area == "330 Birmingham"
    with pytest.raises(KeyError):
        cohort.area("Leeds")


def test_a_result_that_somebody_else_took_is_not_a_failure() -> None:
    """What was scored would be counted among the files that could not be used."""
    scored = FileOutcome(Path("a.xlsx"), OutcomeStatus.SCORED_WITH_ISSUES, product="mine")
    with pytest.raises(ValueError, match="leave out then="):
        gather_cohort([scored], RUBRIC)


def test_files_elsewhere_are_called_by_their_names() -> None:
    """As those of a folder are; a file without a name keeps what it was called."""
    where = "all.zip/in/{}.xlsx"
    why = Issue(IssueCode.FILE_EMPTY, Severity.ERROR, "It is empty.", "Send it.", CellLocation("b"))
    outcomes = [
        FileOutcome(where.format("a"), OutcomeStatus.SCORED, area_result("980 Northvale", [1])),
        FileOutcome(where.format("b"), OutcomeStatus.REFUSED, issues=(why,)),
        FileOutcome("file 3", OutcomeStatus.FAILED),
    ]
    cohort = gather_cohort(outcomes, RUBRIC)
    assert [each.source for each in cohort.returns] == ["a.xlsx"]
    assert [each.source for each in cohort.failures] == ["b.xlsx", "file 3"]
