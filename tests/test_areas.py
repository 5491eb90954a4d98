"""Areas are known by code or by name, written exactly, and nothing is guessed."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from maturity.areas import AREAS_SOURCE, find_area, known_areas

# What is asked | the code of what is found; None for nothing.
CASES = [
    ("330", "330"),
    ("３３０", "330"),
    ("E08000025", "330"),
    ("Birmingham", "330"),
    ("  BIRMINGHAM ", "330"),
    ("Bristol, City of", "801"),
    ("Bristol", "801"),
    ("hull", "810"),
    ("Kingston upon Hull", "810"),
    ("Bournemouth, Christchurch & Poole", "839"),
    ("Birmingham City Council", None),
    ("Birmingam", None),
    ("330 Birmingham", None),
    ("980", None),
    ("Northvale", None),
    ("Cumbria", None),  # two rows bear that name
    ("", None),
]


@pytest.mark.parametrize(("asked", "code"), CASES)
def test_an_area_is_found_by_what_it_is_called_and_no_other(asked: str, code: str | None) -> None:
    """Case, spaces and full-width digits make no difference; anything else does."""
    found = find_area(asked)
    assert (found and found.code) == code


def test_the_table_holds_every_authority_with_neighbours_that_are_in_it() -> None:
    """153 current and 3 abolished authorities; ten neighbours each, in nine regions."""
    areas = known_areas()
    current = [area for area in areas.values() if area.is_current]
    assert (len(current), len(areas)) == (153, 156)
    assert len({area.region for area in current}) == 9
    assert {neighbour for area in current for neighbour in area.neighbours} <= set(areas)
    assert all(area.code not in area.neighbours for area in current)
    assert Counter(len(area.neighbours) for area in current).most_common(1)[0][0] == 10


def test_the_data_say_where_they_come_from() -> None:
    """The README beside the table names the source, its licence and the date, as the code does."""
    text = files("maturity.data").joinpath("README.md").read_text(encoding="utf-8")
    for words in ("data-to-insight/ofsted-send-scrape-tool", "MIT licence", "mid-2026"):
        assert words in text
        assert words in AREAS_SOURCE
