"""What is published shows no area alone, and gives nothing away by subtraction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations_with_replacement, product
from math import comb
from typing import get_args

import pytest
from cohort_samples import area_result, cohort_of
from result_samples import Answer, small_rubric

from maturity import Cohort, Withheld, gather_cohort, known_areas
from maturity.assessment import State
from maturity.cohort.publication import PublishedCounts, PublishedSpread, Show, reason_words
from maturity.rubric import Overall, RollUp

REGIONS = ("West Midlands", "North West", "North East")


def at_levels(*counts: int) -> Cohort:
    """Gather so many areas at level 1, 2, 3 and 4 on every criterion."""
    levels = [level for level, count in enumerate(counts, start=1) for _ in range(count)]
    return cohort_of({f"{n:03} Area {n}": [level] * 5 for n, level in enumerate(levels, start=1)})


def regional(*sizes: int, level: Sequence[int] = (1, 2, 3, 4)) -> Cohort:
    """Gather so many areas from each of three regions, at these levels in turn."""
    found = {}
    for region, size in zip(REGIONS, sizes, strict=True):
        areas = [each for each in known_areas().values() if each.region == region][:size]
        for place, area in enumerate(areas):
            found[f"{area.code} {area.name}"] = [level[place % len(level)]] * 5
    return cohort_of(found)


def domain_counts(cohort: Cohort) -> PublishedCounts:
    """Give the published counts of the first domain."""
    return cohort.published().counts[0]


def domain_spreads(cohort: Cohort, threshold: int = 5) -> dict[str, PublishedSpread]:
    """Give the published quartiles of the first domain by group."""
    spreads = cohort.published(suppress_below=threshold, show="quartiles").spreads
    return {row.group: row for row in spreads if (row.score, row.id) == ("domain", "AA")}


def test_counts_by_band_hide_small_ones_and_what_would_give_them_away() -> None:
    """Low holds levels 1 and 2, Middle 3, High 4: of 12, 6 and 2, the last two are withheld."""
    assert domain_counts(at_levels(6, 6, 6, 2)).counts == {
        "Low": 12,
        "Middle": Withheld.SMALL_COUNT,
        "High": Withheld.SMALL_COUNT,
    }
    assert domain_counts(at_levels(3, 3, 6, 5)).counts == {"Low": 6, "Middle": 6, "High": 5}


@pytest.mark.parametrize("areas", range(5))
def test_fewer_areas_than_the_threshold_give_no_figure(areas: int) -> None:
    """Of no row or group with up to four areas anything is shown."""
    cohort = at_levels(areas, 0, 0, 0)
    counts = (*cohort.published().counts, *cohort.published(show="levels").counts)
    assert {value for row in counts for value in row.counts.values()} <= {Withheld.TOO_FEW}
    spreads = cohort.published(show="quartiles").spreads
    assert {row.mean for row in spreads} <= {Withheld.TOO_FEW}
    assert {row.areas for row in spreads} <= {None}


def test_as_many_areas_as_the_threshold_give_a_figure() -> None:
    """Five areas are not fewer than five, and six are what is needed below six."""
    five = at_levels(5, 0, 0, 0)
    assert domain_counts(five).counts == {"Low": 5, "Middle": 0, "High": 0}
    assert domain_spreads(five)["all areas"].mean == 1
    assert domain_spreads(five, threshold=6)["all areas"].mean is Withheld.TOO_FEW


def test_criteria_and_partners_are_counted_the_same_way() -> None:
    """Of 12 areas 3 have partners apart, so that neither 3 nor 9 is shown; or all have."""
    cohort = gather_cohort(
        [
            area_result(
                f"{n:03} Area {n}",
                [1 + n % 2] * 5,
                views={"AA1": (1, 4), "AA2": (1, 4) if n < 3 else (1, 1)},
            )
            for n in range(12)
        ],
        small_rubric(),
    )
    published = cohort.published(show="levels")
    rows = {(row.table, row.id): row.counts for row in published.counts}
    assert rows["criteria", "AA1"] == {"1": 6, "2": 6, "3": 0, "4": 0}
    hidden = Withheld.SMALL_COUNT
    assert rows["disagreements", "AA1"] == {"partners apart": 12, "partners close": 0}
    assert rows["disagreements", "AA2"] == {"partners apart": hidden, "partners close": hidden}


def test_scores_that_share_an_answer_are_not_counted_twice() -> None:
    """AA/early is nearly AA1, and AA holds it too: bands of both could give a small count away."""
    keys = [(row.score, row.id) for row in at_levels(6, 6, 6, 6).published().counts]
    assert keys[:2] == [("domain", "AA"), ("domain", "BB")]
    assert {score for score, _ in keys} == {"domain", "partner", "target"}
    overall = small_rubric(
        RollUp(score="domain", method="mean"), overall=Overall(of="domain", method="mean")
    )
    cohort = cohort_of({f"{n:03} Area {n}": [1] * 5 for n in range(8)}, rubric=overall)
    assert [(row.score, row.id) for row in cohort.published().counts] == keys[:2]
    spreads = cohort.published(show="quartiles").spreads
    assert [(row.score, row.id) for row in spreads] == keys[:2]


def test_a_mean_that_is_withheld_does_not_follow_from_other_scores() -> None:
    """Of 6, 7 and 5 areas two of the last lack AA, so a region is withheld; BB and all do not help.

    With the mean of AA and BB published as well, AA would be twice that less BB in every region.
    """
    overall = Overall(of="domain", method="mean", missing="skip")
    rubric = small_rubric(
        RollUp(score="domain", method="mean", min_coverage=Decimal("0.5")), overall=overall
    )
    areas = regional(6, 7, 5).returns
    levels: dict[str, list[Answer]] = {each.area: [2] * 5 for each in areas}
    for each in [each for each in areas if each.region == REGIONS[2]][:2]:
        levels[each.area] = [State.BLANK, State.BLANK, State.BLANK, 2, 2]
    published = cohort_of(levels, rubric=rubric).published(show="quartiles")
    rows = {(row.score, row.id, row.group): row.mean for row in published.spreads}
    withheld = [region for region in REGIONS if isinstance(rows["domain", "AA", region], Withheld)]
    assert len(withheld) == 2
    assert all(rows["domain", "BB", region] == 2 for region in REGIONS)
    assert {score for score, _, _ in rows} == {"domain"}


def test_partners_of_whom_one_is_scored_are_not_counted_beside_levels() -> None:
    """Both would be about the same answers."""
    rubric = small_rubric()
    ratings = {
        key: rating.model_copy(update={"partner": True}) if rating.scored else rating
        for key, rating in rubric.ratings.items()
    }
    shared = rubric.model_copy(update={"ratings": ratings})
    cohort = cohort_of({f"{n:03} Area {n}": [1] * 5 for n in range(8)}, rubric=shared)
    assert {row.table for row in cohort.published(show="levels").counts} == {"criteria"}


def test_quartiles_need_enough_areas_on_each_side() -> None:
    """A median needs 10 areas and quartiles 20, so that five or more lie beyond each."""
    few = Withheld.TOO_FEW
    one = Decimal(1)
    for areas, expected in ((9, (few, few)), (10, (few, one)), (19, (few, one)), (20, (one, one))):
        row = domain_spreads(at_levels(areas, 0, 0, 0))["all areas"]
        assert (row.lower_quartile, row.median) == expected
        assert (row.areas, row.mean) == (areas, one)


def test_published_figures_are_rounded_to_two_decimals() -> None:
    """Levels 1, 1 and 2 in turn: 4 / 3 becomes 1.33; halves go up."""
    row = domain_spreads(at_levels(6, 3, 0, 0))["all areas"]
    assert row.mean == Decimal("1.33")
    assert domain_spreads(at_levels(7, 1, 0, 0))["all areas"].mean == Decimal("1.13")  # 9 / 8


def test_a_region_that_would_leave_too_few_of_all_is_withheld() -> None:
    """Six and seven of 13 are shown; of 13 in 7, 4 and 2, seven leave 6 and are shown."""
    rows = domain_spreads(regional(7, 6, 0))
    assert [rows[name].areas for name in REGIONS[:2]] == [7, 6]
    rows = domain_spreads(regional(7, 4, 2))
    assert rows["West Midlands"].areas == 7
    assert rows["North West"].mean is Withheld.TOO_FEW
    rows = domain_spreads(regional(7, 5, 0))  # 12 - 7 = 5
    assert [rows[name].areas for name in REGIONS[:2]] == [7, 5]
    rows = domain_spreads(regional(7, 4, 0))  # 11 - 7 = 4
    assert rows["West Midlands"].mean is Withheld.BY_SUBTRACTION
    assert rows["all areas"].areas == 11
    rows = domain_spreads(regional(6, 7, 3))  # 16 - 6 - 7 = 3
    assert [rows[name].mean for name in ("North West", "West Midlands")].count(
        Withheld.BY_SUBTRACTION
    ) == 1


# Areas in each of three regions | threshold | which regions' means are shown beside that of all.
SHOWN_REGIONS = [
    ((3, 3, 3), 3, (True, True, True)),
    ((3, 3, 3), 4, (False, False, False)),
    ((3, 2, 4), 2, (True, True, True)),
    ((3, 2, 4), 3, (False, False, True)),  # 9 - 4 - 3 = 2
    ((4, 3, 1), 2, (False, True, False)),  # 8 - 3 - 4 = 1
]


@pytest.mark.parametrize(("sizes", "threshold", "expected"), SHOWN_REGIONS)
def test_no_withheld_mean_follows_from_the_means_that_are_shown(
    sizes: tuple[int, ...], threshold: int, expected: tuple[bool, ...]
) -> None:
    """Brute force: with the same shown figures, every withheld region's mean can be another."""
    groups = [range(sum(sizes[:n]), sum(sizes[: n + 1])) for n in range(3)]
    spreads = domain_spreads(regional(*sizes), threshold)
    is_shown = {name: not isinstance(row.mean, Withheld) for name, row in spreads.items()}
    assert is_shown["all areas"]
    assert tuple(is_shown[name] for name in REGIONS) == expected
    everyone = {**dict(zip(REGIONS, groups, strict=True)), "all areas": range(sum(sizes))}
    splits = [combinations_with_replacement((1, 2), len(group)) for group in groups]
    alike: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    for parts in product(*splits):
        values = [value for part in parts for value in part]
        sums = (sum(values[n] for n in everyone[name]) for name, shown in is_shown.items() if shown)
        alike[tuple(sums)].append(tuple(sum(part) for part in parts))
    middle = max(alike.values(), key=len)
    for place, shown in enumerate(expected):
        assert (len({sums[place] for sums in middle}) == 1) == shown


@pytest.mark.parametrize(("areas", "threshold"), [(8, 3), (2, 2), (3, 3), (5, 5)])
@pytest.mark.parametrize("show", ["bands", "levels"])
def test_no_withheld_count_follows_from_all_that_is_published(
    show: Show, areas: int, threshold: int
) -> None:
    """Brute force over every table of so many areas that answer all alike."""
    alike: dict[str, list[PublishedCounts]] = defaultdict(list)
    true: dict[str, list[Mapping[str, int]]] = defaultdict(list)
    every = 0
    for levels in combinations_with_replacement((1, 2, 3, 4), areas):
        counts = [levels.count(level) for level in (1, 2, 3, 4)]
        row = at_levels(*counts).published(suppress_below=threshold, show=show).counts[0]
        bands = {"Low": counts[0] + counts[1], "Middle": counts[2], "High": counts[3]}
        by_level = dict(zip("1234", counts, strict=True))
        alike[repr(row)].append(row)
        true[repr(row)].append(bands if show == "bands" else by_level)
        every += 1
    assert every == comb(areas + 3, 3)
    for shown, rows in alike.items():
        for name, value in rows[0].counts.items():
            values = {each[name] for each in true[shown]}
            assert len(values) > 1 if isinstance(value, Withheld) else values == {value}


def test_bands_levels_and_quartiles_are_never_published_together() -> None:
    """One choice of three; none holds an area's own figure."""
    cohort = at_levels(10, 10, 10, 10)
    tables = {
        show: {row.table for row in cohort.published(show=show).counts} for show in get_args(Show)
    }
    assert tables == {
        "bands": {"scores"},
        "levels": {"criteria", "disagreements"},
        "quartiles": set(),
    }
    assert [bool(cohort.published(show=s).spreads) for s in get_args(Show)] == [False, False, True]
    assert not any("Area 1" in repr(cohort.published(show=show)) for show in get_args(Show))


def test_areas_with_two_returns_count_once() -> None:
    """Two returns of one area are not two areas behind a figure."""
    results = [area_result(f"{n:03} Area {n}", [1] * 5) for n in range(4)]
    results.append(area_result("000 Area 0", [1] * 5, digest="sha256:again"))
    cohort = gather_cohort(results, small_rubric(), duplicates="all")
    assert len(cohort.returns) == 5
    assert domain_counts(cohort).counts["Low"] is Withheld.TOO_FEW


def test_records_give_a_value_or_a_reason() -> None:
    """Withheld figures are said to be so, and are never blank for no reason."""
    cohort = at_levels(6, 6, 6, 2)
    for show in get_args(Show):
        rows = cohort.published(show=show).records()
        assert rows
        assert all((row["value"] is None) != (row["withheld"] is None) for row in rows)


@pytest.mark.parametrize("reason", list(Withheld))
def test_every_reason_has_words(reason: Withheld) -> None:
    """Whoever meets a withheld figure can read why."""
    assert "5" in reason_words(reason, 5)


def test_a_threshold_that_protects_nobody_is_refused() -> None:
    """Below 2 nothing would be withheld, and a misspelt choice is not taken for a default."""
    cohort = at_levels(6, 6, 6, 6)
    with pytest.raises(ValueError, match="at least 2"):
        cohort.published(suppress_below=1)
    with pytest.raises(ValueError, match="quartiles"):
        cohort.published(show="both")  # type: ignore[arg-type] # the test
