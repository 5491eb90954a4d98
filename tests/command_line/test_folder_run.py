"""A folder of results goes on where a run stopped, and one run at a time writes into it."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import maturity
from maturity.batch.records import FileRecord
from maturity.cli import main
from maturity.command_line import journal
from maturity.command_line.folder_lock import InUseError, open_locked
from maturity.command_line.folder_run import FolderRun
from maturity.command_line.journal import JOURNAL_NAME, OUTCOMES_NAME, Journal
from maturity.command_line.outcome_schema import outcome_schema, outcome_schema_text
from maturity.rubric import Rubric

CLEAN, ISSUES, UNUSABLE = 0, 1, 3
CREATED = datetime.datetime(2026, 3, 31, tzinfo=datetime.UTC)
Captured = pytest.CaptureFixture[str]
Score = Callable[..., int]


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return maturity.load_rubric("local-partnership")


@pytest.fixture
def returns(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the example returns and one that is none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "returns"
    shutil.copytree(root / "examples" / "returns", folder)
    (folder / "bad.xlsx").write_text("not a workbook")
    (folder / "letter.docx").touch()
    return folder


def score(*arguments: str, created: str | None = "2026-03-31") -> int:
    """Score the returns into `out`, JSON alone."""
    dated = [] if created is None else ["--created", created]
    return main(["score", "returns", "-o", "out", "--no-workbook", *dated, *arguments])


def contents(folder: Path) -> dict[str, bytes]:
    """Give all that a folder holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def times(folder: Path) -> dict[str, int]:
    """Say when each result was written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.json")}


def lines(folder: Path) -> list[dict[str, object]]:
    """Read the outcomes."""
    return [json.loads(line) for line in (folder / OUTCOMES_NAME).read_text().splitlines()]


# --- what is written ------------------------------------------------------------------------------


def test_there_is_one_line_for_each_file(returns: Path) -> None:
    """In the order of the files, as the published schema says, passed over or not."""
    assert score() == UNUSABLE
    rows = lines(Path("out"))
    assert [row["source"] for row in rows] == [str(p) for p in sorted(Path("returns").iterdir())]
    validator = jsonschema.Draft202012Validator(outcome_schema())
    for row in rows:
        validator.validate(row)
    status = {Path(str(row["source"])).name: row["status"] for row in rows}
    assert (status["bad.xlsx"], status["letter.docx"]) == ("refused", "passed_over")
    (bad,) = [row for row in rows if row["status"] == "refused"]
    assert isinstance(bad["why"], list)
    assert bad["why"][0]["code"] == "file-not-workbook"


def test_the_published_schema_is_current(root: Path) -> None:
    """The file in the documentation is the one that this code makes."""
    published = (root / "docs/reference/outcome.schema.json").read_text(encoding="utf-8")
    assert published == outcome_schema_text()
    jsonschema.Draft202012Validator.check_schema(outcome_schema())


@pytest.mark.parametrize("workers", ["0", "1", "2"])
def test_workers_change_nothing(returns: Path, workers: str, capsys: Captured) -> None:
    """Serial or parallel: the same bytes in the folder and on the screen."""
    assert score("--workers", "0") == UNUSABLE
    told = capsys.readouterr().out
    shutil.move("out", "serial")
    assert score("--workers", workers) == UNUSABLE
    assert capsys.readouterr().out == told
    assert contents(Path("out")) == contents(Path("serial"))


def test_many_files_are_scored_by_all_cores(
    returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """For more than a handful, workers are started without being asked for."""
    for number in range(10):
        shutil.copy(returns / "bad.xlsx", returns / f"bad-{number}.xlsx")
    assert score() == UNUSABLE
    assert "22 files: 10 scored, 11 cannot be used, 1 passed over" in capsys.readouterr().out


# --- going on -------------------------------------------------------------------------------------


def test_what_is_done_is_not_done_again(returns: Path, capsys: Captured) -> None:
    """A second run leaves every byte as it was, and says so, issues and JSON included."""
    score("--issues")
    first = capsys.readouterr().out
    before, when = contents(Path("out")), times(Path("out"))
    assert score("--issues") == UNUSABLE
    again = capsys.readouterr().out
    assert (contents(Path("out")), times(Path("out"))) == (before, when)
    kept = "11 files had not changed since an earlier run, and what was there was kept."
    assert " ".join(again.split()) == f"{' '.join(first.split())} {kept}"
    score("--format", "json")
    kept_run = json.loads(capsys.readouterr().out)
    score("--format", "json", "--again")
    assert json.loads(capsys.readouterr().out) == kept_run
    assert times(Path("out")) != when
    assert contents(Path("out")) == before


CHANGES: list[tuple[str, Callable[[Path], object]]] = [
    ("the return", lambda out: shutil.copy("returns/971-quillshire.xlsx", "returns/970-merrowdale.xlsx")),
    ("its result", lambda out: (out / "970-merrowdale.json").write_text("{}")),
    ("a result that is gone", lambda out: (out / "970-merrowdale.json").unlink()),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change"), CHANGES)
def test_only_what_changed_is_done_again(
    returns: Path, what: str, change: Callable[[Path], object]
) -> None:
    """One return or its result; the other nine stay."""
    score()
    before, when = contents(Path("out")), times(Path("out"))
    change(Path("out"))
    score()
    changed = {name for name, moment in times(Path("out")).items() if moment != when[name]}
    assert changed == {"970-merrowdale.json"}
    if what != "the return":
        assert contents(Path("out")) == before


def test_another_rubric_does_everything_again(
    returns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results under one rubric or version say nothing about another."""
    score()
    when = times(Path("out"))
    monkeypatch.setattr(maturity, "__version__", "99.0", raising=False)
    score()
    assert set(when.items()).isdisjoint(times(Path("out")).items())


def test_another_date_does_everything_again_only_when_it_is_asked_for(returns: Path) -> None:
    """The next day's run keeps what is there; a date on the command line is meant."""
    score()
    when = times(Path("out"))
    score(created=None)
    assert times(Path("out")) == when
    score(created="2026-04-01")
    assert set(when.items()).isdisjoint(times(Path("out")).items())


def test_a_run_that_was_stopped_goes_on_with_its_date(
    returns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that its results do not differ from those of a run that nobody stopped."""
    _stop_after(3, monkeypatch)
    assert score("--workers", "0", created="2026-03-31") == 130
    monkeypatch.undo()
    monkeypatch.chdir(returns.parent)
    assert (Path("out") / JOURNAL_NAME).exists()
    score(created=None)
    assert {row["created"] for row in lines(Path("out"))} == {"2026-03-31T00:00:00+00:00"}


def _stop_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl-C when so many files are done."""
    add = Journal.add
    done = []

    def stopping(self: Journal, record: FileRecord) -> None:
        add(self, record)
        done.append(record)
        if len(done) == count:
            raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "add", stopping)


def test_ctrl_c_says_how_to_go_on(
    returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """What is there is whole, whatever a worker was writing, and the same command does the rest."""
    _stop_after(4, monkeypatch)
    Path("out").mkdir()
    begin = Journal.known

    def and_leave(found: Journal, source: str) -> FileRecord | None:
        Path("out/.maturity-0123456789ab-0123456789ab.part").touch()
        return begin(found, source)

    monkeypatch.setattr(Journal, "known", and_leave)
    assert score("--workers", "2") == 130
    assert "Run the same command again for the rest." in capsys.readouterr().err
    assert not list(Path("out").glob("*.part"))


def test_a_half_written_line_is_no_trouble(returns: Path) -> None:
    """Nor is one that is none of ours; those files are simply done again."""
    score()
    before = contents(Path("out"))
    rows = (Path("out") / OUTCOMES_NAME).read_bytes().splitlines(keepends=True)
    (Path("out") / OUTCOMES_NAME).unlink()
    odd = [b"not json\n", b"[1]\n", rows[0].replace(b'"scored', b'"scared'), rows[1][:-30]]
    (Path("out") / JOURNAL_NAME).write_bytes(rows[2] + b"".join(odd))
    score()
    assert contents(Path("out")) == before


@pytest.mark.parametrize(
    "spoil",
    [
        {"scores": 1},
        {"issues": 1},
        {"date": "soon"},
        {"created": "soon"},
        {"status": None},
        {"codes": {"no-such-code": 1}},
    ],
)
def test_a_line_with_odd_values_is_not_believed(returns: Path, spoil: dict[str, object]) -> None:
    """The file is done again."""
    score()
    before = contents(Path("out"))
    rows = lines(Path("out"))
    text = "".join(json.dumps({**row, **spoil}) + "\n" for row in rows)
    (Path("out") / JOURNAL_NAME).write_text(text)
    score()
    assert contents(Path("out")) == before


def test_what_failed_is_tried_again(
    returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A result that could not be written is not done."""
    (Path("out") / "970-merrowdale.json").mkdir(parents=True)
    assert score() == UNUSABLE
    assert "1 file scored, but not written" in capsys.readouterr().out
    (Path("out") / "970-merrowdale.json").rmdir()
    score()
    assert (Path("out") / "970-merrowdale.json").is_file()


def test_issues_that_cannot_be_found_again_are_left_out(returns: Path, rubric: Rubric) -> None:
    """The count of them is known all the same."""
    score()
    folder = FolderRun(Path("out"), rubric, [], created=CREATED, with_workbooks=False)
    record = folder.record(Path("returns/972-thornwick-bay.xlsx"))
    assert len(folder.issues_of(record)) == sum((record.issues or {}).values())
    (Path("out") / "972-thornwick-bay.json").write_text("{}")
    assert folder.issues_of(record) == ()
    with pytest.raises(KeyError):
        folder.record(Path("returns/none.xlsx"))
    folder.close()
    folder.close()


def test_lines_reach_the_disk_in_time(
    returns: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not each by itself, which would cost more than scoring."""
    score()
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr(journal, "_SECONDS_BETWEEN_SYNCS", 0.0)
    folder = FolderRun(Path("out"), rubric, [], created=CREATED)
    record = folder.record(Path("returns/970-merrowdale.xlsx"))
    folder.note(record)
    assert len(synced) == 1
    folder.close()
    assert (Path("out") / JOURNAL_NAME).exists()


# --- one at a time --------------------------------------------------------------------------------


def test_a_second_run_is_told(returns: Path, rubric: Rubric, capsys: Captured) -> None:
    """It ends with 3 and has touched nothing; when the first has ended it may."""
    first = FolderRun(Path("out"), rubric, [], created=CREATED)
    before = contents(Path("out"))
    assert score() == UNUSABLE
    assert 'Another run is writing to "out" now.' in capsys.readouterr().err
    assert contents(Path("out")) == before
    first.close()
    assert contents(Path("out")) == {}
    score()
    assert len(lines(Path("out"))) == 12


def test_a_lock_is_not_taken_on_a_file_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waited for a journal that was put away gets a new one."""
    path = tmp_path / "lock"
    stat = Path.stat
    asked: list[Path] = []

    def gone_at_first(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        asked.append(self)
        if len(asked) == 1:
            raise FileNotFoundError
        return stat(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", gone_at_first)
    with open_locked(path), pytest.raises(InUseError):
        open_locked(path)
    assert len(asked) == 2


# --- several returns of one area ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "code", "scored", "counting"),
    [("latest", UNUSABLE, 10, 10), ("all", UNUSABLE, 11, 11), ("refuse", UNUSABLE, 9, 9)],
)
def test_one_return_of_an_area_counts(
    returns: Path, capsys: Captured, choice: str, code: int, scored: int, counting: int
) -> None:
    """The others are scored and marked, in the outcomes and in the summary."""
    shutil.copy(returns / "970-merrowdale.xlsx", returns / "copy.xlsx")
    assert score("--duplicates", choice) == code
    told = capsys.readouterr().out
    assert f"Over {scored} returns" in told
    assert "[area-repeated]" in told
    rows = lines(Path("out"))
    assert sum(row["counts"] is True for row in rows) == counting
    (copy,) = [row for row in rows if row["source"] == str(Path("returns/copy.xlsx"))]
    winner = str(Path("returns/970-merrowdale.xlsx")) if choice == "latest" else None
    assert copy["superseded_by"] == winner
    assert (Path("out") / "copy.json").is_file()


# --- kill -9 --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_run_that_is_killed_twenty_times_ends_as_one_that_is_not(
    returns: Path, root: Path
) -> None:
    """The same bytes in the same files, and nothing left over."""
    for number in range(40):
        shutil.copy(returns / "972-thornwick-bay.xlsx", returns / f"more-{number:02}.xlsx")
    command = [
        sys.executable, "-m", "maturity", "score", "returns", "--no-workbook",
        "--created", "2026-03-31", "--workers", "2", "-o",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}

    def start(folder: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter
            [*command, folder], env=environment, stdout=subprocess.DEVNULL
        )

    began = time.monotonic()
    assert start("clean").wait() == UNUSABLE
    whole = time.monotonic() - began
    clean = contents(Path("clean"))
    chance = random.Random(4)
    killed = 0
    while killed < 20:
        with start("out") as run:
            time.sleep(chance.uniform(0.2, whole))
            if run.poll() is None:
                run.kill()
                killed += 1
            else:
                assert contents(Path("out")) == clean
                shutil.rmtree("out")
    assert start("out").wait() == UNUSABLE
    assert contents(Path("out")) == clean


def test_urls_and_zip_files_end_as_their_files_do(returns: Path, capsys: Captured) -> None:
    """The same results; what is done is not done again, and what changed is."""
    names = sorted(path for path in returns.glob("*.xlsx") if path.name != "bad.xlsx")
    with zipfile.ZipFile("all.zip", "w") as archive:
        for path in names[:3]:
            archive.write(path, f"in/{path.name}")
    places = ["all.zip", names[3].as_uri(), f"{returns.as_uri()}/b*.xlsx"]
    call = ["score", *places, "-o", "out", "--no-workbook", "--created", "2026-03-31"]
    assert main(call) == UNUSABLE
    results = contents(Path("out"))
    assert main(["score", *map(str, names[:4]), "-o", "same", *call[-3:]]) == ISSUES
    same = contents(Path("same"))
    assert {name: same[name] for name in same if name.endswith(".json")} == {
        name: results[name] for name in results if name.endswith(".json")
    }
    rows = [json.loads(line) for line in results[OUTCOMES_NAME].splitlines()]
    sources = [f"all.zip/in/{path.name}" for path in names[:3]]
    bad = (returns / "bad.xlsx").as_uri()
    assert [row["source"] for row in rows] == [*sources, names[3].as_uri(), bad]
    assert [row["mark"] is None for row in rows] == [True, True, True, False, False]
    for row in rows:
        jsonschema.validate(row, outcome_schema())
    capsys.readouterr()
    assert main(call) == UNUSABLE
    assert "5 files had not changed" in capsys.readouterr().out
    os.utime(names[3], (1, 1))
    assert main(call) == UNUSABLE
    assert "4 files had not changed" in capsys.readouterr().out
    assert {**contents(Path("out")), OUTCOMES_NAME: b""} == {**results, OUTCOMES_NAME: b""}


def test_another_zip_file_in_its_place_is_done_again_where_it_differs(
    returns: Path, capsys: Captured
) -> None:
    """Names that differ by case have results of their own; what is the same is kept."""
    contents_of = [path.read_bytes() for path in sorted(returns.glob("9*.xlsx"))[:3]]

    def zipped(*numbers: int) -> None:
        with zipfile.ZipFile("new.zip", "w") as archive:
            for name, number in zip(("a.xlsx", "A.xlsx", "b.xlsx"), numbers, strict=True):
                archive.writestr(name, contents_of[number])
        Path("new.zip").replace("all.zip")

    call = ["score", "all.zip", "-o", "out", "--no-workbook", "--created", "2026-03-31"]
    call += ["--duplicates", "all"]
    zipped(0, 1, 2)
    assert main(call) in {CLEAN, ISSUES}
    assert {path.name for path in Path("out").glob("*.json")} == {"A.json", "a-2.json", "b.json"}
    capsys.readouterr()
    before = times(Path("out"))
    zipped(0, 2, 2)
    assert main(call) in {CLEAN, ISSUES}
    assert "2 files had not changed" in capsys.readouterr().out
    after = times(Path("out"))
    assert [name for name in after if after[name] != before[name]] == ["A.json"]


def test_no_secret_of_a_url_reaches_the_folder_or_the_terminal(
    returns: Path, capsys: Captured
) -> None:
    """Whatever becomes of it."""
    urls = ["ftp://me:hush-hush@127.0.0.1:1/a.xlsx", "HTTPS://hush-hush@h/a.xlsx?sig=hush-hush"]
    call = ["score", *urls, str(returns / "bad.xlsx"), "-o", "out"]
    for options in ([], ["--format", "json"], ["--issues"]):
        assert main([*call, *options]) == UNUSABLE
        printed = "".join(capsys.readouterr())
        assert "could not be fetched" in " ".join(printed.split())
        assert "hush" not in printed
    assert not any(b"hush" in content for content in contents(Path("out")).values())
