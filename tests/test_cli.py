"""The command line: what it prints, what it writes, and the exit code of each case."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

import maturity
from maturity import __main__ as program
from maturity import cli
from maturity.batch import FoundFile
from maturity.cli import main
from maturity.command_line import score_command, template_command
from maturity.command_line.folder_run import FolderRun
from maturity.command_line.score_run import Reported, RunPlan, run_files
from maturity.errors import WriteError
from maturity.issues import Issue, IssueCode, Severity
from maturity.rubric import Rubric

CLEAN, ISSUES, MISUSE, UNUSABLE, FAULT, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 70, 130, 141
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run each test in an empty folder, as on a terminal of 80 columns, on a known day."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the blank workbook once."""
    folder = tmp_path_factory.mktemp("made")
    maturity.write_template(maturity.load_rubric("local-partnership"), folder / "blank.xlsx")
    return folder


def fill(blank: Path, target: Path, *, area: str, level: int = 2, lg1: int | str = 2) -> Path:
    """Make a return from the blank workbook: the same level everywhere but in LG1."""
    workbook = openpyxl.load_workbook(blank)
    cover = {"Area code": area, "Date completed": "2026-03-31"}
    for label, entry in ((row[0], row[1]) for row in workbook["Cover"].iter_rows(max_col=2)):
        for words, value in cover.items():
            if str(label.value).startswith(words):
                entry.value = value
    for domain in maturity.load_rubric("local-partnership").domains:
        sheet = next(sheet for sheet in workbook if sheet.title.startswith(domain.id))
        cells = [cell for row in sheet.iter_rows() for cell in row]
        heading = next(cell for cell in cells if cell.value == "Agreed level")
        for place in range(1, len(domain.criteria) + 1):
            heading.offset(row=place).value = level
        if domain.id == "LG":
            heading.offset(row=1).value = lg1
    workbook.save(target)
    return target


@pytest.fixture
def returns(made: Path, tmp_path: Path) -> Path:
    """Make a folder with a clean return and one that has a misspelt level."""
    folder = tmp_path / "returns"
    folder.mkdir()
    fill(made / "blank.xlsx", folder / "a.xlsx", area="901 Testshire")
    fill(made / "blank.xlsx", folder / "b.xlsx", area="902 Sampleton", lg1="Mastring")
    return folder


# --- misuse ---------------------------------------------------------------------------------------

MISUSES = [
    ([], "Usage: maturity"),
    (["--"], "Name a command"),
    (["scor"], "No such command"),
    (["--output"], "No such option"),
    (["score"], "RETURN_OR_FOLDER"),
    (["score", "--rubrik", "x", "a.xlsx"], "No such option"),
    (
        ["score", "a.xlsx", "--format", "yaml"],
        ': "yaml" is not a format here. Choose text or json.',
    ),
    (["score", "missing.xlsx"], 'There is no file or folder "missing.xlsx". Check the name'),
    (["score", "*.nothing"], 'There is no file or folder "*.nothing".'),
    (["score", "presnt.xlsx"], 'Did you mean "present.xlsx"?'),
    (["score", "nowhere/a.xlsx"], 'the folder "nowhere" does not exist'),
    (["score", "empty"], 'There is no workbook to score in "empty".'),
    (["score", "others"], "Passed over: not a workbook by its name."),
    (["score", "present.xlsx", "--rubric", "local-partnershp"], '"local-partnership"'),
    (["score", "present.xlsx", "--rubric", "missing.yaml"], "missing.yaml"),
    (["score", "present.xlsx", "-o", "present.xlsx"], '"present.xlsx" is a file.'),
    (["score", "present.xlsx", "-o", "present.xlsx/x"], "Results cannot be written to"),
    (["score", "present.xlsx", "--created", "soon"], '"soon" is not a date.'),
    (["template", "-o", "nowhere/x.xlsx"], 'There is no folder "nowhere" for "x.xlsx".'),
    (["template", "-o", "empty"], '"empty" is a folder.'),
    (["template", "-o", "present.xlsx"], '"present.xlsx" is there already.'),
    (["template", "local-partnershp"], '"local-partnership"'),
    (["lint", "local-partnershp"], '"local-partnership"'),
    (["lint", "zipped.xlsx"], "this is a workbook, not a rubric."),
    (["lint"], "RUBRIC"),
]


@pytest.mark.parametrize(("arguments", "sentence"), MISUSES)
def test_misuse_is_told_in_a_sentence(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: Captured
) -> None:
    """What cannot be carried out ends with 2, a sentence and no traceback, before any work."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "letter.docx").touch()
    (tmp_path / "present.xlsx").touch()
    (tmp_path / "zipped.xlsx").write_bytes(b"PK\x03\x04")
    assert main(arguments) == MISUSE
    captured = capsys.readouterr()
    told = captured.out if not arguments else captured.err
    assert sentence in told
    assert "Traceback" not in told
    assert not arguments or not captured.out


def test_a_date_that_the_environment_gives_wrongly_is_misuse(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured
) -> None:
    """The sentence names the variable."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    (tmp_path / "a.xlsx").touch()
    assert main(["score", "a.xlsx"]) == MISUSE
    assert 'SOURCE_DATE_EPOCH="yesterday" is not a date' in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["score"], ["lint"], ["template"], ["rubrics"]])
def test_every_command_has_help_with_an_example(command: list[str], capsys: Captured) -> None:
    """Help fits 80 columns, shows an example and is a success."""
    assert main([*command, "--help"]) == CLEAN
    told = capsys.readouterr().out
    assert f"  maturity {command[0] if command else 'score'}" in told
    assert max(map(len, told.splitlines())) <= 80


def test_the_version_is_told(capsys: Captured) -> None:
    """One line, for bug reports."""
    assert main(["--version"]) == CLEAN
    assert capsys.readouterr().out == f"maturity {maturity.__version__}\n"


# --- score: what is printed -----------------------------------------------------------------------


def test_one_clean_return_is_shown_in_full(returns: Path, capsys: Captured) -> None:
    """Who, how complete, domains and principles with bands, and what to do to keep results."""
    assert main(["score", str(returns / "a.xlsx")]) == CLEAN
    told = capsys.readouterr().out
    assert "901 Testshire, 31 March 2026: 35 of 35 answered; 0 errors, 0 queries" in told
    assert re.search(r"LG +Leadership and governance +2\.00 +Developing +100%", told)
    assert re.search(r"Early +2\.00 +Developing +100%", told)
    assert "Nothing was written. Add -o results" in told


def test_that_the_rubric_is_illustrative_is_said_once(returns: Path, capsys: Captured) -> None:
    """Nobody meets a score without its status, and nobody is told twice."""
    main(["score", str(returns)])
    told = " ".join(capsys.readouterr().out.split())
    note = maturity.load_rubric("local-partnership").status_note
    assert told.count(" ".join(note.split())) == 1


def test_a_folder_gives_a_line_for_each_file_and_a_table_over_all(
    returns: Path, capsys: Captured
) -> None:
    """Areas by domains with what was answered and the errors; then lowest, middle and highest."""
    fill(returns / "a.xlsx", returns / "c.xlsx", area="903 Modelham", level=3, lg1=3)
    assert main(["score", str(returns)]) == ISSUES
    told = capsys.readouterr().out
    assert re.search(r"^Area +LG +CV +DI +WD +FC +SO +IP answered errors queries$", told, re.M)
    assert re.search(r"^901 Testshire +(2\.00 ){7} +35/35 +- +-$", told, re.M)
    assert re.search(r"^902 Sampleton +(2\.00 ){7} +34/35 +1 +-$", told, re.M)
    assert re.search(r"^LG +Leadership and governance +3 +2\.00 +2\.00 +3\.00 +Dev", told, re.M)
    assert re.search(
        r"^CV +Co-production and voice +3 +2\.00 +2\.00 +3\.00 +Developing", told, re.M
    )
    assert "3 files: 3 scored; 1 error, 0 queries" in told
    assert "Most to mend: 902 Sampleton" in told
    assert re.search(r"^  maturity score --issues \S*b\.xlsx$", told, re.M)


@pytest.mark.parametrize("which", [".", "c.xlsx"])
def test_everything_fits_80_columns(
    made: Path,
    returns: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    """Only paths and, in a pipe, the one line of an issue may be longer; no line ends in blanks."""
    area = "903 Modelham with Upper Modelham and the Islands"
    fill(made / "blank.xlsx", returns / "c.xlsx", area=area, lg1="Mastring")
    for name in ("~$a.xlsx", "letter.docx", ".hidden.xlsx"):
        (returns / name).touch()
    monkeypatch.chdir(returns)
    main(["score", which])
    told = capsys.readouterr().out.splitlines()
    assert max(len(line) for line in told if not line.startswith("  error")) <= 80
    assert [line for line in told if line != line.rstrip()] == []


def test_issues_are_listed_with_cell_and_remedy(returns: Path, capsys: Captured) -> None:
    """In a pipe each issue is one line: severity, cell, sentence, remedy and code."""
    assert main(["score", "--issues", str(returns)]) == ISSUES
    told = capsys.readouterr().out
    (line,) = [line for line in told.splitlines() if '"Mastring"' in line]
    assert re.match(r"  error  'LG Leadership and governance'![A-Z]\d: ", line)
    assert line.endswith("[level-unknown]")


def test_the_first_issues_of_a_single_return_are_listed(made: Path, capsys: Captured) -> None:
    """Eight are enough to begin with; the rest is counted."""
    assert main(["score", str(made / "blank.xlsx")]) == ISSUES
    told = capsys.readouterr().out
    assert len(re.findall(r"^  query  ", told, re.M)) == 8
    assert re.search(r"^\d+ more issues not shown here: add --issues", told, re.M)
    assert "LG: " in told  # the reason why there is no score


def test_an_error_is_not_hidden_behind_queries(
    made: Path, tmp_path: Path, capsys: Captured
) -> None:
    """The worst come first, and only then is the list cut."""
    workbook = openpyxl.load_workbook(made / "blank.xlsx")
    domain = maturity.load_rubric("local-partnership").domains[-1].id
    sheet = next(sheet for sheet in workbook if sheet.title.startswith(domain))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    next(cell for cell in cells if cell.value == "Agreed level").offset(row=1).value = "Mastring"
    workbook.save(tmp_path / "a.xlsx")
    assert main(["score", "a.xlsx"]) == ISSUES
    found = re.findall(r"^  (error|query|note) ", capsys.readouterr().out, re.M)
    assert found == ["error", *["query"] * 7]


def test_the_command_that_is_suggested_is_the_one_that_was_called(
    returns: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in a folder of its own cannot be called by its bare name."""
    monkeypatch.setattr(sys, "argv", [".venv/bin/maturity"])
    main(["score", str(returns)])
    assert "\n  .venv/bin/maturity score --issues " in capsys.readouterr().out
    main(["template"])
    assert "back: .venv/bin/maturity score RETURN.xlsx" in capsys.readouterr().out
    main(["scor"])
    assert "Try '.venv/bin/maturity -h' for help." in capsys.readouterr().err


def test_a_pipe_gets_neither_colour_nor_progress(returns: Path, capsys: Captured) -> None:
    """Plain text, and nothing on standard error."""
    main(["score", str(returns)])
    captured = capsys.readouterr()
    assert not CONTROL.search(captured.out)
    assert captured.err == ""


@pytest.mark.parametrize(("no_colour", "has_codes"), [("", True), ("1", False)])
def test_no_color_means_no_codes_at_all(
    returns: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    no_colour: str,
    has_codes: bool,
) -> None:
    """Not even bold."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_colour)
    main(["score", str(returns)])
    assert ("\x1b[" in capsys.readouterr().out) == has_codes


def test_sentences_are_broken_into_lines_on_a_terminal(
    returns: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 80 columns nothing is broken within a word."""
    (returns / "bad.xlsx").write_text("not a workbook")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(returns)
    main(["score", "--issues", "."])
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("         ") for line in lines)


def test_text_from_a_return_cannot_steer_the_terminal(
    made: Path, tmp_path: Path, capsys: Captured
) -> None:
    """Control characters are spelled out and markup is shown as it stands."""
    area = "904 [bold]Mark[/bold] \u202egnirts"
    fill(made / "blank.xlsx", tmp_path / "a.xlsx", area=area, lg1="[red]x[/red]\n\u009b31m")
    main(["score", "--issues", "a.xlsx"])
    told = capsys.readouterr().out
    assert "904 [bold]Mark[/bold]" in told
    assert "[red]x[/red]" in told
    assert not CONTROL.search(told)
    assert "\u202e" not in told
    assert "\u009b" not in told


def test_a_file_name_of_any_bytes_is_shown(made: Path, tmp_path: Path, capsys: Captured) -> None:
    """Half characters in a name do not stop the run."""
    name = os.fsdecode(b"caf\xe9.xlsx")
    try:
        (tmp_path / name).write_text("not a workbook")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert main(["score", str(tmp_path)]) == UNUSABLE
    assert "caf\\udce9.xlsx" in capsys.readouterr().out


# --- score: exit codes and bad files --------------------------------------------------------------


def test_a_bad_file_is_reported_and_the_others_go_on(returns: Path, capsys: Captured) -> None:
    """It has its line, its sentence and remedy, and makes the exit code 3."""
    (returns / "aa.xlsx").write_text("not a workbook")
    (returns / "~$a.xlsx").touch()
    (returns / "letter.docx").touch()
    assert main(["score", str(returns)]) == UNUSABLE
    told = capsys.readouterr().out
    assert re.search(r"^aa\.xlsx +cannot be used: file-not-workbook$", told, re.M)
    assert re.search(r"^  \S*aa\.xlsx: .+ \[file-not-workbook\]$", told, re.M)
    assert "Passed over: not a workbook by its name (1), lock file of an open workbook (1)" in told
    assert "5 files: 2 scored, 1 cannot be used, 2 passed over" in told


def test_many_bad_files_are_counted_after_the_first(tmp_path: Path, capsys: Captured) -> None:
    """Twenty are told in full; each has had its line."""
    for number in range(22):
        (tmp_path / f"{number:02}.xlsx").touch()
    assert main(["score", str(tmp_path)]) == UNUSABLE
    told = capsys.readouterr().out
    assert "and 2 more, each named above" in told
    assert "Nothing could be scored." in told


def test_two_returns_of_one_area_are_said(returns: Path, capsys: Captured) -> None:
    """Copies are told apart from two versions; either wants explaining."""
    copy = returns / "copy.xlsx"
    copy.write_bytes((returns / "a.xlsx").read_bytes())
    assert main(["score", str(returns / "a.xlsx"), str(copy)]) == ISSUES
    told = " ".join(capsys.readouterr().out.split())
    assert "901 Testshire has 2 returns of the same content here:" in told
    fill(returns / "a.xlsx", copy, area="901 TESTSHIRE", level=3)
    assert main(["score", str(returns / "a.xlsx"), str(copy)]) == ISSUES
    assert "901 Testshire has 2 returns here:" in " ".join(capsys.readouterr().out.split())


def test_many_repeated_areas_are_counted(returns: Path, capsys: Captured) -> None:
    """A few are named, with a few of their files; the rest is in the JSON."""
    for area in range(1, 7):
        first = fill(returns / "a.xlsx", returns / f"{area}-1.xlsx", area=f"91{area} Testshire")
        for copy in range(2, 6):
            (returns / f"{area}-{copy}.xlsx").write_bytes(first.read_bytes())
    main(["score", str(returns)])
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(r"911 Testshire has 5 returns \S.* and 2 more\. \S+ counts\. Keep one\.", told)
    assert "So it is with 1 more; --format json lists all." in told


def test_a_lock_file_alone_is_nothing_to_score(shared: Path, capsys: Captured) -> None:
    """It is passed over even when it is named, and then nothing is left."""
    lock = shared / "annex-a" / "broken" / "~$good.xlsx"
    assert main(["score", str(lock)]) == MISUSE
    assert "Nothing could be scored." in capsys.readouterr().out


def test_a_rubric_with_faults_is_an_unusable_file(tmp_path: Path, capsys: Captured) -> None:
    """All its problems are told."""
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "bad.yaml").write_text("rubric: x\nversion: 1.10\n")
    assert main(["score", "a.xlsx", "--rubric", "bad.yaml"]) == UNUSABLE
    told = capsys.readouterr().err
    assert "The rubric bad.yaml cannot be used:" in told
    assert "bad.yaml:2:" in told


def test_patterns_are_followed(returns: Path, capsys: Captured) -> None:
    """Not every shell does it for us."""
    assert main(["score", str(returns / "*.xlsx")]) == ISSUES
    assert "2 files: 2 scored" in capsys.readouterr().out


def test_stopping_says_what_is_kept(
    returns: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends with 130, no traceback, and what to do."""

    def stopped(
        found: Sequence[FoundFile], rubric: Rubric, folder: FolderRun | None, plan: RunPlan
    ) -> Iterator[Reported]:
        yield next(run_files(found, rubric, folder, plan))
        raise KeyboardInterrupt

    monkeypatch.setattr(score_command, "run_files", stopped)
    assert main(["score", str(returns), "-o", "results"]) == INTERRUPTED
    told = capsys.readouterr().err
    assert "Stopped after 1 of 2 files. What is in results is whole." in told
    assert main(["score", str(returns), "--format", "json"]) == INTERRUPTED
    assert json.loads(capsys.readouterr().out)["complete"] is False


STOPPED = "maturity: Stopped. Nothing is half written; run the same command again.\n"


@pytest.mark.parametrize("end", [INTERRUPTED, 1])
def test_stopping_while_a_command_is_loaded_is_clean_too(
    end: int, capsys: Captured, monkeypatch: pytest.MonkeyPatch, returns: Path
) -> None:
    """Typer turns Ctrl-C into an end of its own: 130 in newer versions, 1 in older ones."""

    def stopped(*_: object, **__: object) -> None:
        raise SystemExit(end)

    monkeypatch.setattr(score_command, "ScoreOptions", stopped)
    assert main(["score", str(returns)]) == INTERRUPTED
    assert capsys.readouterr().err == STOPPED


def test_stopping_early_is_clean_too(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, returns: Path
) -> None:
    """Ctrl-C before the first file ends with 130 as well."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(score_command, "find_files", stopped)
    assert main(["score", str(returns)]) == INTERRUPTED
    assert capsys.readouterr().err == STOPPED


# --- score: what is written -----------------------------------------------------------------------


def test_results_are_written_for_each_return(returns: Path, capsys: Captured) -> None:
    """A workbook and JSON, named after the return; the returns stay as they were."""
    before = {path: path.read_bytes() for path in returns.iterdir()}
    assert main(["score", str(returns), "-o", "results"]) == ISSUES
    assert sorted(path.name for path in Path("results").iterdir()) == [
        "a-scored.xlsx",
        "a.json",
        "b-scored.xlsx",
        "b.json",
        "outcomes.jsonl",
    ]
    told = " ".join(capsys.readouterr().out.split())
    assert "Written to results: 2 result workbooks (…-scored.xlsx) and 2 JSON files." in told
    assert {path: path.read_bytes() for path in returns.iterdir()} == before


def test_the_same_run_gives_the_same_bytes(returns: Path) -> None:
    """The date is given, so nothing depends on the clock."""
    for folder in ("one", "two"):
        main(["score", str(returns), "-o", folder, "--created", "2026-03-31T12:00+01:00"])
    for path in Path("one").iterdir():
        assert path.read_bytes() == (Path("two") / path.name).read_bytes()


def test_without_a_date_it_is_the_day_of_the_run(
    returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The day and not the moment, so that a run repeated on one day gives the same bytes."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    main(["score", str(returns / "a.xlsx"), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["created"].endswith("T00:00:00+00:00")


def test_without_workbooks_json_alone_is_written(returns: Path) -> None:
    """For thousands of returns."""
    main(["score", str(returns), "-o", "results", "--no-workbook"])
    written = sorted(path.name for path in Path("results").iterdir())
    assert written == ["a.json", "b.json", "outcomes.jsonl"]


def test_results_beside_the_returns_are_not_taken_for_returns(
    returns: Path, capsys: Captured
) -> None:
    """Running again over a folder that holds the results gives the same."""
    for _ in range(2):
        capsys.readouterr()
        assert main(["score", str(returns), "-o", str(returns / "results")]) == ISSUES
    assert "folder of results (1)" in capsys.readouterr().out
    assert len(list((returns / "results").iterdir())) == 5


def test_a_result_that_cannot_be_written_is_said(returns: Path, capsys: Captured) -> None:
    """The others are written, and the exit code says that something is missing."""
    (Path("results") / "a.json").mkdir(parents=True)
    assert main(["score", str(returns), "-o", "results", "--no-workbook"]) == UNUSABLE
    told = capsys.readouterr().out
    assert "1 file scored, but not written:" in told
    assert "Written to results: 1 JSON file." in told
    assert (Path("results") / "b.json").is_file()


def test_json_is_one_document_and_nothing_else(returns: Path, capsys: Captured) -> None:
    """Machines get every file, its scores and issues, and the counts."""
    (returns / "bad.xlsx").write_text("not a workbook")
    assert main(["score", str(returns), "-o", "results", "--format", "json"]) == UNUSABLE
    captured = capsys.readouterr()
    assert captured.err == ""
    run = json.loads(captured.out)
    assert list(run) == [
        "schema", "maturity", "created", "rubric", "files", "complete", "counts", "repeated_areas",
        "stated", "left_over",
    ]  # fmt: skip
    assert run["schema"] == "maturity-run/1"
    assert run["created"] == "2026-01-01T00:00:00+00:00"
    assert (run["rubric"]["id"], run["rubric"]["status"]) == ("local-partnership", "illustrative")
    assert run["complete"] is True
    assert run["counts"]["files"] == 3
    assert [file["status"] for file in run["files"]] == ["scored", "scored_with_issues", "refused"]
    first, second, bad = run["files"]
    assert (first["area_code"], first["answered"], first["answerable"]) == ("901", 35, 35)
    assert {"score", "id", "value", "coverage", "band"} <= set(first["scores"][0])
    assert [Path(path).name for path in first["written"]] == ["a-scored.xlsx", "a.json"]
    assert "level-unknown" in {issue["code"] for issue in second["issues"]}
    assert (bad["scores"], bad["written"], bad["area"]) == ([], [], None)
    assert bad["issues"][0]["code"] == "file-not-workbook"


def test_the_shared_returns_all_score(shared: Path, capsys: Captured) -> None:
    """Thirteen areas and the broken files beside them: all told, in one run."""
    folders = [str(shared / "annex-a" / name) for name in ("returns", "broken")]
    assert main(["score", *folders, "--format", "json"]) == UNUSABLE
    counts = json.loads(capsys.readouterr().out)["counts"]
    # 13 returns and the good one; 8 broken; the lock file and the key in CSV.
    assert (counts["scored"], counts["refused"], counts["passed_over"]) == (14, 8, 2)


# --- other rubrics --------------------------------------------------------------------------------

OTHER_RUBRIC = """
rubric: other
version: "1"
title: Other
status: final
levels: [{value: 1, label: Low}, {value: 2, label: High}]
ratings: {agreed: {title: Agreed level, scored: true}}
principles: {open: {title: Open}, quick: {title: Quick}}
domains:
  - id: service
    title: Service
    criteria:
      - id: S1
        title: First
        levels: {1: Not seen yet., 2: Seen everywhere.}
        principles: {open: 1}
  - id: people-and-places
    title: People and places
    criteria:
      - id: P1
        title: Second
        levels: {1: Not seen yet., 2: Seen everywhere.}
        principles: {quick: 1}
scoring:
  rollups: [ROLLUPS]
  overall: {of: first, method: mean, missing: refuse}
"""
BY_DOMAIN = "{score: first, by: [domain], method: mean}"
BY_BOTH = "{score: first, by: [domain, principle], method: mean}"


@pytest.fixture
def other_return(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Make a return for a rubric that has neither domain scores nor a status note."""
    rubric = OTHER_RUBRIC.replace("ROLLUPS", request.param)
    (tmp_path / "other.yaml").write_text(rubric)
    assert main(["template", "other.yaml", "-o", "blank.xlsx"]) == CLEAN
    workbook = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    sheet = next(sheet for sheet in workbook if sheet.title.startswith("service"))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    next(cell for cell in cells if cell.value == "Agreed level").offset(row=1).value = 2
    workbook.save(tmp_path / "answered.xlsx")
    return tmp_path / "answered.xlsx"


@pytest.mark.parametrize("other_return", [BY_DOMAIN], indirect=True)
def test_a_rubric_without_domain_scores_shows_what_comes_first(
    other_return: Path, capsys: Captured
) -> None:
    """Nothing here knows one rubric: ids of any length, other roll-ups, an overall score."""
    capsys.readouterr()
    main(["score", str(other_return), "blank.xlsx", "-r", "other.yaml"])
    told = capsys.readouterr().out
    assert told.startswith("Other, version 1\n\nArea")
    assert re.search(r"^Area +service people-an… overall answered errors queries$", told, re.M)
    assert re.search(r"^answered\.xlsx +2\.00 +- +- +1/2 ", told, re.M)
    assert re.search(r"^people-and-places +People and places +0 +- +- +- *$", told, re.M)
    main(["score", str(other_return), "-r", "other.yaml"])
    told = capsys.readouterr().out
    assert re.search(r"^ *Service +2\.00", told, re.M)
    assert "Overall: -\n  overall: " in told


@pytest.mark.parametrize("other_return", [BY_BOTH], indirect=True)
def test_scores_by_two_facets_are_shown_for_a_single_return(
    other_return: Path, capsys: Captured
) -> None:
    """A line has no room for them; the single return lists them by their ids."""
    capsys.readouterr()
    main(["score", str(other_return), "blank.xlsx", "-r", "other.yaml"])
    assert re.search(r"^Area +overall answered errors", capsys.readouterr().out, re.M)
    main(["score", str(other_return), "-r", "other.yaml"])
    assert re.search(r"^ *service/open +2\.00", capsys.readouterr().out, re.M)


# --- the other commands ---------------------------------------------------------------------------


def test_a_shipped_rubric_is_clean(capsys: Captured) -> None:
    """What we ship passes its own check."""
    assert main(["lint", "local-partnership"]) == CLEAN
    assert "local-partnership: " in capsys.readouterr().out


def test_a_rubric_with_faults_is_told_line_by_line(tmp_path: Path, capsys: Captured) -> None:
    """One line for each: file, line, column, sentence, remedy and code; then the counts."""
    (tmp_path / "bad.yaml").write_text("rubric: x\nversion: 1.10\n")
    assert main(["lint", "bad.yaml"]) == ISSUES
    *issues, counts = capsys.readouterr().out.splitlines()
    assert all(re.fullmatch(r"bad\.yaml:\d+:\d+: .+ \[[a-z-]+\]", line) for line in issues)
    assert counts == f"bad.yaml: {len(issues)} errors, 0 queries, 0 notes"


def test_lint_speaks_json(tmp_path: Path, capsys: Captured) -> None:
    """Editors and CI get file, line and column."""
    (tmp_path / "bad.yaml").write_text("rubric: x\nversion: 1.10\n")
    assert main(["lint", "bad.yaml", "--format", "json"]) == ISSUES
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maturity-lint/1"
    assert document["counts"]["errors"] == len(document["issues"])
    assert {"file", "line", "column", "code", "remedy"} <= set(document["issues"][0])


def test_a_template_is_written_and_never_over_an_answer(tmp_path: Path, capsys: Captured) -> None:
    """A file that is there may hold answers; only --overwrite replaces it."""
    assert main(["template", "local-partnership", "-o", "blank.xlsx"]) == CLEAN
    told = capsys.readouterr().out
    assert "blank.xlsx is written: Local partnership self-assessment" in told
    assert "maturity score RETURN.xlsx -o results" in told
    first = (tmp_path / "blank.xlsx").read_bytes()
    assert main(["template", "-o", "blank.xlsx"]) == MISUSE
    assert main(["template", "-o", "blank.xlsx", "--overwrite"]) == CLEAN
    assert (tmp_path / "blank.xlsx").read_bytes() == first


def test_a_template_that_cannot_be_written_is_said(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is wrong with the command, but the disk is full."""

    def full(*_: object, **__: object) -> None:
        sentence = "It could not be written: No space left on device."
        raise WriteError(Issue(IssueCode.WRITE_FAILED, Severity.ERROR, sentence, "Make room."))

    monkeypatch.setattr(template_command, "write_template", full)
    assert main(["template", "-o", "blank.xlsx"]) == UNUSABLE
    assert "could not be written" in capsys.readouterr().err


def test_what_template_and_rubrics_say_fits_80_columns(capsys: Captured) -> None:
    """Long titles are broken between words."""
    main(["template", "local-partnership", "-o", "a-workbook-to-send-out.xlsx"])
    main(["rubrics"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_the_shipped_rubrics_are_listed(capsys: Captured) -> None:
    """With what they are and whether they may be relied on."""
    assert main(["rubrics"]) == CLEAN
    told = capsys.readouterr().out
    assert "local-partnership  Local partnership self-assessment" in told
    assert "7 domains, 35 criteria, 4 levels; status: illustrative" in told


# --- as a program of its own ----------------------------------------------------------------------


def run(*arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "maturity", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 - our own program


def test_the_program_ends_with_the_exit_code(returns: Path) -> None:
    """Also without a terminal."""
    finished = run("score", str(returns / "b.xlsx"))
    assert finished.returncode == ISSUES, finished.stderr
    assert finished.stderr == b""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_an_old_code_page_is_no_trouble(made: Path, tmp_path: Path, encoding: str) -> None:
    """Characters that it does not have are spelled out."""
    path = fill(made / "blank.xlsx", tmp_path / "a.xlsx", area="905 Llŷn")
    finished = run("score", str(path), encoding=encoding)
    assert finished.returncode == CLEAN, finished.stderr
    assert b"905 Ll\\u0177n" in finished.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_closed_pipe_ends_the_run_quietly(tmp_path: Path, form: str) -> None:
    """As in `maturity score … | head`: no traceback, and not an exit code that means issues."""
    for number in range(400):
        (tmp_path / f"{number:03}.xlsx").touch()
    command = [sys.executable, "-m", "maturity", "score", str(tmp_path), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (PIPE_CLOSED, b"")


def test_a_module_can_be_run(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """`python -m maturity` is the same program."""
    monkeypatch.setattr(sys, "argv", ["maturity", "--version"])
    monkeypatch.delitem(sys.modules, "maturity.__main__")
    with pytest.raises(SystemExit) as stop:
        runpy.run_module("maturity", run_name="__main__")
    assert stop.value.code == CLEAN
    assert capsys.readouterr().out.startswith("maturity ")


def test_a_closed_pipe_is_not_touched_again(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is still to be written goes nowhere, and the program ends as after a signal."""

    def closed() -> int:
        raise BrokenPipeError

    moved: list[int] = []
    monkeypatch.setattr(cli, "_show_version", closed)
    monkeypatch.setattr(sys, "argv", ["maturity", "--version"])
    monkeypatch.setattr(os, "dup2", lambda _, target: moved.append(target))
    with pytest.raises(SystemExit) as stop:
        program.run()
    assert (stop.value.code, moved) == (PIPE_CLOSED, [sys.stdout.fileno()])


def test_a_fault_of_ours_is_neither_clean_nor_issues(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A crash shows its traceback and has an exit code of its own."""

    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(program, "main", broken)
    with pytest.raises(SystemExit) as stop:
        program.run()
    assert stop.value.code == FAULT
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "not in your files" in told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says that there is no such file")
@pytest.mark.parametrize("command", [["score"], ["template", "local-partnership", "-o"]])
def test_a_name_that_is_too_long_is_misuse(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said in a sentence, without a traceback."""
    assert main([*command, "x" * 300 + ".xlsx"]) == 2
    assert "longer than this system allows" in capsys.readouterr().err
