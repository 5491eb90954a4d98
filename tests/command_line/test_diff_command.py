"""What `maturity diff` shows, writes and ends with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from maturity.cli import main
from maturity.command_line import diff_command
from maturity.errors import WriteError
from maturity.issues import Issue, IssueCode, Severity

CLEAN, ISSUES, MISUSE, UNUSABLE = 0, 1, 2, 3
OLD = "local-partnership"
MAP = 'changes: {from: "2026.1", to: "2027.1"}\nrenamed: {LG1: LX1}\n'
RETURN = "972-thornwick-bay.xlsx"

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _new_version(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in a folder with a new version in `new` and a return."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    shutil.copy(root / "examples" / "returns" / RETURN, tmp_path)
    text = (root / "rubrics" / OLD / "rubric.yaml").read_text(encoding="utf-8")
    text = text.replace('version: "2026.1"', 'version: "2027.1"').replace("id: LG1\n", "id: LX1\n")
    text = text.replace("from: 1.75", "from: 1.5").replace("children need", "all children need")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "rubric.yaml").write_text(text, encoding="utf-8")


def test_no_difference_is_clean(capsys: Captured) -> None:
    """And said in a sentence."""
    assert main(["diff", OLD, OLD]) == CLEAN
    out = capsys.readouterr().out
    assert "version 2026.1 → version 2026.1" in out
    assert "They say the same." in out


def test_differences_are_grouped_with_their_consequence(capsys: Captured) -> None:
    """Criteria, bands, then the scores, then what may have been renamed."""
    assert main(["diff", OLD, "new"]) == ISSUES
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert "There is no change map between them" in lines[1]
    assert "\nCriteria\n  LX1: added: Shared vision for inclusion. Not comparable. It has" in out
    assert "  Developing: from 1.75 → 1.5. Comparable with care. Values can" in out
    assert "    was: Partners see the same picture of what children need today" in out
    assert "    now: Partners see the same picture of what all children need today" in out
    assert "  domain LG: comparable with care. It is made of other parts: LX1 came in" in out
    assert "  domain CV, DI, WD, FC, SO and IP: comparable.\n" in out
    assert lines[-1] == "  renamed: {LG1: LX1}"


@pytest.mark.parametrize("is_named", [False, True])
def test_the_change_map_is_found_or_named(is_named: bool, capsys: Captured) -> None:
    """Beside the new version, or anywhere."""
    place = Path("map.yaml" if is_named else "new/changes/a.yaml")
    place.parent.mkdir(exist_ok=True)
    place.write_text(MAP)
    options = ["--changes", "map.yaml"] if is_named else []
    assert main(["diff", OLD, "new", *options]) == ISSUES
    out = capsys.readouterr().out
    assert "The change map between them is used." in out
    assert "  LX1: renamed LG1 → LX1. Comparable. It is declared to ask the same" in out
    assert "renamed: {" not in out


def test_another_rubric_is_named_in_full(capsys: Captured) -> None:
    """Versions alone would not tell the two apart."""
    assert main(["diff", OLD, "inclusive-setting"]) == ISSUES
    out = capsys.readouterr().out
    assert " → Inclusive setting" in out
    assert "rubric local-partnership → inclusive-setting. Comparable with care." in out


def test_lines_are_broken_on_a_terminal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between words, so that 80 columns are enough."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["diff", OLD, "new", "--carry", RETURN]) == ISSUES
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_json_has_everything(capsys: Captured) -> None:
    """Changes, scores, suggestions and what was carried over, in one document."""
    assert main(["diff", OLD, "new", "--carry", RETURN, "--format", "json"]) == ISSUES
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maturity-diff/1"
    assert (document["old"]["version"], document["new"]["version"]) == ("2026.1", "2027.1")
    assert document["has_change_map"] is False
    assert document["consequence"] == "not comparable"
    assert {change["kind"] for change in document["changes"]} >= {"criterion", "band"}
    assert document["scores"][0]["id"] == "LG"
    assert document["suggestions"][0]["new"] == "LX1"
    carried = document["carried"]
    assert carried["source"] == RETURN
    assert {issue["code"] for issue in carried["issues"]} >= {"answers-carried", "not-asked-before"}
    assert len(carried["answers"]) == 35 * 5 + 7


def test_without_a_return_nothing_is_carried(capsys: Captured) -> None:
    """The key is left out."""
    main(["diff", OLD, "new", "-f", "json"])
    assert "carried" not in json.loads(capsys.readouterr().out)


def test_a_carried_return_is_shown_scored_and_written(capsys: Captured) -> None:
    """Scored under the new version, as JSON."""
    Path("map.yaml").write_text(MAP)
    arguments = ["diff", OLD, "new", "--changes", "map.yaml", "--carry", RETURN, "-o", "out.json"]
    assert main(arguments) == ISSUES
    out = capsys.readouterr().out
    assert f"\n{RETURN}\n" in out
    assert "156 of 156 were carried over to version" in out
    assert "Scored under version 2027.1: out.json" in out
    document = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert document["rubric"]["version"] == "2027.1"
    assert document["created"].startswith("2026-01-01")


def test_a_file_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """With the writer's own reason."""

    def refuse(*_: object, **__: object) -> None:
        raise WriteError(Issue(IssueCode.WRITE_FAILED, Severity.ERROR, "The disk is full.", "Go."))

    monkeypatch.setattr(diff_command, "write_json", refuse)
    assert main(["diff", OLD, "new", "--carry", RETURN, "-o", "out.json"]) == UNUSABLE
    assert "The disk is full." in capsys.readouterr().err


WRONG = [
    (["diff"], MISUSE, "OLD"),
    (["diff", OLD], MISUSE, "NEW"),
    (["diff", OLD, "nowhere"], MISUSE, '"nowhere"'),
    (["diff", OLD, "new", "-o", "x.json"], MISUSE, "Name a return with --carry."),
    (
        ["diff", OLD, "new", "--carry", RETURN, "-o", "x.xlsx"],
        MISUSE,
        "not the name of a JSON file",
    ),
    (["diff", OLD, "new", "--carry", "none.xlsx"], MISUSE, "There is no file or folder"),
    (["diff", OLD, "new", "--carry", "new"], MISUSE, "is not one file"),
    (["diff", OLD, "new", "--carry", "*"], MISUSE, "is not one file"),
    (["diff", OLD, "new", "--changes", "none.yaml"], MISUSE, "none.yaml"),
    (["diff", OLD, "new", "--changes", "bad.yaml"], UNUSABLE, "bad.yaml:1:17: The change map says"),
    (["diff", OLD, "new", "--carry", "bad.yaml"], UNUSABLE, "cannot be carried over"),
    (["diff", "bad.yaml", "new"], UNUSABLE, "The rubric bad.yaml cannot be used"),
]


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_what_is_wrong_is_said(
    arguments: list[str], code: int, sentence: str, capsys: Captured
) -> None:
    """Misuse is told from a file that cannot be used, and both from a traceback."""
    Path("bad.yaml").write_text('changes: {from: "1", to: "2"}\n')
    assert main(arguments) == code
    assert sentence in " ".join(capsys.readouterr().err.split())
