"""Make small workbooks that state scores of their own, for tests of comparing them with ours.

LG1 and LG2 make the domain LG, CV1 and CV2 make CV, and the two domains make the whole; each is a
mean.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
from written_sheets import sheet_of, workbook_of

from maturity import load_rubric, score
from maturity.reading.assessment_workbook import assessment_of
from maturity.reading.layout_file import load_layout
from maturity.result import Result
from maturity.rubric import Rubric

__all__ = [
    "ANSWERS",
    "LAYOUT",
    "RUBRIC",
    "SCORES",
    "result_of",
    "rubric_of",
    "with_score",
    "write_form",
]

RUBRIC = b"""
rubric: small
version: "1"
title: Small
status: draft
levels:
  - {value: 1, label: One}
  - {value: 2, label: Two}
  - {value: 3, label: Three}
  - {value: 4, label: Four}
answers: {blank: [TBC], not_applicable: [N/A]}
ratings: {agreed: {title: Agreed, scored: true}, target: {title: Target}}
domains:
  - {id: LG, title: Leading, criteria: [LG1, LG2]}
  - {id: CV, title: Voice, criteria: [CV1, CV2]}
scoring:
  rollups:
    - {score: domain, method: mean}
    - {score: whole, of: domain, by: [], method: mean}
  bands: [{from: 1, label: Early}, {from: 2.5, label: Late}]
"""
LAYOUT = b"""
layout: form
title: Form
tables:
  - rows: criteria
    sheets: [Answers]
    id: {header: [Ref]}
    answers: {agreed: {header: [Agreed]}}
    stated: [{score: criterion, header: [Counts]}]
stated:
  - {score: domain, sheet: Scores, cells: {B1: LG, B2: CV}}
  - {score: whole, sheet: Scores, cells: {B3: whole}}
"""
ANSWERS = """
    Ref | Agreed | Counts
    LG1 | 2      | 2
    LG2 | 3      | 3
    CV1 | 4      | 4
    CV2 | 1      | 1
"""
# (2 + 3) / 2, (4 + 1) / 2, and the mean of these two.
SCORES = ["LG | 2.5", "CV | 2.5", "All | 2.5"]


def write_form(path: Path, scores: list[str] | None = None) -> None:
    """Write the workbook of `stated_workbooks` as a file."""
    book = openpyxl.Workbook()
    answers, page = book.active, book.create_sheet("Scores")
    assert answers is not None
    answers.title = "Answers"
    for sheet, lines in ((answers, ANSWERS.strip().splitlines()), (page, scores or SCORES)):
        for line in lines:
            sheet.append([_typed(part.strip()) for part in line.split("|")])
    book.save(path)


def _typed(text: str) -> str | float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def rubric_of(text: bytes = RUBRIC) -> Rubric:
    """Load a rubric written here."""
    return load_rubric(text)


def result_of(
    answers: str = ANSWERS,
    scores: list[str] | None = None,
    *,
    layout: bytes = LAYOUT,
    rubric: bytes = RUBRIC,
) -> Result:
    """Score a workbook of two sheets."""
    made = rubric_of(rubric)
    read = load_layout(layout, rubric=made)
    sheets = (sheet_of(answers, "Answers"), sheet_of("\n".join(scores or SCORES), "Scores"))
    return score(assessment_of(workbook_of(*sheets), made.with_layouts((read,))))


def with_score(place: int, typed: str) -> list[str]:
    """Give the sheet of scores with one of them replaced."""
    return [
        f"{line.partition('|')[0]}| {typed}" if number == place else line
        for number, line in enumerate(SCORES)
    ]
