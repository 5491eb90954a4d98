"""Write a workbook as a table in a test.

Cells are separated by `|` and rows by line breaks; the first cell is A1. A cell is

    3  2.5          a number            "2"  "a b"    text, where quotation marks are needed
    TRUE            a boolean           #N/A          an error value
    =?              a formula without a result
    date 2026-03-02 a number shown as that date
    200%            a number shown as a percentage
    ""              empty text
    anything else   text                (nothing)     blank
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from maturity.layout import AnswerColumn, Column, Fingerprint, IdColumn, Layout, MetadataCell, Table
from maturity.rubric import (
    Answers,
    Criterion,
    Domain,
    Level,
    Metric,
    Rating,
    RollUp,
    Rubric,
    Scoring,
)
from maturity.sheets import Cell, CellRange, CellState, Sheet, Visibility, Workbook, parse_cell_name

__all__ = ["cell_of", "made_rubric", "sheet_of", "workbook_of"]


def cell_of(typed: str) -> Cell:
    """Make one cell."""
    if typed.startswith('"') and typed.endswith('"') and len(typed) > 1:
        text = typed[1:-1]
        return Cell(CellState.TEXT, text, text) if text else Cell(CellState.EMPTY_TEXT, "")
    if typed in ("TRUE", "FALSE"):
        return Cell(CellState.BOOLEAN, typed == "TRUE", typed)
    if typed.startswith("#"):
        return Cell(CellState.ERROR, typed, typed)
    if typed == "=?":
        return Cell(CellState.UNCALCULATED, is_formula=True)
    if typed.startswith("date "):
        day = datetime.date.fromisoformat(typed.removeprefix("date "))
        return Cell(CellState.NUMBER, 46083, day.isoformat(), "date", day)
    if typed.endswith("%") and _number(typed[:-1]) is not None:
        share = float(typed[:-1]) / 100
        return Cell(CellState.NUMBER, share, repr(share), "percent")
    number = _number(typed)
    if number is not None:
        return Cell(CellState.NUMBER, number, typed)
    return Cell(CellState.TEXT, typed, typed)


def _number(typed: str) -> int | float | None:
    try:
        return int(typed) if typed.lstrip("-").isdigit() else float(typed)
    except ValueError:
        return None


def sheet_of(
    text: str,
    name: str = "Sheet",
    *,
    merged: str = "",
    hidden_rows: tuple[tuple[int, int], ...] = (),
    hidden_columns: tuple[tuple[int, int], ...] = (),
    visibility: Visibility = Visibility.VISIBLE,
) -> Sheet:
    """Make a sheet of a written table; `merged` is a list of ranges such as `J6:J7 A1:C1`."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    rows = {}
    for number, line in enumerate(lines, start=1):
        cells = {
            column: cell_of(typed.strip())
            for column, typed in enumerate(line.split("|"), start=1)
            if typed.strip()
        }
        if cells:
            rows[number] = cells
    ranges = []
    for written in merged.split():
        first, last = written.split(":")
        ranges.append(CellRange(*parse_cell_name(first), *parse_cell_name(last)))
    return Sheet(
        name,
        rows,
        visibility,
        merged=tuple(ranges),
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
    )


def workbook_of(*sheets: Sheet, name: str = "return.xlsx") -> Workbook:
    """Make a workbook of sheets."""
    return Workbook(name, "sha256:" + "0" * 64, "xlsx", sheets)


def made_rubric() -> Rubric:
    """Make a small rubric: LG1, LG2 and CV1 (which may be not applicable), and three metrics."""
    descriptors: dict[int | Decimal, str] = {1: "a", 2: "b", 3: "c", 4: "d"}
    labels = ("Emerging", "Developing", "Maturing", "Embedded")
    criteria = (
        Criterion(id="LG1", title="Shared vision", levels=descriptors),
        Criterion(id="LG2", title="Decision rights", levels=descriptors),
    )
    voice = Criterion(
        id="CV1",
        title="Voice",
        levels=descriptors,
        not_applicable="Where there is no forum.",
        aliases=("Q9",),
    )
    rubric = Rubric(
        id="made",
        version="1",
        title="Made for a test",
        status="draft",
        levels=tuple(
            Level(value=value, label=label, aliases=("Beginning",) if value == 1 else ())
            for value, label in enumerate(labels, start=1)
        ),
        answers=Answers(
            forms=("{value}", "{label}", "{value} - {label}", "Level {value}"),
            blank=("TBC", "-", "?"),
            not_applicable=("N/A", "NA"),
        ),
        ratings={
            "education": Rating(title="Education", partner=True),
            "agreed": Rating(title="Agreed level", scored=True),
        },
        domains=(
            Domain(id="LG", title="Leadership", criteria=criteria),
            Domain(id="CV", title="Voice", criteria=(voice,)),
        ),
        metrics={
            "M1": Metric(title="Plans in time", unit="percent"),
            "M2": Metric(title="Children waiting", unit="count"),
            "M3": Metric(title="Deficit", unit="money"),
        },
        scoring=Scoring(rollups=(RollUp(score="domain", method="mean"),)),
    )
    return rubric.with_layouts((_layout("1.0"), _layout("0.9", old=True)))


def _layout(edition: str, *, old: bool = False) -> Layout:
    return Layout(
        id=f"form-{edition.replace('.', '-')}",
        title=f"The form, edition {edition}",
        fingerprint=Fingerprint(editions=(edition,)),
        metadata={
            "area": MetadataCell(label=("Local authority",), required=True),
            "date": MetadataCell(label=("Date completed",), type="date"),
            "role": MetadataCell(label=("Completed by",)),
            "edition": MetadataCell(label=("Tool version",), required=True),
        },
        tables=(
            Table(
                rows="criteria",
                id=IdColumn(header=("No.",) if old else ("Ref", "Reference")),
                title=Column(header=("What we look at",)),
                answers={
                    "education": AnswerColumn(header=("Education view" if old else "Education",)),
                    "agreed": AnswerColumn(header=("Overall score" if old else "Agreed level",)),
                },
                required=("agreed",),
                notes={"evidence": Column(header=("Evidence",))},
                ignore=(Column(header=("1 Emerging",)),),
                ids={"Q1.1": "LG1", "Q1.2": "LG2", "Q2.1": "CV1"} if old else {},
                titles={"Rights": "LG2"},
            ),
            Table(
                rows="metrics",
                id=IdColumn(header=("Ref",)),
                answers={"value": AnswerColumn(header=("Value",))},
                required=("value",),
            ),
        ),
        other_sheets=("Guidance",),
    )
