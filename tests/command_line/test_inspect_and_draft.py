"""The commands `maturity inspect` and `maturity draft`, from the arguments to the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from seen_forms import FORMS, form_of
from written_sheets import sheet_of

from maturity.cli import main
from maturity.command_line.inspect_report import report_lines
from maturity.errors import WriteError
from maturity.issues import Issue, IssueCode, Severity
from maturity.reading.grid import Want, read_workbook
from maturity.reading.inspect_workbook import inspection_of

EXAMPLE = "examples/returns/970-merrowdale.xlsx"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """Write a small form with all sorts of things in it."""
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Form")
        sheet.write_row(0, 0, ["Council:", "Anytown"])
        sheet.merge_range("A2:C2", "Our form")
        sheet.write_row(2, 0, ["Id", "Question", "Answer", "Points"])
        for row in range(3, 15):
            sheet.write_row(row, 0, [f"A{row}", f"Is part {row} of it in use?", "Yes"])
            sheet.write_formula(row, 3, "=1+1", None, 2)
            sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": ["No", "Yes"]})
        sheet.set_column("A:A", None, None, {"hidden": True})
        sheet.write_comment("C4", "Why?")
        lists = workbook.add_worksheet("Lists")
        lists.write_row(0, 0, ["No", 0])
        lists.write_row(1, 0, ["Yes", 1])
        lists.hide()
        chart = workbook.add_chartsheet("Chart")
        bars = workbook.add_chart({"type": "bar"})
        bars.add_series({"values": "=Lists!$B$1:$B$2"})
        chart.set_chart(bars)
        for number in range(9):
            workbook.define_name(f"name{number}", "=Lists!$A$1")
    return path


def test_inspect_shows_what_is_there(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sheets, tables, lists, labels, merges, formulas, notes, names and layouts are shown."""
    assert main(["inspect", str(form)]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    for words in (
        "form.xlsx: xlsx, 3 sheets",
        "table: 12 items with ids such as A3, A4 and A5, rows 4 to 15",
        'answer: column C "Answer"',
        'stated score: column D "Points"',
        "drop-down list in C4: No and Yes",
        "and 4 more",
        'label: "Council:" with "Anytown" in B1',
        "merged ranges: 1, such as A2:C2",
        "formulas: 12, none of them without a result",
        "notes: 1, such as in C4",
        "hidden columns: A",
        "looks like a list of answers: A1:A2: No=0 and Yes=1",
        'Sheet "Lists", hidden',
        'Sheet "Chart": a chart',
        "Defined names: 9",
        "and 1 more",
        "does not fit:",
    ):
        assert words in printed


def test_inspect_gives_json(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One document, with a schema of its own."""
    assert main(["inspect", str(form), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maturity-inspect/1"
    assert [sheet["name"] for sheet in document["sheets"]] == ["Form", "Lists", "Chart"]


def test_inspect_tries_a_rubric_of_ones_own(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft's own layout fits the workbook it was made from."""
    folder = tmp_path / "mine"
    assert main(["draft", str(form), "-o", str(folder)]) == 0
    capsys.readouterr()
    assert main(["inspect", str(form), "--rubric", str(folder)]) == 0
    assert "fits: form: the form (form, form): 12 known ids" in capsys.readouterr().out
    assert main(["inspect", str(form), "--rubric", "local-partnership"]) == 0


def test_inspect_of_other_formats_says_what_they_do_not_show(shared: Path) -> None:
    """An old workbook shows no drop-down lists, and the report says so."""
    path = shared / "annex-a" / "returns" / "988-marlow-cross-legacy.xls"
    lines = list(report_lines(inspection_of(read_workbook(path, want=list(Want)))))
    assert any("does not show" in line for line in lines)
    assert any("[file-format-limited]" in line for line in lines)


@pytest.mark.parametrize("command", ["inspect", "draft"])
def test_missing_files_are_misuse(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is no file, or a folder, ends with 2."""
    more = ["-o", str(tmp_path / "new")] if command == "draft" else []
    assert main([command, str(tmp_path / "none.xlsx"), *more]) == 2
    assert main([command, str(tmp_path), *more]) == 2
    said = capsys.readouterr().err
    assert "There is no file" in said
    assert "is a folder" in said


@pytest.mark.parametrize("command", ["inspect", "draft"])
def test_what_is_no_workbook_is_unusable(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text ends with 3."""
    path = tmp_path / "text.xlsx"
    path.write_text("Hello")
    more = ["-o", str(tmp_path / "new")] if command == "draft" else []
    assert main([command, str(path), *more]) == 3
    assert "file-not-workbook" in capsys.readouterr().err


def test_draft_writes_a_folder_that_can_be_used(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what it read, the linter finds no error, and the form is scored with it."""
    folder = tmp_path / "mine"
    assert main(["draft", str(form), "-o", str(folder), "--title", "Our parts"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Read at once: 12 of 12 items, 12 answers; 0 cells could not be read." in printed
    assert "maturity score" in printed
    assert "title: Our parts" in (folder / "rubric.yaml").read_text(encoding="utf-8")
    assert main(["lint", str(folder)]) in (0, 1)
    assert ": 0 errors" in capsys.readouterr().out
    assert main(["score", str(form), "--rubric", str(folder)]) in (0, 1)


def test_draft_replaces_nothing_unasked(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draft that was corrected by hand is kept, unless --force is given."""
    folder = tmp_path / "mine"
    assert main(["draft", str(form), "-o", str(folder)]) == 0
    (folder / "rubric.yaml").write_text("mine")
    assert main(["draft", str(form), "-o", str(folder)]) == 2
    assert (folder / "rubric.yaml").read_text() == "mine"
    assert "add --force" in capsys.readouterr().err
    assert main(["draft", str(form), "-o", str(folder), "--force"]) == 0
    assert (folder / "rubric.yaml").read_text() != "mine"


def test_draft_leaves_other_rubrics_alone(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with other layouts is refused even with --force; a file is no folder."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "county.yaml").write_text("layout: county")
    assert main(["draft", str(form), "-o", str(tmp_path), "--force"]) == 2
    assert "belongs to another rubric" in capsys.readouterr().err
    assert main(["draft", str(form), "-o", str(form)]) == 2
    assert "is a file" in capsys.readouterr().err


def test_draft_says_why_it_cannot_write(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be made, or a file that cannot be written, ends with 3."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    assert main(["draft", str(form), "-o", str(blocked / "mine")]) == 3
    assert "cannot be made" in capsys.readouterr().err

    def refuse(*_: object, **__: object) -> None:
        raise WriteError(
            Issue(IssueCode.WRITE_FAILED, Severity.ERROR, "The disk is full.", "Make room.")
        )

    monkeypatch.setattr("maturity.command_line.draft_command.write_files", refuse)
    assert main(["draft", str(form), "-o", str(tmp_path / "full")]) == 3
    assert "The disk is full." in capsys.readouterr().err


def test_draft_shows_errors_that_are_left(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the linter find an error, it is shown, and no score is promised."""
    wrong = Issue(IssueCode.VALUE_WRONG, Severity.ERROR, "It is wrong.", "Mend it.")
    monkeypatch.setattr("maturity.command_line.draft_command.lint_rubric", lambda _: (wrong,))
    assert main(["draft", str(form), "-o", str(tmp_path / "mine")]) == 0
    printed = capsys.readouterr().out
    assert "It is wrong." in printed
    assert "maturity score" not in printed


def test_report_of_forms_of_other_shapes() -> None:
    """Ids inside a text, items without ids, sections, and sheets without a cell are told."""
    lines = {
        shape: "\n".join(report_lines(inspection_of(make()))) for shape, (make, *_) in FORMS.items()
    }
    assert "with ids such as A1, A2 and B1 inside a text, rows 2 to 4" in lines["ids in a text"]
    assert "known by their texts" in lines["labels beside answers"]
    assert "sections: Leadership and Workforce" in lines["numbers that start again"]
    assert "2 times on the sheet" in lines["repeated headers"]
    assert "1 item known by their texts, row 3" in lines["answers below their questions"]
    assert "0 filled cells" in "\n".join(report_lines(inspection_of(form_of(sheet_of("")))))
