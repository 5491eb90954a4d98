"""An area is put beside others without showing any of them alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from cohort_samples import cohort_of

from maturity import Cohort, Withheld, known_areas
from maturity.cohort.compared import With

ONE = Fraction(1)
BIRMINGHAM = known_areas()["330"]
NEIGHBOURS = [known_areas()[code] for code in BIRMINGHAM.neighbours]


def neighbours_cohort(count: int, *, far: int = 0) -> Cohort:
    """Gather Birmingham at level 3 and neighbours at 1, 2, 1, 2 …; and invented areas at 4."""
    levels = {"330 Birmingham": [3, 3, 3]}
    for place, area in enumerate(NEIGHBOURS[:count]):
        levels[f"{area.code} {area.name}"] = [1 + place % 2] * 3
    levels |= {f"{980 + place} Far {place}": [4, 4, 4] for place in range(far)}
    return cohort_of(levels)


def test_neighbours_are_described_by_quartiles_and_the_area_is_not_among_them() -> None:
    """Beside 1, 2, 1, 2, 1 the median is 1, the upper quartile 2, and 3 is above it."""
    found = neighbours_cohort(5).compared("Birmingham")
    row = found.rows[0]
    assert (found.areas, found.absent, row.areas) == (5, 10 - 5, 5)
    assert (row.lower_quartile, row.median, row.upper_quartile) == (ONE, ONE, 2 * ONE)
    assert (row.value, row.position, row.withheld) == (3 * ONE, "highest quarter", None)
    assert "statistical neighbours" in found.group
    assert "ofsted-send-scrape-tool" in found.source


def test_fewer_others_than_the_threshold_give_no_figure() -> None:
    """Four neighbours are too few by default, and enough where 4 is the threshold."""
    cohort = neighbours_cohort(4)
    row = cohort.compared("330").rows[0]
    assert (row.median, row.position, row.withheld) == (None, None, Withheld.TOO_FEW)
    assert cohort.compared("330", suppress_below=4).rows[0].median == Fraction(3, 2)


def test_a_group_is_withheld_that_leaves_too_few_of_all() -> None:
    """Of 7 others, 5 neighbours would leave 2; with 5 more far away they leave 7."""
    few = neighbours_cohort(5, far=2)
    assert few.compared("330", "all").rows[0].withheld is None
    assert few.compared("330").rows[0].withheld is Withheld.BY_SUBTRACTION
    assert neighbours_cohort(5, far=7).compared("330").rows[0].withheld is None


@pytest.mark.parametrize(
    ("own", "position"),
    [(1, "lowest quarter"), (2, "lower middle"), (3, "upper middle"), (4, "highest quarter")],
)
def test_the_position_is_a_quarter_and_never_a_rank(own: int, position: str) -> None:
    """Beside quartiles of 2, 5/2 and 3, each level lies in a quarter of its own."""
    others = {f"{980 + n} Other {n}": [level] * 3 for n, level in enumerate([1, 2, 2, 3, 3, 4])}
    row = cohort_of({"330 Birmingham": [own] * 3, **others}).compared("330", "all").rows[0]
    assert (row.lower_quartile, row.median, row.upper_quartile) == (
        2 * ONE,
        Fraction(5, 2),
        3 * ONE,
    )
    assert row.position == position


def test_an_area_without_a_region_has_no_group_and_is_told_so() -> None:
    """A code that is in no table has neither region nor neighbours; nothing is guessed."""
    cohort = cohort_of({f"{980 + n} Area {n}": [1, 2, 3] for n in range(8)})
    groups: tuple[With, ...] = ("region", "neighbours")
    for with_ in groups:
        found = cohort.compared("980", with_)
        assert (found.areas, found.absent) == (0, 0)
        assert "not in the table of areas" in found.group
        assert {row.withheld for row in found.rows} == {Withheld.TOO_FEW}
    assert cohort.compared("980", "all").group == "all other areas"
    assert cohort.compared("980", "all").source == ""


def test_the_region_leaves_the_area_itself_out() -> None:
    """Of seven in the West Midlands six are others."""
    here = [each for each in known_areas().values() if each.region == "West Midlands"][:7]
    cohort = cohort_of({f"{each.code} {each.name}": [2, 2, 2] for each in here})
    found = cohort.compared(here[0].code, "region")
    assert (found.areas, found.group) == (6, "others in West Midlands")
    assert found.rows[0].median == 2


def test_a_score_that_the_area_lacks_has_no_position() -> None:
    """The group's figures stand, and the area's place among them is left open."""
    others = {f"{980 + n} Other {n}": [2, 2, 2] for n in range(6)}
    row = cohort_of({"330 Birmingham": [], **others}).compared("330", "all").rows[0]
    assert (row.value, row.median, row.position) == (None, 2 * ONE, None)


def test_records_are_plain() -> None:
    """Figures are floats and reasons are words."""
    rows = neighbours_cohort(4).compared("330").records()
    assert rows[0]["value"] == 3.0
    assert rows[0]["withheld"] == "too_few"


def test_an_unknown_group_or_threshold_is_refused() -> None:
    """A misspelt choice is not taken for a default."""
    cohort = neighbours_cohort(1)
    with pytest.raises(ValueError, match="with_"):
        cohort.compared("330", "friends")  # type: ignore[arg-type] # the test
    with pytest.raises(ValueError, match="suppress_below"):
        cohort.compared("330", suppress_below=0)
