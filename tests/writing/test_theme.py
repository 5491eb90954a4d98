"""Colours are readable, and styles are ones that the writer knows."""

from __future__ import annotations

import pytest
import xlsxwriter

from maturity.writing.theme import CHART_COLOURS, HEAT, PAIRS, STATE_PAIRS, STYLES, Pair, contrast


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (Pair("#000000", "#FFFFFF"), 21),
        (Pair("#FFFFFF", "#000000"), 21),
        (Pair("#777777", "#FFFFFF"), 4.48),
        (Pair("#123456", "#123456"), 1),
    ],
)
def test_contrast_is_that_of_wcag(pair: Pair, expected: float) -> None:
    """Known pairs have the contrast that WCAG's own formula gives."""
    assert contrast(pair) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("name", [*PAIRS])
def test_text_on_its_background_is_readable(name: str) -> None:
    """Every pair has a contrast of at least 4.5 to 1, as WCAG 2.2 AA asks."""
    assert contrast(PAIRS[name]) >= 4.5


@pytest.mark.parametrize("colour", HEAT)
def test_text_on_both_ends_of_the_heat_scale_is_readable(colour: str) -> None:
    """Dark text on the lightest and on the darkest shade of the matrix can be read."""
    assert contrast(Pair(PAIRS["plain"].text, colour)) >= 4.5


def test_states_are_coloured_by_word_alone() -> None:
    """Each coloured state is named by the word that the cell itself shows."""
    assert set(STATE_PAIRS) == {"unreadable", "blank", "not applicable"}


def test_bars_of_two_series_differ_in_lightness() -> None:
    """The two colours of a chart differ in a black and white print."""
    assert contrast(Pair(*CHART_COLOURS)) >= 3


@pytest.mark.parametrize("name", [*STYLES])
def test_a_style_is_known_to_the_writer(name: str) -> None:
    """XlsxWriter takes every property of every style."""
    workbook = xlsxwriter.Workbook("unused.xlsx")
    known = workbook.add_format(dict(STYLES[name]))
    assert known.font_name == "Arial"
    assert all(hasattr(known, f"set_{key}") for key in STYLES[name])
