"""Check a rubric, its layouts and a real workbook together, before anything is sent out.

The reader says what is odd about a return. Here the form itself is looked at: whether everything in
the rubric has its one place in it, and whether everything in it is known to the layout.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from maturity.errors import MismatchError
from maturity.issues import CellLocation, FileLocation, Issue, IssueCode, Severity
from maturity.reading.against_answers import check_answers
from maturity.reading.against_cells import check_cells
from maturity.reading.against_layout import check_found
from maturity.reading.assessment_workbook import assessment_of
from maturity.reading.grid import read_workbook
from maturity.reading.layout_keys import reading_key
from maturity.reading.limits import DEFAULT_LIMITS, Limits, Want
from maturity.reading.match import Match
from maturity.reading.matching import match_layout, try_layouts
from maturity.reading.rubric_file import load_rubric
from maturity.reading.shipped import RubricSource, find_rubric
from maturity.reading.trial import trial_of
from maturity.reading.words import find_words
from maturity.reading.yaml_document import YamlDocument
from maturity.reading.yaml_source import check_yaml
from maturity.rubric import Rubric
from maturity.sheets import Workbook
from maturity.template_layout import template_layout

__all__ = ["lint_against"]

_EXTRAS = (Want.DROP_DOWNS, Want.DEFINED_NAMES)
# What is missing in one return is no fault of the form; what is told better here is told here.
_LEFT_OUT = frozenset(
    {
        IssueCode.ANSWER_MISSING,
        IssueCode.ANSWER_REPEATED,
        IssueCode.AREA_MISSING,
        IssueCode.COLUMN_MISSING,
        IssueCode.COLUMN_UNKNOWN,
        IssueCode.CRITERION_MISSING,
        IssueCode.DOMAIN_MISSING,
        IssueCode.METADATA_MISSING,
        IssueCode.SHEET_MISSING,
    }
)


def lint_against(
    rubric: RubricSource,
    workbook: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Issue, ...]:
    """Check that a rubric, its layouts and a real workbook suit one another.

    Args:
        rubric: where the rubric is, as for [load_rubric][]; not an open file, because its layouts
            are read again for their lines.
        workbook: the blank form, or a completed one, as a path, its bytes or an open binary file.
        name: what to call the file in issues; its own name when left out.
        limits: how large and how deep the file may be.

    Returns:
        Errors, queries and notes, the rubric's own left out. What is wrong in a layout is told at
        its line, and what is odd in the workbook at its cell.

    Raises:
        RubricError: when the rubric or a layout has an error of its own; `lint_rubric` lists them.
        WorkbookError: when the file is not a workbook that can be read.
    """
    loaded = load_rubric(rubric)
    read = read_workbook(workbook, name=name, limits=limits, want=_EXTRAS)
    layouts = (*loaded.layouts, template_layout(loaded))
    vocabulary = reading_key(loaded, layouts)
    sheets = find_words(read, vocabulary)
    documents = _documents(rubric)
    try:
        match = match_layout(read, sheets, vocabulary, loaded)
        issues = assessment_of(read, loaded, layouts=layouts).issues
    except MismatchError as error:
        tried = try_layouts(read, sheets, vocabulary)
        return (*error.issues, *_others(tried, None, documents, read))
    trial = trial_of(read, sheets, vocabulary, loaded, match, documents.get(match.key.layout.id))
    return (
        _chosen(match, loaded, read),
        *_others(try_layouts(read, sheets, vocabulary), match, documents, read),
        *check_found(trial),
        *check_answers(trial),
        *check_cells(trial),
        *_as_form(issues),
    )


def _documents(source: RubricSource) -> Mapping[str, YamlDocument]:
    """Layout → its file, for lines."""
    found = {}
    for name, layout in find_rubric(source).layouts:
        document, _ = check_yaml(layout, name=name)
        if document is not None and "layout" in document.data:
            found[document.data["layout"]] = document
    return found


def _chosen(match: Match, rubric: Rubric, workbook: Workbook) -> Issue:
    ids, _, columns, labels = match.rank
    sheets = {table.sheet.name for table in match.tables}
    return Issue(
        IssueCode.LAYOUT_CHOSEN,
        Severity.NOTE,
        f'The workbook was read with the layout "{match.key.layout.id}". Found in it: criteria'
        f" {ids} of {len(rubric.criteria)}, columns of answers {columns}, single values {labels},"
        f" sheets {len(sheets)}.",
        "Nothing, if that is the layout that was meant.",
        CellLocation(workbook.name),
    )


def _others(
    tried: Sequence[tuple[Match, str]],
    chosen: Match | None,
    documents: Mapping[str, YamlDocument],
    workbook: Workbook,
) -> Iterator[Issue]:
    """Say of every other layout why the workbook was not read with it."""
    for match, reason in tried:
        layout = match.key.layout
        document = documents.get(layout.id)
        if (chosen is not None and layout.id == chosen.key.layout.id) or document is None:
            continue
        yield Issue(
            IssueCode.LAYOUT_OTHER,
            Severity.NOTE,
            f'{workbook.name} was not read with the layout "{layout.id}". {reason}',
            "Nothing, unless the workbook was meant for it.",
            FileLocation(document.name, 1),
        )


def _as_form(issues: Sequence[Issue]) -> Iterator[Issue]:
    """Give what the reader says, as far as it concerns the form and not one return."""
    for issue in issues:
        if issue.code is IssueCode.SHEET_UNKNOWN:
            yield replace(
                issue,
                severity=Severity.QUERY,
                remedy='Name it under "other_sheets" in the layout, if it holds no answers.',
            )
        elif issue.code not in _LEFT_OUT:
            yield issue
