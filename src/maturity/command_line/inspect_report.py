"""Put what was seen in a workbook into lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maturity.command_line.figures import number_of
from maturity.inspection import (
    ColumnKind,
    SeenColumn,
    SeenDropDown,
    SeenSheet,
    SeenTable,
    WorkbookInspection,
)
from maturity.sheets import column_letters
from maturity.wording import listed, quoted

__all__ = ["report_lines"]

_MOST = 8
_LONGEST = 40


def report_lines(inspection: WorkbookInspection) -> Iterator[str]:
    """Yield the report line by line; deeper lines are indented."""
    sheets = len(inspection.sheets)
    yield f"{inspection.name}: {inspection.format}, {number_of(sheets, 'sheet')}"
    for issue in inspection.issues:
        yield f"  {issue}"
    if inspection.cannot_show:
        yield f"  This format does not show {listed(inspection.cannot_show, 'or')}."
    for sheet in inspection.sheets:
        yield ""
        yield from _sheet(sheet)
    if inspection.defined_names:
        yield ""
        yield f"Defined names: {len(inspection.defined_names)}"
        for name, text in list(inspection.defined_names.items())[:_MOST]:
            yield f"  {name} = {text}"
        yield from _more(len(inspection.defined_names), "  ")
    yield from _layouts(inspection)


def _sheet(sheet: SeenSheet) -> Iterator[str]:
    hidden = "" if sheet.visibility == "visible" else f", {sheet.visibility}"
    if not sheet.is_grid:
        yield f"Sheet {quoted(sheet.name)}{hidden}: a chart or another sheet without cells"
        return
    size = f"{number_of(sheet.filled, 'filled cell')}"
    if sheet.filled:
        size += f" up to {column_letters(sheet.last_column)}{sheet.last_row}"
    yield f"Sheet {quoted(sheet.name)}{hidden}: {size}"
    for table in sheet.tables:
        yield from _table(table)
    yield from _lists(sheet.drop_downs)
    for seen in sheet.answer_lists[:_MOST]:
        pairs = listed(map("=".join, zip(map(_short, seen.words), seen.values, strict=True)), "and")
        yield f"  looks like a list of answers: {seen.cells}: {pairs}"
    yield from _more(len(sheet.answer_lists), "  ")
    for label in sheet.labels[:_MOST]:
        value = f"{quoted(label.value, _LONGEST)}" if label.value else "nothing yet"
        kind = "" if label.type == "text" else f" ({label.type})"
        yield f"  label: {quoted(label.label, _LONGEST)} with {value} in {label.cell}{kind}"
    yield from _more(len(sheet.labels), "  ")
    if sheet.merged:
        yield f"  merged ranges: {len(sheet.merged)}, such as {listed(sheet.merged[:3], 'and')}"
    if sheet.formulas:
        without = sheet.formulas_without_result
        yield f"  formulas: {sheet.formulas}, {without or 'none'} of them without a result"
    if sheet.notes:
        yield f"  notes: {len(sheet.notes)}, such as in {listed(sheet.notes[:3], 'and')}"
    if sheet.hidden_columns:
        yield f"  hidden columns: {listed(sheet.hidden_columns, 'and', 12)}"


def _table(table: SeenTable) -> Iterator[str]:
    ids = [id_ for id_ in table.items.values() if id_]
    first, last = min(table.items), max(table.items)
    rows = f"rows {first} to {last}" if first < last else f"row {first}"
    how = f"with ids such as {listed(ids[:3], 'and')}" if ids else "known by their texts"
    where = "inside a text" if table.is_id_in_text else ""
    yield f"  table: {number_of(len(table.items), 'item')} {how} {where}".rstrip() + f", {rows}"
    if table.pattern:
        yield f"    pattern of the ids: {table.pattern}"
    if table.header_rows:
        times = f", {table.header_count} times on the sheet" if table.header_count > 1 else ""
        yield f"    header in row {listed(table.header_rows, 'and')}{times}"
    if table.sections:
        titles = list(dict.fromkeys(table.sections.values()))
        yield f"    sections: {listed(map(_short, titles[:_MOST]), 'and')}"
    for kind in ColumnKind:
        columns = table.of(kind)
        for column in columns[:_MOST]:
            yield f"    {kind.value}: {_column(column)}"
        yield from _more(len(columns), "    ")


def _column(column: SeenColumn) -> str:
    under = f" under {quoted(column.under, _LONGEST)}" if column.under else ""
    header = f" {quoted(column.header, _LONGEST)}{under}" if column.header else ""
    words = f": {listed(map(_short, column.words[:_MOST]), 'and')}" if column.words else ""
    return f"column {column.letter}{header} ({column.why}; {column.filled} filled){words}"


def _lists(drop_downs: Sequence[SeenDropDown]) -> Iterator[str]:
    for each in drop_downs[:_MOST]:
        words = listed(map(_short, each.words[:_MOST]), "and") if each.words else each.problem
        source = "" if each.source.startswith('"') else f" from {each.source}"
        yield f"  drop-down list in {listed(each.ranges[:4], 'and')}{source}: {words}"
    yield from _more(len(drop_downs), "  ")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _more(count: int, indent: str) -> Iterator[str]:
    if count > _MOST:
        yield f"{indent}and {count - _MOST} more"


def _layouts(inspection: WorkbookInspection) -> Iterator[str]:
    if not inspection.fits:
        return
    yield ""
    yield "Known layouts:"
    for fit in inspection.fits:
        says = "fits" if fit.fits else "does not fit"
        why = fit.why.removeprefix(f"{fit.title}: ")
        yield f"  {says}: {fit.title} ({fit.rubric}, {fit.layout}): {why}"
