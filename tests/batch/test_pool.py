"""Workers of our own: a file that crashes, hangs or swells costs only itself."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

import pytest
from batch_hooks import Mark, OddError, digest_and_scores, misbehave, raise_odd

from maturity import Limits, load_rubric, score_files
from maturity.batch import FoundFile, OutcomeStatus, PassedOver, available_cores, pool, worker
from maturity.batch.outcomes import FileSource
from maturity.batch.pool import cause_of_death
from maturity.issues import IssueCode
from maturity.rubric import Rubric

CRASHED, LATE = IssueCode.WORKER_CRASHED, IssueCode.WORKER_TIMEOUT
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture(scope="module")
def returns(root: Path) -> list[Path]:
    """Give the example returns."""
    return sorted((root / "examples" / "returns").glob("*.xlsx"))


def copies(returns: Sequence[Path], folder: Path, count: int, named: dict[int, str]) -> list[Path]:
    """Copy returns in rotation; a few get a name that `misbehave` obeys."""
    paths = [folder / f"{place:03}-{named.get(place, 'fine')}.xlsx" for place in range(count)]
    for place, path in enumerate(paths):
        shutil.copy(returns[place % len(returns)], path)
    return paths


def test_workers_give_what_a_run_without_them_gives(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """Results, refusals and what is passed over, in the order of the files."""
    bad = tmp_path / "bad.xlsx"
    bad.write_text("not a workbook")
    passed = FoundFile(tmp_path / "letter.docx", PassedOver.NOT_A_WORKBOOK)
    files: list[FileSource | FoundFile] = [
        *returns[:3],
        bad,
        passed,
        returns[3].read_bytes(),
        io.BytesIO(returns[4].read_bytes()),
    ]
    here = list(score_files(files, rubric))
    files[-1] = io.BytesIO(returns[4].read_bytes())
    there = list(score_files(files, rubric, workers=2))
    assert there == here
    assert [outcome.number for outcome in there] == [1, 2, 3, 4, 5, 6, 7]
    for one, other in zip(here, there, strict=True):
        if one.result is not None and other.result is not None:
            assert other.result.rubric is rubric
            assert other.result.assessment.workbook == one.result.assessment.workbook
            pairs = zip(one.result.scores, other.result.scores, strict=True)
            assert all(a.contributions == b.contributions for a, b in pairs)


@pytest.mark.parametrize("workers", [None, 1])
def test_open_files_that_cannot_be_read_are_outcomes(
    rubric: Rubric, returns: list[Path], workers: int | None
) -> None:
    """A closed one is refused and the others go on; one that is open for text is a mistake."""
    closed = io.BytesIO(b"PK")
    closed.close()
    files: list[FileSource] = [closed, returns[0]]
    refused, scored = score_files(files, rubric, workers=workers)
    assert [issue.code for issue in refused.issues] == [IssueCode.FILE_MISSING]
    assert scored.result is not None
    text = cast("FileSource", io.StringIO(str(returns[0])))
    with pytest.raises(TypeError, match="binary"):
        list(score_files([text], rubric, workers=workers))


@pytest.mark.parametrize("workers", [None, 1])
def test_limits_are_those_of_the_reader(
    rubric: Rubric, returns: list[Path], workers: int | None
) -> None:
    """Wherever a file is read, and however it is given."""
    content = returns[0].read_bytes()
    limits = Limits(file_bytes=len(content) - 1)
    files: list[FileSource] = [returns[0], content, io.BytesIO(content), returns[0].as_uri()]
    for outcome in score_files(files, rubric, workers=workers, limits=limits):
        assert [issue.code for issue in outcome.issues] == [IssueCode.FILE_TOO_LARGE]


@pytest.mark.parametrize("workers", [None, 1])
def test_the_workbook_is_kept_only_when_it_is_wanted(
    rubric: Rubric, returns: list[Path], workers: int | None
) -> None:
    """Without it, less comes back from another process, and less is held."""
    (outcome,) = score_files(returns[:1], rubric, workers=workers, keep_workbook=False)
    assert outcome.result is not None
    assert outcome.result.assessment.workbook is None


@needs_posix
def test_five_bad_files_among_two_hundred_cost_only_themselves(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """A segmentation fault, an exit, a hang, a kill and an appetite: the other 195 are as ever."""
    named = {10: "segfault", 50: "exit", 90: "hang", 130: "killed", 170: "greedy"}
    files = copies(returns, tmp_path, 200, named)
    clean = list(score_files(files, rubric, then=digest_and_scores))
    found = list(score_files(files, rubric, workers=2, timeout=3, then=misbehave))
    assert [outcome for place, outcome in enumerate(found) if place not in named] == [
        outcome for place, outcome in enumerate(clean) if place not in named
    ]
    failed = {place: found[place] for place in named}
    assert {outcome.status for outcome in failed.values()} == {OutcomeStatus.FAILED}
    assert {place: outcome.issues[0].code for place, outcome in failed.items()} == {
        10: CRASHED,
        50: CRASHED,
        90: LATE,
        130: CRASHED,
        # Where the system limits no memory, two gigabytes are simply there.
        170: IssueCode.WORKER_MEMORY,
    }
    assert "(SIGSEGV)" in failed[10].issues[0].message
    assert "(exit code 3)" in failed[50].issues[0].message
    assert "(more than 3 seconds)" in failed[90].issues[0].message
    assert failed[50].issues[0].location is not None


def test_memory_that_runs_out_is_said(rubric: Rubric, returns: list[Path], tmp_path: Path) -> None:
    """The worker is replaced, and the next file is scored."""
    files = copies(returns, tmp_path, 2, {0: "memory"})
    first, second = score_files(files, rubric, workers=1, then=misbehave)
    assert first.issues[0].code is IssueCode.WORKER_MEMORY
    assert second.status is not OutcomeStatus.FAILED


@needs_posix
def test_a_pipe_that_is_named_hangs_only_itself(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """Nobody ever writes into it, so the worker that waits for that is ended."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    first, second = score_files([tmp_path / "pipe.xlsx", returns[0]], rubric, workers=1, timeout=2)
    assert first.status in {OutcomeStatus.FAILED, OutcomeStatus.REFUSED}
    assert second.result is not None


def test_outcomes_come_as_they_are_known_when_order_does_not_matter(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """A file that hangs holds up nothing."""
    files = copies(returns, tmp_path, 4, {0: "hang"})
    outcomes = list(
        score_files(files, rubric, workers=2, timeout=3, then=misbehave, in_order=False)
    )
    assert outcomes[-1].number == 1
    assert sorted(outcome.number for outcome in outcomes) == [1, 2, 3, 4]


def test_no_file_is_begun_far_ahead_of_an_unfinished_one(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """So that few outcomes ever wait for an earlier one."""
    files = copies(returns, tmp_path, 5, {0: "hang"})
    outcomes = score_files(
        files, rubric, workers=2, timeout=3, then=misbehave, in_order=False, window=2
    )
    assert [outcome.number for outcome in outcomes][:2] == [2, 1]


def test_what_is_done_with_an_outcome_is_done_in_the_worker(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """Only what it gives comes back; here, which process it was."""
    outcomes = list(score_files(returns[:3], rubric, workers=1, then=Mark(tmp_path)))
    assert all(outcome.result is None for outcome in outcomes)
    assert {outcome.product for outcome in outcomes}.isdisjoint({None, os.getpid()})
    assert len(list(tmp_path.glob("*.done"))) == 3


def test_an_exception_of_the_callers_own_is_the_callers(
    rubric: Rubric, returns: list[Path]
) -> None:
    """It stops the run as it would here; one that cannot travel is told in words."""
    with pytest.raises(OddError):
        list(score_files(returns[:1], rubric, then=raise_odd))
    with pytest.raises(RuntimeError, match="OddError: "):
        list(score_files(returns[:1], rubric, then=raise_odd, workers=1))


def test_what_cannot_be_sent_is_refused_at_once(rubric: Rubric, returns: list[Path]) -> None:
    """Before any process is started."""
    with pytest.raises(TypeError, match="cannot be sent to another process"):
        score_files(returns, rubric, workers=1, then=lambda outcome: outcome)


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_is_misuse(rubric: Rubric, workers: int) -> None:
    """Leaving them out is how to have none."""
    with pytest.raises(ValueError, match="at least one"):
        score_files([], rubric, workers=workers)


def test_no_files_start_no_worker(rubric: Rubric) -> None:
    """Nothing in, nothing out."""
    assert list(score_files([], rubric, workers=2)) == []


def test_workers_that_cannot_start_are_said(
    rubric: Rubric,
    returns: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Three in a row are enough; the run does not wait for ever."""
    monkeypatch.setattr(pool, "serve", misbehave)  # which takes other arguments
    with pytest.raises(RuntimeError, match="No worker process can be started"):
        list(score_files(returns[:1], rubric, workers=1))
    assert "TypeError" in capfd.readouterr().err


def test_a_worker_that_never_is_ready_is_given_up(
    rubric: Rubric, returns: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start has its own limit."""
    monkeypatch.setattr(pool, "_SECONDS_TO_START", 0.0)
    with pytest.raises(RuntimeError, match="more than 0 seconds"):
        list(score_files(returns[:1], rubric, workers=1))


def test_a_script_without_a_guard_is_told_about_it(
    root: Path, returns: list[Path], tmp_path: Path
) -> None:
    """Its workers would start the script again; that ends in a sentence and not in a loop."""
    script = tmp_path / "script.py"
    script.write_text(
        "import maturity\n"
        "rubric = maturity.load_rubric('local-partnership')\n"
        f"print(len(list(maturity.score_files([{str(returns[0])!r}], rubric, workers=1))))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 1
    assert 'below `if __name__ == "__main__":`' in done.stderr.splitlines()[-1]


@needs_posix
def test_a_killed_parent_leaves_no_workers(root: Path, returns: list[Path], tmp_path: Path) -> None:
    """They end when it does, whatever they are doing."""
    hanging = tmp_path / "hang.xlsx"
    shutil.copy(returns[0], hanging)
    script = tmp_path / "script.py"
    script.write_text(
        "import maturity, multiprocessing, batch_hooks\n"
        "if __name__ == '__main__':\n"
        "    rubric = maturity.load_rubric('local-partnership')\n"
        "    files = ['fine.xlsx', 'hang.xlsx']\n"
        "    for each in maturity.score_files(files, rubric, workers=2, timeout=None,\n"
        "                                     in_order=False, then=batch_hooks.misbehave):\n"
        "        print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests'}"}
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, str(script)], stdout=subprocess.PIPE, cwd=tmp_path, env=environment
    ) as parent:
        assert parent.stdout is not None
        children = [int(each) for each in parent.stdout.readline().split()]
        parent.kill()
    assert children
    assert all(_is_gone(child) for child in children)


def _is_gone(process: int) -> bool:
    for _ in range(100):
        with suppress(OSError):
            if b" Z " in Path(f"/proc/{process}/stat").read_bytes():
                return True  # gone, and nobody has asked yet how
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


DEATHS = [
    (None, CRASHED, "exit code None"),
    (3, CRASHED, "exit code 3"),
    (worker.OUT_OF_MEMORY, IssueCode.WORKER_MEMORY, ""),
    (-11, CRASHED, "SIGSEGV"),
    (-9, CRASHED, "killed, as systems do that run out of memory"),
    (-14, LATE, "the alarm behind the limit rang"),
    (-250, CRASHED, "signal 250"),
]


@needs_posix
@pytest.mark.parametrize(("exit_code", "code", "detail"), DEATHS)
def test_the_cause_of_death_is_told(exit_code: int | None, code: IssueCode, detail: str) -> None:
    """As far as the system says it."""
    assert cause_of_death(exit_code) == (code, detail)


@needs_posix
def test_the_alarm_ends_a_worker_whose_parent_does_not(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """A parent that is held up for long finds that the file took too long."""
    files = copies(returns, tmp_path, 2, {1: "hang"})
    outcomes = score_files(files, rubric, workers=2, timeout=0.5, then=misbehave, in_order=False)
    next(outcomes)
    time.sleep(0.5 + worker._GRACE + 0.5)
    (late,) = outcomes
    assert late.issues[0].code is LATE


def test_stopping_ends_the_workers(
    rubric: Rubric, returns: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for no more outcomes leaves no process behind."""
    ended: list[int | None] = []
    kill = pool._Worker.kill

    def noted(each: pool._Worker) -> None:
        kill(each)
        ended.append(each.process.exitcode)

    monkeypatch.setattr(pool._Worker, "kill", noted)
    files = copies(returns, tmp_path, 3, {1: "hang", 2: "hang"})
    outcomes = score_files(files, rubric, workers=2, then=misbehave)
    next(outcomes)
    outcomes.close()
    assert len(ended) == 2
    assert None not in ended


@needs_posix
def test_ctrl_c_never_reaches_a_worker(rubric: Rubric, returns: list[Path]) -> None:
    """Only the parent decides about them."""
    outcomes = score_files(returns[:4], rubric, workers=1, then=digest_and_scores)
    next(outcomes)
    import multiprocessing

    for child in multiprocessing.active_children():
        if child.pid is not None:
            os.kill(child.pid, signal.SIGINT)
    assert all(replace(each).status is not OutcomeStatus.FAILED for each in outcomes)


@needs_posix
def test_ctrl_c_while_a_worker_starts_leaves_none(
    rubric: Rubric, returns: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal waits until the process is there, and then ends it."""
    start, started = SpawnProcess.start, []

    def start_and_stop(process: SpawnProcess) -> None:
        start(process)
        started.append(process)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(SpawnProcess, "start", start_and_stop)
    with pytest.raises(KeyboardInterrupt):
        list(score_files(returns[:2], rubric, workers=1))
    assert [process.exitcode for process in started] == [-signal.SIGKILL]


INTERRUPTED_AT_ONCE = """
import os, signal, sys
from multiprocessing.context import SpawnProcess
from maturity import load_rubric, score_files

start, started = SpawnProcess.start, []

def start_and_interrupt(process):
    start(process)
    started.append(process)
    os.kill(process.pid, signal.SIGINT)

if __name__ == "__main__":
    SpawnProcess.start = start_and_interrupt
    outcomes = score_files(sys.argv[1:], load_rubric("local-partnership"), workers=1)
    print(*(outcome.result is not None for outcome in outcomes), len(started))
"""


@needs_posix
def test_ctrl_c_reaches_no_worker_from_its_first_moment(
    root: Path, returns: list[Path], tmp_path: Path
) -> None:
    """Not even the first of a program, with which Python starts a process of its own."""
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED_AT_ONCE)
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, str(script), str(returns[0])],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.stdout.strip() == "True 1"
    assert done.stderr == ""


def test_a_process_that_cannot_be_started_is_an_error(
    rubric: Rubric, returns: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own, as it says it."""

    def refuse(_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(SpawnProcess, "start", refuse)
    with pytest.raises(OSError, match="no more processes"):
        list(score_files(returns[:1], rubric, workers=1))


def test_without_masks_of_signals_workers_start_all_the_same(
    rubric: Rubric, returns: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, which also counts no cores for us."""
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert available_cores() == (os.cpu_count() or 1)
    (outcome,) = score_files(returns[:1], rubric, workers=1)
    assert outcome.result is not None
