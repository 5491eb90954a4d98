"""A sheet of XlsxWriter that takes our formulas as they are.

XlsxWriter searches each formula for some thirty functions that are younger than the file format,
one after the other, to give them the prefix that the file wants. In a result workbook that took
two fifths of all the time, and our formulas have none of them. One search says so.
"""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

__all__ = ["FormulaSheet"]

# All as old as the file format itself, so that every program knows them without a prefix.
_OLD_FUNCTIONS = frozenset(
    [
        "AND",
        "COUNT",
        "COUNTBLANK",
        "COUNTIF",
        "IF",
        "IFERROR",
        "ISNUMBER",
        "LOOKUP",
        "MAX",
        "MEDIAN",
        "MIN",
        "OR",
        "ROUND",
        "SUM",
        "SUMPRODUCT",
    ]
)
_functions_of = re.compile(r"[A-Z][A-Z0-9.]*(?=\()").findall


class FormulaSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter gives no types
    """A sheet for `Workbook.add_worksheet`; it writes the same bytes as XlsxWriter's own."""

    def _prepare_formula(self, formula: str, *options: Any, **more: Any) -> Any:
        """Take off the `=`; leave to XlsxWriter what might need more than that.

        Should a later XlsxWriter not ask this any more, nothing is lost but the time.
        """
        is_array = formula[:1] == "{" or formula[-1:] == "}"
        if not is_array and _OLD_FUNCTIONS.issuperset(_functions_of(formula)):
            return formula.removeprefix("=")
        return super()._prepare_formula(formula, *options, **more)
