"""Read a returned workbook against a rubric: every answer, and everything that is odd about it."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import BinaryIO

from maturity.assessment import Assessment, MetadataValue
from maturity.layout import Layout
from maturity.reading.answer_lists import AnswerLists
from maturity.reading.collect import collect_responses, places_of
from maturity.reading.collect_beside import collect_metrics, collect_remarks
from maturity.reading.columns import settle_columns
from maturity.reading.grid import read_workbook
from maturity.reading.layout_keys import reading_key
from maturity.reading.limits import DEFAULT_LIMITS, Limits, Want
from maturity.reading.matching import match_layout
from maturity.reading.metadata import read_metadata
from maturity.reading.notebook import Notebook
from maturity.reading.oddities import report_oddities
from maturity.reading.stated import collect_stated
from maturity.reading.wanted import wanted_extras
from maturity.reading.words import find_words
from maturity.rubric import Rubric
from maturity.sheets import Workbook
from maturity.template_layout import template_layout

__all__ = ["assessment_of", "read_assessment"]


def read_assessment(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    rubric: Rubric,
    *,
    name: str | None = None,
    layouts: Iterable[Layout] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Assessment:
    """Read a return.

    Args:
        source: the workbook, as a path, its bytes or an open binary file. It is never changed.
        rubric: the rubric it answers.
        name: what to call the file in issues; its own name when left out.
        layouts: the layouts to choose from; the rubric's own and our template's when left out.
        limits: how large and how deep a file may be.

    Returns:
        The answers with their cells, and every issue that was found, all at once.

    Raises:
        WorkbookError: when the file is not a workbook that can be read.
        MismatchError: when it is one, but not a return for this rubric.
    """
    choice = None if layouts is None else tuple(layouts)
    want = _own_extras(rubric) if choice is None else wanted_extras(choice)
    workbook = read_workbook(source, name=name, limits=limits, want=want)
    return assessment_of(workbook, rubric, layouts=choice)


def _year(metadata: Mapping[str, MetadataValue]) -> int | None:
    date = metadata["date"].value if "date" in metadata else None
    return date.year if isinstance(date, datetime.date) else None


@lru_cache(maxsize=64)
def _own_layouts(rubric: Rubric) -> tuple[Layout, ...]:
    return *rubric.layouts, template_layout(rubric)


@lru_cache(maxsize=64)
def _own_extras(rubric: Rubric) -> frozenset[Want]:
    return wanted_extras(_own_layouts(rubric))


def assessment_of(
    workbook: Workbook, rubric: Rubric, *, layouts: Iterable[Layout] | None = None
) -> Assessment:
    """Find the answers in a workbook that has been read.

    Args:
        workbook: the workbook as found.
        rubric: the rubric it answers.
        layouts: the layouts to choose from; the rubric's own and our template's when left out.

    Raises:
        MismatchError: when it is not a return for this rubric.
    """
    key = reading_key(rubric, _own_layouts(rubric) if layouts is None else tuple(layouts))
    sheets = find_words(workbook, key)
    match = match_layout(workbook, sheets, key, rubric)
    notebook = Notebook(workbook)
    metadata = read_metadata(match.spots, match.key, notebook)
    match = dataclasses.replace(
        match, tables=settle_columns(match.tables, _year(metadata), notebook)
    )
    lists = AnswerLists(workbook, sheets, match.key, key, rubric, notebook)
    responses = collect_responses(places_of(match), rubric, lists, notebook)
    metrics = collect_metrics(match.of("metrics"), rubric, notebook)
    report_oddities(workbook, sheets, match, rubric, responses, notebook)
    return Assessment(
        rubric=rubric,
        source=workbook.name,
        source_digest=workbook.digest,
        layout=match.key.layout,
        responses=responses,
        metrics=metrics,
        metadata=metadata,
        remarks=collect_remarks(match.of("criteria")),
        stated=collect_stated(workbook, match, notebook),
        issues=notebook.issues(workbook.issues),
        workbook=workbook,
    )
