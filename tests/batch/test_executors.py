"""Executors of others: any will do, and a broken one loses no file."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from io import BytesIO
from pathlib import Path

import pytest
from batch_hooks import digest_and_scores, misbehave

from maturity import find_files, load_rubric, score_files
from maturity.batch import FileOutcome, FoundFile, OutcomeStatus, PassedOver
from maturity.batch.outcomes import FileSource
from maturity.rubric import Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture(scope="module")
def returns(root: Path) -> list[Path]:
    """Give the example returns."""
    return sorted((root / "examples" / "returns").glob("*.xlsx"))


@pytest.fixture(scope="module")
def dask() -> Iterator[Executor]:
    """Give the executor of a Dask cluster of two processes."""
    distributed = pytest.importorskip(
        "distributed", reason="not on this machine: Dask, which the extra `dask` brings"
    )
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor()


def _clean(rubric: Rubric, files: list[Path]) -> list[FileOutcome]:
    return list(score_files(files, rubric, then=digest_and_scores))


def test_threads_and_processes_give_what_a_serial_run_gives(
    rubric: Rubric, returns: list[Path]
) -> None:
    """Whatever the executor, and it stays open."""
    clean = _clean(rubric, returns)
    spawn = multiprocessing.get_context("spawn")
    for executor in (ThreadPoolExecutor(2), ProcessPoolExecutor(2, mp_context=spawn)):
        with executor:
            for window in (None, 2):
                found = score_files(
                    returns, rubric, executor=executor, then=digest_and_scores, window=window
                )
                assert list(found) == clean


@pytest.mark.filterwarnings("default")  # about what Dask itself does with its sockets
def test_a_dask_cluster_is_an_executor(
    rubric: Rubric, returns: list[Path], tmp_path: Path, dask: Executor
) -> None:
    """Several processes, the same outcomes, and a file that kills them costs only itself."""
    assert list(score_files(returns, rubric, executor=dask)) == list(score_files(returns, rubric))
    killing = tmp_path / "exit.xlsx"
    shutil.copy(returns[0], killing)
    files = [*returns[:4], killing, *returns[4:]]
    found = list(score_files(files, rubric, executor=dask, then=misbehave))
    assert found[4].status is OutcomeStatus.FAILED
    assert "KilledWorker" in found[4].issues[0].message
    others = [outcome.product for outcome in found if outcome is not found[4]]
    assert others == [outcome.product for outcome in _clean(rubric, returns)]


@pytest.mark.filterwarnings("default")  # about what Dask itself does with its sockets
def test_files_elsewhere_are_scored_through_any_executor(
    rubric: Rubric, returns: list[Path], tmp_path: Path, dask: Executor
) -> None:
    """In zip files and behind URLs; what cannot be fetched is the same outcome everywhere."""
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in returns[:3]:
            file.write(path, f"in/{path.name}")
    urls = [f"zip://in/*.xlsx::{archive.as_uri()}", returns[3].as_uri(), "memory://gone.xlsx"]
    found = list(find_files([archive, tmp_path / "gone.zip", *urls]))
    clean = list(score_files(found, rubric, then=digest_and_scores))
    assert [outcome.status for outcome in clean].count(OutcomeStatus.REFUSED) == 2
    with ThreadPoolExecutor(2) as threads:
        for executor in (threads, dask):
            assert list(score_files(found, rubric, executor=executor, then=digest_and_scores)) == (
                clean
            )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_broken_pool_of_processes_loses_no_file(
    rubric: Rubric, returns: list[Path], tmp_path: Path
) -> None:
    """It takes all its jobs with it; workers of our own then find out which file did it."""
    killing = tmp_path / "killed.xlsx"
    shutil.copy(returns[0], killing)
    files = [*returns[:4], killing, *returns[4:]]
    clean = _clean(rubric, files)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as executor:
        found = list(score_files(files, rubric, executor=executor, then=misbehave))
    assert [outcome for outcome in found if outcome.number != 5] == [
        outcome for outcome in clean if outcome.number != 5
    ]
    assert found[4].status is OutcomeStatus.FAILED


class Recalling(Executor):
    """Gives for a call with the same arguments what became of the first, as Dask does."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Future[bytes]] = {}

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # as the base declares it
        """Lose the first call of all, and do the others."""
        if args not in self.known:
            future: Future[bytes] = Future()
            if self.known:
                future.set_result(fn(*args))
            else:
                future.set_exception(KeyError("lost"))
            self.known[args] = future
        return self.known[args]


def test_a_lost_job_is_done_anew_where_calls_are_remembered(
    rubric: Rubric, returns: list[Path]
) -> None:
    """The second try is another call, not what became of the first."""
    found = list(score_files(returns[:2], rubric, executor=Recalling(), window=1))
    assert [outcome.result is not None for outcome in found] == [True, True]


class Forgetful(Executor):
    """Loses some jobs the first time, as a cluster may that loses a machine."""

    def __init__(self, *losses: Exception) -> None:
        self.losses = list(losses)
        self.submitted = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # as the base declares it
        """Do it now, or fail."""
        future: Future[bytes] = Future()
        self.submitted += 1
        if self.losses:
            future.set_exception(self.losses.pop(0))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


class Shut(Executor):
    """Takes no jobs, or no more than a few."""

    def __init__(self, room: int) -> None:
        self.room = room

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # as the base declares it
        """Do it now, or refuse."""
        if not self.room:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self.room -= 1
        future: Future[bytes] = Future()
        future.set_exception(KeyError("lost"))
        return future


def test_lost_jobs_are_given_again_one_at_a_time(rubric: Rubric, returns: list[Path]) -> None:
    """Open files too: they were read once, and their bytes are sent again."""
    executor = Forgetful(KeyError("lost"), KeyError("lost"))
    passed = FoundFile(Path("letter.docx"), PassedOver.NOT_A_WORKBOOK)
    files: list[FileSource | FoundFile] = [
        passed,
        BytesIO(returns[0].read_bytes()),
        returns[1],
        returns[2],
    ]
    found = list(score_files(files, rubric, executor=executor, window=3))
    assert [outcome.result is not None for outcome in found] == [False, True, True, True]
    assert executor.submitted == 5


def test_a_job_that_is_lost_again_has_failed(rubric: Rubric, returns: list[Path]) -> None:
    """It is this very file; the next one has its turn."""
    executor = Forgetful(KeyError("lost"), KeyError("again"))
    first, second = score_files(returns[:2], rubric, executor=executor, window=1)
    assert first.status is OutcomeStatus.FAILED
    assert "(KeyError: 'again')" in first.issues[0].message
    assert second.result is not None


@pytest.mark.parametrize(
    "executor",
    [
        Shut(0),
        Shut(1),
        Forgetful(BrokenExecutor("broken")),
        Forgetful(KeyError("lost"), BrokenExecutor("broken")),
    ],
    ids=["shut", "shut later", "broken", "broken at the second try"],
)
def test_an_executor_that_is_no_more_is_replaced(
    rubric: Rubric, returns: list[Path], executor: Executor
) -> None:
    """Workers of our own do what is left, the lost jobs among it."""
    found = list(score_files(returns[:2], rubric, executor=executor, window=1))
    assert found == list(score_files(returns[:2], rubric))


def test_workers_and_an_executor_are_too_much(rubric: Rubric) -> None:
    """One or the other."""
    with ThreadPoolExecutor(1) as executor, pytest.raises(ValueError, match="or an executor"):
        score_files([], rubric, workers=1, executor=executor)


def test_what_was_not_begun_is_taken_back(rubric: Rubric, returns: list[Path]) -> None:
    """Whoever stops asking leaves no work in the queue."""
    with ThreadPoolExecutor(1) as executor:
        outcomes = score_files(returns * 3, rubric, executor=executor)
        next(outcomes)
        outcomes.close()
        assert executor._work_queue.qsize() <= len(returns) * 3
