"""Bring together what stands beside the answers: figures of the baseline, and texts as typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maturity.assessment import MetricValue, Remark, State
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.answer_issues import quoted
from maturity.reading.candidates import Place, gather, meant, named_beside
from maturity.reading.metrics import Figure, metric_key
from maturity.reading.notebook import Notebook
from maturity.reading.tables import FoundTable
from maturity.rubric import Rubric
from maturity.sheets import cell_name, column_letters

__all__ = ["collect_metrics", "collect_remarks"]


def collect_metrics(
    tables: Sequence[FoundTable], rubric: Rubric, notebook: Notebook
) -> tuple[MetricValue, ...]:
    """Read every figure of the baseline, in the rubric's order."""
    places = gather(tables)
    key = metric_key(rubric)
    values = []
    for name, metric in rubric.metrics.items():
        here = places.get((name, "value"))
        if here is None:
            values.append(MetricValue(name, State.BLANK))
            continue
        candidates = [(place, key.read(place.cell, metric)) for place in meant(here)]
        values.append(_decide_figure(name, candidates, notebook))
    return tuple(values)


def _decide_figure(
    name: str, candidates: list[tuple[Place, Figure]], notebook: Notebook
) -> MetricValue:
    filled = [pair for pair in candidates if pair[1].state is not State.BLANK]
    place, figure = (filled or candidates)[0]
    if place.covered is not None:
        figure = Figure(State.UNREADABLE, oddity=f"is covered by the merged cells {place.covered}")
    contradicting = any(
        other.state is State.BLANK and where.block != place.block for where, other in candidates
    )
    if len({(figure.state, figure.value) for _, figure in filled}) > 1 or (
        filled and contradicting
    ):
        others = ", ".join(named_beside(p, place) for p, _ in filled)
        figure = Figure(State.UNREADABLE, oddity=f"stands more than once, differently: {others}")
    if figure.oddity is not None:
        is_read = figure.state is State.ANSWERED
        notebook.write(
            Issue(
                IssueCode.FIGURE_UNUSUAL if is_read else IssueCode.FIGURE_UNREADABLE,
                Severity.QUERY if is_read else Severity.ERROR,
                f"The figure for {name}, {quoted(place.cell.raw)}, {figure.oddity}.",
                "Check it, and mend or explain it."
                if is_read
                else "Enter the figure alone, as a number; if it is a formula, open the "
                "workbook in Excel and save it.",
                notebook.location(place.sheet, place.row, place.column),
                place.cell.raw,
                name,
                "value",
            ),
            place.sheet,
            place.row,
            place.column,
        )
    return MetricValue(
        name, figure.state, figure.value, place.cell.raw, place.sheet.name, place.name
    )


def collect_remarks(tables: Iterable[FoundTable]) -> tuple[Remark, ...]:
    """Carry along the texts beside the answers, such as evidence and actions."""
    remarks: list[Remark] = []
    for table in tables:
        name = table.sheet.name
        if not table.key.is_plain:
            remarks += _remarks_by_cell(table)
            continue
        kinds = [(kind, column, column_letters(column)) for kind, column in table.notes.items()]
        for found in table.rows:
            if found.target is None:
                continue
            cells = table.sheet.rows.get(found.row, {})
            for kind, column, letters in kinds:
                cell = cells.get(column)
                if cell is not None and cell.raw:
                    where = f"{letters}{found.row}"
                    remarks.append(Remark(found.target, kind, cell.raw, name, where))
    return tuple(remarks)


def _remarks_by_cell(table: FoundTable) -> Iterator[Remark]:
    for found in table.rows:
        for kind, (row, column) in (found.notes or {}).items():
            raw = table.sheet.cell(row, column).raw
            if raw and found.target is not None:
                yield Remark(found.target, kind, raw, table.sheet.name, cell_name(row, column))
