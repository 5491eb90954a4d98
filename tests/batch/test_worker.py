"""What happens inside a worker, looked at from inside this process."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from multiprocessing import Pipe
from pathlib import Path
from typing import cast

import pytest
from batch_hooks import OddError, misbehave, raise_odd

from maturity import load_rubric
from maturity.batch import one_file, worker
from maturity.batch.one_file import Job, Setup
from maturity.batch.packing import Answer, Failure, answer_job, pack_job, pack_setup, unpack_answer
from maturity.issues import IssueCode
from maturity.rubric import Rubric


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Give the shipped rubric."""
    return load_rubric("local-partnership")


@pytest.fixture
def job(root: Path) -> Job:
    """Give an example return as a job."""
    path = sorted((root / "examples" / "returns").glob("*.xlsx"))[0]
    return Job(1, path, path, path.name)


def test_a_fault_of_ours_in_one_file_costs_only_that(
    rubric: Rubric, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a worker it becomes the outcome of the file; here it would stop the run."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(one_file, "read_assessment", broken)
    setup = Setup(rubric)
    packed, is_fit = answer_job(pack_job(job), setup)
    assert is_fit
    assert unpack_answer(Answer(job, packed), setup) == Failure(
        IssueCode.WORKER_FAULT, "ZeroDivisionError: of all things"
    )


@pytest.mark.parametrize("where", ["read_assessment", "then"])
def test_out_of_memory_is_told_apart(
    rubric: Rubric, job: Job, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Wherever it happens, the process is fit for nothing more."""

    def full(*_: object, **__: object) -> None:
        raise MemoryError

    setup = Setup(rubric, full if where == "then" else None)
    if where == "read_assessment":
        monkeypatch.setattr(one_file, "read_assessment", full)
    packed, is_fit = answer_job(pack_job(job), setup)
    assert not is_fit
    assert unpack_answer(Answer(job, packed), setup) == Failure(IssueCode.WORKER_MEMORY)


def test_an_answer_is_small_and_holds_no_rubric(rubric: Rubric, job: Job) -> None:
    """The rubric alone would be 70 KB; scores are made again from the answers."""
    packed, _ = answer_job(pack_job(job), Setup(rubric, keep_workbook=False))
    assert len(packed) < 40_000
    with pytest.raises(LookupError):  # nothing but its place is there
        pickle.loads(packed)  # noqa: S301 - made above


def test_another_rubric_in_a_product_travels_as_it_is(rubric: Rubric, job: Job) -> None:
    """Only the rubric of the run is left out."""
    other = load_rubric("inclusive-setting")
    setup = Setup(rubric, lambda _: (other, rubric))
    packed, _ = answer_job(pack_job(job), setup)
    outcome = unpack_answer(Answer(job, packed), setup)
    assert not isinstance(outcome, Failure)
    theirs, ours = cast("tuple[Rubric, Rubric]", outcome.product)
    assert theirs == other
    assert ours is rubric


def test_a_worker_serves_until_nobody_asks(
    rubric: Rubric, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ready, one answer for one job, and the end when the connection is closed."""
    for name in ("setpgid", "_exit"):
        monkeypatch.setattr(os, name, lambda *_: None, raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "_limit_memory", lambda _: None)
    ours, theirs = Pipe()
    setup = Setup(rubric, misbehave)
    ours.send_bytes(pack_setup(setup))
    ours.send_bytes(pack_job(job))
    ours.send_bytes(pack_job(job._replace(name=Path("memory.xlsx"))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "_end_with_parent", lambda: None)
        serving = threading.Thread(target=worker.serve, args=(theirs, None, None), daemon=True)
        serving.start()
        assert ours.recv_bytes() == worker.HELLO
        assert ours.recv_bytes() == worker.READY
        first = unpack_answer(Answer(job, ours.recv_bytes()), setup)
        assert not isinstance(first, Failure)
        assert first.product is not None
        ours.recv_bytes()  # what would have ended the process was taken away above
        ours.close()
        serving.join(10)
    assert not serving.is_alive()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("refuses", [False, True])
def test_memory_is_limited_within_what_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, refuses: bool
) -> None:
    """Never more than was allowed before; a system that knows no such limit is left alone."""
    import resource

    asked: list[tuple[int, int]] = []

    def set_limit(_: int, limits: tuple[int, int]) -> None:
        if refuses:
            raise ValueError("unknown")
        asked.append(limits)

    most = [1000, resource.RLIM_INFINITY]
    monkeypatch.setattr(resource, "getrlimit", lambda _: (0, most.pop(0)))
    monkeypatch.setattr(resource, "setrlimit", set_limit)
    worker._limit_memory(2000)
    worker._limit_memory(2000)
    worker._limit_memory(None)
    assert asked == ([] if refuses else [(1000, 1000), (2000, resource.RLIM_INFINITY)])


def test_without_the_means_nothing_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: no limits of memory, and no alarm."""
    monkeypatch.setitem(sys.modules, "resource", None)
    worker._limit_memory(1)
    monkeypatch.delattr(signal, "setitimer", raising=False)
    with worker._alarm(1.0):
        pass


def test_an_exception_of_the_callers_own_travels(rubric: Rubric, job: Job) -> None:
    """As it is where that can be, and else in words."""

    def fail(_: object) -> None:
        raise KeyError("plain")

    for then, kind in ((fail, KeyError), (raise_odd, RuntimeError)):
        setup = Setup(rubric, then)
        packed, is_fit = answer_job(pack_job(job), setup)
        assert is_fit
        with pytest.raises(kind):
            unpack_answer(Answer(job, packed), setup)
    assert not issubclass(OddError, RuntimeError)


def test_a_worker_that_nobody_sets_up_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parent went away, or found that there is nothing to do."""
    monkeypatch.delattr(os, "setpgid", raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    ours, theirs = Pipe()
    limited: list[int | None] = []
    monkeypatch.setattr(worker, "_limit_memory", limited.append)
    serving = threading.Thread(target=worker.serve, args=(theirs, None, None), daemon=True)
    serving.start()
    assert ours.recv_bytes() == worker.HELLO
    ours.close()
    serving.join(10)
    assert not serving.is_alive()
    assert limited == []


def test_a_worker_whose_parent_was_killed_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipe may break before it has said hello; a traceback would only puzzle."""
    monkeypatch.delattr(os, "setpgid", raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    ours, theirs = Pipe()
    ours.close()
    worker.serve(theirs, None, None)


def test_a_worker_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says when the parent is gone."""

    class Parent:
        sentinel = 7

    waited: list[object] = []
    ended: list[int] = []
    monkeypatch.setattr(worker, "parent_process", Parent)
    monkeypatch.setattr(worker, "wait", waited.extend)
    monkeypatch.setattr(os, "_exit", ended.append)
    worker._end_with_parent()
    assert (waited, ended) == ([7], [1])


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no alarms")
def test_the_alarm_is_set_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """It rings a while after the parent should have ended the worker."""
    alarms: list[float] = []
    monkeypatch.setattr(signal, "setitimer", lambda _, seconds: alarms.append(seconds))
    with worker._alarm(30.0):
        assert alarms == [30.0 + worker._GRACE]
    assert alarms[-1] == 0
