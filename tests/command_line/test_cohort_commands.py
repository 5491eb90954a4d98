"""`maturity cohort` and `maturity compare` do what their help says, and end with the right code."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from maturity import gather_cohort, load_rubric, score_files, write_cohort
from maturity.batch import find_files
from maturity.cli import main
from maturity.testing import Typed, completed_template

RUBRIC = load_rubric("local-partnership")
AUTUMN, SPRING = datetime.date(2025, 10, 1), datetime.date(2026, 3, 2)
OTHER = dict.fromkeys(("education", "health", "care"))


def save(folder: Path, area: str, level: Typed, day: datetime.date, first: Typed = None) -> Path:
    """Save a return with one level throughout; another one for the first criterion, if given."""
    folder.mkdir(exist_ok=True)
    answers: dict[tuple[str, str], Typed] = {
        (criterion, rating): level for criterion in RUBRIC.criteria for rating in RUBRIC.ratings
    }
    if first is not None:
        answers["LG1", "agreed"] = first
    cover: dict[str, Typed] = {
        "area": area,
        "partnership": f"{area} partnership",
        "date": day,
        "role": "Lead",
        "edition": "2026.1",
    }
    path = folder / f"{area.split(maxsplit=1)[0]}-{day}.xlsx"
    metrics: dict[str, Typed] = {
        key: 50 if metric.unit == "percent" else 100 for key, metric in RUBRIC.metrics.items()
    }
    path.write_bytes(completed_template(RUBRIC, answers, metadata=cover, metrics=metrics))
    return path


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Give a folder of three returns, all in order."""
    for number in range(3):
        save(tmp_path / "spring", f"98{number} Area {number}", 1 + number, SPRING)
    return tmp_path / "spring"


def test_a_cohort_is_written_and_said(
    returns: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workbook and the tables are there, and the reader is told who may see them."""
    code = main(
        ["cohort", str(returns), "-o", str(tmp_path / "c.xlsx"), "--tables", str(tmp_path / "t")]
    )
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert "3 areas from 3 returns" in printed
    assert "not for publication" in " ".join(printed.split())
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").sheetnames[:2] == ["Summary", "Domains"]
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == [
        "answers.csv",
        "failures.csv",
        "issues.csv",
        "scores.csv",
    ]


@pytest.mark.parametrize("options", [["--publish"], ["--suppress-below", "5"]])
def test_publishing_leaves_areas_out(options: list[str], returns: Path, tmp_path: Path) -> None:
    """Either option gives what may be shown to anyone, in both kinds of file."""
    tables = tmp_path / "public"
    target = str(tmp_path / "public.xlsx")
    assert main(["cohort", str(returns), "-o", target, "--tables", str(tables), *options]) == 0
    assert [path.name for path in tables.iterdir()] == ["published.csv"]
    assert "Domains" not in openpyxl.load_workbook(target).sheetnames


def test_publishing_among_the_teams_tables_is_refused_before_anything_is_done(
    returns: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is handed on must not hold areas' own figures, nor is the workbook written."""
    tables, target = ["--tables", str(tmp_path / "t")], tmp_path / "public.xlsx"
    assert main(["cohort", str(returns), *tables]) == 0
    assert main(["cohort", str(returns), *tables, "-o", str(target), "--publish"]) == 2
    assert "Choose another folder" in " ".join(capsys.readouterr().err.split())
    assert not target.exists()
    assert not (tmp_path / "t" / "published.csv").exists()


def test_parquet_and_quartiles_can_be_chosen(returns: Path, tmp_path: Path) -> None:
    """The words on the command line are those of the library."""
    choices = ["--table-format", "parquet", "--publish", "--show", "quartiles"]
    assert main(["cohort", str(returns), "--tables", str(tmp_path / "t"), *choices]) == 0
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["published.parquet"]


def test_movement_since_earlier_returns_is_shown(returns: Path, tmp_path: Path) -> None:
    """With --before the workbook has a sheet and the tables a file for what moved."""
    save(tmp_path / "autumn", "980 Area 0", 2, AUTUMN)
    before = ["--before", str(tmp_path / "autumn")]
    code = main(
        ["cohort", str(returns), "-o", str(tmp_path / "c.xlsx"), "--tables", str(tmp_path), *before]
    )
    assert code == 0
    assert "Movement" in openpyxl.load_workbook(tmp_path / "c.xlsx").sheetnames
    assert "980 Area 0,2025-10-01,2026-03-02,domain,LG,2,1,-1" in (
        tmp_path / "movement.csv"
    ).read_text(encoding="utf-8-sig")


def test_a_file_that_cannot_be_used_is_named_and_the_code_is_3(
    returns: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are still written, and nothing is lost in silence."""
    (returns / "bad.xlsx").write_bytes(b"not a workbook")
    assert main(["cohort", str(returns), "-o", str(tmp_path / "c.xlsx")]) == 3
    printed = capsys.readouterr().out
    assert "bad.xlsx" in printed
    assert "1 file could not be used" in printed
    assert (tmp_path / "c.xlsx").exists()


def test_two_returns_of_an_area_are_said_and_the_code_is_1(
    returns: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The latest counts unless all are asked for; either way it is said."""
    save(returns, "980 Area 0", 2, AUTUMN)
    for options, words in (([], "counts and"), (["--duplicates", "all"], "each counts")):
        assert main(["cohort", str(returns), "-o", str(tmp_path / "c.xlsx"), *options]) == 1
        assert words in " ".join(capsys.readouterr().out.split())


WHERE_ALL_ARE = [
    (["-o", "c.xlsx"], "And 5 more; the sheet Files has all of them."),
    (["--tables", "t"], "And 5 more; the tables have all of them."),
    (["-o", "c.xlsx", "--publish"], "And 5 more; maturity score lists all of them."),
]


@pytest.mark.parametrize(("options", "words"), WHERE_ALL_ARE)
def test_many_failures_are_cut_short(
    options: list[str],
    words: str,
    returns: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where they all are depends on what is written; what is for anyone names no files."""
    monkeypatch.chdir(tmp_path)
    for number in range(25):
        (returns / f"bad{number}.xlsx").write_bytes(b"x")
    assert main(["cohort", "spring", *options]) == 3
    assert words in " ".join(capsys.readouterr().out.split())


def test_a_workbook_is_not_written_over_the_returns_themselves(
    returns: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither over the zip file that holds them nor over one that a URL names."""
    monkeypatch.chdir(tmp_path)
    one = sorted(returns.iterdir())[0]
    with zipfile.ZipFile("all.zip", "w") as archive:
        archive.write(one)
    before = (tmp_path / "all.zip").read_bytes()
    for source, output, words in (
        ("all.zip", "all.zip", "is no name for a workbook"),
        (one.as_uri(), str(one), "among the returns"),
    ):
        assert main(["cohort", source, "-o", output]) == 2
        assert words in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "all.zip").read_bytes() == before


def test_a_zip_file_gives_the_tables_of_its_folder(
    returns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are named and not their places, those that could not be used too."""
    monkeypatch.chdir(tmp_path)
    (returns / "bad.xlsx").write_bytes(b"x")
    with zipfile.ZipFile("all.zip", "w") as archive:
        for path in returns.iterdir():
            archive.write(path, f"in/{path.name}")
    for number, source in enumerate(("spring", "all.zip", returns.as_uri())):
        assert main(["cohort", source, "--tables", f"t{number}"]) == 3
        for name in ("scores", "answers", "issues", "failures"):
            same = (tmp_path / "t0" / f"{name}.csv").read_bytes()
            assert (tmp_path / f"t{number}" / f"{name}.csv").read_bytes() == same


MISUSES = [
    ([], "Nothing would be written"),
    (["-o", "."], "is a folder"),
    (["-o", "results"], "Let it end in .xlsx"),
    (["-o", "none/c.xlsx"], "Make it first"),
    (["-o", "c.xlsx", "--suppress-below", "1"], "2 or more"),
    (["-o", "c.xlsx", "--publish", "--before", "spring"], "not for publication"),
    (["-o", "spring/980-2026-03-02.xlsx"], "among the returns"),
    (["--tables", "spring/980-2026-03-02.xlsx"], "cannot be made"),
    (["-o", "c.xlsx", "--before", "empty"], "no workbook"),
    (["-o", "c.xlsx", "--show", "both"], "Choose bands or levels or quartiles"),
]


@pytest.mark.parametrize(("options", "words"), MISUSES)
@pytest.mark.usefixtures("returns")
def test_misuse_is_said_and_changes_nothing(
    options: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be done is refused with a reason, and code 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    before = (tmp_path / "spring" / "980-2026-03-02.xlsx").read_bytes()
    assert main(["cohort", "spring", *options]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "spring" / "980-2026-03-02.xlsx").read_bytes() == before


def test_a_place_that_cannot_be_written_is_code_3(returns: Path, tmp_path: Path) -> None:
    """A folder stands where a table is to be."""
    (tmp_path / "t" / "scores.csv").mkdir(parents=True)
    assert main(["cohort", str(returns), "--tables", str(tmp_path / "t")]) == 3


def test_a_cohort_of_many_returns_is_scored_by_workers_to_the_same_bytes(
    returns: Path, tmp_path: Path
) -> None:
    """Each in a process of its own kind, so that a file that crashes one costs only itself."""
    for number in range(16):
        (returns / f"bad-{number}.xlsx").write_text("not a workbook")
    workbook, made = tmp_path / "c.xlsx", datetime.datetime(2026, 3, 31, tzinfo=datetime.UTC)
    assert main(["cohort", str(returns), "-o", str(workbook), "--created", "2026-03-31"]) == 3
    serial = gather_cohort(score_files(find_files([returns]), RUBRIC), RUBRIC)
    write_cohort(serial, tmp_path / "serial.xlsx", created=made)
    assert workbook.read_bytes() == (tmp_path / "serial.xlsx").read_bytes()


def test_two_returns_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """LG moves from 2 by 1/5 of one level, because LG1 did."""
    before = save(tmp_path, "980 Northvale", 2, AUTUMN)
    after = save(tmp_path, "980 Northvale", 2, SPRING, first=3)
    assert main(["compare", str(before), str(after)]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "LG LG1 +0.20 2.00 2.20 +0.20" in printed
    assert "1 of 35 criteria went up, 0 went down" in printed


def test_what_cannot_be_compared_is_code_1_and_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer that is gone is told in both formats, with its code."""
    before = save(tmp_path, "980 Northvale", 2, AUTUMN)
    after = save(tmp_path, "980 Northvale", 2, SPRING, first="TBC")
    assert main(["compare", str(before), str(after)]) == 1
    assert "[coverage-differs]" in capsys.readouterr().out
    assert main(["compare", str(before), str(after), "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maturity-comparison/1"
    assert {issue["code"] for issue in document["issues"]} >= {"criterion-absent"}
    assert document["rows"][0]["causes"] == [
        {"id": "", "rating": "", "before": None, "after": None, "effect": 0.0}
    ]


def test_many_causes_are_counted_and_no_score_is_a_dash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five criteria moved LG; three are named."""
    before = save(tmp_path, "980 Northvale", 2, AUTUMN)
    after = save(tmp_path, "980 Northvale", 4, SPRING)
    blank = save(tmp_path / "blank", "980 Northvale", None, SPRING)
    assert main(["compare", str(before), str(after)]) == 0
    assert "2 more" in " ".join(capsys.readouterr().out.split())
    assert main(["compare", str(before), str(blank)]) == 1
    assert "not compared" in capsys.readouterr().out


def test_compare_takes_two_files_that_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder is misuse, and a file that is no workbook cannot be used."""
    good = save(tmp_path, "980 Northvale", 2, AUTUMN)
    assert main(["compare", str(tmp_path), str(good)]) == 2
    assert "maturity cohort" in capsys.readouterr().err
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"x")
    assert main(["compare", str(good), str(bad)]) == 3
