"""Run jobs in worker processes of our own, so that a file that kills one costs only itself.

A worker has one file at a time. When it dies or takes too long, that file alone has failed, and
another worker takes its place. The parent has one thread and waits for all of them together.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from maturity.batch.one_file import Job
from maturity.batch.outcomes import FileOutcome
from maturity.batch.packing import Answer, Failure, Packed, pack_job
from maturity.batch.window import Window
from maturity.batch.worker import HELLO, OUT_OF_MEMORY, READY, serve
from maturity.issues import IssueCode

__all__ = ["PoolOptions", "cause_of_death", "pool_answers"]

_MOST_FALSE_STARTS = 3
_SECONDS_TO_START = 120.0
_SECONDS_TO_END = 2.0


@dataclass(frozen=True, slots=True)
class PoolOptions:
    """How many workers there are, and what one file may take.

    Attributes:
        workers: how many processes score at the same time.
        timeout: seconds for one file; None for any.
        memory: bytes for one worker; None for any.
        window: how far ahead of the first unfinished file another may be begun.
    """

    workers: int
    timeout: float | None
    memory: int | None
    window: int


def pool_answers(
    items: Iterator[Job | FileOutcome], setup: bytes, options: PoolOptions
) -> Generator[FileOutcome | Answer]:
    """Run jobs in workers, and give each answer as soon as it is there.

    Args:
        items: jobs; outcomes among them are handed through.
        setup: what every job needs, packed.
        options: how many workers, and the limits of each.

    Raises:
        RuntimeError: when no worker can be started.
    """
    pool = _Pool(setup, options)
    try:
        yield from pool.run(items)
    finally:
        pool.end()


@dataclass(eq=False)
class _Worker:
    """One process, and what it is doing."""

    process: SpawnProcess
    connection: Connection
    deadline: float | None
    is_ready: bool = False
    job: Job | None = None

    def kill(self) -> None:
        """End it and what it started, whatever it is doing."""
        pid = self.process.pid
        if self.is_ready and pid is not None and hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Pool:
    def __init__(self, setup: bytes, options: PoolOptions) -> None:
        self._setup = setup
        self._options = options
        self._window = Window(options.window)
        self._workers: list[_Worker] = []
        self._waiting: deque[Job] = deque()
        self._false_starts = 0

    def run(self, items: Iterator[Job | FileOutcome]) -> Iterator[FileOutcome | Answer]:
        """Do all jobs."""
        answers: list[Answer] = []
        while True:
            yield from self._fill(items)
            self._hand_out()
            yield from answers  # only now, so that no worker waits for what is done with them
            if not self._waiting and not self._busy:
                return
            answers = list(self._come_back())

    def _fill(self, items: Iterator[Job | FileOutcome]) -> Iterator[FileOutcome]:
        """Have as many jobs at hand as there may be workers without one."""
        while len(self._waiting) + self._busy < self._options.workers:
            item = next(items, None)
            if item is None:
                return
            if isinstance(item, Job):
                self._waiting.append(item)
            else:
                yield item

    def _hand_out(self) -> None:
        """Give jobs to workers that have none, and start workers for the others."""
        idle = [worker for worker in self._workers if worker.job is None]
        for worker in [worker for worker in idle if worker.is_ready]:
            if not self._waiting or not self._window.admits(self._waiting[0].number):
                return
            self._give(worker, self._waiting.popleft())
        starting = sum(not worker.is_ready for worker in idle)
        for _ in range(min(len(self._waiting), self._options.workers - self._busy) - starting):
            self._start()

    @property
    def _busy(self) -> int:
        return sum(worker.job is not None for worker in self._workers)

    def _give(self, worker: _Worker, job: Job) -> None:
        self._window.begin(job.number)
        worker.job = job
        timeout = self._options.timeout
        worker.deadline = None if timeout is None else time.monotonic() + timeout
        with suppress(OSError):  # it died meanwhile, which its connection will say
            worker.connection.send_bytes(pack_job(job))

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self._options.timeout, self._options.memory)
        process = context.Process(target=serve, args=arguments, name="maturity-worker", daemon=True)
        try:
            with _without_interrupts():
                process.start()
        except BaseException:  # also Ctrl-C, which is let through once the process has started
            if process.pid is not None:
                process.kill()
                process.join()
            ours.close()
            raise
        finally:
            theirs.close()  # so that ours says when the worker is gone
        self._workers.append(_Worker(process, ours, time.monotonic() + _SECONDS_TO_START))

    def _come_back(self) -> Iterator[Answer]:
        """Wait until a worker answers, dies or is late, and see to it."""
        ready = wait([worker.connection for worker in self._workers], self._seconds_to_wait())
        for worker in [worker for worker in self._workers if worker.connection in ready]:
            yield from self._hear(worker)
        now = time.monotonic()
        for worker in [*self._workers]:
            is_late = worker.deadline is not None and worker.deadline <= now
            # Whoever asks for outcomes may take long; an answer that is there is in time.
            if is_late and not worker.connection.poll():
                yield from self._lose(worker, self._too_late(worker))

    def _seconds_to_wait(self) -> float | None:
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _hear(self, worker: _Worker) -> Iterator[Answer]:
        try:
            packed = worker.connection.recv_bytes()
        except (EOFError, OSError):
            worker.process.join(_SECONDS_TO_END)
            yield from self._lose(worker, cause_of_death(worker.process.exitcode))
            return
        if packed == HELLO:
            with suppress(OSError):  # it died meanwhile, which its connection will say
                worker.connection.send_bytes(self._setup)
            return
        worker.deadline = None
        if packed == READY:
            worker.is_ready = True
            self._false_starts = 0
            return
        yield from self._answer(worker, packed)

    def _answer(self, worker: _Worker, packed: Packed) -> Iterator[Answer]:
        job, worker.job = worker.job, None
        if job is not None:
            self._window.finish(job.number)
            yield Answer(job, packed)

    def _lose(self, worker: _Worker, failure: Failure) -> Iterator[Answer]:
        worker.kill()
        self._workers.remove(worker)
        if not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                raise RuntimeError(
                    f"No worker process can be started: {failure.detail}. "
                    'A script that uses workers must do so below `if __name__ == "__main__":`; '
                    "what `then` is must be importable; and `memory` must suffice to start."
                )
        yield from self._answer(worker, failure)

    def _too_late(self, worker: _Worker) -> Failure:
        seconds = _SECONDS_TO_START if worker.job is None else self._options.timeout
        return Failure(IssueCode.WORKER_TIMEOUT, f"more than {seconds or 0:g} seconds")

    def end(self) -> None:
        """End all workers: those without a job by closing their connection, the others at once."""
        for worker in self._workers:
            if worker.job is None and worker.is_ready:
                worker.connection.close()
        for worker in self._workers:
            if worker.job is None and worker.is_ready:
                worker.process.join(_SECONDS_TO_END)
            worker.kill()
        self._workers.clear()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let a process be started that Ctrl-C never reaches, from its first moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - not where there are no signals

    # Python starts it with the first process, and before 3.12 lets interrupts through again then.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cause_of_death(exit_code: int | None) -> Failure:
    """Say why a process ended, from what the system says of it.

    Args:
        exit_code: its exit code; the signal that ended it as a negative number; None when it is
            not known.
    """
    if exit_code == OUT_OF_MEMORY:
        return Failure(IssueCode.WORKER_MEMORY)
    if exit_code is None or exit_code >= 0:
        return Failure(IssueCode.WORKER_CRASHED, f"exit code {exit_code}")
    if exit_code == -getattr(signal, "SIGALRM", 0):
        return Failure(IssueCode.WORKER_TIMEOUT, "the alarm behind the limit rang")
    if exit_code == -getattr(signal, "SIGKILL", 0):
        return Failure(IssueCode.WORKER_CRASHED, "killed, as systems do that run out of memory")
    with suppress(ValueError):
        return Failure(IssueCode.WORKER_CRASHED, signal.Signals(-exit_code).name)
    return Failure(IssueCode.WORKER_CRASHED, f"signal {-exit_code}")
