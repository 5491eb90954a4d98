r"""Make a workbook of a picture of its sheets, and say in plain lines what is read from it.

The page docs/how-to/layout-language.md and the tests of the layout language use one way to write:

    [Form] hidden                     a sheet; also `very hidden` and `chart`
      | A   | B                       the letters of the columns that are shown
    1 | Ref | Level                   a row by its number; `\n` is a line break in a cell
    9 | A1  | 2                       cells are written as in `written_sheets`
    merged A1:B1
    hidden column A                   or `hidden row 9`
    formatted rows 10 to 5000         rows with a format and no content
    drop-down B9:B12 of Low, High     a list of its own words
    drop-down B9 = Lists!A1:A2        a list that stands elsewhere
    drop-down B9 kept apart = Lists!A1:A2    the same, as newer versions of Excel keep it
    name Words = Lists!A1:A2          a defined name
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from written_sheets import cell_of

from maturity.assessment import Assessment, Response, State
from maturity.errors import MismatchError
from maturity.issues import IssueCode
from maturity.layout import Layout
from maturity.reading.assessment_workbook import read_assessment
from maturity.reading.layout_file import load_layout
from maturity.reading.rubric_file import load_rubric
from maturity.rubric import Rubric
from maturity.scoring.engine import score
from maturity.scoring.reconcile import reconcile
from maturity.sheets import CellState, column_number

__all__ = ["layout_of", "pictured", "rubric_of", "told"]

_SHEET = re.compile(r"\[(?P<name>[^\]]+)\](?: (?P<kind>hidden|very hidden|chart))?")
_ROW = re.compile(r"(?P<number>[0-9]*)\s*\|(?P<cells>.*)")
_DROP_DOWN = re.compile(
    r"drop-down (?P<cells>\S+)(?P<apart> kept apart)? (?P<kind>=|of) (?P<list>.+)"
)
_BLOCK = re.compile(r"^(?=\w+:)", re.MULTILINE)
_APART = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>%s</xm:f></x14:formula1>'
    "<xm:sqref>%s</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
# What an example leaves out on purpose: it shows one thing, on a small form.
_LEFT_OUT = frozenset(
    {
        IssueCode.AREA_MISSING,
        IssueCode.CRITERION_MISSING,
        IssueCode.DOMAIN_MISSING,
        IssueCode.ANSWER_MISSING,
    }
)


def rubric_of(text: str, changes: str = "") -> Rubric:
    """Load a rubric; the keys in `changes` take the place of its own."""
    blocks = {block.partition(":")[0]: block for block in _BLOCK.split(text)}
    blocks |= {block.partition(":")[0]: block for block in _BLOCK.split(changes)}
    return load_rubric("\n".join(blocks.values()).encode())


def layout_of(text: str, rubric: Rubric | None = None) -> Layout:
    """Load a layout, whose id and title may be left out; it must be sound."""
    named = text if text.startswith("layout:") else f"layout: form\ntitle: The form\n{text}"
    return load_layout(named.encode(), rubric=rubric)


@dataclass
class _Sheet:
    """A sheet of a picture: its rows, and the lines below them."""

    name: str
    kind: str | None
    letters: list[str] = field(default_factory=list)
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def pictured(picture: str) -> bytes:
    """Write the workbook of a picture."""
    target = io.BytesIO()
    apart: dict[int, str] = {}
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for sheet in _sheets(picture):
            made = _added(book, sheet)
            for line in sheet.lines:
                if line.startswith("merged "):
                    made.merge_range(line.split()[1], "")
            for row, cells in sheet.rows.items():
                for letter, typed in cells.items():
                    _write(book, made, (row - 1, column_number(letter) - 1), typed)
            for line in sheet.lines:
                kept = _direct(book, made, line)
                if kept is not None:
                    apart[len(book.worksheets())] = kept
    return _with_lists(target.getvalue(), apart)


def _sheets(picture: str) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    for line in filter(None, map(str.strip, picture.splitlines())):
        named, row = _SHEET.fullmatch(line), _ROW.fullmatch(line)
        if named is not None:
            sheets.append(_Sheet(named["name"], named["kind"]))
        elif row is None:
            sheets[-1].lines.append(line)
        else:
            cells = [cell.strip() for cell in row["cells"].split("|")]
            if row["number"]:
                known = zip(sheets[-1].letters, cells, strict=True)
                sheets[-1].rows[int(row["number"])] = dict(known)
            else:
                sheets[-1].letters = cells
    return sheets


def _added(book: Any, sheet: _Sheet) -> Any:
    """Add a sheet; XlsxWriter says nothing of its types."""
    if sheet.kind == "chart":
        made = book.add_chartsheet(sheet.name)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{book.worksheets()[0].get_name()}'!$A$1:$A$2"})
        made.set_chart(chart)
        return made
    made = book.add_worksheet(sheet.name)
    if sheet.kind == "hidden":
        made.hide()
    elif sheet.kind == "very hidden":
        made.very_hidden()
    elif all(other.hidden for other in book.worksheets()[:-1]):
        # The sheet that is shown first cannot be hidden.
        made.activate()
        made.set_first_sheet()
    return made


def _write(book: Any, sheet: Any, place: tuple[int, int], typed: str) -> None:
    if not typed:
        return
    cell = cell_of(typed.replace("\\n", "\n"))
    if cell.state is CellState.NUMBER and isinstance(cell.moment, date):
        sheet.write_datetime(*place, cell.moment, book.add_format({"num_format": "dd/mm/yyyy"}))
    elif cell.state is CellState.NUMBER:
        style = book.add_format({"num_format": "0%"}) if cell.shown_as == "percent" else None
        sheet.write_number(*place, cell.value, style)
    elif cell.state is CellState.ERROR:
        sheet.write_formula(*place, "=1/0", None, cell.value)
    else:
        sheet.write_string(*place, str(cell.value))


def _direct(book: Any, sheet: Any, line: str) -> str | None:
    """Do what a line below a sheet says; give a list of answers that is to be kept apart."""
    words = line.split()
    drop_down = _DROP_DOWN.fullmatch(line)
    if drop_down is not None:
        source = f"={drop_down['list']}"
        if drop_down["apart"]:
            return _APART % (drop_down["list"], drop_down["cells"])
        own = [word.strip() for word in drop_down["list"].split(",")]
        allowed = own if drop_down["kind"] == "of" else source
        sheet.data_validation(drop_down["cells"], {"validate": "list", "source": allowed})
    elif words[0] == "name":
        name, _, source = line.removeprefix("name ").partition(" = ")
        book.define_name(name, f"={source}")
    elif words[:2] == ["hidden", "column"]:
        sheet.set_column(f"{words[2]}:{words[2]}", None, None, {"hidden": True})
    elif words[:2] == ["hidden", "row"]:
        sheet.set_row(int(words[2]) - 1, None, None, {"hidden": True})
    elif words[:2] == ["formatted", "rows"]:
        style = book.add_format({"bold": True})
        for row in range(int(words[2]) - 1, int(words[4])):
            sheet.write_blank(row, 0, None, style)
    else:
        assert words[0] == "merged", f"a picture knows no such line: {line}"
    return None


def _with_lists(book: bytes, apart: Mapping[int, str]) -> bytes:
    """Put lists of answers into the extension in which newer versions of Excel keep them."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in source.namelist():
            content = source.read(name)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if number is not None and int(number[1]) in apart:
                extension = f"{apart[int(number[1])]}</worksheet>".encode()
                content = content.replace(b"</worksheet>", extension)
            package.writestr(name, content)
    return target.getvalue()


def told(picture: str, rubric: Rubric, *layouts: Layout) -> list[str]:
    """Read the workbook of a picture; say every answer, value, remark, score and issue.

    Cells that were found nowhere are left out, and so are issues about them: a picture shows only
    a part of a form. When no layout fits, the one line says why.
    """
    try:
        assessment = read_assessment(pictured(picture), rubric, name="", layouts=layouts)
    except MismatchError as refusal:
        return [f"refused: {refusal.issues[0].message}"]
    layout = assessment.layout
    named = [f"layout: {layout.id}"] if layout is not None and len(layouts) > 1 else []
    return [*named, *_told(assessment)]


def _told(assessment: Assessment) -> Iterator[str]:
    for value in assessment.metadata.values():
        shown = f"{value.value} (a {type(value.value).__name__})"
        shown = str(value.value) if isinstance(value.value, str) else shown
        yield f"{value.key}: {shown}, in {value.sheet}!{value.cell}"
    for response in assessment.responses:
        if response.cell is not None:
            where = f"{response.sheet}!{response.cell}"
            yield f"{response.criterion} {response.rating}: {_said(response)}, in {where}"
    for remark in assessment.remarks:
        where = f"{remark.sheet}!{remark.cell}"
        yield f"{remark.criterion} {remark.kind}: {remark.text}, in {where}"
    for each in reconcile(score(assessment)).compared:
        name = " ".join(filter(None, (each.score, each.id, each.rating)))
        yield f"stated {name}: {each.raw}, in {each.sheet}!{each.cell}: {each.agreement.value}"
    for issue in assessment.issues:
        if issue.code not in _LEFT_OUT:
            place = str(issue.location).removeprefix(", ").strip()
            yield f"issue {issue.code.value}{' at ' if place else ''}{place}"


def _said(response: Response) -> str:
    if response.state is State.ANSWERED:
        return str(response.level)
    if response.state is State.UNREADABLE:
        return f'unreadable "{response.raw}"'
    return "not answered" if response.state is State.BLANK else "not applicable"
