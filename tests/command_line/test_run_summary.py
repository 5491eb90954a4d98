"""What a run comes to, over all returns."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from stated_workbooks import LAYOUT, RUBRIC, write_form

from maturity.cli import main
from maturity.command_line.run_summary import _usual
from maturity.reconciliation import Agreement

Captured = pytest.CaptureFixture[str]

# Returns by band, how many were scored, and what is said of them.
BANDS = [
    ({}, 0, ""),
    ({"Low": 3}, 3, "Low"),
    ({"Low": 3, "High": 2}, 5, "Low"),
    ({"Low": 2, "High": 2}, 4, "mixed"),
    ({"Low": 4, "Middle": 3, "High": 3}, 10, "mixed"),
    ({"Low": 2}, 4, "mixed"),  # two have a score and no band
]


@pytest.mark.parametrize(("bands", "scored", "expected"), BANDS)
def test_mostly_means_more_than_half(bands: dict[str, int], scored: int, expected: str) -> None:
    """The most frequent band alone is not what most returns have."""
    assert _usual(Counter(bands), scored) == expected


@pytest.fixture
def stating(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of three workbooks that state scores, in `returns`, and their rubric."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "set" / "layouts").mkdir(parents=True)
    (tmp_path / "set" / "rubric.yaml").write_bytes(RUBRIC)
    (tmp_path / "set" / "layouts" / "form.yaml").write_bytes(LAYOUT)
    (tmp_path / "returns").mkdir()
    for name in "abc":
        write_form(tmp_path / "returns" / f"{name}.xlsx")
    return tmp_path / "returns"


def told_of(capsys: Captured, *arguments: str) -> str:
    """Score the returns, and give what is printed as one line."""
    main(["score", "returns", "-r", "set", *arguments])
    return " ".join(capsys.readouterr().out.split())


def test_stated_scores_that_agree_are_said_in_a_sentence(stating: Path, capsys: Captured) -> None:
    """Each workbook states 4 answers and 3 scores."""
    told = told_of(capsys)
    assert "3 returns state 21 scores of their own, and all agree with ours." in told
    assert "reconcile" not in told
    for name in "ab":
        (stating / f"{name}.xlsx").unlink()
    write_form(stating / "d.xlsx", ["None", "at", "all"])
    assert "1 return states 4 scores" not in told_of(capsys)


def test_stated_scores_that_part_from_ours_are_counted_and_named(
    stating: Path, capsys: Captured
) -> None:
    """LG and the whole differ in b; the command that shows where names the rubric, too."""
    write_form(stating / "b.xlsx", ["LG | 3", "CV | 2.5", "All | 2.75"])
    told = told_of(capsys)
    assert (
        "3 returns state 21 scores of their own: 19 agree, 2 differ. They part from ours in"
        f" 1 return: {Path('returns/b.xlsx')}."
    ) in told
    assert f"maturity reconcile {Path('returns/b.xlsx')} --rubric set" in told


def test_only_the_first_returns_that_part_are_named(stating: Path, capsys: Captured) -> None:
    """Five of seven part, and three are named."""
    for name in "defg":
        write_form(stating / f"{name}.xlsx", ["LG | 3", "CV | 2.5", "All | 2.75"])
    write_form(stating / "a.xlsx", ["LG | ", "CV | 2.5", "All | 2.5"])
    told = told_of(capsys)
    assert "40 agree, 8 differ, 1 not stated by the workbook." in told
    names = ", ".join(str(Path(f"returns/{name}.xlsx")) for name in "ade")
    assert f"They part from ours in 5 returns: {names} and 2 more." in told


def test_stated_scores_are_counted_in_json_and_in_the_outcomes(
    stating: Path, capsys: Captured
) -> None:
    """By kind for each file and in all; a second run knows them from the first."""
    write_form(stating / "b.xlsx", ["LG | 3", "CV | 2.5", "All | 2.75"])
    runs = []
    for _ in range(2):
        main(["score", "returns", "-r", "set", "-o", "out", "--no-workbook", "-f", "json"])
        runs.append(json.loads(capsys.readouterr().out))
    none = dict.fromkeys((kind.value for kind in Agreement), 0)
    for run in runs:
        parted = {**none, "agrees": 5, "differs": 2}
        assert [file["stated"] for file in run["files"]][:2] == [{**none, "agrees": 7}, parted]
        counts = {**none, "agrees": 19, "differs": 2}
        assert run["stated"] == {"returns": 3, "part": 1, "counts": counts}
        assert run["left_over"] == []
    lines = Path("out/outcomes.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1])["stated"] == {**none, "agrees": 5, "differs": 2}


def test_results_of_earlier_runs_are_named_and_left_alone(stating: Path, capsys: Captured) -> None:
    """One return is gone, one is broken now, and one got no workbook this time."""
    assert "earlier runs" not in told_of(capsys, "-o", "out")
    Path("out/notes.json").write_text("{}")
    Path("out/notes.txt").touch()
    Path("out/folder.json").mkdir()
    (stating / "b.xlsx").unlink()
    (stating / "c.xlsx").write_text("not a workbook")
    before = sorted(path.name for path in Path("out").iterdir())
    told = told_of(capsys, "-o", "out", "--no-workbook")
    assert (
        "5 results of earlier runs are still in out and not of this one: a-scored.xlsx,"
        " b-scored.xlsx, b.json and 2 more. Delete what is out of date"
    ) in told
    assert sorted(path.name for path in Path("out").iterdir()) == before
    for name in ("a-scored", "b-scored", "c-scored"):
        Path(f"out/{name}.xlsx").unlink()
    Path("out/b.json").unlink()
    told = told_of(capsys, "-o", "out", "--no-workbook")
    assert "1 result of earlier runs is still in out and not of this one: c.json. Delete" in told


def test_a_return_in_the_folder_of_results_is_not_left_over(
    stating: Path, capsys: Captured
) -> None:
    """It is named as results are, and is a return nevertheless."""
    (stating / "a.xlsx").rename(stating / "a-scored.xlsx")
    main(["score", "returns/a-scored.xlsx", "returns/b.xlsx", "-r", "set", "-o", "returns"])
    assert "earlier runs" not in capsys.readouterr().out


def test_suggested_commands_name_the_rubric(stating: Path, capsys: Captured) -> None:
    """Without it they would judge by another rubric, and refuse the file."""
    book = openpyxl.load_workbook(stating / "b.xlsx")
    book["Answers"]["B2"] = "2/3"
    book.save(stating / "b.xlsx")
    told = told_of(capsys)
    assert f"maturity score --issues {Path('returns/b.xlsx')} --rubric set" in told
