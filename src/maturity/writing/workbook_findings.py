"""Gather what there is to say of the return's cells: how each was read, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from maturity.assessment import Assessment, Response, State
from maturity.issues import Issue
from maturity.rubric import Rubric
from maturity.sheets import parse_cell_name
from maturity.writing.workbook_words import STATE_WORDS, level_text, metadata_label, number_text

__all__ = ["Findings", "Place", "findings_of"]

Place = tuple[int, int]
"""The row and the column of a cell, both from 1."""


class Findings(NamedTuple):
    """What there is to say of the return's cells: sheet → cell → what."""

    notes: Mapping[str, Mapping[Place, list[str]]]
    doubts: Mapping[str, Mapping[Place, list[Issue]]]


def findings_of(rubric: Rubric, assessment: Assessment) -> Findings:
    """Gather what was read and what is doubtful, for all sheets at once.

    Args:
        rubric: the rubric.
        assessment: the return.
    """
    return Findings(_notes(rubric, assessment), _doubts(assessment))


def _notes(rubric: Rubric, assessment: Assessment) -> Mapping[str, Mapping[Place, list[str]]]:
    """Say of each cell that was read how it was read."""
    notes: dict[str, dict[Place, list[str]]] = {}
    for sheet, cell, words in _readings(rubric, assessment):
        if sheet is not None and cell is not None:
            notes.setdefault(sheet, {}).setdefault(parse_cell_name(cell), []).append(words)
    return notes


def _readings(
    rubric: Rubric, assessment: Assessment
) -> Iterator[tuple[str | None, str | None, str]]:
    for response in assessment.responses:
        yield response.sheet, response.cell, _reading(rubric, response)
    for metric in assessment.metrics:
        value = (
            STATE_WORDS[metric.state]
            if metric.value is None
            else f"read as {number_text(metric.value)}"
        )
        title = rubric.metrics[metric.metric].title
        yield metric.sheet, metric.cell, f"{metric.metric} {title}: {value}."
    for key, fact in assessment.metadata.items():
        yield fact.sheet, fact.cell, f'{metadata_label(key)}: read as "{fact.value}".'


def _reading(rubric: Rubric, response: Response) -> str:
    who = f"{response.criterion}, {rubric.ratings[response.rating].title}"
    if response.state is State.ANSWERED:
        return f"{who}: read as level {level_text(rubric, response.level)}."
    if response.state is State.UNREADABLE:
        return f"{who}: NOT READ. It counts as missing."
    return f"{who}: {STATE_WORDS[response.state]}."


def _doubts(assessment: Assessment) -> Mapping[str, Mapping[Place, list[Issue]]]:
    doubts: dict[str, dict[Place, list[Issue]]] = {}
    for issue in assessment.issues:
        place = None if issue.cell is None else _place_of(issue.cell)
        if issue.sheet is not None and place is not None:
            doubts.setdefault(issue.sheet, {}).setdefault(place, []).append(issue)
    return doubts


def _place_of(cell: str) -> Place | None:
    """Give the place of a cell, or of the first cell of a range such as `J6:J7`."""
    try:
        return parse_cell_name(cell.partition(":")[0])
    except ValueError:
        return None
