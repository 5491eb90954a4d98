"""Draw the charts of the summary from its cells; no figure is made inside a chart."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from maturity.rubric import Rubric
from maturity.writing.book import Book
from maturity.writing.text import clean_text
from maturity.writing.theme import CHART_COLOURS, FONT
from maturity.writing.workbook_words import number_text

__all__ = ["ChartData", "bar_chart", "chart_height"]

_MOST_ROWS = 40
_LIKE_A_PLACE = re.compile(r"!(?=\$?[A-Z]+\$?\d)")


class ChartData(NamedTuple):
    """Where a chart's figures stand: rows and columns of the sheet, counting from 1."""

    sheet: str
    title: str
    header_row: int
    first_row: int
    last_row: int
    name_column: int
    value_columns: tuple[int, ...]

    @property
    def drawn_last_row(self) -> int:
        """The last row that is drawn; a chart of hundreds of bars cannot be read."""
        return min(self.last_row, self.first_row + _MOST_ROWS - 1)


def chart_height(data: ChartData) -> int:
    """Give the height that the chart needs, in pixels."""
    # Each name may take two lines beside its bars; the title, axis and legend need the rest.
    return 118 + 34 * (data.drawn_last_row - data.first_row + 1)


def bar_chart(book: Book, rubric: Rubric, data: ChartData) -> Any:
    """Draw lying bars, one group per row, on the scale of the levels."""
    chart = book.chart({"type": "bar"})
    first, last = data.first_row - 1, data.drawn_last_row - 1
    names = [data.sheet, first, data.name_column - 1, last, data.name_column - 1]
    for place, column in enumerate(data.value_columns):
        chart.add_series(
            {
                "name": [data.sheet, data.header_row - 1, column - 1],
                "categories": names,
                "values": [data.sheet, first, column - 1, last, column - 1],
                "fill": {"color": CHART_COLOURS[place % 2]},
                "border": {"color": CHART_COLOURS[0]},
                "gap": 60,
                "data_labels": {
                    "value": True,
                    "num_format": _label_format(rubric),
                    "font": {"name": FONT, "size": 8},
                },
            }
        )
    chart.set_title({"name": _words(data.title, 200), "name_font": _font(12, bold=True)})
    # Without a unit, programs that run out of room name every other bar only.
    names_axis = {"reverse": True, "interval_unit": 1, "num_font": _font(9)}
    chart.set_y_axis(names_axis | {"line": {"color": "#7F7F7F"}})
    chart.set_x_axis(
        {
            "name": _scale_words(rubric),
            "name_font": _font(9),
            "num_font": _font(9),
            "num_format": "General",
            "min": _start(rubric),
            "max": float(rubric.levels[-1].value),
            "major_unit": _step(rubric),
            "major_gridlines": {"visible": True, "line": {"color": "#D0D0D0"}},
            "label_position": "high",
        }
    )
    if len(data.value_columns) > 1:
        chart.set_legend({"position": "bottom", "font": _font(9)})
    else:
        chart.set_legend({"none": True})
    return chart


def _font(size: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": size, "bold": bold}


def _scale_words(rubric: Rubric) -> str:
    levels = ", ".join(f"{number_text(level.value)} {level.label}" for level in rubric.levels)
    start = _start(rubric)
    is_level = start == rubric.levels[0].value
    words = "" if is_level else f"; bars start at {number_text(start)}, which is not a level"
    return _words(f"Level: {levels}{words}; no bar: not scored", 250)


def _words(text: str, limit: int) -> str:
    """Make words that XlsxWriter does not take for the place of a cell that holds them."""
    return _LIKE_A_PLACE.sub("\uff01", clean_text(text, limit))


def _start(rubric: Rubric) -> float:
    """Start below the lowest level, so that it has a bar of its own.

    Not below 0, where a score that is missing would have a bar in programs that draw it as 0.
    """
    lowest = float(rubric.levels[0].value)
    return max(0.0, lowest - _step(rubric)) if lowest > 0 else lowest


def _step(rubric: Rubric) -> float:
    span = float(rubric.levels[-1].value) - float(rubric.levels[0].value)
    return span / (len(rubric.levels) - 1)


def _label_format(rubric: Rubric) -> str:
    """Say "not scored" where a chart would draw a missing score as 0, if 0 is not a level."""
    return '[=0]"not scored";0.00' if rubric.levels[0].value > 0 else "0.00"
