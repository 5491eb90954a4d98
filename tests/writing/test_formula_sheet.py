"""Formulas are written as XlsxWriter itself writes them, only sooner."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import xlsxwriter
from result_samples import assessment_of, small_rubric
from xlsxwriter.worksheet import Worksheet

import maturity
from maturity.writing.formula_sheet import FormulaSheet

FORMULAS = [
    "=1+1",
    '=IF(ISNUMBER(A1),SUM(A1:A3)/COUNT(A1:A3),"")',
    "=UNIQUE(A1:A3)",
    '=IF(A1="SORT(",SORTBY(A1:A3,B1:B3),XLOOKUP(1,A1:A3,B1:B3))',
    "=IF(A1,B1,_xlfn.CONCAT(A1))",
    "=SINGLE(A1)",
    "=_SWITCH(A1)",
    "=OLD.SEQUENCE(A1)+if(A1,2,3)",
    "{=SUM(A1:A3*B1:B3)}",
]


def written(kind: type[Worksheet], formula: str) -> bytes:
    """Write a formula into a cell, a list to choose from and a condition."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Sheet", kind)
    sheet.write_formula(0, 5, formula, None, 7)
    sheet.data_validation(1, 5, 1, 5, {"validate": "custom", "value": formula})
    options = {"type": "formula", "criteria": formula, "format": book.add_format({"bold": True})}
    sheet.conditional_format(2, 5, 2, 5, options)
    book.close()
    return read_sheet(target)


def read_sheet(target: io.BytesIO, name: str = "sheet1") -> bytes:
    """Give the XML of a sheet."""
    with zipfile.ZipFile(target) as package:
        return package.read(f"xl/worksheets/{name}.xml")


@pytest.mark.parametrize("formula", FORMULAS)
def test_any_formula_gives_the_bytes_of_the_usual_sheet(formula: str) -> None:
    """Old functions, new ones, arrays and what only looks like a function."""
    assert written(FormulaSheet, formula) == written(Worksheet, formula)


def test_xlsxwriter_still_asks_what_the_sheet_answers() -> None:
    """The short cut stands on a method of XlsxWriter that it could rename."""
    assert "_prepare_formula" in vars(Worksheet)


def test_formulas_of_a_result_take_the_short_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that is missing in the list would make each of its formulas slow again."""
    slow: list[str] = []

    def noted(_: Worksheet, formula: str, *_options: object) -> str:
        slow.append(formula)
        return formula.removeprefix("=")

    monkeypatch.setattr(Worksheet, "_prepare_formula", noted)
    rubric = small_rubric()
    result = maturity.score(assessment_of(rubric, {"AA1": {"agreed": 2}}))
    target = io.BytesIO()
    maturity.write_workbook(result, target)
    maturity.write_template(rubric, io.BytesIO())
    assert slow == []
    with zipfile.ZipFile(target) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert sum(len(re.findall(b"<f>", sheet)) for sheet in sheets) > 50
