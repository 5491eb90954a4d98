"""`maturity reconcile` and `maturity lint --against`: what they print, and the exit codes."""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console
from stated_workbooks import LAYOUT, RUBRIC, write_form

from maturity.assessment import Assessment
from maturity.batch import FileOutcome, OutcomeStatus
from maturity.cli import main
from maturity.command_line.reconcile_report import show_reconciliation
from maturity.reconciliation import Agreement, Compared, Reconciliation
from maturity.result import Result

CLEAN, ISSUES, MISUSE, UNUSABLE = 0, 1, 2, 3
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a rubric, a layout, and two workbooks of which one differs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "set" / "layouts").mkdir(parents=True)
    (tmp_path / "set" / "rubric.yaml").write_bytes(RUBRIC)
    (tmp_path / "set" / "layouts" / "form.yaml").write_bytes(LAYOUT)
    write_form(tmp_path / "right.xlsx")
    write_form(tmp_path / "wrong.xlsx", ["LG | 3", "CV | 2.5", "All | 2.75"])
    return tmp_path


def test_all_that_agrees_is_counted_and_ends_with_0(folder: Path, capsys: Captured) -> None:
    """One line in words, and a line for each roll-up."""
    assert main(["reconcile", "right.xlsx", "-r", "set"]) == CLEAN
    assert capsys.readouterr().out.splitlines() == [
        "Small, version 1",
        "",
        "right.xlsx: The workbook states 7 scores of its own, and all agree with ours.",
        "",
        "  Score      stated  agrees",
        "  criterion       4       4",
        "  domain          2       2",
        "  whole           1       1",
    ]


def test_the_first_step_is_explained_and_the_rest_is_listed(folder: Path, capsys: Captured) -> None:
    """The domain LG differs, and the whole follows from that; the end is 1."""
    assert main(["reconcile", "wrong.xlsx", "-r", "set"]) == ISSUES
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "wrong.xlsx: The workbook states 7 scores of its own: 5 agree, 2 differ."
    assert lines[4:8] == [
        "  Score      stated  agrees  differs",
        "  criterion       4       4",
        "  domain          2       1        1",
        "  whole           1                1",
    ]
    assert lines[9] == "The two part ways here:"
    assert lines[10].startswith("  'Scores'!B1  domain LG. The workbook says 3; ours is 2.5 (Late)")
    assert lines[12:] == [
        "These follow from that:",
        "  'Scores'!B3  whole whole: ours 2.5, the workbook 2.75, differs",
    ]


def test_all_lists_every_score(folder: Path, capsys: Captured) -> None:
    """Those that agree too, in the rubric's order."""
    assert main(["reconcile", "right.xlsx", "-r", "set", "--all"]) == CLEAN
    out = capsys.readouterr().out
    listed = out.partition("Every score that the workbook states:\n")[2].splitlines()
    assert listed[0] == "  'Answers'!C2  criterion LG1 (agreed): ours 2, the workbook 2, agrees"
    assert len(listed) == 7


def test_json_has_every_comparison(folder: Path, capsys: Captured) -> None:
    """One document, with counts and rows for each file."""
    code = main(["reconcile", "right.xlsx", "wrong.xlsx", "-r", "set", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert code == ISSUES
    assert document["schema"] == "maturity-reconcile/1"
    assert document["rubric"]["id"] == "small"
    right, wrong = document["files"]
    assert (right["source"], right["agrees"], right["layout"]) == ("right.xlsx", True, "form")
    assert wrong["counts"] == {"agrees": 5, "differs": 2}
    assert wrong["by_score"]["domain"] == {"agrees": 1, "differs": 1}
    assert [row["id"] for row in wrong["compared"] if row["is_first_step"]] == ["LG"]


def test_nothing_stated_is_said_plainly_and_is_no_success(folder: Path, capsys: Captured) -> None:
    """The layout names no cells, or names columns in which nothing stands."""
    layout = folder / "set" / "layouts" / "form.yaml"
    layout.write_bytes(LAYOUT.split(b"    stated:", maxsplit=1)[0])
    assert main(["reconcile", "right.xlsx", "-r", "set"]) == ISSUES
    assert 'The layout "form" names no cells in which the workbook states' in (
        capsys.readouterr().out
    )
    layout.write_bytes(LAYOUT.split(b"stated:\n", maxsplit=1)[0].replace(b"Counts", b"Nowhere"))
    assert main(["reconcile", "right.xlsx", "-r", "set"]) == ISSUES
    assert "says where the workbook states scores, and there it states none." in (
        capsys.readouterr().out
    )


def test_a_file_that_cannot_be_used_is_named_and_the_others_go_on(
    folder: Path, capsys: Captured
) -> None:
    """The end is 3, in text and in JSON."""
    (folder / "bad.xlsx").write_text("no workbook", encoding="utf-8")
    assert main(["reconcile", ".", "-r", "set"]) == UNUSABLE
    out = capsys.readouterr().out
    assert "bad.xlsx: This is not an Excel workbook" in out
    assert "right.xlsx: The workbook states 7 scores" in out
    assert main(["reconcile", "bad.xlsx", "-r", "set", "-f", "json"]) == UNUSABLE
    (row,) = json.loads(capsys.readouterr().out)["files"]
    assert (row["agrees"], row["layout"], row["compared"]) == (False, None, [])
    assert row["issues"][0]["code"] == "file-not-workbook"


def test_misuse_is_told(folder: Path, capsys: Captured) -> None:
    """No such file, no workbook in a folder, no such rubric."""
    assert main(["reconcile", "nowhere.xlsx", "-r", "set"]) == MISUSE
    assert main(["reconcile", "set", "-r", "set"]) == MISUSE
    assert 'There is no workbook in "set".' in capsys.readouterr().err
    assert main(["reconcile", "right.xlsx", "-r", "nothing"]) == MISUSE


def test_score_says_whether_the_workbook_agrees(folder: Path, capsys: Captured) -> None:
    """One return is shown in full, with a line about the scores that it states."""
    main(["score", "wrong.xlsx", "-r", "set"])
    out = " ".join(capsys.readouterr().out.split())
    assert "The workbook states 7 scores of its own: 5 agree, 2 differ." in out


def test_many_that_follow_are_cut_and_lines_are_broken_on_a_terminal() -> None:
    """41 scores follow from one; forty are listed, and on a terminal no line is too long."""
    step = Compared("domain", "LG", "", Agreement.DIFFERS, 1.5, Decimal(3), "3", "S", "B1")
    first = Compared(
        "whole",
        "whole",
        "",
        Agreement.NOT_STATED,
        None,
        None,
        "",
        "S",
        "B2",
        None,
        True,
        "word " * 40,
    )
    found = Reconciliation((first, *[step] * 41))
    assessment = Assessment.__new__(Assessment)
    result = Result(assessment, (), (), (), (), lambda _: found)
    stream = io.StringIO()
    console = Console(file=stream, width=60, force_terminal=True, no_color=True, highlight=False)
    outcome = FileOutcome("a.xlsx", OutcomeStatus.SCORED, result)
    show_reconciliation(console, outcome, result, with_all=False)
    lines = COLOUR.sub("", stream.getvalue()).splitlines()
    assert "and 1 more: add --all to see them." in lines[-1]
    assert max(map(len, lines)) <= 60
    show_reconciliation(console, outcome, result, with_all=True)
    assert "ours none, the workbook nothing, not stated" in " ".join(stream.getvalue().split())


def test_lint_against_a_workbook_tells_what_does_not_suit(folder: Path, capsys: Captured) -> None:
    """A form with a further sheet is a query, and each file has its own last line."""
    book = openpyxl.load_workbook(folder / "right.xlsx")
    book.create_sheet("Extra")["A1"] = "Something"
    book.save(folder / "more.xlsx")
    main(["lint", "set"])
    own = capsys.readouterr().out.splitlines()
    code = main(["lint", "set", "--against", "right.xlsx", "-a", "more.xlsx"])
    lines = capsys.readouterr().out.splitlines()
    assert code == ISSUES
    assert lines[: len(own)] == own
    assert "right.xlsx: 0 errors, 0 queries, 1 note" in lines
    assert lines[-1] == "more.xlsx: 0 errors, 1 query, 1 note"
    assert any("'Extra': The form has no such sheet" in line for line in lines)


def test_lint_against_as_json_names_the_workbooks(folder: Path, capsys: Captured) -> None:
    """Their issues are among the others, with file, sheet and cell."""
    main(["lint", "set", "--against", "right.xlsx", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert document["against"] == ["right.xlsx"]
    assert document["issues"][-1]["code"] == "layout-chosen"
    assert document["issues"][-1]["file"] == "right.xlsx"


def test_lint_against_what_cannot_be_checked(folder: Path, capsys: Captured) -> None:
    """No such workbook is misuse; a file that is none ends with 3; a wrong rubric comes first."""
    assert main(["lint", "set", "--against", "nowhere.xlsx"]) == MISUSE
    (folder / "bad.xlsx").write_text("no workbook", encoding="utf-8")
    assert main(["lint", "set", "--against", "bad.xlsx"]) == UNUSABLE
    (folder / "set" / "rubric.yaml").write_bytes(RUBRIC.replace(b"method: mean", b"method: means"))
    capsys.readouterr()
    assert main(["lint", "set", "--against", "right.xlsx"]) == ISSUES
    assert "right.xlsx: not checked, because the rubric has errors" in capsys.readouterr().out
