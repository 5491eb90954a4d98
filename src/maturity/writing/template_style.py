"""Decide how the template looks. Cells for answers are shaded and unlocked; all others are locked."""

from __future__ import annotations

from collections.abc import Mapping

from maturity.writing.theme import FONT, PAIRS

__all__ = ["DATE_FORMAT", "SHINE", "TEMPLATE_STYLES"]

DATE_FORMAT = "dd/mm/yyyy"
_GRID = "#8A97A8"
_SIZE = 11

SHINE: Mapping[str, object] = {
    "bold": True,
    "font_color": PAIRS["notice"].text,
    "bg_color": PAIRS["notice"].background,
}
"""How the descriptor of the level that was chosen looks."""


def _words(pair: str = "plain", **more: object) -> Mapping[str, object]:
    colours = PAIRS[pair]
    look: dict[str, object] = {
        "font_name": FONT,
        "font_size": _SIZE,
        "font_color": colours.text,
        "valign": "top",
        "text_wrap": True,
    }
    if colours.background != "#FFFFFF":
        look["bg_color"] = colours.background
    return {**look, **more}


def _cell(pair: str = "plain", **more: object) -> Mapping[str, object]:
    return _words(pair, **{"border": 1, "border_color": _GRID, **more})


def _input(**more: object) -> Mapping[str, object]:
    return _cell("editable", **{"locked": False, **more})


TEMPLATE_STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": _words(),
    "line": _words(text_wrap=False),
    "title": _words("title", bold=True, font_size=18, text_wrap=False, valign="vcenter"),
    "heading": _words("title", bold=True, font_size=13, text_wrap=False, valign="bottom"),
    "label": _words(bold=True),
    "hint": _words("quiet"),
    "notice": _words("notice", bold=True, border=1, border_color="#C9A227"),
    "marker": _words("quiet", align="right", text_wrap=False, valign="vcenter"),
    "link": _cell("link", underline=1),
    "header": _cell("header", bold=True, valign="vcenter"),
    "header_answer": _cell("header", bold=True, valign="vcenter", align="center"),
    "cell": _cell(),
    "name": _cell(bold=True),
    "count": _cell("total", align="center"),
    "total": _cell("total", bold=True),
    "total_count": _cell("total", bold=True, align="center"),
    "input": _input(),
    "input_date": _input(num_format=DATE_FORMAT, align="left"),
    "answer": _input(align="center", valign="vcenter"),
    "scored": _input(align="center", valign="vcenter", bold=True, left=2, right=2),
    "figure": _input(align="right", num_format="#,##0.######"),
    # A return may hold a date where none was asked for.
    "date": {"num_format": DATE_FORMAT},
}
