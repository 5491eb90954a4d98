"""The layout of our own template follows from the rubric, and its headers never clash."""

from __future__ import annotations

import pytest
from hypothesis import given
from random_rubrics import rubrics
from written_sheets import made_rubric

from maturity import Rubric, load_rubric
from maturity.layout import Layout, Table
from maturity.reading.layout_keys import fold_label
from maturity.rubric import Rating
from maturity.template_layout import level_headers, template_layout, template_marker


def _headers(table: Table) -> list[str]:
    columns = (table.id, *([table.title] if table.title else []), *table.ignore)
    columns += (*table.answers.values(), *table.notes.values())
    return [column.name for column in columns]


def _with_ratings(**titles: str) -> Rubric:
    ratings = {key: Rating(title=title, scored=key == "agreed") for key, title in titles.items()}
    return made_rubric().model_copy(update={"ratings": ratings})


def test_shipped_rubric_keeps_the_words_people_know() -> None:
    """Headers are the titles of ratings and levels, as they are in the rubric."""
    layout = template_layout(load_rubric("local-partnership"))
    assert [column.header for column in layout.tables[0].answers.values()] == [
        ("Education",),
        ("Health",),
        ("Care",),
        ("Agreed level",),
        ("Target level",),
    ]
    assert "2 - Developing" in _headers(layout.tables[0])


@pytest.mark.parametrize("title", ["Evidence", "evidence ", "EVIDENCE (12 months):", "Figure"])
def test_rating_called_like_our_own_column_gets_a_longer_header(title: str) -> None:
    """Our own columns keep their names; the rating's name is made longer."""
    header = template_layout(_with_ratings(agreed=title)).tables[0].answers["agreed"].name
    assert header in {f"{title} level", "agreed"}


def test_ratings_of_one_name_are_told_apart() -> None:
    """The second and third of the same name get headers of their own."""
    layout = template_layout(_with_ratings(agreed="View", care="View", health="view "))
    headers = [fold_label(column.name) for column in layout.tables[0].answers.values()]
    assert headers == ["view", "view level", "health"]


def test_name_whose_every_variant_is_taken_is_numbered() -> None:
    """A header is found for every rating, however the others are called."""
    layout = template_layout(
        _with_ratings(a="View", b="View level", c="D", agreed="D level", d="View")
    )
    headers = [column.name for column in layout.tables[0].answers.values()]
    assert headers == ["View", "View level", "D", "D level", "d level 2"]


def test_long_title_does_not_become_a_header() -> None:
    """Readers take texts of more than 120 letters for prose, so a header is shorter."""
    layout = template_layout(_with_ratings(agreed="A rating " * 30))
    assert layout.tables[0].answers["agreed"].header == ("agreed",)


def test_rubric_without_metrics_has_one_table() -> None:
    """There is no table for figures that nobody asks for."""
    layout = template_layout(made_rubric().model_copy(update={"metrics": {}}))
    assert [table.rows for table in layout.tables] == ["criteria"]


def test_marker_names_the_rubric_and_the_version_is_the_edition() -> None:
    """A template of another version is still recognised, and its version can be compared."""
    rubric = made_rubric()
    fingerprint = template_layout(rubric).fingerprint
    assert fingerprint.markers == (template_marker(rubric),) == ("maturity-template:made",)
    assert fingerprint.editions == ("1",)


def _all_words(layout: Layout) -> list[str]:
    tables = [_headers(table) for table in layout.tables]
    # The id's header is the same in both tables; what follows it tells them apart.
    headers = [header for headers in tables for header in headers[1:]] + tables[0][:1]
    return headers + [(cell.label or ())[0] for cell in layout.metadata.values()]


@given(rubrics())
def test_no_two_columns_or_labels_share_a_name(rubric: Rubric) -> None:
    """Whatever the rubric calls its ratings and levels, a reader can tell all headers apart."""
    folded = [fold_label(word) for word in _all_words(template_layout(rubric))]
    assert all(folded)
    assert len(set(folded)) == len(folded)
    assert all(len(word) <= 120 for word in folded)


@given(rubrics())
def test_every_level_has_a_header(rubric: Rubric) -> None:
    """Each level's descriptors stand in a column of their own."""
    assert list(level_headers(rubric)) == [level.value for level in rubric.levels]
