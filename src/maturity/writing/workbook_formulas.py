"""Write the rubric's scoring as formulas that Excel, LibreOffice and Google Sheets all know.

A score stands in a row of the sheet Workings and its parts in the rows below it, in the same
columns. So a score is a plain formula over the cells beneath it, which a person can follow by hand.
"""

from __future__ import annotations

from typing import NamedTuple

from maturity.models import Number
from maturity.rubric import RollUp, Rubric
from maturity.writing.workbook_places import Places, ScoreRows
from maturity.writing.workbook_words import NONE, NOT_SCORED, number_text

__all__ = [
    "APPLIES",
    "BAND",
    "COUNTED",
    "COVERAGE",
    "HIGHEST",
    "LOWEST",
    "REMARK",
    "VALUE",
    "WEIGHT",
    "Formulas",
    "answer_formulas",
    "can_be_live",
    "score_formulas",
    "score_part_formulas",
]

WEIGHT, APPLIES, COUNTED, VALUE, LOWEST, HIGHEST, COVERAGE, BAND, REMARK = "EFGHIJKLM"
# Sums of binary fractions miss a cut by a hair; this many decimals put them back on it.
_DECIMALS = 12


def can_be_live(rubric: Rubric, rule: RollUp) -> bool:
    """Say whether a roll-up can be written as plain formulas that follow its answers."""
    return rule.is_plain and rule.bands is None and not rubric.answer_sets


class Formulas(NamedTuple):
    """The formulas of one row, without the `=`."""

    applies: str
    counted: str
    value: str
    lowest: str
    highest: str
    coverage: str
    last: str
    """The band of a score, or what became of a part."""


def answer_formulas(
    places: Places, row: int, level_cell: str, may_leave: bool, otherwise: str
) -> Formulas:
    """Write one answer's row.

    Args:
        places: the addresses.
        row: the row.
        level_cell: where the answer stands.
        may_leave: whether "not applicable" takes it out of the score.
        otherwise: what becomes of an answer that is missing.
    """
    has_value = f"ISNUMBER({VALUE}{row})"
    missing = f'"{otherwise}"'
    if may_leave:
        missing = f'IF({level_cell}="not applicable","not applicable",{missing})'
    leaves = f'{REMARK}{row}="not applicable"'

    def unless_it_leaves(then: str, instead: str) -> str:
        return f"IF({leaves},{instead},{then})" if may_leave else then

    return Formulas(
        applies=unless_it_leaves(f"{WEIGHT}{row}", "0"),
        counted=f"IF({has_value},{WEIGHT}{row},0)",
        value=f'IF(ISNUMBER({level_cell}),{level_cell},"")',
        lowest=unless_it_leaves(f"IF({has_value},{VALUE}{row},{places.lowest_level})", '""'),
        highest=unless_it_leaves(f"IF({has_value},{VALUE}{row},{places.highest_level})", '""'),
        coverage=unless_it_leaves(f"IF({has_value},1,0)", '""'),
        last=f'IF({has_value},"counted",{missing})',
    )


def score_part_formulas(row: int, child: int, otherwise: str) -> Formulas:
    """Write the row of a score that is a part of another score.

    Args:
        row: the row.
        child: the row in which the part is worked out.
        otherwise: what becomes of it when it has no value.
    """
    has_value = f"ISNUMBER({VALUE}{child})"
    applies = f"ISNUMBER({COVERAGE}{child})"
    instead = f'IF({applies},{LOWEST}{child},"")' if otherwise == "counted as lowest" else '""'
    return Formulas(
        applies=f"IF({applies},{WEIGHT}{row},0)",
        counted=f"IF({has_value},{WEIGHT}{row},0)",
        value=f"IF({has_value},{VALUE}{child},{instead})",
        lowest=f'IF({applies},{LOWEST}{child},"")',
        highest=f'IF({applies},{HIGHEST}{child},"")',
        coverage=f'IF({applies},{COVERAGE}{child},"")',
        last=f'IF({has_value},"counted",IF({applies},"{otherwise}","not applicable"))',
    )


def score_formulas(places: Places, rule: RollUp, rows: ScoreRows) -> Formulas:
    """Write a score's own row.

    Args:
        places: the addresses.
        rule: the roll-up that makes the score.
        rows: where the score and its parts stand.
    """
    row = rows.row
    applies = f"{APPLIES}{row}"
    return Formulas(
        applies=f"SUM({_block(APPLIES, rows)})",
        counted=f"SUM({_block(COUNTED, rows)})",
        value=_value(rule, rows),
        lowest=f'IF({applies}>0,{_together(rule, LOWEST, APPLIES, rows)},"{NONE}")',
        highest=f'IF({applies}>0,{_together(rule, HIGHEST, APPLIES, rows)},"{NONE}")',
        coverage=f"IF({applies}>0,SUMPRODUCT({_block(APPLIES, rows)},{_block(COVERAGE, rows)})"
        f'/{applies},"{NONE}")',
        last=_band(places, rule, row),
    )


def _value(rule: RollUp, rows: ScoreRows) -> str:
    row = rows.row
    value = _together(rule, VALUE, COUNTED, rows)
    if rule.missing == "lowest" and rule.of == "criterion":
        value = f"{LOWEST}{row}"
    elif rule.missing == "lowest":
        value = _together(rule, VALUE, APPLIES, rows)
    elif rule.missing == "refuse":
        complete = f"COUNT({_block(VALUE, rows)})=COUNT({_block(LOWEST, rows)})"
        value = f'IF({complete},{value},"{NOT_SCORED}")'
    if rule.min_coverage:
        enough = f"ROUND({COVERAGE}{row},{_DECIMALS})>={_plain(rule.min_coverage)}"
        value = f'IF({enough},{value},"{NOT_SCORED}")'
    return f'IF({COUNTED}{row}>0,{value},"{NOT_SCORED}")'


def _together(rule: RollUp, column: str, weight: str, rows: ScoreRows) -> str:
    """Put a block's numbers together by the roll-up's method; only means know weights."""
    if rule.method in ("mean", "weighted-mean"):
        return f"SUMPRODUCT({_block(weight, rows)},{_block(column, rows)})/{weight}{rows.row}"
    name = {"sum": "SUM", "min": "MIN", "max": "MAX", "median": "MEDIAN"}[rule.method]
    return f"{name}({_block(column, rows)})"


def _band(places: Places, rule: RollUp, row: int) -> str:
    if not places.rubric.scoring.bands or not _is_on_scale(places, rule):
        return '""'
    cuts, labels = places.band_range(1), places.band_range(2)
    name = f"LOOKUP(ROUND({VALUE}{row},{_DECIMALS}),{cuts},{labels})"
    return f'IF(ISNUMBER({VALUE}{row}),IFERROR({name},""),"")'


def _is_on_scale(places: Places, rule: RollUp) -> bool:
    """Say whether its scores lie on the level scale; sums, and what is made of them, do not."""
    while rule.method != "sum" and rule.of != "criterion":
        rule = places.rules[rule.of]
    return rule.method != "sum"


def _block(column: str, rows: ScoreRows) -> str:
    return f"{column}{rows.first}:{column}{rows.last}"


def _plain(number: Number) -> str:
    return f"{float(number):.15g}" if not isinstance(number, int) else number_text(number)
