"""Decide how results look: fonts, colours, number formats. The last step, and the only place.

Colour never carries meaning alone: whatever is coloured also says it in words or figures. Every
pair of text and background here has a contrast of at least 4.5 to 1 (a test proves it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = [
    "CHART_COLOURS",
    "COVERAGE_FORMAT",
    "FONT",
    "HEAT",
    "PAIRS",
    "SCORE_FORMAT",
    "STATE_PAIRS",
    "STYLES",
    "Pair",
    "contrast",
]

FONT = "Arial"
SCORE_FORMAT = "0.00"
# A share just below 1 must not be shown as 100 %.
COVERAGE_FORMAT = "[=1]0%;0.0%"
GAP_FORMAT = "+0.00;-0.00;0.00"


class Pair(NamedTuple):
    """A text colour on a background, both as `#RRGGBB`."""

    text: str
    background: str


PAIRS: Mapping[str, Pair] = {
    "plain": Pair("#1A1A1A", "#FFFFFF"),
    "quiet": Pair("#555555", "#FFFFFF"),
    "title": Pair("#1B365D", "#FFFFFF"),
    "header": Pair("#FFFFFF", "#1B365D"),
    "total": Pair("#1A1A1A", "#E4EAF2"),
    "notice": Pair("#3D2F00", "#FFF1C2"),
    "error": Pair("#7A0C12", "#FBE4E4"),
    "query": Pair("#5A3B00", "#FFF0D4"),
    "note": Pair("#17365D", "#E6EFF8"),
    "missing": Pair("#3F3F3F", "#EBEBEB"),
    "editable": Pair("#1A1A1A", "#F3F8EC"),
    "link": Pair("#0B4F9E", "#FFFFFF"),
}

STATE_PAIRS: Mapping[str, Pair] = {
    "unreadable": PAIRS["error"],
    "blank": PAIRS["missing"],
    "not applicable": PAIRS["note"],
}

# From the lowest level to the highest; dark text is readable on both ends and all between.
HEAT = ("#FFFFFF", "#9CC2E8")
CHART_COLOURS = ("#1B4F8F", "#B9CDE5")

_GRID = "#B7C1CE"


def _style(pair: str = "plain", **more: object) -> Mapping[str, object]:
    colours = PAIRS[pair]
    style: dict[str, object] = {
        "font_name": FONT,
        "font_scheme": "none",
        "font_size": 10,
        "font_color": colours.text,
        "valign": "top",
    }
    if colours.background != "#FFFFFF":
        style["bg_color"] = colours.background
    return {**style, **more}


def _cell(pair: str = "plain", **more: object) -> Mapping[str, object]:
    return _style(pair, **{"border": 1, "border_color": _GRID, "text_wrap": True, **more})


def _figure(pair: str = "plain", **more: object) -> Mapping[str, object]:
    return _cell(pair, **{"align": "center", "text_wrap": False, **more})


STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": _style(),
    "title": _style("title", bold=True, font_size=18, valign="vcenter"),
    "heading": _style("title", bold=True, font_size=13, valign="bottom"),
    "quiet": _style("quiet"),
    "words": _style(text_wrap=True),
    "notice": _style(
        "notice", text_wrap=True, bold=True, border=1, border_color="#C9A227", valign="vcenter"
    ),
    "label": _style("title", bold=True, text_wrap=True),
    "header": _cell("header", bold=True, valign="vcenter"),
    "header_figure": _cell("header", bold=True, valign="vcenter", align="center"),
    "cell": _cell(),
    "name": _cell(bold=True),
    "name_middle": _cell(bold=True, valign="vcenter"),
    "cell_middle": _cell(valign="vcenter"),
    "small": _cell(font_size=9),
    "centre": _cell(align="center"),
    "link": _cell("link", underline=1, align="center"),
    "link_words": _style("link", underline=1),
    "score": _figure(num_format=SCORE_FORMAT, bold=True),
    "bound": _figure(num_format=SCORE_FORMAT),
    "gap": _figure(num_format=GAP_FORMAT),
    "coverage": _figure(num_format=COVERAGE_FORMAT),
    "number": _figure(num_format="General"),
    "heat": _figure(num_format=SCORE_FORMAT, align="center", valign="vcenter"),
    "heat_total": _figure(
        "total", num_format=SCORE_FORMAT, align="center", valign="vcenter", bold=True
    ),
    "coverage_centre": _figure("quiet", num_format=COVERAGE_FORMAT, align="center", font_size=9),
    "heat_missing": _figure("missing", font_size=9, valign="vcenter"),
    "withheld": _figure("missing", italic=True),
    "level": _cell("editable", align="center", bold=True, locked=False),
    "typed": _cell(align="center"),
    "error": _cell("error", bold=True),
    "query": _cell("query", bold=True),
    "note": _cell("note", bold=True),
    "work_text": _cell("total", bold=True),
    "work_number": _figure("total", bold=True),
    "work_score": _figure("total", num_format="0.0000", bold=True),
    "work_coverage": _figure("total", num_format=COVERAGE_FORMAT, bold=True),
    "part_text": _cell(),
    "part_number": _figure(),
    "part_coverage": _figure(num_format=COVERAGE_FORMAT),
    "sent": _cell(),
    "sent_alone": _style(),
    "sent_header": _cell(bold=True),
    "sent_date": _style(num_format="d mmm yyyy", align="left"),
    "sent_datetime": _style(num_format="d mmm yyyy hh:mm:ss", align="left"),
    "sent_time": _style(num_format="hh:mm:ss", align="left"),
    "sent_percent": _style(num_format="0.00%"),
    "read": _cell("editable"),
    "doubt": _style("error", text_wrap=True, border=2, border_color="#7A0C12"),
    "mark": _style("error", text_wrap=True, italic=True),
    "mark_quiet": _style("quiet", text_wrap=True, italic=True),
}


def contrast(pair: Pair) -> float:
    """Give the contrast of a text on its background, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(pair.text), _luminance(pair.background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
