"""Whatever text comes from a return, a file's name or a rubric, it is text in all that we write."""

from __future__ import annotations

import csv
import datetime
import inspect
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from cohort_samples import area_result, odd_issue
from hostile_rubrics import hostile_rubric
from hostile_texts import HOSTILE, SHEET_NAMES, hostile_texts
from office import recalculated
from result_samples import result_of, small_rubric, typed_result
from written_books import Found, found_in
from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.worksheet import Worksheet

from maturity import (
    Cohort,
    IssueCode,
    Result,
    WriteError,
    compare_cohorts,
    gather_cohort,
    write_cohort,
    write_json,
    write_tables,
    write_template,
    write_workbook,
)
from maturity.batch import FileOutcome, OutcomeStatus
from maturity.batch.records import FileRecord, record_of
from maturity.command_line.journal import Journal
from maturity.command_line.safe_text import shown
from maturity.reading.grid import read_workbook
from maturity.rubric import Rubric
from maturity.writing.text import cell_text, clean_text

ALL = (*HOSTILE, *hostile_texts(20))
PLAIN = "harmless"
_TEXT_LIMIT = 1_000_000
_NOTE_LIMIT = 4_000
_ANSWERS = {"AA1": {"agreed": 1, "target": 3, "left": 1, "right": 4}, "BB1": {"agreed": 2}}

Write = Callable[[io.BytesIO], object]


def written(write: Write) -> bytes:
    """Write into memory."""
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()


def cohort_of_texts(text: str, rubric: Rubric) -> Cohort:
    """Gather six areas whose covers, files and issues all carry a text."""
    return gather_cohort(
        [
            area_result(
                f"{number} {text}",
                [1, 2, 3, 4, 4],
                rubric=rubric,
                date=datetime.date(2026, 3, 2),
                issues=(odd_issue(text),),
            )
            for number in range(6)
        ],
        rubric,
    )


def _result(text: str) -> bytes:
    return written(lambda stream: write_workbook(typed_result(text), stream))


def _cohort(text: str) -> bytes:
    cohort = cohort_of_texts(text, small_rubric())
    movement = compare_cohorts(cohort, cohort)
    return written(lambda stream: write_cohort(cohort, stream, movement=movement))


FROM_RETURNS = {"result": _result, "cohort": _cohort}
FROM_RUBRICS: dict[str, Callable[[str], bytes]] = {
    "result": lambda text: written(
        lambda stream: write_workbook(result_of(hostile_rubric(text), _ANSWERS), stream)
    ),
    "template": lambda text: written(lambda stream: write_template(hostile_rubric(text), stream)),
    "cohort": lambda text: written(
        lambda stream: write_cohort(cohort_of_texts(PLAIN, hostile_rubric(text)), stream)
    ),
    "published": lambda text: written(
        lambda stream: write_cohort(
            cohort_of_texts(PLAIN, hostile_rubric(text)), stream, suppress_below=3
        )
    ),
}


@cache
def harmless(kind: str) -> Found:
    """Give what a workbook holds where the text is a plain word."""
    return found_in(FROM_RETURNS[kind](PLAIN))


# --- workbooks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ALL, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("kind", FROM_RETURNS)
def test_text_from_a_return_stands_in_a_workbook_as_it_was_typed(kind: str, text: str) -> None:
    """Cell by cell, and note by note; the formulas and the links are those of a plain word."""
    plain, found = harmless(kind), found_in(FROM_RETURNS[kind](text))
    assert (found.names, found.formulas, found.targets) == (
        plain.names,
        plain.formulas,
        plain.targets,
    )
    # Areas are in the order of their names.
    expected = {place: _with(value, text) for place, value in plain.texts.items()}
    assert found.texts == {place: text for place, text in expected.items() if text != ""}
    for place, note in plain.notes.items():
        assert found.notes[place].strip() == _note(note.replace(PLAIN, text)).strip()


def _with(value: object, text: str) -> object:
    return cell_text(value.replace(PLAIN, text)) if isinstance(value, str) else value


def _note(text: str) -> str:
    return cell_text(text, _NOTE_LIMIT)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("kind", FROM_RUBRICS)
def test_text_from_a_rubric_gives_a_workbook_that_opens(kind: str, text: str) -> None:
    """In every title, label, descriptor and note; all parts are XML, and nothing leads outside."""
    found = found_in(FROM_RUBRICS[kind](text))
    for target in found.targets:
        assert target.decode().startswith(("&#39;", "'"))
    assert len({name.casefold() for name in found.names}) == len(found.names)
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in found.names)


@pytest.mark.parametrize("name", SHEET_NAMES, ids=ascii)
def test_a_sheet_of_any_name_is_mirrored_and_found_by_links(name: str) -> None:
    """Links and formulas name sheets that are there."""
    content = written(lambda stream: write_workbook(typed_result(PLAIN, sheet=name), stream))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == list(found_in(content).names)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is not None:
                    place = str(cell.hyperlink.location).rpartition("!")[0]
                    assert place.strip("'").replace("''", "'") in book.sheetnames


def test_an_unclosed_tag_of_a_respondent_is_no_markup() -> None:
    """XlsxWriter takes what begins and ends so for markup that it made itself."""
    book = openpyxl.load_workbook(io.BytesIO(_result("<r><t>x</r>")))
    assert "‹r><t>x</r>" in {cell.value for row in book["Answers"].iter_rows() for cell in row}


def test_an_office_suite_reads_the_texts_that_we_wrote(soffice: str, tmp_path: Path) -> None:
    """One return with all of them, in cells and in notes, opened and saved again."""
    result = typed_result(PLAIN)
    assert result.assessment.workbook is not None
    sheets = list(result.assessment.workbook.sheets)
    [cell] = sheets[0].rows[1].values()
    # LibreOffice takes two digits for an escape where the format asks for four.
    texts = [text for text in ALL if "_x12_" not in text]
    typed = {
        row: {1: cell._replace(value=text, raw=text)} for row, text in enumerate(texts, start=2)
    }
    workbook = replace(
        result.assessment.workbook, sheets=(sheets[1], replace(sheets[0], rows=typed))
    )
    responses = list(result.assessment.responses)
    responses[3] = responses[3]._replace(sheet=sheets[0].name, cell="A2")
    changed = replace(result.assessment, workbook=workbook, responses=tuple(responses))
    (path := tmp_path / "all.xlsx").write_bytes(
        written(lambda stream: write_workbook(replace(result, assessment=changed), stream))
    )
    before = _texts_of(path)
    (again,) = recalculated(soffice, [path], tmp_path)
    assert _texts_of(again) == before
    assert sum(map(len, before.values())) > len(texts)


def _texts_of(path: Path) -> dict[str, list[str]]:
    """Give each sheet's texts; programs differ in the spaces that end a cell."""
    return {
        sheet.name: [
            str(cell.value).strip()
            for _, cells in sorted(sheet.rows.items())
            for _, cell in sorted(cells.items())
            if isinstance(cell.value, str) and not cell.is_formula
        ]
        for sheet in read_workbook(path).sheets
        if sheet.name.startswith("As sent")
    }


# --- what XlsxWriter answers ----------------------------------------------------------------------

_ANSWERING = (
    (Worksheet, "write_string"),
    (Worksheet, "write_blank"),
    (Worksheet, "write_number"),
    (Worksheet, "write_boolean"),
    (Worksheet, "write_datetime"),
    (Worksheet, "write_formula"),
    (Worksheet, "write_url"),
    (Worksheet, "write_comment"),
    (Worksheet, "merge_range"),
    (Worksheet, "set_column"),
    (Worksheet, "set_row"),
    (Worksheet, "autofilter"),
    (Worksheet, "data_validation"),
    (Worksheet, "conditional_format"),
    (Worksheet, "insert_chart"),
    (Worksheet, "repeat_rows"),
    (Worksheet, "repeat_columns"),
    (xlsxwriter.Workbook, "set_custom_property"),
    (xlsxwriter.Workbook, "define_name"),
)


def _whatever_there_is() -> None:
    _result(PLAIN)
    _cohort(PLAIN)
    FROM_RUBRICS["template"](PLAIN)


@pytest.mark.parametrize(
    ("kind", "method"), _ANSWERING, ids=lambda part: getattr(part, "__name__", part)
)
def test_no_refusal_of_xlsxwriter_is_passed_over(
    kind: Any, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses by a number; each is an error of ours, at the first call."""
    monkeypatch.setattr(kind, method, lambda *_, **__: -3)
    with pytest.raises(WriteError, match="refused it with -3") as stopped:
        _whatever_there_is()
    assert stopped.value.issues[0].code is IssueCode.WRITE_LIMIT


def test_every_method_of_xlsxwriter_that_answers_is_known() -> None:
    """All that we call, and that gives a number, stands in the list above."""
    called: set[str] = set()

    def noting(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any, **options: Any) -> Any:
            answer = method(*arguments, **options)
            caller = str(sys._getframe(1).f_globals["__name__"])
            if isinstance(answer, int) and caller.startswith("maturity."):
                called.add(name)
            return answer

        return noted

    with pytest.MonkeyPatch.context() as patch:
        for kind in (Worksheet, xlsxwriter.Workbook, ChartBar):
            for name, method in inspect.getmembers(kind, inspect.isfunction):
                if not name.startswith("_"):
                    patch.setattr(kind, name, noting(name, method))
        _whatever_there_is()
    assert called <= {method for _, method in _ANSWERING}
    assert len(called) > 12  # some give a number only when they refuse


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ALL, ids=lambda text: ascii(text[:20]))
def test_tables_hold_the_text(text: str, tmp_path: Path) -> None:
    """In CSV with an apostrophe where it could be a formula; in Parquet as it is."""
    cohort = cohort_of_texts(text, small_rubric())
    areas = {clean_text(each.area, _TEXT_LIMIT) for each in cohort.returns}
    write_tables(cohort, tmp_path)
    write_tables(cohort, tmp_path, format="parquet")
    content = (tmp_path / "scores.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert {row["area"].removeprefix("'") for row in rows} == {
        area.removeprefix("'") for area in areas
    }
    issues = (tmp_path / "issues.csv").read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(issues, newline="")):
        assert not any(cell.strip()[:1] in tuple("=+-@＝＋－＠") for cell in row if cell.strip())
        assert not any(cell[:1] in tuple("\t\r\n") for cell in row if cell)
    assert set(pd.read_parquet(tmp_path / "scores.parquet")["area"]) == areas
    raw = {clean_text(text, _TEXT_LIMIT)}
    assert set(pd.read_parquet(tmp_path / "issues.parquet")["raw"]) == raw


@pytest.mark.parametrize("text", ALL, ids=lambda text: ascii(text[:20]))
def test_json_holds_the_text(text: str) -> None:
    """It is UTF-8 that any program reads, and nothing in it is cut."""
    document = json.loads(written(lambda stream: write_json(typed_result(text), stream)).decode())
    clean = clean_text(text, _TEXT_LIMIT)
    assert document["source"]["name"] == clean
    assert document["metadata"]["area"]["raw"] == clean
    assert document["remarks"][0]["text"] == clean
    assert document["issues"][1]["raw"] == clean


def test_lines_of_outcomes_hold_any_text(tmp_path: Path) -> None:
    """Each is one line of ASCII, and comes back as it was, names of files above all."""
    results: list[Result] = [typed_result(text) for text in ALL]
    journal = Journal(tmp_path, small_rubric())
    sources = [f"{number} {text}" for number, text in enumerate(ALL)]
    for source, result in zip(sources, results, strict=True):
        journal.add(record_of(FileOutcome(source, OutcomeStatus.SCORED, result)))
    journal.finish(sources, {})
    lines = (tmp_path / "outcomes.jsonl").read_bytes().decode("ascii").split("\n")
    assert lines.pop() == ""
    for line, source, result in zip(lines, sources, results, strict=True):
        record = FileRecord.from_row(json.loads(line))
        assert record.source == _joined(source)
        assert record.area == _joined(result.assessment.area)


def _joined(text: str) -> str:
    """Join the halves of a character that stand side by side, as every reader of JSON does."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@pytest.mark.parametrize("text", ALL, ids=lambda text: ascii(text[:20]))
def test_what_is_printed_steers_no_terminal(text: str) -> None:
    """One line, of characters that are seen; nothing turns the reading direction."""
    assert all(character.isprintable() for character in shown(text))
