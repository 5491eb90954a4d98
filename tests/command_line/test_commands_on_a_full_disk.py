"""On a full disk every command says so with an exit code, keeps what was there, and can go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from little_room import NO_ROOM, contents, little_room, needs_limits

from maturity.cli import main
from maturity.command_line.journal import JOURNAL_NAME

UNUSABLE = 3

Captured = pytest.CaptureFixture[str]

# Each writes into the folder `out`.
WRITING = {
    "score one": ("score", "returns/970-merrowdale.xlsx", "-o", "out"),
    "score folder": ("score", "returns", "-o", "out", "--no-workbook"),
    "score in workers": ("score", "returns", "-o", "out", "--no-workbook", "--workers", "2"),
    "cohort": ("cohort", "returns", "-o", "out/cohort.xlsx"),
    "tables": ("cohort", "returns", "--tables", "out"),
    "template": ("template", "-o", "out/blank.xlsx", "--overwrite"),
    "draft": ("draft", "returns/970-merrowdale.xlsx", "-o", "out", "--force"),
    "diff": (
        "diff", "local-partnership", "local-partnership",
        "--carry", "returns/970-merrowdale.xlsx", "-o", "out/carried.json",
    ),
}  # fmt: skip


@pytest.fixture
def room(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with returns and the folder `out`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "returns").mkdir()
    for name in ("970-merrowdale", "971-quillshire", "972-thornwick-bay"):
        shutil.copy(root / "examples" / "returns" / f"{name}.xlsx", tmp_path / "returns")
    (tmp_path / "out").mkdir()
    return tmp_path


def dated(command: tuple[str, ...], day: str) -> list[str]:
    """Give the command's arguments, with a date where it takes one."""
    return [*command, *(() if command[0] == "draft" else ("--created", day))]


@needs_limits
@pytest.mark.parametrize("name", WRITING)
def test_a_command_that_finds_no_room_keeps_what_was_there(
    room: Path, capsys: Captured, name: str
) -> None:
    """It ends with 3 and the reason; the same command with room then writes all, and no more."""
    out, command = room / "out", WRITING[name]
    assert main(dated(command, "2026-03-01")) < UNUSABLE
    before = contents(out)
    capsys.readouterr()
    with little_room(2_000):
        assert main(dated(command, "2026-04-01")) == UNUSABLE
    told = capsys.readouterr()
    assert NO_ROOM in told.err
    assert "Traceback" not in told.err
    assert contents(out) == before
    assert main(dated(command, "2026-04-01")) < UNUSABLE
    assert set(contents(out)) == set(before)
    assert (contents(out) == before) == (name in {"draft", "tables"})  # which state no date


BATCH = (
    "score", "returns", "-o", "out", "--no-workbook", "--created", "2026-03-01", "--workers", "0",
)  # fmt: skip


@pytest.fixture
def clean(room: Path, capsys: Captured) -> dict[str, bytes]:
    """Add copies, so that the journal is by far the largest file; give what a batch writes."""
    for path in list((room / "returns").iterdir()):
        for number in range(9):
            shutil.copy(path, path.with_stem(f"{path.stem}-{number}"))
    assert main(list(BATCH)) < UNUSABLE
    found = contents(room / "out")
    shutil.rmtree(room / "out")
    capsys.readouterr()
    assert len(found["outcomes.jsonl"]) > 2 * max(
        len(content) for name, content in found.items() if name != "outcomes.jsonl"
    )
    return found


@needs_limits
def test_a_batch_that_finds_no_room_goes_on_from_there(
    room: Path, clean: dict[str, bytes], capsys: Captured
) -> None:
    """With room for 20 lines of the journal and not for more, 20 files are not done again."""
    lengths = [len(line) for line in clean["outcomes.jsonl"].splitlines()]
    with little_room(sum(lengths[:20]) + 500):
        assert main(list(BATCH)) == UNUSABLE
    told = capsys.readouterr().err
    assert "Stopped after 20 of 30 files." in told
    assert JOURNAL_NAME in told
    assert "Run the same command again for the rest." in told
    journal = (room / "out" / JOURNAL_NAME).read_bytes()
    assert journal.count(b"\n") == 20
    assert journal.endswith(b"}\n")
    before = {path: path.stat().st_mtime_ns for path in (room / "out").glob("*.json")}
    assert main(list(BATCH)) < UNUSABLE
    assert contents(room / "out") == clean
    again = [path for path, moment in before.items() if path.stat().st_mtime_ns != moment]
    assert len(again) <= 1  # the one whose line found no room


@needs_limits
def test_outcomes_that_find_no_room_are_written_by_the_next_run(
    room: Path, clean: dict[str, bytes], capsys: Captured
) -> None:
    """All files are done and noted, and only the last step is left."""
    # A line in the outcomes is longer than in the journal, by what counts.
    with little_room(len(clean["outcomes.jsonl"]) - 1):
        assert main(list(BATCH)) == UNUSABLE
    assert "Stopped after 30 of 30 files." in capsys.readouterr().err
    assert set(contents(room / "out")) == {*clean, JOURNAL_NAME} - {"outcomes.jsonl"}
    assert main(list(BATCH)) < UNUSABLE
    assert contents(room / "out") == clean


PRINTING = (
    ("score", "returns"),
    ("score", "returns", "--format", "json"),
    ("score", "returns/970-merrowdale.xlsx", "-o", "out"),
    ("compare", "returns/970-merrowdale.xlsx", "returns/971-quillshire.xlsx"),
    ("cohort", "returns", "-o", "out/cohort.xlsx"),
    ("diff", "local-partnership", "local-partnership"),
    ("template", "-o", "out/blank.xlsx"),
    ("lint", "local-partnership"),
    ("inspect", "returns/970-merrowdale.xlsx"),
    ("rubrics",),
    ("--help",),
)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk always full")  # noqa: PTH110 - at import
@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
def test_output_into_a_full_disk_is_said(
    room: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, command: tuple[str, ...]
) -> None:
    """It ends with 3 and one line, and not as a fault in maturity."""
    with open("/dev/full", "w", encoding="utf-8", closefd=True) as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(list(command)) == UNUSABLE
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    (line,) = capsys.readouterr().err.splitlines()
    assert "The output could not be written: No space left on device." in line


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk always full")  # noqa: PTH110 - at import
def test_the_interpreter_has_nothing_to_add() -> None:
    """When it ends it would try again to print, and complain in its own words."""
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "maturity", "--version"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)  # noqa: S603 - our own program
    assert ended.returncode == UNUSABLE
    assert len(ended.stderr.splitlines()) == 1


# Runs each command on a disk of its own that holds a little and is full before the second run.
_ON_A_SMALL_DISK = """
import contextlib, io, json, os, sys
from pathlib import Path
from little_room import contents
from maturity.cli import main
os.chdir(sys.argv[1])
found = {}
for name, command in json.loads(sys.argv[2]).items():
    Path("out").mkdir()
    with contextlib.redirect_stdout(io.StringIO()):
        main([*command, *([] if command[0] == "draft" else ["--created", "2026-03-01"])])
    before = contents(Path("out"))
    with open("ballast", "wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(b"x" * 512)
    told = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(told):
        code = main([*command, *([] if command[0] == "draft" else ["--created", "2026-04-01"])])
    found[name] = code, "No space left" in told.getvalue(), contents(Path("out")) == before
    os.unlink("ballast")
    import shutil
    shutil.rmtree("out")
print(json.dumps(found))
"""


@pytest.mark.slow
def test_on_a_disk_that_is_really_full_all_is_kept(root: Path, room: Path) -> None:
    """A small disk in memory, which this process alone sees; where the system lets us have one."""
    if shutil.which("unshare") is None:
        pytest.skip("this system has no unshare, with which to mount a disk that only we see")
    disk = room / "disk"
    disk.mkdir()
    commands = {
        name: [str(room / part) if part.startswith("returns") else part for part in command]
        for name, command in WRITING.items()
    }
    shell = 'mount -t tmpfs -o size=2m none "$1" && shift && exec "$@"'
    mounting = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", shell, "sh"]
    if subprocess.run([*mounting, str(disk), "true"], check=False, capture_output=True).returncode:  # noqa: S603 - a fixed program
        pytest.skip("this system lets nobody mount a disk of their own")
    python = [sys.executable, "-c", _ON_A_SMALL_DISK, str(disk), json.dumps(commands)]
    paths = os.pathsep.join(map(str, (root / "src", root / "tests")))
    ended = subprocess.run(  # noqa: S603 - our own program
        [*mounting, str(disk), *python],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    found = json.loads(ended.stdout)
    assert found == {name: [UNUSABLE, True, True] for name in WRITING}
