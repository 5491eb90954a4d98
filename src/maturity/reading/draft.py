"""Draft a rubric and a layout from a workbook, and read the workbook with them at once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from maturity.assessment import Assessment, State
from maturity.errors import MismatchError, RubricError, WorkbookError
from maturity.inspection import ColumnKind, WorkbookInspection
from maturity.issues import CellLocation, Issue, IssueCode, Severity
from maturity.reading.assessment_workbook import assessment_of
from maturity.reading.draft_items import add_group, grouped, tables_to_draft
from maturity.reading.draft_keys import as_key
from maturity.reading.draft_layout import Way, layout_yaml
from maturity.reading.draft_model import DraftGroup, DraftPlace, Model
from maturity.reading.draft_rubric import rubric_yaml
from maturity.reading.draft_scales import choose_scales
from maturity.reading.grid import read_workbook
from maturity.reading.inspect_workbook import inspection_of
from maturity.reading.layout_file import load_layout
from maturity.reading.limits import DEFAULT_LIMITS, Limits, Want
from maturity.reading.rubric_file import load_rubric
from maturity.reading.seen_lists import listed_cells
from maturity.rubric import Rubric
from maturity.sheets import Visibility, Workbook, cell_name
from maturity.wording import listed, quoted

__all__ = ["Draft", "draft_of", "draft_rubric"]

_MOST_ITEMS = 2_000
_MOST_GROUPS = 80  # of tables; the time taken grows with their square


@dataclass(frozen=True, slots=True)
class Draft:
    """A first rubric and layout, and what the workbook says when it is read with them.

    Attributes:
        rubric_id: the rubric's id.
        layout_id: the layout's id, which names its file.
        rubric_yaml: the text of `rubric.yaml`.
        layout_yaml: the text of the layout's file.
        assessment: the workbook as read with both.
        items: how many items were seen.
    """

    rubric_id: str
    layout_id: str
    rubric_yaml: str
    layout_yaml: str
    assessment: Assessment
    items: int

    @property
    def items_read(self) -> int:
        """How many of the items were found."""
        responses = self.assessment.responses
        return len({each.criterion for each in responses if each.cell is not None})

    def count(self, *states: State) -> int:
        """Count the answers in these states that have a cell."""
        responses = self.assessment.responses
        return sum(each.state in states and each.cell is not None for each in responses)

    @property
    def files(self) -> dict[str, str]:
        """The files of the draft: path within its folder → text."""
        return {
            "rubric.yaml": self.rubric_yaml,
            f"layouts/{self.layout_id}.yaml": self.layout_yaml,
        }


def draft_rubric(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    title: str = "",
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Draft:
    """Draft a rubric and a layout from a blank or filled workbook.

    Args:
        source: the workbook, as a path, its bytes or an open binary file. It is never changed.
        title: the rubric's title; made of the file's name when left out.
        name: what to call the file; its own name when left out.
        limits: how large and how deep a file may be.

    Returns:
        The two files, each guess in them with a comment, and the workbook as read with them.

    Raises:
        WorkbookError: when the file cannot be read, or nothing in it looks like a table of items.
    """
    return draft_of(read_workbook(source, name=name, limits=limits, want=list(Want)), title=title)


def draft_of(workbook: Workbook, *, title: str = "") -> Draft:
    """Draft a rubric and a layout from a workbook that was read with every extra.

    Args:
        workbook: the workbook.
        title: the rubric's title; made of the file's name when left out.

    Raises:
        WorkbookError: when nothing in it looks like a table of items with answers.
    """
    inspection = inspection_of(workbook)
    model = _model(workbook, inspection)
    scales = choose_scales(model, workbook)
    stem = workbook.name.rpartition(".")[0] or workbook.name
    rubric_id = as_key(title or stem, "draft").replace("_", "-")
    whole = title or stem.replace("-", " ").replace("_", " ").strip() or "Draft"
    rubric = rubric_yaml(model, scales, name=rubric_id, title=whole, source=workbook.name)
    loaded = load_rubric(rubric.encode())
    ways = [
        (group, _best_way(group, workbook, inspection, loaded))
        for group in model.groups
        if not group.ratings.keys().isdisjoint(loaded.ratings)
    ]
    layout_id = "form"
    layout = layout_yaml(
        ways, inspection.sheets, name=layout_id, title=f"{whole}: the form", ratings=loaded.ratings
    )
    known = load_layout(layout.encode(), rubric=loaded)
    assessment = assessment_of(workbook, loaded.with_layouts((known,)), layouts=(known,))
    return Draft(rubric_id, layout_id, rubric, layout, assessment, len(model.criteria))


def _model(workbook: Workbook, inspection: WorkbookInspection) -> Model:
    cells = {sheet.name: listed_cells(sheet, workbook) for sheet in workbook.sheets}
    hidden = frozenset(
        sheet.name for sheet in workbook.sheets if sheet.visibility is not Visibility.VISIBLE
    )
    tables = tables_to_draft(inspection.tables, hidden, cells)
    if not tables:
        raise WorkbookError(_nothing(workbook, inspection))
    model = Model()
    counts = Counter(table.sheet for table in tables)
    crowded = {sheet for sheet, count in counts.items() if count > 1}
    groups = list(grouped(tables))
    if len(groups) > _MOST_GROUPS:
        raise WorkbookError(
            _too_many(workbook, f"{len(groups):,} tables look like tables of items")
        )
    for group in groups:
        add_group(model, group, workbook, cells, crowded)
    if len(model.criteria) > _MOST_ITEMS:
        raise WorkbookError(_too_many(workbook, f"{len(model.criteria):,} rows look like items"))
    return model


def _best_way(
    group: DraftGroup,
    workbook: Workbook,
    inspection: WorkbookInspection,
    rubric: Rubric,
) -> Way:
    """Choose the first way in which every answer is found; cell by cell, where none does."""
    wanted = [place for place in group.places if place.rating in rubric.ratings]
    for way in (Way.HEADERS, Way.LETTERS) if group.has_headers else (Way.LETTERS,):
        if _hits([(group, way)], wanted, workbook, inspection, rubric) == len(wanted):
            return way
    return Way.CELLS


def _hits(
    ways: Sequence[tuple[DraftGroup, Way]],
    wanted: Iterable[DraftPlace],
    workbook: Workbook,
    inspection: WorkbookInspection,
    rubric: Rubric,
) -> int:
    """Count the answers that a layout finds where they were seen."""
    text = layout_yaml(ways, inspection.sheets, name="trial", title="Trial", ratings=rubric.ratings)
    try:
        layout = load_layout(text.encode(), rubric=rubric)
        assessment = assessment_of(workbook, rubric.with_layouts((layout,)), layouts=(layout,))
    except (RubricError, MismatchError):
        return 0
    places = {
        (each.criterion, each.rating): (each.sheet, each.cell) for each in assessment.responses
    }
    return sum(
        places.get((each.criterion, each.rating)) == (each.sheet, cell_name(each.row, each.column))
        for each in wanted
    )


def _nothing(workbook: Workbook, inspection: WorkbookInspection) -> Issue:
    """Say what was seen where no table of items was."""
    tables = [
        f"{len(table.items)} rows with ids on {quoted(table.sheet)}"
        for table in inspection.tables
        if not table.of(ColumnKind.ANSWER)
    ]
    lists = sum(len(sheet.drop_downs) for sheet in inspection.sheets)
    seen = [f"{len(inspection.sheets)} sheets", f"{lists} drop-down lists", *tables]
    return Issue(
        IssueCode.DRAFT_IMPOSSIBLE,
        Severity.ERROR,
        f"No table of items with answers was recognised; there are {listed(seen, 'and')}.",
        "Write the layout by hand: `maturity inspect` shows what is in the workbook, and the guide"
        " on describing a workbook says how.",
        CellLocation(workbook.name),
    )


def _too_many(workbook: Workbook, what: str) -> Issue:
    return Issue(
        IssueCode.DRAFT_IMPOSSIBLE,
        Severity.ERROR,
        f"{what}, more than any assessment has.",
        "Take the sheets that hold data out of a copy of the workbook, and draft from that.",
        CellLocation(workbook.name),
    )
