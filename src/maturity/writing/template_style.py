"""Decide how the template looks: cells for answers are shaded and unlocked, all others locked."""

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
    edges = {"border": 1, "border_color": _GRID, "align": "left", "indent": 1}
    # Only text at the left edge is set in.
    return _words(pair, **{**edges, **({"indent": 0} if "align" in more else {}), **more})


def _input(**more: object) -> Mapping[str, object]:
    return _cell("editable", **{"locked": False, **more})


TEMPLATE_STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": _words(),
    "line": _words(text_wrap=False, valign="vcenter", align="left", indent=1),
    "title": _words(
        "header", bold=True, font_size=18, text_wrap=False, valign="vcenter", align="left", indent=1
    ),
    "band": _words("header", text_wrap=False),
    "heading": _words(
        "title", bold=True, font_size=13, text_wrap=False, valign="bottom", align="left", indent=1
    ),
    "label": _words(bold=True, align="left", indent=1, valign="vcenter"),
    "field": _input(align="left", indent=1, valign="vcenter"),
    "field_date": _input(align="left", indent=1, valign="vcenter", num_format=DATE_FORMAT),
    "fixed": _cell(valign="vcenter"),
    "notice": _words("notice", bold=True, border=1, border_color="#C9A227", align="left", indent=1),
    "marker": _words("header", align="right", text_wrap=False, valign="vcenter", indent=1),
    "link": _cell("link", underline=1, valign="vcenter"),
    "header": _cell("header", bold=True, valign="vcenter"),
    "header_answer": _cell("header", bold=True, valign="vcenter", align="center"),
    "cell": _cell(),
    "name": _cell(bold=True),
    "count": _cell("total", align="center", valign="vcenter"),
    "total": _cell("total", bold=True, valign="vcenter"),
    "total_count": _cell("total", bold=True, align="center", valign="vcenter"),
    "input": _input(),
    "input_date": _input(num_format=DATE_FORMAT, align="left", indent=1),
    "answer": _input(align="center", valign="vcenter"),
    "scored": _input(align="center", valign="vcenter", bold=True, left=2, right=2),
    "figure": _input(align="right", indent=1, num_format="#,##0.######"),
    # A return may hold a date where none was asked for.
    "date": {"num_format": DATE_FORMAT},
}
